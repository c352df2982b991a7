/* Posts over HTTP: for the security administrator. */
#include "people/account.h"
#include "people/post.h"

/* "any" stands first, so that 0 means no filter. */
#define X(id, slug, zh, en) { slug, zh, en },
static const struct name role_any_v[] = { { "any", "全部", "any" }, ROLES(X) };
#undef X
static const struct names role_any = NAMES("role_filter", role_any_v);

struct post_query { struct id account, org; unsigned role; bool past; };
static const struct field post_query_fields[] = {
    FIELD(post_query, account, .doc = "Only this account's", .format = FORMAT_ACCOUNT,
          .zh = "账号", .en = "Account"),
    FIELD(post_query, org, .doc = "Only in this body", .format = FORMAT_ORG, .zh = "机构",
          .en = "Body"),
    FIELD(post_query, role, .doc = "Only this role", .names = &role_any, .zh = "角色",
          .en = "Role"),
    FIELD(post_query, past, .doc = "Ended ones too", .zh = "含已结束", .en = "With ended ones"),
};
static const struct record post_query_record = RECORD(post_query, post_query_fields);

static bool on_list(struct req *r, const void *in UNUSED, void *out, struct err *e)
{
    const struct post_query *q = r->query;
    struct post_filter f = { q->account, q->org, ID_NONE, q->role, q->past };
    struct list *list = out;
    r->sight = SIGHT_ALL;
    if (r->cursor.n && !str_to_i64(r->cursor, &f.after.v))
        return err_field(e, ERR_BAD_CURSOR, "after");
    if (!post_page(r, &f, list, e))
        return false;
    const struct post *v = list->v;
    if (list->n > (size_t)r->limit)
        r->next = arena_printf(r->a, "%lld", (long long)v[--list->n - 1].id.v);
    return true;
}

static bool load(struct req *r, struct post *x, struct err *e)
{
    struct id id;
    return req_id(r, 0, &id, e) && post_load(r, id, x, e);
}

/* Answers with the post as it is now. */
static bool show(struct req *r, struct id id, struct post *out, struct err *e)
{
    r->sight = SIGHT_ALL;
    if (!post_load(r, id, out, e))
        return false;
    r->version = out->version;
    return true;
}

static bool on_read(struct req *r, const void *in UNUSED, void *out, struct err *e)
{
    struct id id;
    return req_id(r, 0, &id, e) && show(r, id, out, e);
}

struct post_new { struct id account, org; unsigned role; struct day valid_from, valid_to; };
static const struct field post_new_fields[] = {
    FIELD(post_new, account, .doc = "Who", .format = FORMAT_ACCOUNT, .flags = REQUIRED,
          .zh = "账号", .en = "Account"),
    FIELD(post_new, org, .doc = "In which body", .format = FORMAT_ORG, .flags = REQUIRED,
          .zh = "机构", .en = "Body"),
    FIELD(post_new, role, .doc = "What he or she may do there", .names = &role_names,
          .flags = REQUIRED, .zh = "角色", .en = "Role"),
    FIELD(post_new, valid_from, .doc = "First day; today when not sent", .zh = "起始日",
          .en = "From"),
    FIELD(post_new, valid_to, .doc = "First day it no longer holds; open when not sent",
          .zh = "截止日（不含）", .en = "Until (excluded)"),
};
static const struct record post_new_record = RECORD(post_new, post_new_fields);

static bool on_create(struct req *r, const void *in, void *out, struct err *e)
{
    const struct post_new *x = in;
    struct post_seed seed = { x->account, x->org, x->role, x->valid_from, x->valid_to, ID_NONE };
    struct id id;
    if (!post_add(r, &seed, &id, e))
        return false;
    r->location = arena_printf(r->a, "%s/%lld", r->route->path, (long long)id.v);
    return show(r, id, out, e);
}

