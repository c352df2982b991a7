/* db_search.c - a query's pages and its count.
 *
 * The index answers which documents hold all terms. That is the truth for words
 * and pairs; a longer run needs a look at the text, because its pairs may stand
 * apart. Then the candidates are read in portions, newest first, until the page
 * is full and the count has reached its end or its cap.
 *
 * SQLite's index goes backwards from the newest by itself. PostgreSQL's hands over all
 * hits at once, tens of thousands of a common word in a big city: there the newest
 * documents of the scope are looked at first, as long as they promise to fill the page,
 * and only a rare word is left to the index. */
#include "db/db_search_impl.h"
#include "base/utf8.h"

enum {
    PORTION = 500,
    STEP = 250,                         /* documents of a scope, looked at in one go */
    STEPS_PROMISED = 8,                 /* the page must be full after so many */
    WALK_SCOPES = 2,
};

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
    int64_t looked, walked, hits;
    bool counts;                        /* the first page does */
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
    s->hits++;
    if (s->out.n < s->limit)
        s->out.ids[s->out.n++] = doc;
    else if (s->out.next.v == 0 && s->out.n)
        s->out.next = s->out.ids[s->out.n - 1];
}

static void set_count(struct search *s)
{
    s->out.is_capped = s->counts && s->hits > s->count_max;
    s->out.count = s->counts ? MIN(s->hits, s->count_max) : 0;
}

static bool on_id(void *ctx, const struct db_row *row, struct err *e)
{
    (void)e;
    take(ctx, (struct id){ db_row_int(row, 0) });
    return true;
}

static bool ids_sqlite(struct search *s, int64_t before, struct err *e)
{
    return db_each(s->c, e, on_id, s,
            SQL("SELECT rowid FROM search_term WHERE search_term MATCH $1 AND rowid < $2"
                " ORDER BY rowid DESC LIMIT $3"),
            V(s->match), V(before), V((int64_t)s->limit + 1))
        && (!s->counts
            || db_int(s->c, e, &s->hits,
                SQL("SELECT COUNT(*) FROM (SELECT rowid FROM search_term WHERE search_term"
                    " MATCH $1 LIMIT $2) AS hit"), V(s->match), V(s->count_max + 1)));
}

struct total { struct search *s; int64_t n; };

static bool on_id_total(void *ctx, const struct db_row *row, struct err *e)
{
    struct total *x = ctx;
    x->n = db_row_int(row, 1);
    return on_id(x->s, row, e);
}

/* MATERIALIZED makes the server use the GIN index: seeing LIMIT and ORDER BY it
 * would rather walk the newest rows and filter, which takes the whole table when
 * few match; with id < $2 inside, it reads the whole key as well. The index answers all
 * hits at once, so they are counted in passing. */
static bool ids_pgsql(struct search *s, int64_t before, struct err *e)
{
    struct total x = { .s = s };
    int64_t had = s->hits;
    if (!db_each(s->c, e, on_id_total, &x,
            SQL("WITH hit AS MATERIALIZED"
                " (SELECT id FROM search_doc WHERE terms @@ CAST($1 AS tsquery))"
                " SELECT id, (SELECT COUNT(*) FROM hit WHERE id < $2) AS total FROM hit"
                " WHERE id < $2 ORDER BY id DESC LIMIT $3"),
            V(s->match), V(before), V((int64_t)(s->limit + 1 - s->out.n))))
        return false;
    s->hits = had + x.n;
    return true;
}

/* ---- longer runs: a look at the texts ---- */

static bool on_text(void *ctx, const struct db_row *row, struct err *e)
{
    struct search *s = ctx;
    (void)e;
    s->looked++;
    s->last = (struct id){ db_row_int(row, 0) };
    if (search_runs_fit(&s->words, db_row_str(row, 1)))
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
            " (SELECT id FROM search_doc WHERE terms @@ CAST($1 AS tsquery)),"
            " page AS MATERIALIZED (SELECT id FROM hit WHERE id < $2 ORDER BY id DESC LIMIT $3)"
            " SELECT d.id, d.text FROM page JOIN search_doc d ON d.id = page.id"
            " ORDER BY d.id DESC"), V(s->match), V(before), V(limit));
}

