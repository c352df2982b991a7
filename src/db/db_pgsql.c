/* db_pgsql.c - opening a PostgreSQL database, its connections and bulk loads. */
#include "db/db_pgsql.h"
#include <endian.h>

/* ---- connections ---- */

static bool ask(struct pg_conn *c, const char *sql, const char *want, const char *what,
                struct err *e)
{
    PGresult *r = PQexec(c->h, sql);
    bool ok = PQresultStatus(r) == PGRES_TUPLES_OK || pg_fail(c, r, sql, e);
    if (ok && (PQntuples(r) != 1 || strcmp(PQgetvalue(r, 0, 0), want) != 0))
        ok = err_setf(e, ERR_CONFIG, "%s", what);
    PQclear(r);
    return ok;
}

/* A list with a dozen filters left out looks so much cheaper with its values known that
 * the server planned it anew for each request, twice as long as it then took: every
 * statement goes by a key, whatever the values. None is worth being compiled. */
#define SHORT_STATEMENTS "SET plan_cache_mode = force_generic_plan; SET jit = off"

static bool is_fit(struct pg_conn *c, struct err *e)
{
    if (PQserverVersion(c->h) < 150000)
        return err_setf(e, ERR_CONFIG, "PostgreSQL < 15");
    return ask(c, "SHOW server_encoding", "UTF8", "PostgreSQL encoding UTF8", e)
        && ask(c, "SELECT COUNT(*) FROM pg_database WHERE datname = current_database()"
                  " AND datcollate IN ('C', 'POSIX') AND datlocprovider = 'c'", "1",
               "PostgreSQL collation C", e)
        && PQsetClientEncoding(c->h, "UTF8") == 0
        && pg_run(c, "SET statement_timeout = 60000", e)
        && pg_run(c, "SET standard_conforming_strings = on", e)
        && pg_run(c, SHORT_STATEMENTS, e);
}

static void hush(void *ctx, const char *message)
{
    (void)ctx, (void)message;           /* notices are nobody's business */
}

void pg_disconnect(struct pg_conn *c)
{
    PQfinish(c->h);
    c->h = NULL;
    c->posted_n = 0;
    arena_done(&c->base.mem);           /* the statements died with the connection */
    c->base.stmts = (struct db_stmts){ 0 };
    memset(c->base.keep.v, 0, sizeof c->base.keep.v);
}

bool pg_connect(struct pg_conn *c, struct err *e)
{
    static const char *const names[] = { "connect_timeout", "tcp_user_timeout", "application_name",
                                         "dbname", NULL };
    const char *values[] = { "5", "30000", "fengqiao", c->base.db->url, NULL };
    pg_disconnect(c);
    c->h = PQconnectdbParams(names, values, 1);
    if (PQstatus(c->h) != CONNECTION_OK)
        return err_detail(e, ERR_UNAVAILABLE, "%s", PQerrorMessage(c->h));
    PQsetNoticeProcessor(c->h, hush, NULL);
    if (is_fit(c, e))
        return true;
    return err_detail(e, ERR_UNAVAILABLE, "%s", PQerrorMessage(c->h));
}

/* ---- the database ---- */

static void pg_stop(struct db *base)
{
    struct pg_db *db = (struct pg_db *)base;
    for (unsigned i = 0; i < db->started; i++)
        pthread_join(db->workers[i].thread, NULL);
    db->started = 0;
}

static void pg_close(struct db *base)
{
    struct pg_db *db = (struct pg_db *)base;
    for (unsigned i = 0; i < base->o.workers; i++)
        pg_disconnect(&db->workers[i]);
    db_queue_done(&base->queue);
    free(db->workers);
    free(base->url);
    free(db);
}

/* The first connection proves the server; the others are made by their threads. */
static bool start(struct pg_db *db, struct err *e)
{
    if (!pg_connect(&db->workers[0], e))
        return false;
    for (; db->started < db->base.o.workers; db->started++) {
        struct pg_conn *c = &db->workers[db->started];
        if (pthread_create(&c->thread, NULL, pg_worker_main, c) == 0)
            continue;
        db_queue_stop(&db->base.queue);
        pg_stop(&db->base);
        return err_detail(e, ERR_UNAVAILABLE, "no thread for a worker");
    }
    return true;
}

static bool pg_open(const struct db_options *o, struct db **out, struct err *e)
{
    struct pg_db *db = calloc(1, sizeof *db);
    struct pg_conn *workers = calloc(o->workers, sizeof *workers);
    char *url = strndup(o->url.p, o->url.n);
    if (!db || !workers || !url)
        abort();
    db->workers = workers;
    db->base.d = &db_pgsql;
    db->base.o = *o;
    db->base.url = url;
    db_queue_init(&db->base.queue, o->queue_max);
    for (unsigned i = 0; i < o->workers; i++) {
        workers[i].base.d = &db_pgsql;
        workers[i].base.db = &db->base;
    }
    if (start(db, e)) {
        *out = &db->base;
        return true;
    }
    pg_close(&db->base);
    return false;
}

