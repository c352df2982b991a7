/* sheet_write_xlsx.c - writes XLSX by libxlsxwriter in its constant-memory
 * mode: rows go to a temporary file beside the result as they come. */
#include "base/utf8.h"
#include "doc/sheet_impl.h"
#include "doc/sheet_writer.h"
#include <ctype.h>
#include <math.h>
#include <xlsxwriter.h>

enum { TEXT_MAX = 32767 };              /* UTF-16 units in a cell */
enum { ROWS_MAX = LXW_ROW_MAX };
enum { SHEET_NAME_MAX = 31, PAPER_A4 = 9 };
/* Spreadsheets keep 15 digits of a number. */
static const int64_t exact_max = 999999999999999;
static const int32_t first_serial_day = -25508;         /* 1900-03-01, past the leap bug */
static const int32_t serial_of_1970 = 25569;
static const char font[] = "宋体";

static const struct { const char *format; unsigned width; } looks[SHEET_KIND__COUNT] = {
    [SHEET_TEXT]  = { "@",                    24 },
    [SHEET_INT]   = { "0",                    12 },
    [SHEET_FEN]   = { "0.00",                 14 },
    [SHEET_DAY]   = { "yyyy\\-mm\\-dd",          12 },
    [SHEET_STAMP] = { "yyyy\\-mm\\-dd hh:mm:ss", 20 },
};

struct xlsx_writer {
    lxw_workbook *book;
    lxw_worksheet *sheet;
    lxw_format *formats[SHEET_KIND__COUNT], *header;
};

static lxw_format *add_format(lxw_workbook *book)
{
    lxw_format *f = workbook_add_format(book);
    if (!f)
        abort();
    format_set_font_name(f, font);
    format_set_font_size(f, 11);
    return f;
}

/* ---- text ---- */

static bool is_allowed(uint32_t c)
{
    return c != 0xFFFE && c != 0xFFFF;
}

/* Text that would be read as an escaped character (ECMA-376 18.4.12). */
static bool begins_escape(struct str s)
{
    if (s.n < 7 || memcmp(s.p, "_x", 2) != 0 || s.p[6] != '_')
        return false;
    for (size_t i = 2; i < 6; i++)
        if (!isxdigit((unsigned char)s.p[i]))
            return false;
    return true;
}

/* What XML can hold of s, cut visibly to max UTF-16 units; NUL-terminated. */
static const char *clean_text(struct arena *a, struct str s, size_t max)
{
    enum { ELLIPSIS = 0x2026 };
    static const struct str underscore = STR_INIT("x005F_");
    char *out = arena_alloc(a, s.n * 3 + 8), *p = out;
    size_t units = 0;
    while (s.n) {
        bool escape = begins_escape(s);
        uint32_t c = utf8_next(&s);
        if (c == 0 || !is_allowed(c))
            c = 0xFFFD;
        size_t more = (c > 0xFFFF ? 2 : 1) + (escape ? underscore.n : 0);
        if (units + more > max - (s.n > 0)) {
            c = ELLIPSIS;
            s = STR_NONE;
            escape = false;
        }
        units += more;
        p += utf8_put(c, p);
        if (escape) {
            memcpy(p, underscore.p, underscore.n);
            p += underscore.n;
        }
    }
    return out;
}

/* A name spreadsheets take: 1 to 31 characters, none of []:*?/\, no apostrophe
 * at an end. */
static const char *clean_name(struct arena *a, struct str s)
{
    char *name = (char *)(uintptr_t)clean_text(a, s, SHEET_NAME_MAX);
    for (char *p = name; *p; p++)
        if (strchr("[]:*?/\\'", *p) || (unsigned char)*p < ' ')
            *p = ' ';
    return *name ? name : "Sheet1";
}

/* ---- rows ---- */

static bool check(const struct sheet_writer *w, lxw_error rc, struct err *e)
{
    if (rc == LXW_NO_ERROR)
        return true;
    return err_detail(e, ERR_UNAVAILABLE, "writing %s: %s", w->path, lxw_strerror(rc));
}

static lxw_error write_text(struct sheet_writer *w, size_t column, struct str s, lxw_format *f)
{
    struct xlsx_writer *x = w->own;
    return worksheet_write_string(x->sheet, (lxw_row_t)w->rows, (lxw_col_t)column,
                                  clean_text(&w->row_arena, s, TEXT_MAX), f);
}

