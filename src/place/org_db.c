/* Every statement on bodies that changes them or shows them to an administrator. */
#include "app/codebook.h"
#include "base/utf8.h"
#include "place/org.h"
#include "place/place_impl.h"

static const struct field org_past_fields[] = {
    FIELD(org_past, name, .doc = "What it was called", .max = 100, .zh = "名称", .en = "Name"),
    FIELD(org_past, short_name, .doc = "As people said it", .max = 100, .zh = "简称",
          .en = "Short name"),
    FIELD(org_past, valid_from, .doc = "Since when", .zh = "自", .en = "From"),
    FIELD(org_past, valid_to, .doc = "First day it no longer held", .zh = "至", .en = "To"),
};
static const struct record org_past_record = RECORD(org_past, org_past_fields);

static const struct field org_fields[] = {
    FIELD(org, id, .doc = "Key", .flags = HIDDEN),
    FIELD(org, kind, .doc = "Kind of body", .format = FORMAT_CODE, .codelist = "org_kind",
          .zh = "机构类别", .en = "Kind"),
    FIELD(org, name, .doc = "Full name", .max = 100, .zh = "名称", .en = "Name"),
    FIELD(org, short_name, .doc = "As people say it", .max = 100, .zh = "简称",
          .en = "Short name"),
    FIELD(org, area, .doc = "Its area", .format = FORMAT_AREA, .flags = HIDDEN),
    FIELD(org, area_name, .doc = "Its area's name", .zh = "辖区", .en = "Area"),
    FIELD(org, path, .doc = "Its area's path", .max = 400, .flags = HIDDEN),
    FIELD(org, parent, .doc = "The body it belongs to", .format = FORMAT_ORG, .flags = HIDDEN),
    FIELD(org, parent_name, .doc = "Its name", .zh = "上级机构", .en = "Belongs to"),
    FIELD(org, above, .doc = "The centre that supervises it", .format = FORMAT_ORG,
          .flags = HIDDEN),
    FIELD(org, above_name, .doc = "Its name", .zh = "综治中心", .en = "Centre"),
    FIELD(org, phone, .doc = "Public telephone", .max = 60, .zh = "公开电话", .en = "Telephone"),
    FIELD(org, address, .doc = "Address", .max = 200, .zh = "地址", .en = "Address"),
    FIELD(org, hours, .doc = "Opening hours", .max = 200, .zh = "开放时间", .en = "Open"),
    FIELD(org, valid_from, .doc = "Since when", .zh = "自", .en = "From"),
    FIELD(org, valid_to, .doc = "First day it no longer holds", .zh = "至", .en = "To"),
    FIELD(org, successor, .doc = "Who took over", .format = FORMAT_ORG, .flags = HIDDEN),
    FIELD(org, successor_name, .doc = "Its name", .zh = "承接机构", .en = "Taken over by"),
    FIELD(org, open_load, .doc = "Assignments in hand", .zh = "在办", .en = "In hand"),
    FIELD(org, version, .doc = "For If-Match", .flags = HIDDEN),
    FIELD(org, past, .doc = "Former names", .sub = &org_past_record, .zh = "沿革",
          .en = "History"),
};
const struct record org_record = RECORD(org, org_fields);

#define ORG_COLUMNS                                                                          \
    "SELECT o.id, o.kind, o.name, o.short_name, o.area, o.path, o.parent, o.above, o.phone," \
    " o.address, o.hours, o.valid_from, o.valid_to, o.successor, o.open_load, o.version,"    \
    " COALESCE(a.short_name, '') AS area_name, COALESCE(p.short_name, '') AS parent_name,"   \
    " COALESCE(c.short_name, '') AS above_name, COALESCE(s.short_name, '') AS successor_name"\
    " FROM org o LEFT JOIN area a ON a.id = o.area"                                          \
    " LEFT JOIN org p ON p.home = o.home AND p.id = o.parent"                                \
    " LEFT JOIN org c ON c.home = o.home AND c.id = o.above"                                 \
    " LEFT JOIN org s ON s.home = o.home AND s.id = o.successor"

bool org_get(struct req *r, struct id id, struct org *out, struct err *e)
{
    struct org got = { 0 };
    if (!db_one(r->c, e, r->a, &org_record, &got,
            SQL(ORG_COLUMNS " WHERE o.home = $1 AND o.id = $2"), V(r->app->home), V(id))
        || !db_all(r->c, e, r->a, &org_past_record, &got.past,
            SQL("SELECT name, short_name, valid_from, valid_to FROM org_past"
                " WHERE home = $1 AND org = $2 ORDER BY valid_to LIMIT 100"),
            V(r->app->home), V(id)))
        return false;
    *out = got;
    return true;
}

