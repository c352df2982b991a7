/* Doubles are told with their reasons, before and after the index knows them, and only
 * to who may open them. */
#include "unit/city.h"
#include "db/feed.h"
#include "matter/double.h"
#include "matter/search.h"

static bool number(struct req *r, void *ctx, struct err *e)
{
    return feed_sequence(r->c, r->app->holder, 1000, ctx, e);
}
static void follow(void)
{
    struct err e = { 0 };
    int64_t moved = 1;
    bool more = true;
    while (moved && city_write(&town, number, &moved) == ERR_OK)
        ;
    while (more && OK(matter_search_follow(&town.app, &more, &e)))
        ;
}

#define STORY "小区地下车库连续三个月积水，物业公司推说排水泵坏了没有钱修，车辆进出打滑已经摔伤两人，"   \
              "业主多次拨打电话都没有下文，请有关部门督促物业尽快维修并公开维修资金的使用情况"
#define LETTER(title, story) "\"kind\":\"request\",\"title\":\"" title "\",\"story\":\"" story "\""

static struct told doubles(const char *login, struct case_file c)
{
    return get(login, text("/api/v1/matters/%lld/doubles", (long long)c.id.v));
}
static const struct double_hint *told_of(struct told t, struct case_file c)
{
    const struct list *list = t.out;
    const struct double_hint *v = list->v;
    for (size_t i = 0; DONE(t) && i < list->n; i++)
        if (v[i].matter.v == c.id.v)
            return &v[i];
    return NULL;
}

static void test_text__is_told_to_who_may_open(void)
{
    struct case_file a = filed(DISPATCHER, LETTER("车库积水", STORY)),
                     b = filed(DISPATCHER, LETTER("地下车库积水", STORY "，谢谢")),
                     c = filed("clerk.dali", LETTER("车库积水", STORY));
    for (int when = 0; when < 2; when++) {
        const struct double_hint *h = told_of(doubles(DISPATCHER, b), a);
        OK(h && h->percent > 85 && h->percent < 100 && h->reasons.n == 1);
        OK(told_of(doubles(DISPATCHER, a), b));
        OK(!told_of(doubles(DISPATCHER, a), c) && !told_of(doubles("clerk.dali", c), a));
        OK(!told_of(doubles(DISPATCHER, a), a));
        REFUSED(doubles("clerk.dali", a), ERR_NOT_FOUND, "");
        REFUSED(doubles("leader.guicheng", a), ERR_NOT_FOUND, "");
        REFUSED(doubles(HANDLER, a), ERR_NOT_FOUND, "");
        follow();
    }
    /* Sight that ended is no sight, whatever the index says. */
    DO(SQL("UPDATE sight SET until = 1 WHERE matter = $1"), V(b.id));
    OK(!told_of(doubles(DISPATCHER, a), b));
    DO(SQL("UPDATE sight SET until = 0 WHERE matter = $1"), V(b.id));
    OK(told_of(doubles(DISPATCHER, a), b));
}

static struct told typed(const char *body)
{
    return call(DISPATCHER, STR("POST /api/v1/matters/doubles"), body, 0);
}
static size_t kept(void)
{
    return (size_t)(ASK(SQL("SELECT COUNT(*) FROM feed")) + ASK(SQL("SELECT COUNT(*) FROM access"))
                    + ASK(SQL("SELECT COUNT(*) FROM journal")));
}

static void test_parties__are_found_under_every_key(void)
{
    struct err e = { 0 };
    struct case_file old = filed(DISPATCHER, "\"kind\":\"advice\",\"title\":\"甲\",\"parties\":"
        "[{\"role\":\"applicant\",\"name\":\"甲\",\"phone\":\"13700000301\"}]");
    OK(keys_make(&town.app.keys, KEY_MASTER, &e));
    struct case_file new = filed(DISPATCHER, "\"kind\":\"advice\",\"title\":\"乙\",\"parties\":"
        "[{\"role\":\"respondent\",\"name\":\"乙\",\"phone\":\"13700000301\"}]");
    size_t before = kept();
    struct told t = typed("{\"persons\":[{\"role\":\"applicant\",\"phone\":\"+86 137-0000-0301\"}]}");
    const struct double_hint *h = told_of(t, old);
    OK(h && str_is(h->reasons.v[0], "同一申请人电话"));
    h = told_of(t, new);
    OK(h && str_is(h->reasons.v[0], "同一当事人电话，身份不同"));
    OK(!has(t.json, "13700000301"));
    OK(told_of(doubles(DISPATCHER, new), old));
    OK_INT(kept(), before);                         /* asking leaves nothing behind */
    /* Long ended is long ended. */
    DO(SQL("UPDATE matter SET state = $2, filed_at = filed_at - $3 WHERE id = $1"), V(old.id),
       V((unsigned)MATTER_CLOSED), V(INT64_C(366) * STAMP_DAY));
    OK(!told_of(doubles(DISPATCHER, new), old));
}

static void test_place__goes_with_type_and_days(void)
{
    const char *body = "\"kind\":\"dispute\",\"type\":\"2\",\"title\":\"邻里\",\"place\":\"麒麟巷 ６号\","
        "\"parties\":[{\"role\":\"applicant\",\"name\":\"丙\"}]";
    struct case_file a = filed(DISPATCHER, body), b = filed(DISPATCHER, body);
    const struct double_hint *h = told_of(doubles(DISPATCHER, a), b);
    OK(h && str_is(h->reasons.v[0], "同一地点、同类事项，相隔 0 天"));
    follow();
    OK(told_of(typed("{\"kind\":\"dispute\",\"type\":\"2\",\"place\":\"麒麟巷6号\"}"), a));
    OK(!told_of(typed("{\"kind\":\"dispute\",\"type\":\"2\",\"place\":\"麒麟巷66号\"}"), a));
    OK(!told_of(typed("{\"kind\":\"request\",\"type\":\"2\",\"place\":\"麒麟巷6号\"}"), a));
    DO(SQL("UPDATE matter SET filed_at = filed_at - $2 WHERE id = $1"), V(b.id),
       V(INT64_C(32) * STAMP_DAY));
    OK(!told_of(doubles(DISPATCHER, a), b));
}

static void test_doubles__are_five_at_most(void)
{
    struct case_file c = { 0 };
    for (int i = 0; i < 9; i++)
        c = filed("clerk.dali", LETTER("噪音扰民", STORY "以上请一并处理"));
    for (int when = 0; when < 2; when++) {
        struct told t = doubles("clerk.dali", c);
        const struct list *list = t.out;
        const struct double_hint *v = list->v;
        OK(DONE(t) && list->n == DOUBLE_MOST);
        OK_INT(v[0].percent, 100);
        OK(str_is(v[0].reasons.v[0], "内容相同") && v[0].matter.v > v[4].matter.v);
        OK(!t.r.next.n);
        follow();
    }
}

int main(void)
{
    town_open();
    test_text__is_told_to_who_may_open();
    test_parties__are_found_under_every_key();
    test_place__goes_with_type_and_days();
    test_doubles__are_five_at_most();
    return town_close();
}
