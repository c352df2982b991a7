/* serve: opens everything, listens, and stops cleanly on SIGTERM or SIGINT. */
#include "app/background.h"
#include "app/checkpoint.h"
#include "app/hooks.h"
#include "app/mail.h"
#include "app/notice.h"
#include "app/outbox.h"
#include "app/job.h"
#include "app/tidy.h"
#include "base/log.h"
#include "db/feed.h"
#include "exchange/export.h"
#include "exchange/import.h"
#include "handling/tell.h"
#include "insight/edition.h"
#include "main/command.h"
#include "matter/deadline_recompute.h"
#include "matter/overdue.h"
#include "matter/pause.h"
#include "matter/search.h"
#include "matter/stream.h"
#include <signal.h>

enum { STOP_SECONDS = 20 };

static bool listeners(struct call_line *l, struct http_options *o, struct err *e)
{
    const struct config *c = &l->app->config;
    bool apart = c->door.n > 0;
    o->listeners = apart ? 2 : 1;
    o->listen[0].site = apart ? SITE_DESK : SITE_BOTH;
    o->listen[1].site = SITE_DOOR;
    return config_address(c->desk, l->a, &o->listen[0].address, &o->listen[0].port, e)
        && (!apart || config_address(c->door, l->a, &o->listen[1].address, &o->listen[1].port, e));
}

static bool start(struct call_line *l, struct err *e)
{
    struct app *app = l->app;
    struct http_options o = {
        .threads = (unsigned)app->config.threads, .spool = app_path(app, l->a, "spool"),
        .behind_proxy = app->config.behind_proxy, .secure_cookie = app->config.secure_cookie,
        .probe = app->config.probe,
        .tables = app->routes, .tables_n = app->routes_n, .db = app->db,
        .hooks = app_hooks(app, matter_stream_after), .assets = web_files, .assets_n = web_files_n,
    };
    if (!listeners(l, &o, e))
        return false;
    app->http = http_start(&o, e);
    return app->http != NULL;
}

static const struct chore chores[] = {
    { "node",       2000,   false, app_keep_node },
    { "schema",     2000,   false, app_keep_step },
    { "search",     5000,   true,  matter_search_follow },
    { "notices",    5000,   true,  tell_follow },
    { "clocks",     60000,  false, tell_clocks },
    { "rules",      2000,   false, deadline_recompute },
    { "overdue",    60000,  false, overdue_run },
    { "facts",      5000,   true,  fact_follow },
    { "pauses",     60000,  false, pause_run },
    { "checkpoint", 60000,  false, checkpoint_run },
    { "tidy",       600000, false, tidy_run },
    { "exports",    600000, false, export_tidy },
    { "imports",    600000, false, import_tidy },
};

/* On a thread of its own: an export of an hour must not hold up the others. */
static const struct chore work[] = {
    { "jobs", 1000, false, jobs_run },
    { "editions", 5000, false, edition_run },
};

/* As a program outside may take its time over each message. */
static const struct chore mail[] = {
    { "notices", 5000, false, notice_send },
    { "outbox", 2000, false, outbox_run },
};

/* The feed has new numbers: streams and chores look. */
static void moved(void *ctx)
{
    struct app *app = ctx;
    background_wake(app->background);
    if (app->http)
        http_wake(app->http);
}

static bool start_behind(struct call_line *l, struct err *e)
{
    struct app *app = l->app;
    app->background = background_start(app, chores, COUNT(chores), e);
    app->worker = app->background ? background_start(app, work, COUNT(work), e) : NULL;
    app->sender = app->worker ? background_start(app, mail, COUNT(mail), e) : NULL;
    if (!app->sender)
        return false;
    app->sequencer = feed_sequencer_open(app->db, app->holder, moved, app, e);
    return app->sequencer != NULL;
}

static void stop_behind(struct app *app)
{
    struct feed_sequencer *q = app->sequencer;
    background_stop(app->sender);
    background_stop(app->worker);
    background_stop(app->background);
    app->sender = app->worker = NULL;
    app->background = NULL;
    app->sequencer = NULL;              /* last: what the others commit wakes it */
    feed_sequencer_close(q);
}

/* With the port really bound: 0 asks the system for a free one. */
static void tell_address(const struct app *app)
{
    struct str host = app->config.desk;
    while (host.n && host.p[host.n - 1] != ':')
        host.n--;
    printf("fengqiao %s: http://%.*s%u\n", FENGQIAO_VERSION, STR_ARG(host),
           http_port(app->http, 0));
    fflush(stdout);
}

bool run_serve(struct call_line *l, struct err *e)
{
    sigset_t stop;
    int which;
    sigemptyset(&stop);
    sigaddset(&stop, SIGTERM);
    sigaddset(&stop, SIGINT);
    pthread_sigmask(SIG_BLOCK, &stop, NULL);
    signal(SIGPIPE, SIG_IGN);
    struct mail_server server;          /* a wrong setting is told now, not at the first message */
    if (!app_open(l->app, l->a, e) || !mail_server_of(&l->app->config, l->a, &server, e))
        return false;
    if (!start_behind(l, e) || !start(l, e)) {
        stop_behind(l->app);
        return false;
    }
    tell_address(l->app);
    log_event(LOG_INFO, "serve.start", "port=%u", http_port(l->app->http, 0));
    sigwait(&stop, &which);
    log_event(LOG_INFO, "serve.stop", "signal=%d", which);
    http_stop(l->app->http, STOP_SECONDS);
    stop_behind(l->app);
    http_close(l->app->http);
    l->app->http = NULL;
    bool more;
    return !l->app->too_old || app_keep_step(l->app, &more, e);
}

bool run_migrate(struct call_line *l, struct err *e)
{
    return app_open(l->app, l->a, e);
}
