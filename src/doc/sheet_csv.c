/* sheet_csv.c - reads CSV as people send it: RFC 4180, and semicolons, tabs,
 * lone CR or LF, ragged rows, quotes inside unquoted cells, text behind a
 * closing quote. */
#include "doc/sheet_csv_text.h"

struct csv {
    struct csv_text text;
    char separator;
    size_t number;                  /* of the row being read */
    bool after_cr;                  /* a line feed next belongs to the row before */
};

/* What stopped a cell. */
enum stop { STOP_CELL, STOP_ROW, STOP_END, STOP_FAILED };

static enum stop failed_in_row(const struct sheet_reader *r, enum err_id id, struct err *e)
{
    err_setf(e, id, "%zu", r->line.number);
    return STOP_FAILED;
}

/* The next character, or STOP_END / STOP_FAILED behind *stop. */
static bool peek(struct sheet_reader *r, char *c, enum stop *stop, struct err *e)
{
    struct csv_text *t = &((struct csv *)r->own)->text;
    switch (csv_text_next(t, e)) {
    case CSV_BYTES:
        *c = t->out[t->at];
        return true;
    case CSV_BAD:
        *stop = failed_in_row(r, ERR_BAD_ENCODING, e);
        return false;
    case CSV_END:
        *stop = STOP_END;
        return false;
    default:
        *stop = STOP_FAILED;
        return false;
    }
}

/* Adds what comes before any of the four marks; false when a limit is hit. */
static bool add_run(struct sheet_reader *r, const char marks[4], struct err *e)
{
    struct csv_text *t = &((struct csv *)r->own)->text;
    size_t from = t->at;
    for (; t->at < t->n; t->at++) {
        char c = t->out[t->at];
        if (c == marks[0] || c == marks[1] || c == marks[2] || c == marks[3])
            break;
    }
    return sheet_line_add(r, (struct str){ t->out + from, t->at - from }, e);
}

/* A quoted cell so long that it ended a line on its way is a forgotten quote. */
static enum stop too_long_quoted(struct sheet_reader *r, struct str run, struct err *e)
{
    struct str cell = str_sub(buf_str(&r->line.text), r->line.begin, r->line.text.n);
    bool has_line_end = str_find(cell, STR("\n")) < cell.n || str_find(run, STR("\n")) < run.n;
    if (e->id == ERR_SHEET_CELL && has_line_end) {
        err_clear(e);
        return failed_in_row(r, ERR_SHEET_QUOTE, e);
    }
    return STOP_FAILED;
}

/* From behind the opening quote to behind the closing one, STOP_CELL when done. */
static enum stop read_quoted(struct sheet_reader *r, struct err *e)
{
    struct csv_text *t = &((struct csv *)r->own)->text;
    enum stop stop;
    char c;
    for (;;) {
        if (!peek(r, &c, &stop, e))
            return stop == STOP_END ? failed_in_row(r, ERR_SHEET_QUOTE, e) : stop;
        if (c == 0)
            return failed_in_row(r, ERR_SHEET_TEXT, e);
        if (c == '"') {
            t->at++;
            if (!peek(r, &c, &stop, e))
                return stop == STOP_END ? STOP_CELL : stop;
            if (c != '"')
                return STOP_CELL;
            t->at++;
            if (!sheet_line_add(r, STR("\""), e))
                return too_long_quoted(r, STR_NONE, e);
            continue;
        }
        size_t from = t->at;
        if (!add_run(r, (char[4]){ '"', 0, 0, 0 }, e))
            return too_long_quoted(r, (struct str){ t->out + from, t->at - from }, e);
    }
}

static enum stop read_plain(struct sheet_reader *r, struct err *e)
{
    struct csv *v = r->own;
    const char marks[4] = { v->separator, '\r', '\n', 0 };
    enum stop stop;
    char c;
    for (;;) {
        if (!peek(r, &c, &stop, e))
            return stop;
        if (c == 0)
            return failed_in_row(r, ERR_SHEET_TEXT, e);
        if (c == v->separator) {
            v->text.at++;
            return STOP_CELL;
        }
        if (c == '\r' || c == '\n') {
            v->text.at++;
            v->after_cr = c == '\r';
            return STOP_ROW;
        }
        if (!add_run(r, marks, e))
            return STOP_FAILED;
    }
}

static enum stop read_cell(struct sheet_reader *r, struct err *e)
{
    struct csv *v = r->own;
    enum stop stop;
    char c;
    if (!peek(r, &c, &stop, e))
        return stop;
    if (c == '"') {
        v->text.at++;
        stop = read_quoted(r, e);
        if (stop != STOP_CELL)
            return stop;
    }
    return read_plain(r, e);
}

static bool skip_line_feed(struct sheet_reader *r, struct err *e)
{
    struct csv *v = r->own;
    enum stop stop = STOP_END;
    char c;
    if (!v->after_cr)
        return true;
    v->after_cr = false;
    if (peek(r, &c, &stop, e)) {
        v->text.at += c == '\n';
        return true;
    }
    return stop == STOP_END;
}

static bool csv_read(struct sheet_reader *r, struct err *e)
{
    struct csv *v = r->own;
    sheet_line_begin(r, ++v->number);
    if (!skip_line_feed(r, e))
        return false;
    for (;;) {
        switch (read_cell(r, e)) {
        case STOP_CELL:
            sheet_line_open(r, r->line.column + 1);
            break;
        case STOP_ROW:
            return true;
        case STOP_END:
            return r->line.n > 0 || r->line.text.n > 0;
        default:
            return false;
        }
    }
}

/* The candidate seen most often in the first line, outside quotes. */
static char sniff_separator(struct str s)
{
    static const char candidates[] = { ',', ';', '\t' };
    size_t seen[COUNT(candidates)] = { 0 }, best = 0;
    bool quoted = false;
    for (size_t i = 0; i < s.n && (quoted || (s.p[i] != '\n' && s.p[i] != '\r')); i++) {
        quoted ^= s.p[i] == '"';
        for (size_t k = 0; k < COUNT(candidates); k++)
            seen[k] += !quoted && s.p[i] == candidates[k];
    }
    for (size_t k = 1; k < COUNT(candidates); k++)
        if (seen[k] > seen[best])
            best = k;
    return candidates[best];
}

static void csv_close(void *p)
{
    csv_text_done(&((struct csv *)p)->text);
}

static bool csv_open(struct sheet_reader *r, struct err *e)
{
    struct csv *v = arena_new(r->arena, struct csv);
    r->own = v;
    if (!csv_text_open(&v->text, r, e))
        return false;
    arena_defer(r->arena, csv_close, v);
    enum csv_next next = csv_text_next(&v->text, e);
    v->separator = sniff_separator((struct str){ v->text.out, v->text.n });
    return next != CSV_FAILED;
}

static bool csv_choose(struct sheet_reader *r, size_t i, struct err *e)
{
    struct csv *v = r->own;
    (void)i;
    v->number = 0;
    v->after_cr = false;
    return csv_text_rewind(&v->text, e);
}

static size_t csv_count(const struct sheet_reader *r) { (void)r; return 1; }

static struct str csv_name(const struct sheet_reader *r, size_t i)
{
    (void)r;
    (void)i;
    return STR_NONE;
}

static bool csv_is_hidden(const struct sheet_reader *r, size_t i)
{
    (void)r;
    (void)i;
    return false;
}

const struct sheet_reader_ops sheet_csv_ops = {
    .format = SHEET_CSV, .open = csv_open, .read = csv_read, .count = csv_count,
    .name = csv_name, .is_hidden = csv_is_hidden, .choose = csv_choose,
};
