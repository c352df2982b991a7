/* tap.h - the unit tests' harness: TAP lines, and "N passed, N failed" at the end. */
#ifndef TAP_H
#define TAP_H
#include "base/defs.h"

static int tap_passed, tap_failed;
#define OK(cond) tap_ok(!!(cond), #cond, __FILE__, __LINE__)
#define OK_INT(got, want) tap_int((int64_t)(got), (int64_t)(want), #got, __FILE__, __LINE__)
#define OK_STR(got, want) tap_str(got, want, #got, __FILE__, __LINE__)

static inline bool tap_ok(bool ok, const char *what, const char *file, int line)
{
    printf("%sok %d - %s\n", ok ? "" : "not ", tap_passed + tap_failed + 1, what);
    if (ok) {
        tap_passed++;
        return true;
    }
    tap_failed++;
    printf("#   at %s:%d\n", file, line);
    return false;
}
static inline bool tap_int(int64_t got, int64_t want, const char *what, const char *file, int line)
{
    if (!tap_ok(got == want, what, file, line))
        printf("#   got %lld, wanted %lld\n", (long long)got, (long long)want);
    return got == want;
}
#include "base/str.h"
static inline bool tap_str(struct str got, const char *want, const char *what, const char *file,
                           int line)
{
    if (!tap_ok(str_is(got, want), what, file, line))
        printf("#   got    [%.*s]\n#   wanted [%s]\n", STR_ARG(got), want);
    return str_is(got, want);
}
static inline int tap_end(void)
{
    printf("1..%d\n%d passed, %d failed\n", tap_passed + tap_failed, tap_passed, tap_failed);
    return tap_failed != 0;
}
#endif
