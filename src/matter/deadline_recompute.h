/* deadline_recompute.h - provisional clocks counted again when the rules changed. */
#ifndef MATTER_DEADLINE_RECOMPUTE_H
#define MATTER_DEADLINE_RECOMPUTE_H
#include "app/app.h"

/* A chore: follows the counter of the rules. Takes the new book, then counts every
 * running clock that is marked provisional again, some at a time; one that moves
 * gets an entry in its matter's journal. */
bool deadline_recompute(struct app *app, bool *more, struct err *e) MUST_CHECK;
#endif
