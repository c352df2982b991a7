/* What is told above: for how long the body above sees a matter that was reported, or
 * that it has to approve. */
#include "unit/city.h"
#include "app/codebook.h"

static void number_is(const char *code, const char *from, const char *to)
{
    struct err e = { 0 };
    DO(SQL("UPDATE code SET extra = REPLACE(extra, $2, $3) WHERE list = 'number' AND code = $1"),
       V(str_of(code)), V(text("\"value\":\"%s\"", from)), V(text("\"value\":\"%s\"", to)));
    MUST(codebook_load(&town.app, &e), &e);
}

/* For how many days the district's centre sees the matter from now on; 0 not at all. */
static int64_t days_seen(const struct case_file *c)
{
    int64_t until = ASK(SQL("SELECT COALESCE(MAX(until), 0) FROM sight WHERE matter = $1"
                            " AND holder = $2"), V(c->id), V(who_of("head.nanhai")->org));
    return until ? (until - town_now.ms) / STAMP_DAY : 0;
}

static void test_report__is_seen_for_the_days_of_the_rules(void)
{
    struct case_file c = filed(DISPATCHER, NEIGHBOURS);
    REFUSED(act(&c, DISPATCHER, "report_up", "{\"text\":\"重大\",\"days\":181}"),
            ERR_OUT_OF_RANGE, "days");
    OK_INT(days_seen(&c), 0);
    DONE(act(&c, DISPATCHER, "report_up", "{\"text\":\"重大\"}"));
    OK_INT(days_seen(&c), 30);
    number_is("report_days", "30", "7");
    DONE(act(&c, DISPATCHER, "report_up", "{\"text\":\"重大\"}"));
    OK_INT(days_seen(&c), 7);
    number_is("report_days_most", "180", "5");
    REFUSED(act(&c, DISPATCHER, "report_up", "{\"text\":\"重大\",\"days\":6}"),
            ERR_OUT_OF_RANGE, "days");
    DONE(act(&c, DISPATCHER, "report_up", "{\"text\":\"重大\"}"));
    OK_INT(days_seen(&c), 5);
    number_is("report_days", "7", "30");
    number_is("report_days_most", "5", "180");
}

static struct str lead_body(void)
{
    const struct who *w = who_of(HANDLER);
    return text("{\"org\":\"%lld\"}", w ? (long long)w->org.v : 0);
}

static int64_t seen_at(const struct case_file *c, struct id holder, const char *column)
{
    struct db_val sql = { .type = DB_SQL, .s = text("SELECT COALESCE(MAX(%s), 0) FROM sight"
        " WHERE matter = $1 AND holder = $2", column) };
    const struct db_val v[] = { sql, V(c->id), V(holder), { .type = DB_END } };
    return town_run(town_ask, v).n;
}
static struct case_file waits_above(struct id *above)
{
    struct case_file c = filed("dispatcher.nanhai", NEIGHBOURS);
    DONE(act(&c, "dispatcher.nanhai", "accept", "{}"));
    DONE(act(&c, "dispatcher.nanhai", "assign", lead_body().p));
    DONE(act(&c, HANDLER, "take", "{\"disclosed\":true}"));
    DONE(act(&c, HANDLER, "ask_approval", "{\"action\":\"reply\",\"text\":\"拟答复\"}"));
    above->v = ASK(SQL("SELECT approver FROM matter WHERE id = $1"), V(c.id));
    OK(above->v != who_of(HANDLER)->org.v);
    OK_INT(above->v, who_of("head.guicheng")->org.v);
    return c;
}
static struct str page_of(const struct case_file *c)
{
    return text("/api/v1/matters/%lld", (long long)c->id.v);
}

/* A committee without a head: the town's approves, which had not seen the matter. It reads
 * it until it has decided, be that late, and no moment longer; the parties see until when. */
static void test_approval__lends_sight_until_the_decision(void)
{
    struct stamp began = town_now;
    struct id above;
    struct case_file c = waits_above(&above);
    town_now.ms += 200 * STAMP_DAY;
    OK(has(get("head.guicheng", page_of(&c)).json, "天花发霉"));
    OK(has(get(HANDLER, text("/api/v1/matters/%lld/sights", (long long)c.id.v)).json, "\"until\":null"));
    DONE(act(&c, "head.guicheng", "decide_approval", "{\"approved\":true}"));
    REFUSED(get("head.guicheng", page_of(&c)), ERR_NOT_FOUND, "");
    OK_INT(seen_at(&c, above, "until"), town_now.ms);
    town_now = began;
}

/* Also when it is asked no more; what was lent for its days has them all the same. */
static void test_approval__takes_no_longer_loan_away(void)
{
    struct stamp began = town_now;
    struct id above;
    struct case_file c = waits_above(&above);
    town_now.ms += STAMP_DAY;
    DONE(act(&c, "dispatcher.nanhai", "withdraw", text("{\"party\":\"%lld\"}", (long long)c.party[0].v).p));
    REFUSED(get("head.guicheng", page_of(&c)), ERR_NOT_FOUND, "");
    OK_INT(seen_at(&c, above, "until"), town_now.ms);
    struct case_file d = waits_above(&above);
    DO(SQL("UPDATE sight SET until = $3 WHERE matter = $1 AND holder = $2"), V(d.id), V(above),
       V((struct stamp){ town_now.ms + 5 * STAMP_DAY }));
    DONE(act(&d, "head.guicheng", "decide_approval", "{\"approved\":true}"));
    OK(has(get("head.guicheng", page_of(&d)).json, "天花发霉"));
    town_now.ms += 6 * STAMP_DAY;
    REFUSED(get("head.guicheng", page_of(&d)), ERR_NOT_FOUND, "");
    town_now = began;
}

int main(void)
{
    town_open();
    test_report__is_seen_for_the_days_of_the_rules();
    test_approval__lends_sight_until_the_decision();
    test_approval__takes_no_longer_loan_away();
    return town_close();
}
