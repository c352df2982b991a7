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

/* The outcome of one claim, as the handler records it. */
struct claim_outcome { struct id claim; struct str outcome; struct fen settled; struct str note; };
extern const struct record claim_outcome_record;
/* Records outcomes; every open claim must have one, each known for the kind.
 * ERR_NO_OUTCOME, ERR_OUTCOME_KIND. */
bool claim_conclude(struct req *r, const struct matter *m, struct list outcomes,
                    struct err *e) MUST_CHECK;
#endif
