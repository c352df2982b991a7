/* acceptance.h - 受理: what the intake body decides about a matter that was filed:
 * accepted, details wanted 补正, declined 不予受理; and the review 复核 of a refusal
 * by the body above. */
#ifndef MATTER_ACCEPTANCE_H
#define MATTER_ACCEPTANCE_H
#include "matter/matter.h"

struct matter_accept      { struct str type, note; };
struct matter_ask_details { struct str text; };
struct matter_add_details { struct str text; };
struct matter_go_on { struct str text; };
struct matter_decline     { struct str reason, routes, text; };
struct matter_ask_review  { struct id party; struct str grounds; };
struct matter_review      { bool upheld; struct str text; };

/* A refusal and what became of it, for papers and the page. */
struct refusal {
    struct id id;
    struct str reason, routes, text;    /* codes of decline_reason and route (by blanks) */
    struct stamp at, asked_at, decided_at;
    struct str grounds, decision;
    bool upheld;
};
extern const struct record refusal_record;
/* The matter's last refusal; found false for none. */
bool refusal_last(struct req *r, struct id matter, struct refusal *out, bool *found,
                  struct err *e) MUST_CHECK;

/* Each code of a list by blanks is a route. ERR_NO_SUCH_REF at "routes". */
bool acceptance_know_routes(struct req *r, struct str routes, struct err *e) MUST_CHECK;

extern const struct route_table acceptance_table;
#endif
