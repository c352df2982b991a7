/* lockout.h - wrong tries close a thing, for a while, to who tries.
 *
 * A thing is a login or what anybody may ask about by a short pin. Every try is counted
 * before the secret is looked at, so that many at once gain nothing. Tries are counted for
 * each asker apart: the account, the known browser (browser.h), else the network of the
 * address. Those of networks are counted together as well: where they are many, each has few
 * and long to wait, and a login is in the end closed to all of them. An account that is
 * signed in and a browser that is known have counts of their own, which no stranger can
 * fill. Logins that do not exist are counted in the same way: nobody learns from a lock
 * which ones do. */
#ifndef PEOPLE_LOCKOUT_H
#define PEOPLE_LOCKOUT_H
#include "app/app.h"

/* How long the failed-th try in a row closes a thing to its asker: 1, 5, 15, then 60
 * minutes at each fifth, nothing in between. */
int64_t lockout_ms(int64_t failed);
/* How long the failed-th wrong try of all networks together in a day closes a login to all
 * of them: 1, 4, 12, then 24 hours at each fiftieth. */
int64_t lockout_crowd_ms(int64_t failed);

/* Counts a try at signing in, or at the own password, inside a write. ERR_LOCKED with the
 * minutes left. */
bool lockout_enter(struct req *r, struct str login, struct err *e) MUST_CHECK;
/* Takes back the try just counted: it was no wrong one. */
bool lockout_give_back(struct req *r, struct str login, struct err *e) MUST_CHECK;
/* It was a right one: the asker's count is cleared, the common one gets the try back. */
bool lockout_pass(struct req *r, struct str login, struct err *e) MUST_CHECK;
/* Opens the login to everybody. */
bool lockout_clear(struct req *r, struct str login, struct err *e) MUST_CHECK;
/* Until when the login is closed to anybody; none when it is open to all. */
bool lockout_until(struct req *r, struct str login, struct stamp *out, struct err *e) MUST_CHECK;

/* The same for a pin, which is never closed to all: the asker is the account or the
 * network. */
bool lockout_enter_pin(struct req *r, struct str thing, struct err *e) MUST_CHECK;
bool lockout_pass_pin(struct req *r, struct str thing, struct err *e) MUST_CHECK;
#endif
