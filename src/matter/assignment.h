/* assignment.h - an assignment 工单: one body's piece of work in a matter. Its
 * rows and flow; offering and taking are actions of room handling. */
#ifndef MATTER_ASSIGNMENT_H
#define MATTER_ASSIGNMENT_H
#include "matter/matter.h"

/* Kept in the database: append only. */
#define ASSIGNMENT_PARTS(X)                                                       \
    X(LEAD, "lead", "主办", "lead") X(ASSIST, "assist", "协办", "assist")          \
    X(WHISTLE, "whistle", "报到", "report in")
#define ASSIGNMENT_STATES(X)                                                      \
    X(OFFERED, "offered", "待接", "offered") X(TAKEN, "taken", "已接", "taken")    \
    X(DONE, "done", "已办", "done") X(OBJECTED, "objected", "有异议", "objected")  \
    X(RETURNED, "returned", "已退回", "returned") X(RECALLED, "recalled", "已收回", "recalled")
#define X(id, slug, zh, en) PART_##id,
enum assignment_part { ASSIGNMENT_PARTS(X) PART__COUNT };
#undef X
#define X(id, slug, zh, en) ASSIGNMENT_##id,
enum assignment_state { ASSIGNMENT_STATES(X) ASSIGNMENT_STATE__COUNT };
#undef X
extern const struct names assignment_part_names, assignment_state_names;

struct assignment {
    struct id id;
    int64_t no;
    unsigned part, state;
    struct id org, handler;
    struct str org_name, handler_name, reason, objection;
    struct stamp offered_at, taken_at, ended_at, due_at;
};
extern const struct record assignment_record;

bool assignment_list(struct req *r, struct id matter, struct list *out, struct err *e) MUST_CHECK;
/* Offers the matter to a body; its clock starts. *out gets the new id. */
bool assignment_offer(struct req *r, const struct matter *m, struct id org,
                      enum assignment_part part,
                      struct str reason, struct id *out, struct err *e) MUST_CHECK;
/* A lead assignment that began and ended on the spot: nobody's load. */
bool assignment_spot(struct req *r, const struct matter *m, struct stamp from, struct stamp to,
                     struct err *e) MUST_CHECK;
/* Moves the lead assignment on: offered → taken (handler named), taken → done, or
 * either recalled. ERR_WRONG_STATE when it is not there. */
bool assignment_take(struct req *r, const struct matter *m, struct id handler,
                     struct err *e) MUST_CHECK;
/* Another handler of the taken one, if it is still at work. */
bool assignment_appoint(struct req *r, const struct matter *m, struct id handler,
                        struct err *e) MUST_CHECK;
bool assignment_done(struct req *r, const struct matter *m, struct err *e) MUST_CHECK;
/* There is an outcome: nobody has to decide who leads, nor to read it for that. */
bool assignment_objection_over(struct req *r, struct matter *m, struct err *e) MUST_CHECK;
bool assignment_recall(struct req *r, const struct matter *m, struct err *e) MUST_CHECK;
/* The lead body objects; what is decided: the objection stands (it is returned), or
 * the assignment goes on where it was. */
bool assignment_object(struct req *r, const struct matter *m, struct str reason,
                       struct err *e) MUST_CHECK;
bool assignment_settle(struct req *r, const struct matter *m, bool stands,
                       struct err *e) MUST_CHECK;
/* How often bodies objected in this matter. */
bool assignment_refusals(struct req *r, const struct matter *m, int64_t *out,
                         struct err *e) MUST_CHECK;
#endif
