/* sheet_strings.c - the shared strings of an XLSX (ECMA-376 part 1, 18.4). */
#include "doc/sheet_xlsx.h"
#include <errno.h>
#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

struct filling {
    struct sheet_strings *s;
    uint64_t at;                    /* bytes written */
    size_t in_string;               /* bytes of the string being written */
    bool in_item, takes;
    unsigned phonetic;
};

static void on_start(struct sheet_xml *x, struct str name, const char **atts)
{
    struct filling *f = x->ctx;
    (void)atts;
    if (str_is(name, "si")) {
        f->in_item = true;
        f->in_string = 0;
    } else if (str_is(name, "rPh")) {
        f->phonetic++;
    } else if (str_is(name, "t")) {
        f->takes = f->in_item && !f->phonetic;
    }
}

static void write_failed(struct sheet_xml *x)
{
    err_detail(x->e, ERR_UNAVAILABLE, "writing shared strings: errno %d", errno);
    sheet_xml_stop(x);
}

static void on_end(struct sheet_xml *x, struct str name)
{
    struct filling *f = x->ctx;
    if (str_is(name, "t")) {
        f->takes = false;
    } else if (str_is(name, "rPh")) {
        f->phonetic--;
    } else if (str_is(name, "si")) {
        f->in_item = false;
        if (fwrite(&f->at, sizeof f->at, 1, f->s->index) != 1)
            write_failed(x);
        f->s->n++;
    }
}

/* Keeps one byte more than a cell may have, so that its cell is refused. */
static void on_text(struct sheet_xml *x, struct str text)
{
    struct filling *f = x->ctx;
    if (!f->takes)
        return;
    text = str_sub(text, 0, x->reader->limits.cell_bytes + 1 - f->in_string);
    f->in_string += text.n;
    f->at += text.n;
    if (text.n && fwrite(text.p, text.n, 1, f->s->text) != 1)
        write_failed(x);
}

static const struct sheet_xml_on strings_on = { on_start, on_end, on_text };

static bool map_file(FILE *f, size_t bytes, const void **out, struct err *e)
{
    if (fflush(f) != 0)
        return err_detail(e, ERR_UNAVAILABLE, "writing shared strings: errno %d", errno);
    if (bytes == 0)
        return true;
    void *p = mmap(NULL, bytes, PROT_READ, MAP_SHARED, fileno(f), 0);
    if (p == MAP_FAILED)
        return err_detail(e, ERR_UNAVAILABLE, "mapping shared strings: errno %d", errno);
    *out = p;
    return true;
}

/* Beside the file being read: the system's folder may be memory. Not every file
 * system can hold a file without a name. */
static FILE *temp_file(const char *folder)
{
    int fd = folder ? open(folder, O_TMPFILE | O_RDWR | O_CLOEXEC, 0600) : -1;
    if (fd < 0)
        return tmpfile();
    FILE *f = fdopen(fd, "w+");
    if (!f)
        close(fd);
    return f;
}

bool sheet_strings_open(struct sheet_strings *s, struct sheet_reader *r, zip_t *zip,
                        const char *part, struct err *e)
{
    struct filling f = { .s = s };
    const void *text = NULL, *ends = NULL;
    s->text = temp_file(r->source.folder);
    s->index = temp_file(r->source.folder);
    if (!s->text || !s->index)
        return err_detail(e, ERR_UNAVAILABLE, "no temporary file: errno %d", errno);
    if (!sheet_xml_run(r, zip, part, &strings_on, &f, e))
        return false;
    s->bytes = f.at;
    bool ok = map_file(s->text, s->bytes, &text, e)
           && map_file(s->index, s->n * sizeof *s->ends, &ends, e);
    s->p = text;
    s->ends = ends;
    return ok;
}

void sheet_strings_done(struct sheet_strings *s)
{
    if (s->p)
        munmap((void *)s->p, s->bytes);
    if (s->ends)
        munmap((void *)s->ends, s->n * sizeof *s->ends);
    if (s->text)
        fclose(s->text);
    if (s->index)
        fclose(s->index);
    *s = (struct sheet_strings){ 0 };
}

bool sheet_strings_get(const struct sheet_strings *s, size_t i, struct str *out)
{
    if (i >= s->n)
        return false;
    uint64_t from = i ? s->ends[i - 1] : 0;
    *out = (struct str){ s->p ? s->p + from : NULL, s->ends[i] - from };
    return true;
}
