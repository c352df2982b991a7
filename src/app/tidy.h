/* tidy.h - what may be forgotten: ended sessions, old answers to idempotency
 * keys, spent codes; messages, notices, jobs and the errors of imports when the
 * term of rules/retention.csv is over, some at a time. */
#ifndef APP_TIDY_H
#define APP_TIDY_H
#include "app/app.h"

/* Removes the files of a folder of the data directory that nobody wrote to for so
 * many seconds. */
void tidy_folder(const struct app *app, const char *name, int64_t seconds);
/* Ids made before *out are beyond the term of that code of list "retention"; false:
 * everything is kept. */
bool tidy_before(const struct app *app, const char *code, struct stamp now, struct id *out);
/* A chore; also what a crash left in the spool. */
bool tidy_run(struct app *app, bool *more, struct err *e) MUST_CHECK;
#endif
