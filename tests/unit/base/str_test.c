#include "tap.h"

static void put_numbers(void)
{
    static const int64_t v[] = { 0, 7, 9, 10, 99, 100, 101, 4567, 99999, 100000, -1, -10, -98765,
                                 1234567890123456789, INT64_MAX, INT64_MIN };
    bool right = true;
    for (size_t i = 0; i < COUNT(v); i++) {
        char got[24], want[24];
        *str_put_i64(got, v[i]) = 0;
        snprintf(want, sizeof want, "%lld", (long long)v[i]);
        right = right && !strcmp(got, want);
    }
    OK(right);
    for (unsigned n = 0; n < 100; n++) {
        char got[3] = "", want[3];
        *str_put_two(got, n) = 0;
        snprintf(want, sizeof want, "%u%u", n / 10, n % 10);
        right = right && !strcmp(got, want);
    }
    OK(right);
}

int main(void)
{
    put_numbers();
    struct str head, rest;
    int64_t v = 7;
    OK(str_cut(STR("a=b=c"), '=', &head, &rest));
    OK_STR(head, "a");
    OK_STR(rest, "b=c");
    OK(!str_cut(STR("abc"), '=', &head, &rest) && str_empty(rest));
    OK(str_has_word(STR("a bc d"), STR("bc")) && str_has_word(STR("d"), STR("d")));
    OK(!str_has_word(STR("a bc d"), STR("b")) && !str_has_word(STR(""), STR("a"))
       && !str_has_word(STR("a  b"), STR("")));
    OK_STR(str_trim(STR(" \t x y \r\n")), "x y");
    OK(str_to_i64(STR("-9223372036854775808"), &v) && v == INT64_MIN);
    OK(str_to_i64(STR("9223372036854775807"), &v) && v == INT64_MAX);
    OK(!str_to_i64(STR("9223372036854775808"), &v) && v == INT64_MAX);
    OK(!str_to_i64(STR(""), &v) && !str_to_i64(STR("-"), &v) && !str_to_i64(STR("1 "), &v));
    OK(str_eq_nocase(STR("If-Match"), STR("if-match")) && !str_eq_nocase(STR("a"), STR("ab")));
    OK(str_starts(STR("abc"), STR("ab")) && !str_starts(STR("a"), STR("ab")));
    OK(str_ends(STR("abc"), STR("bc")) && str_ends(STR("abc"), STR("")));
    OK_INT(str_find(STR("hello"), STR("ll")), 2);
    OK_INT(str_find(STR("hello"), STR("zz")), 5);
    OK(str_cmp(STR("a"), STR("ab")) < 0 && str_cmp(STR("b"), STR("ab")) > 0);
    OK(str_eq_secret(STR("abc"), STR("abc")) && !str_eq_secret(STR("abc"), STR("abd")));
    OK_STR(str_sub(STR("abc"), 9, 4), "");
    OK(str_eq(STR_NONE, STR("")));
    return tap_end();
}
