/* Parties: what is sealed and shown, whose answers closing needs, who leaves. */
#include "unit/city.h"
#include "matter/party.h"

static struct told close_with(struct case_file *c, const char *answers)
{
    return act(c, DISPATCHER, "close", text("{\"answers\":[%s]}", answers).p);
}
static struct str says(struct id party, const char *answer)
{
    return text("{\"party\":\"%lld\",\"answer\":\"%s\"}", (long long)party.v, answer);
}

static void test_close__needs_each_sides_own_answer(void)
{
    struct case_file c = filed(DISPATCHER, NEIGHBOURS);
    struct case_file alien = filed(DISPATCHER, NEIGHBOURS);
    advance(&c, 0, 5);
    struct str yes = says(c.party[0], "yes"), no = says(c.party[1], "no");
    REFUSED(close_with(&c, ""), ERR_NO_ANSWER, "answers");
    REFUSED(close_with(&c, yes.p), ERR_NO_ANSWER, "answers");
    REFUSED(close_with(&c, no.p), ERR_NO_ANSWER, "answers");
    REFUSED(close_with(&c, text("%s,%s", yes.p, says(c.party[1], "none").p).p), ERR_NO_ANSWER,
            "answers");
    REFUSED(close_with(&c, says(c.party[0], "perhaps").p), ERR_NOT_A_CHOICE,
            "answers[0].answer");
    REFUSED(close_with(&c, text("%s,%s,%s", yes.p, no.p, says(alien.party[0], "yes").p).p),
            ERR_NO_SUCH_REF, "answers[2].party");
    OK_INT(ASK(SQL("SELECT COUNT(*) FROM party WHERE matter IN ($1, $2) AND answer <> 0"),
               V(c.id), V(alien.id)), 0);
    /* not reached is computed, not clicked */
    REFUSED(close_with(&c, text("%s,%s", yes.p, says(c.party[1], "unreached").p).p),
            ERR_NOT_A_CHOICE, "answers[1].answer");
    DONE(close_with(&c, text("%s,%s", yes.p, no.p).p));
    OK_INT(ASK(SQL("SELECT answer FROM party WHERE id = $1"), V(c.party[0])), ANSWER_YES);
    OK_INT(ASK(SQL("SELECT answer FROM party WHERE id = $1"), V(c.party[1])), ANSWER_NO);
    OK(ASK(SQL("SELECT answered_at FROM party WHERE id = $1"), V(c.party[1])) > 0);
}

/* Who left is not asked; a request has one side; a third party has no say. */
static void test_close__asks_nobody_else(void)
{
    struct case_file c = filed(DISPATCHER, "\"kind\":\"request\",\"title\":\"x\",\"parties\":["
        "{\"role\":\"applicant\",\"name\":\"甲\"},{\"role\":\"respondent\",\"name\":\"乙\"},"
        "{\"role\":\"third\",\"name\":\"丙\"},{\"role\":\"applicant\",\"name\":\"丁\"}]");
    advance(&c, 0, 3);
    DONE(act(&c, DISPATCHER, "withdraw", text("{\"party\":\"%lld\"}", (long long)c.party[3].v).p));
    DONE(act(&c, HANDLER, "conclude",
             "{\"outcomes\":[{\"outcome\":\"resolved\"}],\"summary\":\"x\"}"));
    advance(&c, 4, 1);
    REFUSED(close_with(&c, says(c.party[1], "yes").p), ERR_NO_ANSWER, "answers");
    DONE(close_with(&c, says(c.party[0], "no").p));
}

