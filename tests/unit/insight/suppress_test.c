/* Small cells attacked: by one sum, by all sums at once, by bounds. The attacks here are
 * made with other means than the program's own: fractions instead of a prime. */
#include "insight/suppress.h"
#include "tap.h"

enum { SMALL = 10, WIDTH = 5, CELLS_MAX = 700, SUMS_MAX = 400 };

struct table {
    struct arena a;
    struct suppress s;
    struct suppress_cell cell[CELLS_MAX];
    struct suppress_sum sum[SUMS_MAX];
};

static void table_open(struct table *t)
{
    memset(t, 0, sizeof *t);
    t->s = (struct suppress){ .cell = t->cell, .sum = t->sum, .small = SMALL, .width = WIDTH };
}
static uint32_t cell(struct table *t, int64_t value)
{
    t->cell[t->s.n] = (struct suppress_cell){ value, true, SUPPRESS_NONE, false };
    return (uint32_t)t->s.n++;
}
/* The total of parts, as a new cell. */
static uint32_t total(struct table *t, const uint32_t *part, size_t n)
{
    uint32_t *v = arena_array(&t->a, uint32_t, n);
    int64_t sum = 0;
    for (size_t i = 0; i < n; i++) {
        v[i] = part[i];
        sum += t->cell[part[i]].value;
    }
    uint32_t at = cell(t, sum);
    t->sum[t->s.sums++] = (struct suppress_sum){ at, v, n };
    return at;
}
static void tie(struct table *t, uint32_t at, const uint32_t *part, size_t n)
{
    uint32_t *v = arena_array(&t->a, uint32_t, n);
    memcpy(v, part, n * sizeof *v);
    t->sum[t->s.sums++] = (struct suppress_sum){ at, v, n };
}
static bool guard(struct table *t)
{
    struct err e = { 0 };
    return OK(suppress_cells(&t->a, &t->s, &e));
}

/* rows × columns with sums of both, and the sum of all. */
static void square(struct table *t, size_t rows, size_t cols, uint32_t *at)
{
    uint32_t right[32], below[32], part[32];
    for (size_t r = 0; r < rows; r++)
        right[r] = total(t, at + r * cols, cols);
    for (size_t c = 0; c < cols; c++) {
        for (size_t r = 0; r < rows; r++)
            part[r] = at[r * cols + c];
        below[c] = total(t, part, rows);
    }
    uint32_t all = total(t, right, rows);
    tie(t, all, below, cols);
}

/* ---- an attacker with fractions ---- */

/* Solves the told sums for what is left out by elimination with pivoting; marks what
 * has one value only. */
static size_t solve(const struct suppress *s, bool *known)
{
    static long double m[SUMS_MAX][CELLS_MAX];
    static size_t at[CELLS_MAX];
    size_t n = 0, rows = s->sums, top = 0, found = 0;
    for (size_t i = 0; i < s->n; i++)
        if (s->cell[i].hidden)
            at[n++] = i;
    for (size_t k = 0; k < rows; k++)
        for (size_t j = 0; j < n; j++) {
            m[k][j] = s->sum[k].total == at[j] ? -1 : 0;
            for (size_t p = 0; p < s->sum[k].n; p++)
                m[k][j] += s->sum[k].part[p] == at[j];
        }
    for (size_t j = 0; j < n && top < rows; j++) {
        size_t best = top;
        for (size_t k = top; k < rows; k++)
            if (m[k][j] * m[k][j] > m[best][j] * m[best][j])
                best = k;
        if (m[best][j] * m[best][j] < 1e-12L)
            continue;
        for (size_t c = 0; c < n; c++) {
            long double x = m[best][c];
            m[best][c] = m[top][c];
            m[top][c] = x;
        }
        for (size_t k = 0; k < rows; k++) {
            long double f = k == top ? 0 : m[k][j] / m[top][j];
            for (size_t c = 0; f != 0 && c < n; c++)
                m[k][c] -= f * m[top][c];
        }
        top++;
    }
    for (size_t k = 0; k < top; k++) {
        size_t others = 0, one = 0;
        for (size_t j = 0; j < n; j++)
            if (m[k][j] * m[k][j] > 1e-12L) {
                others++;
                one = j;
            }
        if (others == 1) {
            known[at[one]] = true;
            found++;
        }
    }
    return found;
}

