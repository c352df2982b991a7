#include "crypt/crypto.h"
#include <openssl/core_names.h>
#include <openssl/crypto.h>
#include <pthread.h>
#include <sodium.h>

/* Written once, under the once-lock, before anybody reads it. */
static struct crypto the;
static bool ready;
static pthread_once_t once = PTHREAD_ONCE_INIT;

void crypto_need(bool ok)
{
    if (!ok)
        abort();
}

void crypto_put_u64(uint64_t v, unsigned char out[8])
{
    for (int i = 7; i >= 0; i--, v >>= 8)
        out[i] = (unsigned char)v;
}

/* A keyless context cannot be copied, hence a key that nobody uses. */
static EVP_MAC_CTX *mac_prototype(EVP_MAC *hmac, const char *digest)
{
    char name[16];
    snprintf(name, sizeof name, "%s", digest);
    OSSL_PARAM params[] = {
        OSSL_PARAM_construct_utf8_string(OSSL_MAC_PARAM_DIGEST, name, 0),
        OSSL_PARAM_construct_end(),
    };
    EVP_MAC_CTX *ctx = hmac ? EVP_MAC_CTX_new(hmac) : NULL;
    if (ctx && EVP_MAC_init(ctx, (const unsigned char *)"-", 1, params))
        return ctx;
    EVP_MAC_CTX_free(ctx);
    return NULL;
}

static bool sm3_is_right(void)
{
    static const unsigned char want[8] = { 0x66, 0xc7, 0xf0, 0xf4, 0x62, 0xee, 0xed, 0xd9 };
    unsigned char got[EVP_MAX_MD_SIZE];
    return EVP_Digest("abc", 3, got, NULL, the.sm3, NULL) && memcmp(got, want, sizeof want) == 0;
}

/* The block vector of GB/T 32907 A.1, as the first key-stream block of CTR. */
static bool sm4_is_right(void)
{
    static const unsigned char key[16] = { 0x01, 0x23, 0x45, 0x67, 0x89, 0xab, 0xcd, 0xef,
                                           0xfe, 0xdc, 0xba, 0x98, 0x76, 0x54, 0x32, 0x10 };
    static const unsigned char want[16] = { 0x68, 0x1e, 0xdf, 0x34, 0xd2, 0x06, 0x96, 0x5e,
                                            0x86, 0xb3, 0xe9, 0x4f, 0x53, 0x6e, 0x42, 0x46 };
    unsigned char zero[16] = { 0 }, got[16] = { 0 };
    int n = 0;
    EVP_CIPHER_CTX *ctx = EVP_CIPHER_CTX_new();
    bool ok = ctx && EVP_EncryptInit_ex2(ctx, the.sm4_ctr, key, key, NULL)
        && EVP_EncryptUpdate(ctx, got, &n, zero, sizeof zero)
        && memcmp(got, want, sizeof want) == 0;
    EVP_CIPHER_CTX_free(ctx);
    return ok;
}

/* ---- HMAC: what a key costs is paid once a thread ---- */

enum { KEPT = 16, KEPT_KEY_MAX = 32 };

/* A context that knows its key: starting it again is a copy, not two blocks hashed. */
struct keyed {
    enum crypto_mac alg;
    size_t n;
    unsigned char key[KEPT_KEY_MAX];
    EVP_MAC_CTX *ctx;
};
/* The last few keys of a thread; wiped and freed with it. */
struct kept { struct keyed v[KEPT]; size_t next; };

static void kept_done(void *p)
{
    struct kept *k = p;
    for (size_t i = 0; i < KEPT; i++)
        EVP_MAC_CTX_free(k->v[i].ctx);
    sodium_memzero(k, sizeof *k);
    free(k);
}

static struct kept *kept_here(void)
{
    struct kept *k = pthread_getspecific(the.kept);
    if (k)
        return k;
    k = calloc(1, sizeof *k);
    crypto_need(k && pthread_setspecific(the.kept, k) == 0);
    return k;
}

static EVP_MAC_CTX *mac_new(enum crypto_mac alg, struct str key)
{
    EVP_MAC_CTX *ctx = EVP_MAC_CTX_dup(crypto_get()->mac[alg]);
    crypto_need(ctx && key.n && EVP_MAC_init(ctx, (const unsigned char *)key.p, key.n, NULL));
    return ctx;
}

/* A context at its beginning, the thread's own until it asks again. */
static EVP_MAC_CTX *mac_kept(enum crypto_mac alg, struct str key)
{
    struct kept *k = kept_here();
    for (size_t i = 0; i < KEPT; i++) {
        struct keyed *x = &k->v[i];
        if (x->ctx && x->alg == alg && x->n == key.n && !memcmp(x->key, key.p, key.n)) {
            crypto_need(EVP_MAC_init(x->ctx, NULL, 0, NULL));
            return x->ctx;
        }
    }
    struct keyed *x = &k->v[k->next++ % KEPT];
    EVP_MAC_CTX_free(x->ctx);
    x->alg = alg;
    x->n = key.n;
    memcpy(x->key, key.p, key.n);
    return x->ctx = mac_new(alg, key);
}

size_t crypto_hmac(enum crypto_mac alg, struct str key, const struct str *parts, size_t n,
                   bool framed, unsigned char *out)
{
    bool keep = key.n <= KEPT_KEY_MAX && crypto_get();
    EVP_MAC_CTX *ctx = keep ? mac_kept(alg, key) : mac_new(alg, key);
    size_t len = 0;
    for (size_t i = 0; i < n; i++) {
        unsigned char size[8];
        crypto_put_u64(parts[i].n, size);
        crypto_need(!framed || EVP_MAC_update(ctx, size, sizeof size));
        crypto_need(EVP_MAC_update(ctx, (const unsigned char *)parts[i].p, parts[i].n));
    }
    crypto_need(EVP_MAC_final(ctx, out, &len, 32));
    if (!keep)
        EVP_MAC_CTX_free(ctx);
    return len;
}

/* ---- once for the process ---- */

static void fetch(void)
{
    static const char *const digests[CRYPTO_MAC__COUNT] = { "SM3", "SHA2-256", "SHA1" };
    EVP_MAC *hmac = EVP_MAC_fetch(NULL, "HMAC", NULL);
    bool ok = sodium_init() >= 0 && hmac;
    for (int i = 0; i < CRYPTO_MAC__COUNT; i++) {
        the.mac[i] = mac_prototype(hmac, digests[i]);
        ok = ok && the.mac[i];
    }
    EVP_MAC_free(hmac);
    the.sm3 = EVP_MD_fetch(NULL, "SM3", NULL);
    the.sm4_ctr = EVP_CIPHER_fetch(NULL, "SM4-CTR", NULL);
    the.aes_gcm = EVP_CIPHER_fetch(NULL, "AES-256-GCM", NULL);
    ok = pthread_key_create(&the.kept, kept_done) == 0 && ok;
    ready = ok && the.sm3 && the.sm4_ctr && the.aes_gcm && sm3_is_right() && sm4_is_right();
}

bool crypto_start(struct err *e)
{
    pthread_once(&once, fetch);
    return ready || err_setf(e, ERR_CONFIG, "libcrypto (SM3, SM4-CTR, AES-256-GCM, HMAC)");
}

const struct crypto *crypto_get(void)
{
    pthread_once(&once, fetch);
    crypto_need(ready);
    return &the;
}
