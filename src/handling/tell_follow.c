/* tell_follow.c - the two chores that tell: of the feed's events, and of clocks. */
#include "app/follow.h"
#include "handling/tell_impl.h"

enum { STEP = 200, FORGET_DAYS = 7 };

/* ---- events ---- */

struct clock_row { struct id org; struct str what; struct stamp due_at; };
static const struct field clock_row_fields[] = {
    FIELD(clock_row, org, .doc = "Who has to"), FIELD(clock_row, what, .doc = "What"),
    FIELD(clock_row, due_at, .doc = "Due"),
};
static const struct record clock_row_record = RECORD(clock_row, clock_row_fields);

/* The clock an overdue event is about; else the one that the event started, though it may
 * have ended by now; else the nearest that runs in the matter. A party's own comes first. */
static bool find_clock(struct telling *t, struct err *e)
{
    struct clock_row x = { 0 };
    bool found;
    bool ok = str_is(t->event, "overdue")
        ? db_maybe(t->r->c, e, t->r->a, &clock_row_record, &x, &found,
            SQL("SELECT org, what, due_at FROM deadline WHERE home = $1 AND id = $2"),
            V(t->r->app->home), V(t->subject))
        : db_maybe(t->r->c, e, t->r->a, &clock_row_record, &x, &found,
            SQL("SELECT org, what, due_at FROM deadline WHERE home = $1 AND matter = $2"
                " AND (state = 0 OR started_at = $3)"
                " ORDER BY CASE WHEN started_at = $3 THEN 0 ELSE 1 END,"
                " CASE WHEN org = 0 THEN 0 ELSE 1 END, due_at LIMIT 1"),
            V(t->r->app->home), V(t->matter), V(t->at));
    t->clock_org = x.org;
    t->what = x.what;
    t->due = x.due_at;
    return ok;
}

bool tell_look(struct req *r, const void *shared, const struct feed_event *x, void **found,
               struct err *e)
{
    const struct list *rules = shared;
    int64_t age = r->now.ms - x->at.ms;
    bool known;
    struct telling *t = arena_new(r->a, struct telling);
    *t = (struct telling){
        .r = r, .rules = *rules, .event = x->kind, .matter = x->matter, .actor = x->actor,
        .subject = x->subject, .at = x->at,
        .cause = arena_printf(r->a, "f%lld", (long long)x->seq), .quietly = age > STAMP_DAY,
    };
    if (!x->matter.v || x->home.v != r->app->home.v || age > FORGET_DAYS * STAMP_DAY
        || str_starts(x->kind, STR("task.")) || !telling_any(rules, x->kind))
        return true;
    if (!telling_matter(t, &known, e))
        return false;
    if (known && telling_fits(t))
        *found = t;
    return true;
}

/* A clock is moved without an event that would be looked at again: it is read here. */
bool tell_keep(struct req *r, const void *found, int64_t to UNUSED, struct err *e)
{
    struct telling t = *(const struct telling *)found;
    t.r = r;
    return (!telling_times(&t) || find_clock(&t, e)) && telling_do(&t, e);
}

static const void *rules_of(struct req *r)
{
    struct list *rules = arena_new(r->a, struct list);
    *rules = notice_rules(r->app);
    return rules;
}

static const struct follower follower = {
    .name = STR_INIT("notices"), .step = STEP, .each = true, .begin = rules_of,
    .look = tell_look, .keep = tell_keep,
};

bool tell_follow(struct app *app, bool *more, struct err *e)
{
    *more = false;
    return !app->home.v || follow_step(app, &follower, more, e);
}

/* ---- clocks ---- */

/* How far a scan has come: rows are read by time, then id. */
struct place { struct str name, name_id; int64_t at, id; };

static bool place_get(struct req *r, const char *name, struct place *p, struct err *e)
{
    p->name = arena_printf(r->a, "notices.%s", name);
    p->name_id = arena_printf(r->a, "notices.%s.id", name);
    return feed_cursor_get(r->c, p->name, &p->at, e)
        && feed_cursor_get(r->c, p->name_id, &p->id, e);
}

/* A full page goes on behind its last row, else behind now. */
static bool place_move(struct req *r, const struct place *p, bool full, struct stamp last,
                       struct id last_id, struct err *e)
{
    int64_t at = full ? last.ms : r->now.ms, id = full ? last_id.v : INT64_MAX;
    return (at == p->at || feed_cursor_move(r->c, p->name, p->at, at, e))
        && (id == p->id || feed_cursor_move(r->c, p->name_id, p->id, id, e));
}

