/* The commands import and export: the same jobs as over HTTP, run at once and
 * with their progress on the terminal, acting as an account in its first post. */
#include "exchange/export.h"
#include "exchange/import.h"
#include "exchange/import_tool.h"
#include "main/command.h"

/* A job row of one's own, so that progress and lease have their place. */
struct begun { struct job job; struct str kind, params; };

static bool begin(struct req *r, void *ctx, struct err *e)
{
    struct begun *x = ctx;
    return job_add(r, x->kind, x->params, &x->job, e)
        && db_exec(r->c, e, NULL,
            SQL("UPDATE job SET state = 1, lease = $3, lease_until = $4"
                " WHERE home = $1 AND id = $2"),
            V(r->app->home), V(x->job.id), V(r->app->holder),
            V(r->now.ms + (int64_t)24 * STAMP_HOUR));
}

static bool finish(struct req *r, void *ctx, struct err *e)
{
    const struct begun *x = ctx;
    return db_exec(r->c, e, NULL,
        SQL("UPDATE job SET state = $3, ended_at = $4, lease = '' WHERE home = $1 AND id = $2"),
        V(r->app->home), V(x->job.id), V((unsigned)x->job.state), V(r->now));
}

typedef bool job_fn(struct app *app, struct req *r, struct job *job, struct buf *result,
                    struct err *e);

static bool run_job(struct call_line *l, struct req *r, const char *kind, struct str params,
                    job_fn *run, struct begun *x, struct err *e)
{
    AUTO(buf_done) struct buf result;
    *x = (struct begun){ .kind = str_of(kind), .params = params };
    buf_init(&result, 1 << 20);
    if (!app_write(l->app, r, begin, x, e))
        return false;
    struct err why = { 0 };
    bool ok = run(l->app, r, &x->job, &result, &why);
    x->job.state = ok ? JOB_DONE : JOB_FAILED;  /* no server takes it up again */
    if (!app_write(l->app, r, finish, x, e))
        return false;
    if (!ok) {
        *e = why;
        return false;
    }
    printf("%.*s\n", STR_ARG(buf_str(&result)));
    return true;
}

bool run_import(struct call_line *l, struct err *e)
{
    struct import_ask ask = { .ledger = call_option(l, "--ledger", ""),
                              .kind = call_option(l, "--kind", "request"),
                              .source = call_option(l, "--source", "import") };
    struct req r;
    struct begun x;
    struct id id;
    if (l->argc < 1)
        return err_setf(e, ERR_CONFIG, "%s", "usage: fengqiao import FILE --as LOGIN --ledger NAME"
                        " [--kind KIND] [--source CODE] [--check]");
    ask.path = l->argv[0];
    if (!ask.ledger.n)
        return err_field(e, ERR_REQUIRED, "ledger");
    bool check = false;
    for (int i = 1; i < l->argc; i++)
        check |= !strcmp(l->argv[i], "--check");
    if (!app_open(l->app, l->a, e) || !call_act_as(l, &r, e)
        || !import_prepare(l->app, &r, &ask, &id, e))
        return false;
    struct str params = arena_printf(l->a, "{\"import\":\"%lld\",\"run\":%s}", (long long)id.v,
                                     check ? "false" : "true");
    return run_job(l, &r, "import", params, import_run, &x, e)
        && import_show_errors(l->app, &r, id, e);
}

bool run_export(struct call_line *l, struct err *e)
{
    struct req r;
    struct begun x;
    if (l->argc < 1)
        return err_setf(e, ERR_CONFIG, "%s", "usage: fengqiao export LIST --as LOGIN"
                        " [--filter QUERY] [--format csv|xlsx]");
    struct str params = arena_printf(l->a,
        "{\"list\":\"/api/v1/%s\",\"filter\":\"%.*s\",\"format\":\"%.*s\"}", l->argv[0],
        STR_ARG(call_option(l, "--filter", "")), STR_ARG(call_option(l, "--format", "xlsx")));
    if (!app_open(l->app, l->a, e) || !call_act_as(l, &r, e)
        || !run_job(l, &r, "export", params, export_run, &x, e))
        return false;
    printf("%s\n", export_path(l->app, l->a, x.job.id, call_option(l, "--format", "xlsx")));
    return true;
}
