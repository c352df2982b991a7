#include "doc/sheet.h"
#include "doc/sheet_impl.h"
#include <errno.h>
#include <sys/stat.h>

const struct sheet_limits sheet_limits_default = {
    .rows = 200000, .columns = 200, .cell_bytes = 32 << 10, .inflated = (uint64_t)512 << 20,
};

bool sheet_bad(struct err *e, const char *what, const char *why)
{
    if (!err_is_set(e)) {
        err_setf(e, ERR_BAD_FILE, "%s", what);
        snprintf(e->detail, sizeof e->detail, "%s: %s", what, why);
    }
    return false;
}

/* ---- where the bytes come from ---- */

bool sheet_source_read(struct sheet_source *s, char *to, size_t max, size_t *got, struct err *e)
{
    if (s->file) {
        *got = fread(to, 1, max, s->file);
        if (*got == 0 && ferror(s->file))
            return err_detail(e, ERR_UNAVAILABLE, "reading a sheet: errno %d", errno);
        return true;
    }
    struct str part = str_sub(s->bytes, s->at, max);
    if (part.n)
        memcpy(to, part.p, part.n);
    s->at += part.n;
    *got = part.n;
    return true;
}

void sheet_source_rewind(struct sheet_source *s)
{
    if (s->file)
        rewind(s->file);
    s->at = 0;
}

bool sheet_count_bytes(struct sheet_reader *r, size_t n, struct err *e)
{
    r->inflated += n;
    if (r->inflated > r->limits.inflated)
        return err_setf(e, ERR_TOO_LARGE, "%llu MB",
                        (unsigned long long)(r->limits.inflated >> 20));
    return true;
}

/* ---- the row under construction ---- */

void sheet_line_begin(struct sheet_reader *r, size_t number)
{
    struct sheet_line *l = &r->line;
    buf_clear(&l->text);
    l->n = l->begin = l->column = l->rounded = 0;
    l->number = number;
}

void sheet_ref_format(size_t column, size_t number, char out[32])
{
    char letters[16];
    size_t at = sizeof letters;
    letters[--at] = 0;
    for (size_t c = column + 1; c && at; c = (c - 1) / 26)
        letters[--at] = (char)('A' + (c - 1) % 26);
    snprintf(out, 32, "%s%zu", letters + at, number % 1000000000000);
}

bool sheet_line_add(struct sheet_reader *r, struct str text, struct err *e)
{
    struct sheet_line *l = &r->line;
    if (text.n == 0)
        return true;
    if (l->column >= r->limits.columns)
        return err_setf(e, ERR_SHEET_COLUMNS, "%zu", r->limits.columns);
    if (text.n > r->limits.cell_bytes - (l->text.n - l->begin)) {
        char ref[32];
        sheet_ref_format(l->column, l->number, ref);
        return err_setf(e, ERR_SHEET_CELL, "%s", ref);
    }
    buf_add(&l->text, text);
    return true;
}

void sheet_line_open(struct sheet_reader *r, size_t column)
{
    struct sheet_line *l = &r->line;
    size_t n = l->text.n - l->begin;
    if (n) {
        while (l->n < l->column)
            l->cells[l->n++] = (struct sheet_span){ 0 };
        l->cells[l->n++] = (struct sheet_span){ l->begin, n };
    }
    l->begin = l->text.n;
    l->column = column;
}

static void line_take(const struct sheet_line *l, struct arena *a, struct sheet_row *row)
{
    struct str text = arena_dup(a, buf_str(&l->text));
    *row = (struct sheet_row){ .cells = arena_array(a, struct str, l->n), .n = l->n,
                               .number = l->number, .rounded = l->rounded };
    for (size_t i = 0; i < l->n; i++)
        row->cells[i] = str_sub(text, l->cells[i].at, l->cells[i].n);
}

/* ---- opening ---- */

const char *sheet_folder_of(struct arena *a, const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash ? arena_cstr(a, str_sub(str_of(path), 0, (size_t)(slash - path) + 1)) : ".";
}

static const struct { const char *magic; size_t n; const char *name; } strangers[] = {
    { "\xD0\xCF\x11\xE0", 4, "XLS" },           /* also an XLSX with a password */
    { "%PDF",             4, "PDF" },
    { "{\\rtf",           5, "RTF" },
    { "<html",            5, "HTML" },
    { "<!doctype",        9, "HTML" },
    { "<table",           6, "HTML" },
    { "<?xml",            5, "XML" },
    { "\x89PNG",          4, "PNG" },
    { "\xFF\xD8\xFF",     3, "JPEG" },
    { "Rar!",             4, "RAR" },
    { "7z\xBC\xAF",       4, "7Z" },
};

