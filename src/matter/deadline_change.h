/* deadline_change.h - what moves a clock that runs: a pause 中止, an extension 延期,
 * another rule, another body. The caller holds the matter's lock and journals. */
#ifndef MATTER_DEADLINE_CHANGE_H
#define MATTER_DEADLINE_CHANGE_H
#include "app/codebook.h"
#include "matter/deadline.h"

/* When to look at a clock next: at its yellow, then just after its end. */
struct stamp deadline_look(struct stamp due, struct stamp yellow, struct stamp now);
/* What a rule may ask of the matter m when event happens and org has to act. */
bool deadline_case(struct req *r, const struct matter *m, struct str event, struct id org,
                   struct stamp at, struct limit_case *out, struct err *e) MUST_CHECK;
/* The clocks that run or stand, with all that is kept of them. */
bool deadline_open(struct req *r, const struct matter *m, struct list *out,
                   struct err *e) MUST_CHECK;
/* Counts d again by its rule, pauses and extension and writes it; m->due_at and
 * yellow_at, and the lead's assignment, follow. */
bool deadline_count(struct req *r, struct matter *m, struct deadline *d, struct err *e) MUST_CHECK;
/* Stops at r->now every running clock that has not run out and whose rule lists the
 * reason; *n gets how many. */
bool deadline_stop_all(struct req *r, const struct matter *m, struct str reason, int64_t *n,
                       struct err *e) MUST_CHECK;
/* Lets the stopped clocks run on from at: each ends later by the time it stood. */
bool deadline_go_on(struct req *r, struct matter *m, struct stamp at, struct err *e) MUST_CHECK;
/* Starts a clock by rule, from at, for the body whose turn it is. */
bool deadline_begin(struct req *r, struct matter *m, const struct limit_rule *rule,
                    struct stamp at, struct err *e) MUST_CHECK;
/* Chooses the rule of every open clock again, by what m is now (its type, its bodies), and
 * counts it from the beginning that this rule names; a clock that no rule asks for any more
 * ends, one that is asked for now starts at what began it. Call it when the type, source or
 * level changed. */
bool deadline_reckon(struct req *r, struct matter *m, struct err *e) MUST_CHECK;
/* m is a part of what has these clocks: the time they stood or were extended by is its own
 * clocks' of that name. It has no more time by being parted, and no less. */
bool deadline_take_over(struct req *r, struct matter *m, struct list clocks,
                        struct err *e) MUST_CHECK;
/* A new round: what belonged to the ending is dropped, and the whole course and the
 * handling go on where they had stopped; the time between is a pause. */
bool deadline_reopen(struct req *r, struct matter *m, struct err *e) MUST_CHECK;
/* Once a body leads, the clock of handling is its own, by the rule for such a body. */
bool deadline_hand_over(struct req *r, struct matter *m, struct err *e) MUST_CHECK;
/* The clock of handling is the lead's assignment's; does nothing for another what. */
bool deadline_to_assignment(struct req *r, const struct matter *m, struct str what,
                            struct stamp due, struct err *e) MUST_CHECK;
#endif
