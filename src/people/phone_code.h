/* phone_code.h - one-time codes 验证码 by telephone: how residents sign in.
 *
 * Six digits, good for ten minutes, five tries and one sign-in; five codes an hour
 * and number. Only a keyed hash rests here, under the number's blind index. Nothing
 * tells whether a number has an account. */
#ifndef PEOPLE_PHONE_CODE_H
#define PEOPLE_PHONE_CODE_H
#include "app/app.h"

enum { CODE_DIGITS = 6, CODE_TRIES = 5, CODES_AN_HOUR = 5 };
#define CODE_GOOD_MS ((int64_t)10 * STAMP_MINUTE)

/* A telephone that can receive a message: mobile numbers of the mainland, Hong Kong,
 * Macau and Taiwan. ERR_BAD_PHONE. */
bool phone_code_check(struct arena *a, struct str *phone, struct err *e);
/* Makes a code and puts its message into the outbox, inside a write. ERR_TOO_OFTEN. */
bool phone_code_send(struct req *r, struct str phone, struct err *e) MUST_CHECK;
/* Takes a try, inside a write of its own: *right tells; a right code is spent. */
bool phone_code_try(struct req *r, struct str phone, struct str code, bool *right,
                    struct err *e) MUST_CHECK;
#endif
