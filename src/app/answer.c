#include "app/answer.h"
#include "app/codebook.h"
#include "app/memo.h"

/* An answer may sit on either of two seats; too many bytes, and all is forgotten. */
enum { SEATS = 2048, BODY_MAX = 32 << 10, BYTES_MAX = 4 << 20 };

struct made { int64_t people, names, book, of[ANSWER_FROM_MAX]; };

struct answer {
    struct digest key;                  /* who asks what */
    struct made from;
    struct stamp until;
    struct str body;
};

struct answers { struct arena a; struct answer seat[SEATS]; };

static void forget(void *p)
{
    arena_done(p);
}

static struct answers *answers_of(struct db_keep *k)
{
    if (!k->v[KEEP_ANSWERS]) {
        struct answers *all = arena_new(k->a, struct answers);
        arena_defer(k->a, forget, &all->a);
        k->v[KEEP_ANSWERS] = all;
    }
    return k->v[KEEP_ANSWERS];
}

/* Where it sits, or, if it does not, the seat of the one that ends first. */
static struct answer *seat_of(struct answers *all, const struct digest *key)
{
    struct answer *x = &all->seat[(key->b[0] << 8 | key->b[1]) % SEATS & ~1];
    if (digest_eq(&x[0].key, key) || digest_eq(&x[1].key, key))
        return digest_eq(&x[0].key, key) ? &x[0] : &x[1];
    return x[0].until.ms <= x[1].until.ms ? &x[0] : &x[1];
}

static struct digest key_of(const struct req *r)
{
    struct { struct id session, post; uint64_t perms; uint64_t lang; } who = {
        r->who->session, r->who->post, r->who->perms, r->lang };
    size_t n = sizeof who + r->target.n;
    char *text = arena_alloc(r->a, n);
    memcpy(text, &who, sizeof who);
    memcpy(text + sizeof who, r->target.p, r->target.n);
    return digest_local((struct str){ r->app->local_key, sizeof r->app->local_key },
                        (struct str){ text, n });
}

static struct stamp minute_end(struct stamp now)
{
    return (struct stamp){ (now.ms / STAMP_MINUTE + 1) * STAMP_MINUTE };
}

bool answer_kept(struct req *r, const int64_t *from, size_t n, bool *found, struct err *e)
{
    struct answer *x = arena_new(r->a, struct answer);
    *found = false;
    if (!r->target.n)                   /* a tool or a job asks: nothing is encoded */
        return true;
    if (n > ANSWER_FROM_MAX)
        return err_internal(e, "an answer from %zu numbers", n);
    if (!memo_epochs(r, &x->from.people, &x->from.names, e))
        return false;
    x->from.book = codebook_seq(r->app);
    memcpy(x->from.of, from, n * sizeof *from);
    x->key = key_of(r);
    x->until = minute_end(r->now);
    const struct answer *seat = seat_of(answers_of(db_conn_keep(r->c)), &x->key);
    *found = !r->no_cache && r->now.ms < seat->until.ms && digest_eq(&seat->key, &x->key)
          && !memcmp(&seat->from, &x->from, sizeof x->from);
    if (*found)
        r->kept = seat->body;
    else
        r->keep = x;
    return true;
}

void answer_until(struct req *r, struct stamp until)
{
    struct answer *x = r->keep;
    if (x && until.ms < x->until.ms)
        x->until = until;
}

void answer_keep(struct req *r, struct str body)
{
    struct answer *x = r->keep;
    struct answers *all = answers_of(db_conn_keep(r->c));
    if (body.n > BODY_MAX)
        return;
    if (all->a.bytes > BYTES_MAX) {
        arena_clear(&all->a);
        memset(all->seat, 0, sizeof all->seat);
    }
    x->body = arena_dup(&all->a, body);
    *seat_of(all, &x->key) = *x;
}
