#include "app/follow.h"

struct step {
    const struct follower *f;
    struct list events;
    void **found;                       /* of each event; NULL: nothing to keep */
    int64_t at, to;                     /* its place before and after */
};

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

static bool look(struct req *r, void *ctx, struct err *e)
{
    struct step *s = ctx;
    const struct follower *f = s->f;
    if (!follow_at(r->c, f, &s->at, e)
        || !feed_after(r->c, r->a, s->at, f->step, &s->events, e))
        return false;
    const struct feed_event *v = s->events.v;
    const void *shared = s->events.n && f->begin ? f->begin(r) : NULL;
    s->found = arena_array(r->a, void *, s->events.n);
    for (size_t i = 0; i < s->events.n; i++) {
        s->found[i] = NULL;
        if (!is_skipped(f, s->events, i) && !f->look(r, shared, &v[i], &s->found[i], e))
            return false;
        s->to = v[i].seq;
    }
    return true;
}

/* The place first: who lost the race has kept nothing. */
static bool keep(struct req *r, void *ctx, struct err *e)
{
    const struct step *s = ctx;
    if (!feed_cursor_move(r->c, s->f->name, s->at, s->to, e))
        return false;
    for (size_t i = 0; i < s->events.n; i++)
        if (s->found[i] && !s->f->keep(r, s->found[i], s->to, e))
            return false;
    return true;
}

bool follow_step(struct app *app, const struct follower *f, bool *more, struct err *e)
{
    AUTO(arena_done) struct arena a = { 0 };
    struct req r;
    struct step s = { .f = f };
    *more = false;
    app_request(app, &a, NULL, &r);
    if (!app_read(app, &r, look, &s, e) || (s.events.n && !app_write(app, &r, keep, &s, e)))
        return false;
    *more = s.events.n == (size_t)f->step;
    return true;
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
