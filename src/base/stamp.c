#include "base/stamp.h"

struct stamp stamp_now(void)
{
    struct timespec ts;
    clock_gettime(CLOCK_REALTIME, &ts);
    return (struct stamp){ (int64_t)ts.tv_sec * 1000 + ts.tv_nsec / 1000000 };
}

int64_t clock_us(void)
{
    struct timespec ts;
    clock_gettime(CLOCK_MONOTONIC, &ts);
    return (int64_t)ts.tv_sec * 1000000 + ts.tv_nsec / 1000;
}

/* Days from civil and back: the proleptic Gregorian calendar counted in 400-year
 * eras from 1 March, so that the leap day is the last day of a year. */
struct day day_of_civil(int year, int month, int day)
{
    int y = month <= 2 ? year - 1 : year;
    int era = (y >= 0 ? y : y - 399) / 400;
    int yoe = y - era * 400;
    int doy = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    int doe = yoe * 365 + yoe / 4 - yoe / 100 + doy;
    return (struct day){ era * 146097 + doe - 719468 };
}

struct civil civil_of_day(struct day d)
{
    int z = d.n + 719468;
    int era = (z >= 0 ? z : z - 146096) / 146097;
    int doe = z - era * 146097;
    int yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
    int doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
    int mp = (5 * doy + 2) / 153;
    struct civil c = { yoe + era * 400, mp < 10 ? mp + 3 : mp - 9, doy - (153 * mp + 2) / 5 + 1 };
    c.year += c.month <= 2;
    return c;
}

static int month_days(int year, int month)
{
    static const int days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
    bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    return month == 2 && leap ? 29 : days[month - 1];
}

bool civil_exists(int year, int month, int day)
{
    return year >= 1800 && year <= 9999 && month >= 1 && month <= 12 && day >= 1
        && day <= month_days(year, month);
}

int weekday(struct day d)
{
    int w = (d.n + 3) % 7;                        /* 1970-01-01 was a Thursday */
    return w < 0 ? w + 7 : w;
}

static int64_t floor_div(int64_t a, int64_t b)
{
    return a / b - (a % b < 0);
}

struct stamp stamp_of_day(struct day d)
{
    return (struct stamp){ d.n * STAMP_DAY - ZONE_MS };
}

struct day day_of_stamp(struct stamp t)
{
    return (struct day){ (int32_t)floor_div(t.ms + ZONE_MS, STAMP_DAY) };
}

struct day day_today(void)
{
    return day_of_stamp(stamp_now());
}

struct day day_add_months(struct day d, int n)
{
    struct civil c = civil_of_day(d);
    int m = c.year * 12 + c.month - 1 + n;
    int year = (int)floor_div(m, 12), month = m - year * 12 + 1;
    return day_of_civil(year, month, MIN(c.day, month_days(year, month)));
}

/* Lists of a hundred rows with several stamps each are the common answer, hence no
 * snprintf. */
static char *put_char(char *p, char c)
{
    *p = c;
    return p + 1;
}

static char *put_two(char *p, int v)
{
    return str_put_two(p, (unsigned)v);
}

static char *put_day(char *p, struct day d)
{
    struct civil c = civil_of_day(d);
    int year = abs(c.year % 10000);
    p = put_two(put_two(p, year / 100), year % 100);
    p = put_two(put_char(p, '-'), c.month);
    return put_two(put_char(p, '-'), c.day);
}

size_t day_format(struct day d, char out[16])
{
    char *end = put_day(out, d);
    *end = 0;
    return (size_t)(end - out);
}

size_t stamp_format(struct stamp t, char out[32])
{
    struct day d = day_of_stamp(t);
    int ms = (int)(t.ms + ZONE_MS - d.n * STAMP_DAY);
    char *p = put_char(put_day(out, d), 'T');
    p = put_two(p, ms / STAMP_HOUR);
    p = put_two(put_char(p, ':'), ms / STAMP_MINUTE % 60);
    p = put_two(put_char(p, ':'), ms / STAMP_SECOND % 60);
    p = put_char(put_char(p, '.'), (char)('0' + ms / 100 % 10));
    p = put_two(p, ms % 100);
    memcpy(p, "+08:00", sizeof "+08:00");
    return (size_t)(p - out) + sizeof "+08:00" - 1;
}

/* n digits at *s, moved past; -1 when they are not there. */
static int digits(struct str *s, size_t n)
{
    int v = 0;
    if (s->n < n)
        return -1;
    for (size_t i = 0; i < n; i++) {
        if (s->p[i] < '0' || s->p[i] > '9')
            return -1;
        v = v * 10 + (s->p[i] - '0');
    }
    *s = str_sub(*s, n, s->n);
    return v;
}

static bool sign(struct str *s, char c)
{
    if (s->n == 0 || s->p[0] != c)
        return false;
    *s = str_sub(*s, 1, s->n);
    return true;
}

static bool take_day(struct str *s, struct day *out)
{
    int y = digits(s, 4), dash1 = sign(s, '-'), m = digits(s, 2), dash2 = sign(s, '-');
    int d = digits(s, 2);
    if (!dash1 || !dash2 || !civil_exists(y, m, d))
        return false;
    *out = day_of_civil(y, m, d);
    return true;
}

bool day_parse(struct str s, struct day *out)
{
    struct day d;
    if (!take_day(&s, &d) || s.n)
        return false;
    *out = d;
    return true;
}

static int take_fraction(struct str *s)
{
    int ms = 0, scale = 100;
    for (size_t i = 0; i < 9 && s->n && s->p[0] >= '0' && s->p[0] <= '9'; i++) {
        ms += (s->p[0] - '0') * scale;
        scale /= 10;
        *s = str_sub(*s, 1, s->n);
    }
    return ms;
}

static bool take_offset(struct str *s, int64_t *ms)
{
    if (sign(s, 'Z') || sign(s, 'z')) {
        *ms = 0;
        return true;
    }
    bool minus = sign(s, '-');
    if (!minus && !sign(s, '+'))
        return false;
    int h = digits(s, 2), colon = sign(s, ':'), m = digits(s, 2);
    if (h < 0 || h > 23 || !colon || m < 0 || m > 59)
        return false;
    *ms = (minus ? -1 : 1) * ((int64_t)h * STAMP_HOUR + (int64_t)m * STAMP_MINUTE);
    return true;
}

bool stamp_parse(struct str s, struct stamp *out)
{
    struct day d;
    if (!take_day(&s, &d) || !(sign(&s, 'T') || sign(&s, 't') || sign(&s, ' ')))
        return false;
    int h = digits(&s, 2), c1 = sign(&s, ':'), m = digits(&s, 2), c2 = sign(&s, ':');
    int sec = digits(&s, 2), ms = sign(&s, '.') ? take_fraction(&s) : 0;
    int64_t offset;
    if (!c1 || !c2 || h < 0 || h > 23 || m < 0 || m > 59 || sec < 0 || sec > 59)
        return false;
    if (!take_offset(&s, &offset) || s.n)
        return false;
    out->ms = d.n * STAMP_DAY + (int64_t)h * STAMP_HOUR + (int64_t)m * STAMP_MINUTE
            + (int64_t)sec * STAMP_SECOND + ms - offset;
    return true;
}
