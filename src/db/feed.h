/* feed.h - what happened, in one order that every consumer sees alike.
 *
 * Numbers are dense (1, 2, 3 …) and given in commit order: who has read up to
 * seq has missed nothing before it. On SQLite the one writer numbers inside the
 * event's own transaction. On PostgreSQL the event is first a row of
 * feed_pending; a sequencer, one at a time by lease, sees only committed rows
 * and moves them to feed, and nobody else reads feed_pending: the order in which
 * it meets them is the order. Rows it meets together are ordered by the server's
 * clock when they were added, after the matter was locked, so the events of one
 * matter keep theirs. */
#ifndef DB_FEED_H
#define DB_FEED_H
#include "db/db.h"

struct feed_event {
    int64_t seq;                        /* given by the feed */
    struct id home, matter;
    struct str kind;                    /* slug */
    struct id subject, actor;
    struct stamp at;
    int64_t entry;                      /* number in the journal's chain */
};
extern const struct record feed_event_record;

/* Adds the event in the transaction of what it tells of. */
bool feed_add(struct db_conn *c, const struct feed_event *x, struct err *e) MUST_CHECK;
/* The events after seq, oldest first; limit is at most DB_ROWS_MAX. */
bool feed_after(struct db_conn *c, struct arena *a, int64_t seq, int64_t limit, struct list *out,
                struct err *e) MUST_CHECK;
/* The last number; 0 when nothing has happened. */
bool feed_last(struct db_conn *c, int64_t *seq, struct err *e) MUST_CHECK;

/* How far a consumer has come; 0 for one that never began. */
bool feed_cursor_get(struct db_conn *c, struct str name, int64_t *seq, struct err *e) MUST_CHECK;
/* Moves it in the transaction of what the consumer made of the events.
 * ERR_CONFLICT when it no longer stands at from: another process did the work. */
bool feed_cursor_move(struct db_conn *c, struct str name, int64_t from, int64_t to,
                      struct err *e) MUST_CHECK;

/* ---- the sequencer (PostgreSQL) ---- */

/* Inside a write job: numbers at most limit waiting events if holder has or gets
 * the lease. On SQLite nothing ever waits. */
bool feed_sequence(struct db_conn *c, struct str holder, int64_t limit, int64_t *moved,
                   struct err *e) MUST_CHECK;
/* A thread that does so, twenty times a second and when woken. On SQLite it only
 * calls moved(), when woken. moved (may be NULL) is called when there is news. */
struct feed_sequencer;
struct feed_sequencer *feed_sequencer_open(struct db *db, struct str holder,
                                           void (*moved)(void *ctx), void *ctx,
                                           struct err *e) MUST_CHECK;
/* For db_options.after_commit: never blocks. NULL is fine. */
void feed_sequencer_wake(struct feed_sequencer *q);
/* Before db_stop(). NULL is fine. */
void feed_sequencer_close(struct feed_sequencer *q);
#endif
