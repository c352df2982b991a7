/* How a matter ends: by claim and by party, with what each outcome needs. */
#include "unit/city.h"
#include "matter/conclusion.h"
#include "matter/outcome.h"

#define THREE                                                                               \
    "\"kind\":\"dispute\",\"type\":\"2\",\"title\":\"合伙散伙\",\"parties\":["                \
    "{\"role\":\"applicant\",\"name\":\"周玉珍\",\"phone\":\"19900000201\"},"                \
    "{\"role\":\"respondent\",\"name\":\"谢秉谦\"},{\"role\":\"respondent\",\"name\":\"冯耀祖\"}]," \
    "\"claims\":[{\"text\":\"退股\",\"amount\":500000},{\"text\":\"分红\",\"amount\":90000}," \
    "{\"text\":\"还货\"}]"

static struct case_file in_hand(const char *body)
{
    struct case_file c = filed(DISPATCHER, body);
    advance(&c, 0, 3);
    return c;
}
static struct told conclude(struct case_file *c, const char *outcomes, const char *more)
{
    return act(c, HANDLER, "conclude",
               text("{\"outcomes\":[%s],\"summary\":\"谈了\"%s}", outcomes, more).p);
}
static struct str outcome_of(struct id claim)
{
    return ASK_TEXT(SQL("SELECT outcome FROM claim WHERE id = $1"), V(claim));
}

static void test_conclude__by_claim_and_party(void)
{
    struct case_file c = in_hand(THREE), alien = in_hand(THREE);
    struct str half = text("{\"claim\":\"%lld\",\"party\":\"%lld\",\"outcome\":\"settled\","
                           "\"settled\":200000}", (long long)c.claim[0].v, (long long)c.party[1].v),
               rest = STR(",{\"outcome\":\"failed\"}");
    /* one respondent has an own outcome, the other has none */
    REFUSED(conclude(&c, text("%s,{\"claim\":\"%lld\",\"outcome\":\"failed\"}", half.p,
                              (long long)c.claim[1].v).p, ",\"routes\":\"court\""),
            ERR_NO_OUTCOME, "outcomes");
    REFUSED(conclude(&c, text("%s,{\"party\":\"%lld\",\"outcome\":\"failed\"}", half.p,
                              (long long)alien.party[1].v).p, ",\"routes\":\"court\""),
            ERR_NO_SUCH_REF, "outcomes[1].party");
    REFUSED(conclude(&c, text("%s,%s%s", half.p, half.p, rest.p).p, ",\"routes\":\"court\""),
            ERR_BAD_VALUE, "outcomes[1].claim");
    OK_INT(ASK(SQL("SELECT COUNT(*) FROM outcome WHERE matter = $1"), V(c.id)), 0);
    DONE(conclude(&c, text("%s%s", half.p, rest.p).p, ",\"routes\":\"court arbitration\""));
    OK_INT(ASK(SQL("SELECT COUNT(*) FROM outcome WHERE matter = $1 AND round = 1"), V(c.id)), 4);
    OK_STR(outcome_of(c.claim[0]), "partly_settled");     /* mixed: the sum says part */
    OK_STR(outcome_of(c.claim[1]), "failed");
    OK_INT(ASK(SQL("SELECT settled FROM claim WHERE id = $1"), V(c.claim[0])), 200000);
    OK_STR(ASK_TEXT(SQL("SELECT routes FROM conclusion WHERE matter = $1"), V(c.id)),
           "court arbitration");
    struct told t = get(HANDLER, text("/api/v1/matters/%lld/conclusions", (long long)c.id.v));
    OK(has(t.json, "\"form\":\"written\"") && has(t.json, "\"party_name\":\"谢秉谦\""));
}

/* Everybody of one side named: nobody is left over. */
static void test_conclude__each_of_a_side_is_enough(void)
{
    struct case_file c = in_hand(THREE);
    DONE(conclude(&c, text("{\"party\":\"%lld\",\"outcome\":\"settled_performed\"},"
                           "{\"party\":\"%lld\",\"outcome\":\"settled\"}",
                           (long long)c.party[1].v, (long long)c.party[2].v).p, ""));
    for (int i = 0; i < 3; i++)
        OK_STR(outcome_of(c.claim[i]), "settled");        /* the least of two successes */
    OK_INT(ASK(SQL("SELECT COUNT(*) FROM outcome WHERE matter = $1"), V(c.id)), 6);
}

static int64_t settled_of(struct id claim)
{
    return ASK(SQL("SELECT settled FROM claim WHERE id = $1"), V(claim));
}

/* What one side gets and the other gives is one sum. */
static void test_conclude__money_of_both_sides_counts_once(void)
{
    struct case_file c = in_hand(THREE), d = in_hand(THREE);
    struct str each = STR("");
    for (int i = 0; i < 3; i++)
        each = text("%s%s{\"claim\":\"%lld\",\"party\":\"%lld\",\"outcome\":\"settled\","
                    "\"settled\":%d}", each.p, i ? "," : "", (long long)c.claim[0].v,
                    (long long)c.party[i].v, i == 0 ? 100000 : 50000);
    DONE(conclude(&c, text("%s,{\"outcome\":\"settled\",\"settled\":700}", each.p).p, ""));
    OK_INT(settled_of(c.claim[0]), 100000);               /* everybody named: 1000 = 500 + 500 */
    OK_INT(settled_of(c.claim[1]), 700);
    DONE(conclude(&d, text("{\"party\":\"%lld\",\"outcome\":\"settled\",\"settled\":30000},"
                           "{\"outcome\":\"settled\",\"settled\":20000}",
                           (long long)d.party[1].v).p, ""));
    OK_INT(settled_of(d.claim[0]), 50000);                /* one respondent 300, the other 200 */
}

