/* db_pgsql_stmt.c - statements and rows on a PostgreSQL connection.
 *
 * The values' types are given when a statement is prepared: left to itself the
 * server takes $1 in "$1 + 5" for an int4. */
#include "db/db_pgsql_round.h"
#include <endian.h>

enum { PORTION = 500 };                 /* rows a cursor hands over at once */

static struct pg_conn *conn_of(const struct db_row *row) { return (struct pg_conn *)row->c; }

/* ---- statements ---- */

static bool fits(const struct db_stmt *st, const struct pg_values *x)
{
    if (st->params != (unsigned)x->n)
        return false;
    for (int i = 0; i < x->n; i++)
        if (x->type[i] && (Oid)st->bind[i] != x->type[i])
            return false;
    return true;
}

static bool prepare(struct pg_conn *c, struct str sql, const struct pg_values *x,
    struct db_stmt **out,
                    struct err *e)
{
    char name[16];
    if (!pg_settle(c, e))
        return false;
    snprintf(name, sizeof name, "s%u", c->base.stmts.n + 1);
    PGresult *r = PQprepare(c->h, name, sql.p, x->n, x->type);
    bool ok = PQresultStatus(r) == PGRES_COMMAND_OK || pg_fail(c, r, sql.p, e);
    PQclear(r);
    if (!ok)
        return false;
    struct db_stmt *st = db_stmt_add(&c->base, sql.p, (unsigned)x->n);
    for (int i = 0; i < x->n; i++)
        st->bind[i] = (int)x->type[i];
    *out = st;
    return true;
}

static bool find(struct pg_conn *c, struct str sql, const struct pg_values *x, struct db_stmt **out,
                 struct err *e)
{
    struct db_stmt *st = *db_stmt_bucket(&c->base.stmts, sql.p);
    while (st && !(st->key == sql.p && fits(st, x)))
        st = st->next;
    *out = st;
    return st || prepare(c, sql, x, out, e);
}

/* A type that SQLite would answer otherwise (SUM gives numeric) is refused. */
static bool check_columns(const PGresult *r, const char *text, struct err *e)
{
    static const Oid known[] = { T_BOOL, T_BYTEA, T_CHAR, T_NAME, T_INT8, T_INT2, T_INT4, T_TEXT,
                                 T_OID, T_UNKNOWN, T_BPCHAR, T_VARCHAR };
    for (int i = 0; i < PQnfields(r); i++) {
        size_t k = 0;
        while (k < COUNT(known) && known[k] != PQftype(r, i))
            k++;
        if (k == COUNT(known))
            return err_internal(e, "column %s of type %u: %s", PQfname(r, i), PQftype(r, i), text);
    }
    return true;
}

static bool take_result(struct db_row *row, PGresult *r, struct err *e)
{
    PQclear(row->result);
    row->result = r;
    row->at = -1;
    row->rows = PQntuples(r);
    row->st->columns = (unsigned)PQnfields(r);
    struct str status = str_of(PQcmdStatus(r));
    if (!str_starts(status, STR("SELECT")) && !str_starts(status, STR("FETCH"))
        && !str_to_i64(str_of(PQcmdTuples(r)), &row->changed))
        row->changed = 0;
    if (check_columns(r, row->st->key, e))
        return true;
    PQclear(r);
    row->result = NULL;
    return false;
}

/* Rows in portions, so that an export holds few; other statements may run
 * between them. */
static bool start_cursor(struct db_row *row, const struct db_val *v, const struct pg_values *x,
                         struct err *e)
{
    struct pg_conn *c = conn_of(row);
    AUTO(arena_done) struct arena a = { 0 };
    char fetch[48];
    row->cursor = ++c->cursors;
    struct str declare = arena_printf(&a, "DECLARE d%u NO SCROLL CURSOR FOR %s", row->cursor,
                                      v[0].s.p);
    snprintf(fetch, sizeof fetch, "FETCH %d FROM d%u", PORTION, row->cursor);
    struct pg_call calls[] = { { .text = pg_begin_text(c) }, { declare.p, false, x },
                            { .text = fetch } };
    unsigned skip = c->begun ? 1 : 0;
    PGresult *r = pg_round_trip(c, calls + skip, 3 - skip, v[0].s.p, e);
    c->begun = true;
    return r && take_result(row, r, e);
}

