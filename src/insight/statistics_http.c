/* The addresses of the monthly form. */
#include "app/codebook.h"
#include "insight/sheet_of.h"
#include "matter/matter.h"
#include <errno.h>
#include <sys/stat.h>

/* ---- definitions ---- */

struct indicator {
    struct str code, zh, en, unit;
    struct str numerator_zh, numerator_en, denominator_zh, denominator_en;
    struct str exclusions_zh, exclusions_en, window_zh, window_en, source;
};
static const struct field indicator_fields[] = {
    FIELD(indicator, code, .doc = "Name for ever", .flags = PARTY, .zh = "代码", .en = "Code"),
    FIELD(indicator, zh, .doc = "Chinese name", .flags = PARTY, .zh = "名称", .en = "Chinese name"),
    FIELD(indicator, en, .doc = "English name", .flags = PARTY, .zh = "英文名称",
          .en = "English name"),
    FIELD(indicator, unit, .doc = "matter, person or fen", .flags = PARTY, .zh = "单位",
          .en = "Unit"),
    FIELD(indicator, numerator_zh, .doc = "What is counted", .flags = PARTY, .zh = "分子",
          .en = "Numerator (Chinese)"),
    FIELD(indicator, numerator_en, .doc = "What is counted", .flags = PARTY, .zh = "分子（英文）",
          .en = "Numerator"),
    FIELD(indicator, denominator_zh, .doc = "Of what", .flags = PARTY, .zh = "分母",
          .en = "Denominator (Chinese)"),
    FIELD(indicator, denominator_en, .doc = "Of what", .flags = PARTY, .zh = "分母（英文）",
          .en = "Denominator"),
    FIELD(indicator, exclusions_zh, .doc = "What is left out of it", .flags = PARTY,
          .zh = "不计入", .en = "Exclusions (Chinese)"),
    FIELD(indicator, exclusions_en, .doc = "What is left out of it", .flags = PARTY,
          .zh = "不计入（英文）", .en = "Exclusions"),
    FIELD(indicator, window_zh, .doc = "By which time", .flags = PARTY, .zh = "时间口径",
          .en = "Window (Chinese)"),
    FIELD(indicator, window_en, .doc = "By which time", .flags = PARTY, .zh = "时间口径（英文）",
          .en = "Window"),
    FIELD(indicator, source, .doc = "Where it is from", .flags = PARTY, .zh = "依据",
          .en = "Source"),
};
static const struct record indicator_record = RECORD(indicator, indicator_fields);

static bool on_indicators(struct req *r, const void *in UNUSED, void *out, struct err *e UNUSED)
{
    static const char *const own[] = { "unit", "numerator_zh", "numerator_en", "denominator_zh",
        "denominator_en", "exclusions_zh", "exclusions_en", "window_zh", "window_en" };
    struct list codes = codebook_list(r->app, r->a, STR("indicator"), DAY_NONE);
    const struct code_entry *c = codes.v;
    struct indicator *v = arena_array(r->a, struct indicator, codes.n);
    r->sight = SIGHT_ALL;
    for (size_t i = 0; i < codes.n; i++) {
        v[i] = (struct indicator){ .code = c[i].code, .zh = c[i].zh, .en = c[i].en,
                                   .source = c[i].source };
        for (size_t k = 0; k < COUNT(own); k++) {
            const struct field *f = record_field(&indicator_record, str_of(own[k]));
            *(struct str *)(void *)((char *)&v[i] + f->offset) = code_extra(&c[i], r->a, own[k]);
        }
    }
    *(struct list *)out = (struct list){ v, codes.n };
    return true;
}

/* ---- tables ---- */

struct stat_cell { struct str column; int64_t value; bool hidden; };
static const struct field stat_cell_fields[] = {
    FIELD(stat_cell, column, .doc = "Indicator", .zh = "指标", .en = "Indicator"),
    FIELD(stat_cell, value, .doc = "Count, persons or fen; 0 where it is left out", .zh = "数值",
          .en = "Value"),
    FIELD(stat_cell, hidden, .doc = "Left out, because it is small or would tell a small one",
          .zh = "不公布", .en = "Left out"),
};
static const struct record stat_cell_record = RECORD(stat_cell, stat_cell_fields);

