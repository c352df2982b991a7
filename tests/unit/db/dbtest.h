/* dbtest.h - an empty database for a test, on the engine the runner names.
 *
 * FENGQIAO_TEST_URL is set by tests/pg.sh to a throw-away PostgreSQL; without it
 * the test has a SQLite file in a directory of its own. */
#ifndef DBTEST_H
#define DBTEST_H
#include "db/db_driver.h"
#include "db/migrate.h"
#include "tap.h"
#include <unistd.h>

typedef bool call_fn(void *ctx, struct db_conn *c, struct err *e);
struct call { struct db_job job; call_fn *fn; void *ctx; };

static inline bool call_run(struct db_job *job, struct db_conn *c, struct err *e)
{
    struct call *x = (struct call *)job;
    return x->fn(x->ctx, c, e);
}

static inline bool write_do(struct db *db, call_fn *fn, void *ctx, struct err *e)
{
    struct call x = { .job.run = call_run, .fn = fn, .ctx = ctx };
    err_clear(e);
    return db_write_wait(db, &x.job, e);
}

static inline bool read_do(struct db *db, call_fn *fn, void *ctx, struct err *e)
{
    struct call x = { .job.run = call_run, .fn = fn, .ctx = ctx };
    err_clear(e);
    return db_read_wait(db, &x.job, e);
}

struct home { char dir[64], url[256]; };

static inline bool script_do(void *ctx, struct db_conn *c, struct err *e)
{
    return db_script(c, str_of(ctx), e);
}

static inline void home_make(struct home *h)
{
    const char *url = getenv("FENGQIAO_TEST_URL");
    snprintf(h->dir, sizeof h->dir, "/tmp/fengqiao-test-XXXXXX");
    if (!mkdtemp(h->dir))
        abort();
    if (url)
        snprintf(h->url, sizeof h->url, "%s", url);
    else
        snprintf(h->url, sizeof h->url, "sqlite:%s/t.db", h->dir);
}

static inline void home_end(const struct home *h)
{
    static const char *const names[] = { "t.db", "t.db-wal", "t.db-shm", "copy.db", "bad.db" };
    char path[128];
    for (size_t i = 0; i < COUNT(names); i++) {
        snprintf(path, sizeof path, "%s/%s", h->dir, names[i]);
        unlink(path);
    }
    rmdir(h->dir);
}

static inline struct db *db_fresh(const struct home *h, struct db_options o)
{
    struct err e = { 0 };
    o.url = str_of(h->url);
    struct db *db = db_open(&o, &e);
    if (!db) {
        printf("# open failed: %s %s\n", e.arg, e.detail);
        abort();
    }
    static char wipe[] = "DROP SCHEMA public CASCADE; CREATE SCHEMA public;";
    if (db_engine_of(db) == DB_PGSQL && !write_do(db, script_do, wipe, &e))
        abort();
    return db;
}

static inline void must(bool ok, const struct err *e, const char *what)
{
    if (ok)
        return;
    printf("# %s: %s %s %s\n", what, err_slug(e->id), e->arg, e->detail);
    fflush(stdout);
    abort();
}
#define MUST(call, e) must(call, e, #call)

static inline void migrate_text(struct db *db, const char *text)
{
    struct err e = { 0 };
    struct migration m = { 1, "test", text, strlen(text) };
    MUST(db_migrate(db, &m, 1, NULL, &e), &e);
}
#endif
