/* follow.h - a follower of the feed: takes its events in their order, in steps. It looks
 * at the events of a step while others may write, then keeps what there is to keep and
 * the place it has come to in one write.
 *
 * What changes between the two is told by a later event, and looked at again. Two
 * processes may follow at once: the one that comes second looked in vain and fails with
 * ERR_CONFLICT before it keeps anything. */
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
    /* Only reads; *found, of the request's arena, is what keep is called with. Left NULL
     * there is nothing to keep. */
    bool (*look)(struct req *r, const void *shared, const struct feed_event *x, void **found,
                 struct err *e);
    /* Inside the write; may run again. to is the step's last number. */
    bool (*keep)(struct req *r, const void *found, int64_t to, struct err *e);
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
