/* sheet_writer.h - what the two writers of sheet.h share. */
#ifndef DOC_SHEET_WRITER_H
#define DOC_SHEET_WRITER_H
#include "doc/sheet.h"

struct sheet_writer {
    const struct sheet_writer_ops *ops;
    struct arena *arena;
    struct arena row_arena;         /* cleared after each row */
    const char *path;
    struct sheet_about about;
    const struct sheet_column *columns;
    size_t n;                       /* columns */
    size_t rows;                    /* written, with the header */
    bool finished;
    void *own;                      /* what the format keeps */
};

struct sheet_writer_ops {
    /* Opens the file and writes the header. */
    bool (*begin)(struct sheet_writer *w, struct err *e);
    bool (*row)(struct sheet_writer *w, const struct sheet_cell *cells, struct err *e);
    /* Completes and closes the file. */
    bool (*done)(struct sheet_writer *w, struct err *e);
    /* Closes it without completing it. */
    void (*drop)(struct sheet_writer *w);
};
extern const struct sheet_writer_ops sheet_csv_writer_ops, sheet_xlsx_writer_ops;

bool sheet_cell_is_empty(const struct sheet_cell *cell, enum sheet_kind kind);
/* The text of a cell, in a; STR_NONE when it is empty. */
struct str sheet_cell_text(struct arena *a, const struct sheet_cell *cell, enum sheet_kind kind);
#endif