static bool is_safe(struct table *t)
{
    bool known[CELLS_MAX] = { 0 }, ours[CELLS_MAX] = { 0 }, narrow[CELLS_MAX] = { 0 };
    for (size_t i = 0; i < t->s.n; i++)
        if (t->cell[i].count && t->cell[i].value > 0 && t->cell[i].value < SMALL
            && !t->cell[i].hidden)
            return false;
    return solve(&t->s, known) == 0 && suppress_determined(&t->a, &t->s, ours) == 0
        && suppress_narrow(&t->a, &t->s, narrow) == 0;
}

/* ---- cases ---- */

static void test_suppress__leaves_out_a_complement_in_one_sum(void)
{
    static struct table t;
    table_open(&t);
    uint32_t part[4] = { cell(&t, 3), cell(&t, 40), cell(&t, 25), cell(&t, 0) };
    uint32_t sum = total(&t, part, 4);
    guard(&t);
    OK(t.cell[part[0]].hidden && t.cell[part[2]].hidden);
    OK(!t.cell[part[1]].hidden && !t.cell[part[3]].hidden && !t.cell[sum].hidden);
    OK(is_safe(&t));
    arena_done(&t.a);
}

static void test_suppress__lets_small_ones_together_be_no_small_sum(void)
{
    static struct table t;
    table_open(&t);
    uint32_t part[4] = { cell(&t, 1), cell(&t, 1), cell(&t, 30), cell(&t, 50) };
    total(&t, part, 4);
    guard(&t);
    OK(t.cell[part[0]].hidden && t.cell[part[1]].hidden && t.cell[part[2]].hidden);
    OK(is_safe(&t));
    arena_done(&t.a);
}

static void test_suppress__leaves_out_a_total_that_would_tell(void)
{
    static struct table t;
    table_open(&t);
    uint32_t part[2] = { cell(&t, 4), cell(&t, 3) };
    uint32_t sum = total(&t, part, 2);
    guard(&t);
    OK(t.cell[sum].hidden && is_safe(&t));
    arena_done(&t.a);
}

static void test_suppress__tells_a_table_without_small_cells_whole(void)
{
    static struct table t;
    uint32_t at[12];
    table_open(&t);
    for (size_t i = 0; i < 12; i++)
        at[i] = cell(&t, i % 5 ? (int64_t)(10 + i) : 0);
    square(&t, 3, 4, at);
    guard(&t);
    for (size_t i = 0; i < t.s.n; i++)
        OK(!t.cell[i].hidden);
    arena_done(&t.a);
}

/* Every row and column has two left out, and yet one follows from all together. */
static void test_suppress__sees_through_sums_taken_together(void)
{
    static struct table t;
    static const uint32_t out[] = { 0, 1, 4, 5, 10 };
    bool known[CELLS_MAX] = { 0 };
    uint32_t at[16];
    table_open(&t);
    for (size_t i = 0; i < 16; i++)
        at[i] = cell(&t, 50);
    square(&t, 4, 4, at);
    for (size_t i = 0; i < COUNT(out); i++)
        t.cell[out[i]].hidden = true;
    OK_INT(suppress_determined(&t.a, &t.s, known), 1);
    OK(known[10] && !known[0]);
    memset(known, 0, sizeof known);
    OK(solve(&t.s, known) == 1 && known[10]);
    arena_done(&t.a);
}

/* x + y = t is left out whole, and y + 30 = t gives x away: the guard goes on to that. */
static void test_suppress__looks_beyond_a_sum_left_out_whole(void)
{
    static struct table t;
    table_open(&t);
    uint32_t one[2], two[2];
    one[0] = cell(&t, 5);
    one[1] = two[0] = cell(&t, 4);
    uint32_t all = total(&t, one, 2);
    two[1] = cell(&t, 5);
    t.cell[two[1]].count = false;       /* told, though small */
    tie(&t, all, two, 2);
    guard(&t);
    OK(t.cell[two[1]].hidden);
    OK(is_safe(&t));
    arena_done(&t.a);
}

