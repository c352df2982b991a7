#include "insight/view.h"
#include "app/codebook.h"
#include "matter/matter.h"

static const struct field view_ask_fields[] = {
    FIELD(view_ask, form, .doc = "Which form", .names = &form_names, .zh = "报表", .en = "Form"),
    FIELD(view_ask, area, .doc = "Area, down to a town; the reader's own when not sent",
          .format = FORMAT_AREA, .zh = "辖区", .en = "Area"),
    FIELD(view_ask, published, .doc = "As it is published, small cells left out",
          .zh = "公开口径", .en = "As published"),
    FIELD(view_ask, year, .doc = "The year up to this month", .zh = "本年累计",
          .en = "Year to date"),
    FIELD(view_ask, row, .doc = "Row, for one cell: 1 to 18, 0, a kind, sum", .max = 20,
          .zh = "行", .en = "Row"),
    FIELD(view_ask, column, .doc = "Column, for one cell: an indicator", .max = 40, .zh = "列",
          .en = "Column"),
};
const struct record view_ask_record = RECORD(view_ask, view_ask_fields);

/* ---- rows and columns by name ---- */

struct str view_row_slug(struct arena *a, unsigned row)
{
    if (row == ROW_ALL)
        return STR("sum");
    if (row >= ROW_KIND)
        return str_of(matter_kind_names.v[row - ROW_KIND].slug);
    return arena_printf(a, "%u", row);
}

bool view_row_of(enum form_name form, struct str slug, unsigned *out, struct err *e)
{
    int64_t n;
    *out = form_sum_row(form);
    if (!slug.n || str_is(slug, "sum"))
        return true;
    if (str_to_i64(slug, &n) && n >= 0 && n < ROW_KIND && form_has_row(form, (unsigned)n)) {
        *out = (unsigned)n;
        return true;
    }
    for (unsigned k = 0; k < MATTER_KIND__COUNT; k++)
        if (str_is(slug, matter_kind_names.v[k].slug)
            && (form_has_row(form, ROW_KIND + k) || form_sum_row(form) == ROW_KIND + k)) {
            *out = ROW_KIND + k;
            return true;
        }
    return err_fieldf(e, ERR_NOT_A_CHOICE, "row", "%.*s", STR_ARG(slug));
}

struct str view_row_name(struct req *r, enum form_name form, unsigned row)
{
    bool zh = r->lang == LANG_ZH;
    if (row == form_sum_row(form))
        return zh ? STR("合计") : STR("all");
    if (row >= ROW_KIND) {
        const struct name *n = &matter_kind_names.v[row - ROW_KIND];
        return str_of(zh ? n->zh : n->en);
    }
    const struct code_entry *x = codebook_code(r->app, STR("dispute_type"),
                                               view_row_slug(r->a, row), DAY_NONE);
    if (!x)
        return zh ? STR("未归类") : STR("no type yet");
    return zh ? x->zh : x->en;
}

struct str view_column_name(struct req *r, enum form_col col)
{
    struct str slug = str_of(form_columns[col].slug);
    const struct code_entry *x = codebook_code(r->app, STR("indicator"), slug, DAY_NONE);
    return !x ? slug : r->lang == LANG_ZH ? x->zh : x->en;
}

bool view_column_of(struct str slug, enum form_col *out, struct err *e)
{
    for (unsigned i = 0; i < FORM_COLUMNS_N; i++)
        if (str_is(slug, form_columns[i].slug)) {
            *out = (enum form_col)i;
            return true;
        }
    return err_fieldf(e, ERR_NOT_A_CHOICE, "column", "%.*s", STR_ARG(slug));
}

size_t view_rows(enum form_name form, unsigned out[FORM_ROWS])
{
    size_t n = 0;
    for (unsigned row = 1; row < FORM_ROWS; row++)
        if (form_has_row(form, row))
            out[n++] = row;
    if (form == FORM_MEDIATION)
        out[n++] = ROW_UNTYPED;
    out[n++] = form_sum_row(form);
    return n;
}

/* ---- who may have what ---- */

bool view_is_inside(const struct req *r, struct str path)
{
    static const char *const kinds[] = { "centre", "committee", "justice_office", "government" };
    const struct who *w = r->who;
    bool works = who_may(w, PERM_MATTER_INTAKE) || who_may(w, PERM_MATTER_ASSIGN)
              || who_may(w, PERM_MATTER_APPROVE) || who_may(w, PERM_MATTER_SUPERVISE);
    bool body = false;
    for (size_t i = 0; i < COUNT(kinds); i++)
        body |= codebook_under(r->app, STR("org_kind"), w->org_kind, str_of(kinds[i]));
    return works && body && w->path.n && str_starts(path, w->path);
}

