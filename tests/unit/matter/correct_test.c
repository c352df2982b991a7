/* Putting right: what may be put right, by whom, and what stays to be read. */
#include "unit/city.h"
#include "matter/party.h"

static void test_correct__refuses_what_is_unfit(void)
{
    struct case_file c = filed(DISPATCHER, NEIGHBOURS), other = filed(DISPATCHER, NEIGHBOURS);
    const struct { const char *who, *body; enum err_id e; const char *field; } rows[] = {
        { DISPATCHER, "{}", ERR_REQUIRED, "reason" },
        { DISPATCHER, "{\"title\":\"某\"}", ERR_REQUIRED, "reason" },
        { DISPATCHER, "{\"reason\":\"笔误\"}", ERR_REQUIRED, "title" },
        { DISPATCHER, "{\"title\":\"楼上漏水\",\"reason\":\"没有不同\"}", ERR_REQUIRED, "title" },
        { DISPATCHER, "{\"type\":\"nothing\",\"reason\":\"笔误\"}", ERR_NO_SUCH_REF, "type" },
        { DISPATCHER, "{\"source\":\"moon\",\"reason\":\"笔误\"}", ERR_NO_SUCH_REF, "source" },
        { DISPATCHER, "{\"area\":\"99999999\",\"reason\":\"笔误\"}", ERR_NO_SUCH_REF, "area" },
        { DISPATCHER, "{\"people\":100001,\"reason\":\"笔误\"}", ERR_OUT_OF_RANGE, "people" },
        { DISPATCHER, "{\"people\":-1,\"reason\":\"笔误\"}", ERR_OUT_OF_RANGE, "people" },
        { DISPATCHER, text("{\"claims\":[{\"id\":\"%lld\",\"amount\":1}],\"reason\":\"笔误\"}",
                           (long long)other.claim[0].v).p, ERR_NO_SUCH_REF, "claims[0].id" },
        { DISPATCHER, text("{\"parties\":[{\"id\":\"%lld\",\"name\":\"某\"}],\"reason\":\"笔误\"}",
                           (long long)other.party[0].v).p, ERR_NO_SUCH_REF, "parties[0].id" },
        { DISPATCHER, text("{\"parties\":[{\"id\":\"%lld\",\"phone\":\"12\"}],\"reason\":\"笔误\"}",
                           (long long)c.party[0].v).p, ERR_BAD_PHONE, "parties[0].phone" },
        { HANDLER, "{\"title\":\"某\",\"reason\":\"笔误\"}", ERR_NOT_FOUND, "" },
        { "dispatcher.dali", "{\"title\":\"某\",\"reason\":\"笔误\"}", ERR_NOT_FOUND, "" },
        { "leader.guicheng", "{\"title\":\"某\",\"reason\":\"笔误\"}", ERR_DENIED, "" },
    };
    for (size_t i = 0; i < COUNT(rows); i++)
        REFUSED(act(&c, rows[i].who, "correct", rows[i].body), rows[i].e, rows[i].field);
    OK_INT(ASK(SQL("SELECT journal_seq FROM matter WHERE id = $1"), V(c.id)), 1);
    OK_INT(ASK(SQL("SELECT amount FROM matter WHERE id = $1"), V(c.id)), 260000);
}

/* The sum follows its claims, the entry tells both, sealed data masked in both. */
static void test_correct__keeps_what_stood_before(void)
{
    struct case_file c = filed(DISPATCHER, NEIGHBOURS);
    DONE(act(&c, DISPATCHER, "correct", text("{\"claims\":[{\"id\":\"%lld\",\"amount\":300000}],"
        "\"parties\":[{\"id\":\"%lld\",\"phone\":\"13987654321\"}],\"reason\":\"听错\"}",
        (long long)c.claim[1].v, (long long)c.party[1].v).p));
    OK_INT(ASK(SQL("SELECT amount FROM matter WHERE id = $1"), V(c.id)), 300000);
    struct str said = ASK_TEXT(SQL("SELECT body FROM journal_payload WHERE chain = $1 AND seq = 2"), V(c.id));
    OK(has(said, "\"amount\":260000") && has(said, "\"amount\":300000"));
    OK(has(said, "139****4321") && has(said, "138****5678"));
    OK(!has(said, "13987654321") && !has(said, "13812345678"));
    struct case_file old = c;
    old.version = 1;
    REFUSED(act(&old, DISPATCHER, "correct", "{\"title\":\"某\",\"reason\":\"笔误\"}"), ERR_PRECONDITION, "");
}

/* Who has the procedure, not who has it in hand: what the handler finds wrong is told. */
static void test_correct__is_the_procedure_owners(void)
{
    struct case_file c = filed(DISPATCHER, NEIGHBOURS);
    advance(&c, 0, 3);
    REFUSED(act(&c, HANDLER, "correct", "{\"place\":\"二号楼\",\"reason\":\"登记时听错\"}"), ERR_DENIED, "");
    DONE(act(&c, DISPATCHER, "correct", "{\"place\":\"二号楼\",\"reason\":\"登记时听错\"}"));
    OK_STR(ASK_TEXT(SQL("SELECT place FROM matter WHERE id = $1"), V(c.id)), "二号楼");
}

