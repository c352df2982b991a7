#include "app/worktime.h"
#include "national.h"
#include "tap.h"

#define AM_PM { .span = { { 510, 720 }, { 840, 1050 } }, .n = 2 }
#define WEEK  { .day = { AM_PM, AM_PM, AM_PM, AM_PM, AM_PM }, .makeup = AM_PM }
/* 08:30–12:00, 14:00–17:30: 420 minutes a day. */
static const struct worktime office = { .hours = WEEK, .noon = 720 };

static struct stamp at(const char *text)
{
    struct day d = { 0 };
    struct str s = str_of(text);
    if (s.n == 0 || !day_parse(str_sub(s, 0, 10), &d))
        return (struct stamp){ 0 };
    int hour = (s.p[11] - '0') * 10 + s.p[12] - '0', min = (s.p[14] - '0') * 10 + s.p[15] - '0';
    return (struct stamp){ stamp_of_day(d).ms + (hour * 60 + min) * (int64_t)STAMP_MINUTE };
}

#define P(from, to) { from " 10:00", to " 15:00" }
#define WD LIMIT_WORKING_DAY
#define CD LIMIT_CALENDAR_DAY
#define MO LIMIT_MONTH
enum { STAY = false, ROLL = true };

/* start, amount, unit, rolls, the last day, source (State Council notice or
 * article), pauses. The days were counted by hand or by a day-by-day list. */
