/* city.h - a city at work for the tests of rooms above app: the demo's areas, bodies,
 * people and competences without its matters, every address of the program, and calls
 * of them by login, on the engine the runner names.
 *
 * 桂城 (440605011000) and 大沥 (440605125000) are towns of the district 南海
 * (440605000000); each has a centre and a committee, the district a court. */
#ifndef TEST_CITY_H
#define TEST_CITY_H
#include "app/session.h"
#include "http/path.h"
#include "main/command.h"
#include "matter/intake.h"
#include "unit/demo/city.h"
#include <ftw.h>
#include <stdarg.h>

/* ---- the city ---- */

static struct city town;
static struct stamp town_now;           /* of the last call; a test may move it ahead */

static inline void town_open(void)
{
    struct err e = { 0 };
    struct demo_report n = { 0 };
    MUST(city_open(&town, &e), &e);
    for (size_t i = 0; i < town.app.demo.n; i++)
        if (str_is(str_of(town.app.demo.v[i].path), "/matters.json")) {
            struct asset *v = arena_array(&town.a, struct asset, town.app.demo.n);
            memcpy(v, town.app.demo.v, town.app.demo.n * sizeof *v);
            v[i].body = "[]";
            v[i].n = 2;
            town.app.demo.v = v;
        }
    town.app.routes = routes_all(&town.a, &town.app.routes_n);
    town.app.jobs.v = all_jobs;
    town.app.jobs.n = all_jobs_n;
    MUST(demo_load(&town.app, &town.a, &n, &e), &e);
    OK(n.matters == 0 && town.app.home.v != 0);
    town_now = stamp_now();
}

static inline int town_forget(const char *path, const struct stat *st UNUSED, int flag UNUSED,
                              struct FTW *at UNUSED)
{
    return remove(path);
}
static inline int town_close(void)
{
    char dir[64];
    snprintf(dir, sizeof dir, "%s", town.dir);
    city_close(&town);
    nftw(dir, town_forget, 16, FTW_DEPTH | FTW_PHYS);
    return tap_end();
}

static inline struct str text(const char *fmt, ...) PRINTF(1, 2);
static inline struct str text(const char *fmt, ...)
{
    char s[8192];
    va_list ap;
    va_start(ap, fmt);
    vsnprintf(s, sizeof s, fmt, ap);
    va_end(ap);
    return arena_dup(&town.a, str_of(s));
}
static inline bool has(struct str s, const char *part)
{
    return str_find(s, str_of(part)) < s.n;
}

/* ---- statements of the test's own ---- */

struct town_sql { const struct db_val *v; int64_t n; struct str s; };
static inline bool town_ask(struct req *r, void *ctx, struct err *e)
{
    struct town_sql *x = ctx;
    return db_int_v(r->c, e, &x->n, x->v);
}
static inline bool town_ask_text(struct req *r, void *ctx, struct err *e)
{
    struct town_sql *x = ctx;
    return db_text_v(r->c, e, r->a, &x->s, x->v);
}
static inline bool town_do(struct req *r, void *ctx, struct err *e)
{
    struct town_sql *x = ctx;
    return db_exec_v(r->c, e, &x->n, x->v);
}
static inline struct town_sql town_run(city_fn *fn, const struct db_val *v)
{
    struct town_sql x = { .v = v };
    OK_INT(city_write(&town, fn, &x), ERR_OK);
    return x;
}
/* The number, the text; a change. */
#define ASK(...) town_run(town_ask, DB_LIST(__VA_ARGS__)).n
#define ASK_TEXT(...) town_run(town_ask_text, DB_LIST(__VA_ARGS__)).s
#define DO(...) (void)town_run(town_do, DB_LIST(__VA_ARGS__))

static inline struct id area_of(const char *code)
{
    return (struct id){ ASK(SQL("SELECT area FROM area_code WHERE code = $1"), V(str_of(code))) };
}

/* ---- calls ---- */

