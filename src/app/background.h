/* background.h - what the program does by itself: chores, as a table.
 *
 * One thread runs them in turn: those that follow the feed when it grew, the
 * others by their period. Every chore may be repeated safely and may run in
 * several processes at once; one that lost a race says so and goes on later. */
#ifndef APP_BACKGROUND_H
#define APP_BACKGROUND_H
#include "app/app.h"

struct chore {
    const char *name;
    int64_t every_ms;
    bool follows_feed;
    /* *more: call again at once. A failure is logged and tried again next time. */
    bool (*run)(struct app *app, bool *more, struct err *e);
};
struct background;

struct background *background_start(struct app *app, const struct chore *v, size_t n,
                                    struct err *e) MUST_CHECK;
/* The feed grew. Cheap, from any thread; NULL is fine. */
void background_wake(struct background *b);
/* Lets the chore at hand finish; NULL is fine. */
void background_stop(struct background *b);
#endif
