/* deadline_recompute.h - running clocks counted again when the rules changed. */
#ifndef MATTER_DEADLINE_RECOMPUTE_H
#define MATTER_DEADLINE_RECOMPUTE_H
#include "app/app.h"

/* A chore: follows the counter of the rules. Takes the new book, then counts every
 * running clock again by its rule, calendar and hours as they are now, some at a time;
 * one that moves gets an entry in its matter's journal. A clock that stands is
 * counted when it goes on. */
bool deadline_recompute(struct app *app, bool *more, struct err *e) MUST_CHECK;
#endif
