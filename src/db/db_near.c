/* db_near.c - the documents that hold a whole heap of a sketch's terms (db_near.h). */
#include "db/db_near.h"
#include "db/db_search_impl.h"
#include <stdlib.h>

enum {
    SAMPLE = 16,                        /* one document in so many is counted */
    HEAP_MAX = 3,                       /* terms of a heap: more cost more and tell little */
    HEAPS_LITE = 128, HEAPS_PGSQL = 8,  /* in one expression: what each engine reads fast */
    MANY = 20000,                       /* documents: from here on sizes are told apart */
    COST_MAX = 20000,                   /* documents that hold a heap's first term, in all */
    STEP = 10,                          /* percent more when it costs too much */
    EXPRESSION_MAX = 1 << 20,
    CLASSES_MAX = 32,                   /* more than there are from 8 to NEAR_TERMS terms */
};

/* ---- classes of sizes ---- */

/* 1, 2, 3, 4, 5, 6, 7, 8, 10, 12, 15 …: each begins a quarter above the one before. */
static size_t class_begin(int class)
{
    size_t begin = 1;
    for (int i = 0; i < class; i++)
        begin = MAX(begin + 1, begin * 5 / 4);
    return begin;
}

static int class_of(size_t n)
{
    int class = 0;
    while (class_begin(class + 1) <= n)
        class++;
    return class;
}

static struct id mark_of(int class)
{
    return (struct id){ -1 - class };   /* ids are positive */
}

struct id near_mark(const struct near_sketch *s)
{
    return s->n < NEAR_LEAST ? ID_NONE : mark_of(class_of(s->n));
}

/* ---- how often a term occurs ---- */

static bool is_counted(struct id doc)
{
    return ((uint64_t)doc.v * UINT64_C(0x9E3779B97F4A7C15)) >> 60 == 0;
}

bool db_near_count(struct db_conn *c, struct id doc, const struct near_sketch *s, struct err *e)
{
    int64_t known = 0;
    if (!is_counted(doc))
        return true;
    if (!db_int(c, e, &known, SQL("SELECT 1 FROM search_doc WHERE id = $1"), V(doc)))
        return false;
    for (size_t i = 0; i < s->n && !known; i++)
        if (!db_exec(c, e, NULL,
                SQL("INSERT INTO search_count (term, n) VALUES ($1, 1)"
                    " ON CONFLICT (term) DO UPDATE SET n = search_count.n + 1"), V(s->terms[i])))
            return false;
    return true;
}

struct term { struct str s; int64_t n; };

struct near {
    struct db_conn *c;
    struct arena *a;
    const struct db_near *q;
    bool lite;
    struct term v[NEAR_TERMS];          /* rarest first */
    size_t n;
    int64_t percent;
    struct buf list;                    /* the expressions, as the engine takes a list */
    size_t listed;
};

static bool on_count(void *ctx, const struct db_row *row, struct err *e UNUSED)
{
    struct near *x = ctx;
    int64_t at = db_row_int(row, 0);
    if (at >= 0 && at < (int64_t)x->n)
        x->v[at].n = db_row_int(row, 1);
    return true;
}

/* A list as one parameter: ["…","…"] for SQLite, {"…","…"} for PostgreSQL. */
static void list_add(struct near *x, struct str s)
{
    buf_add_char(&x->list, x->listed++ ? ',' : x->lite ? '[' : '{');
    json_put_str(&x->list, s);
}

static struct str list_end(struct near *x)
{
    buf_add_char(&x->list, x->lite ? ']' : '}');
    x->listed = 0;
    return buf_str(&x->list);
}

static int rarest_first(const void *a, const void *b)
{
    const struct term *x = a, *y = b;
    if (x->n != y->n)
        return x->n < y->n ? -1 : 1;
    return str_cmp(x->s, y->s);
}

