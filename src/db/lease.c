/* lease.c - one row a lease. */
#include "db/lease.h"

enum { NODES = 1024 };

bool lease_take(struct db_conn *c, struct str name, struct str holder, int64_t ms, bool *mine,
                struct err *e)
{
    int64_t changed = 0, now = stamp_now().ms;
    if (!db_exec(c, e, &changed,
            SQL("INSERT INTO lease (name, holder, until_ms) VALUES ($1, $2, $3)"
                " ON CONFLICT (name) DO UPDATE SET holder = $2, until_ms = $3"
                " WHERE lease.holder = $2 OR lease.until_ms < $4"),
            V(name), V(holder), V(now + ms), V(now)))
        return false;
    *mine = changed == 1;
    return true;
}

bool lease_drop(struct db_conn *c, struct str name, struct str holder, struct err *e)
{
    return db_exec(c, e, NULL, SQL("DELETE FROM lease WHERE name = $1 AND holder = $2"),
                   V(name), V(holder));
}

struct str lease_node_name(struct arena *a, unsigned node)
{
    return arena_printf(a, "node %u", node);
}

bool lease_node(struct db_conn *c, struct str holder, int64_t ms, unsigned *node, struct err *e)
{
    AUTO(arena_done) struct arena a = { 0 };
    for (unsigned i = 0; i < NODES; i++) {
        bool mine = false;
        if (!lease_take(c, lease_node_name(&a, i), holder, ms, &mine, e))
            return false;
        if (mine) {
            *node = i;
            return true;
        }
    }
    return err_detail(e, ERR_UNAVAILABLE, "all %d nodes are leased", NODES);
}
