/* feed_sequencer.c - the thread that numbers what waits.
 *
 * Every process runs one; the lease lets one of them work. It looks before it
 * takes the lease, so that an idle installation writes nothing. */
#include "db/feed.h"
#include "base/log.h"
#include <pthread.h>

enum { TICK_MS = 50, BATCH = 1000 };

struct feed_sequencer {
    struct db *db;
    char holder[64];
    void (*moved)(void *ctx);
    void *ctx;
    pthread_t thread;
    pthread_mutex_t lock;
    pthread_cond_t wake;
    bool woken, ending;
};

struct turn { struct db_job job; struct str holder; int64_t waiting, moved; };

static bool run_look(struct db_job *job, struct db_conn *c, struct err *e)
{
    struct turn *t = (struct turn *)job;
    t->waiting = 0;
    return db_int(c, e, &t->waiting, SQL("SELECT 1 FROM feed_pending LIMIT 1"));
}

static bool run_move(struct db_job *job, struct db_conn *c, struct err *e)
{
    struct turn *t = (struct turn *)job;
    return feed_sequence(c, t->holder, BATCH, &t->moved, e);
}

/* Another process has the lease. Its own try woke this thread like every commit does:
 * it would try on and on. */
static void wait_for_tick(struct feed_sequencer *q)
{
    pthread_mutex_lock(&q->lock);
    q->woken = false;
    pthread_mutex_unlock(&q->lock);
}

static bool move_all(struct feed_sequencer *q)
{
    struct turn t = { .holder = str_of(q->holder) };
    struct err e = { 0 };
    bool any = false;
    do {
        t.moved = 0;
        t.job.run = run_look;
        if (!db_read_wait(q->db, &t.job, &e) || !t.waiting)
            break;
        t.job.run = run_move;
        if (!db_write_wait(q->db, &t.job, &e))
            break;
        any |= t.moved > 0;
    } while (t.moved > 0);
    if (t.waiting && !t.moved)
        wait_for_tick(q);
    if (err_is_set(&e))
        log_event(LOG_DEBUG, "feed.sequence", "%s %s", err_slug(e.id), e.detail);
    return any;
}

/* true to go on, with *woken when somebody called. */
static bool wait_turn(struct feed_sequencer *q, bool *woken)
{
    struct timespec until;
    clock_gettime(CLOCK_MONOTONIC, &until);
    until.tv_nsec += TICK_MS * 1000000L;
    until.tv_sec += until.tv_nsec / 1000000000;
    until.tv_nsec %= 1000000000;
    bool timed = db_engine_of(q->db) == DB_PGSQL;
    pthread_mutex_lock(&q->lock);
    while (!q->woken && !q->ending)
        if (!timed)
            pthread_cond_wait(&q->wake, &q->lock);
        else if (pthread_cond_timedwait(&q->wake, &q->lock, &until) != 0)
            break;
    *woken = q->woken;
    q->woken = false;
    bool more = !q->ending;
    pthread_mutex_unlock(&q->lock);
    return more;
}

static void *sequencer_main(void *arg)
{
    struct feed_sequencer *q = arg;
    bool woken, pgsql = db_engine_of(q->db) == DB_PGSQL;
    while (wait_turn(q, &woken)) {
        bool news = pgsql ? move_all(q) : woken;
        if (news && q->moved)
            q->moved(q->ctx);
    }
    return NULL;
}

struct feed_sequencer *feed_sequencer_open(struct db *db, struct str holder,
                                           void (*moved)(void *ctx), void *ctx, struct err *e)
{
    struct feed_sequencer *q = calloc(1, sizeof *q);
    if (!q)
        abort();
    *q = (struct feed_sequencer){ .db = db, .moved = moved, .ctx = ctx };
    snprintf(q->holder, sizeof q->holder, "%.*s", STR_ARG(holder));
    pthread_condattr_t monotonic;
    pthread_condattr_init(&monotonic);
    pthread_condattr_setclock(&monotonic, CLOCK_MONOTONIC);
    pthread_cond_init(&q->wake, &monotonic);
    pthread_condattr_destroy(&monotonic);
    pthread_mutex_init(&q->lock, NULL);
    if (pthread_create(&q->thread, NULL, sequencer_main, q) == 0)
        return q;
    free(q);
    err_detail(e, ERR_UNAVAILABLE, "no thread for the feed");
    return NULL;
}

void feed_sequencer_wake(struct feed_sequencer *q)
{
    if (!q)
        return;
    pthread_mutex_lock(&q->lock);
    q->woken = true;
    pthread_cond_signal(&q->wake);
    pthread_mutex_unlock(&q->lock);
}

void feed_sequencer_close(struct feed_sequencer *q)
{
    if (!q)
        return;
    pthread_mutex_lock(&q->lock);
    q->ending = true;
    pthread_cond_signal(&q->wake);
    pthread_mutex_unlock(&q->lock);
    pthread_join(q->thread, NULL);
    pthread_cond_destroy(&q->wake);
    pthread_mutex_destroy(&q->lock);
    free(q);
}