/* A row of a table; or an area's sums, in a list of areas. */
struct stat_row { struct str row, name; struct id area; struct list cells; };
static const struct field stat_row_fields[] = {
    FIELD(stat_row, row, .doc = "1 to 18, 0 without a type, a kind, sum", .zh = "行", .en = "Row"),
    FIELD(stat_row, name, .doc = "What it is called", .zh = "名称", .en = "Name"),
    FIELD(stat_row, area, .doc = "The area, in a list of areas", .format = FORMAT_AREA,
          .zh = "辖区", .en = "Area"),
    FIELD(stat_row, cells, .doc = "A cell an indicator", .sub = &stat_cell_record, .zh = "数据",
          .en = "Cells"),
};
static const struct record stat_row_record = RECORD(stat_row, stat_row_fields);

struct stat_table {
    struct edition edition;
    struct str title, area_name;
    struct id area;
    bool exact;
    int64_t corrections;
    struct list rows;
};
static const struct field stat_table_fields[] = {
    FIELD(stat_table, title, .doc = "Area, form and month", .zh = "标题", .en = "Title"),
    FIELD(stat_table, area, .doc = "Area counted", .format = FORMAT_AREA, .zh = "辖区",
          .en = "Area"),
    FIELD(stat_table, area_name, .doc = "Its name", .zh = "辖区名称", .en = "Area’s name"),
    FIELD(stat_table, exact, .doc = "Whether nothing is left out", .zh = "完整数据",
          .en = "Exact"),
    FIELD(stat_table, corrections, .doc = "Cells of earlier months that this edition corrects",
          .zh = "更正数", .en = "Corrections"),
    FIELD(stat_table, rows, .doc = "Rows, the sum last", .sub = &stat_row_record, .zh = "行",
          .en = "Rows"),
};
static const struct record stat_table_record = RECORD(stat_table, stat_table_fields);

static struct list cells_of(struct arena *a, const struct view *x, unsigned row)
{
    struct stat_cell *v = arena_array(a, struct stat_cell, FORM_COLUMNS_N);
    for (unsigned c = 0; c < FORM_COLUMNS_N; c++)
        v[c] = (struct stat_cell){ str_of(form_columns[c].slug), x->v[row][c], x->hidden[row][c] };
    return (struct list){ v, FORM_COLUMNS_N };
}

static bool on_table(struct req *r, const void *in UNUSED, void *out, struct err *e)
{
    struct view *x = arena_new(r->a, struct view);
    struct stat_table *t = out;
    unsigned rows[FORM_ROWS];
    if (!view_open(r, x, e) || !view_read(r, x, &x->area, e))
        return false;
    size_t n = view_rows((enum form_name)x->ask.form, rows);
    struct stat_row *v = arena_array(r->a, struct stat_row, n);
    for (size_t i = 0; i < n; i++)
        v[i] = (struct stat_row){ view_row_slug(r->a, rows[i]),
            view_row_name(r, (enum form_name)x->ask.form, rows[i]), ID_NONE,
            cells_of(r->a, x, rows[i]) };
    *t = (struct stat_table){ .title = view_title(r, x), .area = x->area.id,
                              .area_name = x->area.name, .exact = x->exact, .rows = { v, n } };
    r->sight = SIGHT_ALL;
    return !x->exact || db_int(r->c, e, &t->corrections,
        SQL("SELECT COUNT(*) FROM edition_cell WHERE home = $1 AND edition = $2 AND month < $3"
            " AND path >= $4 AND path < $5"), V(r->app->home), V(x->edition.no),
        V(x->edition.month), V(x->area.path),
        V(arena_printf(r->a, "%.*s\x7f", STR_ARG(x->area.path))));
}

