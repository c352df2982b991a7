/* Who asks a body to act: a party and the owner that urge, the level above that supervises. */
#include "unit/city.h"
#include "matter/deadline.h"
#include "matter/overdue.h"
#include "matter/worklist.h"

static int64_t state_of(struct case_file c, const char *what)
{
    return ASK(SQL("SELECT COALESCE(MAX(state), -1) FROM deadline WHERE matter = $1 AND what = $2"),
               V(c.id), V(str_of(what)));
}
static int64_t waits_for(struct case_file c, const char *bucket, const char *login)
{
    struct told t = get(login, text("/api/v1/work/items?bucket=%s&limit=100", bucket));
    DONE(t);
    return has(t.json, c.number.p);
}
static struct str list_of(struct case_file c, const char *login, const char *what)
{
    return get(login, text("/api/v1/%smatters/%lld/%s", is_resident(login) ? "door/" : "",
                           (long long)c.id.v, what)).json;
}
static struct case_file linked(int steps)
{
    struct case_file c = filed(RESIDENT, NEIGHBOURS);
    advance(&c, 0, steps);
    return c;
}
/* A Wednesday at ten, some weeks ahead, which the law's calendar knows as a working day. */
static void go_to(int weekday_wanted)
{
    town_now = stamp_of_day((struct day){ day_of_stamp(town_now).n + 1 });
    town_now.ms += 10 * STAMP_HOUR;
    while (weekday(day_of_stamp(town_now)) != weekday_wanted)
        town_now.ms += STAMP_DAY;
}

static void test_urge__once_a_working_day(void)
{
    struct stamp before = town_now;
    struct case_file c = linked(3);
    go_to(4);                           /* Friday */
    DONE(act(&c, RESIDENT, "urge", "{\"text\":\"漏得更厉害了\"}"));
    REFUSED(act(&c, RESIDENT, "urge", "{}"), ERR_URGED_TODAY, "");
    REFUSED(act(&c, DISPATCHER, "urge", text("{\"party\":\"%lld\"}", (long long)c.party[0].v).p),
            ERR_URGED_TODAY, "");       /* said at the counter it is the same party */
    town_now.ms += STAMP_DAY;
    REFUSED(act(&c, RESIDENT, "urge", "{}"), ERR_URGED_TODAY, "");   /* Saturday */
    DONE(act(&c, DISPATCHER, "urge", text("{\"party\":\"%lld\"}", (long long)c.party[1].v).p));
    DONE(act(&c, DISPATCHER, "urge", "{\"text\":\"请抓紧\"}"));       /* the owner itself */
    town_now.ms += 2 * STAMP_DAY;
    DONE(act(&c, RESIDENT, "urge", "{}"));
    OK(waits_for(c, "urged", HANDLER) && !waits_for(c, "urged", DISPATCHER));
    OK(has(list_of(c, HANDLER, "messages"), "漏得更厉害了"));
    OK_INT(ASK(SQL("SELECT COUNT(*) FROM urge WHERE matter = $1 AND answered_at = 0"), V(c.id)),
           4);
    REFUSED(act(&c, DISPATCHER, "urge", "{\"party\":\"7\"}"), ERR_NO_SUCH_REF, "party");
    REFUSED(act(&c, HANDLER, "urge", "{}"), ERR_DENIED, "");
    town_now = before;
}

static void test_urge__is_answered_in_words_or_by_the_next_step(void)
{
    struct case_file c = linked(3);
    REFUSED(act(&c, HANDLER, "answer_urge", "{\"text\":\"周五上门\"}"), ERR_NEEDS_FACT, "");
    DONE(act(&c, RESIDENT, "urge", "{}"));
    REFUSED(act(&c, DISPATCHER, "answer_urge", "{\"text\":\"周五上门\"}"), ERR_DENIED, "");
    REFUSED(act(&c, HANDLER, "answer_urge", "{}"), ERR_REQUIRED, "text");
    DONE(act(&c, HANDLER, "answer_urge", "{\"text\":\"周五上门\"}"));
    OK(!waits_for(c, "urged", HANDLER));
    OK(has(list_of(c, RESIDENT, "urges"), "周五上门"));
    OK(has(list_of(c, RESIDENT, "messages"), "周五上门"));
    c = linked(3);
    DONE(act(&c, RESIDENT, "urge", "{}"));
    advance(&c, 3, 1);
    OK(!waits_for(c, "urged", HANDLER));
    OK_INT(ASK(SQL("SELECT COUNT(*) FROM urge WHERE matter = $1 AND answered_at = 0"), V(c.id)),
           0);
    OK_INT(ASK(SQL("SELECT facts FROM matter WHERE id = $1"), V(c.id)) & FACT_BIT(URGED), 0);
    advance(&c, 4, 2);
    REFUSED(act(&c, RESIDENT, "urge", "{}"), ERR_WRONG_STATE, "");
}

static void overdue(void)
{
    struct err e = { 0 };
    bool more = true;
    for (int i = 0; more && i < 50; i++)
        if (!OK(overdue_run(&town.app, &more, &e)))
            more = false;
}

