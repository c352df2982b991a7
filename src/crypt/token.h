/* token.h - what we hand out and must know again: tokens, pins, form tokens,
 * page positions and short codes.
 *
 * Tokens are 256 random bits, so a fast keyed hash is enough to store them by;
 * whoever reads the database can neither use nor guess them. A row keeps the
 * hash and is found by it: one look a master key, newest first (keys_each). */
#ifndef CRYPT_TOKEN_H
#define CRYPT_TOKEN_H
#include "base/id.h"
#include "crypt/digest.h"
#include "crypt/keys.h"

enum { TOKEN_LEN = 46, TOKEN_PIN_LEN = 6, TOKEN_CODE_LEN = 13, TOKEN_CURSOR_MAX = 512 };

/* "fq_" and 43 characters of base64url: a session or an interface token. */
struct str    token_make(struct arena *a);
/* Whether it could be one: asked before any database is. */
bool          token_is_shaped(struct str s);
struct digest token_hash(const struct key *master, struct str token);

/* Six digits, good together with one matter's number only. A million is few:
 * attempts must be counted. */
struct str    token_make_pin(struct arena *a);
struct digest token_pin_hash(const struct key *master, struct id matter, struct str pin);

/* What forms of a session must carry; 22 characters. */
struct str    token_csrf(const struct keys *k, struct arena *a, struct str session);
bool          token_csrf_check(const struct keys *k, struct arena *a, struct str session,
                               struct str given) MUST_CHECK;

/* A page position: readable by anybody, changeable by nobody, good only for the
 * list it came from (context: the route and its filters). Opening: ERR_BAD_CURSOR. */
struct str    token_cursor(const struct keys *k, struct arena *a, struct str context,
                           struct str position);
bool          token_cursor_open(const struct keys *k, struct arena *a, struct str context,
                                struct str cursor, struct str *position, struct err *e) MUST_CHECK;

/* A check code for paper: 64 bits of HMAC as 13 characters (BASE32_TYPED). The
 * purpose keeps codes of different kinds apart. Case and hyphens are forgiven. */
struct str    token_code(const struct keys *k, struct arena *a, struct str purpose,
                         struct str value);
bool          token_code_check(const struct keys *k, struct arena *a, struct str purpose,
                               struct str value, struct str given) MUST_CHECK;
#endif
