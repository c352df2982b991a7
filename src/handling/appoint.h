/* appoint.h - appointing 指定承办人: the head of the lead body names who is in
 * charge of what was taken. */
#ifndef HANDLING_APPOINT_H
#define HANDLING_APPOINT_H
#include "matter/matter.h"

extern const struct route_table appoint_table;
#endif
