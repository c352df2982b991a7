/* docket.h - the case number 案号 of a people's mediation, 〔2026〕桂城人调字第12号, and the
 * register it stands in: per committee and calendar year, without a gap, given in the
 * transaction that accepts or takes the dispute. A void matter keeps its number, with
 * the reason; none is used again. */
#ifndef MATTER_DOCKET_H
#define MATTER_DOCKET_H
#include "matter/matter.h"

/* Gives m a number of org's year of at, when org is a people's mediation committee that
 * has given it none before; m->docket becomes it. */
bool docket_give(struct req *r, struct matter *m, struct id org, struct stamp at,
                 struct err *e) MUST_CHECK;
/* The matter is void: so are its numbers. */
bool docket_void(struct req *r, const struct matter *m, struct str reason,
                 struct err *e) MUST_CHECK;
/* The committee's word in its numbers, from its short name: 桂城调委会 → 桂城. */
struct str docket_word(struct str short_name);

extern const struct route_table docket_table;
#endif
