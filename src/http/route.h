/* route.h - what the program answers to, as tables.
 *
 * A row is the whole policy of an address: permission, transaction, limits,
 * records in and out. A forgotten column is the safe value: perm 0 denies
 * everybody. Handlers are small: no JSON, no SQL text, no HTTP status. */
#ifndef HTTP_ROUTE_H
#define HTTP_ROUTE_H
#include "db/db.h"

struct who;                             /* app's: the account behind a request */
struct app;                             /* app's: what lives as long as the process */
struct route;

enum route_mode { ROUTE_PLAIN, ROUTE_READ, ROUTE_WRITE };
enum route_body { BODY_NONE, BODY_JSON, BODY_FILE };   /* FILE: form-data or raw, spooled */
enum route_reply {
    REPLY_ONE,                          /* 200 and one record (201 when r->location is set) */
    REPLY_LIST,                         /* {"items": […], "next": …}; out is struct list */
    REPLY_NONE,                         /* 204 */
    REPLY_TEXT,                         /* r->text with r->media */
    REPLY_FILE,                         /* r->file, streamed, with range requests */
    REPLY_STREAM                        /* server-sent events from the feed */
};
enum route_rate { RATE_NORMAL, RATE_LOGIN, RATE_CODE, RATE_FILE, RATE_SEARCH, RATE_HEAVY,
                  RATE__COUNT };
enum { SITE_DESK = 1, SITE_DOOR = 2, SITE_BOTH = 3 };
enum { REQ_PARAMS = 3 };

/* A body part kept in a spool file, sniffed by nobody yet. The file is removed
 * when the request ends: rename it away to keep it. */
struct upload { struct str name, media; const char *path; int64_t size; };

/* One request, from its head to its answer. */
struct req {
    struct arena *a;
    struct app *app;
    const struct route *route;
    const struct who *who;              /* NULL: a guest */
    struct db_conn *c;                  /* only inside apply (and authenticate) */
    enum lang lang;
    unsigned site;                      /* the listener's */
    struct stamp now;                   /* one instant for the whole request */
    struct str id;                      /* request id, in the log and in problem+json */
    struct str remote, agent;           /* client address, User-Agent (cut) */
    struct str cookie, bearer, csrf;    /* credentials as sent (cookie: the whole header) */
    struct id account;                  /* set by authenticate: whose limits count */
    struct str param[REQ_PARAMS];       /* {…} of the path, percent-decoded */
    struct str cursor;                  /* ?after= of a list */
    int64_t limit;                      /* ?limit=, 1…100, 20 when not sent */
    const void *query;                  /* route->query's struct */
    struct str if_match, if_none_match, idempotency_key, last_event;
    struct str target;                  /* path and query as sent */
    bool no_cache;                      /* "Cache-Control: no-cache" was sent */
    struct str body_hash;               /* hex digest of the body when a key was sent */
    struct { struct upload v[8]; size_t n; } uploads;
    /* the answer's side, set by apply */
    int64_t version;                    /* ETag "v<version>" when > 0 */
    struct str location, next;          /* Location; cursor of the next page */
    struct str set_cookie[2];           /* "name=value; Path=/; …"; the server adds Secure */
    struct str text, media;             /* REPLY_TEXT; file.name: what to save it as */
    struct { const char *path; struct str name, media; bool attachment; } file;
    struct sight sight;                 /* for encoding out */
    struct str kept;                    /* the encoded answer, when apply knows it already */
    void *keep;                         /* app's: what it knows of keeping this answer */
    bool clocked;                       /* time alone changes it: never 304, kept nowhere */
    bool no_store;                      /* also: never compressed (it holds a secret) */
    unsigned retry_after;               /* seconds, with a 429 or 503 */
    /* A short write that must be committed before the answer (the first look's
     * access row); NULL for none. Runs in its own write job. */
    bool (*then_write)(struct req *r, struct err *e);
    void *then;
};

struct route {
    const char *method, *path;          /* "POST", "/api/v1/matters/{id}/actions/{action}" */
    unsigned perm;                      /* app's enumeration; 0 denies */
    enum route_mode mode;
    /* Outside any transaction: hashing, encryption, files, outside calls. slow
     * runs it on the small slow pool. May be NULL. */
    bool (*prepare)(struct req *r, void *in, struct err *e);
    bool slow;
    /* In the transaction (or none for PLAIN); repeatable: out is zeroed before each
     * run; nothing after a database error. */
    bool (*apply)(struct req *r, const void *in, void *out, struct err *e);
    const struct record *in, *query, *out;
    enum route_body body;
    enum route_reply reply;
    enum route_rate rate;
    unsigned sites;                     /* 0 means SITE_DESK only */
    int64_t body_max;                   /* bytes; 0: 64 KiB for JSON, 50 MiB for files */
    const char *doc;                    /* English sentence for OpenAPI and `routes` */
};
struct route_table { const char *noun; const struct route *v; size_t n; };
#define ROUTES(noun, table) { noun, table, COUNT(table) }

/* Path parameter i as an id; ERR_NOT_FOUND when it is none (an address that
 * cannot exist). */
bool req_id(const struct req *r, size_t i, struct id *out, struct err *e) MUST_CHECK;
/* The version sent in If-Match must be version: ERR_NEED_VERSION, ERR_PRECONDITION. */
bool req_match(const struct req *r, int64_t version, struct err *e) MUST_CHECK;

/* The value of one cookie, empty when it was not sent. */
struct str req_cookie(const struct req *r, const char *name);

/* The tables as a tree of path segments, made once; lives in a. A literal segment
 * wins over a parameter; literals compare byte by byte, undecoded. */
struct route_trie;
struct route_trie *route_trie_make(struct arena *a, const struct route_table *tables, size_t n);
/* The route for method (HEAD finds GET) and path (raw, without the query); param
 * gets the decoded {…} in a. ERR_NO_ROUTE also for whatever is no address (bad
 * escape, control characters, "..", an empty segment); ERR_BAD_METHOD. */
const struct route *route_trie_find(const struct route_trie *t, unsigned site, struct str method,
                                    struct str path, struct arena *a,
                                    struct str param[REQ_PARAMS], struct err *e);
/* "GET, HEAD, POST": what the address takes on this site; empty for no address. */
void route_trie_allow(const struct route_trie *t, unsigned site, struct str path, struct buf *b);

/* As route_trie_find, for tools and tests: makes the tree first. */
const struct route *route_find(const struct route_table *tables, size_t n, unsigned site,
                               struct str method, struct str path, struct arena *a,
                               struct str param[REQ_PARAMS], struct err *e);
/* Every row is whole: method known, path well formed, unique, perm, doc, apply,
 * reply schema where one is due, mode fits. */
bool route_check(const struct route_table *tables, size_t n, struct err *e) MUST_CHECK;
/* The OpenAPI 3.1 document of the tables; perm names for x-permission. */
void route_openapi(const struct route_table *tables, size_t n, const struct names *perms,
                   const char *version, struct buf *b);
void route_list(const struct route_table *tables, size_t n, const struct names *perms,
                struct buf *b);
#endif
