/* Case numbers: who gives them, without a gap whoever comes at once, void ones kept. */
#include "unit/city.h"
#include "matter/docket.h"
#include <pthread.h>

enum { THREADS = 4, EACH = 6 };

static void test_docket_word__is_the_short_name_without_its_tail(void)
{
    OK_STR(docket_word(STR("桂城调委会")), "桂城");
    OK_STR(docket_word(STR("医调委")), "医");
    OK_STR(docket_word(STR("南海区交通人民调解委员会")), "南海区交通");
    OK_STR(docket_word(STR("调委会")), "调委会");
    OK_STR(docket_word(STR("")), "");
}

static struct str docket_of(struct id matter)
{
    return ASK_TEXT(SQL("SELECT docket FROM matter WHERE id = $1"), V(matter));
}

static void test_docket__is_given_by_a_committee_that_accepts_or_takes(void)
{
    struct case_file c = filed(DISPATCHER, NEIGHBOURS);
    advance(&c, 0, 2);
    OK_STR(docket_of(c.id), "");                    /* a centre gives none */
    advance(&c, 2, 1);
    OK(has(docket_of(c.id), "人调字第1号") && has(docket_of(c.id), "〔"));
    advance(&c, 3, 3);
    OK_INT(ASK(SQL("SELECT COUNT(*) FROM docket WHERE matter = $1"), V(c.id)), 1);

    struct case_file own = filed("mediator.guicheng", NEIGHBOURS);
    DONE(act(&own, "mediator.guicheng", "accept", "{}"));
    OK(has(docket_of(own.id), "桂城人调字第1号"));

    struct case_file request = filed(HANDLER, "\"kind\":\"request\",\"title\":\"路灯\"");
    DONE(act(&request, HANDLER, "accept", "{}"));
    OK_STR(docket_of(request.id), "");              /* only disputes are mediated */
}

static void test_register__is_the_bodys_own(void)
{
    struct told t = get(HANDLER, STR("/api/v1/dockets"));
    DONE(t);
    OK(has(t.json, "人调字第1号") && has(t.json, "楼上漏水"));
    OK_INT(((const struct list *)t.out)->n, 1);
    OK_INT(((const struct list *)get(DISPATCHER, STR("/api/v1/dockets")).out)->n, 0);
    OK_INT(((const struct list *)get(HANDLER, STR("/api/v1/dockets?year=1999")).out)->n, 0);
    struct str other = text("/api/v1/dockets?org=%lld",
                            (long long)who_of("mediator.guicheng")->org.v);
    REFUSED(get(HANDLER, other), ERR_NOT_FOUND, "");
    REFUSED(get("grid.guicheng", STR("/api/v1/dockets")), ERR_NOT_FOUND, "");
    REFUSED(get(HANDLER, STR("/api/v1/dockets?after=x")), ERR_BAD_CURSOR, "after");
    REFUSED(get(HANDLER, STR("/api/v1/dockets?year=99999")), ERR_OUT_OF_RANGE, "year");
    DO(SQL("UPDATE sight SET until = 1 WHERE holder = $1"), V(who_of(HANDLER)->org));
    t = get(HANDLER, STR("/api/v1/dockets"));
    DONE(t);
    OK(has(t.json, "人调字第1号") && !has(t.json, "楼上漏水"));
    DO(SQL("UPDATE sight SET until = 0 WHERE holder = $1"), V(who_of(HANDLER)->org));
}

/* ---- at once ---- */

struct giver { pthread_t thread; struct who who; struct id org, home; int64_t from; bool ok; };

struct giving { const struct giver *g; struct id matter; bool fail; };
static bool give(struct req *r, void *ctx, struct err *e)
{
    const struct giving *x = ctx;
    struct matter m = { .home = x->g->home, .id = x->matter };
    return docket_give(r, &m, x->g->org, r->now, e) && (!x->fail || err_set(e, ERR_CONFLICT));
}

/* Each number tried is given twice: once in a transaction that fails. */
static void *giver_run(void *ctx)
{
    struct giver *g = ctx;
    g->ok = true;
    for (int64_t i = 0; i < EACH; i++) {
        struct giving x = { .g = g, .matter = { g->from + i }, .fail = true };
        for (int round = 0; round < 2; round++, x.fail = false) {
            struct arena a = { 0 };
            struct req r;
            struct err e = { 0 };
            app_request(&town.app, &a, &g->who, &r);
            g->ok &= app_write(&town.app, &r, give, &x, &e) != x.fail;
            arena_done(&a);
        }
    }
    return NULL;
}

static void test_docket__has_no_gap_whoever_comes_at_once(void)
{
    const struct who *who = who_of("mediator.dali");
    struct giver g[THREADS];
    for (int64_t i = 0; i < THREADS; i++) {
        g[i] = (struct giver){ .who = *who, .org = who->org, .home = who->home,
                               .from = 1000 * (i + 1) };
        OK_INT(pthread_create(&g[i].thread, NULL, giver_run, &g[i]), 0);
    }
    for (int i = 0; i < THREADS; i++) {
        pthread_join(g[i].thread, NULL);
        OK(g[i].ok);
    }
    OK_INT(ASK(SQL("SELECT COUNT(*) FROM docket WHERE org = $1"), V(who->org)), THREADS * EACH);
    OK_INT(ASK(SQL("SELECT MAX(no) FROM docket WHERE org = $1"), V(who->org)), THREADS * EACH);
    OK_INT(ASK(SQL("SELECT COUNT(DISTINCT no) FROM docket WHERE org = $1"), V(who->org)),
           THREADS * EACH);
}

int main(void)
{
    test_docket_word__is_the_short_name_without_its_tail();
    town_open();
    test_docket__is_given_by_a_committee_that_accepts_or_takes();
    test_register__is_the_bodys_own();
    test_docket__has_no_gap_whoever_comes_at_once();
    return town_close();
}
