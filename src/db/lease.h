/* lease.h - what only one process may do at a time.
 *
 * A lease ends by itself when its holder is gone. It is safe whatever the clocks
 * say only together with the work: take it again in the transaction that writes
 * the result. The row is then locked until the commit, and a holder that was
 * asleep for too long finds that the lease is no longer its own. */
#ifndef DB_LEASE_H
#define DB_LEASE_H
#include "db/db.h"

/* Takes or prolongs the lease for ms milliseconds; *mine false: somebody else's. */
bool lease_take(struct db_conn *c, struct str name, struct str holder, int64_t ms, bool *mine,
                struct err *e) MUST_CHECK;
/* Gives it back; nothing when it is not the holder's. */
bool lease_drop(struct db_conn *c, struct str name, struct str holder, struct err *e) MUST_CHECK;
/* The first free number 0 … 1023 for id_start(), leased as "node N"; prolong it
 * with lease_node_name(). ERR_UNAVAILABLE when all are taken. */
bool lease_node(struct db_conn *c, struct str holder, int64_t ms, unsigned *node,
                struct err *e) MUST_CHECK;
struct str lease_node_name(struct arena *a, unsigned node);
#endif
