/* done.h - what a body, and a person for it, has done 已办: the matter and the last step
 * taken, the newest first. Kept in the transaction of each step. */
#ifndef MATTER_DONE_H
#define MATTER_DONE_H
#include "matter/matter.h"

/* r->who took the action. A party's own step is nobody's work. */
bool done_put(struct req *r, const struct matter *m, enum matter_action action,
              struct err *e) MUST_CHECK;
extern const struct route_table done_table;
#endif
