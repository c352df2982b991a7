/* national.h - the State Council's days from rules/calendar.csv, for the tests. */
#ifndef TEST_NATIONAL_H
#define TEST_NATIONAL_H
#include "app/calendar.h"
#include "csv.h"

static inline struct day on(const char *text)
{
    struct day d = { 0 };
    return day_parse(str_of(text), &d) ? d : DAY_NONE;
}

static inline struct calendar national_calendar(struct arena *a)
{
    struct csv f = csv_read(a, RULES_DIR "calendar.csv");
    struct csv y = csv_read(a, RULES_DIR "calendar_year.csv");
    struct calendar_day *v = arena_array(a, struct calendar_day, f.rows + 1);
    struct calendar c = { .days = v, .rest = CALENDAR_WEEKEND };
    for (size_t i = 0; i < f.rows; i++) {
        bool work = str_is(csv_get(&f, i, "kind"), "workday");
        v[i].kind = work ? DAY_WORK : DAY_REST;
        c.days_n += day_parse(csv_get(&f, i, "day"), &v[i].day);
    }
    if (y.rows && day_parse(csv_get(&y, 0, "known_from"), &c.known_from)
        && !day_parse(csv_get(&y, y.rows - 1, "known_to"), &c.known_to))
        c.days_n = 0;
    return c;
}
#endif
