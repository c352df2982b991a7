/* merkle.h - one digest for many entries, with short proofs that one is among them.
 *
 * The tree of RFC 6962 §2.1 over SM3 instead of SHA-256: a leaf is
 * SM3(0x00 ‖ data), a node SM3(0x01 ‖ left ‖ right), so no node passes for a
 * leaf; n leaves split at the largest power of two below n; the root of no
 * leaves is SM3(""). */
#ifndef CRYPT_MERKLE_H
#define CRYPT_MERKLE_H
#include "crypt/digest.h"

enum { MERKLE_DEPTH = 64 };

/* A tree that only grows; zeroed is empty, it owns nothing. */
struct merkle { struct digest peak[MERKLE_DEPTH]; uint64_t n; };

struct digest merkle_leaf(struct str data);
void          merkle_add(struct merkle *m, struct digest leaf);
struct digest merkle_root(const struct merkle *m);

/* The siblings from leaf at (0 … n-1) up to the root of n leaves; returns how
 * many (at most MERKLE_DEPTH). */
size_t merkle_proof(const struct digest *leaves, size_t n, size_t at,
                    struct digest out[MERKLE_DEPTH]);
struct merkle_claim { struct digest leaf; uint64_t at, n; struct digest root; };
/* Whether the proof shows that the claim's leaf stands at its place. Anything
 * may be handed in. */
bool   merkle_verify(const struct merkle_claim *c, const struct digest *proof, size_t proof_n)
    MUST_CHECK;
#endif
