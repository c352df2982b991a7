/* The life of a matter as a table, and who somebody is to it. */
#include "matter/deadline.h"

#define S(x) MATTER_##x
#define A(x) MATTER_DO_##x
#define R(x) REL_BIT(x)
#define F(x) FACT_BIT(x)
#define TO(x) (UINT64_C(1) << MATTER_##x)
/* An action of every state in which somebody works on the matter. */
#define LIVE(a, who, needs, bars)                                                            \
    { S(FILED), A(a), S(FILED), who, needs, bars },                                          \
    { S(DETAILS), A(a), S(DETAILS), who, needs, bars },                                      \
    { S(ACCEPTED), A(a), S(ACCEPTED), who, needs, bars },                                    \
    { S(IN_HAND), A(a), S(IN_HAND), who, needs, bars },                                      \
    { S(CONCLUDED), A(a), S(CONCLUDED), who, needs, bars },                                  \
    { S(REPLIED), A(a), S(REPLIED), who, needs, bars }
#define SECOND(from)                                                                         \
    { S(from), A(DECIDE_VOID), S(VOID), R(INTAKE), F(VOID_ASKED), 0, TO(from) },             \
    { S(from), A(DECIDE_VOID), S(VOID), R(REVIEWER), F(VOID_ASKED) | F(VOID_ABOVE), 0, TO(from) }
