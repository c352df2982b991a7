/* The outbox: of a demonstration, which sends nothing, and what an administrator
 * sees of it, which is neither texts nor whole numbers. */
#include "app/outbox.h"
#include "people/people.h"

struct demo_message { struct id id; struct str to, template, body; struct stamp created_at; };
static const struct field demo_message_fields[] = {
    FIELD(demo_message, id, .doc = "Key", .flags = HIDDEN),
    FIELD(demo_message, to, .doc = "Masked number or address", .max = 300, .zh = "号码",
          .en = "Number"),
    FIELD(demo_message, template, .doc = "What kind of message", .zh = "类别", .en = "Kind"),
    FIELD(demo_message, body, .doc = "Its text", .max = OUTBOX_BODY_MAX, .zh = "内容",
          .en = "Text"),
    FIELD(demo_message, created_at, .doc = "When", .zh = "时间", .en = "Time"),
};
static const struct record demo_message_record = RECORD(demo_message, demo_message_fields);

static bool on_list(struct req *r, const void *in UNUSED, void *out, struct err *e)
{
    struct list all, *list = out;
    if (!r->app->config.demo)
        return err_set(e, ERR_NO_ROUTE);
    if (!outbox_list(r, &all, e))
        return false;
    const struct outbox_message *v = all.v;
    struct demo_message *shown = arena_array(r->a, struct demo_message, all.n);
    for (size_t i = 0; i < all.n; i++)
        shown[i] = (struct demo_message){ v[i].id, outbox_mask(r->a, &v[i]), v[i].template,
                                          v[i].body, v[i].created_at };
    *list = (struct list){ shown, all.n };
    r->sight = SIGHT_ALL;
    r->no_store = true;
    return true;
}

static const struct field outbox_row_fields[] = {
    FIELD(outbox_message, id, .doc = "Key", .flags = HIDDEN),
    FIELD(outbox_message, channel, .doc = "sms or email", .zh = "渠道", .en = "Channel"),
    FIELD(outbox_message, target, .doc = "Masked number or address", .max = 300,
          .zh = "号码或地址", .en = "Number or address"),
    FIELD(outbox_message, template, .doc = "What kind of message", .zh = "类别", .en = "Kind"),
    FIELD(outbox_message, state, .doc = "Whether it was sent", .names = &outbox_state_names,
          .zh = "状态", .en = "State"),
    FIELD(outbox_message, tries, .doc = "How often it was tried", .zh = "尝试次数",
          .en = "Tries"),
    FIELD(outbox_message, error, .doc = "Why the last try failed", .zh = "失败原因",
          .en = "Failure"),
    FIELD(outbox_message, created_at, .doc = "When it was written", .zh = "时间", .en = "Time"),
    FIELD(outbox_message, sent_at, .doc = "When it left", .zh = "发送时间", .en = "Sent"),
};
static const struct record outbox_row_record = {
    .name = "outbox_row", .size = sizeof(struct outbox_message), .f = outbox_row_fields,
    .n = COUNT(outbox_row_fields),
};

struct outbox_query { unsigned state; };
static const struct field outbox_query_fields[] = {
    FIELD(outbox_query, state, .doc = "Which", .names = &outbox_state_names, .preset = "failed",
          .zh = "状态", .en = "State"),
};
static const struct record outbox_query_record = RECORD(outbox_query, outbox_query_fields);

static bool on_page(struct req *r, const void *in UNUSED, void *out, struct err *e)
{
    const struct outbox_query *q = r->query;
    int64_t before = 0;
    if (r->cursor.n && !str_to_i64(r->cursor, &before))
        return err_field(e, ERR_BAD_CURSOR, "after");
    r->sight = SIGHT_ALL;
    r->no_store = true;
    return outbox_page(r, (enum outbox_state)q->state, (struct id){ before }, out, e);
}

static bool on_again(struct req *r, const void *in UNUSED, void *out UNUSED, struct err *e)
{
    struct id id;
    return req_id(r, 0, &id, e) && outbox_again(r, id, e);
}

static const struct route outbox_routes[] = {
    { "GET", "/api/v1/demo/outbox", PERM_PUBLIC, ROUTE_READ, .apply = on_list,
      .out = &demo_message_record, .reply = REPLY_LIST, .rate = RATE_CODE, .sites = SITE_BOTH,
      .doc = "Messages a demonstration would have sent; nothing outside one" },
    { "GET", "/api/v1/outbox", PERM_SYSTEM, ROUTE_READ, .apply = on_page,
      .query = &outbox_query_record, .out = &outbox_row_record, .reply = REPLY_LIST,
      .doc = "Messages on their way out, without their texts; those that failed unless asked" },
    { "POST", "/api/v1/outbox/{id}/again", PERM_SYSTEM, ROUTE_WRITE, .apply = on_again,
      .reply = REPLY_NONE, .doc = "Try a failed message anew" },
};
const struct route_table outbox_table = ROUTES("outbox", outbox_routes);
