#include "matter/deadline_recompute.h"
#include "matter/deadline_change.h"
#include "matter/worklist.h"

enum { AT_ONCE = 100 };

struct clock_row {
    struct id id, matter, org;
    struct str what, rule, pauses;
    struct stamp started_at, due_at, yellow_at, look_at;
    int64_t extended;
    bool provisional;
};
static const struct field clock_row_fields[] = {
    FIELD(clock_row, id, .doc = "Deadline"), FIELD(clock_row, matter, .doc = "Matter"),
    FIELD(clock_row, org, .doc = "Who has to act"), FIELD(clock_row, what, .doc = "What is due"),
    FIELD(clock_row, rule, .doc = "Its rule"), FIELD(clock_row, pauses, .doc = "Its pauses"),
    FIELD(clock_row, started_at, .doc = "Its beginning"),
    FIELD(clock_row, due_at, .doc = "Its end"), FIELD(clock_row, yellow_at, .doc = "Its yellow"),
    FIELD(clock_row, look_at, .doc = "Its place in the pass"),
    FIELD(clock_row, extended, .doc = "Amount added"),
    FIELD(clock_row, provisional, .doc = "Reaches past the known calendar"),
};
static const struct record clock_row_record = RECORD(clock_row, clock_row_fields);

/* How far this installation has come: the rules' count it counts for (target), the
 * last clock done of that pass (at, and the time to look at it; 0 between passes) and
 * the count finished. */
struct pass { int64_t book, target, at, look, done; };

static bool counter_get(struct req *r, struct str name, int64_t *out, struct err *e)
{
    return db_int(r->c, e, out, SQL("SELECT value FROM counter WHERE home = 0 AND name = $1"),
                  V(name));
}

static bool counter_put(struct req *r, struct str name, int64_t value, struct err *e)
{
    return db_exec(r->c, e, NULL,
        SQL("INSERT INTO counter (home, name, value) VALUES (0, $1, $2)"
            " ON CONFLICT (home, name) DO UPDATE SET value = excluded.value"), V(name), V(value));
}

/* The whole course's clock stands in the matter too. */
static bool move_matter(struct req *r, const struct matter *m, const struct deadline *d,
                        struct err *e)
{
    return !str_is(d->what, "whole")
        || db_exec(r->c, e, NULL,
            SQL("UPDATE matter SET due_at = $3, yellow_at = $4 WHERE home = $1 AND id = $2"),
            V(m->home), V(m->id), V(d->due_at), V(d->yellow_at));
}

/* Under the matter's lock, which the entry took: what was read before may have been
 * met, stopped or extended since. */
static bool move_clock(struct req *r, const struct clock_row *x, struct matter *m, struct err *e)
{
    struct list open;
    if (!db_int(r->c, e, &m->lead.v, SQL("SELECT lead FROM matter WHERE home = $1 AND id = $2"),
                V(m->home), V(m->id))
        || !deadline_open(r, m, &open, e))
        return false;
    struct deadline *d = open.v;
    for (size_t i = 0; i < open.n; i++)
        if (d[i].id.v == x->id.v && d[i].state == DEADLINE_RUNNING)
            return deadline_count(r, m, &d[i], e) && move_matter(r, m, &d[i], e)
                && worklist_again(r, m->id, e);
    return true;
}

static bool recount(struct req *r, const struct clock_row *x, struct err *e)
{
    struct limit_due d;
    struct matter m = { .home = r->app->home, .id = x->matter };
    const struct limit_rule *rule = codebook_rule(r->app, x->rule, day_of_stamp(x->started_at));
    if (!rule)
        return true;
    if (!codebook_due_extended(r->app, rule, x->org, x->started_at, x->pauses, x->extended, &d, e))
        return false;
    if (d.due_at.ms != x->due_at.ms || d.yellow_at.ms != x->yellow_at.ms)
        return matter_log(r, &m, STR("recount"), x->id,
                arena_printf(r->a, "{\"what\":\"%.*s\",\"before\":%lld,\"after\":%lld}",
                             STR_ARG(x->what), (long long)x->due_at.ms, (long long)d.due_at.ms), e)
            && move_clock(r, x, &m, e);
    return d.provisional == x->provisional
        || db_exec(r->c, e, NULL,
            SQL("UPDATE deadline SET provisional = $3 WHERE home = $1 AND id = $2"),
            V(m.home), V(x->id), V(d.provisional));
}

static bool pass_put(struct req *r, const struct pass *p, bool more, struct err *e)
{
    return counter_put(r, STR("recount.at"), p->at, e)
        && counter_put(r, STR("recount.look"), p->look, e)
        && (more || counter_put(r, STR("recount.done"), p->target, e));
}

/* In the order in which they are looked at: a clock that moves is met twice at most. */
static bool some(struct req *r, struct pass *p, bool *more, struct err *e)
{
    struct list found;
    if (!db_all(r->c, e, r->a, &clock_row_record, &found,
            SQL("SELECT id, matter, org, what, rule, pauses, started_at, due_at, yellow_at,"
                " look_at, extended, provisional FROM deadline WHERE home = $1 AND state = 0"
                " AND (look_at, id) > ($2, $3) ORDER BY look_at, id LIMIT 100"),
            V(r->app->home), V(p->look), V(p->at)))
        return false;
    const struct clock_row *v = found.v;
    for (size_t i = 0; i < found.n; i++)
        if (!recount(r, &v[i], e))
            return false;
    *more = found.n == AT_ONCE;
    p->at = *more ? v[found.n - 1].id.v : 0;
    p->look = *more ? v[found.n - 1].look_at.ms : 0;
    return pass_put(r, p, *more, e);
}

/* A pass counts for the rules as they were when it began; a later change makes
 * another pass. */
static bool step(struct req *r, void *ctx, struct err *e)
{
    struct pass p = { .at = 0 };
    bool *more = ctx;
    *more = false;
    if (!counter_get(r, STR("book"), &p.book, e)
        || !counter_get(r, STR("recount.done"), &p.done, e)
        || !counter_get(r, STR("recount.at"), &p.at, e)
        || !counter_get(r, STR("recount.look"), &p.look, e)
        || !counter_get(r, STR("recount.target"), &p.target, e))
        return false;
    if (p.done == p.book && p.at == 0)
        return true;
    if (p.at == 0) {
        p.target = p.book;
        if (!counter_put(r, STR("recount.target"), p.target, e))
            return false;
    }
    return some(r, &p, more, e);
}

struct standing { int64_t book, done, at; };

static bool stand(struct req *r, void *ctx, struct err *e)
{
    struct standing *s = ctx;
    return counter_get(r, STR("book"), &s->book, e)
        && counter_get(r, STR("recount.done"), &s->done, e)
        && counter_get(r, STR("recount.at"), &s->at, e);
}

/* A read first: most of the time nothing changed, and nothing is to be written. */
bool deadline_recompute(struct app *app, bool *more, struct err *e)
{
    struct standing s = { 0 };
    struct arena a = { 0 };
    struct req r;
    *more = false;
    app_request(app, &a, NULL, &r);
    bool ok = codebook_refresh(app, NULL, e) && app_read(app, &r, stand, &s, e);
    if (ok && app->home.v && (s.book != s.done || s.at))
        ok = app_write(app, &r, step, more, e);
    arena_done(&a);
    return ok;
}
