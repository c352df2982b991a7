/* route_test.c - addresses found, refused and listed. */
#include "http/route.h"
#include "tap.h"

static bool on_any(struct req *r UNUSED, const void *in UNUSED, void *out UNUSED,
                   struct err *e UNUSED)
{
    return true;
}
#define ROW(m, p, ...) { m, p, 1, ROUTE_PLAIN, .apply = on_any, .reply = REPLY_NONE, .doc = p, \
                         __VA_ARGS__ }
static const struct route rows[] = {
    ROW("GET", "/"), ROW("GET", "/api/v1/matters"), ROW("POST", "/api/v1/matters"),
    ROW("GET", "/api/v1/matters/{id}"), ROW("GET", "/api/v1/matters/late"),
    ROW("GET", "/api/v1/matters/late/count"), ROW("POST", "/api/v1/matters/{id}/actions/{action}"),
    ROW("GET", "/api/v1/matters/{id}/claims/{claim}"),
    ROW("GET", "/api/v1/door", .sites = SITE_DOOR), ROW("PUT", "/api/v1/both", .sites = SITE_BOTH),
    ROW("GET", "/a/{x}/{y}/{z}"),
};
static const struct route_table tables[] = { ROUTES("any", rows) };

/* "found path|p0|p1" or the error's slug. */
static struct str find(struct arena *a, unsigned site, const char *method, const char *path)
{
    struct err e = { 0 };
    struct str param[REQ_PARAMS] = { { 0 } };
    const struct route *r = route_find(tables, 1, site, str_of(method), str_of(path), a, param, &e);
    if (!r)
        return str_of(err_slug(e.id));
    return arena_printf(a, "%s|%.*s|%.*s", r->path, STR_ARG(param[0]), STR_ARG(param[1]));
}

static void test_route_find__rows(void)
{
    static const struct { unsigned site; const char *method, *path, *want; } cases[] = {
        { 1, "GET", "/", "/||" },
        { 1, "GET", "/api/v1/matters", "/api/v1/matters||" },
        { 1, "HEAD", "/api/v1/matters", "/api/v1/matters||" },
        { 1, "PUT", "/api/v1/matters", "bad-method" },
        { 1, "get", "/api/v1/matters", "bad-method" },
        { 1, "", "/api/v1/matters", "bad-method" },
        { 1, "GET", "/api/v1/matters/12", "/api/v1/matters/{id}|12|" },
        { 1, "GET", "/api/v1/matters/late", "/api/v1/matters/late||" },
        { 1, "GET", "/api/v1/matters/late/count", "/api/v1/matters/late/count||" },
        { 1, "GET", "/api/v1/matters/late/claims/3", "/api/v1/matters/{id}/claims/{claim}|late|3" },
        { 1, "POST", "/api/v1/matters/9/actions/accept",
          "/api/v1/matters/{id}/actions/{action}|9|accept" },
        { 1, "GET", "/api/v1/matters/%E6%BC%8F", "/api/v1/matters/{id}|漏|" },
        { 1, "GET", "/api/v1/matters/a%20b", "/api/v1/matters/{id}|a b|" },
        { 1, "GET", "/api/v1/door", "no-route" },
        { 2, "GET", "/api/v1/door", "/api/v1/door||" },
        { 2, "GET", "/api/v1/matters", "no-route" },
        { 2, "PUT", "/api/v1/both", "/api/v1/both||" },
        { 1, "PUT", "/api/v1/both", "/api/v1/both||" },
        /* what is no address */
        { 1, "GET", "", "no-route" }, { 1, "GET", "api/v1/matters", "no-route" },
        { 1, "GET", "*", "no-route" }, { 1, "GET", "http://h/api/v1/matters", "no-route" },
        { 1, "GET", "//", "no-route" }, { 1, "GET", "/api//v1/matters", "no-route" },
        { 1, "GET", "/api/v1/matters/", "no-route" }, { 1, "GET", "/api/v1/matters//", "no-route" },
        { 1, "GET", "/api/v1/matters/%00", "no-route" },
        { 1, "GET", "/api/v1/matters/a%00b", "no-route" },
        { 1, "GET", "/api/v1/matters/%2e%2e", "no-route" },
        { 1, "GET", "/api/v1/matters/..", "no-route" }, { 1, "GET", "/api/v1/matters/.", "no-route" },
        { 1, "GET", "/api/v1/matters/a%2Fb", "no-route" },
        { 1, "GET", "/api/v1/matters/a%5cb", "no-route" },
        { 1, "GET", "/api/v1/matters/%", "no-route" }, { 1, "GET", "/api/v1/matters/%4", "no-route" },
        { 1, "GET", "/api/v1/matters/%zz", "no-route" },
        { 1, "GET", "/api/v1/matters/%0a", "no-route" },
        { 1, "GET", "/api/v1/matters/%c0%af", "no-route" },
        { 1, "GET", "/api/v1/matters/%ff", "no-route" },
        { 1, "GET", "/api/v1/matters/%ed%a0%80", "no-route" },
        { 1, "GET", "/%61pi/v1/matters", "no-route" },
        { 1, "GET", "/API/v1/matters", "no-route" },
        { 1, "GET", "/api/v1/matters/1/2/3/4/5/6/7/8/9", "no-route" },
        { 1, "GET", "/a/1/2/3/4", "no-route" },
    };
    struct arena a = { 0 };
    for (size_t i = 0; i < COUNT(cases); i++)
        if (!OK_STR(find(&a, cases[i].site, cases[i].method, cases[i].path), cases[i].want))
            printf("#   for %s %s\n", cases[i].method, cases[i].path);
    arena_done(&a);
}

static void test_route_find__huge(void)
{
    static char path[8193];
    struct arena a = { 0 };
    memset(path, 'a', sizeof path - 1);
    memcpy(path, "/api/v1/matters/", 16);
    OK_STR(find(&a, 1, "GET", path), "no-route");
    path[16 + 513] = '\0';
    OK_STR(find(&a, 1, "GET", path), "no-route");
    path[16 + 512] = '\0';
    OK(str_starts(find(&a, 1, "GET", path), STR("/api/v1/matters/{id}|aaa")));
    memset(path, '/', sizeof path - 1);
    OK_STR(find(&a, 1, "GET", path), "no-route");
    arena_done(&a);
}

static void test_route_trie_allow__methods(void)
{
    struct arena a = { 0 };
    AUTO(buf_done) struct buf b;
    buf_init(&b, 200);
    struct route_trie *t = route_trie_make(&a, tables, 1);
    route_trie_allow(t, 1, STR("/api/v1/matters"), &b);
    OK_STR(buf_str(&b), "GET, HEAD, POST");
    buf_clear(&b);
    route_trie_allow(t, 1, STR("/api/v1/door"), &b);
    OK_STR(buf_str(&b), "");
    arena_done(&a);
}

int main(void)
{
    test_route_find__rows();
    test_route_find__huge();
    test_route_trie_allow__methods();
    return tap_end();
}
