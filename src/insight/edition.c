#include "insight/edition.h"
#include "app/codebook.h"
#include "app/journal.h"
#include "base/vec.h"
#include "crypt/digest.h"
#include "insight/publish.h"

static const struct field edition_fields[] = {
    FIELD(edition, home, .doc = "City", .flags = HIDDEN),
    FIELD(edition, no, .doc = "Number of the edition", .zh = "期号", .en = "Number"),
    FIELD(edition, month, .doc = "Year and month, as 202601", .zh = "月份", .en = "Month"),
    FIELD(edition, cut_seq, .doc = "Place in the feed at which it was cut", .zh = "截止序号",
          .en = "Cut"),
    FIELD(edition, cells, .doc = "Counts in it", .zh = "数据格数", .en = "Cells"),
    FIELD(edition, prev, .doc = "Hash of the edition before", .zh = "上期摘要",
          .en = "Previous hash"),
    FIELD(edition, hash, .doc = "SM3 over number, month, cut, previous hash and all cells",
          .zh = "摘要", .en = "Hash"),
    FIELD(edition, made_at, .doc = "Made", .zh = "生成时间", .en = "Made"),
};
const struct record edition_record = RECORD(edition, edition_fields);

static const struct field edition_cell_fields[] = {
    FIELD(edition_cell, month, .doc = "Month counted"),
    FIELD(edition_cell, unit, .doc = "Town"), FIELD(edition_cell, path, .doc = "Its path"),
    FIELD(edition_cell, row, .doc = "Row"), FIELD(edition_cell, col, .doc = "Column"),
    FIELD(edition_cell, value, .doc = "Count"),
};
const struct record edition_cell_record = RECORD(edition_cell, edition_cell_fields);

/* ---- counting ---- */

struct counting {
    struct form_count count;
    enum form_window window;
    int64_t sign, before;               /* only months before this one; 0 all */
    int64_t from;                       /* and not before that one */
    struct arena tmp;
};

static bool count_one(void *ctx, const struct db_row *row, struct err *e)
{
    struct counting *x = ctx;
    struct fact f = { 0 };
    arena_clear(&x->tmp);
    if (!db_row_record(row, &fact_record, &x->tmp, &f, e))
        return false;
    struct day d = x->window == ON_ACCEPTED ? f.accepted : f.concluded;
    int64_t month = d.n ? form_month(d) : 0;
    if (month && (!x->before || (month < x->before && month >= x->from)))
        form_count_add(&x->count, &f, x->window, x->sign);
    return true;
}

#define COUNTED "SELECT round, counts, kind, type, way, referrer, body, result, agreement,"    \
    " performed, confirmed, complex, prevented, prevented_people, people, settled, accepted,"     \
    " concluded, unit, path FROM fact"

/* The month's own facts as they were at the cut. */
static bool count_month(struct req *r, struct counting *x, const struct edition *ed,
                        struct err *e)
{
    struct day from = form_month_first(ed->month);
    struct day to = form_month_first(form_month_next(ed->month, 1));
    x->sign = 1;
    x->window = ON_ACCEPTED;
    if (!db_each(r->c, e, count_one, x,
            SQL(COUNTED " WHERE home = $1 AND accepted >= $2 AND accepted < $3"
                " AND since_seq <= $4 AND (until_seq = 0 OR until_seq > $4)"),
            V(ed->home), V(from), V(to), V(ed->cut_seq)))
        return false;
    x->window = ON_CONCLUDED;
    return db_each(r->c, e, count_one, x,
            SQL(COUNTED " WHERE home = $1 AND concluded >= $2 AND concluded < $3"
                " AND since_seq <= $4 AND (until_seq = 0 OR until_seq > $4)"),
            V(ed->home), V(from), V(to), V(ed->cut_seq));
}

/* What became otherwise in months already told: the versions that were new at this
 * cut, less those that had stood at the last one. */
