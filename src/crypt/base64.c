#include "crypt/base64.h"
#include <sodium.h>

enum { VARIANT = sodium_base64_VARIANT_URLSAFE_NO_PADDING };

static struct str encode(struct arena *a, struct str bytes, int variant)
{
    size_t n = sodium_base64_ENCODED_LEN(bytes.n, variant);
    char *out = arena_alloc(a, n);
    sodium_bin2base64(out, n, (const unsigned char *)bytes.p, bytes.n, variant);
    return (struct str){ out, n - 1 };
}

struct str base64_text(struct arena *a, struct str bytes)
{
    return encode(a, bytes, VARIANT);
}

struct str base64_padded(struct arena *a, struct str bytes)
{
    return encode(a, bytes, sodium_base64_VARIANT_ORIGINAL);
}

/* libsodium 1.0.18 takes the byte 0xDF for '_': hence the look at the top bits. */
bool base64_parse(struct arena *a, struct str text, struct str *out)
{
    unsigned char *bytes = arena_alloc(a, text.n), high = 0;
    size_t n = 0;
    for (size_t i = 0; i < text.n; i++)
        high |= (unsigned char)text.p[i];
    if (high & 0x80 || (text.n && sodium_base642bin(bytes, text.n, text.p, text.n, NULL, &n, NULL,
                                                    VARIANT) != 0))
        return false;
    *out = (struct str){ (const char *)bytes, n };
    return true;
}
