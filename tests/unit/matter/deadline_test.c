/* Clocks: whose rule they follow, who gives way, and the recount of provisional ones. */
#include "unit/city.h"
#include "app/codebook.h"
#include "matter/deadline_change.h"
#include "matter/deadline_recompute.h"
#include "matter/overdue.h"

static struct str rule_of(struct case_file c, const char *what)
{
    return ASK_TEXT(SQL("SELECT rule FROM deadline WHERE matter = $1 AND what = $2"
                        " AND state IN (0, 1) ORDER BY id DESC LIMIT 1"), V(c.id), V(str_of(what)));
}
static int64_t state_of(struct case_file c, const char *what)
{
    return ASK(SQL("SELECT state FROM deadline WHERE matter = $1 AND what = $2"
                   " ORDER BY id DESC LIMIT 1"), V(c.id), V(str_of(what)));
}

static void test_whole__is_by_the_level_of_the_body(void)
{
    static const struct { const char *who, *rule; } rows[] = {
        { "clerk.guicheng", "product.dispute.whole" },
        { "clerk.nanhai", "product.dispute.whole.county" },
        { "clerk.foshan", "product.dispute.whole.city" },
    };
    int64_t due[COUNT(rows)];
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct case_file c = filed(rows[i].who, NEIGHBOURS);
        OK_STR(rule_of(c, "whole"), rows[i].rule);
        due[i] = ASK(SQL("SELECT due_at FROM matter WHERE id = $1"), V(c.id));
        OK_INT(ASK(SQL("SELECT due_at FROM deadline WHERE matter = $1 AND what = 'whole'"),
                   V(c.id)), due[i]);
        OK_INT(ASK(SQL("SELECT COUNT(*) FROM matter WHERE id = $1 AND yellow_at < due_at"
                       " AND yellow_at > filed_at"), V(c.id)), 1);
    }
    OK(due[0] < due[1] && due[1] < due[2]);
}

/* Met in time, met late, handed over, dropped at the end. */
static void test_clocks__follow_the_way(void)
{
    struct case_file c = filed(DISPATCHER, NEIGHBOURS), late = filed(DISPATCHER, NEIGHBOURS);
    OK_INT(state_of(c, "accept"), DEADLINE_RUNNING);
    DO(SQL("UPDATE deadline SET due_at = 5 WHERE matter = $1 AND what = 'accept'"), V(late.id));
    advance(&late, 0, 1);
    OK_INT(state_of(late, "accept"), DEADLINE_LATE);
    advance(&c, 0, 1);
    OK_INT(state_of(c, "accept"), DEADLINE_MET);
    OK_INT(state_of(c, "assign"), DEADLINE_RUNNING);
    advance(&c, 1, 1);
    OK_INT(state_of(c, "assign"), DEADLINE_MET);
    OK_INT(ASK(SQL("SELECT org FROM deadline WHERE matter = $1 AND what = 'handle' AND state = 0"),
               V(c.id)), who_of(HANDLER)->org.v);
    OK_INT(ASK(SQL("SELECT org FROM deadline WHERE matter = $1 AND what = 'whole'"), V(c.id)),
           who_of(DISPATCHER)->org.v);
    advance(&c, 2, 2);
    OK_INT(state_of(c, "handle"), DEADLINE_MET);
    OK_INT(state_of(c, "whole"), DEADLINE_RUNNING);
    advance(&c, 4, 2);
    OK_INT(state_of(c, "whole"), DEADLINE_MET);
    OK_INT(ASK(SQL("SELECT COUNT(*) FROM deadline WHERE matter = $1 AND state IN (0, 1)"
                   " AND what NOT IN ('visit', 'rate', 'reopen', 'archive')"), V(c.id)), 0);
    OK_INT(state_of(c, "visit"), DEADLINE_RUNNING);
    OK_INT(ASK(SQL("SELECT COUNT(*) FROM deadline WHERE matter = $1 AND state > 1"
                   " AND ended_at = 0"), V(c.id)), 0);
}

/* The law's month for people's mediation is stronger than the product's own clock,
 * and one clock of a "what" runs at a time. */
