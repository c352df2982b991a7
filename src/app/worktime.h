/* worktime.h - when a limit ends, and how much of it is left.
 *
 * Pure sums over a calendar, hours of work and pauses; nothing is read or kept.
 * The start's own day is not counted (民法典 201, 民诉法 85). A limit in days ends
 * with its last day: at the close of business where there are hours of business,
 * else at midnight (民法典 203). A month ends on the same date, or on the month's
 * last day (民法典 202). Where the rule says so, a last day that is a day off
 * moves to the next working day (民法典 203, 民诉法 85). Hours run at once.
 *
 * A pause takes whole days out of a limit in days: from the day it begins, up to
 * but without the day it ends. Out of a limit in hours it takes its exact time.
 * It never shortens a limit. */
#ifndef APP_WORKTIME_H
#define APP_WORKTIME_H
#include "app/calendar.h"

enum { WORK_SPANS_MAX = 4, PAUSES_MAX = 64, DAY_MINUTES = 24 * 60 };

struct work_span { int from, to; };     /* minutes since midnight, to not included */
struct work_day { struct work_span span[WORK_SPANS_MAX]; int n; };
struct work_hours {
    struct work_day day[7];             /* 0 Monday … 6 Sunday */
    struct work_day makeup;             /* a working day whose weekday has no hours */
};
struct worktime {
    struct work_hours hours;
    struct work_hours summer;           /* used from summer_from to summer_to */
    int summer_from, summer_to;         /* month * 100 + day, both included; 0 = no summer */
    int noon;                           /* minutes; parts the halves of a half day */
};

/* to.ms 0: still stopped. Only one pause of a list may be open. */
struct pause { struct stamp from, to; };

enum limit_unit {
    LIMIT_WORKING_DAY, LIMIT_CALENDAR_DAY, LIMIT_MONTH, LIMIT_HOUR, LIMIT_WORKING_HOUR,
    LIMIT__COUNT
};
struct limit {
    int64_t amount;                     /* at least 1 */
    enum limit_unit unit;
    bool midnight;                      /* ends at 24:00, not at the close of business */
    bool roll;                          /* a last day off moves to the next working day */
    int64_t yellow;                     /* warn so much before the end; 0 = never */
    enum limit_unit yellow_unit;        /* not months */
};

/* Whose time it is. The arrays are borrowed. */
struct clock {
    const struct calendar *calendar;
    const struct worktime *worktime;
    const struct pause *pauses;         /* in any order; may overlap */
    size_t pauses_n;
    struct stamp now;
};

enum light { LIGHT_GREEN, LIGHT_YELLOW, LIGHT_RED };
struct limit_state {
    struct stamp at;                    /* the last moment that is in time */
    struct stamp yellow_at;             /* the first moment of yellow; at when there is none */
    int64_t left_min;                   /* minutes of work left; negative when late. Plain
                                           minutes for a limit in hours */
    enum light light;
    bool provisional;                   /* the calendar may still change it */
    bool stopped;                       /* a pause is running; left and light stand still */
};

/* ERR_DATA when spans overlap, leave the day, or the summer is no date. */
bool worktime_check(const struct worktime *w, struct err *e) MUST_CHECK;
/* The hours worked on d: none on a day of rest, the half on a half day. */
struct work_day worktime_on(const struct worktime *w, const struct calendar *c, struct day d);
/* The moment at which so many minutes of work have passed since start, over
 * lunch, nights and days off. ERR_OUT_OF_RANGE when it lies too far away. */
bool worktime_add(const struct worktime *w, const struct calendar *c, struct stamp start,
                  int64_t minutes, struct stamp *out, struct err *e) MUST_CHECK;
/* Whole minutes of work from a to b; negative when b is before a. */
bool worktime_between(const struct worktime *w, const struct calendar *c, struct stamp a,
                      struct stamp b, int64_t *minutes, struct err *e) MUST_CHECK;

/* The end of limit l begun at start, and where it stands at k->now. While a
 * pause runs, at is what it would be if the pause ended now. ERR_OUT_OF_RANGE
 * (field "amount", "yellow" or "day"), ERR_TOO_MANY and ERR_BAD_VALUE (field
 * "pauses"). calendar and worktime must have passed their checks. */
bool worktime_limit(const struct clock *k, struct stamp start, struct limit l,
                       struct limit_state *out, struct err *e) MUST_CHECK;
#endif
