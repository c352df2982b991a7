#include "doc/sheet.h"
#include "sheet_fixture.h"
#include "tap.h"
#include <unistd.h>

static struct str dump(struct arena *a, const char *part, struct str text)
{
    struct part over = { part, text };
    return fixture_dump(a, fixture_zip(a, &over, 1), NULL);
}

#define SHEET1 "xl/worksheets/sheet1.xml"

static const struct { struct str sheet; const char *rows; } samples[] = {
    { DATA(""), "" },
    { STR_INIT("<worksheet/>"), "" },
    { DATA("<row r='1'><c r='A1' t='s'><v>0</v></c></row>"), "1:漏水;" },
    { DATA("<row r='3'><c r='B3' t='s'><v>1</v></c><c r='D3' t='s'><v>2</v></c></row>"),
      "3:|欠薪||a\nb_x;" },
    { DATA("<row><c><v>1</v></c><c t='b'><v>1</v></c><c t='b'><v>false</v></c></row>"
           "<row><c t='e'><v>#N/A</v></c><c t='str'><f>A1</f><v>甲</v></c></row>"),
      "1:1|TRUE|FALSE;2:#N/A|甲;" },
    { DATA("<row><c t='inlineStr'><is><r><t>a</t></r><rPh><t>X</t></rPh><r>"
           "<t xml:space='preserve'> b</t></r></is></c></row>"), "1:a b;" },
    { DATA("<row><c s='1'><v>46347</v></c><c s='2'><v>46347.5</v></c><c s='3'><v>7</v></c>"
           "<c s='4'><v>12</v></c><c s='5'><v>0.5</v></c><c s='6'><v>2</v></c>"
           "<c s='7'><v>60</v></c><c s='99'><v>5</v></c></row>"),
      "1:2026-11-21|2026-11-21T12:00:00|00007|12.00|12:00:00|48:00:00|1900-02-29|5;" },
    { DATA("<row><c t='d'><v>2026-11-21T09:30:00.000</v></c>"
           "<c t='d' s='1'><v>2026-11-21T00:00:00</v></c></row>"),
      "1:2026-11-21T09:30:00|2026-11-21;" },
    { DATA("<row r='1'><c r='A1' s='1'/><c r='XFD1' s='1'/></row><row r='1048576'><c r='A1048576'>"
           "<v>1</v></c></row>"), "1048576:1;" },
    { STR_INIT("<x:worksheet xmlns:x='u'><x:sheetData><x:row x:r='2'><x:c r='A2'><x:v>1</x:v></x:c>"
          "</x:row></x:sheetData><x:sheetData><x:row r='9'/></x:sheetData></x:worksheet>"),
      "2:1;" },
    { DATA("<row r='1'><c r='A1'><f>1+1</f></c></row>"), "" },
    { DATA("<row><c t='inlineStr'><is><t>=1+1</t></is></c></row>"), "1:=1+1;" },
    /* hostile */
    { DATA("<row r='2'/><row r='2'/>"), "!bad-file A2" },
    { DATA("<row r='2'><c><v>1</v></c></row><row r='1'/>"), "2:1;!bad-file A2" },
    { DATA("<row r='-1'/>"), "!bad-file A0" },
    { DATA("<row r='1048577'/>"), "!bad-file A0" },
    { DATA("<row r='99999999999999999999'/>"), "!bad-file A0" },
    { DATA("<row r='1'><c r='B1'/><c r='A1'/></row>"), "!bad-file B1" },
    { DATA("<row r='1'><c r='A2'/></row>"), "!bad-file A1" },
    { DATA("<row r='1'><c r='XFE1'/></row>"), "!bad-file A1" },
    { DATA("<row r='1'><c r='ZZZZZZZZZZZZZZZZZ1'/></row>"), "!bad-file A1" },
    { DATA("<row r='1'><c r='1'/></row>"), "!bad-file A1" },
    { DATA("<row r='1'><c r='GS1'><v>1</v></c></row>"), "!sheet-columns 200" },
    { DATA("<row><c t='s'><v>3</v></c></row>"), "!bad-file A1" },
    { DATA("<row><c t='s'><v>-1</v></c></row>"), "!bad-file A1" },
    { DATA("<row><c t='s'><v>x</v></c></row>"), "!bad-file A1" },
    { DATA("<row><c t='q'><v>x</v></c></row>"), "!bad-file A1" },
    { DATA("<row><c s='-1'><v>1</v></c></row>"), "!bad-file A1" },
    { DATA("<row><c><v>1</v></c></row><row>"), "1:1;!bad-file " SHEET1 },
    { STR_INIT("not xml"), "!bad-file " SHEET1 },
    { STR_INIT(""), "!bad-file " SHEET1 },
    { STR_INIT("<!DOCTYPE x [<!ENTITY a 'b'>]><worksheet/>"), "!bad-file " SHEET1 },
    { DATA("<row><c t='str'><v>\xFF</v></c></row>"), "!bad-file " SHEET1 },
    { DATA("<row><c t='str'><v>&#0;</v></c></row>"), "!bad-file " SHEET1 },
    { DATA("<row><c t='str'><v>_x0000_</v></c><c t='str'><v>_xD800_</v></c></row>"),
      "1:_x0000_|_xD800_;" },
};

