/* db_sqlite_writer.c - group commit: all waiting jobs, one transaction, one sync.
 *
 * The fast way runs the jobs one after another. A job that fails after it
 * changed something cannot be undone alone, so the group is rolled back and run
 * again, now each job in a savepoint. Nobody is answered before the COMMIT. */
#include "base/log.h"
#include "db/db_sqlite.h"

struct group {
    struct sqlite_db *db;
    struct sqlite_conn *c;
    struct db_job *jobs;
    bool scripted;                      /* some job changed the schema */
    struct err why;                     /* the failure of the whole group */
};

enum pass { PASS_OK, PASS_AGAIN, PASS_BROKEN };

static bool run(struct group *g, const char *sql)
{
    return sqlite_run(g->c, sql, &g->why);
}

/* A disk that is full or fails ends the transaction behind our back. */
static bool is_over(struct group *g) { return sqlite3_get_autocommit(g->c->h); }

static void roll_back(struct group *g)
{
    struct err e = { 0 };
    if (!is_over(g) && !sqlite_run(g->c, "ROLLBACK", &e))
        log_event(LOG_DEBUG, "db.rollback", "%s", e.detail);
}

/* Runs one job; a deferred reference left open would fail the others' COMMIT. */
static bool run_job(struct group *g, struct db_job *job)
{
    int open = 0, high;
    g->c->scripted = false;
    job->ok = db_job_run(job, &g->c->base);
    g->scripted |= g->c->scripted;
    if (job->ok && sqlite3_db_status(g->c->h, SQLITE_DBSTATUS_DEFERRED_FKS, &open, &high, 0)
        == SQLITE_OK && open)
        job->ok = err_set(&job->err, ERR_NO_SUCH_REF);
    return job->ok;
}

static enum pass run_plain(struct group *g)
{
    for (struct db_job *job = g->jobs; job; job = job->next) {
        sqlite3_int64 before = sqlite3_total_changes64(g->c->h);
        if (run_job(g, job))
            continue;
        if (is_over(g) || g->c->scripted || sqlite3_total_changes64(g->c->h) != before)
            return PASS_AGAIN;
    }
    return PASS_OK;
}

static enum pass run_apart(struct group *g)
{
    for (struct db_job *job = g->jobs; job; job = job->next) {
        if (!run(g, "SAVEPOINT job"))
            return PASS_BROKEN;
        bool ok = run_job(g, job);
        if (is_over(g)) {
            g->why = job->err;
            return PASS_BROKEN;
        }
        if (!run(g, ok ? "RELEASE job" : "ROLLBACK TO job; RELEASE job"))
            return PASS_BROKEN;
    }
    return PASS_OK;
}

static bool commit(struct group *g, bool wrote)
{
    const struct db_options *o = &g->db->base.o;
    g->c->base.failed = false;
    if (wrote && o->before_commit && !o->before_commit(&g->c->base, o->ctx, &g->why))
        return false;
    return run(g, "COMMIT");
}

static bool attempt(struct group *g, enum pass (*pass)(struct group *), bool *again, bool *wrote)
{
    g->why = (struct err){ 0 };
    g->c->base.touched = 0;
    if (!run(g, "BEGIN IMMEDIATE"))
        return false;
    sqlite3_int64 before = sqlite3_total_changes64(g->c->h);
    g->scripted = false;
    enum pass end = pass(g);
    *again = end == PASS_AGAIN;
    *wrote = sqlite3_total_changes64(g->c->h) != before || g->scripted;
    if (end == PASS_OK && commit(g, *wrote))
        return true;
    roll_back(g);
    return false;
}

/* The sentence for whose own work was fine: try again soon. */
static struct err group_failure(const struct group *g)
{
    struct err e = { 0 };
    err_detail(&e, ERR_UNAVAILABLE, "the commit failed: %s", g->why.detail);
    return e;
}

static void run_group(struct group *g, size_t n)
{
    struct db *db = &g->db->base;
    bool again = false, wrote = false, ok = attempt(g, run_plain, &again, &wrote);
    if (!ok && again) {
        db->retries++;
        ok = attempt(g, run_apart, &again, &wrote);
    }
    db->groups++;
    db->writes += (int64_t)n;
    if ((int64_t)n > db->group_jobs_max)
        db->group_jobs_max = (int64_t)n;
    struct err why = group_failure(g);
    for (struct db_job *job = g->jobs, *next; job; job = next) {
        next = job->next;               /* done() may free it */
        db_job_end(db, job, !ok ? &why : job->ok ? NULL : &job->err);
    }
    if (ok && wrote && db->o.after_commit)
        db->o.after_commit(db->o.ctx);
}

void *sqlite_writer_main(void *arg)
{
    struct sqlite_db *db = arg;
    for (;;) {
        size_t n;
        struct group g = { .db = db, .c = db->writer };
        g.jobs = db_queue_take(&db->base.queue, db->base.o.group_max, &n);
        if (!g.jobs)
            return NULL;
        run_group(&g, n);
    }
}

/* PASSIVE never stands in the writer's way; TRUNCATE gives the disk back when
 * nobody has written for a while. */
void *sqlite_checkpoint_main(void *arg)
{
    enum { IDLE_SECONDS = 10 };
    struct sqlite_db *db = arg;
    int64_t seen = 0;
    pthread_mutex_lock(&db->lock);
    for (int idle = 0; !db->ending;) {
        struct timespec until;
        clock_gettime(CLOCK_MONOTONIC, &until);
        until.tv_sec++;
        pthread_cond_timedwait(&db->end, &db->lock, &until);
        int64_t groups = db->base.groups;
        bool busy = groups != seen;
        seen = groups;
        idle = busy ? 0 : idle + 1;
        if (db->ending || idle > IDLE_SECONDS)
            continue;
        pthread_mutex_unlock(&db->lock);
        int mode = idle == IDLE_SECONDS ? SQLITE_CHECKPOINT_TRUNCATE : SQLITE_CHECKPOINT_PASSIVE;
        if (busy || idle == IDLE_SECONDS)
            sqlite3_wal_checkpoint_v2(db->checkpointer, NULL, mode, NULL, NULL);
        pthread_mutex_lock(&db->lock);
    }
    pthread_mutex_unlock(&db->lock);
    return NULL;
}
