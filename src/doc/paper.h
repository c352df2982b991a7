/* paper.h - a paper 文书 before it is a page or a PDF: one model, two writers.
 *
 * A builder puts blocks one after the other; what a block looks like is the
 * writers' business (paper_page.c, paper_pdf.c), so both show the same text in
 * the same order. Everything lies in the arena the paper was made with. Texts
 * are UTF-8 of any origin: the writers escape or replace what they cannot show.
 * Bounds: PAPER_BLOCKS blocks, PAPER_ROWS rows a table; what is beyond is dropped
 * and the paper marked, and each writer refuses a marked paper (ERR_TOO_LARGE).
 *
 * Type area and pitch of a letter are those of GB/T 9704-2012: A4, 156 mm by
 * 225 mm, 22 lines of 28 characters of 16 pt. A form is set smaller. */
#ifndef DOC_PAPER_H
#define DOC_PAPER_H
#include "base/err.h"
#include "base/stamp.h"
#include "base/vec.h"

enum { PAPER_BLOCKS = 600, PAPER_ROWS = 2000, PAPER_COLUMNS = 8, PAPER_COPIES = 3 };
enum paper_style { PAPER_LETTER, PAPER_FORM };
enum paper_align { PAPER_LEFT, PAPER_CENTRE, PAPER_RIGHT };

struct paper_cell {
    struct str text;
    unsigned span;                      /* columns it covers; 0 is 1 */
    unsigned lines;                     /* at least so high, for writing by hand */
    bool label;                         /* centred, as the form's own words */
    enum paper_align align;
};
struct paper_row { const struct paper_cell *v; size_t n; bool head; };
struct paper_table {
    unsigned width[PAPER_COLUMNS];      /* shares of the whole */
    size_t columns;
    VEC(struct paper_row) rows;
};

enum paper_kind {
    PAPER_HEADING,                      /* text, bold, kept with what follows */
    PAPER_TO,                           /* text flush left: who is addressed */
    PAPER_TEXT,                         /* a paragraph, first line set in by two characters */
    PAPER_NOTE,                         /* small print */
    PAPER_LINE,                         /* text: label; value on a ruled line */
    PAPER_BOX,                          /* text: label; value in a frame of at least lines */
    PAPER_TABLE,
    PAPER_SIGN,                         /* text: who signs, at the left; value at the right */
    PAPER_SEAL,                         /* text: the body; value: the day; place for its seal */
    PAPER_QR,                           /* value: what the code says; text: beside it */
    PAPER_BREAK                         /* a new page */
};
struct paper_block {
    enum paper_kind kind;
    struct str text, value;
    unsigned lines;
    struct paper_table *table;
};

struct paper {
    struct arena *a;
    enum paper_style style;
    struct str title, number;           /* number: the line under the title, may be empty */
    struct str foot;                    /* small, at the foot of each page */
    struct str copies[PAPER_COPIES];    /* "第一联 存档"; each copy is printed whole */
    size_t copies_n;                    /* 0: one copy without a name */
    VEC(struct paper_block) blocks;
    struct stamp made_at;               /* in the PDF's properties; a paper of a day is
                                           the same, byte by byte, all day */
    bool overflow;
};

struct paper *paper_make(struct arena *a, enum paper_style style, struct str title);
void paper_put(struct paper *p, enum paper_kind kind, struct str text, struct str value);
static inline void paper_text(struct paper *p, struct str s)
{
    paper_put(p, PAPER_TEXT, s, STR(""));
}
/* A frame for writing by hand, at least lines high. */
void paper_box(struct paper *p, struct str label, struct str value, unsigned lines);
/* Adds a copy's name. */
void paper_copy(struct paper *p, struct str name);

/* Columns by their shares: struct paper_table *t = paper_table(p, 1, 2, 1, 2); */
#define paper_table(p, ...)                                                                    \
    paper_table_v(p, (const unsigned[]){ __VA_ARGS__ },                                        \
                  COUNT(((const unsigned[]){ __VA_ARGS__ })))
struct paper_table *paper_table_v(struct paper *p, const unsigned *width, size_t n);
/* One row: paper_row(p, t, PAPER_LABEL("姓名"), paper_cell(name)); the last cell takes
 * the columns that are left. Cells beyond the columns are dropped. */
#define paper_row(p, t, ...)                                                                   \
    paper_row_v(p, t, false, (const struct paper_cell[]){ __VA_ARGS__ },                       \
                COUNT(((const struct paper_cell[]){ __VA_ARGS__ })))
/* The same as a head, which begins each page the table reaches. */
#define paper_head(p, t, ...)                                                                  \
    paper_row_v(p, t, true, (const struct paper_cell[]){ __VA_ARGS__ },                        \
                COUNT(((const struct paper_cell[]){ __VA_ARGS__ })))
void paper_row_v(struct paper *p, struct paper_table *t, bool head, const struct paper_cell *v,
                 size_t n);
#define PAPER_LABEL(lit) ((struct paper_cell){ .text = STR(lit), .label = true })
static inline struct paper_cell paper_cell(struct str s)
{
    return (struct paper_cell){ .text = s };
}
static inline struct paper_cell paper_blank(unsigned lines)
{
    return (struct paper_cell){ .text = STR(""), .lines = lines };
}

/* Every text in its order, a line each: what the two writers must show, and what
 * a paper's digest is taken of. */
void paper_plain(const struct paper *p, struct buf *b);

/* ---- the print page ---- */

/* A whole HTML document of its own stylesheet at css (an address of this site), with
 * no script and no inline style. ERR_TOO_LARGE. */
bool paper_page(const struct paper *p, struct str css, struct buf *b, struct err *e) MUST_CHECK;
extern const struct str paper_css;

/* ---- a QR code ---- */

/* Modules row by row, 1 dark; side by side without quiet zone. False when it does
 * not fit (over 800 bytes). */
struct qr { unsigned side; const unsigned char *dark; };
bool qr_make(struct arena *a, struct str data, struct qr *out) MUST_CHECK;
#endif
