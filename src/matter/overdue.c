#include "matter/overdue.h"
#include "db/feed.h"
#include "matter/deadline.h"

enum { AT_ONCE = 50 };

struct late {
    struct id id, matter, org, above;
    struct str what;
    struct stamp due_at, look_at, red_at;
};
static const struct field late_fields[] = {
    FIELD(late, id, .doc = "Deadline"), FIELD(late, matter, .doc = "Matter"),
    FIELD(late, org, .doc = "Who had to act"), FIELD(late, above, .doc = "Centre above"),
    FIELD(late, what, .doc = "What was due"), FIELD(late, due_at, .doc = "When"),
    FIELD(late, look_at, .doc = "When to look"), FIELD(late, red_at, .doc = "When it was seen"),
};
static const struct record late_record = RECORD(late, late_fields);

/* The matter's entry, by the clock: nobody acted. */
static bool add_entry(struct req *r, const struct late *l, struct err *e)
{
    struct matter m = { .home = r->app->home, .id = l->matter };
    struct str what = arena_printf(r->a, "{\"what\":\"%.*s\"}", STR_ARG(l->what));
    return matter_log(r, &m, STR("overdue"), l->id, what, e);
}

/* Locks the matter, then looks again: another process may have been here, or the
 * clock was met or moved meanwhile. next: when to look again. */
static bool take_turn(struct req *r, const struct late *l, int64_t next, bool *mine,
                      struct err *e)
{
    int64_t changed = 0;
    if (!db_exec(r->c, e, NULL,
            SQL("UPDATE matter SET journal_seq = journal_seq WHERE home = $1 AND id = $2"),
            V(r->app->home), V(l->matter))
        || !db_exec(r->c, e, &changed,
            SQL("UPDATE deadline SET look_at = $3 WHERE home = $1 AND id = $2 AND state = 0"
                " AND look_at = $4"), V(r->app->home), V(l->id), V(next), V(l->look_at)))
        return false;
    *mine = changed == 1;
    return true;
}

static bool redden(struct req *r, const struct late *l, struct err *e)
{
    bool mine;
    if (!take_turn(r, l, DEADLINE_NEVER, &mine, e))
        return false;
    return !mine || l->red_at.ms
        || (db_exec(r->c, e, NULL,
                SQL("UPDATE deadline SET red_at = $3 WHERE home = $1 AND id = $2"),
                V(r->app->home), V(l->id), V(r->now))
            && add_entry(r, l, e)
            && (!l->above.v
                || sight_give(r, l->matter, l->above, GRADE_ENVELOPE, WHY_SUPERVISION, e)));
}

/* Nothing was done and nothing is late: told in the feed, for notices, not in the
 * matter's journal. */
static bool yellow(struct req *r, const struct late *l, struct err *e)
{
    bool mine;
    struct feed_event x = {
        .home = r->app->home, .matter = l->matter, .kind = STR("yellow"), .subject = l->id,
        .at = r->now,
    };
    return take_turn(r, l, l->due_at.ms + 1, &mine, e) && (!mine || feed_add(r->c, &x, e));
}

/* A party's time is over: no fault, no entry. */
static bool shut_window(struct req *r, const struct late *l, struct err *e)
{
    return db_exec(r->c, e, NULL,
        SQL("UPDATE deadline SET state = 4, ended_at = due_at WHERE home = $1 AND id = $2"
            " AND state = 0"), V(r->app->home), V(l->id));
}

static bool look(struct req *r, const struct late *l, struct err *e)
{
    if (l->due_at.ms >= r->now.ms)
        return yellow(r, l, e);
    return l->org.v ? redden(r, l, e) : shut_window(r, l, e);
}

static bool look_round(struct req *r, void *ctx, struct err *e)
{
    bool *more = ctx;
    struct list found;
    if (!db_all(r->c, e, r->a, &late_record, &found,
            SQL("SELECT d.id, d.matter, d.org, d.what, d.due_at, d.look_at, d.red_at,"
                " COALESCE(o.above, 0) AS above"
                " FROM deadline d LEFT JOIN org o ON o.home = d.home AND o.id = d.org"
                " WHERE d.home = $1 AND d.state = 0 AND d.look_at <= $2"
                " ORDER BY d.look_at, d.id LIMIT 50"), V(r->app->home), V(r->now)))
        return false;
    const struct late *v = found.v;
    for (size_t i = 0; i < found.n; i++)
        if (!look(r, &v[i], e))
            return false;
    *more = found.n == AT_ONCE;
    return true;
}

bool overdue_run(struct app *app, bool *more, struct err *e)
{
    struct arena a = { 0 };
    struct req r;
    app_request(app, &a, NULL, &r);
    bool ok = !app->home.v || app_write(app, &r, look_round, more, e);
    arena_done(&a);
    return ok;
}