/* ---- bulk: COPY in its binary form ---- */

enum { CHUNK = 1 << 16 };
struct pg_bulk { struct db_bulk base; struct buf out; };

static bool bulk_flush(struct pg_bulk *b, struct err *e)
{
    struct pg_conn *c = (struct pg_conn *)b->base.c;
    if (!buf_ok(&b->out))
        return err_set(e, ERR_TOO_LARGE);
    bool ok = PQputCopyData(c->h, b->out.p, (int)b->out.n) == 1 || pg_fail(c, NULL, "copy", e);
    buf_clear(&b->out);
    return ok;
}

static void put16(struct buf *b, uint16_t v)
{
    v = htobe16(v);
    buf_add(b, (struct str){ (const char *)&v, sizeof v });
}

static void put32(struct buf *b, uint32_t v)
{
    v = htobe32(v);
    buf_add(b, (struct str){ (const char *)&v, sizeof v });
}

static void put_value(struct buf *b, const struct db_val *v)
{
    uint64_t number = htobe64((uint64_t)v->i);
    struct str s = v->type == DB_INT ? (struct str){ (const char *)&number, sizeof number } : v->s;
    if (v->type == DB_NULL) {
        put32(b, UINT32_MAX);
        return;
    }
    put32(b, (uint32_t)s.n);
    buf_add(b, s);
}

bool pg_bulk_begin(struct db_conn *base, struct db_bulk **out, const char *table,
                   const char *const *columns, size_t n, struct err *e)
{
    struct pg_conn *c = (struct pg_conn *)base;
    AUTO(buf_done) struct buf sql;
    buf_init(&sql, 16384);
    buf_addf(&sql, "COPY %s (", table);
    for (size_t i = 0; i < n; i++)
        buf_addf(&sql, "%s%s", i ? "," : "", columns[i]);
    buf_addf(&sql, ") FROM STDIN (FORMAT binary)");
    buf_add_char(&sql, '\0');
    if (!buf_ok(&sql))
        return err_internal(e, "bulk into %s: names too long", table);
    if (!c->begun && !pg_run(c, pg_begin_text(c), e))
        return false;
    c->begun = true;
    if (!pg_settle(c, e))
        return false;
    PGresult *r = PQexec(c->h, sql.p);
    bool ok = PQresultStatus(r) == PGRES_COPY_IN || pg_fail(c, r, sql.p, e);
    PQclear(r);
    if (!ok)
        return false;
    struct pg_bulk *b = calloc(1, sizeof *b);
    if (!b)
        abort();
    b->base = (struct db_bulk){ .c = base, .columns = n };
    buf_init(&b->out, (size_t)1 << 30);
    buf_add(&b->out, (struct str){ "PGCOPY\n\377\r\n\0\0\0\0\0\0\0\0\0", 19 });
    *out = &b->base;
    return true;
}

bool pg_bulk_row(struct db_bulk *base, const struct db_val *v, struct err *e)
{
    struct pg_bulk *b = (struct pg_bulk *)base;
    put16(&b->out, (uint16_t)base->columns);
    for (size_t i = 0; i < base->columns; i++)
        put_value(&b->out, &v[i]);
    return b->out.n < CHUNK || bulk_flush(b, e);
}

static bool copy_result(struct pg_conn *c, struct err *e)
{
    bool ok = true;
    for (PGresult *r; (r = PQgetResult(c->h)); PQclear(r))
        if (PQresultStatus(r) != PGRES_COMMAND_OK)
            ok = pg_fail(c, r, "copy", e);
    return ok;
}

bool pg_bulk_end(struct db_bulk *base, struct err *e)
{
    struct pg_bulk *b = (struct pg_bulk *)base;
    struct pg_conn *c = (struct pg_conn *)base->c;
    struct err ignored = { 0 };
    bool ok = true;
    if (!base->failed) {
        put16(&b->out, UINT16_MAX);
        ok = bulk_flush(b, e);
    }
    PQputCopyEnd(c->h, base->failed ? "stopped" : NULL);
    if (!copy_result(c, base->failed ? &ignored : e))
        ok = base->failed;
    buf_done(&b->out);
    free(b);
    return ok;
}

const struct db_driver db_pgsql = {
    .engine = DB_PGSQL, .open = pg_open, .stop = pg_stop, .close = pg_close, .start = pg_start,
    .step = pg_step, .finish = pg_finish, .get = pg_get, .column = pg_column,
    .script = pg_script, .bulk_begin = pg_bulk_begin, .bulk_row = pg_bulk_row,
    .bulk_end = pg_bulk_end,
};
