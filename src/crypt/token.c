#include "crypt/token.h"
#include "base/random.h"
#include "crypt/base32.h"
#include "crypt/base64.h"
#include "crypt/crypto.h"

enum { SECRET_LEN = 32, CSRF_LEN = 16, SHORT_LEN = 8 };
#define PREFIX STR("fq_")

struct str token_make(struct arena *a)
{
    char raw[SECRET_LEN];
    random_bytes(raw, sizeof raw);
    struct str text = base64_text(a, (struct str){ raw, sizeof raw });
    return arena_printf(a, "%.*s%.*s", STR_ARG(PREFIX), STR_ARG(text));
}

bool token_is_shaped(struct str s)
{
    if (s.n != TOKEN_LEN || !str_starts(s, PREFIX))
        return false;
    for (size_t i = PREFIX.n; i < s.n; i++) {
        char c = s.p[i];
        if (!((c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z')
              || c == '-' || c == '_'))
            return false;
    }
    return true;
}

static struct digest mac(const struct key *master, enum key_use use, struct str kind, struct str x,
                         struct str y)
{
    struct str parts[] = { kind, x, y };
    return digest_hmac_parts(key_sub(master, use), parts, COUNT(parts));
}

struct digest token_hash(const struct key *master, struct str token)
{
    return mac(master, KEY_TOKEN, STR("token"), token, STR_NONE);
}

struct str token_make_pin(struct arena *a)
{
    return random_digits(a, TOKEN_PIN_LEN);
}

struct digest token_pin_hash(const struct key *master, struct id matter, struct str pin)
{
    unsigned char id[8];
    crypto_put_u64((uint64_t)matter.v, id);
    return mac(master, KEY_TOKEN, STR("pin"), (struct str){ (const char *)id, sizeof id }, pin);
}

static struct str cut(const struct digest *d, size_t n)
{
    return str_sub(digest_str(d), 0, n);
}

/* Whether given is the beginning of the mac under any of our keys. */
static bool is_ours(const struct keys *k, enum key_use use, const struct str parts[3],
                    struct str given)
{
    bool found = false;
    size_t at = 0;
    for (const struct key *one; (one = keys_each(k, KEY_MASTER, &at));) {
        struct digest d = mac(one, use, parts[0], parts[1], parts[2]);
        found |= str_eq_secret(cut(&d, given.n), given);
    }
    return found;
}

struct str token_csrf(const struct keys *k, struct arena *a, struct str session)
{
    struct digest d = mac(keys_current(k, KEY_MASTER), KEY_CSRF, STR("csrf"), session, STR_NONE);
    return base64_text(a, cut(&d, CSRF_LEN));
}

bool token_csrf_check(const struct keys *k, struct arena *a, struct str session, struct str given)
{
    struct str raw, parts[] = { STR("csrf"), session, STR_NONE };
    return given.n <= 2 * CSRF_LEN && base64_parse(a, given, &raw) && raw.n == CSRF_LEN
        && is_ours(k, KEY_CSRF, parts, raw);
}

struct str token_cursor(const struct keys *k, struct arena *a, struct str context,
                        struct str position)
{
    struct digest d = mac(keys_current(k, KEY_MASTER), KEY_CURSOR, STR("cursor"), context,
                          position);
    char *raw = arena_alloc(a, SHORT_LEN + position.n);
    memcpy(raw, d.b, SHORT_LEN);
    if (position.n)
        memcpy(raw + SHORT_LEN, position.p, position.n);
    return base64_text(a, (struct str){ raw, SHORT_LEN + position.n });
}

bool token_cursor_open(const struct keys *k, struct arena *a, struct str context,
                       struct str cursor, struct str *position, struct err *e)
{
    struct str raw;
    if (cursor.n > (TOKEN_CURSOR_MAX + SHORT_LEN) * 4 / 3 + 1 || !base64_parse(a, cursor, &raw)
        || raw.n < SHORT_LEN)
        return err_set(e, ERR_BAD_CURSOR);
    struct str parts[] = { STR("cursor"), context, str_sub(raw, SHORT_LEN, raw.n) };
    if (!is_ours(k, KEY_CURSOR, parts, str_sub(raw, 0, SHORT_LEN)))
        return err_set(e, ERR_BAD_CURSOR);
    *position = parts[2];
    return true;
}

struct str token_code(const struct keys *k, struct arena *a, struct str purpose, struct str value)
{
    struct digest d = mac(keys_current(k, KEY_MASTER), KEY_CURSOR, STR("code"), purpose, value);
    return base32_text(a, BASE32_TYPED, cut(&d, SHORT_LEN));
}

bool token_code_check(const struct keys *k, struct arena *a, struct str purpose, struct str value,
                      struct str given)
{
    struct str raw, parts[] = { STR("code"), purpose, value };
    return given.n <= 4 * TOKEN_CODE_LEN && base32_parse(a, BASE32_TYPED, given, &raw)
        && raw.n == SHORT_LEN && is_ours(k, KEY_CURSOR, parts, raw);
}
