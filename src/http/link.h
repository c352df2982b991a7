/* link.h - the connections, and the thread that ends the slow ones.
 *
 * libmicrohttpd's own timeout is per activity: a client that drips a byte a
 * second is never ended. So every connection has a slot with a deadline that a
 * keeper thread looks at once a second; it shuts the socket down and the event
 * thread does the rest. The same thread beats for the event streams. */
#ifndef HTTP_LINK_H
#define HTTP_LINK_H
#include "base/arena.h"
#include "base/random.h"
#include "base/buf.h"
#include <pthread.h>
#include <stdatomic.h>

/* What a connection is doing; the keeper's deadline means the phase's end. */
enum link_phase { LINK_FREE, LINK_WAITING, LINK_READING, LINK_WORKING, LINK_ANSWERING,
                  LINK_STREAMING };

struct link {
    struct link *next;                  /* the free list's */
    int fd;
    atomic_int phase;
    _Atomic int64_t deadline;           /* clock_us; 0: none */
    bool served;                        /* has answered before */
    struct dice ids;                    /* request ids: to be told apart, not to be secret */
    struct arena a;                     /* the request's memory; one block is kept */
    struct buf in, out, zip;            /* kept between requests while small */
    char address[48];                   /* numeric */
};

struct links {
    pthread_mutex_t lock;               /* free list, fd, use of slots */
    struct link *v, *free;
    size_t n, used;
    _Atomic int64_t accepted, reaped;
};

void links_init(struct links *l, struct arena *a, size_t n);
void links_done(struct links *l);
/* A slot for a socket; NULL when all are taken (the connection is then refused). */
struct link *link_open(struct links *l, int fd);
void link_close(struct links *l, struct link *k);
/* seconds 0: no deadline. */
void link_phase(struct link *k, enum link_phase phase, int64_t seconds);
/* Frees the request's memory, keeps what the next one can use. */
void link_clear(struct link *k);
/* Shuts down every socket past its deadline. */
void links_reap(struct links *l, int64_t now);
/* Shuts down those in one of the phases of mask (1 << phase). */
void links_shut(struct links *l, unsigned mask);
size_t links_used(struct links *l);
#endif
