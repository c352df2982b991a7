/* The demo year, some matters to a transaction. */
#include "base/random.h"
#include "demo/demo_year.h"

enum { AT_ONCE = 200 };

struct year { struct demo *loaded; struct demo_report n; int64_t done, total; };

static bool add_one(struct demo *d, int64_t i, struct err *e)
{
    struct demo_matter *m = arena_new(d->a, struct demo_matter);
    if (!year_draw(d, i, m, e) || !demo_matter_cast(d, m, e) || !demo_matter_file(d, m, e))
        return false;
    for (size_t k = 0; k < m->way->n; k++)
        if (!demo_matter_step(d, m, k, e))
            return false;
    d->n.matters++;
    return true;
}

static bool add_some(struct req *r, void *ctx, struct err *e)
{
    struct year *y = ctx;
    struct demo d = *y->loaded;         /* may run again: it starts from here each time */
    d.r = r;
    d.a = r->a;
    for (int64_t i = y->done; i < MIN(y->done + AT_ONCE, y->total); i++)
        if (!add_one(&d, i, e))
            return false;
    y->n = d.n;
    return true;
}

bool demo_year(struct demo *d, int64_t matters, struct err *e)
{
    struct year y = { .loaded = d, .total = MIN(matters, (int64_t)DEMO_YEAR_MAX) };
    bool ok = true;
    for (; ok && y.done < y.total; y.done += AT_ONCE) {
        struct arena a = { 0 };
        struct req r;
        app_request(d->app, &a, NULL, &r);
        ok = app_write(d->app, &r, add_some, &y, e);
        d->n = y.n;
        arena_done(&a);
    }
    return ok;
}