static bool on_editions(struct req *r, const void *in UNUSED, void *out, struct err *e)
{
    int64_t before = 0;
    struct list *list = out;
    r->sight = SIGHT_ALL;
    if (r->cursor.n && !str_to_i64(r->cursor, &before))
        return err_field(e, ERR_BAD_CURSOR, "after");
    if (!edition_list(r, before, list, e))
        return false;
    const struct edition *v = list->v;
    if (list->n == (size_t)r->limit)
        r->next = arena_printf(r->a, "%lld", (long long)v[list->n - 1].no);
    return true;
}

/* ---- the areas below ---- */

struct area_row { struct id id; struct str name, path; unsigned level; };
static const struct field area_row_fields[] = {
    FIELD(area_row, id, .doc = "Area"), FIELD(area_row, name, .doc = "Name"),
    FIELD(area_row, path, .doc = "Path"),
    FIELD(area_row, level, .doc = "Level", .names = &area_level_names),
};
static const struct record area_row_record = RECORD(area_row, area_row_fields);

static bool on_areas(struct req *r, const void *in UNUSED, void *out, struct err *e)
{
    struct view *x = arena_new(r->a, struct view);
    struct list areas;
    unsigned row;
    r->sight = SIGHT_ALL;
    if (!view_open(r, x, e) || !view_row_of((enum form_name)x->ask.form, x->ask.row, &row, e)
        || !db_all(r->c, e, r->a, &area_row_record, &areas,
            SQL("SELECT id, name, path, level FROM area WHERE parent = $1 AND level <= $2"
                " ORDER BY id LIMIT 500"), V(x->area.id), V((unsigned)AREA_TOWN)))
        return false;
    const struct area_row *a = areas.v;
    struct stat_row *v = arena_array(r->a, struct stat_row, areas.n);
    for (size_t i = 0; i < areas.n; i++) {
        struct area_brief area = { a[i].id, a[i].name, a[i].path, a[i].level };
        if (!view_read(r, x, &area, e))
            return false;
        v[i] = (struct stat_row){ view_row_slug(r->a, row), a[i].name, a[i].id,
                                  cells_of(r->a, x, row) };
    }
    *(struct list *)out = (struct list){ v, areas.n };
    return true;
}

/* ---- corrections ---- */

struct correction { int64_t month; struct str row, column; int64_t value; };
static const struct field correction_fields[] = {
    FIELD(correction, month, .doc = "Month corrected", .zh = "月份", .en = "Month"),
    FIELD(correction, row, .doc = "Row", .zh = "行", .en = "Row"),
    FIELD(correction, column, .doc = "Indicator", .zh = "指标", .en = "Indicator"),
    FIELD(correction, value, .doc = "To be added, negative to be taken off", .zh = "更正",
          .en = "Correction"),
};
static const struct record correction_record = RECORD(correction, correction_fields);

static bool on_corrections(struct req *r, const void *in UNUSED, void *out, struct err *e)
{
    struct view *x = arena_new(r->a, struct view);
    struct list cells;
    if (!view_open(r, x, e))
        return false;
    if (!x->exact)
        return err_set(e, ERR_DENIED);
    if (!db_all(r->c, e, r->a, &edition_cell_record, &cells,
            SQL("SELECT month, row, col, CAST(SUM(value) AS BIGINT) AS value FROM edition_cell"
                " WHERE home = $1 AND edition = $2 AND month < $3 AND path >= $4 AND path < $5"
                " GROUP BY month, row, col HAVING SUM(value) <> 0"
                " ORDER BY month, row, col LIMIT 5000"),
            V(r->app->home), V(x->edition.no), V(x->edition.month), V(x->area.path),
            V(arena_printf(r->a, "%.*s\x7f", STR_ARG(x->area.path)))))
        return false;
    const struct edition_cell *c = cells.v;
    struct correction *v = arena_array(r->a, struct correction, cells.n);
    for (size_t i = 0; i < cells.n; i++)
        v[i] = (struct correction){ c[i].month, view_row_slug(r->a, (unsigned)c[i].row),
                                    str_of(form_columns[c[i].col].slug), c[i].value };
    *(struct list *)out = (struct list){ v, cells.n };
    r->sight = SIGHT_ALL;
    return true;
}

