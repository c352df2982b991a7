/* A move writes everything that hangs on it, or nothing. */
#include "unit/city.h"
#include "app/verify.h"
#include "matter/matter_impl.h"

static void test_moves__leave_an_entry_each_in_one_chain(void)
{
    static const char *const want[] = { "file", "accept", "assign", "take", "conclude", "reply",
                                        "close" };
    struct case_file c = filed(DISPATCHER, NEIGHBOURS);
    advance(&c, 0, 6);
    for (int64_t i = 0; i < 7; i++)
        OK_STR(ASK_TEXT(SQL("SELECT action FROM journal WHERE chain = $1 AND seq = $2"), V(c.id),
                        V(i + 1)), want[i]);
    OK_INT(ASK(SQL("SELECT journal_seq FROM matter WHERE id = $1"), V(c.id)), 7);
    OK_INT(ASK(SQL("SELECT version FROM matter WHERE id = $1"), V(c.id)), 7);
    OK_INT(ASK(SQL("SELECT COUNT(*) FROM matter m JOIN journal j ON j.chain = m.id AND j.seq = 7"
                   " WHERE m.id = $1 AND j.hash = m.journal_head"), V(c.id)), 1);
    OK_INT(ASK(SQL("SELECT COUNT(*) FROM (SELECT matter FROM feed UNION ALL"
                   " SELECT matter FROM feed_pending) f WHERE f.matter = $1"), V(c.id)), 7);
    OK_INT(ASK(SQL("SELECT COUNT(*) FROM matter WHERE id = $1 AND accepted_at > 0"
                   " AND concluded_at > 0 AND replied_at > 0 AND closed_at > 0"), V(c.id)), 1);
}

/* A failure late in the move takes back what came before it. */
static void test_moves__fail_whole(void)
{
    struct case_file c = filed(DISPATCHER, NEIGHBOURS);
    advance(&c, 0, 5);
    int64_t feed = ASK(SQL("SELECT COUNT(*) FROM feed_pending"));
    REFUSED(act(&c, DISPATCHER, "close", text("{\"answers\":[{\"party\":\"%lld\","
            "\"answer\":\"yes\"}]}", (long long)c.party[0].v).p), ERR_NO_ANSWER, "answers");
    OK_INT(ASK(SQL("SELECT version FROM matter WHERE id = $1"), V(c.id)), c.version);
    OK_INT(ASK(SQL("SELECT answer FROM party WHERE id = $1"), V(c.party[0])), 0);
    OK_INT(ASK(SQL("SELECT COUNT(*) FROM feed_pending")), feed);
}

/* Loaded by two before either writes: the second finds another version. */
struct two { const struct who *who; struct id id; enum err_id second; };
static bool lock_both(struct req *r, void *ctx, struct err *e)
{
    struct two *x = ctx;
    struct matter one, other;
    struct err late = { 0 };
    r->who = x->who;
    if (!matter_load(r, x->id, &one, e) || !matter_load(r, x->id, &other, e)
        || !matter_db_lock(r->c, r->a, &one, e))
        return false;
    if (!matter_db_lock(r->c, r->a, &other, &late))
        x->second = late.id;
    return true;
}
static void test_lock__lets_one_of_two_through(void)
{
    struct case_file c = filed(DISPATCHER, NEIGHBOURS);
    struct two x = { .who = who_of(DISPATCHER), .id = c.id };
    OK_INT(city_write(&town, lock_both, &x), ERR_OK);
    OK_INT(x.second, ERR_CONFLICT);
    DO(SQL("UPDATE matter SET journal_seq = 1, version = 1 WHERE id = $1"), V(c.id));
}

static void test_moves__keep_the_house_whole(void)
{
    struct verify_report v;
    struct err e = { 0 };
    OK(verify_all(&town.app, &v, &e));
    OK_INT(v.findings, 0);
    OK(v.entries > 10);
    verify_report_done(&v);
}

int main(void)
{
    town_open();
    test_moves__leave_an_entry_each_in_one_chain();
    test_moves__fail_whole();
    test_lock__lets_one_of_two_through();
    test_moves__keep_the_house_whole();
    return town_close();
}
