/* search.h - finding matters by words, inside what the reader may see.
 *
 * The index follows the feed; the few matters it has not reached yet are looked
 * through as they are, so that a search agrees with the last write. */
#ifndef MATTER_SEARCH_H
#define MATTER_SEARCH_H
#include "matter/matter.h"

/* A page of envelopes, newest first, before the given id; *next is where to go on. */
bool matter_search(struct req *r, struct str words, struct id before, struct list *out,
                   struct id *next, struct err *e) MUST_CHECK;
/* The ids (struct id) of the matters the index has not reached, as far as the holder
 * sees their content: at most 500, newest first. */
bool matter_search_behind(struct req *r, struct id holder, struct list *out,
                          struct err *e) MUST_CHECK;
/* Indexes what the feed added since last time; true when there may be more. A
 * background job calls it. */
bool matter_search_follow(struct app *app, bool *more, struct err *e) MUST_CHECK;
/* The same to the end of the feed, beside the job. */
bool matter_search_catch_up(struct app *app, struct err *e) MUST_CHECK;
/* Throws the index away and builds it anew (fengqiao check). */
bool matter_search_rebuild(struct app *app, struct err *e) MUST_CHECK;
#endif