static bool count_changes(struct req *r, struct counting *x, const struct edition *ed,
                          int64_t last_cut, struct err *e)
{
    x->before = ed->month;
    for (int w = ON_ACCEPTED; w <= ON_CONCLUDED; w++) {
        x->window = (enum form_window)w;
        x->sign = 1;
        if (!db_each(r->c, e, count_one, x,
                SQL(COUNTED " WHERE home = $1 AND since_seq > $2 AND since_seq <= $3"
                    " AND (until_seq = 0 OR until_seq > $3)"),
                V(ed->home), V(last_cut), V(ed->cut_seq)))
            return false;
        x->sign = -1;
        if (!db_each(r->c, e, count_one, x,
                SQL(COUNTED " WHERE home = $1 AND until_seq > 0 AND until_seq > $2"
                    " AND until_seq <= $3 AND since_seq <= $2"),
                V(ed->home), V(last_cut), V(ed->cut_seq)))
            return false;
    }
    return true;
}

static struct list cells_of(struct arena *a, const struct form_count *c)
{
    VEC(struct edition_cell) out = { 0 };
    for (size_t i = 0; i < c->n; i++)
        for (unsigned row = 0; row < FORM_ROWS; row++)
            for (unsigned col = 0; col < FORM_COLUMNS_N; col++)
                if (c->v[i]->v[row][col])
                    vec_push(a, &out, (struct edition_cell){ c->v[i]->month, c->v[i]->unit,
                        c->v[i]->path, row, col, c->v[i]->v[row][col] });
    return (struct list){ out.v, out.n };
}

static struct str hash_of(struct arena *a, const struct edition *x, struct list cells)
{
    const struct edition_cell *v = cells.v;
    AUTO(sm3_done) struct sm3 h;
    sm3_init(&h);
    sm3_add(&h, STR("FQE1"));
    sm3_add_i64(&h, x->home.v);
    sm3_add_i64(&h, x->no);
    sm3_add_i64(&h, x->month);
    sm3_add_i64(&h, x->cut_seq);
    sm3_add_i64(&h, (int64_t)x->prev.n);
    sm3_add(&h, x->prev);
    for (size_t i = 0; i < cells.n; i++) {
        sm3_add_i64(&h, v[i].month);
        sm3_add_i64(&h, v[i].unit.v);
        sm3_add_i64(&h, v[i].row);
        sm3_add_i64(&h, v[i].col);
        sm3_add_i64(&h, v[i].value);
    }
    struct digest d = sm3_get(&h);
    return digest_hex(a, &d);
}

static bool first_month(struct req *r, int64_t *out, struct err *e)
{
    return db_int(r->c, e, out, SQL("SELECT month FROM edition WHERE home = $1 AND no = 1"),
                  V(r->app->home));
}

static void counting_done(void *x)
{
    arena_done(&((struct counting *)x)->tmp);
}

bool edition_count(struct req *r, const struct edition *last, struct edition *x,
                   struct list *cells, struct err *e)
{
    struct counting *k = arena_new(r->a, struct counting);
    k->count.a = r->a;
    k->from = x->month;
    arena_defer(r->a, counting_done, k);
    if (!first_month(r, &k->from, e) || !count_month(r, k, x, e)
        || (last->no && !count_changes(r, k, x, last->cut_seq, e)))
        return false;
    *cells = cells_of(r->a, &k->count);
    x->no = last->no + 1;
    x->prev = last->hash;
    x->cells = (int64_t)cells->n;
    x->hash = hash_of(r->a, x, *cells);
    return true;
}

/* ---- reading ---- */

#define EDITION "SELECT home, no, month, cut_seq, cells, prev, hash, made_at FROM edition"

bool edition_of(struct req *r, int64_t month, struct edition *out, struct err *e)
{
    return db_one(r->c, e, r->a, &edition_record, out,
                  SQL(EDITION " WHERE home = $1 AND month = $2"), V(r->app->home), V(month));
}

bool edition_list(struct req *r, int64_t before, struct list *out, struct err *e)
{
    return db_all(r->c, e, r->a, &edition_record, out,
        SQL(EDITION " WHERE home = $1 AND no < $2 ORDER BY no DESC LIMIT $3"), V(r->app->home),
        V(before ? before : INT64_MAX), V(r->limit));
}

