#include "app/worktime.h"

/* Pauses sorted by their beginning, open ends closed, empty ones left out. */
struct stops { struct pause v[PAUSES_MAX]; size_t n; };

static struct stamp minute_of(struct day d, int minute)
{
    return (struct stamp){ stamp_of_day(d).ms + (int64_t)minute * STAMP_MINUTE };
}

static bool spans_are_right(const struct work_day *d)
{
    if (d->n < 0 || d->n > WORK_SPANS_MAX)
        return false;
    for (int i = 0, end = 0; i < d->n; i++) {
        if (d->span[i].from < end || d->span[i].to <= d->span[i].from)
            return false;
        end = d->span[i].to;
        if (end > DAY_MINUTES)
            return false;
    }
    return true;
}

static bool hours_are_right(const struct work_hours *h)
{
    bool right = spans_are_right(&h->makeup), any = false;
    for (int i = 0; i < 7; i++) {
        right = right && spans_are_right(&h->day[i]);
        any = any || h->day[i].n > 0;
    }
    return right && any;
}

bool worktime_check(const struct worktime *w, struct err *e)
{
    if (!hours_are_right(&w->hours) || (w->summer_from && !hours_are_right(&w->summer)))
        return err_fieldf(e, ERR_DATA, "hours", "hours of work");
    if (w->noon < 0 || w->noon > DAY_MINUTES)
        return err_fieldf(e, ERR_DATA, "noon", "hours of work");
    if (!w->summer_from && !w->summer_to)
        return true;
    if (!civil_exists(2024, w->summer_from / 100, w->summer_from % 100)
        || !civil_exists(2024, w->summer_to / 100, w->summer_to % 100))
        return err_fieldf(e, ERR_DATA, "summer", "hours of work");
    return true;
}

static const struct work_hours *season(const struct worktime *w, struct day d)
{
    if (!w->summer_from)
        return &w->hours;
    struct civil c = civil_of_day(d);
    int at = c.month * 100 + c.day;
    bool inside = w->summer_from <= w->summer_to
        ? at >= w->summer_from && at <= w->summer_to
        : at >= w->summer_from || at <= w->summer_to;
    return inside ? &w->summer : &w->hours;
}

/* What lies between from and to. */
static struct work_day cut(struct work_day d, int from, int to)
{
    struct work_day out = { .n = 0 };
    for (int i = 0; i < d.n; i++) {
        struct work_span s = { MAX(d.span[i].from, from), MIN(d.span[i].to, to) };
        if (s.from < s.to)
            out.span[out.n++] = s;
    }
    return out;
}

/* The hours of a day of that kind; half holds the pieces of a half day. */
static const struct work_day *hours_of(const struct worktime *w, struct day d, enum day_kind kind,
                                       struct work_day *half)
{
    static const struct work_day none = { .n = 0 };
    if (kind == DAY_REST)
        return &none;
    const struct work_hours *h = season(w, d);
    const struct work_day *day = &h->day[weekday(d)];
    day = day->n ? day : &h->makeup;
    if (kind == DAY_WORK)
        return day;
    *half = kind == DAY_MORNING ? cut(*day, 0, w->noon) : cut(*day, w->noon, DAY_MINUTES);
    return half;
}

struct work_day worktime_on(const struct worktime *w, const struct calendar *c, struct day d)
{
    struct work_day half;
    return *hours_of(w, d, calendar_kind(c, d), &half);
}

/* Milliseconds of work on d from a to b. */
static int64_t work_on(const struct worktime *w, struct day d, enum day_kind kind, struct stamp a,
                       struct stamp b)
{
    struct work_day half;
    const struct work_day *day = hours_of(w, d, kind, &half);
    int64_t midnight = stamp_of_day(d).ms, sum = 0;
    for (int i = 0; i < day->n; i++) {
        int64_t from = midnight + day->span[i].from * (int64_t)STAMP_MINUTE;
        int64_t to = midnight + day->span[i].to * (int64_t)STAMP_MINUTE;
        sum += MAX(MIN(to, b.ms) - MAX(from, a.ms), 0);
    }
    return sum;
}

static bool in_range(struct stamp t)
{
    return t.ms >= stamp_of_day(CALENDAR_FIRST).ms && t.ms <= stamp_of_day(CALENDAR_LAST).ms;
}

/* Milliseconds of work from a to b; a is not after b. */
static bool work_between(const struct worktime *w, const struct calendar *c, struct stamp a,
                         struct stamp b, int64_t *out, struct err *e)
{
    if (!in_range(a) || !in_range(b))
        return err_fieldf(e, ERR_OUT_OF_RANGE, "day", "1900–2199");
    struct day first = day_of_stamp(a), last = day_of_stamp(b);
    if (last.n - first.n > CALENDAR_WALK_MAX)
        return err_fieldf(e, ERR_OUT_OF_RANGE, "day", "%d", CALENDAR_WALK_MAX);
    struct calendar_walk walk = calendar_walk_from(c, first);
    int64_t sum = 0;
    for (struct day d = first; d.n <= last.n; d.n++)
        sum += work_on(w, d, calendar_walk_kind(&walk, d), a, b);
    *out = sum;
    return true;
}