static void test_clocks__give_way_to_the_stronger_rule(void)
{
    struct case_file c = filed(DISPATCHER, NEIGHBOURS);
    advance(&c, 0, 1);
    OK_STR(rule_of(c, "handle"), "mediate.people");
    for (int i = 1; i < 4; i++) {
        OK_INT(ASK(SQL("SELECT COALESCE(MAX(n), 0) FROM (SELECT COUNT(*) AS n FROM deadline"
                       " WHERE matter = $1 AND state IN (0, 1) GROUP BY what) x"), V(c.id)), 1);
        advance(&c, i, 1);
    }
}

struct restart { struct case_file c; const char *event; };
static bool restart(struct req *r, void *ctx, struct err *e)
{
    struct restart *x = ctx;
    struct matter m = { .id = x->c.id, .home = r->app->home, .kind = MATTER_DISPUTE,
                        .type = STR("2"), .source = STR("counter") };
    struct id org = ID_NONE;
    return db_int(r->c, e, &org.v, SQL("SELECT owner FROM matter WHERE id = $1"), V(m.id))
        && deadline_event(r, &m, str_of(x->event), ID_NONE, org, r->now, e);
}
static bool reckon(struct req *r, void *ctx, struct err *e)
{
    struct restart *x = ctx;
    struct matter m = { .id = x->c.id, .home = r->app->home, .kind = MATTER_DISPUTE,
                        .type = STR("15"), .source = STR("counter") };
    return db_int(r->c, e, &m.owner.v, SQL("SELECT owner FROM matter WHERE id = $1"), V(m.id))
        && deadline_reckon(r, &m, e);
}
static void test_clocks__a_weaker_rule_starts_none_beside_a_stronger(void)
{
    struct restart x = { filed(DISPATCHER, NEIGHBOURS), "accept" };
    advance(&x.c, 0, 1);
    DO(SQL("UPDATE deadline SET rule = 'mediate.medical' WHERE matter = $1 AND what = 'handle'"),
       V(x.c.id));                      /* priority 400 against mediate.people's */
    int64_t before = ASK(SQL("SELECT id FROM deadline WHERE matter = $1 AND what = 'handle'"
                             " AND state = 0"), V(x.c.id));
    OK_INT(city_write(&town, restart, &x), ERR_OK);
    OK_INT(ASK(SQL("SELECT id FROM deadline WHERE matter = $1 AND what = 'handle' AND state = 0"),
               V(x.c.id)), before);
}

static void recount(void)
{
    struct err e = { 0 };
    bool more = true;
    for (int i = 0; more && i < 50; i++)
        if (!OK(deadline_recompute(&town.app, &more, &e)))
            more = false;
    OK(!more);
}
static bool touch(struct req *r, void *ctx UNUSED, struct err *e)
{
    return codebook_touch(r->c, e);
}

/* When the rules change every running clock is counted again, and only then; one that
 * stands is counted when it goes on. */
static void test_recompute__moves_what_runs(void)
{
    struct case_file c = filed(DISPATCHER, NEIGHBOURS), still = filed(DISPATCHER, NEIGHBOURS);
    recount();
    int64_t due = ASK(SQL("SELECT due_at FROM matter WHERE id = $1"), V(c.id));
    struct id both[] = { c.id, still.id };
    for (size_t i = 0; i < COUNT(both); i++) {
        DO(SQL("UPDATE deadline SET due_at = due_at - 86400000, provisional = 1, state = $2"
               " WHERE matter = $1"), V(both[i]), V((int64_t)(i == 1)));
        DO(SQL("UPDATE worklist SET due_at = due_at - 86400000 WHERE matter = $1"), V(both[i]));
        DO(SQL("UPDATE matter SET due_at = due_at - 86400000 WHERE id = $1"), V(both[i]));
    }
    recount();
    OK_INT(ASK(SQL("SELECT due_at FROM matter WHERE id = $1"), V(c.id)), due - STAMP_DAY);
    OK_INT(city_write(&town, touch, NULL), ERR_OK);
    recount();
    OK_INT(ASK(SQL("SELECT due_at FROM matter WHERE id = $1"), V(c.id)), due);
    OK_INT(ASK(SQL("SELECT due_at FROM deadline WHERE matter = $1 AND what = 'whole'"), V(c.id)),
           due);
    OK_INT(ASK(SQL("SELECT COUNT(*) FROM deadline WHERE matter = $1 AND provisional = 1"),
               V(c.id)), 0);
    OK_INT(ASK(SQL("SELECT due_at FROM worklist WHERE matter = $1"), V(c.id)),
           ASK(SQL("SELECT MIN(due_at) FROM deadline WHERE matter = $1"), V(c.id)));
    OK(ASK(SQL("SELECT COUNT(*) FROM journal WHERE chain = $1 AND action = 'recount'"), V(c.id))
       > 0);
    OK_INT(ASK(SQL("SELECT due_at FROM matter WHERE id = $1"), V(still.id)), due - STAMP_DAY);
    OK_INT(ASK(SQL("SELECT COUNT(*) FROM journal WHERE chain = $1 AND action = 'recount'"),
               V(still.id)), 0);
    advance(&c, 0, 1);
}

