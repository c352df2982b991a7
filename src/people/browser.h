/* browser.h - a browser in which somebody signed in before.
 *
 * Who tries wrong passwords elsewhere must not shut out the one who always works here. The
 * browser keeps a cookie, sent to the sign-in alone: a number of its own and, for the last
 * few logins, the day and a check code only this server can make. Nothing is kept here, and
 * the cookie opens nothing: tries from it are counted apart (lockout.h). */
#ifndef PEOPLE_BROWSER_H
#define PEOPLE_BROWSER_H
#include "app/app.h"

/* The number of the browser r comes from, when login signed in there in the last half
 * year; else empty. */
struct str browser_known(struct req *r, struct str login);
/* Gives r's browser the cookie that says so from today on. */
void browser_remember(struct req *r, struct str login);
#endif
