/* archive.h - put away 归档: what is closed, declined, withdrawn or merged, when its
 * dossier 卷宗 is complete by rules/dossiers.csv, for as long as rules/retention.csv
 * says. What is missing is told by name. */
#ifndef MATTER_ARCHIVE_H
#define MATTER_ARCHIVE_H
#include "matter/matter.h"

struct matter_archive { bool oral; struct str note; };
extern const struct route_table archive_table;
#endif
