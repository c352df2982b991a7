/* Void by two: never by one, never twice, and nothing of it waits any more. */
#include "matter/deadline.h"
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
    DONE(act(&c, FIRST, "decide_void", "{\"confirmed\":false}"));  /* who asked may take it back */
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

/* ---- the second person ---- */

static int64_t clock_of(const struct case_file *c)
{
    return ASK(SQL("SELECT COALESCE(MAX(id), 0) FROM deadline WHERE matter = $1 AND what = 'void'"),
               V(c->id));
}
static int64_t clock_state(int64_t clock)
{
    return ASK(SQL("SELECT state FROM deadline WHERE id = $1"), V(clock));
}
static bool sees(const char *login, const struct case_file *c)
{
    return get(login, text("/api/v1/matters/%lld", (long long)c->id.v)).e.id == ERR_OK;
}

/* A station of one: the body above reads it as long as it has to decide, and no longer. */
static void test_void__lends_sight_until_it_is_decided(void)
{
    static const char second[] = "head.guicheng";
    struct stamp began = town_now;
    struct case_file c = filed("clerk.guiyi", NEIGHBOURS);
    OK(!sees(second, &c));
    for (int round = 0; round < 2; round++) {
        DONE(act(&c, "clerk.guiyi", "ask_void", WHY));
        OK(sees(second, &c));
        town_now.ms += 90 * STAMP_DAY;
        OK(sees(second, &c));
        DONE(act(&c, second, "decide_void", round ? YES : "{\"confirmed\":false}"));
        OK(!sees(second, &c));
    }
    OK_INT(state_of(&c), MATTER_VOID);
    town_now = began;
}

/* What was lent for longer, for another reason, is not cut short by it. */
static void test_void__leaves_a_longer_loan(void)
{
    static const char second[] = "head.guicheng";
    struct case_file c = filed("clerk.guiyi", NEIGHBOURS);
    DONE(act(&c, "clerk.guiyi", "report_up", "{\"text\":\"重大\",\"content\":true,\"days\":20}"));
    int64_t until = ASK(SQL("SELECT MAX(until) FROM sight WHERE matter = $1"), V(c.id));
    DONE(act(&c, "clerk.guiyi", "ask_void", WHY));
    OK_INT(ASK(SQL("SELECT MAX(until) FROM sight WHERE matter = $1"), V(c.id)), until);
    DONE(act(&c, second, "decide_void", "{\"confirmed\":false}"));
    OK(sees(second, &c));
}

/* Of one committee, both there; the centre's dispatcher is away in the demo. */
#define ONE "mediator.guicheng"
#define OTHER "mediator2.guicheng"

/* It has a clock of whoever is the second, also after the matter came to rest. */
static void test_void__has_a_clock_while_it_waits(void)
{
    struct case_file own = filed(ONE, NEIGHBOURS), above = filed("clerk.guiyi", NEIGHBOURS);
    DONE(act(&own, ONE, "ask_void", WHY));
    DONE(act(&above, "clerk.guiyi", "ask_void", WHY));
    int64_t mine = clock_of(&own), theirs = clock_of(&above);
    OK_INT(ASK(SQL("SELECT org FROM deadline WHERE id = $1"), V(mine)),
           ASK(SQL("SELECT owner FROM matter WHERE id = $1"), V(own.id)));
    OK_INT(ASK(SQL("SELECT org FROM deadline WHERE id = $1"), V(theirs)),
           who_of("head.guicheng")->org.v);
    OK_INT(ASK(SQL("SELECT COUNT(*) FROM worklist w JOIN deadline d ON d.matter = w.matter"
                   " AND d.id = $1 AND w.due_at = d.due_at WHERE w.bucket = 12 AND w.holder = d.org"),
               V(theirs)), 1);
    int64_t party = ASK(SQL("SELECT id FROM party WHERE matter = $1 AND role = 0"), V(own.id));
    DONE(act(&own, ONE, "withdraw", text("{\"party\":\"%lld\"}", (long long)party).p));
    OK_INT(state_of(&own), MATTER_WITHDRAWN);
    OK_INT(clock_state(mine), DEADLINE_RUNNING);
    DONE(act(&own, OTHER, "decide_void", "{\"confirmed\":false}"));
    OK_INT(clock_state(mine), DEADLINE_MET);
    DONE(act(&above, "head.guicheng", "decide_void", YES));
    OK_INT(clock_state(theirs), DEADLINE_MET);
}

/* Colleagues who are all away are no second person. */
static void test_void__does_not_wait_for_the_absent(void)
{
    struct case_file c = filed(ONE, NEIGHBOURS);
    struct id body = { ASK(SQL("SELECT owner FROM matter WHERE id = $1"), V(c.id)) },
              me = who_of(ONE)->account;
    int64_t today = day_of_stamp(town_now).n;
    DO(SQL("UPDATE post SET absent_from = $3, absent_to = $4 WHERE org = $1 AND account <> $2"),
       V(body), V(me), V(today), V(today + 3));
    DONE(act(&c, ONE, "ask_void", WHY));
    int64_t second = ASK(SQL("SELECT reviewer FROM matter WHERE id = $1"), V(c.id));
    OK(second != 0 && second != body.v);
    DO(SQL("UPDATE post SET absent_from = 0, absent_to = 0 WHERE org = $1"), V(body));
    DONE(act(&c, ONE, "decide_void", "{\"confirmed\":false}"));
    DONE(act(&c, ONE, "ask_void", WHY));
    OK_INT(ASK(SQL("SELECT reviewer FROM matter WHERE id = $1"), V(c.id)), 0);
}

int main(void)
{
    town_open();
    test_void__refuses_what_is_unfit();
    test_void__leaves_nothing_to_do();
    test_void__lends_sight_until_it_is_decided();
    test_void__leaves_a_longer_loan();
    test_void__has_a_clock_while_it_waits();
    test_void__does_not_wait_for_the_absent();
    return town_close();
}
