/* Clocks that stand, that get more time, and who has to agree. */
#include "unit/city.h"
#include "matter/approval.h"
#include "matter/deadline.h"
#include "matter/pause.h"

static int64_t due_of(struct case_file c, const char *what)
{
    return ASK(SQL("SELECT due_at FROM deadline WHERE matter = $1 AND what = $2"
                   " ORDER BY id DESC LIMIT 1"), V(c.id), V(str_of(what)));
}
/* The day on which it ends: on a working day at the close of business, else at midnight. */
static int64_t day_due(struct case_file c, const char *what)
{
    return day_of_stamp((struct stamp){ due_of(c, what) }).n;
}
static int64_t state_of(struct case_file c, const char *what)
{
    return ASK(SQL("SELECT state FROM deadline WHERE matter = $1 AND what = $2"
                   " ORDER BY id DESC LIMIT 1"), V(c.id), V(str_of(what)));
}
static bool is_paused(struct case_file c)
{
    int64_t facts = ASK(SQL("SELECT facts FROM matter WHERE id = $1"), V(c.id));
    int64_t open = ASK(SQL("SELECT COUNT(*) FROM pause WHERE matter = $1 AND ended_at = 0"),
                       V(c.id));
    int64_t since = ASK(SQL("SELECT paused_at FROM matter WHERE id = $1"), V(c.id));
    OK_INT(open, (facts & FACT_BIT(PAUSED)) != 0);
    OK_INT(since > 0, open);
    return open;
}

static const char *day_after(int64_t days)
{
    char s[16];
    day_format((struct day){ (int32_t)(day_of_stamp(town_now).n + days) }, s);
    return text("%s", s).p;
}
static const char *at_now(void)
{
    char s[32];
    stamp_format(town_now, s);
    return text("%s", s).p;
}
/* Both sides' consent, given now. */
static const char *both(struct case_file c)
{
    return text("\"consents\":[{\"party\":\"%lld\",\"at\":\"%s\"},{\"party\":\"%lld\",\"at\":\"%s\","
                "\"channel\":\"counter\"}]", (long long)c.party[0].v, at_now(),
                (long long)c.party[1].v, at_now()).p;
}
static struct case_file in_hand(void)
{
    struct case_file c = filed(DISPATCHER, NEIGHBOURS);
    advance(&c, 0, 3);
    return c;
}

/* Ten days of appraisal: what may stand for it ends ten days later, the rest runs. */
static void test_pause__moves_the_end_by_the_time_it_stood(void)
{
    struct case_file c = in_hand();
    struct stamp before = town_now;
    int64_t whole = day_due(c, "whole"), handle = day_due(c, "handle");
    town_now.ms += STAMP_DAY;           /* the first day is not counted anyway */
    DONE(act(&c, DISPATCHER, "pause", "{\"reason\":\"appraisal\",\"text\":\"等待房屋安全鉴定\"}"));
    OK(is_paused(c));
    OK_INT(state_of(c, "whole"), DEADLINE_PAUSED);
    OK_INT(state_of(c, "handle"), DEADLINE_PAUSED);
    REFUSED(act(&c, DISPATCHER, "pause", "{\"reason\":\"appraisal\",\"text\":\"再停\"}"),
            ERR_HAS_FACT, "");
    town_now.ms += 10 * STAMP_DAY;
    struct told t = get(DISPATCHER, text("/api/v1/matters/%lld", (long long)c.id.v));
    OK(has(t.json, "\"state\":\"paused\"") && has(t.json, "\"stops\":[{\"from\":\"")
       && has(t.json, "\"to\":null"));
    DONE(act(&c, HANDLER, "resume", "{\"text\":\"鉴定报告已出\"}"));
    OK(!is_paused(c));
    OK_INT(state_of(c, "whole"), DEADLINE_RUNNING);
    OK_INT(day_due(c, "whole"), whole + 10);
    OK_INT(ASK(SQL("SELECT due_at FROM matter WHERE id = $1"), V(c.id)), due_of(c, "whole"));
    OK(day_due(c, "handle") >= handle + 10);     /* people's mediation rolls over rest */
    OK_INT(ASK(SQL("SELECT due_at FROM assignment WHERE matter = $1"), V(c.id)),
           due_of(c, "handle"));
    OK_INT(ASK(SQL("SELECT COUNT(*) FROM message WHERE matter = $1 AND kind = 1"), V(c.id)), 2);
    OK(has(get(HANDLER, text("/api/v1/matters/%lld/pauses", (long long)c.id.v)).json,
           "等待房屋安全鉴定"));
    town_now = before;
}

