/* Outcomes per claim and kind. */
#include "unit/city.h"
#include "app/codebook.h"

static struct told conclude(struct case_file *c, const char *outcomes)
{
    return act(c, HANDLER, "conclude",
               text("{\"outcomes\":[%s],\"routes\":\"court\",\"summary\":\"谈了\"}", outcomes).p);
}

static void test_claims__without_one_the_title_is_it(void)
{
    struct case_file c = filed(DISPATCHER, "\"kind\":\"advice\",\"title\":\"怎么立遗嘱\"");
    OK_STR(ASK_TEXT(SQL("SELECT text FROM claim WHERE matter = $1"), V(c.id)), "怎么立遗嘱");
    OK_INT(ASK(SQL("SELECT amount FROM matter WHERE id = $1"),
               V(filed(DISPATCHER, NEIGHBOURS).id)), 260000);
}

static void test_conclude__each_claim_has_its_own(void)
{
    struct case_file c = filed(DISPATCHER, NEIGHBOURS);
    advance(&c, 0, 3);
    struct str first = text("{\"claim\":\"%lld\",\"outcome\":\"settled\"}", (long long)c.claim[0].v);
    REFUSED(conclude(&c, first.p), ERR_NO_OUTCOME, "outcomes");
    REFUSED(conclude(&c, ""), ERR_REQUIRED, "outcomes");
    REFUSED(conclude(&c, "{\"outcome\":\"\"}"), ERR_REQUIRED, "outcomes[0].outcome");
    REFUSED(conclude(&c, "{\"outcome\":\"moonshine\"}"), ERR_NO_SUCH_REF, "outcomes[0].outcome");
    REFUSED(conclude(&c, text("%.*s,{\"outcome\":\"resolved\"}", STR_ARG(first)).p),
            ERR_OUTCOME_KIND, "outcomes[1].outcome");
    REFUSED(conclude(&c, "{\"outcome\":\"settled\"},{\"claim\":\"77\",\"outcome\":\"settled\"}"),
            ERR_NO_SUCH_REF, "outcomes[1].claim");
    OK_INT(ASK(SQL("SELECT COUNT(*) FROM claim WHERE matter = $1 AND outcome <> ''"), V(c.id)), 0);
    OK_INT(ASK(SQL("SELECT state FROM matter WHERE id = $1"), V(c.id)), MATTER_IN_HAND);
    DONE(conclude(&c, text("%.*s,{\"outcome\":\"failed\",\"settled\":0}", STR_ARG(first)).p));
    OK_STR(ASK_TEXT(SQL("SELECT outcome FROM claim WHERE id = $1"), V(c.claim[0])), "settled");
    OK_STR(ASK_TEXT(SQL("SELECT outcome FROM claim WHERE id = $1"), V(c.claim[1])), "failed");
}

/* Every outcome of the list fits its own kind and no other. */
static void test_conclude__outcomes_are_by_kind(void)
{
    struct list codes = codebook_list(&town.app, &town.a, STR("outcome"), DAY_NONE);
    const struct code_entry *v = codes.v;
    size_t wrong = 0;
    for (unsigned kind = 0; kind < MATTER_KIND__COUNT; kind++) {
        struct case_file c = filed(DISPATCHER, text("\"kind\":\"%s\",\"title\":\"x\",\"parties\":"
            "[{\"role\":\"applicant\",\"name\":\"甲\"}]", matter_kind_names.v[kind].slug).p);
        advance(&c, 0, 3);
        for (size_t i = 0; i < codes.n; i++) {
            bool fits = str_is(v[i].parent, matter_kind_names.v[kind].slug);
            struct told t = { 0 };
            if (!fits) {
                t = conclude(&c, text("{\"outcome\":\"%.*s\"}", STR_ARG(v[i].code)).p);
                wrong += t.e.id != ERR_OUTCOME_KIND;
            }
        }
        for (size_t i = 0; i < codes.n; i++)
            if (str_is(v[i].parent, matter_kind_names.v[kind].slug)) {
                DONE(conclude(&c, text("{\"outcome\":\"%.*s\"}", STR_ARG(v[i].code)).p));
                break;
            }
    }
    OK(codes.n > 15);
    OK_INT(wrong, 0);
}

int main(void)
{
    town_open();
    test_claims__without_one_the_title_is_it();
    test_conclude__each_claim_has_its_own();
    test_conclude__outcomes_are_by_kind();
    return town_close();
}
