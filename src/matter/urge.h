/* urge.h - to urge 催办: a party, or the owner body for it, asks the body whose turn it is
 * to go on; at most so often a working day as rules/numbers.csv says (urges_a_day). It is
 * answered in words, or by the next step. */
#ifndef MATTER_URGE_H
#define MATTER_URGE_H
#include "matter/matter.h"

struct matter_urge        { struct id party; struct str text; };
struct matter_answer_urge { struct str text; };

/* The matter went on from was: what was urged is answered by the step. */
bool urge_follow(struct req *r, struct matter *m, enum matter_state was, struct err *e) MUST_CHECK;
extern const struct route_table urge_table;
#endif
