/* Hours of business as the tables spell them: "1-5", "08:30-12:00 14:00-17:30". */
#include "app/rule.h"

static bool two_digits(struct str s, size_t at, int *out)
{
    if (at + 2 > s.n)
        return false;
    char a = s.p[at], b = s.p[at + 1];
    if (a < '0' || a > '9' || b < '0' || b > '9')
        return false;
    *out = (a - '0') * 10 + (b - '0');
    return true;
}

/* "08:30" as minutes since midnight; "24:00" is the day's end. */
static bool clock_parse(struct str s, int *out)
{
    int h, m;
    if (s.n != 5 || s.p[2] != ':' || !two_digits(s, 0, &h) || !two_digits(s, 3, &m))
        return false;
    *out = h * 60 + m;
    return m < 60 && *out <= DAY_MINUTES;
}

bool month_day_parse(struct str s, int *out)
{
    int m, d;
    if (s.n != 5 || s.p[2] != '-' || !two_digits(s, 0, &m) || !two_digits(s, 3, &d)
        || !civil_exists(2024, m, d))
        return false;
    *out = m * 100 + d;
    return true;
}

static bool spans_parse(struct str s, struct work_day *out)
{
    struct str word, from, to;
    for (bool more = true; more;) {
        more = str_cut(s, ' ', &word, &s);
        struct work_span *x = &out->span[out->n];
        if (out->n == WORK_SPANS_MAX || !str_cut(word, '-', &from, &to)
            || !clock_parse(from, &x->from) || !clock_parse(to, &x->to) || x->to <= x->from
            || (out->n && x->from < x[-1].to))
            return false;
        out->n++;
    }
    return true;
}

static bool weekdays_parse(struct str s, unsigned *out)
{
    if (s.n != 1 && (s.n != 3 || s.p[1] != '-'))
        return false;
    char from = s.p[0], to = s.p[s.n - 1];
    if (from < '1' || to > '7' || from > to)
        return false;
    *out = 0;
    for (char w = from; w <= to; w++)
        *out |= 1u << (w - '1');
    return true;
}

static bool bad(struct err *e, const char *field, struct str value)
{
    return err_fieldf(e, ERR_BAD_VALUE, field, "%.*s", STR_ARG(str_sub(value, 0, 80)));
}

bool hours_parse(const struct hours_row *x, struct work_day *day, unsigned *weekdays, int *noon,
                 struct err *e)
{
    struct work_day d = { .n = 0 };
    int at;
    if (!spans_parse(x->spans, &d))
        return bad(e, "spans", x->spans);
    if (!weekdays_parse(x->weekdays, weekdays))
        return bad(e, "weekdays", x->weekdays);
    if (!clock_parse(x->noon, noon))
        return bad(e, "noon", x->noon);
    if (x->season == SEASON_SUMMER && !month_day_parse(x->from_day, &at))
        return bad(e, "from_day", x->from_day);
    if (x->season == SEASON_SUMMER && !month_day_parse(x->to_day, &at))
        return bad(e, "to_day", x->to_day);
    *day = d;
    return true;
}
