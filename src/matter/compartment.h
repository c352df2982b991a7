/* compartment.h - a compartment 密封区: a sealed place inside a matter for named
 * people (product.md rules 2, 4, 5). Its entries are encrypted under its own key,
 * wrapped by the server's; who may open it is a list of dated grants. Nothing of
 * it is in search, dossiers, exports or statistics: no other statement reads its
 * tables. Destroying it forgets the key.
 *
 * Looks at a safety compartment stand in the access record as "safety", which
 * only the protected party is shown. */
#ifndef MATTER_COMPARTMENT_H
#define MATTER_COMPARTMENT_H
#include "matter/matter.h"

/* Kept in the database: append only. */
#define COMPARTMENT_KINDS(X)                                                  \
    X(SAFETY, "safety", "安全", "safety")                                      \
    X(SEPARATE, "separate", "背靠背", "separate meeting")                      \
    X(OFFER, "offer", "方案", "offer")
#define X(id, slug, zh, en) COMPARTMENT_##id,
enum compartment_kind { COMPARTMENT_KINDS(X) COMPARTMENT_KIND__COUNT };
#undef X
extern const struct names compartment_kind_names;
extern const struct route_table compartment_table;
#endif
