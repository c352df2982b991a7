/* Who may do what to a matter, in which state, and what a wrong try leaves. */
#include "unit/city.h"

enum { OWNER = 5, LEAD = 6, ELSEWHERE = 9, ME = 21, OTHER = 22 };

static unsigned relations(enum role role, int64_t org, struct matter m)
{
    struct who w = { .account = { ME }, .org = { org }, .role = role, .perms = role_perms(role) };
    return matter_relations(&w, &m);
}

static void test_matter_relations__are_by_body_role_and_name(void)
{
    struct matter m = { .owner = { OWNER }, .lead = { LEAD }, .grade = GRADE_CONTENT };
    OK_INT(relations(ROLE_CLERK, OWNER, m), REL_BIT(INTAKE));
    OK_INT(relations(ROLE_DISPATCHER, OWNER, m), REL_BIT(INTAKE) | REL_BIT(DISPATCHER));
    OK_INT(relations(ROLE_DISPATCHER, ELSEWHERE, m), 0);
    OK_INT(relations(ROLE_DISPATCHER, LEAD, m), 0);
    OK_INT(relations(ROLE_HANDLER, LEAD, m), REL_BIT(LEAD));
    OK_INT(relations(ROLE_HANDLER, OWNER, m), 0);
    OK_INT(relations(ROLE_GRID_WORKER, OWNER, m), 0);
    OK_INT(relations(ROLE_LEADER, OWNER, m), REL_BIT(SUPERVISOR));  /* over the lead body */
    OK_INT(relations(ROLE_LEADER, LEAD, m), REL_BIT(LEAD_HEAD));
    OK_INT(relations(ROLE_LEADER, ELSEWHERE, m), 0);
    m.handler.v = ME;
    OK_INT(relations(ROLE_HANDLER, LEAD, m), REL_BIT(LEAD) | REL_BIT(HANDLER) | REL_BIT(REPLIER));
    OK_INT(relations(ROLE_HANDLER, ELSEWHERE, m), 0);     /* moved to another body since */
    m.handler.v = OTHER;
    OK_INT(relations(ROLE_HANDLER, LEAD, m), REL_BIT(LEAD));
    OK_INT(relations(ROLE_HEAD, LEAD, m), REL_BIT(LEAD) | REL_BIT(LEAD_HEAD));
    OK_INT(relations(ROLE_HEAD, OWNER, m), REL_BIT(SUPERVISOR));
    m.handler_gone = true;                                /* the body's others go on */
    OK_INT(relations(ROLE_HANDLER, LEAD, m), REL_BIT(LEAD) | REL_BIT(HANDLER) | REL_BIT(REPLIER));
    OK_INT(relations(ROLE_HANDLER, ELSEWHERE, m), 0);
    m.handler_gone = false;
    m.party_account.v = ME;
    OK_INT(relations(ROLE_RESIDENT, 0, m), REL_BIT(PARTY));
    OK_INT(relations(ROLE_CLERK, ELSEWHERE, m), 0);       /* a party acts as a resident only */
    m.supervised.v = LEAD;
    OK_INT(relations(ROLE_MEDIATOR, LEAD, m), REL_BIT(LEAD) | REL_BIT(SUPERVISED));
    m.grade = GRADE_ENVELOPE;
    OK_INT(relations(ROLE_HEAD, ELSEWHERE, m), 0);
    m.why = WHY_SUPERVISION;
    OK_INT(relations(ROLE_HEAD, ELSEWHERE, m), REL_BIT(SUPERVISOR));
    OK_INT(relations(ROLE_CLERK, ELSEWHERE, m), 0);
    OK_INT(relations(ROLE_DISPATCHER, OWNER, m), 0);
    OK_INT(relations(ROLE_RESIDENT, 0, m), 0);
    OK_INT(matter_relations(NULL, &m), 0);
}

static void test_matter_relations__nobody_is_no_body(void)
{
    struct matter m = { .grade = GRADE_CONTENT };
    for (unsigned role = 0; role < ROLE__COUNT; role++)
        OK_INT(relations((enum role)role, 0, m), 0);
}

/* The whole table, written down a second time from product.md: from, action, to, who
 * may; what it needs; what bars it; where else it may come to. */
