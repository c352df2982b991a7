/* db_search_impl.h - terms of documents and queries; private to the search. */
#ifndef DB_DB_SEARCH_IMPL_H
#define DB_DB_SEARCH_IMPL_H
#include "db/db_search.h"
#include "base/vec.h"

struct search_term { struct str s; bool is_prefix; };
struct search_words {
    struct arena *a;
    VEC(struct search_term) terms;      /* all must be there */
    VEC(struct str) runs;               /* Han, three or more: to be looked for in the text */
};
/* What a query asks for; its texts live in a. */
void search_query_words(struct arena *a, struct str query, struct search_words *out);
/* Do the runs stand in the folded text? The terms were found already. */
bool search_runs_fit(const struct search_words *w, struct str folded);
/* Calls fn for every term of a folded document: what utf8_terms gives, and the
 * last character of each Han run alone, so that each character of a text is the
 * beginning of a term. */
void search_doc_terms(struct str folded, void (*fn)(void *ctx, struct str term), void *ctx);
/* The folded text as it is kept. */
struct str search_fold(struct arena *a, struct str text);
/* "_1f": no word of a text has an underscore. */
struct str search_scope(struct arena *a, struct id scope);
#endif
