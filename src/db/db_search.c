/* db_search.c - a query's pages and its count.
 *
 * The index answers which documents hold all terms. That is the truth for words
 * and pairs; a longer run needs a look at the text, because its pairs may stand
 * apart. Then the candidates are read in portions, newest first, until the page
 * is full and the count has reached its end or its cap. */
#include "db/db_search_impl.h"
#include "base/utf8.h"

enum { PORTION = 500 };

struct search {
    struct db_conn *c;
    struct arena *a;
    const struct db_search *q;
    struct search_words words;
    struct str match;                   /* for the engine */
    size_t limit;
    int64_t count_max;
    struct db_found out;
    struct id last;                     /* the last id looked at */
    int64_t looked;
    bool counts;
};

/* ---- the engine's expression ---- */

static void add_scopes(struct search *s, struct buf *b, bool lite)
{
    char quote = lite ? '"' : '\'';
    buf_add_char(b, '(');
    for (size_t i = 0; i < s->q->scopes_n; i++) {
        if (i)
            buf_add(b, lite ? STR(" OR ") : STR(" | "));
        buf_add_char(b, quote);
        buf_add(b, search_scope(s->a, s->q->scopes[i]));
        buf_add_char(b, quote);
    }
    buf_add_char(b, ')');
}

/* Terms are letters, digits and Han only: no quote can end the quotes. */
static void add_term(struct buf *b, const struct search_term *t, bool lite)
{
    char quote = lite ? '"' : '\'';
    buf_add_char(b, quote);
    buf_add(b, t->s);
    buf_add_char(b, quote);
    if (t->is_prefix)
        buf_add(b, lite ? STR(" *") : STR(":*"));
}

static bool build(struct search *s, struct err *e)
{
    AUTO(buf_done) struct buf b;
    bool lite = db_conn_engine(s->c) == DB_SQLITE;
    buf_init(&b, 1 << 16);
    if (!s->q->everywhere)
        add_scopes(s, &b, lite);
    for (size_t i = 0; i < s->words.terms.n; i++) {
        if (b.n)
            buf_add(&b, lite ? STR(" AND ") : STR(" & "));
        add_term(&b, &s->words.terms.v[i], lite);
    }
    s->match = arena_dup(s->a, buf_str(&b));
    return buf_ok(&b) || err_set(e, ERR_TOO_LARGE);
}

/* ---- words and pairs: the index alone ---- */

static void take(struct search *s, struct id doc)
{
    if (s->out.n < s->limit)
        s->out.ids[s->out.n++] = doc;
    else if (s->out.next.v == 0 && s->out.n)
        s->out.next = s->out.ids[s->out.n - 1];
}

static bool on_id(void *ctx, const struct db_row *row, struct err *e)
{
    (void)e;
    take(ctx, (struct id){ db_row_int(row, 0) });
    return true;
}

static void set_count(struct search *s, int64_t n)
{
    s->out.is_capped = n > s->count_max;
    s->out.count = MIN(n, s->count_max);
}

static bool ids_sqlite(struct search *s, int64_t before, bool counts, struct err *e)
{
    int64_t n = 0;
    if (!db_each(s->c, e, on_id, s,
            SQL("SELECT rowid FROM search_term WHERE search_term MATCH $1 AND rowid < $2"
                " ORDER BY rowid DESC LIMIT $3"),
            V(s->match), V(before), V((int64_t)s->limit + 1)))
        return false;
    if (!counts)
        return true;
    if (!db_int(s->c, e, &n,
            SQL("SELECT COUNT(*) FROM (SELECT rowid FROM search_term WHERE search_term MATCH $1"
                " LIMIT $2) AS hit"), V(s->match), V(s->count_max + 1)))
        return false;
    set_count(s, n);
    return true;
}

static bool on_id_total(void *ctx, const struct db_row *row, struct err *e)
{
    struct search *s = ctx;
    if (s->counts)
        set_count(s, db_row_int(row, 1));
    return on_id(ctx, row, e);
}

/* MATERIALIZED makes the server use the GIN index: seeing LIMIT and ORDER BY it
 * would rather walk the newest rows and filter, which takes the whole table when
 * few match. The index answers all hits at once, so they are counted in passing. */
