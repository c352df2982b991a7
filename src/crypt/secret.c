#include "crypt/secret.h"
#include "base/identifier.h"
#include "base/utf8.h"
#include "crypt/base64.h"
#include "crypt/crypto.h"
#include "crypt/digest.h"
#include <sodium.h>

enum {
    BLOCK = 16, SM4_KEY = 16, TAG = 16, NONCE_SM4 = 16, NONCE_AES = 12, BLIND_MAX = 4096,
    SEALED_MAX = (SECRET_MAX + BLOCK + NONCE_SM4 + TAG) / 3 * 4 + 64,
};

/* One sealing: the prefix before the base64, where it belongs, and its key: bytes of
 * its own, or what a master key keeps for the use. */
struct box {
    enum secret_suite suite;
    char prefix[16];
    const struct secret_at *at;
    const unsigned char *own;
    const struct key *master;
    enum key_use use;
};
static const struct { char name[3]; size_t nonce; } suites[SECRET_SUITE__COUNT] = {
    [SECRET_SM4] = { "s1", NONCE_SM4 }, [SECRET_AES] = { "g1", NONCE_AES },
};
static const char own_id[] = "own";

static struct str bytes(const unsigned char *p, size_t n)
{
    return (struct str){ (const char *)p, n };
}

static void box_init(struct box *b, enum secret_suite suite, const char *id)
{
    b->suite = suite;
    snprintf(b->prefix, sizeof b->prefix, "%s:%.8s:", suites[suite].name, id);
}

static struct digest part_key(const struct box *b, enum key_part part)
{
    return b->own ? key_part_of(bytes(b->own, KEY_LEN), part) : key_part(b->master, b->use, part);
}

static void sm4_ctr(const struct box *b, const unsigned char *iv, struct str in, unsigned char *out)
{
    struct digest key = part_key(b, KEY_PART_SM4);
    EVP_CIPHER_CTX *ctx = EVP_CIPHER_CTX_new();
    int n = 0;
    crypto_need(ctx && EVP_EncryptInit_ex2(ctx, crypto_get()->sm4_ctr, key.b, iv, NULL)
                && EVP_EncryptUpdate(ctx, out, &n, (const unsigned char *)in.p, (int)in.n));
    EVP_CIPHER_CTX_free(ctx);
    sodium_memzero(&key, sizeof key);
}

static struct digest sm4_tag(const struct box *b, struct str iv, struct str text)
{
    unsigned char row[8];
    crypto_put_u64((uint64_t)b->at->row.v, row);
    struct digest key = part_key(b, KEY_PART_SM4_TAG);
    struct str parts[] = { str_of(b->prefix), b->at->table, b->at->column, bytes(row, sizeof row),
                           iv, text };
    struct digest tag = digest_hmac_parts(digest_str(&key), parts, COUNT(parts));
    sodium_memzero(&key, sizeof key);
    return tag;
}

/* A GCM context with key, nonce and the framed place in it. */
static EVP_CIPHER_CTX *gcm_start(const struct box *b, const unsigned char *nonce, int encrypt)
{
    unsigned char row[8], size[8];
    int n = 0;
    crypto_put_u64((uint64_t)b->at->row.v, row);
    struct digest key = part_key(b, KEY_PART_AES);
    struct str parts[] = { str_of(b->prefix), b->at->table, b->at->column, bytes(row, sizeof row) };
    EVP_CIPHER_CTX *ctx = EVP_CIPHER_CTX_new();
    crypto_need(ctx && EVP_CipherInit_ex2(ctx, crypto_get()->aes_gcm, key.b, nonce, encrypt, NULL));
    for (size_t i = 0; i < COUNT(parts); i++) {
        crypto_put_u64(parts[i].n, size);
        crypto_need(EVP_CipherUpdate(ctx, NULL, &n, size, sizeof size));
        crypto_need(!parts[i].n || EVP_CipherUpdate(ctx, NULL, &n,
                                                    (const unsigned char *)parts[i].p,
                                                    (int)parts[i].n));
    }
    sodium_memzero(&key, sizeof key);
    return ctx;
}

static void gcm_seal(const struct box *b, const unsigned char *nonce, struct str in,
                     unsigned char *out)
{
    int n = 0;
    EVP_CIPHER_CTX *ctx = gcm_start(b, nonce, 1);
    crypto_need(EVP_CipherUpdate(ctx, out, &n, (const unsigned char *)in.p, (int)in.n)
                && EVP_CipherFinal_ex(ctx, out + n, &n)
                && EVP_CIPHER_CTX_ctrl(ctx, EVP_CTRL_AEAD_GET_TAG, TAG, out + in.n));
    EVP_CIPHER_CTX_free(ctx);
}

