/* What is kept in memory is never what the database no longer says: not in this
 * process, not in another, not while threads look and change at once. */
#include "app/memo.h"
#include "app/session.h"
#include "crypt/token.h"
#include "people/account.h"
#include "people/post.h"
#include "people/signin.h"
#include "people/token.h"
#include "unit/people/world.h"
#include <pthread.h>

static struct world one, two;           /* two programs on one database */

/* ---- signing in without the form ---- */

struct opened { struct id account, post; struct str cookie; };
static bool open_session(struct req *r, void *ctx, struct err *e)
{
    struct opened *x = ctx;
    struct str csrf;
    r->who = NULL;
    if (!session_open(r, x->account, x->post, &csrf, e))
        return false;
    x->cookie = arena_printf(r->a, "fq=%.*s", STR_ARG(str_sub(r->set_cookie[0], 3, TOKEN_LEN)));
    return true;
}
static struct opened person(struct world *w, const char *login)
{
    struct opened x = { .account = world_staff(w, str_of(login), STR("")) };
    x.post = world_appoint(w, x.account, ROLE_CLERK);
    OK_INT(world_write(w, open_session, &x), ERR_OK);
    return x;
}

struct looked { struct str cookie, bearer; struct who who; bool found; unsigned asked; };
static bool look(struct req *r, void *ctx, struct err *e)
{
    struct looked *l = ctx;
    r->cookie = l->cookie;
    r->bearer = l->bearer;
    bool ok = session_who(r, &l->who, &l->found, e);
    l->asked = db_conn_statements(r->c);
    return ok;
}
static struct looked who_is(struct world *w, struct str cookie)
{
    struct looked l = { .cookie = cookie };
    OK_INT(world_read(w, look, &l), ERR_OK);
    return l;
}
/* Until the connection that answers has it in its memory: one statement, the epoch. */
static void learn(struct world *w, struct str cookie)
{
    struct looked l = { .asked = 9 };
    for (int i = 0; i < 200 && l.asked > 1; i++)
        l = who_is(w, cookie);
    OK_INT(l.asked, 1);
    OK(l.found);
}
static void learn_both(struct str cookie)
{
    learn(&one, cookie);
    learn(&two, cookie);
}

/* ---- what may be changed ---- */

struct change { const struct opened *x; const char *what; };
static bool apply(struct req *r, void *ctx, struct err *e)
{
    const struct change *k = ctx;
    const struct opened *x = k->x;
    struct post p = { 0 };
    struct who w = { 0 };
    bool found;
    if (str_is(str_of(k->what), "sessions end"))
        return session_end_others(r, x->account, ID_NONE, e);
    if (str_is(str_of(k->what), "password"))
        return account_set_password(r, x->account, STR("x"), true, e);
    if (str_is(str_of(k->what), "account ends"))
        return account_end(r, x->account, e);
    if (str_is(str_of(k->what), "post ends"))
        return post_load(r, x->post, &p, e) && post_end(r, &p, e);
    if (str_is(str_of(k->what), "sign out"))
        return session_who(r, &w, &found, e) && (r->who = &w, session_end(r, e));
    if (str_is(str_of(k->what), "body ends"))
        return db_exec(r->c, e, NULL, SQL("UPDATE org SET valid_to = $1 WHERE id = $2"),
                       V((int64_t)day_of_stamp(r->now).n), V((int64_t)CENTRE));
    if (str_is(str_of(k->what), "body goes on"))
        return db_exec(r->c, e, NULL, SQL("UPDATE org SET valid_to = 0 WHERE id = $1"),
                       V((int64_t)CENTRE));
    return err_internal(e, "no such change: %s", k->what);
}
static void change(struct world *w, const struct opened *x, const char *what)
{
    struct change k = { x, what };
    OK_INT(world_write(w, apply, &k), ERR_OK);
}

static void test_memo__a_sign_in_ends_everywhere_at_once(void)
{
    static const struct { const char *what; bool found, may_read, must_change; } rows[] = {
        { "sessions end", false, false, false }, { "password", false, false, false },
        { "account ends", false, false, false }, { "post ends", true, false, false },
    };
    for (size_t i = 0; i < COUNT(rows); i++)
        for (int there = 0; there < 2; there++) {
            char login[40];
            snprintf(login, sizeof login, "p%zu.%d", i, there);
            struct opened x = person(&one, login);
            learn_both(x.cookie);
            struct looked before = who_is(&two, x.cookie);
            OK(who_may(&before.who, PERM_MATTER_READ));
            change(there ? &two : &one, &x, rows[i].what);
            for (int k = 0; k < 20; k++) {
                struct looked l = who_is(k % 2 ? &one : &two, x.cookie);
                if (l.found != rows[i].found
                    || (l.found && who_may(&l.who, PERM_MATTER_READ) != rows[i].may_read)) {
                    OK(!"a change that somebody does not know");
                    printf("#   %s, asked %s\n", rows[i].what, k % 2 ? "here" : "there");
                }
            }
        }
}

