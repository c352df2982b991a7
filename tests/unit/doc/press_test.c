/* What the press prints is looked at: its text, its pages, and the ink of every
 * character of GB 2312's first level (Cairo has drawn some blank). */
#include "doc/press.h"
#include "tap.h"
#include "base/utf8.h"
#include "unit/doc/pdf.h"
#include <iconv.h>
#include <pthread.h>

static struct arena a;
static struct press *press;

static struct str print_as(struct press *x, const struct paper *p, struct press_report *r,
                           struct err *e)
{
    struct buf b;
    buf_init(&b, PRESS_BYTES);
    bool ok = press_pdf(x, p, &b, r, e);
    struct str s = ok ? arena_dup(&a, buf_str(&b)) : STR("");
    buf_done(&b);
    return s;
}
static struct str print(const struct paper *p, struct press_report *r)
{
    struct err e = { 0 };
    struct str s = print_as(press, p, r, &e);
    OK_INT(e.id, ERR_OK);
    return s;
}

/* All characters of GB 2312's first level: rows 16 to 55. */
static struct str first_level(void)
{
    char in[2], out[8];
    struct buf b;
    iconv_t to = iconv_open("UTF-8", "GB2312");
    buf_init(&b, 1 << 16);
    for (int row = 16; row <= 55; row++)
        for (int cell = 1; cell <= (row == 55 ? 89 : 94); cell++) {
            char *from = in, *at = out;
            size_t n = 2, room = sizeof out;
            in[0] = (char)(0xa0 + row);
            in[1] = (char)(0xa0 + cell);
            if (iconv(to, &from, &n, &at, &room) != (size_t)-1)
                buf_add(&b, (struct str){ out, sizeof out - room });
        }
    iconv_close(to);
    struct str s = arena_dup(&a, buf_str(&b));
    buf_done(&b);
    return s;
}

/* A line of 28 characters a paragraph, so that each has its own place. */
enum { ACROSS = 28, DOWN = 22 };
static const double left = 79.37, top = 104.88, step = 442.2 / 28, pitch = 637.8 / 22;

static struct paper *sheet_of(struct str all)
{
    struct paper *p = paper_make(&a, PAPER_LETTER, STR(""));
    while (all.n) {
        struct str line = utf8_first(all, ACROSS);
        paper_put(p, PAPER_TO, line, STR(""));
        all = str_sub(all, line.n, all.n);
    }
    return p;
}

/* How many of the characters left no ink where they ought to stand. */
static unsigned blanks(struct str pdf, struct str all, size_t pages)
{
    enum { DPI = 100 };
    struct pdf x;
    struct ink k;
    unsigned n = 0;
    pdf_put(&x, &a, pdf);
    double first = top + pitch / 2;     /* the title is empty, its space is there */
    for (unsigned page = 1; page <= pages; page++) {
        unsigned rows = page == 1 ? DOWN - 1 : DOWN;
        if (!pdf_ink(&x, page, DPI, &k))
            return 100000;
        for (unsigned i = 0; i < rows * ACROSS && all.n; i++) {
            double y = (page == 1 ? first : top) + i / ACROSS * pitch;
            unsigned dark = ink_dark(&k, DPI, left + i % ACROSS * step + 1, y + 4, step - 2, pitch - 6);
            struct str c = utf8_first(all, 1);
            if (dark < 4 && n++ < 20)
                printf("# blank: %.*s\n", STR_ARG(c));
            all = str_sub(all, c.n, all.n);
        }
    }
    OK_INT(all.n, 0);
    pdf_done(&x);
    return n;
}

static void test_press__every_character_has_ink(void)
{
    struct press_report r = { 0 };
    struct str all = first_level();
    OK_INT(utf8_count(all), 3755);
    struct str pdf = print(sheet_of(all), &r);
    OK_INT(r.missing.n, 0);
    OK_INT(r.pages, 7);
    OK_INT(blanks(pdf, all, r.pages), 0);
    struct str rare = STR("𠮷㐂䶮𬱟镕堃珺喆翀昇滘婳𬍛𫖯𬭎犇羴骉淼焱垚鑫燚龘〇㛃𤧛䒟陳龍齉");
    pdf = print(sheet_of(rare), &r);
    OK_INT(r.missing.n, 0);
    OK_INT(blanks(pdf, rare, r.pages), 0);
}

