/* What each side says, who was not reached, and what closing makes of it. */
#include "unit/city.h"
#include "matter/party.h"

static struct case_file concluded(const char *form)
{
    struct case_file c = filed(RESIDENT, NEIGHBOURS);
    advance(&c, 0, 3);
    DONE(act(&c, HANDLER, "conclude", text("{\"outcomes\":[{\"outcome\":\"settled\"}],"
             "\"form\":\"%s\",\"summary\":\"谈妥\"}", form).p));
    return c;
}
static struct told attempt(struct case_file *c, const char *who, int party, const char *more)
{
    return act(c, who, "record_attempt",
               text("{\"party\":\"%lld\"%s}", (long long)c->party[party].v, more).p);
}
static int64_t facts(const struct case_file *c, int64_t of)
{
    return ASK(SQL("SELECT facts FROM matter WHERE id = $1"), V(c->id)) & of;
}
static int64_t answer_of(struct id party)
{
    return ASK(SQL("SELECT answer FROM party WHERE id = $1"), V(party));
}
static struct str when(struct stamp t)
{
    char s[32];
    stamp_format(t, s);
    return text(",\"at\":\"%s\"", s);
}

/* Said by the one who made it, an oral agreement stays a report. */
static void test_oral__is_reported_until_each_side_said_yes(void)
{
    struct case_file c = concluded("oral");
    OK_INT(facts(&c, MATTER_DOUBTS), FACT_BIT(REPORTED));
    DONE(attempt(&c, HANDLER, 0, ",\"answer\":\"yes\""));
    DONE(attempt(&c, HANDLER, 1, ",\"answer\":\"yes\""));
    OK_INT(facts(&c, MATTER_DOUBTS), FACT_BIT(REPORTED));
    DONE(act(&c, RESIDENT, "answer", "{\"answer\":\"yes\",\"text\":\"同意\"}"));
    OK_INT(facts(&c, MATTER_DOUBTS), FACT_BIT(REPORTED));
    DONE(attempt(&c, "clerk.guicheng", 1, ",\"answer\":\"yes\""));
    OK_INT(facts(&c, MATTER_DOUBTS), 0);
    DONE(act(&c, RESIDENT, "answer", "{\"answer\":\"no\"}"));    /* it may change until closed */
    OK_INT(facts(&c, MATTER_DOUBTS), FACT_BIT(REPORTED) | FACT_BIT(DENIED));
    DONE(act(&c, HANDLER, "reply", "{\"text\":\"x\"}"));
    DONE(act(&c, DISPATCHER, "close", "{}"));
    OK_INT(facts(&c, MATTER_DOUBTS), FACT_BIT(REPORTED) | FACT_BIT(DENIED));
    REFUSED(act(&c, RESIDENT, "answer", "{\"answer\":\"yes\"}"), ERR_WRONG_STATE, "");
}

static void test_written__needs_no_second_word(void)
{
    struct case_file c = concluded("written");
    OK_INT(facts(&c, MATTER_DOUBTS), 0);
    DONE(attempt(&c, HANDLER, 1, ",\"answer\":\"no\",\"note\":\"价钱不对\""));
    OK_INT(facts(&c, MATTER_DOUBTS), FACT_BIT(DENIED));
    OK_INT(answer_of(c.party[1]), ANSWER_NO);
}

/* My own no is not a yes because somebody wrote down that I said so on the telephone;
 * to my face or in writing it may be, and so may what I say myself. */
static void test_own_no__is_not_written_over(void)
{
    struct case_file c = concluded("written");
    DONE(act(&c, RESIDENT, "answer", "{\"answer\":\"no\"}"));
    DONE(attempt(&c, "clerk.guicheng", 0, ",\"answer\":\"yes\""));
    DONE(attempt(&c, "clerk.guicheng", 0, ",\"answer\":\"yes\",\"channel\":\"sms\""));
    OK_INT(answer_of(c.party[0]), ANSWER_NO);
    OK_INT(facts(&c, MATTER_DOUBTS), FACT_BIT(DENIED));
    DONE(attempt(&c, "clerk.guicheng", 0, ",\"answer\":\"yes\",\"channel\":\"counter\""));
    OK_INT(answer_of(c.party[0]), ANSWER_YES);
    DONE(attempt(&c, "clerk.guicheng", 0, ",\"answer\":\"no\""));
    OK_INT(answer_of(c.party[0]), ANSWER_NO);
    DONE(attempt(&c, "clerk.guicheng", 0, ",\"answer\":\"yes\""));
    OK_INT(answer_of(c.party[0]), ANSWER_YES);          /* what they wrote they may correct */
    DONE(act(&c, RESIDENT, "answer", "{\"answer\":\"no\"}"));
    DONE(act(&c, RESIDENT, "answer", "{\"answer\":\"yes\"}"));
    OK_INT(facts(&c, MATTER_DOUBTS), 0);
}