static void test_memo__a_body_ends_and_goes_on(void)
{
    struct opened x = person(&one, "body");
    learn_both(x.cookie);
    change(&two, &x, "body ends");
    OK(!who_is(&one, x.cookie).who.org.v && !who_is(&two, x.cookie).who.org.v);
    change(&one, &x, "body goes on");
    OK(who_is(&one, x.cookie).who.org.v && who_is(&two, x.cookie).who.org.v);
}

/* Time ends a sign-in without anybody writing: the hour, idleness, the day. */
static void test_memo__time_goes_on(void)
{
    struct opened x = person(&one, "time");
    struct stamp was = one.now;
    learn(&one, x.cookie);
    one.now.ms += one.app.config.idle_minutes * STAMP_MINUTE + 1;
    OK(!who_is(&one, x.cookie).found);
    one.now = was;
    learn(&one, x.cookie);
    one.now.ms += one.app.config.session_hours * STAMP_HOUR;
    OK(!who_is(&one, x.cookie).found);
    one.now = was;
    OK(who_is(&one, x.cookie).found);
}

struct made { struct token_new in; struct str text; struct token out; };
static bool make_token(struct req *r, void *ctx, struct err *e)
{
    struct made *m = ctx;
    return token_add(r, &m->in, &m->text, &m->out, e);
}
static bool take_back(struct req *r, void *ctx, struct err *e)
{
    return token_revoke(r, *(struct id *)ctx, e);
}

static void test_memo__a_token_is_taken_back_everywhere(void)
{
    struct opened x = person(&one, "token");
    struct str scope = STR("matter.read");
    struct made m = { .in = { STR("ledger"), { &scope, 1 }, { day_of_stamp(one.now).n + 30 } } };
    struct who was = one.who;
    one.who = who_is(&one, x.cookie).who;
    OK_INT(world_write(&one, make_token, &m), ERR_OK);
    struct looked l = { .bearer = m.text }, as_cookie;
    for (int i = 0; i < 40; i++)
        OK_INT(world_read(i % 2 ? &one : &two, look, &l), ERR_OK);
    OK(l.found && l.who.token);
    as_cookie = who_is(&two, arena_printf(&one.a, "fq=%.*s", STR_ARG(m.text)));
    OK(!as_cookie.found);
    OK_INT(world_write(&one, take_back, &m.out.id), ERR_OK);
    for (int i = 0; i < 20; i++) {
        OK_INT(world_read(i % 2 ? &one : &two, look, &l), ERR_OK);
        OK(!l.found);
    }
    one.who = was;
}

/* ---- names ---- */

struct named { struct id id; struct str text, first; bool fail; };
static bool ask_name(struct req *r, void *ctx, struct err *e)
{
    struct named *x = ctx;
    return memo_name(r, MEMO_ORG, x->id, &x->text, e);
}
/* Renames, reads the new name, and may fail after all. */
static bool rename_body(struct req *r, void *ctx, struct err *e)
{
    struct named *x = ctx;
    return memo_name(r, MEMO_ORG, x->id, &x->text, e)
        && db_exec(r->c, e, NULL, SQL("UPDATE org SET name = $1 WHERE id = $2"), V(x->first),
                   V(x->id))
        && memo_name(r, MEMO_ORG, x->id, &x->text, e) && (!x->fail || err_set(e, ERR_CONFLICT));
}
static void calls_it(const char *name)
{
    for (int i = 0; i < 20; i++) {
        struct named x = { .id = { COMMITTEE } };
        OK_INT(world_read(i % 2 ? &one : &two, ask_name, &x), ERR_OK);
        OK_STR(x.text, name);
        OK_INT(world_write(i % 2 ? &one : &two, ask_name, &x), ERR_OK);
        OK_STR(x.text, name);
    }
}

static void test_memo__a_name_is_the_committed_one(void)
{
    struct named x = { .id = { COMMITTEE }, .first = STR("Renamed") }, none = { 0 };
    calls_it("Committee");
    x.fail = true;
    OK_INT(world_write(&one, rename_body, &x), ERR_CONFLICT);
    OK_STR(x.text, "Renamed");
    calls_it("Committee");
    x.fail = false;
    OK_INT(world_write(&two, rename_body, &x), ERR_OK);
    calls_it("Renamed");
    OK_INT(world_read(&one, ask_name, &none), ERR_OK);
    OK_STR(none.text, "");
    none.id.v = 987654;
    OK_INT(world_read(&one, ask_name, &none), ERR_OK);
    OK_STR(none.text, "");
}

