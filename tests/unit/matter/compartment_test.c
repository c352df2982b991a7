/* Sealed places: without a grant they are not there; a safety one shows itself to
 * nobody else; a forgotten key is gone. */
#include "unit/city.h"

struct sealed { struct case_file c; struct str list, entries, grants, self; };
static struct sealed made(const char *kind, int side)
{
    struct sealed s = { .c = filed(RESIDENT, NEIGHBOURS) };
    advance(&s.c, 0, 3);
    struct str matter = text("/api/v1/matters/%lld/compartments", (long long)s.c.id.v);
    struct str body = side < 0 ? text("{\"kind\":\"%s\"}", kind)
        : text("{\"kind\":\"%s\",\"side\":\"%lld\"}", kind, (long long)s.c.party[side].v);
    struct told t = call(HANDLER, text("POST %s", matter.p), body.p, 0);
    DONE(t);
    int64_t id = ASK(SQL("SELECT MAX(id) FROM compartment WHERE matter = $1"), V(s.c.id));
    s.list = matter;
    s.self = text("/api/v1/compartments/%lld", (long long)id);
    s.entries = text("%s/entries", s.self.p);
    s.grants = text("POST %s/grants", s.self.p);
    DONE(call(HANDLER, text("POST %s", s.entries.p), "{\"text\":\"底线三万\"}", 0));
    return s;
}
static struct told grant(struct sealed s, const char *from, const char *to, const char *more)
{
    return call(from, s.grants, text("{\"account\":\"%lld\"%s}",
                                     (long long)who_of(to)->account.v, more).p, 0);
}

static void test_compartment__opens_to_grants_only(void)
{
    struct sealed s = made("offer", -1);
    OK(has(get(HANDLER, s.entries).json, "底线三万"));
    static const char *const others[] = { "mediator.guiyi2", DISPATCHER, "clerk.guicheng",
                                          "mediator.guicheng", "head.guicheng" };
    for (size_t i = 0; i < COUNT(others); i++)
        REFUSED(get(others[i], s.entries), ERR_NOT_FOUND, "");
    REFUSED(grant(s, "mediator.guiyi2", "mediator.guiyi2", ""), ERR_NOT_FOUND, "");
    REFUSED(call("mediator.guiyi2", text("DELETE %s", s.self.p), "", 0), ERR_NOT_FOUND, "");
    REFUSED(call("mediator.guiyi2", text("POST %s", s.entries.p), "{\"text\":\"x\"}", 0),
            ERR_NOT_FOUND, "");
    REFUSED(call(HANDLER, s.grants, "{\"account\":\"5\"}", 0), ERR_NO_SUCH_REF, "account");
    OK_INT(ASK(SQL("SELECT COUNT(*) FROM compartment_entry WHERE body LIKE '%三万%'")), 0);
    DONE(grant(s, HANDLER, "mediator.guiyi2", ""));
    OK(has(get("mediator.guiyi2", s.entries).json, "底线三万"));
    town_now.ms += 1000;
    struct stamp past = { town_now.ms - 1 };
    char day[32];
    DONE(grant(s, HANDLER, "mediator.guiyi2", text(",\"until\":\"%.*s\"",
         (int)stamp_format(past, day), day).p));
    REFUSED(get("mediator.guiyi2", s.entries), ERR_NOT_FOUND, "");
    OK(!has(get(DISPATCHER, text("/api/v1/matters?q=%s", "底线")).json, s.c.number.p));
}

/* A grant is no sight: who cannot see the matter cannot open what lies in it. */
static void test_compartment__a_grant_is_not_enough_without_the_matter(void)
{
    struct sealed s = made("separate", -1);
    DONE(grant(s, HANDLER, "mediator.dali", ""));
    REFUSED(get("mediator.dali", s.entries), ERR_NOT_FOUND, "");
}

