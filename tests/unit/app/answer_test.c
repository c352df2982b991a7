/* An answer is given again only to whom it was given, made from the same, in time. */
#include "app/answer.h"
#include "app/codebook.h"
#include "app/memo.h"
#include "unit/people/world.h"

static struct world w;

/* What is asked, and what the question is made of; body is what would be encoded. */
struct question {
    struct str target, body;
    struct id session;
    int64_t from[2];
    bool no_cache;
    struct stamp until;
    bool found;
    struct str kept;
    bool (*looks)(struct req *r, struct err *e);
    int64_t version;
};

static bool ask(struct req *r, void *ctx, struct err *e)
{
    struct question *q = ctx;
    struct who who = { .account = { 5 }, .session = q->session, .home = { HOME } };
    r->who = &who;
    r->target = q->target;
    r->no_cache = q->no_cache;
    r->kept = STR_NONE;
    r->keep = NULL;
    if (!answer_kept(r, q->from, COUNT(q->from), &q->found, e))
        return false;
    q->kept = arena_dup(&w.a, r->kept);
    if (q->until.ms)
        answer_until(r, q->until);
    if (r->keep)
        answer_keep(r, q->body);
    r->who = NULL;
    return true;
}

/* Asked until the connection that answers is one that was asked before. */
static bool finds(struct question q)
{
    for (int i = 0; i < 40; i++) {
        struct question now = q;
        OK_INT(world_read(&w, ask, &now), ERR_OK);
        if (now.found)
            return str_eq(now.kept, q.body);
    }
    return false;
}

/* Never, however often and whoever answers. The body is another one, so that what is
 * found would be seen to be wrong. */
static bool never_finds(struct question q)
{
    q.body = STR("other");
    for (int i = 0; i < 10; i++) {
        struct question now = q;
        OK_INT(world_read(&w, ask, &now), ERR_OK);
        if (now.found && !str_is(now.kept, "other"))
            return false;
    }
    return true;
}

/* As the dispatcher asks: who, then whether nothing has changed, then the numbers. */
static bool ask_twice(struct req *r, void *ctx, struct err *e)
{
    struct question *q = ctx;
    struct who who = { .account = { 5 }, .session = q->session, .home = { HOME } };
    int64_t people, names;
    r->who = &who;
    r->target = q->target;
    r->no_cache = q->no_cache;
    r->then_write = q->looks;
    bool kept, ok = memo_epochs(r, &people, &names, e);
    q->found = ok && answer_again(r);
    if (q->found) {
        q->kept = arena_dup(&w.a, r->kept);
        q->version = r->version;
    } else {
        r->version = 7;
        ok = ok && answer_kept(r, q->from, COUNT(q->from), &kept, e);
    }
    answer_keep(r, q->body);
    r->who = NULL;
    r->then_write = NULL;
    return ok;
}

static bool finds_again(struct question q)
{
    for (int i = 0; i < 40; i++) {
        struct question now = q;
        OK_INT(world_read(&w, ask_twice, &now), ERR_OK);
        if (now.found)
            return str_eq(now.kept, q.body) && now.version == 7;
    }
    return false;
}

static bool look_first(struct req *r UNUSED, struct err *e UNUSED) { return true; }

/* Nothing that any of the numbers tells. */
static bool set_aside(void *ctx UNUSED, struct db_conn *c, struct err *e)
{
    return db_exec(c, e, NULL, SQL("INSERT INTO counter (home, name, value)"
                   " VALUES (1, 'aside', 1)"));
}

static bool changes_are_seen(struct question q)
{
    struct err e = { 0 };
    struct question now = q;
    MUST(write_do(w.app.db, set_aside, NULL, &e), &e);
    OK_INT(world_read(&w, ask_twice, &now), ERR_OK);
    return !now.found;
}

static void test_again(void)
{
    struct question q = { .target = STR("/again"), .body = STR("again"), .session = { 9 },
                          .from = { 1, 2 } }, x;
    if (db_engine_of(w.app.db) != DB_SQLITE) {
        OK(!finds_again(q));            /* there the numbers are always asked */
        return;
    }
    OK(finds_again(q));
    OK(changes_are_seen(q));
    OK(finds_again(q));
    x = q, x.no_cache = true;
    OK(!finds_again(x));
    x = q, x.session.v = 10, x.body = STR("another's");
    OK(finds_again(x));
    OK(finds_again(q));
    w.now.ms += STAMP_MINUTE;
    x = q, x.looks = look_first;        /* its row is still to be written */
    OK(!finds_again(x));
    OK(finds_again(q));
}

static bool rename_body(void *ctx, struct db_conn *c, struct err *e)
{
    (void)ctx;
    return db_exec(c, e, NULL, SQL("UPDATE org SET name = 'New' WHERE id = $1"),
                   V((int64_t)CENTRE));
}

int main(void)
{
    struct err e = { 0 };
    world_open(&w);
    w.now = (struct stamp){ STAMP_MINUTE * 1000 + 5 };
    MUST(codebook_load(&w.app, &e), &e);
    struct question q = { STR("/a?b"), STR("body"), { 9 }, { 1, 2 }, false, { 0 }, false,
                          STR_NONE }, x;
    OK(finds(q));
    x = q, x.from[1] = 3;
    OK(never_finds(x));
    q.target = STR("/c"), q.body = STR("c");
    OK(finds(q));
    x = q, x.session.v = 10;
    OK(never_finds(x));
    x = q, x.target = STR("/c?");
    OK(never_finds(x));
    x = q, x.no_cache = true, x.body = STR("never looked for");
    OK_INT(world_read(&w, ask, &x), ERR_OK);
    OK(!x.found);

    test_again();

    /* it ends with the minute */
    q.target = STR("/minute"), q.body = STR("minute");
    OK(finds(q));
    w.now.ms += STAMP_MINUTE;
    OK(never_finds(q));
    /* or earlier */
    q.target = STR("/early"), q.body = STR("early"), q.until.ms = w.now.ms + 10;
    OK(finds(q));
    w.now.ms += 10;
    OK(never_finds(q));
    q.until.ms = 0;

    /* a big one is not kept; many are, and then all of them forgotten, not misread */
    char *big = arena_alloc(&w.a, 40 << 10);
    memset(big, 'x', 40 << 10);
    x = q, x.target = STR("/big"), x.body = (struct str){ big, 40 << 10 };
    OK(!finds(x));
    bool right = true;
    for (int i = 0; i < 600; i++) {
        x.target = arena_printf(&w.a, "/many/%d", i);
        x.body = (struct str){ big + i, (size_t)(20 << 10) };
        big[i] = (char)('a' + i % 26);
        right = finds(x) && right;
    }
    OK(right);
    /* a change of who people are or how they are called ends all */
    q.target = STR("/epoch"), q.body = STR("epoch");
    OK(finds(q));
    MUST(write_do(w.app.db, rename_body, NULL, &e), &e);
    OK(never_finds(q));
    world_close(&w);
    return tap_end();
}
