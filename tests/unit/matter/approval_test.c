/* Approving: who may, in which order, and that what waits stays decidable. */
#include "unit/city.h"
#include "matter/overdue.h"

#define ASK_HIM "{\"text\":\"已查明，拟答复如下\"}"
#define YES "{\"approved\":true}"
#define HEAD "head.guicheng"

static struct case_file concluded(const char *more)
{
    struct case_file c = filed(DISPATCHER, text("\"kind\":\"request\",\"title\":\"噪声\","
        "\"parties\":[{\"role\":\"applicant\",\"name\":\"甲\"}]%s", more).p);
    advance(&c, 0, 3);
    DONE(act(&c, HANDLER, "conclude", "{\"outcomes\":[{\"outcome\":\"resolved\"}],\"summary\":\"已处理\"}"));
    return c;
}
static int64_t facts(const struct case_file *c, int64_t of)
{
    return ASK(SQL("SELECT facts FROM matter WHERE id = $1"), V(c->id)) & of;
}

static void test_approval__refuses_what_is_unfit(void)
{
    struct case_file c = concluded("");
    REFUSED(act(&c, HANDLER, "ask_approval", "{}"), ERR_REQUIRED, "text");
    REFUSED(act(&c, HANDLER, "ask_approval", "{\"action\":\"marry\",\"text\":\"可以\"}"), ERR_NOT_A_CHOICE, "action");
    REFUSED(act(&c, HANDLER, "ask_approval", text("{\"text\":\"%03500d\"}", 1).p), ERR_TOO_LONG, "text");
    REFUSED(act(&c, "mediator.guiyi2", "ask_approval", ASK_HIM), ERR_DENIED, "");
    REFUSED(act(&c, HEAD, "decide_approval", YES), ERR_DENIED, "");      /* nobody asked */
    struct case_file early = filed(DISPATCHER, NEIGHBOURS);
    REFUSED(act(&early, HEAD, "decide_approval", YES), ERR_WRONG_STATE, "");
    DONE(act(&c, HANDLER, "ask_approval", ASK_HIM));
    REFUSED(act(&c, HANDLER, "ask_approval", ASK_HIM), ERR_HAS_FACT, "");
    REFUSED(act(&c, HANDLER, "reply", "{\"text\":\"x\"}"), ERR_HAS_FACT, "");
    REFUSED(act(&c, HEAD, "decide_approval", "{}"), ERR_REQUIRED, "approved");
    REFUSED(act(&c, HEAD, "decide_approval", "{\"approved\":false}"), ERR_NEED_REASON, "note");
    REFUSED(act(&c, HANDLER, "decide_approval", YES), ERR_DENIED, "");
    REFUSED(act(&c, "head.nanhai", "decide_approval", YES), ERR_NOT_FOUND, "");
    DONE(act(&c, HEAD, "decide_approval", YES));
    OK_INT(facts(&c, FACT_BIT(APPROVAL) | FACT_BIT(REPLY_APPROVAL)), 0);
}

/* Thirty people: the head, then the leader; sent back it begins anew. */
static void test_approval__goes_step_by_step(void)
{
    struct case_file c = concluded(",\"people\":30");
    OK_INT(facts(&c, FACT_BIT(REPLY_APPROVAL)), FACT_BIT(REPLY_APPROVAL));
    REFUSED(act(&c, HANDLER, "reply", "{\"text\":\"x\"}"), ERR_HAS_FACT, "");
    DONE(act(&c, HANDLER, "ask_approval", ASK_HIM));
    REFUSED(act(&c, "leader.guicheng", "decide_approval", YES), ERR_DENIED, "");
    DONE(act(&c, HEAD, "decide_approval", YES));
    OK_INT(facts(&c, FACT_BIT(APPROVAL)), FACT_BIT(APPROVAL));
    REFUSED(act(&c, HEAD, "decide_approval", YES), ERR_DENIED, "");
    DONE(act(&c, "leader.guicheng", "decide_approval", "{\"approved\":false,\"note\":\"写明金额\"}"));
    OK_INT(facts(&c, FACT_BIT(APPROVAL)), 0);
    DONE(act(&c, HANDLER, "ask_approval", ASK_HIM));
    DONE(act(&c, HEAD, "decide_approval", YES));
    DONE(act(&c, "leader.guicheng", "decide_approval", YES));
    REFUSED(act(&c, HANDLER, "reply", "{\"text\":\"另一份\"}"), ERR_NOT_AS_APPROVED, "text");
    DONE(act(&c, HANDLER, "reply", "{}"));
}

/* Late, and long after the days it was lent for: who has to decide still can. */
static void test_approval__waits_as_long_as_it_takes(void)
{
    struct case_file c = concluded("");
    struct stamp began = town_now;
    bool more = true;
    struct err e = { 0 };
    DONE(act(&c, HANDLER, "ask_approval", ASK_HIM));
    DO(SQL("UPDATE deadline SET due_at = 1000, look_at = 1000 WHERE matter = $1 AND state = 0"), V(c.id));
    OK(overdue_run(&town.app, &more, &e));
    town_now.ms += 90 * STAMP_DAY;
    struct told t = get(HEAD, text("/api/v1/matters/%lld", (long long)c.id.v));
    DONE(t);
    OK(has(t.json, "decide_approval"));
    DONE(act(&c, HEAD, "decide_approval", YES));
    town_now = began;
}

/* A head who is away, or may not sign in, approves nothing: the body above does. */
static void test_approval__does_not_wait_for_the_absent(void)
{
    struct id head = who_of(HEAD)->account, body = who_of(HEAD)->org;
    int64_t today = day_of_stamp(town_now).n;
    struct case_file away = concluded(""), barred = concluded(""), there = concluded("");
    DO(SQL("UPDATE post SET absent_from = $2, absent_to = $3 WHERE account = $1"), V(head), V(today), V(today + 1));
    DONE(act(&away, HANDLER, "ask_approval", ASK_HIM));
    OK(ASK(SQL("SELECT approver FROM matter WHERE id = $1"), V(away.id)) != body.v);
    DO(SQL("UPDATE post SET absent_from = $2, absent_to = $3 WHERE account = $1"), V(head), V(today - 5), V(today));
    DO(SQL("UPDATE account SET state = 1 WHERE id = $1"), V(head));
    DONE(act(&barred, HANDLER, "ask_approval", ASK_HIM));
    OK(ASK(SQL("SELECT approver FROM matter WHERE id = $1"), V(barred.id)) != body.v);
    DO(SQL("UPDATE account SET state = 0 WHERE id = $1"), V(head));
    DONE(act(&there, HANDLER, "ask_approval", ASK_HIM));
    OK_INT(ASK(SQL("SELECT approver FROM matter WHERE id = $1"), V(there.id)), body.v);
    DO(SQL("UPDATE post SET absent_from = 0, absent_to = 0 WHERE account = $1"), V(head));
}

int main(void)
{
    town_open();
    test_approval__refuses_what_is_unfit();
    test_approval__goes_step_by_step();
    test_approval__waits_as_long_as_it_takes();
    test_approval__does_not_wait_for_the_absent();
    return town_close();
}
