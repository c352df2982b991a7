/* db_near_sketch.c - what of a text is compared. */
#include "base/utf8.h"
#include "db/db_near.h"
#include <stdlib.h>

enum { SLOTS = 1024, TERM_MAX = 64 };   /* a power of two, four times the terms */

struct sketching {
    struct str v[NEAR_TERMS];
    uint16_t slot[SLOTS];               /* place in v + 1 */
    size_t n;
    const char *cut;                    /* where the text was cut, NULL not */
};

static uint32_t slot_of(struct str term)
{
    uint32_t h = 2166136261u;           /* FNV-1a: a slow one costs time, no likeness */
    for (size_t i = 0; i < term.n; i++)
        h = (h ^ (unsigned char)term.p[i]) * 16777619u;
    return h % SLOTS;
}

static bool is_pair(struct str term)
{
    struct str rest = term;
    return utf8_is_han(utf8_next(&rest)) && rest.n;
}

/* A word or a single character at the cut may go on behind it: the whole text's index
 * would not know it. */
static void on_term(void *ctx, struct str term)
{
    struct sketching *s = ctx;
    if (s->n == NEAR_TERMS || (term.p + term.n == s->cut && !is_pair(term)))
        return;
    uint32_t at = slot_of(term);
    for (; s->slot[at]; at = (at + 1) % SLOTS)
        if (str_eq(s->v[s->slot[at] - 1], term))
            return;
    s->v[s->n++] = term;
    s->slot[at] = (uint16_t)s->n;
}

static int by_text(const void *a, const void *b)
{
    return str_cmp(*(const struct str *)a, *(const struct str *)b);
}

struct near_sketch near_sketch_of(struct arena *a, struct str title, struct str story)
{
    struct sketching *s = arena_new(a, struct sketching);
    struct str head = utf8_first(story, NEAR_CHARS), folded = utf8_fold(a, head);
    utf8_terms(utf8_fold(a, title), false, on_term, s);
    /* One that is just as long as what is looked at may be somebody's first part. */
    s->cut = utf8_count(head) == NEAR_CHARS ? folded.p + folded.n : NULL;
    utf8_terms(folded, false, on_term, s);
    if (s->n)
        qsort(s->v, s->n, sizeof *s->v, by_text);
    return (struct near_sketch){ s->v, s->n };
}

int64_t near_percent(const struct near_sketch *a, const struct near_sketch *b)
{
    size_t both = 0, i = 0, k = 0;
    while (i < a->n && k < b->n) {
        int order = str_cmp(a->terms[i], b->terms[k]);
        both += order == 0;
        i += order <= 0;
        k += order >= 0;
    }
    size_t all = a->n + b->n - both;
    return all ? (int64_t)(both * 100 / all) : 0;
}
