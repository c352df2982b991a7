/* What an attacker can do with the told cells: solve the sums, or bound them. */
#include "insight/suppress_impl.h"

struct suppress_rows suppress_rows(struct arena *a, const struct suppress *s)
{
    struct suppress_rows out = { arena_array(a, struct suppress_row, s->sums), 0 };
    for (size_t k = 0; k < s->sums; k++) {
        const struct suppress_sum *x = &s->sum[k];
        struct suppress_row row = { arena_array(a, uint32_t, x->n + 1), 0,
                                    s->cell[x->total].hidden };
        if (row.total)
            row.at[row.n++] = x->total;
        for (size_t i = 0; i < x->n; i++)
            if (s->cell[x->part[i]].hidden)
                row.at[row.n++] = x->part[i];
        if (row.n)
            out.v[out.n++] = row;
    }
    return out;
}

/* ---- solving ---- */

/* A row with two unknowns that stand nowhere else gives neither of them away, and tells
 * nothing of the others: such rows are set aside, again and again, which leaves a
 * smaller core to eliminate. (One such unknown would not do: it may follow from a sum
 * of the others though none of them is known.) */
struct peel {
    struct suppress_rows rows;
    bool *aside;
    uint32_t *degree;                   /* rows left in which a cell stands */
};

static bool is_loose(const struct peel *p, const struct suppress_row *row)
{
    size_t alone = 0;
    for (size_t i = 0; i < row->n; i++)
        alone += p->degree[row->at[i]] == 1;
    return alone >= 2;
}

static void peel_rows(struct arena *a, struct peel *p, size_t cells)
{
    p->aside = arena_array(a, bool, p->rows.n);
    p->degree = arena_array(a, uint32_t, cells);
    for (size_t k = 0; k < p->rows.n; k++)
        for (size_t i = 0; i < p->rows.v[k].n; i++)
            p->degree[p->rows.v[k].at[i]]++;
    for (bool changed = true; changed;) {
        changed = false;
        for (size_t k = 0; k < p->rows.n; k++) {
            const struct suppress_row *row = &p->rows.v[k];
            if (p->aside[k] || !is_loose(p, row))
                continue;
            p->aside[k] = changed = true;
            for (size_t i = 0; i < row->n; i++)
                p->degree[row->at[i]]--;
        }
    }
}

/* Arithmetic modulo a prime: a rank is wrong with a chance of one in two thousand
 * million for each pivot, and an error could only hide more. */
#define PRIME UINT64_C(2147483647)

static uint64_t power(uint64_t x, uint64_t n)
{
    uint64_t y = 1;
    for (; n; n >>= 1, x = x * x % PRIME)
        if (n & 1)
            y = y * x % PRIME;
    return y;
}

struct core { uint32_t *v; size_t rows, cols; };
static uint32_t *core_row(struct core *m, size_t i) { return m->v + i * m->cols; }

static void core_swap(struct core *m, size_t i, size_t k)
{
    uint32_t *x = core_row(m, i), *y = core_row(m, k);
    for (size_t j = 0; i != k && j < m->cols; j++) {
        uint32_t t = x[j];
        x[j] = y[j];
        y[j] = t;
    }
}

static void core_scale(struct core *m, size_t i, size_t from)
{
    uint32_t *x = core_row(m, i);
    uint64_t f = power(x[from], PRIME - 2);
    for (size_t j = from; j < m->cols; j++)
        x[j] = (uint32_t)(x[j] * f % PRIME);
}

static void core_clear(struct core *m, size_t i, size_t pivot, size_t col)
{
    uint32_t *x = core_row(m, i);
    const uint32_t *y = core_row(m, pivot);
    uint64_t f = PRIME - x[col];
    for (size_t j = col; j < m->cols; j++)
        if (y[j])
            x[j] = (uint32_t)((x[j] + f * y[j]) % PRIME);
}

