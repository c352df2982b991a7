#include "demo/demo_time.h"
#include "app/codebook.h"
#include "base/random.h"

/* Usual hours until an action, least and most. */
struct span { int64_t least, most; };
static const struct span usual[MATTER_KIND__COUNT][MATTER_ACTION__COUNT] = {
    [MATTER_DISPUTE] = {
        [MATTER_DO_ACCEPT] = { 2, 40 }, [MATTER_DO_ASSIGN] = { 1, 8 }, [MATTER_DO_TAKE] = { 3, 44 },
        [MATTER_DO_CONCLUDE] = { 90, 400 }, [MATTER_DO_REPLY] = { 2, 30 },
        [MATTER_DO_CLOSE] = { 20, 90 }, [MATTER_DO_WITHDRAW] = { 20, 200 },
        [MATTER_DO_VISIT] = { 100, 700 }, [MATTER_DO_REOPEN] = { 200, 900 },
        [MATTER_DO_DECLINE] = { 2, 40 },
    },
    [MATTER_REQUEST] = {
        [MATTER_DO_ACCEPT] = { 1, 8 }, [MATTER_DO_ASSIGN] = { 1, 5 }, [MATTER_DO_TAKE] = { 1, 20 },
        [MATTER_DO_CONCLUDE] = { 20, 110 }, [MATTER_DO_REPLY] = { 1, 10 },
        [MATTER_DO_CLOSE] = { 4, 50 }, [MATTER_DO_WITHDRAW] = { 4, 60 },
        [MATTER_DO_VISIT] = { 20, 110 }, [MATTER_DO_REOPEN] = { 200, 900 },
        [MATTER_DO_DECLINE] = { 2, 40 },
    },
    [MATTER_EVENT] = {
        [MATTER_DO_ACCEPT] = { 1, 2 }, [MATTER_DO_ASSIGN] = { 1, 2 }, [MATTER_DO_TAKE] = { 1, 3 },
        [MATTER_DO_CONCLUDE] = { 3, 26 }, [MATTER_DO_REPLY] = { 1, 4 },
        [MATTER_DO_CLOSE] = { 2, 20 }, [MATTER_DO_WITHDRAW] = { 2, 10 },
        [MATTER_DO_DECLINE] = { 2, 40 },
    },
    [MATTER_ADVICE] = {
        [MATTER_DO_ACCEPT] = { 1, 3 }, [MATTER_DO_ASSIGN] = { 1, 2 }, [MATTER_DO_TAKE] = { 1, 4 },
        [MATTER_DO_CONCLUDE] = { 1, 20 }, [MATTER_DO_REPLY] = { 1, 4 },
        [MATTER_DO_CLOSE] = { 2, 20 }, [MATTER_DO_WITHDRAW] = { 2, 10 },
        [MATTER_DO_DECLINE] = { 2, 40 },
    },
};

enum { APART = 7 * STAMP_MINUTE, TRIES = 400 };

static bool is_working(const struct demo *d, struct stamp t)
{
    return codebook_working_minutes(d->app, ID_NONE, t, (struct stamp){ t.ms + STAMP_MINUTE }) > 0;
}

/* The first moment of working time at or after t, a few minutes into it. */
static struct stamp snap(const struct demo *d, struct stamp t)
{
    struct stamp s = t;
    for (int i = 0; i < TRIES && !is_working(d, s); i++)
        s.ms += 30 * STAMP_MINUTE;
    if (s.ms != t.ms)
        s.ms += (int64_t)dice_below(d->dice, 25) * STAMP_MINUTE;
    return is_working(d, s) ? s : t;
}

static struct stamp filed_at(const struct demo *d, int64_t day, bool any_hour)
{
    struct stamp t = stamp_of_day((struct day){ d->today.n + (int32_t)day });
    if (any_hour) {
        t.ms += 7 * STAMP_HOUR + (int64_t)dice_below(d->dice, 15 * 60) * STAMP_MINUTE;
    } else {
        t.ms += 8 * STAMP_HOUR + 35 * STAMP_MINUTE
              + (int64_t)dice_below(d->dice, 480) * STAMP_MINUTE;
        t = snap(d, t);
    }
    t.ms += (int64_t)dice_below(d->dice, 60) * STAMP_SECOND;
    return t;
}

void course_draw(struct demo *d, enum matter_kind kind, int64_t filed_day, bool any_hour,
                 const enum matter_action *actions, size_t n, struct course *out)
{
    int64_t gap[COURSE_MAX] = { 0 }, sum = 0, last = d->r->now.ms - APART;
    struct stamp t = filed_at(d, filed_day, any_hour);
    if (t.ms >= last)
        t.ms = last - (int64_t)(n + 1) * APART;
    for (size_t i = 0; i < n; i++) {
        struct span s = usual[kind][actions[i]];
        gap[i] = s.least * STAMP_HOUR
               + (int64_t)dice_below(d->dice, (uint32_t)(s.most - s.least) * 60) * STAMP_MINUTE;
        sum += gap[i];
    }
    int64_t room = (last - t.ms) * 9 / 10;
    out->n = n + 1;
    out->at[0] = t;
    for (size_t i = 0; i < n; i++) {
        int64_t step = sum > room ? gap[i] / 1000 * (room / 1000) / MAX(sum / 1000, 1) * 1000 / 1000
                                  : gap[i];
        struct stamp next = { out->at[i].ms + MAX(step, INT64_C(1)) };
        struct stamp worked = snap(d, next);
        int64_t latest = last - (int64_t)(n - 1 - i) * APART;
        next = worked.ms <= latest ? worked : next;
        next.ms = MIN(MAX(next.ms, out->at[i].ms + APART), MAX(latest, out->at[i].ms + 1000));
        out->at[i + 1] = next;
    }
}
