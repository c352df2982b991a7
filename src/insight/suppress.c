#include "insight/suppress.h"
#include "insight/suppress_impl.h"

enum { ROUNDS_MAX = 400 };

/* ---- one sum ---- */

static bool hide(struct suppress *s, uint32_t i)
{
    bool new = !s->cell[i].hidden;
    s->cell[i].hidden = true;
    return new;
}

/* Dearer is worse to leave out: the total, a zero (which guards nothing), a large one. */
static int64_t cost(const struct suppress *s, const struct suppress_sum *x, uint32_t i)
{
    const struct suppress_cell *c = &s->cell[i];
    if (i == x->total)
        return INT64_MAX - 1;
    return c->value ? MIN(c->value, INT64_MAX / 4) : INT64_MAX / 2;
}

/* Leaves out the cheapest cell of the sum that is still told; false when there is none. */
static bool hide_one(struct suppress *s, const struct suppress_sum *x)
{
    uint32_t best = x->total;
    int64_t least = s->cell[x->total].hidden ? INT64_MAX : cost(s, x, x->total);
    for (size_t k = 0; k < x->n; k++)
        if (!s->cell[x->part[k]].hidden && cost(s, x, x->part[k]) < least) {
            best = x->part[k];
            least = cost(s, x, best);
        }
    return least < INT64_MAX && hide(s, best);
}

/* One sum alone tells nothing of what is left out of it. */
static bool guard_sum(struct suppress *s, const struct suppress_sum *x)
{
    int64_t mass = 0;
    size_t parts = 0;
    for (size_t k = 0; k < x->n; k++)
        if (s->cell[x->part[k]].hidden) {
            mass += s->cell[x->part[k]].value;
            parts++;
        }
    bool total = s->cell[x->total].hidden;
    if (parts + total == 1)
        return hide_one(s, x);
    return parts && !total && s->cell[x->total].count && mass < s->small && hide_one(s, x);
}

static bool guard_under(struct suppress *s)
{
    bool changed = false;
    for (size_t i = 0; i < s->n; i++)
        if (s->cell[i].under >= 0 && s->cell[s->cell[i].under].hidden)
            changed |= hide(s, (uint32_t)i);
    return changed;
}

static void guard_sums(struct suppress *s)
{
    for (bool changed = true; changed;) {
        changed = guard_under(s);
        for (size_t k = 0; k < s->sums; k++)
            changed |= guard_sum(s, &s->sum[k]);
    }
}

/* ---- all sums ---- */

static bool holds(const struct suppress_sum *x, const bool *known)
{
    bool has = known[x->total];
    for (size_t k = 0; k < x->n; k++)
        has |= known[x->part[k]];
    return has;
}

/* One more cell is left out of each sum that holds what is known; false: all of these
 * are left out whole. */
static bool guard_known(struct suppress *s, const bool *known)
{
    bool changed = false;
    for (size_t k = 0; k < s->sums; k++)
        if (holds(&s->sum[k], known))
            changed |= hide_one(s, &s->sum[k]);
    return changed;
}

/* The cells beside those known: what gives one away may stand in a sum further off. */
static bool widen(const struct suppress *s, bool *known)
{
    bool changed = false;
    for (size_t k = 0; k < s->sums; k++) {
        const struct suppress_sum *x = &s->sum[k];
        if (!holds(x, known))
            continue;
        changed |= !known[x->total];
        known[x->total] = true;
        for (size_t i = 0; i < x->n; i++) {
            changed |= !known[x->part[i]];
            known[x->part[i]] = true;
        }
    }
    return changed;
}

/* False: nothing is left to leave out, which cannot be while something is known. */
static bool guard_near(struct suppress *s, bool *known)
{
    while (!guard_known(s, known))
        if (!widen(s, known))
            return false;
    return true;
}

bool suppress_cells(struct arena *a, struct suppress *s, struct err *e)
{
    bool *known = arena_array(a, bool, s->n);
    for (size_t i = 0; i < s->n; i++)
        s->cell[i].hidden = s->cell[i].count && s->cell[i].value > 0 && s->cell[i].value < s->small;
    for (int round = 0; round < ROUNDS_MAX; round++) {
        struct arena tmp = { 0 };
        guard_sums(s);
        memset(known, 0, s->n * sizeof *known);
        size_t n = suppress_narrow(&tmp, s, known);
        n = n ? n : suppress_determined(&tmp, s, known);
        arena_done(&tmp);
        if (!n)
            return true;
        if (!guard_near(s, known))
            break;
    }
    return err_internal(e, "the small cells cannot be guarded");
}
