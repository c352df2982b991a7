/* What waits for whom: after every move the rows are what the state says. */
#include "unit/city.h"
#include "matter/worklist.h"

static void test_waiting__follows_state_and_holders(void)
{
    static const struct { enum matter_state state; bool lead, any; enum work_bucket bucket;
                          int64_t first, second; } rows[] = {
        { MATTER_FILED, false, true, WORK_TO_ACCEPT, 5, 0 },
        { MATTER_ACCEPTED, false, true, WORK_TO_ASSIGN, 5, 0 },
        { MATTER_ACCEPTED, true, true, WORK_TO_TAKE, 6, 0 },
        { MATTER_IN_HAND, true, true, WORK_IN_HAND, 6, 7 },
        { MATTER_CONCLUDED, true, true, WORK_TO_REPLY, 6, 7 },
        { MATTER_REPLIED, true, true, WORK_TO_CLOSE, 5, 0 },
        { MATTER_CLOSED, true, false, 0, 0, 0 }, { MATTER_WITHDRAWN, false, false, 0, 0, 0 },
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct matter m = { .state = rows[i].state, .owner = { 5 } };
        if (rows[i].lead)
            m.lead.v = 6;
        if (rows[i].state >= MATTER_IN_HAND)
            m.handler.v = 7;
        struct worklist_wait w = worklist_waiting(&m);
        OK(w.any == rows[i].any && w.holder[0].v == rows[i].first
           && w.holder[1].v == rows[i].second && (!w.any || w.bucket == rows[i].bucket));
    }
}

/* Rows of the matter as they lie against what its row says. */
static void rows_fit(struct id matter)
{
    struct matter m = {
        .state = (unsigned)ASK(SQL("SELECT state FROM matter WHERE id = $1"), V(matter)),
        .owner = { ASK(SQL("SELECT owner FROM matter WHERE id = $1"), V(matter)) },
        .lead = { ASK(SQL("SELECT lead FROM matter WHERE id = $1"), V(matter)) },
        .handler = { ASK(SQL("SELECT handler FROM matter WHERE id = $1"), V(matter)) },
    };
    struct worklist_wait w = worklist_waiting(&m);
    int64_t want = w.any ? (w.holder[0].v > 0) + (w.holder[1].v > 0) : 0;
    OK_INT(ASK(SQL("SELECT COUNT(*) FROM worklist WHERE matter = $1"), V(matter)), want);
    OK_INT(ASK(SQL("SELECT COUNT(*) FROM worklist WHERE matter = $1 AND bucket = $2"
                   " AND holder IN ($3, $4)"), V(matter), V((unsigned)w.bucket),
               V(w.holder[0]), V(w.holder[1])), want);
    OK_INT(ASK(SQL("SELECT COUNT(*) FROM worklist w WHERE w.matter = $1 AND w.due_at <>"
                   " (SELECT MIN(d.due_at) FROM deadline d WHERE d.matter = w.matter"
                   " AND d.state = 0)"), V(matter)), 0);
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

int main(void)
{
    test_waiting__follows_state_and_holders();
    town_open();
    test_worklist__after_every_move();
    test_lists__and_counts_agree();
    test_list__goes_on_where_it_stopped();
    test_items__turn_overdue_with_time();
    return town_close();
}
