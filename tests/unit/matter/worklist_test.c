/* What waits for whom: after every move the rows are what the state says. */
#include "unit/city.h"
#include "base/random.h"
#include "matter/worklist.h"

static void test_waiting__follows_state_facts_and_holders(void)
{
    enum { OWNER = 5, LEAD, ME, REVIEWER };
    static const struct { enum matter_state state; int64_t facts, lead; size_t n;
                          enum work_bucket bucket; int64_t first, second; } rows[] = {
        { MATTER_FILED, 0, 0, 1, WORK_TO_ACCEPT, OWNER, 0 },
        { MATTER_DETAILS, 0, 0, 1, WORK_DETAILS, OWNER, 0 },
        { MATTER_DECLINED, FACT_BIT(REVIEW), 0, 1, WORK_TO_REVIEW, REVIEWER, 0 },
        { MATTER_DECLINED, FACT_BIT(REVIEWED), 0, 1, WORK_TO_ARCHIVE, OWNER, 0 },
        { MATTER_ACCEPTED, 0, 0, 1, WORK_TO_ASSIGN, OWNER, 0 },
        { MATTER_ACCEPTED, 0, LEAD, 1, WORK_TO_TAKE, LEAD, 0 },
        { MATTER_IN_HAND, 0, LEAD, 2, WORK_IN_HAND, LEAD, ME },
        { MATTER_CONCLUDED, 0, LEAD, 2, WORK_TO_REPLY, LEAD, ME },
        { MATTER_REPLIED, 0, LEAD, 1, WORK_TO_CLOSE, OWNER, 0 },
        { MATTER_CLOSED, 0, LEAD, 1, WORK_TO_ARCHIVE, OWNER, 0 },
        { MATTER_WITHDRAWN, 0, 0, 1, WORK_TO_ARCHIVE, OWNER, 0 },
        { MATTER_MERGED, 0, 0, 1, WORK_TO_ARCHIVE, OWNER, 0 },
        { MATTER_ARCHIVED, 0, LEAD, 0, 0, 0, 0 }, { MATTER_VOID, 0, LEAD, 0, 0, 0, 0 },
        { MATTER_ACCEPTED, FACT_BIT(PARTS), 0, 1, WORK_PARTS, OWNER, 0 },
        { MATTER_CONCLUDED, 0, 0, 1, WORK_TO_REPLY, OWNER, 0 },
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct matter m = { .state = rows[i].state, .owner = { OWNER }, .lead = { rows[i].lead },
                            .reviewer = { REVIEWER }, .facts = rows[i].facts };
        if (rows[i].second)
            m.handler.v = ME;
        struct worklist_wait w[WAITS_MAX] = { 0 };
        OK_INT(worklist_waiting(&m, w), rows[i].n);
        OK(!rows[i].n || (w[0].bucket == rows[i].bucket && w[0].holder.v == rows[i].first));
        OK(rows[i].n < 2 || (w[1].bucket == rows[i].bucket && w[1].holder.v == rows[i].second));
    }
}

/* Rows of the matter as they lie against what its row says. */
/* What is kept of each holder and bucket is how many rows there are. */
static void counts_fit(void)
{
    OK_INT(ASK(SQL("SELECT COUNT(*) FROM (SELECT holder, bucket, SUM(n) AS n FROM"
                   " (SELECT holder, bucket, n FROM work_count UNION ALL"
                   " SELECT holder, bucket, -COUNT(*) AS n FROM worklist GROUP BY holder, bucket)"
                   " both_of GROUP BY holder, bucket) sums WHERE n <> 0")), 0);
}

