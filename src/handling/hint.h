/* hint.h - which bodies could lead a matter, best first, each with its reasons
 * (product.md rule 11: a hint shows its reasons and waits for a human).
 *
 * Points: competence for the type (named type 40, any type 20), nearness of the
 * area (same 30, one level up 20, two 10), load (0…20 by open assignments per
 * body, fewest first), on duty today 10; nobody there today -30, objected to this
 * matter before or gave it back -20, is itself a party to it -60. A mediator's own
 * interests are not looked for here: they are declared when the work is taken. */
#ifndef HANDLING_HINT_H
#define HANDLING_HINT_H
#include "matter/matter.h"

struct hint { struct id org; struct str name, kind; int64_t points, load; struct strs reasons; };
extern const struct record hint_record;

/* At most 8 hints for m's type and place. */
bool hint_list(struct req *r, const struct matter *m, struct list *out, struct err *e) MUST_CHECK;
#endif
