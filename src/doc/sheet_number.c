#include "doc/sheet_number.h"
#include "base/stamp.h"

enum { KEPT = 32, SHOWN = 15, POINT_MAX = 21, POINT_MIN = -8 };
enum { SERIAL_LEAP_BUG = 60, SERIAL_LAST = 2958465 };       /* 9999-12-31 */
enum { EPOCH_1900 = -25569, EPOCH_1904 = -24107, DAY_SECONDS = 86400 };

/* ---- formats ---- */

/* What the first section of a format code asks for. */
struct code_marks {
    bool date, month, time, elapsed, other, point;
    unsigned digits, decimals;
};

static bool is_in(char c, const char *set)
{
    return c && strchr(set, c);
}

/* Length of what stands at p and shows literally: "text", \x, _x, *x, [x]. */
static size_t literal_length(struct str s, struct code_marks *m)
{
    size_t end;
    switch (s.p[0]) {
    case '"':
        end = str_find(str_sub(s, 1, s.n), STR("\"")) + 2;
        return MIN(end, s.n);
    case '[':
        end = str_find(s, STR("]")) + 1;
        m->elapsed |= s.n > 1 && is_in(s.p[1], "hHmMsS") && (s.n < 3 || is_in(s.p[2], "hHmMsS]"));
        return MIN(end, s.n);
    case '\\':
    case '_':
    case '*':
        return MIN(s.n, (size_t)2);
    case 'A':
    case 'a':
        if (str_eq_nocase(str_sub(s, 0, 5), STR("AM/PM")))
            return 5;
        return str_eq_nocase(str_sub(s, 0, 3), STR("A/P")) ? 3 : 0;
    default:
        return 0;
    }
}

static void mark(struct code_marks *m, char c)
{
    m->date |= is_in(c, "yYdD");
    m->month |= is_in(c, "mM");
    m->time |= is_in(c, "hHsS");
    if (c == '0') {
        m->digits += !m->point;
        m->decimals += m->point;
    } else if (c == '.') {
        m->point = true;
    } else if (!is_in(c, "#,")) {
        m->other = true;
    }
}

static struct sheet_style style_of_marks(const struct code_marks *m)
{
    if (m->elapsed)
        return (struct sheet_style){ .look = LOOK_ELAPSED };
    bool date = m->date || (m->month && !m->time);
    if (date)
        return (struct sheet_style){ .look = m->time ? LOOK_STAMP : LOOK_DATE };
    if (m->time)
        return (struct sheet_style){ .look = LOOK_TIME };
    if (m->other)
        return (struct sheet_style){ 0 };
    return (struct sheet_style){ .digits = (unsigned char)MIN(m->digits, 18U),
                                 .decimals = (unsigned char)MIN(m->decimals, 15U) };
}

struct sheet_style sheet_style_of_code(struct str code)
{
    struct code_marks m = { 0 };
    if (str_eq_nocase(code, STR("General")))
        return (struct sheet_style){ 0 };
    while (code.n && code.p[0] != ';') {
        size_t n = literal_length(code, &m);
        if (n == 0)
            mark(&m, code.p[0]);
        code = str_sub(code, n ? n : 1, code.n);
    }
    return style_of_marks(&m);
}

/* ECMA-376 18.8.30, with the ids Chinese editions use for dates and times. */
static const struct { unsigned from, to; struct sheet_style style; } built_in[] = {
    { 2,  2,  { .digits = 1, .decimals = 2 } },
    { 4,  4,  { .digits = 1, .decimals = 2 } },
    { 14, 17, { .look = LOOK_DATE } },
    { 18, 21, { .look = LOOK_TIME } },
    { 22, 22, { .look = LOOK_STAMP } },
    { 27, 31, { .look = LOOK_DATE } },
    { 32, 35, { .look = LOOK_TIME } },
    { 36, 36, { .look = LOOK_DATE } },
    { 45, 45, { .look = LOOK_TIME } },
    { 46, 46, { .look = LOOK_ELAPSED } },
    { 47, 47, { .look = LOOK_TIME } },
    { 50, 54, { .look = LOOK_DATE } },
    { 55, 56, { .look = LOOK_TIME } },
    { 57, 58, { .look = LOOK_DATE } },
};

struct sheet_style sheet_style_of_id(unsigned id)
{
    for (size_t i = 0; i < COUNT(built_in); i++)
        if (id >= built_in[i].from && id <= built_in[i].to)
            return built_in[i].style;
    return (struct sheet_style){ 0 };
}

/* ---- decimal digits ---- */

/* 0.digits times 10 to the power of point. */
struct decimal { bool negative, plain; int n, point; char digits[KEPT]; };

static bool is_digit(char c) { return c >= '0' && c <= '9'; }

static void digit_add(struct decimal *d, char c, bool behind_point)
{
    bool leading = d->n == 0 && c == '0';
    if (!leading && d->n < KEPT)
        d->digits[d->n++] = c;
    else if (!leading)
        d->plain = false;
    d->point += behind_point ? (leading ? -1 : 0) : (leading ? 0 : 1);
}

static bool exponent_parse(struct str s, int *out)
{
    int64_t v;
    if (!str_to_i64(s, &v) || v < -400 || v > 400)
        return false;
    *out = (int)v;
    return true;
}

