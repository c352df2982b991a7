/* A new round: what is kept, what goes on, what starts afresh. */
#include "unit/city.h"
#include "handling/visit.h"
#include "matter/worklist.h"

static int64_t clock_of(struct case_file *c, const char *what, const char *column)
{
    bool due = str_is(str_of(column), "due");
    return due ? ASK(SQL("SELECT due_at FROM deadline WHERE matter = $1 AND what = $2"
                         " ORDER BY id DESC LIMIT 1"), V(c->id), V(str_of(what)))
               : ASK(SQL("SELECT state FROM deadline WHERE matter = $1 AND what = $2"
                         " ORDER BY id DESC LIMIT 1"), V(c->id), V(str_of(what)));
}

/* Closed for ten days: the whole course ends about ten days later, never earlier. */
static void test_reopen__elapsed_days_stay(void)
{
    struct stamp began = town_now;
    struct case_file c = filed(RESIDENT, NEIGHBOURS);
    advance(&c, 0, 6);
    int64_t due = clock_of(&c, "whole", "due");
    town_now.ms += 10 * STAMP_DAY;
    REFUSED(act(&c, DISPATCHER, "reopen", "{}"), ERR_NEED_REASON, "why");
    REFUSED(act(&c, HANDLER, "reopen", "{\"why\":\"breach\"}"), ERR_DENIED, "");
    DONE(act(&c, RESIDENT, "reopen", "{}"));
    OK_INT(clock_of(&c, "whole", "state"), 0);
    OK(clock_of(&c, "whole", "due") >= due + 9 * STAMP_DAY);
    OK(clock_of(&c, "whole", "due") <= due + 13 * STAMP_DAY);
    OK_INT(ASK(SQL("SELECT due_at FROM matter WHERE id = $1"), V(c.id)),
           clock_of(&c, "whole", "due"));
    OK_INT(ASK(SQL("SELECT COUNT(*) FROM deadline WHERE matter = $1 AND state = 0"
                   " AND what IN ('visit', 'rate', 'reopen', 'reply', 'close')"), V(c.id)), 0);
    int64_t handle = clock_of(&c, "handle", "due");
    advance(&c, 2, 1);
    OK_INT(clock_of(&c, "handle", "due"), handle);        /* taking again starts no new time */
    OK_INT(ASK(SQL("SELECT round FROM matter WHERE id = $1"), V(c.id)), 2);
    OK_INT(ASK(SQL("SELECT COUNT(*) FROM attempt WHERE matter = $1 AND round = 1"), V(c.id)), 2);
    OK_INT(ASK(SQL("SELECT COUNT(*) FROM party WHERE matter = $1 AND answer <> 0"), V(c.id)), 0);
    town_now = began;
}

/* What ended too late is late in the new round from its first moment. */
static void test_reopen__red_stays_red(void)
{
    struct stamp began = town_now;
    struct case_file c = filed(DISPATCHER, NEIGHBOURS);
    advance(&c, 0, 3);
    town_now.ms += 200 * STAMP_DAY;
    advance(&c, 3, 3);
    OK_INT(clock_of(&c, "whole", "state"), 3);
    int64_t due = clock_of(&c, "whole", "due");
    town_now.ms += 5 * STAMP_DAY;
    DONE(act(&c, DISPATCHER, "reopen", "{\"why\":\"rebound\"}"));
    OK_INT(clock_of(&c, "whole", "due"), due);
    OK(due < town_now.ms);
    town_now = began;
}

/* A party's time to reopen and to rate ends; the visitor's does not. */
static void test_reopen__within_the_window(void)
{
    struct stamp began = town_now;
    struct case_file c = filed(RESIDENT, NEIGHBOURS);
    advance(&c, 0, 6);
    town_now.ms += 60 * STAMP_DAY;
    REFUSED(act(&c, RESIDENT, "reopen", "{}"), ERR_NEEDS_FACT, "");
    REFUSED(act(&c, RESIDENT, "rate", "{\"satisfaction\":\"not\"}"), ERR_NEEDS_FACT, "");
    DONE(act(&c, DISPATCHER, "reopen", "{\"why\":\"new_facts\"}"));
    OK_INT(ASK(SQL("SELECT COUNT(*) FROM worklist WHERE matter = $1 AND bucket = $2"), V(c.id),
               V((unsigned)WORK_TO_TAKE)), 1);
    town_now = began;
}

