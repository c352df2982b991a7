#include "crypt/merkle.h"
#include "base/random.h"
#include "tap.h"

enum { MOST = 40 };
static struct digest leaves[MOST];

/* The definition of RFC 6962 §2.1, word by word. */
static struct digest by_definition(const struct digest *at, size_t n)
{
    size_t k = 1;
    if (n == 1)
        return *at;
    while (k * 2 < n)
        k *= 2;
    struct digest left = by_definition(at, k), right = by_definition(at + k, n - k);
    char both[1 + 2 * DIGEST_LEN] = { 1 };
    memcpy(both + 1, left.b, DIGEST_LEN);
    memcpy(both + 1 + DIGEST_LEN, right.b, DIGEST_LEN);
    return digest_sm3((struct str){ both, sizeof both });
}

static void test_known(void)
{
    struct arena a = { 0 };
    struct merkle m = { .n = 0 };
    struct digest d = merkle_root(&m);
    OK_STR(digest_hex(&a, &d), "1ab21d8355cfa17f8e61194831e81a8f22bec8c728fefb747ed035eb5082aa2b");
    d = merkle_leaf(STR(""));
    OK_STR(digest_hex(&a, &d), "2daef60e7a0b8f5e024c81cd2ab3109f2b4f155cf83adeb2ae5532f74a157fdf");
    merkle_add(&m, merkle_leaf(STR("a")));
    merkle_add(&m, merkle_leaf(STR("b")));
    merkle_add(&m, merkle_leaf(STR("c")));
    d = merkle_root(&m);                    /* computed step by step with "openssl dgst -sm3" */
    OK_STR(digest_hex(&a, &d), "2706e4e4d41c1ed9c3fe7f7822bf360a67abcc052cc2c00022c1313ec3ded965");
    arena_done(&a);
}

/* Every change of a good proof must be refused. */
static int accepted_lies(struct merkle_claim c, struct digest *proof, size_t n)
{
    int lies = 0;
    for (size_t i = 0; i < n; i++) {
        proof[i].b[i % DIGEST_LEN] ^= 4;
        lies += merkle_verify(&c, proof, n);
        proof[i].b[i % DIGEST_LEN] ^= 4;
    }
    if (n)
        lies += merkle_verify(&c, proof, n - 1) + merkle_verify(&c, proof + 1, n - 1);
    lies += merkle_verify(&c, proof, n + 1);
    struct merkle_claim other = c;
    for (other.at = 0; other.at < c.n + 3; other.at++)
        lies += other.at != c.at && merkle_verify(&other, proof, n);
    other = c;
    other.leaf.b[0] ^= 1;
    lies += merkle_verify(&other, proof, n);
    other = c;
    other.root.b[31] ^= 128;
    lies += merkle_verify(&other, proof, n);
    return lies;
}

static void test_every_place_of_every_size(void)
{
    struct merkle m = { .n = 0 };
    int wrong_roots = 0, refused = 0, lies = 0;
    for (size_t n = 1; n <= MOST; n++) {
        merkle_add(&m, leaves[n - 1]);
        struct digest root = merkle_root(&m), want = by_definition(leaves, n);
        wrong_roots += !digest_eq(&root, &want);
        for (size_t at = 0; at < n; at++) {
            struct digest proof[MERKLE_DEPTH + 1] = { 0 };
            size_t len = merkle_proof(leaves, n, at, proof);
            struct merkle_claim c = { leaves[at], at, n, root };
            refused += !merkle_verify(&c, proof, len);
            lies += accepted_lies(c, proof, len);
        }
    }
    OK_INT(wrong_roots, 0);
    OK_INT(refused, 0);
    OK_INT(lies, 0);
}

static void test_hostile_claims(void)
{
    struct digest proof[MERKLE_DEPTH + 2] = { 0 };
    struct merkle_claim c = { leaves[0], 0, 0, leaves[0] };
    OK(!merkle_verify(&c, NULL, 0));
    c = (struct merkle_claim){ leaves[0], UINT64_MAX - 1, UINT64_MAX, leaves[0] };
    OK(!merkle_verify(&c, proof, MERKLE_DEPTH));
    OK(!merkle_verify(&c, proof, MERKLE_DEPTH + 2));
    /* a node handed in as if it were a leaf's data is another leaf */
    char both[2 * DIGEST_LEN];
    memcpy(both, leaves[0].b, DIGEST_LEN);
    memcpy(both + DIGEST_LEN, leaves[1].b, DIGEST_LEN);
    struct digest root = by_definition(leaves, 2);
    struct digest posing = merkle_leaf((struct str){ both, sizeof both });
    OK(!digest_eq(&root, &posing));
}

int main(void)
{
    struct dice d = { 7 };
    for (size_t i = 0; i < MOST; i++) {
        uint64_t v = dice_next(&d);
        leaves[i] = merkle_leaf((struct str){ (const char *)&v, sizeof v });
    }
    test_known();
    test_every_place_of_every_size();
    test_hostile_claims();
    return tap_end();
}
