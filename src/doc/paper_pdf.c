#include "doc/paper_pdf.h"
#include <math.h>

#define MM (72 / 25.4)
/* A letter by GB/T 9704-2012: 37 mm above, 28 mm left, 156 × 225 mm of 22 lines of 28
 * characters. A form has more on a page. */
const struct measure press_measures[] = {
    [PAPER_LETTER] = { .left = 28 * MM, .right = 26 * MM, .top = 37 * MM, .bottom = 35 * MM,
                       .size = 16, .pitch = 225 * MM / 22, .spacing = 156 * MM / 28 - 16,
                       .title = 22, .title_pitch = 36 },
    [PAPER_FORM] = { .left = 24 * MM, .right = 22 * MM, .top = 24 * MM, .bottom = 22 * MM,
                     .size = 12, .pitch = 20, .title = 18, .title_pitch = 30 },
};
enum { SMALL = 9, SMALL_PITCH = 14, QR_MM = 28 };

/* ---- what stands on each page ---- */

static struct face small(enum paper_align align)
{
    return (struct face){ SMALL, SMALL_PITCH, 0, false, align, false };
}

static void put_small(struct setting *s, struct str text, double y, enum paper_align align)
{
    if (!text.n)
        return;
    struct lines l = setting_lay(s, text, setting_width(s), small(align));
    setting_line(s, &l, 0, s->m->left, y);
    setting_drop(&l);
}

static void put_margins(struct setting *s)
{
    struct str number = arena_printf(s->a, "第 %zu 页　共 %zu 页", s->page, s->pages);
    double foot = 841.89 - 15 * MM - SMALL_PITCH;
    put_small(s, s->copy, 14 * MM, PAPER_RIGHT);
    put_small(s, s->paper->foot, foot, PAPER_LEFT);
    put_small(s, number, foot, PAPER_RIGHT);
}

static void page_begin(struct setting *s)
{
    s->page++;
    s->all_pages += s->draw;
    s->y = s->m->top;
    put_margins(s);
}

void setting_new_page(struct setting *s)
{
    if (s->draw && s->page)
        cairo_show_page(s->cr);
    page_begin(s);
}

/* ---- blocks ---- */

/* A run of lines over as many pages as it takes. */
static void put_run(struct setting *s, struct str text, struct face f)
{
    if (!text.n)
        return;
    struct lines l = setting_lay(s, text, setting_width(s), f);
    for (int i = 0; i < l.n && s->page <= PRESS_PAGES; i++) {
        setting_need(s, i == 0 && l.n > 1 ? 2 * f.pitch : f.pitch);
        setting_line(s, &l, i, s->m->left, s->y);
        s->y += f.pitch;
    }
    setting_drop(&l);
}

static void put_text(struct setting *s, struct str text)
{
    struct face f = setting_face(s);
    struct str rest = text, one;
    f.justify = true;
    for (bool more = text.n > 0; more; ) {
        more = str_cut(rest, '\n', &one, &rest);
        if (one.n)
            put_run(s, arena_printf(s->a, "　　%.*s", STR_ARG(one)), f);
    }
}

static void put_title(struct setting *s)
{
    struct face f = { s->m->title, s->m->title_pitch, 0, true, PAPER_CENTRE, false };
    struct face number = setting_face(s);
    number.align = PAPER_CENTRE;
    put_run(s, s->paper->title, f);
    put_run(s, s->paper->number, number);
    s->y += s->paper->style == PAPER_LETTER ? s->m->pitch / 2 : 6;
}

static void put_heading(struct setting *s, struct str text)
{
    struct face f = setting_face(s);
    f.bold = true;
    setting_need(s, 3 * f.pitch);
    s->y += s->paper->style == PAPER_FORM ? 6 : 0;
    put_run(s, text, f);
}

static void put_line(struct setting *s, const struct paper_block *x)
{
    struct face f = setting_face(s);
    struct str text = arena_printf(s->a, "%.*s：", STR_ARG(x->text));
    struct lines label = setting_lay(s, text, setting_width(s), f);
    int w;
    pango_layout_get_size(label.layout, &w, NULL);
    double at = s->m->left + MIN((double)w / PANGO_SCALE, setting_width(s) * 0.6);
    double width = s->m->left + setting_width(s) - at;
    struct lines value = setting_lay(s, x->value, width, f);
    for (int i = 0; i < value.n && s->page <= PRESS_PAGES; i++) {
        setting_need(s, f.pitch);
        if (i == 0)
            setting_line(s, &label, 0, s->m->left, s->y);
        setting_line(s, &value, i, at, s->y);
        double rule = s->y + (f.pitch + f.size) / 2 + 1.5;
        setting_rule(s, at, rule, at + width, rule);
        s->y += f.pitch;
    }
    setting_drop(&label);
    setting_drop(&value);
}

static void put_box(struct setting *s, const struct paper_block *x)
{
    bool both = x->text.n && x->value.n;
    struct str text = arena_printf(s->a, "%.*s%s%.*s", STR_ARG(x->text), both ? "\n" : "",
                                   STR_ARG(x->value));
    s->y += 4;
    press_frame(s, text, x->lines);
    s->y += 4;
}

