/* Stopping: who leaves, what ends with it, and what nobody can stop. */
#include "unit/city.h"

static struct told stop(struct case_file *c, const char *who, struct id party)
{
    return act(c, who, "stop", party.v ? text("{\"party\":\"%lld\"}", (long long)party.v).p : "{}");
}
static int64_t state_of(const struct case_file *c)
{
    return ASK(SQL("SELECT state FROM matter WHERE id = $1"), V(c->id));
}

static void test_stop__names_who_leaves(void)
{
    struct case_file c = filed(DISPATCHER, NEIGHBOURS), other = filed(DISPATCHER, NEIGHBOURS);
    REFUSED(stop(&c, DISPATCHER, ID_NONE), ERR_REQUIRED, "party");
    REFUSED(stop(&c, DISPATCHER, other.party[0]), ERR_NO_SUCH_REF, "party");
    REFUSED(stop(&c, DISPATCHER, (struct id){ INT64_MAX }), ERR_NO_SUCH_REF, "party");
    REFUSED(stop(&c, HANDLER, c.party[0]), ERR_NOT_FOUND, "");
    REFUSED(stop(&c, "dispatcher.dali", c.party[0]), ERR_NOT_FOUND, "");
    OK_INT(state_of(&c), MATTER_FILED);
    DONE(stop(&c, DISPATCHER, c.party[0]));
    OK_INT(state_of(&c), MATTER_CONCLUDED);
    OK_INT(ASK(SQL("SELECT COUNT(*) FROM claim WHERE matter = $1 AND outcome = 'stopped_by_party'"),
               V(c.id)), 2);
    OK_INT(ASK(SQL("SELECT COUNT(*) FROM party WHERE id = $1 AND left_at > 0"), V(c.party[0])), 1);
    OK_INT(ASK(SQL("SELECT COUNT(*) FROM party WHERE matter = $1 AND left_at > 0"), V(c.id)), 1);
    REFUSED(stop(&c, DISPATCHER, c.party[1]), ERR_WRONG_STATE, "");
}

/* From every state in which it is open; what was offered or taken is nobody's load. */
static void test_stop__from_wherever_it_is(void)
{
    for (int n = 0; n <= 3; n++) {
        struct case_file c = filed(DISPATCHER, NEIGHBOURS);
        advance(&c, 0, n);
        DONE(stop(&c, n == 3 ? HANDLER : DISPATCHER, c.party[1]));
        OK_INT(state_of(&c), MATTER_CONCLUDED);
        OK_INT(ASK(SQL("SELECT COUNT(*) FROM assignment WHERE matter = $1 AND state IN (0, 1)"),
                   V(c.id)), 0);
        OK_INT(ASK(SQL("SELECT COUNT(*) FROM worklist WHERE matter = $1"), V(c.id)) > 0, 1);
        OK_INT(ASK(SQL("SELECT CASE WHEN lead = 0 THEN 1 ELSE 0 END FROM matter WHERE id = $1"),
                   V(c.id)), n < 3);
        DONE(act(&c, n == 3 ? HANDLER : DISPATCHER, "reply", "{\"text\":\"可向法院起诉\"}"));
    }
}

static void test_stop__is_for_disputes_that_are_open(void)
{
    struct case_file c = filed(DISPATCHER, NEIGHBOURS);
    struct case_file q = filed(DISPATCHER, "\"kind\":\"request\",\"title\":\"路灯\","
                               "\"parties\":[{\"role\":\"applicant\",\"name\":\"甲\"}]");
    REFUSED(stop(&q, DISPATCHER, q.party[0]), ERR_NEEDS_FACT, "");
    advance(&c, 0, 6);
    REFUSED(stop(&c, DISPATCHER, c.party[0]), ERR_WRONG_STATE, "");
}

/* Two on one side: the first leaves alone, and cannot leave twice. */
static void test_stop__leaves_the_others_to_go_on(void)
{
    struct case_file c = filed(DISPATCHER, "\"kind\":\"dispute\",\"title\":\"天井\",\"parties\":["
        "{\"role\":\"applicant\",\"name\":\"甲\"},{\"role\":\"applicant\",\"name\":\"乙\"},"
        "{\"role\":\"respondent\",\"name\":\"丙\"}]");
    DONE(stop(&c, DISPATCHER, c.party[0]));
    OK_INT(state_of(&c), MATTER_FILED);
    REFUSED(stop(&c, DISPATCHER, c.party[0]), ERR_NO_SUCH_REF, "party");
    DONE(stop(&c, DISPATCHER, c.party[1]));
    OK_INT(state_of(&c), MATTER_CONCLUDED);
}

int main(void)
{
    town_open();
    test_stop__names_who_leaves();
    test_stop__from_wherever_it_is();
    test_stop__is_for_disputes_that_are_open();
    test_stop__leaves_the_others_to_go_on();
    return town_close();
}
