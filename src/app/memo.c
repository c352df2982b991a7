#include "app/memo.h"

/* Four seats to a bench: forty names that a desk uses all day would meet on single seats
 * in every second town, and turn each other out with every request. */
enum { WHO_SEATS = 512, NAME_SEATS = 2048, BENCH = 4, BYTES_MAX = 256 << 10 };

struct kept_name { int64_t age; struct id id; unsigned what; struct str text; };
struct kept_who { int64_t age; struct digest key; struct who who; };
struct epoch { int64_t people, names; };
static const struct field epoch_fields[] = {
    FIELD(epoch, people, .doc = "Changes of accounts, posts, bodies and sign-ins"),
    FIELD(epoch, names, .doc = "Changes of names"),
};
static const struct record epoch_record = RECORD(epoch, epoch_fields);

/* A seat is taken while its age is the epoch's: to forget costs nothing. */
struct memo {
    uint64_t run;                       /* of the job that asked the epoch last */
    struct epoch epoch;
    struct day day;                     /* posts and bodies hold by days */
    struct arena a;                     /* the texts */
    struct kept_who who[WHO_SEATS];
    struct kept_name name[NAME_SEATS];
};

/* Quiet: what changes nothing that is kept, or what nobody can have kept yet. */
static const char *const people_tables[] = { "account", "post", "org", "session", "token", NULL };
static const char *const people_quiet[] = {
    "UPDATE org SET open_load = ", "UPDATE session SET seen_at = ", "UPDATE token SET seen_at = ",
    "INSERT INTO account ", "INSERT INTO session ", "INSERT INTO token ",
    "DELETE FROM session WHERE expires_at < ",
    "UPDATE account SET password = $5, totp_last = $6 ", NULL };
static const char *const name_tables[] = { "account", "org", "area", NULL };
static const char *const name_quiet[] = {
    "UPDATE org SET open_load = ", "INSERT INTO account ", "INSERT INTO org ", "INSERT INTO area ",
    "UPDATE account SET password = $5, totp_last = $6 ", NULL };
enum { TOUCHED_PEOPLE = 1, TOUCHED_NAMES = 2 };
const struct db_watch memo_watch[] = {
    { people_tables, people_quiet }, { name_tables, name_quiet }, { NULL, NULL } };

bool memo_before_commit(struct db_conn *c, void *ctx UNUSED, struct err *e)
{
    unsigned touched = db_conn_touched(c);
    return !touched
        || db_exec(c, e, NULL,
                   SQL("UPDATE epoch SET people = people + $1, names = names + $2 WHERE id = 1"),
                   V((touched & TOUCHED_PEOPLE) != 0), V((touched & TOUCHED_NAMES) != 0));
}

static void forget_texts(void *p)
{
    arena_done(p);
}

static struct memo *memo_of(struct db_keep *k)
{
    if (!k->v[KEEP_MEMO]) {
        struct memo *m = arena_new(k->a, struct memo);
        arena_defer(k->a, forget_texts, &m->a);
        k->v[KEEP_MEMO] = m;
    }
    return k->v[KEEP_MEMO];
}

/* Without its texts no seat is worth anything. */
static void forget_all(struct memo *m)
{
    arena_clear(&m->a);
    memset(m->who, 0, sizeof m->who);
    memset(m->name, 0, sizeof m->name);
}

static struct memo *memo_get(struct req *r, struct err *e)
{
    struct db_keep *k = db_conn_keep(r->c);
    struct memo *m = memo_of(k);
    struct day today = day_of_stamp(r->now);
    if (m->run == k->run)
        return m;
    if (!db_one(r->c, e, r->a, &epoch_record, &m->epoch,
                SQL("SELECT people, names FROM epoch WHERE id = 1")))
        return NULL;
    if (m->day.n != today.n || m->a.bytes > BYTES_MAX)
        forget_all(m);
    m->day = today;
    m->run = k->run;
    return m;
}

bool memo_epochs(struct req *r, int64_t *people, int64_t *names, struct err *e)
{
    const struct memo *m = memo_get(r, e);
    if (!m)
        return false;
    *people = m->epoch.people;
    *names = m->epoch.names;
    return true;
}

/* A transaction that changed something itself sees what nobody else does yet. */
static bool is_own_view(const struct req *r)
{
    return db_conn_touched(r->c) != 0;
}

/* ---- sign-ins ---- */

/* Its own seat, else an empty one, else one by lot. */
static struct kept_who *who_seat(struct memo *m, const struct digest *key)
{
    struct kept_who *bench = &m->who[(key->b[0] << 8 | key->b[1]) * BENCH % WHO_SEATS];
    struct kept_who *out = &bench[key->b[2] % BENCH];
    for (struct kept_who *x = bench; x < bench + BENCH; x++) {
        if (x->age == m->epoch.people && digest_eq(&x->key, key))
            return x;
        if (x->age != m->epoch.people)
            out = x;
    }
    return out;
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
    bool fits = !is_own_view(r) && seat->age == m->epoch.people && digest_eq(&seat->key, key);
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
    struct memo *m = k->v[KEEP_MEMO];
    if (!m || m->run != k->run || is_own_view(r))
        return;
    struct kept_who *seat = who_seat(m, key);
    seat->age = m->epoch.people;
    seat->key = *key;
    memo_who_copy(&m->a, w, &seat->who);
}

