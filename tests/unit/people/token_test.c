#include "people/token.h"
#include "app/session.h"
#include "unit/people/world.h"

static void test_token__scopes_are_mine(struct world *w)
{
    uint64_t mine = role_perms(ROLE_CLERK);
    static const struct { const char *scope; enum err_id id; } rows[] = {
        { "matter.read", ERR_OK }, { "people.write", ERR_NOT_A_CHOICE },
        { "token.own", ERR_NOT_A_CHOICE }, { "none", ERR_NOT_A_CHOICE },
        { "public", ERR_NOT_A_CHOICE }, { "", ERR_NOT_A_CHOICE }, { "matter.*", ERR_NOT_A_CHOICE },
        { "matter.read people.write", ERR_NOT_A_CHOICE }, { "system", ERR_DENIED },
        { "matter.supervise", ERR_DENIED },
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct err e = { 0 };
        struct str one = str_of(rows[i].scope), out;
        bool ok = token_scopes(&w->a, (struct strs){ &one, 1 }, mine, &out, &e);
        OK(ok == (rows[i].id == ERR_OK));
        OK_INT(e.id, rows[i].id);
    }
    struct err e = { 0 };
    struct str twice[] = { STR("matter.read"), STR("matter.file"), STR("matter.read") }, out;
    OK(token_scopes(&w->a, (struct strs){ twice, 3 }, mine, &out, &e));
    OK_STR(out, "matter.file matter.read");
    OK(!token_scopes(&w->a, (struct strs){ NULL, 0 }, mine, &out, &e));
}

struct made { struct token_new in; struct str text; struct token out; };
static bool make(struct req *r, void *ctx, struct err *e)
{
    struct made *m = ctx;
    return token_add(r, &m->in, &m->text, &m->out, e);
}
static bool take_back(struct req *r, void *ctx, struct err *e)
{
    return token_revoke(r, *(struct id *)ctx, e);
}
struct looked { struct str bearer; struct who who; bool found; };
static bool look(struct req *r, void *ctx, struct err *e)
{
    struct looked *l = ctx;
    r->bearer = l->bearer;
    return session_who(r, &l->who, &l->found, e);
}
static struct looked who_is(struct world *w, struct str bearer)
{
    struct looked l = { .bearer = bearer };
    OK_INT(world_read(w, look, &l), ERR_OK);
    return l;
}

static void test_token__acts_with_its_scopes_only(struct world *w, struct id account)
{
    struct str scope = STR("matter.read");
    struct made m = { .in = { STR("ledger"), { &scope, 1 }, { day_of_stamp(w->now).n + 30 } } };
    OK_INT(world_write(w, make, &m), ERR_OK);
    struct looked l = who_is(w, m.text);
    OK(l.found && l.who.token && l.who.account.v == account.v);
    OK(who_may(&l.who, PERM_MATTER_READ) && !who_may(&l.who, PERM_MATTER_FILE)
       && !who_may(&l.who, PERM_TOKEN_OWN));
    OK(!who_is(w, STR("fq_x")).found);
    struct stamp then = w->now;
    w->now.ms += 31 * STAMP_DAY;
    OK(!who_is(w, m.text).found);
    w->now = then;
    w->who.account = (struct id){ 404 };
    OK_INT(world_write(w, take_back, &m.out.id), ERR_NOT_FOUND);   /* somebody else's */
    w->who.account = account;
    OK_INT(world_write(w, take_back, &m.out.id), ERR_OK);
    OK_INT(world_write(w, take_back, &m.out.id), ERR_OK);
    OK(!who_is(w, m.text).found);
}

static void test_token__has_an_end(struct world *w)
{
    struct str scope = STR("matter.read");
    int now = day_of_stamp(w->now).n;
    struct made m = { .in = { STR("x"), { &scope, 1 }, { now - 1 } } };
    OK_INT(world_write(w, make, &m), ERR_OUT_OF_RANGE);
    m.in.expires_on.n = now + TOKEN_DAYS + 1;
    OK_INT(world_write(w, make, &m), ERR_OUT_OF_RANGE);
    world_number(w, "token_days", "30");
    m.in.expires_on.n = now + 31;
    OK_INT(world_write(w, make, &m), ERR_OUT_OF_RANGE);
    world_number(w, "token_days", "-5");    /* a senseless row leaves one day */
    m.in.expires_on.n = now + 2;
    OK_INT(world_write(w, make, &m), ERR_OUT_OF_RANGE);
    m.in.expires_on.n = now;
    for (int i = 0; i < TOKENS_MAX; i++)
        OK_INT(world_write(w, make, &m), ERR_OK);
    OK_INT(world_write(w, make, &m), ERR_TOO_MANY);
}

int main(void)
{
    struct world w;
    world_open(&w);
    test_token__scopes_are_mine(&w);
    w.who.account = world_staff(&w, STR("li.na"), STR(""));
    struct id account = w.who.account;
    w.who.account = ID_NONE;
    w.who.post = world_appoint(&w, account, ROLE_CLERK);
    w.who.account = account;
    w.who.perms = role_perms(ROLE_CLERK);
    test_token__acts_with_its_scopes_only(&w, account);
    test_token__has_an_end(&w);
    world_close(&w);
    return tap_end();
}
