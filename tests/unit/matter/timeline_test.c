/* A matter told in words: each entry of its journal, for whoever may see it, and nothing
 * that is sealed or means nothing to a reader. */
#include "unit/city.h"

static struct str told(const struct case_file *c, const char *login)
{
    struct told t = get(login, text("/api/v1/matters/%lld/timeline", (long long)c->id.v));
    DONE(t);
    return t.r.text;
}
static int64_t lines(struct str s, const char *with)
{
    struct str line;
    int64_t n = 0;
    while (s.n) {
        str_cut(s, '\n', &line, &s);
        n += has(line, with);
    }
    return n;
}

static void test_timeline__tells_every_entry_in_words(void)
{
    struct case_file c = filed(DISPATCHER, NEIGHBOURS);
    advance(&c, 0, 6);
    struct str s = told(&c, DISPATCHER);
    static const char *const want[] = {
        "报单  关颖仪（", "受理  关颖仪（", "派单  关颖仪（", "接单  ", "登记结果  ", "答复  ",
        "办结  关颖仪（", "请求：赔偿，金额 2600.00 元", "结果：达成协议", "答复内容 已有结果",
        "各方意见：当事人 周玉珍，方式 电话，本人意见 认可",
        "各方意见：当事人 谢秉谦，方式 电话，本人意见 不认可", "全程  ",
    };
    for (size_t i = 0; i < COUNT(want); i++)
        if (!OK(has(s, want[i])))
            printf("#   %s\n", want[i]);
    /* no slug, no id, no sealed field */
    static const char *const never[] = { "settled", "\"", "{", "applicant", "13812345678", "138****" };
    for (size_t i = 0; i < COUNT(never); i++)
        OK(!has(s, never[i]));
    OK(!has(s, text("%lld", (long long)c.party[0].v).p));
}

/* The body above sees what was done and when, not what was said. */
static void test_timeline__is_an_envelope_for_others(void)
{
    struct case_file c = filed(DISPATCHER, NEIGHBOURS);
    advance(&c, 0, 4);
    struct str s = told(&c, "leader.guicheng");
    OK(has(s, "登记结果") && has(s, c.number.p));
    OK(!has(s, "楼上漏水") && !has(s, "天花发霉") && !has(s, "周玉珍") && !has(s, "谈妥"));
    struct told far = get("dispatcher.dali", text("/api/v1/matters/%lld/timeline", (long long)c.id.v));
    REFUSED(far, ERR_NOT_FOUND, "");
}

/* Words of people stay words: a line each, cut, never a control or a second entry. */
static void test_timeline__bears_what_people_write(void)
{
    struct case_file c = filed(DISPATCHER, NEIGHBOURS);
    DONE(act(&c, DISPATCHER, "ask_details", "{\"text\":\"第一行\\n2026-01-01 00:00  办结  某人\"}"));
    struct buf b;
    buf_init(&b, 1 << 16);
    for (int i = 0; i < 900; i++)
        buf_add(&b, STR("长"));
    DONE(act(&c, DISPATCHER, "add_details",
             arena_printf(&town.a, "{\"text\":\"%.*s\"}", STR_ARG(buf_str(&b))).p));
    struct str s = told(&c, DISPATCHER);
    OK_INT(lines(s, "办结  某人"), 0);
    OK(has(s, "需补正的内容 第一行…"));
    OK(has(s, "补正内容 长长") && has(s, "长…"));
    OK(!has(s, arena_printf(&town.a, "%.*s", STR_ARG(buf_str(&b))).p));
    buf_done(&b);
}

int main(void)
{
    town_open();
    test_timeline__tells_every_entry_in_words();
    test_timeline__is_an_envelope_for_others();
    test_timeline__bears_what_people_write();
    return town_close();
}
