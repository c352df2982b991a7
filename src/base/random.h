/* random.h - bytes nobody can guess, from the kernel. */
#ifndef BASE_RANDOM_H
#define BASE_RANDOM_H
#include "base/arena.h"

/* Ends the process when the kernel gives none. */
void random_bytes(void *out, size_t n);
/* Uniform in 0 … below-1. */
uint32_t random_below(uint32_t below);
/* n random bytes as 2n hex digits. */
struct str random_hex(struct arena *a, size_t n);
/* n digits that a person can read aloud. */
struct str random_digits(struct arena *a, size_t n);
struct str hex_of(struct arena *a, const void *p, size_t n);
bool hex_parse(struct str s, unsigned char *out, size_t n) MUST_CHECK;

/* A seeded generator for tests and the demo: the same seed, the same numbers. */
struct dice { uint64_t s; };
uint64_t dice_next(struct dice *d);
uint32_t dice_below(struct dice *d, uint32_t below);
#endif