/* What was refused and put away is not accepted by opening it again. */
static void test_reopen__never_overturns_a_refusal(void)
{
    struct case_file c = filed(DISPATCHER, NEIGHBOURS);
    DONE(act(&c, DISPATCHER, "decline", "{\"reason\":\"refused\",\"text\":\"不愿调解\"}"));
    DO(SQL("UPDATE matter SET state = $2 WHERE id = $1"), V(c.id), V((unsigned)MATTER_ARCHIVED));
    REFUSED(act(&c, DISPATCHER, "reopen", "{\"why\":\"new_facts\"}"), ERR_WRONG_STATE, "");
}

/* Nobody reached, three times by two ways on two days: the visit is over. */
static void test_visit__ends_when_tried_enough(void)
{
    struct stamp began = town_now;
    struct case_file c = filed(DISPATCHER, NEIGHBOURS);
    static const char *const channels[] = { "phone", "letter", "phone" };
    advance(&c, 0, 6);
    for (int i = 0; i < 3; i++) {
        OK_INT(ASK(SQL("SELECT COUNT(*) FROM worklist WHERE matter = $1 AND bucket = $2"),
                   V(c.id), V((unsigned)WORK_TO_VISIT)), 1);
        town_now.ms += STAMP_DAY;
        DONE(act(&c, DISPATCHER, "visit",
                 text("{\"parties\":[{\"party\":\"%lld\"}],\"channel\":\"%s\"}",
                      (long long)c.party[0].v, channels[i]).p));
    }
    OK_INT(ASK(SQL("SELECT COUNT(*) FROM worklist WHERE matter = $1 AND bucket = $2"), V(c.id),
               V((unsigned)WORK_TO_VISIT)), 0);
    OK_INT(ASK(SQL("SELECT COUNT(*) FROM visit WHERE matter = $1 AND reached = 0"), V(c.id)), 3);
    town_now = began;
}

/* The agreement is paid by instalments: whoever was not reached about the first is visited
 * about the second. */
static void test_visit__of_a_later_instalment_is_planned(void)
{
    struct stamp began = town_now;
    struct case_file c = filed(DISPATCHER, NEIGHBOURS);
    static const char *const channels[] = { "phone", "letter", "phone" };
    char day[16];
    struct day due = { day_of_stamp(town_now).n + 60 };
    struct str on = { day, day_format(due, day) };
    advance(&c, 0, 3);
    DONE(act(&c, HANDLER, "conclude", text("{\"outcomes\":[{\"outcome\":\"settled\",\"settled\":5000}],"
        "\"form\":\"written\",\"summary\":\"分期\",\"instalments\":[{\"due_on\":\"%.*s\","
        "\"amount\":5000}]}", STR_ARG(on)).p));
    advance(&c, 4, 2);
    for (int i = 0; i < 3; i++) {
        town_now.ms += STAMP_DAY;
        DONE(act(&c, DISPATCHER, "visit",
                 text("{\"parties\":[{\"party\":\"%lld\"}],\"channel\":\"%s\"}",
                      (long long)c.party[0].v, channels[i]).p));
    }
    OK_INT(ASK(SQL("SELECT MAX(next_on) FROM visit WHERE matter = $1"), V(c.id)), due.n);
    OK_INT(ASK(SQL("SELECT COUNT(*) FROM worklist WHERE matter = $1 AND bucket = $2"), V(c.id),
               V((unsigned)WORK_TO_VISIT)), 1);
    OK_INT(ASK(SQL("SELECT COUNT(*) FROM deadline WHERE matter = $1 AND what = 'visit'"
                   " AND state = 0 AND due_at > $2"), V(c.id), V(stamp_of_day(due))), 1);
    town_now = began;
}

int main(void)
{
    town_open();
    test_reopen__elapsed_days_stay();
    test_reopen__red_stays_red();
    test_reopen__within_the_window();
    test_reopen__never_overturns_a_refusal();
    test_visit__ends_when_tried_enough();
    test_visit__of_a_later_instalment_is_planned();
    return town_close();
}
