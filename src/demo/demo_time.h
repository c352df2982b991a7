/* demo_time.h - when each step of a matter's course happened. */
#ifndef DEMO_TIME_H
#define DEMO_TIME_H
#include "demo/demo_impl.h"
#include "matter/matter.h"

enum { COURSE_MAX = 14 };
/* The steps of a course: at[0] is the filing. */
struct course { struct stamp at[COURSE_MAX]; size_t n; };

/* Draws the times of filing (days before the load day; by day or night where the
 * source allows it) and of the actions after it: each after a usual while, in
 * working time where there is room for it, all before now. */
void course_draw(struct demo *d, enum matter_kind kind, int64_t filed_day, bool any_hour,
                 const enum matter_action *actions, size_t n, struct course *out);
#endif