static const struct {
    const char *start; int amount; enum limit_unit unit; bool roll; const char *day, *why;
    struct { const char *from, *to; } pause[2];
} cases[] = {
    { "2024-01-02 09:00", 15, WD, STAY, "2024-01-23", "ordinary weeks, 民法典 201" },
    { "2024-01-26 09:00", 5, WD, STAY, "2024-02-02", "2024 notice: Sunday 4 February worked" },
    { "2024-02-08 16:00", 1, WD, STAY, "2024-02-09", "2024 notice: Friday 9 February worked" },
    { "2024-02-09 17:00", 1, WD, STAY, "2024-02-18",
      "2024 notice: over Spring Festival to Sunday 18 February" },
    { "2024-02-09 17:00", 5, WD, STAY, "2024-02-22",
      "2024 notice: Spring Festival and a worked Sunday" },
    { "2024-04-03 09:00", 3, WD, STAY, "2024-04-09",
      "2024 notice: Tomb-sweeping, Sunday 7 April worked" },
    { "2024-04-26 09:00", 5, WD, STAY, "2024-05-07",
      "2024 notice: Labour Day, 28 April and 11 May worked" },
    { "2024-06-07 12:00", 1, WD, STAY, "2024-06-11",
      "2024 notice: Dragon Boat joined to the weekend" },
    { "2024-09-13 09:00", 2, WD, STAY, "2024-09-18", "2024 notice: Saturday 14 September worked" },
    { "2024-09-14 09:00", 10, WD, STAY, "2024-09-30",
      "2024 notice: Mid-Autumn, then Sunday 29 September worked" },
    { "2024-09-30 17:29", 1, WD, STAY, "2024-10-08", "2024 notice: over National Day" },
    { "2024-09-30 17:29", 5, WD, STAY, "2024-10-12", "2024 notice: Saturday 12 October worked" },
    { "2024-02-28 09:00", 1, WD, STAY, "2024-02-29", "leap day is a working day" },
    { "2024-12-31 09:00", 1, WD, STAY, "2025-01-02", "2025 notice: 1 January off" },
    { "2023-09-28 09:00", 1, WD, STAY, "2023-10-07",
      "2023 notice: eight days, back on Saturday 7 October" },
    { "2023-09-28 09:00", 3, WD, STAY, "2023-10-09", "2023 notice: Saturday and Sunday worked" },
    { "2023-09-15 09:00", 15, WD, STAY, "2023-10-12",
      "2023 notice: National Day and Mid-Autumn inside" },
    { "2023-01-20 09:00", 2, WD, STAY, "2023-01-29",
      "2023 notice: Saturday 28 and Sunday 29 January worked" },
    { "2023-06-21 09:00", 2, WD, STAY, "2023-06-26",
      "2023 notice: Dragon Boat, Sunday 25 June worked" },
    { "2022-12-30 09:00", 1, WD, STAY, "2023-01-03", "2023 notice: 31 December to 2 January off" },
    { "2025-01-24 09:00", 3, WD, STAY, "2025-02-05", "2025 notice: Sunday 26 January worked" },
    { "2025-01-27 09:00", 3, WD, STAY, "2025-02-07",
      "2025 notice: 28 January to 4 February, Saturday 8 worked later" },
    { "2025-01-27 09:00", 4, WD, STAY, "2025-02-08", "2025 notice: Saturday 8 February worked" },
    { "2025-04-25 09:00", 3, WD, STAY, "2025-04-29", "2025 notice: Sunday 27 April worked" },
    { "2025-04-30 09:00", 1, WD, STAY, "2025-05-06", "2025 notice: Labour Day five days" },
    { "2025-09-26 09:00", 4, WD, STAY, "2025-10-09",
      "2025 notice: Sunday 28 September worked, then eight days" },
    { "2025-09-30 09:00", 3, WD, STAY, "2025-10-11", "2025 notice: Saturday 11 October worked" },
    { "2025-12-31 09:00", 1, WD, STAY, "2026-01-04",
      "2026 notice: 1 to 3 January off, Sunday 4 worked" },
    { "2026-02-13 09:00", 1, WD, STAY, "2026-02-14", "2026 notice: Saturday 14 February worked" },
    { "2026-02-13 09:00", 5, WD, STAY, "2026-02-27", "2026 notice: nine days of Spring Festival" },
    { "2026-02-13 09:00", 6, WD, STAY, "2026-02-28",
      "2026 notice: Saturday 28 February worked too late to matter" },
    { "2026-04-03 09:00", 1, WD, STAY, "2026-04-07",
      "2026 notice: Tomb-sweeping on a weekend, Monday off" },
    { "2026-04-30 09:00", 4, WD, STAY, "2026-05-09", "2026 notice: Saturday 9 May worked" },
    { "2026-09-18 09:00", 1, WD, STAY, "2026-09-20", "2026 notice: Sunday 20 September worked" },
    { "2026-09-24 09:00", 5, WD, STAY, "2026-10-09",
      "2026 notice: Mid-Autumn and National Day a week apart" },
    { "2026-09-30 09:00", 3, WD, STAY, "2026-10-10", "2026 notice: Saturday 10 October worked" },
    { "2026-06-18 20:00", 1, WD, STAY, "2026-06-22", "2026 notice: Dragon Boat on a Friday" },
    { "2020-01-23 09:00", 1, WD, STAY, "2020-02-03", "2020 extension: back on 3 February" },
    { "2020-01-17 09:00", 5, WD, STAY, "2020-01-23", "2020: Sunday 19 January worked" },
    { "2020-01-10 09:00", 15, WD, STAY, "2020-02-07", "2020: the extended holiday inside" },
    { "2020-09-30 09:00", 3, WD, STAY, "2020-10-12",
      "2020: National Day and Mid-Autumn one holiday, 10 October worked" },
    { "2019-04-26 09:00", 2, WD, STAY, "2019-04-29", "2019 changed notice: 28 April worked" },
    { "2019-04-30 09:00", 1, WD, STAY, "2019-05-05", "2019 changed notice: back on Sunday 5 May" },
    { "2018-12-28 09:00", 2, WD, STAY, "2019-01-02",
      "2019 notice: Saturday 29 December 2018 worked" },
    { "2015-09-02 09:00", 1, WD, STAY, "2015-09-06",
      "2015: victory day, back on Sunday 6 September" },
    { "2011-12-30 09:00", 2, WD, STAY, "2012-01-04",
      "2012 notice: Saturday 31 December 2011 worked" },
    { "2007-04-27 09:00", 3, WD, STAY, "2007-04-30",
      "2007: the last golden week of May, two weekend days worked" },
    { "2024-09-21 10:00", 1, WD, STAY, "2024-09-23",
      "filed on a Saturday: Monday is the first day" },
    { "2024-10-03 10:00", 3, WD, STAY, "2024-10-10", "filed on a holiday" },
    { "2026-03-02 09:00", 60, WD, STAY, "2026-05-28", "sixty working days over two holidays" },
    { "2024-01-31 09:00", 1, MO, STAY, "2024-02-29", "民法典 202: 31 January to 29 February" },
    { "2023-01-31 09:00", 1, MO, STAY, "2023-02-28", "民法典 202: no leap day in 2023" },
    { "2024-02-29 09:00", 12, MO, STAY, "2025-02-28", "民法典 202: leap day to the end of February" },
    { "2024-02-29 09:00", 36, MO, ROLL, "2027-03-01",
      "民法典 188: three years, 28 February 2027 is a Sunday" },
    { "2023-09-01 09:00", 1, MO, ROLL, "2023-10-07",
      "民法典 203: 1 October to the end of National Day" },
    { "2023-08-30 09:00", 1, MO, ROLL, "2023-10-07",
      "民诉法 85: 30 September, to Saturday 7 October which is worked" },
    { "2024-08-15 09:00", 1, MO, ROLL, "2024-09-18", "民法典 203: 15 September 2024 is Mid-Autumn" },
    { "2024-08-14 09:00", 1, MO, ROLL, "2024-09-14",
      "14 September 2024 is a worked Saturday: nothing moves" },
    { "2024-09-01 09:00", 30, CD, ROLL, "2024-10-08",
      "民法典 203: 1 October moves past National Day" },
    { "2024-09-01 09:00", 30, CD, STAY, "2024-10-01",
      "the same limit where the rule does not move it" },
    { "2024-08-30 09:00", 30, CD, ROLL, "2024-09-29", "29 September 2024 is a worked Sunday" },
    { "2026-01-16 09:00", 30, CD, ROLL, "2026-02-24",
      "15 February 2026 begins Spring Festival: nine days later" },
    { "2024-12-02 09:00", 30, CD, ROLL, "2025-01-02", "year end: 1 January 2025 moves to the 2nd" },
    { "2020-01-09 09:00", 15, CD, ROLL, "2020-02-03",
      "2020 extension: 24 January moves to 3 February" },
    { "2026-01-05 09:00", 15, CD, STAY, "2026-01-20", "劳动争议法 14: fifteen days, no holiday" },
    { "2026-03-10 09:00", 60, CD, ROLL, "2026-05-09",
      "信访条例 34: ends on 9 May 2026, a worked Saturday" },
    { "2024-01-30 09:00", 30, CD, ROLL, "2024-02-29", "thirty days ending on leap day" },
    { "2024-05-06 09:00", 30, WD, STAY, "2024-06-27", "医疗条例 38: ten days of appraisal left out",
      { P("2024-05-13", "2024-05-23") } },
    { "2024-05-06 09:00", 30, CD, STAY, "2024-06-15", "the same in calendar days",
      { P("2024-05-13", "2024-05-23") } },
    { "2024-05-06 09:00", 30, CD, ROLL, "2024-06-17", "the same, ending on a Saturday",
      { P("2024-05-13", "2024-05-23") } },
    { "2024-05-06 09:00", 10, WD, STAY, "2024-05-24", "pauses that touch",
      { P("2024-05-08", "2024-05-10"), P("2024-05-10", "2024-05-14") } },
    { "2024-05-06 09:00", 10, WD, STAY, "2024-05-28", "pauses that overlap count once",
      { P("2024-05-08", "2024-05-13"), P("2024-05-10", "2024-05-16") } },
    { "2024-09-27 09:00", 5, WD, STAY, "2024-10-11", "a pause that begins on a holiday",
      { P("2024-10-02", "2024-10-09") } },
    { "2024-05-06 09:00", 1, MO, STAY, "2024-06-11", "a month with five days of pause",
      { P("2024-05-20", "2024-05-25") } },
    { "2024-05-06 09:00", 5, WD, STAY, "2024-05-11", "a pause after the end changes nothing",
      { P("2024-06-03", "2024-06-10") } },
    { "2024-05-06 09:00", 5, WD, STAY, "2024-05-14", "a pause from before the start",
      { P("2024-04-01", "2024-05-09") } },
    { "2024-05-06 09:00", 5, WD, STAY, "2024-05-11", "a pause within one day takes none",
      { P("2024-05-14", "2024-05-14") } },
    { "2024-05-10 09:00", 5, CD, ROLL, "2024-05-17", "a pause from the last day on",
      { P("2024-05-15", "2024-05-17") } },
    { "2024-05-10 09:00", 8, CD, ROLL, "2024-05-22", "a pause on the day a limit moved to",
      { P("2024-05-20", "2024-05-22") } },
};

