/* fact_keep.c - each fact beside the one that is kept: by the feed, and by the check. */
#include "app/follow.h"
#include "insight/fact.h"

static bool is_same(const struct fact *x, const struct fact *y)
{
    return x->counts == y->counts && x->kind == y->kind && x->type == y->type && x->way == y->way
        && x->referrer == y->referrer && x->body == y->body && x->result == y->result
        && x->agreement == y->agreement && x->performed == y->performed && x->people == y->people
        && x->confirmed == y->confirmed && x->complex == y->complex
        && x->prevented == y->prevented && x->prevented_people == y->prevented_people
        && x->settled.v == y->settled.v && x->accepted.n == y->accepted.n
        && x->concluded.n == y->concluded.n && x->closed.n == y->closed.n
        && x->unit.v == y->unit.v && str_eq(x->path, y->path);
}

static bool put(struct db_conn *c, const struct fact *f, struct err *e)
{
    return db_exec(c, e, NULL,
        SQL("INSERT INTO fact (home, matter, round, since_seq, until_seq, counts, kind, type, way,"
            " referrer, body, result, agreement, performed, people, settled, accepted, concluded,"
            " closed, unit, path, confirmed, complex, prevented, prevented_people)"
            " VALUES ($1, $2, $3, $4, 0, $5, $6, $7, $8, $9, $10, $11, $12,"
            " $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24)"
            " ON CONFLICT (home, matter, round, since_seq) DO UPDATE SET until_seq = 0,"
            " counts = $5, kind = $6, type = $7, way = $8, referrer = $9, body = $10,"
            " result = $11, agreement = $12, performed = $13, people = $14, settled = $15,"
            " accepted = $16, concluded = $17, closed = $18, unit = $19, path = $20,"
            " confirmed = $21, complex = $22, prevented = $23, prevented_people = $24"),
        V(f->home), V(f->matter), V(f->round), V(f->since_seq), V(f->counts), V(f->kind),
        V(f->type), V(f->way), V(f->referrer), V(f->body), V(f->result), V(f->agreement),
        V(f->performed), V(f->people), V(f->settled), V(f->accepted), V(f->concluded),
        V(f->closed), V(f->unit), V(f->path), V(f->confirmed), V(f->complex), V(f->prevented),
        V(f->prevented_people));
}

/* The facts of a matter that are not as they were kept, one a round. */
struct news { struct fact fact; bool kept; struct news *next; };

static bool differs(struct req *r, struct id matter, int64_t round, struct news *x, bool *out,
                    struct err *e)
{
    struct fact was = { 0 };
    if (!fact_make(r, matter, round, &x->fact, e)
        || !db_maybe(r->c, e, r->a, &fact_record, &was, &x->kept,
            SQL("SELECT home, matter, round, since_seq, until_seq, counts, kind, type, way,"
                " referrer, body, result, agreement, performed, people, settled, accepted,"
                " concluded, closed, unit, path, confirmed, complex, prevented, prevented_people"
                " FROM fact"
                " WHERE home = $1 AND matter = $2 AND round = $3 AND until_seq = 0"),
            V(r->app->home), V(matter), V(x->fact.round)))
        return false;
    *out = !x->kept || !is_same(&was, &x->fact);
    return true;
}

/* The present round, then those before it. */
static bool look_at(struct req *r, struct id matter, struct news **out, struct err *e)
{
    int64_t round = 0;
    *out = NULL;
    do {
        struct news *x = arena_new(r->a, struct news);
        bool differ;
        if (!differs(r, matter, round, x, &differ, e))
            return false;
        round = x->fact.round - 1;
        if (differ) {
            x->next = *out;
            *out = x;
        }
    } while (round > 0);
    return true;
}

static bool keep_round(struct req *r, const struct news *x, int64_t seq, struct err *e)
{
    struct fact now = x->fact;
    now.since_seq = seq;
    return (!x->kept
            || db_exec(r->c, e, NULL,
                SQL("UPDATE fact SET until_seq = $4 WHERE home = $1 AND matter = $2 AND round = $3"
                    " AND until_seq = 0"), V(now.home), V(now.matter), V(now.round), V(seq)))
        && put(r->c, &now, e);
}

