/* sheet_cells.c - the rows and cells of one worksheet (ECMA-376 part 1, 18.3).
 *
 * Cells say where they are; both order and agreement are checked, because a
 * file that goes back is made by nobody but an attacker. */
#include "doc/sheet_xlsx.h"
#include "base/utf8.h"

enum { COLUMN_MAX = 16384, ROW_MAX = 1048576 };

static void refuse(struct sheet_xml *x, const char *why)
{
    struct xlsx *f = x->ctx;
    char ref[32];
    sheet_ref_format(f->at.column, f->at.row, ref);
    sheet_bad(x->e, ref, why);
    sheet_xml_stop(x);
}

/* ---- rows ---- */

static void row_start(struct sheet_xml *x, const char **atts)
{
    struct xlsx *f = x->ctx;
    int64_t number = (int64_t)f->at.row + 1;
    struct str r = sheet_xml_att(atts, "r");
    f->at.column = f->at.next = 0;
    bool ok = str_empty(r) || str_to_i64(r, &number);
    if (!ok || number <= (int64_t)f->at.row || number > ROW_MAX) {
        refuse(x, "the rows are out of order");
        return;
    }
    f->at.row = (size_t)number;
    f->at.in_row = true;
    sheet_line_begin(x->reader, f->at.row);
}

static void row_end(struct sheet_xml *x)
{
    struct xlsx *f = x->ctx;
    f->at.in_row = false;
    if (x->reader->line.n)
        sheet_xml_pause(x);
}

/* ---- cells ---- */

/* "BC12" -> column 54 and row 12. */
static bool ref_parse(struct str s, size_t *column, int64_t *row)
{
    size_t i = 0, c = 0;
    for (; i < s.n && s.p[i] >= 'A' && s.p[i] <= 'Z' && c <= COLUMN_MAX; i++)
        c = c * 26 + (size_t)(s.p[i] - 'A') + 1;
    *column = c - 1;
    return c > 0 && c <= COLUMN_MAX && str_to_i64(str_sub(s, i, s.n), row);
}

static bool place_cell(struct xlsx *f, struct str ref)
{
    size_t column = f->at.next;
    int64_t row = (int64_t)f->at.row;
    if (!str_empty(ref) && !ref_parse(ref, &column, &row))
        return false;
    if (column < f->at.next || column >= COLUMN_MAX || row != (int64_t)f->at.row)
        return false;
    f->at.column = column;
    f->at.next = column + 1;
    return true;
}

static const struct { const char *name; enum xlsx_type type; } types[] = {
    { "", XLSX_NUMBER }, { "n", XLSX_NUMBER }, { "s", XLSX_SHARED }, { "str", XLSX_TEXT },
    { "inlineStr", XLSX_TEXT }, { "e", XLSX_TEXT }, { "b", XLSX_BOOL }, { "d", XLSX_DATE },
};

static bool type_of(struct str name, enum xlsx_type *out)
{
    for (size_t i = 0; i < COUNT(types); i++)
        if (str_is(name, types[i].name)) {
            *out = types[i].type;
            return true;
        }
    return false;
}

static void cell_start(struct sheet_xml *x, const char **atts)
{
    struct xlsx *f = x->ctx;
    int64_t style = 0;
    struct str s = sheet_xml_att(atts, "s");
    if (!place_cell(f, sheet_xml_att(atts, "r"))) {
        refuse(x, "the cells of the row are out of order");
        return;
    }
    if (!type_of(sheet_xml_att(atts, "t"), &f->at.type)
        || (!str_empty(s) && (!str_to_i64(s, &style) || style < 0))) {
        refuse(x, "unknown type or style");
        return;
    }
    f->at.style = (size_t)style;
    f->at.in_cell = true;
    f->at.takes = false;
    f->at.phonetic = 0;
    buf_clear(&f->at.value);
    sheet_line_open(x->reader, f->at.column);
}

/* Spreadsheets write characters that XML forbids as _xHHHH_ (18.4.12). */
static bool escape_at(struct str s, uint32_t *c)
{
    *c = 0;
    if (s.n < 7 || memcmp(s.p, "_x", 2) != 0 || s.p[6] != '_')
        return false;
    for (size_t i = 2; i < 6; i++) {
        char d = s.p[i];
        bool digit = d >= '0' && d <= '9';
        char low = (char)(d | 0x20);
        if (!digit && (low < 'a' || low > 'f'))
            return false;
        *c = *c << 4 | (uint32_t)(digit ? d - '0' : low - 'a' + 10);
    }
    return *c > 0 && (*c < 0xD800 || *c > 0xDFFF);
}

