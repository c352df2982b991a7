/* Links between matters over HTTP. */
#include "matter/link.h"

static const struct field add_fields[] = {
    FIELD(matter_link_add, number, .doc = "Public number of the other matter", .max = 30,
          .flags = REQUIRED, .zh = "对方编号", .en = "Number of the other"),
    FIELD(matter_link_add, relation, .doc = "How they hang together",
          .names = &link_relation_names, .preset = "related", .zh = "关联方式", .en = "Relation"),
    FIELD(matter_link_add, reason, .doc = "Why", .min = 2, .max = 300, .flags = REQUIRED,
          .zh = "理由", .en = "Reason"),
};
static const struct record add_record = RECORD(matter_link_add, add_fields);

static const struct field end_fields[] = {
    FIELD(matter_link_end, reason, .doc = "Why", .min = 2, .max = 300, .flags = REQUIRED,
          .zh = "理由", .en = "Reason"),
};
static const struct record end_record = RECORD(matter_link_end, end_fields);

static bool open(struct req *r, struct matter *m, struct err *e)
{
    r->sight = SIGHT_ALL;
    return matter_reach(r, m, e);
}

/* Whoever has a part in the matter's work. */
static bool open_to_act(struct req *r, struct matter *m, struct err *e)
{
    return open(r, m, e) && (matter_works(r->who, m) || err_set(e, ERR_DENIED));
}

static bool on_list(struct req *r, const void *in UNUSED, void *out, struct err *e)
{
    struct matter m = { 0 };
    struct id after = ID_NONE;
    struct list *list = out;
    if (r->cursor.n && !str_to_i64(r->cursor, &after.v))
        return err_field(e, ERR_BAD_CURSOR, "after");
    if (!matter_open(r, &m, e) || !link_list(r, &m, after, list, e))
        return false;
    const struct link *v = list->v;
    if (list->n == (size_t)r->limit)
        r->next = arena_printf(r->a, "%lld", (long long)v[list->n - 1].id.v);
    return true;
}

static bool on_add(struct req *r, const void *in, void *out, struct err *e)
{
    struct matter m = { 0 };
    return open_to_act(r, &m, e) && link_add(r, &m, in, out, e);
}

static bool on_end(struct req *r, const void *in, void *out UNUSED, struct err *e)
{
    const struct matter_link_end *x = in;
    struct matter m = { 0 };
    struct id link;
    return req_id(r, 1, &link, e) && open_to_act(r, &m, e) && link_end(r, &m, link, x->reason, e);
}

static const struct route link_routes[] = {
    { "GET", "/api/v1/matters/{id}/links", PERM_MATTER_READ, ROUTE_READ, .apply = on_list,
      .out = &link_record, .reply = REPLY_LIST,
      .doc = "What it is tied to, as far as I may open both" },
    { "POST", "/api/v1/matters/{id}/links", PERM_MATTER_ACT, ROUTE_WRITE, .apply = on_add,
      .in = &add_record, .out = &link_record, .body = BODY_JSON,
      .doc = "Tie it to another matter I may open, with a reason" },
    { "POST", "/api/v1/matters/{id}/links/{link}/end", PERM_MATTER_ACT, ROUTE_WRITE,
      .apply = on_end, .in = &end_record, .body = BODY_JSON, .reply = REPLY_NONE,
      .doc = "End a link, with a reason" },
};
const struct route_table link_table = ROUTES("link", link_routes);