/* To reduced echelon form: a column is known when its pivot's row holds nothing else. */
static void core_solve(struct core *m, bool *known)
{
    size_t top = 0;
    for (size_t col = 0; col < m->cols && top < m->rows; col++) {
        size_t i = top;
        while (i < m->rows && !core_row(m, i)[col])
            i++;
        if (i == m->rows)
            continue;
        core_swap(m, i, top);
        core_scale(m, top, col);
        for (size_t k = 0; k < m->rows; k++)
            if (k != top && core_row(m, k)[col])
                core_clear(m, k, top, col);
        top++;
    }
    for (size_t i = 0; i < top; i++) {
        size_t n = 0, at = 0;
        for (size_t j = 0; j < m->cols; j++)
            if (core_row(m, i)[j]) {
                n++;
                at = j;
            }
        if (n == 1)
            known[at] = true;
    }
}

static size_t solve_core(struct arena *a, const struct peel *p, size_t cells, bool *known)
{
    uint32_t *column = arena_array(a, uint32_t, cells), *cell = arena_array(a, uint32_t, cells);
    struct core m = { 0 };
    for (size_t k = 0; k < p->rows.n; k++)
        m.rows += !p->aside[k];
    for (size_t i = 0; i < cells; i++)
        if (p->degree[i]) {
            cell[m.cols] = (uint32_t)i;
            column[i] = (uint32_t)m.cols++;
        }
    if (!m.rows)
        return 0;
    m.v = arena_alloc_array(a, sizeof *m.v * m.cols, m.rows);
    bool *solved = arena_array(a, bool, m.cols);
    size_t n = 0, at = 0;
    for (size_t k = 0; k < p->rows.n; k++) {
        const struct suppress_row *row = &p->rows.v[k];
        for (size_t i = 0; !p->aside[k] && i < row->n; i++)
            core_row(&m, at)[column[row->at[i]]] = row->total && i == 0 ? PRIME - 1 : 1;
        at += !p->aside[k];
    }
    core_solve(&m, solved);
    for (size_t j = 0; j < m.cols; j++)
        if (solved[j]) {
            known[cell[j]] = true;
            n++;
        }
    return n;
}

size_t suppress_determined(struct arena *a, const struct suppress *s, bool *known)
{
    struct peel p = { .rows = suppress_rows(a, s) };
    peel_rows(a, &p, s->n);
    return solve_core(a, &p, s->n, known);
}

/* ---- bounding ---- */

struct bounds { int64_t low, high; };
#define NO_BOUND (INT64_MAX / 1000000)

static bool tighten(struct bounds *b, int64_t low, int64_t high)
{
    bool changed = low > b->low || high < b->high;
    b->low = MAX(b->low, low);
    b->high = MIN(b->high, high);
    return changed;
}

static bool bound_sum(const struct suppress_sum *x, struct bounds *b)
{
    int64_t low = 0, high = 0;
    bool changed;
    for (size_t k = 0; k < x->n; k++) {
        low += b[x->part[k]].low;
        high = MIN(high + b[x->part[k]].high, NO_BOUND);
    }
    changed = tighten(&b[x->total], low, high);
    for (size_t k = 0; k < x->n; k++) {
        struct bounds *p = &b[x->part[k]];
        int64_t others = high >= NO_BOUND ? NO_BOUND : high - p->high;
        changed |= tighten(p, others >= NO_BOUND ? 0 : b[x->total].low - others,
                           b[x->total].high - (low - p->low));
    }
    return changed;
}

size_t suppress_narrow(struct arena *a, const struct suppress *s, bool *known)
{
    enum { PASSES = 60 };
    struct bounds *b = arena_array(a, struct bounds, s->n);
    size_t n = 0;
    for (size_t i = 0; i < s->n; i++)
        b[i] = s->cell[i].hidden ? (struct bounds){ 0, NO_BOUND }
                                 : (struct bounds){ s->cell[i].value, s->cell[i].value };
    bool changed = true;
    for (int pass = 0; changed && pass < PASSES; pass++) {
        changed = false;
        for (size_t k = 0; k < s->sums; k++)
            changed |= bound_sum(&s->sum[k], b);
    }
    for (size_t i = 0; i < s->n; i++)
        if (s->cell[i].hidden && b[i].high - b[i].low < s->width) {
            known[i] = true;
            n++;
        }
    return n;
}
