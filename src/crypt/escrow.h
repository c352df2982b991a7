/* escrow.h - the keys on paper: encrypted under a passphrase, to be typed back.
 *
 *     1/9 7Z3QK 0M4XW …  (eight groups of five)
 *
 * Each line is base32 (BASE32_TYPED) of 22 bytes and a checksum of 3 over its
 * number, the number of lines and its bytes, so that a slip is found in its
 * line. The bytes: version 1, salt 16, nonce 24, then XChaCha20-Poly1305 over
 * 45 bytes a key; the key by argon2id (64 MiB, three passes). */
#ifndef CRYPT_ESCROW_H
#define CRYPT_ESCROW_H
#include "crypt/keys.h"

enum { ESCROW_PASSPHRASE_MIN = 12, ESCROW_PASSPHRASE_MAX = 1024 };

/* ERR_TOO_SHORT, ERR_TOO_LONG for the passphrase (in characters, in bytes). */
bool escrow_write(const struct keys *k, struct str passphrase, struct buf *out, struct err *e)
    MUST_CHECK;
/* Empty lines and lines that begin with # are skipped, case and spacing are
 * forgiven. ERR_ESCROW_LINE with the line's number; ERR_ESCROW_PASSPHRASE. */
bool escrow_read(struct str paper, struct str passphrase, struct keys *out, struct err *e)
    MUST_CHECK;
#endif