static void test_withdraw__ends_the_matter_with_the_last_applicant(void)
{
    struct case_file c = filed(DISPATCHER, "\"kind\":\"dispute\",\"title\":\"x\",\"parties\":["
        "{\"role\":\"applicant\",\"name\":\"甲\"},{\"role\":\"applicant\",\"name\":\"乙\"},"
        "{\"role\":\"respondent\",\"name\":\"丙\"}]");
    advance(&c, 0, 3);
    struct str org = text("%lld", (long long)who_of(HANDLER)->org.v);
    int64_t load = ASK(SQL("SELECT open_load FROM org WHERE id = $1"), V(who_of(HANDLER)->org));
    REFUSED(act(&c, DISPATCHER, "withdraw", "{}"), ERR_REQUIRED, "party");
    REFUSED(act(&c, DISPATCHER, "withdraw", text("{\"party\":\"%s\"}", org.p).p), ERR_NO_SUCH_REF,
            "party");
    DONE(act(&c, DISPATCHER, "withdraw", text("{\"party\":\"%lld\"}", (long long)c.party[2].v).p));
    OK_INT(ASK(SQL("SELECT state FROM matter WHERE id = $1"), V(c.id)), MATTER_IN_HAND);
    DONE(act(&c, DISPATCHER, "withdraw", text("{\"party\":\"%lld\"}", (long long)c.party[0].v).p));
    OK_INT(ASK(SQL("SELECT state FROM matter WHERE id = $1"), V(c.id)), MATTER_IN_HAND);
    OK_INT(ASK(SQL("SELECT open_load FROM org WHERE id = $1"), V(who_of(HANDLER)->org)), load);
    REFUSED(act(&c, DISPATCHER, "withdraw", text("{\"party\":\"%lld\"}",
            (long long)c.party[0].v).p), ERR_NO_SUCH_REF, "party");
    DONE(act(&c, DISPATCHER, "withdraw", text("{\"party\":\"%lld\"}", (long long)c.party[1].v).p));
    OK_INT(ASK(SQL("SELECT state FROM matter WHERE id = $1"), V(c.id)), MATTER_WITHDRAWN);
    OK_INT(ASK(SQL("SELECT open_load FROM org WHERE id = $1"), V(who_of(HANDLER)->org)), load - 1);
    OK_INT(ASK(SQL("SELECT COUNT(*) FROM deadline WHERE matter = $1 AND state IN (0, 1)"
                   " AND what <> 'archive'"),
               V(c.id)), 0);
}

/* Left before anybody took it: the offer ends too, and the body's load with it. */
static void test_withdraw__takes_an_offer_back(void)
{
    struct case_file c = filed(RESIDENT, NEIGHBOURS);
    int64_t org = who_of(HANDLER)->org.v, load = ASK(SQL("SELECT open_load FROM org WHERE id = $1"),
                                                     V(org));
    advance(&c, 0, 1);
    advance(&c, 1, 1);
    OK_INT(ASK(SQL("SELECT open_load FROM org WHERE id = $1"), V(org)), load + 1);
    DONE(act(&c, RESIDENT, "withdraw", "{}"));
    OK_INT(ASK(SQL("SELECT state FROM matter WHERE id = $1"), V(c.id)), MATTER_WITHDRAWN);
    OK_INT(ASK(SQL("SELECT open_load FROM org WHERE id = $1"), V(org)), load);
    OK_INT(ASK(SQL("SELECT COUNT(*) FROM assignment WHERE matter = $1 AND state IN (0, 1, 3)"),
               V(c.id)), 0);
}

static void test_secrets__are_masked_and_revealed_one_at_a_time(void)
{
    struct case_file c = filed(DISPATCHER, NEIGHBOURS);
    struct str path = text("/api/v1/matters/%lld", (long long)c.id.v);
    struct str to = text("POST /api/v1/matters/%lld/reveal", (long long)c.id.v);
    struct told t = get(DISPATCHER, path);
    OK(has(t.json, "谢秉谦") && !has(t.json, "13812345678") && has(t.json, "138****5678"));
    struct str body = text("{\"party\":\"%lld\",\"field\":\"phone\",\"reason\":\"回访\"}",
                           (long long)c.party[1].v);
    struct told shown = call(DISPATCHER, to, body.p, 0);
    DONE(shown);
    OK(has(shown.json, "13812345678"));
    OK_INT(ASK(SQL("SELECT COUNT(*) FROM access WHERE matter = $1 AND what = 'reveal:phone:2'"
                   " AND reason = '回访'"), V(c.id)), 1);
    OK_INT(ASK(SQL("SELECT COUNT(*) FROM journal WHERE chain = $1 AND action = 'reveal'"),
               V(c.id)), 1);
    REFUSED(call("handler.police.dali", to, body.p, 0), ERR_NOT_FOUND, "");
    REFUSED(call("grid.guicheng", to, body.p, 0), ERR_DENIED, "");
    REFUSED(call(DISPATCHER, to, text("{\"party\":\"%lld\",\"field\":\"name\",\"reason\":\"回访\"}",
            (long long)c.party[1].v).p, 0), ERR_UNKNOWN_FIELD, "field");
    REFUSED(call(DISPATCHER, to, "{\"party\":\"5\",\"field\":\"phone\",\"reason\":\"回访\"}", 0),
            ERR_NO_SUCH_REF, "party");
    REFUSED(call(DISPATCHER, to, text("{\"party\":\"%lld\",\"field\":\"phone\",\"reason\":\"\"}",
            (long long)c.party[1].v).p, 0), ERR_REQUIRED, "reason");
    advance(&c, 0, 1);      /* a reveal costs nobody his or her version */
}

