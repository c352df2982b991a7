/* bench.h - measuring one kind of request, and rows straight into SQLite. */
#ifndef BENCH_H
#define BENCH_H
#include "load/load.h"
#include <stdatomic.h>

enum { CLIENTS_MAX = 32 };

/* One kind of request; made by many threads at once, numbers are handed out once. */
struct kind {
    const char *name;
    /* Sends request number i; false: a wrong answer. */
    bool (*ask)(struct load *x, void *ctx, int64_t i);
    void *ctx;
    int64_t most;                       /* as many numbers there are; 0: no end */
};
struct result {
    double rate;                        /* a second */
    double p50_ms, p99_ms;
    double cpu_us;                      /* of the server, a request */
    int64_t done, bad;
};
struct target { unsigned port; int pid; const char *auth; };

/* One kind of request by clients threads, in turns with others: what a turn finds of the
 * machine, the next one of its rival finds as well. meter_end frees. */
struct meter {
    const struct kind *kind;
    const struct target *target;
    unsigned clients;
    atomic_llong next;                  /* the number that is handed out next */
    int64_t done, bad, us;
    double cpu;                         /* s */
    float *samples;                     /* ms */
};
void meter_run(struct meter *m, int64_t ms);
struct result meter_end(struct meter *m);
/* One turn alone. */
struct result measure(const struct kind *k, const struct target *t, unsigned clients,
                      int64_t ms);
int64_t memory_kb(int pid, const char *name);       /* of /proc/PID/status */
double cpu_seconds(int pid);

/* The rows of matter id, again and again under new keys, group to a commit, into a copy
 * of the tables and indexes of the database at path, in turns. rows_end frees and
 * removes the copy; rows a second. */
struct rows *rows_open(const char *path, int64_t id, int group);
double rows_run(struct rows *r, int64_t ms);      /* a microsecond, in this turn */
double rows_end(struct rows *r);

/* beside.c: ours and what it is held against, turn about. */
struct ceiling { struct target target; int in, out; };
/* Runs bench/ceiling until it is closed; with a matter's id it answers with that row of
 * the database at url. */
bool ceiling_open(struct ceiling *c, const char *tools, const char *url, const char *id);
void ceiling_close(struct ceiling *c);

struct beside {
    struct result ours;
    double ceiling;                     /* a second */
    double low, high;                   /* the ratio of the worst turn and of the best */
};
/* Each for so long; both meters end. */
struct beside measure_beside(struct meter *ours, struct meter *ceiling, int64_t ms);
struct beside measure_rows(struct meter *ours, struct rows *rows, int64_t ms);
#endif
