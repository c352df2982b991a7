/* ledger.h - the ledgers 台账 a centre used to type: views of its matters by source,
 * generated and never typed.
 *
 * A row is a matter whose content the reader's body holds, newest first; what leaves
 * with names stands in the matter's access record. As files they leave by exports. */
#ifndef INSIGHT_LEDGER_H
#define INSIGHT_LEDGER_H
#include "app/app.h"

extern const struct route_table ledger_table;
#endif
