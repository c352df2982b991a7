/* Details, refusal and review: what each of them refuses, and what it leaves. */
#include "unit/city.h"
#include "matter/message.h"
#include "matter/overdue.h"

#define REVIEWING "head.nanhai"

static struct case_file declined(void)
{
    struct case_file c = filed(DISPATCHER, NEIGHBOURS);
    DONE(act(&c, DISPATCHER, "decline", "{\"reason\":\"refused\",\"text\":\"对方不愿调解\"}"));
    return c;
}

static void test_acceptance__refuses_what_is_unfit(void)
{
    static const struct { const char *who, *action, *body; enum err_id e; const char *field; } rows[] = {
        { DISPATCHER, "accept", "{\"type\":\"no-such\"}", ERR_NO_SUCH_REF, "type" },
        { DISPATCHER, "accept", "{\"type\":\"0101\"}", ERR_NO_SUCH_REF, "type" },
        { DISPATCHER, "ask_details", "{}", ERR_REQUIRED, "text" },
        { DISPATCHER, "ask_details", "{\"text\":\" \"}", ERR_REQUIRED, "text" },
        { DISPATCHER, "decline", "{\"reason\":\"refused\"}", ERR_REQUIRED, "text" },
        { DISPATCHER, "decline", "{\"reason\":\"\",\"text\":\"不受理\"}", ERR_REQUIRED, "reason" },
        { DISPATCHER, "decline", "{\"reason\":\"nonsense\",\"text\":\"不受理\"}", ERR_NO_SUCH_REF, "reason" },
        { DISPATCHER, "decline", "{\"reason\":\"refused\",\"routes\":\"court moon\",\"text\":\"不受理\"}",
          ERR_NO_SUCH_REF, "routes" },
        { DISPATCHER, "add_details", "{\"text\":\"没有要求过\"}", ERR_WRONG_STATE, "" },
        { DISPATCHER, "ask_review", "{}", ERR_WRONG_STATE, "" },
        { DISPATCHER, "review", "{\"upheld\":true,\"text\":\"维持\"}", ERR_DENIED, "" },
        { REVIEWING, "accept", "{}", ERR_DENIED, "" },
        { HANDLER, "accept", "{}", ERR_NOT_FOUND, "" },
        { "dispatcher.dali", "accept", "{}", ERR_NOT_FOUND, "" },
        { RESIDENT, "accept", "{}", ERR_NO_ROUTE, "" },
    };
    struct case_file c = filed(DISPATCHER, NEIGHBOURS);
    for (size_t i = 0; i < COUNT(rows); i++)
        REFUSED(act(&c, rows[i].who, rows[i].action, rows[i].body), rows[i].e, rows[i].field);
    OK_INT(ASK(SQL("SELECT journal_seq FROM matter WHERE id = $1"), V(c.id)), 1);
    OK_INT(ASK(SQL("SELECT COUNT(*) FROM refusal WHERE matter = $1"), V(c.id)), 0);
    struct case_file old = c;
    DONE(act(&c, DISPATCHER, "accept", "{\"type\":\"2\"}"));
    REFUSED(act(&old, DISPATCHER, "decline", "{\"reason\":\"refused\",\"text\":\"晚了\"}"),
            ERR_WRONG_STATE, "");
}

/* Twenty thousand characters of a story, and no more by adding to it. */
static void test_details__have_an_end(void)
{
    struct case_file c = filed(DISPATCHER, NEIGHBOURS);
    struct buf b;
    buf_init(&b, 1 << 16);
    for (int i = 0; i < 5000; i++)
        buf_add(&b, STR("字"));
    struct str body = arena_printf(&town.a, "{\"text\":\"%.*s\"}", STR_ARG(buf_str(&b)));
    struct told t = { 0 };
    int n = 0;
    for (; n < 8 && !t.e.id; n++) {
        DONE(act(&c, DISPATCHER, "ask_details", "{\"text\":\"请补充\"}"));
        t = act(&c, DISPATCHER, "add_details", body.p);
    }
    REFUSED(t, ERR_TOO_LONG, "text");
    OK_INT(n, 6);
    OK_INT(ASK(SQL("SELECT state FROM matter WHERE id = $1"), V(c.id)), MATTER_DETAILS);
    buf_done(&b);
}

/* The applicant's silence is nobody's fault; once the time is over the body goes on with
 * what there is, and says so itself. */
