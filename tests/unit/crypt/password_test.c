#include "crypt/password.h"
#include "base/stamp.h"
#include "tap.h"

#define OLD_HASH "$argon2id$v=19$m=8192,t=1,p=1$2O6PslkcUZw0gPwMSmC/2A$Xz" \
    "ETcOd1BHhd7BEsc4/l6/BkN1AeevY5iDnyuK0FYH4"

static struct arena a;

static void test_hash(void)
{
    struct str p = STR("山高月小 水落石出"), h = password_hash(&a, p);
    OK(str_starts(h, STR("$argon2id$v=19$m=19456,t=2,p=1$")) && h.n < PASSWORD_HASH_MAX);
    OK(password_verify(h, p) && !password_verify(h, STR("山高月小 水落石")));
    OK(!password_verify(h, STR_NONE) && !str_eq(h, password_hash(&a, p)));
    OK(!password_is_stale(h));
    OK(password_is_stale(STR_NONE) && password_is_stale(STR("x")));
    /* computed by libsodium with 8 MiB and one pass over "old password" */
    struct str old = STR(OLD_HASH);
    OK(password_verify(old, STR("old password")) && password_is_stale(old));
    int taken = 0;
    for (size_t i = 31; i < h.n; i += 5) {                  /* salt and hash, a character each */
        char *bent = (char *)arena_dup(&a, h).p;
        bent[i] = bent[i] == 'A' ? 'B' : 'A';
        taken += password_verify((struct str){ bent, h.n }, p);
    }
    taken += password_verify(str_sub(h, 0, h.n - 1), p);
    OK_INT(taken, 0);
}

static void test_hostile_hashes(void)
{
    static const char *const lies[] = {
        "", "$", "$argon2id$", "$argon2i$v=19$m=8192,t=1,p=1$AAAA$AAAA",
        "$argon2id$v=19$m=4194304,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAA",
        "$argon2id$v=19$m=19456,t=4000000000,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAA",
        "$argon2id$v=19$m=-1,t=-1,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAA",
        "$argon2id$v=19$m=19456,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$",
        "5f4dcc3b5aa765d61d8327deb882cf99" };
    int64_t start = clock_us();
    for (size_t i = 0; i < COUNT(lies); i++)
        OK(!password_verify(str_of(lies[i]), STR("x")));
    struct str huge = { arena_alloc(&a, 1 << 20), 1 << 20 };
    OK(!password_verify(huge, STR("x")) && !password_verify(password_hash(&a, STR("x")), huge));
    OK(clock_us() - start < 5000000);                       /* none made us work for long */
}

static int64_t time_of(bool nobody, struct str h)
{
    int64_t best = INT64_MAX;
    for (int i = 0; i < 3; i++) {
        int64_t start = clock_us();
        if (nobody)
            password_verify_nobody(STR("wrong guess"));
        else
            OK(!password_verify(h, STR("wrong guess")));
        best = MIN(best, clock_us() - start);
    }
    return best;
}

/* Nobody learns from the time whether a login exists. */
static void test_nobody_costs_as_much(void)
{
    struct str h = password_hash(&a, STR("right guess"));
    int64_t somebody = time_of(false, h), nobody = time_of(true, h);
    OK(nobody > somebody / 3 && nobody < somebody * 3);
    struct str huge = { arena_alloc(&a, 1 << 20), 1 << 20 };
    password_verify_nobody(huge);
}

static enum err_id verdict(const char *login, const char *password)
{
    struct err e = { 0 };
    bool ok = password_check(str_of(login), str_of(password), &e);
    return ok ? ERR_OK : e.id;
}

static void test_policy(void)
{
    static const char *const weak[] = {
        "", "short", "123456789", "1234567890", "13812345678", "440605199001011234",
        "44060519900101123x", "woaini1314", "woaini5201314", "5201314520", "Admin@123456",
        "ａｄｍｉｎ＠１２３４５６", "Password123!", "P@ssw0rd2026", "aaaaaaaaaaaa", "abababababab",
        "abcdefghijkl", "1qaz2wsx3edc", "qwertyuiop12", "zhangsan2026", "my-Zhangsan-is-here",
        "ZHÀNGSAN-xkcd", "Zha\xCC\x80ngsan-xkcd", "密码密码密码密码密码", "我爱你我爱你我爱你520", "Foshan2026!!",
        "passwordpassword", "Huawei12#$", "枫桥枫桥2026admin", "abcabcabcabcabc",
        "P\xC3\xA1ssword12345", "Pa\xCC\x81ssword12345",
    };
    static const char *const strong[] = {
        "correct horse", "山高月小水落石出清风徐来", "t7#Kq9!mWz", "Liu-he-cai-2026-x", "夜来风雨声 1999",
        "3Fish+7Birds",
    };
    for (size_t i = 0; i < COUNT(weak); i++)
        if (!OK(verdict("zhangsan", weak[i]) == ERR_WEAK_PASSWORD))
            printf("#   %s\n", weak[i]);
    for (size_t i = 0; i < COUNT(strong); i++)
        if (!OK(verdict("zhangsan", strong[i]) == ERR_OK))
            printf("#   %s\n", strong[i]);
    OK_INT(verdict("", "t7#Kq9!mWz"), ERR_OK);
    OK_INT(verdict("t7", "t7#Kq9!mWz"), ERR_OK);            /* too short a login to look for */
    OK_INT(verdict("zhangsan", "t7#Kq9!mWz\xFF"), ERR_BAD_TEXT);
    struct err e = { 0 };
    struct str huge = { arena_alloc(&a, 1 << 20), 1 << 20 };
    OK(!password_check(huge, huge, &e) && e.id == ERR_TOO_LONG);
    err_clear(&e);
    OK(!password_check(STR("x"), STR("t7#Kq9!\0mWz"), &e) && e.id == ERR_BAD_TEXT);
    err_clear(&e);
    OK(password_check(huge, STR("t7#Kq9!mWz"), &e));
}

int main(void)
{
    test_hash();
    test_hostile_hashes();
    test_nobody_costs_as_much();
    test_policy();
    arena_done(&a);
    return tap_end();
}
