#include "doc/paper.h"
#include <qrencode.h>

enum { QR_BYTES = 800 };

struct paper *paper_make(struct arena *a, enum paper_style style, struct str title)
{
    struct paper *p = arena_new(a, struct paper);
    *p = (struct paper){ .a = a, .style = style, .title = title };
    return p;
}

static void add(struct paper *p, struct paper_block b)
{
    p->overflow = p->overflow || p->blocks.n >= PAPER_BLOCKS;
    if (!p->overflow)
        vec_push(p->a, &p->blocks, b);
}

void paper_put(struct paper *p, enum paper_kind kind, struct str text, struct str value)
{
    add(p, (struct paper_block){ .kind = kind, .text = text, .value = value });
}

void paper_box(struct paper *p, struct str label, struct str value, unsigned lines)
{
    add(p, (struct paper_block){ .kind = PAPER_BOX, .text = label, .value = value,
                                 .lines = lines });
}

void paper_copy(struct paper *p, struct str name)
{
    if (p->copies_n < PAPER_COPIES)
        p->copies[p->copies_n++] = name;
}

struct paper_table *paper_table_v(struct paper *p, const unsigned *width, size_t n)
{
    struct paper_table *t = arena_new(p->a, struct paper_table);
    t->columns = MIN(n, (size_t)PAPER_COLUMNS);
    memcpy(t->width, width, t->columns * sizeof *width);
    add(p, (struct paper_block){ .kind = PAPER_TABLE, .table = t });
    return t;
}

void paper_row_v(struct paper *p, struct paper_table *t, bool head, const struct paper_cell *v,
                 size_t n)
{
    size_t used = 0, kept = 0;
    struct paper_cell *row = arena_array(p->a, struct paper_cell, n);
    if (t->rows.n >= PAPER_ROWS) {
        p->overflow = true;
        return;
    }
    for (size_t i = 0; i < n && used < t->columns; i++) {
        size_t left = t->columns - used, span = v[i].span ? v[i].span : 1;
        row[kept] = v[i];
        row[kept].span = (unsigned)(i + 1 == n ? left : MIN(span, left));
        used += row[kept++].span;
    }
    vec_push(p->a, &t->rows, (struct paper_row){ row, kept, head });
}

static void plain_line(struct buf *b, struct str s)
{
    if (!s.n)
        return;
    buf_add(b, s);
    buf_add_char(b, '\n');
}

static void plain_table(const struct paper_table *t, struct buf *b)
{
    for (size_t i = 0; i < t->rows.n; i++)
        for (size_t k = 0; k < t->rows.v[i].n; k++)
            plain_line(b, t->rows.v[i].v[k].text);
}

void paper_plain(const struct paper *p, struct buf *b)
{
    plain_line(b, p->title);
    plain_line(b, p->number);
    for (size_t i = 0; i < p->blocks.n; i++) {
        const struct paper_block *x = &p->blocks.v[i];
        plain_line(b, x->text);
        plain_line(b, x->value);
        if (x->table)
            plain_table(x->table, b);
    }
    plain_line(b, p->foot);
}

static void qr_free(void *code)
{
    QRcode_free(code);
}

bool qr_make(struct arena *a, struct str data, struct qr *out)
{
    if (!data.n || data.n > QR_BYTES)
        return false;
    QRcode *code = QRcode_encodeData((int)data.n, (const unsigned char *)data.p, 0, QR_ECLEVEL_M);
    if (!code)
        return false;
    arena_defer(a, qr_free, code);
    size_t n = (size_t)code->width * (size_t)code->width;
    unsigned char *dark = arena_alloc(a, n);
    for (size_t i = 0; i < n; i++)
        dark[i] = code->data[i] & 1;
    *out = (struct qr){ (unsigned)code->width, dark };
    return true;
}