static void put_sign(struct setting *s, const struct paper_block *x)
{
    struct face f = setting_face(s), right = f;
    right.align = PAPER_RIGHT;
    setting_need(s, f.pitch * 1.5);
    s->y += f.pitch / 2;
    struct lines who = setting_lay(s, x->text, setting_width(s), f);
    struct lines when = setting_lay(s, x->value, setting_width(s), right);
    setting_line(s, &who, 0, s->m->left, s->y);
    setting_line(s, &when, 0, s->m->left, s->y);
    s->y += f.pitch;
    setting_drop(&who);
    setting_drop(&when);
}

/* The body and the day, one under the other at the right; its seal is put across. */
static void put_seal(struct setting *s, const struct paper_block *x)
{
    struct face f = setting_face(s);
    double part = setting_width(s) * 0.62, at = s->m->left + setting_width(s) - part;
    f.align = PAPER_CENTRE;
    struct lines body = setting_lay(s, x->text, part, f), day = setting_lay(s, x->value, part, f);
    double room = s->paper->style == PAPER_LETTER ? 1.5 * f.pitch : 2.2 * f.pitch;
    setting_need(s, MAX(room + f.pitch * (body.n + day.n), QR_MM * MM + 8));
    s->seal_y = s->y;
    s->y += room;
    for (int i = 0; i < body.n; i++, s->y += f.pitch)
        setting_line(s, &body, i, at, s->y);
    for (int i = 0; i < day.n; i++, s->y += f.pitch)
        setting_line(s, &day, i, at, s->y);
    setting_drop(&body);
    setting_drop(&day);
}

static void draw_qr(struct setting *s, const struct qr *q, double x, double y, double side)
{
    double one = side / q->side;
    for (unsigned i = 0; i < q->side; i++)
        for (unsigned k = 0; k < q->side; k++)
            if (q->dark[i * q->side + k])
                cairo_rectangle(s->cr, x + k * one, y + i * one, one, one);
    cairo_fill(s->cr);
}

/* Beside a seal, where the left is empty, else on its own; what it says below it. */
static void put_qr(struct setting *s, const struct paper_block *x, bool beside)
{
    struct qr q;
    double side = QR_MM * MM, top = beside ? s->seal_y + 8 : s->y + 8;
    if (!qr_make(s->a, x->value, &q))
        return;
    if (!beside) {
        setting_need(s, side + 8 + 2 * SMALL_PITCH);
        top = s->y + 8;
    }
    if (s->draw)
        draw_qr(s, &q, s->m->left, top, side);
    s->y = MAX(s->y, top + side) + 4;
    put_run(s, x->text, small(PAPER_LEFT));
}

static void put_block(struct setting *s, size_t i)
{
    const struct paper_block *x = &s->paper->blocks.v[i];
    bool beside = i && x[-1].kind == PAPER_SEAL;
    switch (x->kind) {
    case PAPER_HEADING: put_heading(s, x->text); break;
    case PAPER_TO:      put_run(s, x->text, setting_face(s)); break;
    case PAPER_TEXT:    put_text(s, x->text); break;
    case PAPER_NOTE:
        s->y += 4;
        put_run(s, x->text, small(PAPER_LEFT));
        break;
    case PAPER_LINE:    put_line(s, x); break;
    case PAPER_BOX:     put_box(s, x); break;
    case PAPER_TABLE:
        s->y += 3;
        press_table(s, x->table);
        s->y += 3;
        break;
    case PAPER_SIGN:    put_sign(s, x); break;
    case PAPER_SEAL:    put_seal(s, x); break;
    case PAPER_QR:      put_qr(s, x, beside); break;
    case PAPER_BREAK:   setting_new_page(s); break;
    }
}

static void put_missing(struct setting *s)
{
    AUTO(buf_done) struct buf b;
    buf_init(&b, 2048);
    if (!s->missing.n)
        return;
    buf_add(&b, STR("〓 处为字库所缺的字，请手写补上，编码："));
    for (size_t i = 0; i < s->missing.n; i++)
        buf_addf(&b, "%sU+%04X", i ? "、" : "", (unsigned)s->missing.v[i]);
    s->y += 4;
    put_run(s, buf_str(&b), small(PAPER_LEFT));
}

static void put_copy(struct setting *s)
{
    s->page = 0;
    page_begin(s);
    put_title(s);
    for (size_t i = 0; i < s->paper->blocks.n && s->page <= PRESS_PAGES; i++)
        put_block(s, i);
    put_missing(s);
    if (s->draw)
        cairo_show_page(s->cr);
}

bool paper_set(struct setting *s, struct err *e)
{
    const struct paper *p = s->paper;
    size_t copies = MAX(p->copies_n, (size_t)1);
    s->copy = p->copies[0];
    put_copy(s);                        /* once unseen, to know how many pages there are */
    s->pages = s->page;
    if (s->pages * copies > PRESS_PAGES)
        return err_setf(e, ERR_TOO_LARGE, "%d", PRESS_PAGES);
    s->draw = true;
    for (size_t i = 0; i < copies; i++) {
        s->copy = p->copies[i];
        put_copy(s);
    }
    return true;
}
