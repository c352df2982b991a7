/* rate.c - the buckets' table: sets of eight, found by a keyed hash so that
 * nobody can aim at another's set. */
#include "http/rate.h"
#include "base/random.h"
#include <arpa/inet.h>
#include <pthread.h>

enum { WAYS = 8, LOCKS = 16 };
#define MINUTE_US INT64_C(60000000)

struct bucket { uint64_t key; int64_t at; int64_t micro; };     /* micro: tokens × 1e6 */
struct rate_table {
    uint64_t secret[2];
    size_t sets;
    pthread_mutex_t lock[LOCKS];
    struct bucket *v;
};

struct rate_table *rate_make(struct arena *a, size_t sets)
{
    struct rate_table *t = arena_new(a, struct rate_table);
    random_bytes(t->secret, sizeof t->secret);
    t->sets = sets;
    t->v = arena_array(a, struct bucket, sets * WAYS);
    for (size_t i = 0; i < LOCKS; i++)
        pthread_mutex_init(&t->lock[i], NULL);
    return t;
}

void rate_done(struct rate_table *t)
{
    for (size_t i = 0; t && i < LOCKS; i++)
        pthread_mutex_destroy(&t->lock[i]);
}

static uint64_t mix(uint64_t v)
{
    struct dice d = { v };
    return dice_next(&d);
}

/* Never 0, which marks a free bucket. */
static uint64_t key_of(const struct rate_table *t, struct str key, unsigned class)
{
    uint64_t h = t->secret[0] ^ class;
    for (size_t i = 0; i < key.n; i += 8) {
        uint64_t word = 0;
        memcpy(&word, key.p + i, MIN(key.n - i, sizeof word));
        h = mix(h ^ word) + t->secret[1];
    }
    return mix(h ^ key.n) | 1;
}

static void refill(struct bucket *b, unsigned a_minute, int64_t now)
{
    int64_t full = (int64_t)a_minute * 1000000, gone = MIN(now - b->at, MINUTE_US);
    if (gone > 0)
        b->micro = MIN(full, b->micro + gone * a_minute / 60);
    b->at = now;
}

static struct bucket *bucket_of(struct bucket *set, uint64_t key, unsigned a_minute, int64_t now)
{
    struct bucket *worst = set;
    for (size_t i = 0; i < WAYS; i++) {
        if (set[i].key == key)
            return &set[i];
        if (set[i].key == 0)
            set[i].micro = INT64_MAX;
        if (set[i].micro > worst->micro)
            worst = &set[i];
    }
    *worst = (struct bucket){ .key = key, .at = now, .micro = (int64_t)a_minute * 1000000 };
    return worst;
}

unsigned rate_take(struct rate_table *t, struct str key, unsigned class, unsigned a_minute,
                   int64_t now_us)
{
    if (a_minute == 0)
        return 0;
    uint64_t h = key_of(t, key, class);
    size_t set = (size_t)(h >> 8) % t->sets;
    pthread_mutex_t *lock = &t->lock[set % LOCKS];
    unsigned wait = 0;
    pthread_mutex_lock(lock);
    struct bucket *b = bucket_of(&t->v[set * WAYS], h, a_minute, now_us);
    refill(b, a_minute, now_us);
    if (b->micro >= 1000000)
        b->micro -= 1000000;
    else
        wait = (unsigned)((1000000 - b->micro) * 60 / a_minute / 1000000 + 1);
    pthread_mutex_unlock(lock);
    return wait;
}

static struct str account_key(struct arena *a, struct id account)
{
    static const char by[] = "account ";
    char *p = arena_alloc(a, sizeof by + 20);
    memcpy(p, by, sizeof by - 1);
    return (struct str){ p, (size_t)(str_put_i64(p + sizeof by - 1, account.v) - p) };
}

struct str rate_key(struct arena *a, struct id account, const char *address)
{
    if (account.v)
        return account_key(a, account);
    unsigned char v6[16];
    static const unsigned char mapped[12] = { [10] = 0xff, [11] = 0xff };
    if (inet_pton(AF_INET6, address, v6) != 1)
        return arena_dup(a, str_of(address));
    size_t n = memcmp(v6, mapped, sizeof mapped) ? 8 : 16;
    return arena_dup(a, (struct str){ (const char *)v6, n });
}
