#include "app/follow.h"

struct step { const struct follower *f; bool more; };

/* An event that is told again later in the step, or of no matter, where only the last
 * of each matter is wanted. */
static bool is_skipped(const struct follower *f, struct list events, size_t i)
{
    const struct feed_event *v = events.v;
    if (f->each)
        return false;
    if (!v[i].matter.v)
        return true;
    for (size_t k = i + 1; k < events.n; k++)
        if (v[k].matter.v == v[i].matter.v)
            return true;
    return false;
}

static bool take_step(struct req *r, void *ctx, struct err *e)
{
    struct step *s = ctx;
    const struct follower *f = s->f;
    struct list events;
    int64_t at;
    s->more = false;
    if (!follow_at(r->c, f, &at, e) || !feed_after(r->c, r->a, at, f->step, &events, e))
        return false;
    if (!events.n)
        return true;
    const struct feed_event *v = events.v;
    const void *shared = f->begin ? f->begin(r) : NULL;
    int64_t to = v[events.n - 1].seq;
    for (size_t i = 0; i < events.n; i++)
        if (!is_skipped(f, events, i) && !f->take(r, shared, &v[i], to, e))
            return false;
    s->more = events.n == (size_t)f->step;
    return feed_cursor_move(r->c, f->name, at, to, e);
}

bool follow_step(struct app *app, const struct follower *f, bool *more, struct err *e)
{
    AUTO(arena_done) struct arena a = { 0 };
    struct req r;
    struct step s = { .f = f };
    app_request(app, &a, NULL, &r);
    bool ok = app_write(app, &r, take_step, &s, e);
    *more = ok && s.more;
    return ok;
}

bool follow_all(struct app *app, const struct follower *f, struct err *e)
{
    bool more = true;
    while (more) {
        if (follow_step(app, f, &more, e))
            continue;
        if (e->id != ERR_CONFLICT)
            return false;
        err_clear(e);                   /* another process took these: on from where it is */
        more = true;
    }
    return true;
}

bool follow_at(struct db_conn *c, const struct follower *f, int64_t *out, struct err *e)
{
    return feed_cursor_get(c, f->name, out, e);
}