static void rows_fit(struct id matter)
{
    counts_fit();
    struct matter m = {
        .state = (unsigned)ASK(SQL("SELECT state FROM matter WHERE id = $1"), V(matter)),
        .facts = ASK(SQL("SELECT facts FROM matter WHERE id = $1"), V(matter)),
        .owner = { ASK(SQL("SELECT owner FROM matter WHERE id = $1"), V(matter)) },
        .lead = { ASK(SQL("SELECT lead FROM matter WHERE id = $1"), V(matter)) },
        .handler = { ASK(SQL("SELECT handler FROM matter WHERE id = $1"), V(matter)) },
        .reviewer = { ASK(SQL("SELECT reviewer FROM matter WHERE id = $1"), V(matter)) },
        .approver = { ASK(SQL("SELECT approver FROM matter WHERE id = $1"), V(matter)) },
        .supervised = { ASK(SQL("SELECT supervised FROM matter WHERE id = $1"), V(matter)) },
    };
    struct worklist_wait w[WAITS_MAX];
    size_t n = worklist_waiting(&m, w);
    OK_INT(ASK(SQL("SELECT COUNT(*) FROM worklist WHERE matter = $1"), V(matter)), n);
    for (size_t i = 0; i < n; i++) {
        OK_INT(ASK(SQL("SELECT COUNT(*) FROM worklist WHERE matter = $1 AND bucket = $2"
                       " AND holder = $3"), V(matter), V((unsigned)w[i].bucket), V(w[i].holder)),
               1);
        if (!w[i].what)
            OK_INT(ASK(SQL("SELECT COUNT(*) FROM worklist w WHERE w.matter = $1 AND w.bucket = $2"
                           " AND w.due_at <> (SELECT MIN(d.due_at) FROM deadline d"
                           " WHERE d.matter = w.matter AND d.state = 0 AND d.org <> 0)"),
                       V(matter), V((unsigned)w[i].bucket)), 0);
    }
}

static void test_worklist__after_every_move(void)
{
    struct case_file c = filed(DISPATCHER, NEIGHBOURS);
    rows_fit(c.id);
    for (int i = 0; i < 6; i++) {
        advance(&c, i, 1);
        rows_fit(c.id);
    }
    c = filed(RESIDENT, NEIGHBOURS);
    advance(&c, 0, 3);
    DONE(act(&c, RESIDENT, "withdraw", "{}"));
    rows_fit(c.id);
}

static int64_t waiting(const char *login, const char *bucket, bool mine)
{
    struct told t = get(login, text("/api/v1/work/items?bucket=%s&limit=100%s", bucket,
                                    mine ? "&mine=true" : ""));
    DONE(t);
    return t.e.id ? -1 : (int64_t)((const struct list *)t.out)->n;
}

static void test_lists__and_counts_agree(void)
{
    int64_t before = waiting(DISPATCHER, "to_accept", false),
            work = waiting(HANDLER, "in_hand", true);
    struct case_file a = filed(DISPATCHER, NEIGHBOURS), b = filed("clerk.guicheng", NEIGHBOURS);
    OK_INT(waiting(DISPATCHER, "to_accept", false), before + 2);
    OK_INT(waiting("dispatcher.dali", "to_accept", false), 0);
    OK(has(get(DISPATCHER, STR("/api/v1/work")).json,
           text("\"bucket\":\"to_accept\",\"count\":%lld", (long long)before + 2).p));
    advance(&a, 0, 3);
    OK_INT(waiting(DISPATCHER, "to_accept", false), before + 1);
    OK_INT(waiting(HANDLER, "in_hand", true), work + 1);
    OK_INT(waiting("mediator.guiyi2", "in_hand", true), 0);
    OK(waiting("mediator.guiyi2", "in_hand", false) >= work + 1);
    advance(&b, 0, 1);
    OK_INT(waiting(DISPATCHER, "to_accept", false), before);
}

/* Any actions by anybody, refused or not, on a few matters: after each of them the
 * counts are those of the rows, and the badges those of the lists. */
