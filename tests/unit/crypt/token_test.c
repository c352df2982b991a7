#include "crypt/token.h"
#include "base/random.h"
#include "tap.h"

static struct arena a;
static struct keys keys;
#define REFUSED(call, want) (err_clear(&e), !(call) && e.id == (want))

static bool same(struct digest x, struct digest y) { return digest_eq(&x, &y); }

static void test_token(void)
{
    const struct key *k = keys_current(&keys, KEY_MASTER);
    struct str t = token_make(&a), u = token_make(&a);
    OK(token_is_shaped(t) && !str_eq(t, u) && str_starts(t, STR("fq_")));
    OK(same(token_hash(k, t), token_hash(k, t)) && !same(token_hash(k, t), token_hash(k, u)));
    OK(!same(token_hash(k, t), token_hash(&keys.v[0], t)));         /* another key */
    OK(!token_is_shaped(STR_NONE) && !token_is_shaped(str_sub(t, 0, t.n - 1)));
    char *bent = (char *)arena_dup(&a, t).p;
    bent[10] = '+';
    OK(!token_is_shaped((struct str){ bent, t.n }));
    bent[10] = 0;
    OK(!token_is_shaped((struct str){ bent, t.n }));
    bent[10] = t.p[10], bent[0] = 'F';
    OK(!token_is_shaped((struct str){ bent, t.n }));
}

static void test_pin(void)
{
    const struct key *k = keys_current(&keys, KEY_MASTER);
    struct str pin = token_make_pin(&a);
    struct id one = { 1 }, two = { 2 };
    OK_INT(pin.n, TOKEN_PIN_LEN);
    OK(same(token_pin_hash(k, one, pin), token_pin_hash(k, one, pin)));
    OK(!same(token_pin_hash(k, one, STR("000001")), token_pin_hash(k, two, STR("000001"))));
    OK(!same(token_pin_hash(k, one, STR("000001")), token_pin_hash(k, one, STR("000010"))));
    OK(!same(token_pin_hash(k, one, STR("000001")), token_hash(k, STR("000001"))));
}

static void test_csrf(void)
{
    struct str t = token_csrf(&keys, &a, STR("session-1"));
    struct str huge = { arena_alloc(&a, 1 << 20), 1 << 20 };
    OK_INT(t.n, 22);
    OK(token_csrf_check(&keys, &a, STR("session-1"), t));
    OK(!token_csrf_check(&keys, &a, STR("session-2"), t));
    OK(!token_csrf_check(&keys, &a, STR("session-1"), STR_NONE));
    OK(!token_csrf_check(&keys, &a, STR("session-1"), str_sub(t, 0, 11)));
    OK(!token_csrf_check(&keys, &a, STR("session-1"), huge));
    int taken = 0;
    for (size_t i = 0; i < t.n * 8; i++) {
        char *bent = (char *)arena_dup(&a, t).p;
        bent[i / 8] ^= (char)(1 << i % 8);
        taken += token_csrf_check(&keys, &a, STR("session-1"), (struct str){ bent, t.n });
    }
    OK_INT(taken, 0);
}

