/* consent.h - a consent 同意: what a party agreed to, when and by which channel it said
 * so. Silence is none (product.md rule 1): each party asked must stand in the list. */
#ifndef MATTER_CONSENT_H
#define MATTER_CONSENT_H
#include "matter/party.h"

/* Kept in the database: append only. */
#define CONSENT_PURPOSES(X)                                              \
    X(PAUSE, "pause", "中止", "pause") X(EXTEND, "extend", "延期", "extend")
#define X(id, slug, zh, en) CONSENT_##id,
enum consent_purpose { CONSENT_PURPOSES(X) CONSENT_PURPOSE__COUNT };
#undef X
extern const struct names consent_purpose_names;

/* As it was said to who writes it down. */
struct party_consent { struct id party; struct stamp at; unsigned channel; struct str note; };
extern const struct record party_consent_record;

/* Keeps the consents to subject: of each applicant and respondent who is still in the
 * matter, and of third parties too where everybody is meant. ERR_NO_CONSENT names the
 * first that is missing; ERR_NO_SUCH_REF for a party that is not asked; ERR_OUT_OF_RANGE
 * for a time before the matter was filed or after now. */
bool consent_keep(struct req *r, const struct matter *m, enum consent_purpose purpose,
                  struct id subject, struct list consents, bool everybody,
                  struct err *e) MUST_CHECK;
extern const struct route_table consent_table;
#endif
