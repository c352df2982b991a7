/* Merging and parting: what cannot be one, what cannot be parted, and coming back. */
#include "unit/city.h"

static struct told merge(struct case_file *c, const char *who, struct str number)
{
    return act(c, who, "merge", text("{\"number\":\"%.*s\",\"reason\":\"同一处漏水\"}", STR_ARG(number)).p);
}
static int64_t state_of(const struct case_file *c)
{
    return ASK(SQL("SELECT state FROM matter WHERE id = $1"), V(c->id));
}
/* Parties who are there, claims. */
static int64_t rows(const struct case_file *c)
{
    return ASK(SQL("SELECT COUNT(*) FROM party WHERE matter = $1 AND left_at = 0"), V(c->id)) * 100
         + ASK(SQL("SELECT COUNT(*) FROM claim WHERE matter = $1"), V(c->id));
}

static void test_merge__refuses_what_is_unfit(void)
{
    struct case_file a = filed(DISPATCHER, NEIGHBOURS), b = filed(DISPATCHER, NEIGHBOURS),
                     far = case_of(file_at("clerk.dali", "440605125000", NEIGHBOURS)),
                     q = filed(DISPATCHER, "\"kind\":\"request\",\"title\":\"路灯\","
                               "\"parties\":[{\"role\":\"applicant\",\"name\":\"甲\"}]");
    REFUSED(merge(&a, DISPATCHER, a.number), ERR_NO_SUCH_REF, "number");
    REFUSED(merge(&a, DISPATCHER, STR("1")), ERR_NO_SUCH_REF, "number");
    REFUSED(merge(&a, DISPATCHER, STR("")), ERR_REQUIRED, "number");
    REFUSED(merge(&a, DISPATCHER, far.number), ERR_NO_SUCH_REF, "number");
    REFUSED(merge(&a, DISPATCHER, q.number), ERR_OUTCOME_KIND, "number");
    REFUSED(merge(&a, "dispatcher.dali", b.number), ERR_NOT_FOUND, "");
    REFUSED(act(&a, DISPATCHER, "merge", text("{\"number\":\"%.*s\"}", STR_ARG(b.number)).p), ERR_REQUIRED, "reason");
    REFUSED(act(&a, DISPATCHER, "unmerge", "{\"reason\":\"不是\"}"), ERR_WRONG_STATE, "");
    REFUSED(act(&a, "dispatcher.dali", "unmerge", "{\"reason\":\"不是\"}"), ERR_NOT_FOUND, "");
    struct case_file done = filed(DISPATCHER, NEIGHBOURS);
    advance(&done, 0, 6);
    REFUSED(merge(&a, DISPATCHER, done.number), ERR_WRONG_STATE, "");
    OK_INT(state_of(&a), MATTER_FILED);
    OK_INT(rows(&b), 202);
}

/* No rings and no chains: what has another merged into it is merged into none, and what is
 * merged takes none. */
static void test_merge__makes_no_chain(void)
{
    struct case_file a = filed(DISPATCHER, NEIGHBOURS), b = filed(DISPATCHER, NEIGHBOURS),
                     c = filed(DISPATCHER, NEIGHBOURS);
    DONE(merge(&a, DISPATCHER, b.number));
    OK_INT(state_of(&a), MATTER_MERGED);
    OK_INT(rows(&b), 404);
    REFUSED(merge(&b, DISPATCHER, c.number), ERR_HAS_PARTS, "");
    REFUSED(merge(&c, DISPATCHER, a.number), ERR_WRONG_STATE, "");
    REFUSED(merge(&b, DISPATCHER, a.number), ERR_WRONG_STATE, "");
    REFUSED(act(&a, DISPATCHER, "accept", "{}"), ERR_WRONG_STATE, "");
    for (int i = 0; i < 3; i++) {
        DONE(act(&a, DISPATCHER, "unmerge", "{\"reason\":\"水源不同\"}"));
        OK_INT(rows(&b), 202);
        OK_INT(state_of(&a), MATTER_FILED);
        DONE(merge(&a, DISPATCHER, b.number));
    }
    advance(&b, 0, 4);                  /* concluded together: not to be undone any more */
    REFUSED(act(&a, DISPATCHER, "unmerge", "{\"reason\":\"水源不同\"}"), ERR_WRONG_STATE, "");
    OK_INT(state_of(&a), MATTER_MERGED);
}

