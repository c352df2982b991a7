/* calendar.h - which days an organisation works.
 *
 * A calendar is the week's days of rest, the State Council's exceptional days
 * (rules/calendar.csv) and the organisation's own, which win over both. It only
 * borrows its arrays, asks nothing of the outside and is never changed here.
 * The State Council settles a year in the autumn before it: beyond known_to an
 * answer is provisional, because days may still be moved. */
#ifndef APP_CALENDAR_H
#define APP_CALENDAR_H
#include "base/err.h"
#include "base/stamp.h"

enum day_kind {
    DAY_REST,                           /* nobody works */
    DAY_WORK,                           /* the whole day */
    DAY_MORNING,                        /* a half day: works until noon */
    DAY_AFTERNOON,                      /* a half day: works from noon */
    DAY__COUNT
};
struct calendar_day { struct day day; enum day_kind kind; };

/* Bit w set: weekday w (0 Monday … 6 Sunday) is a day of rest. */
#define CALENDAR_WEEKEND ((1u << 5) | (1u << 6))
#define CALENDAR_ALL_REST 0x7fu

enum {
    CALENDAR_ROWS_MAX = 20000,          /* exceptional days of one list */
    CALENDAR_WORK_MAX = 3660,           /* working days in one sum: over fourteen years */
    CALENDAR_WALK_MAX = 40000           /* days looked at in one sum */
};
#define CALENDAR_FIRST ((struct day){ -25567 })         /* 1900-01-01 */
#define CALENDAR_LAST  ((struct day){ 84005 })          /* 2199-12-31 */

struct calendar {
    const struct calendar_day *days;    /* the State Council's, by day, no day twice */
    size_t days_n;
    const struct calendar_day *own;     /* the organisation's, likewise */
    size_t own_n;
    unsigned rest;                      /* weekdays of rest, as bits */
    struct day known_from, known_to;    /* what the notices cover, both included */
};

/* A place in a calendar: its indexes follow the day asked for, so that going on
 * by single days costs no search. */
struct calendar_walk { const struct calendar *c; size_t days_at, own_at; };
struct calendar_walk calendar_walk_from(const struct calendar *c, struct day d);
enum day_kind calendar_walk_kind(struct calendar_walk *w, struct day d);

/* Whether the calendar may be used: rows sorted, unique and of a known kind,
 * known_from not after known_to, and at least one weekday worked. ERR_DATA. */
bool calendar_check(const struct calendar *c, struct err *e) MUST_CHECK;

enum day_kind calendar_kind(const struct calendar *c, struct day d);
/* A half day is a working day. */
bool calendar_is_working(const struct calendar *c, struct day d);
/* False beyond the notices: what is said about d may still change. */
bool calendar_is_known(const struct calendar *c, struct day d);
/* d itself when it is a working day, else the first one after it. ERR_OUT_OF_RANGE
 * when there is none within reach. */
bool calendar_next_working(const struct calendar *c, struct day d, struct day *out,
                           struct err *e) MUST_CHECK;
/* The nth working day after d, d not counted (民法典 201); before it when n is
 * negative; d itself when n is 0. ERR_OUT_OF_RANGE when |n| is above
 * CALENDAR_WORK_MAX or the walk leaves 1900–2199. */
bool calendar_add(const struct calendar *c, struct day d, int64_t n, struct day *out,
                  struct err *e) MUST_CHECK;
/* Working days after a, up to and with b; when b is before a, the days before a
 * down to and with b, negative: counting undoes adding. ERR_OUT_OF_RANGE when further apart than
 * CALENDAR_WALK_MAX days. */
bool calendar_count(const struct calendar *c, struct day a, struct day b, int64_t *out,
                    struct err *e) MUST_CHECK;
#endif