static void test_pause__reason_kind_and_end_are_checked(void)
{
    struct case_file c = in_hand();
    REFUSED(act(&c, DISPATCHER, "pause", "{\"reason\":\"holiday\",\"text\":\"过年\"}"),
            ERR_NO_SUCH_REF, "reason");
    REFUSED(act(&c, DISPATCHER, "pause", text("{\"reason\":\"appraisal\",\"text\":\"鉴定\","
            "\"until\":\"%s\"}", day_after(91)).p), ERR_OUT_OF_RANGE, "until");
    REFUSED(act(&c, DISPATCHER, "pause", text("{\"reason\":\"appraisal\",\"text\":\"鉴定\","
            "\"until\":\"%s\"}", day_after(0)).p), ERR_OUT_OF_RANGE, "until");
    REFUSED(act(&c, DISPATCHER, "pause", "{\"reason\":\"appraisal\"}"), ERR_REQUIRED, "text");
    REFUSED(act(&c, DISPATCHER, "pause", "{\"reason\":\"hearing\",\"text\":\"听证\"}"),
            ERR_NO_CLOCK, "reason");            /* no clock of a dispute stands for it */
    REFUSED(act(&c, DISPATCHER, "resume", "{\"text\":\"恢复\"}"), ERR_NEEDS_FACT, "");
    /* the handler's word is not the owner's; other_case asks for an approval */
    REFUSED(act(&c, HANDLER, "pause", "{\"reason\":\"appraisal\",\"text\":\"鉴定\"}"),
            ERR_DENIED, "");
    REFUSED(act(&c, DISPATCHER, "pause", "{\"reason\":\"other_case\",\"text\":\"另案\"}"),
            ERR_NEEDS_FACT, "");
    REFUSED(act(&c, "mediator.guiyi2", "pause", "{\"reason\":\"appraisal\",\"text\":\"鉴定\"}"),
            ERR_DENIED, "");
    OK(!is_paused(c));
    DONE(act(&c, DISPATCHER, "pause", text("{\"reason\":\"appraisal\",\"text\":\"鉴定\","
         "\"until\":\"%s\"}", day_after(90)).p));
}

/* Both sides have to have said so, each with a time that can be. */
static void test_pause__of_both_parties_needs_both(void)
{
    struct case_file c = in_hand();
    const char *one = text("{\"reason\":\"parties\",\"text\":\"双方申请\",\"consents\":"
        "[{\"party\":\"%lld\",\"at\":\"%s\"}]}", (long long)c.party[0].v, at_now()).p;
    REFUSED(act(&c, HANDLER, "pause", "{\"reason\":\"parties\",\"text\":\"双方申请\"}"),
            ERR_NO_CONSENT, "consents");
    REFUSED(act(&c, HANDLER, "pause", one), ERR_NO_CONSENT, "consents");
    const char *early = text("{\"reason\":\"parties\",\"text\":\"双方申请\",\"consents\":"
        "[{\"party\":\"%lld\",\"at\":\"2020-01-01T08:00:00+08:00\"},"
        "{\"party\":\"%lld\",\"at\":\"%s\"}]}", (long long)c.party[0].v,
        (long long)c.party[1].v, at_now()).p;
    REFUSED(act(&c, HANDLER, "pause", early), ERR_OUT_OF_RANGE, "consents[0].at");
    const char *stranger = text("{\"reason\":\"parties\",\"text\":\"双方申请\",%.*s,"
        "{\"party\":\"5\",\"at\":\"%s\"}]}", (int)(strlen(both(c)) - 1), both(c), at_now()).p;
    REFUSED(act(&c, HANDLER, "pause", stranger), ERR_NO_SUCH_REF, "consents[2].party");
    OK(!is_paused(c));
    DONE(act(&c, HANDLER, "pause", text("{\"reason\":\"parties\",\"text\":\"双方申请\",%s}",
                                        both(c)).p));
    OK(is_paused(c));
    OK_INT(ASK(SQL("SELECT COUNT(*) FROM consent WHERE matter = $1"), V(c.id)), 2);
    OK(has(get(HANDLER, text("/api/v1/matters/%lld/consents", (long long)c.id.v)).json,
           "\"channel\":\"counter\""));
}

