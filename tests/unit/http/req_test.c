/* req_test.c - ids, versions and cookies as clients send them. */
#include "http/route.h"
#include "tap.h"

static enum err_id id_of(const char *text, int64_t *out)
{
    struct err e = { 0 };
    struct id id = { 0 };
    struct req r = { .param = { str_of(text) } };
    bool ok = req_id(&r, 0, &id, &e);
    *out = id.v;
    return ok ? ERR_OK : e.id;
}

static void test_req_id__rows(void)
{
    static const char *const bad[] = { "", "0", "01", "-1", "+1", " 1", "1 ", "a", "1a", "0x1",
        "9223372036854775808", "99999999999999999999" };
    int64_t v;
    OK_INT(id_of("1", &v), ERR_OK);
    OK_INT(v, 1);
    OK_INT(id_of("9223372036854775807", &v), ERR_OK);
    OK_INT(v, INT64_MAX);
    for (size_t i = 0; i < COUNT(bad); i++)
        OK_INT(id_of(bad[i], &v), ERR_NOT_FOUND);
    struct err e = { 0 };
    struct id id;
    struct req r = { .param = { STR("1") } };
    OK(!req_id(&r, 9, &id, &e));
}

static enum err_id match(const char *sent, int64_t version)
{
    struct err e = { 0 };
    struct req r = { .if_match = str_of(sent) };
    return req_match(&r, version, &e) ? ERR_OK : e.id;
}

static void test_req_match__rows(void)
{
    OK_INT(match("", 3), ERR_NEED_VERSION);
    OK_INT(match("\"v3\"", 3), ERR_OK);
    OK_INT(match("\"v3-4\"", 3), ERR_OK);
    OK_INT(match("\"v2\", \"v3\"", 3), ERR_OK);
    OK_INT(match("\"v4\"", 3), ERR_PRECONDITION);
    OK_INT(match("\"v33\"", 3), ERR_PRECONDITION);
    OK_INT(match("v3", 3), ERR_PRECONDITION);
    OK_INT(match("W/\"v3\"", 3), ERR_PRECONDITION);     /* a weak tag is no match for a change */
    OK_INT(match("*", 3), ERR_PRECONDITION);            /* whoever saw nothing changes nothing */
    OK_INT(match("\"", 3), ERR_PRECONDITION);
}

static void test_req_cookie__rows(void)
{
    struct req r = { .cookie = STR("a=1; sid=x=y;b=; xsid=no;;") };
    OK_STR(req_cookie(&r, "sid"), "x=y");
    OK_STR(req_cookie(&r, "a"), "1");
    OK_STR(req_cookie(&r, "b"), "");
    OK_STR(req_cookie(&r, "id"), "");
    OK_STR(req_cookie(&r, "SID"), "");
    r.cookie = STR_NONE;
    OK_STR(req_cookie(&r, "sid"), "");
}

int main(void)
{
    test_req_id__rows();
    test_req_match__rows();
    test_req_cookie__rows();
    return tap_end();
}