/* A request has no word for part: one thing not done is not resolved. */
static void test_conclude__a_request_is_what_is_least(void)
{
    struct case_file c = in_hand("\"kind\":\"request\",\"title\":\"x\",\"parties\":["
        "{\"role\":\"applicant\",\"name\":\"甲\"},{\"role\":\"applicant\",\"name\":\"乙\"}]");
    DONE(conclude(&c, text("{\"outcome\":\"resolved\"},{\"party\":\"%lld\",\"outcome\":\"cannot\"}",
                           (long long)c.party[1].v).p, ",\"routes\":\"petition\""));
    OK_STR(outcome_of(c.claim[0]), "cannot");
}

static void test_conclude__keeps_the_rules_of_outcomes(void)
{
    struct case_file c = in_hand(NEIGHBOURS);
    REFUSED(conclude(&c, "{\"outcome\":\"failed\"}", ""), ERR_NEED_ROUTES, "routes");
    REFUSED(conclude(&c, "{\"outcome\":\"failed\"}", ",\"routes\":\"court moon\""),
            ERR_NO_SUCH_REF, "routes");
    REFUSED(conclude(&c, "{\"outcome\":\"settled\"}", ",\"form\":\"none\""), ERR_REQUIRED,
            "form");
    REFUSED(conclude(&c, "{\"outcome\":\"settled\"}", ",\"form\":\"sworn\""), ERR_NOT_A_CHOICE,
            "form");
    REFUSED(conclude(&c, "{\"outcome\":\"settled\"}", ",\"instalments\":[{\"amount\":5}]"),
            ERR_REQUIRED, "instalments[0].due_on");
    REFUSED(conclude(&c, "{\"outcome\":\"unreachable\"}", ",\"routes\":\"court\""),
            ERR_NEED_ATTEMPTS, "outcomes");
    /* without an agreement there is no money agreed, and nothing to be performed */
    REFUSED(conclude(&c, "{\"outcome\":\"failed\",\"settled\":1}", ",\"routes\":\"court\""),
            ERR_OUT_OF_RANGE, "outcomes[0].settled");
    REFUSED(conclude(&c, "{\"outcome\":\"failed\"}", ",\"routes\":\"court\",\"instalments\":["
                     "{\"due_on\":\"2030-01-01\",\"amount\":5}]"), ERR_TOO_MANY, "instalments");
    DONE(conclude(&c, "{\"outcome\":\"failed\"}", ",\"routes\":\"court\",\"form\":\"oral\""));
    OK_INT(ASK(SQL("SELECT form FROM conclusion WHERE matter = $1"), V(c.id)), AGREEMENT_NONE);
    OK_INT(ASK(SQL("SELECT facts FROM matter WHERE id = $1"), V(c.id)) & MATTER_DOUBTS, 0);
}

/* Nobody is out of reach who was not tried: three times, two ways, two days. */
static void test_conclude__unreachable_is_computed(void)
{
    struct case_file c = in_hand(NEIGHBOURS);
    struct stamp began = town_now;
    static const char *const channels[] = { "phone", "phone", "letter" };
    for (int i = 0; i < 3; i++) {
        REFUSED(conclude(&c, "{\"outcome\":\"unreachable\"}", ",\"routes\":\"court\""),
                ERR_NEED_ATTEMPTS, "outcomes");
        town_now.ms += i == 1 ? STAMP_DAY : STAMP_MINUTE;
        DONE(act(&c, HANDLER, "record_attempt",
                 text("{\"party\":\"%lld\",\"channel\":\"%s\"}", (long long)c.party[1].v,
                      channels[i]).p));
    }
    DONE(conclude(&c, "{\"outcome\":\"unreachable\"}", ",\"routes\":\"court\""));
    DONE(act(&c, HANDLER, "reply", "{\"text\":\"对方联系不上\"}"));
    DONE(act(&c, DISPATCHER, "close", "{}"));             /* this outcome asks nobody */
    town_now = began;
}

static void test_conclude__by_a_colleague_when_the_handler_left(void)
{
    struct case_file c = in_hand(NEIGHBOURS);
    const char *colleague = "mediator.guiyi2";
    int64_t today = day_of_stamp(town_now).n;
    REFUSED(act(&c, colleague, "conclude",
                "{\"outcomes\":[{\"outcome\":\"settled\"}],\"summary\":\"x\"}"), ERR_DENIED, "");
    struct id gone = who_of(HANDLER)->account;
    DO(SQL("UPDATE post SET valid_to = $2 WHERE account = $1"), V(gone), V(today));
    DONE(act(&c, colleague, "conclude",
             "{\"outcomes\":[{\"outcome\":\"settled\"}],\"summary\":\"x\"}"));
    OK_INT(ASK(SQL("SELECT handler FROM matter WHERE id = $1"), V(c.id)),
           who_of(colleague)->account.v);
    DONE(act(&c, colleague, "reply", "{\"text\":\"x\"}"));
    DO(SQL("UPDATE post SET valid_to = 0 WHERE account = $1"), V(gone));
}

int main(void)
{
    town_open();
    test_conclude__by_claim_and_party();
    test_conclude__each_of_a_side_is_enough();
    test_conclude__money_of_both_sides_counts_once();
    test_conclude__a_request_is_what_is_least();
    test_conclude__keeps_the_rules_of_outcomes();
    test_conclude__unreachable_is_computed();
    test_conclude__by_a_colleague_when_the_handler_left();
    return town_close();
}
