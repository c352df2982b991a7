/* rate.h - token buckets: so many requests a minute for one account or one
 * address, a bucket for each class. The table is bounded; when a set is full the
 * bucket nearest to being full again is forgotten, which loses least. */
#ifndef HTTP_RATE_H
#define HTTP_RATE_H
#include "base/arena.h"
#include "base/id.h"

struct rate_table;

struct rate_table *rate_make(struct arena *a, size_t sets);
void rate_done(struct rate_table *t);
/* Takes one token from key's bucket of that class; a fresh bucket holds a minute's.
 * 0, or the seconds until there is one. A limit of 0 is no limit. */
unsigned rate_take(struct rate_table *t, struct str key, unsigned class, unsigned a_minute,
                   int64_t now_us);
/* What is counted: the account, else of an address IPv6 by its /64, which is one
 * household's. */
struct str rate_key(struct arena *a, struct id account, const char *address);
#endif
