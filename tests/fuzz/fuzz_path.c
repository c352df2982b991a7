/* fuzz_path.c - a request line's path and query, as strangers send them. */
#include "base/utf8.h"
#include "fuzz.h"
#include "http/path.h"
#include "http/multipart.h"

struct ask { struct str word; int64_t count; struct day day; };
static const struct field ask_fields[] = {
    FIELD(ask, word, .doc = "Word", .max = 9), FIELD(ask, count, .doc = "Count", .min = 1, .max = 9),
    FIELD(ask, day, .doc = "Day"),
};
static const struct record ask_record = RECORD(ask, ask_fields);

static bool on_any(struct req *r, const void *in, void *out, struct err *e)
{
    return r && in && out && e;
}
#define ROW(m, p) { m, p, 1, ROUTE_READ, .apply = on_any, .query = &ask_record, .doc = p,        \
                    .out = &ask_record, .reply = REPLY_LIST }
static const struct route rows[] = {
    ROW("GET", "/"), ROW("GET", "/a"), ROW("GET", "/a/{x}"), ROW("GET", "/a/{x}/b"),
    ROW("GET", "/a/b/{x}/{y}"), ROW("GET", "/a/{x}/{y}/{z}"), ROW("GET", "/{x}/b/c"),
};
static const struct route_table tables[] = { ROUTES("any", rows) };

static void param_holds(struct str p)
{
    FUZZ_HOLDS(p.n <= 4 * SEGMENT_MAX_BYTES && utf8_valid(p));
    for (size_t i = 0; i < p.n; i++)
        FUZZ_HOLDS((unsigned char)p.p[i] >= 0x20 && p.p[i] != '/' && p.p[i] != '\\' &&
                   p.p[i] != 0x7f);
    FUZZ_HOLDS(!str_is(p, ".") && !str_is(p, ".."));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    struct arena a = { 0 };
    struct err e = { 0 };
    struct str path, query, param[REQ_PARAMS] = { { 0 } };
    str_cut((struct str){ (const char *)data, n }, '?', &path, &query);
    const struct route *r = route_find(tables, 1, SITE_DESK, STR("GET"), path, &a, param, &e);
    FUZZ_HOLDS((r == NULL) == err_is_set(&e));
    for (size_t i = 0; r && i < REQ_PARAMS; i++)
        param_holds(param[i]);
    err_clear(&e);
    struct req q = { .a = &a, .route = &rows[0] };
    if (query_read(&q, query, &e))
        FUZZ_HOLDS(q.limit >= 1 && q.limit <= 100 && utf8_valid(q.cursor));
    param_holds(header_filename(&a, header_param(&a, query, "filename", NULL)));
    arena_done(&a);
    return 0;
}
