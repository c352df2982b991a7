/* slow.c - the slow pool: one queue, one lock, a few threads. */
#include "http/call.h"

enum { SLOW_THREADS_MAX = 64 };

struct slow_pool {
    pthread_mutex_t lock;
    pthread_cond_t more;
    pthread_t thread[SLOW_THREADS_MAX];
    unsigned threads;
    struct call *first, **last;
    size_t n, max;
    bool stopped;
    void (*run)(struct call *c);
};

static struct call *slow_take(struct slow_pool *p)
{
    pthread_mutex_lock(&p->lock);
    while (!p->first && !p->stopped)
        pthread_cond_wait(&p->more, &p->lock);
    struct call *c = p->first;
    if (c) {
        p->first = c->next;
        p->last = p->first ? p->last : &p->first;
        p->n--;
    }
    pthread_mutex_unlock(&p->lock);
    return c;
}

static void *slow_main(void *arg)
{
    struct slow_pool *p = arg;
    for (struct call *c; (c = slow_take(p)); )
        p->run(c);
    return NULL;
}

struct slow_pool *slow_start(struct arena *a, unsigned threads, size_t queue_max,
                             void (*run)(struct call *c), struct err *e)
{
    struct slow_pool *p = arena_new(a, struct slow_pool);
    *p = (struct slow_pool){ .max = queue_max, .run = run, .last = &p->first };
    pthread_mutex_init(&p->lock, NULL);
    pthread_cond_init(&p->more, NULL);
    while (p->threads < MIN(threads, (unsigned)SLOW_THREADS_MAX)) {
        if (pthread_create(&p->thread[p->threads], NULL, slow_main, p)) {
            err_internal(e, "cannot start a slow thread");
            slow_stop(p);
            slow_done(p);
            return NULL;
        }
        p->threads++;
    }
    return p;
}

bool slow_push(struct slow_pool *p, struct call *c)
{
    pthread_mutex_lock(&p->lock);
    bool room = p->n < p->max && !p->stopped;
    if (room) {
        c->next = NULL;
        *p->last = c;
        p->last = &c->next;
        p->n++;
        pthread_cond_signal(&p->more);
    }
    pthread_mutex_unlock(&p->lock);
    return room;
}

size_t slow_waiting(struct slow_pool *p)
{
    pthread_mutex_lock(&p->lock);
    size_t n = p->n;
    pthread_mutex_unlock(&p->lock);
    return n;
}

void slow_stop(struct slow_pool *p)
{
    if (!p)
        return;
    pthread_mutex_lock(&p->lock);
    p->stopped = true;
    pthread_cond_broadcast(&p->more);
    pthread_mutex_unlock(&p->lock);
    for (unsigned i = 0; i < p->threads; i++)
        pthread_join(p->thread[i], NULL);
}

void slow_done(struct slow_pool *p)
{
    if (!p)
        return;
    pthread_cond_destroy(&p->more);
    pthread_mutex_destroy(&p->lock);
}
