#include "place/area_import.h"
#include "unit/people/world.h"

#define HEAD "code,name,short,level,kind,parent,pinyin\n"
#define CITY "440600000000,佛山市,,city,city,,fss\n"
#define NORTH "440604000000,禅城区,,county,district,440600000000,ccq\n"
#define SOUTH "440605000000,南海区,,county,district,440600000000,nhq\n"
#define TOWN "440605011000,桂城街道,,town,street,440605000000,gcjd\n"
#define VILLAGE "440605011001,桂一社区居委会,桂一社区,village,community,440605011000,gysq\n"
#define ALL HEAD CITY NORTH SOUTH TOWN VILLAGE

struct importing { struct str text; struct area_import in; struct area_imported n; };
static bool run(struct req *r, void *ctx, struct err *e)
{
    struct importing *x = ctx;
    x->in.a = r->a;
    return sheet_open_memory(r->a, x->text, NULL, &x->in.table, e)
        && area_import(r, &x->in, &x->n, e);
}
static enum err_id import(struct world *w, struct str text, int32_t day, struct area_imported *n)
{
    struct importing x = { .text = text, .in.day = { day } };
    enum err_id id = world_write(w, run, &x);
    *n = x.n;
    return id;
}

struct looking { struct str code; struct area_brief brief; struct area area; };
static bool look(struct req *r, void *ctx, struct err *e)
{
    struct looking *x = ctx;
    return area_of_code(r, x->code, &x->brief, e) && area_get(r, x->brief.id, &x->area, e);
}
static struct looking area_at(struct world *w, const char *code, enum err_id want)
{
    struct looking x = { .code = str_of(code) };
    OK_INT(world_read(w, look, &x), want);
    return x;
}

static bool count(struct req *r, void *ctx, struct err *e)
{
    return db_int(r->c, e, (int64_t *)ctx,
        SQL("SELECT COUNT(*) FROM area a LEFT JOIN area p ON p.id = a.parent"
            " WHERE a.path <> COALESCE(p.path, '/') || CAST(a.id AS TEXT) || '/'"));
}
static void paths_are_right(struct world *w)
{
    int64_t wrong = -1;
    OK_INT(world_read(w, count, &wrong), ERR_OK);
    OK_INT(wrong, 0);
}

static void test_area_import__makes_areas_below_their_parents(struct world *w)
{
    struct area_imported n;
    OK_INT(import(w, STR(ALL), 0, &n), ERR_OK);
    OK(n.rows == 5 && n.added == 5 && !n.renamed && !n.moved && !n.ended);
    struct looking town = area_at(w, "440605011000", ERR_OK);
    struct looking village = area_at(w, "440605011001", ERR_OK);
    OK_INT(village.area.parent.v, town.area.id.v);
    OK(str_starts(village.area.path, town.area.path));
    OK_STR(village.area.short_name, "桂一社区");
    OK_STR(town.area.short_name, "桂城街道");
    OK_INT(village.area.level, AREA_VILLAGE);
    paths_are_right(w);
}

static void test_area_import__the_same_table_changes_nothing(struct world *w)
{
    struct area_imported n;
    OK_INT(import(w, STR(ALL), 20500, &n), ERR_OK);
    OK(n.rows == 5 && !n.added && !n.renamed && !n.moved && !n.ended);
}

static void test_area_import__keeps_what_was(struct world *w)
{
    struct area_imported n;
    struct looking was = area_at(w, "440605011001", ERR_OK);
    OK_INT(import(w, STR(HEAD CITY NORTH SOUTH
        "440604013000,桂城街道,,town,street,440604000000,gcjd\n"
        "440605011000,桂城镇,,town,town,440604000000,gcz\n"
        "440605011001,桂一村委会,桂一村,village,village,440605011000,gyc\n"), 20500, &n), ERR_OK);
    OK_INT(n.added, 1);
    OK_INT(n.renamed, 2);
    OK_INT(n.moved, 1);
    OK_INT(n.ended, 0);
    struct looking village = area_at(w, "440605011001", ERR_OK);
    struct looking north = area_at(w, "440604000000", ERR_OK);
    OK_INT(village.area.id.v, was.area.id.v);
    OK_STR(village.area.name, "桂一村委会");
    OK(str_starts(village.area.path, north.area.path));
    const struct area_past *past = village.area.past.v;
    bool kept = false;
    for (size_t i = 0; i < village.area.past.n; i++)
        kept |= str_is(past[i].name, "桂一社区居委会") && past[i].valid_to.n == 20500;
    OK(kept);
    paths_are_right(w);
}

static void test_area_import__ends_what_vanished(struct world *w)
{
    struct area_imported n;
    struct looking gone = area_at(w, "440605011001", ERR_OK);
    OK_INT(import(w, STR(HEAD CITY NORTH SOUTH
        "440604013000,桂城街道,,town,street,440604000000,gcjd\n"), 20600, &n), ERR_OK);
    OK_INT(n.ended, 2);
    w->now = stamp_of_day((struct day){ 20599 });
    OK_INT(area_at(w, "440605011001", ERR_OK).area.id.v, gone.area.id.v);
    w->now = stamp_of_day((struct day){ 20600 });
    area_at(w, "440605011001", ERR_NOT_FOUND);
    OK_INT(import(w, STR(ALL), 20700, &n), ERR_OK);
    OK_INT(n.added, 2);
    w->now = stamp_of_day((struct day){ 20700 });
    OK(area_at(w, "440605011001", ERR_OK).area.id.v != gone.area.id.v);
    paths_are_right(w);
}

