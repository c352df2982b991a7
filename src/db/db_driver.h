/* db_driver.h - what an engine gives to db.c; private to this room.
 *
 * A driver is one table of functions. db.c counts, checks and maps columns to
 * members; the driver prepares, binds, steps and commits. Its own structs begin
 * with struct db and struct db_conn, so the common part is a cast away. */
#ifndef DB_DB_DRIVER_H
#define DB_DB_DRIVER_H
#include "db/db.h"
#include <pthread.h>
#include <stdatomic.h>

enum { DB_PARAMS_MAX = 100, DB_COLUMNS_MAX = 100 };

/* ---- statements: one per literal, connection and parameter types ---- */

struct db_map {                         /* columns to members of one record */
    struct db_map *next;
    const struct record *rec;
    const struct field *f[];
};
struct db_stmt {
    struct db_stmt *next;               /* in its bucket */
    const char *key;                    /* the literal's address */
    bool busy;                          /* between start and finish */
    bool writes;
    unsigned touches;                   /* which watched tables it writes to */
    unsigned params, columns;
    void *handle;                       /* sqlite3_stmt */
    char name[16];                      /* PostgreSQL's name for it */
    struct db_map *maps;
    int bind[];                         /* SQLite: index of $n; PostgreSQL: type of $n */
};
enum { DB_STMT_BUCKETS = 512 };
struct db_stmts { struct db_stmt *bucket[DB_STMT_BUCKETS]; unsigned n; };

/* The head of the literal's bucket: walk it for entries with key == sql. */
struct db_stmt **db_stmt_bucket(struct db_stmts *all, const char *sql);
/* A new entry in its bucket, in the connection's arena. */
struct db_stmt *db_stmt_add(struct db_conn *c, const char *sql, unsigned params);
/* Bit i: the text writes to a table of w[i]. */
unsigned db_stmt_touches(const struct db_watch *w, const char *sql);
/* The record's map for this statement, made at first use. A column without a
 * member is ERR_INTERNAL: nobody selects what nobody reads. */
struct db_row;
bool db_stmt_map(const struct db_row *row, const struct record *rec, const struct db_map **out,
                 struct err *e) MUST_CHECK;

struct db_row {                         /* a running statement, standing on a row */
    struct db_conn *c;
    struct db_stmt *st;
    void *result;                       /* PostgreSQL: PGresult */
    int at, rows;                       /* PostgreSQL */
    unsigned cursor;                    /* PostgreSQL: its number; rows come in portions */
    bool whole;                         /* set by the caller: few rows, no cursor needed */
    bool later;                         /* set by the caller: nobody asks how it ends */
    int64_t changed;
};

/* ---- connections ---- */

struct db_conn {
    const struct db_driver *d;
    struct db *db;
    struct arena mem;                   /* lives as long as the connection */
    struct db_stmts stmts;
    unsigned statements;                /* since the job began */
    unsigned touched;                   /* the watched tables this transaction wrote to */
    struct db_keep keep;
    bool failed;                        /* a statement of this job failed … */
    struct err why;                     /* … for this reason */
};

/* ---- the queue of waiting jobs ---- */

struct db_waiter;
struct db_queue {
    pthread_mutex_t lock;
    struct db_waiter *waiting;          /* the last to come stands first */
    struct db_job *head, *last;
    size_t n, max;
    bool stopping;
};
void db_queue_init(struct db_queue *q, size_t max);
void db_queue_done(struct db_queue *q);
/* false when it is full or stopping. */
bool db_queue_put(struct db_queue *q, struct db_job *job) MUST_CHECK;
/* Waits for jobs and takes at most max of them, in order, as a list; NULL when
 * the queue is stopping and empty. Of the threads that wait the one called is the one that
 * worked last: its connection keeps the newest answers, and few do the work of few clients. */
struct db_job *db_queue_take(struct db_queue *q, size_t max, size_t *n);
void db_queue_stop(struct db_queue *q);

/* ---- the database ---- */

struct db {
    const struct db_driver *d;
    struct db_options o;                /* with its presets filled in */
    char *url;
    struct db_queue queue;
    bool stopped;
    _Atomic int64_t writes, groups, reads, retries, failures, group_jobs_max;
};

struct db_driver {
    enum db_engine engine;
    bool (*open)(const struct db_options *o, struct db **out, struct err *e);
    void (*stop)(struct db *db);        /* the queue is stopping: ends the threads */
    void (*close)(struct db *db);       /* frees */
    void (*read)(struct db *db, struct db_job *job);
    bool (*backup)(struct db *db, const char *path, void (*progress)(void *, int), void *ctx,
                   struct err *e);

    /* Prepares or finds, binds and begins. v[0] is the text, n values follow.
     * finish() must follow a success. */
    bool (*start)(struct db_row *row, const struct db_val *v, unsigned n, struct err *e);
    bool (*step)(struct db_row *row, bool *more, struct err *e);
    void (*finish)(struct db_row *row);
    /* DB_INT, DB_TEXT, DB_BLOB (good until the next step) or DB_NULL; anything else
     * is DB_END. */
    struct db_val (*get)(const struct db_row *row, int col);
    const char *(*column)(const struct db_row *row, int col);
    int64_t (*snapshot)(struct db_conn *c);     /* NULL: never known */
    /* Several statements of engine text, without values (migrations). */
    bool (*script)(struct db_conn *c, struct str text, struct err *e);

    bool (*bulk_begin)(struct db_conn *c, struct db_bulk **out, const char *table,
                       const char *const *columns, size_t n, struct err *e);
    bool (*bulk_row)(struct db_bulk *b, const struct db_val *v, struct err *e);
    bool (*bulk_end)(struct db_bulk *b, struct err *e);
};
extern const struct db_driver db_sqlite, db_pgsql;

struct db_bulk {
    struct db_conn *c;
    size_t columns;
    bool failed;
};

/* Calls run() with everything reset; false with job->err set. */
bool db_job_run(struct db_job *job, struct db_conn *c) MUST_CHECK;
/* Settles a job: done() with the failure, or with success when e is NULL. */
void db_job_end(struct db *db, struct db_job *job, const struct err *e);
/* Engine text for scripts, as db_driver.script, counted and remembered. */
bool db_script(struct db_conn *c, struct str text, struct err *e) MUST_CHECK;
/* Texts are UTF-8 without U+0000 on both engines: else ERR_BAD_TEXT. */
bool db_vals_check(const struct db_val *v, unsigned n, struct err *e) MUST_CHECK;
#endif
