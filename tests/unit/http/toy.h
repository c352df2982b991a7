/* toy.h - a small real server for the tests: notes behind a dozen routes, with
 * hooks that know one account. On SQLite, or on FENGQIAO_TEST_URL (tests/pg.sh). */
#ifndef TOY_H
#define TOY_H
#include "http/asset.h"
#include "http/server.h"
#include "wire.h"
#include <stdatomic.h>
#include <sys/stat.h>
#include <unistd.h>

struct who { int64_t account; };
struct app { atomic_int slow_runs, write_runs, late_begun, uploads_seen, ids; int64_t upload_bytes; char form[64]; };
struct note { struct id id; struct str text; int64_t version; };
struct kept { struct str hash, body; int64_t status; };

static const struct field note_fields[] = {
    FIELD(note, id, .doc = "Key", .flags = READONLY),
    FIELD(note, text, .doc = "What it says", .zh = "内容", .en = "Text", .flags = REQUIRED, .max = 50000),
    FIELD(note, version, .doc = "Grows", .flags = READONLY),
};
static const struct record note_record = RECORD(note, note_fields);
static const struct field kept_fields[] = {
    FIELD(kept, hash, .doc = "Of the request"), FIELD(kept, body, .doc = "Of the answer"),
    FIELD(kept, status, .doc = "Of the answer"),
};
static const struct record kept_record = RECORD(kept, kept_fields);
struct form { struct str title; };
static const struct field form_fields[] = {
    FIELD(form, title, .doc = "Title", .zh = "标题", .en = "Title", .max = 20),
};
static const struct record form_record = RECORD(form, form_fields);
struct ask { struct str word; int64_t count; };
static const struct field ask_fields[] = {
    FIELD(ask, word, .doc = "Word", .max = 10), FIELD(ask, count, .doc = "Count", .min = 1, .max = 9000),
};
static const struct record ask_record = RECORD(ask, ask_fields);

static const struct who the_account = { 7 };

static bool toy_authenticate(struct req *r, struct err *e)
{
    int64_t one = 0;
    if (!db_int(r->c, e, &one, SQL("SELECT 1")))
        return false;
    if (one == 1 && (str_is(req_cookie(r, "sid"), "good") || str_is(r->bearer, "good"))) {
        r->who = &the_account;
        r->account = (struct id){ 7 };
    }
    return true;
}

static bool toy_allow(struct req *r, struct err *e)
{
    if (r->route->perm == 1)
        return true;
    return r->who ? true : err_set(e, ERR_SIGN_IN);
}

static atomic_bool toy_lost;            /* a write finds that it may not */
static bool toy_may_write(const struct req *r UNUSED, struct err *e)
{
    return !toy_lost || err_set(e, ERR_NODE_LOST);
}

static bool toy_replay_find(struct req *r, int *status, struct err *e)
{
    struct kept k = { 0 };
    bool found;
    if (!db_maybe(r->c, e, r->a, &kept_record, &k, &found,
                  SQL("SELECT hash, body, status FROM kept WHERE key = $1"), V(r->idempotency_key)))
        return false;
    if (!found)
        return true;
    if (!str_eq(k.hash, r->body_hash))
        return err_set(e, ERR_KEY_REUSED);
    *status = (int)k.status;
    r->text = k.body;
    return true;
}

static bool toy_replay_keep(struct req *r, int status, struct str body, struct err *e)
{
    return db_exec(r->c, e, NULL, SQL("INSERT INTO kept(key, hash, body, status) VALUES ($1,$2,$3,$4)"),
                   V(r->idempotency_key), V(r->body_hash), V(body), V(status));
}

static bool toy_events_after(struct req *r, int64_t seq, struct buf *out, int64_t *last, struct err *e)
{
    struct list l = { 0 };
    if (seq < 0)
        return db_int(r->c, e, last, SQL("SELECT COALESCE(MAX(id), 0) FROM note"));
    if (!db_all(r->c, e, r->a, &note_record, &l,
                SQL("SELECT id, text, version FROM note WHERE id > $1 ORDER BY id LIMIT 3"), V(seq)))
        return false;
    for (size_t i = 0; i < l.n; i++) {
        const struct note *n = &((const struct note *)l.v)[i];
        buf_addf(out, "id: %lld\ndata: %.*s\n\n", (long long)n->id.v, STR_ARG(n->text));
        *last = n->id.v;
    }
    return true;
}

