/* committee.h - whether a mediation committee 人民调解委员会 is made up as the law
 * wants (人民调解法 8, 9): 3 to 9 members, one head, a woman among them, terms of
 * three years. It reports with reasons; it blocks nothing. Article 8's member of a
 * minority people is left to the committee: nobody's 民族 is stored here. */
#ifndef PLACE_COMMITTEE_H
#define PLACE_COMMITTEE_H
#include "place/place.h"

struct committee {
    struct id org;
    struct str name, area_name;
    int64_t members, heads, women;       /* members: the heads among them */
    int64_t longest_term;               /* days from valid_from to valid_to */
    int64_t open_terms;                 /* members whose term has no end written down */
    struct day term_ends;               /* the first to end; none when none is written down */
    bool fits;
    struct strs reasons;                /* why not, and what comes soon, in the reader's language */
};
extern const struct record committee_record;

/* How many members the law wants, how long a term may be and when its end is said to
 * come soon (rules/numbers.csv). */
struct committee_law { int64_t least, most, term_days, soon_days; };
/* Fills fits and reasons from the rest, on r->now's day. */
void committee_judge(const struct req *r, const struct committee_law *law, struct committee *x);

extern const struct route_table committee_table;
#endif
