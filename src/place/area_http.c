/* Areas over HTTP: anybody signed in finds one, an administrator changes them. */
#include "place/area.h"
#include "place/place_impl.h"

static const struct field area_query_fields[] = {
    FIELD(area_query, parent, .doc = "Children of this area; roots for none",
          .format = FORMAT_AREA, .zh = "上级", .en = "Above"),
    FIELD(area_query, under, .doc = "Anywhere below this area", .format = FORMAT_AREA,
          .zh = "辖区", .en = "Below"),
    FIELD(area_query, q, .doc = "Part of a name, beginning of initials or code", .max = 50,
          .zh = "名称、拼音首字母或代码", .en = "Name, initials or code"),
    FIELD(area_query, ended, .doc = "Ended ones too", .zh = "含已停用", .en = "Ended too"),
};
static const struct record area_query_record = RECORD(area_query, area_query_fields);

static bool on_list(struct req *r, const void *in UNUSED, void *out, struct err *e)
{
    r->sight = SIGHT_ALL;
    return area_list(r, r->query, out, e);
}

static bool on_read(struct req *r, const void *in UNUSED, void *out, struct err *e)
{
    struct area *x = out;
    struct id id;
    r->sight = SIGHT_ALL;
    if (!req_id(r, 0, &id, e) || !area_get(r, id, x, e))
        return false;
    r->version = x->version;
    return true;
}

/* The area as it is now, for the answer of a change. */
static bool answer(struct req *r, struct id id, struct area *out, struct err *e)
{
    r->sight = SIGHT_ALL;
    if (!area_get(r, id, out, e))
        return false;
    r->version = out->version;
    return true;
}

static bool on_create(struct req *r, const void *in, void *out, struct err *e)
{
    struct id id;
    if (!area_add(r, in, &id, e)
        || !place_journal(r, "area.create", id, &area_put_record, NULL, in, e))
        return false;
    r->location = arena_printf(r->a, "%s/%lld", r->route->path, (long long)id.v);
    return answer(r, id, out, e);
}

static struct area_put put_of(const struct area *x)
{
    return (struct area_put){ x->parent, x->level, x->kind, x->name, x->short_name, x->pinyin,
                              x->code };
}

/* The area of the address, still holding, at the version that was seen. */
static bool load(struct req *r, struct area *x, struct err *e)
{
    struct id id;
    if (!req_id(r, 0, &id, e) || !area_get(r, id, x, e) || !req_match(r, x->version, e))
        return false;
    return !x->valid_to.n || err_setf(e, ERR_WRONG_STATE, "已停用" ERR_OR "ended");
}

static bool on_change(struct req *r, const void *in, void *out, struct err *e)
{
    struct area was = { 0 };
    if (!load(r, &was, e))
        return false;
    struct area_put before = put_of(&was);
    return area_change(r, &was, in, e)
        && place_journal(r, "area.change", was.id, &area_put_record, &before, in, e)
        && answer(r, was.id, out, e);
}

static bool on_end(struct req *r, const void *in, void *out, struct err *e)
{
    const struct place_end *x = in;
    struct area was = { 0 };
    struct area_brief to = { .path = STR("/") };
    struct day day;
    if (!load(r, &was, e) || !place_end_day(r, x, &day, e)
        || !place_need_area(r, x->successor, "successor", &to, e))
        return false;
    if (x->successor.v && str_starts(to.path, was.path))
        return err_fieldf(e, ERR_BAD_VALUE, "successor", "%.*s", STR_ARG(to.name));
    return area_is_empty(r, was.id, day, e) && area_end(r, was.id, x->successor, day, e)
        && place_journal(r, "area.end", was.id, &place_end_record, NULL, in, e)
        && answer(r, was.id, out, e);
}

static const struct route area_routes[] = {
    { "GET", "/api/v1/areas", PERM_SIGNED_IN, ROUTE_READ, .apply = on_list,
      .query = &area_query_record, .out = &area_record, .reply = REPLY_LIST,
      .rate = RATE_SEARCH, .sites = SITE_BOTH,
      .doc = "Children of an area, or what is found by name, initials or code" },
    { "GET", "/api/v1/areas/{id}", PERM_SIGNED_IN, ROUTE_READ, .apply = on_read,
      .out = &area_record, .sites = SITE_BOTH, .doc = "One area with its former names and codes" },
    { "POST", "/api/v1/areas", PERM_PLACE_WRITE, ROUTE_WRITE, .apply = on_create,
      .in = &area_put_record, .out = &area_record, .body = BODY_JSON, .doc = "Make an area" },
    { "PUT", "/api/v1/areas/{id}", PERM_PLACE_WRITE, ROUTE_WRITE, .apply = on_change,
      .in = &area_put_record, .out = &area_record, .body = BODY_JSON,
      .doc = "Rename, recode or move an area; what it was is kept with its dates" },
    { "POST", "/api/v1/areas/{id}/end", PERM_PLACE_WRITE, ROUTE_WRITE, .apply = on_end,
      .in = &place_end_record, .out = &area_record, .body = BODY_JSON,
      .doc = "End an area, closed or merged into another; nothing is deleted" },
};
const struct route_table area_table = ROUTES("area", area_routes);
