#include "base/utf8.h"

static bool tail(struct str s, size_t n)
{
    if (s.n < n + 1)
        return false;
    for (size_t i = 1; i <= n; i++)
        if (((unsigned char)s.p[i] & 0xC0) != 0x80)
            return false;
    return true;
}

/* Length of the well-formed character at s, its value in *c; 0 when bad. */
static size_t decode(struct str s, uint32_t *c)
{
    const unsigned char *p = (const unsigned char *)s.p;
    if (p[0] < 0x80) {
        *c = p[0];
        return 1;
    }
    if (p[0] >= 0xC2 && p[0] <= 0xDF && tail(s, 1)) {
        *c = (uint32_t)(p[0] & 0x1F) << 6 | (p[1] & 0x3F);
        return 2;
    }
    if ((p[0] & 0xF0) == 0xE0 && tail(s, 2)) {
        *c = (uint32_t)(p[0] & 0x0F) << 12 | (uint32_t)(p[1] & 0x3F) << 6 | (p[2] & 0x3F);
        return *c >= 0x800 && (*c < 0xD800 || *c > 0xDFFF) ? 3 : 0;
    }
    if (p[0] >= 0xF0 && p[0] <= 0xF4 && tail(s, 3)) {
        *c = (uint32_t)(p[0] & 0x07) << 18 | (uint32_t)(p[1] & 0x3F) << 12
           | (uint32_t)(p[2] & 0x3F) << 6 | (p[3] & 0x3F);
        return *c >= 0x10000 && *c <= 0x10FFFF ? 4 : 0;
    }
    return 0;
}

uint32_t utf8_next(struct str *s)
{
    uint32_t c = 0xFFFD;
    size_t n = decode(*s, &c);
    *s = str_sub(*s, n ? n : 1, s->n);
    return n ? c : 0xFFFD;
}

size_t utf8_put(uint32_t c, char out[4])
{
    if (c < 0x80) {
        out[0] = (char)c;
        return 1;
    }
    if (c < 0x800) {
        out[0] = (char)(0xC0 | c >> 6);
        out[1] = (char)(0x80 | (c & 0x3F));
        return 2;
    }
    if (c < 0x10000) {
        out[0] = (char)(0xE0 | c >> 12);
        out[1] = (char)(0x80 | (c >> 6 & 0x3F));
        out[2] = (char)(0x80 | (c & 0x3F));
        return 3;
    }
    out[0] = (char)(0xF0 | c >> 18);
    out[1] = (char)(0x80 | (c >> 12 & 0x3F));
    out[2] = (char)(0x80 | (c >> 6 & 0x3F));
    out[3] = (char)(0x80 | (c & 0x3F));
    return 4;
}

/* The way most text goes, eight bytes or a Han character at a time: how many bytes are
 * plain without any doubt. The rest is decode's. */
static size_t plain(struct str s)
{
    const unsigned char *p = (const unsigned char *)s.p;
    size_t i = 0;
    for (;;) {
        uint64_t w;
        if (i + sizeof w <= s.n) {
            memcpy(&w, p + i, sizeof w);
            if (!((w | (w - 0x0101010101010101)) & 0x8080808080808080)) {
                i += sizeof w;          /* ASCII, none of them 0 */
                continue;
            }
        }
        if (i + 3 > s.n || p[i] < 0xE1 || p[i] > 0xEC || (p[i + 1] & 0xC0) != 0x80
            || (p[i + 2] & 0xC0) != 0x80)
            return i;
        i += 3;
    }
}

bool utf8_valid(struct str s)
{
    for (;;) {
        uint32_t c;
        s = str_sub(s, plain(s), s.n);
        if (!s.n)
            return true;
        size_t n = decode(s, &c);
        if (n == 0 || c == 0)
            return false;
        s = str_sub(s, n, s.n);
    }
}

size_t utf8_count(struct str s)
{
    size_t n = 0;
    for (size_t i = 0; i < s.n; i++)
        n += ((unsigned char)s.p[i] & 0xC0) != 0x80;
    return n;
}

struct str utf8_cut(struct str s, size_t max)
{
    if (s.n <= max)
        return s;
    while (max && ((unsigned char)s.p[max] & 0xC0) == 0x80)
        max--;
    return str_sub(s, 0, max);
}

