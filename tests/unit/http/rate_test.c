/* rate_test.c - buckets fill, empty, are apart, and are bounded. */
#include "http/rate.h"
#include "base/stamp.h"
#include "tap.h"

enum { S = 1000000 };

static void test_rate_take__empties_and_refills(void)
{
    struct arena a = { 0 };
    struct rate_table *t = rate_make(&a, 16);
    int64_t now = 1000 * (int64_t)S;
    for (int i = 0; i < 6; i++)
        OK_INT(rate_take(t, STR("k"), 0, 6, now), 0);
    OK_INT(rate_take(t, STR("k"), 0, 6, now), 11);
    OK_INT(rate_take(t, STR("k"), 1, 6, now), 0);       /* another class */
    OK_INT(rate_take(t, STR("l"), 0, 6, now), 0);       /* another key */
    OK_INT(rate_take(t, STR("k"), 0, 6, now + 9 * S), 2);
    OK_INT(rate_take(t, STR("k"), 0, 6, now + 10 * S), 0);
    OK(rate_take(t, STR("k"), 0, 6, now + 10 * S) > 0);
    for (int i = 0; i < 6; i++)                         /* never more than a minute's */
        OK_INT(rate_take(t, STR("k"), 0, 6, now + 9000 * (int64_t)S), 0);
    OK(rate_take(t, STR("k"), 0, 6, now + 9000 * (int64_t)S) > 0);
    OK(rate_take(t, STR("k"), 0, 6, now) > 0);          /* a clock gone back gives nothing */
    OK_INT(rate_take(t, STR("k"), 0, 0, now), 0);
    rate_done(t);
    arena_done(&a);
}

static void test_rate_take__many_keys_keep_the_guilty(void)
{
    struct arena a = { 0 };
    struct rate_table *t = rate_make(&a, 4);
    for (int i = 0; i < 3; i++)
        OK_INT(rate_take(t, STR("guilty"), 0, 3, S), 0);
    for (int i = 0; i < 5000; i++) {
        char key[32];
        int n = snprintf(key, sizeof key, "other %d", i);
        if (rate_take(t, (struct str){ key, (size_t)n }, 0, 3, S))
            OK(false);
    }
    OK(rate_take(t, STR("guilty"), 0, 3, S) > 0);
    rate_done(t);
    arena_done(&a);
}

static void test_rate_key__households(void)
{
    struct arena a = { 0 };
    OK(str_eq(rate_key(&a, ID_NONE, "2001:db8:1:2::1"),
              rate_key(&a, ID_NONE, "2001:db8:1:2:ffff::9")));
    OK(!str_eq(rate_key(&a, ID_NONE, "2001:db8:1:2::1"),
               rate_key(&a, ID_NONE, "2001:db8:1:3::1")));
    OK(!str_eq(rate_key(&a, ID_NONE, "::ffff:1.2.3.4"),
               rate_key(&a, ID_NONE, "::ffff:1.2.3.5")));
    OK_STR(rate_key(&a, ID_NONE, "1.2.3.4"), "1.2.3.4");
    OK_STR(rate_key(&a, ID_NONE, ""), "");
    OK_STR(rate_key(&a, (struct id){ 912216208302931968 }, "1.2.3.4"), "account 912216208302931968");
    arena_done(&a);
}

int main(void)
{
    test_rate_take__empties_and_refills();
    test_rate_take__many_keys_keep_the_guilty();
    test_rate_key__households();
    return tap_end();
}
