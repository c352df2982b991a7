/* feed.c - adding events, numbering them, following them. */
#include "db/feed.h"
#include "db/lease.h"

static const struct field feed_event_fields[] = {
    FIELD(feed_event, seq, .doc = "Dense number in commit order"),
    FIELD(feed_event, home, .doc = "City of the matter"),
    FIELD(feed_event, matter, .doc = "Matter, or none"),
    FIELD(feed_event, kind, .doc = "What happened"),
    FIELD(feed_event, subject, .doc = "What it is about"),
    FIELD(feed_event, actor, .doc = "Account, or none for the clock"),
    FIELD(feed_event, at, .doc = "When it was recorded"),
    FIELD(feed_event, entry, .doc = "Number of its journal entry"),
};
const struct record feed_event_record = RECORD(feed_event, feed_event_fields);

enum { LEASE_MS = 10000 };

bool feed_add(struct db_conn *c, const struct feed_event *x, struct err *e)
{
    if (db_conn_engine(c) == DB_SQLITE)
        return db_exec(c, e, NULL,
            SQL("INSERT INTO feed (seq, home, matter, kind, subject, actor, at, entry)"
                " SELECT COALESCE(MAX(seq), 0) + 1, $1, $2, $3, $4, $5, $6, $7 FROM feed"),
            V(x->home), V(x->matter), V(x->kind), V(x->subject), V(x->actor), V(x->at),
            V(x->entry));
    return db_post(c, e,
        SQL("INSERT INTO feed_pending (id, added_us, home, matter, kind, subject, actor, at, entry)"
            " VALUES ($1, CAST(EXTRACT(EPOCH FROM clock_timestamp()) * 1000000 AS BIGINT),"
            " $2, $3, $4, $5, $6, $7, $8)"),
        V(id_make()), V(x->home), V(x->matter), V(x->kind), V(x->subject), V(x->actor), V(x->at),
        V(x->entry));
}

bool feed_after(struct db_conn *c, struct arena *a, int64_t seq, int64_t limit, struct list *out,
                struct err *e)
{
    return db_all(c, e, a, &feed_event_record, out,
        SQL("SELECT seq, home, matter, kind, subject, actor, at, entry FROM feed"
            " WHERE seq > $1 ORDER BY seq LIMIT $2"),
        V(seq), V(MIN(limit, (int64_t)DB_ROWS_MAX)));
}

bool feed_last(struct db_conn *c, int64_t *seq, struct err *e)
{
    return db_int(c, e, seq, SQL("SELECT COALESCE(MAX(seq), 0) FROM feed"));
}

bool feed_cursor_get(struct db_conn *c, struct str name, int64_t *seq, struct err *e)
{
    int64_t at = 0;
    if (!db_int(c, e, &at, SQL("SELECT seq FROM feed_cursor WHERE name = $1"), V(name)))
        return false;
    *seq = at;
    return true;
}

bool feed_cursor_move(struct db_conn *c, struct str name, int64_t from, int64_t to, struct err *e)
{
    int64_t changed = 0;
    if (from == 0) {
        if (!db_exec(c, e, NULL, SQL("INSERT INTO feed_cursor (name, seq) VALUES ($1, 0)"
                                     " ON CONFLICT (name) DO NOTHING"), V(name)))
            return false;
    }
    if (!db_exec(c, e, &changed, 
                 SQL("UPDATE feed_cursor SET seq = $3 WHERE name = $1 AND seq = $2"),
                 V(name), V(from), V(to)))
        return false;
    return changed == 1 || err_set(e, ERR_CONFLICT);
}

/* The lease's row stays locked until the commit, so the last number read here
 * is the last one there is. */
bool feed_sequence(struct db_conn *c, struct str holder, int64_t limit, int64_t *moved,
                   struct err *e)
{
    bool mine = false;
    int64_t last = 0;
    *moved = 0;
    if (db_conn_engine(c) == DB_SQLITE)
        return true;
    if (!lease_take(c, STR("feed"), holder, LEASE_MS, &mine, e))
        return false;
    if (!mine)
        return true;
    return feed_last(c, &last, e)
        && db_exec(c, e, moved,
            SQL("WITH gone AS (DELETE FROM feed_pending WHERE id IN"
                " (SELECT id FROM feed_pending ORDER BY added_us, id LIMIT $2)"
                " RETURNING id, added_us, home, matter, kind, subject, actor, at, entry)"
                " INSERT INTO feed (seq, home, matter, kind, subject, actor, at, entry)"
                " SELECT $1 + ROW_NUMBER() OVER (ORDER BY added_us, id),"
                " home, matter, kind, subject, actor, at, entry FROM gone"),
            V(last), V(limit));
}
