#include "crypt/digest.h"
#include "crypt/crypto.h"
#include "tap.h"

#define HEX(d) digest_hex(&a, (struct digest[]){ d })

/* More keys than a thread keeps, in turns, of two algorithms, short and long. */
static void many_keys(void)
{
    enum { KEYS = 40 };
    struct digest first[KEYS];
    char key[KEYS][48];
    bool same = true, other = true;
    for (size_t round = 0; round < 3; round++)
        for (size_t i = 0; i < KEYS; i++) {
            memset(key[i], (int)i + 1, sizeof key[i]);
            struct str k = { key[i], i % 3 ? 32 : 48 }, text = STR("same text");
            struct digest d = i % 2 ? digest_hmac_sm3(k, text) : digest_hmac_sha256(k, text);
            struct digest not_d = digest_hmac_sm3(k, STR("other text"));
            if (round == 0)
                first[i] = d;
            same = same && digest_eq(&d, &first[i]);
            other = other && !digest_eq(&d, &not_d) && (i == 0 || !digest_eq(&d, &first[i - 1]));
        }
    OK(same);
    OK(other);
}

int main(void)
{
    struct arena a = { 0 };
    struct err e = { 0 };
    OK(crypto_start(&e) && !err_is_set(&e));
    /* GB/T 32905 A.1 and A.2 */
    OK_STR(HEX(digest_sm3(STR("abc"))),
           "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0");
    OK_STR(HEX(digest_sm3(STR("abcdabcdabcdabcdabcdabcdabcdabcdabcdabcdabcdabcdabcdabcdabcdabcd"))),
           "debe9ff92275b8a138604889c18e5a4d6fdb70e5387e5765293dcba39c0c5732");
    OK_STR(HEX(digest_sm3(STR_NONE)),
           "1ab21d8355cfa17f8e61194831e81a8f22bec8c728fefb747ed035eb5082aa2b");

    struct sm3 h;
    sm3_init(&h);
    sm3_add(&h, STR("a"));
    OK(!digest_eq(&(struct digest){ { 0 } }, (struct digest[]){ sm3_get(&h) }));
    sm3_add(&h, STR("b"));
    sm3_add(&h, STR_NONE);
    sm3_add(&h, STR("c"));
    struct digest abc = sm3_get(&h), same = digest_sm3(STR("abc"));
    OK(digest_eq(&abc, &same));
    sm3_done(&h);
    same.b[31] ^= 1;
    OK(!digest_eq(&abc, &same));

    /* RFC 4231 case 2; the SM3 line computed by "openssl dgst -sm3 -hmac Jefe" */
    OK_STR(HEX(digest_hmac_sha256(STR("Jefe"), STR("what do ya want for nothing?"))),
           "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
    OK_STR(HEX(digest_hmac_sm3(STR("Jefe"), STR("what do ya want for nothing?"))),
           "2e87f1d16862e6d964b50a5200bf2b10b764faa9680a296a2405f24bec39f882");
    OK_STR(HEX(digest_hmac_sm3(STR("k"), STR_NONE)),
           "4c6033694d35de3efdf4b4889694915663bc4ca3c3bfc34a7f5e93890db1e65c");
    struct digest one = digest_hmac_sm3(STR("k"), STR("ab"));
    struct str ab_c[] = { STR("ab"), STR("c") }, a_bc[] = { STR("a"), STR("bc") };
    struct digest x = digest_hmac_parts(STR("k"), ab_c, 2);
    struct digest y = digest_hmac_parts(STR("k"), a_bc, 2);
    OK(!digest_eq(&x, &y) && !digest_eq(&x, &one));

    many_keys();

    /* RFC 5869 A.3 (first block), then "openssl kdf … HKDF" with both digests */
    OK_STR(HEX(digest_hkdf_sha256(STR("\x0b\x0b\x0b\x0b\x0b\x0b\x0b\x0b\x0b\x0b\x0b\x0b\x0b\x0b\x0b"
                                      "\x0b\x0b\x0b\x0b\x0b\x0b\x0b"), STR_NONE)),
           "8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d");
    OK_STR(HEX(digest_hkdf_sha256(STR("secretsecret"), STR("label"))),
           "c45ec7295cf33e5ad2199f141ef48a9145d9e0c36ced0f13724291b7586b3132");
    OK_STR(HEX(digest_hkdf_sm3(STR("secretsecret"), STR("label"))),
           "d1ccdee28f8d1122452c36292ee5baee08c930ab486105d2f656501023314974");

    struct digest back = { { 0 } };
    OK(digest_parse(digest_hex(&a, &abc), &back) && digest_eq(&abc, &back));
    OK(!digest_parse(STR("66c7"), &back) && !digest_parse(STR_NONE, &back));
    OK(!digest_parse(STR("zzc7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"),
                     &back) && digest_eq(&abc, &back));
    arena_done(&a);
    return tap_end();
}
