/* db_pgsql_round.c - values to the server, results and failures back.
 *
 * What is due together (BEGIN, DECLARE, the statement) is sent as one pipeline, so it
 * costs one round trip; what was posted before is answered by it as well. Integers and
 * bytes travel in binary. */
#include "db/db_pgsql_round.h"
#include <endian.h>

/* ---- failures ---- */

static bool is_state(const char *state, const char *const *list)
{
    for (; *list; list++)
        if (!strncmp(state, *list, strlen(*list)))
            return true;
    return false;
}

static bool fail_duplicate(const PGresult *r, struct err *e)
{
    const char *table = PQresultErrorField(r, PG_DIAG_TABLE_NAME);
    err_setf(e, ERR_DUPLICATE, "%s", table ? table : "");
    snprintf(e->detail, sizeof e->detail, "%s", PQresultErrorMessage(r));
    return false;
}

bool pg_fail(struct pg_conn *c, const PGresult *r, const char *text, struct err *e)
{
    static const char *const again[] = { "40001", "40P01", NULL };
    static const char *const reference[] = { "23502", "23503", "23514", NULL };
    static const char *const passing[] = { "53", "57", "55P03", "58", "40", NULL };
    const char *state = r ? PQresultErrorField(r, PG_DIAG_SQLSTATE) : NULL;
    if (!state || PQstatus(c->h) != CONNECTION_OK)
        return err_detail(e, ERR_UNAVAILABLE, "%s", PQerrorMessage(c->h));
    const char *message = PQresultErrorField(r, PG_DIAG_MESSAGE_PRIMARY);
    message = message ? message : "";
    c->repeat |= is_state(state, again);
    if (!strcmp(state, "23505"))
        return fail_duplicate(r, e);
    if (is_state(state, reference))
        return err_detail(e, ERR_NO_SUCH_REF, "%s: %s", message, text);
    if (!strcmp(state, "22021"))
        return err_set(e, ERR_BAD_TEXT);
    if (is_state(state, passing))
        return err_detail(e, ERR_UNAVAILABLE, "%s %s: %s", state, message, text);
    return err_internal(e, "%s %s: %s", state, message, text);
}

bool pg_is_lost(const struct pg_conn *c)
{
    return PQstatus(c->h) != CONNECTION_OK || PQpipelineStatus(c->h) != PQ_PIPELINE_OFF;
}

bool pg_run(struct pg_conn *c, const char *sql, struct err *e)
{
    if (!pg_settle(c, e))
        return false;
    PGresult *r = PQexec(c->h, sql);
    bool ok = PQresultStatus(r) == PGRES_COMMAND_OK || PQresultStatus(r) == PGRES_TUPLES_OK
        || pg_fail(c, r, sql, e);
    PQclear(r);
    return ok;
}

const char *pg_begin_text(const struct pg_conn *c)
{
    return c->writes ? "BEGIN ISOLATION LEVEL READ COMMITTED"
                     : "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY";
}

/* ---- values ---- */

/* A NULL has no type of its own; the server infers it. */
static Oid type_of(const struct db_val *v)
{
    switch (v->type) {
    case DB_INT:
        return T_INT8;
    case DB_TEXT:
        return T_TEXT;
    case DB_BLOB:
        return T_BYTEA;
    default:
        return 0;
    }
}

bool pg_values_fill(struct pg_values *x, const struct db_val *v, unsigned n, struct err *e)
{
    x->n = (int)n;
    for (unsigned i = 0; i < n; i++) {
        x->type[i] = type_of(&v[i]);
        x->format[i] = 1;
        if (v[i].type == DB_INT) {
            x->number[i] = (int64_t)htobe64((uint64_t)v[i].i);
            x->p[i] = (const char *)&x->number[i];
            x->length[i] = sizeof x->number[i];
        } else if (v[i].type == DB_NULL) {
            x->p[i] = NULL;
            x->length[i] = 0;
        } else {
            if (v[i].s.n > INT32_MAX / 2)
                return err_set(e, ERR_TOO_LARGE);
            x->p[i] = v[i].s.p ? v[i].s.p : "";
            x->length[i] = (int)v[i].s.n;
        }
    }
    return true;
}

/* ---- one round trip ---- */

static int send_call(PGconn *h, const struct pg_call *x)
{
    static const struct pg_values none;
    const struct pg_values *v = x->v ? x->v : &none;
    if (x->prepared)
        return PQsendQueryPrepared(h, x->text, v->n, v->p, v->length, v->format, 1);
    return PQsendQueryParams(h, x->text, v->n, v->type, v->p, v->length, v->format, 1);
}

static bool is_good(const PGresult *r)
{
    return PQresultStatus(r) == PGRES_COMMAND_OK || PQresultStatus(r) == PGRES_TUPLES_OK;
}

/* Reads all that the pipeline answers; keeps the last result, or the first bad one.
 * *call: whose it is. */
static PGresult *read_pipeline(PGconn *h, unsigned *call)
{
    PGresult *kept = NULL, *r;
    unsigned at = 0;
    for (unsigned nulls = 0; nulls < 2;) {      /* one NULL ends a call, two end all */
        r = PQgetResult(h);
        nulls = r ? 0 : nulls + 1;
        at += !r;
        if (!r)
            continue;
        if (PQresultStatus(r) == PGRES_PIPELINE_SYNC) {
            PQclear(r);
            break;
        }
        if (kept && !is_good(kept)) {
            PQclear(r);
            continue;
        }
        PQclear(kept);
        kept = r;
        *call = at;
    }
    return kept;
}

bool pg_post(struct pg_conn *c, const struct pg_call *call, const char *sql, struct err *e)
{
    if (!PQenterPipelineMode(c->h) || !send_call(c->h, call))
        return pg_fail(c, NULL, sql, e);
    c->posted[c->posted_n++] = sql;
    return true;
}

PGresult *pg_round_trip(struct pg_conn *c, const struct pg_call *calls, unsigned n,
                        const char *text, struct err *e)
{
    PGresult *r = NULL;
    unsigned posted = c->posted_n, call = posted;
    bool sent = PQenterPipelineMode(c->h);
    c->posted_n = 0;
    for (unsigned i = 0; sent && i < n; i++)
        sent = send_call(c->h, &calls[i]);
    if (sent && PQpipelineSync(c->h))
        r = read_pipeline(c->h, &call);
    bool left = PQexitPipelineMode(c->h);
    if (r && left && is_good(r))
        return r;
    pg_fail(c, r, call < posted ? c->posted[call] : text, e);
    PQclear(r);
    return NULL;
}

bool pg_settle(struct pg_conn *c, struct err *e)
{
    if (!c->posted_n)
        return true;
    PGresult *r = pg_round_trip(c, NULL, 0, "", e);
    PQclear(r);
    return r != NULL;
}
