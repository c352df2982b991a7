/* Hints: competent bodies only, best first, each with its reasons; and what the check
 * of derived rows finds and mends. */
#include "unit/city.h"
#include "handling/hint.h"
#include "matter/matter_check.h"

static const struct list *hints(struct told *t, struct case_file c)
{
    *t = get(DISPATCHER, text("/api/v1/matters/%lld/hint", (long long)c.id.v));
    return DONE(*t) ? t->out : NULL;
}

/* The sum of the "（+20）" in the reasons. */
static int64_t said(struct strs reasons)
{
    int64_t sum = 0;
    for (size_t i = 0; i < reasons.n; i++) {
        size_t at = str_find(reasons.v[i], STR("（"));
        if (at < reasons.v[i].n)
            sum += strtol(reasons.v[i].p + at + strlen("（"), NULL, 10);
    }
    return sum;
}

static void test_hint__is_ordered_and_says_why(void)
{
    struct case_file c = filed(DISPATCHER, NEIGHBOURS);
    struct told t;
    const struct list *list = hints(&t, c);
    OK(list && list->n > 1 && list->n <= 8);
    const struct hint *v = list ? list->v : NULL;
    for (size_t i = 0; list && i < list->n; i++) {
        OK_INT(said(v[i].reasons), v[i].points);
        OK(i == 0 || v[i].points <= v[i - 1].points);
        OK_INT(ASK(SQL("SELECT COUNT(*) FROM competence WHERE org = $1 AND part = 0"
                       " AND kind = 'dispute' AND type IN ('2', '*')"), V(v[i].org)) > 0, 1);
        for (size_t k = 0; k < i; k++)
            OK(v[k].org.v != v[i].org.v);
    }
    REFUSED(get("clerk.guicheng", text("/api/v1/matters/%lld/hint", (long long)c.id.v)),
            ERR_DENIED, "");
    REFUSED(get("dispatcher.dali", text("/api/v1/matters/%lld/hint", (long long)c.id.v)),
            ERR_NOT_FOUND, "");
}

/* A full desk weighs; a body that ended is not offered. */
static void test_hint__weighs_load_and_leaves_out_who_ended(void)
{
    struct case_file c = filed(DISPATCHER, NEIGHBOURS);
    struct told t;
    struct id org = who_of(HANDLER)->org;
    const struct list *list = hints(&t, c);
    int64_t free = 0;
    const struct hint *v = list ? list->v : NULL;
    for (size_t i = 0; list && i < list->n; i++)
        free += v[i].org.v == org.v ? v[i].points : 0;
    OK(free > 20);
    DO(SQL("UPDATE org SET open_load = 40 WHERE id = $1"), V(org));
    list = hints(&t, c);
    v = list ? list->v : NULL;
    for (size_t i = 0; list && i < list->n; i++)
        if (v[i].org.v == org.v)
            OK_INT(v[i].points, free - 20);
    DO(SQL("UPDATE org SET open_load = 0, valid_to = 5 WHERE id = $1"), V(org));
    list = hints(&t, c);
    v = list ? list->v : NULL;
    for (size_t i = 0; list && i < list->n; i++)
        OK(v[i].org.v != org.v);
    DO(SQL("UPDATE org SET valid_to = 0 WHERE id = $1"), V(org));
}

static int64_t points_of(struct case_file c, struct id org)
{
    struct told t;
    const struct list *list = hints(&t, c);
    const struct hint *v = list ? list->v : NULL;
    for (size_t i = 0; list && i < list->n; i++)
        if (v[i].org.v == org.v)
            return v[i].points;
    return -999;
}

/* Absence and conflict weigh against a body, which stays the dispatcher's to choose. */
static void test_hint__weighs_absence_and_conflict(void)
{
    struct case_file c = filed(DISPATCHER, NEIGHBOURS);
    struct id org = who_of(HANDLER)->org;
    int64_t free = points_of(c, org), today = day_today().n;
    DO(SQL("UPDATE post SET absent_from = $2, absent_to = $3 WHERE org = $1"), V(org), V(today),
       V(today + 1));
    OK_INT(points_of(c, org), free - 30);
    DO(SQL("UPDATE post SET absent_to = $2 WHERE org = $1"), V(org), V(today));
    OK_INT(points_of(c, org), free);
    DO(SQL("UPDATE post SET absent_from = 0, absent_to = 0 WHERE org = $1"), V(org));
    advance(&c, 0, 2);
    DONE(act(&c, HANDLER, "object", "{\"reason\":\"不属本单位职责\"}"));
    OK(points_of(c, org) <= free - 20);
    struct case_file d = filed(DISPATCHER, NEIGHBOURS);
    DO(SQL("UPDATE party SET name = (SELECT name FROM org WHERE id = $2)"
           " WHERE matter = $1 AND no = 2"), V(d.id), V(org));
    OK(points_of(d, org) <= free - 50);
}

static struct matter_check checked(bool repair)
{
    struct matter_check c = { .repair = repair };
    struct err e = { 0 };
    OK(matter_check_all(&town.app, &c, &e));
    return c;
}
static void test_check__finds_and_mends_what_is_derived(void)
{
    struct case_file c = filed(DISPATCHER, NEIGHBOURS), d = filed(DISPATCHER, NEIGHBOURS);
    advance(&c, 0, 3);
    struct matter_check x = checked(false);
    OK(x.worklists == 0 && x.counts == 0 && x.loads == 0 && x.lost == 0 && x.matters >= 2);
    DO(SQL("DELETE FROM worklist WHERE matter = $1 AND holder = $2"), V(c.id),
       V(who_of(HANDLER)->account));
    DO(SQL("UPDATE worklist SET bucket = 4 WHERE matter = $1"), V(d.id));
    DO(SQL("UPDATE org SET open_load = open_load + 3 WHERE id = $1"), V(who_of(HANDLER)->org));
    x = checked(false);
    OK(x.worklists == 2 && x.counts == 3 && x.loads == 1);
    checked(true);
    x = checked(false);
    OK(x.worklists == 0 && x.counts == 0 && x.loads == 0);
    OK_INT(ASK(SQL("SELECT COUNT(*) FROM worklist WHERE matter = $1"), V(c.id)), 2);
}

int main(void)
{
    town_open();
    test_hint__is_ordered_and_says_why();
    test_hint__weighs_load_and_leaves_out_who_ended();
    test_hint__weighs_absence_and_conflict();
    test_check__finds_and_mends_what_is_derived();
    return town_close();
}