struct post_days { struct day valid_from, valid_to, absent_from, absent_to; };
static const struct field post_days_fields[] = {
    FIELD(post_days, valid_from, .doc = "First day", .flags = REQUIRED, .zh = "起始日",
          .en = "From"),
    FIELD(post_days, valid_to, .doc = "First day it no longer holds; open when empty",
          .zh = "截止日（不含）", .en = "Until (excluded)"),
    FIELD(post_days, absent_from, .doc = "First day of absence", .zh = "离岗起始日",
          .en = "Absent from"),
    FIELD(post_days, absent_to, .doc = "First day back", .zh = "离岗截止日（不含）",
          .en = "Absent until (excluded)"),
};
static const struct record post_days_record = RECORD(post_days, post_days_fields);

static bool on_change(struct req *r, const void *in, void *out, struct err *e)
{
    const struct post_days *d = in;
    struct post was;
    if (!load(r, &was, e) || !req_match(r, was.version, e))
        return false;
    struct post x = was;
    x.valid_from = d->valid_from;
    x.valid_to = d->valid_to;
    x.absent_from = d->absent_from;
    x.absent_to = d->absent_to;
    return post_change(r, &was, &x, e) && show(r, x.id, out, e);
}

static bool on_end(struct req *r, const void *in UNUSED, void *out UNUSED, struct err *e)
{
    struct post x;
    return load(r, &x, e) && (!r->if_match.n || req_match(r, x.version, e)) && post_end(r, &x, e);
}

struct post_substitution { struct id account; struct day valid_from, valid_to; };
static const struct field post_substitution_fields[] = {
    FIELD(post_substitution, account, .doc = "Who stands in", .format = FORMAT_ACCOUNT,
          .flags = REQUIRED, .zh = "代理人", .en = "Substitute"),
    FIELD(post_substitution, valid_from, .doc = "First day of absence", .flags = REQUIRED,
          .zh = "起始日", .en = "From"),
    FIELD(post_substitution, valid_to, .doc = "First day back", .flags = REQUIRED,
          .zh = "截止日（不含）", .en = "Until (excluded)"),
};
static const struct record post_substitution_record =
    RECORD(post_substitution, post_substitution_fields);

static bool on_substitute(struct req *r, const void *in, void *out, struct err *e)
{
    const struct post_substitution *x = in;
    struct post p;
    struct id id;
    if (!load(r, &p, e) || !post_substitute(r, &p, x->account, x->valid_from, x->valid_to, &id, e))
        return false;
    r->location = arena_printf(r->a, "/api/v1/posts/%lld", (long long)id.v);
    return show(r, id, out, e);
}

static const struct route post_routes[] = {
    { "GET", "/api/v1/posts", PERM_PEOPLE_READ, ROUTE_READ, .apply = on_list,
      .query = &post_query_record, .out = &post_record, .reply = REPLY_LIST, .rate = RATE_SEARCH,
      .doc = "Posts of an account or in a body" },
    { "POST", "/api/v1/posts", PERM_PEOPLE_WRITE, ROUTE_WRITE, .apply = on_create,
      .in = &post_new_record, .out = &post_record, .body = BODY_JSON,
      .doc = "Appoint an account to a role in a body" },
    { "GET", "/api/v1/posts/{id}", PERM_PEOPLE_READ, ROUTE_READ, .apply = on_read,
      .out = &post_record, .doc = "One post" },
    { "PUT", "/api/v1/posts/{id}", PERM_PEOPLE_WRITE, ROUTE_WRITE, .apply = on_change,
      .in = &post_days_record, .out = &post_record, .body = BODY_JSON,
      .doc = "Change a post's days; it holds or ends at once" },
    { "DELETE", "/api/v1/posts/{id}", PERM_PEOPLE_WRITE, ROUTE_WRITE, .apply = on_end,
      .reply = REPLY_NONE, .doc = "End a post today, and its substitutes" },
    { "POST", "/api/v1/posts/{id}/substitute", PERM_PEOPLE_WRITE, ROUTE_WRITE,
      .apply = on_substitute, .in = &post_substitution_record, .out = &post_record,
      .body = BODY_JSON, .doc = "Let another account stand in while the holder is away" },
};
const struct route_table post_table = ROUTES("post", post_routes);
