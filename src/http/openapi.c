/* openapi.c - the tables as an OpenAPI 3.1 document, and as a list to read.
 *
 * Nothing is said here that the tables do not say: what the server does and what
 * the document tells cannot differ. */
#include "http/route.h"
#include "http/path.h"
#include "base/vec.h"

static const char *const rate_names[RATE__COUNT] = { "normal", "login", "code", "file", "search",
                                                     "heavy" };
static const char *const mode_names[] = { "plain", "read", "write" };

static const char *perm_name(const struct names *perms, unsigned perm)
{
    return perms && perm < perms->n && perms->v[perm].slug ? perms->v[perm].slug : "?";
}

static void put_text(struct buf *b, const char *text)
{
    json_put_str(b, str_of(text));
}

/* ---- parameters ---- */

static void put_param(struct buf *b, const char **sep, struct str name, const char *in,
                      bool required, const char *doc)
{
    buf_addf(b, "%s{\"name\":", *sep);
    json_put_str(b, name);
    buf_addf(b, ",\"in\":\"%s\",\"required\":%s", in, required ? "true" : "false");
    if (doc) {
        buf_add(b, STR(",\"description\":"));
        put_text(b, doc);
    }
    buf_add(b, STR(",\"schema\":"));
    *sep = ",";
}

static void put_path_params(const struct route *r, struct buf *b, const char **sep)
{
    struct str rest = str_of(r->path), word;
    while (rest.n) {
        str_cut(rest, '/', &word, &rest);
        if (word.n < 3 || word.p[0] != '{')
            continue;
        put_param(b, sep, str_sub(word, 1, word.n - 2), "path", true, NULL);
        buf_add(b, STR("{\"type\":\"string\"}}"));
    }
}

static void put_query_params(const struct route *r, struct buf *b, const char **sep)
{
    for (size_t i = 0; r->query && i < r->query->n; i++) {
        const struct field *f = &r->query->f[i];
        if (f->flags & READONLY)
            continue;
        put_param(b, sep, str_of(f->name), "query", f->flags & REQUIRED, f->doc);
        field_schema(f, true, b);
        buf_add_char(b, '}');
    }
    if (r->reply != REPLY_LIST)
        return;
    put_param(b, sep, STR("after"), "query", false, "The next of the page before");
    buf_add(b, STR("{\"type\":\"string\"}}"));
    put_param(b, sep, STR("limit"), "query", false, "Entries a page");
    buf_add(b, STR("{\"type\":\"integer\",\"minimum\":1,\"maximum\":100,\"default\":20}}"));
}

static void put_header_params(const struct route *r, struct buf *b, const char **sep)
{
    if (r->mode == ROUTE_WRITE && str_is(str_of(r->method), "POST")) {
        put_param(b, sep, STR("Idempotency-Key"), "header", false,
                  "The same key and request again get the same answer");
        buf_add(b, STR("{\"type\":\"string\",\"maxLength\":64}}"));
    }
    if (r->reply == REPLY_STREAM) {
        put_param(b, sep, STR("Last-Event-ID"), "header", false, "Go on after this event");
        buf_add(b, STR("{\"type\":\"integer\"}}"));
    }
}

/* ---- body and answers ---- */

static void put_body(const struct route *r, struct buf *b)
{
    if (r->body == BODY_NONE)
        return;
    buf_add(b, STR(",\"requestBody\":{\"required\":true,\"content\":{"));
    if (r->body == BODY_JSON) {
        buf_add(b, STR("\"application/json\":{\"schema\":"));
        record_schema_ref(r->in, true, b);
    } else {
        buf_add(b, STR("\"multipart/form-data\":{\"schema\":"));
        if (r->in)
            record_schema_ref(r->in, true, b);
        else
            buf_add(b, STR("{\"type\":\"object\",\"additionalProperties\":"
                           "{\"type\":\"string\",\"format\":\"binary\"}}"));
        buf_add(b, STR("},\"application/octet-stream\":{\"schema\":"
                       "{\"type\":\"string\",\"format\":\"binary\"}"));
    }
    buf_add(b, STR("}}}"));
}

