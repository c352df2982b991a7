/* tie.h - matters that become one 并案, or one that becomes several 拆单. Each side is
 * told of the other; what was done is in both journals. Several matters are locked in
 * the order of their ids.
 *
 * merge: the parties and open claims of the one are copied into the head, where they are
 * mediated, answered and concluded with the head's, so that an outcome of the head is
 * theirs. The one rests, put away or not, and goes back to where it was by unmerge while the
 * head is still open or when it came to nothing, its clocks counting on as if nothing had
 * stopped them; who left the head meanwhile has left it, too.
 * split: each part is a matter of its own with its own number, lead body, parties and
 * claims; a matter all of whose claims went into parts waits for them. */
#ifndef MATTER_TIE_H
#define MATTER_TIE_H
#include "matter/matter.h"

/* Kept in the database: append only. */
#define TIE_RELATIONS(X)                                                     \
    X(MERGED, "merged", "并入", "merged into") X(PART, "part", "拆自", "part of")
#define X(id, slug, zh, en) TIE_##id,
enum tie_relation { TIE_RELATIONS(X) TIE_RELATION__COUNT };
#undef X

/* matter was merged into other, or is a part of it; was: where matter stood. */
bool tie_make(struct req *r, const struct matter *m, struct id other, enum tie_relation relation,
              enum matter_state was, struct str reason, struct err *e) MUST_CHECK;
/* How many unbroken ties of the relation lead to head. */
bool tie_count(struct req *r, const struct matter *head, enum tie_relation relation,
               int64_t *out, struct err *e) MUST_CHECK;

extern const struct route_table tie_table, merge_table, split_table;
#endif
