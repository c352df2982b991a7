/* id.h - ids made by the server: 63 bits, growing with time.
 *
 *     41 bits milliseconds since 2020 | 10 bits node | 12 bits sequence
 *
 * A node is leased (one process, one node number), so no two processes make
 * the same id; a clock that goes back does not: the last millisecond used is
 * kept and counted on from. Ids are strings in JSON (53 bits are not enough). */
#ifndef BASE_ID_H
#define BASE_ID_H
#include "base/stamp.h"

struct id { int64_t v; };
#define ID_NONE ((struct id){ 0 })

/* Call once before the first id: the leased node (0..1023) and the largest id
 * known to exist (0 for none). */
void      id_start(unsigned node, int64_t floor);
/* Safe from any thread. */
struct id id_make(void);
/* The millisecond an id was made in; the smallest id of a millisecond. */
struct stamp id_stamp(struct id id);
struct id id_floor_of(struct stamp t);
#endif