static bool decimal_parse(struct str s, struct decimal *d)
{
    *d = (struct decimal){ .plain = true };
    size_t i = 0, digits = 0;
    if (s.n && (s.p[0] == '-' || s.p[0] == '+'))
        d->negative = s.p[i++] == '-';
    bool behind = false;
    for (; i < s.n && (is_digit(s.p[i]) || (s.p[i] == '.' && !behind)); i++) {
        if (s.p[i] == '.') {
            behind = true;
            continue;
        }
        digits++;
        digit_add(d, s.p[i], behind);
    }
    d->plain &= !behind && i == s.n;
    if (digits == 0 || digits > 400)
        return false;
    int exponent = 0;
    if (i < s.n && ((s.p[i] != 'e' && s.p[i] != 'E')
                    || !exponent_parse(str_sub(s, i + 1, s.n), &exponent)))
        return false;
    d->point += exponent;
    return true;
}

/* To n digits, halves away from zero. */
static void decimal_round(struct decimal *d, int n)
{
    if (d->n <= n)
        return;
    bool up = d->digits[n] >= '5';
    d->n = n;
    while (up && d->n > 0 && d->digits[d->n - 1] == '9')
        d->n--;
    if (up && d->n > 0) {
        d->digits[d->n - 1]++;
    } else if (up) {
        d->digits[d->n++] = '1';
        d->point++;
    }
}

static void decimal_trim(struct decimal *d)
{
    while (d->n && d->digits[d->n - 1] == '0')
        d->n--;
    if (d->n == 0) {
        d->negative = false;
        d->point = 0;
    }
}

static char digit_at(const struct decimal *d, int i)
{
    return i >= 0 && i < d->n ? d->digits[i] : '0';
}

static size_t decimal_format(const struct decimal *d, struct sheet_style style, char *out)
{
    size_t n = 0;
    int whole = d->n ? MAX(d->point, 0) : 0;
    int decimals = d->n ? MAX(d->n - d->point, 0) : 0;
    int before = MAX(whole, MAX((int)style.digits, 1));
    if (d->negative)
        out[n++] = '-';
    for (int i = d->point - before; i < d->point; i++)
        out[n++] = digit_at(d, i);
    decimals = MAX(decimals, (int)style.decimals);
    if (decimals)
        out[n++] = '.';
    for (int i = 0; i < decimals; i++)
        out[n++] = digit_at(d, d->point + i);
    return n;
}

/* ---- dates ---- */

/* Days and seconds of a serial number; false when it is none. */
static bool serial_split(const struct decimal *d, int64_t *days, int64_t *seconds)
{
    enum { FRACTION_DIGITS = 13 };
    int64_t fraction = 0, scale = 1;
    if (d->negative || d->point > 7)
        return false;
    *days = 0;
    for (int i = 0; i < d->point; i++)
        *days = *days * 10 + (digit_at(d, i) - '0');
    for (int i = 0; i < FRACTION_DIGITS; i++, scale *= 10)
        fraction = fraction * 10 + (digit_at(d, d->point + i) - '0');
    *seconds = (fraction * DAY_SECONDS + scale / 2) / scale;
    if (*seconds == DAY_SECONDS) {
        *seconds = 0;
        ++*days;
    }
    return true;
}

static size_t clock_format(int64_t seconds, char *out)
{
    return (size_t)snprintf(out, 24, "%02d:%02d:%02d", (int)(seconds / 3600),
                            (int)(seconds / 60 % 60), (int)(seconds % 60));
}

static size_t date_format(int64_t days, bool is_1904, char *out)
{
    if (!is_1904 && days == SERIAL_LEAP_BUG)        /* 1900 was no leap year; Excel thinks so */
        return (size_t)snprintf(out, 16, "1900-02-29");
    if (!is_1904 && days < SERIAL_LEAP_BUG)
        days++;
    return day_format((struct day){ (int32_t)(days + (is_1904 ? EPOCH_1904 : EPOCH_1900)) }, out);
}

static size_t moment_format(const struct decimal *d, enum sheet_look look, bool is_1904, char *out)
{
    int64_t days, seconds;
    if (!serial_split(d, &days, &seconds))
        return 0;
    if (look == LOOK_ELAPSED)
        return clock_format(days * DAY_SECONDS + seconds, out);
    if (look == LOOK_TIME && days == 0)
        return clock_format(seconds, out);
    int64_t last = is_1904 ? SERIAL_LAST + EPOCH_1900 - EPOCH_1904 : SERIAL_LAST;
    if (days > last || (days == 0 && !is_1904))
        return 0;
    size_t n = date_format(days, is_1904, out);
    if (look == LOOK_DATE)
        return n;
    out[n++] = 'T';
    return n + clock_format(seconds, out + n);
}

size_t sheet_number_format(struct str s, struct sheet_style style, bool is_1904, bool *rounded,
                           char out[SHEET_NUMBER_MAX])
{
    struct decimal d;
    size_t n = 0;
    s = str_trim(s);
    if (decimal_parse(s, &d)) {
        if (style.look != LOOK_NUMBER)
            n = moment_format(&d, style.look, is_1904, out);
        bool whole = d.point > SHOWN && d.n <= d.point;
        if (!d.plain)
            decimal_round(&d, SHOWN);
        if (n == 0 && whole && d.point <= POINT_MAX)
            *rounded = true;
        decimal_trim(&d);
        if (n == 0 && d.point <= POINT_MAX && d.point >= POINT_MIN)
            n = decimal_format(&d, style, out);
    }
    if (n == 0) {
        n = MIN(s.n, (size_t)SHEET_NUMBER_MAX);
        memcpy(out, s.p, n);
    }
    return n;
}
