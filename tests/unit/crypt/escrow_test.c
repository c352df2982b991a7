#include "crypt/escrow.h"
#include "base/arena.h"
#include "tap.h"

#define REFUSED(call, want) (err_clear(&e), !(call) && e.id == (want))
#define PASSPHRASE STR("夜来风雨声 花落知多少 1999")
static struct arena a;

static struct keys make(int n)
{
    struct keys k = { .n = 0 };
    struct err e = { 0 };
    for (int i = 0; i < n; i++)
        if (!keys_make(&k, (enum key_kind)(i % KEY_KIND__COUNT), &e))
            abort();
    return k;
}

static struct str paper_of(const struct keys *k)
{
    struct buf b;
    struct err e = { 0 };
    buf_init(&b, 16000);
    OK(escrow_write(k, PASSPHRASE, &b, &e));
    struct str s = arena_dup(&a, buf_str(&b));
    buf_done(&b);
    return s;
}

/* As a tired person types it: lower case, letters for digits, blanks wherever. */
static struct str as_typed(struct str paper)
{
    struct buf b;
    buf_init(&b, 20000);
    buf_add(&b, STR("# from the safe\r\n\r\n"));
    bool number = true;
    for (size_t i = 0; i < paper.n; i++) {
        char c = paper.p[i];
        number = c == '\n' || (number && c != ' ');
        char soft = c == '0' ? 'o' : c == '1' ? 'l' : c >= 'A' ? (char)(c + 32) : c;
        buf_add_char(&b, number ? c : soft);
        if (c == '\n')
            buf_add(&b, STR(" \r\n  "));
    }
    struct str s = arena_dup(&a, buf_str(&b));
    buf_done(&b);
    return s;
}

static void test_paper_comes_back(int n)
{
    struct err e = { 0 };
    struct keys k = make(n), back = { .n = 0 };
    struct str paper = paper_of(&k);
    OK(escrow_read(as_typed(paper), PASSPHRASE, &back, &e));
    OK(memcmp(&k, &back, sizeof k) == 0);
    if (n != KEY_KIND__COUNT)
        return;
    OK_INT(paper.n > 400 && paper.n < 600, 1);
    back.n = 55;
    OK(REFUSED(escrow_read(paper, STR("wrong horse battery"), &back, &e), ERR_ESCROW_PASSPHRASE));
    OK_INT(back.n, 55);
}

/* A slip of one character is named by its line, without touching the passphrase. */
static void test_slips(void)
{
    struct err e = { 0 };
    struct keys k = make(3), out = { .n = 55 };
    struct str paper = paper_of(&k);
    int missed = 0, line = 1;
    for (size_t i = 0; i < paper.n; i++) {
        char *bent = (char *)arena_dup(&a, paper).p, want[16];
        if (bent[i] == '\n' && ++line)
            continue;
        if (bent[i] == ' ')
            continue;
        bent[i] = bent[i] == 'W' ? 'X' : 'W';
        err_clear(&e);
        snprintf(want, sizeof want, "%d", line);
        missed += escrow_read((struct str){ bent, paper.n }, PASSPHRASE, &out, &e)
            || e.id != ERR_ESCROW_LINE || strcmp(e.arg, want) != 0;
    }
    OK_INT(missed, 0);
    size_t first = str_find(paper, STR("\n")) + 1;
    OK(REFUSED(escrow_read(str_sub(paper, first, paper.n), PASSPHRASE, &out, &e), ERR_ESCROW_LINE));
    OK_STR(str_of(e.arg), "1");
    OK(REFUSED(escrow_read(str_sub(paper, 0, first), PASSPHRASE, &out, &e), ERR_ESCROW_LINE));
    OK_STR(str_of(e.arg), "2");
    struct str twice = arena_printf(&a, "%.*s%.*s", STR_ARG(paper), STR_ARG(paper));
    OK(REFUSED(escrow_read(twice, PASSPHRASE, &out, &e), ERR_ESCROW_LINE));
    OK_INT(out.n, 55);
}

static void test_hostile(void)
{
    struct err e = { 0 };
    struct keys k = make(3), out = { .n = 55 };
    struct buf b;
    buf_init(&b, 16000);
    OK(REFUSED(escrow_write(&k, STR("short"), &b, &e), ERR_TOO_SHORT) && b.n == 0);
    struct str long_one = { arena_alloc(&a, 2000), 2000 };
    memset((char *)long_one.p, 'x', long_one.n);
    OK(REFUSED(escrow_write(&k, long_one, &b, &e), ERR_TOO_LONG) && b.n == 0);
    OK(REFUSED(escrow_write(&(struct keys){ 0 }, PASSPHRASE, &b, &e), ERR_DATA) && b.n == 0);
    OK(REFUSED(escrow_read(STR_NONE, PASSPHRASE, &out, &e), ERR_ESCROW_LINE));
    OK(REFUSED(escrow_read(STR("1/1 \n"), PASSPHRASE, &out, &e), ERR_ESCROW_LINE));
    struct str over = STR("1/99999999999999999999 AAAA"), none = STR("0/0 AAAAAAAA\n-1/-1 A");
    OK(REFUSED(escrow_read(over, PASSPHRASE, &out, &e), ERR_ESCROW_LINE));
    OK(REFUSED(escrow_read(none, PASSPHRASE, &out, &e), ERR_ESCROW_LINE));
    struct str huge = { arena_alloc(&a, 1 << 20), 1 << 20 };
    OK(REFUSED(escrow_read(huge, PASSPHRASE, &out, &e), ERR_TOO_LARGE) && out.n == 55);
    buf_done(&b);
}

int main(void)
{
    test_paper_comes_back(KEY_KIND__COUNT);
    test_paper_comes_back(KEYS_MAX);
    test_slips();
    test_hostile();
    arena_done(&a);
    return tap_end();
}