static void run(void)
{
    struct err e = { 0 };
    bool more = true;
    for (int i = 0; more && i < 20; i++)
        if (!OK(pause_run(&town.app, &more, &e)))
            more = false;
}

/* A pause that is over ends at its own end, whenever that is noticed, and by the clock. */
static void test_pause__ends_by_itself(void)
{
    struct case_file c = in_hand();
    int64_t whole = day_due(c, "whole");
    DONE(act(&c, DISPATCHER, "pause", "{\"reason\":\"appraisal\",\"text\":\"鉴定\"}"));
    int64_t at = ASK(SQL("SELECT at FROM pause WHERE matter = $1"), V(c.id));
    OK_INT(ASK(SQL("SELECT until FROM pause WHERE matter = $1"), V(c.id)),
           stamp_of_day((struct day){ day_of_stamp((struct stamp){ at }).n + 91 }).ms);
    run();
    OK(is_paused(c));
    int64_t stood = 5 * STAMP_DAY, began = at - stood - STAMP_HOUR;
    DO(SQL("UPDATE pause SET at = $2, until = $3 WHERE matter = $1"), V(c.id), V(began),
       V(began + stood));
    DO(SQL("UPDATE deadline SET pauses = $2 WHERE matter = $1 AND state = 1"), V(c.id),
       V(text("%lld-", (long long)began)));
    DO(SQL("UPDATE deadline SET started_at = started_at - 6 * 86400000 WHERE matter = $1"),
       V(c.id));
    run();
    run();
    OK(!is_paused(c));
    OK_INT(state_of(c, "whole"), DEADLINE_RUNNING);
    OK_INT(day_due(c, "whole"), whole - 6 + 5);
    OK_INT(ASK(SQL("SELECT COUNT(*) FROM journal WHERE chain = $1 AND action = 'resume'"),
               V(c.id)), 1);
    OK_INT(ASK(SQL("SELECT ended_at FROM pause WHERE matter = $1"), V(c.id)), began + stood);
    OK_INT(ASK(SQL("SELECT due_at FROM worklist WHERE matter = $1 LIMIT 1"), V(c.id)),
           ASK(SQL("SELECT MIN(due_at) FROM deadline WHERE matter = $1 AND state = 0"
                   " AND org <> 0"), V(c.id)));
}

/* The maximum is one for all pauses of a reason. */
static void test_pause__cannot_be_longer_than_its_maximum_in_parts(void)
{
    struct case_file c = in_hand();
    struct stamp before = town_now;
    DONE(act(&c, DISPATCHER, "pause", "{\"reason\":\"appraisal\",\"text\":\"鉴定\"}"));
    town_now.ms += 80 * STAMP_DAY;
    DONE(act(&c, DISPATCHER, "resume", "{\"text\":\"恢复\"}"));
    REFUSED(act(&c, DISPATCHER, "pause", text("{\"reason\":\"appraisal\",\"text\":\"再鉴定\","
            "\"until\":\"%s\"}", day_after(11)).p), ERR_OUT_OF_RANGE, "until");
    DONE(act(&c, DISPATCHER, "pause", text("{\"reason\":\"appraisal\",\"text\":\"再鉴定\","
         "\"until\":\"%s\"}", day_after(10)).p));
    town_now.ms += 10 * STAMP_DAY;
    DONE(act(&c, DISPATCHER, "resume", "{\"text\":\"恢复\"}"));
    REFUSED(act(&c, DISPATCHER, "pause", "{\"reason\":\"appraisal\",\"text\":\"三鉴定\"}"),
            ERR_NO_CLOCK, "reason");
    town_now = before;
}

