/* edition.h - a month closed: the form's counts at a fixed cut, numbered, chained by
 * hash, never changed.
 *
 * On the rule's day (numbers.csv month_close_day) a chore counts the month before
 * from the facts as they are at that place in the feed. What later turns out to have
 * been otherwise stands in the next edition as a correction of the earlier month.
 * The same edition counted again from the facts gives the same cells and hash:
 * edition_again() proves it. */
#ifndef INSIGHT_EDITION_H
#define INSIGHT_EDITION_H
#include "insight/form.h"

struct edition {
    struct id home;
    int64_t no, month, cut_seq, cells;
    struct str prev, hash;              /* hex; prev of the first is empty */
    struct stamp made_at;
};
extern const struct record edition_record;

/* One count that is not 0. */
struct edition_cell {
    int64_t month;
    struct id unit;
    struct str path;
    int64_t row, col, value;
};
extern const struct record edition_cell_record;

/* The chore: makes every edition that is due, oldest first. */
bool edition_run(struct app *app, bool *more, struct err *e) MUST_CHECK;
/* The edition after last (no 0: none yet) of x->month, cut at x->cut_seq: fills the
 * rest of x and the cells from the facts. */
bool edition_count(struct req *r, const struct edition *last, struct edition *x,
                   struct list *cells, struct err *e) MUST_CHECK;
/* Counts an edition again; *same tells whether cells and hash are those kept. */
bool edition_again(struct req *r, const struct edition *x, bool *same, struct err *e) MUST_CHECK;

/* The edition of a month; ERR_NOT_FOUND. */
bool edition_of(struct req *r, int64_t month, struct edition *out, struct err *e) MUST_CHECK;
/* Newest first, those before no (0: from the newest). */
bool edition_list(struct req *r, int64_t before, struct list *out, struct err *e) MUST_CHECK;

/* Every edition counted again, and the chain of their hashes. */
struct edition_check { int64_t editions, differ; };
bool edition_check_all(struct app *app, struct edition_check *out, struct err *e) MUST_CHECK;
#endif
