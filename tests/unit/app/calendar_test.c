#include "national.h"
#include "tap.h"

/* What the State Council's notices say of single days. */
static const struct { const char *day; bool working; const char *why; } days[] = {
    { "2004-01-17", true,  "2004: Saturday worked before Spring Festival" },
    { "2007-12-29", true,  "2008: Saturday worked, arranged by the next year's notice" },
    { "2011-12-31", true,  "2012: Saturday worked on New Year's Eve" },
    { "2015-09-03", false, "2015: 70th anniversary of victory, a Thursday" },
    { "2015-09-06", true,  "2015: Sunday worked for it" },
    { "2020-01-31", false, "2020: holiday extended to 2 February" },
    { "2020-02-02", false, "2020: last day of the extension" },
    { "2020-02-03", true,  "2020: work resumes" },
    { "2023-09-29", false, "2023: Mid-Autumn, first of eight days" },
    { "2023-10-07", true,  "2023: Saturday worked" },
    { "2023-10-08", true,  "2023: Sunday worked" },
    { "2024-02-09", true,  "2024: New Year's Eve of the old calendar was no holiday" },
    { "2024-02-29", true,  "2024: leap day, a Thursday" },
    { "2025-01-26", true,  "2025: Sunday worked" },
    { "2025-10-08", false, "2025: Mid-Autumn lengthens National Day to eight days" },
    { "2026-01-04", true,  "2026: Sunday worked after New Year" },
    { "2026-02-23", false, "2026: ninth day of Spring Festival" },
    { "2026-09-20", true,  "2026: Sunday worked" },
    { "2026-11-21", false, "an ordinary Saturday" },
    { "2026-11-20", true,  "an ordinary Friday" },
};

static void notices(const struct calendar *c)
{
    for (size_t i = 0; i < COUNT(days); i++)
        if (!OK(calendar_is_working(c, on(days[i].day)) == days[i].working))
            printf("#   %s: %s\n", days[i].day, days[i].why);
}

/* Working days a year, as the notices' own arithmetic gives them. */
static void years(const struct calendar *c)
{
    static const struct { int year, working; } want[] = {
        { 2019, 250 }, { 2021, 250 }, { 2022, 249 }, { 2023, 249 }, { 2024, 251 },
        { 2025, 248 }, { 2026, 248 },
    };
    struct err e = { 0 };
    for (size_t i = 0; i < COUNT(want); i++) {
        int64_t n = 0;
        OK(calendar_count(c, day_of_civil(want[i].year - 1, 12, 31),
                          day_of_civil(want[i].year, 12, 31), &n, &e));
        if (!OK_INT(n, want[i].working))
            printf("#   %d\n", want[i].year);
    }
}

/* Counting undoes adding in both directions, and adding keeps the order. */
static void properties(const struct calendar *c)
{
    struct err e = { 0 };
    int bad = 0;
    for (int64_t n = -70; n <= 70; n += 7) {
        int32_t before = INT32_MIN;
        for (int32_t d = on("2003-06-01").n; d < on("2027-06-01").n; d += 3) {
            struct day out;
            int64_t back = -1;
            bool ok = calendar_add(c, (struct day){ d }, n, &out, &e)
                && calendar_count(c, (struct day){ d }, out, &back, &e);
            bad += !ok || back != n || out.n < before || (n && !calendar_is_working(c, out));
            before = out.n;
        }
    }
    OK_INT(bad, 0);
}

static void organisations(struct calendar c)
{
    struct calendar_day own[] = {
        { on("2026-03-08"), DAY_MORNING }, { on("2026-10-01"), DAY_WORK },
        { on("2026-11-20"), DAY_REST }, { on("2026-11-21"), DAY_AFTERNOON },
    };
    struct err e = { 0 };
    struct day d;
    c.own = own;
    c.own_n = COUNT(own);
    OK(calendar_check(&c, &e));
    OK_INT(calendar_kind(&c, on("2026-03-08")), DAY_MORNING);
    OK(calendar_is_working(&c, on("2026-10-01")) && !calendar_is_working(&c, on("2026-10-02")));
    OK(calendar_next_working(&c, on("2026-11-20"), &d, &e) && d.n == on("2026-11-21").n);
    c.rest = 1u << 6;                                   /* a village that works Saturdays */
    OK(calendar_is_working(&c, on("2026-11-14")) && !calendar_is_working(&c, on("2026-11-15")));
    struct calendar hospital = { .known_from = CALENDAR_FIRST, .known_to = CALENDAR_LAST };
    OK(calendar_check(&hospital, &e) && calendar_is_working(&hospital, on("2026-02-17")));
    OK(calendar_add(&hospital, on("2026-02-14"), 30, &d, &e) && d.n == on("2026-03-16").n);
}

static void hostile(struct calendar c)
{
    struct calendar_day twice[] = { { { 1 }, DAY_REST }, { { 1 }, DAY_WORK } };
    struct calendar_day odd[] = { { { 1 }, (enum day_kind)9 } };
    struct err e = { 0 };
    struct day d = { 77 };
    int64_t n = 77;
    OK(!calendar_add(&c, on("2026-01-01"), 1000000000, &d, &e) && e.id == ERR_OUT_OF_RANGE);
    OK_STR(str_of(e.field), "amount");
    OK(!calendar_add(&c, on("2026-01-01"), INT64_MIN, &d, &e));
    OK(!calendar_add(&c, (struct day){ INT32_MAX }, 1, &d, &e));
    OK(!calendar_add(&c, CALENDAR_LAST, 1, &d, &e));
    OK(!calendar_next_working(&c, (struct day){ INT32_MIN }, &d, &e));
    OK(!calendar_count(&c, CALENDAR_FIRST, CALENDAR_LAST, &n, &e) && n == 77 && d.n == 77);
    c.rest = CALENDAR_ALL_REST;
    OK(!calendar_add(&c, on("2026-06-01"), 100, &d, &e));
    OK(!calendar_check(&c, &e) && d.n == 77);
    struct calendar bad = { .days = twice, .days_n = 2 };
    OK(!calendar_check(&bad, &e));
    bad = (struct calendar){ .own = odd, .own_n = 1 };
    OK(!calendar_check(&bad, &e));
    bad = (struct calendar){ .days_n = 5 };
    OK(!calendar_check(&bad, &e));
    bad = (struct calendar){ .known_from = { 2 }, .known_to = { 1 } };
    OK(!calendar_check(&bad, &e));
}

int main(void)
{
    struct arena a = { 0 };
    struct err e = { 0 };
    struct calendar c = national_calendar(&a);
    OK(c.days_n > 700 && calendar_check(&c, &e));
    notices(&c);
    years(&c);
    properties(&c);
    organisations(c);
    hostile(c);
    OK(calendar_is_known(&c, on("2026-12-25")) && !calendar_is_known(&c, on("2026-12-26")));
    OK(!calendar_is_known(&c, on("2003-12-31")) && calendar_is_known(&c, on("2004-01-01")));
    arena_done(&a);
    return tap_end();
}
