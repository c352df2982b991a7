#include "app/app.h"
#include "app/codebook.h"
#include "app/memo.h"
#include "app/rule_load.h"
#include "base/log.h"
#include "base/random.h"
#include "crypt/crypto.h"
#include "db/feed.h"
#include "db/lease.h"
#include "db/migrate.h"
#include "doc/press.h"
#include <errno.h>
#include <signal.h>
#include <sys/stat.h>
#include <unistd.h>

const char *app_path(const struct app *app, struct arena *a, const char *name)
{
    return arena_printf(a, "%.*s/%s", STR_ARG(app->config.data), name).p;
}

static bool make_dir(const char *path, struct err *e)
{
    if (mkdir(path, 0700) == 0 || errno == EEXIST)
        return true;
    return err_setf(e, ERR_CONFIG, "%s: %s", path, strerror(errno));
}

static bool open_keys(struct app *app, struct err *e)
{
    const char *path = app->config.keys.n ? arena_cstr(app->a, app->config.keys)
                                          : app_path(app, app->a, "keys");
    if (access(path, F_OK) != 0 && !keys_create(path, e))
        return false;
    if (!keys_open(&app->keys, path, e))
        return false;
    app->secrets = (struct secrets){
        .suite = str_is(app->config.suite, "aes") ? SECRET_AES : SECRET_SM4, .keys = &app->keys,
    };
    return true;
}

/* "0003_place.sql" -> 3. */
static bool migrations(struct app *app, struct migration **out, size_t *n, struct err *e)
{
    struct migration *v = arena_array(app->a, struct migration, app->sql.n);
    *n = 0;
    for (size_t i = 0; i < app->sql.n; i++) {
        const struct asset *f = &app->sql.v[i];
        struct str no, rest;
        const char *name = f->path + (f->path[0] == '/');
        if (!str_ends(str_of(name), STR(".sql")))
            continue;
        v[*n] = (struct migration){ .name = name, .text = f->body, .n = f->n };
        if (!str_cut(str_of(name), '_', &no, &rest) || !str_to_i64(no, &v[(*n)++].no))
            return err_internal(e, "migration %s has no number", name);
    }
    *out = v;
    return true;
}

/* After a commit: the sequencer numbers what is new and then tells the others. */
static void wake(void *ctx)
{
    struct app *app = ctx;
    feed_sequencer_wake(app->sequencer);
}

static bool open_db(struct app *app, struct err *e)
{
    struct migration *steps;
    size_t applied, n;
    struct str url = app->config.database;
    if (!url.n)
        url = arena_printf(app->a, "sqlite:%s", app_path(app, app->a, "fengqiao.db"));
    app->db = db_open(&(struct db_options){
        .url = url, .workers = (unsigned)app->config.db_workers,
        .readers = (unsigned)app->config.db_workers, .after_commit = wake, .ctx = app,
        .before_commit = memo_before_commit, .watch = memo_watch,
    }, e);
    if (!app->db || !migrations(app, &steps, &n, e)
        || !db_migrate(app->db, steps, n, &applied, e))
        return false;
    if (applied)
        log_event(LOG_INFO, "migrate", "applied %zu steps", applied);
    app->last_step = n ? steps[n - 1].no : 0;
    return true;
}

static bool is_last(struct req *r, void *ctx UNUSED, struct err *e)
{
    return migrate_is_last(r->c, r->app->last_step, e);
}

bool app_keep_step(struct app *app, bool *more, struct err *e)
{
    struct req r;
    AUTO(arena_done) struct arena a = { 0 };
    *more = false;
    app_request(app, &a, NULL, &r);
    if (app_read(app, &r, is_last, NULL, e))
        return true;
    if (e->id == ERR_NEWER_DATABASE && !atomic_exchange(&app->too_old, true))
        kill(getpid(), SIGTERM);
    return false;
}

/* No id is made twice, also where this clock is behind that of who had the node before:
 * what was made since is looked for, and a little more, never the whole city. */
static bool start_ids(struct req *r, unsigned node, struct err *e)
{
    int64_t floor = 0;
    struct stamp since = { r->now.ms - STAMP_MINUTE };
    if (!db_int(r->c, e, &floor,
            SQL("SELECT COALESCE(MAX(id), 0) FROM"
                " (SELECT MAX(id) AS id FROM party WHERE home = $1 AND id > $2 UNION ALL"
                " SELECT MAX(id) FROM matter WHERE home = $1 AND id > $2 UNION ALL"
                " SELECT MAX(id) FROM post WHERE home = $1 AND id > $2) x"),
            V(r->app->home), V(id_floor_of(since))))
        return false;
    id_start(node, floor);
    return true;
}

static bool find_home(struct req *r, void *ctx, struct err *e)
{
    struct app *app = ctx;
    struct str home = STR("0");
    if (!setting_get(r->c, r->a, STR("home"), &home, e))
        return false;
    if (!str_to_i64(home, &app->home.v))
        return err_internal(e, "setting home is no number");
    return start_ids(r, app->node, e);
}

bool app_find_home(struct app *app, struct err *e)
{
    struct req r;
    struct arena a = { 0 };
    app_request(app, &a, NULL, &r);
    bool ok = app_read(app, &r, find_home, app, e);
    arena_done(&a);
    return ok;
}

/* ---- the node ---- */

/* Nobody trusts the last minutes of a lease: a write under way must end in them, and
 * clocks differ. */
enum { NODE_LEASE_MS = 3600000, NODE_MARGIN_MS = 300000 };

static bool has_node(const struct app *app)
{
    return stamp_now().ms < app->node_until && clock_us() < app->node_until_us;
}

bool app_has_node(const struct app *app, struct err *e)
{
    return has_node(app) || err_set(e, ERR_NODE_LOST);
}

