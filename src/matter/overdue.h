/* overdue.h - the clock's own part: a deadline that has run out is seen within a
 * minute, stands in the journal, and shows the matter's envelope to the centre
 * above the body that was to act (督办, product.md rule 2). */
#ifndef MATTER_OVERDUE_H
#define MATTER_OVERDUE_H
#include "matter/matter.h"

/* A chore: turns red what has run out, some at a time. */
bool overdue_run(struct app *app, bool *more, struct err *e) MUST_CHECK;
#endif