static void test_counts__stay_those_of_the_lists(void)
{
    enum { MATTERS = 6, STEPS = 150 };
    static const char *const who[] = { DISPATCHER, HANDLER, "mediator.guiyi2", RESIDENT };
    static const char *const actions[] = { "accept", "assign", "take", "conclude", "reply", "close",
                                           "withdraw", "decline" };
    static const char *const bodies[] = {
        "{}", NULL, "{\"disclosed\":true}",
        "{\"outcomes\":[{\"outcome\":\"settled\"}],\"summary\":\"谈妥\"}",
        "{\"text\":\"已有结果\"}", "{}", "{}", "{}" };
    struct str org = text("{\"org\":\"%lld\"}", (long long)who_of(HANDLER)->org.v);
    struct case_file c[MATTERS];
    struct dice dice = { 20261121 };
    int done = 0;
    for (int i = 0; i < MATTERS; i++)
        c[i] = filed(RESIDENT, NEIGHBOURS);
    for (int i = 0; i < STEPS; i++) {
        size_t k = dice_below(&dice, COUNT(actions));
        bool door = str_is(str_of(actions[k]), "withdraw");
        struct told t = act(&c[dice_below(&dice, MATTERS)],
                            door ? RESIDENT : who[dice_below(&dice, COUNT(who) - 1)],
                            actions[k], bodies[k] ? bodies[k] : org.p);
        done += !t.e.id;
        counts_fit();
    }
    OK(done > MATTERS);
    for (size_t i = 0; i < 3; i++)
        for (unsigned b = 0; b < WORK_BUCKET__COUNT; b++) {
            if (b == WORK_TASKS)
                continue;               /* which has a list of its own */
            const char *slug = work_bucket_names.v[b].slug;
            struct str all = get(who[i], STR("/api/v1/work")).json;
            int64_t n = waiting(who[i], slug, false);
            struct str badge = text("\"bucket\":\"%s\",\"count\":%lld,", slug, (long long)n);
            struct str any = text("\"bucket\":\"%s\",\"count\":", slug);
            OK(n ? has(all, badge.p) : waiting(who[i], slug, true) || !has(all, any.p));
        }
}

static void test_list__goes_on_where_it_stopped(void)
{
    for (int i = 0; i < 5; i++)
        filed("clerk.dali", NEIGHBOURS);
    struct str path = STR("/api/v1/work/items?bucket=to_accept&limit=2");
    size_t n = 0;
    for (struct str next = path; next.n;) {
        struct told t = get("clerk.dali", next);
        DONE(t);
        const struct list *list = t.out;
        n += list->n;
        next = t.r.next.n ? text("%.*s&after=%.*s", STR_ARG(path), STR_ARG(t.r.next)) : STR("");
    }
    OK_INT(n, 5);
    REFUSED(get("clerk.dali", STR("/api/v1/work/items?bucket=to_accept&after=x-y")),
            ERR_BAD_CURSOR, "after");
    REFUSED(get("clerk.dali", STR("/api/v1/work/items?bucket=all")), ERR_NOT_A_CHOICE, "bucket");
    REFUSED(get("secadmin", path), ERR_DENIED, "");
}

static void test_items__turn_overdue_with_time(void)
{
    struct told t = get("clerk.dali", STR("/api/v1/work/items?bucket=to_accept"));
    OK(has(t.json, "\"overdue\":false") && !has(t.json, "\"overdue\":true"));
    struct stamp now = town_now;
    town_now.ms += 60 * STAMP_DAY;
    t = get("clerk.dali", STR("/api/v1/work/items?bucket=to_accept"));
    OK(has(t.json, "\"overdue\":true") && has(t.json, "\"left_minutes\":-"));
    town_now = now;
}

