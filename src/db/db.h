/* db.h - the only way to a database. Two engines stand behind it.
 *
 * One SQL text serves both: parameters are $1…$n, text is a literal, types are
 * BIGINT, TEXT, BLOB (see sql/README). A job is the unit of work: its run() is
 * called inside a transaction, possibly several times (a group that failed, a
 * serialisation failure), and its done() after the commit is on disk or after
 * the failure. Nobody is answered before done().
 *
 * SQLite: one writer thread takes all waiting jobs, runs them in one transaction
 * and commits once (WAL, synchronous=FULL). A job that fails after it changed
 * something makes the writer roll back and run the group again with a savepoint
 * round each job. Reads use a pool of read-only connections in the calling thread.
 * PostgreSQL: a pool of workers, one connection each, runs reads and writes, and
 * retries 40001, 40P01 and connections lost before their COMMIT was sent. A COMMIT
 * whose answer is lost is ERR_UNAVAILABLE and never run again.
 *
 * A read job sees one state in all its statements, on both engines. PostgreSQL pays
 * nothing for it: BEGIN (REPEATABLE READ READ ONLY) travels with the first
 * statement, the end follows the answer. Writes are READ COMMITTED there: who locks
 * a row first goes first, and reads what the one before left.
 *
 * A job never waits for another (db_*_wait inside run() can wait for itself). */
#ifndef DB_DB_H
#define DB_DB_H
#include "schema/record.h"

struct db;                              /* one database, any thread */
struct db_conn;                         /* a connection in one thread's hands */
enum db_engine { DB_SQLITE, DB_PGSQL };

struct blob { const void *p; size_t n; };
struct db_val {
    enum { DB_END, DB_SQL, DB_INT, DB_TEXT, DB_BLOB, DB_NULL } type;
    union { int64_t i; struct str s; };
};
/* SQL text is a literal, always: anything else does not compile. */
#define SQL(lit) ((struct db_val){ .type = DB_SQL, .s = STR(lit) })
/* V() wraps a value by its own C type; there is no "%s" to get wrong. */
#define DB_V(kind, ...) ((struct db_val){ .type = DB_##kind, __VA_ARGS__ })
static inline struct db_val db_v_int(int64_t i)      { return DB_V(INT, .i = i); }
static inline struct db_val db_v_str(struct str s)   { return DB_V(TEXT, .s = s); }
static inline struct db_val db_v_blob(struct blob b) { return DB_V(BLOB, .s = { b.p, b.n }); }
static inline struct db_val db_v_id(struct id i)     { return db_v_int(i.v); }
static inline struct db_val db_v_stamp(struct stamp t) { return db_v_int(t.ms); }
static inline struct db_val db_v_day(struct day d)   { return db_v_int(d.n); }
static inline struct db_val db_v_fen(struct fen f)   { return db_v_int(f.v); }
#define V(x) _Generic((x), int: db_v_int, unsigned: db_v_int, int64_t: db_v_int, bool: db_v_int,  \
    struct str: db_v_str, struct blob: db_v_blob, struct id: db_v_id, struct stamp: db_v_stamp,    \
    struct day: db_v_day, struct fen: db_v_fen)(x)
#define DB_NOTHING ((struct db_val){ .type = DB_NULL })
#define DB_LIST(...) (const struct db_val[]){ __VA_ARGS__, { .type = DB_END } }

/* ---- statements; e comes before the text because the values follow it ---- */

/* Runs a statement for its effect. *changed (may be NULL) gets the rows touched.
 * A broken unique index is ERR_DUPLICATE, a broken check or reference
 * ERR_NO_SUCH_REF, everything else ERR_INTERNAL. After a failure the job must
 * return false. */
#define db_exec(c, e, changed, ...) db_exec_v(c, e, changed, DB_LIST(__VA_ARGS__))
bool db_exec_v(struct db_conn *c, struct err *e, int64_t *changed,
               const struct db_val *v) MUST_CHECK;
