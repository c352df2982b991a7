/* db_search.h - finding texts by words: the one place where the engines' texts differ.
 *
 * A document is an id, a text and the scopes (bodies, areas, accounts) that may
 * find it. The text is folded and cut into terms by base/utf8.h: every pair of
 * neighbouring Han characters, the last character of each run alone, each Latin
 * word or number. Scopes are terms too, so the search of one body touches only
 * its own documents. SQLite keeps the terms in FTS5 (no positions, no contents),
 * PostgreSQL in a tsvector under GIN.
 *
 * A query finds a document that holds each of its runs of Han characters as they
 * stand and each of its words whole, in any order. Runs of two are a term; of one
 * are found as a term's beginning; longer ones are the terms of their pairs, and
 * the text is looked at again. */
#ifndef DB_DB_SEARCH_H
#define DB_DB_SEARCH_H
#include "db/db.h"

enum {
    SEARCH_QUERY_MAX = 100,             /* characters */
    SEARCH_TEXT_MAX = 200 * 1024,       /* bytes of a document that are searched */
    SEARCH_SCOPES_MAX = 1000,
    SEARCH_PAGE_MAX = 500,
    SEARCH_COUNT_MAX = 1000,
    SEARCH_LOOK_MAX = 20000,            /* texts looked at again for one page */
};

struct db_search {
    struct str text;                    /* as typed */
    const struct id *scopes;            /* documents in one of them … */
    size_t scopes_n;                    /* … none of them: nothing is found */
    bool everywhere;                    /* whatever the scopes */
    struct id before;                   /* only smaller ids; zero: from the newest */
    size_t limit;                       /* at most SEARCH_PAGE_MAX */
    int64_t count_max;                  /* count up to this; 0: SEARCH_COUNT_MAX */
};
struct db_found {
    struct id *ids;                     /* newest (largest) first */
    size_t n;
    struct id next;                     /* before of the next page; zero: no more */
    int64_t count;                      /* of all, exact unless is_capped; first page only */
    bool is_capped;                     /* there are at least count */
};
/* ERR_TOO_LONG for a query over SEARCH_QUERY_MAX, ERR_TOO_MANY scopes. A query
 * without a term finds nothing. */
bool db_search(struct db_conn *c, struct arena *a, const struct db_search *q, struct db_found *out,
               struct err *e) MUST_CHECK;
/* Would the query's words find this text? The same truth without an index. */
bool db_search_fits(struct str query, struct str text);

/* A document ready for the index: made outside of any write. */
struct db_search_doc { struct str text, scopes, terms, holders; };
/* Folds and cuts the text; it lives in a. ERR_TOO_MANY scopes, ERR_TOO_LARGE. */
bool db_search_make(struct arena *a, enum db_engine engine, struct str text,
                    const struct id *scopes, size_t scopes_n, struct db_search_doc *out,
                    struct err *e) MUST_CHECK;
/* Indexes a document, also one that is indexed already. */
bool db_search_keep(struct db_conn *c, struct id doc, const struct db_search_doc *d,
                    struct err *e) MUST_CHECK;
/* Both at once. */
bool db_search_put(struct db_conn *c, struct id doc, struct str text, const struct id *scopes,
                   size_t scopes_n, struct err *e) MUST_CHECK;
/* Takes it out; one that is not there is no failure. */
bool db_search_delete(struct db_conn *c, struct id doc, struct err *e) MUST_CHECK;
/* Empties the index: to be filled again by db_search_put. */
bool db_search_clear(struct db_conn *c, struct err *e) MUST_CHECK;
#endif