static bool keep_all(struct req *r, const struct news *x, int64_t seq, struct err *e)
{
    for (; x; x = x->next)
        if (!keep_round(r, x, seq, e))
            return false;
    return true;
}

bool fact_keep(struct req *r, struct id matter, int64_t seq, bool *changed, struct err *e)
{
    struct news *news;
    if (!look_at(r, matter, &news, e) || !keep_all(r, news, seq, e))
        return false;
    *changed = news;
    return true;
}

static bool whole_of(struct req *r, struct id *matter, struct err *e)
{
    struct id part = *matter;
    *matter = ID_NONE;
    return db_int(r->c, e, &matter->v,
        SQL("SELECT other FROM tie WHERE home = $1 AND matter = $2 AND relation = 1"
            " AND ended_at = 0"), V(r->app->home), V(part));
}

/* What happens to a part happens to the whole it was split from too. */
static bool look(struct req *r, const void *shared UNUSED, const struct feed_event *x,
                 void **found, struct err *e)
{
    struct news *all = NULL, *news;
    struct id matter = x->home.v == r->app->home.v ? x->matter : ID_NONE;
    while (matter.v) {
        if (!look_at(r, matter, &news, e) || !whole_of(r, &matter, e))
            return false;
        while (news) {
            struct news *next = news->next;
            news->next = all;
            all = news;
            news = next;
        }
    }
    *found = all;
    return true;
}

/* As of the step's end: the rows are as they were read, not as one event left them. */
static bool keep(struct req *r, const void *found, int64_t to, struct err *e)
{
    return keep_all(r, found, to, e);
}
static const struct follower follower = {
    .name = STR_INIT("fact"), .step = 500, .look = look, .keep = keep,
};

bool fact_seq(struct db_conn *c, int64_t *out, struct err *e)
{
    return follow_at(c, &follower, out, e);
}

bool fact_follow(struct app *app, bool *more, struct err *e)
{
    return follow_step(app, &follower, more, e);
}

bool fact_catch_up(struct app *app, struct err *e)
{
    return follow_all(app, &follower, e);
}

/* ---- the check ---- */

struct check_step { struct fact_check *c; int64_t after; size_t n; };

struct key_row { struct id id; };
static const struct field key_row_fields[] = { FIELD(key_row, id, .doc = "Key") };
static const struct record key_row_record = RECORD(key_row, key_row_fields);

static bool check_page(struct req *r, void *ctx, struct err *e)
{
    struct check_step *s = ctx;
    struct list list;
    int64_t seq;
    if (!fact_seq(r->c, &seq, e)
        || !db_all(r->c, e, r->a, &key_row_record, &list,
            SQL("SELECT id FROM matter WHERE home = $1 AND id > $2 ORDER BY id LIMIT 200"),
            V(r->app->home), V(s->after)))
        return false;
    const struct key_row *v = list.v;
    for (size_t i = 0; i < list.n; i++) {
        struct news *news;
        /* behind every edition so far, which must stay what it was */
        if (!look_at(r, v[i].id, &news, e)
            || (s->c->repair && !keep_all(r, news, seq + 1, e)))
            return false;
        s->c->differ += news != NULL;
        s->after = v[i].id.v;
    }
    s->c->facts += (int64_t)list.n;
    s->n = list.n;
    return true;
}

bool fact_check_all(struct app *app, struct fact_check *out, struct err *e)
{
    struct check_step s = { .c = out, .n = 200 };
    if (!fact_catch_up(app, e))
        return false;
    while (s.n == 200) {
        struct arena a = { 0 };
        struct req r;
        struct check_step was = s;
        struct fact_check count = *out;
        app_request(app, &a, NULL, &r);
        bool ok = (out->repair ? app_write : app_read)(app, &r, check_page, &s, e);
        arena_done(&a);
        if (!ok) {
            s = was;
            *out = count;
            return false;
        }
    }
    return true;
}
