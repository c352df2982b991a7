/* verify_impl.h - what the two halves of verify share. */
#ifndef APP_VERIFY_IMPL_H
#define APP_VERIFY_IMPL_H
#include "app/verify.h"
#include "crypt/digest.h"

struct walk {
    struct verify_report *out;
    struct req *r;
    struct id home, chain;              /* the chain at hand */
    int64_t seq;                        /* its last entry */
    struct digest prev;                 /* and its hash, as it is written there */
    int64_t feed;                       /* last feed number */
};

/* As printf wants it. */
static inline long long num(int64_t v)
{
    return v;
}
/* Notes a finding. */
void verify_find(struct walk *w, const char *fmt, ...) PRINTF(2, 3);

/* The witness as it was before the database was looked at: lines that come later
 * tell of checkpoints this look does not see. */
struct witness { FILE *f; long end; };
void verify_witness_open(struct witness *x, const char *path);
void verify_witness_close(struct witness *x);
/* Every checkpoint against its feed, the one before, our keys and the witness. */
bool verify_checkpoints(struct walk *w, struct witness *x, struct err *e) MUST_CHECK;
#endif