static void test_samples(struct arena *a)
{
    for (size_t i = 0; i < COUNT(samples); i++)
        OK_STR(dump(a, SHEET1, samples[i].sheet), samples[i].rows);
}

/* ---- the parts around the sheet ---- */

static const struct { const char *part; struct str text; const char *rows; } parts[] = {
    { "_rels/.rels", { NULL, 0 }, "!file-kind ZIP" },
    { "_rels/.rels", RELS(""), "!file-kind ZIP" },
    { "xl/workbook.xml", { NULL, 0 }, "!bad-file xl/workbook.xml" },
    { "xl/workbook.xml", BOOK("", ""), "!bad-file xl/workbook.xml" },
    { "xl/_rels/workbook.xml.rels", { NULL, 0 }, "!bad-file xl/_rels/workbook.xml.rels" },
    { "xl/_rels/workbook.xml.rels", RELS(REL("r1", "worksheet", "../../etc/passwd")),
      "!bad-file xl/workbook.xml" },
    { "xl/_rels/workbook.xml.rels", RELS(REL("r1", "worksheet", "file:///etc/passwd")),
      "!bad-file xl/workbook.xml" },
    { "xl/_rels/workbook.xml.rels", RELS(REL("r1", "worksheet", "/etc/passwd")),
      "!bad-file etc/passwd" },
    { "xl/_rels/workbook.xml.rels", RELS(REL("r1", "chartsheet", "worksheets/sheet1.xml")),
      "!bad-file xl/workbook.xml" },
    { "xl/sharedStrings.xml", { NULL, 0 }, "!bad-file xl/sharedStrings.xml" },
    { "xl/sharedStrings.xml", STR_INIT("<!DOCTYPE s [<!ENTITY a 'x'><!ENTITY b '&a;&a;'>]><sst/>"),
      "!bad-file xl/sharedStrings.xml" },
    { "xl/sharedStrings.xml", STR_INIT("<sst/>"), "" },
    { "xl/_rels/workbook.xml.rels", RELS(REL("r1", "worksheet", "WorkSheets/Sheet1.xml")), "" },
    { "xl/styles.xml", STR_INIT("<styleSheet>"), "!bad-file xl/styles.xml" },
};

static void test_parts(struct arena *a)
{
    for (size_t i = 0; i < COUNT(parts); i++)
        OK_STR(dump(a, parts[i].part, parts[i].text), parts[i].rows);
}