/* What was merged into a matter that ends with nothing goes its own way again. */
static void test_unmerge__is_the_way_out_of_a_head_that_came_to_nothing(void)
{
    static const struct { const char *action, *body; } ends[] = {
        { "decline", "{\"reason\":\"litigation_open\",\"text\":\"已起诉\"}" },
        { "decide_void", "{\"confirmed\":true}" },
    };
    for (size_t i = 0; i < COUNT(ends); i++) {
        struct case_file a = filed(DISPATCHER, NEIGHBOURS), b = filed(DISPATCHER, NEIGHBOURS);
        DONE(merge(&a, DISPATCHER, b.number));
        if (str_is(str_of(ends[i].action), "decide_void"))
            DONE(act(&b, DISPATCHER, "ask_void", "{\"reason\":\"重复登记\"}"));
        DONE(act(&b, "clerk.guicheng", ends[i].action, ends[i].body));
        struct case_file c = filed(DISPATCHER, NEIGHBOURS);
        REFUSED(merge(&c, DISPATCHER, b.number), ERR_WRONG_STATE, "");
        DONE(act(&a, DISPATCHER, "unmerge", "{\"reason\":\"另一件已了\"}"));
        OK_INT(state_of(&a), MATTER_FILED);
        OK_INT(rows(&b), 202);
        DONE(act(&a, DISPATCHER, "accept", "{}"));
    }
}

static int64_t whole_due(const struct case_file *c)
{
    return ASK(SQL("SELECT due_at FROM deadline WHERE matter = $1 AND what = 'whole' AND state = 0"), V(c->id));
}

/* Put away meanwhile or not: it is where it was, with the time it had; and not away. */
static void test_unmerge__frees_what_was_put_away(void)
{
    struct case_file a = filed(DISPATCHER, NEIGHBOURS), b = filed(DISPATCHER, NEIGHBOURS);
    DONE(act(&a, DISPATCHER, "accept", "{}"));
    int64_t due = whole_due(&a);
    DONE(merge(&a, DISPATCHER, b.number));
    DONE(act(&a, DISPATCHER, "archive", "{}"));
    OK_INT(state_of(&a), MATTER_ARCHIVED);
    REFUSED(act(&a, DISPATCHER, "reopen", "{\"why\":\"rebound\"}"), ERR_HAS_FACT, "");
    REFUSED(act(&a, "dispatcher.dali", "unmerge", "{\"reason\":\"不是\"}"), ERR_NOT_FOUND, "");
    DONE(act(&a, DISPATCHER, "unmerge", "{\"reason\":\"水源不同\"}"));
    OK_INT(state_of(&a), MATTER_ACCEPTED);
    OK_INT(whole_due(&a), due);
    OK_INT(ASK(SQL("SELECT archived_at + keep_until + LENGTH(retention) FROM matter WHERE id = $1"), V(a.id)), 0);
    OK_INT(rows(&b), 202);
    REFUSED(act(&a, DISPATCHER, "unmerge", "{\"reason\":\"再来\"}"), ERR_WRONG_STATE, "");
    struct case_file done = filed(DISPATCHER, NEIGHBOURS);
    DONE(act(&done, DISPATCHER, "decline", "{\"reason\":\"litigation_open\",\"text\":\"已起诉\"}"));
    town_now.ms += 40 * STAMP_DAY;      /* past the time for a review */
    DONE(act(&done, DISPATCHER, "archive", "{}"));
    REFUSED(act(&done, DISPATCHER, "unmerge", "{\"reason\":\"不是\"}"), ERR_NEEDS_FACT, "");
}

/* What was merged into nothing is not put away as if it had an end. */
static void test_archive__waits_for_what_was_merged_into_a_void_matter(void)
{
    struct case_file a = filed(DISPATCHER, NEIGHBOURS), b = filed(DISPATCHER, NEIGHBOURS);
    DONE(merge(&a, DISPATCHER, b.number));
    DONE(act(&b, DISPATCHER, "ask_void", "{\"reason\":\"重复登记\"}"));
    DONE(act(&b, "clerk.guicheng", "decide_void", "{\"confirmed\":true}"));
    REFUSED(act(&a, DISPATCHER, "archive", "{}"), ERR_HEAD_VOID, "");
    DONE(act(&a, DISPATCHER, "unmerge", "{\"reason\":\"另一件已作废\"}"));
    OK_INT(state_of(&a), MATTER_FILED);
}