/* What must be settled before a matter becomes another's, or parts; before it rests. */
#define TIED (F(OBJECTED) | F(APPROVAL) | F(PAUSED) | F(VOID_ASKED) | F(DANGER) | F(PARTS))
#define UNMERGED (TO(ACCEPTED) | TO(IN_HAND) | TO(WITHDRAWN))
#define UNDECIDED (F(VOID_ASKED) | F(DANGER) | F(REVIEW) | F(REVIEW_OPEN))
static const struct step steps[] = {
    /* from          action            to             who                 needs, bars, also to */
    { S(FILED),     A(ACCEPT),      S(ACCEPTED),  R(INTAKE),            0, 0 },
    { S(FILED),     A(ASK_DETAILS), S(DETAILS),   R(INTAKE),            0, 0 },
    { S(DETAILS),   A(ADD_DETAILS), S(FILED),     R(PARTY) | R(INTAKE), 0, 0 },
    { S(DETAILS),   A(GO_ON),       S(FILED),     R(INTAKE),            0, F(DETAILS_OPEN) },
    { S(FILED),     A(DECLINE),     S(DECLINED),  R(INTAKE),            0, 0 },
    { S(DETAILS),   A(DECLINE),     S(DECLINED),  R(INTAKE),            0, 0 },
    /* a refusal is never overturned by clicking again, only from above */
    { S(DECLINED),  A(ASK_REVIEW),  S(DECLINED),  R(PARTY) | R(INTAKE), F(REVIEW_OPEN),
                                                                 F(REVIEW) | F(REVIEWED) },
    { S(DECLINED),  A(REVIEW),      S(ACCEPTED),  R(REVIEWER),          F(REVIEW), 0,
                                                                 TO(DECLINED) },
    { S(ACCEPTED),  A(ASSIGN),      S(ACCEPTED),  R(DISPATCHER),        0, F(LEAD) | F(PARTS) },
    { S(ACCEPTED),  A(TAKE),        S(IN_HAND),   R(LEAD),              F(LEAD), F(OBJECTED) },
    /* who objects keeps it until the dispatcher decides; a third refusal goes above */
    { S(ACCEPTED),  A(OBJECT),      S(ACCEPTED),  R(LEAD),              F(LEAD) | F(OBJECT_OPEN),
                                                                 F(OBJECTED) | F(RULED) },
    { S(IN_HAND),   A(OBJECT),      S(IN_HAND),   R(HANDLER),           0, F(OBJECTED) | F(RULED) },
    { S(ACCEPTED),  A(DECIDE_OBJECTION), S(ACCEPTED), R(DISPATCHER),    F(OBJECTED),
                                                                 F(THIRD_REFUSAL) },
    { S(IN_HAND),   A(DECIDE_OBJECTION), S(ACCEPTED), R(DISPATCHER),    F(OBJECTED),
                                                                 F(THIRD_REFUSAL), TO(IN_HAND) },
    { S(ACCEPTED),  A(RULE_OBJECTION), S(ACCEPTED), R(REVIEWER),        F(THIRD_REFUSAL), 0 },
    { S(IN_HAND),   A(RULE_OBJECTION), S(ACCEPTED), R(REVIEWER),        F(THIRD_REFUSAL), 0 },
    { S(ACCEPTED),  A(RECALL),      S(ACCEPTED),  R(DISPATCHER),        F(LEAD), F(OBJECTED) },
    { S(IN_HAND),   A(RECALL),      S(ACCEPTED),  R(DISPATCHER),        0, F(OBJECTED) },
    { S(ACCEPTED),  A(TRANSFER),    S(ACCEPTED),  R(DISPATCHER),        F(LEAD), F(OBJECTED) },
    { S(IN_HAND),   A(TRANSFER),    S(ACCEPTED),  R(DISPATCHER),        0, F(OBJECTED) },
    /* the handler for the reply; for a clock whoever has to meet it */
    { S(IN_HAND),   A(ASK_APPROVAL), S(IN_HAND),  R(HANDLER) | R(INTAKE), 0, F(APPROVAL) },
    { S(CONCLUDED), A(ASK_APPROVAL), S(CONCLUDED), R(HANDLER),          0, F(APPROVAL) },
    { S(ACCEPTED),  A(DECIDE_APPROVAL), S(ACCEPTED), R(APPROVER),       F(APPROVAL), 0 },
    { S(IN_HAND),   A(DECIDE_APPROVAL), S(IN_HAND), R(APPROVER),        F(APPROVAL), 0 },
    { S(CONCLUDED), A(DECIDE_APPROVAL), S(CONCLUDED), R(APPROVER),      F(APPROVAL), 0 },
    { S(IN_HAND),   A(CONCLUDE),    S(CONCLUDED), R(HANDLER),           0, 0 },
    { S(CONCLUDED), A(REPLY),       S(REPLIED),   R(REPLIER),           0,
                                                                 F(APPROVAL) | F(REPLY_APPROVAL) },
    { S(REPLIED),   A(CLOSE),       S(CLOSED),    R(INTAKE),            0, 0 },
    /* a reason of the rules stops the clocks, or gives one more time */
    { S(ACCEPTED),  A(PAUSE),       S(ACCEPTED),  R(INTAKE),            0, F(PAUSED) },
    { S(IN_HAND),   A(PAUSE),       S(IN_HAND),   R(INTAKE) | R(HANDLER), 0, F(PAUSED) },
    { S(ACCEPTED),  A(RESUME),      S(ACCEPTED),  R(INTAKE),            F(PAUSED), 0 },
    { S(IN_HAND),   A(RESUME),      S(IN_HAND),   R(INTAKE) | R(HANDLER), F(PAUSED), 0 },
    { S(ACCEPTED),  A(EXTEND),      S(ACCEPTED),  R(INTAKE),            0, F(PAUSED) },
    { S(IN_HAND),   A(EXTEND),      S(IN_HAND),   R(INTAKE) | R(HANDLER), 0, F(PAUSED) },
    { S(ACCEPTED),  A(ASK_APPROVAL), S(ACCEPTED), R(INTAKE),            0, F(APPROVAL) },
    /* tries to reach the parties: before the outcome and about it */
    { S(IN_HAND),   A(RECORD_ATTEMPT), S(IN_HAND),   R(HANDLER) | R(INTAKE), 0, 0 },
    { S(CONCLUDED), A(RECORD_ATTEMPT), S(CONCLUDED), R(HANDLER) | R(INTAKE), 0, 0 },
    { S(REPLIED),   A(RECORD_ATTEMPT), S(REPLIED),   R(HANDLER) | R(INTAKE), 0, 0 },
    { S(CONCLUDED), A(ANSWER),      S(CONCLUDED), R(PARTY),             0, 0 },
    { S(REPLIED),   A(ANSWER),      S(REPLIED),   R(PARTY),             0, 0 },
    { S(IN_HAND),   A(APPOINT),     S(IN_HAND),   R(LEAD_HEAD),         0, 0 },
    { S(CONCLUDED), A(APPOINT),     S(CONCLUDED), R(LEAD_HEAD),         0, 0 },
    { S(CLOSED),    A(VISIT),       S(CLOSED),    R(INTAKE),            0, 0 },
    { S(CLOSED),    A(RATE),        S(CLOSED),    R(PARTY) | R(INTAKE), F(RATE_OPEN), 0 },
    /* a party while its time runs, who visits at any time */
    { S(CONCLUDED), A(REOPEN),      S(ACCEPTED),  R(PARTY) | R(INTAKE), 0,
                                                                 F(APPROVAL) | F(VOID_ASKED) },
    { S(REPLIED),   A(REOPEN),      S(ACCEPTED),  R(PARTY) | R(INTAKE), 0, F(VOID_ASKED) },
    { S(CLOSED),    A(REOPEN),      S(ACCEPTED),  R(INTAKE),            0, F(VOID_ASKED) },
    { S(CLOSED),    A(REOPEN),      S(ACCEPTED),  R(PARTY),             F(REOPEN_OPEN),
                                                                 F(VOID_ASKED) },
    /* what was put away is visited, rated and reopened all the same */
    { S(ARCHIVED),  A(VISIT),       S(ARCHIVED),  R(INTAKE),            0, 0 },
    { S(ARCHIVED),  A(RATE),        S(ARCHIVED),  R(PARTY) | R(INTAKE), F(RATE_OPEN), 0 },
    { S(ARCHIVED),  A(REOPEN),      S(ACCEPTED),  R(INTAKE),            0,
                                                                 F(VOID_ASKED) | F(MERGED) },
    { S(ARCHIVED),  A(REOPEN),      S(ACCEPTED),  R(PARTY),             F(REOPEN_OPEN),
                                                                 F(VOID_ASKED) | F(MERGED) },
    /* one act, no reason, at any moment, also said at the counter (人民调解法 3, 17, 23);
     * the matter itself ends when no applicant is left */
    { S(FILED),     A(WITHDRAW),    S(WITHDRAWN), R(PARTY) | R(INTAKE), 0, 0, TO(FILED) },
    { S(DETAILS),   A(WITHDRAW),    S(WITHDRAWN), R(PARTY) | R(INTAKE), 0, 0, TO(DETAILS) },
    { S(ACCEPTED),  A(WITHDRAW),    S(WITHDRAWN), R(PARTY) | R(INTAKE), 0, 0, TO(ACCEPTED) },
    { S(IN_HAND),   A(WITHDRAW),    S(WITHDRAWN), R(PARTY) | R(INTAKE), 0, 0, TO(IN_HAND) },
    { S(CONCLUDED), A(WITHDRAW),    S(WITHDRAWN), R(PARTY) | R(INTAKE), 0, 0, TO(CONCLUDED) },
    /* likewise for the mediation alone: what nobody mediates any more is concluded */
    { S(FILED),     A(STOP),        S(CONCLUDED), R(PARTY) | R(INTAKE), F(DISPUTE), 0, TO(FILED) },
    { S(DETAILS),   A(STOP),        S(CONCLUDED), R(PARTY) | R(INTAKE), F(DISPUTE), 0,
                                                                 TO(DETAILS) },
    { S(ACCEPTED),  A(STOP),        S(CONCLUDED), R(PARTY) | R(INTAKE), F(DISPUTE), 0,
                                                                 TO(ACCEPTED) },
    { S(IN_HAND),   A(STOP),        S(CONCLUDED), R(PARTY) | R(INTAKE) | R(HANDLER),
                                                                 F(DISPUTE), 0, TO(IN_HAND) },
    /* undone while the other is open or came to nothing, put away or not: back to where it
     * was, or withdrawn where its applicants left the other meanwhile */
    { S(FILED),     A(MERGE),       S(MERGED),    R(INTAKE),            0, TIED },
    { S(ACCEPTED),  A(MERGE),       S(MERGED),    R(INTAKE),            0, TIED },
    { S(IN_HAND),   A(MERGE),       S(MERGED),    R(INTAKE),            0, TIED },
    { S(MERGED),    A(UNMERGE),     S(FILED),     R(INTAKE),            0, 0, UNMERGED },
    { S(ARCHIVED),  A(UNMERGE),     S(FILED),     R(INTAKE),            F(MERGED), 0, UNMERGED },
    { S(ACCEPTED),  A(SPLIT),       S(ACCEPTED),  R(DISPATCHER),        0, TIED | F(LEAD) },
    { S(ACCEPTED),  A(JOIN_PARTS),  S(CONCLUDED), R(INTAKE),            F(PARTS), 0 },
    { S(CLOSED),    A(ARCHIVE),     S(ARCHIVED),  R(INTAKE),            0, UNDECIDED },
    { S(DECLINED),  A(ARCHIVE),     S(ARCHIVED),  R(INTAKE),            0, UNDECIDED },
    { S(WITHDRAWN), A(ARCHIVE),     S(ARCHIVED),  R(INTAKE),            0, UNDECIDED },
    { S(MERGED),    A(ARCHIVE),     S(ARCHIVED),  R(INTAKE),            0, UNDECIDED },
    LIVE(CORRECT, R(INTAKE), 0, 0),
    /* while nothing came of it; what is in parts is asked there */
    { S(FILED),     A(ADD_PARTY),   S(FILED),     R(INTAKE),            0, 0 },
    { S(DETAILS),   A(ADD_PARTY),   S(DETAILS),   R(INTAKE),            0, 0 },
    { S(ACCEPTED),  A(ADD_PARTY),   S(ACCEPTED),  R(INTAKE),            0, F(PARTS) },
    { S(IN_HAND),   A(ADD_PARTY),   S(IN_HAND),   R(INTAKE) | R(HANDLER), 0, F(PARTS) },
    { S(CLOSED),    A(CORRECT),     S(CLOSED),    R(INTAKE),            0, 0 },
    /* by two: one asks, another confirms; where there is no other, the body above */
    LIVE(ASK_VOID, R(INTAKE), 0, F(VOID_ASKED)),
    { S(CLOSED),    A(ASK_VOID),    S(CLOSED),    R(INTAKE),            0, F(VOID_ASKED) },
    SECOND(FILED), SECOND(DETAILS), SECOND(ACCEPTED), SECOND(IN_HAND), SECOND(CONCLUDED),
    SECOND(REPLIED), SECOND(CLOSED), SECOND(DECLINED), SECOND(WITHDRAWN),
    /* said as often as a rule allows; answered in words, or by the next step */
    { S(FILED),     A(URGE),        S(FILED),     R(PARTY) | R(INTAKE), 0, 0 },
    { S(ACCEPTED),  A(URGE),        S(ACCEPTED),  R(PARTY) | R(INTAKE), 0, 0 },
    { S(IN_HAND),   A(URGE),        S(IN_HAND),   R(PARTY) | R(INTAKE), 0, 0 },
    { S(CONCLUDED), A(URGE),        S(CONCLUDED), R(PARTY) | R(INTAKE), 0, 0 },
    { S(REPLIED),   A(URGE),        S(REPLIED),   R(PARTY) | R(INTAKE), 0, 0 },
    { S(FILED),     A(ANSWER_URGE), S(FILED),     R(INTAKE),            F(URGED), 0 },
    { S(ACCEPTED),  A(ANSWER_URGE), S(ACCEPTED),  R(INTAKE) | R(LEAD),  F(URGED), 0 },
    { S(IN_HAND),   A(ANSWER_URGE), S(IN_HAND),   R(LEAD),              F(URGED), 0 },
    { S(CONCLUDED), A(ANSWER_URGE), S(CONCLUDED), R(LEAD) | R(REPLIER), F(URGED), 0 },
    { S(REPLIED),   A(ANSWER_URGE), S(REPLIED),   R(INTAKE),            F(URGED), 0 },
    /* the three faults, a refusal among them */
    LIVE(SUPERVISE, R(SUPERVISOR), 0, F(SUPERVISED)),
    { S(DECLINED),  A(SUPERVISE),   S(DECLINED),  R(SUPERVISOR),        0, F(SUPERVISED) },
    LIVE(ANSWER_SUPERVISION, R(SUPERVISED), F(SUPERVISED), 0),
    { S(DECLINED),  A(ANSWER_SUPERVISION), S(DECLINED), R(SUPERVISED),  F(SUPERVISED), 0 },
    LIVE(NOTE_LEADER, R(INTAKE), 0, 0),
    LIVE(REPORT_UP, R(INTAKE), 0, 0),
    /* danger does not wait for the matter's state, nor ends with it */
    LIVE(REPORT_DANGER, R(INTAKE) | R(LEAD) | R(HANDLER), 0, 0),
    { S(WITHDRAWN), A(REPORT_DANGER), S(WITHDRAWN), R(INTAKE), F(DANGER), 0 },
    { S(DECLINED),  A(REPORT_DANGER), S(DECLINED),  R(INTAKE), F(DANGER), 0 },
    { S(CLOSED),    A(REPORT_DANGER), S(CLOSED),    R(INTAKE), F(DANGER), 0 },
    { S(VOID),      A(REPORT_DANGER), S(VOID),      R(INTAKE), F(DANGER), 0 },
};
const struct flow matter_flow = {
    .name = "matter", .states = &matter_state_names, .actions = &matter_action_names,
    .relations = &matter_relation_names, .facts = &matter_fact_names, .start = S(FILED),
    .final = TO(ARCHIVED) | TO(VOID),
    .s = steps, .n = COUNT(steps),
};
static const uint64_t at_rest = TO(CLOSED) | TO(WITHDRAWN) | TO(DECLINED) | TO(VOID) | TO(MERGED)
                              | TO(ARCHIVED);