bool pg_start(struct db_row *row, const struct db_val *v, unsigned n, struct err *e)
{
    struct pg_conn *c = conn_of(row);
    struct pg_values x;
    if (!pg_values_fill(&x, v + 1, n, e) || !find(c, v[0].s, &x, &row->st, e))
        return false;
    if (!row->whole && str_starts(v[0].s, STR("SELECT")))
        return start_cursor(row, v, &x, e);
    struct pg_call calls[] = { { .text = pg_begin_text(c) }, { row->st->name, true, &x } };
    unsigned skip = c->begun ? 1 : 0;
    if (row->later && skip && c->posted_n < PG_POSTED_MAX)
        return pg_post(c, &calls[1], row->st->key, e);
    PGresult *r = pg_round_trip(c, calls + skip, 2 - skip, v[0].s.p, e);
    c->begun = true;
    return r && take_result(row, r, e);
}

bool pg_step(struct db_row *row, bool *more, struct err *e)
{
    if (row->cursor && row->at + 1 == row->rows && row->rows == PORTION) {
        char fetch[48];
        snprintf(fetch, sizeof fetch, "FETCH %d FROM d%u", PORTION, row->cursor);
        struct pg_call again = { .text = fetch };
        PGresult *r = pg_round_trip(conn_of(row), &again, 1, row->st->key, e);
        if (!r || !take_result(row, r, e))
            return false;
    }
    *more = ++row->at < row->rows;
    return true;
}

void pg_finish(struct db_row *row)
{
    struct pg_conn *c = conn_of(row);
    PQclear(row->result);
    if (!row->cursor || PQtransactionStatus(c->h) != PQTRANS_INTRANS)
        return;
    char close[32];
    struct err e = { 0 };
    snprintf(close, sizeof close, "CLOSE d%u", row->cursor);
    if (!pg_run(c, close, &e))          /* the transaction's end closes it too */
        c->base.failed = true, c->base.why = e;
}

/* ---- columns ---- */

static int64_t get_int(const struct db_row *row, int col)
{
    const char *p = PQgetvalue(row->result, row->at, col);
    uint64_t v8;
    uint32_t v4;
    uint16_t v2;
    switch (PQgetlength(row->result, row->at, col)) {
    case 8:
        memcpy(&v8, p, sizeof v8);
        return (int64_t)be64toh(v8);
    case 4:
        memcpy(&v4, p, sizeof v4);
        return (int32_t)be32toh(v4);
    case 2:
        memcpy(&v2, p, sizeof v2);
        return (int16_t)be16toh(v2);
    default:
        return *p;
    }
}

struct db_val pg_get(const struct db_row *row, int col)
{
    if (PQgetisnull(row->result, row->at, col))
        return DB_NOTHING;
    switch (PQftype(row->result, col)) {
    case T_BOOL:
    case T_INT2:
    case T_INT4:
    case T_OID:
    case T_INT8:
        return db_v_int(get_int(row, col));
    }
    struct str s = { PQgetvalue(row->result, row->at, col),
                     (size_t)PQgetlength(row->result, row->at, col) };
    return PQftype(row->result, col) == T_BYTEA ? db_v_blob((struct blob){ s.p, s.n })
                                                : db_v_str(s);
}

const char *pg_column(const struct db_row *row, int col) { return PQfname(row->result, col); }

bool pg_script(struct db_conn *base, struct str text, struct err *e)
{
    struct pg_conn *c = (struct pg_conn *)base;
    AUTO(arena_done) struct arena a = { 0 };
    if (!c->begun && !pg_run(c, pg_begin_text(c), e))
        return false;
    c->begun = true;
    /* An index of a big table takes its time. */
    return pg_run(c, "SET LOCAL statement_timeout = 0", e) && pg_run(c, arena_cstr(&a, text), e);
}
