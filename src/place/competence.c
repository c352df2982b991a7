#include "place/competence.h"
#include "app/codebook.h"
#include "place/place_impl.h"

#define X(id, slug, zh, en) { slug, zh, en },
static const struct name part_v[] = { COMPETENCE_PARTS(X) };
#undef X
const struct names competence_part_names = NAMES("competence_part", part_v);

static const struct field competence_fields[] = {
    FIELD(competence, id, .doc = "Key", .flags = HIDDEN),
    FIELD(competence, org, .doc = "Body", .flags = HIDDEN),
    FIELD(competence, org_name, .doc = "Its name", .zh = "机构", .en = "Body"),
    FIELD(competence, kind, .doc = "Kind of matter", .max = 40, .zh = "事项类别", .en = "Kind"),
    FIELD(competence, type, .doc = "Type in the kind's own list, * for every one", .max = 40,
          .format = FORMAT_CODE, .codelist = "{kind}_type", .zh = "类型", .en = "Type"),
    FIELD(competence, path, .doc = "The area it covers, as a path", .max = 400, .flags = HIDDEN),
    FIELD(competence, part, .doc = "Lead or assist", .names = &competence_part_names,
          .zh = "主办或协办", .en = "Part"),
    FIELD(competence, rank, .doc = "Order, the smaller first", .zh = "次序", .en = "Rank"),
    FIELD(competence, source, .doc = "Why this body", .max = 200, .zh = "依据", .en = "Reason"),
    FIELD(competence, valid_from, .doc = "Since when", .zh = "自", .en = "From"),
    FIELD(competence, valid_to, .doc = "First day it no longer holds", .zh = "至", .en = "To"),
};
const struct record competence_record = RECORD(competence, competence_fields);

static const struct field competence_put_fields[] = {
    FIELD(competence_put, org, .doc = "Body", .format = FORMAT_ORG, .flags = REQUIRED,
          .zh = "机构", .en = "Body"),
    FIELD(competence_put, kind, .doc = "Kind of matter", .max = 40, .flags = REQUIRED,
          .zh = "事项类别", .en = "Kind"),
    FIELD(competence_put, type, .doc = "Type in the kind's own list, * for every one", .max = 40,
          .format = FORMAT_CODE, .codelist = "{kind}_type", .preset = "*", .zh = "类型",
          .en = "Type"),
    FIELD(competence_put, area, .doc = "Where; the body's own area when not sent",
          .format = FORMAT_AREA, .zh = "辖区", .en = "Area"),
    FIELD(competence_put, part, .doc = "Lead or assist", .names = &competence_part_names,
          .flags = REQUIRED, .zh = "主办或协办", .en = "Part"),
    FIELD(competence_put, rank, .doc = "Order, the smaller first", .min = 0, .max = 1000,
          .preset = "50", .zh = "次序", .en = "Rank"),
    FIELD(competence_put, source, .doc = "Why this body", .max = 200, .zh = "依据",
          .en = "Reason"),
};
const struct record competence_put_record = RECORD(competence_put, competence_put_fields);

#define COLUMNS                                                                              \
    "SELECT c.id, c.org, o.name AS org_name, c.kind, c.type, c.path, c.part, c.rank,"        \
    " c.source, c.valid_from, c.valid_to FROM competence c"                                  \
    " JOIN org o ON o.home = c.home AND o.id = c.org"

bool competence_find(struct req *r, struct str kind, struct str type, struct str path,
                     struct list *out, struct err *e)
{
    return db_all(r->c, e, r->a, &competence_record, out,
        SQL(COLUMNS " WHERE c.home = $1 AND c.kind IN ($2, '*') AND c.type IN ($3, '*')"
            " AND SUBSTR(CAST($4 AS TEXT), 1, LENGTH(c.path)) = c.path"
            " AND c.valid_from <= $5 AND (c.valid_to = 0 OR c.valid_to > $5)"
            " AND o.valid_from <= $5 AND (o.valid_to = 0 OR o.valid_to > $5)"
            " ORDER BY c.part, c.rank, LENGTH(c.path) DESC, c.id LIMIT 100"),
        V(r->app->home), V(kind), V(type), V(path), V(place_today(r)));
}

struct competence_query { struct str kind, type; struct id area; };
static const struct field competence_query_fields[] = {
    FIELD(competence_query, kind, .doc = "Kind of matter", .max = 40, .flags = REQUIRED,
          .zh = "事项类别", .en = "Kind"),
    FIELD(competence_query, type, .doc = "Type in the kind's own list", .max = 40, .zh = "类型",
          .en = "Type"),
    FIELD(competence_query, area, .doc = "Where", .format = FORMAT_AREA, .flags = REQUIRED,
          .zh = "辖区", .en = "Area"),
};
static const struct record competence_query_record =
    RECORD(competence_query, competence_query_fields);

static bool on_find(struct req *r, const void *in UNUSED, void *out, struct err *e)
{
    const struct competence_query *q = r->query;
    struct area_brief at = { 0 };
    r->sight = SIGHT_ALL;
    return place_need_area(r, q->area, "area", &at, e)
        && competence_find(r, q->kind, q->type, at.path, out, e);
}