static int64_t party_of(const struct case_file *c, int no)
{
    return ASK(SQL("SELECT id FROM party WHERE matter = $1 AND no = $2"), V(c->id), V(no));
}
static struct told leaves(struct case_file *c, int no)
{
    return act(c, DISPATCHER, "withdraw", text("{\"party\":\"%lld\"}", (long long)party_of(c, no)).p);
}

/* Who left the one has left the other: a matter without applicants is not woken, and a
 * head withdrawn after its outcome keeps nobody. */
static void test_unmerge__keeps_who_left_as_left(void)
{
    struct case_file a = filed(DISPATCHER, NEIGHBOURS), b = filed(DISPATCHER, NEIGHBOURS),
                     c = filed(DISPATCHER, "\"kind\":\"dispute\",\"title\":\"也漏\",\"parties\":["
                               "{\"role\":\"applicant\",\"name\":\"甲\"},{\"role\":\"applicant\",\"name\":\"乙\"}]");
    DONE(act(&a, DISPATCHER, "accept", "{}"));
    DONE(merge(&a, DISPATCHER, b.number));
    DONE(merge(&c, DISPATCHER, b.number));
    advance(&b, 0, 4);
    OK_INT(state_of(&b), MATTER_CONCLUDED);
    DONE(leaves(&b, 5));                /* 甲 */
    DONE(leaves(&b, 1));
    DONE(leaves(&b, 3));                /* who is a's applicant */
    REFUSED(act(&c, DISPATCHER, "unmerge", "{\"reason\":\"单独处理\"}"), ERR_WRONG_STATE, "");
    DONE(leaves(&b, 6));
    OK_INT(state_of(&b), MATTER_WITHDRAWN);
    DONE(act(&c, DISPATCHER, "archive", "{}"));
    struct case_file *each[] = { &a, &c };
    for (size_t i = 0; i < COUNT(each); i++) {
        DONE(act(each[i], DISPATCHER, "unmerge", "{\"reason\":\"主事项已撤回\"}"));
        OK_INT(state_of(each[i]), MATTER_WITHDRAWN);
        OK_INT(ASK(SQL("SELECT COUNT(*) FROM party WHERE matter = $1 AND role = 0 AND left_at = 0"), V(each[i]->id)), 0);
        OK_INT(ASK(SQL("SELECT COUNT(*) FROM deadline WHERE matter = $1 AND what = 'archive' AND state = 0"), V(each[i]->id)), 1);
        OK_INT(whole_due(each[i]), 0);
        DONE(act(each[i], DISPATCHER, "archive", "{}"));
    }
}

static void test_unmerge__goes_on_with_who_stayed(void)
{
    struct case_file b = filed(DISPATCHER, NEIGHBOURS),
                     c = filed(DISPATCHER, "\"kind\":\"dispute\",\"title\":\"也漏\",\"parties\":["
                               "{\"role\":\"applicant\",\"name\":\"甲\"},{\"role\":\"applicant\",\"name\":\"乙\"}]");
    for (int i = 0; i < 2; i++) {       /* the second time there are older copies */
        DONE(merge(&c, DISPATCHER, b.number));
        DONE(leaves(&b, i ? 4 : 3));
        DONE(act(&c, DISPATCHER, "unmerge", "{\"reason\":\"单独处理\"}"));
        OK_INT(state_of(&c), i ? MATTER_WITHDRAWN : MATTER_FILED);
        OK_INT(ASK(SQL("SELECT COUNT(*) FROM party WHERE matter = $1 AND left_at > 0"), V(c.id)), i + 1);
    }
}

/* No matter has more parties than its lists: each of them can stop, answer, withdraw. */
static void test_merge__leaves_room_for_everybody(void)
{
    struct case_file c[3];
    struct str all = STR("{\"role\":\"applicant\",\"name\":\"甲\"}");
    for (int i = 1; i < 50; i++)
        all = text("%s,{\"role\":\"respondent\",\"name\":\"乙%d\"}", all.p, i);
    for (size_t i = 0; i < COUNT(c); i++)
        c[i] = filed(DISPATCHER, text("\"kind\":\"dispute\",\"title\":\"欠薪\",\"parties\":[%s]", all.p).p);
    DONE(merge(&c[1], DISPATCHER, c[0].number));
    REFUSED(merge(&c[2], DISPATCHER, c[0].number), ERR_TOO_MANY, "number");
    OK_INT(state_of(&c[2]), MATTER_FILED);
    OK_INT(rows(&c[0]) / 100, 100);
    int64_t last = ASK(SQL("SELECT MAX(id) FROM party WHERE matter = $1"), V(c[0].id));
    DONE(act(&c[0], DISPATCHER, "stop", text("{\"party\":\"%lld\"}", (long long)last).p));
}

