/* stop.h - a party stops 终止 the mediation of a dispute: at any moment, by one act,
 * without a reason (人民调解法 3, 17, 23). At the door for itself, or as said at the
 * counter or to the handler.
 *
 * The claims that nobody is left to mediate end "stopped by a party", both sides are
 * told the other ways; when none is open the matter is concluded, else it goes on among
 * those who stay. Who stopped is in this matter only, and counted nowhere. */
#ifndef MATTER_STOP_H
#define MATTER_STOP_H
#include "matter/matter.h"

struct matter_stop { struct id party; };
extern const struct route_table stop_table;
#endif