static void dated(struct clock k)
{
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct pause p[2];
        struct limit_state d = { 0 };
        struct err e = { 0 };
        size_t n = 0;
        for (; n < 2 && cases[i].pause[n].from; n++)
            p[n] = (struct pause){ at(cases[i].pause[n].from), at(cases[i].pause[n].to) };
        k.pauses = p;
        k.pauses_n = n;
        k.now = at(cases[i].start);
        struct limit l = { cases[i].amount, cases[i].unit, .roll = cases[i].roll };
        char day[16] = "";
        bool ok = worktime_limit(&k, k.now, l, &d, &e);
        day_format(day_of_stamp(d.at), day);
        if (!OK(ok) || !OK_STR(str_of(day), cases[i].day))
            printf("#   %s + %d: %s\n", cases[i].start, cases[i].amount, cases[i].why);
    }
}

static struct limit_state ask(struct clock k, const char *start, const char *now, struct limit l)
{
    struct limit_state d = { 0 };
    struct err e = { 0 };
    k.now = at(now);
    OK(worktime_limit(&k, at(start), l, &d, &e));
    return d;
}

/* Ends of the day, yellow, red, what is left. */
static void lights(struct clock k)
{
    struct limit l = { 5, WD, .yellow = 1 };
    struct limit_state d = ask(k, "2026-03-02 09:00", "2026-03-02 09:00", l);
    OK_INT(d.at.ms, at("2026-03-09 17:30").ms);
    OK_INT(d.yellow_at.ms, at("2026-03-06 00:00").ms);
    OK_INT(d.left_min, 390 + 5 * 420);
    OK(d.light == LIGHT_GREEN && !d.provisional && !d.stopped);
    d = ask(k, "2026-03-02 09:00", "2026-03-06 00:00", l);
    OK(d.light == LIGHT_YELLOW && d.left_min == 2 * 420);
    d = ask(k, "2026-03-02 09:00", "2026-03-09 17:30", l);
    OK(d.light == LIGHT_YELLOW && d.left_min == 0);
    d = ask(k, "2026-03-02 09:00", "2026-03-10 09:31", l);
    OK(d.light == LIGHT_RED && d.left_min == -61);
    l.midnight = true;
    d = ask(k, "2026-03-02 09:00", "2026-03-02 09:00", l);
    OK_INT(d.at.ms, at("2026-03-10 00:00").ms - 1);
    OK_INT(ask(k, "2026-03-06 17:00", "2026-03-06 17:00",
               (struct limit){ 1, WD, .yellow = 9 }).yellow_at.ms, at("2026-03-06 17:00").ms);
    d = ask(k, "2026-03-02 09:00", "2026-03-02 09:00", (struct limit){ 5, WD, .yellow = 8,
            .yellow_unit = LIMIT_WORKING_HOUR });
    OK_INT(d.yellow_at.ms, at("2026-03-06 16:30").ms);
    d = ask(k, "2026-03-02 09:00", "2026-03-04 10:00", (struct limit){ 72, LIMIT_HOUR,
            .yellow = 24, .yellow_unit = LIMIT_HOUR });
    OK(d.at.ms == at("2026-03-05 09:00").ms && d.light == LIGHT_YELLOW);
    OK_INT(d.left_min, 23 * 60);
    d = ask(k, "2026-03-02 09:00", "2026-03-02 09:00", (struct limit){ 30, CD, .roll = true,
            .yellow = 3, .yellow_unit = LIMIT_CALENDAR_DAY });
    OK_INT(d.yellow_at.ms, at("2026-03-29 00:00").ms);
}