static void test_cursor(void)
{
    struct err e = { 0 };
    struct str position = STR("2026-11-21|42"), got = STR("untouched");
    struct str c = token_cursor(&keys, &a, STR("/matters?state=open"), position);
    int taken = 0;
    for (size_t i = 0; i < c.n * 8; i++) {
        char *bent = (char *)arena_dup(&a, c).p;
        bent[i / 8] ^= (char)(1 << i % 8);
        err_clear(&e);
        taken += token_cursor_open(&keys, &a, STR("/matters?state=open"),
                                   (struct str){ bent, c.n }, &got, &e);
    }
    for (size_t n = 0; n < c.n; n++)
        taken += token_cursor_open(&keys, &a, STR("/matters?state=open"), str_sub(c, 0, n), &got,
                                   &e);
    OK_INT(taken, 0);
    OK(REFUSED(token_cursor_open(&keys, &a, STR("/matters"), c, &got, &e), ERR_BAD_CURSOR));
    struct str huge = { arena_alloc(&a, 1 << 20), 1 << 20 };
    OK(REFUSED(token_cursor_open(&keys, &a, STR("/matters"), huge, &got, &e), ERR_BAD_CURSOR));
    OK_STR(got, "untouched");
    err_clear(&e);
    OK(token_cursor_open(&keys, &a, STR("/matters?state=open"), c, &got, &e));
    OK_STR(got, "2026-11-21|42");
    struct str most = { huge.p, TOKEN_CURSOR_MAX };
    OK(token_cursor_open(&keys, &a, STR("x"), token_cursor(&keys, &a, STR("x"), most), &got, &e));
    OK(str_eq(got, most));
    struct str none = token_cursor(&keys, &a, STR("x"), STR_NONE);
    OK(token_cursor_open(&keys, &a, STR("x"), none, &got, &e));
    OK_INT(got.n, 0);
}

static void test_code(void)
{
    struct str c = token_code(&keys, &a, STR("receipt"), STR("42"));
    OK_INT(c.n, TOKEN_CODE_LEN);
    OK(token_code_check(&keys, &a, STR("receipt"), STR("42"), c));
    char *typed = (char *)arena_printf(&a, "%.4s-%.4s-%.5s", c.p, c.p + 4, c.p + 8).p;
    for (char *p = typed; *p; p++)
        *p = *p >= 'A' && *p <= 'Z' ? (char)(*p + 32) : *p == '0' ? 'o' : *p;
    OK(token_code_check(&keys, &a, STR("receipt"), STR("42"), str_of(typed)));
    OK(!token_code_check(&keys, &a, STR("receipt"), STR("43"), c));
    OK(!token_code_check(&keys, &a, STR("paper"), STR("42"), c));
    OK(!token_code_check(&keys, &a, STR("receipt4"), STR("2"), c));
    OK(!token_code_check(&keys, &a, STR("receipt"), STR("42"), str_sub(c, 0, 12)));
    OK(!token_code_check(&keys, &a, STR("receipt"), STR("42"), STR("0000000000000")));
    OK(!token_code_check(&keys, &a, STR("receipt"), STR("42"), STR_NONE));
}

static void test_older_keys_still_count(void)
{
    struct err e = { 0 };
    struct str csrf = token_csrf(&keys, &a, STR("s")), got;
    struct str cursor = token_cursor(&keys, &a, STR("x"), STR("p"));
    struct str code = token_code(&keys, &a, STR("receipt"), STR("1"));
    const struct key *old = keys_current(&keys, KEY_MASTER);
    OK(keys_make(&keys, KEY_MASTER, &e));
    OK(token_csrf_check(&keys, &a, STR("s"), csrf));
    OK(token_cursor_open(&keys, &a, STR("x"), cursor, &got, &e));
    OK(token_code_check(&keys, &a, STR("receipt"), STR("1"), code));
    OK(!str_eq(csrf, token_csrf(&keys, &a, STR("s"))));
    size_t at = 0;
    OK(keys_each(&keys, KEY_MASTER, &at) == keys_current(&keys, KEY_MASTER));
    OK(keys_each(&keys, KEY_MASTER, &at) == old && keys_each(&keys, KEY_MASTER, &at) == &keys.v[0]);
    OK(!keys_each(&keys, KEY_MASTER, &at) && !keys_each(&keys, KEY_MASTER, &at));
}

int main(void)
{
    struct err e = { 0 };
    OK(keys_make(&keys, KEY_MASTER, &e) && keys_make(&keys, KEY_MASTER, &e));
    test_token();
    test_pin();
    test_csrf();
    test_cursor();
    test_code();
    test_older_keys_still_count();
    arena_done(&a);
    return tap_end();
}
