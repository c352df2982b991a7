/* answer.h - an answer given before, given again while nothing it was made from has
 * changed.
 *
 * Desks ask for the same list and the same matter again and again: after every event,
 * on every way back. What such an answer was made from is a few numbers which grow with
 * each change (a version, a count of moves), cheaper to read than the answer is to make.
 * Kept beside each database connection, like the memo, for one sign-in and one address
 * each; never what is late by the clock: an answer ends with the minute, or earlier.
 * docs/decisions/0016-answers.md. */
#ifndef APP_ANSWER_H
#define APP_ANSWER_H
#include "app/app.h"

enum { ANSWER_FROM_MAX = 8 };

/* Whether the answer to r, made from the same n numbers, is still there: then apply has
 * nothing more to fill in. Else what apply fills in is kept when it is encoded. The
 * epochs of people and names, the rules and the reader are numbers of every answer. A
 * request with "Cache-Control: no-cache" finds nothing. */
bool answer_kept(struct req *r, const int64_t *from, size_t n, bool *found,
                 struct err *e) MUST_CHECK;
/* What is made now holds until then only, where that is before the minute's end. */
void answer_until(struct req *r, struct stamp until);
/* Hook of the dispatcher, before apply: where nothing at all was committed since r was
 * answered on this connection, not even the numbers need be read. */
bool answer_again(struct req *r);
/* Hook of the dispatcher: keeps the encoded answer that answer_kept asked for. */
void answer_keep(struct req *r, struct str body);
#endif
