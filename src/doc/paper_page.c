/* paper_page.c - a paper as a print page: HTML that any browser prints, with the
 * fonts of whoever reads it. No script, no inline style: all classes. */
#include "doc/paper.h"
#include "base/utf8.h"

const struct str paper_css = STR_INIT(
    "@page{size:A4;margin:22mm 22mm 20mm}"
    "*{box-sizing:border-box}"
    "html{background:#e9e9ec;color:#000}"
    "body{margin:0;font-family:FangSong,STFangsong,FangSong_GB2312,'Noto Serif CJK SC',"
    "'Source Han Serif SC',SimSun,serif;font-size:16pt;line-height:29pt}"
    "article{background:#fff;width:210mm;max-width:100%;min-height:297mm;margin:8mm auto;"
    "padding:25mm 26mm;box-shadow:0 1px 6px #0003;overflow-wrap:anywhere}"
    ".form{font-size:12pt;line-height:20pt;padding:22mm}"
    "h1{font:700 22pt/36pt 'FZXiaoBiaoSong-B05S','Noto Serif CJK SC','Source Han Serif SC',"
    "STSong,SimSun,serif;text-align:center;margin:0 0 6pt}"
    ".form h1{font-size:18pt;line-height:30pt}"
    "h2{font-size:inherit;margin:8pt 0 0;break-after:avoid}"
    "p{margin:0;white-space:pre-line}"
    ".copy{font-size:10.5pt;line-height:16pt;text-align:right}"
    ".number{text-align:center;margin-bottom:12pt}"
    ".text{text-indent:2em;text-align:justify}"
    ".note,.foot{font-size:9pt;line-height:14pt;color:#333}"
    ".note{margin-top:6pt}"
    ".foot{margin-top:14pt;border-top:.5pt solid #999;padding-top:3pt}"
    ".line{display:flex;gap:.3em}"
    ".line b,.box b{font-weight:inherit;white-space:nowrap}"
    ".line span{flex:1;border-bottom:.7pt solid #000;white-space:pre-line}"
    ".box{border:.7pt solid #000;padding:3pt 5pt;margin:6pt 0;break-inside:avoid-page}"
    ".rows1{min-height:20pt}.rows2{min-height:40pt}.rows3{min-height:60pt}"
    ".rows4{min-height:80pt}.rows5{min-height:100pt}.rows6{min-height:120pt}"
    ".rows7{min-height:140pt}.rows8{min-height:160pt}"
    ".rows1 td,.box span{vertical-align:middle}"
    "table{border-collapse:collapse;width:100%;table-layout:fixed;margin:4pt 0}"
    "td,th{border:.7pt solid #000;padding:3pt 4pt;font-weight:inherit;text-align:left;"
    "white-space:pre-line;height:26pt}"
    "th{text-align:center}tr{break-inside:avoid-page}"
    "td.c{text-align:center}td.r{text-align:right}"
    ".sign{display:flex;justify-content:space-between;gap:1em;margin-top:10pt}"
    ".sign span{white-space:nowrap}"
    ".seal{text-align:center;margin:40pt 0 0 40%;break-inside:avoid}"
    ".qr{display:flex;gap:10pt;align-items:center;margin-top:12pt;break-inside:avoid}"
    ".qr svg{width:28mm;height:28mm;flex:none}"
    ".qr p{font-size:9pt;line-height:14pt}"
    ".break{break-before:page}"
    "@media print{html{background:none}article{margin:0;padding:0;width:auto;min-height:0;"
    "box-shadow:none}article+article{break-before:page}}"
    "@media screen and (max-width:700px){article,.form{margin:0;padding:6mm 5mm;min-height:0;"
    "font-size:13pt;line-height:22pt}.form{font-size:10.5pt;line-height:17pt}"
    "h1{font-size:18pt;line-height:28pt}.sign{flex-wrap:wrap}.sign span{white-space:normal}"
    "table{table-layout:auto}td,th{padding:3pt}tbody th{min-width:5em}}");

enum { ROWS_CLASS_MAX = 8 };

/* Bytes that mean something to HTML; control characters become blanks. */
static void put(struct buf *b, struct str s)
{
    for (size_t i = 0; i < s.n; i++) {
        char c = s.p[i];
        switch (c) {
        case '&': buf_add(b, STR("&amp;")); break;
        case '<': buf_add(b, STR("&lt;")); break;
        case '>': buf_add(b, STR("&gt;")); break;
        case '"': buf_add(b, STR("&quot;")); break;
        case '\'': buf_add(b, STR("&#39;")); break;
        default: buf_add_char(b, (unsigned char)c < 0x20 && c != '\n' ? ' ' : c);
        }
    }
}

static void element(struct buf *b, const char *open, struct str s, const char *close)
{
    if (!s.n)
        return;
    buf_add(b, str_of(open));
    put(b, s);
    buf_add(b, str_of(close));
}

static void put_cell(struct buf *b, const struct paper_cell *c, bool head)
{
    const char *tag = head || c->label ? "th" : "td";
    const char *to = c->align == PAPER_CENTRE ? " class=\"c\""
                   : c->align == PAPER_RIGHT  ? " class=\"r\"" : "";
    buf_addf(b, "<%s colspan=\"%u\"%s>", tag, c->span, to);
    if (c->lines > 1)
        buf_addf(b, "<div class=\"rows%u\">", MIN(c->lines, (unsigned)ROWS_CLASS_MAX));
    put(b, c->text);
    buf_addf(b, "%s</%s>", c->lines > 1 ? "</div>" : "", tag);
}