static void put_list(const struct route *r, struct buf *b)
{
    buf_add(b, STR("{\"type\":\"object\",\"required\":[\"items\",\"next\"],\"properties\":{"
                   "\"items\":{\"type\":\"array\",\"items\":"));
    record_schema_ref(r->out, false, b);
    buf_add(b, STR("},\"next\":{\"type\":[\"string\",\"null\"]}}}"));
}

static void put_json_answer(const struct route *r, const char *status, const char *what,
                            struct buf *b)
{
    buf_addf(b, "\"%s\":{\"description\":\"%s\",\"content\":{\"application/json\":{\"schema\":",
             status, what);
    if (r->reply == REPLY_LIST)
        put_list(r, b);
    else
        record_schema_ref(r->out, false, b);
    buf_add(b, STR("}}}"));
}

static void put_answers(const struct route *r, struct buf *b)
{
    bool post = str_is(str_of(r->method), "POST");
    buf_add(b, STR(",\"responses\":{"));
    switch (r->reply) {
    case REPLY_ONE:
        put_json_answer(r, "200", "Done", b);
        if (post) {
            buf_add_char(b, ',');
            put_json_answer(r, "201", "Made; Location tells where", b);
        }
        break;
    case REPLY_LIST:
        put_json_answer(r, "200", "A page of the list", b);
        break;
    case REPLY_NONE:
        buf_add(b, STR("\"204\":{\"description\":\"Done\"}"));
        break;
    case REPLY_TEXT:
        buf_add(b, STR("\"200\":{\"description\":\"A text\",\"content\":{\"*/*\":{\"schema\":"
                       "{\"type\":\"string\"}}}}"));
        break;
    case REPLY_FILE:
        buf_add(b, STR("\"200\":{\"description\":\"The file\",\"content\":{\"*/*\":{\"schema\":"
                       "{\"type\":\"string\",\"format\":\"binary\"}}}},"
                       "\"206\":{\"description\":\"A range of it\",\"content\":{\"*/*\":"
                       "{\"schema\":{\"type\":\"string\",\"format\":\"binary\"}}}}"));
        break;
    case REPLY_STREAM:
        buf_add(b, STR("\"200\":{\"description\":\"Events as they happen\",\"content\":"
                       "{\"text/event-stream\":{\"schema\":{\"type\":\"string\"}}}}"));
        break;
    }
    buf_add(b, STR(",\"default\":{\"$ref\":\"#/components/responses/problem\"}}"));
}

/* ---- one operation, one path, all ---- */

/* "get_api_v1_matters_id": unique, stable, a name in any language. */
static void put_operation_id(const struct route *r, struct buf *b)
{
    bool gap = false;
    for (const char *p = r->method; *p; p++)
        buf_add_char(b, (char)(*p | 0x20));
    for (const char *p = r->path; *p; p++) {
        bool plain = (*p >= 'a' && *p <= 'z') || (*p >= '0' && *p <= '9');
        if (plain && gap)
            buf_add_char(b, '_');
        gap = !plain;
        if (plain)
            buf_add_char(b, *p);
    }
}

static void put_operation(const char *noun, const struct route *r, const struct names *perms,
                          struct buf *b)
{
    const char *sep = "";
    buf_add_char(b, '"');
    for (const char *p = r->method; *p; p++)
        buf_add_char(b, (char)(*p | 0x20));
    buf_add(b, STR("\":{\"operationId\":\""));
    put_operation_id(r, b);
    buf_add(b, STR("\",\"summary\":"));
    put_text(b, r->doc);
    buf_add(b, STR(",\"tags\":["));
    put_text(b, noun);
    buf_add(b, STR("],\"x-permission\":"));
    put_text(b, perm_name(perms, r->perm));
    buf_addf(b, ",\"x-rate\":\"%s\",\"x-sites\":%u,\"parameters\":[", rate_names[r->rate],
             r->sites ? r->sites : (unsigned)SITE_DESK);
    put_path_params(r, b, &sep);
    put_query_params(r, b, &sep);
    put_header_params(r, b, &sep);
    buf_add_char(b, ']');
    put_body(r, b);
    put_answers(r, b);
    buf_add_char(b, '}');
}