static void test_sheets(struct arena *a)
{
    struct part over[] = {
        { "xl/workbook.xml", BOOK("<workbookPr date1904='1'/>",
            "<sheet name='藏' r:id='r1' state='veryHidden'/><sheet name='图' r:id='r4'/>"
            "<sheet name='二' r:id='r5'/>") },
        { "xl/_rels/workbook.xml.rels", RELS(REL("r1", "worksheet", "worksheets/sheet1.xml")
            REL("r4", "chartsheet", "x.xml") REL("r5", "worksheet", "./worksheets/sheet2.xml")
            REL("r3", "styles", "styles.xml")) },
        { "xl/worksheets/sheet1.xml", DATA("<row><c><v>1</v></c></row>") },
        { "xl/worksheets/sheet2.xml", DATA("<row><c s='1'><v>0</v></c></row>"
                                           "<row><c><v>4.4010619900101E+17</v></c></row>") },
    };
    struct sheet_reader *r;
    struct sheet_row row;
    struct err e = { 0 };
    OK(sheet_open_memory(a, fixture_zip(a, over, COUNT(over)), NULL, &r, &e));
    OK(sheet_format_of(r) == SHEET_XLSX);
    OK_INT(sheet_count(r), 2);
    OK_STR(sheet_name(r, 0), "藏");
    OK_STR(sheet_name(r, 1), "二");
    OK(str_empty(sheet_name(r, 2)));
    OK(sheet_is_hidden(r, 0) && !sheet_is_hidden(r, 1) && !sheet_is_hidden(r, 9));
    OK(sheet_read_row(r, a, &row, &e));
    OK_STR(sheet_cell_at(&row, 0), "1904-01-01");
    OK_INT(row.rounded, 0);
    OK(sheet_read_row(r, a, &row, &e));
    OK_STR(sheet_cell_at(&row, 0), "440106199001010000");
    OK_INT(row.rounded, 1);
    OK(!sheet_read_row(r, a, &row, &e) && !err_is_set(&e));
    OK(!sheet_read_row(r, a, &row, &e) && !err_is_set(&e));
    OK(sheet_choose(r, 0, &e) && sheet_read_row(r, a, &row, &e));
    OK_STR(sheet_cell_at(&row, 0), "1");
    OK(sheet_choose(r, 1, &e) && sheet_read_row(r, a, &row, &e) && row.number == 1);
}

/* ---- bombs and damage ---- */

static struct str repeat(struct arena *a, const char *head, const char *piece, size_t n,
                         const char *tail)
{
    size_t h = strlen(head), m = strlen(piece), t = strlen(tail);
    char *p = arena_alloc(a, h + m * n + t + 1);
    memcpy(p, head, h);
    for (size_t i = 0; i < n; i++)
        memcpy(p + h + i * m, piece, m);
    memcpy(p + h + m * n, tail, t);
    return (struct str){ p, h + m * n + t };
}

static void test_bombs(struct arena *a)
{
    const char *head = "<worksheet><sheetData>", *tail = "</sheetData></worksheet>";
    /* 47 MB of empty rows */
    struct str bomb = repeat(a, head, "<row><c/><c/><c/><c/><c/><c/><c/><c/><c/></row>", 1000000,
                             tail);
    OK_STR(dump(a, SHEET1, bomb), "!bad-file " SHEET1);
    struct sheet_limits small = { 100, 10, 100, 1 << 20 };
    struct part over = { SHEET1, bomb };
    OK_STR(fixture_dump(a, fixture_zip(a, &over, 1), &small), "!too-large 1 MB");
    struct str deep = repeat(a, "<worksheet>", "<d>", 100, "");
    deep = repeat(a, deep.p, "</d>", 100, "</worksheet>");
    OK_STR(dump(a, SHEET1, deep), "!bad-file " SHEET1);
    OK_STR(dump(a, SHEET1, repeat(a, "<worksheet a='", "xxxxxxxx", 1 << 19, "'/>")),
           "!bad-file " SHEET1);
    struct buf names;
    buf_init(&names, 1 << 20);
    buf_addf(&names, "<worksheet>");
    for (int i = 0; i < 5000; i++)
        buf_addf(&names, "<n%d/>", i);
    buf_addf(&names, "</worksheet>");
    OK_STR(dump(a, SHEET1, buf_str(&names)), "!bad-file " SHEET1);
    buf_done(&names);
    OK_STR(dump(a, SHEET1, repeat(a, "<worksheet><sheetData><row><c t='str'><v>", "甲甲甲甲", 1 << 18,
                                  "</v></c></row></sheetData></worksheet>")), "!sheet-cell A1");
    OK_STR(dump(a, SHEET1, repeat(a, "<worksheet><sheetData><row>", "<c><v>1</v></c>", 201,
                                  "</row></sheetData></worksheet>")), "!sheet-columns 200");
}

