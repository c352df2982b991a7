/* route_check_test.c - every way in which a row can be less than whole. */
#include "http/route.h"
#include "tap.h"

struct thing { struct str text; };
static const struct field thing_fields[] = { FIELD(thing, text, .doc = "Text") };
static const struct record thing_record = RECORD(thing, thing_fields);

static bool on_any(struct req *r UNUSED, const void *in UNUSED, void *out UNUSED,
                   struct err *e UNUSED)
{
    return true;
}

static bool whole(const struct route *v, size_t n)
{
    struct err e = { 0 };
    struct route_table t = { "any", v, n };
    bool ok = route_check(&t, 1, &e);
    if (!ok)
        printf("# %s\n", e.detail);
    OK(ok || e.detail[0]);
    return ok;
}
#define WHOLE "GET", "/a", 1, ROUTE_READ, .apply = on_any, .reply = REPLY_NONE, .doc = "x"
#define ROW(...) whole(&(const struct route){ WHOLE, __VA_ARGS__ }, 1)

static void test_route_check__rows(void)
{
    OK(ROW(.perm = 2));
    OK(ROW(.path = "/api/v1/a-b_c.d/{id}/e/{f}/{g}"));
    OK(!ROW(.perm = 0));
    OK(!ROW(.doc = NULL));
    OK(!ROW(.doc = ""));
    OK(!ROW(.method = "get"));
    OK(!ROW(.method = NULL));
    OK(!ROW(.path = NULL));
    OK(!ROW(.path = "a"));
    OK(!ROW(.path = "/a/"));
    OK(!ROW(.path = "/a//b"));
    OK(!ROW(.path = "/A"));
    OK(!ROW(.path = "/{}"));
    OK(!ROW(.path = "/{a"));
    OK(!ROW(.path = "/{a}/{b}/{c}/{d}"));
    OK(!ROW(.apply = NULL));
    OK(ROW(.apply = NULL, .reply = REPLY_STREAM));
    OK(!ROW(.reply = REPLY_ONE));
    OK(!ROW(.reply = REPLY_LIST));
    OK(!ROW(.out = &thing_record));
    OK(ROW(.out = &thing_record, .reply = REPLY_LIST));
    OK(!ROW(.mode = ROUTE_WRITE));
    OK(!ROW(.in = &thing_record));
    OK(!ROW(.method = "POST", .body = BODY_JSON));
    OK(!ROW(.body = BODY_JSON, .in = &thing_record));
    OK(ROW(.method = "POST", .body = BODY_JSON, .in = &thing_record, .mode = ROUTE_WRITE));
    OK(ROW(.method = "POST", .body = BODY_FILE));
    OK(!ROW(.sites = 4));
    OK(!ROW(.rate = RATE__COUNT));
    OK(!ROW(.body_max = -1));
}

static void test_route_check__unique(void)
{
    struct route two[] = { { WHOLE }, { WHOLE } };
    OK(!whole(two, 2));
    two[1].method = "DELETE";
    OK(whole(two, 2));
    two[1].method = "GET";
    two[1].sites = SITE_DOOR;
    OK(whole(two, 2));
    two[0].path = "/a/{id}";
    two[1].path = "/a/{other}";
    OK(whole(two, 2));
    two[1].sites = SITE_BOTH;
    OK(!whole(two, 2));
    two[1].path = "/a/{other}/b";
    OK(whole(two, 2));
}

int main(void)
{
    test_route_check__rows();
    test_route_check__unique();
    return tap_end();
}
