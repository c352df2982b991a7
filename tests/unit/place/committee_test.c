#include "place/committee.h"
#include "tap.h"

/* What is said of a committee so made up, on day 20000. */
static struct committee judge(struct arena *a, struct committee x, bool *has_soon)
{
    struct req r = { .a = a, .lang = LANG_EN, .now = stamp_of_day((struct day){ 20000 }) };
    committee_judge(&r, &(struct committee_law){ 3, 9, 3 * 366, 60 }, &x);
    *has_soon = false;
    for (size_t i = 0; i < x.reasons.n; i++)
        *has_soon |= str_find(x.reasons.v[i], STR("sixty")) < x.reasons.v[i].n;
    return x;
}

static void test_committee__follows_articles_8_and_9(struct arena *a)
{
    struct committee fine = { .members = 3, .heads = 1, .women = 1, .longest_term = 1095,
                              .term_ends = { 20500 } };
    bool soon;
    OK(judge(a, fine, &soon).fits && !soon);
    struct committee x = fine;
    x.members = 9;
    OK(judge(a, x, &soon).fits);
    x.members = 10;
    OK(!judge(a, x, &soon).fits);
    x.members = 2;
    OK(!judge(a, x, &soon).fits);
    x = fine, x.heads = 0;
    OK(!judge(a, x, &soon).fits);
    x.heads = 2;
    OK(!judge(a, x, &soon).fits);
    x = fine, x.women = 0;
    OK(!judge(a, x, &soon).fits);
    x = fine, x.longest_term = 1500;
    OK(!judge(a, x, &soon).fits);
    x = fine, x.open_terms = 1;
    OK(!judge(a, x, &soon).fits);
}

static void test_committee__a_term_that_ends_soon_is_said_and_fits(struct arena *a)
{
    struct committee x = { .members = 5, .heads = 1, .women = 2, .longest_term = 1095,
                           .term_ends = { 20060 } };
    bool soon;
    OK(judge(a, x, &soon).fits && soon);
    x.term_ends.n = 20061;
    OK(judge(a, x, &soon).fits && !soon);
}

static void test_committee__an_empty_one_has_every_reason(struct arena *a)
{
    bool soon;
    struct committee x = judge(a, (struct committee){ 0 }, &soon);
    OK(!x.fits);
    OK_INT(x.reasons.n, 3);
}

int main(void)
{
    struct arena a = { 0 };
    test_committee__follows_articles_8_and_9(&a);
    test_committee__a_term_that_ends_soon_is_said_and_fits(&a);
    test_committee__an_empty_one_has_every_reason(&a);
    arena_done(&a);
    return tap_end();
}