/* The first moment at which ms of work have passed since start. */
static bool work_add(const struct worktime *w, const struct calendar *c, struct stamp start,
                     int64_t ms, struct stamp *out, struct err *e)
{
    struct day d = day_of_stamp(start);
    struct calendar_walk walk = calendar_walk_from(c, d);
    for (int i = 0; i < CALENDAR_WALK_MAX && in_range(stamp_of_day(d)); i++, d.n++) {
        struct work_day half;
        const struct work_day *day = hours_of(w, d, calendar_walk_kind(&walk, d), &half);
        for (int j = 0; j < day->n; j++) {
            int64_t from = MAX(minute_of(d, day->span[j].from).ms, start.ms);
            int64_t to = minute_of(d, day->span[j].to).ms;
            if (to <= from)
                continue;
            if (ms <= to - from) {
                out->ms = from + ms;
                return true;
            }
            ms -= to - from;
        }
    }
    return err_fieldf(e, ERR_OUT_OF_RANGE, "day", "1900–2199");
}

bool worktime_add(const struct worktime *w, const struct calendar *c, struct stamp start,
                  int64_t minutes, struct stamp *out, struct err *e)
{
    if (minutes < 0 || minutes > (int64_t)CALENDAR_WORK_MAX * DAY_MINUTES || !in_range(start))
        return err_fieldf(e, ERR_OUT_OF_RANGE, "amount", "0–%d",
                          CALENDAR_WORK_MAX * DAY_MINUTES);
    return work_add(w, c, start, minutes * STAMP_MINUTE, out, e);
}

bool worktime_between(const struct worktime *w, const struct calendar *c, struct stamp a,
                      struct stamp b, int64_t *minutes, struct err *e)
{
    int64_t ms;
    bool back = b.ms < a.ms;
    if (!work_between(w, c, back ? b : a, back ? a : b, &ms, e))
        return false;
    *minutes = (back ? -ms : ms) / STAMP_MINUTE;
    return true;
}

/* Sorts the closed pauses, and the open one as ending at open_to (0: leaves it
 * out). The open one's beginning, or 0, goes to *open_from. */
static bool stops_take(const struct clock *k, struct stamp open_to, struct stops *out,
                       struct stamp *open_from, struct err *e)
{
    out->n = 0;
    open_from->ms = 0;
    if (k->pauses_n > PAUSES_MAX)
        return err_fieldf(e, ERR_TOO_MANY, "pauses", "%d", PAUSES_MAX);
    for (size_t i = 0; i < k->pauses_n; i++) {
        struct pause p = k->pauses[i];
        if (p.to.ms == 0) {
            if (open_from->ms)
                return err_fieldf(e, ERR_BAD_VALUE, "pauses", "two open");
            *open_from = p.from;
            p.to.ms = MAX(open_to.ms, p.from.ms);
        }
        if (p.to.ms < p.from.ms || !in_range(p.from) || !in_range(p.to))
            return err_fieldf(e, ERR_BAD_VALUE, "pauses", "%zu", i);
        size_t at = out->n++;
        for (; at > 0 && out->v[at - 1].from.ms > p.from.ms; at--)
            out->v[at] = out->v[at - 1];
        out->v[at] = p;
    }
    return true;
}

/* Moves *at by the paused days between start and it. Counting begins after the
 * day before f, which no earlier pause has reached: overlaps count once. */
static bool days_shift(const struct clock *k, const struct stops *s, struct day start,
                       bool working, struct day *at, struct err *e)
{
    int32_t reached = start.n + 1;
    for (size_t i = 0; i < s->n; i++) {
        int32_t f = MAX(day_of_stamp(s->v[i].from).n, reached);
        int32_t t = day_of_stamp(s->v[i].to).n;
        int64_t paused = t - f;
        if (t <= f)
            continue;
        if (f > at->n)
            break;
        if (!working)
            at->n += (int32_t)paused;
        else if (!calendar_count(k->calendar, (struct day){ f - 1 }, (struct day){ t - 1 },
                                 &paused, e)
                 || !calendar_add(k->calendar, *at, paused, at, e))
            return false;
        reached = t;
    }
    return true;
}