/* An agreement with nobody is nobody's success. */
static void test_agreement__takes_two(void)
{
    struct case_file c = filed(DISPATCHER, NEIGHBOURS);
    advance(&c, 0, 3);
    DONE(act(&c, "clerk.guicheng", "withdraw",
             text("{\"party\":\"%lld\"}", (long long)c.party[1].v).p));
    DONE(act(&c, HANDLER, "conclude", "{\"outcomes\":[{\"outcome\":\"settled\"}],"
             "\"form\":\"written\",\"summary\":\"谈妥\"}"));
    DONE(act(&c, HANDLER, "reply", "{\"text\":\"x\"}"));
    DONE(attempt(&c, "clerk.guicheng", 0, ",\"answer\":\"yes\""));
    DONE(act(&c, DISPATCHER, "close", "{}"));
    OK_INT(facts(&c, MATTER_DOUBTS), FACT_BIT(UNREACHED));
}

/* At the door: my own words, and of the others only that they answered. */
static void test_door__shows_the_own_answer_only(void)
{
    struct case_file c = concluded("written");
    DONE(attempt(&c, HANDLER, 1, ",\"answer\":\"no\",\"note\":\"底价两千\""));
    struct str path = text("/api/v1/door/matters/%lld", (long long)c.id.v);
    OK(has(get(RESIDENT, path).json, "\"answer\":\"given\""));
    OK(!has(get(RESIDENT, path).json, "\"answer\":\"no\""));
    OK(!has(get(RESIDENT, text("%s/attempts", path.p)).json, "底价"));
    DONE(act(&c, RESIDENT, "answer", "{\"answer\":\"yes\",\"text\":\"满意\"}"));
    OK(has(get(RESIDENT, text("%s/attempts", path.p)).json, "满意"));
    OK(has(get(HANDLER, text("/api/v1/matters/%lld/attempts", (long long)c.id.v)).json, "底价"));
    REFUSED(act(&c, RESIDENT, "answer", "{}"), ERR_REQUIRED, "answer");
    REFUSED(act(&c, RESIDENT, "answer", text("{\"answer\":\"no\",\"party\":\"%lld\"}",
            (long long)c.party[1].v).p), ERR_NO_SUCH_REF, "party");
    REFUSED(act(&c, NEIGHBOUR, "answer", "{\"answer\":\"no\"}"), ERR_NOT_FOUND, "");
    REFUSED(get(NEIGHBOUR, text("%s/attempts", path.p)), ERR_NOT_FOUND, "");
}

static void test_attempts__are_dated_within_reason(void)
{
    struct case_file c = concluded("written");
    struct stamp now = town_now;
    REFUSED(attempt(&c, HANDLER, 0, when((struct stamp){ now.ms + STAMP_DAY }).p),
            ERR_OUT_OF_RANGE, "at");
    REFUSED(attempt(&c, HANDLER, 0, when((struct stamp){ now.ms - STAMP_DAY }).p),
            ERR_OUT_OF_RANGE, "at");                      /* before there was an outcome */
    REFUSED(act(&c, HANDLER, "record_attempt", "{\"party\":\"7\"}"), ERR_NO_SUCH_REF, "party");
    REFUSED(act(&c, HANDLER, "record_attempt", "{}"), ERR_REQUIRED, "party");
    REFUSED(attempt(&c, HANDLER, 0, ",\"answer\":\"unreached\""), ERR_NOT_A_CHOICE, "answer");
    REFUSED(attempt(&c, "mediator.guiyi2", 0, ""), ERR_DENIED, "");
    struct case_file open = filed(DISPATCHER, NEIGHBOURS);
    advance(&open, 0, 3);
    REFUSED(attempt(&open, HANDLER, 0, ",\"answer\":\"yes\""), ERR_BAD_VALUE, "answer");
    DONE(attempt(&open, HANDLER, 0, ",\"reached\":true"));
}