struct town_who { struct str login; struct who who; };
static inline bool town_find(struct req *r, void *ctx, struct err *e)
{
    struct town_who *x = ctx;
    struct id account = ID_NONE, post = ID_NONE;
    bool found;
    return db_int(r->c, e, &account.v, SQL("SELECT id FROM account WHERE login = $1 OR (kind = 1 AND name = $1)"), V(x->login))
        && db_int(r->c, e, &post.v,
            SQL("SELECT id FROM post WHERE account = $1 AND valid_from <= $2"
                " AND (valid_to = 0 OR valid_to > $2) ORDER BY id LIMIT 1"),
            V(account), V((int64_t)day_of_stamp(r->now).n))
        && session_who_in_post(r, account, post, &x->who, &found, e)
        && (found || err_set(e, ERR_NOT_FOUND));
}
/* Somebody in his or her first post; a resident goes by the name; NULL is a guest. */
static inline const struct who *who_of(const char *login)
{
    struct town_who *x = arena_new(&town.a, struct town_who);
    x->login = str_of(login);
    if (!login)
        return NULL;
    OK_INT(city_write(&town, town_find, x), ERR_OK);
    return &x->who;
}
/* A request of the login now, for a function that takes one. */
static inline struct req as(const char *login)
{
    struct req r;
    app_request(&town.app, &town.a, login ? who_of(login) : NULL, &r);
    if (town_now.ms < r.now.ms)
        town_now = r.now;
    r.now = town_now;
    return r;
}

/* What a client sends, and what came of it. */
struct told {
    struct err e;
    const void *out;                    /* the route's out struct (struct list for lists) */
    struct str json;                    /* as it leaves, by the sight the handler set */
    struct req r;
};
struct town_apply { void *in, *out; size_t size; };
static inline bool town_apply(struct req *r, void *ctx, struct err *e)
{
    struct town_apply *x = ctx;
    memset(x->out, 0, x->size);
    r->then_write = NULL;
    return r->route->apply(r, x->in, x->out, e);
}
static inline bool town_after(struct req *r, void *ctx UNUSED, struct err *e)
{
    return r->then_write(r, e);
}

static inline void town_encode(struct told *t)
{
    const struct route *route = t->r.route;
    struct buf b;
    buf_init(&b, 4 << 20);
    if (route->reply == REPLY_ONE && route->out)
        record_to_json(route->out, t->out, t->r.sight, &b);
    const struct list *list = t->out;
    for (size_t i = 0; route->reply == REPLY_LIST && i < list->n; i++)
        record_to_json(route->out, (const char *)list->v + i * route->out->size, t->r.sight, &b);
    t->json = arena_dup(&town.a, buf_str(&b));
    buf_done(&b);
}

static inline bool town_answer(struct told *t, struct str body)
{
    struct req *r = &t->r;
    const struct route *route = r->route;
    bool list = route->reply == REPLY_LIST;
    struct town_apply x = { .size = list ? sizeof(struct list) : route->out ? route->out->size : 1 };
    x.out = arena_alloc(&town.a, x.size);
    x.in = route->in ? arena_alloc(&town.a, route->in->size) : NULL;
    t->out = x.out;
    if (!(route->perm == PERM_PUBLIC || who_may(r->who, (enum perm)route->perm)))
        return err_set(&t->e, ERR_DENIED);
    return (!x.in || (record_preset(route->in, r->a, x.in, &t->e)
                      && (route->body != BODY_JSON
                          || record_from_bytes(route->in, body, r->a, x.in, &t->e))))
        && (!route->prepare || route->prepare(r, x.in, &t->e))
        && (route->mode == ROUTE_WRITE ? app_write : app_read)(&town.app, r, town_apply, &x, &t->e)
        && (!r->then_write || app_write(&town.app, r, town_after, NULL, &t->e));
}

/* Method and address ("GET /api/v1/matters?limit=5") with a JSON body; version 0 sends
 * no If-Match. */
static inline struct told call_with(const char *login, const char *line, struct str body,
                                    int64_t version, const struct upload *file)
{
    struct told t = { .r = as(login) };
    struct str method, path, head, query;
    str_cut(str_of(line), ' ', &method, &path);
    head = str_cut(path, '?', &head, &query) ? head : path;
    t.r.who = login ? t.r.who : NULL;
    t.r.site = SITE_BOTH;
    if (version)
        t.r.if_match = text("\"v%lld\"", (long long)version);
    if (file) {
        t.r.uploads.v[0] = *file;
        t.r.uploads.n = 1;
    }
    t.r.route = route_find(town.app.routes, town.app.routes_n, SITE_BOTH, method, head, &town.a,
                           t.r.param, &t.e);
    if (t.r.route && query_read(&t.r, query, &t.e) && town_answer(&t, body))
        town_encode(&t);
    if (t.e.id == ERR_INTERNAL || t.e.id == ERR_NO_ROUTE)
        printf("# %s: %s %s\n", line, err_slug(t.e.id), t.e.detail);
    return t;
}
static inline struct told call(const char *login, struct str line, const char *body,
                               int64_t version)
{
    return call_with(login, line.p, str_of(body), version, NULL);
}
static inline struct told get(const char *login, struct str path)
{
    return call_with(login, text("GET %.*s", STR_ARG(path)).p, STR(""), 0, NULL);
}
/* Whether it failed so, at that field ("" any). */
#define REFUSED(told, want, where) refused(told, want, where, __FILE__, __LINE__)
static inline bool refused(struct told t, enum err_id want, const char *where, const char *file,
                           int line)
{
    bool ok = t.e.id == want && (!where[0] || str_is(str_of(t.e.field), where));
    tap_ok(ok, err_slug(want), file, line);
    if (!ok)
        printf("#   got %s at [%s] %s %s\n", err_slug(t.e.id), t.e.field, t.e.arg, t.e.detail);
    return ok;
}
#define DONE(told) refused(told, ERR_OK, "", __FILE__, __LINE__)

