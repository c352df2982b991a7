#include "people/browser.h"
#include "crypt/token.h"
#include "unit/people/world.h"

static struct str known(struct world *w, struct str cookie, struct str login)
{
    struct req r = world_req(w);
    r.cookie = cookie;
    return browser_known(&r, login);
}

/* What the browser sends after login signed in with that cookie. */
static struct str after(struct world *w, struct str cookie, struct str login)
{
    struct req r = world_req(w);
    struct str pair, rest;
    r.cookie = cookie;
    browser_remember(&r, login);
    OK(str_cut(r.set_cookie[1], ';', &pair, &rest));
    OK_STR(rest, " Path=/api/v1/session; HttpOnly; SameSite=Strict; Max-Age=15552000");
    return pair;
}

static struct str number_in(struct str cookie)
{
    struct str head, rest;
    OK(str_starts(cookie, STR("fqb=")));
    (void)str_cut(str_sub(cookie, 4, cookie.n), '.', &head, &rest);
    return head;
}

static void test_browser__is_known_for_who_signed_in(struct world *w)
{
    struct str one = after(w, STR(""), STR("li.na"));
    struct str both = after(w, one, STR("wang.wu"));
    OK_STR(known(w, one, STR("li.na")), arena_cstr(&w->a, number_in(one)));
    OK_INT(known(w, one, STR("wang.wu")).n, 0);
    OK_INT(known(w, one, STR("li.nа")).n, 0);           /* a Cyrillic letter */
    OK_INT(known(w, one, STR("")).n, 0);
    OK_INT(known(w, STR(""), STR("li.na")).n, 0);
    OK(str_eq(number_in(one), number_in(both)));
    OK(known(w, both, STR("li.na")).n && known(w, both, STR("wang.wu")).n);
    OK(known(w, arena_printf(&w->a, "a=1; %.*s; b=2", STR_ARG(both)), STR("li.na")).n);
    OK(!str_eq(number_in(one), number_in(after(w, STR(""), STR("li.na")))));
}

/* Who signed in last is kept, once; the cookie does not grow. */
static void test_browser__keeps_the_last_five(struct world *w)
{
    struct str cookie = STR("");
    for (int i = 0; i < 9; i++)
        cookie = after(w, cookie, arena_printf(&w->a, "clerk%d", i));
    size_t n = cookie.n;
    OK(n < 200);
    for (int i = 0; i < 9; i++)
        OK_INT(known(w, cookie, arena_printf(&w->a, "clerk%d", i)).n > 0, i >= 4);
    for (int i = 0; i < 9; i++)
        cookie = after(w, cookie, STR("clerk5"));
    OK_INT(cookie.n, n);
    for (int i = 4; i < 9; i++)
        OK(known(w, cookie, arena_printf(&w->a, "clerk%d", i)).n > 0);
}

static void test_browser__is_forgotten_after_half_a_year(struct world *w)
{
    struct stamp now = w->now;
    struct str cookie = after(w, STR(""), STR("li.na"));
    w->now.ms = now.ms + 179 * STAMP_DAY;
    OK(known(w, cookie, STR("li.na")).n);
    cookie = after(w, cookie, STR("wang.wu"));
    w->now.ms = now.ms + 180 * STAMP_DAY;
    OK(!known(w, cookie, STR("li.na")).n && known(w, cookie, STR("wang.wu")).n);
    w->now.ms = now.ms - STAMP_DAY;     /* made in the future: not by us */
    OK(!known(w, cookie, STR("li.na")).n);
    w->now = now;
}

/* No byte of it may be another; of what is no cookie of ours a new one is made. */
static void test_browser__cannot_be_made_up(struct world *w)
{
    struct str cookie = after(w, STR(""), STR("li.na")), number = number_in(cookie);
    for (size_t i = 4; i < cookie.n; i++) {
        struct str bad = arena_dup(&w->a, cookie);
        ((char *)(uintptr_t)bad.p)[i] = bad.p[i] == '7' ? '8' : '7';
        if (known(w, bad, STR("li.na")).n)
            printf("# byte %zu: %.*s\n", i, STR_ARG(bad));
        OK_INT(known(w, bad, STR("li.na")).n, 0);
    }
    for (size_t n = 0; n < cookie.n; n++)
        OK_INT(known(w, str_sub(cookie, 0, n), STR("li.na")).n, 0);
    const struct str bad[] = {
        STR("fqb="), STR("fqb=."), STR("fqb=...."), STR("fqb=x.1-0000000000000"), STR("fqb"),
        STR("fqb=fq_.20000-0000000000000"), arena_printf(&w->a, "fqb=%.*s", STR_ARG(number)),
        arena_printf(&w->a, "fqb=%.*s.99999999999999999999-0000000000000", STR_ARG(number)),
        arena_printf(&w->a, "fqb=%.*s.-1-0000000000000", STR_ARG(number)),
        arena_printf(&w->a, "fqb=%.*s%.*s", STR_ARG(number), 3000, (char *)memset(
            arena_alloc(&w->a, 3000), '.', 3000)),
    };
    for (size_t i = 0; i < COUNT(bad); i++) {
        OK_INT(known(w, bad[i], STR("li.na")).n, 0);
        OK(known(w, after(w, bad[i], STR("li.na")), STR("li.na")).n > 0);
    }
}

static void test_browser__is_known_after_a_new_key(struct world *w)
{
    struct err e = { 0 };
    struct str cookie = after(w, STR(""), STR("li.na"));
    MUST(keys_make(&w->app.keys, KEY_MASTER, &e), &e);
    OK(known(w, cookie, STR("li.na")).n > 0);
}

int main(void)
{
    struct world w;
    world_open(&w);
    test_browser__is_known_for_who_signed_in(&w);
    test_browser__keeps_the_last_five(&w);
    test_browser__is_forgotten_after_half_a_year(&w);
    test_browser__cannot_be_made_up(&w);
    test_browser__is_known_after_a_new_key(&w);
    world_close(&w);
    return tap_end();
}
