/* fuzz_xlsx.c - an input is a whole XLSX when it begins as a zip file. Else its
 * first byte says which part of a sound file the rest replaces: a changed zip
 * file seldom gets past its checksums, and the parts are where the code is. */
#include "fuzz_sheet.h"
#include <zip.h>

#define RELATION(id, type, target) \
    "<Relationship Id='" id "' Type='http://x/" type "' Target='" target "'/>"

static const struct { const char *name; struct str text; } parts[] = {
    { "_rels/.rels", STR_INIT("<Relationships>"
        RELATION("r0", "officeDocument", "xl/workbook.xml") "</Relationships>") },
    { "xl/workbook.xml", STR_INIT("<workbook><workbookPr date1904='0'/><sheets>"
        "<sheet name='a' r:id='r1' xmlns:r='http://r'/></sheets></workbook>") },
    { "xl/_rels/workbook.xml.rels", STR_INIT("<Relationships>"
        RELATION("r1", "worksheet", "sheet1.xml") RELATION("r2", "sharedStrings", "strings.xml")
        RELATION("r3", "styles", "styles.xml") "</Relationships>") },
    { "xl/sheet1.xml", STR_INIT("<worksheet><sheetData><row><c t='s' s='1'><v>0</v></c>"
        "<c s='1'><v>46347.5</v></c></row></sheetData></worksheet>") },
    { "xl/strings.xml", STR_INIT("<sst><si><t>a</t></si></sst>") },
    { "xl/styles.xml", STR_INIT("<styleSheet><cellXfs><xf numFmtId='0'/><xf numFmtId='22'/>"
        "</cellXfs></styleSheet>") },
};

static struct str take(struct arena *a, zip_source_t *s)
{
    zip_stat_t st;
    FUZZ_HOLDS(zip_source_stat(s, &st) == 0 && zip_source_open(s) == 0);
    char *p = arena_alloc(a, st.size);
    FUZZ_HOLDS(zip_source_read(s, p, st.size) == (zip_int64_t)st.size);
    zip_source_close(s);
    return (struct str){ p, st.size };
}

static struct str pack(struct arena *a, size_t replaced, struct str with)
{
    zip_source_t *s = zip_source_buffer_create(NULL, 0, 0, NULL);
    FUZZ_HOLDS(s);
    zip_source_keep(s);
    zip_t *zip = zip_open_from_source(s, ZIP_TRUNCATE, NULL);
    FUZZ_HOLDS(zip);
    for (size_t i = 0; i < COUNT(parts); i++) {
        struct str text = i == replaced ? with : parts[i].text;
        zip_int64_t at = zip_file_add(zip, parts[i].name,
                                      zip_source_buffer(zip, text.p, text.n, 0), 0);
        FUZZ_HOLDS(at >= 0);
        zip_set_file_compression(zip, (zip_uint64_t)at, ZIP_CM_STORE, 0);
    }
    FUZZ_HOLDS(zip_close(zip) == 0);
    struct str bytes = take(a, s);
    zip_source_free(s);
    return bytes;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    struct arena a = { 0 };
    struct str in = { (const char *)data, n };
    if (str_starts(in, STR("PK")))
        fuzz_read_bytes(in);
    else if (n)
        fuzz_read_bytes(pack(&a, data[0] % COUNT(parts), str_sub(in, 1, n)));
    arena_done(&a);
    return 0;
}
