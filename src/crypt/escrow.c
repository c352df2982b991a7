#include "crypt/escrow.h"
#include "base/random.h"
#include "base/utf8.h"
#include "crypt/base32.h"
#include "crypt/crypto.h"
#include "crypt/digest.h"
#include <sodium.h>

enum {
    VERSION = 1, SALT = crypto_pwhash_SALTBYTES,
    NONCE = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES,
    TAG = crypto_aead_xchacha20poly1305_ietf_ABYTES, HEAD = 1 + SALT,
    ONE = 1 + KEY_ID_LEN / 2 + 8 + KEY_LEN,             /* kind and current, id, made_at, key */
    SEALED_MAX = HEAD + NONCE + KEYS_MAX * ONE + TAG,
    LINE = 22, CHECK = 3, LINES_MAX = (SEALED_MAX + LINE - 1) / LINE, CURRENT = 0x80,
    PASSES = 3, MEMORY = 64 * 1024 * 1024, PAPER_MAX = 16 * 1024,
};

static size_t pack(const struct keys *k, unsigned char *out)
{
    unsigned char *at = out;
    for (size_t i = 0; i < k->n; i++) {
        const struct key *one = &k->v[i];
        *at++ = (unsigned char)(one->kind | (one->current ? CURRENT : 0));
        crypto_need(hex_parse(str_of(one->id), at, KEY_ID_LEN / 2));
        crypto_put_u64((uint64_t)one->made_at.ms, at + KEY_ID_LEN / 2);
        memcpy(at + KEY_ID_LEN / 2 + 8, one->raw, KEY_LEN);
        at += ONE - 1;
    }
    return (size_t)(at - out);
}

static bool unpack_one(const unsigned char *at, struct keys *k, struct err *e)
{
    struct key one = { .kind = (enum key_kind)(*at & ~CURRENT), .current = *at & CURRENT };
    uint64_t ms = 0;
    if (one.kind >= KEY_KIND__COUNT)
        return err_set(e, ERR_ESCROW_PASSPHRASE);
    sodium_bin2hex(one.id, sizeof one.id, at + 1, KEY_ID_LEN / 2);
    for (int i = 0; i < 8; i++)
        ms = ms << 8 | at[1 + KEY_ID_LEN / 2 + i];
    one.made_at.ms = (int64_t)ms;
    memcpy(one.raw, at + 1 + KEY_ID_LEN / 2 + 8, KEY_LEN);
    bool ok = keys_add(k, &one, e);
    sodium_memzero(&one, sizeof one);
    return ok;
}

static bool check_passphrase(struct str p, struct err *e)
{
    if (utf8_count(p) < ESCROW_PASSPHRASE_MIN)
        return err_setf(e, ERR_TOO_SHORT, "%d", ESCROW_PASSPHRASE_MIN);
    if (p.n > ESCROW_PASSPHRASE_MAX)
        return err_setf(e, ERR_TOO_LONG, "%d", ESCROW_PASSPHRASE_MAX);
    return true;
}

static void stretch(struct str passphrase, const unsigned char *salt, unsigned char key[KEY_LEN])
{
    crypto_need(crypto_pwhash(key, KEY_LEN, passphrase.p, passphrase.n, salt, PASSES, MEMORY,
                              crypto_pwhash_ALG_ARGON2ID13) == 0);
}

static void line_check(size_t at, size_t of, struct str data, unsigned char out[CHECK])
{
    unsigned char place[2] = { (unsigned char)at, (unsigned char)of };
    AUTO(sm3_done) struct sm3 h;
    sm3_init(&h);
    sm3_add(&h, (struct str){ (const char *)place, sizeof place });
    sm3_add(&h, data);
    struct digest d = sm3_get(&h);
    memcpy(out, d.b, CHECK);
}

static void print_line(struct buf *b, size_t at, size_t of, struct str data)
{
    struct arena a = { 0 };
    unsigned char line[LINE + CHECK];
    memcpy(line, data.p, data.n);
    line_check(at, of, data, line + data.n);
    struct str text = base32_text(&a, BASE32_TYPED,
                                  (struct str){ (const char *)line, data.n + CHECK });
    buf_addf(b, "%zu/%zu", at, of);
    for (size_t i = 0; i < text.n; i += 5)
        buf_addf(b, " %.*s", STR_ARG(str_sub(text, i, 5)));
    buf_add_char(b, '\n');
    arena_done(&a);
}

