#include "base/random.h"
#include "people/browser.h"
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

static bool until(struct req *r, void *ctx, struct err *e)
{
    return lockout_until(r, STR("li.na"), ctx, e);
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

static void test_lockout__of_all_grows_with_each_fiftieth(void)
{
    static const struct { int64_t failed, hours; } rows[] = {
        { 0, 0 }, { 5, 0 }, { 49, 0 }, { 50, 1 }, { 51, 0 }, { 100, 4 }, { 150, 12 }, { 200, 24 },
        { 250, 24 }, { 5000, 24 }, { -50, 0 },
    };
    for (size_t i = 0; i < COUNT(rows); i++)
        OK_INT(lockout_crowd_ms(rows[i].failed), rows[i].hours * STAMP_HOUR);
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

struct asked { const char *address; int64_t account; const char *login; struct str cookie; };
static const struct asked *asking;
static struct req as_asker(struct req *r)
{
    struct req x = *r;
    struct who *w = arena_new(r->a, struct who);
    w->account.v = asking->account;
    w->login = str_of(asking->login);
    x.cookie = asking->cookie;
    x.who = asking->account ? w : NULL;
    x.remote = str_of(asking->address);
    return x;
}
static bool enter_from(struct req *r, void *ctx, struct err *e)
{
    struct req x = as_asker(r);
    return lockout_enter_pin(&x, *(struct str *)ctx, e);
}
static bool pass_from(struct req *r, void *ctx, struct err *e)
{
    struct req x = as_asker(r);
    return lockout_pass_pin(&x, *(struct str *)ctx, e);
}
static enum err_id try_from(struct world *w, const char *address, int64_t account, struct str thing)
{
    struct asked x = { .address = address, .account = account };
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
    struct asked owner = { .address = "192.0.2.1" };
    asking = &owner;
    OK_INT(world_write(w, pass_from, &thing), ERR_OK);
    OK_INT(try_from(w, "192.0.2.1", 0, thing), ERR_OK);
    w->now.ms += STAMP_DAY + 1;
    for (int i = 0; i < 5; i++)
        OK_INT(try_from(w, "198.51.100.100", 0, thing), ERR_OK);
}

/* ---- who may not be shut out ---- */

static bool enter_as(struct req *r, void *ctx, struct err *e)
{
    struct req x = as_asker(r);
    return lockout_enter(&x, *(struct str *)ctx, e);
}
static bool pass_as(struct req *r, void *ctx, struct err *e)
{
    struct req x = as_asker(r);
    return lockout_pass(&x, *(struct str *)ctx, e);
}
static bool remember(struct req *r, void *ctx, struct err *e UNUSED)
{
    struct req x = as_asker(r);
    struct str value;
    browser_remember(&x, *(struct str *)ctx);
    (void)str_cut(x.set_cookie[1], ';', ctx, &value);
    return true;
}
static enum err_id login_as(struct world *w, const struct asked *x, struct str login)
{
    asking = x;
    return world_write(w, enter_as, &login);
}
static struct str cookie_for(struct world *w, struct asked x, struct str login)
{
    asking = &x;
    OK_INT(world_write(w, remember, &login), ERR_OK);
    return login;
}
/* Until it is locked; how many were let in. */
static int try_out(struct world *w, const struct asked *x, struct str login, int most)
{
    for (int i = 0; i < most; i++) {
        enum err_id id = login_as(w, x, login);
        if (id != ERR_OK)
            return OK_INT(id, ERR_LOCKED) ? i : -1;
    }
    return most;
}
static int64_t locked_for(struct world *w)
{
    struct stamp t;
    OK_INT(world_read(w, until, &t), ERR_OK);
    return t.ms ? t.ms - w->now.ms : 0;
}

/* Whoever knows the login shuts out their own network; the account's own browser, and the
 * account that is signed in, go on from the same address. */
static void test_lockout__lets_the_owner_in(struct world *w)
{
    struct str login = STR("li.na");
    struct asked stranger = { .address = "203.0.113.80" }, home = { .address = "203.0.113.80" };
    struct asked inside = { .address = "203.0.113.80", .account = 5, .login = "li.na" };
    struct asked other = { .address = "203.0.113.80", .account = 6, .login = "wang.wu" };
    home.cookie = cookie_for(w, stranger, login);
    OK_INT(try_out(w, &stranger, login, 99), 5);
    OK_INT(locked_for(w), STAMP_MINUTE);
    OK_INT(login_as(w, &other, login), ERR_LOCKED);    /* another account is a stranger */
    OK_INT(login_as(w, &home, login), ERR_OK);
    OK_INT(login_as(w, &inside, login), ERR_OK);
    asking = &home;
    OK_INT(world_write(w, pass_as, &login), ERR_OK);
    OK_INT(login_as(w, &stranger, login), ERR_LOCKED);  /* the owner opens nothing for them */
    /* each has a limit of its own, and a quiet owner none of the others' */
    OK_INT(try_out(w, &home, login, 99), 5);
    OK_INT(try_out(w, &inside, login, 99), 4);
    OK_INT(login_as(w, &(struct asked){ .address = "203.0.113.81" }, login), ERR_OK);
    /* the cookie is good for its login alone */
    OK_INT(try_out(w, &stranger, STR("wang.wu"), 99), 5);
    OK_INT(login_as(w, &home, STR("wang.wu")), ERR_LOCKED);
    /* the administrator opens it to all of them */
    OK_INT(world_write(w, clear, &login), ERR_OK);
    OK_INT(locked_for(w), 0);
    OK_INT(login_as(w, &stranger, login), ERR_OK);
    OK_INT(login_as(w, &home, login), ERR_OK);
    OK_INT(login_as(w, &inside, login), ERR_OK);
    OK_INT(login_as(w, &home, STR("wang.wu")), ERR_LOCKED);
}

/* From everywhere: fifty tries, then it is closed to all who are not known. */
static void test_lockout__limits_the_sum(struct world *w)
{
    struct str login = STR("zhao.liu");
    struct asked x = { 0 }, home = { .address = "198.51.100.1" };
    int in = 0;
    home.cookie = cookie_for(w, home, login);
    for (int i = 0; i < 200; i++) {
        char address[32];
        snprintf(address, sizeof address, "100.64.%d.1", i);
        x.address = address;
        in += try_out(w, &x, login, 9);
    }
    OK_INT(in, 50);
    OK_INT(login_as(w, &(struct asked){ .address = "192.0.2.77" }, login), ERR_LOCKED);
    OK_INT(login_as(w, &home, login), ERR_OK);
    w->now.ms += STAMP_HOUR;
    OK_INT(login_as(w, &(struct asked){ .address = "192.0.2.77" }, login), ERR_OK);
}

/* No text typed as a login counts for another's. */
static void test_lockout__keeps_things_apart(struct world *w)
{
    struct asked x = { .address = "10.9.9.9" };
    struct str hex = hex_of(&w->a, "10.9.9.9", 8), pin = STR("matter:4406000000000009");
    const struct str typed[] = {
        STR("matter:4406000000000009"), arena_printf(&w->a, "sun.qi|net:%.*s", STR_ARG(hex)),
        arena_printf(&w->a, "login net %.*s sun.qi", STR_ARG(hex)), STR("sun.qi "),
        STR("pin matter:4406000000000009"),
    };
    for (size_t i = 0; i < COUNT(typed); i++)
        OK_INT(try_out(w, &x, typed[i], 9), 5);
    OK_INT(try_out(w, &x, STR("sun.qi"), 9), 5);
    for (int i = 0; i < 200; i++) {
        char address[32];
        snprintf(address, sizeof address, "100.65.%d.1", i);
        struct asked from = { .address = address };
        (void)try_out(w, &from, pin, 9);
    }
    OK_INT(login_as(w, &(struct asked){ .address = "192.0.2.78" }, pin), ERR_LOCKED);
    OK_INT(try_from(w, "192.0.2.78", 0, pin), ERR_OK);
}

int main(void)
{
    struct world w;
    test_lockout__grows_with_each_fifth();
    test_lockout__of_all_grows_with_each_fiftieth();
    world_open(&w);
    world_staff(&w, STR("li.na"), STR(""));
    test_lockout__closes_and_opens(&w, STR("li.na"));
    test_lockout__closes_and_opens(&w, STR("nobody at all"));
    test_lockout__closes_and_opens(&w, STR("'; DROP TABLE lockout; --"));
    test_lockout__forgets_after_a_quiet_day(&w);
    test_lockout__keeps_out_who_guesses_alone(&w);
    test_lockout__slows_down_a_crowd(&w);
    test_lockout__lets_the_owner_in(&w);
    test_lockout__limits_the_sum(&w);
    test_lockout__keeps_things_apart(&w);
    world_close(&w);
    return tap_end();
}