/* A rule that was edited moves the clocks that follow it, from their own start. */
static void test_recompute__follows_an_edited_rule(void)
{
    struct case_file c = filed(DISPATCHER, NEIGHBOURS);
    struct stamp due = { ASK(SQL("SELECT due_at FROM matter WHERE id = $1"), V(c.id)) }, then;
    DO(SQL("UPDATE deadline_rule SET amount = 70 WHERE id = 'product.dispute.whole'"));
    OK_INT(city_write(&town, touch, NULL), ERR_OK);
    recount();
    then.ms = ASK(SQL("SELECT due_at FROM matter WHERE id = $1"), V(c.id));
    OK_INT(day_of_stamp(then).n, day_of_stamp(due).n + 10);
    DO(SQL("UPDATE deadline_rule SET amount = 60 WHERE id = 'product.dispute.whole'"));
    OK_INT(city_write(&town, touch, NULL), ERR_OK);
    recount();
    OK_INT(ASK(SQL("SELECT due_at FROM matter WHERE id = $1"), V(c.id)), due.ms);
}

/* The type decides the rule: put right, the clock follows another from the same start. */
static void test_clocks__follow_the_type_put_right(void)
{
    struct case_file c = filed(DISPATCHER, NEIGHBOURS);
    DONE(act(&c, DISPATCHER, "accept", "{\"type\":\"15\"}"));
    OK_STR(rule_of(c, "handle"), "mediate.medical");
    struct case_file d = filed(DISPATCHER, NEIGHBOURS);
    advance(&d, 0, 1);
    int64_t started = ASK(SQL("SELECT started_at FROM deadline WHERE matter = $1"
                              " AND what = 'handle'"), V(d.id));
    DO(SQL("UPDATE matter SET type = '15' WHERE id = $1"), V(d.id));
    struct restart x = { d, "assign" };
    OK_INT(city_write(&town, reckon, &x), ERR_OK);
    OK_STR(rule_of(d, "handle"), "mediate.medical");
    OK_INT(ASK(SQL("SELECT started_at FROM deadline WHERE matter = $1 AND what = 'handle'"
                   " AND state = 0"), V(d.id)), started);
}

/* The lead's assignment has the clock of handling as its own. */
static void test_assignment__is_due_with_its_clock(void)
{
    struct case_file c = filed(DISPATCHER, NEIGHBOURS);
    advance(&c, 0, 2);
    int64_t due = ASK(SQL("SELECT due_at FROM deadline WHERE matter = $1 AND what = 'handle'"
                          " AND state = 0"), V(c.id));
    OK(due > 0);
    OK_INT(ASK(SQL("SELECT due_at FROM assignment WHERE matter = $1"), V(c.id)), due);
}

static void look(void)
{
    struct err e = { 0 };
    bool more = true;
    for (int i = 0; more && i < 50; i++)
        if (!OK(overdue_run(&town.app, &more, &e)))
            more = false;
}
static int64_t told_yellow(struct case_file c)
{
    return ASK(SQL("SELECT (SELECT COUNT(*) FROM feed WHERE matter = $1 AND kind = 'yellow')"
                   " + (SELECT COUNT(*) FROM feed_pending WHERE matter = $1"
                   " AND kind = 'yellow')"), V(c.id));
}