static bool sniff(struct sheet_reader *r, struct err *e)
{
    char head[64];
    size_t n;
    if (!sheet_source_read(&r->source, head, sizeof head, &n, e))
        return false;
    sheet_source_rewind(&r->source);
    struct str begin = { head, n };
    if (str_starts(begin, STR("PK\x03\x04")) || str_starts(begin, STR("PK\x05\x06"))) {
        r->ops = &sheet_xlsx_ops;
        return true;
    }
    if (str_starts(begin, STR("\xEF\xBB\xBF")))
        begin = str_sub(begin, 3, n);
    begin = str_trim(begin);
    for (size_t i = 0; i < COUNT(strangers); i++)
        if (str_eq_nocase(str_sub(begin, 0, strangers[i].n),
                          (struct str){ strangers[i].magic, strangers[i].n }))
            return err_setf(e, ERR_FILE_KIND, "%s", strangers[i].name);
    r->ops = &sheet_csv_ops;
    return true;
}

static void reader_close(void *p)
{
    struct sheet_reader *r = p;
    if (r->source.file)
        fclose(r->source.file);
    buf_done(&r->line.text);
}

static bool reader_open(struct arena *a, struct sheet_source source,
                        const struct sheet_limits *limits, struct sheet_reader **out,
                        struct err *e)
{
    struct sheet_reader *r = arena_new(a, struct sheet_reader);
    *r = (struct sheet_reader){ .arena = a, .source = source,
                                .limits = limits ? *limits : sheet_limits_default };
    arena_defer(a, reader_close, r);
    buf_init(&r->line.text, r->limits.columns * (r->limits.cell_bytes + 1));
    r->line.cells = arena_array(a, struct sheet_span, r->limits.columns);
    if (!sniff(r, e) || !r->ops->open(r, e))
        return false;
    *out = r;
    return true;
}

bool sheet_open_path(struct arena *a, const char *path, const struct sheet_limits *limits,
                     struct sheet_reader **out, struct err *e)
{
    FILE *f = fopen(path, "rbe");
    if (!f)
        return err_detail(e, ERR_NOT_FOUND, "%s: errno %d", path, errno);
    struct stat st;
    if (fstat(fileno(f), &st) != 0 || !S_ISREG(st.st_mode)) {
        fclose(f);
        return err_detail(e, ERR_NOT_FOUND, "%s is not a plain file", path);
    }
    struct sheet_source source = { .file = f, .folder = sheet_folder_of(a, path),
                                   .size = (uint64_t)st.st_size };
    return reader_open(a, source, limits, out, e);
}

bool sheet_open_memory(struct arena *a, struct str bytes, const struct sheet_limits *limits,
                       struct sheet_reader **out, struct err *e)
{
    return reader_open(a, (struct sheet_source){ .bytes = bytes, .size = bytes.n }, limits, out, e);
}

/* ---- reading ---- */

enum sheet_format sheet_format_of(const struct sheet_reader *r) { return r->ops->format; }
size_t sheet_count(const struct sheet_reader *r) { return r->ops->count(r); }

struct str sheet_name(const struct sheet_reader *r, size_t i)
{
    return i < sheet_count(r) ? r->ops->name(r, i) : STR_NONE;
}

bool sheet_is_hidden(const struct sheet_reader *r, size_t i)
{
    return i < sheet_count(r) && r->ops->is_hidden(r, i);
}

bool sheet_choose(struct sheet_reader *r, size_t i, struct err *e)
{
    if (i >= sheet_count(r))
        return err_detail(e, ERR_NOT_FOUND, "there is no sheet %zu", i);
    r->rows = 0;
    r->ended = false;
    err_clear(&r->failed);
    if (r->ops->choose(r, i, e))
        return true;
    r->failed = *e;
    r->ended = true;
    return false;
}

static bool read_filled(struct sheet_reader *r, struct err *e)
{
    do {
        if (!r->ops->read(r, e))
            return false;
        sheet_line_open(r, 0);
    } while (r->line.n == 0);
    if (r->rows == r->limits.rows)
        return err_setf(e, ERR_SHEET_ROWS, "%zu", r->limits.rows);
    r->rows++;
    return true;
}

bool sheet_read_row(struct sheet_reader *r, struct arena *a, struct sheet_row *row, struct err *e)
{
    if (err_is_set(e) || r->ended) {
        if (!err_is_set(e))
            *e = r->failed;
        return false;
    }
    if (!read_filled(r, e)) {
        r->failed = *e;
        r->ended = true;
        return false;
    }
    line_take(&r->line, a, row);
    return true;
}
