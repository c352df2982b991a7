#include "crypt/totp.h"
#include "base/random.h"
#include "crypt/base32.h"
#include "crypt/crypto.h"
#include <assert.h>

struct str totp_make_secret(struct arena *a)
{
    char *p = arena_alloc(a, TOTP_SECRET_LEN);
    random_bytes(p, TOTP_SECRET_LEN);
    return (struct str){ p, TOTP_SECRET_LEN };
}

/* RFC 4226 §5.3: the last half byte says where four bytes are taken. */
void totp_code(struct str secret, int64_t step, char out[TOTP_DIGITS + 1])
{
    unsigned char counter[8], mac[32];
    crypto_put_u64((uint64_t)step, counter);
    struct str message = { (const char *)counter, sizeof counter };
    size_t n = crypto_hmac(CRYPTO_HMAC_SHA1, secret, &message, 1, false, mac);
    assert(n == 20);
    const unsigned char *p = mac + (mac[n - 1] & 15);
    uint32_t v = (uint32_t)(p[0] & 0x7F) << 24 | (uint32_t)p[1] << 16 | (uint32_t)p[2] << 8 | p[3];
    snprintf(out, TOTP_DIGITS + 1, "%06u", v % 1000000);
}

bool totp_check(struct str secret, struct stamp now, struct str code, int64_t *last_step)
{
    int64_t present = now.ms / STAMP_SECOND / TOTP_SECONDS, found = 0;
    if (secret.n == 0 || code.n != TOTP_DIGITS || now.ms < 0)
        return false;
    for (int64_t step = present - TOTP_SLACK; step <= present + TOTP_SLACK; step++) {
        char want[TOTP_DIGITS + 1];
        totp_code(secret, step, want);
        if (str_eq_secret(code, str_of(want)) && step > *last_step)
            found = step;
    }
    if (!found)
        return false;
    *last_step = found;
    return true;
}

/* RFC 3986: all but letters, digits and -._~ as %XX. */
static void add_escaped(struct buf *b, struct str s)
{
    for (size_t i = 0; i < s.n; i++) {
        unsigned char c = (unsigned char)s.p[i];
        bool plain = (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z')
            || c == '-' || c == '.' || c == '_' || c == '~';
        if (plain)
            buf_add_char(b, (char)c);
        else
            buf_addf(b, "%%%02X", c);
    }
}

struct str totp_uri(struct arena *a, struct str issuer, struct str login, struct str secret)
{
    AUTO(buf_done) struct buf b;
    buf_init(&b, 2048);
    buf_add(&b, STR("otpauth://totp/"));
    add_escaped(&b, str_sub(issuer, 0, 120));
    buf_add(&b, STR(":"));
    add_escaped(&b, str_sub(login, 0, 120));
    buf_add(&b, STR("?secret="));
    buf_add(&b, base32_text(a, BASE32_RFC, secret));
    buf_add(&b, STR("&issuer="));
    add_escaped(&b, str_sub(issuer, 0, 120));
    buf_addf(&b, "&algorithm=SHA1&digits=%d&period=%d", TOTP_DIGITS, TOTP_SECONDS);
    return arena_dup(a, buf_str(&b));
}
