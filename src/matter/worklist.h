/* worklist.h - what waits for whom: kept in the transaction of each move, so
 * that every "my work" list is a range of it and every badge a range count. */
#ifndef MATTER_WORKLIST_H
#define MATTER_WORKLIST_H
#include "matter/matter.h"

/* Kept in the database: append only. */
#define WORK_BUCKETS(X)                                            \
    X(TO_ACCEPT, "to_accept", "待受理", "to accept")                      \
    X(TO_ASSIGN, "to_assign", "待派",   "to assign")                     \
    X(TO_TAKE,   "to_take",   "待接",   "to take")                       \
    X(IN_HAND,   "in_hand",   "在办",   "in hand")                       \
    X(TO_REPLY,  "to_reply",  "待答复", "to reply")                       \
    X(TO_CLOSE,  "to_close",  "待办结", "to close")                       \
    X(DETAILS,   "details",   "待补正", "details wanted")                 \
    X(TO_REVIEW, "to_review", "待复核", "to review")                      \
    X(OBJECTED,  "objected",  "待处理异议", "objections to decide")         \
    X(TO_APPROVE, "to_approve", "待审批", "to approve")                   \
    X(TO_REPORT, "to_report", "危险待报告", "dangers to report")            \
    X(TASKS,    "tasks",     "待办任务", "tasks")                          \
    X(TO_VOID,   "to_void",   "待复核作废", "to decide whether void")       \
    X(URGED,     "urged",     "催办待回应", "urged, to be answered")        \
    X(TO_ANSWER, "to_answer", "待答复督办", "supervisions to answer")       \
    X(TO_VISIT,  "to_visit",  "待回访", "to visit")                       \
    X(TO_ARCHIVE, "to_archive", "待归档", "to archive")                   \
    X(PARTS,    "parts",    "等待子事项", "waiting for parts")
#define X(id, slug, zh, en) WORK_##id,
enum work_bucket { WORK_BUCKETS(X) WORK_BUCKET__COUNT };
#undef X
extern const struct names work_bucket_names;

/* One thing a matter waits for: in which bucket, of whom (a body, or an account),
 * and which clock counts; NULL: the nearest of all. */
struct worklist_wait { enum work_bucket bucket; struct id holder; const char *what; };
enum { WAITS_MAX = 12 };
/* Everything m waits for, by its state and facts; returns how many. */
size_t worklist_waiting(const struct matter *m, struct worklist_wait out[WAITS_MAX]);
/* Replaces the matter's rows by what its state and facts say. m needs id, home, state,
 * facts, owner, lead, handler, reviewer, approver, supervised. */
bool worklist_put(struct req *r, const struct matter *m, bool was_there, struct err *e) MUST_CHECK;
/* The same for a matter of which only home and id are known: a clock moved. */
bool worklist_again(struct req *r, struct id matter, struct err *e) MUST_CHECK;
/* A row of something else that waits (a task): its id stands for the matter's. Such a
 * bucket has a list of its own. */
bool worklist_add(struct req *r, enum work_bucket bucket, struct id holder, struct stamp due,
                  struct id subject, struct err *e) MUST_CHECK;
bool worklist_drop(struct req *r, struct id subject, struct err *e) MUST_CHECK;
extern const struct route_table worklist_table;
#endif
