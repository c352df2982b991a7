/* spot.h - settled on the spot 当场办结, recorded afterwards 补录, and advice 咨询 in ten
 * seconds: one record files, accepts, takes, concludes, replies and closes, in one
 * transaction, with every entry of the journal at its real time. The own body leads.
 *
 * Clocks of the past are met or late by the real times; what closing starts (a visit,
 * putting away) runs from the day of the record, which is the first it could be done. */
#ifndef MATTER_SPOT_H
#define MATTER_SPOT_H
#include "matter/matter.h"

#define SPOT_HOWS(X)                                                            \
    X(COUNTER, "counter", "窗口", "at the counter")                              \
    X(PHONE, "phone", "电话", "by telephone") X(FIELD, "field", "现场", "in the field")
#define X(id, slug, zh, en) SPOT_##id,
enum spot_how { SPOT_HOWS(X) SPOT_HOW__COUNT };
#undef X

extern const struct route_table spot_table;
#endif
