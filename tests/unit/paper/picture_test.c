/* How papers look: each of them blank, filled, and with ten parties of long and rare names,
 * as small grey pictures beside this file, compared where ink lies. A line that moves, a
 * table that grows, a font that is another one fails; PICTURES=renew writes them anew
 * (make pictures), to be looked at before they are committed. */
#include "doc/press.h"
#include "picture_fact.h"
#include "unit/doc/pdf.h"
#include <cairo.h>

enum {
    DPI = 75, LEVELS = 8,
    CELL = 6,                           /* dots; ink is compared by cells of them */
    CELL_DIFFERS = 24,                  /* of 255, in a cell's mean */
    CELLS_MAX = 3,                      /* of 1000 cells may differ: a font's finer points */
    PAGES_MAX = 2,
};
static const char *const kinds[] = { "blank", "plain", "big" };

static const char *path_of(const char *kind, const char *slug, unsigned page)
{
    return text(PROJECT_DIR "/tests/unit/paper/pictures/%s-%s%s.png", kind, slug,
                page > 1 ? "-2" : "").p;
}

/* ---- pictures ---- */

/* Few levels of grey: a picture stays small, and what is finer is nobody's to compare. */
static void write_picture(const char *path, const struct ink *k)
{
    cairo_surface_t *s = cairo_image_surface_create(CAIRO_FORMAT_A8, (int)k->width,
                                                    (int)k->height);
    unsigned char *p = cairo_image_surface_get_data(s);
    size_t row = (size_t)cairo_image_surface_get_stride(s);
    for (size_t y = 0; y < k->height; y++)
        for (size_t x = 0; x < k->width; x++)
            p[y * row + x] = (unsigned char)(k->p[y * k->width + x] / (256 / LEVELS) * 255
                                             / (LEVELS - 1));
    cairo_surface_mark_dirty(s);
    OK_INT(cairo_surface_write_to_png(s, path), CAIRO_STATUS_SUCCESS);
    cairo_surface_destroy(s);
}

static bool read_picture(const char *path, struct ink *out)
{
    cairo_surface_t *s = cairo_image_surface_create_from_png(path);
    bool ok = cairo_surface_status(s) == CAIRO_STATUS_SUCCESS;
    bool grey = cairo_image_surface_get_format(s) == CAIRO_FORMAT_A8;
    size_t w = ok ? (size_t)cairo_image_surface_get_width(s) : 0,
           h = ok ? (size_t)cairo_image_surface_get_height(s) : 0;
    const unsigned char *p = ok ? cairo_image_surface_get_data(s) : NULL;
    size_t row = ok ? (size_t)cairo_image_surface_get_stride(s) : 0;
    unsigned char *dots = arena_alloc(&town.a, w * h + 1);
    for (size_t y = 0; y < h; y++)
        for (size_t x = 0; x < w; x++)
            dots[y * w + x] = p[y * row + (grey ? x : 4 * x)];
    *out = (struct ink){ (unsigned)w, (unsigned)h, dots };
    cairo_surface_destroy(s);
    return ok;
}

/* The mean of a cell; down moves the picture. */
static int mean_of(const struct ink *k, size_t cx, size_t cy, size_t down)
{
    size_t sum = 0, n = 0;
    for (size_t y = cy * CELL; y < (cy + 1) * CELL && y < k->height; y++)
        for (size_t x = cx * CELL; x < (cx + 1) * CELL && x < k->width; x++, n++)
            sum += y >= down ? k->p[(y - down) * k->width + x] : 255;
    return n ? (int)(sum / n) : 255;
}

/* How many of 1000 cells with ink in either differ; 1000 for another size. */
static int64_t difference(const struct ink *a, const struct ink *b, size_t down)
{
    int64_t inked = 0, differ = 0;
    if (a->width != b->width || a->height != b->height)
        return 1000;
    for (size_t y = 0; y * CELL < a->height; y++)
        for (size_t x = 0; x * CELL < a->width; x++) {
            int p = mean_of(a, x, y, 0), q = mean_of(b, x, y, down);
            inked += p < 250 || q < 250;
            differ += abs(p - q) > CELL_DIFFERS;
        }
    return inked ? differ * 1000 / inked : 0;
}

/* ---- papers ---- */

static bool set(const char *kind, const struct paper_type *t, struct pdf *x, size_t *pages)
{
    struct paper_fact f = picture_fact(kind);
    while (!(t->audiences >> f.audience & 1))
        f.audience++;
    struct str hash;
    struct err e = { 0 };
    struct press_report report;
    struct buf b;
    buf_init(&b, PRESS_BYTES);
    bool ok = OK(press_pdf(town.app.press, paper_build(t, &f, &hash), &b, &report, &e));
    if (ok) {
        OK_STR(report.missing, "");
        *pages = report.pages;
        pdf_put(x, &town.a, buf_str(&b));
    }
    buf_done(&b);
    return ok;
}

static void compare(const char *path, const struct ink *now)
{
    struct ink kept;
    if (!OK(read_picture(path, &kept)))
        return;
    int64_t n = difference(&kept, now, 0);
    if (!OK(n <= CELLS_MAX))
        printf("#   %s: %lld of 1000 cells with ink differ\n", path, (long long)n);
    OK(difference(&kept, now, 2) > 10 * CELLS_MAX);     /* two dots further down is seen */
}

static void look(const char *kind, const struct paper_type *t, bool renew)
{
    struct pdf x;
    struct ink k;
    size_t pages = 0;
    if (!set(kind, t, &x, &pages))
        return;
    for (unsigned page = 1; page <= PAGES_MAX; page++) {
        const char *path = path_of(kind, t->slug, page);
        if (page > pages)
            OK(access(path, F_OK) != 0);                    /* a page fewer is seen */
        else if (!OK(pdf_ink(&x, page, DPI, &k)))
            continue;
        else if (renew)
            write_picture(path, &k);
        else
            compare(path, &k);
    }
    pdf_done(&x);
}

int main(void)
{
    const char *wish = getenv("PICTURES");
    bool renew = wish && !strcmp(wish, "renew");
    town_open();
    town.app.config.address = STR("https://fengqiao.example");
    for (size_t k = 0; k < COUNT(kinds); k++)
        for (size_t i = 0; i < paper_types_n; i++)
            look(kinds[k], &paper_types[i], renew);
    return town_close();
}
