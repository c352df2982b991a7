/* codebook.h - the rules in memory: codes, mappings, calendars, time limits.
 *
 * Loaded from the rule tables at start and again after a rule changed. Each call
 * sees one whole book. Everything returned is borrowed and stays as it is until
 * the program ends: a change makes new rows beside the old ones (codebook_impl.h
 * says why), so what a request holds never changes under it. Calls are safe from
 * any thread and cost microseconds. */
#ifndef APP_CODEBOOK_H
#define APP_CODEBOOK_H
#include "app/app.h"

/* How much to rely on a row (docs/rules.md). Kept in the database: append only. */
#define CERTAINTIES(X)                                                                    \
    X(STATUTE, "statute", "国家法律", "national law") X(LOCAL, "local", "地方法规", "local law") \
    X(PRACTICE, "practice", "惯例", "practice")                                            \
    X(ASSUMED, "assumed", "产品缺省", "the product's default")
#define X(id, slug, zh, en) CERTAINTY_##id,
enum certainty { CERTAINTIES(X) CERTAINTY__COUNT };
#undef X
extern const struct names certainty_names;

struct code_entry {
    struct str list, code, parent, zh, en;
    struct raw extra;                   /* the list's own columns: {"kinds":"dispute request",…} */
    int64_t sort;
    struct str source;
    unsigned certainty;                 /* enum certainty */
    struct day valid_from, valid_to;    /* up to but without valid_to */
    bool edited;                        /* an administrator made or changed it */
    int64_t version;
};
extern const struct record code_entry_record;   /* as everybody sees it */

/* A code that holds on day d (today's for DAY_NONE); NULL for none. */
const struct code_entry *codebook_code(const struct app *app, struct str list, struct str code,
                                       struct day d);
/* Whether code is ancestor or lies below it today; a code is under itself. */
bool codebook_under(const struct app *app, struct str list, struct str code, struct str ancestor);
/* What a code of one list is in another today, the closest relation first; empty
 * when nothing is mapped. */
struct str codebook_map(const struct app *app, struct str list, struct str code, struct str to);
/* The codes of a list that hold on d, in their order. */
struct list codebook_list(const struct app *app, struct arena *a, struct str list, struct day d);
/* A list's own column of a code, as rules/ spells it; empty when there is none. */
struct str code_extra(const struct code_entry *x, struct arena *a, const char *column);
/* A number of rules/numbers.csv that holds today; none when there is no such row. */
int64_t codebook_number(const struct app *app, const char *code, int64_t none);
/* Such a number of days, held between 1 and ten years whatever the row says. */
int32_t codebook_days(const struct app *app, const char *code, int32_t none);

/* A limit's rule, as rules/deadlines.csv has it. */
enum rule_calendar { RULE_NATIONAL, RULE_ORG, RULE_NONE };
enum rule_ends { ENDS_OFFICE, ENDS_MIDNIGHT };
struct limit_rule {
    struct str id, rule_set, what;
    struct str kind, type, channel, body, level;    /* conditions */
    struct str starts_at, who;
    int64_t amount;
    unsigned unit;                      /* enum limit_unit */
    unsigned calendar;                  /* enum rule_calendar */
    unsigned ends;                      /* enum rule_ends */
    bool roll;
    int64_t yellow;
    unsigned yellow_unit;               /* enum limit_unit */
    int64_t extend;                     /* in unit */
    struct str extend_by, pauses;
    int64_t priority;
    struct str zh, en, source, article;
    unsigned certainty;
    struct day valid_from, valid_to;
    struct str note;
    bool edited;
    int64_t version;
};
extern const struct record limit_rule_record;

/* What a matter is, for choosing among competing rules; empty is not known. */
struct limit_case { struct str kind, type, channel, body, level, starts_at; struct day on; };
/* The rules that the event starts for this case: of each "what" the one that wins
 * by docs/rules.md, in order of "what". At most LIMITS_MAX. */
enum { LIMITS_MAX = 16 };
size_t codebook_limits(const struct app *app, const struct limit_case *k,
                       const struct limit_rule *out[LIMITS_MAX]);
/* The rule of that id that held on d (today for DAY_NONE), whether its set is on
 * or not: for a clock that runs. NULL for none. */
const struct limit_rule *codebook_rule(const struct app *app, struct str id, struct day d);
struct limit_due { struct stamp due_at, yellow_at; bool provisional; };
/* pauses: "from-to from-to …" in ms as the deadline row keeps them; a pause
 * without to (or 0) runs still. extended adds to the amount, in the rule's unit.
 * org's own calendar and hours are used where it has them and the rule says so.
 * ERR_BAD_VALUE, ERR_TOO_MANY (field "pauses"), and those of worktime_limit. */
bool codebook_due_extended(const struct app *app, const struct limit_rule *rule, struct id org,
                           struct stamp start, struct str pauses, int64_t extended,
                           struct limit_due *out, struct err *e) MUST_CHECK;
bool codebook_due(const struct app *app, const struct limit_rule *rule, struct id org,
                  struct stamp start, struct str pauses, struct limit_due *out,
                  struct err *e) MUST_CHECK;
/* Minutes of working time between two stamps, for "left" on screen; negative when
 * b is before a, 0 when either is none. */
int64_t codebook_working_minutes(const struct app *app, struct id org, struct stamp a,
                                 struct stamp b);

/* Whether the nation works on d; a half day is a working day. */
bool codebook_is_working(const struct app *app, struct day d);

/* Reads the rule tables into a new book. */
bool codebook_load(struct app *app, struct err *e) MUST_CHECK;
/* Grows with every change of the rules that this process has taken over. */
int64_t codebook_seq(const struct app *app);
/* The same on r's connection, which sees what its job committed: for
 * req.then_write of whoever changed a rule. */
bool codebook_reload(struct req *r, struct err *e) MUST_CHECK;
/* Loads again when another process changed a rule, or a new day began; *changed
 * (may be NULL) tells. One small read otherwise: for a ticker of seconds. */
bool codebook_refresh(struct app *app, bool *changed, struct err *e) MUST_CHECK;
/* To be called in the transaction of every change to a rule table. */
bool codebook_touch(struct db_conn *c, struct err *e) MUST_CHECK;
void codebook_close(struct app *app);
#endif