static const char *const want[] = {
    "filed accept accepted: intake",
    "filed ask_details details: intake",
    "details add_details filed: party intake",
    "details go_on filed: intake; not details_open",
    "filed decline declined: intake",
    "details decline declined: intake",
    "declined ask_review declined: party intake; needs review_open; not review reviewed",
    "declined review accepted: reviewer; needs review; or declined",
    "accepted assign accepted: dispatcher; not lead parts",
    "accepted take in_hand: lead; needs lead; not objected",
    "accepted object accepted: lead; needs lead object_open; not objected ruled",
    "in_hand object in_hand: handler; not objected ruled",
    "accepted decide_objection accepted: dispatcher; needs objected; not third_refusal",
    "in_hand decide_objection accepted: dispatcher; needs objected; not third_refusal; or in_hand",
    "accepted rule_objection accepted: reviewer; needs third_refusal",
    "in_hand rule_objection accepted: reviewer; needs third_refusal",
    "accepted recall accepted: dispatcher; needs lead; not objected",
    "in_hand recall accepted: dispatcher; not objected",
    "accepted transfer accepted: dispatcher; needs lead; not objected",
    "in_hand transfer accepted: dispatcher; not objected",
    "accepted ask_approval accepted: intake; not approval",
    "in_hand ask_approval in_hand: intake handler; not approval",
    "concluded ask_approval concluded: handler; not approval",
    "accepted decide_approval accepted: approver; needs approval",
    "in_hand decide_approval in_hand: approver; needs approval",
    "concluded decide_approval concluded: approver; needs approval",
    "in_hand conclude concluded: handler",
    "concluded reply replied: replier; not approval reply_approval",
    "replied close closed: intake",
    "accepted pause accepted: intake; not paused",
    "in_hand pause in_hand: intake handler; not paused",
    "accepted resume accepted: intake; needs paused",
    "in_hand resume in_hand: intake handler; needs paused",
    "accepted extend accepted: intake; not paused",
    "in_hand extend in_hand: intake handler; not paused",
    "archived visit archived: intake",
    "archived rate archived: party intake; needs rate_open",
    "archived reopen accepted: intake; not void_asked merged",
    "archived reopen accepted: party; needs reopen_open; not void_asked merged",
    "filed merge merged: intake; not objected approval danger paused void_asked parts",
    "accepted merge merged: intake; not objected approval danger paused void_asked parts",
    "in_hand merge merged: intake; not objected approval danger paused void_asked parts",
    "merged unmerge filed: intake; or accepted in_hand withdrawn",
    "archived unmerge filed: intake; needs merged; or accepted in_hand withdrawn",
    "accepted split accepted: dispatcher; not lead objected approval danger paused void_asked parts",
    "accepted join_parts concluded: intake; needs parts",
    "closed archive archived: intake; not review review_open danger void_asked",
    "declined archive archived: intake; not review review_open danger void_asked",
    "withdrawn archive archived: intake; not review review_open danger void_asked",
    "merged archive archived: intake; not review review_open danger void_asked",
    "filed stop concluded: party intake; needs dispute; or filed",
    "details stop concluded: party intake; needs dispute; or details",
    "accepted stop concluded: party intake; needs dispute; or accepted",
    "in_hand stop concluded: party intake handler; needs dispute; or in_hand",
    "filed correct filed: intake",
    "details correct details: intake",
    "accepted correct accepted: intake",
    "in_hand correct in_hand: intake",
    "concluded correct concluded: intake",
    "replied correct replied: intake",
    "closed correct closed: intake",
    "filed add_party filed: intake",
    "details add_party details: intake",
    "accepted add_party accepted: intake; not parts",
    "in_hand add_party in_hand: intake handler; not parts",
    "filed ask_void filed: intake; not void_asked",
    "details ask_void details: intake; not void_asked",
    "accepted ask_void accepted: intake; not void_asked",
    "in_hand ask_void in_hand: intake; not void_asked",
    "concluded ask_void concluded: intake; not void_asked",
    "replied ask_void replied: intake; not void_asked",
    "closed ask_void closed: intake; not void_asked",
    "filed decide_void void: intake; needs void_asked; or filed",
    "filed decide_void void: reviewer; needs void_asked void_above; or filed",
    "details decide_void void: intake; needs void_asked; or details",
    "details decide_void void: reviewer; needs void_asked void_above; or details",
    "accepted decide_void void: intake; needs void_asked; or accepted",
    "accepted decide_void void: reviewer; needs void_asked void_above; or accepted",
    "in_hand decide_void void: intake; needs void_asked; or in_hand",
    "in_hand decide_void void: reviewer; needs void_asked void_above; or in_hand",
    "concluded decide_void void: intake; needs void_asked; or concluded",
    "concluded decide_void void: reviewer; needs void_asked void_above; or concluded",
    "replied decide_void void: intake; needs void_asked; or replied",
    "replied decide_void void: reviewer; needs void_asked void_above; or replied",
    "closed decide_void void: intake; needs void_asked; or closed",
    "closed decide_void void: reviewer; needs void_asked void_above; or closed",
    "declined decide_void void: intake; needs void_asked; or declined",
    "declined decide_void void: reviewer; needs void_asked void_above; or declined",
    "withdrawn decide_void void: intake; needs void_asked; or withdrawn",
    "withdrawn decide_void void: reviewer; needs void_asked void_above; or withdrawn",
    "void report_danger void: intake; needs danger",
    "in_hand record_attempt in_hand: intake handler",
    "concluded record_attempt concluded: intake handler",
    "replied record_attempt replied: intake handler",
    "concluded answer concluded: party",
    "replied answer replied: party",
    "closed visit closed: intake",
    "closed rate closed: party intake; needs rate_open",
    "concluded reopen accepted: party intake; not approval void_asked",
    "replied reopen accepted: party intake; not void_asked",
    "closed reopen accepted: intake; not void_asked",
    "closed reopen accepted: party; needs reopen_open; not void_asked",
    "in_hand appoint in_hand: lead_head",
    "concluded appoint concluded: lead_head",
    "filed withdraw withdrawn: party intake; or filed",
    "details withdraw withdrawn: party intake; or details",
    "accepted withdraw withdrawn: party intake; or accepted",
    "in_hand withdraw withdrawn: party intake; or in_hand",
    "concluded withdraw withdrawn: party intake; or concluded",
    "filed urge filed: party intake",
    "accepted urge accepted: party intake",
    "in_hand urge in_hand: party intake",
    "concluded urge concluded: party intake",
    "replied urge replied: party intake",
    "filed answer_urge filed: intake; needs urged",
    "accepted answer_urge accepted: intake lead; needs urged",
    "in_hand answer_urge in_hand: lead; needs urged",
    "concluded answer_urge concluded: lead replier; needs urged",
    "replied answer_urge replied: intake; needs urged",
    "filed supervise filed: supervisor; not supervised",
    "details supervise details: supervisor; not supervised",
    "accepted supervise accepted: supervisor; not supervised",
    "in_hand supervise in_hand: supervisor; not supervised",
    "concluded supervise concluded: supervisor; not supervised",
    "replied supervise replied: supervisor; not supervised",
    "declined supervise declined: supervisor; not supervised",
    "filed answer_supervision filed: supervised; needs supervised",
    "details answer_supervision details: supervised; needs supervised",
    "accepted answer_supervision accepted: supervised; needs supervised",
    "in_hand answer_supervision in_hand: supervised; needs supervised",
    "concluded answer_supervision concluded: supervised; needs supervised",
    "replied answer_supervision replied: supervised; needs supervised",
    "declined answer_supervision declined: supervised; needs supervised",
    "filed note_leader filed: intake",
    "details note_leader details: intake",
    "accepted note_leader accepted: intake",
    "in_hand note_leader in_hand: intake",
    "concluded note_leader concluded: intake",
    "replied note_leader replied: intake",
    "filed report_up filed: intake",
    "details report_up details: intake",
    "accepted report_up accepted: intake",
    "in_hand report_up in_hand: intake",
    "concluded report_up concluded: intake",
    "replied report_up replied: intake",
    "filed report_danger filed: intake lead handler",
    "details report_danger details: intake lead handler",
    "accepted report_danger accepted: intake lead handler",
    "in_hand report_danger in_hand: intake lead handler",
    "concluded report_danger concluded: intake lead handler",
    "replied report_danger replied: intake lead handler",
    "withdrawn report_danger withdrawn: intake; needs danger",
    "declined report_danger declined: intake; needs danger",
    "closed report_danger closed: intake; needs danger",
};