/* Three tries, by two ways, on two days: then it closes, never as a success. */
static void test_close__after_tries_enough(void)
{
    struct case_file c = concluded("written");
    struct stamp began = town_now;
    DONE(act(&c, HANDLER, "reply", "{\"text\":\"x\"}"));
    DONE(act(&c, RESIDENT, "answer", "{\"answer\":\"yes\"}"));
    for (int i = 0; i < 3; i++) {
        REFUSED(act(&c, DISPATCHER, "close", "{}"), ERR_NO_ANSWER, "answers");
        DONE(attempt(&c, "clerk.guicheng", 1, i == 1 ? ",\"channel\":\"sms\"" : ""));
        town_now.ms += STAMP_MINUTE;
    }
    REFUSED(act(&c, DISPATCHER, "close", "{}"), ERR_NO_ANSWER, "answers");  /* one day only */
    town_now.ms += STAMP_DAY;
    DONE(attempt(&c, "clerk.guicheng", 1, ",\"channel\":\"letter\""));
    DONE(act(&c, DISPATCHER, "close", "{}"));
    OK_INT(answer_of(c.party[1]), ANSWER_UNREACHED);
    OK_INT(facts(&c, MATTER_DOUBTS), FACT_BIT(UNREACHED));
    town_now = began;
}

/* Reached, and no word: silence is no consent, but does not hold the matter. */
static void test_close__silence_is_no_yes(void)
{
    struct case_file c = concluded("written");
    struct stamp began = town_now;
    DONE(act(&c, HANDLER, "reply", "{\"text\":\"x\"}"));
    for (int i = 0; i < 3; i++) {
        DONE(attempt(&c, HANDLER, 0, ",\"answer\":\"yes\""));
        DONE(attempt(&c, HANDLER, 1, i ? ",\"reached\":true" : ",\"channel\":\"counter\""));
        town_now.ms += STAMP_DAY;
    }
    DONE(act(&c, DISPATCHER, "close", "{}"));
    OK_INT(answer_of(c.party[1]), ANSWER_SILENT);
    OK_INT(facts(&c, MATTER_DOUBTS), FACT_BIT(UNREACHED));
    town_now = began;
}

/* Each applicant is answered as he or she chose. */
static void test_reply__goes_by_each_applicants_channel(void)
{
    struct case_file c = filed(DISPATCHER, "\"kind\":\"request\",\"title\":\"x\",\"parties\":["
        "{\"role\":\"applicant\",\"name\":\"甲\",\"channel\":\"letter\"},"
        "{\"role\":\"applicant\",\"name\":\"乙\",\"channel\":\"sms\"},"
        "{\"role\":\"respondent\",\"name\":\"丙\",\"channel\":\"sms\"}]");
    advance(&c, 0, 3);
    DONE(act(&c, HANDLER, "conclude", "{\"outcomes\":[{\"outcome\":\"resolved\"}],\"summary\":\"x\"}"));
    DONE(act(&c, HANDLER, "reply", "{\"text\":\"修好了\"}"));
    OK_INT(ASK(SQL("SELECT COUNT(*) FROM message WHERE matter = $1 AND kind = 0"), V(c.id)), 2);
    OK_INT(ASK(SQL("SELECT channel FROM message WHERE matter = $1 AND party = $2"), V(c.id),
               V(c.party[0])), CHANNEL_LETTER);
    OK_INT(ASK(SQL("SELECT channel FROM message WHERE matter = $1 AND party = $2"), V(c.id),
               V(c.party[1])), CHANNEL_SMS);
}

int main(void)
{
    town_open();
    test_oral__is_reported_until_each_side_said_yes();
    test_written__needs_no_second_word();
    test_own_no__is_not_written_over();
    test_agreement__takes_two();
    test_door__shows_the_own_answer_only();
    test_attempts__are_dated_within_reason();
    test_close__after_tries_enough();
    test_close__silence_is_no_yes();
    test_reply__goes_by_each_applicants_channel();
    return town_close();
}