static bool toy_answer_again(struct req *r UNUSED) { return false; }

static unsigned toy_rate(struct app *app UNUSED, enum route_rate rate)
{
    return rate == RATE_LOGIN ? 3 : 0;
}

/* ---- handlers ---- */

static bool on_plain(struct req *r, const void *in UNUSED, void *out UNUSED, struct err *e UNUSED)
{
    r->text = STR("hello\n");
    r->media = STR("text/plain; charset=utf-8");
    return true;
}

static bool on_list(struct req *r, const void *in UNUSED, void *out, struct err *e)
{
    return db_all(r->c, e, r->a, &note_record, out,
                  SQL("SELECT id, text, version FROM note ORDER BY id LIMIT $1"), V(r->limit));
}

static bool on_file_note(struct req *r, const void *in, void *out, struct err *e)
{
    const struct note *n = in;
    struct note *o = out;
    struct app *app = r->app;
    int id = atomic_fetch_add(&app->ids, 1) + 1;
    atomic_fetch_add(&app->write_runs, 1);
    if (!db_one(r->c, e, r->a, &note_record, o,
                SQL("INSERT INTO note(id, text, version) VALUES ($1, $2, 1)"
                    " RETURNING id, text, version"), V(id), V(n->text)))
        return false;
    r->version = o->version;
    r->location = arena_printf(r->a, "/api/v1/notes/%lld", (long long)o->id.v);
    return true;
}

static bool on_get(struct req *r, const void *in UNUSED, void *out, struct err *e)
{
    struct note *o = out;
    struct id id;
    if (!req_id(r, 0, &id, e) ||
        !db_one(r->c, e, r->a, &note_record, o,
                SQL("SELECT id, text, version FROM note WHERE id = $1"), V(id)))
        return false;
    r->version = o->version;
    r->sight = SIGHT_ALL;
    return true;
}

static bool on_put(struct req *r, const void *in, void *out, struct err *e)
{
    const struct note *n = in;
    struct note *o = out;
    int64_t version = 0;
    struct id id;
    if (!req_id(r, 0, &id, e) ||
        !db_int(r->c, e, &version, SQL("SELECT version FROM note WHERE id = $1"), V(id)) ||
        !req_match(r, version, e))
        return false;
    if (!db_one(r->c, e, r->a, &note_record, o,
                SQL("UPDATE note SET text = $2, version = version + 1 WHERE id = $1"
                    " RETURNING id, text, version"), V(id), V(n->text)))
        return false;
    r->version = o->version;
    r->sight = SIGHT_ALL;
    return true;
}

static bool on_delete(struct req *r, const void *in UNUSED, void *out UNUSED, struct err *e)
{
    struct id id;
    return req_id(r, 0, &id, e) && db_exec(r->c, e, NULL, SQL("DELETE FROM note WHERE id = $1"), V(id));
}

static bool on_big(struct req *r, const void *in UNUSED, void *out, struct err *e UNUSED)
{
    const struct ask *q = r->query;
    struct list *l = out;
    struct note *v = arena_array(r->a, struct note, (size_t)q->count);
    for (int64_t i = 0; i < q->count; i++)
        v[i] = (struct note){ { i + 1 }, q->word.n ? q->word : STR("abc"), 1 };
    *l = (struct list){ v, (size_t)q->count };
    r->next = STR("more");
    return true;
}

static bool on_slow_prepare(struct req *r, void *in UNUSED, struct err *e UNUSED)
{
    struct app *app = r->app;
    usleep(700 * 1000);
    atomic_fetch_add(&app->slow_runs, 1);
    return true;
}

static bool on_late(struct req *r, const void *in, void *out, struct err *e)
{
    atomic_fetch_add(&r->app->late_begun, 1);
    usleep(400 * 1000);
    return on_file_note(r, in, out, e);
}

