#include "dbtest.h"
#include "db/feed.h"
#include "db/lease.h"

enum { THREADS = 8, EVENTS = 250, MATTERS = 5 };

struct world { struct db *db; struct arena a; struct list list; int64_t from,
    n; bool mine; struct str name; };
struct hand { pthread_t thread; struct world *w; int64_t no; bool bad; };

/* As a matter's write does: its row is locked first, its entry number follows. */
static bool write_one(void *ctx, struct db_conn *c, struct err *e)
{
    struct hand *h = ctx;
    int64_t matter = h->no % MATTERS + 1, entry = 0;
    if (!db_int(c, e, &entry, SQL("UPDATE matter SET seq = seq + 1 WHERE id = $1 RETURNING seq"),
        V(matter)))
        return false;
    struct feed_event x = { .home = { 9 }, .matter = { matter }, .kind = STR("matter.note"),
                            .subject = { h->no }, .actor = { 3 }, .at = stamp_now(),
                                .entry = entry };
    if (!feed_add(c, &x, e))
        return false;
    return h->no % 10 != 7 || err_set(e, ERR_WRONG_STATE);     /* some are rolled back */
}

static void *hand_main(void *arg)
{
    struct hand *h = arg;
    struct err e = { 0 };
    for (int64_t i = 0, first = h->no; i < EVENTS; i++) {
        h->no = first * EVENTS + i;
        if (write_do(h->w->db, write_one, h, &e) == (h->no % 10 == 7))
            h->bad = true;
    }
    return NULL;
}

static bool run_after(void *ctx, struct db_conn *c, struct err *e)
{
    struct world *w = ctx;
    return feed_after(c, &w->a, w->from, w->n, &w->list, e);
}
static bool run_last(void *ctx, struct db_conn *c, struct err *e) { return feed_last(c, ctx, e); }

/* A consumer that reads while all write: it never misses one. */
static int64_t follow(struct world *w, int64_t want, unsigned *wrong)
{
    int64_t seen = 0, entries[MATTERS + 1] = { 0 }, began = clock_us();
    struct err e = { 0 };
    while (seen < want && clock_us() - began < 60000000) {
        w->from = seen;
        w->n = 97;
        MUST(read_do(w->db, run_after, w, &e), &e);
        struct feed_event *x = w->list.v;
        for (size_t i = 0; i < w->list.n; i++, seen++) {
            *wrong += x[i].seq != seen + 1 || x[i].entry != entries[x[i].matter.v] + 1
                || x[i].home.v != 9 || !str_is(x[i].kind, "matter.note")
                    || x[i].subject.v % 10 == 7;
            entries[x[i].matter.v] = x[i].entry;
        }
        if (w->list.n == 0)
            usleep(2000);
        arena_clear(&w->a);
    }
    return seen;
}

static _Atomic int64_t news;
static void moved(void *ctx) { (void)ctx; news++; }
static struct feed_sequencer *_Atomic sequencers[2];
static void wake(void *ctx) { (void)ctx; feed_sequencer_wake(sequencers[0]); }

static bool run_move(void *ctx, struct db_conn *c, struct err *e)
{
    const int64_t *at = ctx;
    return feed_cursor_move(c, STR("search"), at[0], at[1], e);
}
static bool run_get(void *ctx, struct db_conn *c, struct err *e)
{
    return feed_cursor_get(c, STR("search"), ctx, e);
}

static void test_cursor(struct db *db)
{
    struct err e = { 0 };
    int64_t at = 99;
    OK(read_do(db, run_get, &at, &e) && at == 0);
    OK(write_do(db, run_move, (int64_t[]){ 0, 5 }, &e));
    OK(write_do(db, run_move, (int64_t[]){ 5, 9 }, &e));
    OK(!write_do(db, run_move, (int64_t[]){ 5, 12 }, &e) && e.id == ERR_CONFLICT);
    OK(!write_do(db, run_move, (int64_t[]){ 0, 12 }, &e) && e.id == ERR_CONFLICT);
    OK(read_do(db, run_get, &at, &e) && at == 9);
}

