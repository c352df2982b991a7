#include "crypt/merkle.h"
#include <assert.h>

static struct digest tagged(struct str tag, struct str x, struct str y)
{
    AUTO(sm3_done) struct sm3 h;
    sm3_init(&h);
    sm3_add(&h, tag);
    sm3_add(&h, x);
    sm3_add(&h, y);
    return sm3_get(&h);
}

struct digest merkle_leaf(struct str data)
{
    return tagged(STR("\0"), data, STR_NONE);
}

static struct digest node(const struct digest *left, const struct digest *right)
{
    return tagged(STR("\x01"), digest_str(left), digest_str(right));
}

/* As adding one to a binary number: peak[i] is a full tree of 2^i leaves, there
 * where bit i of n is set; carrying joins two trees of one size. */
void merkle_add(struct merkle *m, struct digest leaf)
{
    int i = 0;
    for (uint64_t bits = m->n; bits & 1; bits >>= 1, i++)
        leaf = node(&m->peak[i], &leaf);
    m->peak[i] = leaf;
    m->n++;
}

struct digest merkle_root(const struct merkle *m)
{
    if (m->n == 0)
        return digest_sm3(STR(""));
    int i = __builtin_ctzll(m->n);
    struct digest root = m->peak[i];
    for (uint64_t bits = m->n >> i >> 1; bits; bits >>= 1)
        if (i++, bits & 1)
            root = node(&m->peak[i], &root);
    return root;
}

static struct digest root_of(const struct digest *leaves, size_t n)
{
    struct merkle m = { .n = 0 };
    for (size_t i = 0; i < n; i++)
        merkle_add(&m, leaves[i]);
    return merkle_root(&m);
}

/* The largest power of two below n; n is at least 2. */
static size_t split(size_t n)
{
    return (size_t)1 << (63 - __builtin_clzll(n - 1));
}

/* Walks down from the root, so siblings are found last first. */
size_t merkle_proof(const struct digest *leaves, size_t n, size_t at,
                    struct digest out[MERKLE_DEPTH])
{
    struct digest down[MERKLE_DEPTH];
    size_t len = 0;
    assert(at < n);
    while (n > 1) {
        size_t left = split(n);
        if (at < left) {
            down[len++] = root_of(leaves + left, n - left);
            n = left;
        } else {
            down[len++] = root_of(leaves, left);
            leaves += left, at -= left, n -= left;
        }
    }
    for (size_t i = 0; i < len; i++)
        out[i] = down[len - 1 - i];
    return len;
}

/* RFC 9162 §2.1.3.2: at and last are walked up together; where the node is the
 * last of its row and alone, the row gives no sibling. */
bool merkle_verify(const struct merkle_claim *c, const struct digest *proof, size_t proof_n)
{
    if (c->at >= c->n || proof_n > MERKLE_DEPTH)
        return false;
    uint64_t at = c->at, last = c->n - 1;
    struct digest d = c->leaf;
    for (size_t i = 0; i < proof_n; i++) {
        if (last == 0)
            return false;
        if (at & 1 || at == last) {
            d = node(&proof[i], &d);
            while (!(at & 1) && at)
                at >>= 1, last >>= 1;
        } else {
            d = node(&d, &proof[i]);
        }
        at >>= 1, last >>= 1;
    }
    return last == 0 && digest_eq(&d, &c->root);
}
