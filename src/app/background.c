#include "app/background.h"
#include "base/log.h"
#include <pthread.h>
#include <sys/resource.h>

enum { CHORES_MAX = 16, TICK_MS = 200, GATHER_MS = 50, NICE = 5 };

struct background {
    struct app *app;
    const struct chore *v;
    size_t n;
    int64_t due_us[CHORES_MAX];
    pthread_t thread;
    pthread_mutex_t lock;
    pthread_cond_t news;
    bool woken, stop;
};

static void run_one(struct background *b, size_t i)
{
    bool more = true;
    while (more) {
        struct err e = { 0 };
        more = false;
        if (!b->v[i].run(b->app, &more, &e)) {
            if (e.id != ERR_CONFLICT)
                log_event(LOG_WARN, "background", "chore=%s error=%s %s", b->v[i].name,
                          err_slug(e.id), e.detail);
            return;
        }
        pthread_mutex_lock(&b->lock);
        more &= !b->stop;
        pthread_mutex_unlock(&b->lock);
    }
}

static struct timespec in_ms(long ms)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    t.tv_nsec += ms * 1000000;
    t.tv_sec += t.tv_nsec / 1000000000;
    t.tv_nsec %= 1000000000;
    return t;
}

/* Whoever took each event as it comes would commit and sync as often as those it
 * follows, and be in their way: events are let come together for a moment. */
static void gather(struct background *b)
{
    struct timespec until = in_ms(GATHER_MS);
    pthread_mutex_lock(&b->lock);
    while (!b->stop && pthread_cond_timedwait(&b->news, &b->lock, &until) == 0)
        ;
    b->woken = false;
    pthread_mutex_unlock(&b->lock);
}

/* Waits for news, the stop or a tick; true when the feed grew. */
static bool await(struct background *b, bool *stop)
{
    struct timespec until = in_ms(TICK_MS);
    pthread_mutex_lock(&b->lock);
    while (!b->woken && !b->stop
           && pthread_cond_timedwait(&b->news, &b->lock, &until) == 0)
        ;
    bool woken = b->woken;
    b->woken = false;
    *stop = b->stop;
    pthread_mutex_unlock(&b->lock);
    return woken;
}

static void *work(void *arg)
{
    struct background *b = arg;
    bool stop = false, woken = true;
    setpriority(PRIO_PROCESS, 0, NICE); /* this thread's: people come before chores */
    while (!stop) {
        int64_t now = clock_us();
        for (size_t i = 0; i < b->n; i++)
            if ((b->v[i].follows_feed && woken) || now >= b->due_us[i]) {
                run_one(b, i);
                b->due_us[i] = clock_us() + b->v[i].every_ms * 1000;
            }
        woken = await(b, &stop);
        if (woken && !stop)
            gather(b);
    }
    return NULL;
}

struct background *background_start(struct app *app, const struct chore *v, size_t n,
                                    struct err *e)
{
    struct background *b = arena_new(app->a, struct background);
    if (n > CHORES_MAX) {
        err_internal(e, "too many chores");
        return NULL;
    }
    *b = (struct background){ .app = app, .v = v, .n = n };
    pthread_mutex_init(&b->lock, NULL);
    pthread_condattr_t monotonic;       /* a wall clock set anew holds nothing up */
    pthread_condattr_init(&monotonic);
    pthread_condattr_setclock(&monotonic, CLOCK_MONOTONIC);
    pthread_cond_init(&b->news, &monotonic);
    pthread_condattr_destroy(&monotonic);
    if (pthread_create(&b->thread, NULL, work, b) != 0) {
        err_internal(e, "cannot start a thread");
        return NULL;
    }
    return b;
}

void background_wake(struct background *b)
{
    if (!b)
        return;
    pthread_mutex_lock(&b->lock);
    b->woken = true;
    pthread_cond_signal(&b->news);
    pthread_mutex_unlock(&b->lock);
}

void background_stop(struct background *b)
{
    if (!b)
        return;
    pthread_mutex_lock(&b->lock);
    b->stop = true;
    pthread_cond_signal(&b->news);
    pthread_mutex_unlock(&b->lock);
    pthread_join(b->thread, NULL);
}
