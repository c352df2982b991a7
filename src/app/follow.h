/* follow.h - a follower of the feed: takes its events in their order, in steps, each
 * step and the place it has come to in one transaction.
 *
 * Taking an event may be repeated safely. Two processes may follow at once: the one
 * that comes second does its step in vain and fails with ERR_CONFLICT. */
#ifndef APP_FOLLOW_H
#define APP_FOLLOW_H
#include "app/app.h"
#include "db/feed.h"

struct follower {
    struct str name;                    /* of its cursor */
    int64_t step;                       /* events of a step at most */
    bool each;                          /* every event; else of each matter's one, the last */
    /* What all events of a step share; NULL for nothing. */
    const void *(*begin)(struct req *r);
    /* to is the step's last number. */
    bool (*take)(struct req *r, const void *shared, const struct feed_event *x, int64_t to,
                 struct err *e);
};

/* One step; *more tells that there may be another. */
bool follow_step(struct app *app, const struct follower *f, bool *more,
                 struct err *e) MUST_CHECK;
/* To the end of the feed, whoever else follows meanwhile. */
bool follow_all(struct app *app, const struct follower *f, struct err *e) MUST_CHECK;
/* How far it has come. */
bool follow_at(struct db_conn *c, const struct follower *f, int64_t *out,
               struct err *e) MUST_CHECK;
#endif
