/* password.h - passwords, as argon2id strings (19 MiB, two passes; about 30 ms).
 *
 * The parameters are in the string, so they can grow: password_is_stale says
 * when to hash anew at the next good sign-in. Hashing belongs on the hashing
 * pool, never on an event thread or the writer. */
#ifndef CRYPT_PASSWORD_H
#define CRYPT_PASSWORD_H
#include "base/arena.h"
#include "base/err.h"

enum { PASSWORD_MIN = 10, PASSWORD_MAX = 256, PASSWORD_HASH_MAX = 128 };   /* MIN in characters */

/* The hash of a password that password_check let pass. */
struct str password_hash(struct arena *a, struct str password);
/* False for a wrong password and for anything that is no such hash, a hash
 * that would cost more than 64 MiB or eight passes among it. */
bool       password_verify(struct str hash, struct str password) MUST_CHECK;
/* Takes as long as verifying: for a login that does not exist. */
void       password_verify_nobody(struct str password);
bool       password_is_stale(struct str hash);

/* ERR_WEAK_PASSWORD: under ten characters; digits alone; holding the login;
 * made of words everybody uses, runs and repeats but for five characters.
 * Case, width and accents are looked through. ERR_TOO_LONG, ERR_BAD_TEXT. */
bool       password_check(struct str login, struct str password, struct err *e) MUST_CHECK;
#endif
