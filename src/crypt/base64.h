/* base64.h - bytes as base64url without padding (RFC 4648 §5): for addresses,
 * tokens and sealed values. Every byte string has exactly one text. */
#ifndef CRYPT_BASE64_H
#define CRYPT_BASE64_H
#include "base/arena.h"

struct str base64_text(struct arena *a, struct str bytes);
/* The usual alphabet, padded (RFC 4648 §4): for mail. */
struct str base64_padded(struct arena *a, struct str bytes);
/* False for any character outside the alphabet, and for bits left over. */
bool base64_parse(struct arena *a, struct str text, struct str *out) MUST_CHECK;
#endif
