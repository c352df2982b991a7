/* The demo city as it lies in the database, on both engines. */
#include "app/codebook.h"
#include "app/session.h"
#include "base/random.h"
#include "demo/demo_time.h"
#include "matter/matter.h"
#include "place/committee.h"
#include "place/competence.h"
#include "place/org.h"
#include "place/roster.h"
#include "unit/demo/city.h"

struct number { int64_t n; struct db_val v[4]; };
static bool ask(struct req *r, void *ctx, struct err *e)
{
    struct number *x = ctx;
    return db_int_v(r->c, e, &x->n, x->v);
}
#define NUMBER(t, ...) number_of(t, (struct number){ .n = -1, .v = { __VA_ARGS__ } })
static int64_t number_of(struct city *t, struct number x)
{
    OK_INT(city_write(t, ask, &x), ERR_OK);
    return x.n;
}

static void test_load__makes_everything_once(struct city *t)
{
    struct demo_report n = { 0 };
    struct err e = { 0 };
    bool ok = demo_load(&t->app, &t->a, &n, &e);
    if (!OK(ok))
        printf("# %s %s %s\n", err_slug(e.id), e.arg, e.detail);
    OK(!n.again && t->app.home.v != 0);
    OK_INT(n.areas, 1384);
    OK_INT(n.orgs, 696);
    OK_INT(n.accounts, 99);
    OK_INT(n.matters + n.left_out, 63);
    OK_INT(NUMBER(t, SQL("SELECT COUNT(*) FROM matter")), n.matters);
    OK_INT(NUMBER(t, SQL("SELECT COUNT(*) FROM roster")), n.rosters);
    OK_INT(NUMBER(t, SQL("SELECT COUNT(*) FROM matter WHERE journal_seq > 1")), 57);
    int64_t entries = NUMBER(t, SQL("SELECT COUNT(*) FROM journal"));
    OK(demo_load(&t->app, &t->a, &n, &e) && n.again && n.logins.n > 10);
    OK_INT(NUMBER(t, SQL("SELECT COUNT(*) FROM journal")), entries);
    OK_INT(NUMBER(t, SQL("SELECT COUNT(*) FROM matter")), 60);
}

/* Nothing happens after now, out of order, or to a matter of the future. */
static void test_load__keeps_the_order_of_time(struct city *t)
{
    int64_t now = stamp_now().ms;
    OK_INT(NUMBER(t, SQL("SELECT COUNT(*) FROM journal WHERE chain <> 0 AND happened_at > $1"),
                  V(now)), 0);
    OK_INT(NUMBER(t, SQL("SELECT COUNT(*) FROM journal a JOIN journal b ON b.home = a.home"
                         " AND b.chain = a.chain AND b.seq = a.seq + 1"
                         " WHERE a.chain <> 0 AND b.happened_at <= a.happened_at")), 0);
    OK_INT(NUMBER(t, SQL("SELECT COUNT(*) FROM matter WHERE state >= 1 AND accepted_at = 0"
                         " AND state <> 6")), 0);
    OK_INT(NUMBER(t, SQL("SELECT COUNT(*) FROM matter WHERE state = 5"
                         " AND (closed_at = 0 OR closed_at < accepted_at)")), 0);
    OK_INT(NUMBER(t, SQL("SELECT COUNT(*) FROM claim c JOIN matter m ON m.home = c.home"
                         " AND m.id = c.matter WHERE m.state IN (3, 4, 5) AND c.outcome = ''")), 0);
}

/* At every hour of a fortnight, however little time a matter had. */
static void test_load__draws_courses_at_any_hour(struct city *t)
{
    static const enum matter_action all[] = {
        MATTER_DO_ACCEPT, MATTER_DO_ASSIGN, MATTER_DO_TAKE, MATTER_DO_CONCLUDE, MATTER_DO_REPLY,
        MATTER_DO_CLOSE,
    };
    struct dice dice = { 1 };
    struct req r = { .a = &t->a };
    struct demo d = { .app = &t->app, .r = &r, .a = &t->a, .dice = &dice };
    int64_t began = stamp_of_day(day_today()).ms, late = 0, back = 0;
    for (int64_t hour = 0; hour < 14 * 24; hour += 5) {
        r.now.ms = began + hour * STAMP_HOUR;
        d.today = day_of_stamp(r.now);
        for (unsigned kind = 0; kind < MATTER_KIND__COUNT; kind++)
            for (int64_t day = -89; day <= 0; day += day < -4 ? 17 : 1) {
                struct course c;
                course_draw(&d, (enum matter_kind)kind, day, hour & 1, all, COUNT(all), &c);
                late += c.at[c.n - 1].ms >= r.now.ms;
                for (size_t i = 1; i < c.n; i++)
                    back += c.at[i].ms <= c.at[i - 1].ms;
            }
    }
    OK_INT(late, 0);
    OK_INT(back, 0);
}

