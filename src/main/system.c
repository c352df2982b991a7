#include "main/system.h"
#include "app/codebook.h"
#include "main/command.h"

static bool on_health(struct req *r, const void *in UNUSED, void *out UNUSED, struct err *e UNUSED)
{
    r->text = STR("ok\n");
    r->media = STR("text/plain; charset=utf-8");
    r->no_store = true;
    return true;
}

/* Ready: the database answers and a home is chosen. */
static bool on_ready(struct req *r, const void *in UNUSED, void *out UNUSED, struct err *e)
{
    int64_t one = 0;
    if (!db_int(r->c, e, &one, SQL("SELECT 1")))
        return false;
    return on_health(r, NULL, NULL, e);
}

static bool on_metrics(struct req *r, const void *in UNUSED, void *out UNUSED, struct err *e UNUSED)
{
    AUTO(buf_done) struct buf b;
    buf_init(&b, 1 << 20);
    struct db_stats s = db_stats_of(r->app->db);
    buf_addf(&b, "# TYPE fengqiao_db_writes_total counter\nfengqiao_db_writes_total %lld\n"
             "# TYPE fengqiao_db_groups_total counter\nfengqiao_db_groups_total %lld\n"
             "# TYPE fengqiao_db_reads_total counter\nfengqiao_db_reads_total %lld\n"
             "# TYPE fengqiao_db_retries_total counter\nfengqiao_db_retries_total %lld\n"
             "# TYPE fengqiao_db_failures_total counter\nfengqiao_db_failures_total %lld\n"
             "# TYPE fengqiao_db_queued gauge\nfengqiao_db_queued %lld\n",
             (long long)s.writes, (long long)s.groups, (long long)s.reads, (long long)s.retries,
             (long long)s.failures, (long long)s.queued);
    if (r->app->http)
        http_metrics(r->app->http, &b);
    r->text = arena_dup(r->a, buf_str(&b));
    r->media = STR("text/plain; version=0.0.4; charset=utf-8");
    r->no_store = true;
    return true;
}

static bool on_openapi(struct req *r, const void *in UNUSED, void *out UNUSED, struct err *e)
{
    AUTO(buf_done) struct buf b;
    buf_init(&b, 16 << 20);
    route_openapi(r->app->routes, r->app->routes_n, &perm_names, FENGQIAO_VERSION, &b);
    if (!buf_ok(&b))
        return err_internal(e, "the description is too large");
    r->text = arena_dup(r->a, buf_str(&b));
    r->media = STR("application/json");
    return true;
}

static bool on_codes(struct req *r, const void *in UNUSED, void *out, struct err *e)
{
    struct list *list = out;
    *list = codebook_list(r->app, r->a, r->param[0], DAY_NONE);
    return list->n > 0 || err_set(e, ERR_NOT_FOUND);
}

static bool on_stream(struct req *r UNUSED, const void *in UNUSED, void *out UNUSED,
                      struct err *e UNUSED)
{
    return true;                        /* the server asks events_after from here on */
}

static const struct route system_routes[] = {
    { "GET", "/healthz", PERM_PUBLIC, ROUTE_PLAIN, .apply = on_health, .reply = REPLY_TEXT,
      .sites = SITE_BOTH, .doc = "The process is alive" },
    { "GET", "/readyz", PERM_PUBLIC, ROUTE_READ, .apply = on_ready, .reply = REPLY_TEXT,
      .sites = SITE_BOTH, .doc = "The database answers" },
    { "GET", "/metrics", PERM_SYSTEM, ROUTE_PLAIN, .apply = on_metrics, .reply = REPLY_TEXT,
      .doc = "Counters as Prometheus text" },
    { "GET", "/api/v1/openapi.json", PERM_PUBLIC, ROUTE_PLAIN, .apply = on_openapi,
      .reply = REPLY_TEXT, .sites = SITE_BOTH, .doc = "This description" },
    { "GET", "/api/v1/codes/{list}", PERM_PUBLIC, ROUTE_PLAIN, .apply = on_codes,
      .out = &code_entry_record, .reply = REPLY_LIST, .sites = SITE_BOTH,
      .doc = "The codes of a list that hold today" },
    { "GET", "/api/v1/stream", PERM_SIGNED_IN, ROUTE_READ, .apply = on_stream,
      .reply = REPLY_STREAM, .sites = SITE_BOTH,
      .doc = "What happens, as server-sent events; resumed by Last-Event-ID" },
};
const struct route_table system_table = ROUTES("system", system_routes);
