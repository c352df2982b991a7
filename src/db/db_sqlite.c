/* db_sqlite.c - opening a SQLite database, its readers and its backup.
 *
 * One connection writes, in a thread of its own; readers are connections opened
 * read-only, without a mutex, each in one thread's hands at a time. The writer
 * stays open for the life of the process: the first open and the last close of a
 * WAL database lock everybody else out. */
#include "base/log.h"
#include "db/db_sqlite.h"
#include <fcntl.h>
#include <unistd.h>

static bool configure(struct sqlite_conn *c, bool writer, struct err *e)
{
    /* FULL syncs the WAL at each commit. The limit of the automatic checkpoint is
     * only a bound: the checkpoint thread comes first. The file is mapped as far as
     * SQLite can (2 GB): a page beyond costs a read and a copy, and the newest rows,
     * which are asked for most, lie at the end. */
    static const char common[] = "PRAGMA foreign_keys=ON; PRAGMA trusted_schema=OFF;"
        "PRAGMA temp_store=MEMORY; PRAGMA mmap_size=2147418112;";
    static const char writing[] = "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;"
        "PRAGMA wal_autocheckpoint=20000; PRAGMA cache_size=-65536;";
    return sqlite_run(c, common, e) && (!writer || sqlite_run(c, writing, e));
}

static void conn_close(struct sqlite_conn *c)
{
    if (!c)
        return;
    sqlite_forget(c);
    sqlite3_close(c->h);
    arena_done(&c->base.mem);
    free(c);
}

static struct sqlite_conn *conn_open(struct sqlite_db *db, bool writer, struct err *e)
{
    struct sqlite_conn *c = calloc(1, sizeof *c);
    if (!c)
        abort();
    c->base.d = &db_sqlite;
    c->base.db = &db->base;
    int flags = SQLITE_OPEN_NOMUTEX
        | (writer ? SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE : SQLITE_OPEN_READONLY);
    bool ok = sqlite3_open_v2(db->path, &c->h, flags, db->base.o.vfs) == SQLITE_OK
        || sqlite_fail(c->h, db->path, e);
    if (ok) {
        sqlite3_extended_result_codes(c->h, 1);
        sqlite3_busy_timeout(c->h, 10000);
        ok = configure(c, writer, e);
    }
    if (ok)
        return c;
    conn_close(c);
    return NULL;
}

static void pool_put(struct sqlite_db *db, struct sqlite_conn *c)
{
    pthread_mutex_lock(&db->lock);
    c->next = db->readers;
    db->readers = c;
    db->lent--;
    pthread_cond_broadcast(&db->freed);
    pthread_mutex_unlock(&db->lock);
}

/* NULL with e set when the database is being closed. */
static struct sqlite_conn *pool_take(struct sqlite_db *db, struct err *e)
{
    struct sqlite_conn *c = NULL;
    pthread_mutex_lock(&db->lock);
    while (!db->readers && !db->ending)
        pthread_cond_wait(&db->freed, &db->lock);
    if (!db->ending) {
        c = db->readers;
        db->readers = c->next;
        db->lent++;
    }
    pthread_mutex_unlock(&db->lock);
    if (!c)
        err_detail(e, ERR_UNAVAILABLE, "the database is closed");
    return c;
}

static bool is_wal(struct sqlite_db *db, struct err *e)
{
    sqlite3_stmt *s = NULL;
    bool wal = sqlite3_prepare_v2(db->writer->h, "PRAGMA journal_mode", -1, &s, NULL) == SQLITE_OK
        && sqlite3_step(s) == SQLITE_ROW
        && str_is(str_of((const char *)sqlite3_column_text(s, 0)), "wal");
    sqlite3_finalize(s);
    return wal || err_detail(e, ERR_CONFIG, "no WAL on this file system");
}

/* A file that is no database, or of another program, is found here and not at
 * the first request. */
static bool open_all(struct sqlite_db *db, struct err *e)
{
    db->writer = conn_open(db, true, e);
    if (!db->writer || !is_wal(db, e)
        || !sqlite_run(db->writer, "SELECT COUNT(*) FROM sqlite_schema", e))
        return false;
    for (unsigned i = 0; i < db->base.o.readers; i++) {
        struct sqlite_conn *c = conn_open(db, false, e);
        if (!c)
            return false;
        c->next = db->readers;
        db->readers = c;
    }
    int flags = SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_READWRITE;
    if (sqlite3_open_v2(db->path, &db->checkpointer, flags, db->base.o.vfs) != SQLITE_OK)
        return sqlite_fail(db->checkpointer, db->path, e);
    return true;
}

static void sqlite_close(struct db *base)
{
    struct sqlite_db *db = (struct sqlite_db *)base;
    while (db->readers) {
        struct sqlite_conn *c = db->readers;
        db->readers = c->next;
        conn_close(c);
    }
    sqlite3_close(db->checkpointer);
    conn_close(db->writer);
    db_queue_done(&base->queue);
    pthread_cond_destroy(&db->freed);
    pthread_cond_destroy(&db->end);
    pthread_mutex_destroy(&db->lock);
    free(db->path);
    free(db);
}

static void start_library(void)
{
    sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);     /* a lock less in every allocation */
    sqlite3_initialize();
}

