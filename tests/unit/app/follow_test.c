/* A follower: every event in order or each matter once, places kept, races survived. */
#include "unit/city.h"
#include "app/follow.h"

enum { SEEN_MAX = 4096 };
static struct { int64_t seq[SEEN_MAX], to, race; size_t n, conflicts; enum err_id blind, fail; } seen;

/* Another process, which has nothing to keep. */
static bool overtake(struct req *r, void *ctx, struct err *e)
{
    const int64_t *to = ctx;
    return feed_cursor_move(r->c, STR("test.race"), 0, *to, e);
}

static bool look(struct req *r, const void *shared, const struct feed_event *x, void **found,
                 struct err *e)
{
    OK(shared == NULL || *(const int64_t *)shared == 7);
    if (seen.blind)
        return err_set(e, seen.blind);
    int64_t *seq = *found = arena_new(r->a, int64_t);
    *seq = x->seq;
    if (seen.race && x->seq == seen.race)
        OK_INT(city_write(&town, overtake, &seen.race), ERR_OK);
    return true;
}

static bool keep(struct req *r UNUSED, const void *found, int64_t to, struct err *e)
{
    const int64_t *seq = found;
    if (seen.conflicts) {
        seen.conflicts--;
        return err_set(e, ERR_CONFLICT);
    }
    if (seen.fail)
        return err_set(e, seen.fail);
    if (OK(seen.n < SEEN_MAX && *seq <= to))
        seen.seq[seen.n++] = *seq;
    seen.to = to;
    return true;
}
static const void *seven(struct req *r UNUSED)
{
    static const int64_t n = 7;
    return &n;
}

static int64_t last(void)
{
    return ASK(SQL("SELECT COALESCE(MAX(seq), 0) FROM feed"));
}
/* Two matters, by turns: five events. */
static void happen(void)
{
    struct case_file a = filed(DISPATCHER, NEIGHBOURS), b = filed(DISPATCHER, NEIGHBOURS);
    advance(&a, 0, 1);
    advance(&b, 0, 1);
    advance(&a, 1, 1);
}

static bool number(struct req *r, void *ctx, struct err *e)
{
    int64_t *moved = ctx;
    return feed_sequence(r->c, STR("test"), 100, moved, e);
}
/* On PostgreSQL the events wait for their numbers. */
static void settle(void)
{
    int64_t moved = 0;
    do
        OK_INT(city_write(&town, number, &moved), ERR_OK);
    while (moved > 0);
}

static void test_follower__takes_every_event_in_order(void)
{
    static const struct follower each = { .name = STR_INIT("test.each"), .step = 2, .each = true,
                                          .begin = seven, .look = look,
                                          .keep = keep };
    struct err e = { 0 };
    bool more;
    happen();
    settle();
    memset(&seen, 0, sizeof seen);
    OK(follow_step(&town.app, &each, &more, &e) && more);
    OK_INT(seen.n, 2);
    OK_INT(seen.to, 2);
    seen.conflicts = 3;                 /* others were quicker three times */
    OK(follow_all(&town.app, &each, &e) && !err_is_set(&e));
    OK_INT((int64_t)seen.n, last());
    for (size_t i = 0; i < seen.n; i++)
        OK_INT(seen.seq[i], i + 1);
    size_t n = seen.n;
    OK(follow_step(&town.app, &each, &more, &e) && !more);
    OK(seen.n == n);
}

static void test_follower__takes_the_last_of_each_matter(void)
{
    static const struct follower once = { .name = STR_INIT("test.once"), .step = 1000,
                                          .look = look, .keep = keep };
    struct err e = { 0 };
    bool more;
    memset(&seen, 0, sizeof seen);
    OK(follow_step(&town.app, &once, &more, &e) && !more);
    OK_INT((int64_t)seen.n, ASK(SQL("SELECT COUNT(DISTINCT matter) FROM feed WHERE matter <> 0")));
    OK_INT(seen.to, last());
    for (size_t i = 0; i < seen.n; i++)
        OK_INT(ASK(SQL("SELECT COUNT(*) FROM feed a JOIN feed b ON b.matter = a.matter"
                       " AND b.seq > a.seq WHERE a.seq = $1"), V(seen.seq[i])), 0);
}

/* What failed is taken again, from where it stood. */
static void test_follower__stays_where_it_failed(void)
{
    static const struct follower bad = { .name = STR_INIT("test.bad"), .step = 3, .each = true,
                                         .look = look, .keep = keep };
    struct err e = { 0 };
    bool more = true;
    memset(&seen, 0, sizeof seen);
    seen.fail = ERR_NOT_FOUND;
    OK(!follow_step(&town.app, &bad, &more, &e) && !more && e.id == ERR_NOT_FOUND);
    err_clear(&e);
    OK(!follow_all(&town.app, &bad, &e) && e.id == ERR_NOT_FOUND);
    err_clear(&e);
    seen.fail = ERR_OK;
    seen.blind = ERR_TOO_LARGE;
    OK(!follow_step(&town.app, &bad, &more, &e) && !more && e.id == ERR_TOO_LARGE);
    err_clear(&e);
    OK_INT((int64_t)seen.n, 0);
    seen.blind = ERR_OK;
    OK(follow_all(&town.app, &bad, &e));
    OK_INT((int64_t)seen.n, last());
}

/* What was looked at in vain is not kept. */
static void test_follower__keeps_nothing_when_another_was_quicker(void)
{
    static const struct follower slow = { .name = STR_INIT("test.race"), .step = 3, .each = true,
                                          .look = look, .keep = keep };
    struct err e = { 0 };
    bool more;
    memset(&seen, 0, sizeof seen);
    seen.race = 3;
    OK(!follow_step(&town.app, &slow, &more, &e) && !more && e.id == ERR_CONFLICT);
    err_clear(&e);
    OK_INT((int64_t)seen.n, 0);
    OK(follow_all(&town.app, &slow, &e));
    OK_INT((int64_t)seen.n, last() - 3);
    OK_INT(seen.seq[0], 4);
}

int main(void)
{
    town_open();
    test_follower__takes_every_event_in_order();
    test_follower__takes_the_last_of_each_matter();
    test_follower__stays_where_it_failed();
    test_follower__keeps_nothing_when_another_was_quicker();
    return town_close();
}