static bool on_list(struct req *r, const void *in UNUSED, void *out, struct err *e)
{
    struct list *list = out;
    struct id org;
    int64_t after;
    r->sight = SIGHT_ALL;
    if (!req_id(r, 0, &org, e) || !place_cursor(r, &after, e)
        || !db_all(r->c, e, r->a, &competence_record, list,
            SQL(COLUMNS " WHERE c.home = $1 AND c.org = $2 AND c.id > $3 ORDER BY c.id LIMIT $4"),
            V(r->app->home), V(org), V(after), V(r->limit)))
        return false;
    const struct competence *v = list->v;
    if (list->n)
        place_next(r, list->n, v[list->n - 1].id);
    return true;
}

static bool check(struct req *r, const struct competence_put *x, struct area_brief *at,
                  struct err *e)
{
    static const char *const kinds[] = { "dispute", "request", "event", "advice", "*" };
    bool known = false;
    for (size_t i = 0; i < COUNT(kinds); i++)
        known |= str_is(x->kind, kinds[i]);
    if (!known)
        return err_fieldf(e, ERR_NOT_A_CHOICE, "kind", "dispute, request, event, advice, *");
    struct str list = arena_printf(r->a, "%.*s_type", STR_ARG(x->kind));
    if (!str_is(x->type, "*") && !codebook_code(r->app, list, x->type, day_of_stamp(r->now)))
        return err_field(e, ERR_NO_SUCH_REF, "type");
    if (!place_need_org(r, x->org, "org", e) || !place_need_area(r, x->area, "area", at, e))
        return false;
    return x->area.v || db_text(r->c, e, r->a, &at->path,
        SQL("SELECT path FROM org WHERE home = $1 AND id = $2"), V(r->app->home), V(x->org));
}

static bool answer(struct req *r, struct id id, struct competence *out, struct err *e)
{
    r->sight = SIGHT_ALL;
    return db_one(r->c, e, r->a, &competence_record, out,
        SQL(COLUMNS " WHERE c.home = $1 AND c.id = $2"), V(r->app->home), V(id));
}

static bool on_create(struct req *r, const void *in, void *out, struct err *e)
{
    const struct competence_put *x = in;
    struct area_brief at = { 0 };
    struct id id = id_make();
    if (!check(r, x, &at, e)
        || !db_exec(r->c, e, NULL,
            SQL("INSERT INTO competence (id, home, org, kind, type, path, part, rank, source,"
                " valid_from, valid_to) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 0)"),
            V(id), V(r->app->home), V(x->org), V(x->kind), V(x->type), V(at.path), V(x->part),
            V(x->rank), V(x->source), V(place_today(r)))
        || !place_journal(r, "competence.create", id, &competence_put_record, NULL, x, e))
        return false;
    r->location = arena_printf(r->a, "%s/%lld", r->route->path, (long long)id.v);
    return answer(r, id, out, e);
}

static bool on_end(struct req *r, const void *in, void *out, struct err *e)
{
    const struct place_end *x = in;
    struct id id;
    struct day day;
    int64_t changed = 0;
    if (!req_id(r, 0, &id, e) || !place_end_day(r, x, &day, e) || !answer(r, id, out, e)
        || !db_exec(r->c, e, &changed,
            SQL("UPDATE competence SET valid_to = $3 WHERE home = $1 AND id = $2"
                " AND valid_to = 0"), V(r->app->home), V(id), V(day)))
        return false;
    if (changed != 1)
        return err_setf(e, ERR_WRONG_STATE, "已停用" ERR_OR "ended");
    return place_journal(r, "competence.end", id, &place_end_record, NULL, x, e)
        && answer(r, id, out, e);
}

static const struct route competence_routes[] = {
    { "GET", "/api/v1/competences", PERM_PLACE_READ, ROUTE_READ, .apply = on_find,
      .query = &competence_query_record, .out = &competence_record, .reply = REPLY_LIST,
      .doc = "The bodies for a kind and type of matter at a place, the first choice first" },
    { "GET", "/api/v1/orgs/{id}/competences", PERM_PLACE_READ, ROUTE_READ, .apply = on_list,
      .out = &competence_record, .reply = REPLY_LIST, .doc = "What a body is for, and was" },
    { "POST", "/api/v1/competences", PERM_PLACE_WRITE, ROUTE_WRITE, .apply = on_create,
      .in = &competence_put_record, .out = &competence_record, .body = BODY_JSON,
      .doc = "Make a body competent for a type of matter in an area" },
    { "POST", "/api/v1/competences/{id}/end", PERM_PLACE_WRITE, ROUTE_WRITE, .apply = on_end,
      .in = &place_end_record, .out = &competence_record, .body = BODY_JSON,
      .doc = "End a competence; what was assigned by it stays" },
};
const struct route_table competence_table = ROUTES("competence", competence_routes);