/* The one it has where that is still its own, else the first that is free. */
struct node_ask { bool had; unsigned node; };
static bool ask_node(struct req *r, void *ctx, struct err *e)
{
    struct node_ask *x = ctx;
    bool mine = false;
    x->node = r->app->node;
    if (x->had && !lease_take(r->c, lease_node_name(r->a, x->node), r->app->holder, NODE_LEASE_MS,
                              &mine, e))
        return false;
    return mine || (lease_node(r->c, r->app->holder, NODE_LEASE_MS, &x->node, e)
                    && start_ids(r, x->node, e));
}

static bool write_now(struct app *app, struct req *r,
                      bool (*fn)(struct req *r, void *ctx, struct err *e), void *ctx,
                      struct err *e);

static bool lease_own_node(struct app *app, struct err *e)
{
    struct req r;
    AUTO(arena_done) struct arena a = { 0 };
    struct node_ask x = { .had = has_node(app) };
    int64_t now = stamp_now().ms, now_us = clock_us(), held = NODE_LEASE_MS - NODE_MARGIN_MS;
    app_request(app, &a, NULL, &r);
    if (!write_now(app, &r, ask_node, &x, e))
        return false;
    if (app->node_until && (!x.had || x.node != app->node))
        log_event(LOG_WARN, "node", "node %u was lost, goes on as node %u", app->node, x.node);
    app->node = x.node;
    app->node_until_us = now_us + held * 1000;
    app->node_until = now + held;
    return true;
}

/* Of several at once one asks. */
static bool hold_node(struct app *app, struct err *e)
{
    if (atomic_exchange(&app->node_asked, true))
        return app_has_node(app, e);
    bool ok = lease_own_node(app, e);
    app->node_asked = false;
    return ok;
}

bool app_keep_node(struct app *app, bool *more, struct err *e)
{
    *more = false;
    bool early = stamp_now().ms < app->node_until - NODE_LEASE_MS / 2;
    return (early && has_node(app)) || hold_node(app, e);
}

static bool drop_node(struct req *r, void *ctx UNUSED, struct err *e)
{
    return lease_drop(r->c, lease_node_name(r->a, r->app->node), r->app->holder, e);
}

static bool give_node_back(struct app *app, struct err *e)
{
    struct req r;
    AUTO(arena_done) struct arena a = { 0 };
    app_request(app, &a, NULL, &r);
    app->node_until = 0;
    return write_now(app, &r, drop_node, NULL, e);
}

bool app_open(struct app *app, struct arena *a, struct err *e)
{
    app->a = a;
    app->started_at = stamp_now();
    app->holder = random_hex(a, 8);
    random_bytes(app->local_key, sizeof app->local_key);
    app->press = press_make(a, str_of(app_path(app, a, "fonts")));
    return crypto_start(e)
        && make_dir(arena_cstr(a, app->config.data), e) && make_dir(app_path(app, a, "spool"), e)
        && make_dir(app_path(app, a, "files"), e) && open_keys(app, e) && open_db(app, e)
        && hold_node(app, e) && app_find_home(app, e)
        && rules_load_first(app, e) && codebook_load(app, e);
}

void app_close(struct app *app)
{
    struct err e = { 0 };
    if (app->db && app->codes && !give_node_back(app, &e))
        log_event(LOG_WARN, "close", "node lease: %s", e.detail);
    codebook_close(app);
    db_close(app->db);
    keys_done(&app->keys);
    app->db = NULL;
}

bool setting_get(struct db_conn *c, struct arena *a, struct str name, struct str *out,
                 struct err *e)
{
    return db_text(c, e, a, out, SQL("SELECT value FROM setting WHERE name = $1"), V(name));
}

bool setting_put(struct db_conn *c, struct str name, struct str value, struct err *e)
{
    return db_exec(c, e, NULL,
        SQL("INSERT INTO setting (name, value) VALUES ($1, $2)"
            " ON CONFLICT (name) DO UPDATE SET value = excluded.value"), V(name), V(value));
}

void app_request(struct app *app, struct arena *a, const struct who *who, struct req *out)
{
    struct who *clock = arena_new(a, struct who);
    *clock = (struct who){ .home = app->home, .login = STR("clock"), .name = STR("clock") };
    *out = (struct req){
        .a = a, .app = app, .who = who ? who : clock, .now = stamp_now(), .limit = 20,
        .id = STR("-"), .sight = SIGHT_ALL,
    };
}

struct work {
    struct db_job job;
    struct req *r;
    bool (*fn)(struct req *r, void *ctx, struct err *e);
    void *ctx;
};

static bool run_work(struct db_job *job, struct db_conn *c, struct err *e)
{
    struct work *w = (struct work *)(void *)job;
    w->r->c = c;
    bool ok = w->fn(w->r, w->ctx, e);
    w->r->c = NULL;
    return ok;
}

static bool write_now(struct app *app, struct req *r,
                      bool (*fn)(struct req *r, void *ctx, struct err *e), void *ctx,
                      struct err *e)
{
    struct work w = { .job.run = run_work, .r = r, .fn = fn, .ctx = ctx };
    return db_write_wait(app->db, &w.job, e);
}

bool app_write(struct app *app, struct req *r,
               bool (*fn)(struct req *r, void *ctx, struct err *e), void *ctx, struct err *e)
{
    return (has_node(app) || hold_node(app, e)) && write_now(app, r, fn, ctx, e);
}

bool app_read(struct app *app, struct req *r,
              bool (*fn)(struct req *r, void *ctx, struct err *e), void *ctx, struct err *e)
{
    struct work w = { .job.run = run_work, .r = r, .fn = fn, .ctx = ctx };
    return db_read_wait(app->db, &w.job, e);
}
