#include "place/roster.h"
#include "place/place_impl.h"

#define X(id, slug, zh, en) { slug, zh, en },
static const struct name role_v[] = { ROSTER_ROLES(X) };
#undef X
const struct names roster_role_names = NAMES("roster_role", role_v);

enum { DAY_MINUTES = 24 * 60, HOURS_MAX = 2000 };

#define ROSTER_OWN                                                                           \
    FIELD(roster, org, .doc = "Body", .format = FORMAT_ORG, .zh = "机构", .en = "Body"),       \
    FIELD(roster, area, .doc = "Area", .format = FORMAT_AREA, .flags = REQUIRED,               \
          .zh = "辖区", .en = "Area"),                                                         \
    FIELD(roster, role, .doc = "As what", .names = &roster_role_names, .flags = REQUIRED,      \
          .zh = "身份", .en = "Role"),                                                         \
    FIELD(roster, account, .doc = "The person's account, when there is one",                   \
          .format = FORMAT_ACCOUNT, .zh = "账号", .en = "Account"),                            \
    FIELD(roster, person, .doc = "Name", .max = 50, .format = FORMAT_PERSON,                   \
          .flags = REQUIRED, .zh = "姓名", .en = "Name"),                                      \
    FIELD(roster, woman, .doc = "A woman, for a committee's composition", .zh = "女性",        \
          .en = "Woman"),                                                                      \
    FIELD(roster, phone, .doc = "Public duty number", .max = 40, .zh = "值班电话",             \
          .en = "Duty number"),                                                                \
    FIELD(roster, fields, .doc = "What he or she knows", .max = 200, .zh = "擅长领域",         \
          .en = "Fields"),                                                                     \
    FIELD(roster, hours, .doc = "Hours of training this year", .min = 0, .max = HOURS_MAX,     \
          .zh = "培训学时", .en = "Hours trained"),                                            \
    FIELD(roster, from_minute, .doc = "Duty: minute of the day it begins", .min = 0,           \
          .max = DAY_MINUTES - 1, .zh = "值班开始（分钟）", .en = "Begins (minute)"),          \
    FIELD(roster, to_minute, .doc = "Duty: minute it ends, the next day when not later",       \
          .min = 0, .max = DAY_MINUTES - 1, .zh = "值班结束（分钟）", .en = "Ends (minute)"),  \
    FIELD(roster, valid_from, .doc = "Since when; today when not sent", .zh = "自",            \
          .en = "From"),                                                                       \
    FIELD(roster, valid_to, .doc = "First day it no longer holds", .zh = "至", .en = "To")

static const struct field roster_fields[] = {
    FIELD(roster, id, .doc = "Key", .flags = HIDDEN),
    FIELD(roster, org_name, .doc = "The body's name", .zh = "机构名称", .en = "Body's name"),
    FIELD(roster, area_name, .doc = "The area's name", .zh = "辖区名称", .en = "Area's name"),
    ROSTER_OWN,
    FIELD(roster, version, .doc = "For If-Match", .flags = HIDDEN),
};
const struct record roster_record = RECORD(roster, roster_fields);
static const struct field roster_put_fields[] = { ROSTER_OWN };
const struct record roster_put_record = { .name = "roster_put", .size = sizeof(struct roster),
                                          .f = roster_put_fields, .n = COUNT(roster_put_fields) };

#define COLUMNS                                                                              \
    "SELECT t.id, t.org, t.area, t.role, t.account, t.person, t.woman, t.phone,"          \
    " t.fields, t.hours, t.from_minute, t.to_minute, t.valid_from, t.valid_to, t.version,"   \
    " COALESCE(o.short_name, '') AS org_name, COALESCE(a.short_name, '') AS area_name"       \
    " FROM roster t LEFT JOIN org o ON o.home = t.home AND o.id = t.org"                     \
    " LEFT JOIN area a ON a.id = t.area"

