/* walk.h - many people at random: somebody is shown what he or she may do with a
 * matter, does one of these things, and fills its form with whatever fits it (or
 * nearly). Nothing here knows what an action means. */
#ifndef TESTS_WALK_H
#define TESTS_WALK_H
#include "matter/matter.h"

struct player { const char *login; struct who who; };

struct walk {
    struct app *app;
    uint64_t seed;
    struct player *players;
    size_t players_n;
    struct id *orgs;                    /* bodies of the town, to be chosen from */
    size_t orgs_n;
    struct str *numbers;                /* of the matters at hand */
    size_t numbers_n;
    struct arena a;                     /* of the matters at hand */
    int64_t tried, done, refused[ERR__COUNT];
};

/* A number below n. */
uint64_t walk_roll(struct walk *w, uint64_t n);

/* The clock goes on. */
void walk_pass(int64_t seconds);

/* What came of a call: out is the route's struct, kept until the matter's arena ends. */
struct answer { struct err e; const void *out; };
struct answer walk_call(struct walk *w, const struct player *p, struct str method,
                        struct str path, struct str body, int64_t version);

/* A form for the record, as JSON: kind and what the matter holds decide what fits.
 * willing: what moves things on (yes, all of them), else anything. */
struct str walk_form(struct walk *w, const struct record *r, const struct matter *m, bool willing);
/* The record an offered action takes. */
const struct record *walk_record(const struct matter_offer *o);
#endif