bool escrow_write(const struct keys *k, struct str passphrase, struct buf *out, struct err *e)
{
    unsigned char sealed[SEALED_MAX] = { VERSION }, plain[KEYS_MAX * ONE], key[KEY_LEN];
    unsigned long long sealed_n = 0;
    if (!keys_check(k, e) || !check_passphrase(passphrase, e))
        return false;
    random_bytes(sealed + 1, SALT + NONCE);
    stretch(passphrase, sealed + 1, key);
    size_t n = pack(k, plain);
    crypto_aead_xchacha20poly1305_ietf_encrypt(sealed + HEAD + NONCE, &sealed_n, plain, n, sealed,
                                               HEAD, NULL, sealed + HEAD, key);
    sodium_memzero(plain, sizeof plain);
    sodium_memzero(key, sizeof key);
    struct str all = { (const char *)sealed, HEAD + NONCE + (size_t)sealed_n };
    size_t of = (all.n + LINE - 1) / LINE;
    for (size_t i = 0; i < of; i++)
        print_line(out, i + 1, of, str_sub(all, i * LINE, LINE));
    return buf_ok(out) || err_setf(e, ERR_TOO_LARGE, "%zu", out->max);
}

/* Lines must come in their order; *of is set by the first. */
static bool parse_line(struct arena *a, struct str line, size_t at, size_t *of, struct str *data)
{
    struct str place, no, total, text, bytes;
    int64_t i = 0, n = 0;
    unsigned char want[CHECK];
    if (!str_cut(line, ' ', &place, &text) || !str_cut(place, '/', &no, &total)
        || !str_to_i64(no, &i) || !str_to_i64(total, &n) || i != (int64_t)at || n < 1
        || n > LINES_MAX || (at > 1 && n != (int64_t)*of)
        || !base32_parse(a, BASE32_TYPED, text, &bytes) || bytes.n <= CHECK
        || bytes.n > LINE + CHECK || (i < n && bytes.n != LINE + CHECK))
        return false;
    *data = str_sub(bytes, 0, bytes.n - CHECK);
    line_check(at, (size_t)n, *data, want);
    *of = (size_t)n;
    return memcmp(want, bytes.p + data->n, CHECK) == 0;
}

static bool parse_paper(struct str paper, struct buf *sealed, struct err *e)
{
    struct arena a = { 0 };
    size_t at = 1, of = 1;
    bool ok = true;
    for (struct str line, data; ok && paper.n;) {
        str_cut(paper, '\n', &line, &paper);
        line = str_trim(line);
        if (str_empty(line) || str_starts(line, STR("#")))
            continue;
        ok = at <= of && parse_line(&a, line, at, &of, &data);
        if (ok)
            buf_add(sealed, data);
        at += ok;
    }
    arena_done(&a);
    return (ok && at > of) || err_setf(e, ERR_ESCROW_LINE, "%zu", at);
}

static bool unseal(struct str sealed, struct str passphrase, struct keys *k, struct err *e)
{
    const unsigned char *p = (const unsigned char *)sealed.p;
    unsigned char plain[KEYS_MAX * ONE], key[KEY_LEN];
    unsigned long long n = 0;
    if (sealed.n < HEAD + NONCE + TAG || sealed.n > SEALED_MAX || p[0] != VERSION)
        return err_set(e, ERR_ESCROW_PASSPHRASE);
    stretch(passphrase, p + 1, key);
    bool ok = crypto_aead_xchacha20poly1305_ietf_decrypt(plain, &n, NULL, p + HEAD + NONCE,
        sealed.n - HEAD - NONCE, p, HEAD, p + HEAD, key) == 0 && n % ONE == 0;
    sodium_memzero(key, sizeof key);
    if (!ok)
        err_set(e, ERR_ESCROW_PASSPHRASE);
    for (size_t i = 0; ok && i < n; i += ONE)
        ok = unpack_one(plain + i, k, e);
    sodium_memzero(plain, sizeof plain);
    return ok && keys_check(k, e);
}

bool escrow_read(struct str paper, struct str passphrase, struct keys *out, struct err *e)
{
    AUTO(buf_done) struct buf sealed = { 0 };
    struct keys k = { .n = 0 };
    if (paper.n > PAPER_MAX)
        return err_setf(e, ERR_TOO_LARGE, "%d KiB", PAPER_MAX / 1024);
    if (!check_passphrase(passphrase, e))
        return false;
    buf_init(&sealed, SEALED_MAX + LINE);
    bool ok = parse_paper(paper, &sealed, e) && unseal(buf_str(&sealed), passphrase, &k, e);
    if (ok)
        *out = k;
    keys_done(&k);
    return ok;
}