static void hours(struct clock k)
{
    static const struct { const char *start; int64_t min; const char *end; } rows[] = {
        { "2026-03-02 09:00", 60, "2026-03-02 10:00" },
        { "2026-03-02 11:30", 60, "2026-03-02 14:30" },        /* over lunch */
        { "2026-03-02 17:00", 60, "2026-03-03 09:00" },        /* over night */
        { "2026-03-06 17:00", 31, "2026-03-09 08:31" },        /* over a weekend */
        { "2026-02-14 17:00", 31, "2026-02-24 08:31" },        /* over Spring Festival */
        { "2026-03-07 03:00", 420, "2026-03-09 17:30" },       /* begun on a Saturday */
        { "2026-03-02 08:30", 420, "2026-03-02 17:30" },
        { "2026-03-02 08:30", 421, "2026-03-03 08:31" },
        { "2026-09-19 08:30", 10, "2026-09-20 08:40" },        /* a worked Sunday */
    };
    struct err e = { 0 };
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct stamp s = { 0 };
        int64_t back = 0;
        OK(worktime_add(&office, k.calendar, at(rows[i].start), rows[i].min, &s, &e));
        OK_INT(s.ms, at(rows[i].end).ms);
        OK(worktime_between(&office, k.calendar, at(rows[i].start), s, &back, &e));
        OK_INT(back, rows[i].min);
        OK(worktime_between(&office, k.calendar, s, at(rows[i].start), &back, &e));
        OK_INT(back, -rows[i].min);
    }
    struct limit l = { 4, LIMIT_WORKING_HOUR };
    struct pause p[] = { { at("2026-03-02 10:00"), at("2026-03-02 15:00") },
                         { at("2026-03-02 14:00"), at("2026-03-02 16:00") } };
    k.pauses = p;
    k.pauses_n = 2;
    OK_INT(ask(k, "2026-03-02 09:00", "2026-03-02 09:00", l).at.ms, at("2026-03-03 10:00").ms);
    OK_INT(ask(k, "2026-03-02 09:00", "2026-03-02 09:00", l).left_min, 240);
    l.unit = LIMIT_HOUR;
    OK_INT(ask(k, "2026-03-02 09:00", "2026-03-02 09:00", l).at.ms, at("2026-03-02 19:00").ms);
}

