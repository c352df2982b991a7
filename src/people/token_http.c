/* One's own interface tokens over HTTP. */
#include "people/account.h"
#include "people/token.h"

struct token_made { struct id id; struct str name, token, scopes; struct stamp expires_at; };
static const struct field token_made_fields[] = {
    FIELD(token_made, id, .doc = "Key", .flags = HIDDEN),
    FIELD(token_made, name, .doc = "What it is for", .zh = "用途", .en = "Purpose"),
    FIELD(token_made, token, .doc = "Send it as Authorization: Bearer …; shown this once",
          .zh = "令牌", .en = "Token"),
    FIELD(token_made, scopes, .doc = "Permissions by blanks", .max = 1000, .zh = "授权范围",
          .en = "Scopes"),
    FIELD(token_made, expires_at, .doc = "No longer good after", .zh = "到期", .en = "Ends"),
};
static const struct record token_made_record = RECORD(token_made, token_made_fields);

static bool on_list(struct req *r, const void *in UNUSED, void *out, struct err *e)
{
    r->sight = SIGHT_ALL;
    return token_list(r, out, e);
}

static bool on_read(struct req *r, const void *in UNUSED, void *out, struct err *e)
{
    struct id id;
    r->sight = SIGHT_ALL;
    return req_id(r, 0, &id, e) && token_load(r, id, out, e);
}

static bool on_create(struct req *r, const void *in, void *out, struct err *e)
{
    struct token x;
    struct str text;
    struct token_made *made = out;
    if (!people_in_person(r, e) || !token_add(r, in, &text, &x, e))
        return false;
    *made = (struct token_made){ x.id, x.name, text, x.scopes, x.expires_at };
    r->sight = SIGHT_ALL;
    r->no_store = true;
    r->location = arena_printf(r->a, "%s/%lld", r->route->path, (long long)x.id.v);
    return true;
}

static bool on_revoke(struct req *r, const void *in UNUSED, void *out UNUSED, struct err *e)
{
    struct id id;
    return people_in_person(r, e) && req_id(r, 0, &id, e) && token_revoke(r, id, e);
}

static const struct route token_routes[] = {
    { "GET", "/api/v1/tokens", PERM_TOKEN_OWN, ROUTE_READ, .apply = on_list,
      .out = &token_record, .reply = REPLY_LIST, .doc = "My tokens" },
    { "POST", "/api/v1/tokens", PERM_TOKEN_OWN, ROUTE_WRITE, .apply = on_create,
      .in = &token_new_record, .out = &token_made_record, .body = BODY_JSON,
      .doc = "Make a token for a program of mine; its text is told once" },
    { "GET", "/api/v1/tokens/{id}", PERM_TOKEN_OWN, ROUTE_READ, .apply = on_read,
      .out = &token_record, .doc = "One of my tokens" },
    { "DELETE", "/api/v1/tokens/{id}", PERM_TOKEN_OWN, ROUTE_WRITE, .apply = on_revoke,
      .reply = REPLY_NONE, .doc = "Revoke one of my tokens" },
};
const struct route_table token_table = ROUTES("token", token_routes);