/* The same, where nobody asks at once how it ended: on PostgreSQL the statement travels
 * with the next one that answers, or with the commit, and it is there that a failure is
 * told. For what is only written, last of all for rows that many wait for. */
#define db_post(c, e, ...) db_post_v(c, e, DB_LIST(__VA_ARGS__))
bool db_post_v(struct db_conn *c, struct err *e, const struct db_val *v) MUST_CHECK;
/* The first row into *out, columns matched to members by name; SECRET members
 * come as stored. Texts are copied into a. No row is ERR_NOT_FOUND. */
#define db_one(c, e, a, rec, out, ...) db_one_v(c, e, a, rec, out, DB_LIST(__VA_ARGS__))
bool db_one_v(struct db_conn *c, struct err *e, struct arena *a, const struct record *rec,
              void *out, const struct db_val *v) MUST_CHECK;
/* As db_one; no row sets *found false and is no failure. */
#define db_maybe(c, e, a, rec, out, found, ...)                                                \
    db_maybe_v(c, e, a, rec, out, found, DB_LIST(__VA_ARGS__))
bool db_maybe_v(struct db_conn *c, struct err *e, struct arena *a, const struct record *rec,
                void *out, bool *found, const struct db_val *v) MUST_CHECK;
/* All rows as an array of rec's struct in a. The statement has its own LIMIT;
 * more than DB_ROWS_MAX rows is ERR_INTERNAL. */
#define db_all(c, e, a, rec, list, ...) db_all_v(c, e, a, rec, list, DB_LIST(__VA_ARGS__))
bool db_all_v(struct db_conn *c, struct err *e, struct arena *a, const struct record *rec,
              struct list *out, const struct db_val *v) MUST_CHECK;
enum { DB_ROWS_MAX = 10000 };
/* The first column of the first row; no row leaves *out as it was. */
#define db_int(c, e, out, ...) db_int_v(c, e, out, DB_LIST(__VA_ARGS__))
bool db_int_v(struct db_conn *c, struct err *e, int64_t *out, const struct db_val *v) MUST_CHECK;
#define db_text(c, e, a, out, ...) db_text_v(c, e, a, out, DB_LIST(__VA_ARGS__))
bool db_text_v(struct db_conn *c, struct err *e, struct arena *a, struct str *out,
               const struct db_val *v) MUST_CHECK;

/* Row by row without keeping them (exports, checks): fn returns false with e set
 * to stop. The row's texts live until fn returns. */
struct db_row;
typedef bool db_row_fn(void *ctx, const struct db_row *row, struct err *e);
#define db_each(c, e, fn, ctx, ...) db_each_v(c, e, fn, ctx, DB_LIST(__VA_ARGS__))
bool db_each_v(struct db_conn *c, struct err *e, db_row_fn *fn, void *ctx,
               const struct db_val *v) MUST_CHECK;
int64_t    db_row_int(const struct db_row *row, int col);     /* no integer, NULL: 0 */
struct str db_row_str(const struct db_row *row, int col);     /* no text or bytes, NULL: empty */
bool       db_row_record(const struct db_row *row, const struct record *rec, struct arena *a,
                         void *out, struct err *e) MUST_CHECK;

/* Bulk load of rows into table(columns) inside the job's transaction: COPY on
 * PostgreSQL, one prepared INSERT on SQLite. Names are literals. No other statement
 * runs on c until the end. */
struct db_bulk;
bool db_bulk_begin(struct db_conn *c, struct db_bulk **out, const char *table,
                   const char *const *columns, size_t n, struct err *e) MUST_CHECK;
bool db_bulk_row(struct db_bulk *b, const struct db_val *values, struct err *e) MUST_CHECK;
/* Ends it, also after a failure; NULL is fine. */
bool db_bulk_end(struct db_bulk *b, struct err *e) MUST_CHECK;

enum db_engine db_conn_engine(const struct db_conn *c);
/* Statements run on this connection since the job began; for cost pins. */
unsigned db_conn_statements(const struct db_conn *c);
/* Which of db_options.watch the transaction wrote to: bit i for watch[i]. */
unsigned db_conn_touched(const struct db_conn *c);
/* A number of what the job's snapshot holds: the same number again on the same connection,
 * and nothing was committed between the two jobs, by whichever process. 0: not known:
 * before the job's first statement, and always on PostgreSQL. */