/* ---- names ---- */

enum { AT_ONCE = 20 };

struct called { unsigned what; struct id id; struct str text; };
static const struct field called_fields[] = {
    FIELD(called, what, .doc = "Of which kind"), FIELD(called, id, .doc = "Whose"),
    FIELD(called, text, .doc = "Name"),
};
static const struct record called_record = RECORD(called, called_fields);

#define TWENTY                                                                               \
    " WHERE id IN ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17," \
    " $18, $19, $20)"

/* Whatever the ids are of: one statement, for a list or for one. */
static bool ask_names(struct req *r, const struct id k[AT_ONCE], struct list *out, struct err *e)
{
    return db_all(r->c, e, r->a, &called_record, out,
        SQL("SELECT 0 AS what, id, name AS text FROM area" TWENTY
            " UNION ALL SELECT 1, id, name FROM org" TWENTY
            " UNION ALL SELECT 2, id, short_name FROM org" TWENTY
            " UNION ALL SELECT 3, id, name FROM account" TWENTY),
        V(k[0]), V(k[1]), V(k[2]), V(k[3]), V(k[4]), V(k[5]), V(k[6]), V(k[7]), V(k[8]),
        V(k[9]), V(k[10]), V(k[11]), V(k[12]), V(k[13]), V(k[14]), V(k[15]), V(k[16]),
        V(k[17]), V(k[18]), V(k[19]));
}

static bool is_kept(const struct memo *m, const struct kept_name *seat, enum memo_name what,
                    struct id id)
{
    return seat->age == m->epoch.names && seat->id.v == id.v && seat->what == what;
}

/* Ids grow in steps of the clock: their bits are mixed before a bench is chosen. The kind
 * has bits of its own, or the two names of a body and those of the next one would sit on
 * the same. */
static struct kept_name *name_seat(struct memo *m, enum memo_name what, struct id id)
{
    uint64_t h = ((uint64_t)id.v << 2 | what) * UINT64_C(0x9E3779B97F4A7C15) >> 40;
    struct kept_name *bench = &m->name[h * BENCH % NAME_SEATS];
    struct kept_name *out = &bench[(h >> 12) % BENCH];
    for (struct kept_name *x = bench; x < bench + BENCH; x++) {
        if (is_kept(m, x, what, id))
            return x;
        if (x->age != m->epoch.names)
            out = x;
    }
    return out;
}

static void keep_names(struct memo *m, struct list found)
{
    const struct called *v = found.v;
    for (size_t i = 0; i < found.n; i++)
        *name_seat(m, (enum memo_name)v[i].what, v[i].id) = (struct kept_name){
            m->epoch.names, v[i].id, v[i].what, arena_dup(&m->a, v[i].text) };
}

static bool is_known(struct memo *m, struct memo_ask x)
{
    return !x.id.v || is_kept(m, name_seat(m, x.what, x.id), x.what, x.id);
}

static bool is_among(const struct id *v, size_t n, struct id id)
{
    while (n > 0 && v[n - 1].v != id.v)
        n--;
    return n > 0;
}

bool memo_learn(struct req *r, const struct memo_ask *v, size_t n, struct err *e)
{
    struct memo *m = memo_get(r, e);
    if (!m || is_own_view(r))
        return m != NULL;
    for (size_t at = 0; at < n;) {
        struct id unknown[AT_ONCE] = { 0 };
        struct list found;
        size_t k = 0;
        for (; at < n && k < AT_ONCE; at++)
            if (!is_known(m, v[at]) && !is_among(unknown, k, v[at].id))
                unknown[k++] = v[at].id;
        if (k && !ask_names(r, unknown, &found, e))
            return false;
        if (k)
            keep_names(m, found);
    }
    return true;
}

static struct str name_in(struct list found, enum memo_name what)
{
    const struct called *v = found.v;
    for (size_t i = 0; i < found.n; i++)
        if (v[i].what == what)
            return v[i].text;
    return STR("");
}

bool memo_name(struct req *r, enum memo_name what, struct id id, struct str *out, struct err *e)
{
    struct id one[AT_ONCE] = { id };
    struct list found;
    *out = STR("");
    if (!id.v)
        return true;
    struct memo *m = memo_get(r, e);
    if (!m)
        return false;
    const struct kept_name *seat = name_seat(m, what, id);
    bool own = is_own_view(r);
    if (!own && is_kept(m, seat, what, id)) {
        *out = arena_dup(r->a, seat->text);
        return true;
    }
    if (!ask_names(r, one, &found, e))
        return false;
    *out = name_in(found, what);
    if (!own)
        keep_names(m, found);
    return true;
}
