/* paper_pdf_table.c - tables: a row that fits nowhere is parted between lines, a
 * table's head begins each page it reaches. */
#include "doc/press_impl.h"

#define PAD_X 4.0
#define PAD_Y 3.0

struct set_cell { struct lines lines; double x, width; unsigned least; bool label; };
struct set_row { struct set_cell v[PAPER_COLUMNS]; size_t n; int lines; };

/* Small Four 12 pt; where many columns stand side by side, Five 10.5 pt. */
static struct face cell_face(const struct setting *s, const struct paper_cell *c, bool head,
                             size_t columns)
{
    struct face f = setting_face(s);
    f.size = columns > 5 ? 10.5 : 12;
    f.pitch = columns > 5 ? 16 : 18;
    f.spacing = 0;
    f.align = c->label || head ? PAPER_CENTRE : c->align;
    return f;
}

static void row_lay(struct setting *s, const struct paper_table *t, const struct paper_row *row,
                    struct set_row *out)
{
    double all = 0, x = s->m->left;
    size_t column = 0;
    *out = (struct set_row){ .n = row->n, .lines = 1 };
    for (size_t i = 0; i < t->columns; i++)
        all += t->width[i];
    for (size_t i = 0; i < row->n; i++) {
        const struct paper_cell *c = &row->v[i];
        struct set_cell *k = &out->v[i];
        double share = 0;
        for (unsigned n = 0; n < c->span && column < t->columns; n++)
            share += t->width[column++];
        k->x = x;
        k->width = setting_width(s) * share / all;
        k->lines = setting_lay(s, c->text, k->width - 2 * PAD_X,
                               cell_face(s, c, row->head, t->columns));
        k->least = c->lines;
        k->label = c->label || row->head;
        x += k->width;
        out->lines = MAX(out->lines, MAX(k->lines.n, (int)c->lines));
    }
}

static void row_drop(struct set_row *row)
{
    for (size_t i = 0; i < row->n; i++)
        setting_drop(&row->v[i].lines);
}

static double row_height(const struct set_row *row, int lines)
{
    double pitch = row->n ? row->v[0].lines.face.pitch : 0;
    return lines * pitch + 2 * PAD_Y;
}

/* Lines from…from+n of each cell in one frame; short cells stand in the middle. */
static void row_draw(struct setting *s, const struct set_row *row, int from, int n)
{
    double height = row_height(row, n), bottom = s->y + height;
    for (size_t i = 0; i < row->n; i++) {
        const struct set_cell *c = &row->v[i];
        double pitch = c->lines.face.pitch;
        int mine = MIN(c->lines.n, from + n) - from;
        double lift = from == 0 && c->lines.n < n && (c->label || c->lines.n == 1) && n < 4
                    ? (n - c->lines.n) * pitch / 2 : 0;
        if (c->label && from == 0 && c->lines.n < n)
            lift = (n - c->lines.n) * pitch / 2;
        for (int k = 0; k < mine; k++)
            setting_line(s, &c->lines, from + k, c->x + PAD_X, s->y + PAD_Y + lift + k * pitch);
        setting_rule(s, c->x, s->y, c->x, bottom);
    }
    double right = s->m->left + setting_width(s);
    setting_rule(s, s->m->left, s->y, right, s->y);
    setting_rule(s, s->m->left, bottom, right, bottom);
    setting_rule(s, right, s->y, right, bottom);
    s->y = bottom;
}

/* The heads at the table's beginning, drawn again on a new page. */
static void heads_draw(struct setting *s, const struct paper_table *t)
{
    struct set_row row;
    for (size_t i = 0; i < t->rows.n && t->rows.v[i].head; i++) {
        row_lay(s, t, &t->rows.v[i], &row);
        row_draw(s, &row, 0, row.lines);
        row_drop(&row);
    }
}

static int lines_left(const struct setting *s, const struct set_row *row)
{
    double left = setting_bottom(s) - s->y - 2 * PAD_Y + 0.1;
    double pitch = row->v[0].lines.face.pitch;
    return left < pitch ? 0 : (int)(left / pitch);
}

static void row_set(struct setting *s, const struct paper_table *t, const struct set_row *row)
{
    double page = setting_bottom(s) - s->m->top;
    bool whole = row_height(row, row->lines) < page / 2;
    for (int from = 0; from < row->lines && s->page <= PRESS_PAGES; ) {
        int room = lines_left(s, row), rest = row->lines - from;
        if (room < MIN(rest, whole ? rest : 3)) {
            setting_new_page(s);
            heads_draw(s, t);
            room = MAX(lines_left(s, row), 1);
        }
        row_draw(s, row, from, MIN(room, rest));
        from += MIN(room, rest);
    }
}

void press_table(struct setting *s, const struct paper_table *t)
{
    struct set_row row;
    setting_need(s, 60);
    for (size_t i = 0; i < t->rows.n && s->page <= PRESS_PAGES; i++) {
        if (!t->rows.v[i].n)
            continue;
        row_lay(s, t, &t->rows.v[i], &row);
        row_set(s, t, &row);
        row_drop(&row);
    }
}

void press_frame(struct setting *s, struct str text, unsigned lines)
{
    const struct paper_cell cell = { .text = text, .span = 1, .lines = lines };
    const struct paper_table t = { .width = { 1 }, .columns = 1 };
    const struct paper_row row = { &cell, 1, false };
    struct set_row set;
    row_lay(s, &t, &row, &set);
    row_set(s, &t, &set);
    row_drop(&set);
}
