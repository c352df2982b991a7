#include "people/signin.h"
#include "app/session.h"
#include "crypt/base32.h"
#include "crypt/token.h"
#include "crypt/totp.h"
#include "unit/people/world.h"

#define PASSWORD "Wenhe-tiaojie-88"

struct tried { struct sign_in in; struct session out; struct str cookie; };

static bool apply(struct req *r, void *ctx, struct err *e)
{
    struct tried *t = ctx;
    return sign_in_apply(r, &t->in, &t->out, e);
}

/* As the dispatcher runs it. */
static enum err_id sign_in(struct world *w, struct str login, struct str password, struct str totp,
                           struct tried *t)
{
    struct err e = { 0 };
    struct req r = world_req(w);
    r.who = NULL;
    *t = (struct tried){ .in = { .login = login, .password = password, .totp = totp } };
    if (sign_in_check(&r, &t->in, &e) && app_write(&w->app, &r, apply, t, &e))
        t->cookie = arena_printf(&w->a, "x=1; fq=%.*s; y=2",
                                 STR_ARG(str_sub(r.set_cookie[0], 3, TOKEN_LEN)));
    if (e.id == ERR_INTERNAL)
        printf("# internal: %s\n", e.detail);
    return e.id;
}

struct looked { struct str cookie; struct who who; bool found; };
static bool look(struct req *r, void *ctx, struct err *e)
{
    struct looked *l = ctx;
    r->cookie = l->cookie;
    return session_who(r, &l->who, &l->found, e);
}
static struct looked who_is(struct world *w, struct str cookie)
{
    struct looked l = { .cookie = cookie };
    OK_INT(world_read(w, look, &l), ERR_OK);
    return l;
}

static void test_signin__opens_a_session(struct world *w, struct id account)
{
    struct tried t;
    OK_INT(sign_in(w, STR(" Li.Na "), STR(PASSWORD), STR(""), &t), ERR_OK);
    OK(t.out.csrf.n > 20);
    OK_INT(t.out.posts.n, 1);
    OK(t.out.post.v != 0 && !t.out.must_change_password && !t.out.totp);
    struct looked l = who_is(w, t.cookie);
    OK(l.found && l.who.account.v == account.v && l.who.role == ROLE_CLERK);
    OK(who_may(&l.who, PERM_MATTER_INTAKE) && !who_may(&l.who, PERM_PEOPLE_READ));
    OK(str_eq(l.who.csrf, t.out.csrf));
    OK(!who_is(w, STR("fq=")).found);
    OK(!who_is(w, STR("fq=fq_' OR 1=1 --")).found);
    OK(!who_is(w, arena_printf(&w->a, "fq=%.*s", STR_ARG(token_make(&w->a)))).found);
    w->now.ms += 121 * STAMP_MINUTE;
    OK(!who_is(w, t.cookie).found);
}

/* The same answer whether the login exists, has ended, has no password, or the
 * password is wrong. */
static void test_signin__tells_nothing(struct world *w)
{
    struct tried t;
    struct str none = STR("");
    OK_INT(sign_in(w, STR("li.na"), STR("wrong"), none, &t), ERR_BAD_LOGIN);
    OK_INT(sign_in(w, STR("nobody"), STR("wrong"), none, &t), ERR_BAD_LOGIN);
    OK_INT(sign_in(w, STR("no.password"), none, none, &t), ERR_BAD_LOGIN);
    OK_INT(sign_in(w, none, none, none, &t), ERR_BAD_LOGIN);
    OK_INT(sign_in(w, STR("li.na' --"), STR(PASSWORD), none, &t), ERR_BAD_LOGIN);
    OK_INT(sign_in(w, STR("%"), STR(PASSWORD), none, &t), ERR_BAD_LOGIN);
    for (int i = 0; i < 4; i++) {
        OK_INT(sign_in(w, STR("li.na"), STR("wrong"), none, &t), ERR_BAD_LOGIN);
        OK_INT(sign_in(w, STR("nobody"), STR("wrong"), none, &t), ERR_BAD_LOGIN);
    }
    OK_INT(sign_in(w, STR("li.na"), STR(PASSWORD), none, &t), ERR_LOCKED);
    OK_INT(sign_in(w, STR("nobody"), STR(PASSWORD), none, &t), ERR_LOCKED);
    w->now.ms += STAMP_MINUTE;
    OK_INT(sign_in(w, STR("li.na"), STR(PASSWORD), none, &t), ERR_OK);
}

struct totp { struct id account; struct str secret; };
static bool turn_on(struct req *r, void *ctx, struct err *e)
{
    struct totp *x = ctx;
    struct str sealed = x->secret;
    return account_seal(r, x->account, "totp", &sealed, e)
        && account_totp_put(r, x->account, sealed, e) && account_totp_on(r, x->account, 0, e);
}