static int64_t copies(const struct case_file *head)
{
    return ASK(SQL("SELECT COUNT(*) FROM party WHERE matter = $1 AND origin <> 0"), V(head->id));
}

/* A copy as whom nothing was done goes with its data; another stays as one who left. */
static void test_unmerge__takes_its_parties_along(void)
{
    struct case_file a = filed(DISPATCHER, NEIGHBOURS), b = filed(DISPATCHER, NEIGHBOURS);
    int64_t blind = ASK(SQL("SELECT COUNT(*) FROM blind WHERE matter = $1"), V(b.id));
    DONE(merge(&a, DISPATCHER, b.number));
    OK_INT(copies(&b), 2);
    OK(ASK(SQL("SELECT COUNT(*) FROM blind WHERE matter = $1"), V(b.id)) > blind);
    DONE(act(&a, DISPATCHER, "unmerge", "{\"reason\":\"水源不同\"}"));
    OK_INT(copies(&b), 0);
    OK_INT(ASK(SQL("SELECT COUNT(*) FROM blind WHERE matter = $1"), V(b.id)), blind);
    OK_INT(ASK(SQL("SELECT COUNT(*) FROM journal WHERE chain = $1 AND action = 'merge_kept'"),
               V(b.id)), 0);
    DONE(merge(&a, DISPATCHER, b.number));
    int64_t one = ASK(SQL("SELECT MIN(id) FROM party WHERE matter = $1 AND origin <> 0"), V(b.id));
    DONE(call(DISPATCHER, text("POST /api/v1/matters/%lld/reveal", (long long)b.id.v),
              text("{\"party\":\"%lld\",\"field\":\"phone\",\"reason\":\"电话联系\"}",
                   (long long)one).p, 0));
    DONE(act(&a, DISPATCHER, "unmerge", "{\"reason\":\"水源不同\"}"));
    OK_INT(copies(&b), 1);
    OK_INT(ASK(SQL("SELECT COUNT(*) FROM party WHERE id = $1 AND left_at > 0"), V(one)), 1);
    OK_INT(ASK(SQL("SELECT COUNT(*) FROM journal WHERE chain = $1 AND action = 'merge_kept'"),
               V(b.id)), 1);
}

static struct told split(struct case_file *c, struct id first, struct id second)
{
    return act(c, DISPATCHER, "split", text("{\"reason\":\"两件事\",\"parts\":["
        "{\"title\":\"漏水\",\"claims\":[{\"claim\":\"%lld\"}]},"
        "{\"title\":\"赔偿\",\"claims\":[{\"claim\":\"%lld\"}]}]}",
        (long long)first.v, (long long)second.v).p);
}

static void test_split__refuses_what_is_unfit(void)
{
    struct case_file c = filed(DISPATCHER, NEIGHBOURS), other = filed(DISPATCHER, NEIGHBOURS);
    REFUSED(split(&c, c.claim[0], c.claim[1]), ERR_WRONG_STATE, "");    /* not accepted yet */
    DONE(act(&c, DISPATCHER, "accept", "{}"));
    REFUSED(act(&c, DISPATCHER, "split", "{\"reason\":\"两件事\"}"), ERR_REQUIRED, "parts");
    REFUSED(act(&c, DISPATCHER, "split", "{\"reason\":\"两件事\",\"parts\":[{\"title\":\"一\"}]}"), ERR_TOO_FEW, "parts");
    REFUSED(split(&c, c.claim[0], c.claim[0]), ERR_NO_SUCH_REF, "");
    REFUSED(split(&c, c.claim[0], other.claim[0]), ERR_NO_SUCH_REF, "");
    REFUSED(act(&c, DISPATCHER, "split", "{\"reason\":\"两件事\",\"parts\":[{\"title\":\"一\"},"
            "{\"title\":\"二\",\"org\":\"99999999\"}]}"), ERR_NO_SUCH_REF, "");
    REFUSED(act(&c, DISPATCHER, "join_parts", "{\"summary\":\"都好了\"}"), ERR_NEEDS_FACT, "");
    OK_INT(ASK(SQL("SELECT COUNT(*) FROM tie WHERE other = $1"), V(c.id)), 0);
    OK_INT(rows(&c), 202);
}