static bool count_terms(struct near *x, struct err *e)
{
    for (size_t i = 0; i < x->n; i++) {
        x->v[i].s = x->q->sketch.terms[i];
        list_add(x, x->v[i].s);
    }
    struct str list = list_end(x);
    bool ok = buf_ok(&x->list)
        && (x->lite
            ? db_each(x->c, e, on_count, x,
                SQL("SELECT q.key, s.n FROM json_each($1) q JOIN search_count s"
                    " ON s.term = q.value"), V(list))
            : db_each(x->c, e, on_count, x,
                SQL("SELECT q.at - 1, s.n FROM unnest(CAST($1 AS text[])) WITH ORDINALITY"
                    " AS q(term, at) JOIN search_count s ON s.term = q.term"), V(list)));
    buf_clear(&x->list);
    qsort(x->v, x->n, sizeof *x->v, rarest_first);
    return ok;
}

/* ---- heaps ---- */

/* Classes that are asked for together, from the one of the smallest on. */
struct group { int from, to; size_t heaps; };

/* How many heaps documents of that class and above call for. */
static size_t heaps(const struct near *x, int class)
{
    size_t t = (size_t)x->percent;
    size_t least = MAX(class_begin(class), (x->n * t + 99) / 100);
    size_t common = (t * (x->n + least) + t + 99) / (100 + t);
    return x->n - MIN(common, x->n) + 1;
}

/* Those clearly smaller than the sketch, which call for many heaps, and the others. A
 * group more finds less that is not alike and looks more terms up: it pays where there
 * is much to be found, which the commonest term tells. */
static size_t groups(const struct near *x, struct group out[2])
{
    size_t t = (size_t)x->percent, n = 0;
    int from = class_of(MAX((x->n * t + 99) / 100, (size_t)NEAR_LEAST));
    int to = class_of(x->n * 100 / t), parted = MAX(class_of(x->n * 9 / 10), from);
    bool many = x->v[x->n - 1].n * SAMPLE > MANY;
    if (!many)
        parted = from;
    if (parted > from)
        out[n++] = (struct group){ from, parted - 1, heaps(x, from) };
    out[n++] = (struct group){ parted, to, heaps(x, parted) };
    return n;
}

/* Documents the engine has to look at: those with the first term of a heap. */
static int64_t cost(const struct near *x)
{
    struct group g[2];
    int64_t sum = 0;
    for (size_t n = groups(x, g), i = 0; i < n; i++)
        for (size_t k = 0; k < g[i].heaps; k++)
            sum += x->v[k].n * SAMPLE;
    return sum;
}

/* Terms are letters, digits and Han only, scopes have an underscore before hex digits:
 * none can end a quote, and in lower case none is a word of the engine. */
static void add_word(struct near *x, struct buf *b, struct str word)
{
    buf_addf(b, x->lite ? "\"%.*s\"" : "'%.*s'", STR_ARG(word));
}

/* Dealt like cards, to and fro: the heap of the rarest gets the most frequent partner. */
static void add_heap(struct near *x, struct buf *b, size_t heap, size_t of)
{
    size_t depth = MIN(x->n / of, (size_t)HEAP_MAX);
    buf_add_char(b, '(');
    for (size_t i = 0; i < depth; i++) {
        size_t at = i * of + (i % 2 ? of - 1 - heap : heap);
        if (i)
            buf_add(b, x->lite ? STR(" AND ") : STR(" & "));
        add_word(x, b, x->v[at].s);
    }
    buf_add_char(b, ')');
}

/* "(a | b)" of the scopes, or of the marks of a group. */
static void add_any(struct near *x, struct buf *b, const struct id *v, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        buf_add(b, i ? x->lite ? STR(" OR ") : STR(" | ") : STR("("));
        add_word(x, b, search_scope(x->a, v[i]));
    }
    buf_add_char(b, ')');
}