static void test_press__the_ink_test_can_fail(void)
{
    struct press_report r = { 0 };
    struct str all = STR("甲　乙"), pdf = print(sheet_of(all), &r);
    OK_INT(blanks(pdf, all, r.pages), 1);
}

static struct paper *sample(void)
{
    struct paper *p = paper_make(&a, PAPER_FORM, STR("人民调解受理登记表"));
    p->number = STR("桂城人调字〔2026〕第17号");
    p->foot = STR("4406052611210017");
    p->made_at = (struct stamp){ 1795000000000 };
    struct paper_table *t = paper_table(p, 1, 3, 1, 3);
    paper_head(p, t, PAPER_LABEL("姓名"), PAPER_LABEL("甲栏"), PAPER_LABEL("年龄"), PAPER_LABEL("乙栏"));
    for (int i = 0; i < 120; i++)
        paper_row(p, t, PAPER_LABEL("序"), paper_cell(arena_printf(&a, "第%d行", i)),
                  PAPER_LABEL("备"), paper_cell(STR("阿卜杜热合曼·买买提江·吐尔逊尼亚孜")));
    paper_text(p, STR("Ali Wang 与 3 人；（一）“引号”、《书名》。"));
    paper_put(p, PAPER_LINE, STR("电话"), STR("138****5678"));
    paper_put(p, PAPER_SIGN, STR("申请人（签名）"), STR("年月日"));
    paper_put(p, PAPER_SEAL, STR("桂城街道人民调解委员会"), STR("2026年11月21日"));
    paper_put(p, PAPER_QR, STR("扫码核验"), STR("http://127.0.0.1/verify?n=1&h=2"));
    return p;
}

static void test_press__shows_the_text_of_the_model(void)
{
    struct press_report r = { 0 };
    struct pdf x;
    const struct paper *p = sample();
    pdf_put(&x, &a, print(p, &r));
    struct str text = squeeze(&a, pdf_text(&x));
    OK_INT(r.pages, 8);
    for (size_t i = 0; i < p->blocks.n; i++) {
        const struct paper_block *b = &p->blocks.v[i];
        OK(str_find(text, squeeze(&a, b->text)) < text.n || !b->text.n);
        for (size_t k = 0; b->table && k < b->table->rows.n; k++)
            for (size_t c = 0; c < b->table->rows.v[k].n; c++)
                if (str_find(text, squeeze(&a, b->table->rows.v[k].v[c].text)) == text.n)
                    OK_STR(b->table->rows.v[k].v[c].text, "is on no page");
    }
    size_t heads = 0;
    for (struct str rest = text; str_find(rest, STR("甲栏")) < rest.n; heads++)
        rest = str_sub(rest, str_find(rest, STR("甲栏")) + 1, rest.n);
    OK(heads >= 7);                     /* on each page the table reaches */
    pdf_done(&x);
}

static void test_press__keeps_inside_the_margins(void)
{
    enum { DPI = 50 };
    struct press_report r = { 0 };
    struct pdf x;
    struct ink k;
    pdf_put(&x, &a, print(sample(), &r));
    for (unsigned page = 1; page <= r.pages; page++) {
        OK(pdf_ink(&x, page, DPI, &k));
        OK_INT(ink_dark(&k, DPI, 0, 0, 66, 842), 0);            /* left 24 mm */
        OK_INT(ink_dark(&k, DPI, 595 - 60, 0, 60, 842), 0);     /* right 22 mm */
        OK_INT(ink_dark(&k, DPI, 0, 0, 595, 36), 0);
        OK_INT(ink_dark(&k, DPI, 0, 842 - 40, 595, 40), 0);
        OK(ink_dark(&k, DPI, 66, 36, 460, 760) > 50);
    }
    pdf_done(&x);
}