/* Money and time are parted, not made: the amount goes along with the claims, and the
 * parts' clocks run from the filing and the acceptance of the whole. */
static void test_split__gains_nobody_money_or_time(void)
{
    struct case_file c = filed(DISPATCHER, NEIGHBOURS);
    DONE(act(&c, DISPATCHER, "accept", "{}"));
    int64_t day = 86400000, all = ASK(SQL("SELECT amount FROM matter WHERE id = $1"), V(c.id));
    DO(SQL("UPDATE matter SET filed_at = filed_at - $2, accepted_at = accepted_at - $2"
           " WHERE id = $1"), V(c.id), V(20 * day));
    DONE(split(&c, c.claim[0], c.claim[1]));
    OK_INT(ASK(SQL("SELECT amount FROM matter WHERE id = $1"), V(c.id)), 0);
    OK_INT(ASK(SQL("SELECT CAST(SUM(m.amount) AS BIGINT) FROM tie t JOIN matter m"
                   " ON m.id = t.matter WHERE t.other = $1"), V(c.id)), all);
    OK_INT(ASK(SQL("SELECT COUNT(*) FROM tie t JOIN matter m ON m.id = t.matter"
                   " JOIN matter w ON w.id = t.other WHERE t.other = $1"
                   " AND m.filed_at = w.filed_at AND m.accepted_at = w.accepted_at"
                   " AND m.due_at > 0 AND m.due_at < w.due_at"), V(c.id)), 2);
}

/* Parts are parted no further by the whole, and the whole waits for each of them. */
static void test_split__waits_for_its_parts(void)
{
    struct case_file c = filed(DISPATCHER, NEIGHBOURS);
    DONE(act(&c, DISPATCHER, "accept", "{}"));
    DONE(split(&c, c.claim[0], c.claim[1]));
    OK_INT(ASK(SQL("SELECT COUNT(*) FROM tie WHERE other = $1 AND relation = 1"), V(c.id)), 2);
    REFUSED(split(&c, c.claim[0], c.claim[1]), ERR_HAS_FACT, "");
    REFUSED(merge(&c, DISPATCHER, c.number), ERR_HAS_FACT, "");
    for (int i = 0; i < 2; i++) {
        REFUSED(act(&c, DISPATCHER, "join_parts", "{\"summary\":\"都好了\"}"), ERR_HAS_PARTS, "");
        struct case_file part = { .version = 2 };
        part.id.v = ASK(SQL("SELECT MAX(m.id) FROM tie t JOIN matter m ON m.home = t.home"
                            " AND m.id = t.matter WHERE t.other = $1 AND m.state = 1"), V(c.id));
        part.version = ASK(SQL("SELECT version FROM matter WHERE id = $1"), V(part.id));
        int64_t who = ASK(SQL("SELECT id FROM party WHERE matter = $1 AND no = 1"), V(part.id));
        DONE(act(&part, DISPATCHER, "withdraw", text("{\"party\":\"%lld\"}", (long long)who).p));
    }
    REFUSED(act(&c, DISPATCHER, "join_parts", "{}"), ERR_REQUIRED, "summary");
    DONE(act(&c, DISPATCHER, "join_parts", "{\"summary\":\"都已撤回\"}"));
    OK_INT(state_of(&c), MATTER_CONCLUDED);
}

int main(void)
{
    town_open();
    test_merge__refuses_what_is_unfit();
    test_merge__makes_no_chain();
    test_merge__leaves_room_for_everybody();
    test_unmerge__is_the_way_out_of_a_head_that_came_to_nothing();
    test_unmerge__takes_its_parties_along();
    test_unmerge__frees_what_was_put_away();
    test_archive__waits_for_what_was_merged_into_a_void_matter();
    test_unmerge__keeps_who_left_as_left();
    test_unmerge__goes_on_with_who_stayed();
    test_split__refuses_what_is_unfit();
    test_split__waits_for_its_parts();
    test_split__gains_nobody_money_or_time();
    return town_close();
}
