/* pdf.h - looking at a PDF with Poppler's programs: its text, its fonts, its ink. */
#ifndef TEST_PDF_H
#define TEST_PDF_H
#include "base/arena.h"
#include "base/buf.h"
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

struct pdf { char dir[64]; const char *path; struct arena *a; };

static inline void pdf_put(struct pdf *x, struct arena *a, struct str bytes)
{
    *x = (struct pdf){ .a = a };
    snprintf(x->dir, sizeof x->dir, "/tmp/fq-pdf-XXXXXX");
    if (!mkdtemp(x->dir))
        abort();
    x->path = arena_printf(a, "%s/x.pdf", x->dir).p;
    FILE *f = fopen(x->path, "wb");
    if (!f || fwrite(bytes.p, 1, bytes.n, f) != bytes.n || fclose(f))
        abort();
}

/* Runs a program with the file's path among its words; false when it fails. */
static inline bool pdf_run(const char *const *argv)
{
    pid_t child = fork();
    int status = 1;
    if (child == 0) {
        execvp(argv[0], (char *const *)(uintptr_t)argv);
        _exit(127);
    }
    return child > 0 && waitpid(child, &status, 0) == child && status == 0;
}

static inline struct str pdf_read(struct pdf *x, const char *path)
{
    struct buf b;
    FILE *f = fopen(path, "rb");
    buf_init(&b, 256 << 20);
    for (size_t n = 1; f && n; ) {
        char *room = buf_room(&b, 65536);
        n = room ? fread(room, 1, 65536, f) : 0;
        buf_took(&b, n);
    }
    if (f)
        fclose(f);
    struct str s = arena_dup(x->a, buf_str(&b));
    buf_done(&b);
    return s;
}

static inline struct str pdf_text(struct pdf *x)
{
    const char *out = arena_printf(x->a, "%s/x.txt", x->dir).p;
    const char *argv[] = { "pdftotext", "-q", x->path, out, NULL };
    return pdf_run(argv) ? pdf_read(x, out) : STR("");
}

/* Page n from 1 in grey at dots an inch: 0 black. */
struct ink { unsigned width, height; const unsigned char *p; };
static inline bool pdf_ink(struct pdf *x, unsigned page, unsigned dpi, struct ink *out)
{
    char n[16], r[16];
    snprintf(n, sizeof n, "%u", page);
    snprintf(r, sizeof r, "%u", dpi);
    const char *root = arena_printf(x->a, "%s/p", x->dir).p;
    const char *argv[] = { "pdftoppm", "-q", "-gray", "-singlefile", "-f", n, "-r", r, x->path,
                           root, NULL };
    if (!pdf_run(argv))
        return false;
    struct str s = pdf_read(x, arena_printf(x->a, "%s.pgm", root).p);
    int at = 0;
    if (sscanf(s.p, "P5 %u %u 255%n", &out->width, &out->height, &at) != 2 || !at)
        return false;
    out->p = (const unsigned char *)s.p + at + 1;
    return s.n >= (size_t)at + 1 + (size_t)out->width * out->height;
}

/* Dark dots in a rectangle given in points. */
static inline unsigned ink_dark(const struct ink *k, unsigned dpi, double x, double y, double w,
                                double h)
{
    double f = dpi / 72.0;
    unsigned n = 0;
    for (unsigned i = (unsigned)(y * f); i < (unsigned)((y + h) * f) && i < k->height; i++)
        for (unsigned c = (unsigned)(x * f); c < (unsigned)((x + w) * f) && c < k->width; c++)
            n += k->p[i * k->width + c] < 160;
    return n;
}

/* Without blanks and line ends: a page breaks lines where it likes. */
static inline struct str squeeze(struct arena *a, struct str s)
{
    char *out = arena_alloc(a, s.n + 1);
    size_t n = 0;
    for (size_t i = 0; i < s.n; i++) {
        bool wide = i + 2 < s.n && !memcmp(s.p + i, "\xe3\x80\x80", 3);
        if (wide)
            i += 2;
        else if (!isspace((unsigned char)s.p[i]))
            out[n++] = s.p[i];
    }
    return (struct str){ out, n };
}

static inline void pdf_done(struct pdf *x)
{
    static const char *const names[] = { "x.pdf", "x.txt", "p.pgm" };
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        unlink(arena_printf(x->a, "%s/%s", x->dir, names[i]).p);
    rmdir(x->dir);
}
#endif
