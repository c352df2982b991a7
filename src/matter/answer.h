/* answer.h - what each side says to the outcome, by itself: at the door, or as
 * somebody wrote it down who reached it; and closing 办结, which needs a word of
 * each side that the outcomes ask, or tries enough to reach it.
 *
 * One side's "no" stays and shows; not reached closes but is never a success
 * (MATTER_DOUBTS). An oral agreement stops being "reported" when each of them has
 * said yes, itself or to somebody else than who concluded. */
#ifndef MATTER_ANSWER_H
#define MATTER_ANSWER_H
#include "matter/matter.h"

struct matter_record_attempt {
    struct id party;
    struct stamp at;
    unsigned channel;
    bool reached;
    unsigned answer;
    struct str note;
};
struct matter_answer { struct id party; unsigned answer; struct str text; };
struct party_says    { struct id party; unsigned channel, answer; struct str note; };
struct matter_close  { struct list answers; struct str note; };
extern const struct record party_says_record, matter_close_record;

/* What a party can say: the first of enum party_answer. */
extern const struct names own_answer_names;

/* The answers given while closing (of party_says), as attempts of the moment at; own:
 * the parties were there and said it themselves. */
bool answer_take(struct req *r, const struct matter *m, struct list says, struct stamp at,
                 bool own, struct err *e) MUST_CHECK;
/* What stands after the round's attempts: each party's answer, and the facts of m that
 * follow. With closing set every side that has to answer must have, or have been
 * tried often enough: ERR_NO_ANSWER at "answers" names the first that has not. */
bool answer_settle(struct req *r, struct matter *m, bool closing, struct err *e) MUST_CHECK;

extern const struct route_table answer_table;
#endif
