/* demo_year.h - one matter of the demo year, drawn. */
#ifndef DEMO_YEAR_H
#define DEMO_YEAR_H
#include "demo/demo_matter.h"

enum { YEAR_DAYS = 360 };
/* Draws matter number i of the year into m (texts in d->a): kind, day, type, source,
 * place, sides, claims, who leads it, how it ends and when each step happened. */
bool year_draw(struct demo *d, int64_t i, struct demo_matter *m, struct err *e) MUST_CHECK;
#endif
