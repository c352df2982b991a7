/* slow.h - a few threads for work that takes long without a database's help
 * (password hashing, encryption, calls outside), with a bounded queue. */
#ifndef HTTP_SLOW_H
#define HTTP_SLOW_H
#include "base/arena.h"
#include "base/err.h"

struct call;
struct slow_pool;

/* run(c) is called on a slow thread, then the call is the runner's to resume. */
struct slow_pool *slow_start(struct arena *a, unsigned threads, size_t queue_max,
                             void (*run)(struct call *c), struct err *e);
/* False (and c untouched) when the queue is full or the pool has stopped. */
bool slow_push(struct slow_pool *p, struct call *c) MUST_CHECK;
size_t slow_waiting(struct slow_pool *p);
/* Completes what waits, ends the threads; slow_done lets go of the rest. NULL is fine. */
void slow_stop(struct slow_pool *p);
void slow_done(struct slow_pool *p);
#endif
