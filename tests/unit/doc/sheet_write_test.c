#include "doc/sheet.h"
#include "sheet_fixture.h"
#include "tap.h"
#include <signal.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

static const struct sheet_column columns[] = {
    { "no",     STR_INIT("编号"), SHEET_TEXT, 0 },
    { "count",  STR_INIT("件数"), SHEET_INT, 0 },
    { "amount", STR_INIT("金额"), SHEET_FEN, 0 },
    { "day",    STR_INIT("日期"), SHEET_DAY, 0 },
    { "at",     STR_INIT("时间"), SHEET_STAMP, 30 },
};
enum { N = COUNT(columns), MANY = 50000 };
static const struct sheet_about about = { STR_INIT("事项/[2026]:*?"), true };

struct sample { struct sheet_cell cells[N]; const char *csv, *xlsx; };

#define T(s) { .text = STR_INIT(s) }
#define NONE { .none = true }
static const struct sample samples[] = {
    { { T("漏水"), { .n = 3 }, { .n = 123450 }, { .day = { 20778 } },
        { .stamp = { 1795224600000 } } },
      "漏水|3|1234.50|2026-11-21|2026-11-21T09:30:00", NULL },
    { { T("=1+1"), { .n = -1 }, { .n = -5 }, NONE, NONE }, "'=1+1|-1|-0.05", "=1+1|-1|-0.05" },
    { { T("@a"), { .n = 0 }, { .n = 0 }, NONE, NONE }, "'@a|0|0.00", "@a|0|0.00" },
    { { T("+86 1"), NONE, NONE, NONE, NONE }, "'+86 1", "+86 1" },
    { { T("+8613800138000"), NONE, NONE, NONE, NONE }, "+8613800138000", NULL },
    { { T("-1.5"), NONE, NONE, NONE, NONE }, "-1.5", NULL },
    { { T("-1.5-2"), NONE, NONE, NONE, NONE }, "'-1.5-2", "-1.5-2" },
    { { T("＝1"), NONE, NONE, NONE, NONE }, "'＝1", "＝1" },
    { { T("\tx"), NONE, NONE, NONE, NONE }, "'\tx", "\tx" },
    { { T("-"), NONE, NONE, NONE, NONE }, "'-", "-" },
    { { T("a,\"b\"\nc;\r\n d "), NONE, NONE, NONE, NONE }, "a,\"b\"\nc;\r\n d ", NULL },
    { { T("440106199001011234"), { .n = 440106199001011234 }, { .n = 1234567890123456789 }, NONE,
        { .stamp = { -2000000000000 } } },
      "440106199001011234|440106199001011234|12345678901234567.89||1906-08-17T04:26:40", NULL },
    { { T("<b>&amp;_x000A_\x01"), NONE, NONE, { .day = { -30000 } }, NONE },
      "<b>&amp;_x000A_\x01|||1887-11-12", NULL },
    { { T("𠀀"), { .n = INT64_MIN }, { .n = INT64_MIN }, { .day = { -25508 } }, NONE },
      "𠀀|-9223372036854775808|-92233720368547758.08|1900-03-01", NULL },
};

static const char *temp_path(struct arena *a)
{
    char path[] = "/tmp/sheet-test-XXXXXX";
    int fd = mkstemp(path);
    if (fd >= 0)
        close(fd);
    return arena_cstr(a, str_of(path));
}

static struct str row_text(struct arena *a, const struct sheet_row *row)
{
    struct buf b;
    buf_init(&b, 1 << 20);
    for (size_t i = 0; i < row->n; i++)
        buf_addf(&b, "%s%.*s", i ? "|" : "", STR_ARG(row->cells[i]));
    struct str s = arena_dup(a, buf_str(&b));
    buf_done(&b);
    return s;
}

