/* db_queue.c - jobs waiting for a database thread. */
#include "db/db_driver.h"

struct db_waiter { pthread_cond_t come; struct db_waiter *next; bool called; };

void db_queue_init(struct db_queue *q, size_t max)
{
    *q = (struct db_queue){ .max = max };
    pthread_mutex_init(&q->lock, NULL);
}

void db_queue_done(struct db_queue *q)
{
    pthread_mutex_destroy(&q->lock);
}

static void call(struct db_queue *q)
{
    struct db_waiter *w = q->waiting;
    if (!w)
        return;
    q->waiting = w->next;
    w->called = true;
    pthread_cond_signal(&w->come);
}

static void wait_here(struct db_queue *q)
{
    struct db_waiter me = { .come = PTHREAD_COND_INITIALIZER, .next = q->waiting };
    q->waiting = &me;
    while (!me.called)
        pthread_cond_wait(&me.come, &q->lock);
    pthread_cond_destroy(&me.come);
}

bool db_queue_put(struct db_queue *q, struct db_job *job)
{
    job->next = NULL;
    pthread_mutex_lock(&q->lock);
    bool ok = !q->stopping && q->n < q->max;
    if (ok) {
        *(q->head ? &q->last->next : &q->head) = job;
        q->last = job;
        q->n++;
        call(q);
    }
    pthread_mutex_unlock(&q->lock);
    return ok;
}

struct db_job *db_queue_take(struct db_queue *q, size_t max, size_t *n)
{
    pthread_mutex_lock(&q->lock);
    while (!q->head && !q->stopping)
        wait_here(q);
    struct db_job *first = q->head, *last = NULL;
    for (*n = 0; q->head && *n < max; ++*n) {
        last = q->head;
        q->head = last->next;
    }
    q->n -= *n;
    if (last)
        last->next = NULL;
    pthread_mutex_unlock(&q->lock);
    return first;
}

void db_queue_stop(struct db_queue *q)
{
    pthread_mutex_lock(&q->lock);
    q->stopping = true;
    while (q->waiting)
        call(q);
    pthread_mutex_unlock(&q->lock);
}