/* A last day off moves to the next working day that is not paused. */
static bool days_roll(const struct clock *k, const struct stops *s, struct day *at,
                      struct err *e)
{
    if (!calendar_next_working(k->calendar, *at, at, e))
        return false;
    for (size_t i = 0; i < s->n; i++) {
        struct day f = day_of_stamp(s->v[i].from), t = day_of_stamp(s->v[i].to);
        if (f.n <= at->n && at->n < t.n && !calendar_next_working(k->calendar, t, at, e))
            return false;
    }
    return true;
}

static struct stamp end_of(const struct clock *k, struct day d, bool midnight)
{
    struct work_day day = worktime_on(k->worktime, k->calendar, d);
    if (midnight || day.n == 0)
        return (struct stamp){ stamp_of_day(d).ms + STAMP_DAY - 1 };
    return minute_of(d, day.span[day.n - 1].to);
}

static bool end_in_days(const struct clock *k, const struct stops *s, struct day start,
                        const struct limit *l, struct stamp *out, struct err *e)
{
    bool working = l->unit == LIMIT_WORKING_DAY;
    struct day at = { start.n + (int32_t)l->amount };
    if (l->unit == LIMIT_MONTH)
        at = day_add_months(start, (int)l->amount);
    if (working && !calendar_add(k->calendar, start, l->amount, &at, e))
        return false;
    if (!days_shift(k, s, start, working, &at, e))
        return false;
    if (l->roll && !working && !days_roll(k, s, &at, e))
        return false;
    if (at.n > CALENDAR_LAST.n)
        return err_fieldf(e, ERR_OUT_OF_RANGE, "day", "1900–2199");
    *out = end_of(k, at, l->midnight);
    return true;
}

/* As days_shift, to the millisecond; plain time or time of work. */
static bool time_shift(const struct clock *k, const struct stops *s, struct stamp start,
                       bool working, struct stamp *at, struct err *e)
{
    int64_t reached = start.ms;
    for (size_t i = 0; i < s->n; i++) {
        struct stamp f = { MAX(s->v[i].from.ms, reached) }, t = s->v[i].to;
        int64_t paused = t.ms - f.ms;
        if (paused <= 0)
            continue;
        if (f.ms >= at->ms)
            break;
        if (!working)
            at->ms += paused;
        else if (!work_between(k->worktime, k->calendar, f, t, &paused, e)
                 || !work_add(k->worktime, k->calendar, *at, paused, at, e))
            return false;
        reached = t.ms;
    }
    return true;
}

static bool end_in_hours(const struct clock *k, const struct stops *s, struct stamp start,
                         const struct limit *l, struct stamp *out, struct err *e)
{
    bool working = l->unit == LIMIT_WORKING_HOUR;
    int64_t ms = l->amount * STAMP_HOUR;
    struct stamp at = { start.ms + ms };
    if (working && !work_add(k->worktime, k->calendar, start, ms, &at, e))
        return false;
    if (!time_shift(k, s, start, working, &at, e))
        return false;
    *out = at;
    return true;
}

static bool end_of_limit(const struct clock *k, const struct stops *s, struct stamp start,
                         const struct limit *l, struct stamp *out, struct err *e)
{
    if (l->unit == LIMIT_HOUR || l->unit == LIMIT_WORKING_HOUR)
        return end_in_hours(k, s, start, l, out, e);
    return end_in_days(k, s, day_of_stamp(start), l, out, e);
}

/* So much work before at: back by days until there is enough, then forward. */
static bool work_back(const struct clock *k, struct stamp at, int64_t ms, struct stamp *out,
                      struct err *e)
{
    struct day d = day_of_stamp(at);
    struct calendar_walk walk = calendar_walk_from(k->calendar, d);
    int64_t had = 0;
    for (int i = 0; i < CALENDAR_WALK_MAX; i++, d.n--) {
        had += work_on(k->worktime, d, calendar_walk_kind(&walk, d), stamp_of_day(d), at);
        if (had >= ms)
            return work_add(k->worktime, k->calendar, stamp_of_day(d), had - ms, out, e);
    }
    return err_fieldf(e, ERR_OUT_OF_RANGE, "yellow", "1900–2199");
}

/* The first moment of yellow for a limit that ends at at. */
static bool yellow_of(const struct clock *k, struct stamp start, struct stamp at,
                      const struct limit *l, struct stamp *out, struct err *e)
{
    struct day d = day_of_stamp(at);
    struct stamp y = at;
    if (l->yellow && l->yellow_unit == LIMIT_WORKING_DAY) {
        if (!calendar_add(k->calendar, d, -l->yellow, &d, e))
            return false;
        y = stamp_of_day(d);
    } else if (l->yellow && l->yellow_unit == LIMIT_CALENDAR_DAY) {
        y.ms = stamp_of_day(d).ms - l->yellow * STAMP_DAY;
    } else if (l->yellow && l->yellow_unit == LIMIT_HOUR) {
        y.ms = at.ms - l->yellow * STAMP_HOUR;
    } else if (l->yellow && !work_back(k, at, l->yellow * STAMP_HOUR, &y, e)) {
        return false;
    }
    out->ms = MIN(MAX(y.ms, start.ms), at.ms);
    return true;
}