static void put_mask(struct buf *b, const char *head, const struct names *names, uint64_t mask)
{
    if (mask)
        buf_addf(b, "%s", head);
    for (unsigned i = 0; i < names->n; i++)
        if (mask >> i & 1)
            buf_addf(b, " %s", names->v[i].slug);
}

static void test_matter_flow__is_this_and_no_other(void)
{
    AUTO(buf_done) struct buf b;
    buf_init(&b, 1000);
    OK_INT(matter_flow.n, COUNT(want));
    for (size_t i = 0; i < matter_flow.n; i++) {
        const struct step *s = &matter_flow.s[i];
        bool found = false;
        buf_clear(&b);
        buf_addf(&b, "%s %s %s:", matter_state_names.v[s->from].slug,
                 matter_action_names.v[s->action].slug, matter_state_names.v[s->to].slug);
        put_mask(&b, "", &matter_relation_names, s->who);
        put_mask(&b, "; needs", &matter_fact_names, s->needs);
        put_mask(&b, "; not", &matter_fact_names, s->bars);
        put_mask(&b, "; or", &matter_state_names, s->also);
        for (size_t k = 0; k < COUNT(want); k++)
            found |= str_is(buf_str(&b), want[k]);
        if (!OK(found))
            printf("#   not foreseen: %.*s\n", STR_ARG(buf_str(&b)));
    }
}

/* Each action tried in each state by everybody: only the right one passes, and a
 * refusal changes nothing. */
