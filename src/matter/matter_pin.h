/* matter_pin.h - the query pin 查询码: six digits that, with the public number, show where a
 * matter stands without an account. Told once; the row keeps a keyed hash of it. */
#ifndef MATTER_MATTER_PIN_H
#define MATTER_MATTER_PIN_H
#include "matter/matter.h"

/* A new pin for the matter, and what its row is to keep of it. */
struct str matter_pin_make(const struct req *r, struct id matter, struct str *kept);
/* Whether pin is the matter's: kept is what its row keeps, under whichever key. */
bool matter_pin_fits(const struct req *r, struct id matter, struct str pin, struct str kept);

extern const struct route_table matter_pin_table;
#endif