static bool on_upload(struct req *r, const void *in, void *out UNUSED, struct err *e UNUSED)
{
    struct app *app = r->app;
    const struct form *f = in;
    snprintf(app->form, sizeof app->form, "%.*s", STR_ARG(f->title));
    for (size_t i = 0; i < r->uploads.n; i++) {
        struct stat st;
        bool there = stat(r->uploads.v[i].path, &st) == 0 && st.st_size == r->uploads.v[i].size;
        atomic_fetch_add(&app->uploads_seen, there);
        app->upload_bytes += r->uploads.v[i].size;
        r->text = r->uploads.v[i].name;
    }
    return true;
}

static char toy_folder[64];

static bool on_download(struct req *r, const void *in UNUSED, void *out UNUSED, struct err *e UNUSED)
{
    r->file.path = arena_printf(r->a, "%s/file.bin", toy_folder).p;
    r->file.name = STR("证据 \"1\".html");
    r->file.media = STR("text/html");
    return true;
}

static bool toy_then(struct req *r, struct err *e)
{
    int id = atomic_fetch_add(&r->app->ids, 1) + 1;
    return db_exec(r->c, e, NULL, SQL("INSERT INTO note(id, text, version) VALUES ($1, 'looked', 1)"),
                   V(id));
}

static bool on_look(struct req *r, const void *in UNUSED, void *out UNUSED, struct err *e UNUSED)
{
    r->then_write = toy_then;
    return true;
}

static bool on_broken(struct req *r UNUSED, const void *in UNUSED, void *out UNUSED, struct err *e)
{
    return err_internal(e, "the secret detail");
}

static const struct route toy_routes[] = {
    { "GET", "/plain", 1, ROUTE_PLAIN, .apply = on_plain, .reply = REPLY_TEXT, .sites = SITE_BOTH, .doc = "Hello" },
    { "GET", "/api/v1/notes", 1, ROUTE_READ, .apply = on_list, .out = &note_record, .reply = REPLY_LIST, .doc = "List" },
    { "POST", "/api/v1/notes", 1, ROUTE_WRITE, .apply = on_file_note, .in = &note_record, .out = &note_record,
      .body = BODY_JSON, .doc = "File" },
    { "GET", "/api/v1/notes/{id}", 1, ROUTE_READ, .apply = on_get, .out = &note_record, .doc = "Read" },
    { "PUT", "/api/v1/notes/{id}", 1, ROUTE_WRITE, .apply = on_put, .in = &note_record, .out = &note_record,
      .body = BODY_JSON, .doc = "Change" },
    { "DELETE", "/api/v1/notes/{id}", 1, ROUTE_WRITE, .apply = on_delete, .reply = REPLY_NONE, .doc = "Remove" },
    { "GET", "/api/v1/big", 1, ROUTE_READ, .apply = on_big, .query = &ask_record, .out = &note_record,
      .reply = REPLY_LIST, .doc = "Many" },
    { "POST", "/api/v1/slow", 1, ROUTE_PLAIN, .prepare = on_slow_prepare, .slow = true, .apply = on_plain,
      .reply = REPLY_TEXT, .doc = "Slow" },
    { "POST", "/api/v1/late", 1, ROUTE_WRITE, .apply = on_late, .in = &note_record, .out = &note_record,
      .body = BODY_JSON, .doc = "Late" },
    { "POST", "/api/v1/files", 2, ROUTE_PLAIN, .apply = on_upload, .in = &form_record, .body = BODY_FILE,
      .reply = REPLY_TEXT, .body_max = 4 << 20, .rate = RATE_FILE, .doc = "Upload" },
    { "GET", "/api/v1/file", 1, ROUTE_READ, .apply = on_download, .reply = REPLY_FILE, .doc = "Download" },
    { "GET", "/api/v1/look", 1, ROUTE_READ, .apply = on_look, .reply = REPLY_NONE, .doc = "Look" },
    { "GET", "/api/v1/heavy", 1, ROUTE_READ, .apply = on_list, .out = &note_record, .reply = REPLY_LIST,
      .rate = RATE_HEAVY, .doc = "Heavy" },
    { "GET", "/api/v1/broken", 1, ROUTE_READ, .apply = on_broken, .reply = REPLY_NONE, .doc = "Broken" },
    { "GET", "/api/v1/secret", 2, ROUTE_READ, .apply = on_list, .out = &note_record, .reply = REPLY_LIST, .doc = "Secret" },
    { "POST", "/api/v1/login", 1, ROUTE_PLAIN, .apply = on_plain, .reply = REPLY_TEXT, .rate = RATE_LOGIN, .doc = "Sign in" },
    { "GET", "/api/v1/stream", 1, ROUTE_READ, .reply = REPLY_STREAM, .doc = "Events" },
    { "GET", "/api/v1/door", 1, ROUTE_PLAIN, .apply = on_plain, .reply = REPLY_TEXT, .sites = SITE_DOOR, .doc = "Door" },
};
static const struct route_table toy_tables[] = { ROUTES("toy", toy_routes) };

