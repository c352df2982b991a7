/* password_policy.c - which passwords are too weak. Not a meter: characters that
 * belong to a word everybody uses, to a run (abcd, 4321) or to a repeat are
 * worth nothing, and six others must remain. */
#include "base/utf8.h"
#include "crypt/password.h"

enum { OWN_MIN = 6, LOGIN_MIN = 3, WORD_MOST = 16 };

/* Folded. Longest first where one begins with another. */
static const char *const words[] = {
    "123456", "12345", "654321", "123123", "112233", "111111", "000000", "666666", "888888",
    "168168", "147258369", "147258", "159357", "789456", "520520", "5201314", "1314520", "1314521",
    "520", "1314", "woaini", "aini", "woaiwojia", "woaizhongguo", "zhongguo", "nihao", "mima",
    "wodemima", "guanliyuan", "laopo", "laogong", "baobei", "wangyi", "taobao", "weixin", "qwe123",
    "qwertyuiop", "qwerty", "qwert", "qwe", "asdfghjkl", "asdfgh", "asdf", "asd", "zxcvbnm",
    "zxcvbn", "zxcv", "zxc", "1qaz2wsx", "1qaz", "2wsx", "3edc", "4rfv", "qazwsx", "qaz", "wsx",
    "1q2w3e4r", "1q2w3e", "q1w2e3r4", "a123456", "abc123", "aa123456", "password", "passw0rd",
    "p@ssw0rd", "p@ssword", "passwd", "pass", "administrator", "admin", "root", "user", "guest",
    "test", "demo", "login", "welcome", "letmein", "iloveyou", "changeme", "default", "system",
    "super", "master", "secret", "hello", "dragon", "monkey", "sunshine", "princess", "football",
    "windows", "huawei", "fengqiao", "枫桥", "foshan", "nanhai", "shunde", "china", "密码", "管理员",
    "我爱你", "2020", "2021", "2022", "2023", "2024", "2025", "2026", "2027", "2028", "1234", "321",
};

/* Base letters of U+00C0 … U+017F, so that an accent, composed or not, is no
 * strength; '?' where there is none. */
static const char bases[] =
    "aaaaaaaceeeeiiiidnooooo?ouuuuyts" "aaaaaaaceeeeiiiidnooooo?ouuuuyty"
    "aaaaaaccccccccddddeeeeeeeeeegggg" "gggghhhhiiiiiiiiiiiijjkkklllllll"
    "lllnnnnnnnnnoooooooorrrrrrssssss" "ssttttttuuuuuuuuuuuuwwyyyzzzzzzs";

static uint32_t base_of(uint32_t c)
{
    return c >= 0xC0 && c <= 0x17F ? (unsigned char)bases[c - 0xC0] : c;
}

/* Folded, accents off; combining marks disappear. */
static struct str plain(struct arena *a, struct str s)
{
    struct str in = utf8_fold(a, s);
    char *out = arena_alloc(a, in.n + 1);
    size_t n = 0;
    while (in.n) {
        uint32_t c = utf8_next(&in);
        if (c < 0x300 || c > 0x36F)
            n += utf8_put(base_of(c), out + n);
    }
    return (struct str){ out, n };
}

static size_t word_at(struct str s)
{
    size_t longest = 0;
    for (size_t i = 0; i < COUNT(words); i++)
        if (str_starts(s, str_of(words[i])))
            longest = MAX(longest, strlen(words[i]));
    return longest;
}

/* How many bytes from here go on by the same step of -1, 0 or 1; three at least. */
static size_t run_at(struct str s)
{
    size_t n = 2;
    int step = s.n >= 2 ? s.p[1] - s.p[0] : 9;
    if (step < -1 || step > 1)
        return 0;
    while (n < s.n && s.p[n] - s.p[n - 1] == step)
        n++;
    return n >= 3 ? n : 0;
}

/* How many bytes from at repeat what stands just before, period by period. */
static size_t repeat_at(struct str s, size_t at)
{
    for (size_t period = 2; period <= at && period <= WORD_MOST; period++) {
        struct str before = str_sub(s, at - period, period);
        if (str_starts(str_sub(s, at, s.n), before))
            return period;
    }
    return 0;
}

static size_t own_characters(struct str s)
{
    size_t own = 0;
    for (size_t at = 0; at < s.n;) {
        struct str rest = str_sub(s, at, s.n);
        size_t skip = MAX(MAX(word_at(rest), run_at(rest)), repeat_at(s, at));
        if (skip == 0) {
            struct str after = rest;
            utf8_next(&after);
            skip = rest.n - after.n;
            own++;
        }
        at += skip;
    }
    return own;
}

static bool digits_only(struct str s)
{
    for (size_t i = 0; i < s.n; i++)
        if ((s.p[i] < '0' || s.p[i] > '9') && !(i + 1 == s.n && s.p[i] == 'x'))
            return false;
    return true;
}

static bool is_weak(struct arena *a, struct str login, struct str password)
{
    struct str p = plain(a, password), l = plain(a, login);
    return utf8_count(p) < PASSWORD_MIN || digits_only(p)
        || (utf8_count(l) >= LOGIN_MIN && str_find(p, l) < p.n) || own_characters(p) < OWN_MIN;
}

bool password_check(struct str login, struct str password, struct err *e)
{
    struct arena a = { 0 };
    if (password.n > PASSWORD_MAX)
        return err_setf(e, ERR_TOO_LONG, "%d", PASSWORD_MAX);
    if (!utf8_valid(password))
        return err_set(e, ERR_BAD_TEXT);
    bool weak = is_weak(&a, str_sub(login, 0, PASSWORD_MAX), password);
    arena_done(&a);
    return !weak || err_set(e, ERR_WEAK_PASSWORD);
}
