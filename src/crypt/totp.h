/* totp.h - the codes of an authenticator: RFC 6238 with SHA-1, six digits and
 * thirty seconds, which is what every authenticator understands.
 *
 * The secret is 20 bytes; it rests sealed (secret.h) and is shown once. */
#ifndef CRYPT_TOTP_H
#define CRYPT_TOTP_H
#include "base/arena.h"
#include "base/stamp.h"

enum { TOTP_SECRET_LEN = 20, TOTP_SECONDS = 30, TOTP_DIGITS = 6, TOTP_SLACK = 1 };

struct str totp_make_secret(struct arena *a);
/* The code of one thirty-second step (seconds since 1970 / 30), into 7 bytes. */
void       totp_code(struct str secret, int64_t step, char out[TOTP_DIGITS + 1]);
/* Whether it is the code of now, of the step before or of the step after, and
 * of a step later than *last_step. Then *last_step becomes that step: keep it
 * in the same transaction, and no code is good twice. Begin with 0. */
bool       totp_check(struct str secret, struct stamp now, struct str code, int64_t *last_step)
    MUST_CHECK;
/* "otpauth://totp/…", for a QR code. */
struct str totp_uri(struct arena *a, struct str issuer, struct str login, struct str secret);
#endif