static void test_place__paths_are_the_parents_and_the_id(struct city *t)
{
    OK_INT(NUMBER(t, SQL("SELECT COUNT(*) FROM area a LEFT JOIN area p ON p.id = a.parent"
                         " WHERE a.path <> COALESCE(p.path, '/') || CAST(a.id AS TEXT) || '/'")), 0);
    OK_INT(NUMBER(t, SQL("SELECT COUNT(*) FROM org o JOIN area a ON a.id = o.area"
                         " WHERE o.path <> a.path")), 0);
    OK_INT(NUMBER(t, SQL("SELECT COUNT(*) FROM area WHERE parent = 0")), 1);
}

/* The range of paths below every area of the upper levels against walking down. */
static void test_place__a_range_is_the_subtree(struct city *t)
{
    OK_INT(NUMBER(t, SQL(
        "SELECT COUNT(*) FROM (WITH RECURSIVE below(top, id) AS ("
        "SELECT id, id FROM area WHERE level <= 4"
        " UNION ALL SELECT b.top, a.id FROM below b JOIN area a ON a.parent = b.id)"
        " SELECT top, COUNT(*) AS n FROM below GROUP BY top) w JOIN area t ON t.id = w.top"
        " WHERE w.n <> (SELECT COUNT(*) FROM area x WHERE x.path >= t.path"
        " AND x.path < t.path || '\x7f')")), 0);
}

struct lead { struct str kind, code, path; int64_t without; };
static bool leads(struct req *r, void *ctx, struct err *e)
{
    struct lead *x = ctx;
    return db_int(r->c, e, &x->without,
        SQL("SELECT COUNT(*) FROM area a WHERE a.level = 5 AND NOT EXISTS (SELECT 1"
            " FROM competence c WHERE c.kind = $1 AND c.type IN ($2, '*') AND c.part = 0"
            " AND SUBSTR(a.path, 1, LENGTH(c.path)) = c.path)"), V(x->kind), V(x->code));
}
static bool first(struct req *r, void *ctx, struct err *e)
{
    struct lead *x = ctx;
    struct list found;
    if (!competence_find(r, x->kind, x->code, x->path, &found, e))
        return false;
    const struct competence *v = found.v;
    x->without = found.n == 0 || v[0].part != COMPETENCE_LEAD;
    for (size_t i = 1; i < found.n; i++)
        x->without += v[i].part < v[i - 1].part
                   || (v[i].part == v[i - 1].part && v[i].rank < v[i - 1].rank);
    return true;
}

static void test_competence__every_type_has_a_lead_everywhere(struct city *t)
{
    static const char *const kinds[] = { "dispute", "request", "event", "advice" };
    int64_t without = 0, types = 0;
    for (size_t k = 0; k < COUNT(kinds); k++) {
        struct str list = arena_printf(&t->a, "%s_type", kinds[k]);
        struct list codes = codebook_list(&t->app, &t->a, list, DAY_NONE);
        const struct code_entry *c = codes.v;
        for (size_t i = 0; i < codes.n; i++, types++) {
            struct lead x = { .kind = str_of(kinds[k]), .code = c[i].code, .path = STR("/1/") };
            if (k == 0 && city_write(t, leads, &x) == ERR_OK)
                without += x.without;
            if (city_write(t, first, &x) == ERR_OK)
                without += x.without;
        }
    }
    OK(types >= 30);
    OK_INT(without, 0);
    struct lead none = { .kind = STR("dispute' OR 1=1 --"), .code = STR("1"), .path = STR("/1/") };
    OK_INT(city_write(t, first, &none), ERR_OK);
    OK_INT(none.without, 1);
}

/* ---- a body that closed ---- */

