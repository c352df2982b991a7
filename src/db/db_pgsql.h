/* db_pgsql.h - what the files of the PostgreSQL driver share; private to this room. */
#ifndef DB_DB_PGSQL_H
#define DB_DB_PGSQL_H
#include "db/db_driver.h"
#include <libpq-fe.h>

enum { PG_POSTED_MAX = 32 };

struct pg_conn {
    struct db_conn base;
    PGconn *h;
    bool writes;                        /* this job is a write */
    bool begun;                         /* its transaction has begun */
    bool repeat;                        /* 40001 or 40P01: running it again may help */
    unsigned cursors;                   /* declared since the job began */
    const char *posted[PG_POSTED_MAX];  /* sent, not yet answered */
    unsigned posted_n;
    int64_t down_until;                 /* clock_us() before which nobody tries to connect */
    pthread_t thread;
};

struct pg_db {
    struct db base;
    struct pg_conn *workers;
    unsigned started;
};

/* Server and connection failures as ours; the result may be NULL. */
bool pg_fail(struct pg_conn *c, const PGresult *r, const char *text, struct err *e);
/* The connection is broken, or stuck in a pipeline that was never answered. */
bool pg_is_lost(const struct pg_conn *c);
/* Waits for the answers of all that was posted. */
bool pg_settle(struct pg_conn *c, struct err *e) MUST_CHECK;
/* A statement without values that answers no rows. */
bool pg_run(struct pg_conn *c, const char *sql, struct err *e) MUST_CHECK;
/* The transaction's beginning, when the job has not begun one. Reads see one
 * state in all their statements (REPEATABLE READ, READ ONLY), as on SQLite. It
 * costs nothing: it travels with the first statement, and a read's end is sent
 * after its done(). Writes are READ COMMITTED: their order is that of row locks. */
const char *pg_begin_text(const struct pg_conn *c);

/* Connects and proves the server fit. */
bool pg_connect(struct pg_conn *c, struct err *e) MUST_CHECK;
void pg_disconnect(struct pg_conn *c);
/* The worker's thread; arg is its pg_conn. */
void *pg_worker_main(void *arg);

bool pg_start(struct db_row *row, const struct db_val *v, unsigned n, struct err *e);
bool pg_step(struct db_row *row, bool *more, struct err *e);
void pg_finish(struct db_row *row);
struct db_val pg_get(const struct db_row *row, int col);
const char *pg_column(const struct db_row *row, int col);
bool pg_script(struct db_conn *c, struct str text, struct err *e);
bool pg_bulk_begin(struct db_conn *c, struct db_bulk **out, const char *table,
                   const char *const *columns, size_t n, struct err *e);
bool pg_bulk_row(struct db_bulk *b, const struct db_val *v, struct err *e);
bool pg_bulk_end(struct db_bulk *b, struct err *e);
#endif
