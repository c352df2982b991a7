/* handover.h - how a lead passes on: objection 异议 and what is decided about it,
 * recall 收回, transfer 转办. Whoever objects keeps the matter until it is decided. */
#ifndef HANDLING_HANDOVER_H
#define HANDLING_HANDOVER_H
#include "matter/matter.h"

/* A body that holds and can lead; ERR_NO_SUCH_REF on field "org". */
struct org_brief;
bool handover_org(struct req *r, struct id id, struct org_brief *out, struct err *e) MUST_CHECK;
/* Offers mv->m to the body as its lead: assignment, sight, the note of it. */
bool handover_offer(struct move *mv, const struct org_brief *org, struct str reason,
                    struct err *e) MUST_CHECK;
extern const struct route_table handover_table;
#endif
