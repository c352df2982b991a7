#include "crypt/base32.h"

enum { TEXT_MAX = 64 * 1024 };

static const char *const alphabet[] = {
    [BASE32_RFC] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567",
    [BASE32_TYPED] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ",
};

struct str base32_text(struct arena *a, enum base32 kind, struct str bytes)
{
    char *out = arena_alloc(a, (bytes.n * 8 + 4) / 5 + 1);
    size_t n = 0;
    unsigned held = 0, bits = 0;
    for (size_t i = 0; i < bytes.n; i++) {
        held = (held << 8 | (unsigned char)bytes.p[i]) & 0xFFF;
        for (bits += 8; bits >= 5; bits -= 5)
            out[n++] = alphabet[kind][held >> (bits - 5) & 31];
    }
    if (bits)
        out[n++] = alphabet[kind][held << (5 - bits) & 31];
    return (struct str){ out, n };
}

static int value_of(enum base32 kind, char c)
{
    if (c >= 'a' && c <= 'z')
        c = (char)(c - 32);
    if (kind == BASE32_TYPED && c == 'O')
        c = '0';
    if (kind == BASE32_TYPED && (c == 'I' || c == 'L'))
        c = '1';
    const char *at = c ? strchr(alphabet[kind], c) : NULL;
    return at ? (int)(at - alphabet[kind]) : -1;
}

bool base32_parse(struct arena *a, enum base32 kind, struct str text, struct str *out)
{
    if (text.n > TEXT_MAX)
        return false;
    char *bytes = arena_alloc(a, text.n * 5 / 8 + 1);
    size_t n = 0;
    unsigned held = 0, bits = 0;
    for (size_t i = 0; i < text.n; i++) {
        if (text.p[i] == ' ' || text.p[i] == '-')
            continue;
        int v = value_of(kind, text.p[i]);
        if (v < 0)
            return false;
        held = (held << 5 | (unsigned)v) & 0xFFF;
        bits += 5;
        if (bits >= 8) {
            bits -= 8;
            bytes[n++] = (char)(held >> bits);
        }
    }
    if (bits >= 5 || held & ((1u << bits) - 1))
        return false;
    *out = (struct str){ bytes, n };
    return true;
}
