/* base32.h - bytes as letters a person can read aloud and type.
 *
 * BASE32_RFC is RFC 4648 without padding (what authenticators take).
 * BASE32_TYPED is Crockford's alphabet: no I L O U; typing them as 1 1 0 is
 * forgiven. Both read either case. */
#ifndef CRYPT_BASE32_H
#define CRYPT_BASE32_H
#include "base/arena.h"

enum base32 { BASE32_RFC, BASE32_TYPED };

struct str base32_text(struct arena *a, enum base32 kind, struct str bytes);
/* Blanks and hyphens are skipped. False for any other character, for an
 * impossible length, for bits left over, and for more than 64 KiB. */
bool base32_parse(struct arena *a, enum base32 kind, struct str text, struct str *out) MUST_CHECK;
#endif
