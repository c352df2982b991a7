/* pause.h - a pause 中止 and an extension 延期: the two ways in which a clock ends later,
 * each by a rule's reason, told to the parties.
 *
 * A pause stops the clocks whose rule lists its reason. It ends when somebody says so,
 * when the matter goes on to where nothing can stand still, or by itself: a reason has
 * a maximum, counted over all pauses of the matter (rules/pause_reasons.csv). */
#ifndef MATTER_PAUSE_H
#define MATTER_PAUSE_H
#include "matter/matter.h"

struct matter_pause {
    struct str reason;
    struct day until;
    struct str text;
    struct list consents;
};
struct matter_resume { struct str text; };
struct matter_extend { struct str what; int64_t amount; struct str text; struct list consents; };

/* Stops the clocks for the reason until the end of day until (none: as long as the
 * reason allows); *id gets the pause, none when no clock's rule lists the reason or
 * nothing is left of its maximum: then nothing is done. text: as the parties are told. */
bool pause_begin(struct req *r, struct matter *m, struct str reason, struct day until,
                 struct str text, struct id *id, struct err *e) MUST_CHECK;
/* What a matter that stands no more hands on to its parts: how its clocks were moved, and
 * what its round has used of each reason's maximum. */
struct pause_past { struct list clocks, stood; };
bool pause_past(struct req *r, const struct matter *m, struct pause_past *out,
                struct err *e) MUST_CHECK;
/* The part m has it, too. */
bool pause_take_over(struct req *r, const struct pause_past *past, struct matter *m,
                     struct err *e) MUST_CHECK;
/* Lets the clocks of m go on from at. */
bool pause_end(struct req *r, struct matter *m, struct stamp at, struct err *e) MUST_CHECK;
/* Clocks that an action started while the matter stands still stand, too, where the
 * reason stops them. */
bool pause_take_in(struct req *r, const struct matter *m, struct err *e) MUST_CHECK;
/* Ends the pause of a matter that came to where nothing stands still. */
bool pause_follow(struct req *r, struct matter *m, struct stamp at, struct err *e) MUST_CHECK;
/* A chore: ends the pauses whose time is over, some at a time. */
bool pause_run(struct app *app, bool *more, struct err *e) MUST_CHECK;

extern const struct route_table pause_table;
#endif