/* True when a row before (t, k) has the same path: it was written with that one. */
static bool path_seen(const struct route_table *tables, size_t t, size_t k)
{
    struct str path = str_of(tables[t].v[k].path);
    for (size_t i = 0; i <= t; i++)
        for (size_t m = 0; m < (i == t ? k : tables[i].n); m++)
            if (str_eq(str_of(tables[i].v[m].path), path))
                return true;
    return false;
}

static bool method_seen(const struct route_table *tables, size_t t, size_t k)
{
    const struct route *r = &tables[t].v[k];
    for (size_t i = 0; i <= t; i++)
        for (size_t m = 0; m < (i == t ? k : tables[i].n); m++)
            if (str_eq(str_of(tables[i].v[m].path), str_of(r->path)) &&
                str_eq(str_of(tables[i].v[m].method), str_of(r->method)))
                return true;
    return false;
}

static void put_path(const struct route_table *tables, size_t n, const char *path,
                     const struct names *perms, struct buf *b)
{
    const char *sep = "";
    json_put_str(b, str_of(path));
    buf_add(b, STR(":{"));
    for (size_t i = 0; i < n; i++) {
        for (size_t k = 0; k < tables[i].n; k++) {
            const struct route *r = &tables[i].v[k];
            if (!str_eq(str_of(r->path), str_of(path)) || method_seen(tables, i, k))
                continue;
            buf_add(b, str_of(sep));
            put_operation(tables[i].noun, r, perms, b);
            sep = ",";
        }
    }
    buf_add_char(b, '}');
}

static void put_components(const struct route_table *tables, size_t n, struct buf *b)
{
    struct arena a = { 0 };
    struct err e = { 0 };
    VEC(struct record_use) uses = { 0 };
    for (size_t i = 0; i < n; i++) {
        for (size_t k = 0; k < tables[i].n; k++) {
            const struct route *r = &tables[i].v[k];
            if (r->in)
                vec_push(&a, &uses, (struct record_use){ r->in, true });
            if (r->out)
                vec_push(&a, &uses, (struct record_use){ r->out, false });
        }
    }
    if (!record_schemas(uses.v, uses.n, &a, b, &e))
        b->failed = true;               /* two records of one name: the caller's test sees it */
    arena_done(&a);
}

void route_openapi(const struct route_table *tables, size_t n, const struct names *perms,
                   const char *version, struct buf *b)
{
    const char *sep = "";
    buf_add(b, STR("{\"openapi\":\"3.1.0\",\"info\":{\"title\":\"Fengqiao\",\"version\":"));
    put_text(b, version);
    buf_add(b, STR("},\"paths\":{"));
    for (size_t i = 0; i < n; i++) {
        for (size_t k = 0; k < tables[i].n; k++) {
            if (path_seen(tables, i, k))
                continue;
            buf_add(b, str_of(sep));
            put_path(tables, n, tables[i].v[k].path, perms, b);
            sep = ",";
        }
    }
    buf_add(b, STR("},\"components\":{\"responses\":{\"problem\":{\"description\":\"What went wrong"
        " (RFC 9457)\",\"content\":{\"application/problem+json\":{\"schema\":{\"type\":\"object\","
        "\"required\":[\"type\",\"title\",\"status\",\"detail\",\"request_id\"],\"properties\":{"
        "\"type\":{\"type\":\"string\"},\"title\":{\"type\":\"string\"},"
        "\"status\":{\"type\":\"integer\"},\"detail\":{\"type\":\"string\"},"
        "\"field\":{\"type\":\"string\"},\"request_id\":{\"type\":\"string\"}}}}}}},"
        "\"schemas\":{"));
    put_components(tables, n, b);
    buf_add(b, STR("}}}"));
}

void route_list(const struct route_table *tables, size_t n, const struct names *perms,
                struct buf *b)
{
    for (size_t i = 0; i < n; i++) {
        for (size_t k = 0; k < tables[i].n; k++) {
            const struct route *r = &tables[i].v[k];
            unsigned sites = r->sites ? r->sites : SITE_DESK;
            buf_addf(b, "%-6s %-56s %-18s %-5s %-6s %s%s  %s\n", r->method, r->path,
                     perm_name(perms, r->perm), mode_names[r->mode], rate_names[r->rate],
                     sites & SITE_DESK ? "desk " : "", sites & SITE_DOOR ? "door" : "", r->doc);
        }
    }
}
