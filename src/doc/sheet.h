/* sheet.h - tables that people keep in files: one shape for reading CSV and
 * XLSX, one for writing them. No caller knows a file format.
 *
 * Reading and writing keep one row at a time: a table of 200,000 rows costs
 * the memory of its longest row. (The strings an XLSX shares between its cells
 * lie in an unlinked temporary file.) Every file read is hostile: bounded by
 * struct sheet_limits, never trusted for a size, a name or an order.
 *
 * Sources: RFC 4180; ECMA-376 part 1, 18.2 (workbook), 18.3 (worksheet), 18.4
 * (shared strings), 18.8 (styles); GB 18030-2022. */
#ifndef DOC_SHEET_H
#define DOC_SHEET_H
#include "base/arena.h"
#include "base/err.h"
#include "base/stamp.h"

enum sheet_format { SHEET_CSV, SHEET_XLSX, SHEET_FORMAT__COUNT };

/* ---- reading ---- */

struct sheet_limits {
    size_t rows;                    /* rows that hold anything */
    size_t columns;                 /* the last column that may hold anything */
    size_t cell_bytes;              /* UTF-8 bytes of one cell */
    uint64_t inflated;              /* bytes after unpacking, all parts together */
};
/* 200,000 rows, 200 columns, 32 KB a cell, 512 MB. */
extern const struct sheet_limits sheet_limits_default;

struct sheet_row {
    struct str *cells;              /* up to the last one that is not empty */
    size_t n;                       /* at least 1: rows without content are passed over */
    size_t number;                  /* from 1, as a spreadsheet program numbers it */
    size_t rounded;                 /* column (from 1) of the first number of over 15 digits, or
                                       0: spreadsheet programs keep 15, so an identity number
                                       typed as a number has lost its end */
};

/* The cell at column i (from 0); empty where the row is shorter. */
static inline struct str sheet_cell_at(const struct sheet_row *row, size_t i)
{
    return i < row->n ? row->cells[i] : STR_NONE;
}

struct sheet_reader;

/* Opens the file at path, or bytes, which must live as long as a; limits may
 * be NULL for the defaults. What it is is decided by its content, never by its
 * name: CSV (separated by comma, semicolon or tab; UTF-8 or GB 18030) or XLSX
 * (the first visible sheet is chosen). The reader closes with a. For an XLSX
 * the folder of path (else the system's) gets an unlinked temporary file.
 * ERR_NOT_FOUND, ERR_FILE_KIND (an XLS, a PDF, a page), ERR_BAD_FILE (the
 * argument names the part), ERR_TOO_LARGE. */
bool sheet_open_path(struct arena *a, const char *path, const struct sheet_limits *limits,
                     struct sheet_reader **out, struct err *e) MUST_CHECK;
bool sheet_open_memory(struct arena *a, struct str bytes, const struct sheet_limits *limits,
                       struct sheet_reader **out, struct err *e) MUST_CHECK;
enum sheet_format sheet_format_of(const struct sheet_reader *r);

/* The sheets of the file in its order; a CSV is one sheet without a name. */
size_t     sheet_count(const struct sheet_reader *r);
struct str sheet_name(const struct sheet_reader *r, size_t i);
bool       sheet_is_hidden(const struct sheet_reader *r, size_t i);
/* Reading starts (again) at the first row of sheet i. */
bool       sheet_choose(struct sheet_reader *r, size_t i, struct err *e) MUST_CHECK;

/* The next row that holds anything, its cells in a (clear a between rows).
 * False at the end with e unset, and on a failure with e set; a failure stays.
 *
 *     while (sheet_read_row(r, &a, &row, e)) { ...; arena_clear(&a); }
 *     if (err_is_set(e)) return false;
 *
 * Cells are valid UTF-8 as a person sees them: numbers without exponent and
 * with the zeros their format asks for, dates as YYYY-MM-DD or
 * YYYY-MM-DDTHH:MM:SS, booleans TRUE or FALSE, a formula's last result
 * (empty when the file keeps none); of merged cells only the first holds the
 * value. Percentages and currencies come without their sign.
 * ERR_BAD_ENCODING, ERR_SHEET_QUOTE, ERR_SHEET_TEXT (argument: the row),
 * ERR_SHEET_CELL (the cell, as C12), ERR_SHEET_ROWS, ERR_SHEET_COLUMNS,
 * ERR_TOO_LARGE, ERR_BAD_FILE (the part, or the cell). */
bool sheet_read_row(struct sheet_reader *r, struct arena *a, struct sheet_row *row,
                    struct err *e) MUST_CHECK;

/* ---- writing ---- */

enum sheet_kind {
    SHEET_TEXT,
    SHEET_INT,
    SHEET_FEN,                      /* shown as yuan with two decimals */
    SHEET_DAY,                      /* YYYY-MM-DD */
    SHEET_STAMP,                    /* YYYY-MM-DDTHH:MM:SS in the zone of the law */
    SHEET_KIND__COUNT,
};

struct sheet_column {
    const char *name;               /* stable, for programs */
    struct str title;               /* heads the column */
    enum sheet_kind kind;
    unsigned width;                 /* in digits (a Han character takes two); 0: by kind */
};

/* A value of its column's kind. An empty text, day 0 and stamp 0 are empty cells. */
struct sheet_cell {
    bool none;                      /* empty, whatever the kind */
    union {
        struct str text;
        int64_t n;                  /* SHEET_INT, SHEET_FEN */
        struct day day;
        struct stamp stamp;
    };
};

struct sheet_about {
    struct str name;                /* of the sheet; cleaned to what spreadsheets allow */
    bool bom;                       /* CSV begins with a byte order mark (Excel wants it) */
};

struct sheet_writer;

/* Creates (or empties) the file at path, mode 0600, and writes the header row. columns and
 * their titles must outlive the writer, which closes with a; a file that was
 * not finished is removed then. ERR_UNAVAILABLE when the disk fails. */
bool sheet_create(struct arena *a, enum sheet_format format, const char *path,
                  const struct sheet_about *about, const struct sheet_column *columns, size_t n,
                  struct sheet_writer **out, struct err *e) MUST_CHECK;
/* One row of as many cells as there are columns. Text never becomes a formula:
 * XLSX cells are typed, CSV cells that begin like one get an apostrophe in
 * front. XLSX cuts text at 32,767 characters (visibly, with an ellipsis) and
 * ends at 1,048,576 rows (ERR_SHEET_ROWS); numbers of over 15 digits become
 * text there. */
bool sheet_write_row(struct sheet_writer *w, const struct sheet_cell *cells,
                     struct err *e) MUST_CHECK;
/* Completes the file; the writer takes no more rows. */
bool sheet_finish(struct sheet_writer *w, struct err *e) MUST_CHECK;
#endif
