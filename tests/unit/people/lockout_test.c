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
    world_close(&w);
    return tap_end();
}
