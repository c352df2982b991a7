/* attempt.h - an attempt 联系记录: a dated try to reach a party, with what came of
 * it, and the party's own answers. Rows are only added. Whether somebody counts as
 * not reached is computed from them by rules/numbers.csv, never clicked. */
#ifndef MATTER_ATTEMPT_H
#define MATTER_ATTEMPT_H
#include "matter/party.h"

struct attempt {
    struct id id, party;
    struct str party_name;
    int64_t round;
    struct stamp at, recorded_at;
    unsigned channel;
    bool reached;
    unsigned answer;                    /* none, yes, no */
    struct str note;
    bool own;                           /* written by the party itself */
    struct id author;
    struct str author_name;
};
extern const struct record attempt_record;

/* Adds x (party, at, channel, reached, answer, note, own) in the matter's round.
 * ERR_TOO_MANY when the round has 200 already. */
bool attempt_put(struct req *r, const struct matter *m, const struct attempt *x,
                 struct err *e) MUST_CHECK;
/* The attempts of a round, of all rounds for 0, oldest first. */
bool attempt_list(struct req *r, struct id matter, int64_t round, struct list *out,
                  struct err *e) MUST_CHECK;

/* What a party's attempts since a moment come to. */
struct tries {
    int64_t n, channels, days;
    bool reached;
    unsigned answer;                    /* the last one given */
    struct stamp answered_at;
    bool own;                           /* by the party itself */
    struct id author;                   /* who wrote the last answer down */
    bool enough;                        /* to count as not reached, if no answer came */
};
struct tries attempt_tries(const struct req *r, struct list attempts, struct id party,
                           struct stamp since);
/* "谢秉谦（已联系 1 次…）" in both languages, as an error's argument. */
struct str attempt_told(const struct req *r, struct str name, const struct tries *t);
#endif
