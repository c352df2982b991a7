#include "crypt/digest.h"
#include "base/random.h"
#include "crypt/crypto.h"
#include <openssl/crypto.h>
#include <sodium.h>

bool digest_eq(const struct digest *x, const struct digest *y)
{
    return CRYPTO_memcmp(x->b, y->b, DIGEST_LEN) == 0;
}

struct str digest_hex(struct arena *a, const struct digest *d)
{
    return hex_of(a, d->b, DIGEST_LEN);
}

bool digest_parse(struct str hex, struct digest *out)
{
    struct digest d;
    if (!hex_parse(hex, d.b, DIGEST_LEN))
        return false;
    *out = d;
    return true;
}

void sm3_init(struct sm3 *h)
{
    h->ctx = EVP_MD_CTX_new();
    crypto_need(h->ctx && EVP_DigestInit_ex2(h->ctx, crypto_get()->sm3, NULL));
}

void sm3_add(struct sm3 *h, struct str s)
{
    crypto_need(EVP_DigestUpdate(h->ctx, s.p, s.n));
}

void sm3_add_i64(struct sm3 *h, int64_t v)
{
    unsigned char b[8];
    crypto_put_u64((uint64_t)v, b);
    sm3_add(h, (struct str){ (const char *)b, sizeof b });
}

struct digest sm3_get(const struct sm3 *h)
{
    struct digest d = { { 0 } };
    EVP_MD_CTX *copy = EVP_MD_CTX_new();
    crypto_need(copy && EVP_MD_CTX_copy_ex(copy, h->ctx) && EVP_DigestFinal_ex(copy, d.b, NULL));
    EVP_MD_CTX_free(copy);
    return d;
}

void sm3_done(struct sm3 *h)
{
    EVP_MD_CTX_free(h->ctx);
    h->ctx = NULL;
}

struct digest digest_sm3(struct str s)
{
    struct digest d;
    crypto_need(EVP_Digest(s.p, s.n, d.b, NULL, crypto_get()->sm3, NULL));
    return d;
}

static struct digest hmac(enum crypto_mac alg, struct str key, struct str s)
{
    struct digest d;
    crypto_hmac(alg, key, &s, 1, false, d.b);
    return d;
}

struct digest digest_hmac_sm3(struct str key, struct str s)
{
    return hmac(CRYPTO_HMAC_SM3, key, s);
}

struct digest digest_hmac_sha256(struct str key, struct str s)
{
    return hmac(CRYPTO_HMAC_SHA256, key, s);
}

struct digest digest_hmac_parts(struct str key, const struct str *parts, size_t n)
{
    struct digest d;
    crypto_hmac(CRYPTO_HMAC_SM3, key, parts, n, true, d.b);
    return d;
}

struct digest digest_local(struct str key, struct str s)
{
    struct digest d;
    crypto_need(crypto_generichash(d.b, sizeof d.b, (const unsigned char *)s.p, s.n,
                                   (const unsigned char *)key.p, key.n) == 0);
    return d;
}

/* One block is all that is ever asked, so expanding is a single HMAC. */
static struct digest hkdf(enum crypto_mac alg, struct str key, struct str info)
{
    static const char no_salt[DIGEST_LEN];
    struct digest prk = hmac(alg, (struct str){ no_salt, sizeof no_salt }, key), out;
    struct str parts[] = { info, STR("\x01") };
    crypto_hmac(alg, digest_str(&prk), parts, COUNT(parts), false, out.b);
    OPENSSL_cleanse(&prk, sizeof prk);
    return out;
}

struct digest digest_hkdf_sm3(struct str key, struct str info)
{
    return hkdf(CRYPTO_HMAC_SM3, key, info);
}

struct digest digest_hkdf_sha256(struct str key, struct str info)
{
    return hkdf(CRYPTO_HMAC_SHA256, key, info);
}
