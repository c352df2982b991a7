#include "app/job.h"
#include "app/session.h"
#include "base/log.h"

enum { LEASE_MS = 120000, TRIES_MAX = 3, RESULT_MAX = 1 << 20, WAITING_MAX = 10 };

#define X(id, slug, zh, en) { slug, zh, en },
static const struct name state_v[] = { JOB_STATES(X) };
#undef X
const struct names job_state_names = NAMES("job_state", state_v);

static const struct field job_fields[] = {
    FIELD(job, id, .doc = "Key", .flags = HIDDEN),
    FIELD(job, kind, .doc = "What it does", .zh = "任务", .en = "Job"),
    FIELD(job, state, .doc = "How it stands", .names = &job_state_names, .zh = "状态",
          .en = "State"),
    FIELD(job, done, .doc = "Pieces done", .zh = "已完成", .en = "Done"),
    FIELD(job, total, .doc = "Pieces in all, 0 while unknown", .zh = "总数", .en = "Total"),
    FIELD(job, result, .doc = "What came out", .flags = HIDDEN),
    FIELD(job, created_at, .doc = "When it was asked for", .zh = "提交时间", .en = "Asked"),
    FIELD(job, ended_at, .doc = "When it ended", .zh = "结束时间", .en = "Ended"),
    FIELD(job, owner, .doc = "Whose", .flags = HIDDEN | WRITEONLY),
    FIELD(job, post, .doc = "In which post", .flags = HIDDEN | WRITEONLY),
    FIELD(job, params, .doc = "What was asked", .flags = HIDDEN | WRITEONLY, .max = 100000),
    FIELD(job, tries, .doc = "Times begun", .flags = HIDDEN | WRITEONLY),
};
const struct record job_record = RECORD(job, job_fields);

/* One account's jobs must not hold up everybody's. */
static bool has_room(struct req *r, struct err *e)
{
    int64_t n = 0;
    return db_int(r->c, e, &n,
            SQL("SELECT COUNT(*) FROM (SELECT 1 FROM job WHERE owner = $1 AND home = $2"
                " AND state IN (0, 1) LIMIT 10) x"), V(r->who->account), V(r->who->home))
        && (n < WAITING_MAX || err_setf(e, ERR_TOO_MANY, "%d", WAITING_MAX));
}

bool job_add(struct req *r, struct str kind, struct str params, struct job *out, struct err *e)
{
    if (!has_room(r, e))
        return false;
    *out = (struct job){ .id = id_make(), .kind = kind, .owner = r->who->account,
                         .post = r->who->post, .params = params, .created_at = r->now };
    return db_exec(r->c, e, NULL,
        SQL("INSERT INTO job (id, home, kind, state, owner, post, params, result, done, total,"
            " lease, lease_until, tries, run_after, created_at, ended_at)"
            " VALUES ($1, $2, $3, 0, $4, $5, $6, '', 0, 0, '', 0, 0, 0, $7, 0)"),
        V(out->id), V(r->who->home), V(kind), V(out->owner), V(out->post), V(params), V(r->now));
}

bool job_get(struct req *r, struct id id, struct job *out, struct err *e)
{
    return db_one(r->c, e, r->a, &job_record, out,
        SQL("SELECT id, kind, state, owner, post, params, result, done, total, tries, created_at,"
            " ended_at FROM job WHERE home = $1 AND id = $2 AND owner = $3"),
        V(r->who->home), V(id), V(r->who->account));
}

bool job_list(struct req *r, struct str kind, struct list *out, struct err *e)
{
    struct id before = { INT64_MAX };
    if (r->cursor.n && !str_to_i64(r->cursor, &before.v))
        return err_field(e, ERR_BAD_CURSOR, "after");
    if (!db_all(r->c, e, r->a, &job_record, out,
            SQL("SELECT id, kind, state, done, total, result, created_at, ended_at FROM job"
                " WHERE owner = $1 AND home = $2 AND kind = $3 AND id < $4"
                " ORDER BY id DESC LIMIT $5"),
            V(r->who->account), V(r->who->home), V(kind), V(before), V(r->limit)))
        return false;
    const struct job *v = out->v;
    if (out->n == (size_t)r->limit)
        r->next = arena_printf(r->a, "%lld", (long long)v[out->n - 1].id.v);
    return true;
}

struct progress { const struct job *job; int64_t done, total; };

static bool write_progress(struct req *r, void *ctx, struct err *e)
{
    const struct progress *p = ctx;
    int64_t changed;
    return db_exec(r->c, e, &changed,
        SQL("UPDATE job SET done = $3, total = $4, lease_until = $5"
            " WHERE home = $1 AND id = $2 AND lease = $6"),
        V(r->app->home), V(p->job->id), V(p->done), V(p->total), V(stamp_now().ms + LEASE_MS),
        V(r->app->holder))
        && (changed == 1 || err_set(e, ERR_CONFLICT));
}