bool roster_duty(struct req *r, struct id area, struct day day, struct list *out,
                 struct err *e)
{
    struct area_brief at;
    return area_brief(r, area, &at, e) && db_all(r->c, e, r->a, &roster_record, out,
        SQL(COLUMNS " WHERE t.home = $1 AND t.valid_from <= $2"
            " AND (t.valid_to = 0 OR t.valid_to > $2)"
            " AND ((t.area = $3 AND t.role >= $4 AND t.role <= $5)"
            " OR (t.role = $6 AND SUBSTR(CAST($7 AS TEXT), 1, LENGTH(a.path)) = a.path))"
            " ORDER BY t.role, t.from_minute, t.id LIMIT 100"),
        V(r->app->home), V(day), V(area), V((unsigned)ROSTER_CADRE),
        V((unsigned)ROSTER_MEDIATION_TEAM), V((unsigned)ROSTER_ON_DUTY), V(at.path));
}

struct duty_query { struct day day; };
static const struct field duty_query_fields[] = {
    FIELD(duty_query, day, .doc = "Which day; today when not sent", .zh = "日期", .en = "Day"),
};
static const struct record duty_query_record = RECORD(duty_query, duty_query_fields);

static bool on_duty(struct req *r, const void *in UNUSED, void *out, struct err *e)
{
    const struct duty_query *q = r->query;
    struct id area;
    r->sight = SIGHT_ALL;
    return req_id(r, 0, &area, e)
        && roster_duty(r, area, q->day.n ? q->day : day_of_stamp(r->now), out, e);
}

struct roster_query { struct id org, area; bool past; };
static const struct field roster_query_fields[] = {
    FIELD(roster_query, org, .doc = "Of this body", .format = FORMAT_ORG, .zh = "机构",
          .en = "Body"),
    FIELD(roster_query, area, .doc = "In this area", .format = FORMAT_AREA, .zh = "辖区",
          .en = "Area"),
    FIELD(roster_query, past, .doc = "Past ones too", .zh = "含已结束", .en = "Past too"),
};
static const struct record roster_query_record = RECORD(roster_query, roster_query_fields);

static bool on_list(struct req *r, const void *in UNUSED, void *out, struct err *e)
{
    const struct roster_query *q = r->query;
    struct list *list = out;
    int64_t after;
    r->sight = SIGHT_ALL;
    if (!place_cursor(r, &after, e)
        || !db_all(r->c, e, r->a, &roster_record, list,
            SQL(COLUMNS " WHERE t.home = $1 AND t.id > $2"
                " AND (CAST($3 AS BIGINT) = 0 OR t.org = CAST($3 AS BIGINT))"
                " AND (CAST($4 AS BIGINT) = 0 OR t.area = CAST($4 AS BIGINT))"
                " AND (CAST($5 AS BIGINT) = 1 OR t.valid_to = 0 OR t.valid_to > $6)"
                " ORDER BY t.id LIMIT $7"),
            V(r->app->home), V(after), V(q->org), V(q->area), V(q->past), V(place_today(r)),
            V(r->limit)))
        return false;
    const struct roster *v = list->v;
    if (list->n)
        place_next(r, list->n, v[list->n - 1].id);
    return true;
}

static bool get(struct req *r, struct id id, struct roster *out, struct err *e)
{
    r->sight = SIGHT_ALL;
    if (!db_one(r->c, e, r->a, &roster_record, out,
            SQL(COLUMNS " WHERE t.home = $1 AND t.id = $2"), V(r->app->home), V(id)))
        return false;
    r->version = out->version;
    return true;
}

static bool check(struct req *r, const struct roster *x, struct err *e)
{
    struct area_brief at;
    int64_t known = 1;
    if (x->valid_to.n && x->valid_to.n < x->valid_from.n)
        return err_fieldf(e, ERR_OUT_OF_RANGE, "valid_to", "%s",
                          "不能早于起始日期" ERR_OR "not before the first day");
    if (!place_need_org(r, x->org, "org", e) || !place_need_area(r, x->area, "area", &at, e))
        return false;
    if (x->account.v) {
        known = 0;
        if (!db_int(r->c, e, &known, SQL("SELECT 1 FROM account WHERE home = $1 AND id = $2"),
                    V(r->app->home), V(x->account)))
            return false;
    }
    return known || err_field(e, ERR_NO_SUCH_REF, "account");
}

