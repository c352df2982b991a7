/* The demo's areas, grids, bodies and competences hang together. */
#include "demo.h"

static const char *const levels[] = { "city", "county", "town", "village", NULL };
static const char *const small_levels[] = { "grid", "micro_grid", "park", NULL };
/* Of each there is at least one body. */
static const char *const wanted_kinds[] = { "centre", "centre.station", "centre.park",
    "committee.village", "committee.residents", "committee.town", "committee.street",
    "committee.enterprise", "committee.association", "studio", "court.intermediate",
    "court.basic", "court.tribunal", "procuratorate", "police.station", "police.traffic",
    "justice_office", "petition_office", "arbitration", "labour", "housing", "hotline", "market",
    "legal_aid", "notary", "village_committee", "department", NULL };
enum { TYPES = 18 };

struct city { struct table areas, grids, orgs, competences, org_kinds; struct types types; };

static int by_str(const void *x, const void *y)
{
    return str_cmp(*(const struct str *)x, *(const struct str *)y);
}
static size_t count_repeats(struct arena *a, const struct table *t, const char *column)
{
    struct str *keys = arena_array(a, struct str, t->n);
    size_t repeats = 0;
    for (size_t i = 0; i < t->n; i++)
        keys[i] = cell(t, i, column);
    qsort(keys, t->n, sizeof *keys, by_str);
    for (size_t i = 1; i < t->n; i++)
        repeats += str_eq(keys[i - 1], keys[i]);
    return repeats;
}

/* The area above: by code or, below the village, by key; empty at the root. */
static struct str parent_of(const struct city *c, struct str area)
{
    size_t row = table_find(&c->areas, "code", area);
    if (row < c->areas.n)
        return cell(&c->areas, row, "parent");
    row = table_find(&c->grids, "key", area);
    return row < c->grids.n ? cell(&c->grids, row, "parent") : STR_NONE;
}
static bool area_exists(const struct city *c, struct str area)
{
    return table_find(&c->areas, "code", area) < c->areas.n
        || table_find(&c->grids, "key", area) < c->grids.n;
}
static struct str level_of(const struct city *c, struct str area)
{
    size_t row = table_find(&c->areas, "code", area);
    if (row < c->areas.n)
        return cell(&c->areas, row, "level");
    row = table_find(&c->grids, "key", area);
    return row < c->grids.n ? cell(&c->grids, row, "level") : STR_NONE;
}

static size_t level_count(const struct table *t, const char *level)
{
    size_t n = 0;
    for (size_t i = 0; i < t->n; i++)
        n += cell_is(t, i, "level", level);
    return n;
}

static void test_areas__form_one_tree(struct arena *a, const struct city *c)
{
    const struct table *t = &c->areas;
    size_t faults = 0;
    for (size_t i = 0; i < t->n; i++) {
        struct str code = cell(t, i, "code"), parent = cell(t, i, "parent");
        if (code.n != 12 || !all_digits(code) || !is_one_of(cell(t, i, "level"), levels))
            faults += fault(t, i, "bad code or level");
        if (str_empty(parent) ? i != 0 : table_find(t, "code", parent) >= i)
            faults += fault(t, i, "the parent does not come before it");
        if (str_empty(cell(t, i, "short")) || str_empty(cell(t, i, "pinyin")))
            faults += fault(t, i, "no short name or no initials");
    }
    OK_INT(faults, 0);
    OK_INT(count_repeats(a, t, "code"), 0);
    OK_INT(level_count(t, "city"), 1);
    OK_INT(level_count(t, "county"), 5);
    OK_INT(level_count(t, "town"), 32);
    OK_INT(level_count(t, "village"), 809);
}

static void test_areas_left_out__are_units_with_a_reason(struct arena *a, const struct city *c)
{
    struct table t = table_read(a, "demo/areas_left_out.csv");
    size_t towns = 0;
    for (size_t i = 0; i < t.n; i++) {
        int64_t unit = 0;
        OK(str_to_i64(str_sub(cell(&t, i, "code"), 6, 3), &unit) && unit >= 400);
        OK(!str_empty(cell(&t, i, "reason")) && !area_exists(c, cell(&t, i, "code")));
        towns += cell_is(&t, i, "level", "town");
    }
    OK_INT(towns, 9);
}

