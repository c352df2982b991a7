#include "people/lockout.h"
#include "unit/people/world.h"

static bool enter(struct req *r, void *ctx, struct err *e)
{
    return lockout_enter(r, *(struct str *)ctx, e);
}
static bool clear(struct req *r, void *ctx, struct err *e)
{
    return lockout_clear(r, *(struct str *)ctx, e);
}
static bool back(struct req *r, void *ctx, struct err *e)
{
    return lockout_give_back(r, *(struct str *)ctx, e);
}

static void test_lockout__grows_with_each_fifth(void)
{
    static const struct { int64_t failed, minutes; } rows[] = {
        { 0, 0 }, { 1, 0 }, { 4, 0 }, { 5, 1 }, { 6, 0 }, { 9, 0 }, { 10, 5 }, { 15, 15 },
        { 20, 60 }, { 21, 0 }, { 25, 60 }, { 500, 60 }, { -5, 0 },
    };
    for (size_t i = 0; i < COUNT(rows); i++)
        OK_INT(lockout_ms(rows[i].failed), rows[i].minutes * STAMP_MINUTE);
}

static void test_lockout__closes_and_opens(struct world *w, struct str login)
{
    for (int i = 0; i < 5; i++)
        OK_INT(world_write(w, enter, &login), ERR_OK);
    OK_INT(world_write(w, enter, &login), ERR_LOCKED);
    w->now.ms += STAMP_MINUTE - 1;
    OK_INT(world_write(w, enter, &login), ERR_LOCKED);
    w->now.ms += 1;
    for (int i = 0; i < 5; i++)
        OK_INT(world_write(w, enter, &login), ERR_OK);
    w->now.ms += 4 * STAMP_MINUTE;
    OK_INT(world_write(w, enter, &login), ERR_LOCKED);
    OK_INT(world_write(w, clear, &login), ERR_OK);
    for (int i = 0; i < 4; i++)
        OK_INT(world_write(w, enter, &login), ERR_OK);
    OK_INT(world_write(w, back, &login), ERR_OK);
    OK_INT(world_write(w, enter, &login), ERR_OK);
    OK_INT(world_write(w, enter, &login), ERR_OK);
    OK_INT(world_write(w, enter, &login), ERR_LOCKED);
}

static void test_lockout__forgets_after_a_quiet_day(struct world *w)
{
    struct str login = STR("quiet");
    for (int i = 0; i < 4; i++)
        OK_INT(world_write(w, enter, &login), ERR_OK);
    w->now.ms += STAMP_DAY + 1;
    for (int i = 0; i < 5; i++)
        OK_INT(world_write(w, enter, &login), ERR_OK);
    OK_INT(world_write(w, enter, &login), ERR_LOCKED);
}

/* ---- by each asker ---- */

struct asked { const char *address; int64_t account; };
static const struct asked *asking;
static struct req as_asker(struct req *r)
{
    struct req x = *r;
    struct who *w = arena_new(r->a, struct who);
    w->account.v = asking->account;
    x.who = asking->account ? w : NULL;
    x.remote = str_of(asking->address);
    return x;
}
static bool enter_from(struct req *r, void *ctx, struct err *e)
{
    struct req x = as_asker(r);
    return lockout_enter_from(&x, *(struct str *)ctx, e);
}
static bool pass_from(struct req *r, void *ctx, struct err *e)
{
    struct req x = as_asker(r);
    return lockout_pass_from(&x, *(struct str *)ctx, e);
}
static enum err_id try_from(struct world *w, const char *address, int64_t account, struct str thing)
{
    struct asked x = { address, account };
    asking = &x;
    return world_write(w, enter_from, &thing);
}

/* Who guesses is shut out; the owner, elsewhere or signed in, is not. */
static void test_lockout__keeps_out_who_guesses_alone(struct world *w)
{
    struct str thing = STR("matter:4406000000000001");
    for (int i = 0; i < 5; i++)
        OK_INT(try_from(w, "203.0.113.5", 0, thing), ERR_OK);
    OK_INT(try_from(w, "203.0.113.5", 0, thing), ERR_LOCKED);
    OK_INT(try_from(w, "203.0.113.6", 0, thing), ERR_OK);
    OK_INT(try_from(w, "203.0.113.5", 77, thing), ERR_OK);
    OK_INT(try_from(w, "203.0.113.5", 0, STR("matter:4406000000000002")), ERR_OK);
    /* one household's network is one asker */
    for (int i = 0; i < 5; i++)
        OK_INT(try_from(w, i % 2 ? "2001:db8::1" : "2001:db8::ffff:2", 0, thing), ERR_OK);
    OK_INT(try_from(w, "2001:db8::3", 0, thing), ERR_LOCKED);
    OK_INT(try_from(w, "2001:db8:0:1::3", 0, thing), ERR_OK);
}

/* Guessed at from everywhere: few tries for each for a day, still none closed to all. */
static void test_lockout__slows_down_a_crowd(struct world *w)
{
    struct str thing = STR("matter:4406000000000003");
    char address[32];
    for (int i = 0; i < 30; i++) {
        snprintf(address, sizeof address, "198.51.100.%d", i);
        OK_INT(try_from(w, address, 0, thing), ERR_OK);
    }
    for (int i = 100; i < 103; i++) {
        snprintf(address, sizeof address, "198.51.100.%d", i);
        OK_INT(try_from(w, address, 0, thing), ERR_OK);
        OK_INT(try_from(w, address, 0, thing), ERR_OK);
        OK_INT(try_from(w, address, 0, thing), ERR_LOCKED);
    }
    w->now.ms += 2 * STAMP_HOUR;
    OK_INT(try_from(w, "198.51.100.100", 0, thing), ERR_LOCKED);
    OK_INT(try_from(w, "192.0.2.1", 0, thing), ERR_OK);        /* the owner, with the right pin */
    struct asked owner = { "192.0.2.1", 0 };
    asking = &owner;
    OK_INT(world_write(w, pass_from, &thing), ERR_OK);
    OK_INT(try_from(w, "192.0.2.1", 0, thing), ERR_OK);
    w->now.ms += STAMP_DAY + 1;
    for (int i = 0; i < 5; i++)
        OK_INT(try_from(w, "198.51.100.100", 0, thing), ERR_OK);
}

int main(void)
{
    struct world w;
    test_lockout__grows_with_each_fifth();
    world_open(&w);
    world_staff(&w, STR("li.na"), STR(""));
    test_lockout__closes_and_opens(&w, STR("li.na"));
    test_lockout__closes_and_opens(&w, STR("nobody at all"));
    test_lockout__closes_and_opens(&w, STR("'; DROP TABLE lockout; --"));
    test_lockout__forgets_after_a_quiet_day(&w);
    test_lockout__keeps_out_who_guesses_alone(&w);
    test_lockout__slows_down_a_crowd(&w);
    world_close(&w);
    return tap_end();
}
