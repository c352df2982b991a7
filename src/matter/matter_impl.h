/* matter_impl.h - what the files of this folder share: the statements. */
#ifndef MATTER_IMPL_H
#define MATTER_IMPL_H
#include "matter/matter.h"

/* Reasons of a sight row, as statements name them. */
#define SIGHT_HANDLER "4"
#define SIGHT_PARTY "5"
_Static_assert(WHY_HANDLER == 4 && WHY_PARTY == 5, "the numbers in SIGHT_HANDLER, SIGHT_PARTY");
/* A handler's own row of matter m holds as long as the body org leads. */
#define SIGHT_IN_POST(s, org) "(" s ".why <> " SIGHT_HANDLER " OR m.lead = " org ")"

/* ERR_NOT_FOUND when no sight row of r->who's body or account (at r->now) reaches it. */
bool matter_db_load(struct req *r, struct id id, struct matter *out, struct err *e) MUST_CHECK;
/* Of it only home, id, version, journal_seq and how the reader stands to it. */
bool matter_db_glance(struct req *r, struct id id, struct matter *out, struct err *e) MUST_CHECK;
/* What area and bodies of n matters are called. */
bool matter_names(struct req *r, struct matter *v, size_t n, struct err *e) MUST_CHECK;
/* Locks the row and counts its journal on: m->journal_seq, journal_head and
 * version become the new ones. ERR_CONFLICT when it is not as loaded. */
bool matter_db_lock(struct db_conn *c, struct arena *a, struct matter *m, struct err *e) MUST_CHECK;
/* Locks and counts on for an entry that changes nothing a reader saw. */
bool matter_db_count_on(struct db_conn *c, struct arena *a, struct matter *m,
                        struct err *e) MUST_CHECK;
/* Journal and version as they became, of a matter that nobody else sees yet. */
bool matter_db_advance(struct db_conn *c, const struct matter *m, struct err *e) MUST_CHECK;
bool matter_db_save(struct db_conn *c, const struct matter *m, struct err *e) MUST_CHECK;
bool matter_db_head(struct db_conn *c, const struct matter *m, struct err *e) MUST_CHECK;
bool matter_db_insert(struct db_conn *c, const struct matter *m, struct str pin,
                      struct str client_ref,
                      struct err *e) MUST_CHECK;
/* The matter this client_ref was filed as before; found false for none. */
bool matter_db_by_ref(struct db_conn *c, struct arena *a, struct id home, struct str ref,
                      struct matter *out, bool *found, struct err *e) MUST_CHECK;
/* With the stored hash of its pin. */
bool matter_db_by_number(struct req *r, struct str number, struct matter *out, struct str *pin,
                         bool *found, struct err *e) MUST_CHECK;

/* The decision that holder was lent the content of m for is waited for: as the body that
 * approves, or as the one that seconds a void. */
#define SIGHT_AWAITED(holder) \
    "(" holder " = m.approver OR (" holder " = m.reviewer AND (m.facts & 16777216) <> 0))"
_Static_assert(FACT_BIT(VOID_ABOVE) == 16777216, "the bit in SIGHT_AWAITED");

struct matter_filter {
    unsigned kind, state;               /* with + 1 in the query record: 0 means any */
    struct str type, q;
    struct id area;
    struct stamp from, to;
};
/* Keeps the rows of a page that fit: what words found is filtered afterwards, so a
 * page may be short while there is a next. */
void matter_filter_keep(const struct matter_filter *f, struct str path, struct list *list);
/* A page of envelopes the holder sees, newest first, before the given id. Looks
 * at no more than a window of candidates, so that a rare filter costs no more
 * than a common one: *next is where to go on, none at the end. */
bool matter_db_page(struct req *r, const struct matter_filter *f, struct str path, struct id before,
                    struct list *out, struct id *next, struct err *e) MUST_CHECK;
/* Those of ids whose content the holder sees now, newest first. */
bool matter_db_by_ids(struct req *r, struct id holder, const struct id *ids, size_t n,
                      struct list *out, struct err *e) MUST_CHECK;
#endif