static void test_samples(enum sheet_format format)
{
    AUTO(arena_done) struct arena a = { 0 };
    const char *path = temp_path(&a);
    struct sheet_writer *w;
    struct sheet_reader *r;
    struct sheet_row row;
    struct err e = { 0 };
    if (!OK(sheet_create(&a, format, path, &about, columns, N, &w, &e)))
        return;
    for (size_t i = 0; i < COUNT(samples); i++)
        OK(sheet_write_row(w, samples[i].cells, &e));
    OK(sheet_finish(w, &e));
    OK(sheet_open_path(&a, path, NULL, &r, &e));
    OK(sheet_format_of(r) == format);
    if (format == SHEET_XLSX)
        OK_STR(sheet_name(r, 0), "事项  2026    ");
    OK(sheet_read_row(r, &a, &row, &e));
    OK_STR(row_text(&a, &row), "编号|件数|金额|日期|时间");
    for (size_t i = 0; i < COUNT(samples) && OK(sheet_read_row(r, &a, &row, &e)); i++) {
        bool typed = format == SHEET_XLSX && samples[i].xlsx;
        OK_STR(row_text(&a, &row), typed ? samples[i].xlsx : samples[i].csv);
        OK_INT(row.number, i + 2);
    }
    OK(!sheet_read_row(r, &a, &row, &e) && !err_is_set(&e));
    unlink(path);
}

static void test_only_header(enum sheet_format format)
{
    AUTO(arena_done) struct arena a = { 0 };
    const char *path = temp_path(&a);
    struct sheet_writer *w;
    struct sheet_reader *r;
    struct sheet_row row;
    struct err e = { 0 };
    static const struct sheet_about nameless = { { NULL, 0 }, false };
    OK(sheet_create(&a, format, path, &nameless, columns, N, &w, &e) && sheet_finish(w, &e));
    OK(sheet_open_path(&a, path, NULL, &r, &e));
    OK(sheet_read_row(r, &a, &row, &e) && row.n == N && row.number == 1);
    OK(!sheet_read_row(r, &a, &row, &e) && !err_is_set(&e));
    unlink(path);
}

/* A file not finished is removed; one that cannot be made fails. */
static void test_dropped(enum sheet_format format)
{
    struct arena a = { 0 };
    char path[64];
    struct sheet_writer *w;
    struct err e = { 0 };
    snprintf(path, sizeof path, "%s", temp_path(&a));
    unlink(path);
    OK(sheet_create(&a, format, path, &about, columns, N, &w, &e));
    OK(sheet_write_row(w, samples[0].cells, &e));
    struct stat st;
    OK(stat(path, &st) == 0 && (st.st_mode & 0777) == 0600);
    arena_done(&a);
    OK(access(path, F_OK) != 0);
    bool made = sheet_create(&a, format, "/nowhere/x", &about, columns, N, &w, &e)
             && sheet_finish(w, &e);
    OK(!made && e.id == ERR_UNAVAILABLE);
    arena_done(&a);
}

/* A full disk is a failure by the end at the latest, and leaves no file. */
static void test_full_disk(enum sheet_format format, rlim_t bytes)
{
    AUTO(arena_done) struct arena a = { 0 };
    const char *path = temp_path(&a);
    struct rlimit old, small;
    struct sheet_writer *w;
    struct err e = { 0 };
    void (*handler)(int) = signal(SIGXFSZ, SIG_IGN);
    getrlimit(RLIMIT_FSIZE, &old);
    small = (struct rlimit){ bytes, old.rlim_max };
    setrlimit(RLIMIT_FSIZE, &small);
    bool ok = sheet_create(&a, format, path, &about, columns, N, &w, &e);
    for (int i = 0; i < 3000 && ok; i++)
        ok = sheet_write_row(w, samples[0].cells, &e);
    ok = ok && sheet_finish(w, &e);
    setrlimit(RLIMIT_FSIZE, &old);
    signal(SIGXFSZ, handler);
    arena_done(&a);
    OK(!ok && e.id == ERR_UNAVAILABLE);
}