static void test_details__silence_is_the_applicants(void)
{
    struct case_file c = filed(DISPATCHER, NEIGHBOURS);
    bool more = true;
    struct err e = { 0 };
    DONE(act(&c, DISPATCHER, "ask_details", "{\"text\":\"请补充照片\"}"));
    OK_INT(ASK(SQL("SELECT org FROM deadline WHERE matter = $1 AND what = 'details'"), V(c.id)), 0);
    REFUSED(act(&c, DISPATCHER, "go_on", "{\"text\":\"按现有材料审查\"}"), ERR_HAS_FACT, "");
    DO(SQL("UPDATE deadline SET due_at = 1000, look_at = 1000 WHERE matter = $1 AND state = 0"),
       V(c.id));
    OK(overdue_run(&town.app, &more, &e));
    OK_INT(ASK(SQL("SELECT COUNT(*) FROM deadline WHERE matter = $1 AND red_at > 0"), V(c.id)), 0);
    OK_INT(ASK(SQL("SELECT COUNT(*) FROM sight WHERE matter = $1 AND why = $2"), V(c.id),
               V((unsigned)WHY_SUPERVISION)), 0);
    REFUSED(act(&c, DISPATCHER, "go_on", "{\"text\":\"\"}"), ERR_REQUIRED, "text");
    REFUSED(act(&c, HANDLER, "go_on", "{\"text\":\"按现有材料审查\"}"), ERR_NOT_FOUND, "");
    DONE(act(&c, DISPATCHER, "go_on", "{\"text\":\"按现有材料审查\"}"));
    OK_INT(ASK(SQL("SELECT COUNT(*) FROM message WHERE matter = $1 AND kind = $2"), V(c.id),
               V((unsigned)MESSAGE_FROM_PARTY)), 0);
    OK_INT(ASK(SQL("SELECT COUNT(*) FROM deadline WHERE matter = $1 AND what = 'accept'"
                   " AND state = 0"), V(c.id)), 1);
    DONE(act(&c, DISPATCHER, "accept", "{}"));
}

static void test_review__is_once_and_by_the_body_above(void)
{
    struct case_file c = declined();
    struct stamp began = town_now;
    REFUSED(act(&c, REVIEWING, "review", "{\"upheld\":true,\"text\":\"维持\"}"), ERR_NOT_FOUND, "");
    REFUSED(act(&c, DISPATCHER, "ask_review", "{\"party\":\"77\"}"), ERR_NO_SUCH_REF, "party");
    DONE(act(&c, DISPATCHER, "ask_review", "{\"grounds\":\"没有这回事\"}"));
    REFUSED(act(&c, DISPATCHER, "ask_review", "{}"), ERR_NEEDS_FACT, "");
    REFUSED(act(&c, REVIEWING, "review", "{\"upheld\":true}"), ERR_REQUIRED, "text");
    REFUSED(act(&c, "dispatcher.nanhai", "review", "{\"upheld\":true,\"text\":\"维持\"}"), ERR_DENIED, "");
    DONE(act(&c, REVIEWING, "review", "{\"upheld\":true,\"text\":\"维持\"}"));
    OK_INT(ASK(SQL("SELECT state FROM matter WHERE id = $1"), V(c.id)), MATTER_DECLINED);
    REFUSED(act(&c, DISPATCHER, "ask_review", "{}"), ERR_NEEDS_FACT, "");
    REFUSED(act(&c, REVIEWING, "review", "{\"upheld\":false,\"text\":\"再来\"}"), ERR_DENIED, "");
    OK_INT(ASK(SQL("SELECT grade FROM sight WHERE matter = $1 AND why = $2"), V(c.id),
               V((unsigned)WHY_REVIEW)), GRADE_ENVELOPE);
    struct case_file late = declined();
    town_now.ms += 40 * STAMP_DAY;
    REFUSED(act(&late, DISPATCHER, "ask_review", "{}"), ERR_NEEDS_FACT, "");
    town_now = began;
}

/* Overturned it is accepted, and its whole course goes on with the end it had. */
static void test_review__overturns(void)
{
    struct case_file c = declined();
    int64_t due = ASK(SQL("SELECT due_at FROM deadline WHERE matter = $1 AND what = 'whole'"), V(c.id));
    DONE(act(&c, DISPATCHER, "ask_review", "{}"));
    DONE(act(&c, REVIEWING, "review", "{\"upheld\":false,\"text\":\"应予受理\"}"));
    OK_INT(ASK(SQL("SELECT state FROM matter WHERE id = $1"), V(c.id)), MATTER_ACCEPTED);
    OK_INT(ASK(SQL("SELECT due_at FROM deadline WHERE matter = $1 AND what = 'whole' AND state = 0"),
               V(c.id)), due);
    OK_INT(ASK(SQL("SELECT COUNT(*) FROM worklist WHERE matter = $1 AND bucket = $2"), V(c.id),
               V((unsigned)MATTER_ACCEPTED)), 1);
}

int main(void)
{
    town_open();
    test_acceptance__refuses_what_is_unfit();
    test_details__have_an_end();
    test_details__silence_is_the_applicants();
    test_review__is_once_and_by_the_body_above();
    test_review__overturns();
    return town_close();
}
