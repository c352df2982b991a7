/* suppress_impl.h - the sums as a matrix over the cells left out. */
#ifndef INSIGHT_SUPPRESS_IMPL_H
#define INSIGHT_SUPPRESS_IMPL_H
#include "insight/suppress.h"

/* One equation: the unknown cells of one sum, total with sign -1; what the told cells
 * contribute is of no matter to whether it can be solved. */
struct suppress_row { uint32_t *at; size_t n; bool total; };    /* total: at[0] is the total */
struct suppress_rows { struct suppress_row *v; size_t n; };
/* The sums that have at least one unknown. */
struct suppress_rows suppress_rows(struct arena *a, const struct suppress *s);
#endif
