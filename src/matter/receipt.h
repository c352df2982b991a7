/* receipt.h - the receipt 回执: states facts and claims nothing: who asked whom,
 * for what, when it was asked and when it was recorded. Asking a people's
 * mediation committee interrupts the limitation period (诉讼时效规定 12, 民法典
 * 195), and this is what proves the asking. It carries the hash of its journal
 * entry, which anybody can check. */
#ifndef MATTER_RECEIPT_H
#define MATTER_RECEIPT_H
#include "matter/matter.h"

extern const struct route_table receipt_table;
#endif
