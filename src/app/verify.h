/* verify.h - is everything as it was written? Walks every chain, the feed, the
 * checkpoints and the witness, and names the spot of each thing that is not.
 *
 * Found: a changed bit, an entry deleted, inserted or moved, a tail cut, a
 * matter gone, a checkpoint changed, and a database rewritten as a whole without
 * the outside key or against the witness file. */
#ifndef APP_VERIFY_H
#define APP_VERIFY_H
#include "app/app.h"

struct verify_report {
    int64_t chains, entries, erased, events, checkpoints, findings;
    struct buf text;                    /* a line a finding, at most VERIFY_LINES */
};
enum { VERIFY_LINES = 200 };

/* Only reads. false is a failure to look (ERR_…), not a finding. */
bool verify_all(struct app *app, struct verify_report *out, struct err *e) MUST_CHECK;
void verify_report_done(struct verify_report *v);
#endif
