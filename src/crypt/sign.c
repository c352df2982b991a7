#include "crypt/sign.h"
#include "crypt/crypto.h"
#include <assert.h>
#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/err.h>
#include <openssl/pem.h>

enum { PEM_MAX = 4096, SIGNATURE_MAX = 128, POINT = 1 + 2 * KEY_LEN };

static void md_done(EVP_MD_CTX **ctx) { EVP_MD_CTX_free(*ctx); }
static void pkey_done(EVP_PKEY **k) { EVP_PKEY_free(*k); }

/* The public point that belongs to a private number; the file keeps only that. */
static void sm2_point(const BIGNUM *d, unsigned char out[POINT])
{
    EC_GROUP *group = EC_GROUP_new_by_curve_name(NID_sm2);
    EC_POINT *point = group ? EC_POINT_new(group) : NULL;
    crypto_need(point && EC_POINT_mul(group, point, d, NULL, NULL, NULL)
                && EC_POINT_point2oct(group, point, POINT_CONVERSION_UNCOMPRESSED, out, POINT,
                                      NULL) == POINT);
    EC_POINT_free(point);
    EC_GROUP_free(group);
}

static EVP_PKEY *sm2_pkey(const unsigned char raw[KEY_LEN])
{
    unsigned char point[POINT], native[KEY_LEN];
    char group[] = "SM2";
    EVP_PKEY *pkey = NULL;
    BIGNUM *d = BN_bin2bn(raw, KEY_LEN, NULL);
    EVP_PKEY_CTX *ctx = EVP_PKEY_CTX_new_from_name(NULL, "SM2", NULL);
    crypto_need(d && ctx && BN_bn2nativepad(d, native, KEY_LEN) == KEY_LEN);
    sm2_point(d, point);
    OSSL_PARAM params[] = {
        OSSL_PARAM_construct_utf8_string(OSSL_PKEY_PARAM_GROUP_NAME, group, 0),
        OSSL_PARAM_construct_octet_string(OSSL_PKEY_PARAM_PUB_KEY, point, sizeof point),
        OSSL_PARAM_construct_BN(OSSL_PKEY_PARAM_PRIV_KEY, native, sizeof native),
        OSSL_PARAM_construct_end(),
    };
    crypto_need(EVP_PKEY_fromdata_init(ctx) > 0
                && EVP_PKEY_fromdata(ctx, &pkey, EVP_PKEY_KEYPAIR, params) > 0);
    OPENSSL_cleanse(native, sizeof native);
    EVP_PKEY_CTX_free(ctx);
    BN_clear_free(d);
    return pkey;
}

static EVP_PKEY *pkey_of(const struct key *k)
{
    assert(k->kind == KEY_ED25519 || k->kind == KEY_SM2);
    if (k->kind == KEY_SM2)
        return sm2_pkey(k->raw);
    EVP_PKEY *pkey = EVP_PKEY_new_raw_private_key(EVP_PKEY_ED25519, NULL, k->raw, KEY_LEN);
    crypto_need(pkey);
    return pkey;
}

typedef int start_fn(EVP_MD_CTX *, EVP_PKEY_CTX **, const char *, OSSL_LIB_CTX *, const char *,
                     EVP_PKEY *, const OSSL_PARAM *);

/* Ed25519 hashes by itself; SM2 takes SM3 and the signer's id. */
static bool start(EVP_MD_CTX *ctx, EVP_PKEY *pkey, start_fn *init)
{
    char id[] = "1234567812345678";
    OSSL_PARAM params[] = {
        OSSL_PARAM_construct_octet_string(OSSL_PKEY_PARAM_DIST_ID, id, sizeof id - 1),
        OSSL_PARAM_construct_end(),
    };
    if (EVP_PKEY_is_a(pkey, "SM2"))
        return init(ctx, NULL, "SM3", NULL, NULL, pkey, params) > 0;
    return init(ctx, NULL, NULL, NULL, NULL, pkey, NULL) > 0;
}

struct str sign_data(const struct key *k, struct arena *a, struct str data)
{
    AUTO(pkey_done) EVP_PKEY *pkey = pkey_of(k);
    AUTO(md_done) EVP_MD_CTX *ctx = EVP_MD_CTX_new();
    unsigned char *out = arena_alloc(a, SIGNATURE_MAX);
    size_t n = SIGNATURE_MAX;
    crypto_need(ctx && start(ctx, pkey, EVP_DigestSignInit_ex)
                && EVP_DigestSign(ctx, out, &n, (const unsigned char *)data.p, data.n) > 0);
    return (struct str){ (const char *)out, n };
}

struct str sign_public_pem(const struct key *k, struct arena *a)
{
    AUTO(pkey_done) EVP_PKEY *pkey = pkey_of(k);
    BIO *mem = BIO_new(BIO_s_mem());
    char *p = NULL;
    crypto_need(mem && PEM_write_bio_PUBKEY(mem, pkey));
    long n = BIO_get_mem_data(mem, &p);
    struct str pem = arena_dup(a, (struct str){ p, (size_t)n });
    BIO_free(mem);
    return pem;
}

static EVP_PKEY *read_pem(struct str pem)
{
    if (pem.n == 0 || pem.n > PEM_MAX)
        return NULL;
    BIO *mem = BIO_new_mem_buf(pem.p, (int)pem.n);
    crypto_need(mem);
    EVP_PKEY *pkey = PEM_read_bio_PUBKEY(mem, NULL, NULL, NULL);
    BIO_free(mem);
    return pkey;
}

bool sign_verify(struct str pem, struct str data, struct str signature)
{
    AUTO(pkey_done) EVP_PKEY *pkey = read_pem(pem);
    AUTO(md_done) EVP_MD_CTX *ctx = EVP_MD_CTX_new();
    crypto_need(ctx);
    bool ok = pkey && (EVP_PKEY_is_a(pkey, "SM2") || EVP_PKEY_is_a(pkey, "ED25519"))
        && signature.n && signature.n <= SIGNATURE_MAX && start(ctx, pkey, EVP_DigestVerifyInit_ex)
        && EVP_DigestVerify(ctx, (const unsigned char *)signature.p, signature.n,
                            (const unsigned char *)data.p, data.n) == 1;
    ERR_clear_error();
    return ok;
}
