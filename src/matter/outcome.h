/* outcome.h - an outcome 结果: how one claim ended, for one party or for all that
 * have no outcome of their own. Rows are kept by round; the claim itself carries
 * the sum of the last round: what is settled for some only is partly settled. */
#ifndef MATTER_OUTCOME_H
#define MATTER_OUTCOME_H
#include "matter/matter.h"

/* As the handler says it: a claim, a party, both, or neither (all that is left). */
struct claim_outcome {
    struct id claim, party;
    struct str outcome;
    struct fen settled;
    struct str note;
};
extern const struct record claim_outcome_record;

struct outcome {
    struct id claim, party;             /* party none: all others */
    int64_t claim_no;
    struct str party_name, outcome;
    struct fen settled;
    struct str note;
    int64_t round;
};
extern const struct record outcome_record;

/* What rules/outcomes.csv says of a code; all false for an unknown one. */
enum success { SUCCESS_NO, SUCCESS_PART, SUCCESS_YES };
struct outcome_rule {
    enum success success;
    bool counts, agreement, routes, answers, attempts, visit;
};
struct outcome_rule outcome_rule(struct req *r, struct str code);

/* Spreads what was said over claims and parties: a row for each that is named, one
 * for all others. Each claim must have one for everybody. ERR_NO_OUTCOME,
 * ERR_OUTCOME_KIND, ERR_NO_SUCH_REF, ERR_BAD_VALUE (said twice), ERR_TOO_MANY; the
 * field is the entry's. */
bool outcome_spread(struct req *r, const struct matter *m, struct list said, struct list claims,
                    struct list parties, struct list *out, struct err *e) MUST_CHECK;
/* Writes the rows of the matter's round, and each claim's sum. */
bool outcome_put(struct req *r, const struct matter *m, struct list claims, struct list rows,
                 struct err *e) MUST_CHECK;
/* The rows of a round, of all rounds for 0, oldest first. */
bool outcome_list(struct req *r, struct id matter, int64_t round, struct list *out,
                  struct err *e) MUST_CHECK;
#endif
