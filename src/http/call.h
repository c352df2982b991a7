/* call.h - one request on its way through the server; private to this room.
 *
 * A call lives in its connection's arena, from the request line to the last byte
 * of the answer. At any moment it is in one thread's hands: the event thread's,
 * or, while its connection is suspended ("parked"), a database or slow thread's.
 * Whoever parks it touches it no more. */
#ifndef HTTP_CALL_H
#define HTTP_CALL_H
#include "base/log.h"
#include "http/asset.h"
#include "http/keeper.h"
#include "http/link.h"
#include "http/metrics.h"
#include "http/multipart.h"
#include "http/path.h"
#include "http/rate.h"
#include "http/server.h"
#include "http/slow.h"
#include "http/stream.h"
#include <microhttpd.h>
#include <openssl/evp.h>
#include <stdatomic.h>

/* The headers we read; values live as long as the request. */
struct head {
    struct str host, length, coding, type, cookie, authorization, csrf, agent, language;
    struct str accept_coding, cache, if_match, if_none_match, key, last_event, range, if_range;
    struct str forwarded, disposition, request_id;
};

enum stage { STAGE_HEAD, STAGE_EARLY, STAGE_BODY, STAGE_LOOK, STAGE_DECODE, STAGE_PREPARE,
             STAGE_APPLY, STAGE_AFTER, STAGE_REPLY };

struct body {
    int64_t claimed, max, size;         /* Content-Length (-1: chunked), limit, bytes so far */
    struct multipart *parts;            /* multipart/form-data; NULL: raw or JSON */
    int fd;                             /* the spool file being written, or -1 */
    EVP_MD_CTX *md;                     /* when an idempotency key was sent */
    void *in;                           /* route->in's struct, for the form's fields */
    struct buf field;                   /* the form field being read */
    const struct field *field_row;      /* its row */
};

struct call {
    struct req r, fresh;                /* fresh: as it was before apply; runs start from it */
    struct http_server *s;
    struct link *link;
    struct MHD_Connection *conn;
    struct head head;
    struct str path, query;             /* raw */
    const char *method;
    bool framed;                        /* it is certain where this request ends */
    bool at_body, looked, charged;
    enum stage stage;
    struct body body;
    struct err err;
    struct db_job job;
    void *in, *out;
    int status;
    int64_t sent;                       /* bytes of the answer's body */
    bool replayed;
    int64_t began;                      /* clock_us */
    unsigned statements;
    const struct asset *asset;          /* answered from the embedded files */
    struct stream *stream;
    struct call *next;                  /* the slow pool's queue */
};

struct listener { struct http_server *s; struct MHD_Daemon *daemon; int fd; unsigned port, site; };

struct http_server {
    struct http_options o;
    struct arena a;
    struct route_trie *trie;
    struct listener listener[4];
    struct links links;
    struct slow_pool *slow;
    struct rate_table *rate;
    struct streams *streams;
    struct keeper keeper;
    struct metrics metrics;
    atomic_bool stopping;
    atomic_int parked;                  /* calls in a database or slow thread's hands */
};

/* ---- dispatch.c: libmicrohttpd's three callbacks ---- */
void *call_open(void *cls, const char *uri, struct MHD_Connection *conn);
enum MHD_Result call_access(void *cls, struct MHD_Connection *conn, const char *url,
                            const char *method, const char *version, const char *data,
                            size_t *size, void **con_cls);
void call_close(void *cls, struct MHD_Connection *conn, void **con_cls,
                enum MHD_RequestTerminationCode why);
/* Suspends the connection; then the caller hands c on. call_resume gives it back. */
void call_park(struct call *c);
void call_resume(struct call *c);

/* ---- job.c: what runs in database jobs ---- */
/* Each returns true when c was parked. */
bool look_start(struct call *c);
bool apply_start(struct call *c);
bool after_start(struct call *c);
/* Runs prepare (and a PLAIN route's apply) in the thread at hand. */
void prepare_run(struct call *c);
/* The same on a slow thread (with a SQLite read after it), then resumes. */
void prepare_slow(struct call *c);
/* Decodes route->in from the body. */
bool decode_in(struct call *c, struct err *e) MUST_CHECK;
/* Zeroed out, apply, encoding. */
bool apply_once(struct call *c, struct err *e) MUST_CHECK;
/* Queues job on the database: a write, or a read. True when parked. */
bool job_start(struct call *c, bool (*run)(struct db_job *, struct db_conn *, struct err *),
               bool write);

/* ---- head.c ---- */
/* Reads the headers into c, finds the route, refuses what can be refused now. */
bool head_read(struct call *c, const char *version, struct err *e) MUST_CHECK;
/* Takes one token from the account's or address's bucket. ERR_TOO_OFTEN. */
bool head_charge(struct call *c, struct err *e) MUST_CHECK;

/* ---- body.c ---- */
bool body_begin(struct call *c, struct err *e) MUST_CHECK;
/* Bytes of the body. After a failure they are swallowed up to a bound; false: hang up. */
bool body_feed(struct call *c, struct str bytes) MUST_CHECK;
bool body_end(struct call *c, struct err *e) MUST_CHECK;
/* Removes spool files. */
void body_done(struct call *c);

/* ---- reply.c, problem.c, file.c ---- */
/* Queues the answer (or the problem) of c. */
enum MHD_Result reply_send(struct call *c);
/* Headers that every answer carries; page: those that only a document heeds, too. */
void reply_headers(struct call *c, struct MHD_Response *m, bool page);
/* "attachment; filename=…" with the name in ASCII and in UTF-8. */
struct str file_disposition(struct arena *a, bool attachment, struct str name);
void reply_header(struct MHD_Response *m, const char *name, struct arena *a, struct str value);
/* True when the list of an If-None-Match holds tag (or is *). */
bool reply_tag_in(struct str list, struct str tag);
/* "\"v12\"", with a suffix for a sight that is not the usual one. */
struct str reply_tag(struct arena *a, int64_t version, struct sight sight);
/* problem+json of c->err. */
void problem_write(const struct call *c, struct buf *b);
/* The answer for r->file; NULL with e set. *status gets 200, 206 or 304. */
struct MHD_Response *file_response(struct call *c, int *status, struct err *e);
/* gzip of in into out; false: not smaller, or failed. */
bool gzip_pack(struct str in, struct buf *out);
#endif
