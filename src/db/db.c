/* db.c - what both engines share: opening, jobs and counts; db_rows.c has the statements. */
#include "db/db_driver.h"

/* ---- jobs ---- */

bool db_job_run(struct db_job *job, struct db_conn *c)
{
    c->statements = 0;
    c->failed = false;
    c->keep.a = &c->mem;
    c->keep.run++;
    err_clear(&job->err);
    bool ok = job->run(job, c, &job->err);
    if (ok && c->failed) {              /* it swallowed a failure: half a job is no job */
        job->err = c->why;
        ok = false;
    }
    if (!ok && !err_is_set(&job->err))
        err_internal(&job->err, "a job failed without a reason");
    return ok;
}

void db_job_end(struct db *db, struct db_job *job, const struct err *e)
{
    job->ok = e == NULL;
    if (e) {
        if (e != &job->err)
            job->err = *e;
        db->failures++;
    } else {
        err_clear(&job->err);
    }
    job->done(job);
}

static void refuse(struct db *db, struct db_job *job)
{
    struct err e = { 0 };
    err_detail(&e, ERR_UNAVAILABLE, "the queue of the database is full or closed");
    db_job_end(db, job, &e);
}

void db_write(struct db *db, struct db_job *job)
{
    job->writes = true;
    if (!db_queue_put(&db->queue, job))
        refuse(db, job);
}

void db_read(struct db *db, struct db_job *job)
{
    job->writes = false;
    if (db->d->read)
        db->d->read(db, job);
    else if (!db_queue_put(&db->queue, job))
        refuse(db, job);
}

struct waiting {
    struct db_job job, *inner;
    pthread_mutex_t lock;
    pthread_cond_t over;
    bool is_over;
};

static bool wait_run(struct db_job *job, struct db_conn *c, struct err *e)
{
    struct waiting *w = (struct waiting *)job;
    return w->inner->run(w->inner, c, e);
}

static void wait_done(struct db_job *job)
{
    struct waiting *w = (struct waiting *)job;
    pthread_mutex_lock(&w->lock);
    w->is_over = true;
    pthread_cond_signal(&w->over);
    pthread_mutex_unlock(&w->lock);
}

static bool wait_for(struct db *db, struct db_job *job, void (*queue)(struct db *, struct db_job *),
                     struct err *e)
{
    struct waiting w = { .job = { .run = wait_run, .done = wait_done }, .inner = job,
                         .lock = PTHREAD_MUTEX_INITIALIZER, .over = PTHREAD_COND_INITIALIZER };
    queue(db, &w.job);
    pthread_mutex_lock(&w.lock);
    while (!w.is_over)
        pthread_cond_wait(&w.over, &w.lock);
    pthread_mutex_unlock(&w.lock);
    pthread_mutex_destroy(&w.lock);
    pthread_cond_destroy(&w.over);
    job->ok = w.job.ok;
    job->err = w.job.err;
    if (!job->ok && !err_is_set(e))
        *e = job->err;
    return job->ok;
}

bool db_write_wait(struct db *db, struct db_job *job, struct err *e)
{
    return wait_for(db, job, db_write, e);
}

bool db_read_wait(struct db *db, struct db_job *job, struct err *e)
{
    return wait_for(db, job, db_read, e);
}

/* ---- the database ---- */

struct db *db_open(const struct db_options *given, struct err *e)
{
    static const struct { const char *prefix; const struct db_driver *d; } schemes[] = {
        { "sqlite:", &db_sqlite }, { "postgresql://", &db_pgsql }, { "postgres://", &db_pgsql },
        { "host=", &db_pgsql }, { "dbname=", &db_pgsql }, { "service=", &db_pgsql },
    };
    struct db_options o = *given;
    struct db *db = NULL;
    o.workers = o.workers ? o.workers : 8;
    o.readers = o.readers ? o.readers : 8;
    o.group_max = o.group_max ? o.group_max : 256;
    o.queue_max = o.queue_max ? o.queue_max : 4096;
    for (size_t i = 0; i < COUNT(schemes); i++)
        if (str_starts(o.url, str_of(schemes[i].prefix)))
            return schemes[i].d->open(&o, &db, e) ? db : NULL;
    err_setf(e, ERR_CONFIG, "database url");    /* not its text: it may hold a password */
    return NULL;
}

void db_stop(struct db *db)
{
    if (db->stopped)
        return;
    db_queue_stop(&db->queue);
    db->d->stop(db);
    db->stopped = true;
}

void db_close(struct db *db)
{
    if (!db)
        return;
    db_stop(db);
    db->d->close(db);
}

enum db_engine db_engine_of(const struct db *db) { return db->d->engine; }

struct db_stats db_stats_of(struct db *db)
{
    pthread_mutex_lock(&db->queue.lock);
    int64_t queued = (int64_t)db->queue.n;
    pthread_mutex_unlock(&db->queue.lock);
    return (struct db_stats){ db->writes, db->groups, db->reads, db->retries, db->failures, queued,
                              db->group_jobs_max };
}

bool db_backup(struct db *db, const char *path, void (*progress)(void *ctx, int percent), void *ctx,
               struct err *e)
{
    if (!db->d->backup)
        return err_detail(e, ERR_UNAVAILABLE, "this engine is backed up by pg_dump");
    return db->d->backup(db, path, progress, ctx, e);
}
