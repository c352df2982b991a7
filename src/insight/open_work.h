/* open_work.h - what waits in a jurisdiction now: for each body of it, or each area
 * below, how much in which bucket, and how much of it is late. Live and exact, from
 * the counts that are kept with the work lists, for who leads the procedure of the
 * area (view_is_inside).
 *
 * A body with fewer posts than the rules ask (numbers.csv posts_for_analysis) and a
 * studio are not told by name: they stand together as "others", with as many further
 * bodies as it takes for three (product rule 7). */
#ifndef INSIGHT_OPEN_WORK_H
#define INSIGHT_OPEN_WORK_H
#include "app/app.h"

extern const struct route_table open_work_table;
#endif
