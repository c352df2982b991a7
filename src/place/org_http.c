/* Bodies over HTTP. */
#include "place/org.h"
#include "place/place_impl.h"

static const struct field org_query_fields[] = {
    FIELD(org_query, q, .doc = "Part of a name", .max = 50, .zh = "名称", .en = "Name"),
    FIELD(org_query, kind, .doc = "Kind of body, with those below it", .max = 40,
          .format = FORMAT_CODE, .codelist = "org_kind", .zh = "机构类别", .en = "Kind"),
    FIELD(org_query, area, .doc = "In exactly this area", .format = FORMAT_AREA, .zh = "所在辖区",
          .en = "In the area"),
    FIELD(org_query, under, .doc = "In this area or below", .format = FORMAT_AREA, .zh = "辖区",
          .en = "Below"),
    FIELD(org_query, ended, .doc = "Ended ones too", .zh = "含已停用", .en = "Ended too"),
};
static const struct record org_query_record = RECORD(org_query, org_query_fields);

static const struct field org_put_fields[] = {
    FIELD(org_put, kind, .doc = "Kind of body", .max = 40, .format = FORMAT_CODE,
          .codelist = "org_kind", .flags = REQUIRED, .zh = "机构类别", .en = "Kind"),
    FIELD(org_put, name, .doc = "Full name", .max = 100, .flags = REQUIRED, .zh = "名称",
          .en = "Name"),
    FIELD(org_put, short_name, .doc = "As people say it; the name when not sent", .max = 100,
          .zh = "简称", .en = "Short name"),
    FIELD(org_put, area, .doc = "Its area", .format = FORMAT_AREA, .flags = REQUIRED,
          .zh = "辖区", .en = "Area"),
    FIELD(org_put, parent, .doc = "The body it belongs to", .format = FORMAT_ORG,
          .zh = "上级机构", .en = "Belongs to"),
    FIELD(org_put, above, .doc = "The centre that supervises it", .format = FORMAT_ORG,
          .zh = "综治中心", .en = "Centre"),
    FIELD(org_put, phone, .doc = "Public telephone", .max = 60, .zh = "公开电话",
          .en = "Telephone"),
    FIELD(org_put, address, .doc = "Address", .max = 200, .zh = "地址", .en = "Address"),
    FIELD(org_put, hours, .doc = "Opening hours", .max = 200, .zh = "开放时间", .en = "Open"),
};
const struct record org_put_record = RECORD(org_put, org_put_fields);

static bool on_list(struct req *r, const void *in UNUSED, void *out, struct err *e)
{
    r->sight = SIGHT_ALL;
    return org_list(r, r->query, out, e);
}

static bool answer(struct req *r, struct id id, struct org *out, struct err *e)
{
    r->sight = SIGHT_ALL;
    if (!org_get(r, id, out, e))
        return false;
    r->version = out->version;
    return true;
}

static bool on_read(struct req *r, const void *in UNUSED, void *out, struct err *e)
{
    struct id id;
    return req_id(r, 0, &id, e) && answer(r, id, out, e);
}

static bool on_create(struct req *r, const void *in, void *out, struct err *e)
{
    struct id id;
    if (!org_add(r, in, &id, e)
        || !place_journal(r, "org.create", id, &org_put_record, NULL, in, e))
        return false;
    r->location = arena_printf(r->a, "%s/%lld", r->route->path, (long long)id.v);
    return answer(r, id, out, e);
}

static bool load(struct req *r, struct org *x, struct err *e)
{
    struct id id;
    if (!req_id(r, 0, &id, e) || !org_get(r, id, x, e) || !req_match(r, x->version, e))
        return false;
    return !x->valid_to.n || err_setf(e, ERR_WRONG_STATE, "已停用" ERR_OR "ended");
}

static bool on_change(struct req *r, const void *in, void *out, struct err *e)
{
    struct org was = { 0 };
    if (!load(r, &was, e))
        return false;
    struct org_put before = { was.kind, was.name, was.short_name, was.area, was.parent,
                              was.above, was.phone, was.address, was.hours };
    return org_change(r, &was, in, e)
        && place_journal(r, "org.change", was.id, &org_put_record, &before, in, e)
        && answer(r, was.id, out, e);
}

static bool on_end(struct req *r, const void *in, void *out, struct err *e)
{
    const struct place_end *x = in;
    struct org was = { 0 };
    struct day day;
    if (!load(r, &was, e) || !place_end_day(r, x, &day, e)
        || !place_need_org(r, x->successor, "successor", e))
        return false;
    if (x->successor.v == was.id.v)
        return err_fieldf(e, ERR_BAD_VALUE, "successor", "%.*s", STR_ARG(was.name));
    return org_end(r, &was, x->successor, day, e)
        && place_journal(r, "org.end", was.id, &place_end_record, NULL, in, e)
        && answer(r, was.id, out, e);
}

static const struct route org_routes[] = {
    { "GET", "/api/v1/orgs", PERM_PLACE_READ, ROUTE_READ, .apply = on_list,
      .query = &org_query_record, .out = &org_record, .reply = REPLY_LIST, .rate = RATE_SEARCH,
      .doc = "Bodies by name, kind and area" },
    { "GET", "/api/v1/orgs/{id}", PERM_PLACE_READ, ROUTE_READ, .apply = on_read,
      .out = &org_record, .doc = "One body with its former names" },
    { "POST", "/api/v1/orgs", PERM_PLACE_WRITE, ROUTE_WRITE, .apply = on_create,
      .in = &org_put_record, .out = &org_record, .body = BODY_JSON, .doc = "Make a body" },
    { "PUT", "/api/v1/orgs/{id}", PERM_PLACE_WRITE, ROUTE_WRITE, .apply = on_change,
      .in = &org_put_record, .out = &org_record, .body = BODY_JSON,
      .doc = "Change a body; its old name is kept with its dates" },
    { "POST", "/api/v1/orgs/{id}/end", PERM_PLACE_WRITE, ROUTE_WRITE, .apply = on_end,
      .in = &place_end_record, .out = &org_record, .body = BODY_JSON,
      .doc = "End a body, closed or merged into another; what it handled stays" },
};
const struct route_table org_table = ROUTES("org", org_routes);
