/* keeper.c - one loop: wait for a wake or the next second, look, go on. */
#include "http/keeper.h"
#include "base/stamp.h"

enum { GATHER_MIN_US = 50000, GATHER_STREAM_US = 500, GATHER_MAX_US = 1000000, TICK_US = 500000 };

static struct timespec at_us(int64_t us)
{
    return (struct timespec){ us / 1000000, (us % 1000000) * 1000 };
}

/* Waits until the clock says until, or (from from on) until the feed grew.
 * False when the keeper is to end. */
static bool keeper_wait(struct keeper *k, int64_t from, int64_t until)
{
    pthread_mutex_lock(&k->lock);
    for (int64_t now = clock_us(); !k->ended && now < until; now = clock_us()) {
        bool ready = now >= from;
        if (ready && atomic_load(&k->grew))
            break;
        struct timespec end = at_us(ready ? until : MIN(from, until));
        pthread_cond_clockwait(&k->more, &k->lock, CLOCK_MONOTONIC, &end);
    }
    bool go = !k->ended;
    pthread_mutex_unlock(&k->lock);
    return go;
}

static void *keeper_main(void *arg)
{
    struct keeper *k = arg;
    int64_t tick = clock_us() + TICK_US, from = 0;
    while (keeper_wait(k, from, tick)) {
        int64_t now = clock_us();
        bool grew = now >= from && atomic_exchange(&k->grew, false);
        streams_look(k->streams, grew, now);
        if (grew) {
            int64_t gather = (int64_t)streams_count(k->streams) * GATHER_STREAM_US;
            from = now + MIN(MAX(gather, GATHER_MIN_US), GATHER_MAX_US);
        }
        if (now >= tick) {
            links_reap(k->links, now);
            tick = now + TICK_US;
        }
    }
    return NULL;
}

bool keeper_start(struct keeper *k, struct links *links, struct streams *streams, struct err *e)
{
    *k = (struct keeper){ .links = links, .streams = streams, .made = true };
    pthread_mutex_init(&k->lock, NULL);
    pthread_cond_init(&k->more, NULL);
    if (pthread_create(&k->thread, NULL, keeper_main, k))
        return err_internal(e, "cannot start the keeper");
    k->started = true;
    return true;
}

void keeper_wake(struct keeper *k)
{
    if (atomic_exchange(&k->grew, true))
        return;                         /* nobody has looked since the last wake */
    pthread_mutex_lock(&k->lock);
    pthread_cond_signal(&k->more);
    pthread_mutex_unlock(&k->lock);
}

void keeper_stop(struct keeper *k)
{
    if (!k->started)
        return;
    pthread_mutex_lock(&k->lock);
    k->ended = true;
    pthread_cond_signal(&k->more);
    pthread_mutex_unlock(&k->lock);
    pthread_join(k->thread, NULL);
    k->started = false;
}

void keeper_done(struct keeper *k)
{
    if (!k->made)
        return;
    pthread_cond_destroy(&k->more);
    pthread_mutex_destroy(&k->lock);
}
