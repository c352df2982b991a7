/* lockout.h - wrong sign-ins in a row close a login for a while.
 *
 * Every try is counted before the password is looked at, so that many at once
 * gain nothing; a good sign-in clears the count. Logins that do not exist are
 * counted in the same way: nobody learns from a lock which ones do. */
#ifndef PEOPLE_LOCKOUT_H
#define PEOPLE_LOCKOUT_H
#include "app/app.h"

/* How long the failed-th try in a row closes the login: 1, 5, 15, then 60 minutes
 * at each fifth, nothing in between. */
int64_t lockout_ms(int64_t failed);
/* Counts a try, inside a write. ERR_LOCKED with the minutes left. */
bool lockout_enter(struct req *r, struct str login, struct err *e) MUST_CHECK;
/* Takes back the try just counted: it was no wrong one. */
bool lockout_give_back(struct req *r, struct str login, struct err *e) MUST_CHECK;
bool lockout_clear(struct req *r, struct str login, struct err *e) MUST_CHECK;
/* Until when the login is closed; none when it is open. */
bool lockout_until(struct req *r, struct str login, struct stamp *out, struct err *e) MUST_CHECK;

/* What anybody may ask about by a short pin is closed to nobody but the one who guesses:
 * tries are counted for each asker apart (the account, or the network of the address),
 * and all together. Where all together are many, each asker has few and long to wait.
 * Counts a try, inside a write. ERR_LOCKED with the minutes left. */
bool lockout_enter_from(struct req *r, struct str thing, struct err *e) MUST_CHECK;
/* It was a right one: the asker's count is cleared, the common one gets the try back. */
bool lockout_pass_from(struct req *r, struct str thing, struct err *e) MUST_CHECK;
#endif