int64_t db_conn_snapshot(struct db_conn *c);
/* What the program keeps beside a connection, as long as that lives: each of v is NULL
 * at first, its memory comes from a. One thread has both at a time. run is another
 * number in each run of a job. */
enum { DB_KEEPS = 2 };
struct db_keep { struct arena *a; void *v[DB_KEEPS]; uint64_t run; };
struct db_keep *db_conn_keep(struct db_conn *c);

/* ---- jobs ---- */

struct db_job {
    /* Inside a transaction; may run again from the start, so it resets what it
     * made. false with e set rolls its work back. */
    bool (*run)(struct db_job *job, struct db_conn *c, struct err *e);
    /* After the commit (ok) or the failure (job->err); on a database thread or,
     * for SQLite reads, in the caller's. Must not block. May free the job. */
    void (*done)(struct db_job *job);
    struct err err;
    bool ok;
    struct db_job *next;                /* the queue's */
    bool writes;                        /* the queue's */
};
/* Queues a job; done() comes later. After db_stop(): done() with ERR_UNAVAILABLE.
 * The queue is bounded: when full, done() comes at once with ERR_UNAVAILABLE. */
void db_write(struct db *db, struct db_job *job);
/* SQLite: runs and completes before it returns. PostgreSQL: queued. */
void db_read(struct db *db, struct db_job *job);
/* The same, waiting: for tools, background jobs and tests. job->done is unused. */
bool db_write_wait(struct db *db, struct db_job *job, struct err *e) MUST_CHECK;
bool db_read_wait(struct db *db, struct db_job *job, struct err *e) MUST_CHECK;

/* ---- the database ---- */

/* Tables of whose rows something is kept outside the database. Both lists end with
 * NULL; a statement whose text begins with one of quiet changes nothing that is kept. */
struct db_watch { const char *const *tables, *const *quiet; };
struct db_options {
    struct str url;                     /* "sqlite:PATH" or "postgresql://…" or "host=… dbname=…" */
    unsigned workers;                   /* PostgreSQL connections; 0: 8 */
    unsigned readers;                   /* SQLite read connections; 0: 8 */
    unsigned group_max;                 /* jobs per commit; 0: 256 */
    unsigned queue_max;                 /* waiting jobs; 0: 4096 */
    const char *vfs;                    /* SQLite VFS for tests; NULL: the system's */
    /* Called by the writer at the end of each group (SQLite) or job (PostgreSQL),
     * inside the transaction, when something was written: moves feed_pending. */
    bool (*before_commit)(struct db_conn *c, void *ctx, struct err *e);
    /* Called after a commit that wrote, outside any transaction: wakes streams. */
    void (*after_commit)(void *ctx);
    void *ctx;
    const struct db_watch *watch;       /* ends with one of no tables; NULL: none */
};
/* Opens, checks (PostgreSQL: encoding UTF8, collation C for the text indexes,
 * version ≥ 15; SQLite: WAL, integrity of the header), starts the threads. */
struct db *db_open(const struct db_options *o, struct err *e) MUST_CHECK;
/* Stops taking jobs, completes what waits, ends the threads. */
void db_stop(struct db *db);
void db_close(struct db *db);           /* db_stop, then frees; NULL is fine */
enum db_engine db_engine_of(const struct db *db);
/* Groups, jobs, waits and errors so far, for /metrics. */
struct db_stats { int64_t writes, groups, reads, retries, failures, queued, group_jobs_max; };
struct db_stats db_stats_of(struct db *db);
/* A copy of the whole database while it runs (SQLite: backup API in steps;
 * PostgreSQL: ERR_UNAVAILABLE - use pg_dump, which the program's backup does). */
bool db_backup(struct db *db, const char *path, void (*progress)(void *ctx, int percent), void *ctx,
               struct err *e) MUST_CHECK;
#endif
