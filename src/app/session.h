/* session.h - a sign-in: the cookie's keyed hash, whose it is, in which post it
 * acts. Sign-in itself (passwords, codes) is room people's; this is what every
 * request asks. */
#ifndef APP_SESSION_H
#define APP_SESSION_H
#include "app/app.h"

/* Makes a session for the account acting in post (none for a resident) inside a
 * write, sets the cookie on r and *csrf. */
bool session_open(struct req *r, struct id account, struct id post, struct str *csrf,
                  struct err *e) MUST_CHECK;
/* Ends the session of r; clears its cookie. */
bool session_end(struct req *r, struct err *e) MUST_CHECK;
/* Ends every session of the account but one (none: all of them). */
bool session_end_others(struct req *r, struct id account, struct id but, struct err *e) MUST_CHECK;
/* Fills *out from cookie or bearer; found false for none, ended or idle ones. */
bool session_who(struct req *r, struct who *out, bool *found, struct err *e) MUST_CHECK;
/* The same for an account acting in a post without a session: jobs, tools. */
bool session_who_in_post(struct req *r, struct id account, struct id post, struct who *out,
                         bool *found, struct err *e) MUST_CHECK;
/* The stored form of a secret we hand out (cookie, token, code). */
struct str session_hash(const struct app *app, struct arena *a, struct str secret);
#endif
