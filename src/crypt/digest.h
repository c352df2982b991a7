/* digest.h - hashes: SM3 (GB/T 32905), and HMAC (RFC 2104) over SM3 or SHA-256.
 *
 * A digest is a value of 32 bytes. Nothing here fails but for want of memory,
 * which ends the process; call crypto_start() once before. Digests that guard
 * something are compared with digest_eq, never with memcmp. */
#ifndef CRYPT_DIGEST_H
#define CRYPT_DIGEST_H
#include "base/arena.h"

enum { DIGEST_LEN = 32 };
struct digest { unsigned char b[DIGEST_LEN]; };

static inline struct str digest_str(const struct digest *d)
{
    return (struct str){ (const char *)d->b, DIGEST_LEN };
}
/* The time taken tells nothing about the values. */
bool       digest_eq(const struct digest *x, const struct digest *y);
struct str digest_hex(struct arena *a, const struct digest *d);
/* 64 hex digits of either case, nothing else. */
bool       digest_parse(struct str hex, struct digest *out) MUST_CHECK;

struct digest digest_sm3(struct str s);
/* key.n must not be 0. */
struct digest digest_hmac_sm3(struct str key, struct str s);
struct digest digest_hmac_sha256(struct str key, struct str s);
/* HMAC-SM3 over a list of parts, each preceded by its length in 8 bytes. */
struct digest digest_hmac_parts(struct str key, const struct str *parts, size_t n);
/* Keyed BLAKE2b of s, a tenth of an HMAC-SM3's time: for finding something again in
 * this process's memory, never for what is stored or sent. key.n: 16 to 64. */
struct digest digest_local(struct str key, struct str s);
/* HKDF (RFC 5869) over HMAC-SM3 or HMAC-SHA256, 32 bytes out, no salt. */
struct digest digest_hkdf_sm3(struct str key, struct str info);
struct digest digest_hkdf_sha256(struct str key, struct str info);

/* SM3 of what comes piece by piece:
 *     AUTO(sm3_done) struct sm3 h; sm3_init(&h); sm3_add(&h, …); d = sm3_get(&h); */
struct sm3 { void *ctx; };
void          sm3_init(struct sm3 *h);
void          sm3_add(struct sm3 *h, struct str s);
/* 8 bytes, big-endian: the canonical form of a number in what is chained or signed. */
void          sm3_add_i64(struct sm3 *h, int64_t v);
/* The digest of what was added so far; more may be added after. */
struct digest sm3_get(const struct sm3 *h);
void          sm3_done(struct sm3 *h);
#endif
