/* What waits in a jurisdiction is what lies in the lists of its bodies, at every moment;
 * nobody who is nearly alone has a row. */
#include "unit/city.h"
#include "base/random.h"
#include "matter/worklist.h"

/* The rows of the answer, read from its JSON as a client would. */
static json_t *rows_of(const char *login, struct str path)
{
    json_error_t where;
    struct told t = get(login, path);
    DONE(t);
    json_t *all = json_loadb(t.json.p, t.json.n, 0, &where);
    json_t *rows = json_incref(json_object_get(all, "rows"));
    json_decref(all);
    return rows;
}

static int64_t in_bucket(const json_t *row, const char *slug, const char *what)
{
    const json_t *buckets = json_object_get(row, "buckets");
    for (size_t i = 0; i < json_array_size(buckets); i++) {
        const json_t *b = json_array_get(buckets, i);
        if (str_is(str_of(json_string_value(json_object_get(b, "bucket"))), slug))
            return json_integer_value(json_object_get(b, what));
    }
    return 0;
}

static bool is_body(const json_t *row)
{
    return json_is_string(json_object_get(row, "org"));
}

/* Sum of the rows, the sum row, and the lists themselves. */
static void agrees(const char *login)
{
    struct str path = who_of(login)->path;
    json_t *rows = rows_of(login, STR("/api/v1/work/statistics"));
    size_t n = json_array_size(rows);
    for (unsigned b = 0; b < WORK_BUCKET__COUNT && n; b++) {
        const char *slug = work_bucket_names.v[b].slug;
        int64_t sum = 0, late = 0;
        for (size_t i = 0; i + 1 < n; i++) {
            sum += in_bucket(json_array_get(rows, i), slug, "count");
            late += in_bucket(json_array_get(rows, i), slug, "overdue");
        }
        OK_INT(in_bucket(json_array_get(rows, n - 1), slug, "count"), sum);
        OK_INT(sum, ASK(SQL("SELECT COUNT(*) FROM worklist w JOIN org o ON o.id = w.holder"
                            " WHERE w.bucket = $1 AND SUBSTR(o.path, 1, LENGTH($2)) = $2"),
                        V((int)b), V(path)));
        OK_INT(late, ASK(SQL("SELECT COUNT(*) FROM worklist w JOIN org o ON o.id = w.holder"
                             " WHERE w.bucket = $1 AND SUBSTR(o.path, 1, LENGTH($2)) = $2"
                             " AND w.due_at < $3"), V((int)b), V(path), V(town_now)));
    }
    OK(n > 0);
    json_decref(rows);
}

/* A body with a row has posts enough and is no studio; who has none stands among three. */
static void nobody_is_alone(const char *login)
{
    json_t *rows = rows_of(login, STR("/api/v1/work/statistics"));
    int64_t named = 0;
    for (size_t i = 0; i < json_array_size(rows); i++) {
        const json_t *row = json_array_get(rows, i);
        struct id org = ID_NONE;
        if (!is_body(row))
            continue;
        named++;
        OK(str_to_i64(str_of(json_string_value(json_object_get(row, "org"))), &org.v));
        OK(ASK(SQL("SELECT COUNT(*) FROM post WHERE org = $1 AND valid_to = 0"), V(org)) >= 3);
        OK_INT(ASK(SQL("SELECT COUNT(*) FROM org WHERE id = $1 AND kind LIKE 'studio%'"), V(org)),
               0);
    }
    int64_t all = ASK(SQL("SELECT COUNT(*) FROM (SELECT DISTINCT w.holder FROM worklist w JOIN org o"
                          " ON o.id = w.holder WHERE SUBSTR(o.path, 1, LENGTH($1)) = $1) x"),
                      V(who_of(login)->path));
    OK(all > 0 && (all == named || all - named >= MIN(all, INT64_C(3))));
    printf("# %lld bodies, %lld by name\n", (long long)all, (long long)named);
    json_decref(rows);
}

static void test_open_work__is_what_lies_in_the_lists(void)
{
    static const char *const actions[] = { "accept", "assign", "take", "conclude", "withdraw" };
    static const char *const bodies[] = { "{}", NULL, "{\"disclosed\":true}",
        "{\"outcomes\":[{\"outcome\":\"settled\"}],\"summary\":\"谈妥\"}", "{}" };
    enum { MATTERS = 5, STEPS = 40 };
    static const char *const who[] = { DISPATCHER, HANDLER, RESIDENT };
    struct str org = text("{\"org\":\"%lld\"}", (long long)who_of(HANDLER)->org.v);
    struct case_file c[MATTERS];
    struct dice dice = { 7 };
    int done = 0;
    for (int i = 0; i < MATTERS; i++)
        c[i] = filed(RESIDENT, NEIGHBOURS);
    for (int i = 0; i < STEPS; i++) {
        size_t k = dice_below(&dice, COUNT(actions));
        struct told t = act(&c[dice_below(&dice, MATTERS)],
                            k == 4 ? RESIDENT : who[dice_below(&dice, 2)], actions[k],
                            bodies[k] ? bodies[k] : org.p);
        done += !t.e.id;
        if (i % 8 == 0)
            agrees("leader.guicheng");
    }
    OK(done > MATTERS);
    agrees("leader.nanhai");
    agrees("leader.foshan");
    nobody_is_alone("leader.guicheng");
    nobody_is_alone("leader.nanhai");
}

/* Time alone makes it late. */
static void test_open_work__grows_late_with_time(void)
{
    struct stamp now = town_now;
    town_now.ms += 90 * STAMP_DAY;
    agrees("leader.guicheng");
    json_t *rows = rows_of("leader.guicheng", STR("/api/v1/work/statistics"));
    OK(in_bucket(json_array_get(rows, json_array_size(rows) - 1), "to_accept", "overdue") > 0);
    json_decref(rows);
    town_now = now;
}

static void test_open_work__is_for_who_leads_the_area(void)
{
    REFUSED(get("clerk.guicheng", STR("/api/v1/work/statistics")), ERR_DENIED, "");
    REFUSED(get("head.labour.nanhai", STR("/api/v1/work/statistics")), ERR_DENIED, "");
    struct str dali = text("/api/v1/work/statistics?area=%lld",
                           (long long)area_of("440605125000").v);
    REFUSED(get("leader.guicheng", dali), ERR_DENIED, "");
    DONE(get("leader.nanhai", dali));
    REFUSED(get("leader.nanhai", STR("/api/v1/work/statistics?area=99999999")), ERR_NO_SUCH_REF, "area");
    REFUSED(get("leader.nanhai", STR("/api/v1/work/statistics?area=x")), ERR_BAD_ID, "area");
}

int main(void)
{
    town_open();
    test_open_work__is_what_lies_in_the_lists();
    test_open_work__grows_late_with_time();
    test_open_work__is_for_who_leads_the_area();
    return town_close();
}
