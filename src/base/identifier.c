#include "base/identifier.h"
#include "base/utf8.h"

enum { TYPED_MAX = 64 };

/* What was typed as ASCII: full-width forms to half-width, blanks dropped,
 * letters upper-case, 转 to X. 0 for too long or for any other character. */
static size_t typed(struct str s, char out[TYPED_MAX])
{
    size_t n = 0;
    if (s.n > 4 * TYPED_MAX)
        return 0;
    while (s.n) {
        uint32_t c = utf8_next(&s);
        if (c == ' ' || c == 0x3000 || c == 0xA0 || c == '\t')
            continue;
        if (c >= 0xFF01 && c <= 0xFF5E)
            c -= 0xFF01 - '!';
        if (c == 0x8F6C)
            c = 'X';
        if (c == 0x2013 || c == 0x2014 || c == 0x2212)
            c = '-';
        if (c >= 'a' && c <= 'z')
            c -= 32;
        if (c <= ' ' || c > '~' || n == TYPED_MAX - 1)
            return 0;
        out[n++] = (char)c;
    }
    out[n] = 0;
    return n;
}

static bool is_digit(char c) { return c >= '0' && c <= '9'; }
static bool is_letter(char c) { return c >= 'A' && c <= 'Z'; }

static bool all_digits(const char *p, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (!is_digit(p[i]))
            return false;
    return true;
}

static int number(const char *p, size_t n)
{
    int v = 0;
    for (size_t i = 0; i < n; i++)
        v = v * 10 + (p[i] - '0');
    return v;
}

static bool is_province(const char *p)
{
    static const unsigned char most[] = { 0, 15, 23, 37, 46, 54, 65, 71, 83 };
    int v = number(p, 2), tens = v / 10;
    return v % 10 && tens >= 1 && tens <= 8 && v <= most[tens];
}

static char idnum_check(const char *p)
{
    static const int weight[17] = { 7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2 };
    int sum = 0;
    for (int i = 0; i < 17; i++)
        sum += weight[i] * (p[i] - '0');
    return "10X98765432"[sum % 11];
}

static bool idnum_read(const char text[19], struct day today, struct idnum *out)
{
    int year = number(text + 6, 4), month = number(text + 10, 2), day = number(text + 12, 2);
    if (!(text[0] == '9' || is_province(text)) || text[17] != idnum_check(text) || year < 1850
        || !civil_exists(year, month, day))
        return false;
    struct day born = day_of_civil(year, month, day);
    if (today.n && born.n > today.n)
        return false;
    memcpy(out->text, text, 18);
    memcpy(out->area, text, 6);
    out->born = born;
    out->male = (text[16] - '0') % 2 == 1;
    return true;
}

bool idnum_parse(struct str s, struct day today, struct idnum *out)
{
    char in[TYPED_MAX], text[19] = "";
    struct idnum got = { .was_short = false };
    size_t n = typed(s, in);
    if (n == 15 && all_digits(in, 15)) {
        memcpy(text, in, 6);
        memcpy(text + 6, "19", 2);
        memcpy(text + 8, in + 6, 9);
        text[17] = idnum_check(text);
        got.was_short = true;
    } else if (n == 18 && all_digits(in, 17)) {
        memcpy(text, in, 18);
    } else {
        return false;
    }
    if (!idnum_read(text, today, &got))
        return false;
    *out = got;
    return true;
}

int age_on(struct day born, struct day on)
{
    struct civil b = civil_of_day(born), o = civil_of_day(on);
    return o.year - b.year - (o.month < b.month || (o.month == b.month && o.day < b.day));
}

/* The popular pages that map letters by their place in the Latin alphabet are
 * wrong: the standard's alphabet leaves out I O S V Z. */
bool credit_code_parse(struct str s, char out[19])
{
    static const char alphabet[] = "0123456789ABCDEFGHJKLMNPQRTUWXY";
    char in[TYPED_MAX];
    int sum = 0, weight = 1;
    if (typed(s, in) != 18 || in[0] == '0' || !all_digits(in + 2, 6) || !is_province(in + 2))
        return false;
    for (int i = 0; i < 17; i++, weight = weight * 3 % 31) {
        const char *at = strchr(alphabet, in[i]);
        if (!at)
            return false;
        sum += (int)(at - alphabet) * weight;
    }
    if (in[17] != alphabet[(31 - sum % 31) % 31])
        return false;
    memcpy(out, in, 19);
    return true;
}

static bool passport(const char *p, size_t n)
{
    size_t digits = 0;
    for (size_t i = 0; i < n; i++) {
        if (!is_digit(p[i]) && !is_letter(p[i]))
            return false;
        digits += is_digit(p[i]);
    }
    return n >= 5 && n <= 15 && digits >= 2;
}

static bool hongkong_macau(const char *p, size_t n)
{
    return (n == 9 || n == 11) && (p[0] == 'H' || p[0] == 'M') && all_digits(p + 1, n - 1);
}

/* Older ones carry a letter after the ten digits, often in brackets. */
static bool taiwan(const char *p, size_t n)
{
    if (n == 13 && p[10] == '(' && p[12] == ')' && is_letter(p[11]))
        n = 10;
    if (n == 11 && is_letter(p[10]))
        n = 10;
    return (n == 8 || n == 10) && all_digits(p, n);
}

static bool other_permit(struct str s, struct permit *out)
{
    struct permit got = { "" };
    size_t n = 0, characters = 0;
    for (; s.n && characters <= 30; characters++) {
        uint32_t c = utf8_next(&s);
        if (c < 0x80 ? !is_digit((char)c) && !is_letter((char)(c & ~32u)) && c != '-'
                     : !utf8_is_han(c))
            return false;
        n += utf8_put(c >= 'a' && c <= 'z' ? c - 32 : c, got.text + n);
        if (n > sizeof got.text - 5)
            return false;
    }
    if (characters < 4 || characters > 30)
        return false;
    *out = got;
    return true;
}

bool permit_parse(enum permit_kind kind, struct str s, struct permit *out)
{
    char in[TYPED_MAX];
    if (kind == PERMIT_OTHER)
        return other_permit(str_trim(s), out);
    size_t n = typed(s, in);
    bool ok = kind == PERMIT_PASSPORT ? passport(in, n)
        : kind == PERMIT_HONGKONG_MACAU ? hongkong_macau(in, n) : taiwan(in, n);
    if (ok)
        memcpy(out->text, in, n + 1);
    return ok;
}

bool area_code_parse(struct str s, enum area_code_level *out)
{
    static const unsigned char end[] = { 2, 4, 6, 9, 12 };
    if (s.n != 12 || !all_digits(s.p, 12) || !is_province(s.p))
        return false;
    size_t last = 12, level = 0;
    while (s.p[last - 1] == '0')
        last--;
    while (end[level] < last)
        level++;
    *out = (enum area_code_level)level;
    return true;
}
