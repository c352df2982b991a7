/* db_sqlite.h - what the files of the SQLite driver share; private to this room. */
#ifndef DB_DB_SQLITE_H
#define DB_DB_SQLITE_H
#include "db/db_driver.h"
#include <sqlite3.h>

struct sqlite_conn {
    struct db_conn base;
    sqlite3 *h;
    sqlite3_stmt *begin, *end;          /* of a read, prepared when first wanted */
    struct sqlite_conn *next;           /* in the pool of readers */
    /* A change of the schema, which sqlite3_total_changes does not count. */
    bool scripted;
};

struct sqlite_db {
    struct db base;
    char *path;
    struct sqlite_conn *writer, *readers;
    unsigned lent;                      /* readers in somebody's hands */
    sqlite3 *checkpointer;
    pthread_t writer_thread, checkpoint_thread;
    pthread_mutex_t lock;               /* of the pool and of ending */
    pthread_cond_t freed, end;
    bool ending;
};

/* SQLite's last failure on h as one of ours. */
bool sqlite_fail(sqlite3 *h, const char *text, struct err *e);
/* One statement without values or rows, outside the cache. */
bool sqlite_run(struct sqlite_conn *c, const char *sql, struct err *e) MUST_CHECK;

/* BEGIN and ROLLBACK round a read job, without preparing them each time. */
bool sqlite_begin(struct sqlite_conn *c, struct err *e) MUST_CHECK;
bool sqlite_end(struct sqlite_conn *c, struct err *e) MUST_CHECK;

/* The thread that runs and commits what waits; arg is the sqlite_db. */
void *sqlite_writer_main(void *arg);
/* The thread that carries the WAL into the database beside the writer. */
void *sqlite_checkpoint_main(void *arg);

bool sqlite_start(struct db_row *row, const struct db_val *v, unsigned n, struct err *e);
bool sqlite_step(struct db_row *row, bool *more, struct err *e);
void sqlite_finish(struct db_row *row);
int64_t sqlite_snapshot(struct db_conn *c);
struct db_val sqlite_get(const struct db_row *row, int col);
const char *sqlite_column(const struct db_row *row, int col);
bool sqlite_script(struct db_conn *c, struct str text, struct err *e);
bool sqlite_bulk_begin(struct db_conn *c, struct db_bulk **out, const char *table,
                       const char *const *columns, size_t n, struct err *e);
bool sqlite_bulk_row(struct db_bulk *b, const struct db_val *v, struct err *e);
bool sqlite_bulk_end(struct db_bulk *b, struct err *e);
bool sqlite_backup(struct db *db, const char *path, void (*progress)(void *, int), void *ctx,
                   struct err *e);
/* Ends the statements kept by the cache. */
void sqlite_forget(struct sqlite_conn *c);
#endif