static bool ids_pgsql(struct search *s, int64_t before, bool counts, struct err *e)
{
    s->counts = counts;
    return db_each(s->c, e, on_id_total, s,
        SQL("WITH hit AS MATERIALIZED"
            " (SELECT id FROM search_doc WHERE terms @@ CAST($1 AS tsquery))"
            " SELECT id, (SELECT COUNT(*) FROM hit) AS total FROM hit WHERE id < $2"
            " ORDER BY id DESC LIMIT $3"),
        V(s->match), V(before), V((int64_t)s->limit + 1));
}

/* ---- longer runs: a look at the texts ---- */

static bool on_text(void *ctx, const struct db_row *row, struct err *e)
{
    struct search *s = ctx;
    (void)e;
    s->looked++;
    s->last = (struct id){ db_row_int(row, 0) };
    if (!search_runs_fit(&s->words, db_row_str(row, 1)))
        return true;
    s->out.count++;
    take(s, s->last);
    return true;
}

static bool look_portion(struct search *s, int64_t before, struct err *e)
{
    int64_t limit = PORTION;
    if (db_conn_engine(s->c) == DB_SQLITE)
        return db_each(s->c, e, on_text, s,
            SQL("SELECT t.rowid, d.text FROM search_term t JOIN search_doc d ON d.id = t.rowid"
                " WHERE t.search_term MATCH $1 AND t.rowid < $2 ORDER BY t.rowid DESC LIMIT $3"),
            V(s->match), V(before), V(limit));
    return db_each(s->c, e, on_text, s,
        SQL("WITH hit AS MATERIALIZED"
            " (SELECT id FROM search_doc WHERE terms @@ CAST($1 AS tsquery) AND id < $2),"
            " page AS MATERIALIZED (SELECT id FROM hit ORDER BY id DESC LIMIT $3)"
            " SELECT d.id, d.text FROM page JOIN search_doc d ON d.id = page.id"
            " ORDER BY d.id DESC"), V(s->match), V(before), V(limit));
}

static bool look(struct search *s, int64_t before, bool counts, struct err *e)
{
    int64_t had;
    do {
        had = s->looked;
        if (!look_portion(s, before, e))
            return false;
        before = s->last.v;
        if (s->looked >= SEARCH_LOOK_MAX && s->out.next.v == 0)
            s->out.next = s->last;      /* given up: the next page goes on from here */
        if (s->out.next.v && (!counts || s->looked >= SEARCH_LOOK_MAX
                              || s->out.count > s->count_max))
            break;
    } while (s->looked - had == PORTION);
    s->out.is_capped = s->out.count > s->count_max || s->looked >= SEARCH_LOOK_MAX;
    s->out.count = counts ? MIN(s->out.count, s->count_max) : 0;
    s->out.is_capped &= counts;
    return true;
}

/* ---- both ---- */

static bool check(const struct db_search *q, struct err *e)
{
    if (q->text.n > SEARCH_QUERY_MAX * 4 || utf8_count(q->text) > SEARCH_QUERY_MAX)
        return err_setf(e, ERR_TOO_LONG, "%d", SEARCH_QUERY_MAX);
    if (q->scopes_n > SEARCH_SCOPES_MAX)
        return err_setf(e, ERR_TOO_MANY, "%d", SEARCH_SCOPES_MAX);
    return true;
}

static bool run(struct search *s, struct err *e)
{
    bool first = s->q->before.v <= 0;
    int64_t before = first ? INT64_MAX : s->q->before.v;
    if (s->words.runs.n)
        return look(s, before, first, e);
    return db_conn_engine(s->c) == DB_SQLITE ? ids_sqlite(s, before, first, e)
                                             : ids_pgsql(s, before, first, e);
}

bool db_search(struct db_conn *c, struct arena *a, const struct db_search *q, struct db_found *out,
               struct err *e)
{
    struct search s = { .c = c, .a = a, .q = q };
    if (!check(q, e))
        return false;
    s.limit = MIN(q->limit, (size_t)SEARCH_PAGE_MAX);
    s.count_max = q->count_max > 0 ? MIN(q->count_max, (int64_t)SEARCH_LOOK_MAX) : SEARCH_COUNT_MAX;
    s.out.ids = arena_array(a, struct id, s.limit);
    search_query_words(a, q->text, &s.words);
    if (s.words.terms.n && (q->everywhere || q->scopes_n) && (!build(&s, e) || !run(&s, e)))
        return false;
    *out = s.out;
    return true;
}