static bool gcm_open(const struct box *b, const unsigned char *nonce, struct str in,
                     unsigned char *out)
{
    int n = 0;
    unsigned char tag[TAG];
    memcpy(tag, in.p + in.n, TAG);
    EVP_CIPHER_CTX *ctx = gcm_start(b, nonce, 0);
    crypto_need(EVP_CIPHER_CTX_ctrl(ctx, EVP_CTRL_AEAD_SET_TAG, TAG, tag)
                && EVP_CipherUpdate(ctx, out, &n, (const unsigned char *)in.p, (int)in.n));
    bool ok = EVP_CipherFinal_ex(ctx, out + n, &n) > 0;
    EVP_CIPHER_CTX_free(ctx);
    return ok;
}

static bool seal(const struct box *b, struct arena *a, struct str plain, struct str *out,
                 struct err *e)
{
    if (plain.n > SECRET_MAX)
        return err_setf(e, ERR_TOO_LARGE, "%d KiB", SECRET_MAX / 1024);
    size_t nonce = suites[b->suite].nonce, n = (plain.n / BLOCK + 1) * BLOCK;
    unsigned char *padded = arena_alloc(a, n), *raw = arena_alloc(a, nonce + n + TAG);
    if (plain.n)
        memcpy(padded, plain.p, plain.n);
    padded[plain.n] = 0x80;                     /* then zeros, as the arena gives */
    randombytes_buf(raw, nonce);
    if (b->suite == SECRET_SM4) {
        sm4_ctr(b, raw, bytes(padded, n), raw + nonce);
        struct digest tag = sm4_tag(b, bytes(raw, nonce), bytes(raw + nonce, n));
        memcpy(raw + nonce + n, tag.b, TAG);
    } else {
        gcm_seal(b, raw, bytes(padded, n), raw + nonce);
    }
    sodium_memzero(padded, n);
    struct str text = base64_text(a, bytes(raw, nonce + n + TAG));
    *out = arena_printf(a, "%s%.*s", b->prefix, STR_ARG(text));
    return true;
}

/* What was sealed by us ends in 0x80 and at most 15 zeros. */
static bool unpad(unsigned char *p, size_t n, struct str *out)
{
    size_t end = n;
    while (end > n - BLOCK && p[end - 1] == 0)
        end--;
    if (end == n - BLOCK || p[end - 1] != 0x80)
        return false;
    p[end - 1] = 0;
    *out = bytes(p, end - 1);
    return true;
}

static bool open_raw(const struct box *b, struct arena *a, struct str raw, struct str *out)
{
    size_t nonce = suites[b->suite].nonce;
    if (raw.n < nonce + BLOCK + TAG || (raw.n - nonce - TAG) % BLOCK)
        return false;
    size_t n = raw.n - nonce - TAG;
    const unsigned char *p = (const unsigned char *)raw.p;
    unsigned char *plain = arena_alloc(a, n);
    if (b->suite == SECRET_AES)
        return gcm_open(b, p, bytes(p + nonce, n), plain) && unpad(plain, n, out);
    struct digest tag = sm4_tag(b, bytes(p, nonce), bytes(p + nonce, n));
    if (sodium_memcmp(tag.b, p + nonce + n, TAG) != 0)
        return false;
    sm4_ctr(b, p, bytes(p + nonce, n), plain);
    return unpad(plain, n, out);
}

/* Takes "s1:1a2b3c4d:…" apart; rest is the base64. */
static bool parse_prefix(struct str sealed, enum secret_suite *suite, struct str *id,
                         struct str *rest)
{
    struct str name;
    if (sealed.n > SEALED_MAX || !str_cut(sealed, ':', &name, rest)
        || !str_cut(*rest, ':', id, rest))
        return false;
    for (int i = 0; i < SECRET_SUITE__COUNT; i++)
        if (str_is(name, suites[i].name)) {
            *suite = (enum secret_suite)i;
            return true;
        }
    return false;
}

static bool open_under(const struct secrets *s, enum key_use use, struct arena *a,
                       const struct secret_at *at, struct str sealed, struct str *out)
{
    struct box b = { .at = at, .use = use };
    struct str id, rest, raw;
    enum secret_suite suite;
    if (!parse_prefix(sealed, &suite, &id, &rest))
        return false;
    if (s->own) {
        if (!str_is(id, own_id))
            return false;
        b.own = s->own;
        box_init(&b, suite, own_id);
    } else {
        b.master = keys_find(s->keys, KEY_MASTER, id);
        if (!b.master)
            return false;
        box_init(&b, suite, b.master->id);
    }
    return base64_parse(a, rest, &raw) && open_raw(&b, a, raw, out);
}

