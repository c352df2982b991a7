/* journal.h - the hash chain of a matter, and of the system (chain 0).
 *
 * An entry's hash is SM3 over its canonical bytes (version 1):
 *   "FQJ1" home chain seq action subject actor post happened recorded prev payload_hash
 * numbers as 8 bytes big-endian, action as its length (8 bytes) and bytes. The
 * payload (JSON) lies apart; only its salted hash is chained, so that erasing a
 * payload by law leaves the chain whole. */
#ifndef APP_JOURNAL_H
#define APP_JOURNAL_H
#include "crypt/digest.h"
#include "http/route.h"

struct journal_entry {
    struct id home, chain;
    int64_t seq;
    struct str action;                  /* slug */
    struct id subject, actor, post;
    struct stamp happened_at, recorded_at;
    struct str prev, payload_hash, hash;    /* 32 bytes each */
    struct raw payload;                 /* JSON; empty when erased */
    struct str salt;
    struct str actor_name;              /* joined for reading */
};
extern const struct record journal_entry_record;    /* all columns, for SQL */

/* The entry's hash from its other members. */
struct digest journal_hash(const struct journal_entry *x);
struct digest journal_payload_hash(struct str salt, struct str payload);
extern const struct str journal_first_prev;         /* 32 zero bytes */

/* Completes the entry (salt, hashes) from home, chain, seq, action, subject,
 * actor, post, happened_at, recorded_at, prev and payload; asks no database. x->hash is
 * what the chain's head becomes. */
void journal_seal(struct arena *a, struct journal_entry *x);
/* Inserts a sealed entry with its payload and its feed row. */
bool journal_put(struct db_conn *c, const struct journal_entry *x, struct err *e) MUST_CHECK;
/* Both. */
bool journal_add(struct db_conn *c, struct arena *a, struct journal_entry *x,
                 struct err *e) MUST_CHECK;
/* The system's chain: takes the next number and head itself. */
bool journal_system(struct db_conn *c, struct req *r, struct str action, struct id subject,
                    struct str payload, struct err *e) MUST_CHECK;
/* people: the home whose accounts the actors are. */
struct journal_page { int64_t after, limit; struct id reader, people; };
/* Entries of a chain after a number, oldest first, with payload and the actor's
 * name. Entries about compartments only for readers who hold or held a grant. */
bool journal_list(struct db_conn *c, struct arena *a, struct id home, struct id chain,
                  struct journal_page page, struct list *out, struct err *e) MUST_CHECK;
#endif