/* The district, from the envelope it got when the town was late. */
static void test_supervision__by_the_level_above(void)
{
    struct case_file c = filed(RESIDENT, NEIGHBOURS);
    const char *want = "{\"fault\":\"not_accepted\",\"body\":\"owner\",\"text\":\"请说明未受理原因\"}";
    REFUSED(act(&c, "leader.nanhai", "supervise", want), ERR_NOT_FOUND, "");
    DO(SQL("UPDATE deadline SET due_at = 1000, look_at = 1000 WHERE matter = $1"
           " AND what = 'accept'"), V(c.id));
    overdue();
    REFUSED(act(&c, "dispatcher.nanhai", "supervise", want), ERR_DENIED, "");
    REFUSED(act(&c, "leader.guicheng", "supervise", want), ERR_DENIED, "");
    REFUSED(act(&c, "leader.nanhai", "supervise",
                "{\"fault\":\"not_handled\",\"body\":\"lead\",\"text\":\"无主办\"}"),
            ERR_NO_SUCH_REF, "body");
    REFUSED(act(&c, "leader.nanhai", "supervise", "{\"fault\":\"late\",\"text\":\"x\"}"),
            ERR_NOT_A_CHOICE, "fault");
    DONE(act(&c, "leader.nanhai", "supervise", want));
    REFUSED(act(&c, "head.nanhai", "supervise", want), ERR_HAS_FACT, "");
    OK_INT(state_of(c, "supervise"), DEADLINE_RUNNING);
    OK_INT(ASK(SQL("SELECT org FROM deadline WHERE matter = $1 AND what = 'supervise'"), V(c.id)),
           who_of(DISPATCHER)->org.v);
    OK(waits_for(c, "to_answer", DISPATCHER) && !waits_for(c, "to_answer", HANDLER));
    struct str ours = get("leader.nanhai", STR("/api/v1/supervisions?open=true")).json;
    OK(has(ours, c.number.p) && !has(ours, "楼上漏水"));
    OK(!has(get("leader.guicheng", STR("/api/v1/supervisions")).json, c.number.p));
    /* the parties see that, not what */
    struct str door = list_of(c, RESIDENT, "supervisions");
    OK(has(door, "not_accepted") && !has(door, "请说明未受理原因"));
    REFUSED(act(&c, HANDLER, "answer_supervision", "{\"text\":\"说明\"}"), ERR_NOT_FOUND, "");
    REFUSED(act(&c, "leader.guicheng", "answer_supervision", "{\"text\":\"已在办\"}"), ERR_DENIED,
            "");
    DONE(act(&c, "clerk.guicheng", "answer_supervision", "{\"text\":\"今日受理\"}"));
    OK_INT(state_of(c, "supervise"), DEADLINE_MET);
    OK(!waits_for(c, "to_answer", DISPATCHER));
    OK(has(list_of(c, "leader.nanhai", "supervisions"), "今日受理"));
    OK(!has(get("leader.nanhai", STR("/api/v1/supervisions?open=true")).json, c.number.p));
    OK(has(get("leader.nanhai", STR("/api/v1/supervisions")).json, c.number.p));
    DONE(act(&c, "head.nanhai", "supervise", want));     /* again, for what came of it */
    advance(&c, 0, 1);
    OK(waits_for(c, "to_answer", DISPATCHER));           /* a step alone is no answer */
}

/* The owner over the lead it assigned; it ends with the matter. */
static void test_supervision__by_the_owner_over_the_lead(void)
{
    struct case_file c = linked(3);
    const char *want = "{\"text\":\"请加快办理\"}";
    REFUSED(act(&c, "leader.guicheng", "supervise",
                "{\"body\":\"owner\",\"text\":\"自己督办自己\"}"), ERR_NO_SUCH_REF, "body");
    DONE(act(&c, "leader.guicheng", "supervise", want));
    OK(waits_for(c, "to_answer", HANDLER) && !waits_for(c, "to_answer", DISPATCHER));
    REFUSED(act(&c, DISPATCHER, "answer_supervision", "{\"text\":\"说明\"}"), ERR_DENIED, "");
    DONE(act(&c, "mediator.guiyi2", "answer_supervision", "{\"text\":\"周五开调解会\"}"));
    DONE(act(&c, "head.guicheng", "supervise", want));
    DONE(act(&c, RESIDENT, "withdraw", "{}"));
    OK_INT(ASK(SQL("SELECT COUNT(*) FROM supervision WHERE matter = $1 AND answered_at = 0"),
               V(c.id)), 0);
    OK_INT(ASK(SQL("SELECT supervised FROM matter WHERE id = $1"), V(c.id)), 0);
    /* what is left is to put it away */
    OK_INT(ASK(SQL("SELECT COUNT(*) FROM worklist WHERE matter = $1 AND bucket <> $2"), V(c.id),
               V((unsigned)WORK_TO_ARCHIVE)), 0);
    OK_INT(ASK(SQL("SELECT COUNT(*) FROM deadline WHERE matter = $1 AND state IN (0, 1)"
                   " AND what <> 'archive'"), V(c.id)), 0);
}

int main(void)
{
    town_open();
    test_urge__once_a_working_day();
    test_urge__is_answered_in_words_or_by_the_next_step();
    test_supervision__by_the_level_above();
    test_supervision__by_the_owner_over_the_lead();
    return town_close();
}
