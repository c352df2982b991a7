/* city.h - a grown city being served, and who asks what of it. */
#ifndef BENCH_CITY_H
#define BENCH_CITY_H
#include "api/host.h"
#include "bench.h"
#include <stdatomic.h>

enum { IDS_MAX = 60000, SEEN_MAX = 20000, AGAIN = 200, AUTH_MAX = 512 };

/* Who takes part in a matter's life. */
enum person { CLERK, DISPATCHER, MEDIATOR, DISTRICT, OPERATOR, PERSON__COUNT };

struct city {
    struct host h;
    struct arena a;
    struct target target;
    char auth[PERSON__COUNT][AUTH_MAX];
    char url[256];                      /* of its database */
    char body[24], month[24];           /* the committee that mediates; the last closed month */
    int64_t ids[SEEN_MAX];              /* what the clerk may see, the newest first */
    int64_t ids_n, seen;                /* … and of these already looked at */
    int64_t made[IDS_MAX];              /* what was filed, to be accepted */
    atomic_llong made_n;
};

/* ask.c: one request each; ctx is the city. */
bool ask_create(struct load *x, void *ctx, int64_t i);
bool ask_accept(struct load *x, void *ctx, int64_t i);
bool ask_again(struct load *x, void *ctx, int64_t i);
bool ask_anew(struct load *x, void *ctx, int64_t i);    /* past what is kept */
bool ask_first(struct load *x, void *ctx, int64_t i);
bool ask_list(struct load *x, void *ctx, int64_t i);
bool ask_newest(struct load *x, void *ctx, int64_t i);
bool ask_badges(struct load *x, void *ctx, int64_t i);
bool ask_search(struct load *x, void *ctx, int64_t i);
bool ask_doubles(struct load *x, void *ctx, int64_t i);
bool ask_form(struct load *x, void *ctx, int64_t i);
bool ask_root(struct load *x, void *ctx, int64_t i);

/* life.c: a dispute from the counter to its closing, by three people, eight requests. */
enum { LIFE_STEPS = 8 };
extern const char *const life_names[LIFE_STEPS];
/* after, when given, sees each step's answer. */
bool life(struct load *x, const struct city *c,
          void (*after)(void *ctx, int step, const struct load *x), void *ctx);
bool ask_life(struct load *x, void *ctx, int64_t i);

/* city.c: serving it. */
bool city_serve(struct city *c, bool probe, double *start_s);
bool city_stop(struct city *c);
/* What its writer has done since it was started. */
struct writer { int64_t jobs, groups; };
bool city_writer(const struct city *c, struct writer *out);
/* Everybody signed in, ids, body and month found. */
bool city_enter(struct city *c);
#endif
