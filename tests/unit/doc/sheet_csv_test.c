#include "doc/sheet.h"
#include "base/utf8.h"
#include "sheet_fixture.h"
#include "tap.h"

static const struct { struct str csv; const char *rows; } samples[] = {
    { STR_INIT(""),                                  "" },
    { STR_INIT("\xEF\xBB\xBF"),                      "" },
    { STR_INIT("\r\n\n\r"),                          "" },
    { STR_INIT("编号,名称"),                         "1:编号|名称;" },
    { STR_INIT("a,b\r\nc,d\r\n"),                    "1:a|b;2:c|d;" },
    { STR_INIT("a,b\rc,d\r"),                        "1:a|b;2:c|d;" },
    { STR_INIT("a,b\nc,d"),                          "1:a|b;2:c|d;" },
    { STR_INIT("\xEF\xBB\xBF""a\n\n,,\nb"),          "1:a;4:b;" },
    { STR_INIT("a;b\n1,5;2"),                        "1:a|b;2:1,5|2;" },
    { STR_INIT("a\tb\n\"x\ty\"\tz"),                 "1:a|b;2:x\ty|z;" },
    { STR_INIT("\"a,b;c\";d;e\n"),                   "1:a,b;c|d|e;" },
    { STR_INIT("a,\"b\nc\",d\ne"),                   "1:a|b\nc|d;2:e;" },
    { STR_INIT("\"a\"\"b\",\"\"\nc"),                "1:a\"b;2:c;" },
    { STR_INIT("a\"b,\"c\"d"),                       "1:a\"b|cd;" },
    { STR_INIT("a,b,c\nd\n,,e,,"),                   "1:a|b|c;2:d;3:||e;" },
    { STR_INIT("=1+1,@x"),                           "1:=1+1|@x;" },
    { STR_INIT("a\nb,\"c\nd\ne"),                    "1:a;!sheet-quote 2" },
    { STR_INIT("a\nb\0c"),                           "1:a;!sheet-text 2" },
    { STR_INIT("a\n\"b\0c\""),                       "1:a;!sheet-text 2" },
    /* GB 18030: 漏水, the four-byte characters U+20000 and U+00DF */
    { STR_INIT("\xC2\xA9\xCB\xAE,1\n"),              "1:漏水|1;" },          /* "©ˮ" by chance */
    { STR_INIT("©ˮ,中"),                             "1:©ˮ|中;" },
    { STR_INIT("привет"),                            "1:привет;" },
    { STR_INIT("\xCD\xB6\xCB\xDF,\xC7\xB7\xD0\xBD\n"), "1:投诉|欠薪;" },
    { STR_INIT("\xC2\xA9\xCB\xAE,\x95\x32\x82\x36,\x81\x30\x89\x38"), "1:漏水|𠀀|ß;" },
    { STR_INIT("\xC2\xA9\xCB\xAE\na,\xFF\n"),        "1:漏水;!bad-encoding 2" },
    { STR_INIT("\xC2\xA9\xCB\xAE\n\xCB"),            "1:漏水;!bad-encoding 2" },
    { STR_INIT("\xFF\xFE""a\0"),                     "!bad-encoding 1" },
    /* UTF-8 that is damaged is not read as Chinese nobody wrote */
    { STR_INIT("矛盾纠纷多元化解\n中心\xE5\n"),      "1:矛盾纠纷多元化解;!bad-encoding 2" },
    { STR_INIT("\xEF\xBB\xBF漏水\n\xC2\xA9\xCB\xAE"), "1:漏水;2:\xC2\xA9\xCB\xAE;" },
    { STR_INIT("\xEF\xBB\xBF漏水\n\xB5\n"),          "1:漏水;!bad-encoding 2" },
    { STR_INIT("\xED\xA0\x80"),                      "!bad-encoding 1" },
    { STR_INIT("%PDF-1.7"),                          "!file-kind PDF" },
    { STR_INIT("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"),  "!file-kind XLS" },
    { STR_INIT("\xEF\xBB\xBF\n <HTML><table>"),      "!file-kind HTML" },
    { STR_INIT("PK\x05\x06"),                        "!bad-file ZIP" },
};

static void test_samples(struct arena *a)
{
    for (size_t i = 0; i < COUNT(samples); i++)
        OK_STR(fixture_dump(a, samples[i].csv, NULL), samples[i].rows);
}

static struct str repeat(struct arena *a, struct str piece, size_t n)
{
    char *p = arena_alloc(a, piece.n * n + 1);
    for (size_t i = 0; i < n; i++)
        memcpy(p + i * piece.n, piece.p, piece.n);
    return (struct str){ p, piece.n * n };
}

