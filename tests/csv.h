/* csv.h - a small CSV reader for the tests: header line, quotes, no tricks. */
#ifndef TEST_CSV_H
#define TEST_CSV_H
#include "base/arena.h"

enum { CSV_COLUMNS = 40, CSV_ROWS = 2000, CSV_BYTES = 1 << 20 };
struct csv {
    struct str head[CSV_COLUMNS];
    struct str (*row)[CSV_COLUMNS];
    size_t columns, rows;
    bool ragged;                        /* some row has another number of cells */
};

static inline struct str csv_cell(struct arena *a, struct str *s)
{
    if (!str_starts(*s, STR("\""))) {
        size_t n = 0;
        while (n < s->n && s->p[n] != ',' && s->p[n] != '\n')
            n++;
        struct str cell = str_sub(*s, 0, n);
        *s = str_sub(*s, n, s->n);
        return cell;
    }
    char *out = arena_alloc(a, s->n);
    size_t n = 0, i = 1;
    for (; i < s->n && (s->p[i] != '"' || (i + 1 < s->n && s->p[i + 1] == '"')); i++) {
        i += s->p[i] == '"';
        out[n++] = s->p[i];
    }
    *s = str_sub(*s, i + 1, s->n);
    return (struct str){ out, n };
}

static inline size_t csv_line(struct arena *a, struct str *s, struct str out[CSV_COLUMNS])
{
    for (size_t n = 0; n < CSV_COLUMNS;) {
        out[n++] = csv_cell(a, s);
        bool more = str_starts(*s, STR(","));
        *s = str_sub(*s, 1, s->n);
        if (!more)
            return n;
    }
    return 0;
}

/* text must outlive the table. */
static inline struct csv csv_parse(struct arena *a, struct str text)
{
    struct csv c = { .columns = 0 };
    c.row = arena_alloc_array(a, sizeof(*c.row), CSV_ROWS);
    c.columns = csv_line(a, &text, c.head);
    while (text.n && c.rows < CSV_ROWS)
        c.ragged |= csv_line(a, &text, c.row[c.rows++]) != c.columns;
    return c;
}

/* Reads the file; no rows when it cannot be read. */
static inline struct csv csv_read(struct arena *a, const char *path)
{
    FILE *f = fopen(path, "rb");
    if (!f)
        return (struct csv){ .columns = 0 };
    char *p = arena_alloc(a, CSV_BYTES);
    struct str text = { p, fread(p, 1, CSV_BYTES, f) };
    fclose(f);
    return csv_parse(a, text);
}

/* The cell of that column; empty when there is no such column. */
static inline struct str csv_get(const struct csv *c, size_t row, const char *column)
{
    for (size_t i = 0; i < c->columns; i++)
        if (str_is(c->head[i], column))
            return c->row[row][i];
    return STR_NONE;
}
#endif
