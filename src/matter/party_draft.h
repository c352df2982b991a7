/* party_draft.h - parties on their way into the database: numbers checked, secrets sealed,
 * found again by their blind index. */
#ifndef MATTER_PARTY_DRAFT_H
#define MATTER_PARTY_DRAFT_H
#include "matter/party.h"

/* A party as it will stand in the database: its numbers checked, its secrets sealed. */
struct party_draft {
    struct party row;
    struct { bool is; int64_t hash; } blind_phone, blind_id_number;
};
/* Numbers parties from the one after on, gives them ids, and makes their drafts of them;
 * asks no database. ERR_… at "parties[i].id_number" or id_kind. */
bool party_draft_all(struct req *r, struct list parties, int64_t after, struct list *drafts,
                     struct err *e) MUST_CHECK;
/* Inserts them and their rows in the blind index. */
bool party_add_all(struct req *r, const struct matter *m, struct list drafts,
                   struct err *e) MUST_CHECK;
/* Puts a party's data right: what *p says now, where *was stood before. The blind index
 * follows. ERR_BAD_IDNUM, ERR_BAD_CREDIT_CODE. */
bool party_correct(struct req *r, const struct matter *m, const struct party *was,
                   struct party *p, struct err *e) MUST_CHECK;
#endif