static void test_long_shared_string(struct arena *a)
{
    struct part over[] = {
        { "xl/sharedStrings.xml", repeat(a, "<sst><si><t>", "_x0041_甲", 1 << 20,
                                         "</t></si><si><t>z</t></si></sst>") },
        { SHEET1, DATA("<row><c t='s'><v>1</v></c></row><row><c t='s'><v>0</v></c></row>") },
    };
    OK_STR(fixture_dump(a, fixture_zip(a, over, 2), NULL), "1:z;!sheet-cell A2");
}

/* ---- memory ---- */

enum { STRINGS = 50000 };

static struct str many_strings(struct arena *a, const char *head, const char *piece,
                               const char *tail)
{
    struct buf b;
    buf_init(&b, 64 << 20);
    buf_addf(&b, "%s", head);
    for (int i = 0; i < STRINGS; i++)
        buf_addf(&b, "%.*s%d%s", (int)strcspn(piece, "|"), piece, i, strchr(piece, '|') + 1);
    buf_addf(&b, "%s", tail);
    struct str s = arena_dup(a, buf_str(&b));
    buf_done(&b);
    return s;
}

/* 10 MB of shared strings cost no memory to speak of. */
static void test_many_strings(void)
{
    AUTO(arena_done) struct arena a = { 0 };
    char piece[256], longer[220];
    memset(longer, 'x', sizeof longer - 1);
    longer[sizeof longer - 1] = 0;
    snprintf(piece, sizeof piece, "<si><t>|%s</t></si>", longer);
    struct part over[] = {
        { "xl/sharedStrings.xml", many_strings(&a, "<sst>", piece, "</sst>") },
        { SHEET1, many_strings(&a, "<worksheet><sheetData>",
                               "<row><c t='s'><v>|</v></c></row>",
                               "</sheetData></worksheet>") },
    };
    struct str file = fixture_zip(&a, over, 2);
    char path[] = "/tmp/sheet-test-XXXXXX";
    int fd = mkstemp(path);
    OK(fd >= 0 && write(fd, file.p, file.n) == (ssize_t)file.n && close(fd) == 0);
    struct arena each = { 0 };
    struct sheet_reader *r;
    struct sheet_row row;
    struct err e = { 0 };
    int right = 0;
    long before = fixture_anonymous_kb();
    OK(sheet_open_path(&a, path, NULL, &r, &e));
    unlink(path);
    for (int i = 0; sheet_read_row(r, &each, &row, &e); i++) {
        struct str want = arena_printf(&each, "%d%s", i, longer);
        right += str_eq(row.cells[0], want);
        arena_clear(&each);
    }
    long grown = fixture_anonymous_kb() - before;
    arena_done(&each);
    OK(!err_is_set(&e));
    OK_INT(right, STRINGS);
    printf("# grew %ld KB\n", grown);
#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
    OK(grown < 2048);
#endif
}

/* Every cut and a flipped bit anywhere: refused or read, never more. */
static void test_damage(struct arena *a)
{
    struct part over = { SHEET1, DATA("<row><c t='s'><v>1</v></c>"
                                      "<c s='2'><v>46347.5</v></c></row>") };
    struct str whole = fixture_zip(a, &over, 1);
    size_t cut_taken = 0, wrong = 0;
    for (size_t n = 4; n < whole.n; n++) {
        struct arena inner = { 0 };
        cut_taken += !str_starts(fixture_dump(&inner, str_sub(whole, 0, n), NULL), STR("!"));
        arena_done(&inner);
    }
    OK_INT(cut_taken, 0);
    for (size_t n = 4; n < whole.n; n++) {
        struct arena inner = { 0 };
        char *copy = (char *)(uintptr_t)arena_dup(&inner, whole).p;
        copy[n] ^= 0x11;
        struct str rows = fixture_dump(&inner, (struct str){ copy, whole.n }, NULL);
        wrong += str_find(rows, STR("!")) == rows.n
              && !str_is(rows, "1:欠薪|2026-11-21T12:00:00;");
        arena_done(&inner);
    }
    OK_INT(wrong, 0);
}

int main(void)
{
    AUTO(arena_done) struct arena a = { 0 };
    test_samples(&a);
    test_parts(&a);
    test_sheets(&a);
    test_bombs(&a);
    test_long_shared_string(&a);
    test_many_strings();
    test_damage(&a);
    return tap_end();
}
