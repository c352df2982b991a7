/* timeline.h - a matter's life as a page of text that a person can read: every entry
 * of its journal in words, then its clocks. For the console, for print, for tests. */
#ifndef MATTER_TIMELINE_H
#define MATTER_TIMELINE_H
#include "matter/matter.h"

/* Appends it in lang as r->who may see it; m as matter_load gave it. */
bool timeline_put(struct req *r, struct matter *m, enum lang lang, struct buf *b,
                  struct err *e) MUST_CHECK;
extern const struct route_table timeline_table;
#endif
