/* tell_impl.h - one telling: an event, its matter, and what is told. Only for tell*.c. */
#ifndef HANDLING_TELL_IMPL_H
#define HANDLING_TELL_IMPL_H
#include "app/notice.h"
#include "db/feed.h"
#include "handling/tell.h"

struct told_matter {
    struct str number;
    bool danger, sealed;                /* sealed: it has a safety compartment */
    struct id owner, lead, handler, reviewer, approver;
    unsigned approver_role;             /* enum role */
};
struct telling {
    struct req *r;
    struct list rules;                  /* of today */
    struct str event, cause;
    struct id matter, actor, subject;
    struct stamp at;                    /* of the event */
    struct told_matter m;
    struct id clock_org;                /* who has to meet the clock; none: no clock */
    struct str what;                    /* code of deadline_what */
    struct stamp due;
    const struct task *task;            /* NULL: of a matter */
    bool quietly;                       /* too old to leave the house */
};
/* Every rule of the event to everybody it names. */
bool telling_do(struct telling *t, struct err *e) MUST_CHECK;
/* Whether any rule is about the event. */
bool telling_any(const struct list *rules, struct str event);
/* Whether one is, as its matter stands. */
bool telling_fits(const struct telling *t);
/* Whether one of them tells of its clock, or whom that is for. */
bool telling_times(const struct telling *t);
/* The follower's halves (app/follow.h): what there is to tell, when a rule is about it, and
 * telling it, with the time as it is then. */
bool tell_look(struct req *r, const void *rules, const struct feed_event *x, void **found,
               struct err *e) MUST_CHECK;
bool tell_keep(struct req *r, const void *found, int64_t to, struct err *e) MUST_CHECK;
/* The matter of t->matter; *found false for none. */
bool telling_matter(struct telling *t, bool *found, struct err *e) MUST_CHECK;
#endif