static void box_under(const struct secrets *s, enum key_use use, struct box *b)
{
    b->use = use;
    b->own = s->own;
    b->master = s->own ? NULL : keys_current(s->keys, KEY_MASTER);
    box_init(b, s->suite, s->own ? own_id : b->master->id);
}

bool secret_seal(const struct secrets *s, struct arena *a, const struct secret_at *at,
                 struct str plain, struct str *out, struct err *e)
{
    struct box b = { .at = at };
    box_under(s, KEY_SECRET, &b);
    return seal(&b, a, plain, out, e);
}

bool secret_open(const struct secrets *s, struct arena *a, const struct secret_at *at,
                 struct str sealed, struct str *out, struct err *e)
{
    return open_under(s, KEY_SECRET, a, at, sealed, out)
        || err_detail(e, ERR_SECRET_OPEN, "%.*s.%.*s of %lld", STR_ARG(at->table),
                      STR_ARG(at->column), (long long)at->row.v);
}

bool secret_is_stale(const struct secrets *s, struct str sealed)
{
    struct box b = { .at = NULL };
    box_under(s, KEY_SECRET, &b);
    return !str_starts(sealed, str_of(b.prefix));
}

bool secret_make_key(const struct secrets *s, struct arena *a, const struct secret_at *at,
                     unsigned char key[KEY_LEN], struct str *wrapped, struct err *e)
{
    struct box b = { .at = at };
    unsigned char fresh[KEY_LEN];
    box_under(&(struct secrets){ s->suite, s->keys, NULL }, KEY_COMPARTMENT, &b);
    randombytes_buf(fresh, sizeof fresh);
    bool ok = seal(&b, a, bytes(fresh, sizeof fresh), wrapped, e);
    if (ok)
        memcpy(key, fresh, KEY_LEN);
    sodium_memzero(fresh, sizeof fresh);
    return ok;
}

bool secret_open_key(const struct secrets *s, struct arena *a, const struct secret_at *at,
                     struct str wrapped, unsigned char key[KEY_LEN], struct err *e)
{
    struct secrets server = { s->suite, s->keys, NULL };
    struct str out;
    if (!open_under(&server, KEY_COMPARTMENT, a, at, wrapped, &out) || out.n != KEY_LEN)
        return err_detail(e, ERR_SECRET_OPEN, "%.*s.%.*s of %lld", STR_ARG(at->table),
                          STR_ARG(at->column), (long long)at->row.v);
    memcpy(key, out.p, KEY_LEN);
    return true;
}

/* Folded, without what people leave out or put in between. */
static struct str squeeze(struct arena *a, struct str s, bool digits_only)
{
    struct str in = utf8_fold(a, s);
    char *out = arena_alloc(a, in.n + 1);
    size_t n = 0;
    while (in.n) {
        uint32_t c = utf8_next(&in);
        if (c == ' ' || c == 0xB7 || c == 0x2022 || c == 0x30FB || c == '-')
            continue;
        if (digits_only && (c < '0' || c > '9'))
            continue;
        n += utf8_put(c, out + n);
    }
    return (struct str){ out, n };
}

static struct str blind_form(enum blind_kind kind, struct arena *a, struct str value)
{
    struct phone phone;
    struct idnum idnum;
    if (kind == BLIND_PHONE && phone_parse(value, &phone))
        return arena_dup(a, str_of(phone.text));
    if (kind == BLIND_IDNUM && idnum_parse(value, DAY_NONE, &idnum))
        return arena_dup(a, str_of(idnum.text));
    return squeeze(a, value, kind == BLIND_PHONE);
}

bool secret_blind(const struct key *master, enum blind_kind kind, struct arena *a,
                  struct str value, int64_t *out)
{
    static const char *const labels[BLIND_KIND__COUNT] = { "phone", "idnum", "text" };
    if (value.n > BLIND_MAX)
        return false;
    struct str form = blind_form(kind, a, value);
    if (str_empty(form))
        return false;
    struct str parts[] = { str_of(labels[kind]), form };
    struct digest d = digest_hmac_parts(key_sub(master, KEY_BLIND), parts, COUNT(parts));
    uint64_t v = 0;
    for (size_t i = 0; i < sizeof v; i++)
        v = v << 8 | d.b[i];
    *out = (int64_t)v;
    return true;
}