/* Half days, a summer, a market town that works Saturdays, a hotline. */
static void organisations(struct clock k, struct calendar c)
{
    struct calendar_day own[] = { { on("2026-03-06"), DAY_AFTERNOON },
                                  { on("2026-03-08"), DAY_MORNING } };
    struct worktime w = office, round = { .noon = 720 };
    struct work_day d;
    w.summer = w.hours;
    w.summer.day[0].span[1] = (struct work_span){ 900, 1080 };
    w.summer_from = 601;
    w.summer_to = 930;
    c.own = own;
    c.own_n = 2;
    k.calendar = &c;
    k.worktime = &w;
    d = worktime_on(&w, &c, on("2026-03-08"));
    OK(d.n == 1 && d.span[0].from == 510 && d.span[0].to == 720);
    d = worktime_on(&w, &c, on("2026-03-06"));
    OK(d.n == 1 && d.span[0].from == 840);
    OK(worktime_on(&w, &c, on("2026-03-07")).n == 0);
    OK_INT(worktime_on(&w, &c, on("2026-06-01")).span[1].to, 1080);
    OK_INT(worktime_on(&w, &c, on("2026-05-25")).span[1].to, 1050);
    w.summer_from = 1101;
    w.summer_to = 228;                                  /* a winter over the year's end */
    OK_INT(worktime_on(&w, &c, on("2026-01-05")).span[1].to, 1080);
    OK_INT(worktime_on(&w, &c, on("2026-06-01")).span[1].to, 1050);
    OK_INT(ask(k, "2026-03-06 09:00", "2026-03-06 09:00", (struct limit){ 1, WD }).at.ms,
           at("2026-03-08 12:00").ms);
    for (int i = 0; i < 7; i++)
        round.hours.day[i] = (struct work_day){ .span = { { 0, DAY_MINUTES } }, .n = 1 };
    struct calendar always = { .known_from = CALENDAR_FIRST, .known_to = CALENDAR_LAST };
    k.calendar = &always;
    k.worktime = &round;
    struct limit_state t = ask(k, "2026-02-16 22:30", "2026-02-17 03:30",
                            (struct limit){ 12, LIMIT_WORKING_HOUR });
    OK(t.at.ms == at("2026-02-17 10:30").ms && t.left_min == 420);
    c.rest = 1u << 6;
    k.calendar = &c;
    k.worktime = &office;
    OK_INT(ask(k, "2026-03-13 09:00", "2026-03-13 09:00", (struct limit){ 1, WD }).at.ms,
           at("2026-03-14 17:30").ms);
}

