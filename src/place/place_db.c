/* Every statement other contexts need of areas and bodies. */
#include "place/place.h"

#define X(id, slug, zh, en) { slug, zh, en },
static const struct name level_v[] = { AREA_LEVELS(X) };
#undef X
const struct names area_level_names = NAMES("area_level", level_v);

static const struct field area_brief_fields[] = {
    FIELD(area_brief, id, .doc = "Key"), FIELD(area_brief, name, .doc = "Name"),
    FIELD(area_brief, path, .doc = "Path"),
    FIELD(area_brief, level, .doc = "Level", .names = &area_level_names),
};
static const struct record area_brief_record = RECORD(area_brief, area_brief_fields);

static const struct field org_brief_fields[] = {
    FIELD(org_brief, id, .doc = "Key"), FIELD(org_brief, name, .doc = "Name"),
    FIELD(org_brief, short_name, .doc = "Short name"), FIELD(org_brief, kind, .doc = "Kind"),
    FIELD(org_brief, area, .doc = "Area"), FIELD(org_brief, path, .doc = "Its area's path"),
};
static const struct record org_brief_record = RECORD(org_brief, org_brief_fields);

static int64_t today(const struct req *r)
{
    return day_of_stamp(r->now).n;
}

bool area_brief(struct req *r, struct id id, struct area_brief *out, struct err *e)
{
    return db_one(r->c, e, r->a, &area_brief_record, out,
        SQL("SELECT id, name, path, level FROM area WHERE id = $1 AND valid_from <= $2"
            " AND (valid_to = 0 OR valid_to > $2)"),
        V(id), V(today(r)));
}

bool area_of_path(struct req *r, struct str path, struct area_brief *out, struct err *e)
{
    return db_one(r->c, e, r->a, &area_brief_record, out,
        SQL("SELECT id, name, path, level FROM area WHERE path = $1"), V(path));
}

bool area_by_text(struct req *r, struct str text, struct area_brief *out, struct err *e)
{
    struct list found;
    if (!db_all(r->c, e, r->a, &area_brief_record, &found,
            SQL("SELECT a.id, a.name, a.path, a.level FROM area a JOIN area h ON h.id = $2"
                " WHERE (a.name = $1 OR a.id IN (SELECT area FROM area_code WHERE code = $1"
                " AND (valid_to = 0 OR valid_to > $3)))"
                " AND SUBSTR(a.path, 1, LENGTH(h.path)) = h.path"
                " AND (a.valid_to = 0 OR a.valid_to > $3) LIMIT 2"),
            V(text), V(r->app->home), V(today(r))))
        return false;
    if (found.n != 1)
        return err_set(e, ERR_NOT_FOUND);
    *out = *(const struct area_brief *)found.v;
    return true;
}

bool org_brief(struct req *r, struct id id, struct org_brief *out, struct err *e)
{
    return db_one(r->c, e, r->a, &org_brief_record, out,
        SQL("SELECT id, name, short_name, kind, area, path FROM org WHERE home = $1 AND id = $2"
            " AND valid_from <= $3 AND (valid_to = 0 OR valid_to > $3)"),
        V(r->app->home), V(id), V(today(r)));
}

bool org_centre_over(struct req *r, struct str path, struct org_brief *out, struct err *e)
{
    return db_one(r->c, e, r->a, &org_brief_record, out,
        SQL("SELECT id, name, short_name, kind, area, path FROM org"
            " WHERE home = $1 AND kind = 'centre' AND SUBSTR($2, 1, LENGTH(path)) = path"
            " AND valid_from <= $3 AND (valid_to = 0 OR valid_to > $3)"
            " ORDER BY LENGTH(path) DESC, id LIMIT 1"),
        V(r->app->home), V(path), V(today(r)));
}

bool org_above(struct req *r, struct id org, struct id *out, struct err *e)
{
    return db_int(r->c, e, &out->v,
        SQL("SELECT COALESCE(MAX(above), 0) FROM org WHERE home = $1 AND id = $2"),
        V(r->app->home), V(org));
}