struct take { struct str holder; int64_t ms; bool mine; unsigned node; };
static bool run_take(void *ctx, struct db_conn *c, struct err *e)
{
    struct take *t = ctx;
    return lease_take(c, STR("job"), t->holder, t->ms, &t->mine, e);
}
static bool run_drop(void *ctx, struct db_conn *c, struct err *e)
{
    struct take *t = ctx;
    return lease_drop(c, STR("job"), t->holder, e);
}
static bool run_node(void *ctx, struct db_conn *c, struct err *e)
{
    struct take *t = ctx;
    return lease_node(c, t->holder, 60000, &t->node, e);
}

static void test_lease(struct db *db)
{
    struct err e = { 0 };
    struct take a = { .holder = STR("a"), .ms = 60000 }, b = { .holder = STR("b"), .ms = 30 };
    OK(write_do(db, run_take, &a, &e) && a.mine);
    OK(write_do(db, run_take, &a, &e) && a.mine);
    OK(write_do(db, run_take, &b, &e) && !b.mine);
    OK(write_do(db, run_drop, &b, &e) && write_do(db, run_take, &b, &e) && !b.mine);
    OK(write_do(db, run_drop, &a, &e) && write_do(db, run_take, &b, &e) && b.mine);
    OK(write_do(db, run_take, &a, &e) && !a.mine);
    usleep(50000);                          /* b's has run out */
    OK(write_do(db, run_take, &a, &e) && a.mine);
    OK(write_do(db, run_node, &a, &e) && a.node == 0);
    OK(write_do(db, run_node, &b, &e) && b.node == 1);
    OK(write_do(db, run_node, &a, &e) && a.node == 0);
}

static bool run_fill(void *ctx, struct db_conn *c, struct err *e)
{
    (void)ctx;
    for (int64_t i = 1; i <= MATTERS; i++)
        if (!db_exec(c, e, NULL, SQL("INSERT INTO matter (id, seq) VALUES ($1, 0)"), V(i)))
            return false;
    return true;
}

int main(void)
{
    static char sql[65536];
    struct home h;
    struct err e = { 0 };
    struct world w = { 0 };
    unsigned wrong = 0;
    home_make(&h);
    FILE *f = fopen(SQL_DIR "0001_db.sql", "r");
    size_t n = f ? fread(sql, 1, sizeof sql - 200, f) : 0;
    if (!n || fclose(f))
        abort();
    snprintf(sql + n, sizeof sql - n,
             "CREATE TABLE matter (id BIGINT @ID, seq BIGINT NOT NULL, @KEY(id));");
    w.db = db_fresh(&h, (struct db_options){ .after_commit = wake });
    migrate_text(w.db, sql);
    MUST(write_do(w.db, run_fill, NULL, &e), &e);
    /* two processes' sequencers: the lease lets one work */
    sequencers[0] = feed_sequencer_open(w.db, STR("one"), moved, NULL, &e);
    sequencers[1] = feed_sequencer_open(w.db, STR("two"), moved, NULL, &e);
    OK(sequencers[0] && sequencers[1]);
    struct hand hands[THREADS];
    for (int64_t i = 0; i < THREADS; i++) {
        hands[i] = (struct hand){ .w = &w, .no = i };
        if (pthread_create(&hands[i].thread, NULL, hand_main, &hands[i]))
            abort();
    }
    int64_t want = THREADS * EVENTS * 9 / 10, last = 0;
    OK_INT(follow(&w, want, &wrong), want);
    OK_INT(wrong, 0);
    for (size_t i = 0; i < THREADS; i++) {
        pthread_join(hands[i].thread, NULL);
        OK(!hands[i].bad);
    }
    usleep(200000);
    OK(read_do(w.db, run_last, &last, &e));
    OK_INT(last, want);
    OK(news > 0);
    test_cursor(w.db);
    test_lease(w.db);
    struct feed_sequencer *q = sequencers[0];
    sequencers[0] = NULL;
    feed_sequencer_close(q);
    feed_sequencer_close(sequencers[1]);
    feed_sequencer_close(NULL);
    db_close(w.db);
    arena_done(&w.a);
    home_end(&h);
    return tap_end();
}
