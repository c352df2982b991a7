/* fuzz_sheet.h - reads bytes as a table to the end, and holds the reader to
 * what sheet.h promises. */
#ifndef FUZZ_SHEET_H
#define FUZZ_SHEET_H
#include "base/utf8.h"
#include "doc/sheet.h"
#include "fuzz.h"

static const struct sheet_limits fuzz_limits = {
    .rows = 500, .columns = 20, .cell_bytes = 200, .inflated = 4 << 20,
};

static inline void fuzz_check_row(const struct sheet_row *row, size_t after)
{
    FUZZ_HOLDS(row->n > 0 && row->n <= fuzz_limits.columns && row->number > after);
    FUZZ_HOLDS(!str_empty(row->cells[row->n - 1]) && row->rounded <= fuzz_limits.columns);
    for (size_t i = 0; i < row->n; i++)
        FUZZ_HOLDS(row->cells[i].n <= fuzz_limits.cell_bytes && utf8_valid(row->cells[i]));
}

static inline size_t fuzz_read_sheet(struct sheet_reader *r, struct err *e)
{
    struct arena a = { 0 };
    struct sheet_row row;
    size_t number = 0, rows = 0;
    for (; sheet_read_row(r, &a, &row, e); rows++) {
        fuzz_check_row(&row, number);
        number = row.number;
        arena_clear(&a);
    }
    FUZZ_HOLDS(rows <= fuzz_limits.rows);
    arena_done(&a);
    return rows;
}

static inline void fuzz_read_bytes(struct str bytes)
{
    struct arena a = { 0 };
    struct sheet_reader *r;
    struct err e = { 0 }, again = { 0 };
    if (sheet_open_memory(&a, bytes, &fuzz_limits, &r, &e)) {
        size_t rows = fuzz_read_sheet(r, &e);
        if (sheet_count(r) > 1 && sheet_choose(r, 1, &again))
            fuzz_read_sheet(r, &again);
        else if (sheet_count(r) == 1 && sheet_choose(r, 0, &again))
            FUZZ_HOLDS(fuzz_read_sheet(r, &again) == rows && again.id == e.id);
    }
    arena_done(&a);
}
#endif
