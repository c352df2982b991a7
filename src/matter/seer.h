/* seer.h - who may see a matter, told to its parties (product rule 2). */
#ifndef MATTER_SEER_H
#define MATTER_SEER_H
#include "http/route.h"

extern const struct route_table seer_table;
#endif
