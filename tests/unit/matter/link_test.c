/* Links stand in both matters or in none, whatever was asked of them. */
#include "unit/city.h"
#include "matter/link.h"

#define ADVICE "\"kind\":\"advice\",\"title\":\"问路\""

static struct told tie(const char *login, struct case_file a, struct case_file b, const char *relation)
{
    return call(login, text("POST /api/v1/matters/%lld/links", (long long)a.id.v),
        text("{\"number\":\"%.*s\",\"relation\":\"%s\",\"reason\":\"同一件事\"}", STR_ARG(b.number),
             relation).p, 0);
}
static struct told part(const char *login, struct case_file a, struct id link)
{
    return call(login, text("POST /api/v1/matters/%lld/links/%lld/end", (long long)a.id.v,
                            (long long)link.v), "{\"reason\":\"不是一件\"}", 0);
}
static size_t seen(const char *login, struct case_file a)
{
    struct told t = get(login, text("/api/v1/matters/%lld/links", (long long)a.id.v));
    return DONE(t) ? ((const struct list *)t.out)->n : 99;
}
static int64_t entries(struct case_file c)
{
    return ASK(SQL("SELECT COUNT(*) FROM journal WHERE chain = $1"), V(c.id));
}

static void test_link__stands_in_both_or_none(void)
{
    struct case_file a = filed(DISPATCHER, ADVICE), b = filed(DISPATCHER, ADVICE),
                     far = filed("clerk.dali", ADVICE);
    struct told t = tie(DISPATCHER, b, a, "same");
    OK(DONE(t) && seen(DISPATCHER, a) == 1 && seen(DISPATCHER, b) == 1);
    struct id link = ((const struct link *)t.out)->id;
    REFUSED(tie(DISPATCHER, a, b, "same"), ERR_DUPLICATE, "");
    REFUSED(tie(DISPATCHER, a, a, "same"), ERR_NO_SUCH_REF, "number");
    REFUSED(tie(DISPATCHER, a, far, "same"), ERR_NO_SUCH_REF, "number");
    REFUSED(tie("clerk.dali", a, far, "same"), ERR_NOT_FOUND, "");
    REFUSED(tie("leader.guicheng", a, b, "related"), ERR_DENIED, "");
    REFUSED(tie(RESIDENT, a, b, "related"), ERR_DENIED, "");
    /* What was refused left nothing in any chain. */
    OK(entries(a) == 2 && entries(b) == 2 && entries(far) == 1);
    REFUSED(part(DISPATCHER, far, link), ERR_NOT_FOUND, "");
    REFUSED(part(DISPATCHER, a, (struct id){ link.v + 1 }), ERR_NOT_FOUND, "");
    REFUSED(part(DISPATCHER, a, ID_NONE), ERR_NOT_FOUND, "");
    DONE(part(DISPATCHER, a, link));
    REFUSED(part(DISPATCHER, b, link), ERR_NOT_FOUND, "");
    OK(seen(DISPATCHER, a) == 0 && entries(a) == 3 && entries(b) == 3);
    DONE(tie(DISPATCHER, a, b, "same"));                /* again, as a new one */
}

static void test_group__has_one_head(void)
{
    struct case_file v[5];
    for (size_t i = 0; i < COUNT(v); i++)
        v[i] = filed(DISPATCHER, ADVICE);
    for (size_t i = 1; i < 4; i++)
        DONE(tie(DISPATCHER, v[i], v[0], "group"));
    for (size_t i = 0; i < 4; i++)
        OK_INT(seen(DISPATCHER, v[i]), 3);
    REFUSED(tie(DISPATCHER, v[1], v[4], "group"), ERR_IN_GROUP, "");
    REFUSED(tie(DISPATCHER, v[4], v[1], "group"), ERR_IN_GROUP, "");
    REFUSED(tie(DISPATCHER, v[0], v[4], "group"), ERR_GROUP_HEAD, "");
    DONE(tie(DISPATCHER, v[4], v[1], "related"));       /* which is no group */
    OK_INT(seen(DISPATCHER, v[4]), 1);
    /* Sight that ended takes the sibling from the list. */
    DO(SQL("UPDATE sight SET until = 1 WHERE matter = $1"), V(v[2].id));
    OK_INT(seen(DISPATCHER, v[3]), 2);
}

int main(void)
{
    town_open();
    test_link__stands_in_both_or_none();
    test_group__has_one_head();
    return town_close();
}