/* While a pause runs nothing is lost; after it the paused days come back. */
static void stopping(struct clock k)
{
    struct pause p[] = { { at("2026-03-04 10:00"), { 0 } } };
    struct limit l = { 5, WD, .yellow = 1 };
    k.pauses = p;
    k.pauses_n = 1;
    struct limit_state before = ask(k, "2026-03-02 09:00", "2026-03-04 09:59", l);
    struct limit_state first = ask(k, "2026-03-02 09:00", "2026-03-04 10:00", l);
    struct limit_state later = ask(k, "2026-03-02 09:00", "2026-03-18 10:00", l);
    OK(!before.stopped && first.stopped && later.stopped);
    OK_INT(before.left_min, later.left_min + 1);
    OK_INT(first.left_min, later.left_min);
    OK(later.light == LIGHT_GREEN && first.at.ms == at("2026-03-09 17:30").ms);
    OK_INT(later.at.ms, at("2026-03-23 17:30").ms);
    p[0].from = at("2026-03-10 10:00");                 /* stopped when already late */
    later = ask(k, "2026-03-02 09:00", "2026-03-18 10:00", l);
    OK(!later.stopped && later.light == LIGHT_RED && later.at.ms == at("2026-03-09 17:30").ms);
}

static void provisional(struct clock k)
{
    OK(!ask(k, "2026-12-17 09:00", "2026-12-17 09:00", (struct limit){ 6, WD }).provisional);
    OK(ask(k, "2026-12-17 09:00", "2026-12-17 09:00", (struct limit){ 7, WD }).provisional);
    OK(ask(k, "2026-11-21 09:00", "2026-11-21 09:00", (struct limit){ 60, WD }).provisional);
    OK(ask(k, "2026-12-21 09:00", "2026-12-21 09:00",
           (struct limit){ 15, CD, .roll = true }).provisional);
    OK(!ask(k, "2026-12-21 09:00", "2026-12-21 09:00", (struct limit){ 15, CD }).provisional);
    OK(!ask(k, "2026-12-31 09:00", "2026-12-31 09:00",
            (struct limit){ 72, LIMIT_HOUR }).provisional);
    OK(ask(k, "2003-06-02 09:00", "2003-06-02 09:00", (struct limit){ 1, WD }).provisional);
}

/* Later starts end no earlier; a pause never shortens; a longer one neither. */
static void properties(struct clock k)
{
    static const enum limit_unit units[] = { WD, CD, MO, LIMIT_HOUR, LIMIT_WORKING_HOUR };
    struct err e = { 0 };
    int bad = 0;
    for (size_t u = 0; u < COUNT(units) * 2; u++) {
        struct limit l = { 3, units[u / 2], .roll = u % 2 };
        int64_t last = 0;
        for (int64_t h = 0; h < 24 * 200; h += 5) {
            struct stamp start = { at("2024-08-01 00:00").ms + h * STAMP_HOUR };
            struct pause p = { { start.ms + h % 97 * STAMP_HOUR },
                               { start.ms + (h % 97 + h % 61) * STAMP_HOUR } };
            struct limit_state d, paused, longer;
            k.now = start;
            k.pauses = &p;
            k.pauses_n = 0;
            bool ok = worktime_limit(&k, start, l, &d, &e);
            k.pauses_n = 1;
            ok = ok && worktime_limit(&k, start, l, &paused, &e);
            p.to.ms += 30 * (int64_t)STAMP_HOUR;
            ok = ok && worktime_limit(&k, start, l, &longer, &e);
            bad += !ok || d.at.ms < last || paused.at.ms < d.at.ms || longer.at.ms < paused.at.ms;
            last = d.at.ms;
        }
    }
    OK_INT(bad, 0);
}

static bool refused(const struct clock *k, struct limit l, enum err_id id, const char *field)
{
    struct limit_state d = { .left_min = 77 };
    struct err e = { 0 };
    bool ok = !worktime_limit(k, k->now, l, &d, &e) && e.id == id
        && strcmp(e.field, field) == 0 && d.left_min == 77;
    if (!ok)
        printf("#   id %d field %s\n", (int)e.id, e.field);
    return ok;
}

static void hostile_hours(void)
{
    struct worktime w = office;
    struct err e = { 0 };
    w.hours.day[0].span[1].from = 700;
    OK(!worktime_check(&w, &e));
    w = office;
    w.hours.day[6] = (struct work_day){ .n = 5 };
    OK(!worktime_check(&w, &e));
    w = office;
    w.summer = w.hours;
    w.summer_from = 631;
    w.summer_to = 930;
    OK(!worktime_check(&w, &e));
}