/* The page is full and it is known whether there is another; the count as well. */
static bool is_enough(const struct search *s)
{
    return s->out.next.v && (!s->counts || s->hits > s->count_max);
}

static bool look(struct search *s, int64_t before, struct err *e)
{
    int64_t had;
    do {
        had = s->looked;
        if (!look_portion(s, before, e))
            return false;
        before = s->last.v;
        if (s->looked >= SEARCH_LOOK_MAX && s->out.next.v == 0)
            s->out.next = s->last;      /* given up: the next page goes on from here */
    } while (!is_enough(s) && s->looked < SEARCH_LOOK_MAX && s->looked - had == PORTION);
    return true;
}

/* ---- PostgreSQL: the newest of the scope ---- */

static bool on_walked(void *ctx, const struct db_row *row, struct err *e)
{
    struct search *s = ctx;
    struct str fits = db_row_str(row, 1);
    (void)e;
    s->walked++;
    s->last = (struct id){ db_row_int(row, 0) };
    if (fits.n && search_runs_fit(&s->words, str_sub(fits, 1, fits.n)))
        take(s, s->last);
    return true;
}

/* $3 and $4 may be the same scope. STEP stands in the text, so that the plan reckons
 * with it, and each document is asked for by itself: of a small city the server would
 * read all. */
static bool step(struct search *s, int64_t before, struct err *e)
{
    const struct id *v = s->q->scopes;
    return db_each(s->c, e, on_walked, s,
        SQL("WITH w AS MATERIALIZED ((SELECT doc FROM search_scope WHERE scope = $3 AND doc < $5"
            " ORDER BY doc DESC LIMIT 250) UNION (SELECT doc FROM search_scope"
            " WHERE scope = $4 AND doc < $5 ORDER BY doc DESC LIMIT 250)"
            " ORDER BY doc DESC LIMIT 250)"
            " SELECT w.doc, (SELECT CASE WHEN $2 = 1 THEN '+' || d.text ELSE '+' END"
            " FROM search_doc d WHERE d.id = w.doc AND d.terms @@ CAST($1 AS tsquery))"
            " FROM w ORDER BY w.doc DESC"),
        V(s->match), V((int)(s->words.runs.n > 0)), V(v[0]), V(v[s->q->scopes_n - 1]),
        V(before));
}

/* Begins the answer; *ended: it is whole. */
static bool walk(struct search *s, int64_t *before, bool *ended, struct err *e)
{
    int64_t want = (int64_t)s->limit + 1, had;
    if (s->counts)
        want = MAX(want, s->count_max + 1);
    do {
        had = s->walked;
        if (!step(s, *before, e))
            return false;
        *ended = s->walked - had < STEP || is_enough(s);
        if (s->walked > had)
            *before = s->last.v;
    } while (!*ended && s->hits * STEP * STEPS_PROMISED >= want * s->walked);
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
    bool lite = db_conn_engine(s->c) == DB_SQLITE, ended = false;
    int64_t before = s->counts ? INT64_MAX : s->q->before.v;
    if (!lite && !s->q->everywhere && s->q->scopes_n <= WALK_SCOPES
        && !walk(s, &before, &ended, e))
        return false;
    if (!ended && !(s->words.runs.n ? look(s, before, e) : lite ? ids_sqlite(s, before, e)
                                                                : ids_pgsql(s, before, e)))
        return false;
    set_count(s);
    s->out.is_capped |= s->counts && s->looked >= SEARCH_LOOK_MAX;
    return true;
}

bool db_search(struct db_conn *c, struct arena *a, const struct db_search *q, struct db_found *out,
               struct err *e)
{
    struct search s = { .c = c, .a = a, .q = q };
    if (!check(q, e))
        return false;
    s.limit = MIN(q->limit, (size_t)SEARCH_PAGE_MAX);
    s.count_max = q->count_max > 0 ? MIN(q->count_max, (int64_t)SEARCH_LOOK_MAX) : SEARCH_COUNT_MAX;
    s.counts = q->before.v <= 0;
    s.out.ids = arena_array(a, struct id, s.limit);
    search_query_words(a, q->text, &s.words);
    if (s.words.terms.n && (q->everywhere || q->scopes_n) && (!build(&s, e) || !run(&s, e)))
        return false;
    *out = s.out;
    return true;
}
