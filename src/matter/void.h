/* void.h - void 作废: a matter that should never have been recorded, by two. One person
 * of the owner body asks with the reason, another confirms or refuses. Its numbers stay
 * and are explained; the parties are told why. */
#ifndef MATTER_VOID_H
#define MATTER_VOID_H
#include "matter/matter.h"

struct matter_ask_void    { struct str reason; };
struct matter_decide_void { bool confirmed; struct str note; };
extern const struct route_table void_table;
#endif