/* Details wanted: the time in which the applicant is waited for is nobody's delay. */
static void test_details__stop_the_clocks_until_they_come(void)
{
    struct case_file c = filed(DISPATCHER, NEIGHBOURS);
    struct stamp before = town_now;
    int64_t whole = day_due(c, "whole");
    town_now.ms += STAMP_DAY;
    DONE(act(&c, DISPATCHER, "ask_details", "{\"text\":\"请补充照片\"}"));
    OK(is_paused(c));
    OK_INT(state_of(c, "accept"), DEADLINE_PAUSED);
    OK_INT(state_of(c, "whole"), DEADLINE_PAUSED);
    OK_INT(state_of(c, "details"), DEADLINE_RUNNING);
    town_now.ms += 4 * STAMP_DAY;
    DONE(act(&c, DISPATCHER, "add_details", "{\"text\":\"照片三张\"}"));
    OK(!is_paused(c));
    OK_INT(state_of(c, "accept"), DEADLINE_RUNNING);
    OK_INT(day_due(c, "whole"), whole + 4);
    DONE(act(&c, DISPATCHER, "ask_details", "{\"text\":\"还差一张\"}"));
    DONE(act(&c, DISPATCHER, "decline", "{\"reason\":\"refused\",\"text\":\"不符合\"}"));
    OK(!is_paused(c));
    OK_INT(ASK(SQL("SELECT COUNT(*) FROM deadline WHERE matter = $1 AND state = 1"), V(c.id)), 0);
    town_now = before;
}

/* The outcome ends a pause: what is met is met by the time that really ran. */
static void test_pause__ends_with_the_outcome(void)
{
    struct case_file c = in_hand();
    DONE(act(&c, DISPATCHER, "pause", "{\"reason\":\"appraisal\",\"text\":\"鉴定\"}"));
    advance(&c, 3, 1);
    OK(!is_paused(c));
    OK_INT(state_of(c, "handle"), DEADLINE_MET);
    OK_INT(state_of(c, "whole"), DEADLINE_RUNNING);
}

static void test_extend__by_both_parties(void)
{
    struct case_file c = in_hand();
    int64_t whole = day_due(c, "whole"), handle = day_due(c, "handle");
    const char *want = text("{\"what\":\"handle\",\"amount\":1,\"text\":\"双方同意再谈\",%s}",
                            both(c)).p;
    REFUSED(act(&c, HANDLER, "extend", "{\"what\":\"handle\",\"amount\":1,\"text\":\"再谈\"}"),
            ERR_NO_CONSENT, "consents");
    REFUSED(act(&c, HANDLER, "extend", "{\"what\":\"take\",\"amount\":1,\"text\":\"再谈\"}"),
            ERR_NO_CLOCK, "what");
    REFUSED(act(&c, HANDLER, "extend", "{\"what\":\"handle\",\"amount\":0,\"text\":\"再谈\"}"),
            ERR_OUT_OF_RANGE, "amount");
    REFUSED(act(&c, DISPATCHER, "extend", want), ERR_DENIED, "");       /* the lead's clock */
    DONE(act(&c, HANDLER, "extend", want));
    OK(day_due(c, "handle") >= handle + 28);                 /* a month more */
    OK_INT(day_due(c, "whole"), whole);
    OK_INT(ASK(SQL("SELECT extended FROM deadline WHERE matter = $1 AND what = 'handle'"
                   " AND state = 0"), V(c.id)), 1);
    /* the whole course is the owner's, for once and at most thirty days */
    want = text("{\"what\":\"whole\",\"amount\":31,\"text\":\"双方同意\",%s}", both(c)).p;
    REFUSED(act(&c, DISPATCHER, "extend", want), ERR_OUT_OF_RANGE, "amount");
    want = text("{\"what\":\"whole\",\"amount\":30,\"text\":\"双方同意\",%s}", both(c)).p;
    REFUSED(act(&c, HANDLER, "extend", want), ERR_DENIED, "");
    DONE(act(&c, DISPATCHER, "extend", want));
    OK_INT(day_due(c, "whole"), whole + 30);
    OK_INT(ASK(SQL("SELECT due_at FROM matter WHERE id = $1"), V(c.id)), due_of(c, "whole"));
    REFUSED(act(&c, DISPATCHER, "extend", want), ERR_NO_CLOCK, "what");
    OK(has(get(DISPATCHER, text("/api/v1/matters/%lld/messages", (long long)c.id.v)).json,
           "双方同意再谈"));
}

