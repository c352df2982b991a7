#include "base/id.h"
#include "tap.h"
#include <pthread.h>

enum { EACH = 20000, THREADS = 4 };
static int64_t ids[THREADS][EACH];
static void *make(void *at)
{
    for (int i = 0; i < EACH; i++)
        ((int64_t *)at)[i] = id_make().v;
    return NULL;
}
static int by_value(const void *a, const void *b)
{
    int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
    return (x > y) - (x < y);
}

int main(void)
{
    pthread_t t[THREADS];
    id_start(3, 0);
    for (int i = 0; i < THREADS; i++)
        pthread_create(&t[i], NULL, make, ids[i]);
    int bad = 0;
    for (int i = 0; i < THREADS; i++) {
        pthread_join(t[i], NULL);
        for (int k = 1; k < EACH; k++)
            bad += ids[i][k] <= ids[i][k - 1];
    }
    OK_INT(bad, 0);                                 /* each thread's grow */
    int64_t *all = ids[0];
    qsort(all, (size_t)THREADS * EACH, sizeof *all, by_value);
    for (size_t k = 1; k < (size_t)THREADS * EACH; k++)
        bad += all[k] == all[k - 1];
    OK_INT(bad, 0);                                 /* no two the same */
    int64_t ahead = all[THREADS * EACH - 1] + (INT64_C(3600000) << 22);
    id_start(3, ahead);
    OK(id_make().v > ahead);                        /* never backwards, even after a bad clock */
    return tap_end();
}
