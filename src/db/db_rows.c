/* db_rows.c - statements as the program sees them: values in, rows into records.
 *
 * The first failure of a job's connection is remembered: whatever the job does
 * with it, the job fails, as PostgreSQL would have it anyway. */
#include "db/db_driver.h"
#include "base/utf8.h"

bool db_vals_check(const struct db_val *v, unsigned n, struct err *e)
{
    for (unsigned i = 0; i < n; i++)
        if (v[i].type == DB_TEXT && !utf8_valid(v[i].s))
            return err_set(e, ERR_BAD_TEXT);
    return true;
}

static bool fail(struct db_conn *c, const struct err *e)
{
    if (!c->failed)
        c->why = *e;
    c->failed = true;
    return false;
}

static bool row_start(struct db_row *row, const struct db_val *v, struct err *e)
{
    unsigned n = 0;
    if (v[0].type != DB_SQL)
        return err_internal(e, "a statement must begin with SQL()");
    while (n <= DB_PARAMS_MAX && v[n + 1].type != DB_END)
        n++;
    if (n > DB_PARAMS_MAX)
        return err_internal(e, "too many values: %s", v[0].s.p);
    if (!db_vals_check(v + 1, n, e))
        return false;
    row->c->statements++;
    if (!row->c->d->start(row, v, n, e))
        return false;
    row->c->touched |= row->st->touches;
    return true;
}

/* Runs the statement; fn sees each row and may set *stop. */
typedef bool on_row(void *ctx, const struct db_row *row, bool *stop, struct err *e);
static bool run_rows(struct db_row *row, const struct db_val *v, on_row *fn, void *ctx,
                     struct err *e)
{
    struct db_conn *c = row->c;
    struct err own = { 0 };
    if (c->failed) {                    /* PostgreSQL would refuse it too */
        *e = c->why;
        return false;
    }
    bool ok = row_start(row, v, &own), taken = true;
    if (ok) {
        bool more = true, stop = false;
        while (ok && taken && !stop && (ok = c->d->step(row, &more, &own)) && more)
            taken = !fn || fn(ctx, row, &stop, &own);
        c->d->finish(row);
    }
    if (ok && taken)
        return true;
    if (!err_is_set(&own))
        err_internal(&own, "a row was refused without a reason");
    if (!err_is_set(e))
        *e = own;
    return ok ? false : fail(c, &own);  /* a row not taken breaks no transaction */
}

bool db_exec_v(struct db_conn *c, struct err *e, int64_t *changed, const struct db_val *v)
{
    struct db_row row = { .c = c, .whole = true };
    if (!run_rows(&row, v, NULL, NULL, e))
        return false;
    if (changed)
        *changed = row.changed;
    return true;
}

bool db_post_v(struct db_conn *c, struct err *e, const struct db_val *v)
{
    struct db_row row = { .c = c, .whole = true, .later = true };
    return run_rows(&row, v, NULL, NULL, e);
}

static bool set_number(const struct record *rec, const struct field *f, int64_t v, void *at,
                       struct err *e)
{
    switch (f->type) {
    case F_BOOL:
        *(bool *)at = v != 0;
        return true;
    case F_ENUM:
        if (v < 0 || v > (f->names ? (int64_t)f->names->n - 1 : INT32_MAX))
            return err_internal(e, "%s.%s: %lld is no value of it", rec->name, f->name,
                                (long long)v);
        *(unsigned *)at = (unsigned)v;
        return true;
    case F_DAY:
        if (v < INT32_MIN || v > INT32_MAX)
            return err_internal(e, "%s.%s: %lld is no day", rec->name, f->name, (long long)v);
        ((struct day *)at)->n = (int32_t)v;
        return true;
    default:                            /* int64_t, and the structs of one int64_t */
        *(int64_t *)at = v;
        return true;
    }
}