static void test_suppress__takes_what_lies_under_along(void)
{
    static struct table t;
    table_open(&t);
    uint32_t part[3] = { cell(&t, 2), cell(&t, 60), cell(&t, 70) }, money[3];
    total(&t, part, 3);
    for (int i = 0; i < 3; i++) {
        money[i] = cell(&t, 1000 * (i + 1));
        t.cell[money[i]].count = false;
        t.cell[money[i]].under = (int32_t)part[i];
    }
    uint32_t sum = total(&t, money, 3);
    t.cell[sum].count = false;
    guard(&t);
    OK(t.cell[money[0]].hidden && t.cell[money[1]].hidden && !t.cell[money[2]].hidden);
    OK(is_safe(&t));
    arena_done(&t.a);
}

static uint32_t seed;
static uint32_t draw(uint32_t n)
{
    seed = seed * 1664525u + 1013904223u;
    return (seed >> 8) % n;
}

/* Cubes of random counts, areas × types × sources, every margin told. */
static void test_suppress__stands_attacks_on_random_cubes(void)
{
    static struct table t;
    size_t hidden = 0, told = 0;
    for (uint32_t round = 1; round <= 60; round++) {
        enum { A = 4, B = 5, C = 4 };
        uint32_t at[A + 1][B + 1][C + 1], part[8];
        seed = round;
        table_open(&t);
        for (size_t a = 0; a < A; a++)
            for (size_t b = 0; b < B; b++)
                for (size_t c = 0; c < C; c++)
                    at[a][b][c] = cell(&t, draw(3) ? draw(round % 4 ? 60 : 14) : 0);
        for (size_t a = 0; a < A; a++)
            for (size_t b = 0; b < B; b++)
                at[a][b][C] = total(&t, at[a][b], C);
        for (size_t a = 0; a < A; a++)
            for (size_t c = 0; c <= C; c++) {
                for (size_t b = 0; b < B; b++)
                    part[b] = at[a][b][c];
                if (c < C)
                    at[a][B][c] = total(&t, part, B);
                else {
                    at[a][B][C] = total(&t, at[a][B], C);
                    tie(&t, at[a][B][C], part, B);
                }
            }
        for (size_t b = 0; b <= B; b++)
            for (size_t c = 0; c <= C; c++) {
                for (size_t a = 0; a < A; a++)
                    part[a] = at[a][b][c];
                at[A][b][c] = total(&t, part, A);
            }
        for (size_t b = 0; b <= B; b++)
            tie(&t, at[A][b][C], at[A][b], C);
        for (size_t c = 0; c <= C; c++) {
            for (size_t b = 0; b < B; b++)
                part[b] = at[A][b][c];
            tie(&t, at[A][B][c], part, B);
        }
        guard(&t);
        if (!OK(is_safe(&t)))
            printf("# seed %u\n", round);
        for (size_t i = 0; i < t.s.n; i++) {
            hidden += t.cell[i].hidden;
            told += !t.cell[i].hidden;
        }
        arena_done(&t.a);
    }
    OK(hidden > 0 && told > hidden / 4);
    printf("# %zu left out, %zu told\n", hidden, told);
}

/* The attack must be able to win: without complements it does. */
static void test_suppress__is_attacked_in_earnest(void)
{
    static struct table t;
    bool known[CELLS_MAX] = { 0 };
    uint32_t at[12];
    table_open(&t);
    for (size_t i = 0; i < 12; i++)
        at[i] = cell(&t, 20 + (int64_t)i);
    square(&t, 3, 4, at);
    t.cell[5].hidden = true;
    OK(solve(&t.s, known) == 1 && known[5]);
    OK(!is_safe(&t));
    arena_done(&t.a);
}

int main(void)
{
    test_suppress__leaves_out_a_complement_in_one_sum();
    test_suppress__lets_small_ones_together_be_no_small_sum();
    test_suppress__leaves_out_a_total_that_would_tell();
    test_suppress__tells_a_table_without_small_cells_whole();
    test_suppress__sees_through_sums_taken_together();
    test_suppress__looks_beyond_a_sum_left_out_whole();
    test_suppress__takes_what_lies_under_along();
    test_suppress__stands_attacks_on_random_cubes();
    test_suppress__is_attacked_in_earnest();
    return tap_end();
}