static void test_grids__lie_below_what_exists(struct arena *a, const struct city *c)
{
    const struct table *t = &c->grids;
    size_t faults = 0;
    for (size_t i = 0; i < t->n; i++) {
        struct str above = level_of(c, cell(t, i, "parent"));
        const char *want = cell_is(t, i, "level", "grid") ? "village"
            : cell_is(t, i, "level", "micro_grid") ? "grid"
            : cell_is(t, i, "kind", "zone") ? "county" : "town";
        if (!is_one_of(cell(t, i, "level"), small_levels) || !str_is(above, want))
            faults += fault(t, i, "bad level, or below the wrong level");
    }
    OK_INT(faults, 0);
    OK_INT(count_repeats(a, t, "key"), 0);
    OK(level_count(t, "micro_grid") > 0 && level_count(t, "park") >= 3);
}

static size_t org_faults(const struct city *c, size_t i)
{
    const struct table *t = &c->orgs;
    struct str parent = cell(t, i, "parent"), phone = cell(t, i, "phone");
    struct day founded = DAY_NONE, ended = DAY_NONE;
    size_t faults = 0;
    if (table_find(&c->org_kinds, "code", cell(t, i, "kind")) == c->org_kinds.n
        || str_empty(cell(t, i, "short")))
        faults += fault(t, i, "bad kind or no short name");
    if (!area_exists(c, cell(t, i, "area")))
        faults += fault(t, i, "no such area");
    if (str_empty(parent) ? i != 0
        : table_find(t, "key", parent) == t->n || str_eq(parent, cell(t, i, "key")))
        faults += fault(t, i, "no such parent");
    size_t above = table_find(t, "key", cell(t, i, "above"));
    if (i && (above == t->n || !code_covers(STR("centre"), cell(t, above, "kind"))))
        faults += fault(t, i, "no centre above");
    if (!is_demo_landline(phone)
        && !(cell_is(t, i, "kind", "hotline") && str_is(phone, "12345")))
        faults += fault(t, i, "not a telephone of the demo's range");
    if (!day_parse(cell(t, i, "founded"), &founded) || founded.n >= day_today().n)
        faults += fault(t, i, "bad day of founding");
    if (!str_empty(cell(t, i, "ended")) && (!day_parse(cell(t, i, "ended"), &ended)
        || ended.n <= founded.n || table_find(t, "key", cell(t, i, "successor")) == t->n))
        faults += fault(t, i, "bad end, or no successor");
    return faults;
}
static bool org_is_open(const struct table *orgs, size_t i)
{
    return str_empty(cell(orgs, i, "ended"));
}

static void test_orgs__are_complete(struct arena *a, const struct city *c)
{
    size_t faults = 0, ended = 0;
    for (size_t i = 0; i < c->orgs.n; i++) {
        faults += org_faults(c, i);
        ended += !org_is_open(&c->orgs, i);
    }
    OK_INT(faults, 0);
    OK_INT(ended, 2);
    OK_INT(count_repeats(a, &c->orgs, "key"), 0);
    OK_INT(count_repeats(a, &c->orgs, "name"), 0);
    OK_INT(count_repeats(a, &c->orgs, "phone"), 0);
    for (const char *const *kind = wanted_kinds; *kind; kind++) {
        size_t i = 0;
        while (i < c->orgs.n && !code_covers(str_of(*kind), cell(&c->orgs, i, "kind")))
            i++;
        OK(i < c->orgs.n);
    }
}

/* Every area of the levels from city to village has a centre at itself or above;
 * every town its own. */
static void test_centres__stand_on_four_levels(const struct city *c)
{
    size_t towns = 0, villages = 0;
    for (size_t i = 0; i < c->orgs.n; i++) {
        struct str level = level_of(c, cell(&c->orgs, i, "area"));
        bool centre = code_covers(STR("centre"), cell(&c->orgs, i, "kind"));
        towns += centre && str_is(level, "town");
        villages += centre && str_is(level, "village");
    }
    OK_INT(towns, 32);
    OK(villages > 100);
}

/* Does competence k name the open org o for a matter whose area is below at? */
static bool competence_fits(const struct city *c, size_t k, size_t o, struct str level)
{
    const struct table *t = &c->competences, *orgs = &c->orgs;
    if (!org_is_open(orgs, o))
        return false;
    if (!str_empty(cell(t, k, "org")))
        return str_eq(cell(t, k, "org"), cell(orgs, o, "key"));
    return code_covers(cell(t, k, "org_kind"), cell(orgs, o, "kind"))
        && str_eq(cell(t, k, "area_level"), level);
}

