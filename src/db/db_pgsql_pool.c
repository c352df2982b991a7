/* db_pgsql_pool.c - the workers: one thread, one connection, one job at a time.
 *
 * A job is run again after 40001, 40P01 and after a connection lost before its
 * COMMIT was sent. Once COMMIT is on its way and no answer comes, nobody knows:
 * such a job fails with ERR_UNAVAILABLE and is never run again. */
#include "db/db_pgsql_round.h"
#include <unistd.h>

enum { RETRIES = 5, CONNECT_MS = 3000, DOWN_MS = 1000, BACKOFF_MS = 50 };

enum end { END_OK, END_FAILED, END_AGAIN };

static void sleep_ms(int64_t ms)
{
    struct timespec t = { ms / 1000, ms % 1000 * 1000000 };
    nanosleep(&t, NULL);
}

/* A server that restarts is waited for; one that stays away fails the jobs at
 * once for a while, so that the queue does not fill with waiters. */
static bool make_ready(struct pg_conn *c, struct err *e)
{
    if (c->h && !pg_is_lost(c))
        return true;
    int64_t began = clock_us(), wait = BACKOFF_MS;
    if (began < c->down_until)
        return err_detail(e, ERR_UNAVAILABLE, "the database server is away");
    for (;;) {
        struct err own = { 0 };
        if (pg_connect(c, &own))
            return true;
        if (clock_us() - began > CONNECT_MS * 1000) {
            c->down_until = clock_us() + DOWN_MS * 1000;
            *e = own;
            return false;
        }
        sleep_ms(wait);
        wait = MIN(2 * wait, 1000);
    }
}

static enum end undo(struct pg_conn *c)
{
    struct err e = { 0 };
    bool settled = pg_settle(c, &e), again = c->repeat || pg_is_lost(c);
    (void)settled;                      /* whatever it was: it is undone */
    if (c->begun && !pg_is_lost(c) && !pg_run(c, "ROLLBACK", &e))
        pg_disconnect(c);
    return again ? END_AGAIN : END_FAILED;
}

/* What was posted last, of which others may wait for rows, travels with the COMMIT. */
static enum end commit(struct pg_conn *c, struct db_job *job)
{
    const struct db_options *o = &c->base.db->o;
    struct pg_call call = { .text = "COMMIT" };
    struct err e = { 0 };
    if (o->before_commit && !o->before_commit(&c->base, o->ctx, &job->err))
        return undo(c);
    PGresult *r = pg_round_trip(c, &call, 1, call.text, &e);
    bool done = r && !strcmp(PQcmdStatus(r), "COMMIT");
    PQclear(r);
    if (done) {
        if (o->after_commit)
            o->after_commit(o->ctx);
        return END_OK;
    }
    if (pg_is_lost(c)) {
        err_detail(&job->err, ERR_UNAVAILABLE, "the outcome of the commit is not known");
        return END_FAILED;
    }
    if (err_is_set(&e))
        job->err = e;
    else
        err_internal(&job->err, "the commit became a rollback");
    return undo(c);
}

static enum end run_once(struct pg_conn *c, struct db_job *job)
{
    c->begun = c->repeat = false;
    c->base.touched = 0;
    c->cursors = 0;
    c->writes = job->writes;
    bool ok = db_job_run(job, &c->base);
    if (ok && job->writes && c->begun)
        return commit(c, job);
    return ok ? END_OK : undo(c);
}

/* A read's transaction ends after its done(): the client need not wait for it. */
static void settle(struct pg_conn *c, struct db_job *job, enum end end)
{
    bool open = !job->writes && end == END_OK && c->begun;
    struct db *db = c->base.db;
    *(job->writes ? &db->writes : &db->reads) += 1;
    db->groups += job->writes;
    db_job_end(db, job, end == END_OK ? NULL : &job->err);
    struct err e = { 0 };
    if (open && !pg_run(c, "ROLLBACK", &e))
        pg_disconnect(c);
}

static void run_job(struct pg_conn *c, struct db_job *job)
{
    enum end end = END_AGAIN;
    for (int i = 0; end == END_AGAIN && i <= RETRIES; i++) {
        if (i) {
            c->base.db->retries++;
            sleep_ms((int64_t)2 << i);
        }
        err_clear(&job->err);
        end = make_ready(c, &job->err) ? run_once(c, job) : END_FAILED;
    }
    settle(c, job, end);
}

void *pg_worker_main(void *arg)
{
    struct pg_conn *c = arg;
    struct db *db = c->base.db;
    for (;;) {
        size_t n;
        struct db_job *job = db_queue_take(&db->queue, 1, &n);
        if (!job)
            return NULL;
        run_job(c, job);
    }
}