static struct str join(struct arena *a, struct str x, struct str y)
{
    return arena_printf(a, "%.*s%.*s", STR_ARG(x), STR_ARG(y));
}

static void test_limits(struct arena *a)
{
    struct str million = repeat(a, STR("x,"), 1000000);
    OK_STR(fixture_dump(a, million, NULL), "!sheet-columns 200");
    OK_STR(fixture_dump(a, repeat(a, STR(","), 1000000), NULL), "");
    OK_STR(fixture_dump(a, repeat(a, STR("漏"), 10 << 20), NULL), "!sheet-cell A1");
    struct str big = repeat(a, STR("y"), 10 << 20);
    OK_STR(fixture_dump(a, join(a, STR("a\nb,\""), big), NULL), "1:a;!sheet-cell B2");
    struct str lines = repeat(a, STR("y\n"), 1 << 20);
    OK_STR(fixture_dump(a, join(a, STR("a\nb,\""), lines), NULL), "1:a;!sheet-quote 2");

    struct sheet_limits few = { .rows = 2, .columns = 2, .cell_bytes = 3, .inflated = 12 };
    OK_STR(fixture_dump(a, STR("a\n\n\nb\n"), &few), "1:a;4:b;");
    OK_STR(fixture_dump(a, STR("a\n\nb\nc"), &few), "1:a;3:b;!sheet-rows 2");
    OK_STR(fixture_dump(a, STR("a,b,,,\na,b,,c"), &few), "!too-large 0 MB");
    OK_STR(fixture_dump(a, STR("a,b,,\na,b,c"), &few), "1:a|b;!sheet-columns 2");
    OK_STR(fixture_dump(a, STR("123\n1234"), &few), "1:123;!sheet-cell A2");
    /* GB 18030 grows when it becomes UTF-8 */
    OK_STR(fixture_dump(a, STR("\xC2\xA9\n\xC2\xA9\n\xC2\xA9\n\xC2\xA9\n"), &few),
           "!too-large 0 MB");
}

/* Every place where a buffer can end, in both encodings. */
static void test_seams(void)
{
    static const struct { struct str tail; const char *rows; } tails[] = {
        { STR_INIT("漏,\"b\"\"c\"\r\nd"),                    "2:漏|b\"c;3:d;" },
        { STR_INIT("\xC2\xA9,\"b\"\"c\"\r\n\x95\x32\x82\x36"), "2:漏|b\"c;3:𠀀;" },
    };
    struct sheet_limits wide = { 10, 2, 1 << 20, 1 << 30 };
    bool all = true;
    static const size_t around[] = { 16 << 10, 64 << 10 };
    for (size_t t = 0; t < COUNT(tails); t++)
        for (size_t k = 0; k < COUNT(around); k++)
            for (size_t n = around[k] - 20; n < around[k] + 2; n++) {
                struct arena inner = { 0 };
                struct str csv = join(&inner, join(&inner, repeat(&inner, STR("x"), n), STR("\n")),
                                      tails[t].tail);
                struct str rows = fixture_dump(&inner, csv, &wide);
                all &= str_ends(rows, str_of(tails[t].rows))
                    && rows.n == n + 3 + strlen(tails[t].rows);
                arena_done(&inner);
            }
    OK(all);
}

static void test_failure_stays(struct arena *a)
{
    struct sheet_reader *r;
    struct sheet_row row;
    struct err e = { 0 };
    OK(sheet_open_memory(a, STR("a\n\"b"), NULL, &r, &e));
    OK(sheet_format_of(r) == SHEET_CSV);
    OK_INT(sheet_count(r), 1);
    OK(sheet_read_row(r, a, &row, &e));
    OK_STR(sheet_cell_at(&row, 0), "a");
    OK(str_empty(sheet_cell_at(&row, 7)));
    OK(!sheet_read_row(r, a, &row, &e) && e.id == ERR_SHEET_QUOTE);
    err_clear(&e);
    OK(!sheet_read_row(r, a, &row, &e) && e.id == ERR_SHEET_QUOTE);
    err_clear(&e);
    OK(!sheet_choose(r, 1, &e) && e.id == ERR_NOT_FOUND);
    err_clear(&e);
    OK(sheet_choose(r, 0, &e));
    OK(sheet_read_row(r, a, &row, &e) && row.number == 1);
    OK(!sheet_open_path(a, "/nowhere/at/all", NULL, &r, &e) && e.id == ERR_NOT_FOUND);
    err_clear(&e);
    OK(!sheet_open_path(a, "/tmp", NULL, &r, &e) && e.id == ERR_NOT_FOUND);
}

int main(void)
{
    AUTO(arena_done) struct arena a = { 0 };
    test_samples(&a);
    test_limits(&a);
    test_seams();
    test_failure_stays(&a);
    return tap_end();
}
