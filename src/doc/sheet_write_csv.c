/* sheet_write_csv.c - writes CSV: UTF-8, commas, CRLF, quotes where needed.
 *
 * The hard thing is that spreadsheet programs run cells as formulas. A text
 * that begins like one and is no plain number gets an apostrophe in front. */
#include "doc/sheet_writer.h"
#include <errno.h>

static bool is_digit(char c) { return c >= '0' && c <= '9'; }

/* [+-]digits[.digits]: harmless, and worth keeping as it is. */
static bool is_plain_number(struct str s)
{
    size_t i = s.n && (s.p[0] == '+' || s.p[0] == '-'), from = i;
    while (i < s.n && is_digit(s.p[i]))
        i++;
    if (i == from)
        return false;
    if (i < s.n && s.p[i] == '.')
        for (i++; i < s.n && is_digit(s.p[i]); i++) { }
    return i == s.n;
}

static bool begins_formula(struct str s)
{
    static const char *const begins[] = { "=", "+", "-", "@", "\t", "\r", "\n",
                                          "＝", "＋", "－", "＠" };
    for (size_t i = 0; i < COUNT(begins); i++)
        if (str_starts(s, str_of(begins[i])))
            return !is_plain_number(s);
    return false;
}

static bool needs_quotes(struct str s)
{
    for (size_t i = 0; i < s.n; i++)
        if (strchr(",;\t\"\r\n", s.p[i]))
            return true;
    return s.n && (s.p[0] == ' ' || s.p[s.n - 1] == ' ');
}

static void put(FILE *f, struct str s)
{
    if (s.n)
        fwrite(s.p, 1, s.n, f);
}

/* Disk errors stick to the FILE and are asked once a row. */
static void put_cell(FILE *f, struct str s)
{
    bool formula = begins_formula(s);
    if (needs_quotes(s)) {
        fputs(formula ? "\"'" : "\"", f);
        for (size_t i = 0; i < s.n; i++) {
            if (s.p[i] == '"')
                fputc('"', f);
            fputc(s.p[i], f);
        }
        fputc('"', f);
        return;
    }
    if (formula)
        fputc('\'', f);
    put(f, s);
}

static bool row_end(struct sheet_writer *w, struct err *e)
{
    FILE *f = w->own;
    fputs("\r\n", f);
    if (ferror(f))
        return err_detail(e, ERR_UNAVAILABLE, "writing %s: errno %d", w->path, errno);
    return true;
}

static bool csv_begin(struct sheet_writer *w, struct err *e)
{
    FILE *f = fopen(w->path, "wbe");
    if (!f)
        return err_detail(e, ERR_UNAVAILABLE, "creating %s: errno %d", w->path, errno);
    w->own = f;
    if (w->about.bom)
        put(f, STR("\xEF\xBB\xBF"));
    for (size_t i = 0; i < w->n; i++) {
        if (i)
            fputc(',', f);
        put_cell(f, w->columns[i].title);
    }
    return row_end(w, e);
}

static bool csv_row(struct sheet_writer *w, const struct sheet_cell *cells, struct err *e)
{
    FILE *f = w->own;
    for (size_t i = 0; i < w->n; i++) {
        if (i)
            fputc(',', f);
        struct str text = sheet_cell_text(&w->row_arena, &cells[i], w->columns[i].kind);
        if (w->columns[i].kind == SHEET_TEXT)
            put_cell(f, text);
        else
            put(f, text);
    }
    return row_end(w, e);
}

static bool csv_done(struct sheet_writer *w, struct err *e)
{
    FILE *f = w->own;
    bool failed = ferror(f);
    w->own = NULL;
    if (fclose(f) != 0 || failed)
        return err_detail(e, ERR_UNAVAILABLE, "writing %s: errno %d", w->path, errno);
    return true;
}

static void csv_drop(struct sheet_writer *w)
{
    if (w->own)
        fclose(w->own);
    w->own = NULL;
}

const struct sheet_writer_ops sheet_csv_writer_ops = {
    .begin = csv_begin, .row = csv_row, .done = csv_done, .drop = csv_drop,
};
