/* db_search_terms.c - from texts and queries to terms, the same for both engines. */
#include "base/utf8.h"
#include "db/db_search_impl.h"

struct str search_fold(struct arena *a, struct str text)
{
    return utf8_cut(utf8_fold(a, text), SEARCH_TEXT_MAX);
}

struct str search_scope(struct arena *a, struct id scope)
{
    return arena_printf(a, "_%llx", (unsigned long long)scope.v);
}

static bool is_han_at(struct str s) { return s.n && utf8_is_han(utf8_next(&s)); }

static bool is_one_han(struct str term)
{
    struct str rest = term;
    return utf8_is_han(utf8_next(&rest)) && rest.n == 0;
}

struct doc_walk { struct str text; void (*fn)(void *ctx, struct str term); void *ctx; };

static void on_doc_term(void *ctx, struct str term)
{
    struct doc_walk *w = ctx;
    const char *end = term.p + term.n;
    if (is_one_han(term) && is_han_at((struct str){ end, (size_t)(w->text.p + w->text.n - end) }))
        return;                         /* a single within its run: its pair is enough */
    w->fn(w->ctx, term);
}

void search_doc_terms(struct str folded, void (*fn)(void *ctx, struct str term), void *ctx)
{
    struct doc_walk w = { folded, fn, ctx };
    utf8_terms(folded, true, on_doc_term, &w);
}

static void on_query_term(void *ctx, struct str term)
{
    struct search_words *w = ctx;
    vec_push(w->a, &w->terms, (struct search_term){ term, is_one_han(term) });
}

static void add_runs(struct search_words *w, struct str s)
{
    while (s.n) {
        struct str start = s;
        size_t n = 0;
        for (; is_han_at(s); n++)
            utf8_next(&s);
        if (n >= 3)
            vec_push(w->a, &w->runs, str_sub(start, 0, start.n - s.n));
        if (s.n)
            utf8_next(&s);
    }
}

void search_query_words(struct arena *a, struct str query, struct search_words *out)
{
    struct str folded = utf8_fold(a, query);
    *out = (struct search_words){ .a = a };
    utf8_terms(folded, false, on_query_term, out);
    add_runs(out, folded);
}

bool search_runs_fit(const struct search_words *w, struct str folded)
{
    for (size_t i = 0; i < w->runs.n; i++)
        if (str_find(folded, w->runs.v[i]) == folded.n)
            return false;
    return true;
}

struct hunt { struct search_term want; bool found; };

static void on_hunt(void *ctx, struct str term)
{
    struct hunt *h = ctx;
    h->found |= h->want.is_prefix ? str_starts(term, h->want.s) : str_eq(term, h->want.s);
}

bool db_search_fits(struct str query, struct str text)
{
    AUTO(arena_done) struct arena a = { 0 };
    struct search_words w;
    struct str folded = search_fold(&a, text);
    search_query_words(&a, query, &w);
    for (size_t i = 0; i < w.terms.n; i++) {
        struct hunt h = { .want = w.terms.v[i] };
        search_doc_terms(folded, on_hunt, &h);
        if (!h.found)
            return false;
    }
    return w.terms.n && search_runs_fit(&w, folded);
}