static bool on_create(struct req *r, const void *in, void *out, struct err *e)
{
    struct roster x = *(const struct roster *)in;
    x.id = id_make();
    if (!x.valid_from.n)
        x.valid_from = day_of_stamp(r->now);
    if (!check(r, &x, e)
        || !db_exec(r->c, e, NULL,
            SQL("INSERT INTO roster (id, home, org, area, role, account, person, woman, phone,"
                " fields, hours, from_minute, to_minute, valid_from, valid_to, version)"
                " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, 1)"),
            V(x.id), V(r->app->home), V(x.org), V(x.area), V(x.role), V(x.account), V(x.person),
            V(x.woman), V(x.phone), V(x.fields), V(x.hours), V(x.from_minute), V(x.to_minute),
            V(x.valid_from), V(x.valid_to))
        || !place_journal(r, "roster.create", x.id, &roster_put_record, NULL, &x, e))
        return false;
    r->location = arena_printf(r->a, "%s/%lld", r->route->path, (long long)x.id.v);
    return get(r, x.id, out, e);
}

/* A person who leaves gets a valid_to: the row stays and tells who served when. */
static bool on_change(struct req *r, const void *in, void *out, struct err *e)
{
    struct roster was = { 0 }, x = *(const struct roster *)in;
    int64_t changed = 0;
    if (!req_id(r, 0, &x.id, e) || !get(r, x.id, &was, e) || !req_match(r, was.version, e))
        return false;
    if (!x.valid_from.n)
        x.valid_from = was.valid_from;
    if (!check(r, &x, e)
        || !db_exec(r->c, e, &changed,
            SQL("UPDATE roster SET org = $3, area = $4, role = $5, account = $6, person = $7,"
                " woman = $8, phone = $9, fields = $10, hours = $11, from_minute = $12,"
                " to_minute = $13, valid_from = $14, valid_to = $15, version = version + 1"
                " WHERE home = $1 AND id = $2 AND version = $16"),
            V(r->app->home), V(x.id), V(x.org), V(x.area), V(x.role), V(x.account), V(x.person),
            V(x.woman), V(x.phone), V(x.fields), V(x.hours), V(x.from_minute), V(x.to_minute),
            V(x.valid_from), V(x.valid_to), V(was.version)))
        return false;
    return (changed == 1 || err_set(e, ERR_CONFLICT))
        && place_journal(r, "roster.change", x.id, &roster_put_record, &was, &x, e)
        && get(r, x.id, out, e);
}

static bool on_read(struct req *r, const void *in UNUSED, void *out, struct err *e)
{
    struct id id;
    return req_id(r, 0, &id, e) && get(r, id, out, e);
}

static const struct route roster_routes[] = {
    { "GET", "/api/v1/areas/{id}/duty", PERM_PLACE_READ, ROUTE_READ, .apply = on_duty,
      .query = &duty_query_record, .out = &roster_record, .reply = REPLY_LIST,
      .doc = "The five roles of a village and the night duty over it, on a day" },
    { "GET", "/api/v1/rosters", PERM_PLACE_READ, ROUTE_READ, .apply = on_list,
      .query = &roster_query_record, .out = &roster_record, .reply = REPLY_LIST,
      .rate = RATE_SEARCH, .doc = "Who serves in a body or an area, as what" },
    { "GET", "/api/v1/rosters/{id}", PERM_PLACE_READ, ROUTE_READ, .apply = on_read,
      .out = &roster_record, .doc = "One row of a roster" },
    { "POST", "/api/v1/rosters", PERM_PLACE_WRITE, ROUTE_WRITE, .apply = on_create,
      .in = &roster_put_record, .out = &roster_record, .body = BODY_JSON,
      .doc = "Put a person on a roster" },
    { "PUT", "/api/v1/rosters/{id}", PERM_PLACE_WRITE, ROUTE_WRITE, .apply = on_change,
      .in = &roster_put_record, .out = &roster_record, .body = BODY_JSON,
      .doc = "Change a row of a roster, or end it by its last day" },
};
const struct route_table roster_table = ROUTES("roster", roster_routes);
