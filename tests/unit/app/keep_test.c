/* Files by their content, backups that come back whole, jobs under a lease, looks
 * once a slot and answers given twice. */
#include "unit/city.h"
#include "app/access.h"
#include "app/backup.h"
#include "app/hooks.h"
#include "app/job.h"
#include "app/store.h"
#include "app/verify.h"

static struct upload spooled(const char *name, const char *body, size_t n)
{
    struct str path = text("%s/spool/%s", town.dir, name);
    FILE *f = fopen(path.p, "we");
    OK(f && fwrite(body, 1, n, f) == n);
    fclose(f);
    return (struct upload){ str_of(name), STR("image/jpeg"), path.p, (int64_t)n };
}

static const char png[] = "\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\1\0\0\0\1\x08\6\0\0\0\x1f\x15\xc4\x89";

static void test_store__refuses_what_a_browser_would_run(void)
{
    static const char exe[] = "MZ\x90\0\3\0\0\0\4\0\0\0\xff\xff\0\0\xb8\0\0\0\0\0\0\0\x40";
    static const char elf[] = "\x7f" "ELF\2\1\1\0\0\0\0\0\0\0\0\0\3\0>\0\1\0\0\0\0\0\0\0";
    static const struct { const char *body; size_t n; } rows[] = {
#define BODY(s) { s, sizeof(s) - 1 }
        BODY("<!DOCTYPE html><html><script>alert(1)</script></html>"),
        BODY("<svg xmlns=\"http://www.w3.org/2000/svg\" onload=\"alert(1)\"></svg>"),
        BODY("<?xml version=\"1.0\"?><svg xmlns=\"http://www.w3.org/2000/svg\"/>"),
        BODY("#!/bin/sh\nrm -rf /\n"), { exe, sizeof exe - 1 }, { elf, sizeof elf - 1 },
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct err e = { 0 };
        struct stored s;
        struct upload u = spooled("photo.jpg", rows[i].body, rows[i].n);
        OK(!store_take(&town.app, &town.a, &u, &s, &e));
        OK_INT(e.id, ERR_FILE_KIND);
    }
    struct err e = { 0 };
    struct stored s;
    struct upload empty = spooled("empty.jpg", "", 0);
    OK(!store_take(&town.app, &town.a, &empty, &s, &e) && e.id == ERR_BAD_FILE);
    OK(!store_is_safe_inline(STR("text/html")) && !store_is_safe_inline(STR("image/svg+xml"))
       && !store_is_safe_inline(STR("text/plain")) && store_is_safe_inline(STR("image/png")));
    OK(!store_path(&town.app, &town.a, STR("../../etc/passwd")));
    OK(!store_path(&town.app, &town.a, STR("")));
}

static struct str digest;
static void test_store__keeps_one_by_its_content(void)
{
    struct err e = { 0 };
    struct stored x, y;
    bool ok = false;
    struct upload one = spooled("a.exe", png, sizeof png - 1);
    OK(store_take(&town.app, &town.a, &one, &x, &e));
    struct upload two = spooled("b.png", png, sizeof png - 1);
    OK(store_take(&town.app, &town.a, &two, &y, &e));
    OK(str_eq(x.digest, y.digest) && str_is(x.media, "image/png"));
    OK(store_check(&town.app, &town.a, x.digest, &ok, &e) && ok);
    digest = x.digest;
}

static void test_attachment__goes_to_who_sees_the_matter(void)
{
    struct case_file c = filed(DISPATCHER, NEIGHBOURS);
    struct upload u = spooled("漏水.png", png, sizeof png - 1);
    struct str path = text("POST /api/v1/matters/%lld/attachments", (long long)c.id.v);
    struct told t = call_with(DISPATCHER, path.p, STR(""), 0, &u);
    DONE(t);
    int64_t id = ASK(SQL("SELECT id FROM attachment WHERE matter = $1"), V(c.id));
    struct str file = text("/api/v1/attachments/%lld", (long long)id);
    struct told got = get("clerk.guicheng", file);
    DONE(got);
    OK(got.r.file.path && has(str_of(got.r.file.path), digest.p) && !got.r.file.attachment);
    REFUSED(get("dispatcher.dali", file), ERR_NOT_FOUND, "");
    REFUSED(get("leader.guicheng", file), ERR_NOT_FOUND, "");
    OK_INT(ASK(SQL("SELECT COUNT(*) FROM access WHERE matter = $1 AND what = 'attachment'"),
               V(c.id)), 1);
    u = spooled("x.png", "<html><body>x</body></html>", 27);
    REFUSED(call_with(DISPATCHER, path.p, STR(""), 0, &u), ERR_FILE_KIND, "file");
    REFUSED(call_with(DISPATCHER, path.p, STR(""), 0, NULL), ERR_REQUIRED, "file");
}

