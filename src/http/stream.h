/* stream.h - server-sent events from the feed.
 *
 * A stream sleeps (its connection suspended) until the feed grew or twenty
 * seconds passed; then it asks the hook for what its account may see. It ends by
 * itself after ten minutes: the browser comes back with Last-Event-ID and is
 * authenticated afresh. */
#ifndef HTTP_STREAM_H
#define HTTP_STREAM_H
#include "base/arena.h"
#include "base/err.h"

struct call;
struct stream;
struct streams;
struct MHD_Response;

enum { STREAM_ACCOUNT_MAX = 8, STREAM_BEAT_SECONDS = 20, STREAM_LIFE_SECONDS = 600 };

struct streams *streams_make(struct arena *a, size_t max);
void streams_done(struct streams *s);
/* Begins c's stream. ERR_TOO_OFTEN over a cap, ERR_INVALID for a Last-Event-ID that
 * is no number. */
struct MHD_Response *stream_open(struct call *c, int *status, struct err *e);
/* The connection has ended; NULL is fine. */
void stream_close(struct stream *t);
/* Wakes the sleepers: all when the feed grew or the server stops, else those whose
 * beat or end is due. */
void streams_look(struct streams *s, bool grew, int64_t now);
void streams_stop(struct streams *s);
size_t streams_count(struct streams *s);
#endif
