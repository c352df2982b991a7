/* db_search_put.c - documents into and out of the index.
 *
 * FTS5 without contents takes a document out only when it is told the very terms
 * it was put in with: they are made again from the text kept in search_doc. */
#include "db/db_search_impl.h"

static const struct field doc_fields[] = {
    FIELD(db_search_doc, text, .doc = "Folded text"),
    FIELD(db_search_doc, scopes, .doc = "Scope tokens"),
};
static const struct record doc_record = RECORD(db_search_doc, doc_fields);

/* The terms as each engine wants them: between blanks, or as an array's text. */
struct listing { struct buf *b; enum db_engine engine; bool begun; };

static void on_term(void *ctx, struct str term)
{
    struct listing *l = ctx;
    if (l->engine == DB_SQLITE) {
        buf_add_char(l->b, ' ');
        buf_add(l->b, term);
        return;
    }
    buf_add(l->b, l->begun ? STR(",\"") : STR("\""));
    buf_add(l->b, term);                /* letters and digits: nothing to escape */
    buf_add_char(l->b, '"');
    l->begun = true;
}

static void list_terms(struct buf *b, enum db_engine engine, const struct db_search_doc *d)
{
    struct listing l = { b, engine, false };
    struct str rest = d->scopes, scope;
    if (engine == DB_PGSQL)
        buf_add_char(b, '{');
    while (rest.n) {
        str_cut(rest, ' ', &scope, &rest);
        on_term(&l, scope);
    }
    search_doc_terms(d->text, on_term, &l);
    if (engine == DB_PGSQL)
        buf_add_char(b, '}');
}

static bool make_terms(struct arena *a, enum db_engine engine, struct db_search_doc *d,
                       struct err *e)
{
    AUTO(buf_done) struct buf b;
    buf_init(&b, 8 << 20);
    list_terms(&b, engine, d);
    d->terms = arena_dup(a, buf_str(&b));
    return buf_ok(&b) || err_set(e, ERR_TOO_LARGE);
}

/* The scopes as an array's text, without the marks of likeness: nobody walks those. */
static struct str holders(struct arena *a, const struct id *scopes, size_t n)
{
    AUTO(buf_done) struct buf b;
    buf_init(&b, 32 * SEARCH_SCOPES_MAX);
    buf_add_char(&b, '{');
    for (size_t i = 0; i < n; i++)
        if (scopes[i].v > 0)
            buf_addf(&b, "%s%lld", b.n > 1 ? "," : "", (long long)scopes[i].v);
    buf_add_char(&b, '}');
    return arena_dup(a, buf_str(&b));
}

bool db_search_make(struct arena *a, enum db_engine engine, struct str text,
                    const struct id *scopes, size_t scopes_n, struct db_search_doc *out,
                    struct err *e)
{
    AUTO(buf_done) struct buf b;
    buf_init(&b, 32 * SEARCH_SCOPES_MAX);
    if (scopes_n > SEARCH_SCOPES_MAX)
        return err_setf(e, ERR_TOO_MANY, "%d", SEARCH_SCOPES_MAX);
    for (size_t i = 0; i < scopes_n; i++)
        buf_addf(&b, "%s%.*s", i ? " " : "", STR_ARG(search_scope(a, scopes[i])));
    out->text = search_fold(a, text);
    out->scopes = arena_dup(a, buf_str(&b));
    out->holders = engine == DB_PGSQL ? holders(a, scopes, scopes_n) : STR_NONE;
    return make_terms(a, engine, out, e);
}

/* ---- SQLite ---- */

static bool terms_drop(struct db_conn *c, struct id doc, struct err *e)
{
    AUTO(arena_done) struct arena a = { 0 };
    struct db_search_doc old;
    bool found = false;
    if (!db_maybe(c, e, &a, &doc_record, &old, &found,
                  SQL("SELECT text, scopes FROM search_doc WHERE id = $1"), V(doc)))
        return false;
    return !found
        || (make_terms(&a, DB_SQLITE, &old, e)
            && db_exec(c, e, NULL,
                SQL("INSERT INTO search_term (search_term, rowid, terms)"
                    " VALUES ('delete', $1, $2)"), V(doc), V(old.terms)));
}

