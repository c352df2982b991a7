/* Putting away: for how long, by what the dossier holds; and taken out again. */
#include "unit/city.h"

#define ORAL "{\"oral\":true}"

static struct str kept(const struct case_file *c)
{
    return ASK_TEXT(SQL("SELECT retention FROM matter WHERE id = $1"), V(c->id));
}
static int64_t years_kept(const struct case_file *c)
{
    int64_t until = ASK(SQL("SELECT keep_until FROM matter WHERE id = $1"), V(c->id));
    return until ? (until - town_now.ms + 10 * STAMP_DAY) / (365 * STAMP_DAY) : 0;
}

static void conclude_as(struct case_file *c, const char *more)
{
    advance(c, 0, 3);
    DONE(act(c, HANDLER, "conclude",
             text("{\"outcomes\":[{\"outcome\":\"settled\"}],\"summary\":\"谈妥\"%s}", more).p));
    advance(c, 4, 2);
}

static void visit(struct case_file *c, const char *body)
{
    DONE(act(c, DISPATCHER, "visit", text("{\"parties\":[{\"party\":\"%lld\",\"reached\":true}]%s}",
                                          (long long)c->party[0].v, body).p));
}

static void test_retention__is_the_longest_that_fits(void)
{
    struct case_file plain = filed(DISPATCHER, NEIGHBOURS), court = filed(DISPATCHER, NEIGHBOURS),
                     major = filed(DISPATCHER, NEIGHBOURS), both = filed(DISPATCHER, NEIGHBOURS);
    conclude_as(&plain, "");
    REFUSED(act(&plain, DISPATCHER, "archive", "{}"), ERR_DOSSIER, "");
    visit(&plain, "");
    DONE(act(&plain, DISPATCHER, "archive", ORAL));
    OK_STR(kept(&plain), "dossier_oral");
    OK_INT(years_kept(&plain), 10);
    conclude_as(&court, "");
    visit(&court, ",\"confirmed\":true");
    DONE(act(&court, DISPATCHER, "archive", ORAL));
    OK_STR(kept(&court), "dossier_confirmed");
    OK_INT(years_kept(&court), 30);
    conclude_as(&major, ",\"complex\":true");
    DONE(act(&major, DISPATCHER, "archive", ORAL));
    OK_STR(kept(&major), "dossier_major");
    OK_INT(years_kept(&major), 0);      /* for ever */
    OK(ASK(SQL("SELECT archived_at FROM matter WHERE id = $1"), V(major.id)) > 0);
    conclude_as(&both, ",\"complex\":true");
    visit(&both, ",\"confirmed\":true");
    DONE(act(&both, DISPATCHER, "archive", ORAL));
    OK_STR(kept(&both), "dossier_major");
}

/* What is worked on again is not away; it is put away anew, by all of its rounds. */
static void test_archive__ends_with_reopening(void)
{
    struct case_file c = filed(DISPATCHER, NEIGHBOURS);
    conclude_as(&c, ",\"complex\":true");
    DONE(act(&c, DISPATCHER, "archive", ORAL));
    DONE(act(&c, DISPATCHER, "reopen", "{\"why\":\"rebound\"}"));
    OK_INT(ASK(SQL("SELECT COUNT(*) FROM matter WHERE id = $1 AND archived_at = 0"
                   " AND keep_until = 0 AND retention = ''"), V(c.id)), 1);
    OK(has(get(DISPATCHER, text("/api/v1/matters/%lld", (long long)c.id.v)).json,
           "\"archived_at\":null"));
    advance(&c, 2, 4);
    DONE(act(&c, DISPATCHER, "archive", ORAL));
    OK_STR(kept(&c), "dossier_major");
}

int main(void)
{
    town_open();
    test_retention__is_the_longest_that_fits();
    test_archive__ends_with_reopening();
    return town_close();
}
