#include "matter/deadline_recompute.h"
#include "app/codebook.h"
#include "matter/worklist.h"

enum { AT_ONCE = 100 };

struct clock_row {
    struct id id, matter, org;
    struct str what, rule, pauses;
    struct stamp started_at, due_at, yellow_at;
    int64_t extended;
};
static const struct field clock_row_fields[] = {
    FIELD(clock_row, id, .doc = "Deadline"), FIELD(clock_row, matter, .doc = "Matter"),
    FIELD(clock_row, org, .doc = "Who has to act"), FIELD(clock_row, what, .doc = "What is due"),
    FIELD(clock_row, rule, .doc = "Its rule"), FIELD(clock_row, pauses, .doc = "Its pauses"),
    FIELD(clock_row, started_at, .doc = "Its beginning"),
    FIELD(clock_row, due_at, .doc = "Its end"), FIELD(clock_row, yellow_at, .doc = "Its yellow"),
    FIELD(clock_row, extended, .doc = "Amount added"),
};
static const struct record clock_row_record = RECORD(clock_row, clock_row_fields);

/* How far this installation has come: the rules' count it counts for (target), the
 * last clock done of that pass (at, 0 between passes) and the count finished. */
struct pass { int64_t book, target, at, done; };

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
static bool move_matter(struct req *r, const struct clock_row *x, const struct limit_due *d,
                        struct err *e)
{
    return !str_is(x->what, "whole")
        || db_exec(r->c, e, NULL,
            SQL("UPDATE matter SET due_at = $3, yellow_at = $4 WHERE home = $1 AND id = $2"),
            V(r->app->home), V(x->matter), V(d->due_at), V(d->yellow_at));
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
    bool moved = d.due_at.ms != x->due_at.ms || d.yellow_at.ms != x->yellow_at.ms;
    if (moved
        && (!matter_log(r, &m, STR("recount"), x->id,
                arena_printf(r->a, "{\"what\":\"%.*s\",\"before\":%lld,\"after\":%lld}",
                             STR_ARG(x->what), (long long)x->due_at.ms, (long long)d.due_at.ms), e)
            || !move_matter(r, x, &d, e)))
        return false;
    return db_exec(r->c, e, NULL,
        SQL("UPDATE deadline SET due_at = $3, yellow_at = $4, provisional = $5,"
            " red_at = CASE WHEN $3 > $6 THEN 0 ELSE red_at END WHERE home = $1 AND id = $2"
            " AND state IN (0, 1)"),
        V(r->app->home), V(x->id), V(d.due_at), V(d.yellow_at), V(d.provisional), V(r->now))
        && (!moved || worklist_again(r, x->matter, e));
}

static bool some(struct req *r, struct pass *p, bool *more, struct err *e)
{
    struct list found;
    if (!db_all(r->c, e, r->a, &clock_row_record, &found,
            SQL("SELECT id, matter, org, what, rule, pauses, started_at, due_at, yellow_at,"
                " extended FROM deadline WHERE home = $1 AND id > $2 AND state IN (0, 1)"
                " AND provisional = 1 ORDER BY id LIMIT 100"), V(r->app->home), V(p->at)))
        return false;
    const struct clock_row *v = found.v;
    for (size_t i = 0; i < found.n; i++)
        if (!recount(r, &v[i], e))
            return false;
    *more = found.n == AT_ONCE;
    p->at = *more ? v[found.n - 1].id.v : 0;
    return counter_put(r, STR("recount.at"), p->at, e)
        && (*more || counter_put(r, STR("recount.done"), p->target, e));
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