/* ---- the epoch ---- */

static bool read_epoch(struct req *r, void *ctx, struct err *e)
{
    return db_int(r->c, e, ctx, SQL("SELECT people + names FROM epoch WHERE id = 1"));
}
static int64_t epoch(void)
{
    int64_t n = 0;
    OK_INT(world_read(&one, read_epoch, &n), ERR_OK);
    return n;
}
static bool load_changes(struct req *r, void *ctx UNUSED, struct err *e)
{
    return db_exec(r->c, e, NULL,
                   SQL("UPDATE org SET open_load = open_load + 1 WHERE home = $1 AND id = $2"),
                   V(r->app->home), V((int64_t)CENTRE));
}

static void test_memo__daily_work_forgets_nothing(void)
{
    struct opened x = person(&one, "quiet");
    int64_t before = epoch();
    OK_INT(world_write(&one, open_session, &x), ERR_OK);
    OK_INT(world_write(&one, load_changes, NULL), ERR_OK);
    OK_INT(epoch(), before);
    change(&one, &x, "post ends");
    OK_INT(epoch(), before + 1);
}

/* ---- at once ---- */

enum { READERS = 4, ROUNDS = 60 };
struct reader { pthread_t thread; struct str cookie; _Atomic int64_t *least; int wrong; };

/* What was committed before a look began is what the look sees. */
static void *read_on(void *arg)
{
    struct reader *x = arg;
    for (int i = 0; i < 3 * ROUNDS; i++) {
        struct arena a = { 0 };
        struct err e = { 0 };
        struct looked l = { .cookie = x->cookie };
        struct req r;
        struct world *w = i % 2 ? &one : &two;
        app_request(&w->app, &a, NULL, &r);
        r.now = w->now;
        int64_t least = *x->least;
        int64_t n = -1;
        if (!app_read(&w->app, &r, look, &l, &e) || !l.found
            || !str_to_i64(l.who.org_name, &n) || n < least)
            x->wrong++;
        arena_done(&a);
    }
    return NULL;
}

struct numbered { int64_t n; };
static bool number_body(struct req *r, void *ctx, struct err *e)
{
    const struct numbered *x = ctx;
    return db_exec(r->c, e, NULL, SQL("UPDATE org SET name = $1 WHERE id = $2"),
                   V(arena_printf(r->a, "%lld", (long long)x->n)), V((int64_t)CENTRE));
}

static void test_memo__threads_look_while_it_changes(void)
{
    struct opened x = person(&one, "threads");
    _Atomic int64_t least = 0;
    struct reader v[READERS];
    struct numbered first = { 0 };
    OK_INT(world_write(&one, number_body, &first), ERR_OK);
    for (int i = 0; i < READERS; i++) {
        v[i] = (struct reader){ .cookie = x.cookie, .least = &least };
        if (pthread_create(&v[i].thread, NULL, read_on, &v[i]))
            abort();
    }
    for (int64_t n = 1; n <= ROUNDS; n++) {
        struct numbered k = { n };
        OK_INT(world_write(n % 2 ? &one : &two, number_body, &k), ERR_OK);
        least = n;
    }
    for (int i = 0; i < READERS; i++) {
        pthread_join(v[i].thread, NULL);
        OK_INT(v[i].wrong, 0);
    }
}

/* The second program: its own connections, keys and memory of the same city. */
static void open_second(void)
{
    struct err e = { 0 };
    two = one;
    two.a = (struct arena){ 0 };
    two.app.db = db_open(&(struct db_options){ .url = str_of(one.h.url), .watch = memo_watch,
                                               .before_commit = memo_before_commit }, &e);
    MUST(two.app.db != NULL, &e);
    two.app.local_key[0] ^= 1;
}

int main(void)
{
    world_open(&one);
    open_second();
    test_memo__a_sign_in_ends_everywhere_at_once();
    test_memo__a_body_ends_and_goes_on();
    test_memo__time_goes_on();
    test_memo__a_token_is_taken_back_everywhere();
    test_memo__a_name_is_the_committed_one();
    test_memo__daily_work_forgets_nothing();
    test_memo__threads_look_while_it_changes();
    db_close(two.app.db);
    arena_done(&two.a);
    world_close(&one);
    return tap_end();
}