static bool find_area(struct req *r, struct id id, struct area_brief *out, struct err *e)
{
    struct area_brief home = { 0 };
    struct err none = { 0 };
    if (!area_brief(r, r->app->home, &home, e))
        return false;
    if (id.v) {
        if (!area_brief(r, id, out, &none))
            return err_field(e, ERR_NO_SUCH_REF, "area");
    } else if (!r->who->path.n || !area_of_path(r, r->who->path, out, &none)
               || out->level > AREA_TOWN) {
        *out = home;
    }
    if (!str_starts(out->path, home.path))
        return err_field(e, ERR_NO_SUCH_REF, "area");
    return out->level <= AREA_TOWN || err_fieldf(e, ERR_OUT_OF_RANGE, "area", "%s",
                                                 area_level_names.v[AREA_TOWN].zh);
}

bool view_open(struct req *r, struct view *out, struct err *e)
{
    int64_t month;
    out->ask = *(const struct view_ask *)r->query;
    if (!str_to_i64(r->param[0], &month) || !form_month_is(month))
        return err_set(e, ERR_NOT_FOUND);
    if (!edition_of(r, month, &out->edition, e) || !find_area(r, out->ask.area, &out->area, e))
        return false;
    out->exact = !out->ask.published && view_is_inside(r, out->area.path);
    out->from = out->ask.year ? month / 100 * 100 + 1 : month;
    return true;
}

/* ---- the numbers ---- */

static bool add_exact(void *ctx, const struct db_row *row, struct err *e UNUSED)
{
    struct view *x = ctx;
    int64_t at = db_row_int(row, 0), col = db_row_int(row, 1), value = db_row_int(row, 2);
    if (at < 0 || at >= ROW_ALL || col < 0 || col >= FORM_COLUMNS_N)
        return true;
    x->v[at][col] += value;
    if (at >= ROW_KIND)
        x->v[ROW_ALL][col] += value;
    return true;
}

static bool add_public(void *ctx, const struct db_row *row, struct err *e UNUSED)
{
    struct view *x = ctx;
    int64_t at = db_row_int(row, 0), col = db_row_int(row, 1);
    if (at < 0 || at >= FORM_ROWS || col < 0 || col >= FORM_COLUMNS_N)
        return true;
    x->v[at][col] += db_row_int(row, 2);
    x->hidden[at][col] |= db_row_int(row, 3) != 0;
    return true;
}

/* One edition's share: months of its own and corrected ones, from x->from on. */
static bool read_one(struct req *r, struct view *x, const struct area_brief *area, int64_t no,
                     struct err *e)
{
    struct str end = arena_printf(r->a, "%.*s\x7f", STR_ARG(area->path));
    if (x->exact)
        return db_each(r->c, e, add_exact, x,
            SQL("SELECT row, col, CAST(SUM(value) AS BIGINT) FROM edition_cell"
                " WHERE home = $1 AND edition = $2 AND month >= $3 AND month <= $4"
                " AND path >= $5 AND path < $6 GROUP BY row, col"),
            V(r->app->home), V(no), V(x->from), V(x->edition.month), V(area->path), V(end));
    return db_each(r->c, e, add_public, x,
        SQL("SELECT row, col, value, hidden FROM edition_public"
            " WHERE home = $1 AND edition = $2 AND area = $3"),
        V(r->app->home), V(no), V(area->id));
}

bool view_read(struct req *r, struct view *x, const struct area_brief *area, struct err *e)
{
    memset(x->v, 0, sizeof x->v);
    memset(x->hidden, 0, sizeof x->hidden);
    for (int64_t month = x->from; month <= x->edition.month; month = form_month_next(month, 1)) {
        int64_t no = 0;
        if (!db_int(r->c, e, &no, SQL("SELECT no FROM edition WHERE home = $1 AND month = $2"),
                    V(r->app->home), V(month))
            || (no && !read_one(r, x, area, no, e)))
            return false;
    }
    for (unsigned row = 0; row < FORM_ROWS; row++)
        for (unsigned col = 0; col < FORM_COLUMNS_N; col++)
            x->v[row][col] = x->hidden[row][col] ? 0 : x->v[row][col];
    return true;
}
