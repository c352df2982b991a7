/* press_impl.h - what the files of the press share: one PDF being set. */
#ifndef DOC_PRESS_IMPL_H
#define DOC_PRESS_IMPL_H
#include "doc/press.h"
#include <pango/pangocairo.h>

/* The measures of a style, in points. */
struct measure {
    double left, right, top, bottom;    /* margins */
    double size, pitch, spacing;        /* of the body; spacing between characters */
    double title, title_pitch;
};
extern const struct measure press_measures[];

struct setting {
    struct press *press;
    const struct paper *paper;
    const struct measure *m;
    struct arena *a;
    cairo_t *cr;
    PangoContext *pango;
    bool draw;                          /* false: only counting pages */
    struct str copy;
    double y;                           /* where the next line begins */
    double seal_y;                      /* where the last seal's place begins */
    size_t page, pages;                 /* this one from 1; of the copy, once counted */
    size_t all_pages;
    VEC(uint32_t) missing;
};

/* How a run of text is set. */
struct face {
    double size, pitch, spacing;
    bool bold;
    enum paper_align align;
    bool justify;
};
/* Text laid out in width; freed with setting_drop. */
struct lines { PangoLayout *layout; int n; double width; struct face face; };

static inline double setting_width(const struct setting *s)
{
    return 595.276 - s->m->left - s->m->right;
}
static inline double setting_bottom(const struct setting *s) { return 841.89 - s->m->bottom; }
struct face setting_face(const struct setting *s);
struct lines setting_lay(struct setting *s, struct str text, double width, struct face f);
void setting_drop(struct lines *l);
/* Draws line i with its pitch's upper edge at y. */
void setting_line(struct setting *s, const struct lines *l, int i, double x, double y);
/* Begins a new page unless height is left on this one. */
void setting_need(struct setting *s, double height);
void setting_new_page(struct setting *s);
void setting_rule(struct setting *s, double x1, double y1, double x2, double y2);

void press_table(struct setting *s, const struct paper_table *t);
/* A framed row of one cell, for a box. */
void press_frame(struct setting *s, struct str text, unsigned lines);
#endif
