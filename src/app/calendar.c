#include "app/calendar.h"

static bool in_range(struct day d)
{
    return d.n >= CALENDAR_FIRST.n && d.n <= CALENDAR_LAST.n;
}

/* The first row not before d. */
static size_t lower_bound(const struct calendar_day *v, size_t n, struct day d)
{
    size_t from = 0;
    while (n > 0) {
        size_t half = n / 2;
        if (v[from + half].day.n < d.n) {
            from += half + 1;
            n -= half + 1;
        } else {
            n = half;
        }
    }
    return from;
}

static size_t follow(const struct calendar_day *v, size_t n, size_t at, struct day d)
{
    while (at < n && v[at].day.n < d.n)
        at++;
    while (at > 0 && v[at - 1].day.n >= d.n)
        at--;
    return at;
}

struct calendar_walk calendar_walk_from(const struct calendar *c, struct day d)
{
    return (struct calendar_walk){ c, lower_bound(c->days, c->days_n, d),
                                   lower_bound(c->own, c->own_n, d) };
}

enum day_kind calendar_walk_kind(struct calendar_walk *w, struct day d)
{
    const struct calendar *c = w->c;
    w->own_at = follow(c->own, c->own_n, w->own_at, d);
    if (w->own_at < c->own_n && c->own[w->own_at].day.n == d.n)
        return c->own[w->own_at].kind;
    w->days_at = follow(c->days, c->days_n, w->days_at, d);
    if (w->days_at < c->days_n && c->days[w->days_at].day.n == d.n)
        return c->days[w->days_at].kind;
    return c->rest >> weekday(d) & 1 ? DAY_REST : DAY_WORK;
}

static bool rows_are_right(const struct calendar_day *v, size_t n)
{
    if (n > CALENDAR_ROWS_MAX || (n && !v))
        return false;
    for (size_t i = 0; i < n; i++) {
        if ((unsigned)v[i].kind >= DAY__COUNT || !in_range(v[i].day))
            return false;
        if (i && v[i - 1].day.n >= v[i].day.n)
            return false;
    }
    return true;
}

bool calendar_check(const struct calendar *c, struct err *e)
{
    if (!rows_are_right(c->days, c->days_n) || !rows_are_right(c->own, c->own_n))
        return err_fieldf(e, ERR_DATA, "days", "calendar rows");
    if (c->known_from.n > c->known_to.n)
        return err_fieldf(e, ERR_DATA, "known_to", "calendar years");
    if ((c->rest & CALENDAR_ALL_REST) == CALENDAR_ALL_REST)
        return err_fieldf(e, ERR_DATA, "rest", "no weekday is worked");
    return true;
}

enum day_kind calendar_kind(const struct calendar *c, struct day d)
{
    struct calendar_walk w = calendar_walk_from(c, d);
    return calendar_walk_kind(&w, d);
}

bool calendar_is_working(const struct calendar *c, struct day d)
{
    return calendar_kind(c, d) != DAY_REST;
}

bool calendar_is_known(const struct calendar *c, struct day d)
{
    return d.n >= c->known_from.n && d.n <= c->known_to.n;
}

/* The nth working day in the direction of step. */
static bool walk_working(const struct calendar *c, struct day d, int64_t n, int step,
                         struct day *out, struct err *e)
{
    struct calendar_walk w = calendar_walk_from(c, d);
    for (int64_t i = 0; n > 0; i++) {
        d.n += step;
        if (i >= CALENDAR_WALK_MAX || !in_range(d))
            return err_fieldf(e, ERR_OUT_OF_RANGE, "day", "1900–2199");
        n -= calendar_walk_kind(&w, d) != DAY_REST;
    }
    *out = d;
    return true;
}

bool calendar_next_working(const struct calendar *c, struct day d, struct day *out,
                           struct err *e)
{
    if (!in_range(d))
        return err_fieldf(e, ERR_OUT_OF_RANGE, "day", "1900–2199");
    return walk_working(c, (struct day){ d.n - 1 }, 1, 1, out, e);
}

bool calendar_add(const struct calendar *c, struct day d, int64_t n, struct day *out,
                  struct err *e)
{
    if (n > CALENDAR_WORK_MAX || n < -CALENDAR_WORK_MAX)
        return err_fieldf(e, ERR_OUT_OF_RANGE, "amount", "±%d", CALENDAR_WORK_MAX);
    if (!in_range(d))
        return err_fieldf(e, ERR_OUT_OF_RANGE, "day", "1900–2199");
    return walk_working(c, d, n < 0 ? -n : n, n < 0 ? -1 : 1, out, e);
}

bool calendar_count(const struct calendar *c, struct day a, struct day b, int64_t *out,
                    struct err *e)
{
    bool back = b.n < a.n;
    struct day from = back ? (struct day){ b.n - 1 } : a;
    struct day to = back ? (struct day){ a.n - 1 } : b;
    if (!in_range(from) || !in_range(to) || to.n - from.n > CALENDAR_WALK_MAX)
        return err_fieldf(e, ERR_OUT_OF_RANGE, "day", "1900–2199");
    struct calendar_walk w = calendar_walk_from(c, from);
    int64_t n = 0;
    for (struct day d = { from.n + 1 }; d.n <= to.n; d.n++)
        n += calendar_walk_kind(&w, d) != DAY_REST;
    *out = back ? -n : n;
    return true;
}