struct closing { struct id org, dispatcher, post, matter; struct str lead_name; enum err_id again; };
static bool close_body(struct req *r, void *ctx, struct err *e)
{
    struct closing *x = ctx;
    struct org was;
    struct day day = day_of_stamp(r->now);
    struct org_brief gone;
    struct err none = { 0 };
    if (!db_int(r->c, e, &x->matter.v,
            SQL("SELECT m.id FROM matter m JOIN org o ON o.home = m.home AND o.id = m.lead"
                " WHERE m.state = 5 AND o.open_load = 0 AND m.owner <> m.lead"
                " AND NOT EXISTS (SELECT 1 FROM worklist w WHERE w.holder = o.id)"
                " AND NOT EXISTS (SELECT 1 FROM org p WHERE p.parent = o.id)"
                " ORDER BY m.id LIMIT 1"))
        || !db_int(r->c, e, &x->org.v, SQL("SELECT lead FROM matter WHERE id = $1"), V(x->matter))
        || !db_int(r->c, e, &x->dispatcher.v,
            SQL("SELECT p.account FROM post p JOIN matter m ON m.owner = p.org AND m.id = $1"
                " WHERE p.role = 4 AND p.stands_for = 0 ORDER BY p.id LIMIT 1"), V(x->matter))
        || !db_int(r->c, e, &x->post.v,
            SQL("SELECT id FROM post WHERE account = $1 AND role = 4 LIMIT 1"), V(x->dispatcher))
        || !org_get(r, x->org, &was, e) || !org_end(r, &was, ID_NONE, day, e))
        return false;
    x->again = org_brief(r, x->org, &gone, &none) ? ERR_OK : none.id;
    return true;
}
/* A centre for which matters wait cannot close under them. */
static bool close_busy(struct req *r, void *ctx, struct err *e)
{
    struct id *busy = ctx;
    struct org was;
    return db_int(r->c, e, &busy->v,
            SQL("SELECT o.id FROM org o JOIN worklist w ON w.holder = o.id WHERE o.open_load = 0"
                " AND NOT EXISTS (SELECT 1 FROM org p WHERE p.parent = o.id)"
                " ORDER BY o.id LIMIT 1"))
        && org_get(r, *busy, &was, e) && org_end(r, &was, ID_NONE, day_of_stamp(r->now), e);
}
static bool read_as_dispatcher(struct req *r, void *ctx, struct err *e)
{
    struct closing *x = ctx;
    struct who w;
    struct matter m;
    bool found;
    if (!session_who_in_post(r, x->dispatcher, x->post, &w, &found, e))
        return false;
    r->who = &w;
    if (!matter_load(r, x->matter, &m, e))
        return false;
    x->lead_name = m.lead_name;
    return true;
}

static void test_org__a_closed_body_keeps_its_matters_readable(struct city *t)
{
    struct closing x = { 0 };
    OK_INT(city_write(t, close_body, &x), ERR_OK);
    OK(x.matter.v && x.org.v && x.dispatcher.v && x.post.v);
    OK_INT(x.again, ERR_NOT_FOUND);
    OK_INT(city_write(t, read_as_dispatcher, &x), ERR_OK);
    OK(x.lead_name.n > 0);
    struct id busy = ID_NONE;
    OK_INT(city_write(t, close_busy, &busy), ERR_HAS_PARTS);
    OK(busy.v != 0);
}

/* ---- duty ---- */

struct duty { struct list found; int32_t ahead; };
static bool duty(struct req *r, void *ctx, struct err *e)
{
    struct duty *x = ctx;
    struct id village = ID_NONE;
    struct day day = { day_of_stamp(r->now).n + x->ahead };
    return db_int(r->c, e, &village.v,
            SQL("SELECT area FROM area_code WHERE code = '440605011001'"))
        && roster_duty(r, village, day, &x->found, e);
}

static void test_roster__a_village_has_five_roles_and_a_night(struct city *t)
{
    struct duty x = { 0 }, far = { .ahead = 200 };
    OK_INT(city_write(t, duty, &x), ERR_OK);
    OK_INT(city_write(t, duty, &far), ERR_OK);
    const struct roster *v = x.found.v;
    OK_INT(x.found.n, 6);
    for (size_t i = 0; i < x.found.n && i < 5; i++)
        OK_INT(v[i].role, ROSTER_CADRE + i);
    OK(x.found.n == 6 && v[5].role == ROSTER_ON_DUTY && v[5].from_minute > v[5].to_minute);
    OK_INT(far.found.n, 5);
}

/* Last: another city is home. */
static bool other_home(struct req *r, void *ctx, struct err *e)
{
    (void)ctx;
    return setting_put(r->c, STR("demo"), STR(""), e);
}
static void test_load__leaves_another_city_alone(struct city *t)
{
    struct demo_report n = { 0 };
    struct err e = { 0 };
    OK_INT(city_write(t, other_home, NULL), ERR_OK);
    OK(!demo_load(&t->app, &t->a, &n, &e));
    OK_INT(e.id, ERR_DUPLICATE);
}

int main(void)
{
    struct city t;
    struct err e = { 0 };
    if (!OK(city_open(&t, &e))) {
        printf("# %s %s %s\n", err_slug(e.id), e.arg, e.detail);
        return tap_end();
    }
    test_load__makes_everything_once(&t);
    test_load__keeps_the_order_of_time(&t);
    test_load__draws_courses_at_any_hour(&t);
    test_place__paths_are_the_parents_and_the_id(&t);
    test_place__a_range_is_the_subtree(&t);
    test_competence__every_type_has_a_lead_everywhere(&t);
    test_roster__a_village_has_five_roles_and_a_night(&t);
    test_org__a_closed_body_keeps_its_matters_readable(&t);
    test_load__leaves_another_city_alone(&t);
    city_close(&t);
    return tap_end();
}