/* Until something came of it: outcomes were told to sides. Neither the numbers a party is
 * found by nor what was sealed is touched by it. */
static void test_correct__of_a_side_ends_with_the_outcome(void)
{
    struct case_file c = filed(DISPATCHER, NEIGHBOURS);
    struct str body = text("{\"parties\":[{\"id\":\"%lld\",\"role\":\"third\",\"channel\":\"letter\"}],"
                           "\"reason\":\"选错\"}", (long long)c.party[1].v);
    int64_t found = ASK(SQL("SELECT COUNT(*) FROM blind WHERE matter = $1"), V(c.id));
    DONE(act(&c, DISPATCHER, "correct", body.p));
    OK_INT(ASK(SQL("SELECT role FROM party WHERE id = $1"), V(c.party[1])), PARTY_THIRD);
    OK_INT(ASK(SQL("SELECT channel FROM party WHERE id = $1"), V(c.party[1])), CHANNEL_LETTER);
    OK_INT(ASK(SQL("SELECT COUNT(*) FROM blind WHERE matter = $1"), V(c.id)), found);
    advance(&c, 0, 3);
    DONE(act(&c, HANDLER, "conclude", "{\"outcomes\":[{\"outcome\":\"settled\"}],\"summary\":\"谈妥\"}"));
    body = text("{\"parties\":[{\"id\":\"%lld\",\"role\":\"respondent\"}],\"reason\":\"又选错\"}",
                (long long)c.party[1].v);
    REFUSED(act(&c, DISPATCHER, "correct", body.p), ERR_HAS_FACT, "parties[0].role");
    OK_INT(ASK(SQL("SELECT role FROM party WHERE id = $1"), V(c.party[1])), PARTY_THIRD);
}

static int64_t facts(const struct case_file *c, int64_t of)
{
    return ASK(SQL("SELECT facts FROM matter WHERE id = $1"), V(c->id)) & of;
}

/* Other people or another source: what the rule wants approved now, it wants now. */
static void test_correct__asks_for_approval_again(void)
{
    struct case_file c = filed(DISPATCHER, "\"kind\":\"request\",\"title\":\"噪声\","
                               "\"parties\":[{\"role\":\"applicant\",\"name\":\"甲\"}]");
    advance(&c, 0, 3);
    DONE(act(&c, HANDLER, "conclude", "{\"outcomes\":[{\"outcome\":\"resolved\"}],\"summary\":\"已处理\"}"));
    OK_INT(facts(&c, FACT_BIT(REPLY_APPROVAL)), 0);
    DONE(act(&c, HANDLER, "ask_approval", "{\"text\":\"拟答复\"}"));
    DONE(act(&c, DISPATCHER, "correct", "{\"people\":30,\"reason\":\"少登记了\"}"));
    OK_INT(facts(&c, FACT_BIT(REPLY_APPROVAL) | FACT_BIT(APPROVAL)), FACT_BIT(REPLY_APPROVAL));
    OK_INT(ASK(SQL("SELECT COUNT(*) FROM deadline WHERE matter = $1 AND what = 'approve'"
                   " AND state IN (0, 1)"), V(c.id)), 0);
    REFUSED(act(&c, HANDLER, "reply", "{\"text\":\"拟答复\"}"), ERR_HAS_FACT, "");
    DONE(act(&c, HANDLER, "ask_approval", "{\"text\":\"拟答复\"}"));
    DONE(act(&c, "head.guicheng", "decide_approval", "{\"approved\":true}"));
    DONE(act(&c, "leader.guicheng", "decide_approval", "{\"approved\":true}"));
    OK_INT(facts(&c, FACT_BIT(REPLY_APPROVAL) | FACT_BIT(APPROVAL)), 0);
    DONE(act(&c, DISPATCHER, "correct", "{\"people\":31,\"reason\":\"又少一人\"}"));
    OK_INT(facts(&c, FACT_BIT(REPLY_APPROVAL)), 0);      /* the same two approved it */
    DONE(act(&c, DISPATCHER, "correct", "{\"people\":1,\"source\":\"petition\",\"reason\":\"信访件\"}"));
    OK_INT(facts(&c, FACT_BIT(REPLY_APPROVAL)), FACT_BIT(REPLY_APPROVAL));
    REFUSED(act(&c, HANDLER, "reply", "{}"), ERR_HAS_FACT, "");
    DONE(act(&c, DISPATCHER, "correct", "{\"source\":\"counter\",\"reason\":\"并非信访\"}"));
    DONE(act(&c, HANDLER, "reply", "{\"text\":\"已处理\"}"));
}

int main(void)
{
    town_open();
    test_correct__refuses_what_is_unfit();
    test_correct__keeps_what_stood_before();
    test_correct__is_the_procedure_owners();
    test_correct__of_a_side_ends_with_the_outcome();
    test_correct__asks_for_approval_again();
    return town_close();
}
