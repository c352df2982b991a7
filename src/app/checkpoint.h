/* checkpoint.h - signed summaries of the feed, kept inside and outside.
 *
 * A checkpoint covers feed numbers from … to: the Merkle root over their
 * journal entries' hashes in feed order, chained to the checkpoint before and
 * signed (SM2 with SM3) by a key that is not in the database:
 *   SM3("FQC1" no from to root prev at), numbers as 8 bytes big-endian.
 * Each is also appended to the witness file as one line of blank-separated
 * fields (no from to at root prev hash signature, hex). Whoever rewrites the
 * database without the key file, or without the witness, is found by verify. */
#ifndef APP_CHECKPOINT_H
#define APP_CHECKPOINT_H
#include "app/app.h"
#include "crypt/digest.h"

struct checkpoint {
    int64_t no, feed_from, feed_to;
    struct stamp at;
    struct str root, prev, hash, signature;
};
extern const struct record checkpoint_record;

struct digest checkpoint_hash(const struct checkpoint *x);
/* One line of the witness file; parse is false for anything else. */
void checkpoint_line(const struct checkpoint *x, struct buf *b);
bool checkpoint_parse(struct str line, struct arena *a, struct checkpoint *out) MUST_CHECK;

/* The root over feed rows from … to as they are now; *n gets how many had an
 * entry. Reads in pieces. */
bool checkpoint_root(struct db_conn *c, int64_t from, int64_t to, struct digest *root, int64_t *n,
                     struct err *e) MUST_CHECK;
/* The chore: makes the next checkpoint when the feed grew, then appends to the
 * witness what it lacks. */
bool checkpoint_run(struct app *app, bool *more, struct err *e) MUST_CHECK;
const char *checkpoint_witness(const struct app *app, struct arena *a);
#endif
