/* codebook.h - the rules in memory: codes, mappings, calendars, time limits.
 *
 * Loaded from the rule tables at start and again after a rule changed; a reader
 * keeps the book it began with until its request ends, so a change never shows
 * half. Everything returned is borrowed from the book. */
#ifndef APP_CODEBOOK_H
#define APP_CODEBOOK_H
#include "app/app.h"

struct code_entry { struct str list, code, parent, zh, en; struct day valid_from, valid_to; };
/* A code that holds on day d (today's for DAY_NONE); NULL for none. */
const struct code_entry *codebook_code(const struct app *app, struct str list, struct str code,
                                       struct day d);
/* What a code of one list is in another; empty when nothing is mapped. */
struct str codebook_map(const struct app *app, struct str list, struct str code, struct str to);
/* The codes of a list that hold on d, in their order. */
struct list codebook_list(const struct app *app, struct arena *a, struct str list, struct day d);
extern const struct record code_entry_record;

/* A limit's rule, as rules/deadlines.csv has it. */
struct limit_rule { struct str id, what, zh, en; };
/* What a matter is, for choosing among competing rules. */
struct limit_case { struct str kind, type, channel, body, starts_at; struct day on; };
/* The rules that the event starts for this case: of each "what" the one that
 * wins by priority, then by how exactly it fits. At most LIMITS_MAX. */
enum { LIMITS_MAX = 16 };
size_t codebook_limits(const struct app *app, const struct limit_case *k,
                       const struct limit_rule *out[LIMITS_MAX]);
struct limit_due { struct stamp due_at, yellow_at; bool provisional; };
/* pauses: "from-to from-to …" in ms as the deadline row keeps them. org's own
 * calendar is used where it has one. */
bool codebook_due(const struct app *app, const struct limit_rule *rule, struct id org,
                  struct stamp start, struct str pauses, struct limit_due *out,
                  struct err *e) MUST_CHECK;
/* Minutes of working time between two stamps, for "left" on screen. */
int64_t codebook_working_minutes(const struct app *app, struct id org, struct stamp a, struct stamp b);

/* Reads the rule tables into a new book. */
bool codebook_load(struct app *app, struct err *e) MUST_CHECK;
void codebook_close(struct app *app);
#endif
