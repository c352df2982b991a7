/* app.h - what lives as long as the process, handed to every request. */
#ifndef APP_APP_H
#define APP_APP_H
#include "app/config.h"
#include "app/who.h"
#include "crypt/secret.h"
#include "http/asset.h"
#include "http/server.h"
#include <stdatomic.h>

struct background;                      /* app/background.h */
struct feed_sequencer;                  /* db/feed.h */
struct job_kind;
struct press;
struct codebook;                        /* app/codebook.h: codes, calendars, limits in memory */

/* Folders packed into the program. */
struct embedded { const struct asset *v; size_t n; };

struct app {
    struct config config;
    struct embedded sql, rules, demo;   /* set before app_open */
    struct db *db;
    struct keys keys;
    struct secrets secrets;             /* how secret fields are sealed */
    char local_key[32];                 /* of this process; finds what its memory keeps */
    /* NULL in tools; atomic because commits on other threads wake them. */
    _Atomic(struct http_server *) http;
    _Atomic(struct background *) background;
    struct background *worker;          /* runs jobs */
    struct background *sender;          /* sends messages */
    _Atomic(struct feed_sequencer *) sequencer;
    struct codebook *codes;
    struct press *press;                /* doc/press.h: papers as PDF */
    struct id home;                     /* the city's area id; none before one is chosen */
    const struct route_table *routes;
    size_t routes_n;
    struct { const struct job_kind *v; size_t n; } jobs;    /* app/job.h */
    struct stamp started_at;
    struct str holder;                  /* this process, in leases */
    unsigned node;                      /* of its ids, under a lease */
    _Atomic int64_t node_until, node_until_us;  /* ids are made till then, by both clocks */
    atomic_bool node_asked;             /* somebody asks for a node just now */
    int64_t last_step;                  /* of the schema, as this program knows it */
    atomic_bool too_old;                /* a newer program has gone further */
    struct arena *a;                    /* process lifetime */
};

/* Makes the data directory and the key file where there are none, opens the
 * database, migrates it, loads the code book. What it opened is closed by
 * app_close, also after a failure. */
bool app_open(struct app *app, struct arena *a, struct err *e) MUST_CHECK;
void app_close(struct app *app);
/* A path inside the data directory. */
const char *app_path(const struct app *app, struct arena *a, const char *name);
/* Whether this process still has the node its ids are made with. ERR_NODE_LOST: it slept
 * or could not reach the database for too long, and another may have the node now. */
bool app_has_node(const struct app *app, struct err *e) MUST_CHECK;
/* A chore: prolongs the lease of the node in time, takes another where it was lost. */
bool app_keep_node(struct app *app, bool *more, struct err *e) MUST_CHECK;
/* A chore: looks whether a newer program, beside this one, has migrated the database. Then it
 * is too old to write to it, and asks itself to stop (SIGTERM). */
bool app_keep_step(struct app *app, bool *more, struct err *e) MUST_CHECK;
/* Reads app->home again after it was chosen (area import, demo). */
bool app_find_home(struct app *app, struct err *e) MUST_CHECK;

/* A setting of this installation; *out stays when there is none. */
bool setting_get(struct db_conn *c, struct arena *a, struct str name, struct str *out,
                 struct err *e) MUST_CHECK;
bool setting_put(struct db_conn *c, struct str name, struct str value, struct err *e) MUST_CHECK;

/* A request that no client sent: for tools, imports and background jobs. r->who
 * is the clock (account 0) with the home's sight, unless who says another. */
void app_request(struct app *app, struct arena *a, const struct who *who, struct req *out);
/* Runs fn(r, ctx) as one write job with such a request, waiting. fn may run again. A lost
 * node is first replaced by another. */
bool app_write(struct app *app, struct req *r, bool (*fn)(struct req *r, void *ctx, struct err *e),
               void *ctx, struct err *e) MUST_CHECK;
bool app_read(struct app *app, struct req *r, bool (*fn)(struct req *r, void *ctx, struct err *e),
              void *ctx, struct err *e) MUST_CHECK;
#endif
