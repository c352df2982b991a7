/* crypto.h - the algorithms of libcrypto, fetched once for the process.
 *
 * Private to this room: digest.h, secret.h and totp.h are what others use. To
 * put a certified module in libcrypto's place, load it as a provider: names,
 * not implementations, are asked for here. */
#ifndef CRYPT_CRYPTO_H
#define CRYPT_CRYPTO_H
#include "base/err.h"
#include <openssl/evp.h>
#include <pthread.h>

enum crypto_mac { CRYPTO_HMAC_SM3, CRYPTO_HMAC_SHA256, CRYPTO_HMAC_SHA1, CRYPTO_MAC__COUNT };

struct crypto {
    EVP_MD *sm3;
    EVP_CIPHER *sm4_ctr, *aes_gcm;
    EVP_MAC_CTX *mac[CRYPTO_MAC__COUNT];    /* never used, only copied */
    pthread_key_t kept;                     /* a thread's contexts that know their key */
};

/* Fetches everything and checks known answers (SM3, SM4). Call it first
 * in main: ERR_CONFIG when the library lacks an algorithm or computes wrongly. */
bool crypto_start(struct err *e) MUST_CHECK;
/* For the room's own files; ends the process where crypto_start would fail. */
const struct crypto *crypto_get(void);
/* HMAC over the parts one after the other; with framed, each part after its
 * length as 8 bytes, so that no two lists of parts look alike. out holds at
 * least 32 bytes; returns the length (20 for SHA-1). */
size_t crypto_hmac(enum crypto_mac alg, struct str key, const struct str *parts, size_t n,
                   bool framed, unsigned char *out);
/* Big-endian bytes of v: the canonical form wherever a number is authenticated. */
void crypto_put_u64(uint64_t v, unsigned char out[8]);
/* What libcrypto and libsodium may refuse for want of memory only. */
void crypto_need(bool ok);
#endif
