#include "app/answer.h"
#include "app/codebook.h"
#include "app/memo.h"

/* An answer may sit on either of two seats; too many bytes, and all is forgotten. */
enum { SEATS = 2048, BODY_MAX = 32 << 10, BYTES_MAX = 4 << 20 };

struct made { int64_t people, names, book, of[ANSWER_FROM_MAX]; };

struct answer {
    struct digest key;                  /* who asks what */
    struct made from;
    bool numbered;                      /* from is known: it may be kept */
    struct stamp until;
    int64_t snapshot;                   /* in which it was right, 0 if it has to be asked */
    struct sight sight;
    int64_t version;
    bool clocked;
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

static struct answer *question_of(struct req *r)
{
    if (!r->keep) {
        struct answer *x = arena_new(r->a, struct answer);
        x->key = key_of(r);
        r->keep = x;
    }
    return r->keep;
}

static struct answer *seat_taken(const struct req *r, const struct digest *key)
{
    struct answer *seat = seat_of(answers_of(db_conn_keep(r->c)), key);
    return digest_eq(&seat->key, key) && r->now.ms < seat->until.ms ? seat : NULL;
}

static struct stamp minute_end(struct stamp now)
{
    return (struct stamp){ (now.ms / STAMP_MINUTE + 1) * STAMP_MINUTE };
}

bool answer_kept(struct req *r, const int64_t *from, size_t n, bool *found, struct err *e)
{
    *found = false;
    if (!r->target.n)                   /* a tool or a job asks: nothing is encoded */
        return true;
    if (n > ANSWER_FROM_MAX)
        return err_internal(e, "an answer from %zu numbers", n);
    struct answer *x = question_of(r);
    if (!memo_epochs(r, &x->from.people, &x->from.names, e))
        return false;
    x->from.book = codebook_seq(r->app);
    memcpy(x->from.of, from, n * sizeof *from);
    x->numbered = true;
    x->until = minute_end(r->now);
    const struct answer *seat = r->no_cache ? NULL : seat_taken(r, &x->key);
    *found = seat && !memcmp(&seat->from, &x->from, sizeof x->from);
    if (*found)
        r->kept = seat->body;
    return true;
}

void answer_until(struct req *r, struct stamp until)
{
    struct answer *x = r->keep;
    if (x && until.ms < x->until.ms)
        x->until = until;
}

/* A look that has still to be recorded asks for itself the next time. */
static void note_snapshot(struct req *r, struct answer *x)
{
    x->snapshot = r->then_write ? 0 : db_conn_snapshot(r->c);
    x->sight = r->sight;
    x->version = r->version;
    x->clocked = r->clocked;
}

bool answer_again(struct req *r)
{
    int64_t now = db_conn_snapshot(r->c);
    if (!now || !r->who || !r->target.n || r->no_cache)
        return false;
    const struct answer *seat = seat_taken(r, &question_of(r)->key);
    if (!seat || seat->snapshot != now || seat->from.book != codebook_seq(r->app))
        return false;
    r->kept = seat->body;
    r->sight = seat->sight;
    r->version = seat->version;
    r->clocked = seat->clocked;
    return true;
}

void answer_keep(struct req *r, struct str body)
{
    struct answer *x = r->keep;
    struct answers *all = answers_of(db_conn_keep(r->c));
    if (!x->numbered || body.n > BODY_MAX)
        return;
    if (r->kept.n) {
        note_snapshot(r, seat_of(all, &x->key));
        return;
    }
    note_snapshot(r, x);
    if (all->a.bytes > BYTES_MAX) {
        arena_clear(&all->a);
        memset(all->seat, 0, sizeof all->seat);
    }
    x->body = arena_dup(&all->a, body);
    *seat_of(all, &x->key) = *x;
}
