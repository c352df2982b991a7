#include "people/phone_code.h"
#include "app/outbox.h"
#include "people/account.h"
#include "unit/people/world.h"

struct asked { struct str phone, code; bool right; };
static bool send(struct req *r, void *ctx, struct err *e)
{
    return phone_code_send(r, ((struct asked *)ctx)->phone, e);
}
static bool try(struct req *r, void *ctx, struct err *e)
{
    struct asked *x = ctx;
    return phone_code_try(r, x->phone, x->code, &x->right, e);
}
static bool newest(struct req *r, void *ctx, struct err *e)
{
    struct list all;
    if (!outbox_list(r, &all, e))
        return false;
    struct str body = ((const struct outbox_message *)all.v)[0].body;
    ((struct asked *)ctx)->code = str_sub(body, str_find(body, STR("code is ")) + 8, CODE_DIGITS);
    return true;
}
static bool right(struct world *w, struct asked *x)
{
    OK_INT(world_write(w, try, x), ERR_OK);
    return x->right;
}

static void test_phone_code__is_good_once(struct world *w)
{
    struct asked x = { .phone = STR("13800000001") };
    OK(!right(w, &x));
    OK_INT(world_write(w, send, &x), ERR_OK);
    OK_INT(world_read(w, newest, &x), ERR_OK);
    struct asked other = { .phone = STR("13800000002"), .code = x.code };
    OK(!right(w, &other));
    OK(right(w, &x));
    OK(!right(w, &x));
}

static void test_phone_code__ends(struct world *w)
{
    struct asked x = { .phone = STR("13800000003") };
    OK_INT(world_write(w, send, &x), ERR_OK);
    OK_INT(world_read(w, newest, &x), ERR_OK);
    w->now.ms += CODE_GOOD_MS;
    OK(!right(w, &x));
    OK_INT(world_write(w, send, &x), ERR_OK);
    OK_INT(world_read(w, newest, &x), ERR_OK);
    struct asked wrong = x;
    static const char *const bad[] = { "", "000", "'; --", "99999999999999", "12345x" };
    for (size_t i = 0; i < COUNT(bad); i++) {
        wrong.code = str_of(bad[i]);
        OK(!right(w, &wrong));
    }
    OK(!right(w, &x));                  /* five tries are used up */
}

static void test_phone_code__five_an_hour(struct world *w)
{
    struct asked x = { .phone = STR("13800000004") }, y = { .phone = STR("13800000005") };
    w->now.ms += STAMP_HOUR - w->now.ms % STAMP_HOUR;
    for (int i = 0; i < CODES_AN_HOUR; i++)
        OK_INT(world_write(w, send, &x), ERR_OK);
    OK_INT(world_write(w, send, &x), ERR_TOO_OFTEN);
    OK_INT(world_write(w, send, &y), ERR_OK);
    w->now.ms += STAMP_HOUR;
    OK_INT(world_write(w, send, &x), ERR_OK);
}

static void test_phone_code__asks_for_a_mobile(struct world *w)
{
    static const struct { const char *in; bool ok; } rows[] = {
        { "13812345678", true }, { "138 1234 5678", true }, { "+852 5123 4567", true },
        { "0757-83281234", false }, { "12345", false }, { "", false }, { "abc", false },
        { "1381234567", false }, { "+1 202 555 0100", false }, { "13812345678; DROP", false },
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct err e = { 0 };
        struct str s = str_of(rows[i].in);
        OK(phone_code_check(&w->a, &s, &e) == rows[i].ok);
        OK_INT(e.id, rows[i].ok ? ERR_OK : ERR_BAD_PHONE);
    }
}

struct found { struct str phone; struct id id; bool found; };
static bool find(struct req *r, void *ctx, struct err *e)
{
    struct found *x = ctx;
    return account_by_phone(r, x->phone, &x->id, &x->found, e);
}

/* By the blind index only, whatever the spelling, and never staff. */
static void test_phone_code__finds_the_resident(struct world *w)
{
    struct world_account x = { .seed = { .phone = STR("138 0000 0009"),
                                         .kind = ACCOUNT_RESIDENT } };
    struct found f = { .phone = STR("13800000009") }, staff = { .phone = STR("13812345678") };
    OK_INT(world_write(w, world_add_account, &x), ERR_OK);
    world_staff(w, STR("li.na"), STR(""));
    OK_INT(world_read(w, find, &f), ERR_OK);
    OK(f.found && f.id.v == x.id.v);
    OK_INT(world_read(w, find, &staff), ERR_OK);
    OK(!staff.found);
    struct err e = { 0 };
    MUST(keys_make(&w->app.keys, KEY_MASTER, &e), &e);
    f.found = false;
    OK_INT(world_read(w, find, &f), ERR_OK);
    OK(f.found);                        /* after a rotation too */
}

int main(void)
{
    struct world w;
    world_open(&w);
    test_phone_code__is_good_once(&w);
    test_phone_code__ends(&w);
    test_phone_code__five_an_hour(&w);
    test_phone_code__asks_for_a_mobile(&w);
    test_phone_code__finds_the_resident(&w);
    world_close(&w);
    return tap_end();
}
