/* The outbox of a demonstration, which sends nothing. */
#include "base/mask.h"
#include "app/outbox.h"
#include "people/people.h"

struct demo_message { struct id id; struct str to, template, body; struct stamp created_at; };
static const struct field demo_message_fields[] = {
    FIELD(demo_message, id, .doc = "Key", .flags = HIDDEN),
    FIELD(demo_message, to, .doc = "Masked number", .zh = "号码", .en = "Number"),
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
        shown[i] = (struct demo_message){ v[i].id, mask_phone(r->a, v[i].target), v[i].template,
                                          v[i].body, v[i].created_at };
    *list = (struct list){ shown, all.n };
    r->sight = SIGHT_ALL;
    r->no_store = true;
    return true;
}

static const struct route outbox_routes[] = {
    { "GET", "/api/v1/demo/outbox", PERM_PUBLIC, ROUTE_READ, .apply = on_list,
      .out = &demo_message_record, .reply = REPLY_LIST, .rate = RATE_CODE, .sites = SITE_BOTH,
      .doc = "Messages a demonstration would have sent; nothing outside one" },
};
const struct route_table outbox_table = ROUTES("outbox", outbox_routes);