static void test_access__is_one_row_a_slot(void)
{
    struct case_file c = filed(DISPATCHER, NEIGHBOURS);
    struct str page = text("/api/v1/matters/%lld", (long long)c.id.v);
    OK(get(DISPATCHER, page).r.then_write != NULL);
    OK(get(DISPATCHER, page).r.then_write == NULL);
    DONE(get("clerk.guicheng", page));
    OK_INT(ASK(SQL("SELECT COUNT(*) FROM access WHERE matter = $1"), V(c.id)), 2);
    town_now.ms += 10 * STAMP_MINUTE;
    OK(get(DISPATCHER, page).r.then_write != NULL);
    OK_INT(ASK(SQL("SELECT COUNT(*) FROM access WHERE matter = $1 AND what = 'read'"), V(c.id)), 3);
    struct told list = get(DISPATCHER, text("%s/access", page.p));
    OK(has(list.json, "区敏华"));
}

static void test_receipt__carries_a_code_anybody_can_check(void)
{
    struct case_file c = filed(DISPATCHER, NEIGHBOURS), other = filed(DISPATCHER, NEIGHBOURS);
    struct told t = get(DISPATCHER, text("/api/v1/matters/%lld/receipt", (long long)c.id.v));
    DONE(t);
    size_t at = str_find(t.json, STR("\"hash\":\""));
    struct str hash = str_sub(t.json, at + 8, 64);
    OK(has(t.json, "周玉珍") && has(t.json, "谢秉谦") && has(t.json, c.number.p) && hash.n == 64);
    struct str ask = text("/api/v1/door/verify?number=%.*s&hash=%.*s", STR_ARG(c.number),
                          STR_ARG(hash));
    OK(has(get(NULL, ask).json, "\"valid\":true"));
    OK(has(get(NULL, text("/api/v1/door/verify?number=%.*s&hash=%.*s", STR_ARG(other.number),
                          STR_ARG(hash))).json, "\"valid\":false"));
    char *p = (char *)(uintptr_t)hash.p;
    p[0] = p[0] == '0' ? '1' : '0';
    OK(has(get(NULL, text("/api/v1/door/verify?number=%.*s&hash=%.*s", STR_ARG(c.number),
                          STR_ARG(hash))).json, "\"valid\":false"));
    OK(has(get(NULL, text("/api/v1/door/verify?number=%.*s&hash=zz", STR_ARG(c.number))).json,
           "\"valid\":false"));
}

/* ---- jobs ---- */

static bool add(struct req *r, void *ctx, struct err *e)
{
    return job_add(r, STR("export"), STR("{}"), ctx, e);
}
static void test_job__is_lost_with_its_lease(void)
{
    struct job job;
    struct err e = { 0 };
    struct req r = as(DISPATCHER);
    OK(app_write(&town.app, &r, add, &job, &e));
    DO(SQL("UPDATE job SET state = 1, lease = $2, lease_until = $3 WHERE id = $1"), V(job.id),
       V(town.app.holder), V(stamp_now().ms + STAMP_HOUR));
    OK(job_progress(&town.app, &job, 1, 2, &e));
    DO(SQL("UPDATE job SET lease = 'another' WHERE id = $1"), V(job.id));
    OK(!job_progress(&town.app, &job, 2, 2, &e));
    OK_INT(e.id, ERR_CONFLICT);
    OK_INT(ASK(SQL("SELECT done FROM job WHERE id = $1"), V(job.id)), 1);
    bool more = true;
    err_clear(&e);
    OK(jobs_run(&town.app, &more, &e) && !more);        /* the other's lease holds */
    DO(SQL("UPDATE job SET lease_until = 5, tries = 3 WHERE id = $1"), V(job.id));
    OK(jobs_run(&town.app, &more, &e));
    OK_INT(ASK(SQL("SELECT state FROM job WHERE id = $1"), V(job.id)), JOB_FAILED);
}

/* ---- backup ---- */