struct yellow { struct id id, matter, org; struct str what; struct stamp yellow_at, due_at; };
static const struct field yellow_fields[] = {
    FIELD(yellow, id, .doc = "Clock"), FIELD(yellow, matter, .doc = "Matter"),
    FIELD(yellow, org, .doc = "Who has to"), FIELD(yellow, what, .doc = "What"),
    FIELD(yellow, yellow_at, .doc = "Since"), FIELD(yellow, due_at, .doc = "Due"),
};
static const struct record yellow_record = RECORD(yellow, yellow_fields);

static bool tell_yellow(struct req *r, struct list rules, const struct yellow *x, struct err *e)
{
    bool found;
    struct telling t = {
        .r = r, .rules = rules, .event = STR("due_soon"), .matter = x->matter,
        .cause = arena_printf(r->a, "y%lld.%lld", (long long)x->id.v, (long long)x->yellow_at.ms),
        .clock_org = x->org, .what = x->what, .due = x->due_at,
        .quietly = r->now.ms - x->yellow_at.ms > STAMP_DAY,
    };
    return telling_matter(&t, &found, e) && (!found || telling_do(&t, e));
}

static bool yellow_clocks(struct req *r, void *ctx, struct err *e)
{
    struct list found, rules = notice_rules(r->app);
    struct place p;
    if (!place_get(r, "yellow", &p, e))
        return false;
    if (!p.at)                          /* what was yellow before this program ran is not news */
        return place_move(r, &p, false, r->now, ID_NONE, e);
    if (!db_all(r->c, e, r->a, &yellow_record, &found,
            SQL("SELECT id, matter, org, what, yellow_at, due_at FROM deadline"
                " WHERE home = $1 AND state = 0 AND (yellow_at, id) > ($2, $3) AND yellow_at <= $4"
                " AND org <> 0 AND yellow_at > started_at AND due_at > $4"
                " ORDER BY yellow_at, id LIMIT $5"),
            V(r->app->home), V(p.at), V(p.id), V(r->now), V((int64_t)STEP)))
        return false;
    const struct yellow *v = found.v;
    bool full = *(bool *)ctx = found.n == STEP;
    for (size_t i = 0; i < found.n; i++)
        if (!tell_yellow(r, rules, &v[i], e))
            return false;
    return place_move(r, &p, full, full ? v[STEP - 1].yellow_at : r->now,
                      full ? v[STEP - 1].id : ID_NONE, e);
}

#define TASK_ROW                                                                             \
    "SELECT id, matter, org, account, state, due, due_at, yellow_at, made_by, version"        \
    " FROM task WHERE home = $1 AND state = 0"

static bool tell_tasks(struct req *r, const char *name, bool red, bool *more, struct err *e)
{
    struct list found;
    struct place p;
    if (!place_get(r, name, &p, e))
        return false;
    bool ok = red
        ? db_all(r->c, e, r->a, &task_record, &found,
            SQL(TASK_ROW " AND (due_at, id) > ($2, $3) AND due_at <= $4"
                " ORDER BY due_at, id LIMIT $5"),
            V(r->app->home), V(p.at), V(p.id), V(r->now), V((int64_t)STEP))
        : db_all(r->c, e, r->a, &task_record, &found,
            SQL(TASK_ROW " AND (yellow_at, id) > ($2, $3) AND yellow_at <= $4 AND due_at > $4"
                " AND made_at < yellow_at ORDER BY yellow_at, id LIMIT $5"),
            V(r->app->home), V(p.at), V(p.id), V(r->now), V((int64_t)STEP));
    if (!ok)
        return false;
    const struct task *v = found.v;
    bool full = found.n == STEP;
    *more |= full;
    for (size_t i = 0; i < found.n; i++)
        if (!tell_task(r, &v[i], red ? "task.overdue" : "task.due_soon", e))
            return false;
    const struct task *last = full ? &v[STEP - 1] : NULL;
    return place_move(r, &p, full, !last ? r->now : red ? last->due_at : last->yellow_at,
                      last ? last->id : ID_NONE, e);
}

static bool clocks(struct req *r, void *ctx, struct err *e)
{
    bool *more = ctx;
    *more = false;
    return yellow_clocks(r, more, e) && tell_tasks(r, "task_yellow", false, more, e)
        && tell_tasks(r, "task_red", true, more, e);
}

bool tell_clocks(struct app *app, bool *more, struct err *e)
{
    AUTO(arena_done) struct arena a = { 0 };
    struct req r;
    *more = false;
    app_request(app, &a, NULL, &r);
    return !app->home.v || app_write(app, &r, clocks, more, e);
}
