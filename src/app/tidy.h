/* tidy.h - what may be forgotten: ended sessions, old answers to idempotency
 * keys, spent codes. */
#ifndef APP_TIDY_H
#define APP_TIDY_H
#include "app/app.h"

/* Removes the files of a folder of the data directory that nobody wrote to for so
 * many seconds. */
void tidy_folder(const struct app *app, const char *name, int64_t seconds);
/* A chore; also what a crash left in the spool. */
bool tidy_run(struct app *app, bool *more, struct err *e) MUST_CHECK;
#endif