static void flip(const char *path)
{
    FILE *f = fopen(path, "r+e");
    OK(f != NULL && fseek(f, 20, SEEK_SET) == 0);
    int c = fgetc(f);
    fseek(f, 20, SEEK_SET);
    fputc(c ^ 1, f);
    fclose(f);
}
static void test_backup__comes_back_whole_or_not_at_all(void)
{
    struct err e = { 0 };
    struct str dir = text("%s/backup", town.dir), data = text("%s/again", town.dir);
    struct config c = town.app.config;
    if (db_engine_of(town.app.db) != DB_SQLITE)
        return;                         /* pg_dump's own tests are tests/setup's */
    OK(backup_make(&town.app, dir.p, NULL, NULL, &e));
    OK(!backup_make(&town.app, dir.p, NULL, NULL, &e));
    c.data = data;
    struct str file = text("%s/files/%.2s/%s", dir.p, digest.p, digest.p);
    flip(file.p);
    err_clear(&e);
    OK(!backup_restore(&c, &town.a, dir.p, &e));
    OK(e.id == ERR_DATA && strstr(e.arg, digest.p));
    OK(access(text("%s/fengqiao.db", data.p).p, F_OK) != 0);
    flip(file.p);
    struct str manifest = text("%s/MANIFEST", dir.p), kept = text("%s/kept", dir.p);
    OK(rename(manifest.p, kept.p) == 0);
    for (int cut = 1; cut < 90; cut += 11) {            /* a list that was cut is no list */
        FILE *in = fopen(kept.p, "re"), *out = fopen(manifest.p, "we");
        char all[4096];
        size_t n = fread(all, 1, sizeof all, in);
        fwrite(all, 1, n - (size_t)cut, out);
        fclose(in);
        fclose(out);
        err_clear(&e);
        OK(!backup_restore(&c, &town.a, dir.p, &e) && e.id == ERR_DATA);
    }
    OK(rename(kept.p, manifest.p) == 0);
    err_clear(&e);
    OK(backup_restore(&c, &town.a, dir.p, &e));
    err_clear(&e);
    OK(!backup_restore(&c, &town.a, dir.p, &e));        /* never over another database */
    struct app again = { .config = c, .sql = town.app.sql, .rules = town.app.rules };
    struct verify_report v;
    again.config.database = STR("");
    again.config.keys = text("%s/keys", town.dir);
    err_clear(&e);
    OK(app_open(&again, &town.a, &e) && verify_all(&again, &v, &e));
    OK(v.findings == 0 && v.entries > 5);
    verify_report_done(&v);
    bool ok = false;
    OK(store_check(&again, &town.a, digest, &ok, &e) && ok);
    app_close(&again);
}

/* ---- the same request twice ---- */

struct replayed { struct http_hooks hooks; int status; };
static bool keep(struct req *r, void *ctx, struct err *e)
{
    struct replayed *x = ctx;
    return x->hooks.replay_keep(r, 201, STR("{\"pin\":\"123456\"}"), e);
}
static bool find(struct req *r, void *ctx, struct err *e)
{
    struct replayed *x = ctx;
    return x->hooks.replay_find(r, &x->status, e);
}
static enum err_id replay(struct replayed *x, struct req r, city_fn *fn)
{
    struct err e = { 0 };
    x->status = -1;
    return app_write(&town.app, &r, fn, x, &e) ? ERR_OK : e.id;
}
static void test_replay__gives_the_kept_answer_to_its_own_asker(void)
{
    struct replayed x = { .hooks = app_hooks(&town.app, NULL) };
    struct req r = as(DISPATCHER), other = as("clerk.guicheng");
    r.account = r.who->account;
    other.account = other.who->account;
    r.idempotency_key = other.idempotency_key = STR("key-1");
    r.body_hash = other.body_hash = STR("aa");
    OK(replay(&x, r, find) == ERR_OK && x.status == 0);
    OK(replay(&x, r, keep) == ERR_OK);
    OK(replay(&x, r, find) == ERR_OK && x.status == 201);
    OK(replay(&x, other, find) == ERR_OK && x.status == 0);
    OK_INT(ASK(SQL("SELECT COUNT(*) FROM idempotency WHERE body LIKE '%123456%'")), 0);
    r.body_hash = STR("bb");
    OK(replay(&x, r, find) == ERR_KEY_REUSED);
    r.body_hash = STR("aa");
    r.now.ms += 25 * STAMP_HOUR;
    OK(replay(&x, r, find) == ERR_OK && x.status == 0);
}

/* ---- the node of its ids ---- */

static bool own_node(struct req *r, void *ctx UNUSED, struct err *e)
{
    int64_t n = 0;
    return db_int(r->c, e, &n, SQL("SELECT COUNT(*) FROM lease WHERE name = $1 AND holder = $2"),
                  V(arena_printf(r->a, "node %u", town.app.node)), V(town.app.holder))
        && (n == 1 || err_internal(e, "no lease"));
}
static unsigned node_of_an_id(void)
{
    return (unsigned)(id_make().v >> 12 & 1023);
}
static void others_have(int64_t from, int64_t to)
{
    for (int64_t i = from; i <= to; i++)
        DO(SQL("INSERT INTO lease (name, holder, until_ms) VALUES ($1, 'other', $2)"
               " ON CONFLICT (name) DO UPDATE SET holder = 'other', until_ms = excluded.until_ms"),
           V(text("node %lld", (long long)i)), V(stamp_now().ms + STAMP_HOUR));
}