static void test_press__same_paper_same_bytes(void)
{
    struct press_report r = { 0 };
    struct str one = print(sample(), &r), two = print(sample(), &r);
    OK(one.n > 1000 && str_eq(one, two));
    struct press *other = press_make(&a, STR(""));
    struct err e = { 0 };
    OK(str_eq(one, print_as(other, sample(), &r, &e)));
}

static void test_press__a_missing_character_is_told(void)
{
    struct press_report r = { 0 };
    struct paper *p = paper_make(&a, PAPER_LETTER, STR("缺字"));
    struct pdf x;
    paper_text(p, STR("名\xf4\x80\x80\x80 字\xf4\x80\x80\x80\xf4\x80\x80\x81\xe2\x80\x8b\xef\xb8\x8f"));
    pdf_put(&x, &a, print(p, &r));
    OK_STR(r.missing, "U+100000 U+100001");
    struct str text = squeeze(&a, pdf_text(&x));
    OK(str_find(text, STR("名〓字〓〓")) < text.n);
    OK(str_find(text, STR("编码：U+100000、U+100001")) < text.n);
    pdf_done(&x);
}

static void test_press__bears_hostile_text(void)
{
    static const char bytes[] = "\xff\xfe\x80<b>&\r\t\v\x01\x7f\xe2\x80\xae\xd7\xa9\xd7\x9c\xe2\x80\xa8";
    struct press_report r = { 0 };
    struct err e = { 0 };
    struct paper *p = paper_make(&a, PAPER_FORM, (struct str){ bytes, sizeof bytes - 1 });
    struct buf long_word;
    buf_init(&long_word, 1 << 20);
    for (int i = 0; i < 1500; i++)
        buf_add(&long_word, STR("W"));
    paper_text(p, buf_str(&long_word));
    paper_row(p, paper_table(p, 1, 99, 1, 99, 1, 99, 1, 99), paper_cell(buf_str(&long_word)),
              paper_cell(STR("二")), paper_cell(STR("三")));
    paper_put(p, PAPER_LINE, buf_str(&long_word), buf_str(&long_word));
    paper_box(p, STR("框"), STR(""), 300);
    OK(print_as(press, p, &r, &e).n > 1000);
    OK_INT(e.id, ERR_OK);
    struct buf lines;
    buf_init(&lines, 1 << 20);
    for (int i = 0; i < 60000; i++)
        buf_add(&lines, STR("字\n"));
    paper_text(p, buf_str(&lines));
    OK_INT(print_as(press, p, &r, &e).n, 0);
    OK_INT(e.id, ERR_TOO_LARGE);
    buf_done(&lines);
    buf_done(&long_word);
}

static void *print_often(void *arg)
{
    struct arena mine = { 0 };
    struct err e = { 0 };
    struct press_report r;
    bool *ok = arg;
    *ok = true;
    for (int i = 0; i < 5; i++) {
        struct paper *p = paper_make(&mine, PAPER_LETTER, STR("通知书"));
        AUTO(buf_done) struct buf b;
        buf_init(&b, PRESS_BYTES);
        paper_text(p, STR("两个线程同时出具。"));
        *ok = *ok && press_pdf(press, p, &b, &r, &e) && r.pages == 1;
    }
    arena_done(&mine);
    return NULL;
}

static void test_press__serves_several_threads(void)
{
    pthread_t t[4];
    bool ok[4];
    for (int i = 0; i < 4; i++)
        OK(!pthread_create(&t[i], NULL, print_often, &ok[i]));
    for (int i = 0; i < 4; i++)
        OK(!pthread_join(t[i], NULL) && ok[i]);
}

int main(void)
{
    press = press_make(&a, STR(""));
    test_press__every_character_has_ink();
    test_press__the_ink_test_can_fail();
    test_press__shows_the_text_of_the_model();
    test_press__keeps_inside_the_margins();
    test_press__same_paper_same_bytes();
    test_press__a_missing_character_is_told();
    test_press__bears_hostile_text();
    test_press__serves_several_threads();
    arena_done(&a);
    return tap_end();
}
