/* double_impl.h - what double's files share: the statements. */
#ifndef MATTER_DOUBLE_IMPL_H
#define MATTER_DOUBLE_IMPL_H
#include "crypt/secret.h"
#include "matter/double.h"

/* Under whose ids the asker sees content; twice the same where there is one. */
struct double_holders { struct id v[2]; };
struct double_holders double_holders_of(const struct who *w);

struct double_row {
    struct id matter, area;
    struct str number, title, story, type, place, owner_name;
    unsigned kind, state;
    struct stamp filed_at;
};
/* Those of ids whose content the asker may see now, without those tied to self (somebody
 * has decided on them), in no order. */
bool double_db_rows(struct req *r, struct id self, const struct id *ids, size_t n,
                    struct list *out, struct err *e) MUST_CHECK;

struct double_tie { struct id matter; unsigned role; };
/* Matters with a party of that number, the newest, at most 20. */
bool double_db_ties(struct req *r, enum blind_kind kind, int64_t hash, struct list *out,
                    struct err *e) MUST_CHECK;
#endif