#undef LIVE
#undef SECOND
#undef TIED
#undef UNDECIDED
#undef UNMERGED
#undef S
#undef A
#undef R
#undef F
#undef TO

bool matter_at_rest(unsigned state)
{
    return at_rest >> state & 1;
}

/* Windows a party has, each the fact that it is open. */
static const struct { const char *what; int64_t fact; } windows[] = {
    { "decline_review_apply", FACT_BIT(REVIEW_OPEN) }, { "object", FACT_BIT(OBJECT_OPEN) },
    { "rate", FACT_BIT(RATE_OPEN) }, { "reopen", FACT_BIT(REOPEN_OPEN) },
    { "details", FACT_BIT(DETAILS_OPEN) },
};

uint64_t matter_facts(const struct matter *m, struct stamp now)
{
    int64_t facts = m->facts | (m->lead.v ? FACT_BIT(LEAD) : 0)
                  | (m->kind == MATTER_DISPUTE ? FACT_BIT(DISPUTE) : 0);
    const struct deadline *d = m->deadlines.v;
    for (size_t i = 0; i < m->deadlines.n; i++)
        for (size_t k = 0; k < COUNT(windows); k++)
            if (d[i].state == DEADLINE_RUNNING && d[i].due_at.ms >= now.ms
                && str_is(d[i].what, windows[k].what))
                facts |= windows[k].fact;
    return (uint64_t)facts;
}