/* bit type (0 = every type) of leads[kind] is set when area has a lead body.
 * Kinds other than disputes must have one for every type: bit 0. */
static void area_leads(const struct city *c, struct str area, uint32_t leads[4])
{
    const struct table *t = &c->competences;
    for (; area.n; area = parent_of(c, area))
        for (size_t o = 0; o < c->orgs.n; o++) {
            if (!str_eq(cell(&c->orgs, o, "area"), area))
                continue;
            for (size_t k = 0; k < t->n; k++) {
                int64_t type = 0;
                size_t kind = kind_index(cell(t, k, "matter_kind"));
                if (kind == KINDS)
                    continue;
                bool every = cell_is(t, k, "type", "*");
                if (!every && kind == 0)
                    type = cell_number(t, k, "type", 0);
                if ((every || kind == 0) && cell_is(t, k, "part", "lead")
                    && competence_fits(c, k, o, level_of(c, area)))
                    leads[kind] |= (uint32_t)1 << type;
            }
        }
}
static bool leads_cover(const uint32_t leads[4])
{
    uint32_t every = ((uint32_t)1 << (TYPES + 1)) - 2;
    for (size_t kind = 1; kind < 4; kind++)
        if (!(leads[kind] & 1))
            return false;
    return (leads[0] & 1) || (leads[0] & every) == every;
}

static void test_competences__refer_to_what_exists(const struct city *c)
{
    const struct table *t = &c->competences;
    size_t faults = 0;
    for (size_t k = 0; k < t->n; k++) {
        struct str org = cell(t, k, "org");
        struct str type = cell(t, k, "type");
        bool known = str_is(type, "*")
            || type_name(&c->types, cell(t, k, "matter_kind"), type).n;
        bool by_org = !str_empty(org);
        if (by_org ? table_find(&c->orgs, "key", org) == c->orgs.n
            : table_find(&c->org_kinds, "code", cell(t, k, "org_kind")) == c->org_kinds.n
              || !is_one_of(cell(t, k, "area_level"), levels))
            faults += fault(t, k, "no such body or level");
        if (!known || kind_index(cell(t, k, "matter_kind")) == KINDS
            || cell_number(t, k, "rank", 0) < 1 || str_empty(cell(t, k, "reason"))
            || (!cell_is(t, k, "part", "lead") && !cell_is(t, k, "part", "assist")))
            faults += fault(t, k, "bad type, kind, rank, part or no reason");
    }
    OK_INT(faults, 0);
}

/* Villages of one town that have no body of their own resolve alike; so each
 * town, each village with bodies and each park is asked once. */
static void test_competences__resolve_everywhere(const struct city *c)
{
    size_t uncovered = 0, asked = 0;
    for (size_t i = 0; i < c->areas.n; i++) {
        struct str code = cell(&c->areas, i, "code");
        if (cell_is(&c->areas, i, "level", "village")
            && table_find(&c->orgs, "area", code) == c->orgs.n)
            continue;
        uint32_t leads[4] = { 0 };
        area_leads(c, code, leads);
        asked++;
        if (!leads_cover(leads))
            uncovered += fault(&c->areas, i, "some matter has no lead body");
    }
    OK_INT(uncovered, 0);
    OK(asked > 100);
    const uint32_t no_advice[4] = { 1, 1, 1, 0 }, no_type_18[4] = { 0x3FFFE, 1, 1, 1 };
    const uint32_t all[4] = { 0x7FFFE, 1, 1, 1 };
    OK(!leads_cover(no_advice) && !leads_cover(no_type_18));
    OK(leads_cover(all));
}

int main(void)
{
    struct arena a = { 0 };
    struct city c = { table_read(&a, "demo/areas.csv"), table_read(&a, "demo/grids.csv"),
        table_read(&a, "demo/orgs.csv"), table_read(&a, "demo/competences.csv"),
        table_read(&a, "rules/org_kinds.csv"), types_read(&a) };
    test_areas__form_one_tree(&a, &c);
    test_areas_left_out__are_units_with_a_reason(&a, &c);
    test_grids__lie_below_what_exists(&a, &c);
    test_orgs__are_complete(&a, &c);
    test_centres__stand_on_four_levels(&c);
    test_competences__refer_to_what_exists(&c);
    test_competences__resolve_everywhere(&c);
    arena_done(&a);
    return tap_end();
}
