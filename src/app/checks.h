/* checks.h - field checks for records: normalise what passes, name what fails.
 * Each is a field.check; empty text is not asked. */
#ifndef APP_CHECKS_H
#define APP_CHECKS_H
#include "base/arena.h"
#include "base/err.h"

bool check_phone(struct arena *a, struct str *s, struct err *e);     /* ERR_BAD_PHONE */
bool check_idnum(struct arena *a, struct str *s, struct err *e);     /* ERR_BAD_IDNUM */
bool check_credit(struct arena *a, struct str *s, struct err *e);    /* ERR_BAD_CREDIT_CODE */
#endif