static void test_area_import__a_part_ends_nothing_outside_it(struct world *w)
{
    struct area_imported n;
    OK_INT(import(w, STR(HEAD "440605000000,南海区,,county,district,,nhq\n" TOWN VILLAGE), 20800,
                  &n), ERR_OK);
    OK(!n.added && !n.ended && !n.moved);
    w->now = stamp_of_day((struct day){ 20800 });
    OK(area_at(w, "440604000000", ERR_OK).area.id.v != 0);
    OK(area_at(w, "440605000000", ERR_OK).area.parent.v != 0);
}

/* All of a table or nothing, and the row and column at fault. */
static void test_area_import__refuses_a_bad_table_whole(struct world *w)
{
    static const struct { const char *text; enum err_id id; } bad[] = {
        { "", ERR_DATA },
        { "code,name\n", ERR_TABLE_ROW },
        { HEAD "550600000000,甲,,city,city,,j\n55060000000x,乙,,county,district,,y\n", ERR_TABLE_ROW },
        { HEAD "550600000000,甲,,city,city,,j\n550601000000,,,county,district,,y\n", ERR_TABLE_ROW },
        { HEAD "550600000000,甲,,country,city,,j\n", ERR_TABLE_ROW },
        { HEAD "550600000000,甲,,city,City!,,j\n", ERR_TABLE_ROW },
        { HEAD "550600000000,甲,,city,city,,J'); DROP TABLE area; --\n", ERR_TABLE_ROW },
        { HEAD "550600000000,甲,,city,city,,j\n550600000000,甲,,city,city,,j\n", ERR_TABLE_ROW },
        { HEAD "550601000000,乙,,county,district,550600000000,y\n"
          "550600000000,甲,,city,city,,j\n", ERR_TABLE_ROW },
        { HEAD "550600000000,甲,,city,city,550600000000,j\n", ERR_TABLE_ROW },
        { HEAD "-50600000000,甲,,city,city,,j\n", ERR_TABLE_ROW },
    };
    struct area_imported n;
    for (size_t i = 0; i < COUNT(bad); i++)
        OK_INT(import(w, str_of(bad[i].text), 20900, &n), bad[i].id);
    area_at(w, "550600000000", ERR_NOT_FOUND);
}

/* ---- what an administrator does ---- */

struct editing { struct area_put put; struct id id; struct area was; };
static bool add(struct req *r, void *ctx, struct err *e)
{
    struct editing *x = ctx;
    return area_add(r, &x->put, &x->id, e);
}
static bool change(struct req *r, void *ctx, struct err *e)
{
    struct editing *x = ctx;
    return area_get(r, x->id, &x->was, e) && area_change(r, &x->was, &x->put, e);
}

static void test_area__no_area_stands_below_itself(struct world *w)
{
    struct looking town = area_at(w, "440605011000", ERR_OK);
    struct looking village = area_at(w, "440605011001", ERR_OK);
    struct editing x = { .id = town.area.id, .put = {
        .parent = village.area.id, .level = AREA_TOWN, .kind = STR("street"), .name = STR("圈"),
    } };
    OK_INT(world_write(w, change, &x), ERR_BAD_VALUE);
    x.put.parent = town.area.id;
    OK_INT(world_write(w, change, &x), ERR_BAD_VALUE);
    x.put.parent = (struct id){ 99999 };
    OK_INT(world_write(w, change, &x), ERR_NO_SUCH_REF);
    paths_are_right(w);
}

static void test_area__a_code_is_one_areas(struct world *w)
{
    struct looking south = area_at(w, "440605000000", ERR_OK);
    struct editing x = { .put = { .parent = south.area.id, .level = AREA_TOWN,
                                  .kind = STR("town"), .name = STR("新镇"),
                                  .code = STR("440605011000") } };
    OK_INT(world_write(w, add, &x), ERR_DUPLICATE);
    x.put.code = STR("440605099000");
    OK_INT(world_write(w, add, &x), ERR_OK);
    OK_INT(area_at(w, "440605099000", ERR_OK).area.id.v, x.id.v);
    x.put.code = STR("440605098000");
    OK_INT(world_write(w, change, &x), ERR_OK);
    OK_INT(area_at(w, "440605098000", ERR_OK).area.id.v, x.id.v);
    paths_are_right(w);
}

int main(void)
{
    struct world w;
    world_open(&w);
    test_area_import__makes_areas_below_their_parents(&w);
    test_area_import__the_same_table_changes_nothing(&w);
    test_area_import__keeps_what_was(&w);
    test_area_import__ends_what_vanished(&w);
    test_area_import__a_part_ends_nothing_outside_it(&w);
    test_area_import__refuses_a_bad_table_whole(&w);
    test_area__no_area_stands_below_itself(&w);
    test_area__a_code_is_one_areas(&w);
    world_close(&w);
    return tap_end();
}
