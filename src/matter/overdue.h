/* overdue.h - the clock's own part: a deadline that is nearly over is told in the feed
 * (yellow), one that has run out stands in the journal (overdue) and shows the matter's
 * envelope to the centre above the body that was to act (督办, product.md rule 2).
 * Both within a minute. */
#ifndef MATTER_OVERDUE_H
#define MATTER_OVERDUE_H
#include "matter/matter.h"

/* A chore: looks at the clocks whose time to look has come, some at a time. */
bool overdue_run(struct app *app, bool *more, struct err *e) MUST_CHECK;
#endif
