#include "matter/matter_check.h"
#include "app/store.h"
#include "matter/search.h"
#include "matter/worklist.h"

enum { AT_ONCE = 200 };

struct step_on { struct matter_check *c; int64_t after; size_t n; };

/* Whether the matter's rows are other than what it waits for. */
static bool differs(struct req *r, const struct matter *m, bool *out, struct err *e)
{
    struct worklist_wait w[WAITS_MAX];
    size_t n = worklist_waiting(m, w);
    int64_t all = 0, one = 0;
    if (!db_int(r->c, e, &all,
            SQL("SELECT COUNT(*) FROM worklist WHERE home = $1 AND matter = $2"), V(m->home),
            V(m->id)))
        return false;
    *out = all != (int64_t)n;
    for (size_t i = 0; !*out && i < n; i++) {
        if (!db_int(r->c, e, &one,
                SQL("SELECT COUNT(*) FROM worklist WHERE home = $1 AND matter = $2"
                    " AND bucket = $3 AND holder = $4"),
                V(m->home), V(m->id), V((unsigned)w[i].bucket), V(w[i].holder)))
            return false;
        *out = one != 1;
    }
    return true;
}

static bool check_page(struct req *r, void *ctx, struct err *e)
{
    struct step_on *s = ctx;
    struct list list;
    if (!db_all(r->c, e, r->a, &matter_record, &list,
            SQL("SELECT id, home, state, facts, owner, lead, handler, reviewer, approver,"
                " supervised FROM matter WHERE home = $1 AND id > $2 ORDER BY id LIMIT 200"),
            V(r->app->home), V(s->after)))
        return false;
    const struct matter *v = list.v;
    for (size_t i = 0; i < list.n; i++) {
        bool bad;
        if (!differs(r, &v[i], &bad, e)
            || (bad && s->c->repair && !worklist_put(r, &v[i], true, e)))
            return false;
        s->c->worklists += bad;
        s->after = v[i].id.v;
    }
    s->c->matters += (int64_t)list.n;
    s->n = list.n;
    return true;
}

static bool check_loads(struct req *r, void *ctx, struct err *e)
{
    struct matter_check *c = ctx;
    return db_int(r->c, e, &c->loads,
        SQL("SELECT COUNT(*) FROM org o WHERE o.home = $1 AND o.open_load <> (SELECT COUNT(*)"
            " FROM assignment s WHERE s.home = o.home AND s.org = o.id AND s.state IN (0, 1, 3))"),
        V(r->app->home))
        && (!c->repair || db_exec(r->c, e, NULL,
        SQL("UPDATE org SET open_load = (SELECT COUNT(*) FROM assignment s WHERE s.home = org.home"
            " AND s.org = org.id AND s.state IN (0, 1, 3)) WHERE home = $1"), V(r->app->home)));
}

static bool check_counts(struct req *r, void *ctx, struct err *e)
{
    struct matter_check *c = ctx;
    return db_int(r->c, e, &c->counts,
        SQL("SELECT COUNT(*) FROM (SELECT holder, bucket, SUM(n) AS n FROM"
            " (SELECT holder, bucket, n FROM work_count WHERE home = $1 UNION ALL"
            " SELECT holder, bucket, -COUNT(*) AS n FROM worklist WHERE home = $1"
            " GROUP BY holder, bucket) both_of GROUP BY holder, bucket) sums WHERE n <> 0"),
        V(r->app->home))
        && (!c->repair || (db_exec(r->c, e, NULL, SQL("DELETE FROM work_count WHERE home = $1"),
                                   V(r->app->home))
        && db_exec(r->c, e, NULL,
        /* the clock is ahead of every count of moves: no answer kept before fits again */
        SQL("INSERT INTO work_count (home, holder, bucket, n, moves)"
            " SELECT home, holder, bucket, COUNT(*), CAST($2 AS BIGINT)"
            " FROM worklist WHERE home = $1 GROUP BY home, holder, bucket"), V(r->app->home),
        V(r->now))));
}

struct file { struct id id; struct str digest; };
static const struct field file_fields[] = {
    FIELD(file, id, .doc = "Attachment"), FIELD(file, digest, .doc = "Content"),
};
static const struct record file_record = RECORD(file, file_fields);

static bool check_files(struct req *r, void *ctx, struct err *e)
{
    struct step_on *s = ctx;
    struct list list;
    if (!db_all(r->c, e, r->a, &file_record, &list,
            SQL("SELECT id, digest FROM attachment WHERE home = $1 AND id > $2 AND removed_at = 0"
                " ORDER BY id LIMIT 200"), V(r->app->home), V(s->after)))
        return false;
    const struct file *v = list.v;
    for (size_t i = 0; i < list.n; i++) {
        bool ok;
        if (!store_check(r->app, r->a, v[i].digest, &ok, e))
            return false;
        s->c->lost += !ok;
        s->after = v[i].id.v;
    }
    s->c->files += (int64_t)list.n;
    s->n = list.n;
    return true;
}

typedef bool page_fn(struct req *r, void *ctx, struct err *e);

static bool walk(struct app *app, struct matter_check *c, page_fn *page, bool write,
                 struct err *e)
{
    struct step_on s = { .c = c, .n = AT_ONCE };
    while (s.n == AT_ONCE) {
        struct arena a = { 0 };
        struct req r;
        struct matter_check before = *c;
        app_request(app, &a, NULL, &r);
        s.n = 0;
        bool ok = write ? app_write(app, &r, page, &s, e) : app_read(app, &r, page, &s, e);
        arena_done(&a);
        if (!ok) {
            *c = before;
            return false;
        }
    }
    return true;
}

bool matter_check_all(struct app *app, struct matter_check *out, struct err *e)
{
    struct arena a = { 0 };
    struct req r;
    app_request(app, &a, NULL, &r);
    bool ok = walk(app, out, check_page, out->repair, e) && walk(app, out, check_files, false, e)
           && (out->repair ? app_write : app_read)(app, &r, check_loads, out, e)
           && (out->repair ? app_write : app_read)(app, &r, check_counts, out, e)
           && (!out->repair || matter_search_rebuild(app, e));
    arena_done(&a);
    return ok;
}
