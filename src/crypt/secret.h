/* secret.h - secret fields: sealed where they rest, found without opening them.
 *
 *     s1:1a2b3c4d:…   SM4-CTR, then HMAC-SM3 cut to 128 bits over everything
 *     g1:1a2b3c4d:…   AES-256-GCM
 *
 * The suite, the key's id, and base64url of nonce, text and tag. Table, column
 * and row are authenticated with it, so that a value moved to another row does
 * not open. The text is padded to a multiple of 16 bytes: its length shows no
 * finer. Nonces are random; for g1 rotate the key before 2^32 values. */
#ifndef CRYPT_SECRET_H
#define CRYPT_SECRET_H
#include "base/arena.h"
#include "base/id.h"
#include "crypt/keys.h"

enum { SECRET_MAX = 1024 * 1024 };              /* bytes of one plain value */

enum secret_suite { SECRET_SM4, SECRET_AES, SECRET_SUITE__COUNT };

/* Where the keys are: the server's, or, for what lies in a compartment or under
 * a matter's own key, the 32 bytes that secret_open_key gave. */
struct secrets {
    enum secret_suite suite;        /* for sealing; opening takes either */
    const struct keys *keys;
    const unsigned char *own;       /* "s1:own:…" */
};
struct secret_at { struct str table, column; struct id row; };

/* ERR_TOO_LARGE. Never the same twice. */
bool secret_seal(const struct secrets *s, struct arena *a, const struct secret_at *at,
                 struct str plain, struct str *out, struct err *e) MUST_CHECK;
/* ERR_SECRET_OPEN for whatever was not sealed here with a key we have. */
bool secret_open(const struct secrets *s, struct arena *a, const struct secret_at *at,
                 struct str sealed, struct str *out, struct err *e) MUST_CHECK;
/* Whether it was sealed by another than the current key or suite: seal it anew
 * when next written. */
bool secret_is_stale(const struct secrets *s, struct str sealed);

/* A key for one compartment or one matter, as the row keeps it: wrapped by the
 * server's. Forgetting the wrapped text destroys all that was sealed under it. */
bool secret_make_key(const struct secrets *s, struct arena *a, const struct secret_at *at,
                     unsigned char key[KEY_LEN], struct str *wrapped, struct err *e) MUST_CHECK;
bool secret_open_key(const struct secrets *s, struct arena *a, const struct secret_at *at,
                     struct str wrapped, unsigned char key[KEY_LEN], struct err *e) MUST_CHECK;

/* What two spellings of one value share, for the blind index. */
enum blind_kind {
    BLIND_PHONE,                    /* the one form of identifier.h, else its digits */
    BLIND_IDNUM,                    /* the 18 characters, else as BLIND_TEXT */
    BLIND_TEXT,                     /* folded, without blanks and middle dots: names */
    BLIND_KIND__COUNT
};
/* 64 bits of HMAC under the master key's subkey: equal for equal values, and
 * nothing to anybody without the key. Rows keep the key's id; a search asks
 * once a master key. False when nothing is left of the value (no row is kept),
 * or when it is longer than 4 KiB. */
bool secret_blind(const struct key *master, enum blind_kind kind, struct arena *a,
                  struct str value, int64_t *out) MUST_CHECK;
#endif