/* ---- the server ---- */

struct toy { struct db *db; struct http_server *s; struct app app; unsigned port; };

static bool toy_schema(struct db_job *job UNUSED, struct db_conn *c, struct err *e)
{
    return db_exec(c, e, NULL, SQL("DROP TABLE IF EXISTS note")) &&
           db_exec(c, e, NULL, SQL("DROP TABLE IF EXISTS kept")) &&
           db_exec(c, e, NULL, SQL("CREATE TABLE note(id BIGINT NOT NULL PRIMARY KEY,"
                                   " text TEXT NOT NULL, version BIGINT NOT NULL)")) &&
           db_exec(c, e, NULL, SQL("CREATE TABLE kept(key TEXT PRIMARY KEY, hash TEXT, body TEXT,"
                                   " status BIGINT)"));
}

static struct toy *_Atomic the_toy;
static void toy_committed(void *ctx UNUSED)
{
    struct toy *t = the_toy;
    if (t)
        http_wake(t->s);
}

static bool toy_start(struct toy *t, struct http_options o)
{
    struct err e = { 0 };
    snprintf(toy_folder, sizeof toy_folder, "/tmp/fengqiao-http-XXXXXX");
    if (!mkdtemp(toy_folder))
        return false;
    char url[200];
    const char *lent = getenv("FENGQIAO_TEST_URL");
    int n = lent ? snprintf(url, sizeof url, "%s", lent)
                 : snprintf(url, sizeof url, "sqlite:%s/db", toy_folder);
    *t = (struct toy){ 0 };
    struct db_options d = { .url = { url, (size_t)n }, .after_commit = toy_committed };
    struct db_job job = { .run = toy_schema };
    t->db = db_open(&d, &e);
    if (!t->db || !db_write_wait(t->db, &job, &e)) {
        printf("# db: %s %s\n", err_slug(e.id), e.detail);
        return false;
    }
    o.hooks = (struct http_hooks){
        .app = &t->app, .authenticate = toy_authenticate, .allow = toy_allow,
        .may_write = toy_may_write, .replay_find = toy_replay_find,
        .replay_keep = toy_replay_keep, .events_after = toy_events_after,
        .answer_again = toy_answer_again, .rate_limit = toy_rate };
    o.db = t->db;
    o.spool = toy_folder;
    o.tables = toy_tables;
    o.tables_n = COUNT(toy_tables);
    if (!o.listeners) {
        o.listeners = 1;
        o.listen[0].address = "127.0.0.1";
        o.listen[0].site = SITE_DESK;
    }
    t->s = http_start(&o, &e);
    if (!t->s)
        printf("# start: %s %s %s\n", err_slug(e.id), e.arg, e.detail);
    the_toy = t->s ? t : NULL;
    t->port = t->s ? http_port(t->s, 0) : 0;
    return t->s != NULL;
}

static size_t toy_files(void);
static void toy_stop(struct toy *t)
{
    char path[128];
    http_stop(t->s, 3);
    db_close(t->db);
    the_toy = NULL;
    http_close(t->s);
    for (const char *const *f = (const char *const[]){ "db", "db-wal", "db-shm", "file.bin", NULL }; *f; f++) {
        snprintf(path, sizeof path, "%s/%s", toy_folder, *f);
        unlink(path);
    }
    OK_INT(toy_files(), 0);             /* nothing is left in the spool */
    rmdir(toy_folder);
}

#include <dirent.h>
static size_t toy_files(void)
{
    size_t n = 0;
    DIR *d = opendir(toy_folder);
    for (struct dirent *f; d && (f = readdir(d)); )
        n += str_starts(str_of(f->d_name), STR("in-"));
    if (d)
        closedir(d);
    return n;
}
#endif
