/* The life of a matter as a table, and who somebody is to it. */
#include "matter/matter.h"

#define S(x) MATTER_##x
#define A(x) MATTER_DO_##x
static const struct step steps[] = {
    /* from          action        to             who */
    { S(FILED),     A(ACCEPT),   S(ACCEPTED),  REL_BIT(INTAKE) },
    { S(ACCEPTED),  A(ASSIGN),   S(ACCEPTED),  REL_BIT(DISPATCHER) },
    { S(ACCEPTED),  A(TAKE),     S(IN_HAND),   REL_BIT(LEAD) },
    { S(IN_HAND),   A(CONCLUDE), S(CONCLUDED), REL_BIT(HANDLER) },
    { S(CONCLUDED), A(REPLY),    S(REPLIED),   REL_BIT(HANDLER) },
    { S(REPLIED),   A(CLOSE),    S(CLOSED),    REL_BIT(INTAKE) },
    /* one act, no reason, at any moment, also said at the counter (人民调解法 3, 17, 23);
     * the matter itself ends when no applicant is left */
    { S(FILED),     A(WITHDRAW), S(WITHDRAWN), REL_BIT(PARTY) | REL_BIT(INTAKE) },
    { S(ACCEPTED),  A(WITHDRAW), S(WITHDRAWN), REL_BIT(PARTY) | REL_BIT(INTAKE) },
    { S(IN_HAND),   A(WITHDRAW), S(WITHDRAWN), REL_BIT(PARTY) | REL_BIT(INTAKE) },
    { S(CONCLUDED), A(WITHDRAW), S(WITHDRAWN), REL_BIT(PARTY) | REL_BIT(INTAKE) },
};
const struct flow matter_flow = {
    .name = "matter", .states = &matter_state_names, .actions = &matter_action_names,
    .relations = &matter_relation_names, .start = S(FILED),
    .final = UINT64_C(1) << S(CLOSED) | UINT64_C(1) << S(WITHDRAWN),
    .s = steps, .n = COUNT(steps),
};
#undef S
#undef A

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
    return rel;
}