bool org_list(struct req *r, const struct org_query *q, struct list *out, struct err *e)
{
    struct area_brief under = { .path = STR("") };
    struct str text = utf8_fold(r->a, str_trim(q->q));
    int64_t after;
    if (!place_cursor(r, &after, e) || !place_need_area(r, q->under, "under", &under, e)
        || !db_all(r->c, e, r->a, &org_record, out,
            SQL(ORG_COLUMNS " WHERE o.home = $1 AND o.id > $2"
                " AND (CAST($3 AS BIGINT) = 1 OR o.valid_to = 0 OR o.valid_to > $4)"
                " AND (CAST($5 AS TEXT) = '' OR (o.path >= CAST($5 AS TEXT)"
                " AND o.path < CAST($6 AS TEXT)))"
                " AND (CAST($7 AS BIGINT) = 0 OR o.area = CAST($7 AS BIGINT))"
                " AND (CAST($8 AS TEXT) = '' OR o.kind = CAST($8 AS TEXT)"
                " OR SUBSTR(o.kind, 1, LENGTH(CAST($8 AS TEXT)) + 1) = CAST($8 AS TEXT) || '.')"
                " AND (CAST($9 AS TEXT) = '' OR REPLACE(o.name, CAST($9 AS TEXT), '') <> o.name"
                " OR REPLACE(o.short_name, CAST($9 AS TEXT), '') <> o.short_name)"
                " ORDER BY o.id LIMIT $10"),
            V(r->app->home), V(after), V(q->ended), V(place_today(r)), V(under.path),
            V(place_above(r->a, under.path)), V(q->area), V(q->kind), V(text), V(r->limit)))
        return false;
    const struct org *v = out->v;
    if (out->n)
        place_next(r, out->n, v[out->n - 1].id);
    return true;
}

static struct str short_of(const struct org_put *in)
{
    return in->short_name.n ? in->short_name : in->name;
}

static bool check(struct req *r, const struct org_put *in, struct id own, struct area_brief *at,
                  struct err *e)
{
    if (!codebook_code(r->app, STR("org_kind"), in->kind, day_of_stamp(r->now)))
        return err_field(e, ERR_NO_SUCH_REF, "kind");
    if (own.v && (in->parent.v == own.v || in->above.v == own.v))
        return err_fieldf(e, ERR_BAD_VALUE, in->parent.v == own.v ? "parent" : "above", "%.*s",
                          STR_ARG(in->name));
    return place_need_area(r, in->area, "area", at, e)
        && place_need_org(r, in->parent, "parent", e) && place_need_org(r, in->above, "above", e);
}

bool org_add(struct req *r, const struct org_put *in, struct id *out, struct err *e)
{
    struct area_brief at = { 0 };
    struct id id = id_make();
    if (!check(r, in, ID_NONE, &at, e)
        || !db_exec(r->c, e, NULL,
            SQL("INSERT INTO org (id, home, kind, name, short_name, area, path, parent, above,"
                " phone, address, hours, valid_from, valid_to, successor, open_load, version)"
                " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, 0, 0, 0, 1)"),
            V(id), V(r->app->home), V(in->kind), V(in->name), V(short_of(in)), V(at.id),
            V(at.path), V(in->parent), V(in->above), V(in->phone), V(in->address), V(in->hours),
            V(place_today(r))))
        return false;
    *out = id;
    return true;
}

static bool keep_name(struct req *r, const struct org *was, struct err *e)
{
    return db_exec(r->c, e, NULL,
        SQL("INSERT INTO org_past (home, org, valid_from, valid_to, name, short_name)"
            " SELECT $1, $2, COALESCE(MAX(valid_to), $3), $4, $5, $6 FROM org_past"
            " WHERE home = $1 AND org = $2 ON CONFLICT (home, org, valid_to) DO NOTHING"),
        V(r->app->home), V(was->id), V(was->valid_from), V(place_today(r)), V(was->name),
        V(was->short_name));
}

bool org_change(struct req *r, const struct org *was, const struct org_put *in, struct err *e)
{
    struct area_brief at = { 0 };
    int64_t changed = 0;
    bool renamed = !str_eq(was->name, in->name) || !str_eq(was->short_name, short_of(in));
    return check(r, in, was->id, &at, e) && (!renamed || keep_name(r, was, e))
        && db_exec(r->c, e, &changed,
            SQL("UPDATE org SET kind = $3, name = $4, short_name = $5, area = $6, path = $7,"
                " parent = $8, above = $9, phone = $10, address = $11, hours = $12,"
                " version = version + 1 WHERE home = $1 AND id = $2 AND version = $13"),
            V(r->app->home), V(was->id), V(in->kind), V(in->name), V(short_of(in)), V(at.id),
            V(at.path), V(in->parent), V(in->above), V(in->phone), V(in->address), V(in->hours),
            V(was->version))
        && (changed == 1 || err_set(e, ERR_CONFLICT));
}

bool org_end(struct req *r, const struct org *was, struct id successor, struct day day,
             struct err *e)
{
    struct str part = STR("");
    int64_t changed = 0;
    if (was->open_load > 0)
        return err_setf(e, ERR_HAS_PARTS, "%lld", (long long)was->open_load);
    if (!db_text(r->c, e, r->a, &part,
            SQL("SELECT name FROM (SELECT name FROM org WHERE home = $1 AND parent = $2"
                " AND (valid_to = 0 OR valid_to > $3)"
                " UNION ALL SELECT m.number FROM worklist w"
                " JOIN matter m ON m.home = w.home AND m.id = w.matter"
                " WHERE w.home = $1 AND w.holder = $2) x LIMIT 1"),
            V(r->app->home), V(was->id), V(day)))
        return false;
    if (part.n)
        return err_setf(e, ERR_HAS_PARTS, "%.*s", STR_ARG(part));
    return db_exec(r->c, e, &changed,
            SQL("UPDATE org SET valid_to = $3, successor = $4, version = version + 1"
                " WHERE home = $1 AND id = $2 AND version = $5"),
            V(r->app->home), V(was->id), V(day), V(successor), V(was->version))
        && (changed == 1 || err_set(e, ERR_CONFLICT))
        && db_exec(r->c, e, NULL,
            SQL("UPDATE competence SET valid_to = $3 WHERE home = $1 AND org = $2"
                " AND (valid_to = 0 OR valid_to > $3)"),
            V(r->app->home), V(was->id), V(day));
}
