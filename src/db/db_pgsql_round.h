/* db_pgsql_round.h - one round trip to the server; private to the driver. */
#ifndef DB_DB_PGSQL_ROUND_H
#define DB_DB_PGSQL_ROUND_H
#include "db/db_pgsql.h"

/* The types a server may answer with: their numbers are fixed in its catalogue. */
enum { T_BOOL = 16, T_BYTEA = 17, T_CHAR = 18, T_NAME = 19, T_INT8 = 20, T_INT2 = 21, T_INT4 = 23,
       T_TEXT = 25, T_OID = 26, T_UNKNOWN = 705, T_BPCHAR = 1042, T_VARCHAR = 1043 };

struct pg_values {                      /* as libpq wants them */
    int n;
    Oid type[DB_PARAMS_MAX];
    int64_t number[DB_PARAMS_MAX];      /* where p points for integers, big-endian */
    const char *p[DB_PARAMS_MAX];
    int length[DB_PARAMS_MAX], format[DB_PARAMS_MAX];
};
bool pg_values_fill(struct pg_values *x, const struct db_val *v, unsigned n,
                    struct err *e) MUST_CHECK;

struct pg_call { const char *text; bool prepared; const struct pg_values *v; };
/* Sends the calls as one pipeline and gives the last one's result, to be cleared;
 * NULL with e set (sql is named in it). */
PGresult *pg_round_trip(struct pg_conn *c, const struct pg_call *calls, unsigned n,
                        const char *sql, struct err *e) MUST_CHECK;
/* Sends the call with those to come; how it ended is told by the next round trip. */
bool pg_post(struct pg_conn *c, const struct pg_call *call, const char *sql,
             struct err *e) MUST_CHECK;
#endif