static bool by_no(struct req *r, int64_t no, struct edition *out, bool *found, struct err *e)
{
    return db_maybe(r->c, e, r->a, &edition_record, out, found,
                    SQL(EDITION " WHERE home = $1 AND no = $2"), V(r->app->home), V(no));
}

static bool newest(struct req *r, struct edition *out, struct err *e)
{
    bool found;
    return db_maybe(r->c, e, r->a, &edition_record, out, &found,
                    SQL(EDITION " WHERE home = $1 ORDER BY no DESC LIMIT 1"), V(r->app->home));
}

/* ---- making ---- */

struct making {
    int64_t month;                      /* that is due, 0 none */
    struct edition last, x;
    struct list cells, shown;
};

/* The month whose turn it is: after the last edition, else that of the first fact. */
static bool next_month(struct req *r, const struct edition *last, int64_t *month, struct err *e)
{
    int64_t first = 0;
    *month = last->no ? form_month_next(last->month, 1) : 0;
    if (last->no || !db_int(r->c, e, &first,
            SQL("SELECT accepted FROM fact WHERE home = $1 AND accepted > 0 ORDER BY accepted"
                " LIMIT 1"), V(r->app->home)))
        return last->no > 0;
    if (first)
        *month = form_month((struct day){ (int32_t)first });
    return true;
}

static bool is_due(const struct req *r, int64_t month)
{
    int64_t day = codebook_number(r->app, "month_close_day", 5);
    struct day due = form_month_first(form_month_next(month, 1));
    return day_of_stamp(r->now).n >= due.n + day - 1;
}

/* Whether anything that happened over a minute ago is not in the facts yet. */
static bool is_behind(struct req *r, bool *out, struct err *e)
{
    int64_t at, waits = 0;
    struct stamp before = { r->now.ms - STAMP_MINUTE };
    if (!fact_seq(r->c, &at, e)
        || !db_int(r->c, e, &waits, SQL("SELECT 1 FROM feed_pending WHERE at < $1 LIMIT 1"),
                   V(before))
        || !db_int(r->c, e, &waits, SQL("SELECT 1 FROM feed WHERE seq > $1 AND at < $2 LIMIT 1"),
                   V(at), V(before)))
        return false;
    *out = waits > 0;
    return true;
}

/* Counting a city takes its time: it is done on a read, and only kept in a write. */
static bool count_due(struct req *r, void *ctx, struct err *e)
{
    struct making *k = ctx;
    bool behind;
    *k = (struct making){ 0 };
    if (!newest(r, &k->last, e) || !next_month(r, &k->last, &k->month, e)
        || !is_behind(r, &behind, e))
        return false;
    if (!k->month || behind || !is_due(r, k->month)) {
        k->month = 0;
        return true;
    }
    k->x = (struct edition){ .home = r->app->home, .month = k->month, .made_at = r->now };
    return fact_seq(r->c, &k->x.cut_seq, e)
        && edition_count(r, &k->last, &k->x, &k->cells, e)
        && publish_make(r, k->month, k->cells, &k->shown, e);
}

static bool put_cells(struct req *r, const struct making *k, struct err *e)
{
    static const char *const columns[] = { "home", "edition", "month", "unit", "path", "row",
                                           "col", "value" };
    const struct edition_cell *v = k->cells.v;
    struct db_bulk *b = NULL;
    struct err end = { 0 };
    bool ok = db_bulk_begin(r->c, &b, "edition_cell", columns, COUNT(columns), e);
    for (size_t i = 0; ok && i < k->cells.n; i++)
        ok = db_bulk_row(b, DB_LIST(V(k->x.home), V(k->x.no), V(v[i].month), V(v[i].unit),
                                    V(v[i].path), V(v[i].row), V(v[i].col), V(v[i].value)), e);
    bool ended = db_bulk_end(b, ok ? e : &end);
    return ok && ended;
}

