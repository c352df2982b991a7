/* link.c - slots of connections, taken and given back under one lock. */
#include "http/link.h"
#include "base/stamp.h"
#include <sys/socket.h>

enum { KEEP_BYTES = 32 * 1024, BUF_MAX_BYTES = 16 * 1024 * 1024 };

void links_init(struct links *l, struct arena *a, size_t n)
{
    *l = (struct links){ .v = arena_array(a, struct link, n), .n = n };
    pthread_mutex_init(&l->lock, NULL);
    for (size_t i = n; i-- > 0; ) {
        l->v[i].fd = -1;
        buf_init(&l->v[i].in, BUF_MAX_BYTES);
        buf_init(&l->v[i].out, BUF_MAX_BYTES);
        buf_init(&l->v[i].zip, BUF_MAX_BYTES);
        l->v[i].next = l->free;
        l->free = &l->v[i];
    }
}

static void link_done(struct link *k)
{
    arena_done(&k->a);
    buf_done(&k->in);
    buf_done(&k->out);
    buf_done(&k->zip);
}

void links_done(struct links *l)
{
    for (size_t i = 0; i < l->n; i++)
        link_done(&l->v[i]);
    pthread_mutex_destroy(&l->lock);
}

struct link *link_open(struct links *l, int fd)
{
    pthread_mutex_lock(&l->lock);
    struct link *k = l->free;
    if (k) {
        l->free = k->next;
        l->used++;
        k->fd = fd;
        k->served = false;
        random_bytes(&k->ids.s, sizeof k->ids.s);
    }
    pthread_mutex_unlock(&l->lock);
    atomic_fetch_add_explicit(&l->accepted, 1, memory_order_relaxed);
    return k;
}

static void buf_rest(struct buf *b)
{
    if (b->cap > KEEP_BYTES) {
        buf_done(b);
        buf_init(b, BUF_MAX_BYTES);
    } else {
        buf_clear(b);
    }
}

void link_clear(struct link *k)
{
    arena_clear(&k->a);
    buf_rest(&k->in);
    buf_rest(&k->out);
    buf_rest(&k->zip);
}

void link_close(struct links *l, struct link *k)
{
    link_done(k);
    buf_init(&k->in, BUF_MAX_BYTES);
    buf_init(&k->out, BUF_MAX_BYTES);
    buf_init(&k->zip, BUF_MAX_BYTES);
    link_phase(k, LINK_FREE, 0);
    pthread_mutex_lock(&l->lock);
    k->fd = -1;
    k->next = l->free;
    l->free = k;
    l->used--;
    pthread_mutex_unlock(&l->lock);
}

void link_phase(struct link *k, enum link_phase phase, int64_t seconds)
{
    atomic_store(&k->deadline, seconds ? clock_us() + seconds * 1000000 : 0);
    atomic_store(&k->phase, phase);
}

void links_reap(struct links *l, int64_t now)
{
    pthread_mutex_lock(&l->lock);
    for (size_t i = 0; i < l->n && l->used; i++) {
        struct link *k = &l->v[i];
        int64_t deadline = atomic_load(&k->deadline);
        if (k->fd < 0 || deadline == 0 || now < deadline)
            continue;
        shutdown(k->fd, SHUT_RDWR);
        atomic_store(&k->deadline, 0);
        l->reaped++;
    }
    pthread_mutex_unlock(&l->lock);
}

void links_shut(struct links *l, unsigned mask)
{
    pthread_mutex_lock(&l->lock);
    for (size_t i = 0; i < l->n && l->used; i++)
        if (l->v[i].fd >= 0 && mask & 1U << atomic_load(&l->v[i].phase))
            shutdown(l->v[i].fd, SHUT_RDWR);
    pthread_mutex_unlock(&l->lock);
}

size_t links_used(struct links *l)
{
    pthread_mutex_lock(&l->lock);
    size_t used = l->used;
    pthread_mutex_unlock(&l->lock);
    return used;
}