/* ---- a matter and its way ---- */

struct case_file {
    struct id id;
    struct str number, pin;
    int64_t version;
    struct id party[4], claim[4];
};

/* Two sides, two claims, in 桂一社区 of 桂城; more goes before the closing brace. */
#define NEIGHBOURS                                                                          \
    "\"kind\":\"dispute\",\"type\":\"2\",\"title\":\"楼上漏水\",\"story\":\"天花发霉\","       \
    "\"parties\":[{\"role\":\"applicant\",\"name\":\"周玉珍\",\"phone\":\"19900000201\"},"    \
    "{\"role\":\"respondent\",\"name\":\"谢秉谦\",\"phone\":\"13812345678\"}],"                \
    "\"claims\":[{\"text\":\"修好\"},{\"text\":\"赔偿\",\"amount\":260000}]"

static inline struct case_file case_of(struct told t)
{
    struct case_file c = { 0 };
    if (t.e.id)
        return c;
    const struct matter_filed *f = t.out;
    c = (struct case_file){ .id = f->id, .number = f->number, .pin = f->pin,
                            .version = f->version };
    for (int64_t i = 0; i < 4; i++) {
        c.party[i].v = ASK(SQL("SELECT id FROM party WHERE matter = $1 AND no = $2"), V(f->id),
                           V(i + 1));
        c.claim[i].v = ASK(SQL("SELECT id FROM claim WHERE matter = $1 AND no = $2"), V(f->id),
                           V(i + 1));
    }
    return c;
}
static inline bool is_resident(const char *login)
{
    return (unsigned char)login[0] >= 0x80;
}
/* body without braces and area. */
static inline struct told file_at(const char *login, const char *code, const char *body)
{
    bool resident = login && is_resident(login);
    return call(login, resident ? STR("POST /api/v1/door/matters") : STR("POST /api/v1/matters"),
                text("{\"area\":\"%lld\",%s}", (long long)area_of(code).v, body).p, 0);
}
static inline struct case_file filed(const char *login, const char *body)
{
    struct told t = file_at(login, "440605011001", body);
    DONE(t);
    return case_of(t);
}
/* Takes an action with the version last seen, and keeps the new one. */
static inline struct told act(struct case_file *c, const char *login, const char *action,
                              const char *body)
{
    bool door = login && is_resident(login);
    struct told t = call(login, text("POST /api/v1/%smatters/%lld/actions/%s",
        door ? "door/" : "", (long long)c->id.v, action), body, c->version);
    if (!t.e.id)
        c->version = ((const struct matter_moved *)t.out)->version;
    return t;
}

#define DISPATCHER "dispatcher.guicheng"
#define HANDLER "mediator.guiyi"
#define RESIDENT "周玉珍"
#define NEIGHBOUR "吴𬍛"
/* Through accept, assign (to HANDLER's committee), take, conclude, reply, close: the
 * first n of them. */
static inline void advance(struct case_file *c, int from, int n)
{
    struct str org = text("{\"org\":\"%lld\"}", (long long)who_of(HANDLER)->org.v);
    struct str says = text("{\"answers\":[{\"party\":\"%lld\",\"answer\":\"yes\"},"
        "{\"party\":\"%lld\",\"answer\":\"no\"}]}", (long long)c->party[0].v,
        (long long)c->party[1].v);
    const struct { const char *who, *action, *body; } steps[] = {
        { DISPATCHER, "accept", "{}" }, { DISPATCHER, "assign", org.p },
        { HANDLER, "take", "{\"disclosed\":true}" },
        { HANDLER, "conclude", "{\"outcomes\":[{\"outcome\":\"settled\"}],\"summary\":\"谈妥\"}" },
        { HANDLER, "reply", "{\"text\":\"已有结果\"}" }, { DISPATCHER, "close", says.p },
    };
    for (int i = from; i < from + n; i++)
        DONE(act(c, steps[i].who, steps[i].action, steps[i].body));
}
#endif
