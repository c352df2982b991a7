/* Every statement on areas that changes them or shows them to an administrator. */
#include "base/utf8.h"
#include "place/area.h"
#include "place/place_impl.h"

#define AREA_COLUMNS                                                                         \
    "SELECT a.id, a.parent, a.level, a.kind, a.name, a.short_name, a.pinyin, a.path,"        \
    " a.valid_from, a.valid_to, a.successor, a.version,"                                     \
    " COALESCE((SELECT c.code FROM area_code c WHERE c.area = a.id"                          \
    " ORDER BY c.valid_from DESC LIMIT 1), '') AS code,"                                     \
    " COALESCE(p.short_name, '') AS parent_name"                                             \
    " FROM area a LEFT JOIN area p ON p.id = a.parent"

bool area_get(struct req *r, struct id id, struct area *out, struct err *e)
{
    struct area got = { 0 };
    if (!db_one(r->c, e, r->a, &area_record, &got, SQL(AREA_COLUMNS " WHERE a.id = $1"), V(id))
        || !db_all(r->c, e, r->a, &area_past_record, &got.past,
            SQL("SELECT name, short_name, '' AS code, valid_from, valid_to FROM area_past"
                " WHERE area = $1 UNION ALL SELECT '', '', code, valid_from, valid_to"
                " FROM area_code WHERE area = $1 ORDER BY valid_from LIMIT 100"), V(id)))
        return false;
    *out = got;
    return true;
}

bool area_of_code(struct req *r, struct str code, struct area_brief *out, struct err *e)
{
    struct id id = ID_NONE;
    return db_int(r->c, e, &id.v,
        SQL("SELECT area FROM area_code WHERE code = $1 AND valid_from <= $2"
            " AND (valid_to = 0 OR valid_to > $2) ORDER BY valid_from DESC LIMIT 1"),
        V(code), V(place_today(r)))
        && area_brief(r, id, out, e);
}

bool area_take_ids(struct req *r, int64_t n, int64_t *first, struct err *e)
{
    int64_t last = 0;
    if (!db_int(r->c, e, &last,
            SQL("INSERT INTO counter (home, name, value) VALUES (0, 'area', $1)"
                " ON CONFLICT (home, name) DO UPDATE SET value = counter.value + $1"
                " RETURNING value"), V(n)))
        return false;
    *first = last - n + 1;
    return true;
}

static bool parent_path(struct req *r, struct id parent, struct str *out, struct err *e)
{
    struct area_brief up = { .path = STR("/") };
    if (!place_need_area(r, parent, "parent", &up, e))
        return false;
    *out = up.path;
    return true;
}

/* A code holds for one area at a time; the one before ends today. */
static bool put_code(struct req *r, struct id area, struct str code, struct err *e)
{
    int64_t other = 0;
    if (!db_int(r->c, e, &other,
            SQL("SELECT area FROM area_code WHERE code = $1 AND area <> $2"
                " AND (valid_to = 0 OR valid_to > $3) LIMIT 1"), V(code), V(area),
            V(place_today(r))))
        return false;
    if (other)
        return err_fieldf(e, ERR_DUPLICATE, "code", "%.*s", STR_ARG(code));
    if (!db_exec(r->c, e, NULL,
            SQL("UPDATE area_code SET valid_to = $2 WHERE area = $1 AND valid_to = 0"),
            V(area), V(place_today(r))))
        return false;
    return !code.n || db_exec(r->c, e, NULL,
        SQL("INSERT INTO area_code (code, area, valid_from, valid_to) VALUES ($1, $2, $3, 0)"
            " ON CONFLICT (code, valid_from) DO UPDATE SET area = excluded.area, valid_to = 0"),
        V(code), V(area), V(place_today(r)));
}

static struct str short_of(const struct area_put *in)
{
    return in->short_name.n ? in->short_name : in->name;
}

bool area_add(struct req *r, const struct area_put *in, struct id *out, struct err *e)
{
    struct str up;
    struct id id;
    if (!parent_path(r, in->parent, &up, e) || !area_take_ids(r, 1, &id.v, e)
        || !db_exec(r->c, e, NULL,
            SQL("INSERT INTO area (id, parent, level, kind, name, short_name, pinyin, path,"
                " valid_from, valid_to, successor, version)"
                " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 0, 0, 1)"),
            V(id), V(in->parent), V(in->level), V(in->kind), V(in->name), V(short_of(in)),
            V(in->pinyin), V(arena_printf(r->a, "%.*s%lld/", STR_ARG(up), (long long)id.v)),
            V(place_today(r)))
        || (in->code.n && !put_code(r, id, in->code, e)))
        return false;
    *out = id;
    return true;
}

static bool keep_name(struct req *r, const struct area *was, struct err *e)
{
    return db_exec(r->c, e, NULL,
        SQL("INSERT INTO area_past (area, valid_from, valid_to, name, short_name)"
            " SELECT $1, COALESCE(MAX(valid_to), $2), $3, $4, $5 FROM area_past WHERE area = $1"
            " ON CONFLICT (area, valid_to) DO NOTHING"),
        V(was->id), V(was->valid_from), V(place_today(r)), V(was->name), V(was->short_name));
}

bool area_change(struct req *r, const struct area *was, const struct area_put *in,
                 struct err *e)
{
    struct area_brief own = { .id = was->id, .path = was->path }, up = { .path = STR("/") };
    bool renamed = !str_eq(was->name, in->name) || !str_eq(was->short_name, short_of(in));
    int64_t changed = 0;
    if ((renamed && !keep_name(r, was, e))
        || !db_exec(r->c, e, &changed,
            SQL("UPDATE area SET level = $2, kind = $3, name = $4, short_name = $5, pinyin = $6,"
                " version = version + 1 WHERE id = $1 AND version = $7"),
            V(was->id), V(in->level), V(in->kind), V(in->name), V(short_of(in)), V(in->pinyin),
            V(was->version)))
        return false;
    if (changed != 1)
        return err_set(e, ERR_CONFLICT);
    if (!str_eq(was->code, in->code) && !put_code(r, was->id, in->code, e))
        return false;
    if (was->parent.v == in->parent.v)
        return true;
    up.id = in->parent;
    return parent_path(r, in->parent, &up.path, e) && area_move(r, &own, &up, e);
}

