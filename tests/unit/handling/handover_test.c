/* Objections, recalls and transfers: who may, when, and that a third refusal goes above. */
#include "unit/city.h"

#define POLICE "handler.police.guicheng"
#define WHY "{\"reason\":\"不属本单位职责\"}"

static const char *to(const char *login, const char *more)
{
    const struct who *w = who_of(login);
    return text("{\"org\":\"%lld\"%s}", w ? (long long)w->org.v : 0, more).p;
}
static int64_t lead_of(const struct case_file *c)
{
    return ASK(SQL("SELECT lead FROM matter WHERE id = $1"), V(c->id));
}
static int64_t facts(const struct case_file *c, int64_t of)
{
    return ASK(SQL("SELECT facts FROM matter WHERE id = $1"), V(c->id)) & of;
}

static void test_handover__refuses_what_is_unfit(void)
{
    struct case_file c = filed(DISPATCHER, NEIGHBOURS);
    REFUSED(act(&c, DISPATCHER, "recall", WHY), ERR_WRONG_STATE, "");
    advance(&c, 0, 1);
    REFUSED(act(&c, DISPATCHER, "recall", WHY), ERR_NEEDS_FACT, "");
    REFUSED(act(&c, DISPATCHER, "transfer", to(HANDLER, ",\"reason\":\"改派\"")), ERR_NEEDS_FACT, "");
    DONE(act(&c, DISPATCHER, "assign", to(HANDLER, "")));
    REFUSED(act(&c, HANDLER, "object", "{}"), ERR_REQUIRED, "reason");
    REFUSED(act(&c, POLICE, "object", WHY), ERR_NOT_FOUND, "");
    REFUSED(act(&c, DISPATCHER, "decide_objection", "{\"stands\":true,\"text\":\"成立\"}"), ERR_NEEDS_FACT, "");
    REFUSED(act(&c, DISPATCHER, "transfer", to(HANDLER, ",\"reason\":\"同一家\"")), ERR_DUPLICATE, "org");
    REFUSED(act(&c, DISPATCHER, "transfer", "{\"org\":\"99999999\",\"reason\":\"没有\"}"), ERR_NO_SUCH_REF, "org");
    REFUSED(act(&c, DISPATCHER, "recall", "{}"), ERR_REQUIRED, "reason");
    REFUSED(act(&c, "dispatcher.dali", "recall", WHY), ERR_NOT_FOUND, "");
    OK_INT(lead_of(&c), who_of(HANDLER)->org.v);
    /* the time to object is over, but who took it may say so still */
    struct stamp began = town_now;
    town_now.ms += 30 * STAMP_DAY;
    REFUSED(act(&c, HANDLER, "object", WHY), ERR_NEEDS_FACT, "");
    town_now = began;
    DONE(act(&c, HANDLER, "take", "{\"disclosed\":true}"));
    DONE(act(&c, HANDLER, "object", WHY));
    REFUSED(act(&c, DISPATCHER, "recall", WHY), ERR_HAS_FACT, "");
    REFUSED(act(&c, DISPATCHER, "decide_objection", "{\"stands\":true}"), ERR_REQUIRED, "text");
    DONE(act(&c, DISPATCHER, "decide_objection", "{\"stands\":false,\"text\":\"先办理\"}"));
    OK_INT(lead_of(&c), who_of(HANDLER)->org.v);
    OK_INT(ASK(SQL("SELECT state FROM matter WHERE id = $1"), V(c.id)), MATTER_IN_HAND);
}

/* Who was sent away is free of it: load, list, clock and sight. */
static void test_recall__takes_it_whole(void)
{
    struct case_file c = filed(DISPATCHER, NEIGHBOURS);
    struct id org = who_of(HANDLER)->org;
    int64_t load = ASK(SQL("SELECT open_load FROM org WHERE id = $1"), V(org));
    advance(&c, 0, 3);
    OK_INT(ASK(SQL("SELECT open_load FROM org WHERE id = $1"), V(org)), load + 1);
    DONE(act(&c, DISPATCHER, "recall", "{\"reason\":\"权属已查明\"}"));
    OK_INT(ASK(SQL("SELECT open_load FROM org WHERE id = $1"), V(org)), load);
    OK_INT(lead_of(&c), 0);
    OK_INT(ASK(SQL("SELECT COUNT(*) FROM worklist WHERE matter = $1 AND holder IN ($2, $3)"), V(c.id),
               V(org), V(who_of(HANDLER)->account)), 0);
    OK_INT(ASK(SQL("SELECT COUNT(*) FROM deadline WHERE matter = $1 AND state = 0 AND org = $2"), V(c.id),
               V(org)), 0);
    REFUSED(get(HANDLER, text("/api/v1/matters/%lld", (long long)c.id.v)), ERR_NOT_FOUND, "");
}

static void test_objection__the_third_goes_above_and_is_final(void)
{
    static const char *const bodies[] = { HANDLER, POLICE, "mediator.guicheng" };
    struct case_file c = filed(DISPATCHER, NEIGHBOURS);
    advance(&c, 0, 1);
    for (int i = 0; i < 3; i++) {
        DONE(act(&c, DISPATCHER, "assign", to(bodies[i], "")));
        DONE(act(&c, bodies[i], "object", WHY));
        if (i < 2)
            DONE(act(&c, DISPATCHER, "decide_objection", "{\"stands\":true,\"text\":\"成立\"}"));
    }
    OK_INT(facts(&c, FACT_BIT(THIRD_REFUSAL)), FACT_BIT(THIRD_REFUSAL));
    REFUSED(act(&c, DISPATCHER, "decide_objection", "{\"stands\":true,\"text\":\"成立\"}"), ERR_HAS_FACT, "");
    REFUSED(act(&c, "dispatcher.nanhai", "rule_objection", to(POLICE, ",\"text\":\"由其办理\"")), ERR_DENIED, "");
    REFUSED(act(&c, "head.nanhai", "rule_objection", "{\"org\":\"99999999\",\"text\":\"由其办理\"}"), ERR_NO_SUCH_REF, "org");
    REFUSED(act(&c, "head.nanhai", "rule_objection", to(POLICE, "")), ERR_REQUIRED, "text");
    DONE(act(&c, "head.nanhai", "rule_objection", to(POLICE, ",\"text\":\"由其办理\"")));
    OK_INT(facts(&c, FACT_BIT(THIRD_REFUSAL) | FACT_BIT(OBJECTED)), 0);
    REFUSED(act(&c, POLICE, "object", WHY), ERR_HAS_FACT, "");
    DONE(act(&c, POLICE, "take", "{\"disclosed\":true}"));
}

int main(void)
{
    town_open();
    test_handover__refuses_what_is_unfit();
    test_recall__takes_it_whole();
    test_objection__the_third_goes_above_and_is_final();
    return town_close();
}
