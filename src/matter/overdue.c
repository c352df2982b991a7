#include "matter/overdue.h"

enum { AT_ONCE = 50 };

struct late { struct id id, matter, org, above; struct str what; };
static const struct field late_fields[] = {
    FIELD(late, id, .doc = "Deadline"), FIELD(late, matter, .doc = "Matter"),
    FIELD(late, org, .doc = "Who had to act"), FIELD(late, above, .doc = "Centre above"),
    FIELD(late, what, .doc = "What was due"),
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
 * clock was met meanwhile. */
static bool redden_one(struct req *r, const struct late *l, struct err *e)
{
    int64_t changed = 0;
    if (!db_exec(r->c, e, NULL,
            SQL("UPDATE matter SET journal_seq = journal_seq WHERE home = $1 AND id = $2"),
            V(r->app->home), V(l->matter))
        || !db_exec(r->c, e, &changed,
            SQL("UPDATE deadline SET red_at = $3 WHERE home = $1 AND id = $2 AND state = 0"
                " AND red_at = 0 AND due_at < $3"), V(r->app->home), V(l->id), V(r->now)))
        return false;
    return !changed || (add_entry(r, l, e)
        && (!l->above.v
            || sight_give(r, l->matter, l->above, GRADE_ENVELOPE, WHY_SUPERVISION, e)));
}

/* A party's time is over: no fault, no entry. */
static bool shut_window(struct req *r, const struct late *l, struct err *e)
{
    return db_exec(r->c, e, NULL,
        SQL("UPDATE deadline SET state = 4, ended_at = due_at WHERE home = $1 AND id = $2"
            " AND state = 0"), V(r->app->home), V(l->id));
}

static bool redden(struct req *r, void *ctx, struct err *e)
{
    bool *more = ctx;
    struct list found;
    if (!db_all(r->c, e, r->a, &late_record, &found,
            SQL("SELECT d.id, d.matter, d.org, d.what, COALESCE(o.above, 0) AS above"
                " FROM deadline d LEFT JOIN org o ON o.home = d.home AND o.id = d.org"
                " WHERE d.home = $1 AND d.state = 0 AND d.red_at = 0 AND d.due_at < $2"
                " ORDER BY d.due_at, d.matter LIMIT 50"), V(r->app->home), V(r->now)))
        return false;
    const struct late *v = found.v;
    for (size_t i = 0; i < found.n; i++)
        if (!(v[i].org.v ? redden_one(r, &v[i], e) : shut_window(r, &v[i], e)))
            return false;
    *more = found.n == AT_ONCE;
    return true;
}

bool overdue_run(struct app *app, bool *more, struct err *e)
{
    struct arena a = { 0 };
    struct req r;
    app_request(app, &a, NULL, &r);
    bool ok = !app->home.v || app_write(app, &r, redden, more, e);
    arena_done(&a);
    return ok;
}
