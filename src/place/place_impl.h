/* place_impl.h - what the files of this room share. */
#ifndef PLACE_IMPL_H
#define PLACE_IMPL_H
#include "place/place.h"

static inline int64_t place_today(const struct req *r) { return day_of_stamp(r->now).n; }
/* The smallest text above every path that begins with this one. */
struct str place_above(struct arena *a, struct str path);
/* The id in r->cursor, 0 for the first page; ERR_BAD_CURSOR. */
bool place_cursor(const struct req *r, int64_t *after, struct err *e) MUST_CHECK;
/* A page was filled up to its limit: the next begins after last. */
void place_next(struct req *r, size_t n, struct id last);
/* One entry of the system's chain: what was sent, and what it was (NULL for none). */
bool place_journal(struct req *r, const char *action, struct id subject, const struct record *rec,
                   const void *was, const void *is, struct err *e) MUST_CHECK;
/* ERR_NO_SUCH_REF with the field for an area or body that does not hold today; an id
 * of none passes and leaves *out as it was. */
bool place_need_area(struct req *r, struct id id, const char *field, struct area_brief *out,
                     struct err *e) MUST_CHECK;
bool place_need_org(struct req *r, struct id id, const char *field, struct err *e) MUST_CHECK;
/* How something ends: on a day (today), and what takes its place. */
struct place_end { struct id successor; struct day day; };
extern const struct record place_end_record;
/* The day asked for, today for none; ERR_OUT_OF_RANGE for one over a year away. */
bool place_end_day(struct req *r, const struct place_end *x, struct day *out,
                   struct err *e) MUST_CHECK;
#endif