/* Of rows that name a party each, what is another's stays out; what is for all only
 * where it is for all. */
struct said { int64_t n; struct id party; };
static void test_rows__are_ones_own_and_for_all(void)
{
    struct party parties[] = { { .id = { 1 }, .account = { 7 } }, { .id = { 2 }, .account = { 8 } },
                               { .id = { 3 } }, { .id = { 4 }, .account = { 7 } } };
    struct list all = { parties, COUNT(parties) };
    struct said want[] = { { 10, { 1 } }, { 20, { 2 } }, { 30, { 0 } }, { 40, { 3 } },
                           { 50, { 4 } }, { 60, { 9 } } };
    struct said rows[COUNT(want)];
    struct list list = { rows, COUNT(rows) };
    memcpy(rows, want, sizeof rows);
    party_keep_own(all, (struct id){ 7 }, PARTY_ROW(said, true), &list);
    OK(list.n == 3 && rows[0].n == 10 && rows[1].n == 30 && rows[2].n == 50);
    memcpy(rows, want, sizeof rows);
    list.n = COUNT(rows);
    party_keep_own(all, (struct id){ 7 }, PARTY_ROW(said, false), &list);
    OK(list.n == 2 && rows[0].n == 10 && rows[1].n == 50);
    party_keep_own(all, ID_NONE, PARTY_ROW(said, false), &list);
    OK(list.n == 0);
    party_keep_own(all, (struct id){ 7 }, PARTY_ROW(said, true), &list);
    OK(list.n == 0);
}

/* A family's telephone number, given by both. */
#define ONE_PHONE                                                                           \
    "\"kind\":\"dispute\",\"type\":\"2\",\"title\":\"分家析产\",\"parties\":["              \
    "{\"role\":\"applicant\",\"name\":\"周玉珍\",\"phone\":\"19900000201\"},"              \
    "{\"role\":\"respondent\",\"name\":\"周玉良\",\"phone\":\"19900000201\"},"             \
    "{\"role\":\"respondent\",\"name\":\"周玉成\",\"phone\":\"19900000201\"}]"
static struct told links(const struct case_file *c, const char *side)
{
    return call(RESIDENT, STR("POST /api/v1/door/links"),
                text("{\"number\":\"%.*s\",\"pin\":\"%.*s\"%s}", STR_ARG(c->number), STR_ARG(c->pin),
                     *side ? text(",\"side\":\"%s\"", side).p : "").p, 0);
}
static int64_t own(const struct case_file *c, enum party_role role)
{
    return ASK(SQL("SELECT COUNT(*) FROM party WHERE matter = $1 AND role = $2 AND account = $3"),
               V(c->id), V((unsigned)role), V(who_of(RESIDENT)->account));
}

