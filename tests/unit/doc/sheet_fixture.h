/* sheet_fixture.h - files for the tests of tables, made in memory. */
#ifndef SHEET_FIXTURE_H
#define SHEET_FIXTURE_H
#include "doc/sheet.h"
#include <zip.h>

struct part { const char *name; struct str text; };

#define RELS(body) STR_INIT("<Relationships xmlns='http://x'>" body "</Relationships>")
#define REL(id, type, target) \
    "<Relationship Id='" id "' Type='http://x/" type "' Target='" target "'/>"
#define BOOK(before, sheets) STR_INIT("<?xml version='1.0'?><workbook xmlns:r='http://r'>" before \
    "<sheets>" sheets "</sheets></workbook>")
#define DATA(rows) STR_INIT("<worksheet><sheetData>" rows "</sheetData></worksheet>")

static const struct part fixture_parts[] = {
    { "_rels/.rels", RELS(REL("r0", "officeDocument", "xl/workbook.xml")) },
    { "xl/workbook.xml", BOOK("", "<sheet name='甲' sheetId='1' r:id='r1'/>") },
    { "xl/_rels/workbook.xml.rels", RELS(REL("r1", "worksheet", "worksheets/sheet1.xml")
        REL("r2", "sharedStrings", "/xl/sharedStrings.xml") REL("r3", "styles", "styles.xml")) },
    { "xl/worksheets/sheet1.xml", DATA("") },
    { "xl/sharedStrings.xml", STR_INIT("<sst><si><t>漏水</t></si><si><r><t>欠</t></r><r><t>薪</t></r>"
        "<rPh sb='0' eb='1'><t>qian</t></rPh></si><si><t>a_x000A_b_x005F_x</t></si></sst>") },
    /* styles: 0 general, 1 day, 2 stamp, 3 00000, 4 0.00, 5 time, 6 elapsed, 7 Chinese day */
    { "xl/styles.xml", STR_INIT("<styleSheet><numFmts>"
        "<numFmt numFmtId='176' formatCode='00000'/>"
        "<numFmt numFmtId='177' formatCode='yyyy&quot;年&quot;m&quot;月&quot;d&quot;日&quot;;@'/>"
        "</numFmts><cellStyleXfs><xf numFmtId='14'/></cellStyleXfs><cellXfs><xf numFmtId='0'/>"
        "<xf numFmtId='14'/><xf numFmtId='22'/><xf numFmtId='176'/><xf numFmtId='2'/>"
        "<xf numFmtId='20'/><xf numFmtId='46'/><xf numFmtId='177'/></cellXfs></styleSheet>") },
};

static inline const struct part *fixture_override(const struct part *over, size_t n,
                                                  const char *name)
{
    for (size_t i = 0; i < n; i++)
        if (strcmp(over[i].name, name) == 0)
            return &over[i];
    return NULL;
}

/* Packs the parts in memory; a part without text (p NULL) is left out. */
static inline struct str fixture_zip(struct arena *a, const struct part *over, size_t n)
{
    zip_source_t *s = zip_source_buffer_create(NULL, 0, 0, NULL);
    zip_source_keep(s);
    zip_t *z = zip_open_from_source(s, ZIP_TRUNCATE, NULL);
    for (size_t i = 0; i < COUNT(fixture_parts); i++) {
        const struct part *p = fixture_override(over, n, fixture_parts[i].name);
        struct str text = p ? p->text : fixture_parts[i].text;
        if (text.p)
            zip_file_add(z, fixture_parts[i].name,
                         zip_source_buffer(z, text.p, text.n, 0), ZIP_FL_OVERWRITE);
    }
    for (size_t i = 0; i < n; i++)
        if (over[i].text.p)
            zip_file_add(z, over[i].name, zip_source_buffer(z, over[i].text.p, over[i].text.n, 0),
                         ZIP_FL_OVERWRITE);
    zip_close(z);
    zip_stat_t st;
    zip_source_stat(s, &st);
    char *p = arena_alloc(a, st.size + 1);
    zip_source_open(s);
    zip_source_read(s, p, st.size);
    zip_source_close(s);
    zip_source_free(s);
    return (struct str){ p, st.size };
}

/* Reads bytes to the end: "2:a|b;3:c;" (number, cells), and on a failure
 * "!slug argument" at the end. */
static inline struct str fixture_dump(struct arena *a, struct str bytes,
                                      const struct sheet_limits *limits)
{
    struct sheet_reader *r = NULL;
    struct sheet_row row;
    struct err e = { 0 };
    struct buf b;
    buf_init(&b, (size_t)64 << 20);
    if (sheet_open_memory(a, bytes, limits, &r, &e))
        while (sheet_read_row(r, a, &row, &e)) {
            buf_addf(&b, "%zu:", row.number);
            for (size_t i = 0; i < row.n; i++)
                buf_addf(&b, "%s%.*s", i ? "|" : "", STR_ARG(row.cells[i]));
            buf_addf(&b, ";");
        }
    if (err_is_set(&e))
        buf_addf(&b, "!%s %s", err_slug(e.id), e.arg);
    struct str out = arena_dup(a, buf_str(&b));
    buf_done(&b);
    return out;
}
/* Pages of this process that no file backs, in KB; 0 where the system does not tell. */
static inline long fixture_anonymous_kb(void)
{
    char line[256];
    long kb = 0;
    FILE *f = fopen("/proc/self/status", "r");
    while (f && fgets(line, sizeof line, f))
        if (sscanf(line, "RssAnon: %ld", &kb) == 1)
            break;
    if (f)
        fclose(f);
    return kb;
}

#endif