static bool keep_sqlite(struct db_conn *c, struct id doc, const struct db_search_doc *d,
                        struct err *e)
{
    return terms_drop(c, doc, e)
        && db_exec(c, e, NULL,
            SQL("INSERT INTO search_doc (id, text, scopes) VALUES ($1, $2, $3)"
                " ON CONFLICT (id) DO UPDATE SET text = $2, scopes = $3"),
            V(doc), V(d->text), V(d->scopes))
        && db_exec(c, e, NULL, SQL("INSERT INTO search_term (rowid, terms) VALUES ($1, $2)"),
            V(doc), V(d->terms));
}

/* ---- PostgreSQL ---- */

static bool keep_pgsql(struct db_conn *c, struct id doc, const struct db_search_doc *d,
                       struct err *e)
{
    return db_exec(c, e, NULL,
        SQL("WITH gone AS (DELETE FROM search_scope k USING search_doc d"
            " WHERE d.id = $1 AND k.scope = ANY (d.holders) AND k.doc = $1"
            " AND k.scope <> ALL (CAST($5 AS bigint[]))),"
            " come AS (INSERT INTO search_scope (scope, doc)"
            " SELECT DISTINCT h.scope, $1 FROM unnest(CAST($5 AS bigint[])) AS h(scope)"
            " ON CONFLICT DO NOTHING)"
            " INSERT INTO search_doc (id, text, scopes, terms, holders)"
            " VALUES ($1, $2, $3, array_to_tsvector(CAST($4 AS text[])), CAST($5 AS bigint[]))"
            " ON CONFLICT (id) DO UPDATE SET text = excluded.text, scopes = excluded.scopes,"
            " terms = excluded.terms, holders = excluded.holders"),
        V(doc), V(d->text), V(d->scopes), V(d->terms), V(d->holders));
}

static bool drop_pgsql(struct db_conn *c, struct id doc, struct err *e)
{
    return db_exec(c, e, NULL,
        SQL("WITH d AS (DELETE FROM search_doc WHERE id = $1 RETURNING id, holders)"
            " DELETE FROM search_scope k USING d"
            " WHERE k.scope = ANY (d.holders) AND k.doc = d.id"), V(doc));
}

/* ---- both ---- */

bool db_search_keep(struct db_conn *c, struct id doc, const struct db_search_doc *d,
                    struct err *e)
{
    return db_conn_engine(c) == DB_SQLITE ? keep_sqlite(c, doc, d, e) : keep_pgsql(c, doc, d, e);
}

bool db_search_put(struct db_conn *c, struct id doc, struct str text, const struct id *scopes,
                   size_t scopes_n, struct err *e)
{
    AUTO(arena_done) struct arena a = { 0 };
    struct db_search_doc d;
    return db_search_make(&a, db_conn_engine(c), text, scopes, scopes_n, &d, e)
        && db_search_keep(c, doc, &d, e);
}

bool db_search_delete(struct db_conn *c, struct id doc, struct err *e)
{
    if (db_conn_engine(c) == DB_PGSQL)
        return drop_pgsql(c, doc, e);
    return terms_drop(c, doc, e)
        && db_exec(c, e, NULL, SQL("DELETE FROM search_doc WHERE id = $1"), V(doc));
}

bool db_search_clear(struct db_conn *c, struct err *e)
{
    bool lite = db_conn_engine(c) == DB_SQLITE;
    bool ok = lite
        ? db_exec(c, e, NULL, SQL("INSERT INTO search_term (search_term) VALUES ('delete-all')"))
        : db_exec(c, e, NULL, SQL("DELETE FROM search_scope"));
    return ok && db_exec(c, e, NULL, SQL("DELETE FROM search_count"))
        && db_exec(c, e, NULL, SQL("DELETE FROM search_doc"));
}