/* No one is judge of both: an account acts for the side it named, and for no other. */
static void test_link__is_to_one_side(void)
{
    struct case_file c = filed(DISPATCHER, ONE_PHONE), plain = filed(DISPATCHER, NEIGHBOURS);
    REFUSED(links(&c, ""), ERR_WHICH_SIDE, "side");
    REFUSED(links(&c, "unsaid"), ERR_WHICH_SIDE, "side");
    REFUSED(links(&c, "both"), ERR_NOT_A_CHOICE, "side");
    OK_INT(own(&c, PARTY_APPLICANT) + own(&c, PARTY_RESPONDENT), 0);
    DONE(links(&c, "respondent"));
    OK_INT(own(&c, PARTY_APPLICANT), 0);
    OK_INT(own(&c, PARTY_RESPONDENT), 2);
    REFUSED(links(&c, "applicant"), ERR_OTHER_SIDE, "side");
    DONE(links(&c, ""));
    DONE(links(&c, "respondent"));
    OK_INT(own(&c, PARTY_APPLICANT), 0);
    c.version = ASK(SQL("SELECT version FROM matter WHERE id = $1"), V(c.id));
    advance(&c, 0, 4);
    DONE(act(&c, RESIDENT, "answer", "{\"answer\":\"yes\"}"));
    OK_INT(ASK(SQL("SELECT COUNT(*) FROM party WHERE matter = $1 AND answer <> 0"), V(c.id)), 2);
    OK_INT(ASK(SQL("SELECT answer FROM party WHERE id = $1"), V(c.party[0])), ANSWER_NONE);
    DONE(links(&plain, ""));            /* where there is one side only, nobody is asked */
    OK_INT(own(&plain, PARTY_APPLICANT), 1);
    struct case_file other = filed(DISPATCHER, NEIGHBOURS);
    DONE(links(&other, "respondent"));  /* not one of them: follows it, acts for nobody */
    OK_INT(own(&other, PARTY_APPLICANT) + own(&other, PARTY_RESPONDENT), 0);
}

/* Who files is on a side already. */
static void test_link__keeps_the_side_of_who_filed(void)
{
    struct case_file c = filed(RESIDENT, ONE_PHONE);
    OK_INT(own(&c, PARTY_APPLICANT), 1);
    DONE(links(&c, ""));
    REFUSED(links(&c, "respondent"), ERR_OTHER_SIDE, "side");
    OK_INT(own(&c, PARTY_RESPONDENT), 0);
}

/* Two who asked of each other, in one matter: each acts in it as before. */
static void test_merge__puts_nobody_on_both_sides(void)
{
    struct case_file head = filed(DISPATCHER, NEIGHBOURS), back = filed(DISPATCHER,
        "\"kind\":\"dispute\",\"type\":\"2\",\"title\":\"反过来说\",\"parties\":["
        "{\"role\":\"applicant\",\"name\":\"谢秉谦\",\"phone\":\"13812345678\"},"
        "{\"role\":\"respondent\",\"name\":\"周玉珍\",\"phone\":\"19900000201\"}]");
    DONE(links(&head, ""));
    DONE(links(&back, ""));
    OK_INT(own(&back, PARTY_RESPONDENT), 1);
    back.version = ASK(SQL("SELECT version FROM matter WHERE id = $1"), V(back.id));
    DONE(act(&back, DISPATCHER, "merge", text("{\"number\":\"%.*s\",\"reason\":\"同一纠纷\"}", STR_ARG(head.number)).p));
    OK_INT(own(&head, PARTY_APPLICANT), 1);
    OK_INT(own(&head, PARTY_RESPONDENT), 0);
    OK_INT(ASK(SQL("SELECT COUNT(*) FROM party WHERE matter = $1"), V(head.id)), 4);
    DONE(act(&back, DISPATCHER, "unmerge", "{\"reason\":\"还是分开\"}"));
    OK_INT(own(&back, PARTY_RESPONDENT), 1);
    OK_INT(own(&head, PARTY_APPLICANT), 1);
    OK(has(get(RESIDENT, text("/api/v1/door/matters/%lld", (long long)head.id.v)).json, "周玉珍"));
}

int main(void)
{
    town_open();
    test_rows__are_ones_own_and_for_all();
    test_close__needs_each_sides_own_answer();
    test_close__asks_nobody_else();
    test_withdraw__ends_the_matter_with_the_last_applicant();
    test_withdraw__takes_an_offer_back();
    test_secrets__are_masked_and_revealed_one_at_a_time();
    test_link__is_to_one_side();
    test_link__keeps_the_side_of_who_filed();
    test_merge__puts_nobody_on_both_sides();
    return town_close();
}