static bool start_threads(struct sqlite_db *db, struct err *e)
{
    if (pthread_create(&db->writer_thread, NULL, sqlite_writer_main, db) != 0)
        return err_detail(e, ERR_UNAVAILABLE, "no thread for the writer");
    if (pthread_create(&db->checkpoint_thread, NULL, sqlite_checkpoint_main, db) == 0)
        return true;
    db_queue_stop(&db->base.queue);
    pthread_join(db->writer_thread, NULL);
    return err_detail(e, ERR_UNAVAILABLE, "no thread for the checkpoints");
}

static bool sqlite_open(const struct db_options *o, struct db **out, struct err *e)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    pthread_once(&once, start_library);
    struct str path = str_sub(o->url, sizeof "sqlite:" - 1, o->url.n);
    struct sqlite_db *db = calloc(1, sizeof *db);
    if (!db)
        abort();
    db->base.d = &db_sqlite;
    db->base.o = *o;
    db->path = strndup(path.p, path.n);
    if (!db->path)
        abort();
    db_queue_init(&db->base.queue, o->queue_max);
    pthread_mutex_init(&db->lock, NULL);
    pthread_cond_init(&db->freed, NULL);
    pthread_condattr_t monotonic;
    pthread_condattr_init(&monotonic);
    pthread_condattr_setclock(&monotonic, CLOCK_MONOTONIC);
    pthread_cond_init(&db->end, &monotonic);
    pthread_condattr_destroy(&monotonic);
    bool ok = path.n ? open_all(db, e) && start_threads(db, e)
                     : err_setf(e, ERR_CONFIG, "database url");
    if (ok)
        *out = &db->base;
    else
        sqlite_close(&db->base);
    return ok;
}

static void sqlite_stop(struct db *base)
{
    struct sqlite_db *db = (struct sqlite_db *)base;
    pthread_join(db->writer_thread, NULL);
    pthread_mutex_lock(&db->lock);
    db->ending = true;
    pthread_cond_signal(&db->end);
    pthread_cond_broadcast(&db->freed);
    while (db->lent)
        pthread_cond_wait(&db->freed, &db->lock);
    pthread_mutex_unlock(&db->lock);
    pthread_join(db->checkpoint_thread, NULL);
}

/* One transaction: all statements of a job see one state. */
static void sqlite_read(struct db *base, struct db_job *job)
{
    struct sqlite_db *db = (struct sqlite_db *)base;
    struct err e = { 0 };
    struct sqlite_conn *c = pool_take(db, &e);
    if (!c) {
        db_job_end(base, job, &e);
        return;
    }
    bool began = sqlite_begin(c, &e);
    bool ok = began && db_job_run(job, &c->base);
    if (began) {
        struct err ignored = { 0 };
        if (!sqlite_end(c, &ignored))
            log_event(LOG_DEBUG, "db.rollback", "%s", ignored.detail);
    }
    pool_put(db, c);
    base->reads++;
    db_job_end(base, job, ok ? NULL : began ? &job->err : &e);
}

/* ---- backup ---- */

static bool copy_steps(sqlite3 *from, sqlite3 *to, void (*progress)(void *, int), void *ctx)
{
    enum { PAGES = 2048 };
    sqlite3_backup *b = sqlite3_backup_init(to, "main", from, "main");
    int rc = b ? SQLITE_OK : SQLITE_ERROR;
    while (rc == SQLITE_OK) {
        rc = sqlite3_backup_step(b, PAGES);
        int all = sqlite3_backup_pagecount(b);
        if (progress && all)
            progress(ctx, (int)((int64_t)(all - sqlite3_backup_remaining(b)) * 100 / all));
    }
    if (b)
        sqlite3_backup_finish(b);
    return rc == SQLITE_DONE;
}

/* The source's read transaction keeps writers from starting the copy over. */
static bool copy(struct sqlite_conn *from, const char *path, void (*progress)(void *, int),
                 void *ctx, struct err *e)
{
    sqlite3 *to = NULL;
    struct err ignored = { 0 };
    int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX;
    if (!sqlite_run(from, "BEGIN; SELECT COUNT(*) FROM sqlite_schema", e))
        return false;
    bool ok = sqlite3_open_v2(path, &to, flags, NULL) == SQLITE_OK
        && copy_steps(from->h, to, progress, ctx);
    if (!ok)
        sqlite_fail(to, "backup", e);
    sqlite3_close(to);
    if (!sqlite_run(from, "ROLLBACK", &ignored))
        log_event(LOG_DEBUG, "db.rollback", "%s", ignored.detail);
    return ok;
}

/* An existing file is refused: a backup never destroys one. */
bool sqlite_backup(struct db *base, const char *path, void (*progress)(void *, int), void *ctx,
                   struct err *e)
{
    struct sqlite_db *db = (struct sqlite_db *)base;
    int fd = open(path, O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0600);
    if (fd < 0)
        return err_detail(e, ERR_UNAVAILABLE, "backup: cannot create %s", path);
    close(fd);
    struct sqlite_conn *from = pool_take(db, e);
    bool ok = from && copy(from, path, progress, ctx, e);
    if (from)
        pool_put(db, from);
    if (!ok)
        unlink(path);
    return ok;
}

const struct db_driver db_sqlite = {
    .engine = DB_SQLITE, .open = sqlite_open, .stop = sqlite_stop, .close = sqlite_close,
    .read = sqlite_read, .snapshot = sqlite_snapshot, .backup = sqlite_backup,
    .start = sqlite_start, .step = sqlite_step, .finish = sqlite_finish, .get = sqlite_get,
    .column = sqlite_column, .script = sqlite_script, .bulk_begin = sqlite_bulk_begin,
    .bulk_row = sqlite_bulk_row, .bulk_end = sqlite_bulk_end,
};
