/* openapi_test.c - the document is JSON and says what the rows say. */
#include "http/route.h"
#include "tap.h"

struct thing { struct id id; struct str text; };
static const struct field thing_fields[] = {
    FIELD(thing, id, .doc = "Key", .flags = READONLY),
    FIELD(thing, text, .doc = "Text", .flags = REQUIRED, .max = 9),
};
static const struct record thing_record = RECORD(thing, thing_fields);
struct find { struct str word; };
static const struct field find_fields[] = { FIELD(find, word, .doc = "Word") };
static const struct record find_record = RECORD(find, find_fields);
static const struct name perm_names[] = { { "none", 0, 0 }, { "thing.read", 0, 0 },
                                          { "thing.write", 0, 0 } };
static const struct names perms = NAMES("permission", perm_names);

static bool on_any(struct req *r UNUSED, const void *in UNUSED, void *out UNUSED,
                   struct err *e UNUSED)
{
    return true;
}
static const struct route rows[] = {
    { "GET", "/api/v1/things", 1, ROUTE_READ, .apply = on_any, .query = &find_record,
      .out = &thing_record, .reply = REPLY_LIST, .rate = RATE_SEARCH, .doc = "List \"things\"" },
    { "POST", "/api/v1/things", 2, ROUTE_WRITE, .apply = on_any, .in = &thing_record,
      .out = &thing_record, .body = BODY_JSON, .doc = "Make one" },
    { "GET", "/api/v1/things/{id}", 1, ROUTE_READ, .apply = on_any, .out = &thing_record,
      .doc = "Read one", .sites = SITE_BOTH },
    { "DELETE", "/api/v1/things/{id}", 2, ROUTE_WRITE, .apply = on_any, .reply = REPLY_NONE,
      .doc = "Remove" },
    { "POST", "/api/v1/files", 2, ROUTE_WRITE, .apply = on_any, .reply = REPLY_NONE,
      .body = BODY_FILE, .doc = "Send" },
    { "GET", "/api/v1/files/{id}", 1, ROUTE_READ, .apply = on_any, .reply = REPLY_FILE, .doc = "Get" },
    { "GET", "/api/v1/stream", 1, ROUTE_READ, .reply = REPLY_STREAM, .doc = "Live" },
};
static const struct route_table tables[] = { ROUTES("thing", rows) };

/* Walks "a|b|c" through objects. */
static const json_t *at(const json_t *j, const char *path)
{
    struct str rest = str_of(path), key;
    while (j && rest.n) {
        str_cut(rest, '|', &key, &rest);
        j = json_is_array(j) ? json_array_get(j, (size_t)(key.p[0] - '0'))
                             : json_object_getn(j, key.p, key.n);
    }
    return j;
}
static bool says(const json_t *j, const char *path, const char *want)
{
    const char *got = json_string_value(at(j, path));
    bool ok = got && str_is(str_of(got), want);
    if (!ok)
        printf("#   %s is %s\n", path, got ? got : "nothing");
    return ok;
}

static void test_route_openapi__document(void)
{
    AUTO(buf_done) struct buf b;
    buf_init(&b, 1 << 20);
    route_openapi(tables, 1, &perms, "1.2.3", &b);
    OK(buf_ok(&b));
    json_t *j = json_loadb(b.p, b.n, JSON_REJECT_DUPLICATES, NULL);
    if (!OK(j != NULL)) {
        printf("# %.*s\n", (int)b.n, b.p);
        return;
    }
    OK(says(j, "openapi", "3.1.0"));
    OK(says(j, "info|version", "1.2.3"));
    OK(says(j, "paths|/api/v1/things|get|summary", "List \"things\""));
    OK(says(j, "paths|/api/v1/things|get|x-permission", "thing.read"));
    OK(says(j, "paths|/api/v1/things|get|x-rate", "search"));
    OK(says(j, "paths|/api/v1/things|get|parameters|0|name", "word"));
    OK(says(j, "paths|/api/v1/things|get|parameters|1|name", "after"));
    OK(says(j, "paths|/api/v1/things|post|operationId", "post_api_v1_things"));
    OK(says(j, "paths|/api/v1/things|post|requestBody|content|application/json|schema|$ref",
            "#/components/schemas/thing_input"));
    OK(says(j, "paths|/api/v1/things|post|responses|201|content|application/json|schema|$ref",
            "#/components/schemas/thing"));
    OK(says(j, "paths|/api/v1/things|post|parameters|0|name", "Idempotency-Key"));
    OK(says(j, "paths|/api/v1/things/{id}|get|parameters|0|name", "id"));
    OK(says(j, "paths|/api/v1/things/{id}|delete|responses|default|$ref",
            "#/components/responses/problem"));
    OK(at(j, "paths|/api/v1/things/{id}|delete|responses|204") != NULL);
    OK(at(j, "paths|/api/v1/files|post|requestBody|content|multipart/form-data") != NULL);
    OK(at(j, "paths|/api/v1/stream|get|responses|200|content|text/event-stream") != NULL);
    OK(at(j, "components|schemas|thing") != NULL);
    OK(at(j, "components|schemas|thing_input") != NULL);
    OK_INT(json_object_size(at(j, "paths")), 5);
    json_decref(j);
}

static void test_route_list__a_line_each(void)
{
    size_t lines = 0;
    AUTO(buf_done) struct buf b;
    buf_init(&b, 1 << 16);
    route_list(tables, 1, &perms, &b);
    for (size_t i = 0; i < b.n; i++)
        lines += b.p[i] == '\n';
    OK_INT(lines, COUNT(rows));
    OK(str_find(buf_str(&b), STR("desk door")) < b.n);
}

int main(void)
{
    test_route_openapi__document();
    test_route_list__a_line_each();
    return tap_end();
}
