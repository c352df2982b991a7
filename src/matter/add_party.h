/* add_party.h - adding a party 追加当事人 that was not known when the matter was filed: the
 * other side that was found, a third person whom the outcome touches. */
#ifndef MATTER_ADD_PARTY_H
#define MATTER_ADD_PARTY_H
#include "matter/matter.h"

extern const struct route_table add_party_table;
#endif
