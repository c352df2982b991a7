/* supervision.h - a supervision 督办: the level above, from a matter's envelope, asks a
 * body to answer for one of the three faults (应受理未受理, 应办理未办理, 不依法办理).
 * One is open at a time; its clock is the rule's "supervise". It ends with the answer of
 * the body addressed, or when the matter comes to rest. */
#ifndef MATTER_SUPERVISION_H
#define MATTER_SUPERVISION_H
#include "matter/matter.h"

/* Kept in the database: append only. */
#define SUPERVISION_FAULTS(X)                                                          \
    X(NOT_ACCEPTED, "not_accepted", "应受理未受理", "should have been accepted")        \
    X(NOT_HANDLED, "not_handled", "应办理未办理", "should have been handled")           \
    X(AGAINST_LAW, "against_law", "不依法办理", "not handled by law")
#define SUPERVISED_BODIES(X)                                                           \
    X(OWNER, "owner", "受理单位", "owner body") X(LEAD, "lead", "主办单位", "lead body")
#define X(id, slug, zh, en) FAULT_##id,
enum supervision_fault { SUPERVISION_FAULTS(X) FAULT__COUNT };
#undef X
#define X(id, slug, zh, en) SUPERVISED_##id,
enum supervised_body { SUPERVISED_BODIES(X) SUPERVISED__COUNT };
#undef X
extern const struct names supervision_fault_names, supervised_body_names;

struct matter_supervise          { unsigned fault, body; struct str text; };
struct matter_answer_supervision { struct str text; };

/* The matter came to rest from was: nobody is waited for any more. */
bool supervision_follow(struct req *r, struct matter *m, enum matter_state was,
                        struct err *e) MUST_CHECK;
/* The lead body has it no more: who was asked to answer for it cannot. The owner answers
 * to who is above it; to the owner itself the taking back is the answer. */
bool supervision_hand_back(struct req *r, struct matter *m, struct err *e) MUST_CHECK;
extern const struct route_table supervision_table;
#endif
