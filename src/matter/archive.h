/* archive.h - put away 归档: what is closed, declined, withdrawn or merged, when its
 * dossier 卷宗 is complete by rules/dossiers.csv, for as long as rules/retention.csv
 * says. What is missing is told by name. */
#ifndef MATTER_ARCHIVE_H
#define MATTER_ARCHIVE_H
#include "matter/matter.h"

struct matter_archive { bool oral; struct str note; };
/* Takes m out again: what is worked on is not away, and nothing of it is counted to be
 * destroyed. */
bool archive_undo(struct req *r, const struct matter *m, struct err *e) MUST_CHECK;
extern const struct route_table archive_table;
#endif
