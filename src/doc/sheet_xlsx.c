/* sheet_xlsx.c - reads XLSX: the zip file, its workbook, then one worksheet a
 * row at a time. */
#include "doc/sheet_xlsx.h"

enum { PARTS_MAX = 10000 };

static void xlsx_close(void *p)
{
    struct xlsx *f = p;
    sheet_xml_done(&f->xml);
    sheet_strings_done(&f->strings);
    buf_done(&f->at.value);
    if (f->zip)
        zip_discard(f->zip);
}

/* The source takes over the file, also when this fails. */
static zip_t *open_zip(struct sheet_source *s, zip_error_t *why)
{
    zip_source_t *source = s->file
        ? zip_source_filep_create(s->file, 0, 0, why)
        : zip_source_buffer_create(s->bytes.p, s->bytes.n, 0, why);
    if (!source)
        return NULL;
    s->file = NULL;
    zip_t *zip = zip_open_from_source(source, ZIP_RDONLY, why);
    if (!zip)
        zip_source_free(source);
    return zip;
}

static bool xlsx_open_zip(struct xlsx *f, struct sheet_reader *r, struct err *e)
{
    zip_error_t why;
    zip_error_init(&why);
    f->zip = open_zip(&r->source, &why);
    if (!f->zip)
        sheet_bad(e, "ZIP", zip_error_strerror(&why));
    zip_error_fini(&why);
    if (f->zip && zip_get_num_entries(f->zip, 0) > PARTS_MAX)
        return sheet_bad(e, "ZIP", "has too many parts");
    return f->zip;
}

static size_t first_visible(const struct xlsx_book *book)
{
    for (size_t i = 0; i < book->sheets.n; i++)
        if (!book->sheets.v[i].hidden)
            return i;
    return 0;
}

static bool xlsx_choose(struct sheet_reader *r, size_t i, struct err *e)
{
    struct xlsx *f = r->own;
    struct buf value = f->at.value;
    sheet_xml_done(&f->xml);
    memset(&f->at, 0, sizeof f->at);
    f->at.value = value;
    r->inflated = f->inflated;
    return sheet_xml_open(&f->xml, r, f->zip, f->book.sheets.v[i].part, &xlsx_cells_on, f, e);
}

static bool xlsx_open(struct sheet_reader *r, struct err *e)
{
    struct xlsx *f = arena_new(r->arena, struct xlsx);
    r->own = f;
    buf_init(&f->at.value, r->limits.cell_bytes);
    arena_defer(r->arena, xlsx_close, f);
    if (!xlsx_open_zip(f, r, e) || !xlsx_book_read(&f->book, r, f->zip, e))
        return false;
    if (f->book.styles && !sheet_styles_read(&f->styles, r, f->zip, f->book.styles, e))
        return false;
    if (f->book.strings && !sheet_strings_open(&f->strings, r, f->zip, f->book.strings, e))
        return false;
    f->inflated = r->inflated;
    return xlsx_choose(r, first_visible(&f->book), e);
}

static bool xlsx_read(struct sheet_reader *r, struct err *e)
{
    struct xlsx *f = r->own;
    sheet_line_begin(r, f->at.row);
    return sheet_xml_next(&f->xml, e);
}

static size_t xlsx_count(const struct sheet_reader *r)
{
    return ((const struct xlsx *)r->own)->book.sheets.n;
}

static struct str xlsx_name(const struct sheet_reader *r, size_t i)
{
    return ((const struct xlsx *)r->own)->book.sheets.v[i].name;
}

static bool xlsx_is_hidden(const struct sheet_reader *r, size_t i)
{
    return ((const struct xlsx *)r->own)->book.sheets.v[i].hidden;
}

const struct sheet_reader_ops sheet_xlsx_ops = {
    .format = SHEET_XLSX, .open = xlsx_open, .read = xlsx_read, .count = xlsx_count,
    .name = xlsx_name, .is_hidden = xlsx_is_hidden, .choose = xlsx_choose,
};