static void test_extend__comes_before_the_end_and_with_its_approval(void)
{
    struct case_file c = in_hand(), d = filed(DISPATCHER,
        "\"kind\":\"request\",\"title\":\"路灯不亮\","
        "\"parties\":[{\"role\":\"applicant\",\"name\":\"周玉珍\"}]");
    DO(SQL("UPDATE deadline SET due_at = 5 WHERE matter = $1 AND what = 'handle'"), V(c.id));
    REFUSED(act(&c, HANDLER, "extend", text("{\"what\":\"handle\",\"amount\":1,\"text\":\"晚了\","
            "%s}", both(c)).p), ERR_EXPIRED, "what");
    advance(&d, 0, 1);
    const char *want = "{\"what\":\"whole\",\"amount\":10,\"text\":\"情况复杂\"}";
    int64_t whole = day_due(d, "whole");
    REFUSED(act(&d, DISPATCHER, "extend", want), ERR_NEEDS_FACT, "");
    const char *ask = "{\"action\":\"extend\",\"text\":\"情况复杂\"}";
    REFUSED(act(&d, DISPATCHER, "ask_approval", "{\"text\":\"拟答复\"}"), ERR_DENIED, "");
    DONE(act(&d, DISPATCHER, "ask_approval", ask));
    REFUSED(act(&d, DISPATCHER, "extend", want), ERR_NEEDS_FACT, "");
    OK(has(get("head.guicheng", STR("/api/v1/work/items?bucket=to_approve&limit=100")).json,
           d.number.p));
    REFUSED(act(&d, "clerk.guicheng", "decide_approval", "{\"approved\":true}"), ERR_DENIED, "");
    DONE(act(&d, "head.guicheng", "decide_approval", "{\"approved\":true}"));
    DONE(act(&d, DISPATCHER, "extend", want));
    OK(day_due(d, "whole") >= whole + 12);       /* ten working days */
    REFUSED(act(&d, DISPATCHER, "extend", want), ERR_NO_CLOCK, "what");
    OK_INT(ASK(SQL("SELECT state FROM approval WHERE matter = $1"), V(d.id)), APPROVAL_USED);
}

/* What one body's head approved is not used up by another body. */
static void test_extend__is_approved_for_the_body_that_asked(void)
{
    struct case_file d = filed(DISPATCHER, "\"kind\":\"request\",\"title\":\"路灯不亮\","
        "\"parties\":[{\"role\":\"applicant\",\"name\":\"周玉珍\"}]");
    const char *whole = "{\"what\":\"whole\",\"amount\":1,\"text\":\"情况复杂\"}",
               *handle = "{\"what\":\"handle\",\"amount\":1,\"text\":\"情况复杂\"}";
    advance(&d, 0, 3);
    DONE(act(&d, HANDLER, "ask_approval", "{\"action\":\"extend\",\"text\":\"情况复杂\"}"));
    REFUSED(act(&d, DISPATCHER, "ask_approval", "{\"action\":\"extend\",\"text\":\"情况复杂\"}"),
            ERR_HAS_FACT, "");
    DONE(act(&d, "head.guicheng", "decide_approval", "{\"approved\":true}"));
    REFUSED(act(&d, DISPATCHER, "extend", whole), ERR_NEEDS_FACT, "");
    DONE(act(&d, HANDLER, "extend", handle));
    DONE(act(&d, DISPATCHER, "ask_approval", "{\"action\":\"extend\",\"text\":\"情况复杂\"}"));
    DONE(act(&d, "head.guicheng", "decide_approval", "{\"approved\":true}"));
    DONE(act(&d, DISPATCHER, "extend", whole));
}

