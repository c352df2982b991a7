#include "crypt/password.h"
#include "crypt/crypto.h"
#include <sodium.h>

enum { PASSES = 2, MEMORY = 19 * 1024 * 1024, PASSES_MOST = 8, MEMORY_MOST_KIB = 64 * 1024 };

/* Never NULL, which libsodium does not take even for no bytes. */
static const char *start(struct str s)
{
    return s.p ? s.p : "";
}

struct str password_hash(struct arena *a, struct str password)
{
    char *out = arena_alloc(a, crypto_pwhash_STRBYTES);
    crypto_get();
    crypto_need(crypto_pwhash_str_alg(out, start(password), password.n, PASSES, MEMORY,
                                      crypto_pwhash_ALG_ARGON2ID13) == 0);
    return str_of(out);
}

/* libsodium wants a C string of a fixed size. */
static bool take(struct str hash, char out[crypto_pwhash_STRBYTES])
{
    if (hash.n == 0 || hash.n >= crypto_pwhash_STRBYTES || memchr(hash.p, 0, hash.n))
        return false;
    memset(out, 0, crypto_pwhash_STRBYTES);
    memcpy(out, hash.p, hash.n);
    return true;
}

/* "$argon2id$v=19$m=19456,t=2,p=1$…": the row could have been written by
 * another hand, and what it costs to check is what it says. */
static bool is_affordable(const char *hash)
{
    unsigned memory = 0, passes = 0;
    return sscanf(hash, "$argon2id$v=19$m=%7u,t=%3u,p=1$", &memory, &passes) == 2
        && memory <= MEMORY_MOST_KIB && passes <= PASSES_MOST;
}

bool password_verify(struct str hash, struct str password)
{
    char text[crypto_pwhash_STRBYTES];
    crypto_get();
    return password.n <= PASSWORD_MAX && take(hash, text) && is_affordable(text)
        && crypto_pwhash_str_verify(text, start(password), password.n) == 0;
}

void password_verify_nobody(struct str password)
{
    static const unsigned char salt[crypto_pwhash_SALTBYTES] = "nobody";
    unsigned char out[32];
    crypto_get();
    crypto_need(crypto_pwhash(out, sizeof out, start(password), MIN(password.n, PASSWORD_MAX), salt,
                              PASSES, MEMORY, crypto_pwhash_ALG_ARGON2ID13) == 0);
}

bool password_is_stale(struct str hash)
{
    char text[crypto_pwhash_STRBYTES];
    return !take(hash, text) || crypto_pwhash_str_needs_rehash(text, PASSES, MEMORY) != 0;
}
