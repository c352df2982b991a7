/* tell.h - who is told of what happened: the feed's events and the clocks' into
 * notices 通知, by the rules of rules/notices.csv.
 *
 * Parties are told by their own channel only. Whom no message reaches (by telephone,
 * by letter) is told by a person where the rule wants it: a task of the owner body.
 * What is a week old when it is read (an import, a restored copy) tells nobody, what
 * is a day old leaves no message outside. */
#ifndef HANDLING_TELL_H
#define HANDLING_TELL_H
#include "handling/task.h"

/* A chore that follows the feed by its own cursor. */
bool tell_follow(struct app *app, bool *more, struct err *e) MUST_CHECK;
/* A chore: clocks that turned yellow, tasks that turned yellow or red. A clock that
 * was born yellow is told by what started it. */
bool tell_clocks(struct app *app, bool *more, struct err *e) MUST_CHECK;
/* In the transaction of the event: task.add, task.done, task.cancel, task.due_soon,
 * task.overdue. */
bool tell_task(struct req *r, const struct task *t, const char *event, struct err *e) MUST_CHECK;
#endif
