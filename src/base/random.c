#include "base/random.h"
#include <errno.h>
#include <sys/random.h>

void random_bytes(void *out, size_t n)
{
    char *p = out;
    while (n) {
        ssize_t got = getrandom(p, n, 0);
        if (got < 0 && errno == EINTR)
            continue;
        if (got <= 0)
            abort();
        p += got;
        n -= (size_t)got;
    }
}

uint32_t random_below(uint32_t below)
{
    uint32_t limit = UINT32_MAX - UINT32_MAX % below, v;
    do
        random_bytes(&v, sizeof v);
    while (v >= limit);
    return v % below;
}

struct str hex_of(struct arena *a, const void *p, size_t n)
{
    static const char digit[] = "0123456789abcdef";
    const unsigned char *in = p;
    char *out = arena_alloc(a, n * 2 + 1);
    for (size_t i = 0; i < n; i++) {
        out[2 * i] = digit[in[i] >> 4];
        out[2 * i + 1] = digit[in[i] & 15];
    }
    return (struct str){ out, n * 2 };
}

static int hex_digit(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

bool hex_parse(struct str s, unsigned char *out, size_t n)
{
    if (s.n != n * 2)
        return false;
    for (size_t i = 0; i < n; i++) {
        int hi = hex_digit(s.p[2 * i]), lo = hex_digit(s.p[2 * i + 1]);
        if (hi < 0 || lo < 0)
            return false;
        out[i] = (unsigned char)(hi << 4 | lo);
    }
    return true;
}

struct str random_hex(struct arena *a, size_t n)
{
    unsigned char *p = arena_alloc(a, n);
    random_bytes(p, n);
    return hex_of(a, p, n);
}

struct str random_digits(struct arena *a, size_t n)
{
    char *p = arena_alloc(a, n + 1);
    for (size_t i = 0; i < n; i++)
        p[i] = (char)('0' + random_below(10));
    return (struct str){ p, n };
}

/* splitmix64: one multiply-xor round a number, good enough for test data. */
uint64_t dice_next(struct dice *d)
{
    uint64_t z = d->s += UINT64_C(0x9E3779B97F4A7C15);
    z = (z ^ z >> 30) * UINT64_C(0xBF58476D1CE4E5B9);
    z = (z ^ z >> 27) * UINT64_C(0x94D049BB133111EB);
    return z ^ z >> 31;
}

uint32_t dice_below(struct dice *d, uint32_t below)
{
    return (uint32_t)(dice_next(d) % below);
}
