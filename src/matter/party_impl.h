/* party_impl.h - what the files that write parties share. */
#ifndef MATTER_PARTY_IMPL_H
#define MATTER_PARTY_IMPL_H
#include "crypt/secret.h"
#include "matter/party_draft.h"

/* Where a secret of the party lies: what it is sealed for. */
struct secret_at party_secret(struct id party, const char *column);
/* Gives *p an id and makes its draft. */
bool party_draft(struct req *r, struct party *p, struct party_draft *out,
                 struct err *e) MUST_CHECK;
bool party_add(struct req *r, const struct matter *m, const struct party_draft *d,
               struct err *e) MUST_CHECK;
#endif
