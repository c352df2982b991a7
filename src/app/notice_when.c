/* notice_when.c - quiet hours and digests: when a notice leaves the house. */
#include "app/notice.h"

static bool is_quiet(const struct notice_hours *h, int64_t minute)
{
    if (h->quiet_from == h->quiet_to)
        return false;
    if (h->quiet_from < h->quiet_to)
        return minute >= h->quiet_from && minute < h->quiet_to;
    return minute >= h->quiet_from || minute < h->quiet_to;
}

static struct stamp at_minute(struct day d, int64_t minute)
{
    return (struct stamp){ stamp_of_day(d).ms + minute * STAMP_MINUTE };
}

static struct stamp after_quiet(const struct notice_hours *h, struct stamp t)
{
    struct day d = day_of_stamp(t);
    int64_t minute = (t.ms - stamp_of_day(d).ms) / STAMP_MINUTE;
    if (!is_quiet(h, minute))
        return t;
    return at_minute((struct day){ d.n + (minute >= h->quiet_to) }, h->quiet_to);
}

/* The calendar always has a working day within a month. */
static struct stamp next_digest(const struct app *app, const struct notice_hours *h,
                                struct stamp now)
{
    enum { DAYS_MAX = 31 };
    int64_t first = MIN(h->digest_1, h->digest_2), second = MAX(h->digest_1, h->digest_2);
    struct day today = day_of_stamp(now);
    for (int i = 0; i < DAYS_MAX; i++) {
        struct day d = { today.n + i };
        if (!codebook_is_working(app, d))
            continue;
        if (at_minute(d, first).ms > now.ms)
            return at_minute(d, first);
        if (at_minute(d, second).ms > now.ms)
            return at_minute(d, second);
    }
    return now;
}

struct stamp notice_when(const struct app *app, const struct notice_hours *h, bool digest,
                         bool urgent, struct stamp now)
{
    if (urgent)
        return now;
    return after_quiet(h, digest ? next_digest(app, h, now) : now);
}