/* The number a typed cell is, false where only text says it exactly. */
static bool number_of(const struct sheet_cell *cell, enum sheet_kind kind, double *out)
{
    struct day day = kind == SHEET_STAMP ? day_of_stamp(cell->stamp) : cell->day;
    switch (kind) {
    case SHEET_INT:
    case SHEET_FEN:
        *out = kind == SHEET_FEN ? (double)cell->n / 100 : (double)cell->n;
        return cell->n <= exact_max && cell->n >= -exact_max;
    case SHEET_DAY:
        *out = day.n + serial_of_1970;
        return day.n >= first_serial_day;
    case SHEET_STAMP:
        *out = floor((double)(cell->stamp.ms + ZONE_MS) / STAMP_SECOND) * STAMP_SECOND
             / (double)STAMP_DAY + serial_of_1970;
        return day.n >= first_serial_day;
    default:
        return false;
    }
}

static lxw_error write_cell(struct sheet_writer *w, size_t i, const struct sheet_cell *cell)
{
    struct xlsx_writer *x = w->own;
    enum sheet_kind kind = w->columns[i].kind;
    double number;
    if (sheet_cell_is_empty(cell, kind))
        return LXW_NO_ERROR;
    if (number_of(cell, kind, &number))
        return worksheet_write_number(x->sheet, (lxw_row_t)w->rows, (lxw_col_t)i, number,
                                      x->formats[kind]);
    return write_text(w, i, sheet_cell_text(&w->row_arena, cell, kind), x->formats[SHEET_TEXT]);
}

/* The library does not look whether its temporary file takes what it writes. */
static bool check_disk(const struct sheet_writer *w, bool last, struct err *e)
{
    const struct xlsx_writer *x = w->own;
    if (ferror(x->sheet->optimize_tmpfile) || (last && fflush(x->sheet->optimize_tmpfile) != 0))
        return err_detail(e, ERR_UNAVAILABLE, "writing the rows of %s: disk error", w->path);
    return true;
}

static bool xlsx_row(struct sheet_writer *w, const struct sheet_cell *cells, struct err *e)
{
    if (w->rows >= ROWS_MAX)
        return err_setf(e, ERR_SHEET_ROWS, "%d", ROWS_MAX);
    for (size_t i = 0; i < w->n; i++)
        if (!check(w, write_cell(w, i, &cells[i]), e))
            return false;
    return check_disk(w, false, e);
}

/* ---- the file ---- */

static bool write_header(struct sheet_writer *w, struct err *e)
{
    struct xlsx_writer *x = w->own;
    for (size_t i = 0; i < w->n; i++) {
        const struct sheet_column *c = &w->columns[i];
        unsigned width = c->width ? MIN(c->width, 250U) : looks[c->kind].width;
        lxw_error rc = worksheet_set_column(x->sheet, (lxw_col_t)i, (lxw_col_t)i, width,
                                            x->formats[c->kind]);
        if (!check(w, rc, e) || !check(w, write_text(w, i, c->title, x->header), e))
            return false;
    }
    worksheet_freeze_panes(x->sheet, 1, 0);
    worksheet_repeat_rows(x->sheet, 0, 0);
    worksheet_set_paper(x->sheet, PAPER_A4);
    worksheet_set_landscape(x->sheet);
    return true;
}

static void add_formats(struct xlsx_writer *x)
{
    for (size_t i = 0; i < SHEET_KIND__COUNT; i++) {
        x->formats[i] = add_format(x->book);
        format_set_num_format(x->formats[i], looks[i].format);
    }
    x->header = add_format(x->book);
    format_set_bold(x->header);
}

static bool xlsx_begin(struct sheet_writer *w, struct err *e)
{
    struct xlsx_writer *x = arena_new(w->arena, struct xlsx_writer);
    lxw_workbook_options options = {
        .constant_memory = LXW_TRUE,
        .tmpdir = (char *)(uintptr_t)sheet_folder_of(w->arena, w->path),
    };
    w->own = x;
    x->book = workbook_new_opt(w->path, &options);
    if (!x->book)
        return err_detail(e, ERR_UNAVAILABLE, "creating %s", w->path);
    x->sheet = workbook_add_worksheet(x->book, clean_name(w->arena, w->about.name));
    if (!x->sheet)
        return err_detail(e, ERR_UNAVAILABLE, "%s: no temporary file, or a bad name",
                          w->path);
    add_formats(x);
    return write_header(w, e);
}

static bool xlsx_done(struct sheet_writer *w, struct err *e)
{
    struct xlsx_writer *x = w->own;
    lxw_workbook *book = x->book;
    if (!check_disk(w, true, e)) {
        w->ops->drop(w);
        return false;
    }
    x->book = NULL;
    return check(w, workbook_close(book), e);
}

static void xlsx_drop(struct sheet_writer *w)
{
    struct xlsx_writer *x = w->own;
    if (x->book)
        lxw_workbook_free(x->book);
    x->book = NULL;
}

const struct sheet_writer_ops sheet_xlsx_writer_ops = {
    .begin = xlsx_begin, .row = xlsx_row, .done = xlsx_done, .drop = xlsx_drop,
};