/* Column widths without a style attribute: a row of the shares' greatest common
 * divisor would be empty cells; the col's own width attribute does it. */
static void put_columns(struct buf *b, const struct paper_table *t)
{
    unsigned sum = 0;
    for (size_t i = 0; i < t->columns; i++)
        sum += t->width[i];
    for (size_t i = 0; i < t->columns; i++)
        buf_addf(b, "<col width=\"%u%%\">", sum ? t->width[i] * 100 / sum : 0);
}

static void put_table(struct buf *b, const struct paper_table *t)
{
    bool in_head = false;
    buf_add(b, STR("<table>"));
    put_columns(b, t);
    for (size_t i = 0; i < t->rows.n; i++) {
        const struct paper_row *row = &t->rows.v[i];
        if (row->head && i == 0)
            buf_add(b, STR("<thead>"));
        else if (in_head && !row->head)
            buf_add(b, STR("</thead><tbody>"));
        in_head = row->head && (in_head || i == 0);
        buf_add(b, STR("<tr>"));
        for (size_t k = 0; k < row->n; k++)
            put_cell(b, &row->v[k], row->head);
        buf_add(b, STR("</tr>"));
    }
    buf_add(b, STR("</table>"));
}

static void put_qr(struct buf *b, struct arena *a, const struct paper_block *x)
{
    struct qr q;
    if (!qr_make(a, x->value, &q))
        return;
    buf_addf(b, "<div class=\"qr\"><svg viewBox=\"-4 -4 %u %u\" role=\"img\" aria-label=\"二维码\">"
             "<path d=\"", q.side + 8, q.side + 8);
    for (unsigned y = 0; y < q.side; y++)
        for (unsigned i = 0; i < q.side; i++)
            if (q.dark[y * q.side + i])
                buf_addf(b, "M%u %uh1v1h-1z", i, y);
    buf_add(b, STR("\"/></svg>"));
    element(b, "<p>", x->text, "</p>");
    buf_add(b, STR("</div>"));
}

static void put_box(struct buf *b, const struct paper_block *x)
{
    buf_addf(b, "<div class=\"box rows%u\">", MIN(MAX(x->lines, 1u), (unsigned)ROWS_CLASS_MAX));
    element(b, "<b>", x->text, "</b>");
    element(b, "<p>", x->value, "</p>");
    buf_add(b, STR("</div>"));
}

static void put_block(struct buf *b, struct arena *a, const struct paper_block *x)
{
    switch (x->kind) {
    case PAPER_HEADING: element(b, "<h2>", x->text, "</h2>"); break;
    case PAPER_TO:      element(b, "<p>", x->text, "</p>"); break;
    case PAPER_TEXT:    element(b, "<p class=\"text\">", x->text, "</p>"); break;
    case PAPER_NOTE:    element(b, "<p class=\"note\">", x->text, "</p>"); break;
    case PAPER_LINE:
        element(b, "<div class=\"line\"><b>", x->text, "：</b><span>");
        put(b, x->value);
        buf_add(b, STR("</span></div>"));
        break;
    case PAPER_BOX:     put_box(b, x); break;
    case PAPER_TABLE:   put_table(b, x->table); break;
    case PAPER_SIGN:
        element(b, "<div class=\"sign\"><span>", x->text, "</span><span>");
        put(b, x->value);
        buf_add(b, STR("</span></div>"));
        break;
    case PAPER_SEAL:
        element(b, "<p class=\"seal\">", x->text, "\n");
        put(b, x->value);
        buf_add(b, STR("</p>"));
        break;
    case PAPER_QR:      put_qr(b, a, x); break;
    case PAPER_BREAK:   buf_add(b, STR("<div class=\"break\"></div>")); break;
    }
}

static void put_copy(struct buf *b, const struct paper *p, struct str name)
{
    buf_addf(b, "<article class=\"%s\">", p->style == PAPER_FORM ? "form" : "letter");
    element(b, "<p class=\"copy\">", name, "</p>");
    element(b, "<h1>", p->title, "</h1>");
    element(b, "<p class=\"number\">", p->number, "</p>");
    for (size_t i = 0; i < p->blocks.n; i++)
        put_block(b, p->a, &p->blocks.v[i]);
    element(b, "<p class=\"foot\">", p->foot, "</p>");
    buf_add(b, STR("</article>"));
}

bool paper_page(const struct paper *p, struct str css, struct buf *b, struct err *e)
{
    if (p->overflow)
        return err_setf(e, ERR_TOO_LARGE, "%d", PAPER_BLOCKS);
    buf_add(b, STR("<!doctype html><html lang=\"zh-CN\"><head><meta charset=\"utf-8\">"
                   "<meta name=\"viewport\" content=\"width=device-width\">"));
    element(b, "<title>", p->title, "</title>");
    element(b, "<link rel=\"stylesheet\" href=\"", css, "\"></head><body><main>");
    put_copy(b, p, p->copies_n ? p->copies[0] : STR(""));
    for (size_t i = 1; i < p->copies_n; i++)
        put_copy(b, p, p->copies[i]);
    buf_add(b, STR("</main></body></html>"));
    return buf_ok(b) || err_setf(e, ERR_TOO_LARGE, "%zu KiB", b->max >> 10);
}
