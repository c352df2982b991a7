/* act.h - one step of a story, played: asked, held against the description of the
 * API and against what the story wants. */
#ifndef TESTS_ACT_H
#define TESTS_ACT_H
#include "client.h"
#include "contract.h"
#include "expect.h"
#include "host.h"

struct act {
    struct arena a;
    struct host *host;
    struct contract *contract;          /* learned once, shared by all */
    struct client *client;
    struct catches caught;
    const struct str *config;           /* settings of this server, for a restart */
    size_t config_n;
    const char *folder;                 /* where "files" lies */
    int news;
};

/* Reads the description from the server unless it is known. */
bool act_learn(struct act *p, struct str *why);
/* Text with {M}, {DAY+3}, {HUGE 7000}, {NEW} filled in. */
struct str act_fill(struct act *p, struct str s);
/* Asks as the step's actor (signed in first); the answer keeps the description. */
bool act_ask(struct act *p, const struct step *s, struct answer *out, struct str *why);
/* Whether the answer is what the step wants; catches what it names. */
bool act_fits(struct act *p, const struct step *s, const struct answer *y, struct str *why);
/* The whole step, of any kind; repeated as long as it may wait. */
bool act_step(struct act *p, const struct step *s, struct str *why);
#endif
