#include "crypt/sign.h"
#include "base/random.h"
#include "crypt/crypto.h"
#include "tap.h"

#define SM2_PRIV "fb3b0f7d797cce3195acfb33496d86bb796a1549e406d95174e607f7abfdb75f"
#define SM2_SIG_N 71
#define SM2_SIG \
    "304502207fd0b29970f801e2776781542f5d367f1b033786457a2a6d253cd8f281d56db4" \
    "022100ba00baadf248f78e091e01217d2bfa91d1bddde32592e72c91f7fdcc47bb67bd"
#define SM2_PEM \
    "-----BEGIN PUBLIC KEY-----\n" \
    "MFkwEwYHKoZIzj0CAQYIKoEcz1UBgi0DQgAEnN293OXD2AoKC2Q8cRjEFbVguQFe\n" \
    "OnpyvAKakKHqYXGXhUc5WE9efL1UFuFvZ1Z7GQ2kxK57ucVBXvpl2sufCg==\n" \
    "-----END PUBLIC KEY-----\n"
static struct arena a;

static void test_kind(enum key_kind kind)
{
    struct err e = { 0 };
    struct keys k = { .n = 0 };
    OK(keys_make(&k, kind, &e) && keys_make(&k, kind, &e));
    struct str data = STR("checkpoint 1\n…"), pem = sign_public_pem(&k.v[0], &a);
    struct str other = sign_public_pem(&k.v[1], &a), sig = sign_data(&k.v[0], &a, data);
    OK(str_starts(pem, STR("-----BEGIN PUBLIC KEY-----\n")) && !str_eq(pem, other));
    OK(sign_verify(pem, data, sig) && !sign_verify(other, data, sig));
    struct str nothing = sign_data(&k.v[0], &a, STR_NONE);
    OK(sign_verify(pem, STR_NONE, nothing) && !sign_verify(pem, STR(" "), nothing));
    int taken = 0;
    for (size_t i = 0; i < sig.n * 8; i++) {
        char *bent = (char *)arena_dup(&a, sig).p;
        bent[i / 8] ^= (char)(1 << i % 8);
        taken += sign_verify(pem, data, (struct str){ bent, sig.n });
    }
    for (size_t n = 0; n < sig.n; n++)
        taken += sign_verify(pem, data, str_sub(sig, 0, n));
    taken += sign_verify(pem, str_sub(data, 0, 5), sig);
    for (size_t n = 0; n + 30 < pem.n; n += 7)
        taken += sign_verify(str_sub(pem, 0, n), data, sig);
    struct str huge = { arena_alloc(&a, 1 << 20), 1 << 20 };
    taken += sign_verify(huge, data, sig) + sign_verify(pem, data, huge);
    taken += sign_verify(STR_NONE, data, sig) + sign_verify(pem, data, STR_NONE);
    OK_INT(taken, 0);
}

/* RFC 8032 §7.1, test 2 */
static void test_ed25519_vector(void)
{
    struct key k = { .kind = KEY_ED25519 };
    OK(hex_parse(STR("4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb"), k.raw,
                 KEY_LEN));
    struct str sig = sign_data(&k, &a, STR("\x72"));
    OK_STR(hex_of(&a, sig.p, sig.n),
           "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
           "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00");
}

/* Made by the openssl command: genpkey -algorithm SM2, then dgst -sm3 -sign with
 * -sigopt distid:1234567812345678 over "fengqiao". */
static void test_sm2_of_another_program(void)
{
    struct key k = { .kind = KEY_SM2 };
    unsigned char sig[SM2_SIG_N];
    struct str signature = { (const char *)sig, sizeof sig };
    OK(hex_parse(STR(SM2_PRIV), k.raw, KEY_LEN) && hex_parse(STR(SM2_SIG), sig, sizeof sig));
    OK_STR(sign_public_pem(&k, &a), SM2_PEM);
    OK(sign_verify(STR(SM2_PEM), STR("fengqiao"), signature));
    OK(!sign_verify(STR(SM2_PEM), STR("fengqiaO"), signature));
}

int main(void)
{
    test_kind(KEY_ED25519);
    test_kind(KEY_SM2);
    test_ed25519_vector();
    test_sm2_of_another_program();
    arena_done(&a);
    return tap_end();
}
