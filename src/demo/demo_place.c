/* Areas, grids, bodies and what they are competent for. */
#include "app/codebook.h"
#include "demo/demo_impl.h"
#include "place/area_import.h"

static const struct field demo_area_fields[] = {
    FIELD(demo_area, key, .doc = "Code"), FIELD(demo_area, path, .doc = "Path"),
    FIELD(demo_area, id, .doc = "Key"),
    FIELD(demo_area, level, .doc = "Level", .names = &area_level_names),
};
static const struct record demo_area_record = RECORD(demo_area, demo_area_fields);

struct grid { struct str key, name, kind, parent, pinyin; unsigned level; };
static const struct field grid_fields[] = {
    FIELD(grid, key, .doc = "Key"), FIELD(grid, name, .doc = "Name"),
    FIELD(grid, kind, .doc = "Kind"), FIELD(grid, parent, .doc = "Above it"),
    FIELD(grid, pinyin, .doc = "Initials"),
    FIELD(grid, level, .doc = "Level", .names = &area_level_names),
};
static const struct record grid_record = RECORD(grid, grid_fields);

static bool import(struct demo *d, struct err *e)
{
    struct area_import in = { .a = d->a };
    struct area_imported n;
    struct str bytes;
    return demo_file(d->app, "areas.csv", &bytes, e)
        && sheet_open_memory(d->a, bytes, NULL, &in.table, e) && area_import(d->r, &in, &n, e);
}

/* The city becomes this installation's home: what is filed asks for it. */
static bool choose_home(struct demo *d, struct area_brief *city, struct err *e)
{
    struct str code = arena_printf(d->a, "%.*s00000000", STR_ARG(d->app->config.home_code));
    if (!area_of_code(d->r, code, city, e)) {
        if (e->id != ERR_NOT_FOUND)
            return false;
        err_clear(e);
        return err_setf(e, ERR_CONFIG, "home_code %.*s", STR_ARG(d->app->config.home_code));
    }
    d->app->home = city->id;
    return setting_put(d->r->c, STR("home"),
                       arena_printf(d->a, "%lld", (long long)city->id.v), e);
}

static bool add_grids(struct demo *d, struct list grids, struct list *areas, struct err *e)
{
    static const char *const names[] = { "id", "parent", "level", "kind", "name", "short_name",
        "pinyin", "path", "valid_from", "valid_to", "successor", "version" };
    struct demo_area *all = arena_array(d->a, struct demo_area, areas->n + grids.n);
    const struct grid *v = grids.v;
    struct db_bulk *b;
    int64_t id;
    if (areas->n)
        memcpy(all, areas->v, areas->n * sizeof *all);
    areas->v = all;
    if (!area_take_ids(d->r, (int64_t)grids.n, &id, e)
        || !db_bulk_begin(d->r->c, &b, "area", names, COUNT(names), e))
        return false;
    bool ok = true;
    for (size_t i = 0; ok && i < grids.n; i++, id++) {
        const struct demo_area *up = demo_need(*areas, sizeof *up, v[i].parent, "grids", e);
        if (!up) {
            ok = false;
            break;
        }
        struct str path = arena_printf(d->a, "%.*s%lld/", STR_ARG(up->path), (long long)id);
        ok = db_bulk_row(b, DB_LIST(V(id), V(up->id), V(v[i].level), V(v[i].kind), V(v[i].name),
            V(v[i].name), V(v[i].pinyin), V(path), V(0), V(0), V(0), V(1)), e);
        all[areas->n++] = (struct demo_area){ v[i].key, path, { id }, v[i].level };
        demo_sort(*areas, sizeof *all);
    }
    return db_bulk_end(b, e) && ok;
}

bool demo_areas(struct demo *d, struct err *e)
{
    struct area_brief city;
    struct list grids;
    if (!import(d, e) || !choose_home(d, &city, e)
        || !demo_table_read(d, "grids.csv", &grid_record, &grids, e)
        || !db_all(d->r->c, e, d->a, &demo_area_record, &d->t.areas,
            SQL("SELECT c.code AS key, a.path, a.id, a.level FROM area a"
                " JOIN area_code c ON c.area = a.id AND c.valid_to = 0"
                " WHERE a.path >= $1 AND a.path < $2 AND a.valid_to = 0 LIMIT 10000"),
            V(city.path), V(arena_printf(d->a, "%.*s\x7f", STR_ARG(city.path)))))
        return false;
    demo_sort(d->t.areas, sizeof(struct demo_area));
    if (!add_grids(d, grids, &d->t.areas, e))
        return false;
    d->n.areas = (int64_t)d->t.areas.n;
    return true;
}

/* ---- bodies ---- */

static const struct field demo_org_fields[] = {
    FIELD(demo_org, key, .doc = "Key"), FIELD(demo_org, kind, .doc = "Kind"),
    FIELD(demo_org, name, .doc = "Name"),
    FIELD(demo_org, short_name, .doc = "Short name", .name = "short",
          .name_n = sizeof "short" - 1),
    FIELD(demo_org, area, .doc = "Area"), FIELD(demo_org, parent, .doc = "Belongs to"),
    FIELD(demo_org, above, .doc = "Centre over it"), FIELD(demo_org, address, .doc = "Address"),
    FIELD(demo_org, phone, .doc = "Telephone"), FIELD(demo_org, hours, .doc = "Open"),
    FIELD(demo_org, successor, .doc = "Taken over by"), FIELD(demo_org, founded, .doc = "Since"),
    FIELD(demo_org, ended, .doc = "Until"),
};
static const struct record demo_org_record = RECORD(demo_org, demo_org_fields);

static struct id id_of(struct list orgs, struct str key)
{
    const struct demo_org *o = demo_find(orgs, sizeof *o, key);
    return o ? o->id : ID_NONE;
}