/* Yellow is told once in the feed, red once in the journal. */
static void test_clocks__turn_yellow_then_red(void)
{
    struct case_file c = filed(DISPATCHER, NEIGHBOURS);
    struct stamp now = stamp_now();
    look();
    OK_INT(told_yellow(c), 0);
    DO(SQL("UPDATE deadline SET yellow_at = $2, look_at = $2, due_at = $3 WHERE matter = $1"
           " AND what = 'accept'"), V(c.id), V(now.ms - 1000), V(now.ms + STAMP_HOUR));
    look();
    look();
    OK_INT(told_yellow(c), 1);
    OK_INT(ASK(SQL("SELECT COUNT(*) FROM deadline WHERE matter = $1 AND red_at > 0"), V(c.id)), 0);
    DO(SQL("UPDATE deadline SET due_at = $2, look_at = $2 WHERE matter = $1 AND what = 'accept'"),
       V(c.id), V(now.ms - 500));
    look();
    look();
    OK_INT(told_yellow(c), 1);
    OK_INT(ASK(SQL("SELECT COUNT(*) FROM deadline WHERE matter = $1 AND red_at > 0"), V(c.id)), 1);
    OK_INT(ASK(SQL("SELECT COUNT(*) FROM journal WHERE chain = $1 AND action = 'overdue'"),
               V(c.id)), 1);
    struct told t = get(DISPATCHER, text("/api/v1/matters/%lld", (long long)c.id.v));
    OK(has(t.json, "\"colour\":\"red\"") && has(t.json, "\"colour\":\"green\""));
    OK(has(t.json, "\"left_minutes\":-") || has(t.json, "\"left_minutes\":0"));
    OK(has(t.json, "产品缺省"));
}

/* Whoever takes a matter in hand reaches the parties soon: a dated try meets the clock by
 * its own date, an outcome meets it too, and handing it back ends it without fault. */
static void test_contact__is_met_by_a_try(void)
{
    struct case_file c = filed(DISPATCHER, NEIGHBOURS), late = filed(DISPATCHER, NEIGHBOURS),
                     told = filed(DISPATCHER, NEIGHBOURS), back = filed(DISPATCHER, NEIGHBOURS);
    advance(&c, 0, 3);
    OK_STR(rule_of(c, "contact"), "product.dispute.contact");
    OK_INT(state_of(c, "contact"), DEADLINE_RUNNING);
    OK_INT(ASK(SQL("SELECT org FROM deadline WHERE matter = $1 AND what = 'contact'"), V(c.id)),
           who_of(HANDLER)->org.v);
    struct str tried = text("{\"party\":\"%lld\"}", (long long)c.party[1].v);
    DONE(act(&c, HANDLER, "record_attempt", tried.p));
    OK_INT(state_of(c, "contact"), DEADLINE_MET);
    OK_INT(state_of(c, "handle"), DEADLINE_RUNNING);
    advance(&late, 0, 3);
    DO(SQL("UPDATE deadline SET due_at = 5 WHERE matter = $1 AND what = 'contact'"), V(late.id));
    DONE(act(&late, HANDLER, "record_attempt",
             text("{\"party\":\"%lld\"}", (long long)late.party[1].v).p));
    OK_INT(state_of(late, "contact"), DEADLINE_LATE);
    advance(&told, 0, 4);
    OK_INT(state_of(told, "contact"), DEADLINE_MET);
    advance(&back, 0, 3);
    DONE(act(&back, DISPATCHER, "recall", "{\"reason\":\"另行安排\"}"));
    OK_INT(state_of(back, "contact"), DEADLINE_DROPPED);
}

int main(void)
{
    town_open();
    test_whole__is_by_the_level_of_the_body();
    test_clocks__follow_the_way();
    test_contact__is_met_by_a_try();
    test_clocks__give_way_to_the_stronger_rule();
    test_clocks__a_weaker_rule_starts_none_beside_a_stronger();
    test_recompute__moves_what_runs();
    test_recompute__follows_an_edited_rule();
    test_clocks__follow_the_type_put_right();
    test_assignment__is_due_with_its_clock();
    test_clocks__turn_yellow_then_red();
    return town_close();
}
