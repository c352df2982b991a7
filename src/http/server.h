/* server.h - the HTTP server: listeners, dispatcher, streams, limits.
 *
 * libmicrohttpd's epoll pool reads requests; the dispatcher walks each through
 * its stages (route → authenticate → decode → prepare → apply → answer) and
 * parks the connection while a job is on a database thread. Nobody is answered
 * before the commit. TLS and HTTP/2 end in front of us. */
#ifndef HTTP_SERVER_H
#define HTTP_SERVER_H
#include "http/route.h"

struct asset;
struct http_server;

/* Events after seq that r->who may see, as SSE text; *last gets the highest seq looked at.
 * Inside a read job. seq -1 asks for no event, only for *last = the newest there is. It may
 * stop after some hundred: it is asked again until *last stays as it was. r->a is emptied
 * between two calls. */
typedef bool http_events_fn(struct req *r, int64_t seq, struct buf *out, int64_t *last,
                            struct err *e);

/* What the dispatcher asks of the rooms right of it; every member is required. */
struct http_hooks {
    struct app *app;
    /* Fills r->who from r->cookie or r->bearer, with r->c a reader. A wrong or ended
     * credential leaves a guest; false is a failure of ours. */
    bool (*authenticate)(struct req *r, struct err *e);
    /* Permission, CSRF, site, post, password state. */
    bool (*allow)(struct req *r, struct err *e);
    /* Whether this process may write just now, at the beginning of each write. */
    bool (*may_write)(const struct req *r, struct err *e);
    /* Idempotency, inside the write's transaction. find: true and *status > 0 when
     * this key was answered before (body in r->text; r->location and r->version may be
     * set too); ERR_KEY_REUSED when r->body_hash differs. keep: remembers the answer. */
    bool (*replay_find)(struct req *r, int *status, struct err *e);
    bool (*replay_keep)(struct req *r, int status, struct str body, struct err *e);
    http_events_fn *events_after;
    /* Whether this was answered before and nothing at all was committed since: then
     * r->kept is that answer, and nothing is asked. */
    bool (*answer_again)(struct req *r);
    /* Keeps the encoded answer, inside the read that made it, when r->keep is set. */
    void (*answer_keep)(struct req *r, struct str body);
    /* Requests a minute for this rate class. */
    unsigned (*rate_limit)(struct app *app, enum route_rate rate);
};

struct http_options {
    struct { const char *address; unsigned port; unsigned site; } listen[4];
    size_t listeners;
    unsigned threads;                   /* per listener; 0: cores */
    unsigned slow_threads;              /* 0: 2 */
    unsigned connections_max;           /* 0: 4096 */
    unsigned per_address_max;           /* 0: 256 */
    unsigned head_seconds;              /* a request's head and body must arrive in …; 0: 30 */
    unsigned idle_seconds;              /* 0: 60 */
    const char *spool;                  /* folder for bodies on the way in */
    bool behind_proxy;                  /* believe X-Forwarded-For */
    bool secure_cookie;
    bool probe;                         /* answers tell their cost in two headers */
    const struct route_table *tables;
    size_t tables_n;
    const struct asset *assets;         /* the front end's files (asset.h), or NULL */
    size_t assets_n;
    struct db *db;
    struct http_hooks hooks;
};

struct http_server *http_start(const struct http_options *o, struct err *e) MUST_CHECK;
/* The port really bound by listener i (0 asked the system for one). */
unsigned http_port(const struct http_server *s, size_t i);
/* The feed grew: streams look. Cheap, from any thread, until http_close. */
void http_wake(struct http_server *s);
/* Stops accepting, answers what is in flight, ends streams and threads. Clients get
 * at most so many seconds; a job in a database's or slow thread's hands is always
 * waited for. http_wake and http_metrics may still be called: whoever commits is
 * stopped next, then comes http_close. NULL is fine. */
void http_stop(struct http_server *s, unsigned seconds);
/* http_stop(s, 0) unless it was stopped, then frees. NULL is fine. */
void http_close(struct http_server *s);
/* Prometheus text of the server's counters, appended. */
void http_metrics(struct http_server *s, struct buf *b);
#endif
