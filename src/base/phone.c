/* phone.c - telephone numbers as people write them. The hard part: a hyphen may
 * stand anywhere for the eye, and also begins an extension. */
#include "base/identifier.h"
#include "base/utf8.h"

enum { DIGITS_MAX = 20, EXTENSION_MAX = 6 };

/* A number taken apart; abroad: its digits begin with a country's code. */
struct parts {
    bool abroad;
    char digits[DIGITS_MAX + 1], extension[EXTENSION_MAX + 1];
    size_t n, x;                    /* their lengths */
};

/* How many digits the area code of a landline has, with its 0; 0 for none. */
static size_t area_digits(const char *p, size_t n)
{
    if (n < 3 || p[0] != '0')
        return 0;
    if (p[1] == '2' || (p[1] == '1' && p[2] == '0'))
        return 3;
    return p[1] >= '3' && p[1] <= '9' ? 4 : 0;
}

static bool is_landline(const char *p, size_t n)
{
    size_t area = area_digits(p, n), local = n - area;
    return area && (local == 8 || (area == 4 && local == 7)) && p[area] >= '2' && p[area] <= '8';
}

static bool is_mobile(const char *p, size_t n)
{
    return n == 11 && p[0] == '1' && p[1] >= '3' && p[1] <= '9';
}

static uint32_t plain(uint32_t c)
{
    if (c >= 0xFF01 && c <= 0xFF5E)
        c -= 0xFF01 - '!';
    if (c == 0x8F6C || c == '#' || c == 'X')
        return 'x';
    if (c == 0x2013 || c == 0x2014 || c == 0x2212)
        return '-';
    return c == 0x3000 || c == 0xA0 || c == '(' || c == ')' || c == '.' ? ' ' : c;
}

static bool put(char *out, size_t *n, size_t max, uint32_t c)
{
    if (*n == max || c < '0' || c > '9')
        return false;
    out[(*n)++] = (char)c;
    return true;
}

static bool take_apart(struct str s, struct parts *out)
{
    bool extending = false;
    if (s.n > 120)
        return false;
    while (s.n) {
        uint32_t c = plain(utf8_next(&s));
        if (c == '+' && out->n == 0 && !out->abroad)
            out->abroad = true;
        else if (c == 'x' && out->n && !extending)
            extending = true;
        else if (c == '-' && out->n)
            extending = extending || (!out->abroad && is_landline(out->digits, out->n));
        else if (c != ' ' && !(extending ? put(out->extension, &out->x, EXTENSION_MAX, c)
                                         : put(out->digits, &out->n, DIGITS_MAX, c)))
            return false;
    }
    return out->n && extending == (out->x > 0);
}

static void drop(struct parts *p, size_t n)
{
    memmove(p->digits, p->digits + n, p->n - n + 1);
    p->n -= n;
}

/* 00 is +; +86 is nothing at all, but then a landline comes without its 0. */
static void come_home(struct parts *p)
{
    if (!p->abroad && strncmp(p->digits, "00", 2) == 0) {
        drop(p, 2);
        p->abroad = true;
    }
    if (strncmp(p->digits, "86", 2) != 0)
        return;
    if (!p->abroad && !is_mobile(p->digits + 2, p->n - 2))
        return;
    drop(p, 2);
    p->abroad = false;
    if (!is_mobile(p->digits, p->n) && p->digits[0] != '0' && p->n < DIGITS_MAX) {
        memmove(p->digits + 1, p->digits, p->n + 1);
        p->digits[0] = '0';
        p->n++;
    }
}

static bool is_service(const char *p, size_t n)
{
    if (n == 10)
        return strncmp(p, "400", 3) == 0 || strncmp(p, "800", 3) == 0;
    bool nine = p[0] == '9' && (p[1] == '5' || p[1] == '6');
    return (n == 3 && p[0] == '1') || ((n == 5 || n == 6) && (p[0] == '1' || nine))
        || (n == 8 && nine);
}

/* What each place beyond the mainland allows after its code. */
static bool is_abroad(struct parts *p, enum phone_kind *kind)
{
    static const struct { char code[4]; unsigned char least, most; char first[9]; } rows[] = {
        [PHONE_HONGKONG] = { "852", 8, 8, "2356789" },
        [PHONE_MACAU] = { "853", 8, 8, "268" },
        [PHONE_TAIWAN] = { "886", 8, 9, "23456789" },
    };
    for (size_t i = PHONE_HONGKONG; i <= PHONE_TAIWAN; i++) {
        if (strncmp(p->digits, rows[i].code, 3) != 0)
            continue;
        if (p->digits[3] == '0' && i == PHONE_TAIWAN) {
            memmove(p->digits + 3, p->digits + 4, p->n - 3);
            p->n--;
        }
        *kind = (enum phone_kind)i;
        return p->n >= 3u + rows[i].least && p->n <= 3u + rows[i].most
            && strchr(rows[i].first, p->digits[3]);
    }
    *kind = PHONE_FOREIGN;
    return p->n >= 7 && p->n <= 15 && p->digits[0] != '0';
}

bool phone_parse(struct str s, struct phone *out)
{
    struct parts p = { .n = 0 };
    struct phone got = { .kind = PHONE_LANDLINE };
    if (!take_apart(s, &p))
        return false;
    come_home(&p);
    const char *dash = p.x ? "-" : "";
    if (p.abroad) {
        if (p.x || !is_abroad(&p, &got.kind))
            return false;
        snprintf(got.text, sizeof got.text, "+%s", p.digits);
    } else if (is_landline(p.digits, p.n)) {
        size_t area = area_digits(p.digits, p.n);
        snprintf(got.text, sizeof got.text, "%.*s-%s%s%s", (int)area, p.digits, p.digits + area,
                 dash, p.extension);
    } else if (is_mobile(p.digits, p.n) || is_service(p.digits, p.n)) {
        got.kind = is_mobile(p.digits, p.n) ? PHONE_MOBILE : PHONE_SERVICE;
        if (p.x && got.kind == PHONE_MOBILE)
            return false;
        snprintf(got.text, sizeof got.text, "%s%s%s", p.digits, dash, p.extension);
    } else {
        return false;
    }
    *out = got;
    return true;
}
