/* keeper.h - the thread that keeps time: ends slow connections, wakes streams.
 * Wakes are gathered: the more streams, the longer between two looks, so that a
 * busy feed costs a bounded share of the machine. */
#ifndef HTTP_KEEPER_H
#define HTTP_KEEPER_H
#include "http/link.h"
#include "http/stream.h"
#include "base/err.h"

struct keeper {
    pthread_t thread;
    pthread_mutex_t lock;
    pthread_cond_t more;
    struct links *links;
    struct streams *streams;
    atomic_bool grew;
    bool made, started, ended;
};

bool keeper_start(struct keeper *k, struct links *links, struct streams *streams,
                  struct err *e) MUST_CHECK;
void keeper_wake(struct keeper *k);
/* Ends the thread; keeper_wake stays harmless until keeper_done. */
void keeper_stop(struct keeper *k);
void keeper_done(struct keeper *k);
#endif