static bool add_orgs(struct demo *d, struct err *e)
{
    static const char *const names[] = { "id", "home", "kind", "name", "short_name", "area",
        "path", "parent", "above", "phone", "address", "hours", "valid_from", "valid_to",
        "successor", "open_load", "version" };
    struct list orgs = d->t.orgs;
    const struct demo_org *v = orgs.v;
    struct db_bulk *b;
    if (!db_bulk_begin(d->r->c, &b, "org", names, COUNT(names), e))
        return false;
    bool ok = true;
    for (size_t i = 0; ok && i < orgs.n; i++)
        ok = db_bulk_row(b, DB_LIST(V(v[i].id), V(d->app->home), V(v[i].kind), V(v[i].name),
            V(v[i].short_name), V(v[i].at->id), V(v[i].at->path), V(id_of(orgs, v[i].parent)),
            V(id_of(orgs, v[i].above)), V(v[i].phone), V(v[i].address), V(v[i].hours),
            V(v[i].founded), V(v[i].ended), V(id_of(orgs, v[i].successor)), V(0), V(1)), e);
    return db_bulk_end(b, e) && ok;
}

bool demo_orgs(struct demo *d, struct err *e)
{
    if (!demo_table_read(d, "orgs.csv", &demo_org_record, &d->t.orgs, e))
        return false;
    struct demo_org *v = d->t.orgs.v;
    for (size_t i = 0; i < d->t.orgs.n; i++) {
        v[i].id = id_make();
        v[i].at = demo_need(d->t.areas, sizeof *v[i].at, v[i].area, "orgs", e);
        if (!v[i].at)
            return false;
    }
    demo_sort(d->t.orgs, sizeof *v);
    d->n.orgs = (int64_t)d->t.orgs.n;
    return add_orgs(d, e);
}

/* ---- competences ---- */

struct competence_row {
    struct str org, org_kind, matter_kind, type, reason;
    unsigned area_level, part;
    int64_t rank;
};
static const struct name part_v[] = { { "lead", "主办", "lead" }, { "assist", "协办", "assist" } };
static const struct names part_names = NAMES("part", part_v);
static const struct field competence_row_fields[] = {
    FIELD(competence_row, org, .doc = "One body"),
    FIELD(competence_row, org_kind, .doc = "Every body of the kind"),
    FIELD(competence_row, matter_kind, .doc = "For which kind"),
    FIELD(competence_row, type, .doc = "For which type"),
    FIELD(competence_row, reason, .doc = "Why"),
    FIELD(competence_row, area_level, .doc = "With an area of the level",
          .names = &area_level_names),
    FIELD(competence_row, part, .doc = "Lead or assist", .names = &part_names),
    FIELD(competence_row, rank, .doc = "Order"),
};
static const struct record competence_row_record = RECORD(competence_row, competence_row_fields);

/* "committee" covers "committee.town". */
static bool kind_covers(struct str kind, struct str one)
{
    return str_starts(one, kind) && (one.n == kind.n || one.p[kind.n] == '.');
}

static bool is_for(const struct competence_row *c, const struct demo_org *o)
{
    if (o->ended.n)
        return false;
    return c->org.n ? str_eq(c->org, o->key)
                    : kind_covers(c->org_kind, o->kind) && c->area_level == o->at->level;
}

/* Whether code is type or stands below it in its list. */
static bool type_covers(struct list codes, struct str type, struct str code)
{
    const struct code_entry *v = codes.v;
    enum { DEPTH = 8 };
    for (size_t up = 0; code.n && up < DEPTH; up++) {
        if (str_eq(code, type))
            return true;
        size_t i = 0;
        while (i < codes.n && !str_eq(v[i].code, code))
            i++;
        code = i < codes.n ? v[i].parent : STR_NONE;
    }
    return false;
}

static bool put(struct demo *d, struct db_bulk *b, const struct competence_row *c,
                const struct demo_org *o, struct str type, struct err *e)
{
    return db_bulk_row(b, DB_LIST(V(id_make()), V(d->app->home), V(o->id), V(c->matter_kind),
        V(type), V(o->at->path), V(c->part), V(c->rank), V(c->reason), V(0), V(0)), e);
}

static bool add_competence(struct demo *d, struct db_bulk *b, const struct competence_row *c,
                           struct err *e)
{
    struct str list = arena_printf(d->a, "%.*s_type", STR_ARG(c->matter_kind));
    struct list codes = codebook_list(d->app, d->a, list, DAY_NONE);
    const struct code_entry *code = codes.v;
    const struct demo_org *o = d->t.orgs.v;
    for (size_t i = 0; i < d->t.orgs.n; i++) {
        if (!is_for(c, &o[i]))
            continue;
        if (str_is(c->type, "*") && !put(d, b, c, &o[i], c->type, e))
            return false;
        for (size_t k = 0; k < codes.n; k++)
            if (type_covers(codes, c->type, code[k].code)
                && !put(d, b, c, &o[i], code[k].code, e))
                return false;
    }
    return true;
}

bool demo_competences(struct demo *d, struct err *e)
{
    static const char *const names[] = { "id", "home", "org", "kind", "type", "path", "part",
        "rank", "source", "valid_from", "valid_to" };
    struct list rows;
    struct db_bulk *b;
    if (!demo_table_read(d, "competences.csv", &competence_row_record, &rows, e)
        || !db_bulk_begin(d->r->c, &b, "competence", names, COUNT(names), e))
        return false;
    const struct competence_row *v = rows.v;
    bool ok = true;
    for (size_t i = 0; ok && i < rows.n; i++)
        ok = add_competence(d, b, &v[i], e);
    return db_bulk_end(b, e) && ok;
}
