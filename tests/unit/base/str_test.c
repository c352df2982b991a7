#include "tap.h"

int main(void)
{
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
