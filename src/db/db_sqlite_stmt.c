/* db_sqlite_stmt.c - statements, rows and bulk rows on a SQLite connection.
 *
 * "$1" is a name to SQLite, numbered by its first use in the text: values are
 * bound through sqlite3_bind_parameter_index, never by position. */
#include "db/db_sqlite.h"

static sqlite3 *handle_of(const struct db_conn *c) { return ((const struct sqlite_conn *)c)->h; }

/* The table of "UNIQUE constraint failed: table.column, …" fills the sentence. */
static bool fail_duplicate(sqlite3 *h, struct err *e)
{
    struct str message = str_of(sqlite3_errmsg(h)), head, table, rest;
    if (!str_cut(message, ':', &head, &rest))
        rest = STR_NONE;
    str_cut(str_trim(rest), '.', &table, &rest);
    err_setf(e, ERR_DUPLICATE, "%.*s", STR_ARG(table));
    snprintf(e->detail, sizeof e->detail, "%s", sqlite3_errmsg(h));
    return false;
}

bool sqlite_fail(sqlite3 *h, const char *text, struct err *e)
{
    switch (sqlite3_extended_errcode(h)) {
    case SQLITE_CONSTRAINT_UNIQUE:
    case SQLITE_CONSTRAINT_PRIMARYKEY:
    case SQLITE_CONSTRAINT_ROWID:
        return fail_duplicate(h, e);
    case SQLITE_CONSTRAINT_CHECK:
    case SQLITE_CONSTRAINT_FOREIGNKEY:
    case SQLITE_CONSTRAINT_NOTNULL:
        return err_detail(e, ERR_NO_SUCH_REF, "%s: %s", sqlite3_errmsg(h), text);
    }
    switch (sqlite3_errcode(h)) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
    case SQLITE_FULL:
    case SQLITE_IOERR:
    case SQLITE_CANTOPEN:
        return err_detail(e, ERR_UNAVAILABLE, "%s: %s", sqlite3_errmsg(h), text);
    }
    return err_internal(e, "%s: %s", sqlite3_errmsg(h), text);
}

bool sqlite_run(struct sqlite_conn *c, const char *sql, struct err *e)
{
    if (sqlite3_exec(c->h, sql, NULL, NULL, NULL) == SQLITE_OK)
        return true;
    return sqlite_fail(c->h, sql, e);
}

static bool run_kept(struct sqlite_conn *c, sqlite3_stmt **st, const char *sql, struct err *e)
{
    if (!*st && sqlite3_prepare_v3(c->h, sql, -1, SQLITE_PREPARE_PERSISTENT, st, NULL) != SQLITE_OK)
        return sqlite_fail(c->h, sql, e);
    bool ok = sqlite3_step(*st) == SQLITE_DONE || sqlite_fail(c->h, sql, e);
    sqlite3_reset(*st);
    return ok;
}

bool sqlite_begin(struct sqlite_conn *c, struct err *e)
{
    return run_kept(c, &c->begin, "BEGIN", e);
}

bool sqlite_end(struct sqlite_conn *c, struct err *e)
{
    return run_kept(c, &c->end, "ROLLBACK", e);
}

/* The pager counts each time that it found the file changed when a transaction began. */
int64_t sqlite_snapshot(struct db_conn *c)
{
    unsigned n = 0;
    sqlite3 *h = handle_of(c);
    if (sqlite3_file_control(h, "main", SQLITE_FCNTL_DATA_VERSION, &n) != SQLITE_OK)
        return 0;
    return (int64_t)n + 1;
}

/* Where $1 … $n are; a text with fewer, more or other parameters is refused. */
static bool find_params(sqlite3_stmt *s, const char *sql, unsigned n, int *at, struct err *e)
{
    if ((unsigned)sqlite3_bind_parameter_count(s) != n)
        return err_internal(e, "%u values for other parameters: %s", n, sql);
    for (unsigned i = 0; i < n; i++) {
        char name[12];
        snprintf(name, sizeof name, "$%u", i + 1);
        at[i] = sqlite3_bind_parameter_index(s, name);
        if (!at[i])
            return err_internal(e, "no parameter %s: %s", name, sql);
    }
    return true;
}

static bool prepare(struct db_conn *c, struct str sql, unsigned n, struct db_stmt **out,
                    struct err *e)
{
    sqlite3 *h = handle_of(c);
    sqlite3_stmt *s = NULL;
    const char *tail = NULL;
    int at[DB_PARAMS_MAX];
    if (sqlite3_prepare_v3(h, sql.p, (int)sql.n + 1, SQLITE_PREPARE_PERSISTENT, &s, &tail))
        return sqlite_fail(h, sql.p, e);
    bool ok = (s && !tail[0]) || err_internal(e, "not one statement: %s", sql.p);
    if (!ok || !find_params(s, sql.p, n, at, e)) {
        sqlite3_finalize(s);
        return false;
    }
    struct db_stmt *st = db_stmt_add(c, sql.p, n);
    st->handle = s;
    st->columns = (unsigned)sqlite3_column_count(s);
    st->writes = !sqlite3_stmt_readonly(s);
    memcpy(st->bind, at, n * sizeof at[0]);
    *out = st;
    return true;
}

static bool find(struct db_conn *c, struct str sql, unsigned n, struct db_stmt **out, struct err *e)
{
    struct db_stmt *st = *db_stmt_bucket(&c->stmts, sql.p);
    while (st && (st->key != sql.p || st->busy))
        st = st->next;
    if (!st)
        return prepare(c, sql, n, out, e);
    if (st->params != n)
        return err_internal(e, "%u values for %u parameters: %s", n, st->params, sql.p);
    *out = st;
    return true;
}