static void add_expression(struct near *x, const struct group *g, size_t from, size_t to)
{
    AUTO(buf_done) struct buf b;
    struct id marks[CLASSES_MAX];
    size_t n = 0;
    buf_init(&b, EXPRESSION_MAX);
    for (int class = g->from; class <= g->to && n < CLASSES_MAX; class++)
        marks[n++] = mark_of(class);
    add_any(x, &b, x->q->scopes, x->q->scopes_n);
    buf_add(&b, x->lite ? STR(" AND ") : STR(" & "));
    add_any(x, &b, marks, n);
    buf_add(&b, x->lite ? STR(" AND (") : STR(" & ("));
    for (size_t i = from; i < MIN(to, g->heaps); i++) {
        if (i > from)
            buf_add(&b, x->lite ? STR(" OR ") : STR(" | "));
        add_heap(x, &b, i, g->heaps);
    }
    buf_add_char(&b, ')');
    list_add(x, buf_str(&b));
}

static void build(struct near *x)
{
    struct group g[2];
    size_t step = x->lite ? HEAPS_LITE : HEAPS_PGSQL;
    for (size_t n = groups(x, g), i = 0; i < n; i++)
        for (size_t from = 0; from < g[i].heaps; from += step)
            add_expression(x, &g[i], from, from + step);
}

/* ---- asking ---- */

static bool on_found(void *ctx, const struct db_row *row, struct err *e UNUSED)
{
    struct db_near_found *out = ctx;
    out->ids[out->n++] = (struct id){ db_row_int(row, 0) };
    return true;
}

/* MATERIALIZED for the reason told in db_search.c. */
static bool ask(struct near *x, struct db_near_found *out, struct err *e)
{
    struct str list = list_end(x);
    int64_t limit = NEAR_FOUND_MAX;
    if (!buf_ok(&x->list))
        return err_setf(e, ERR_TOO_LARGE, "%d KiB", EXPRESSION_MAX >> 10);
    if (x->lite)
        return db_each(x->c, e, on_found, out,
            SQL("SELECT DISTINCT t.rowid FROM json_each($1) q CROSS JOIN search_term t"
                " WHERE t.search_term MATCH q.value ORDER BY t.rowid DESC LIMIT $2"),
            V(list), V(limit));
    return db_each(x->c, e, on_found, out,
        SQL("WITH hit AS MATERIALIZED (SELECT DISTINCT d.id"
            " FROM unnest(CAST($1 AS text[])) AS q(one) CROSS JOIN LATERAL"
            " (SELECT id FROM search_doc WHERE terms @@ CAST(q.one AS tsquery)) d)"
            " SELECT id FROM hit ORDER BY id DESC LIMIT $2"), V(list), V(limit));
}

static bool find(struct near *x, struct db_near_found *out, struct err *e)
{
    if (!count_terms(x, e))
        return false;
    while (x->percent < 100 && cost(x) > COST_MAX)
        x->percent = MIN(x->percent + STEP, 100);
    build(x);
    out->percent = x->percent;
    return ask(x, out, e);
}

bool db_near(struct db_conn *c, struct arena *a, const struct db_near *q,
             struct db_near_found *out, struct err *e)
{
    struct db_near_found found = { .percent = q->percent };
    struct near *x = arena_new(a, struct near);
    found.ids = arena_array(a, struct id, NEAR_FOUND_MAX);
    *x = (struct near){ .c = c, .a = a, .q = q, .lite = db_conn_engine(c) == DB_SQLITE,
                        .n = MIN(q->sketch.n, (size_t)NEAR_TERMS), .percent = q->percent };
    if (q->scopes_n > NEAR_SCOPES_MAX)
        return err_setf(e, ERR_TOO_MANY, "%d", NEAR_SCOPES_MAX);
    bool ok = true;
    if (x->n >= NEAR_LEAST && q->scopes_n) {
        buf_init(&x->list, EXPRESSION_MAX);
        ok = find(x, &found, e);
        buf_done(&x->list);
    }
    if (ok)
        *out = found;
    return ok;
}
