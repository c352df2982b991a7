/* db_queue.c - jobs waiting for a database thread. */
#include "db/db_driver.h"

void db_queue_init(struct db_queue *q, size_t max)
{
    *q = (struct db_queue){ .max = max };
    pthread_mutex_init(&q->lock, NULL);
    pthread_cond_init(&q->some, NULL);
}

void db_queue_done(struct db_queue *q)
{
    pthread_cond_destroy(&q->some);
    pthread_mutex_destroy(&q->lock);
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
        pthread_cond_signal(&q->some);
    }
    pthread_mutex_unlock(&q->lock);
    return ok;
}

struct db_job *db_queue_take(struct db_queue *q, size_t max, size_t *n)
{
    pthread_mutex_lock(&q->lock);
    while (!q->head && !q->stopping)
        pthread_cond_wait(&q->some, &q->lock);
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
    pthread_cond_broadcast(&q->some);
    pthread_mutex_unlock(&q->lock);
}