static bool add_text(struct sheet_reader *r, struct str s, struct err *e)
{
    uint32_t c;
    char utf8[4];
    size_t at = str_find(s, STR("_x"));
    while (at < s.n) {
        struct str rest = str_sub(s, at, s.n);
        bool escape = escape_at(rest, &c);
        struct str add = { utf8, escape ? utf8_put(c, utf8) : 0 };
        if (!sheet_line_add(r, str_sub(s, 0, escape ? at : at + 2), e)
            || !sheet_line_add(r, add, e))
            return false;
        s = str_sub(s, at + (escape ? 7 : 2), s.n);
        at = str_find(s, STR("_x"));
    }
    return sheet_line_add(r, s, e);
}

static bool add_number(struct xlsx *f, struct sheet_reader *r, struct str value, struct err *e)
{
    char text[SHEET_NUMBER_MAX];
    bool rounded = false;
    struct sheet_style style = { 0 };
    if (f->at.style < f->styles.n)
        style = f->styles.v[f->at.style];
    size_t n = sheet_number_format(value, style, f->book.is_1904, &rounded, text);
    if (rounded && !r->line.rounded)
        r->line.rounded = f->at.column + 1;
    return add_text(r, utf8_cut((struct str){ text, n }, n), e);
}

/* ISO 8601 as the standard's strict form writes it: whole seconds suffice. */
static struct str shorten_date(const struct xlsx *f, struct str value)
{
    enum { DAY_BYTES = 10, SECOND_BYTES = 19 };
    bool day = f->at.style < f->styles.n && f->styles.v[f->at.style].look == LOOK_DATE;
    return utf8_cut(value, day ? DAY_BYTES : SECOND_BYTES);
}

static bool add_value(struct xlsx *f, struct sheet_reader *r, struct err *e)
{
    struct str value = buf_str(&f->at.value), shared;
    char ref[32];
    bool is_false;
    int64_t i;
    switch (f->at.type) {
    case XLSX_SHARED:
        if (!str_to_i64(value, &i) || i < 0
            || !sheet_strings_get(&f->strings, (size_t)i, &shared)) {
            sheet_ref_format(f->at.column, f->at.row, ref);
            return sheet_bad(e, ref, "no such shared string");
        }
        if (shared.n > r->limits.cell_bytes)        /* it was cut when it was kept */
            return sheet_line_add(r, shared, e);
        return add_text(r, shared, e);
    case XLSX_BOOL:
        is_false = str_is(value, "0") || str_is(value, "false");
        return sheet_line_add(r, is_false ? STR("FALSE") : STR("TRUE"), e);
    case XLSX_DATE:
        return sheet_line_add(r, shorten_date(f, value), e);
    case XLSX_NUMBER:
        return add_number(f, r, value, e);
    default:
        return add_text(r, value, e);
    }
}

static void cell_end(struct sheet_xml *x)
{
    struct xlsx *f = x->ctx;
    f->at.in_cell = false;
    if (f->at.value.n && !add_value(f, x->reader, x->e)) {
        sheet_xml_stop(x);
        return;
    }
    sheet_line_open(x->reader, f->at.next);
}

/* ---- events ---- */

static void on_start(struct sheet_xml *x, struct str name, const char **atts)
{
    struct xlsx *f = x->ctx;
    if (f->at.in_cell) {
        f->at.phonetic += str_is(name, "rPh");
        f->at.takes = (str_is(name, "v") || str_is(name, "t")) && !f->at.phonetic;
    } else if (f->at.in_row && str_is(name, "c")) {
        cell_start(x, atts);
    } else if (f->at.in_data && !f->at.in_row && str_is(name, "row")) {
        row_start(x, atts);
    } else if (str_is(name, "sheetData")) {
        f->at.in_data = true;
    }
}

static void on_end(struct sheet_xml *x, struct str name)
{
    struct xlsx *f = x->ctx;
    if (f->at.in_cell && str_is(name, "c"))
        cell_end(x);
    else if (f->at.in_cell && str_is(name, "rPh"))
        f->at.phonetic -= f->at.phonetic > 0;
    else if (f->at.in_row && !f->at.in_cell && str_is(name, "row"))
        row_end(x);
    else if (str_is(name, "sheetData"))
        f->at.in_data = false;
    f->at.takes = false;
}

static void on_text(struct sheet_xml *x, struct str text)
{
    struct xlsx *f = x->ctx;
    char ref[32];
    if (!f->at.takes)
        return;
    buf_add(&f->at.value, text);
    if (buf_ok(&f->at.value))
        return;
    sheet_ref_format(f->at.column, f->at.row, ref);
    err_setf(x->e, ERR_SHEET_CELL, "%s", ref);
    sheet_xml_stop(x);
}

const struct sheet_xml_on xlsx_cells_on = { on_start, on_end, on_text };