static void test_moves__are_refused_by_state_and_relation(void)
{
    static const struct { const char *action, *body; } all[] = {
        { "accept", "{}" }, { "assign", "{\"org\":\"1\"}" }, { "take", "{\"disclosed\":true}" },
        { "conclude", "{\"outcomes\":[{\"outcome\":\"settled\"}],\"summary\":\"x\"}" },
        { "reply", "{\"text\":\"x\"}" }, { "close", "{}" },
    };
    struct case_file c = filed(DISPATCHER, NEIGHBOURS);
    for (int done = 0; done < 6; done++) {
        int64_t seq = ASK(SQL("SELECT journal_seq FROM matter WHERE id = $1"), V(c.id));
        for (int i = 0; i < 6; i++) {
            bool fits = i == done || (i == 2 && done == 1);
            const char *right = i == 0 || i == 1 || i == 5 ? DISPATCHER : HANDLER;
            if (!fits && !(i == 1 && done == 2))
                OK(act(&c, right, all[i].action, all[i].body).e.id != ERR_OK);
            if (i == done)
                OK(act(&c, "handler.police.dali", all[i].action, all[i].body).e.id != ERR_OK);
        }
        OK_INT(ASK(SQL("SELECT journal_seq FROM matter WHERE id = $1"), V(c.id)), seq);
        advance(&c, done, 1);
    }
    REFUSED(act(&c, DISPATCHER, "accept", "{}"), ERR_WRONG_STATE, "");
    REFUSED(act(&c, DISPATCHER, "withdraw", text("{\"party\":\"%lld\"}",
            (long long)c.party[0].v).p), ERR_WRONG_STATE, "");
}

static void test_moves__take_needs_the_named_body_and_conclude_the_named_person(void)
{
    struct case_file c = filed(DISPATCHER, NEIGHBOURS);
    advance(&c, 0, 2);
    REFUSED(act(&c, HANDLER, "take", "{\"disclosed\":false}"), ERR_NOT_DISCLOSED, "disclosed");
    REFUSED(act(&c, "mediator.guicheng", "take", "{\"disclosed\":true}"), ERR_NOT_FOUND, "");
    REFUSED(act(&c, DISPATCHER, "take", "{\"disclosed\":true}"), ERR_DENIED, "");
    advance(&c, 2, 1);
    REFUSED(act(&c, "mediator.guiyi2", "conclude",
                "{\"outcomes\":[{\"outcome\":\"settled\"}],\"summary\":\"x\"}"), ERR_DENIED, "");
    REFUSED(act(&c, "dispatcher.dali", "accept", "{}"), ERR_NOT_FOUND, "");
    REFUSED(act(&c, NULL, "accept", "{}"), ERR_DENIED, "");
}

static void test_moves__go_by_the_version_seen(void)
{
    struct case_file c = filed(DISPATCHER, NEIGHBOURS), stale = c;
    advance(&c, 0, 1);
    REFUSED(act(&stale, DISPATCHER, "assign", "{\"org\":\"1\"}"), ERR_PRECONDITION, "");
    stale.version = 0;
    REFUSED(act(&stale, DISPATCHER, "assign", "{\"org\":\"1\"}"), ERR_NEED_VERSION, "");
    stale.version = 99;
    REFUSED(act(&stale, DISPATCHER, "assign", "{\"org\":\"1\"}"), ERR_PRECONDITION, "");
    REFUSED(act(&c, DISPATCHER, "assign", "{\"org\":\"1\"}"), ERR_NO_SUCH_REF, "org");
}

static void test_offers__are_what_the_flow_allows_now(void)
{
    struct case_file c = filed(DISPATCHER, NEIGHBOURS);
    struct str path = text("/api/v1/matters/%lld", (long long)c.id.v);
    OK(has(get(DISPATCHER, path).json, "actions/accept\""));
    OK(!has(get(DISPATCHER, path).json, "actions/assign\""));
    advance(&c, 0, 1);
    OK(has(get(DISPATCHER, path).json, "actions/assign\""));
    OK(!has(get("clerk.guicheng", path).json, "actions/assign\""));
    advance(&c, 1, 1);
    OK(!has(get(DISPATCHER, path).json, "actions/assign\""));       /* offered already */
    OK(has(get(HANDLER, path).json, "actions/take\""));
    advance(&c, 2, 4);
    OK(!has(get(DISPATCHER, path).json, "actions/close\""));
    OK(has(get(DISPATCHER, path).json, "actions/correct\""));
}

int main(void)
{
    test_matter_relations__are_by_body_role_and_name();
    test_matter_relations__nobody_is_no_body();
    test_matter_flow__is_this_and_no_other();
    town_open();
    test_moves__are_refused_by_state_and_relation();
    test_moves__take_needs_the_named_body_and_conclude_the_named_person();
    test_moves__go_by_the_version_seen();
    test_offers__are_what_the_flow_allows_now();
    return town_close();
}