static void test_signin__asks_for_the_second_factor(struct world *w, struct id account)
{
    struct totp x = { account, totp_make_secret(&w->a) };
    struct tried t;
    char code[TOTP_DIGITS + 1];
    OK_INT(world_write(w, turn_on, &x), ERR_OK);
    for (int i = 0; i < 8; i++)         /* asking for the code is no wrong try */
        OK_INT(sign_in(w, STR("li.na"), STR(PASSWORD), STR(""), &t), ERR_NEED_TOTP);
    totp_code(x.secret, w->now.ms / 1000 / TOTP_SECONDS, code);
    OK_INT(sign_in(w, STR("li.na"), STR(PASSWORD), str_of("12"), &t), ERR_BAD_LOGIN);
    OK_INT(sign_in(w, STR("li.na"), STR("wrong"), str_of(code), &t), ERR_BAD_LOGIN);
    OK_INT(sign_in(w, STR("li.na"), STR(PASSWORD), str_of(code), &t), ERR_OK);
    OK(t.out.totp);
    OK_INT(sign_in(w, STR("li.na"), STR(PASSWORD), str_of(code), &t), ERR_BAD_LOGIN);
}

/* Two at once with one code: the second finds it used. */
static void test_signin__takes_a_code_once(struct world *w, struct id account)
{
    struct totp x = { account, totp_make_secret(&w->a) };
    char code[TOTP_DIGITS + 1];
    struct err e = { 0 };
    struct req r = world_req(w);
    OK_INT(world_write(w, turn_on, &x), ERR_OK);
    totp_code(x.secret, w->now.ms / 1000 / TOTP_SECONDS, code);
    struct sign_in one = { .login = STR("li.na"), .password = STR(PASSWORD), .totp = str_of(code) };
    struct sign_in two = one;
    OK(sign_in_check(&r, &one, &e) && sign_in_check(&r, &two, &e));
    struct tried a = { .in = one }, b = { .in = two };
    r.who = NULL;
    OK(app_write(&w->app, &r, apply, &a, &e));
    OK(!app_write(&w->app, &r, apply, &b, &e));
    OK_INT(e.id, ERR_BAD_LOGIN);
}

static bool end_account(struct req *r, void *ctx, struct err *e)
{
    return account_end(r, *(struct id *)ctx, e);
}

static void test_signin__ends_with_the_account(struct world *w)
{
    struct tried t;
    struct id account = world_staff(w, STR("short.stay"), STR(PASSWORD));
    world_appoint(w, account, ROLE_HANDLER);
    OK_INT(sign_in(w, STR("short.stay"), STR(PASSWORD), STR(""), &t), ERR_OK);
    OK(who_is(w, t.cookie).found);
    OK_INT(world_write(w, end_account, &account), ERR_OK);
    OK(!who_is(w, t.cookie).found);
    OK_INT(sign_in(w, STR("short.stay"), STR(PASSWORD), STR(""), &t), ERR_BAD_LOGIN);
}

/* A post that ended is gone with the very next request. */
static bool end_post(struct req *r, void *ctx, struct err *e)
{
    struct post_held *v;
    struct list held;
    if (!post_held_list(r, *(struct id *)ctx, &held, e))
        return false;
    v = held.v;
    return db_exec(r->c, e, NULL, SQL("UPDATE post SET valid_to = $2 WHERE id = $1"), V(v[0].id),
                   V((int64_t)day_of_stamp(r->now).n));
}

static void test_signin__asks_for_the_post_each_time(struct world *w)
{
    struct tried t;
    struct id account = world_staff(w, STR("at.once"), STR(PASSWORD));
    world_appoint(w, account, ROLE_HANDLER);
    OK_INT(sign_in(w, STR("at.once"), STR(PASSWORD), STR(""), &t), ERR_OK);
    struct looked l = who_is(w, t.cookie);
    OK(who_may(&l.who, PERM_MATTER_HANDLE));
    OK_INT(world_write(w, end_post, &account), ERR_OK);
    l = who_is(w, t.cookie);
    OK(l.found && !who_may(&l.who, PERM_MATTER_HANDLE) && who_may(&l.who, PERM_SIGNED_IN));
    OK_INT(l.who.post.v, 0);
}

int main(void)
{
    struct world w;
    world_open(&w);
    struct id account = world_staff(&w, STR("li.na"), STR(PASSWORD));
    world_staff(&w, STR("no.password"), STR(""));
    world_appoint(&w, account, ROLE_CLERK);
    test_signin__opens_a_session(&w, account);
    test_signin__tells_nothing(&w);
    test_signin__asks_for_the_second_factor(&w, account);
    test_signin__takes_a_code_once(&w, account);
    test_signin__ends_with_the_account(&w);
    test_signin__asks_for_the_post_each_time(&w);
    world_close(&w);
    return tap_end();
}
