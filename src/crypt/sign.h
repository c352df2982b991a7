/* sign.h - signatures of the installation: Ed25519 (RFC 8032), and SM2 with SM3
 * (GB/T 32918) under the customary id "1234567812345678".
 *
 * What is signed is the bytes as they are, so that anybody can check a
 * checkpoint with the openssl command and the public key as PEM. Callers begin
 * their bytes with a word that says what is signed. */
#ifndef CRYPT_SIGN_H
#define CRYPT_SIGN_H
#include "base/arena.h"
#include "crypt/keys.h"

/* By a key of kind KEY_ED25519 (64 bytes) or KEY_SM2 (DER, at most 72). */
struct str sign_data(const struct key *k, struct arena *a, struct str data);
/* SubjectPublicKeyInfo as PEM, for printing and for the checkpoint file. */
struct str sign_public_pem(const struct key *k, struct arena *a);
/* False for anything but a good signature by a key of one of the two kinds;
 * pem and signature may be hostile. */
bool       sign_verify(struct str pem, struct str data, struct str signature) MUST_CHECK;
#endif
