/* visit.h - a visit 回访 after closing, and a rating 评价: what became of it, and what a
 * party says of how it was handled.
 *
 * A visit is planned at closing by the outcomes and the rule "visit", and again by
 * each instalment or the day a visitor sets. Nobody reached: it stays to be done, until
 * the tries are enough (rules/numbers.csv). A rating is a word on the matter: it is
 * never summed by a person. */
#ifndef HANDLING_VISIT_H
#define HANDLING_VISIT_H
#include "matter/matter.h"

/* Kept in the database: append only. */
#define PERFORMANCES(X)                                                  \
    X(UNKNOWN, "unknown", "未了解", "not known") X(DONE, "done", "已履行", "performed") \
    X(PART, "part", "部分履行", "in part") X(NONE, "none", "未履行", "not performed") \
    X(NOT_DUE, "not_due", "未到期", "not due")
#define SATISFACTIONS(X)                                                 \
    X(UNSAID, "unsaid", "未表态", "not said") X(SATISFIED, "satisfied", "满意", "satisfied") \
    X(BASICALLY, "basically", "基本满意", "basically") X(NOT, "not", "不满意", "not satisfied")
#define X(id, slug, zh, en) PERFORMANCE_##id,
enum performance { PERFORMANCES(X) PERFORMANCE__COUNT };
#undef X
#define X(id, slug, zh, en) SATISFACTION_##id,
enum satisfaction { SATISFACTIONS(X) SATISFACTION__COUNT };
#undef X
extern const struct names performance_names, satisfaction_names;

struct visit_says {
    struct id party;
    bool reached;
    unsigned answer, satisfaction;
    struct str note;
};
struct visit {
    struct id id;
    int64_t round;
    struct stamp at, recorded_at;
    unsigned channel, performance;
    bool reached, rebound, lawsuit, confirmed;
    struct str help, note, author_name;
    struct day next_on;
    struct list parties;                /* of visit_party */
};
struct visit_party {
    struct id party;
    struct str party_name, note;
    bool reached;
    unsigned satisfaction;
};
extern const struct record visit_record;

/* Oldest first, with their parties. */
bool visit_list(struct req *r, struct id matter, struct list *out, struct err *e) MUST_CHECK;

extern const struct route_table visit_table, rating_table;
#endif