/* ---- a cell's matters ---- */

#define CELL_FACTS                                                                            \
    "SELECT f.matter, f.round, f.counts, f.kind, f.type, f.way, f.referrer, f.body, f.result," \
    " f.agreement, f.performed, f.confirmed, f.complex, f.prevented, f.prevented_people,"      \
    " f.people, f.settled FROM fact f"                                                         \
    " JOIN sight s ON s.home = f.home AND s.holder = $8 AND s.matter = f.matter"               \
    " AND s.since <= $9 AND (s.until = 0 OR s.until > $9) WHERE f.home = $1"                \
    " AND (f.matter, f.round) > ($2, $10)"
#define CELL_WHERE                                                                            \
    " AND f.since_seq <= $5 AND (f.until_seq = 0 OR f.until_seq > $5)"                         \
    " AND f.path >= $6 AND f.path < $7 ORDER BY f.matter, f.round LIMIT 500"

/* The facts of the month at the cut, in order, for who may see their matters at all:
 * the count is the body's, the matter its own sight's. */
static bool next_facts(struct req *r, const struct view *x, enum form_window w,
                       const int64_t after[2], struct list *out, struct err *e)
{
    struct day from = form_month_first(x->from);
    struct day to = form_month_first(form_month_next(x->edition.month, 1));
    struct str end = arena_printf(r->a, "%.*s\x7f", STR_ARG(x->area.path));
    if (w == ON_ACCEPTED)
        return db_all(r->c, e, r->a, &fact_record, out,
            SQL(CELL_FACTS " AND f.accepted >= $3 AND f.accepted < $4" CELL_WHERE),
            V(r->app->home), V(after[0]), V(from), V(to), V(x->edition.cut_seq), V(x->area.path),
            V(end), V(who_holder(r->who)), V(r->now), V(after[1]));
    return db_all(r->c, e, r->a, &fact_record, out,
        SQL(CELL_FACTS " AND f.concluded >= $3 AND f.concluded < $4" CELL_WHERE),
        V(r->app->home), V(after[0]), V(from), V(to), V(x->edition.cut_seq), V(x->area.path),
        V(end), V(who_holder(r->who)), V(r->now), V(after[1]));
}

static bool is_counted(const struct fact *f, enum form_name form, unsigned row, enum form_col col)
{
    unsigned kind_row, own = form_row(f, &kind_row);
    bool in = row == own || row == kind_row || (form == FORM_MATTERS && row == ROW_ALL);
    return in && f->counts && form_value(f, col) != 0;
}

static bool load_seen(struct req *r, struct id id, struct matter *m, size_t *n, struct err *e)
{
    struct err none = { 0 };
    if (matter_load(r, id, m, &none)) {
        *n += 1;
        return true;
    }
    *e = none;
    return none.id == ERR_NOT_FOUND ? (*e = (struct err){ 0 }, true) : false;
}

/* The cursor is "matter-round": two rounds may end in one month. */
static bool parse_place(struct str s, int64_t at[2], struct err *e)
{
    struct str head, rest;
    return !s.n || (str_cut(s, '-', &head, &rest) && str_to_i64(head, &at[0])
                    && str_to_i64(rest, &at[1])) || err_field(e, ERR_BAD_CURSOR, "after");
}

static bool on_matters(struct req *r, const void *in UNUSED, void *out, struct err *e)
{
    struct view *x = arena_new(r->a, struct view);
    struct matter *v = arena_array(r->a, struct matter, (size_t)r->limit);
    struct list facts = { 0 };
    int64_t after[2] = { 0 };
    unsigned row;
    enum form_col col;
    size_t n = 0;
    if (!parse_place(r->cursor, after, e) || !view_open(r, x, e)
        || !view_row_of((enum form_name)x->ask.form, x->ask.row, &row, e)
        || !view_column_of(x->ask.column, &col, e))
        return false;
    if (!x->exact)
        return err_set(e, ERR_DENIED);
    if (!next_facts(r, x, form_columns[col].window, after, &facts, e))
        return false;
    const struct fact *f = facts.v;
    size_t i = 0;
    for (; i < facts.n && n < (size_t)r->limit; i++)
        if (is_counted(&f[i], (enum form_name)x->ask.form, row, col)
            && !load_seen(r, f[i].matter, &v[n], &n, e))
            return false;
    if (i < facts.n || facts.n == 500)
        r->next = arena_printf(r->a, "%lld-%lld", (long long)f[i - 1].matter.v,
                               (long long)f[i - 1].round);
    for (i = 0; i < n; i++)
        v[i].title = STR("");           /* a list's sight is one for all of its rows */
    *(struct list *)out = (struct list){ v, n };
    return true;
}

