/* receipt.h - the receipt 回执: states facts and claims nothing: who asked whom,
 * for what, when it was asked and when it was recorded. Asking a people's
 * mediation committee interrupts the limitation period (诉讼时效规定 12, 民法典
 * 195), and this is what proves the asking. It carries the hash of its journal
 * entry, which anybody can check. */
#ifndef MATTER_RECEIPT_H
#define MATTER_RECEIPT_H
#include "matter/matter.h"

/* What the checking of a code tells anybody: that an entry stands there, never what
 * it says. */
struct verified { bool valid; struct str number, action; struct stamp recorded_at; };
/* Whether the matter of that number has an entry of that hash (64 hex digits). */
bool receipt_verify(struct req *r, struct str number, struct str hash, struct verified *out,
                    struct err *e) MUST_CHECK;

extern const struct route_table receipt_table;
#endif