static bool set_value(const struct record *rec, const struct field *f, struct db_val v,
                      struct arena *a, void *at, struct err *e)
{
    bool is_text = f->type == F_STR || f->type == F_RAW;
    if (v.type == DB_NULL)
        return true;
    if (is_text ? v.type != DB_TEXT && v.type != DB_BLOB : v.type != DB_INT)
        return err_internal(e, "%s.%s: column of another type", rec->name, f->name);
    if (!is_text)
        return set_number(rec, f, v.i, at, e);
    *(struct str *)at = v.s.n ? arena_dup(a, v.s) : STR("");
    return true;
}

bool db_row_record(const struct db_row *row, const struct record *rec, struct arena *a, void *out,
                   struct err *e)
{
    const struct db_map *m;
    if (!db_stmt_map(row, rec, &m, e))
        return false;
    memset(out, 0, rec->size);
    for (int i = 0; i < (int)row->st->columns; i++)
        if (!set_value(rec, m->f[i], row->c->d->get(row, i), a, (char *)out + m->f[i]->offset, e))
            return false;
    return true;
}

struct one { struct arena *a; const struct record *rec; void *out; bool found; };

static bool take_one(void *ctx, const struct db_row *row, bool *stop, struct err *e)
{
    struct one *o = ctx;
    *stop = o->found = true;
    return db_row_record(row, o->rec, o->a, o->out, e);
}

bool db_maybe_v(struct db_conn *c, struct err *e, struct arena *a, const struct record *rec,
                void *out, bool *found, const struct db_val *v)
{
    struct one o = { a, rec, arena_alloc(a, rec->size), false };
    struct db_row row = { .c = c, .whole = true };
    if (!run_rows(&row, v, take_one, &o, e))
        return false;
    if (o.found)
        memcpy(out, o.out, rec->size);
    *found = o.found;
    return true;
}

bool db_one_v(struct db_conn *c, struct err *e, struct arena *a, const struct record *rec,
              void *out, const struct db_val *v)
{
    bool found;
    if (!db_maybe_v(c, e, a, rec, out, &found, v))
        return false;
    return found || err_set(e, ERR_NOT_FOUND);
}

struct all { struct arena *a; const struct record *rec; char *v; size_t n, cap; };

static bool take_all(void *ctx, const struct db_row *row, bool *stop, struct err *e)
{
    struct all *l = ctx;
    (void)stop;
    if (l->n == DB_ROWS_MAX)
        return err_internal(e, "more than %d rows: %s", DB_ROWS_MAX, row->st->key);
    if (l->n == l->cap) {
        size_t cap = l->cap ? 2 * l->cap : 4;
        char *v = arena_alloc_array(l->a, l->rec->size, cap);
        if (l->n)
            memcpy(v, l->v, l->n * l->rec->size);
        l->v = v;
        l->cap = cap;
    }
    return db_row_record(row, l->rec, l->a, l->v + l->rec->size * l->n++, e);
}

bool db_all_v(struct db_conn *c, struct err *e, struct arena *a, const struct record *rec,
              struct list *out, const struct db_val *v)
{
    struct all l = { .a = a, .rec = rec };
    struct db_row row = { .c = c, .whole = true };
    if (!run_rows(&row, v, take_all, &l, e))
        return false;
    *out = (struct list){ l.v, l.n };
    return true;
}

static bool take_int(void *ctx, const struct db_row *row, bool *stop, struct err *e)
{
    struct db_val v = row->c->d->get(row, 0);
    *(int64_t *)ctx = v.type == DB_INT ? v.i : 0;
    *stop = true;
    return v.type == DB_INT || v.type == DB_NULL || err_internal(e, "no integer: %s", row->st->key);
}

bool db_int_v(struct db_conn *c, struct err *e, int64_t *out, const struct db_val *v)
{
    int64_t got = *out;
    struct db_row row = { .c = c, .whole = true };
    if (!run_rows(&row, v, take_int, &got, e))
        return false;
    *out = got;
    return true;
}