bool job_progress(struct app *app, const struct job *job, int64_t done, int64_t total,
                  struct err *e)
{
    struct arena a = { 0 };
    struct req r;
    struct progress p = { job, done, total };
    app_request(app, &a, NULL, &r);
    bool ok = app_write(app, &r, write_progress, &p, e);
    arena_done(&a);
    return ok;
}

static void put_failure(const struct err *e, struct buf *b)
{
    AUTO(buf_done) struct buf text;
    buf_init(&text, 2000);
    err_text(e, LANG_ZH, &text);
    buf_clear(b);
    buf_addf(b, "{\"error\":\"%s\",\"text\":", err_slug(e->id));
    json_put_str(b, buf_str(&text));
    buf_add(b, STR("}"));
}

/* One whose runners went away each time has failed; nobody would take it again. */
static bool give_up(struct req *r, struct err *e)
{
    struct err why = { 0 };
    AUTO(buf_done) struct buf result;
    buf_init(&result, 4000);
    err_detail(&why, ERR_UNAVAILABLE, "given up after %d tries", TRIES_MAX);
    put_failure(&why, &result);
    return db_exec(r->c, e, NULL,
        SQL("UPDATE job SET state = 3, result = $4, ended_at = $3, lease = ''"
            " WHERE home = $1 AND state = 1 AND tries >= $2 AND lease_until < $3"),
        V(r->app->home), V((int64_t)TRIES_MAX), V(r->now), V(arena_dup(r->a, buf_str(&result))));
}

struct pick { struct job job; bool found; };

/* Takes one that waits, or one whose runner is gone. What makes it free is asked
 * of the row itself too: another process may have been quicker. */
static bool take(struct req *r, void *ctx, struct err *e)
{
    struct pick *p = ctx;
    return give_up(r, e) && db_maybe(r->c, e, r->a, &job_record, &p->job, &p->found,
        SQL("UPDATE job SET state = 1, lease = $1, lease_until = $2, tries = tries + 1"
            " WHERE home = $5 AND id IN (SELECT id FROM job WHERE (state = 0 OR"
            " (state = 1 AND lease_until < $3)) AND run_after <= $3 AND tries < $4"
            " ORDER BY id LIMIT 1) AND (state = 0 OR (state = 1 AND lease_until < $3))"
            " RETURNING id, kind, state, owner, post, params, done, total, tries, created_at"),
        V(r->app->holder), V(r->now.ms + LEASE_MS), V(r->now), V((int64_t)TRIES_MAX),
        V(r->app->home));
}

struct end { const struct job *job; enum job_state state; struct str result; };

static bool write_end(struct req *r, void *ctx, struct err *e)
{
    const struct end *x = ctx;
    return db_exec(r->c, e, NULL,
        SQL("UPDATE job SET state = $3, result = $4, ended_at = $5, lease = ''"
            " WHERE home = $1 AND id = $2 AND lease = $6"),
        V(r->app->home), V(x->job->id), V((unsigned)x->state), V(x->result), V(stamp_now()),
        V(r->app->holder));
}

static bool as_owner(struct req *r, void *ctx, struct err *e)
{
    const struct job *job = ctx;
    struct who *w = arena_new(r->a, struct who);
    bool found;
    if (!session_who_in_post(r, job->owner, job->post, w, &found, e))
        return false;
    r->who = w;
    return (found && w->org.v) || err_set(e, ERR_NO_POST);
}

static const struct job_kind *kind_of(const struct app *app, struct str name)
{
    for (size_t i = 0; i < app->jobs.n; i++)
        if (str_is(name, app->jobs.v[i].name))
            return &app->jobs.v[i];
    return NULL;
}

static bool run_one(struct app *app, struct req *r, struct job *job, struct buf *result,
                    struct err *e)
{
    const struct job_kind *k = kind_of(app, job->kind);
    if (!k)
        return err_internal(e, "no job kind %.*s", STR_ARG(job->kind));
    return app_read(app, r, as_owner, job, e) && k->run(app, r, job, result, e);
}

bool jobs_run(struct app *app, bool *more, struct err *e)
{
    struct arena a = { 0 };
    AUTO(buf_done) struct buf result;
    struct req r;
    struct pick p = { .found = false };
    struct err why = { 0 };
    buf_init(&result, RESULT_MAX);
    app_request(app, &a, NULL, &r);
    bool ok = app_write(app, &r, take, &p, e);
    if (ok && p.found) {
        bool done = run_one(app, &r, &p.job, &result, &why);
        if (!done) {
            log_event(LOG_WARN, "job", "kind=%.*s error=%s %s", STR_ARG(p.job.kind),
                      err_slug(why.id), why.detail);
            put_failure(&why, &result);
        }
        struct end x = { &p.job, done ? JOB_DONE : JOB_FAILED, buf_str(&result) };
        app_request(app, &a, NULL, &r);
        ok = app_write(app, &r, write_end, &x, e);
    }
    *more = p.found;
    arena_done(&a);
    return ok;
}
