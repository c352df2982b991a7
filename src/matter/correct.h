/* correct.h - correct 更正: what was recorded wrongly is put right, with the reason. What
 * stood before stays in the journal (secret members masked, as everywhere); the matter
 * is indexed again, the blind index follows, and the clocks that run are those of the
 * rules which fit now. */
#ifndef MATTER_CORRECT_H
#define MATTER_CORRECT_H
#include "matter/matter.h"

extern const struct route_table correct_table;
#endif
