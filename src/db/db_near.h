/* db_near.h - finding texts that are nearly the same, and missing none.
 *
 * Two texts are alike by so many percent: of all the terms that either has, how many
 * both have (Jaccard). What is compared is a sketch: the first NEAR_TERMS different
 * terms of title and story, which are the pairs of neighbouring Han characters and
 * the words of db_search.h.
 *
 * The index of the words' search is asked, no other is kept. Let A have a terms and B
 * b; alike by t they share c >= t/(1+t)·(a+b), so B lacks at most m = a - c of A's
 * terms. A's terms are dealt into m+1 heaps: one heap at least is whole in B. Asked is
 * for the documents that hold a whole heap, which begins with one of A's rarest
 * terms. How many terms B has is known by a mark beside its scopes, a class of sizes:
 * the larger B, the smaller m. */
#ifndef DB_DB_NEAR_H
#define DB_DB_NEAR_H
#include "db/db.h"

enum {
    NEAR_TERMS = 256,                   /* of a sketch */
    NEAR_CHARS = 4000,                  /* of a story, looked at */
    NEAR_LEAST = 8,                     /* shorter sketches tell nothing */
    NEAR_FOUND_MAX = 500,
};

struct near_sketch { struct str *terms; size_t n; };    /* in order, each once */

/* Of a title and a story (or its first NEAR_CHARS characters); lives in a. */
struct near_sketch near_sketch_of(struct arena *a, struct str title, struct str story);
/* How much of both together is common, 0…100, rounded down. */
int64_t near_percent(const struct near_sketch *a, const struct near_sketch *b);
/* What to add to the scopes of a document that can be found by its likeness; none for
 * a sketch of less than NEAR_LEAST terms. No scope of anybody equals it. */
struct id near_mark(const struct near_sketch *s);

/* Before a document is put into the index: one new one in sixteen has its terms
 * counted, so that it is known which are rare. Wrong counts make a search slow, never
 * false. */
bool db_near_count(struct db_conn *c, struct id doc, const struct near_sketch *s,
                   struct err *e) MUST_CHECK;

struct db_near {
    struct near_sketch sketch;
    const struct id *scopes;            /* documents in one of them */
    size_t scopes_n;                    /* at most NEAR_SCOPES_MAX */
    int64_t percent;                    /* alike by so much, 50…100 */
};
enum { NEAR_SCOPES_MAX = 8 };
struct db_near_found {
    struct id *ids;                     /* newest first, at most NEAR_FOUND_MAX */
    size_t n;
    int64_t percent;                    /* what was looked for: more than asked when the
                                           text's words are so common that it would take
                                           too long */
};
/* Every document that is alike by that much, and some that are not: the caller has
 * the texts and looks. A sketch of less than NEAR_LEAST terms finds nothing. */
bool db_near(struct db_conn *c, struct arena *a, const struct db_near *q,
             struct db_near_found *out, struct err *e) MUST_CHECK;
#endif
