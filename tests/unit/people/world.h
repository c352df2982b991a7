/* world.h - a small city for the tests of people: a fresh database with the whole
 * schema, keys in memory, two bodies, a clock that the test moves. */
#ifndef PEOPLE_WORLD_H
#define PEOPLE_WORLD_H
#include "app/codebook.h"
#include "app/memo.h"
#include "crypt/crypto.h"
#include "crypt/password.h"
#include "people/people.h"
#include "unit/db/dbtest.h"

struct world {
    struct home h;
    struct app app;
    struct arena a;
    struct stamp now;
    struct who who;                     /* who asks; account 0 is the clock */
};
enum { HOME = 7, CENTRE = 11, COMMITTEE = 12 };

static inline struct str world_text(struct world *w, const char *name)
{
    char path[512], *p = arena_alloc(&w->a, 1 << 20);
    snprintf(path, sizeof path, "%s%s", SQL_DIR, name);
    FILE *f = fopen(path, "re");
    size_t n = f ? fread(p, 1, 1 << 20, f) : 0;
    if (!n)
        abort();
    fclose(f);
    return (struct str){ p, n };
}

static inline void world_migrate(struct world *w, struct err *e)
{
    static const char *const names[] = {
        "0001_db.sql", "0002_app.sql", "0003_place.sql", "0004_people.sql", "0005_matter.sql",
    };
    struct migration v[COUNT(names)];
    size_t n = 0;
    for (size_t i = 0; i < COUNT(names); i++) {
        char path[512];
        snprintf(path, sizeof path, "%s%s", SQL_DIR, names[i]);
        if (access(path, R_OK))
            continue;
        struct str text = world_text(w, names[i]);
        v[n++] = (struct migration){ (int64_t)i + 1, names[i], text.p, text.n };
    }
    MUST(db_migrate(w->app.db, v, n, NULL, e), e);
}

static inline bool world_bodies(void *ctx, struct db_conn *c, struct err *e)
{
    (void)ctx;
    for (int64_t id = CENTRE; id <= COMMITTEE; id++)
        if (!db_exec(c, e, NULL,
                SQL("INSERT INTO org (id, home, kind, name, short_name, area, path, parent, above,"
                    " phone, address, hours, valid_from, valid_to, successor, open_load, version)"
                    " VALUES ($1, $2, 'centre', $3, '', 1, '/1/', 0, 0, '', '', '', 0, 0, 0, 0,"
                    " 1)"),
                V(id), V((int64_t)HOME), V(id == CENTRE ? STR("Centre") : STR("Committee"))))
            return false;
    return true;
}

static inline void world_open(struct world *w)
{
    struct err e = { 0 };
    *w = (struct world){ .now = stamp_now() };
    home_make(&w->h);
    MUST(crypto_start(&e), &e);
    MUST(config_load(&w->app.config, &w->a, STR(""), NULL, 0, &e), &e);
    for (unsigned i = 0; i < KEY_KIND__COUNT; i++)
        MUST(keys_make(&w->app.keys, (enum key_kind)i, &e), &e);
    w->app.secrets = (struct secrets){ .suite = SECRET_SM4, .keys = &w->app.keys };
    w->app.home = (struct id){ HOME };
    w->app.a = &w->a;
    w->app.db = db_fresh(&w->h, (struct db_options){ .watch = memo_watch,
                                                     .before_commit = memo_before_commit });
    world_migrate(w, &e);
    MUST(write_do(w->app.db, world_bodies, NULL, &e), &e);
    id_start(0, 0);
    MUST(codebook_load(&w->app, &e), &e);
    w->who = (struct who){ .home = w->app.home, .login = STR("clock") };
}

static inline void world_close(struct world *w)
{
    codebook_close(&w->app);
    db_close(w->app.db);
    keys_done(&w->app.keys);
    arena_done(&w->a);
    home_end(&w->h);
}

/* A request of w->who now; a guest's where there is no who. */
static inline struct req world_req(struct world *w)
{
    struct req r;
    app_request(&w->app, &w->a, &w->who, &r);
    r.now = w->now;
    r.remote = STR("192.0.2.1");
    r.agent = STR("test");
    return r;
}

typedef bool world_fn(struct req *r, void *ctx, struct err *e);
static inline enum err_id world_write(struct world *w, world_fn *fn, void *ctx)
{
    struct err e = { 0 };
    struct req r = world_req(w);
    if (!app_write(&w->app, &r, fn, ctx, &e) && e.id == ERR_INTERNAL)
        printf("# internal: %s\n", e.detail);
    return e.id;
}
static inline enum err_id world_read(struct world *w, world_fn *fn, void *ctx)
{
    struct err e = { 0 };
    struct req r = world_req(w);
    if (!app_read(&w->app, &r, fn, ctx, &e) && e.id == ERR_INTERNAL)
        printf("# internal: %s\n", e.detail);
    return e.id;
}

struct world_account { struct account_seed seed; struct id id; };
static inline bool world_add_account(struct req *r, void *ctx, struct err *e)
{
    struct world_account *x = ctx;
    return account_add(r, &x->seed, &x->id, e);
}
/* Staff with that password, no post. */
static inline struct id world_staff(struct world *w, struct str login, struct str password)
{
    struct world_account x = { .seed = {
        .login = login, .name = login, .phone = STR("13812345678"),
        .hash = password.n ? password_hash(&w->a, password) : STR(""),
    } };
    OK_INT(world_write(w, world_add_account, &x), ERR_OK);
    return x.id;
}

struct world_post { struct post_seed seed; struct id id; };
static inline bool world_add_post(struct req *r, void *ctx, struct err *e)
{
    struct world_post *x = ctx;
    return post_add(r, &x->seed, &x->id, e);
}
static inline struct id world_appoint(struct world *w, struct id account, enum role role)
{
    struct world_post x = { .seed = { .account = account, .org = { CENTRE }, .role = role } };
    OK_INT(world_write(w, world_add_post, &x), ERR_OK);
    return x.id;
}

/* A number of the rules from now on. */
struct world_number { struct str code, extra; };
static inline bool world_number_put(struct req *r, void *ctx, struct err *e)
{
    const struct world_number *x = ctx;
    return db_exec(r->c, e, NULL,
        SQL("INSERT INTO code (list, code, parent, zh, en, sort, extra, source, certainty, valid_from,"
            " valid_to, edited, version) VALUES ('number', $1, '', $1, $1, 1, $2, '', 0, 0, 0, 1, 1)"
            " ON CONFLICT (list, code, valid_from) DO UPDATE SET extra = excluded.extra"),
        V(x->code), V(x->extra));
}
static inline void world_number(struct world *w, const char *code, const char *value)
{
    struct err e = { 0 };
    struct world_number x = { str_of(code), arena_printf(&w->a, "{\"value\":\"%s\"}", value) };
    OK_INT(world_write(w, world_number_put, &x), ERR_OK);
    MUST(codebook_load(&w->app, &e), &e);
}
#endif
