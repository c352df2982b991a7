/* deadline.h - a deadline 时限: a clock of a matter, by a rule that is data.
 *
 * Each event of a matter (its actions' slugs) starts the clocks whose rule says
 * so and ends the clocks it answers. Due times are computed in working time by
 * app/worktime.h from the code book's calendar. */
#ifndef MATTER_DEADLINE_H
#define MATTER_DEADLINE_H
#include "matter/matter.h"

#define DEADLINE_STATES(X)                                              \
    X(RUNNING, "running", "计时中", "running") X(PAUSED, "paused", "已中止", "paused") \
    X(MET, "met", "按时", "met") X(LATE, "late", "超期", "late")         \
    X(DROPPED, "dropped", "不再计时", "dropped")
#define X(id, slug, zh, en) DEADLINE_##id,
enum deadline_state { DEADLINE_STATES(X) DEADLINE_STATE__COUNT };
#undef X
extern const struct names deadline_state_names;

struct deadline {
    struct id id;
    struct str what, rule;
    unsigned state;
    struct id org;
    struct stamp started_at, due_at, yellow_at, ended_at;
    bool provisional;
};
extern const struct record deadline_record;

/* The event happened at at: ends what it ends, starts what it starts, and sets
 * m->due_at and m->yellow_at to the whole-course clock's. org has to act next. */
bool deadline_event(struct req *r, struct matter *m, struct str event, struct id assignment,
                    struct id org, struct stamp at, struct err *e) MUST_CHECK;
/* The matter ended: running clocks are met, late or dropped. */
bool deadline_drop_all(struct req *r, const struct matter *m, struct err *e) MUST_CHECK;
bool deadline_list(struct req *r, struct id matter, struct list *out, struct err *e) MUST_CHECK;
/* The nearest due time among the running clocks for which org has to act. */
bool deadline_next(struct req *r, const struct matter *m, struct stamp *out,
                   struct err *e) MUST_CHECK;
#endif
