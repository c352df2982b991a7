/* sheet_impl.h - what the files of sheet.h share: the reader, its vtable, the
 * row under construction, and the bytes it all comes from. */
#ifndef DOC_SHEET_IMPL_H
#define DOC_SHEET_IMPL_H
#include "doc/sheet.h"

/* The row being read. Text goes to the open cell; closing it places the cell. */
struct sheet_line {
    struct buf text;
    struct sheet_span { size_t at, n; } *cells;     /* limits.columns of them */
    size_t n;                       /* up to the last cell with text */
    size_t begin;                   /* where the open cell's text begins */
    size_t column;                  /* of the open cell, from 0 */
    size_t number;                  /* of the row, from 1 */
    size_t rounded;                 /* see struct sheet_row */
};

/* A file, or bytes in memory when file is NULL. */
struct sheet_source {
    FILE *file;
    const char *folder;             /* of the file, or NULL */
    struct str bytes;
    size_t at;                      /* of bytes */
    uint64_t size;
};

struct sheet_reader {
    const struct sheet_reader_ops *ops;
    struct arena *arena;
    struct sheet_limits limits;
    struct sheet_source source;
    struct sheet_line line;
    uint64_t inflated;              /* bytes unpacked so far */
    size_t rows;                    /* rows handed out */
    bool ended;
    struct err failed;              /* the failure that stays */
    void *own;                      /* what the format keeps */
};

struct sheet_reader_ops {
    enum sheet_format format;
    bool (*open)(struct sheet_reader *r, struct err *e);
    /* Fills r->line; false at the end or on a failure. */
    bool (*read)(struct sheet_reader *r, struct err *e);
    size_t (*count)(const struct sheet_reader *r);
    struct str (*name)(const struct sheet_reader *r, size_t i);
    bool (*is_hidden)(const struct sheet_reader *r, size_t i);
    bool (*choose)(struct sheet_reader *r, size_t i, struct err *e);
};
extern const struct sheet_reader_ops sheet_csv_ops, sheet_xlsx_ops;

/* Bytes read, 0 at the end; false when the disk fails. */
bool sheet_source_read(struct sheet_source *s, char *to, size_t max, size_t *got,
                       struct err *e) MUST_CHECK;
void sheet_source_rewind(struct sheet_source *s);
/* Counts unpacked bytes against the limit. ERR_TOO_LARGE. */
bool sheet_count_bytes(struct sheet_reader *r, size_t n, struct err *e) MUST_CHECK;

/* Row number begins with an empty cell open at column 0. */
void sheet_line_begin(struct sheet_reader *r, size_t number);
/* Appends to the open cell. ERR_SHEET_CELL, ERR_SHEET_COLUMNS. */
bool sheet_line_add(struct sheet_reader *r, struct str text, struct err *e) MUST_CHECK;
/* Places the open cell and opens an empty one at column. */
void sheet_line_open(struct sheet_reader *r, size_t column);
/* "C12" for a column from 0 and a row from 1. */
void sheet_ref_format(size_t column, size_t number, char out[32]);

/* "/a/b/" of "/a/b/c", "." of a bare name. */
const char *sheet_folder_of(struct arena *a, const char *path);

/* Always false: ERR_BAD_FILE with what (a part or a cell; safe for any
 * language) for the reader, why for the log. */
bool sheet_bad(struct err *e, const char *what, const char *why);
#endif