struct text { struct arena *a; struct str s; };

static bool take_text(void *ctx, const struct db_row *row, bool *stop, struct err *e)
{
    struct text *t = ctx;
    (void)e;
    t->s = arena_dup(t->a, db_row_str(row, 0));
    return *stop = true;
}

bool db_text_v(struct db_conn *c, struct err *e, struct arena *a, struct str *out,
               const struct db_val *v)
{
    struct text t = { a, *out };
    struct db_row row = { .c = c, .whole = true };
    if (!run_rows(&row, v, take_text, &t, e))
        return false;
    *out = t.s;
    return true;
}

struct each { db_row_fn *fn; void *ctx; };

static bool take_each(void *ctx, const struct db_row *row, bool *stop, struct err *e)
{
    struct each *x = ctx;
    (void)stop;
    return x->fn(x->ctx, row, e);
}

bool db_each_v(struct db_conn *c, struct err *e, db_row_fn *fn, void *ctx, const struct db_val *v)
{
    struct each x = { fn, ctx };
    struct db_row row = { .c = c };
    return run_rows(&row, v, take_each, &x, e);
}

int64_t db_row_int(const struct db_row *row, int col)
{
    struct db_val v = row->c->d->get(row, col);
    return v.type == DB_INT ? v.i : 0;
}

struct str db_row_str(const struct db_row *row, int col)
{
    struct db_val v = row->c->d->get(row, col);
    return v.type == DB_TEXT || v.type == DB_BLOB ? v.s : STR_NONE;
}

bool db_script(struct db_conn *c, struct str text, struct err *e)
{
    struct err own = { 0 };
    c->statements++;
    if (!c->failed && c->d->script(c, text, &own))
        return true;
    fail(c, &own);
    if (!err_is_set(e))
        *e = c->why;
    return false;
}

enum db_engine db_conn_engine(const struct db_conn *c) { return c->d->engine; }
unsigned db_conn_statements(const struct db_conn *c) { return c->statements; }
unsigned db_conn_touched(const struct db_conn *c) { return c->touched; }
int64_t db_conn_snapshot(struct db_conn *c)
{
    return c->d->snapshot && c->statements ? c->d->snapshot(c) : 0;
}
struct db_keep *db_conn_keep(struct db_conn *c) { return &c->keep; }

/* ---- bulk ---- */

static unsigned watched(const struct db_watch *w, const char *table)
{
    unsigned bits = 0;
    for (unsigned i = 0; w && w[i].tables; i++)
        for (size_t k = 0; w[i].tables[k]; k++)
            bits |= !strcmp(w[i].tables[k], table) ? 1U << i : 0;
    return bits;
}

bool db_bulk_begin(struct db_conn *c, struct db_bulk **out, const char *table,
                   const char *const *columns, size_t n, struct err *e)
{
    *out = NULL;
    if (n == 0 || n > DB_COLUMNS_MAX)
        return err_internal(e, "bulk into %s: %zu columns", table, n);
    c->statements++;
    c->touched |= watched(c->db->o.watch, table);
    if (c->d->bulk_begin(c, out, table, columns, n, e))
        return true;
    return fail(c, e);
}

bool db_bulk_row(struct db_bulk *b, const struct db_val *v, struct err *e)
{
    size_t n = 0;
    while (n <= b->columns && v[n].type != DB_END)
        n++;
    bool ok = n == b->columns || err_internal(e, "bulk: %zu values for %zu columns", n, b->columns);
    ok = ok && db_vals_check(v, (unsigned)n, e) && b->c->d->bulk_row(b, v, e);
    if (ok)
        return true;
    b->failed = true;
    return fail(b->c, e);
}

bool db_bulk_end(struct db_bulk *b, struct err *e)
{
    if (!b)
        return true;
    struct db_conn *c = b->c;
    if (c->d->bulk_end(b, e))
        return true;
    return fail(c, e);
}