static bool keep(struct req *r, void *ctx, struct err *e)
{
    struct making *k = ctx;
    struct edition last = { 0 };
    if (!newest(r, &last, e))
        return false;
    if (last.no != k->last.no)
        return err_set(e, ERR_CONFLICT);        /* another process was first */
    struct str note = arena_printf(r->a, "{\"no\":%lld,\"month\":%lld,\"cut\":%lld,"
        "\"cells\":%lld,\"hash\":\"%.*s\"}", (long long)k->x.no, (long long)k->x.month,
        (long long)k->x.cut_seq, (long long)k->x.cells, STR_ARG(k->x.hash));
    return db_exec(r->c, e, NULL,
            SQL("INSERT INTO edition (home, no, month, cut_seq, cells, prev, hash, made_at)"
                " VALUES ($1, $2, $3, $4, $5, $6, $7, $8)"), V(k->x.home), V(k->x.no),
            V(k->x.month), V(k->x.cut_seq), V(k->x.cells), V(k->x.prev), V(k->x.hash),
            V(k->x.made_at))
        && put_cells(r, k, e) && publish_keep(r, k->x.no, k->shown, e)
        && journal_system(r->c, r, STR("edition.make"), ID_NONE, note, e);
}

bool edition_run(struct app *app, bool *more, struct err *e)
{
    struct arena a = { 0 };
    struct req r;
    struct making k = { 0 };
    *more = false;
    if (app->home.v && !fact_catch_up(app, e))
        return false;
    app_request(app, &a, NULL, &r);
    bool ok = !app->home.v || (app_read(app, &r, count_due, &k, e)
                               && (!k.month || app_write(app, &r, keep, &k, e)));
    *more = ok && k.month;
    arena_done(&a);
    return ok;
}

/* ---- the check ---- */

bool edition_again(struct req *r, const struct edition *x, bool *same, struct err *e)
{
    struct edition last = { 0 }, now = { .home = x->home, .month = x->month,
                                         .cut_seq = x->cut_seq };
    struct list cells;
    bool found;
    int64_t n = 0, wrong = 0;
    if ((x->no > 1 && !by_no(r, x->no - 1, &last, &found, e))
        || !edition_count(r, &last, &now, &cells, e))
        return false;
    const struct edition_cell *v = cells.v;
    for (size_t i = 0; i < cells.n; i++) {
        int64_t kept = 0;
        if (!db_int(r->c, e, &kept,
                SQL("SELECT value FROM edition_cell WHERE home = $1 AND edition = $2"
                    " AND month = $3 AND unit = $4 AND row = $5 AND col = $6"), V(x->home),
                V(x->no), V(v[i].month), V(v[i].unit), V(v[i].row), V(v[i].col)))
            return false;
        wrong += kept != v[i].value;
    }
    if (!db_int(r->c, e, &n, SQL("SELECT COUNT(*) FROM edition_cell WHERE home = $1"
            " AND edition = $2"), V(x->home), V(x->no)))
        return false;
    *same = !wrong && n == (int64_t)cells.n && last.no + 1 == x->no && str_eq(now.hash, x->hash);
    return true;
}

struct checking { struct edition_check *c; int64_t no; bool found; };

static bool check_one(struct req *r, void *ctx, struct err *e)
{
    struct checking *k = ctx;
    struct edition x = { 0 };
    bool same;
    if (!by_no(r, k->no, &x, &k->found, e) || (k->found && !edition_again(r, &x, &same, e)))
        return false;
    k->c->editions += k->found;
    k->c->differ += k->found && !same;
    return true;
}

bool edition_check_all(struct app *app, struct edition_check *out, struct err *e)
{
    struct checking k = { out, 1, true };
    for (; k.found; k.no++) {
        struct arena a = { 0 };
        struct req r;
        app_request(app, &a, NULL, &r);
        bool ok = app_read(app, &r, check_one, &k, e);
        arena_done(&a);
        if (!ok)
            return false;
    }
    return true;
}