/* Minutes from now to at without the pauses between; late ones negative. */
static bool minutes_left(const struct clock *k, const struct stops *s, struct stamp now,
                         struct stamp at, bool plain, int64_t *out, struct err *e)
{
    struct stamp a = { MIN(now.ms, at.ms) }, b = { MAX(now.ms, at.ms) };
    int64_t sum = b.ms - a.ms, reached = a.ms;
    if (!plain && !work_between(k->worktime, k->calendar, a, b, &sum, e))
        return false;
    for (size_t i = 0; i < s->n; i++) {
        struct stamp f = { MAX(s->v[i].from.ms, reached) }, t = { MIN(s->v[i].to.ms, b.ms) };
        int64_t paused = t.ms - f.ms;
        if (paused <= 0)
            continue;
        if (!plain && !work_between(k->worktime, k->calendar, f, t, &paused, e))
            return false;
        sum -= paused;
        reached = t.ms;
    }
    *out = (now.ms > at.ms ? -sum : sum) / STAMP_MINUTE;
    return true;
}

static bool limit_check(const struct limit *l, struct err *e)
{
    static const int64_t most[LIMIT__COUNT] = {
        [LIMIT_WORKING_DAY] = CALENDAR_WORK_MAX, [LIMIT_CALENDAR_DAY] = CALENDAR_WALK_MAX / 2,
        [LIMIT_MONTH] = 600, [LIMIT_HOUR] = 100000, [LIMIT_WORKING_HOUR] = 20000,
    };
    if ((unsigned)l->unit >= LIMIT__COUNT || (unsigned)l->yellow_unit >= LIMIT__COUNT)
        return err_field(e, ERR_BAD_VALUE, "unit");
    if (l->amount < 1 || l->amount > most[l->unit])
        return err_fieldf(e, ERR_OUT_OF_RANGE, "amount", "1–%lld", (long long)most[l->unit]);
    if (l->yellow < 0 || l->yellow > most[l->yellow_unit]
        || (l->yellow && l->yellow_unit == LIMIT_MONTH))
        return err_fieldf(e, ERR_OUT_OF_RANGE, "yellow", "0–%lld",
                          (long long)most[l->yellow_unit]);
    return true;
}

static bool is_provisional(const struct clock *k, struct stamp start, struct stamp at,
                           const struct limit *l)
{
    bool asks_calendar = l->unit == LIMIT_WORKING_DAY || l->unit == LIMIT_WORKING_HOUR || l->roll;
    return asks_calendar && (!calendar_is_known(k->calendar, day_of_stamp(start))
                             || !calendar_is_known(k->calendar, day_of_stamp(at)));
}

/* Where a limit that ends at d->at stands at now. */
static bool stand_at(const struct clock *k, const struct stops *s, struct stamp now,
                     const struct limit *l, struct limit_state *d, struct err *e)
{
    if (!minutes_left(k, s, now, d->at, l->unit == LIMIT_HOUR, &d->left_min, e))
        return false;
    d->light = now.ms > d->at.ms ? LIGHT_RED
        : l->yellow && now.ms >= d->yellow_at.ms ? LIGHT_YELLOW : LIGHT_GREEN;
    return true;
}

bool worktime_limit(const struct clock *k, struct stamp start, struct limit l,
                       struct limit_state *out, struct err *e)
{
    struct stops s;
    struct stamp open;
    struct limit_state d = { 0 };
    if (!limit_check(&l, e) || !stops_take(k, (struct stamp){ 0 }, &s, &open, e))
        return false;
    if (!in_range(start) || !in_range(k->now))
        return err_fieldf(e, ERR_OUT_OF_RANGE, "day", "1900–2199");
    if (!end_of_limit(k, &s, start, &l, &d.at, e)
        || !yellow_of(k, start, d.at, &l, &d.yellow_at, e))
        return false;
    d.stopped = open.ms && open.ms <= k->now.ms && open.ms <= d.at.ms;
    struct stamp now = d.stopped ? open : k->now;
    if (!stand_at(k, &s, now, &l, &d, e))
        return false;
    if (d.stopped && (!stops_take(k, k->now, &s, &open, e)
                      || !end_of_limit(k, &s, start, &l, &d.at, e)
                      || !yellow_of(k, start, d.at, &l, &d.yellow_at, e)))
        return false;
    d.provisional = is_provisional(k, start, d.at, &l);
    *out = d;
    return true;
}
