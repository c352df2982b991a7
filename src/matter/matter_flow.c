/* The life of a matter as a table, and who somebody is to it. */
#include "matter/deadline.h"

#define S(x) MATTER_##x
#define A(x) MATTER_DO_##x
#define R(x) REL_BIT(x)
#define F(x) FACT_BIT(x)
static const struct step steps[] = {
    /* from          action            to             who                 needs, bars */
    { S(FILED),     A(ACCEPT),      S(ACCEPTED),  R(INTAKE),            0, 0 },
    { S(FILED),     A(ASK_DETAILS), S(DETAILS),   R(INTAKE),            0, 0 },
    { S(DETAILS),   A(ADD_DETAILS), S(FILED),     R(PARTY) | R(INTAKE), 0, 0 },
    { S(FILED),     A(DECLINE),     S(DECLINED),  R(INTAKE),            0, 0 },
    { S(DETAILS),   A(DECLINE),     S(DECLINED),  R(INTAKE),            0, 0 },
    /* a refusal is never overturned by clicking again, only from above */
    { S(DECLINED),  A(ASK_REVIEW),  S(DECLINED),  R(PARTY) | R(INTAKE), F(REVIEW_OPEN),
                                                                 F(REVIEW) | F(REVIEWED) },
    { S(DECLINED),  A(REVIEW),      S(ACCEPTED),  R(REVIEWER),          F(REVIEW), 0 },
    { S(ACCEPTED),  A(ASSIGN),      S(ACCEPTED),  R(DISPATCHER),        0, F(LEAD) },
    { S(ACCEPTED),  A(TAKE),        S(IN_HAND),   R(LEAD),              F(LEAD), 0 },
    { S(IN_HAND),   A(CONCLUDE),    S(CONCLUDED), R(HANDLER),           0, 0 },
    { S(CONCLUDED), A(REPLY),       S(REPLIED),   R(HANDLER),           0, 0 },
    { S(REPLIED),   A(CLOSE),       S(CLOSED),    R(INTAKE),            0, 0 },
    /* one act, no reason, at any moment, also said at the counter (人民调解法 3, 17, 23);
     * the matter itself ends when no applicant is left */
    { S(FILED),     A(WITHDRAW),    S(WITHDRAWN), R(PARTY) | R(INTAKE), 0, 0 },
    { S(DETAILS),   A(WITHDRAW),    S(WITHDRAWN), R(PARTY) | R(INTAKE), 0, 0 },
    { S(ACCEPTED),  A(WITHDRAW),    S(WITHDRAWN), R(PARTY) | R(INTAKE), 0, 0 },
    { S(IN_HAND),   A(WITHDRAW),    S(WITHDRAWN), R(PARTY) | R(INTAKE), 0, 0 },
    { S(CONCLUDED), A(WITHDRAW),    S(WITHDRAWN), R(PARTY) | R(INTAKE), 0, 0 },
};
const struct flow matter_flow = {
    .name = "matter", .states = &matter_state_names, .actions = &matter_action_names,
    .relations = &matter_relation_names, .facts = &matter_fact_names, .start = S(FILED),
    .final = UINT64_C(1) << S(CLOSED) | UINT64_C(1) << S(WITHDRAWN),
    .s = steps, .n = COUNT(steps),
};
static const uint64_t at_rest = UINT64_C(1) << S(CLOSED) | UINT64_C(1) << S(WITHDRAWN)
                              | UINT64_C(1) << S(DECLINED);
#undef S
#undef A
#undef R
#undef F

bool matter_at_rest(unsigned state)
{
    return at_rest >> state & 1;
}

/* Windows a party has, each the fact that it is open. */
static const struct { const char *what; int64_t fact; } windows[] = {
    { "decline_review_apply", FACT_BIT(REVIEW_OPEN) },
};

uint64_t matter_facts(const struct matter *m, struct stamp now)
{
    int64_t facts = m->facts | (m->lead.v ? FACT_BIT(LEAD) : 0);
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

unsigned matter_relations(const struct who *w, const struct matter *m)
{
    unsigned rel = 0;
    if (!w || m->grade < GRADE_CONTENT)
        return 0;
    if (is_mine(m->party_account, w->account) && who_may(w, PERM_RESIDENT))
        rel |= REL_BIT(PARTY);
    if (is_mine(m->owner, w->org) && who_may(w, PERM_MATTER_INTAKE))
        rel |= REL_BIT(INTAKE);
    if (is_mine(m->owner, w->org) && who_may(w, PERM_MATTER_ASSIGN))
        rel |= REL_BIT(DISPATCHER);
    if (is_mine(m->lead, w->org) && who_may(w, PERM_MATTER_HANDLE))
        rel |= REL_BIT(LEAD);
    if (is_mine(m->handler, w->account) && is_mine(m->lead, w->org)
        && who_may(w, PERM_MATTER_HANDLE))
        rel |= REL_BIT(HANDLER);
    if (is_mine(m->reviewer, w->org) && who_may(w, PERM_MATTER_APPROVE))
        rel |= REL_BIT(REVIEWER);
    return rel;
}
