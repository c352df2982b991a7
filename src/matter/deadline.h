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

/* A time in which a clock stood; to none: it stands still. */
struct deadline_stop { struct stamp from, to; };
struct deadline {
    struct id id;
    struct str what, rule;
    unsigned state;
    struct id org;                      /* who has to; none: a party's window */
    struct stamp started_at, due_at, yellow_at, ended_at, paused_at;
    struct str pauses;                  /* "from-to" in ms by blanks, as kept */
    int64_t extended;                   /* added, in the rule's unit */
    bool provisional;
    /* what deadline_tell adds */
    struct str rule_name, source;
    unsigned unit, colour;              /* enum limit_unit, enum light */
    int64_t left_minutes;
    struct list stops;                  /* of deadline_stop */
};
extern const struct record deadline_record;
extern const struct names deadline_colour_names;
/* Sorts after every real time. */
#define DEADLINE_NEVER INT64_C(253402271999000)

/* The event happened at at: ends what it ends, drops the rest when m->state is one
 * of rest, starts what it starts, and sets m->due_at and m->yellow_at to the
 * whole-course clock's. org has to act next. */
bool deadline_event(struct req *r, struct matter *m, struct str event, struct id assignment,
                    struct id org, struct stamp at, struct err *e) MUST_CHECK;
/* The lead body has it no more: its clocks end without fault, handling is the
 * owner's until the next body leads. */
bool deadline_give_back(struct req *r, const struct matter *m, struct err *e) MUST_CHECK;
/* The matter was concluded before anybody took it: what only leads there is nobody's
 * fault. */
bool deadline_drop_early(struct req *r, const struct matter *m, struct err *e) MUST_CHECK;
/* Only ends what the event answers, at at. */
bool deadline_meet(struct req *r, const struct matter *m, struct str event, struct stamp at,
                   struct err *e) MUST_CHECK;
/* The clock of that name that stopped when the matter came to rest goes on: with the
 * due time it had, for the time meanwhile is nobody's gift. */
bool deadline_revive(struct req *r, const struct matter *m, struct str what,
                     struct err *e) MUST_CHECK;
bool deadline_list(struct req *r, struct id matter, struct list *out, struct err *e) MUST_CHECK;
/* Adds what a person asks of a clock: its rule in words, its colour, the working time
 * left by the calendar of r's body, and when it stood. */
void deadline_tell(struct req *r, struct list clocks);
/* When the first of them turns yellow or red by itself; DEADLINE_NEVER. */
struct stamp deadline_next_turn(struct list clocks, struct stamp now);
/* Takes out what no party may learn of: that a danger is to be reported (rule 5), and
 * what a body does within itself. */
void deadline_for_parties(struct list *clocks);
/* The running clocks that a body has to meet, in no order: what, org, due_at,
 * yellow_at. */
bool deadline_running(struct req *r, const struct matter *m, struct list *out,
                      struct err *e) MUST_CHECK;
#endif