/* ---- files ---- */

static bool on_file(struct req *r, const void *in UNUSED, void *out UNUSED, struct err *e)
{
    struct view *x = arena_new(r->a, struct view);
    if (!view_open(r, x, e) || !view_read(r, x, &x->area, e))
        return false;
    if (mkdir(app_path(r->app, r->a, "exports"), 0700) != 0 && errno != EEXIST)
        return err_detail(e, ERR_UNAVAILABLE, "exports: %s", strerror(errno));
    r->file.path = app_path(r->app, r->a, arena_printf(r->a, "exports/form-%lld.xlsx",
                                                       (long long)id_make().v).p);
    r->file.name = arena_printf(r->a, "%.*s.xlsx", STR_ARG(view_title(r, x)));
    r->file.media = STR("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet");
    r->file.attachment = true;
    return view_sheet(r, x, r->file.path, e);
}

static bool on_page(struct req *r, const void *in UNUSED, void *out UNUSED, struct err *e)
{
    struct view *x = arena_new(r->a, struct view);
    return view_open(r, x, e) && view_read(r, x, &x->area, e) && view_page(r, x, e);
}

static const struct route statistics_routes[] = {
    { "GET", "/api/v1/indicators", PERM_PUBLIC, ROUTE_READ, .apply = on_indicators,
      .out = &indicator_record, .reply = REPLY_LIST, .sites = SITE_BOTH,
      .doc = "What every column of the monthly form means" },
    { "GET", "/api/v1/editions", PERM_STATISTICS, ROUTE_READ, .apply = on_editions,
      .out = &edition_record, .reply = REPLY_LIST,
      .doc = "The months that are closed, newest first" },
    { "GET", "/api/v1/editions/{month}/table", PERM_STATISTICS, ROUTE_READ, .apply = on_table,
      .query = &view_ask_record, .out = &stat_table_record,
      .doc = "A month's form of an area: exact inside the body, else with small cells left out" },
    { "GET", "/api/v1/editions/{month}/areas", PERM_STATISTICS, ROUTE_READ, .apply = on_areas,
      .query = &view_ask_record, .out = &stat_row_record, .reply = REPLY_LIST,
      .doc = "One row of the form for each area below" },
    { "GET", "/api/v1/editions/{month}/corrections", PERM_STATISTICS, ROUTE_READ,
      .apply = on_corrections, .query = &view_ask_record, .out = &correction_record,
      .reply = REPLY_LIST, .doc = "What an edition corrects in earlier months" },
    { "GET", "/api/v1/editions/{month}/matters", PERM_STATISTICS, ROUTE_READ, .apply = on_matters,
      .query = &view_ask_record, .out = &matter_envelope_record, .reply = REPLY_LIST,
      .doc = "The matters a cell counts, as far as one sees them" },
    { "GET", "/api/v1/editions/{month}/file", PERM_STATISTICS, ROUTE_READ, .apply = on_file,
      .query = &view_ask_record, .reply = REPLY_FILE, .rate = RATE_FILE,
      .doc = "The form as XLSX" },
    { "GET", "/api/v1/editions/{month}/print", PERM_STATISTICS, ROUTE_READ, .apply = on_page,
      .query = &view_ask_record, .reply = REPLY_TEXT, .doc = "The form as a page to print" },
};
const struct route_table statistics_table = ROUTES("statistics", statistics_routes);