/* A reason's maximum is for one round: a matter that came back may wait again. */
static void test_pause__has_its_maximum_in_each_round(void)
{
    struct stamp began = town_now;
    struct case_file c = in_hand();
    for (int round = 1; round <= 3; round++) {
        struct str reason = text("{\"reason\":\"agent\",\"text\":\"等待确定代理人\"}");
        DONE(act(&c, DISPATCHER, "pause", reason.p));
        int64_t most = ASK(SQL("SELECT (until - at) / 86400000 FROM pause WHERE matter = $1"
                               " AND ended_at = 0"), V(c.id));
        OK(most > 0);
        town_now.ms += most * STAMP_DAY;
        DONE(act(&c, HANDLER, "resume", "{\"text\":\"代理人已确定\"}"));
        REFUSED(act(&c, DISPATCHER, "pause", reason.p), ERR_NO_CLOCK, "reason");
        OK_INT(ASK(SQL("SELECT round FROM pause WHERE matter = $1 ORDER BY id DESC LIMIT 1"),
                   V(c.id)), round);
        advance(&c, 3, 3);
        DONE(act(&c, DISPATCHER, "reopen", "{\"why\":\"rebound\"}"));
        advance(&c, 2, 1);
    }
    town_now = began;
}

/* A petition's whole course goes with its handling (信访工作条例 34), and
 * is not extended a second time for itself. */
static void test_extend__takes_the_whole_course_of_a_petition_along(void)
{
    struct case_file c = filed(DISPATCHER, "\"kind\":\"request\",\"source\":\"petition\","
        "\"title\":\"来访\",\"parties\":[{\"role\":\"applicant\",\"name\":\"甲\"}]");
    advance(&c, 0, 3);
    int64_t whole = day_due(c, "whole"), handle = day_due(c, "handle");
    DONE(act(&c, HANDLER, "ask_approval", "{\"action\":\"extend\",\"text\":\"情况复杂\"}"));
    DONE(act(&c, "head.guicheng", "decide_approval", "{\"approved\":true}"));
    DONE(act(&c, HANDLER, "extend", "{\"what\":\"handle\",\"amount\":20,\"text\":\"情况复杂\"}"));
    OK_INT(day_due(c, "handle"), handle + 20);
    OK_INT(day_due(c, "whole"), whole + 20);
    REFUSED(act(&c, DISPATCHER, "extend", "{\"what\":\"whole\",\"amount\":10,\"text\":\"再延\"}"),
            ERR_NO_CLOCK, "what");
    OK_INT(ASK(SQL("SELECT due_at FROM matter WHERE id = $1"), V(c.id)), due_of(c, "whole"));
    OK(has(get(DISPATCHER, text("/api/v1/matters/%lld/journal", (long long)c.id.v)).json,
           "\\\"with\\\":\\\"whole\\\"")
       || has(get(DISPATCHER, text("/api/v1/matters/%lld/journal", (long long)c.id.v)).json,
              "\"with\":\"whole\""));
}

/* However often somebody stops and goes on: the last pause of a clock is one it can come
 * out of, and the matter can always be stopped and ended. */
static void test_pause__is_refused_before_a_clock_has_too_many(void)
{
    struct case_file c = in_hand();
    int times = 0;
    struct told t = act(&c, DISPATCHER, "pause", "{\"reason\":\"appraisal\",\"text\":\"等待鉴定\"}");
    for (; !t.e.id && times < 80; times++) {
        DONE(act(&c, DISPATCHER, "resume", "{\"text\":\"继续\"}"));
        t = act(&c, DISPATCHER, "pause", "{\"reason\":\"appraisal\",\"text\":\"等待鉴定\"}");
    }
    REFUSED(t, ERR_NO_CLOCK, "reason");
    OK_INT(times, 48);
    OK(!is_paused(c));
    DONE(act(&c, HANDLER, "conclude", "{\"outcomes\":[{\"outcome\":\"settled\"}],\"summary\":\"谈妥\"}"));
    DONE(act(&c, DISPATCHER, "reopen", "{\"why\":\"breach\"}"));
}

/* What starts while the matter stands: the same reason stops it. */
static void test_pause__takes_in_what_starts_in_it(void)
{
    struct case_file c = filed(DISPATCHER, NEIGHBOURS);
    advance(&c, 0, 1);
    DONE(act(&c, DISPATCHER, "pause", "{\"reason\":\"appraisal\",\"text\":\"等待鉴定\"}"));
    advance(&c, 1, 2);
    OK_INT(state_of(c, "handle"), DEADLINE_PAUSED);
    OK_INT(state_of(c, "contact"), DEADLINE_RUNNING);   /* no rule stops it */
    DONE(act(&c, DISPATCHER, "resume", "{\"text\":\"继续\"}"));
    OK_INT(state_of(c, "handle"), DEADLINE_RUNNING);
}

