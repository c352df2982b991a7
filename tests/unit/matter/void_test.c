/* Void by two: never by one, never twice, and nothing of it waits any more. */
#include "unit/city.h"

#define FIRST "clerk.guicheng"
#define YES "{\"confirmed\":true}"
#define WHY "{\"reason\":\"重复登记\"}"

static int64_t state_of(const struct case_file *c)
{
    return ASK(SQL("SELECT state FROM matter WHERE id = $1"), V(c->id));
}

static void test_void__refuses_what_is_unfit(void)
{
    struct case_file c = filed(DISPATCHER, NEIGHBOURS);
    REFUSED(act(&c, FIRST, "ask_void", "{}"), ERR_REQUIRED, "reason");
    REFUSED(act(&c, FIRST, "ask_void", text("{\"reason\":\"%0600d\"}", 7).p), ERR_TOO_LONG, "reason");
    REFUSED(act(&c, FIRST, "decide_void", YES), ERR_NEEDS_FACT, "");
    REFUSED(act(&c, HANDLER, "ask_void", WHY), ERR_NOT_FOUND, "");
    DONE(act(&c, FIRST, "ask_void", WHY));
    REFUSED(act(&c, DISPATCHER, "ask_void", WHY), ERR_HAS_FACT, "");
    REFUSED(act(&c, FIRST, "decide_void", YES), ERR_SECOND_PERSON, "");
    REFUSED(act(&c, "dispatcher.dali", "decide_void", YES), ERR_NOT_FOUND, "");
    DONE(act(&c, FIRST, "decide_void", "{}"));                  /* who asked may take it back */
    OK_INT(state_of(&c), MATTER_FILED);
    DONE(act(&c, DISPATCHER, "ask_void", WHY));
    REFUSED(act(&c, DISPATCHER, "decide_void", YES), ERR_SECOND_PERSON, "");
    DONE(act(&c, FIRST, "decide_void", YES));
    OK_INT(state_of(&c), MATTER_VOID);
    REFUSED(act(&c, FIRST, "decide_void", YES), ERR_WRONG_STATE, "");
    REFUSED(act(&c, FIRST, "ask_void", WHY), ERR_WRONG_STATE, "");
    REFUSED(act(&c, FIRST, "correct", "{\"title\":\"x\",\"reason\":\"笔误\"}"), ERR_WRONG_STATE, "");
}

/* At each step of its life; what hung on it goes, but a danger that is to be reported. */
static void test_void__leaves_nothing_to_do(void)
{
    for (int n = 0; n <= 6; n++) {
        struct case_file c = filed(DISPATCHER, n == 2 ? NEIGHBOURS ",\"danger\":true" : NEIGHBOURS);
        advance(&c, 0, n);
        DONE(act(&c, FIRST, "ask_void", WHY));
        OK_INT(ASK(SQL("SELECT COUNT(*) FROM worklist WHERE matter = $1 AND bucket = 12"), V(c.id)) > 0, 1);
        DONE(act(&c, DISPATCHER, "decide_void", YES));
        OK_INT(state_of(&c), MATTER_VOID);
        OK_INT(ASK(SQL("SELECT COUNT(*) FROM worklist WHERE matter = $1 AND bucket <> 10"), V(c.id)), 0);
        OK_INT(ASK(SQL("SELECT COUNT(*) FROM deadline WHERE matter = $1 AND state IN (0, 1)"
                       " AND what <> 'duty_report'"), V(c.id)), 0);
        OK_INT(ASK(SQL("SELECT COUNT(*) FROM deadline WHERE matter = $1 AND state = 0"
                       " AND what = 'duty_report'"), V(c.id)), n == 2);
        OK_INT(ASK(SQL("SELECT COUNT(*) FROM assignment WHERE matter = $1 AND state IN (0, 1)"),
                   V(c.id)), 0);
    }
}

int main(void)
{
    town_open();
    test_void__refuses_what_is_unfit();
    test_void__leaves_nothing_to_do();
    return town_close();
}
