/* matter_check.h - what is derived against what it is derived from: worklists
 * against states and their counts, open loads against assignments, files against their digests.
 * The search index is thrown away and made anew when repairing. */
#ifndef MATTER_MATTER_CHECK_H
#define MATTER_MATTER_CHECK_H
#include "matter/matter.h"

struct matter_check {
    bool repair;
    int64_t matters, worklists, counts, loads, files, lost;
};
bool matter_check_all(struct app *app, struct matter_check *out, struct err *e) MUST_CHECK;
#endif