static void test_safety__is_hidden_from_everybody_else(void)
{
    struct sealed s = made("safety", 0);
    struct str page = text("/api/v1/matters/%lld", (long long)s.c.id.v);
    DONE(get(HANDLER, s.entries));
    OK(has(get(HANDLER, s.list).json, "safety"));
    OK(!has(get("mediator.guiyi2", s.list).json, "safety"));
    OK(!has(get(DISPATCHER, s.list).json, "safety"));
    OK(!has(get(DISPATCHER, text("%s/journal", page.p)).json, "compartment"));
    OK(has(get(HANDLER, text("%s/journal", page.p)).json, "compartment.write"));
    OK(!has(get(DISPATCHER, text("%s/access", page.p)).json, "safety"));
    OK(!has(get(HANDLER, text("%s/access", page.p)).json, "safety"));
    struct told mine = get(RESIDENT, text("/api/v1/door/matters/%lld/access",
                                          (long long)s.c.id.v));
    OK(has(mine.json, "safety"));
    OK_INT(ASK(SQL("SELECT COUNT(*) FROM access WHERE matter = $1 AND what = 'safety'"),
               V(s.c.id)), 1);
}

/* One for each side: none of them learns when the other's was opened. */
static void test_safety__shows_its_looks_to_its_own_party(void)
{
    struct sealed s = made("safety", 0);
    DONE(call(HANDLER, text("POST %s", s.list.p), text("{\"kind\":\"safety\",\"side\":\"%lld\"}",
              (long long)s.c.party[1].v).p, 0));
    int64_t other = ASK(SQL("SELECT MAX(id) FROM compartment WHERE matter = $1"), V(s.c.id));
    struct str page = text("/api/v1/door/matters/%lld/access", (long long)s.c.id.v);
    DONE(get(HANDLER, text("/api/v1/compartments/%lld/entries", (long long)other)));
    OK(!has(get(RESIDENT, page).json, "safety"));
    DONE(get(HANDLER, s.entries));
    OK(has(get(RESIDENT, page).json, "safety"));
    OK_INT(ASK(SQL("SELECT COUNT(*) FROM access WHERE matter = $1 AND what = 'safety'"),
               V(s.c.id)), 2);
}

static void test_safety__protects_a_party_of_this_matter(void)
{
    struct sealed s = made("offer", -1);
    struct case_file other = filed(DISPATCHER, NEIGHBOURS);
    struct str post = text("POST %s", s.list.p);
    REFUSED(call(HANDLER, post, "{\"kind\":\"safety\"}", 0), ERR_REQUIRED, "side");
    REFUSED(call(HANDLER, post, text("{\"kind\":\"safety\",\"side\":\"%lld\"}",
            (long long)other.party[0].v).p, 0), ERR_NO_SUCH_REF, "side");
    REFUSED(call("mediator.dali", post, "{\"kind\":\"offer\"}", 0), ERR_NOT_FOUND, "");
}

static void test_destroyed__is_gone_with_its_key(void)
{
    struct sealed s = made("offer", -1);
    DONE(call(HANDLER, text("DELETE %s", s.self.p), "", 0));
    REFUSED(get(HANDLER, s.entries), ERR_NOT_FOUND, "");
    REFUSED(call(HANDLER, text("POST %s", s.entries.p), "{\"text\":\"x\"}", 0), ERR_NOT_FOUND, "");
    REFUSED(grant(s, HANDLER, "mediator.guiyi2", ""), ERR_NOT_FOUND, "");
    OK_INT(ASK(SQL("SELECT COUNT(*) FROM compartment WHERE matter = $1 AND wrapped <> ''"),
               V(s.c.id)), 0);
    OK_INT(ASK(SQL("SELECT COUNT(*) FROM compartment_entry e JOIN compartment k"
                   " ON k.id = e.compartment WHERE k.matter = $1"), V(s.c.id)), 0);
    OK(has(get(HANDLER, text("/api/v1/matters/%lld/journal", (long long)s.c.id.v)).json,
           "compartment.destroy"));
}

int main(void)
{
    town_open();
    test_compartment__opens_to_grants_only();
    test_compartment__a_grant_is_not_enough_without_the_matter();
    test_safety__is_hidden_from_everybody_else();
    test_safety__shows_its_looks_to_its_own_party();
    test_safety__protects_a_party_of_this_matter();
    test_destroyed__is_gone_with_its_key();
    return town_close();
}