struct str utf8_first(struct str s, size_t n)
{
    struct str rest = s;
    while (n-- && rest.n)
        utf8_next(&rest);
    return str_sub(s, 0, s.n - rest.n);
}

bool utf8_is_han(uint32_t c)
{
    return (c >= 0x3400 && c <= 0x9FFF) || (c >= 0xF900 && c <= 0xFAFF)
        || (c >= 0x20000 && c <= 0x3FFFF) || (c >= 0x3040 && c <= 0x30FF) || c == 0x3007;
}

bool utf8_is_word(uint32_t c)
{
    if (c < 0x80)
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    return c >= 0xC0 && c < 0x2000 && c != 0xD7 && c != 0xF7;
}

static uint32_t fold_char(uint32_t c)
{
    if (c >= 0xFF01 && c <= 0xFF5E)
        c -= 0xFEE0;
    if (c == 0x3000 || c < 0x20 || c == 0x7F || c == 0xA0)
        return ' ';
    return c >= 'A' && c <= 'Z' ? c + 32 : c;
}

struct str utf8_fold(struct arena *a, struct str s)
{
    char *out = arena_alloc(a, s.n * 3 + 1);
    size_t n = 0;
    while (s.n)
        n += utf8_put(fold_char(utf8_next(&s)), out + n);
    return (struct str){ out, n };
}

static bool is_hidden(uint32_t c)
{
    return (c < 0x20 && c != '\n' && c != '\t') || (c >= 0x7F && c < 0xA0)
        || (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069) || c == 0x200E
        || c == 0x200F || c == 0xFEFF || c == 0xFFFE || c == 0xFFFF || c == 0x200B
        || c == 0x2028 || c == 0x2029 || c == 0x2060 || (c >= 0xE0000 && c <= 0xE007F);
}

/* Without blanks at both ends, those of Chinese typing (U+3000, U+00A0) as well. */
static struct str trim_wide(struct str s)
{
    static const char *const wide[] = { "\xE3\x80\x80", "\xC2\xA0" };
    for (size_t n = s.n + 1; n != s.n;) {
        n = s.n;
        s = str_trim(s);
        for (size_t i = 0; i < COUNT(wide); i++) {
            struct str w = str_of(wide[i]);
            if (str_starts(s, w))
                s = str_sub(s, w.n, s.n);
            if (str_ends(s, w))
                s = str_sub(s, 0, s.n - w.n);
        }
    }
    return s;
}

struct str utf8_clean(struct arena *a, struct str s)
{
    char *out = arena_alloc(a, s.n * 3 + 1);
    size_t n = 0;
    while (s.n) {
        uint32_t c = utf8_next(&s);
        if (!is_hidden(c))
            n += utf8_put(c, out + n);
    }
    return trim_wide((struct str){ out, n });
}

enum { WORD_MAX = 64 };

/* Emits the terms of one run of Han characters starting at s; moves past it. */
static void han_run(struct str *s, bool singles, void (*fn)(void *, struct str), void *ctx)
{
    const char *prev = NULL;
    for (size_t n = 0;; n++) {
        struct str at = *s, rest = *s;
        bool more = rest.n && utf8_is_han(utf8_next(&rest));
        size_t len = more ? at.n - rest.n : 0;
        if (more && prev)
            fn(ctx, (struct str){ prev, (size_t)(at.p + len - prev) });
        if (more && singles)
            fn(ctx, (struct str){ at.p, len });
        if (!more) {
            if (n == 1 && !singles)
                fn(ctx, (struct str){ prev, (size_t)(at.p - prev) });
            return;
        }
        prev = at.p;
        *s = rest;
    }
}

static void word_run(struct str *s, void (*fn)(void *, struct str), void *ctx)
{
    struct str start = *s, rest = *s;
    while (rest.n && utf8_is_word(utf8_next(&rest)))
        *s = rest;
    fn(ctx, utf8_cut(str_sub(start, 0, start.n - s->n), WORD_MAX));
}

void utf8_terms(struct str s, bool singles, void (*fn)(void *ctx, struct str term), void *ctx)
{
    while (s.n) {
        struct str rest = s;
        uint32_t c = utf8_next(&rest);
        if (utf8_is_han(c))
            han_run(&s, singles, fn, ctx);
        else if (utf8_is_word(c))
            word_run(&s, fn, ctx);
        else
            s = rest;
    }
}