/* As after a sleep in which another process took the node over. */
static void test_node__lost_is_replaced_before_the_next_write(void)
{
    struct http_hooks hooks = app_hooks(&town.app, NULL);
    struct req r = as(DISPATCHER);
    struct err e = { 0 };
    unsigned was = town.app.node;
    bool more = true;
    OK(hooks.may_write(&r, &e));
    others_have(was, was + 1);
    town.app.node_until = 1;
    OK(!hooks.may_write(&r, &e) && e.id == ERR_NODE_LOST && err_status(e.id) == 503);
    err_clear(&e);
    OK(app_keep_node(&town.app, &more, &e) && !more);
    OK_INT(town.app.node, was + 2);
    OK_INT(node_of_an_id(), town.app.node);
    OK(hooks.may_write(&r, &e));
    others_have(was + 2, was + 2);
    town.app.node_until_us = 1;         /* seen by the other clock; a chore's write comes first */
    OK(!hooks.may_write(&r, &e));
    OK_INT(city_write(&town, own_node, NULL), ERR_OK);
    OK_INT(node_of_an_id(), was + 3);
    OK_INT(town.app.node, was + 3);
}

/* Nobody else wanted it: it goes on. In time it is only prolonged. */
static void test_node__is_prolonged(void)
{
    struct err e = { 0 };
    unsigned was = town.app.node;
    bool more;
    town.app.node_until = 1;
    OK(app_keep_node(&town.app, &more, &e));
    OK_INT(town.app.node, was);
    int64_t until = town.app.node_until;
    OK(app_keep_node(&town.app, &more, &e) && town.app.node_until == until);
    town.app.node_until = stamp_now().ms + 60000;
    OK(app_keep_node(&town.app, &more, &e));
    OK(town.app.node_until >= until && town.app.node == was);
}

/* None is free: nothing is written, until one is. */
static void test_node__waits_where_all_are_taken(void)
{
    struct err e = { 0 };
    bool more;
    others_have(0, 1023);
    town.app.node_until = 1;
    OK(!app_keep_node(&town.app, &more, &e));
    OK_INT(e.id, ERR_UNAVAILABLE);
    OK_INT(city_write(&town, own_node, NULL), ERR_UNAVAILABLE);
    struct stamp late = { stamp_now().ms + STAMP_HOUR };
    town.app.node_until = late.ms;      /* the test's own hand */
    DO(SQL("DELETE FROM lease WHERE name = 'node 77'"));
    town.app.node_until = 1;
    OK_INT(city_write(&town, own_node, NULL), ERR_OK);
    OK_INT(node_of_an_id(), 77);
}

/* Who had a node before made ids by a clock ahead of this one. Last: this program's ids
 * are ahead from then on. */
static void test_node__goes_on_from_ids_made_ahead(void)
{
    const struct db_val rows[] = {
        SQL("UPDATE post SET id = $1 WHERE id = (SELECT MIN(id) FROM post)"),
        SQL("UPDATE party SET id = $1 WHERE id = (SELECT MIN(id) FROM party)"),
        SQL("UPDATE matter SET id = $1 WHERE id = (SELECT MIN(id) FROM matter)"),
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct err e = { 0 };
        bool more;
        struct id ahead = id_floor_of((struct stamp){ stamp_now().ms + (int64_t)(i + 1) * STAMP_HOUR });
        DO(rows[i], V(ahead));
        others_have(town.app.node, town.app.node);
        OK(id_make().v < ahead.v);
        DO(SQL("DELETE FROM lease WHERE name = $1"), V(text("node %zu", 90 + i)));
        town.app.node_until = 1;
        OK(app_keep_node(&town.app, &more, &e));
        OK(id_make().v > ahead.v);
    }
}

int main(void)
{
    town_open();
    test_store__refuses_what_a_browser_would_run();
    test_store__keeps_one_by_its_content();
    test_attachment__goes_to_who_sees_the_matter();
    test_access__is_one_row_a_slot();
    test_receipt__carries_a_code_anybody_can_check();
    test_job__is_lost_with_its_lease();
    test_backup__comes_back_whole_or_not_at_all();
    test_replay__gives_the_kept_answer_to_its_own_asker();
    test_node__lost_is_replaced_before_the_next_write();
    test_node__is_prolonged();
    test_node__waits_where_all_are_taken();
    test_node__goes_on_from_ids_made_ahead();
    return town_close();
}
