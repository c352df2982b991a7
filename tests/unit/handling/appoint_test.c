/* Who is in charge in the lead body: its head names somebody else of it. */
#include "unit/city.h"

#define HEAD   "head.labour.nanhai"
#define WORKER "handler.labour.nanhai"

static struct case_file in_hand(void)
{
    const struct who *worker = who_of(WORKER);
    struct case_file c = filed("dispatcher.nanhai", NEIGHBOURS);
    DONE(act(&c, "dispatcher.nanhai", "accept", "{}"));
    DONE(act(&c, "dispatcher.nanhai", "assign",
             text("{\"org\":\"%lld\"}", worker ? (long long)worker->org.v : 0).p));
    DONE(act(&c, WORKER, "take", "{\"disclosed\":true}"));
    return c;
}

static struct str naming(const char *login)
{
    const struct who *w = who_of(login);
    return text("{\"handler\":\"%lld\",\"reason\":\"原承办人外出学习\"}",
                w ? (long long)w->account.v : 0);
}

static int64_t handler_of(const struct case_file *c)
{
    return ASK(SQL("SELECT handler FROM matter WHERE id = $1"), V(c->id));
}

static void test_appoint__hands_the_work_to_a_colleague(void)
{
    struct case_file c = in_hand();
    OK(has(get(HEAD, text("/api/v1/matters/%lld", (long long)c.id.v)).json, "actions/appoint\""));
    DONE(act(&c, HEAD, "appoint", naming(HEAD).p));
    OK_INT(handler_of(&c), who_of(HEAD)->account.v);
    OK_INT(ASK(SQL("SELECT handler FROM assignment WHERE matter = $1 AND part = 0 AND state = 1"),
               V(c.id)), who_of(HEAD)->account.v);
    OK_INT(ASK(SQL("SELECT COUNT(*) FROM journal WHERE chain = $1 AND action = 'appoint'"),
               V(c.id)), 1);
    REFUSED(act(&c, WORKER, "conclude",
                "{\"outcomes\":[{\"outcome\":\"settled\"}],\"summary\":\"谈妥\"}"), ERR_DENIED, "");
    DONE(act(&c, HEAD, "conclude",
             "{\"outcomes\":[{\"outcome\":\"settled\"}],\"summary\":\"谈妥\"}"));
    DONE(act(&c, HEAD, "appoint", naming(WORKER).p));       /* who replies may change, too */
    OK_INT(handler_of(&c), who_of(WORKER)->account.v);
    DONE(act(&c, WORKER, "reply", "{\"text\":\"已有结果\"}"));
    REFUSED(act(&c, HEAD, "appoint", naming(HEAD).p), ERR_WRONG_STATE, "");
}

static void test_appoint__is_the_heads_and_stays_in_the_body(void)
{
    struct case_file c = in_hand();
    REFUSED(act(&c, WORKER, "appoint", naming(WORKER).p), ERR_DENIED, "");
    REFUSED(act(&c, "head.nanhai", "appoint", naming(WORKER).p), ERR_DENIED, "");
    REFUSED(act(&c, "head.guicheng", "appoint", naming(WORKER).p), ERR_NOT_FOUND, "");
    static const char *const others[] = { HANDLER, "head.nanhai", "sysadmin", "clerk.nanhai" };
    for (size_t i = 0; i < COUNT(others); i++)
        REFUSED(act(&c, HEAD, "appoint", naming(others[i]).p), ERR_NO_SUCH_REF, "handler");
    REFUSED(act(&c, HEAD, "appoint", "{}"), ERR_REQUIRED, "handler");
    OK_INT(handler_of(&c), who_of(WORKER)->account.v);
}

int main(void)
{
    town_open();
    test_appoint__hands_the_work_to_a_colleague();
    test_appoint__is_the_heads_and_stays_in_the_body();
    return town_close();
}
