/* bench.h - measuring one kind of request, and rows straight into SQLite. */
#ifndef BENCH_H
#define BENCH_H
#include "load/load.h"

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

/* clients threads for so long. */
struct result measure(const struct kind *k, const struct target *t, unsigned clients,
                      int64_t ms);
int64_t memory_kb(int pid, const char *name);       /* of /proc/PID/status */
double cpu_seconds(int pid);

/* The rows of matter id, again and again under new keys, group to a commit, into a
 * copy of the tables and indexes of the database at path; how many a second. */
double rows_rate(const char *path, int64_t id, int group, int64_t ms);
#endif
