/* tidy.h - what may be forgotten: ended sessions, old answers to idempotency
 * keys, spent codes. */
#ifndef APP_TIDY_H
#define APP_TIDY_H
#include "app/app.h"

/* A chore. */
bool tidy_run(struct app *app, bool *more, struct err *e) MUST_CHECK;
#endif