static struct case_file part_of(struct case_file whole, bool last)
{
    struct case_file part = { 0 };
    part.id.v = last ? ASK(SQL("SELECT MAX(matter) FROM tie WHERE other = $1"), V(whole.id))
                     : ASK(SQL("SELECT MIN(matter) FROM tie WHERE other = $1"), V(whole.id));
    part.version = ASK(SQL("SELECT version FROM matter WHERE id = $1"), V(part.id));
    return part;
}

/* Being parted gains nobody time and loses nobody any: what stood has stood for the parts,
 * what was extended is, and what is used up of a reason or an extension is used up. */
static void test_split__takes_pauses_and_extensions_over(void)
{
    struct stamp before = town_now;
    struct case_file c = filed(DISPATCHER, NEIGHBOURS);
    advance(&c, 0, 1);
    town_now.ms += STAMP_DAY;
    DONE(act(&c, DISPATCHER, "pause", "{\"reason\":\"appraisal\",\"text\":\"鉴定\"}"));
    town_now.ms += 20 * STAMP_DAY;
    DONE(act(&c, DISPATCHER, "resume", "{\"text\":\"恢复\"}"));
    DONE(act(&c, DISPATCHER, "extend", text("{\"what\":\"whole\",\"amount\":30,\"text\":\"双方同意\",%s}", both(c)).p));
    int64_t whole = due_of(c, "whole"), handle = due_of(c, "handle"), accept = due_of(c, "accept");
    DONE(act(&c, DISPATCHER, "split", text("{\"reason\":\"两件事\",\"parts\":["
        "{\"title\":\"漏水\",\"org\":\"%lld\",\"claims\":[{\"claim\":\"%lld\"}]},"
        "{\"title\":\"赔偿\",\"claims\":[{\"claim\":\"%lld\"}]}]}",
        (long long)who_of(HANDLER)->org.v, (long long)c.claim[0].v, (long long)c.claim[1].v).p));
    for (int i = 0; i < 2; i++) {
        struct case_file part = part_of(c, i);
        OK_INT(due_of(part, "whole"), whole);
        OK_INT(due_of(part, "handle"), handle);
        OK_INT(due_of(part, "accept"), accept);
        OK_INT(ASK(SQL("SELECT due_at FROM matter WHERE id = $1"), V(part.id)), whole);
        OK(has(get(DISPATCHER, text("/api/v1/matters/%lld/pauses", (long long)part.id.v)).json,
               "鉴定"));
        OK(!is_paused(part));
        REFUSED(act(&part, DISPATCHER, "extend", "{\"what\":\"whole\",\"amount\":1,\"text\":\"再延\"}"),
                ERR_NO_CLOCK, "what");
        REFUSED(act(&part, DISPATCHER, "pause", text("{\"reason\":\"appraisal\",\"text\":\"再鉴定\","
                "\"until\":\"%s\"}", day_after(71)).p), ERR_OUT_OF_RANGE, "until");
        DONE(act(&part, DISPATCHER, "pause", text("{\"reason\":\"appraisal\",\"text\":\"再鉴定\","
             "\"until\":\"%s\"}", day_after(70)).p));
    }
    OK_INT(ASK(SQL("SELECT due_at FROM assignment WHERE matter = $1"), V(part_of(c, false).id)), handle);
    town_now = before;
}

int main(void)
{
    town_open();
    test_pause__is_refused_before_a_clock_has_too_many();
    test_pause__takes_in_what_starts_in_it();
    test_split__takes_pauses_and_extensions_over();
    test_pause__moves_the_end_by_the_time_it_stood();
    test_pause__reason_kind_and_end_are_checked();
    test_pause__of_both_parties_needs_both();
    test_pause__ends_by_itself();
    test_pause__cannot_be_longer_than_its_maximum_in_parts();
    test_details__stop_the_clocks_until_they_come();
    test_pause__ends_with_the_outcome();
    test_extend__by_both_parties();
    test_extend__comes_before_the_end_and_with_its_approval();
    test_extend__is_approved_for_the_body_that_asked();
    test_extend__takes_the_whole_course_of_a_petition_along();
    test_pause__has_its_maximum_in_each_round();
    return town_close();
}
