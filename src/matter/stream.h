/* stream.h - what a listening browser hears of the matters its account may see. */
#ifndef MATTER_STREAM_H
#define MATTER_STREAM_H
#include "app/who.h"
#include "http/route.h"

/* Whether a party hears of an entry of this kind. What a body does within itself and what
 * must not reach the other side (rule 5) it does not, and no kind nobody decided on. */
bool matter_stream_told(struct str kind);
/* The hook of http/server.h. A party is told that something changed, staff also what; what
 * is in a compartment nobody is. */
bool matter_stream_after(struct req *r, int64_t seq, struct buf *out, int64_t *last,
                         struct err *e) MUST_CHECK;
#endif
