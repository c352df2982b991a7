#include "base/random.h"
#include "crypt/password.h"
#include "demo/demo_impl.h"
#include "place/place.h"

/* The same seed, the same course of every matter. */
enum { SEED = 4406 };

struct loading {
    struct demo_report *out;
    struct str password;
    struct arena *a;
    struct demo *keep;                  /* gets what was loaded */
};

static bool is_there(struct req *r, bool *demo, bool *other, struct err *e)
{
    struct str loaded = STR(""), home = STR("0");
    if (!setting_get(r->c, r->a, STR("demo"), &loaded, e)
        || !setting_get(r->c, r->a, STR("home"), &home, e))
        return false;
    *demo = loaded.n > 0;
    *other = !*demo && !str_is(home, "0");
    return true;
}

static bool keep_mark(struct demo *d, struct err *e)
{
    char day[16];
    size_t n = day_format(d->today, day);
    return setting_put(d->r->c, STR("demo"), (struct str){ day, n }, e);
}

static bool load(struct req *r, void *ctx, struct err *e)
{
    struct loading *l = ctx;
    struct dice dice = { SEED };
    struct demo d = { .app = r->app, .r = r, .a = l->a, .today = day_of_stamp(r->now),
                      .dice = &dice };
    bool other;
    if (!is_there(r, &d.n.again, &other, e) || !demo_people(&d, e))
        return false;
    if (other)
        return err_setf(e, ERR_DUPLICATE, "home");
    d.trie = route_trie_make(l->a, r->app->routes, r->app->routes_n);
    if (!d.n.again
        && (!demo_areas(&d, e) || !demo_orgs(&d, e) || !demo_competences(&d, e)
            || !demo_accounts(&d, l->password, e) || !demo_posts(&d, e)
            || !demo_rosters(&d, e) || !demo_matters(&d, e) || !keep_mark(&d, e)))
        return false;
    *l->out = d.n;
    *l->keep = d;
    return true;
}

static bool load_all(struct app *app, struct arena *a, struct demo *keep,
                     struct demo_report *out, struct err *e)
{
    struct req r;
    struct loading l = { out, password_hash(a, STR(DEMO_PASSWORD)), a, keep };
    app_request(app, a, NULL, &r);
    return app_write(app, &r, load, &l, e) && app_find_home(app, e);
}

bool demo_load(struct app *app, struct arena *a, struct demo_report *out, struct err *e)
{
    struct demo d;
    return load_all(app, a, &d, out, e);
}

bool demo_load_year(struct app *app, struct arena *a, int64_t matters, struct demo_report *out,
                    struct err *e)
{
    struct demo d;
    if (!load_all(app, a, &d, out, e))
        return false;
    if (out->again)
        return true;
    if (!demo_year(&d, matters, e))
        return false;
    *out = d.n;
    return true;
}