/* What counts say of a colour, summed over the buckets of my body (or of me). */
static int64_t counted(const char *login, bool mine, bool red)
{
    struct told t = get(login, STR("/api/v1/work"));
    const struct { unsigned bucket; int64_t count, yellow, overdue; bool mine;
                   struct stamp turn; } *v;
    const struct list *list = t.out;
    int64_t n = 0;
    v = list->v;
    for (size_t i = 0; i < list->n; i++)
        if (v[i].mine == mine)
            n += red ? v[i].overdue : v[i].yellow;
    return n;
}
static int64_t listed(const char *login, bool mine, bool red)
{
    int64_t n = 0;
    struct str path = text("/api/v1/work/late?colour=%s&limit=3%s", red ? "red" : "yellow",
                           mine ? "&mine=true" : "");
    for (struct str next = path; next.n;) {
        struct told t = get(login, next);
        DONE(t);
        n += (int64_t)((const struct list *)t.out)->n;
        next = t.r.next.n ? text("%.*s&after=%.*s", STR_ARG(path), STR_ARG(t.r.next)) : STR("");
    }
    return n;
}

/* As time goes by things turn yellow, then red, and the lists and the counts agree at
 * every moment. */
static void test_late__lists_and_counts_agree(void)
{
    static const char *const who[] = { DISPATCHER, HANDLER };
    struct stamp before = town_now;
    int64_t yellow = 0, red = 0;
    for (int i = 0; i < 7; i++) {
        struct case_file c = filed(DISPATCHER, NEIGHBOURS);
        advance(&c, 0, i % 4);
    }
    for (int hours = 0; hours < 24 * 80; hours += 37) {
        town_now.ms = before.ms + hours * (int64_t)STAMP_HOUR;
        for (size_t i = 0; i < COUNT(who); i++)
            for (int mine = 0; mine < 2; mine++) {
                int64_t y = counted(who[i], mine, false), o = counted(who[i], mine, true);
                OK_INT(listed(who[i], mine, false), y);
                OK_INT(listed(who[i], mine, true), o);
                yellow += y, red += o;
            }
    }
    OK(yellow > 0 && red > 0);
    REFUSED(get(DISPATCHER, STR("/api/v1/work/late?colour=red&after=1-2")), ERR_BAD_CURSOR,
            "after");
    REFUSED(get(DISPATCHER, STR("/api/v1/work/late?colour=green")), ERR_NOT_A_CHOICE, "colour");
    town_now = before;
}

/* What was done stays, newest step first, for the body and for who did it. */
static void test_done__is_what_was_done(void)
{
    struct case_file c = filed(DISPATCHER, NEIGHBOURS);
    OK(!has(get(DISPATCHER, STR("/api/v1/work/done")).json, c.number.p));
    advance(&c, 0, 3);
    struct told owner = get(DISPATCHER, STR("/api/v1/work/done?mine=true&limit=1")),
                lead = get(HANDLER, STR("/api/v1/work/done?limit=1"));
    OK(has(owner.json, c.number.p) && has(owner.json, "\"action\":\"assign\""));
    OK(has(lead.json, c.number.p) && has(lead.json, "\"action\":\"take\""));
    OK(!has(get("mediator.guiyi2", STR("/api/v1/work/done?mine=true")).json, c.number.p));
    OK(!has(get("dispatcher.dali", STR("/api/v1/work/done")).json, c.number.p));
    OK_INT(ASK(SQL("SELECT COUNT(*) FROM done WHERE matter = $1"), V(c.id)), 4);
    struct told next = get(DISPATCHER, text("/api/v1/work/done?limit=1&after=%.*s",
                                            STR_ARG(owner.r.next)));
    DONE(next);
    OK(!has(next.json, c.number.p));
    REFUSED(get(DISPATCHER, STR("/api/v1/work/done?after=x")), ERR_BAD_CURSOR, "after");
    REFUSED(get("secadmin", STR("/api/v1/work/done")), ERR_DENIED, "");
}

int main(void)
{
    test_waiting__follows_state_facts_and_holders();
    town_open();
    test_worklist__after_every_move();
    test_lists__and_counts_agree();
    test_counts__stay_those_of_the_lists();
    test_list__goes_on_where_it_stopped();
    test_items__turn_overdue_with_time();
    test_late__lists_and_counts_agree();
    test_done__is_what_was_done();
    return town_close();
}