static void test_long_text(void)
{
    AUTO(arena_done) struct arena a = { 0 };
    const char *path = temp_path(&a);
    struct sheet_cell cells[N] = { { 0 }, NONE, NONE, NONE, NONE };
    struct sheet_limits wide = { 10, 10, 1 << 20, 1 << 30 };
    struct sheet_writer *w;
    struct sheet_reader *r;
    struct sheet_row row;
    struct err e = { 0 };
    char *text = arena_alloc(&a, 40000);
    memset(text, 'x', 40000);
    OK(sheet_create(&a, SHEET_XLSX, path, &about, columns, N, &w, &e));
    cells[0].text = (struct str){ text, 32767 };
    OK(sheet_write_row(w, cells, &e));
    cells[0].text = (struct str){ text, 32768 };
    OK(sheet_write_row(w, cells, &e));
    OK(sheet_finish(w, &e));
    OK(sheet_open_path(&a, path, &wide, &r, &e));
    OK(sheet_read_row(r, &a, &row, &e));
    OK(sheet_read_row(r, &a, &row, &e) && row.cells[0].n == 32767);
    OK(sheet_read_row(r, &a, &row, &e) && row.cells[0].n == 32766 + 3);
    OK(str_ends(row.cells[0], STR("x…")));
    unlink(path);
}

/* ---- memory ---- */

static void fill_cells(struct arena *a, struct sheet_cell *cells, int i)
{
    cells[0].text = arena_printf(a, "事项-%06d 漏水、欠薪、噪声", i);
    cells[1].n = i;
    cells[2].n = (int64_t)i * 37;
    cells[3].day = (struct day){ 20000 + i % 700 };
    cells[4].stamp = (struct stamp){ 1795224600000 + (int64_t)i * 1000 };
}

static void write_many(const char *path, enum sheet_format format, long *grown)
{
    AUTO(arena_done) struct arena a = { 0 };
    AUTO(arena_done) struct arena row = { 0 };
    struct sheet_cell cells[N] = { 0 };
    struct sheet_writer *w;
    struct err e = { 0 };
    bool ok = sheet_create(&a, format, path, &about, columns, N, &w, &e);
    long before = fixture_anonymous_kb();
    for (int i = 0; i < MANY && ok; i++) {
        fill_cells(&row, cells, i);
        ok = sheet_write_row(w, cells, &e);
        arena_clear(&row);
    }
    *grown = fixture_anonymous_kb() - before;
    OK(ok && sheet_finish(w, &e));
}

static void read_many(const char *path, long *grown)
{
    AUTO(arena_done) struct arena a = { 0 };
    AUTO(arena_done) struct arena each = { 0 };
    struct sheet_reader *r;
    struct sheet_row row;
    struct sheet_cell cells[N];
    struct err e = { 0 };
    int same = 0;
    long before = fixture_anonymous_kb();
    OK(sheet_open_path(&a, path, NULL, &r, &e) && sheet_read_row(r, &a, &row, &e));
    for (int i = 0; sheet_read_row(r, &each, &row, &e); i++) {
        char want[64];
        fill_cells(&each, cells, i);
        snprintf(want, sizeof want, "%d.%02d", i * 37 / 100, i * 37 % 100);
        same += row.n == N && str_eq(row.cells[0], cells[0].text) && str_is(row.cells[2], want)
             && row.cells[4].n == 19;
        arena_clear(&each);
    }
    *grown = fixture_anonymous_kb() - before;
    OK(!err_is_set(&e));
    OK_INT(same, MANY);
}

static void test_many(enum sheet_format format)
{
    AUTO(arena_done) struct arena a = { 0 };
    const char *path = temp_path(&a);
    long writing, reading;
    write_many(path, format, &writing);
    read_many(path, &reading);
    printf("# format %d: writing grew %ld KB, reading %ld KB\n", (int)format, writing, reading);
#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
    OK(writing < 4096 && reading < 4096);
#endif
    unlink(path);
}

int main(void)
{
    for (enum sheet_format format = SHEET_CSV; format < SHEET_FORMAT__COUNT; format++) {
        test_samples(format);
        test_only_header(format);
        test_dropped(format);
        test_many(format);
        test_full_disk(format, 65536);
        test_full_disk(format, 512);
        test_full_disk(format, 0);
    }
    test_long_text();
    return tap_end();
}
