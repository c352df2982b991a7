/* host.h - the real program on data of its own, SQLite or PostgreSQL.
 *
 * The demo city is loaded once; every story gets a copy of it (a copied folder,
 * or CREATE DATABASE … TEMPLATE) and a server of its own on a free port.
 * FENGQIAO_TEST_URL (tests/pg.sh) chooses PostgreSQL. */
#ifndef TESTS_HOST_H
#define TESTS_HOST_H
#include "base/arena.h"
#include <sys/types.h>

struct host {
    const char *program;                /* the fengqiao to test */
    const char *url;                    /* PostgreSQL's, or NULL */
    char root[64];                      /* folder of everything, removed at the end */
    char name[32];                      /* of the copy at hand */
    pid_t pid;
    unsigned port;
    int64_t days;                       /* its clock is ahead of the machine's */
    int copies;
};

/* Loads the demo data. Prints what is wrong. */
bool host_open(struct host *h, const char *program);
void host_close(struct host *h);
/* A fresh copy, nobody serving it yet. */
bool host_copy(struct host *h);
/* The copy's database as db_open() takes it. */
void host_url(const struct host *h, char *out, size_t size);
/* Serves the copy with more settings ("name=value"). */
bool host_start(struct host *h, const struct str *config, size_t n);
/* Stops it; false when it did not end well, or had logged a failure of its own
 * (*log gets those lines). */
bool host_stop(struct host *h, struct arena *a, struct str *log);
/* Removes the copy. */
void host_drop(struct host *h);
/* Runs a command of the program on the copy; output (both streams) into *out. */
int host_run(struct host *h, struct arena *a, struct str line, struct str *out);
#endif
