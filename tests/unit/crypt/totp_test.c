#include "crypt/totp.h"
#include "base/random.h"
#include "crypt/base32.h"
#include "tap.h"
#include <sys/wait.h>
#include <unistd.h>

static struct arena a;
static const struct stamp now = { INT64_C(1795248000000) + 17 * 1000 };

/* RFC 6238 appendix B, its last six digits. */
static void test_vectors(void)
{
    static const struct { int64_t seconds; const char *code; } rows[] = {
        { 59, "287082" }, { 1111111109, "081804" }, { 1111111111, "050471" },
        { 1234567890, "005924" }, { 2000000000, "279037" }, { 20000000000, "353130" },
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        char code[TOTP_DIGITS + 1];
        totp_code(STR("12345678901234567890"), rows[i].seconds / TOTP_SECONDS, code);
        OK_STR(str_of(code), rows[i].code);
    }
}

static bool good_at(struct str secret, int64_t steps_away, int64_t *last)
{
    char code[TOTP_DIGITS + 1];
    totp_code(secret, now.ms / 30000 + steps_away, code);
    return totp_check(secret, now, str_of(code), last);
}

static void test_window_and_replay(void)
{
    struct str s = STR("12345678901234567890");     /* fixed: codes near here differ */
    int64_t last = 0, present = now.ms / 30000;
    OK(!good_at(s, -2, &last) && !good_at(s, 2, &last) && last == 0);
    OK(good_at(s, -1, &last) && last == present - 1);
    OK(!good_at(s, -1, &last));
    OK(good_at(s, 0, &last) && last == present && !good_at(s, 0, &last) && !good_at(s, -1, &last));
    OK(good_at(s, 1, &last) && last == present + 1 && !good_at(s, 0, &last));
    OK_INT(last, present + 1);
}

static void test_hostile(void)
{
    struct str s = totp_make_secret(&a);
    static const char *const lies[] = {
        "", "12345", "1234567", "abcdef", "-00001", "１２３", "      ",
    };
    int64_t last = 0;
    for (size_t i = 0; i < COUNT(lies); i++)
        OK(!totp_check(s, now, str_of(lies[i]), &last));
    struct str huge = { arena_alloc(&a, 1 << 20), 1 << 20 };
    OK(!totp_check(s, now, huge, &last) && !totp_check(STR_NONE, now, STR("123456"), &last));
    OK(!totp_check(s, (struct stamp){ INT64_MIN }, STR("123456"), &last) && last == 0);
    OK(!str_eq(s, totp_make_secret(&a)) && s.n == TOTP_SECRET_LEN);
}

static void test_uri(void)
{
    OK_STR(totp_uri(&a, STR("枫桥 A&B"), STR("li?=#"), STR("Hello!\xDE\xAD\xBE\xEF")),
           "otpauth://totp/%E6%9E%AB%E6%A1%A5%20A%26B:li%3F%3D%23?secret=JBSWY3DPEHPK3PXP"
           "&issuer=%E6%9E%AB%E6%A1%A5%20A%26B&algorithm=SHA1&digits=6&period=30");
    struct str huge = { arena_alloc(&a, 1 << 20), 1 << 20 };
    OK(totp_uri(&a, huge, huge, STR("x")).n < 2048);
}

/* What another program makes of the same secret and time; its output into out. */
static bool oathtool(const char *secret, const char *at, char out[16])
{
    int fd[2], status = 1;
    if (pipe(fd))
        return false;
    pid_t child = fork();
    if (child == 0) {
        dup2(fd[1], 1);
        execlp("oathtool", "oathtool", "--totp", "-b", "-N", at, secret, (char *)NULL);
        _exit(127);
    }
    close(fd[1]);
    ssize_t n = read(fd[0], out, 15);
    close(fd[0]);
    out[n > 0 ? n : 0] = 0;
    return waitpid(child, &status, 0) == child && status == 0;
}

static void test_against_another_program(void)
{
    struct dice d = { 3 };
    for (int i = 0; i < 8; i++) {
        struct str s = totp_make_secret(&a);
        int64_t seconds = (int64_t)dice_below(&d, 2000000000);
        char code[TOTP_DIGITS + 1], theirs[16];
        struct str at = arena_printf(&a, "@%lld", (long long)seconds);
        if (!oathtool(arena_cstr(&a, base32_text(&a, BASE32_RFC, s)), at.p, theirs)) {
            printf("# no oathtool: vectors only\n");
            return;
        }
        totp_code(s, seconds / TOTP_SECONDS, code);
        OK_STR(str_trim(str_of(theirs)), code);
    }
}

int main(void)
{
    test_vectors();
    test_window_and_replay();
    test_hostile();
    test_uri();
    fflush(stdout);
    test_against_another_program();
    arena_done(&a);
    return tap_end();
}
