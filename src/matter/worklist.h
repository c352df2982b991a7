/* worklist.h - what waits for whom: kept in the transaction of each move, so
 * that every "my work" list is a range of it and every badge a range count. */
#ifndef MATTER_WORKLIST_H
#define MATTER_WORKLIST_H
#include "matter/matter.h"

/* Kept in the database: append only. */
#define WORK_BUCKETS(X)                                            \
    X(TO_ACCEPT, "to_accept", "待受理", "to accept")                \
    X(TO_ASSIGN, "to_assign", "待派",   "to assign")                \
    X(TO_TAKE,   "to_take",   "待接",   "to take")                  \
    X(IN_HAND,   "in_hand",   "在办",   "in hand")                  \
    X(TO_REPLY,  "to_reply",  "待答复", "to reply")                 \
    X(TO_CLOSE,  "to_close",  "待办结", "to close")
#define X(id, slug, zh, en) WORK_##id,
enum work_bucket { WORK_BUCKETS(X) WORK_BUCKET__COUNT };
#undef X
extern const struct names work_bucket_names;

/* For whom a matter waits (a body, and the handler named), in which bucket. */
struct worklist_wait { enum work_bucket bucket; bool any; struct id holder[2]; };
struct worklist_wait worklist_waiting(const struct matter *m);
/* Replaces the matter's rows by what its state says. */
bool worklist_put(struct req *r, const struct matter *m, bool was_there, struct err *e) MUST_CHECK;
extern const struct route_table worklist_table;
#endif
