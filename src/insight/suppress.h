/* suppress.h - which cells of published tables must be left out.
 *
 * A small count could point at somebody, so it is left out (primary), and with it as
 * many others (complements) that nobody can compute it from the sums around it: over
 * rows, columns and levels alike, whatever sums the caller names. Zero is told.
 *
 * Three attacks are answered. One sum: no sum has a single cell left out, and what is
 * left out of a told sum is together no small count. All sums at once: no left-out
 * cell is determined by the linear system (exact, modulo a prime). Bounds: knowing
 * that counts are not negative narrows no left-out cell below a width. Method:
 * Hundepool et al., Statistical Disclosure Control (2012), ch. 4; domain research G11. */
#ifndef INSIGHT_SUPPRESS_H
#define INSIGHT_SUPPRESS_H
#include "base/arena.h"
#include "base/err.h"

enum { SUPPRESS_NONE = -1 };
struct suppress_cell {
    int64_t value;                      /* not negative */
    bool count;                         /* a number of matters: small ones are left out */
    int32_t under;                      /* cell whose leaving out takes this along, or NONE */
    bool hidden;                        /* the answer */
};
/* cell[total] = sum of cell[part[0 … n)]. */
struct suppress_sum { uint32_t total; const uint32_t *part; size_t n; };

struct suppress {
    struct suppress_cell *cell;
    size_t n;
    const struct suppress_sum *sum;
    size_t sums;
    int64_t small;                      /* counts 1 … small - 1 are left out */
    int64_t width;                      /* least width of what bounds tell */
};
/* Marks what must be left out; scratch lies in a. ERR_INTERNAL when it does not end. */
bool suppress_cells(struct arena *a, struct suppress *s, struct err *e) MUST_CHECK;

/* ---- the attacks, also for tests ---- */

/* Marks in known[n] the left-out cells that the linear system determines. */
size_t suppress_determined(struct arena *a, const struct suppress *s, bool *known);
/* Marks those that bounds narrow below the width. */
size_t suppress_narrow(struct arena *a, const struct suppress *s, bool *known);
#endif
