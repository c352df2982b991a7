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

/* A committee without a head: the town's approves, which had not seen the matter. */
static void test_approval__lends_sight_for_the_days_of_the_rules(void)
{
    struct case_file c = filed("dispatcher.nanhai", NEIGHBOURS);
    DONE(act(&c, "dispatcher.nanhai", "accept", "{}"));
    DONE(act(&c, "dispatcher.nanhai", "assign", lead_body().p));
    DONE(act(&c, HANDLER, "take", "{\"disclosed\":true}"));
    number_is("approval_days", "30", "9");
    DONE(act(&c, HANDLER, "ask_approval", "{\"action\":\"reply\",\"text\":\"拟答复\"}"));
    int64_t approver = ASK(SQL("SELECT approver FROM matter WHERE id = $1"), V(c.id));
    OK(approver != who_of(HANDLER)->org.v);
    OK_INT((ASK(SQL("SELECT COALESCE(MAX(until), 0) FROM sight WHERE matter = $1 AND holder = $2"
                    " AND why = $3"),
                V(c.id), V(approver), V((unsigned)WHY_REPORTED)) - town_now.ms) / STAMP_DAY, 9);
    number_is("approval_days", "9", "30");
}

int main(void)
{
    town_open();
    test_report__is_seen_for_the_days_of_the_rules();
    test_approval__lends_sight_for_the_days_of_the_rules();
    return town_close();
}
