/* damage.h - what somebody with the database, the witness, or both may do to them. */
#ifndef TESTS_DAMAGE_H
#define TESTS_DAMAGE_H
#include "db/db.h"

/* The matter with the longest chain, an entry in its middle, where the feed tells of it. */
struct victim {
    struct id home, chain;
    int64_t seq, last, feed, events;
    struct str number;
};
extern const struct record victim_record;
enum { WITNESS_MAX = 1 << 16 };

struct damage {
    struct arena a;
    struct victim v;
    const char *data;                   /* the data directory */
    char witness[WITNESS_MAX];             /* the witness file as it was */
};

/* A case: statements with $1 home, $2 chain, $3 seq, $4 last; then a function on
 * the database; then one on the files. */
struct damage_case {
    const char *name;
    const char *sql[8];
    bool (*forge)(struct damage *d, struct db_conn *c, struct err *e);
    bool (*spoil)(const struct damage *d);
    const char *want;                   /* {C} chain {N} number {S} seq {L} last {F} feed {E} events */
};
extern const struct damage_case damage_cases[];
extern const size_t damage_cases_n;

size_t witness_read(const struct damage *d, char *text);
bool witness_write(const struct damage *d, const char *text, size_t n);

/* forge.c: rewrite as well as one can. */
bool forge_insert(struct damage *d, struct db_conn *c, struct err *e) MUST_CHECK;
bool forge_history(struct damage *d, struct db_conn *c, struct err *e) MUST_CHECK;
bool forge_all(struct damage *d, struct db_conn *c, struct err *e) MUST_CHECK;
bool forge_with_key(struct damage *d, struct db_conn *c, struct err *e) MUST_CHECK;
/* One bit of a column of bytes. */
bool flip_prev(struct damage *d, struct db_conn *c, struct err *e) MUST_CHECK;
bool flip_payload_hash(struct damage *d, struct db_conn *c, struct err *e) MUST_CHECK;
bool flip_hash(struct damage *d, struct db_conn *c, struct err *e) MUST_CHECK;
bool flip_salt(struct damage *d, struct db_conn *c, struct err *e) MUST_CHECK;
bool flip_signature(struct damage *d, struct db_conn *c, struct err *e) MUST_CHECK;
#endif
