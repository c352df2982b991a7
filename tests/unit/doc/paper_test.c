#include "doc/paper.h"
#include "tap.h"

static struct arena a;

static struct str plain(const struct paper *p)
{
    struct buf b;
    buf_init(&b, 1 << 20);
    paper_plain(p, &b);
    struct str s = arena_dup(&a, buf_str(&b));
    buf_done(&b);
    return s;
}

static struct str page(const struct paper *p, size_t max, struct err *e)
{
    struct buf b;
    buf_init(&b, max);
    bool ok = paper_page(p, STR("/p.css"), &b, e);
    struct str s = ok ? arena_dup(&a, buf_str(&b)) : STR("");
    buf_done(&b);
    return s;
}
#define HAS(s, part) (str_find(s, STR(part)) < (s).n)

static void test_paper__rows_fill_their_columns(void)
{
    struct paper *p = paper_make(&a, PAPER_FORM, STR("表"));
    struct paper_table *t = paper_table(p, 1, 2, 1, 2);
    paper_row(p, t, PAPER_LABEL("甲"), paper_cell(STR("乙")));
    OK_INT(t->rows.v[0].n, 2);
    OK_INT(t->rows.v[0].v[1].span, 3);
    paper_row(p, t, { .text = STR("宽"), .span = 9 });
    OK_INT(t->rows.v[1].v[0].span, 4);
    paper_row(p, t, PAPER_LABEL("1"), PAPER_LABEL("2"), PAPER_LABEL("3"), PAPER_LABEL("4"),
              PAPER_LABEL("5"));
    OK_INT(t->rows.v[2].n, 4);
    OK_INT(t->rows.v[2].v[3].span, 1);
    OK_STR(plain(p), "表\n甲\n乙\n宽\n1\n2\n3\n4\n");
}

static void test_paper__is_refused_when_too_long(void)
{
    struct err e = { 0 };
    struct paper *p = paper_make(&a, PAPER_FORM, STR("表"));
    for (int i = 0; i < PAPER_BLOCKS; i++)
        paper_text(p, STR("段"));
    OK(page(p, 1 << 20, &e).n > 0);
    paper_text(p, STR("多"));
    OK_INT(page(p, 1 << 20, &e).n, 0);
    OK_INT(e.id, ERR_TOO_LARGE);
    struct paper *q = paper_make(&a, PAPER_FORM, STR("表"));
    struct paper_table *t = paper_table(q, 1);
    for (int i = 0; i <= PAPER_ROWS; i++)
        paper_row(q, t, paper_cell(STR("行")));
    OK(q->overflow);
    err_clear(&e);
    struct paper *small = paper_make(&a, PAPER_FORM, STR("表"));
    OK_INT(page(small, 100, &e).n, 0);
    OK_INT(e.id, ERR_TOO_LARGE);
}

static void test_paper__copies_are_bounded(void)
{
    struct err e = { 0 };
    struct paper *p = paper_make(&a, PAPER_LETTER, STR("通知书"));
    for (int i = 0; i < 9; i++)
        paper_copy(p, STR("联"));
    OK_INT(p->copies_n, PAPER_COPIES);
    struct str s = page(p, 1 << 20, &e);
    size_t n = 0;
    for (struct str rest = s; HAS(rest, "<article"); n++)
        rest = str_sub(rest, str_find(rest, STR("<article")) + 1, s.n);
    OK_INT(n, PAPER_COPIES);
}

static void test_paper__page_escapes_what_people_wrote(void)
{
    struct err e = { 0 };
    struct str evil = STR("</p><script>alert('1')</script>&\"\x01\n二");
    struct paper *p = paper_make(&a, PAPER_LETTER, evil);
    p->number = p->foot = evil;
    paper_copy(p, evil);
    for (int k = PAPER_HEADING; k <= PAPER_BREAK; k++)
        if (k != PAPER_TABLE)
            paper_put(p, (enum paper_kind)k, evil, evil);
    paper_row(p, paper_table(p, 1, 1), paper_cell(evil), { .text = evil, .label = true });
    paper_box(p, evil, evil, 3);
    struct str s = page(p, 1 << 20, &e);
    OK(s.n > 1000);
    OK(!HAS(s, "<script"));
    OK(!HAS(s, "'1'"));
    OK(!HAS(s, "\x01"));
    OK(!HAS(s, "style="));
    OK(HAS(s, "&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt;&amp;&quot; \n二"));
    OK(HAS(s, "<link rel=\"stylesheet\" href=\"/p.css\">"));
    OK(!HAS(paper_css, "url("));
}

static void test_paper__qr_holds_its_bounds(void)
{
    struct qr q = { 0 };
    char big[801];
    memset(big, 'x', sizeof big);
    OK(!qr_make(&a, STR(""), &q));
    OK(!qr_make(&a, (struct str){ big, 801 }, &q));
    OK(qr_make(&a, (struct str){ big, 800 }, &q));
    OK(qr_make(&a, STR("http://127.0.0.1/verify?n=1&h=2"), &q));
    /* The three corners' marks: dark, light, dark. */
    OK(q.dark[0] && q.dark[6] && !q.dark[7] && !q.dark[q.side + 1] && q.dark[2 * q.side + 2]);
    OK(q.dark[(q.side - 1) * q.side] && q.dark[q.side - 1]);
}

int main(void)
{
    test_paper__rows_fill_their_columns();
    test_paper__is_refused_when_too_long();
    test_paper__copies_are_bounded();
    test_paper__page_escapes_what_people_wrote();
    test_paper__qr_holds_its_bounds();
    arena_done(&a);
    return tap_end();
}
