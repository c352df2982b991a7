/* handling.h - who works on a matter: offering it (assign 派单), taking it
 * (take 接单), and the ranked hint with its reasons. A human decides. */
#ifndef HANDLING_HANDLING_H
#define HANDLING_HANDLING_H
#include "matter/matter.h"

extern const struct route_table handling_table;
#endif