/* A NULL pointer would bind NULL, but an empty text is a text. */
static int bind(sqlite3_stmt *s, int at, const struct db_val *v)
{
    switch (v->type) {
    case DB_INT:
        return sqlite3_bind_int64(s, at, v->i);
    case DB_TEXT:
        return sqlite3_bind_text64(s, at, v->s.p ? v->s.p : "", v->s.n, SQLITE_STATIC, SQLITE_UTF8);
    case DB_BLOB:
        return sqlite3_bind_blob64(s, at, v->s.p ? v->s.p : "", v->s.n, SQLITE_STATIC);
    default:
        return sqlite3_bind_null(s, at);
    }
}

bool sqlite_start(struct db_row *row, const struct db_val *v, unsigned n, struct err *e)
{
    struct db_stmt *st;
    if (!find(row->c, v[0].s, n, &st, e))
        return false;
    for (unsigned i = 0; i < n; i++)
        if (bind(st->handle, st->bind[i], &v[i + 1]) != SQLITE_OK)
            return sqlite_fail(handle_of(row->c), st->key, e);
    st->busy = true;
    row->st = st;
    return true;
}

bool sqlite_step(struct db_row *row, bool *more, struct err *e)
{
    int rc = sqlite3_step(row->st->handle);
    if (rc != SQLITE_ROW && rc != SQLITE_DONE)
        return sqlite_fail(handle_of(row->c), row->st->key, e);
    *more = rc == SQLITE_ROW;
    if (!*more && row->st->writes)
        row->changed = sqlite3_changes64(handle_of(row->c));
    return true;
}

void sqlite_finish(struct db_row *row)
{
    sqlite3_reset(row->st->handle);
    row->st->busy = false;
}

/* One look at the column; what it gives is asked without the connection's lock, which
 * a connection opened without a mutex does not have anyway. Nothing is converted. */
struct db_val sqlite_get(const struct db_row *row, int col)
{
    sqlite3_value *v = sqlite3_column_value(row->st->handle, col);
    struct db_val out = { .type = DB_END };
    switch (sqlite3_value_type(v)) {
    case SQLITE_INTEGER:
        out.type = DB_INT;
        out.i = sqlite3_value_int64(v);
        return out;
    case SQLITE_NULL:
        out.type = DB_NULL;
        return out;
    case SQLITE_TEXT:
        out.type = DB_TEXT;
        break;
    case SQLITE_BLOB:
        out.type = DB_BLOB;
        break;
    default:
        return out;
    }
    out.s.p = sqlite3_value_blob(v);
    out.s.n = (size_t)sqlite3_value_bytes(v);
    return out;
}

const char *sqlite_column(const struct db_row *row, int col)
{
    return sqlite3_column_name(row->st->handle, col);
}

bool sqlite_script(struct db_conn *c, struct str text, struct err *e)
{
    struct sqlite_conn *s = (struct sqlite_conn *)c;
    struct arena a = { 0 };
    s->scripted = true;
    bool ok = sqlite_run(s, arena_cstr(&a, text), e);
    arena_done(&a);
    return ok;
}

void sqlite_forget(struct sqlite_conn *c)
{
    sqlite3_finalize(c->begin);
    sqlite3_finalize(c->end);
    c->begin = c->end = NULL;
    for (size_t i = 0; i < DB_STMT_BUCKETS; i++)
        for (struct db_stmt *st = c->base.stmts.bucket[i]; st; st = st->next)
            sqlite3_finalize(st->handle);
}

/* ---- bulk: one INSERT, prepared once ---- */

struct sqlite_bulk { struct db_bulk base; sqlite3_stmt *insert; };

bool sqlite_bulk_begin(struct db_conn *c, struct db_bulk **out, const char *table,
                       const char *const *columns, size_t n, struct err *e)
{
    AUTO(buf_done) struct buf sql;
    buf_init(&sql, 16384);
    buf_addf(&sql, "INSERT INTO %s (", table);
    for (size_t i = 0; i < n; i++)
        buf_addf(&sql, "%s%s", i ? "," : "", columns[i]);
    buf_addf(&sql, ") VALUES (");
    for (size_t i = 0; i < n; i++)
        buf_addf(&sql, "%s?%zu", i ? "," : "", i + 1);
    buf_addf(&sql, ")");
    if (!buf_ok(&sql))
        return err_internal(e, "bulk into %s: names too long", table);
    sqlite3_stmt *s;
    if (sqlite3_prepare_v2(handle_of(c), sql.p, (int)sql.n, &s, NULL) != SQLITE_OK)
        return sqlite_fail(handle_of(c), table, e);
    struct sqlite_bulk *b = calloc(1, sizeof *b);
    if (!b)
        abort();
    *b = (struct sqlite_bulk){ { .c = c, .columns = n }, s };
    *out = &b->base;
    return true;
}

bool sqlite_bulk_row(struct db_bulk *base, const struct db_val *v, struct err *e)
{
    struct sqlite_bulk *b = (struct sqlite_bulk *)base;
    bool ok = true;
    for (size_t i = 0; ok && i < base->columns; i++)
        ok = bind(b->insert, (int)i + 1, &v[i]) == SQLITE_OK;
    if (!ok || sqlite3_step(b->insert) != SQLITE_DONE)
        return sqlite_fail(handle_of(base->c), "bulk", e);
    sqlite3_reset(b->insert);
    return true;
}

bool sqlite_bulk_end(struct db_bulk *base, struct err *e)
{
    (void)e;
    sqlite3_finalize(((struct sqlite_bulk *)base)->insert);
    free(base);
    return true;
}
