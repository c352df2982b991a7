/* cost.h - the most each action may cost in any story: statements, and blocks of memory
 * beyond the request's first. What makes an action dearer is seen here, and either
 * mended or raised by hand. */
#ifndef TESTS_COST_H
#define TESTS_COST_H
#include "client.h"

/* Whether an answered action keeps within its row; what has no row fails. Other requests
 * always fit. With COSTS in the environment each is printed instead. */
bool cost_fits(struct arena *a, struct str method, struct str path, const struct answer *y,
               struct str *why);
#endif
