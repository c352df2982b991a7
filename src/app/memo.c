#include "app/memo.h"

/* One seat each: the newer takes the older one's. */
enum { WHO_SEATS = 512, NAME_SEATS = 2048, BYTES_MAX = 256 << 10 };

struct kept_name { uint64_t age; struct id id; unsigned what; struct str text; };
struct kept_who { uint64_t age; struct digest key; struct who who; };
struct memo {
    uint64_t run;                       /* of the job that asked the epoch last */
    uint64_t age;                       /* grows when all is forgotten: older seats are free */
    int64_t epoch;
    struct day day;                     /* posts and bodies hold by days */
    struct arena a;                     /* the texts */
    struct kept_who who[WHO_SEATS];
    struct kept_name name[NAME_SEATS];
};

/* Written by statements that change none of what is kept: loads, last uses, what is
 * new and therefore in nobody's memory, what has expired anyway, a password. */
static const char *const watched[] = { "account", "post", "org", "area", "session", "token", NULL };
static const char *const quiet[] = {
    "UPDATE org SET open_load = ", "UPDATE session SET seen_at = ", "UPDATE token SET seen_at = ",
    "INSERT INTO session ", "INSERT INTO token ", "DELETE FROM session WHERE expires_at < ",
    "UPDATE account SET password = $5, totp_last = $6 ", NULL };
const struct db_watch memo_watch = { watched, quiet };

bool memo_before_commit(struct db_conn *c, void *ctx UNUSED, struct err *e)
{
    return !db_conn_touched(c)
        || db_exec(c, e, NULL, SQL("UPDATE epoch SET value = value + 1 WHERE id = 1"));
}

static void forget_texts(void *p)
{
    arena_done(p);
}

static void forget(struct memo *m)
{
    arena_clear(&m->a);
    m->age++;
}

static struct memo *memo_of(struct db_keep *k)
{
    if (!k->v) {
        struct memo *m = arena_new(k->a, struct memo);
        arena_defer(k->a, forget_texts, &m->a);
        m->age = 1;
        k->v = m;
    }
    return k->v;
}

static struct memo *memo_get(struct req *r, struct err *e)
{
    struct db_keep *k = db_conn_keep(r->c);
    struct memo *m = memo_of(k);
    struct day today = day_of_stamp(r->now);
    int64_t epoch = 0;
    if (m->run == k->run)
        return m;
    if (!db_int(r->c, e, &epoch, SQL("SELECT value FROM epoch WHERE id = 1")))
        return NULL;
    if (m->epoch != epoch || m->day.n != today.n || m->a.bytes > BYTES_MAX)
        forget(m);
    m->epoch = epoch;
    m->day = today;
    m->run = k->run;
    return m;
}

/* A transaction that changed something itself sees what nobody else does yet. */
static bool is_own_view(const struct req *r)
{
    return db_conn_touched(r->c);
}

/* ---- sign-ins ---- */

static struct kept_who *who_seat(struct memo *m, const struct digest *key)
{
    return &m->who[(key->b[0] << 8 | key->b[1]) % WHO_SEATS];
}

struct digest memo_key(const struct app *app, bool token, struct str secret)
{
    struct digest d = digest_local((struct str){ app->local_key, sizeof app->local_key }, secret);
    d.b[DIGEST_LEN - 1] ^= token;       /* a cookie is no token, whatever it says */
    return d;
}

bool memo_who_find(struct req *r, const struct digest *key, const struct who **out, struct err *e)
{
    struct memo *m = memo_get(r, e);
    if (!m)
        return false;
    const struct kept_who *seat = who_seat(m, key);
    bool fits = !is_own_view(r) && seat->age == m->age && digest_eq(&seat->key, key);
    *out = fits ? &seat->who : NULL;
    return true;
}

void memo_who_copy(struct arena *a, const struct who *from, struct who *to)
{
    *to = *from;
    for (size_t i = 0; i < who_record.n; i++) {
        const struct field *f = &who_record.f[i];
        struct str *s = (struct str *)(void *)((char *)to + f->offset);
        if (f->type == F_STR)
            *s = arena_dup(a, *s);
    }
    to->csrf = arena_dup(a, to->csrf);
}

void memo_who_keep(struct req *r, const struct digest *key, const struct who *w)
{
    struct db_keep *k = db_conn_keep(r->c);
    struct memo *m = k->v;
    if (!m || m->run != k->run || is_own_view(r))
        return;
    struct kept_who *seat = who_seat(m, key);
    seat->age = m->age;
    seat->key = *key;
    memo_who_copy(&m->a, w, &seat->who);
}

/* ---- names ---- */

static bool ask_name(struct req *r, enum memo_name what, struct id id, struct str *out,
                     struct err *e)
{
    *out = STR("");
    switch (what) {
    case MEMO_AREA:
        return db_text(r->c, e, r->a, out, SQL("SELECT name FROM area WHERE id = $1"), V(id));
    case MEMO_ORG:
        return db_text(r->c, e, r->a, out,
            SQL("SELECT name FROM org WHERE home = $1 AND id = $2"), V(r->app->home), V(id));
    case MEMO_ORG_SHORT:
        return db_text(r->c, e, r->a, out,
            SQL("SELECT short_name FROM org WHERE home = $1 AND id = $2"), V(r->app->home), V(id));
    case MEMO_ACCOUNT:
        return db_text(r->c, e, r->a, out,
            SQL("SELECT name FROM account WHERE home = $1 AND id = $2"), V(r->app->home), V(id));
    }
    return true;
}

/* Ids grow in steps of the clock: their bits are mixed before one seat is chosen. */
static struct kept_name *name_seat(struct memo *m, enum memo_name what, struct id id)
{
    uint64_t h = ((uint64_t)id.v ^ what) * UINT64_C(0x9E3779B97F4A7C15);
    return &m->name[(h >> 40) % NAME_SEATS];
}

bool memo_name(struct req *r, enum memo_name what, struct id id, struct str *out, struct err *e)
{
    *out = STR("");
    if (!id.v)
        return true;
    struct memo *m = memo_get(r, e);
    if (!m)
        return false;
    struct kept_name *seat = name_seat(m, what, id);
    bool own = is_own_view(r);
    if (!own && seat->age == m->age && seat->id.v == id.v && seat->what == what) {
        *out = arena_dup(r->a, seat->text);
        return true;
    }
    if (!ask_name(r, what, id, out, e))
        return false;
    if (!own)
        *seat = (struct kept_name){ m->age, id, what, arena_dup(&m->a, *out) };
    return true;
}
