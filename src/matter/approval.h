/* approval.h - an approval 审批: what a rule wants approved before it is done, step
 * by step: the head of the acting body, then its leader. Who holds the post on the
 * day decides, a substitute as well. The rules are rows of list "approval". */
#ifndef MATTER_APPROVAL_H
#define MATTER_APPROVAL_H
#include "matter/matter.h"

/* Kept in the database: append only. */
#define APPROVAL_ACTIONS(X)                                                      \
    X(REPLY, "reply", "答复", "reply") X(EXTEND, "extend", "延期", "extension")   \
    X(PAUSE, "pause", "中止", "pause")
#define APPROVAL_STATES(X)                                                       \
    X(OPEN, "open", "审批中", "open") X(APPROVED, "approved", "已批准", "approved") \
    X(SENT_BACK, "sent_back", "退回修改", "sent back") X(USED, "used", "已执行", "used")
#define X(id, slug, zh, en) APPROVAL_OF_##id,
enum approval_action { APPROVAL_ACTIONS(X) APPROVAL_ACTION__COUNT };
#undef X
#define X(id, slug, zh, en) APPROVAL_##id,
enum approval_state { APPROVAL_STATES(X) APPROVAL_STATE__COUNT };
#undef X
extern const struct names approval_action_names, approval_state_names;

struct approval {
    struct id id;
    unsigned action, state;
    struct str steps;                   /* roles by blanks */
    int64_t step;                       /* how many have approved */
    struct str text, note;
    struct id asked_by;
    struct str asked_by_name, decided_by_name;
    struct stamp asked_at, decided_at;
};
extern const struct record approval_record;

/* The roles that have to approve the action in this matter, by blanks; empty: none. */
struct str approval_steps(struct req *r, const struct matter *m, enum approval_action action);
/* Whether somebody else than the account holds the role in the body today and is there:
 * neither absent nor barred from signing in. */
bool approval_held(struct req *r, struct id org, enum role role, struct id but, bool *out,
                   struct err *e) MUST_CHECK;
/* The body itself where that is so, else the nearest above; none where nobody is. */
bool approval_body(struct req *r, struct id org, enum role role, struct id but, struct id *out,
                   struct err *e) MUST_CHECK;
/* Uses up an approval of this round for the action that r->who's body asked for. found
 * false: there is none, or not yet. *text gets what was approved. */
bool approval_use(struct req *r, const struct matter *m, enum approval_action action,
                  struct str *text, bool *found, struct err *e) MUST_CHECK;
/* Nothing waits for approval any more: the state was left. */
void approval_close(struct matter *m);
/* The matter was put right after its outcome, and the steps its reply had to take were
 * before: where they are others now, what was approved or asked is sent back. */
bool approval_again(struct req *r, struct matter *m, struct str before, struct str reason,
                    struct err *e) MUST_CHECK;
bool approval_list(struct req *r, struct id matter, struct list *out, struct err *e) MUST_CHECK;
extern const struct route_table approval_table;
#endif