static bool is_mine(struct id a, struct id b)
{
    return a.v && a.v == b.v;
}

/* From the envelope: the level above of whatever was shown to it, and the owner's over
 * the lead. */
static bool is_supervisor(const struct who *w, const struct matter *m)
{
    bool above = m->why == WHY_SUPERVISION || m->why == WHY_REVIEW;
    return who_may(w, PERM_MATTER_SUPERVISE) && w->org.v
        && (above || (is_mine(m->owner, w->org) && m->lead.v && m->lead.v != m->owner.v));
}

struct id matter_turn(const struct matter *m)
{
    bool substance = m->state == MATTER_IN_HAND || m->state == MATTER_CONCLUDED
                  || m->state == MATTER_ACCEPTED;
    return substance && m->lead.v ? m->lead : m->owner;
}

unsigned matter_relations(const struct who *w, const struct matter *m)
{
    unsigned rel = 0;
    if (!w || m->grade < GRADE_ENVELOPE)
        return 0;
    if (is_supervisor(w, m))
        rel |= REL_BIT(SUPERVISOR);
    if (m->grade < GRADE_CONTENT)
        return rel;
    if (is_mine(m->supervised, w->org)
        && (who_may(w, PERM_MATTER_INTAKE) || who_may(w, PERM_MATTER_HANDLE)))
        rel |= REL_BIT(SUPERVISED);
    if (is_mine(m->party_account, w->account) && who_may(w, PERM_RESIDENT))
        rel |= REL_BIT(PARTY);
    if (is_mine(m->owner, w->org) && who_may(w, PERM_MATTER_INTAKE))
        rel |= REL_BIT(INTAKE);
    if (is_mine(m->owner, w->org) && who_may(w, PERM_MATTER_ASSIGN))
        rel |= REL_BIT(DISPATCHER);
    if (is_mine(m->lead, w->org) && who_may(w, PERM_MATTER_HANDLE))
        rel |= REL_BIT(LEAD);
    /* who left leaves the work to the body's others */
    if ((is_mine(m->handler, w->account) || m->handler_gone) && is_mine(m->lead, w->org)
        && who_may(w, PERM_MATTER_HANDLE))
        rel |= REL_BIT(HANDLER);
    if (is_mine(m->lead, w->org) && who_may(w, PERM_MATTER_APPROVE))
        rel |= REL_BIT(LEAD_HEAD);
    if (is_mine(m->reviewer, w->org) && who_may(w, PERM_MATTER_APPROVE))
        rel |= REL_BIT(REVIEWER);
    if (is_mine(m->approver, w->org) && m->approver_role == (int64_t)w->role
        && who_may(w, PERM_MATTER_APPROVE))
        rel |= REL_BIT(APPROVER);
    if (rel & (m->lead.v ? REL_BIT(HANDLER) : REL_BIT(INTAKE)))
        rel |= REL_BIT(REPLIER);
    return rel;
}

bool matter_works(const struct who *w, const struct matter *m)
{
    return matter_relations(w, m) & ~(REL_BIT(PARTY) | REL_BIT(SUPERVISOR));
}
