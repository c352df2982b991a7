/* publish.h - an edition as others may have it: every area's table with its small
 * cells and their complements left out (suppress.h).
 *
 * Told are: of the city and every area with areas below it, all rows and columns; of
 * a town the sums of its rows, and of its rows the accepted, the concluded and the
 * agreed. What is not told is not in the table at all, so no reader, file or page can
 * let it out. */
#ifndef INSIGHT_PUBLISH_H
#define INSIGHT_PUBLISH_H
#include "insight/edition.h"

struct public_cell { struct id area; int64_t row, col, value; bool hidden; };
extern const struct record public_cell_record;

/* The month's own cells of an edition (list of edition_cell) as public_cells. */
bool publish_make(struct req *r, int64_t month, struct list cells, struct list *out,
                  struct err *e) MUST_CHECK;
/* Keeps them with the edition. */
bool publish_keep(struct req *r, int64_t no, struct list cells, struct err *e) MUST_CHECK;
#endif