bool area_move(struct req *r, const struct area_brief *area, const struct area_brief *parent,
               struct err *e)
{
    struct str old = area->path;
    if (str_starts(parent->path, old))
        return err_fieldf(e, ERR_BAD_VALUE, "parent", "%.*s", STR_ARG(parent->name));
    struct str path = arena_printf(r->a, "%.*s%lld/", STR_ARG(parent->path),
                                   (long long)area->id.v);
    struct str above = place_above(r->a, old);
    int64_t from = (int64_t)old.n + 1;
    return db_exec(r->c, e, NULL, SQL("UPDATE area SET parent = $2 WHERE id = $1"),
                   V(area->id), V(parent->id))
        && db_exec(r->c, e, NULL,
            SQL("UPDATE area SET path = $3 || SUBSTR(path, CAST($4 AS INTEGER))"
                " WHERE path >= $1 AND path < $2"), V(old), V(above), V(path), V(from))
        && db_exec(r->c, e, NULL,
            SQL("UPDATE org SET path = $3 || SUBSTR(path, CAST($4 AS INTEGER))"
                " WHERE path >= $1 AND path < $2"), V(old), V(above), V(path), V(from))
        && db_exec(r->c, e, NULL,
            SQL("UPDATE competence SET path = $3 || SUBSTR(path, CAST($4 AS INTEGER))"
                " WHERE path >= $1 AND path < $2"), V(old), V(above), V(path), V(from));
}

bool area_is_empty(struct req *r, struct id id, struct day day, struct err *e)
{
    struct str part = STR("");
    return db_text(r->c, e, r->a, &part,
        SQL("SELECT name FROM (SELECT name FROM area WHERE parent = $1"
            " AND (valid_to = 0 OR valid_to > $2)"
            " UNION ALL SELECT name FROM org WHERE home = $3 AND area = $1"
            " AND (valid_to = 0 OR valid_to > $2)) x LIMIT 1"),
        V(id), V(day), V(r->app->home))
        && (!part.n || err_setf(e, ERR_HAS_PARTS, "%.*s", STR_ARG(part)));
}

bool area_end(struct req *r, struct id id, struct id successor, struct day day, struct err *e)
{
    int64_t changed = 0;
    return db_exec(r->c, e, &changed,
        SQL("UPDATE area SET valid_to = $2, successor = $3, version = version + 1"
            " WHERE id = $1 AND valid_to = 0"), V(id), V(day), V(successor))
        && (changed == 1 || err_set(e, ERR_CONFLICT))
        && db_exec(r->c, e, NULL,
            SQL("UPDATE area_code SET valid_to = $2 WHERE area = $1 AND valid_to = 0"),
            V(id), V(day));
}

/* At or below a path, in the order of ids. */
static bool find_below(struct req *r, const struct area_query *q, struct str path, int64_t after,
                       struct list *out, struct err *e)
{
    struct str text = utf8_fold(r->a, str_trim(q->q));
    return db_all(r->c, e, r->a, &area_record, out,
        SQL(AREA_COLUMNS " WHERE a.path >= $1 AND a.path < $2 AND a.id > $3"
            " AND (CAST($4 AS BIGINT) = 1 OR a.valid_to = 0 OR a.valid_to > $5)"
            " AND (CAST($6 AS TEXT) = ''"
            " OR SUBSTR(a.pinyin, 1, LENGTH(CAST($6 AS TEXT))) = CAST($6 AS TEXT)"
            " OR REPLACE(a.name, CAST($6 AS TEXT), '') <> a.name"
            " OR REPLACE(a.short_name, CAST($6 AS TEXT), '') <> a.short_name"
            " OR a.id IN (SELECT c.area FROM area_code c WHERE c.code >= CAST($6 AS TEXT)"
            " AND c.code < CAST($7 AS TEXT)))"
            " ORDER BY a.id LIMIT $8"),
        V(path), V(place_above(r->a, path)), V(after), V(q->ended),
        V(place_today(r)), V(text), V(place_above(r->a, text)),
        V(r->limit));
}

static bool children(struct req *r, const struct area_query *q, int64_t after, struct list *out,
                     struct err *e)
{
    return db_all(r->c, e, r->a, &area_record, out,
        SQL(AREA_COLUMNS " WHERE a.parent = $1 AND a.id > $2"
            " AND (CAST($3 AS BIGINT) = 1 OR a.valid_to = 0 OR a.valid_to > $4)"
            " ORDER BY a.id LIMIT $5"),
        V(q->parent), V(after), V(q->ended), V(place_today(r)), V(r->limit));
}

bool area_list(struct req *r, const struct area_query *q, struct list *out, struct err *e)
{
    int64_t after = 0;
    struct area_brief under = { .path = STR("/") };
    struct id root = q->under.v ? q->under : r->app->home;
    bool search = q->q.n || q->under.v;
    if (!place_cursor(r, &after, e)
        || (search && !place_need_area(r, root, "under", &under, e)))
        return false;
    if (!(search ? find_below(r, q, under.path, after, out, e) : children(r, q, after, out, e)))
        return false;
    const struct area *v = out->v;
    if (out->n)
        place_next(r, out->n, v[out->n - 1].id);
    return true;
}
