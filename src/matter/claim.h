/* claim.h - a claim 请求: one thing asked for in a matter; outcomes are recorded
 * per claim. A matter without explicit claims has one: its title. */
#ifndef MATTER_CLAIM_H
#define MATTER_CLAIM_H
#include "matter/matter.h"

struct claim {
    struct id id;
    int64_t no;
    struct str text;
    struct fen amount;
    struct str outcome;                 /* code of outcome_<kind>, "" open */
    struct fen settled;
    struct str note;
};
extern const struct record claim_record;

bool claim_add_all(struct req *r, const struct matter *m, struct list claims,
                   struct err *e) MUST_CHECK;
bool claim_list(struct req *r, struct id matter, struct list *out, struct err *e) MUST_CHECK;
/* Leaves those that have no outcome yet: what a party stopped has ended already. */
void claim_keep_open(struct list *claims);

/* SQL: the matters whose claims are matter's in its present round: itself, and the parts it
 * was split into. Parts that had ended when the round began stand with the round before, and
 * are counted in it; open are filed, accepted, in hand and details wanted. */
#define CLAIM_HOLDERS(home, matter)                                                          \
    "WITH RECURSIVE holder(id) AS (SELECT CAST(" matter " AS BIGINT) UNION"                    \
    " SELECT t.matter FROM tie t JOIN holder h ON t.other = h.id WHERE t.home = " home         \
    " AND t.relation = 1 AND t.ended_at = 0), began(at) AS (SELECT COALESCE(MAX(x.at), 0)"     \
    " FROM reopening x WHERE x.home = " home " AND x.matter = " matter ")"                     \
    " SELECT p.id FROM holder h JOIN matter p ON p.home = " home " AND p.id = h.id, began b"   \
    " WHERE p.id = " matter " OR b.at = 0 OR p.concluded_at >= b.at"                           \
    " OR (p.concluded_at = 0 AND p.state IN (0, 1, 2, 7))"

/* The sum of how it ended (outcome.h). */
bool claim_outcome_set(struct req *r, struct id claim, struct str outcome, struct fen settled,
                       struct str note, struct err *e) MUST_CHECK;
/* What is asked in all grows by so much, or shrinks. */
bool claim_amount_add(struct req *r, const struct matter *m, int64_t fen,
                      struct err *e) MUST_CHECK;
/* The round ends: what its claims came to is kept, also in its parts, and all of its own
 * are open again; *own gets how many those are. Call it before the next round begins. */
bool claim_open_all(struct req *r, struct id matter, int64_t round, int64_t *own,
                    struct err *e) MUST_CHECK;
/* Copies the open claims of from into head; takes the copies back that have no outcome, and
 * what they asked off head's amount. */
bool claim_copy(struct req *r, const struct matter *from, const struct matter *head,
                struct err *e) MUST_CHECK;
bool claim_take_back(struct req *r, const struct matter *from, const struct matter *head,
                     struct err *e) MUST_CHECK;
#endif