static void hostile(struct clock k)
{
    static struct pause many[PAUSES_MAX + 1];
    k.now = at("2026-03-02 09:00");
    for (int u = 0; u < LIMIT__COUNT; u++) {
        OK(refused(&k, (struct limit){ 1000000000, u }, ERR_OUT_OF_RANGE, "amount"));
        OK(refused(&k, (struct limit){ INT64_MAX, u }, ERR_OUT_OF_RANGE, "amount"));
        OK(refused(&k, (struct limit){ -1, u }, ERR_OUT_OF_RANGE, "amount"));
        OK(refused(&k, (struct limit){ 0, u }, ERR_OUT_OF_RANGE, "amount"));
        OK(refused(&k, (struct limit){ 1, WD, .yellow = INT64_MAX, .yellow_unit = u },
                   ERR_OUT_OF_RANGE, "yellow"));
    }
    OK(refused(&k, (struct limit){ 1, (enum limit_unit)99 }, ERR_BAD_VALUE, "unit"));
    OK(refused(&k, (struct limit){ 1, WD, .yellow = -1 }, ERR_OUT_OF_RANGE, "yellow"));
    k.pauses = many;
    k.pauses_n = COUNT(many);
    OK(refused(&k, (struct limit){ 1, WD }, ERR_TOO_MANY, "pauses"));
    k.pauses_n = 2;                                     /* both open */
    many[0].from = many[1].from = k.now;
    OK(refused(&k, (struct limit){ 1, WD }, ERR_BAD_VALUE, "pauses"));
    many[0] = (struct pause){ k.now, { k.now.ms - 1 } };
    OK(refused(&k, (struct limit){ 1, WD }, ERR_BAD_VALUE, "pauses"));
    many[0] = (struct pause){ { INT64_MIN }, { INT64_MAX } };
    OK(refused(&k, (struct limit){ 1, WD }, ERR_BAD_VALUE, "pauses"));
    many[0] = (struct pause){ k.now, { k.now.ms + 55000 * STAMP_DAY } };
    k.pauses_n = 1;
    OK(refused(&k, (struct limit){ 600, WD }, ERR_OUT_OF_RANGE, "day"));
    OK(refused(&k, (struct limit){ 600, LIMIT_WORKING_HOUR }, ERR_OUT_OF_RANGE, "day"));
    OK(refused(&k, (struct limit){ 600, MO }, ERR_OUT_OF_RANGE, "day"));
    k.pauses_n = 0;
    k.now.ms = INT64_MAX;
    OK(refused(&k, (struct limit){ 1, WD }, ERR_OUT_OF_RANGE, "day"));
}

/* Sixty working days stay well under five microseconds; the bound here is loose
 * enough for a busy machine and tight enough to notice a walk gone wrong. */
static void speed(struct clock k)
{
    struct err e = { 0 };
    struct day d = { 0 };
    struct limit_state t;
    int64_t best_add = INT64_MAX, best_all = INT64_MAX;
    k.now = at("2026-03-02 09:00");
    for (int round = 0; round < 5; round++) {
        int64_t from = clock_us(), ok = 0;
        for (int i = 0; i < 1000; i++)
            ok += calendar_add(k.calendar, (struct day){ 20000 + i }, 60, &d, &e);
        int64_t mid = clock_us();
        for (int i = 0; i < 1000; i++)
            ok += worktime_limit(&k, k.now, (struct limit){ 60, WD, .yellow = 3 }, &t, &e);
        best_add = MIN(best_add, mid - from);
        best_all = MIN(best_all, clock_us() - mid);
        OK_INT(ok, 2000);
    }
    printf("# 60 working days: %lld ns, with all that is left: %lld ns\n", (long long)best_add,
           (long long)best_all);
    OK(best_add < 20000 && best_all < 60000);
}

int main(void)
{
    struct arena a = { 0 };
    struct err e = { 0 };
    struct calendar c = national_calendar(&a);
    struct clock k = { .calendar = &c, .worktime = &office };
    OK(c.days_n > 700 && worktime_check(&office, &e));
    dated(k);
    lights(k);
    hours(k);
    organisations(k, c);
    stopping(k);
    provisional(k);
    properties(k);
    hostile(k);
    hostile_hours();
    speed(k);
    arena_done(&a);
    return tap_end();
}
