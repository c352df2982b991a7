#include "app/outbox.h"
#include "unit/people/world.h"
#include <pthread.h>
#include <signal.h>

static void test_outbox__waits_longer_each_time(void)
{
    static const struct { int64_t tries, minutes; } rows[] = {
        { 0, 1 }, { 1, 1 }, { 2, 2 }, { 3, 4 }, { 4, 8 }, { 8, 128 }, { 9, 240 }, { 99, 240 },
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        int64_t least = rows[i].minutes * STAMP_MINUTE;
        OK_INT(outbox_wait_ms(rows[i].tries, 0), least);
        OK_INT(outbox_wait_ms(rows[i].tries, 255), least + least / 4);
        OK(outbox_wait_ms(rows[i].tries, 128) > least);
    }
}

static void test_outbox__runs_a_program_without_a_shell(void)
{
    OK(outbox_pipe(STR("/bin/true"), STR(""), 5000));
    OK(outbox_pipe(STR("/bin/grep -q hello"), STR("hello\n"), 5000));
    OK(!outbox_pipe(STR("/bin/grep -q hello"), STR("x\n"), 5000));
    OK(outbox_pipe(STR("/bin/grep -qF $(true)"), STR("$(true)\n"), 5000));
    OK(!outbox_pipe(STR("/bin/false"), STR("x"), 5000));
    OK(!outbox_pipe(STR("/no/such/program"), STR("x"), 5000));
    OK(!outbox_pipe(STR(""), STR("x"), 5000));
    OK(!outbox_pipe(STR("   "), STR("x"), 5000));
    OK(!outbox_pipe(STR("/bin/echo a b c d e f g h i j k l m n o p q"), STR("x"), 5000));
    int64_t began = clock_us();
    OK(!outbox_pipe(STR("/bin/sleep 30"), STR("x"), 200));
    OK(clock_us() - began < 5000000);
}

static bool send(struct req *r, void *ctx, struct err *e)
{
    return outbox_send(r, ctx, e);
}
struct raw_row { struct str target, body; int64_t state; };
static bool rest(struct req *r, void *ctx, struct err *e)
{
    struct raw_row *x = ctx;
    return db_text(r->c, e, r->a, &x->target,
                   SQL("SELECT target FROM outbox ORDER BY id DESC LIMIT 1"))
        && db_text(r->c, e, r->a, &x->body,
                   SQL("SELECT body FROM outbox ORDER BY id DESC LIMIT 1"))
        && db_int(r->c, e, &x->state, SQL("SELECT state FROM outbox ORDER BY id DESC LIMIT 1"));
}

static struct raw_row run(struct world *w, const char *command)
{
    struct raw_row x = { .state = -1 };
    struct err e = { 0 };
    bool more;
    w->app.config.sms_command = str_of(command);
    OK(outbox_run(&w->app, &more, &e));
    OK_INT(world_read(w, rest, &x), ERR_OK);
    return x;
}

static void test_outbox__rests_sealed_and_is_sent(struct world *w)
{
    struct outbox_message m = { .channel = STR("sms"), .target = STR("13812345678"),
                                .template = STR("code"), .body = STR("123456") };
    OK_INT(world_write(w, send, &m), ERR_OK);
    struct raw_row x = run(w, "");
    OK_INT(x.state, OUTBOX_WAITING);
    OK(str_find(x.target, STR("13812345678")) == x.target.n);   /* three digits may be chance */
    OK(str_find(x.body, STR("123456")) == x.body.n);
    OK_INT(run(w, "/bin/false").state, OUTBOX_WAITING);
    OK_INT(run(w, "/bin/true").state, OUTBOX_WAITING);      /* its minute is not over */
    OK_INT(world_write(w, send, &m), ERR_OK);
    OK_INT(run(w, "/bin/grep -qx 13812345678").state, OUTBOX_SENT);
    m.good_ms = -1;
    OK_INT(world_write(w, send, &m), ERR_OK);
    OK_INT(run(w, "/bin/true").state, OUTBOX_FAILED);
}

static bool again(struct req *r, void *ctx, struct err *e)
{
    struct id id = { 0 };
    (void)ctx;
    return db_int(r->c, e, &id.v, SQL("SELECT id FROM outbox ORDER BY id DESC LIMIT 1"))
        && outbox_again(r, id, e);
}
static bool age(struct req *r, void *ctx, struct err *e)
{
    return db_exec(r->c, e, NULL,
                   SQL("UPDATE outbox SET tries = $1, send_after = 0"
                       " WHERE id = (SELECT MAX(id) FROM outbox)"),
                   V(*(int64_t *)ctx));
}

/* The last try fails for good; by hand it begins anew, unless it held a code. */
static void test_outbox__fails_for_good_and_is_sent_again(struct world *w)
{
    int64_t tries = OUTBOX_TRIES_MAX - 1;
    struct outbox_message m = { .channel = STR("sms"), .target = STR("13812345678"),
                                .template = STR("notice"), .body = STR("x") };
    OK_INT(world_write(w, send, &m), ERR_OK);
    OK_INT(world_write(w, again, NULL), ERR_WRONG_STATE);
    OK_INT(world_write(w, age, &tries), ERR_OK);
    OK_INT(run(w, "/bin/false").state, OUTBOX_FAILED);
    OK_INT(run(w, "/bin/true").state, OUTBOX_FAILED);
    OK_INT(world_write(w, again, NULL), ERR_OK);
    OK_INT(run(w, "/bin/grep -qx x").state, OUTBOX_SENT);
    OK_INT(world_write(w, again, NULL), ERR_WRONG_STATE);
    m.template = STR("code");
    OK_INT(world_write(w, send, &m), ERR_OK);
    OK_INT(world_write(w, age, &tries), ERR_OK);
    OK_INT(run(w, "/bin/false").state, OUTBOX_FAILED);
    OK_INT(world_write(w, again, NULL), ERR_WRONG_STATE);
}

static bool count(struct req *r, void *ctx, struct err *e)
{
    return db_int(r->c, e, ctx, SQL("SELECT COUNT(*) FROM outbox WHERE ref = 'n1'"));
}

static void test_outbox__keeps_one_message_of_a_ref(struct world *w)
{
    int64_t n = 0;
    struct outbox_message m = { .ref = STR("n1"), .channel = STR("email"), .body = STR("x"),
                                .target = STR("a@example.org"), .template = STR("notice") };
    OK_INT(world_write(w, send, &m), ERR_OK);
    OK_INT(world_write(w, send, &m), ERR_OK);
    OK_INT(world_read(w, count, &n), ERR_OK);
    OK_INT(n, 1);
    /* No server is set: it waits, and is no failure. */
    OK_INT(run(w, "/bin/true").state, OUTBOX_WAITING);
}

/* Two processes: the one that slept through its lease says nothing any more. */
static bool steal(struct req *r, void *ctx, struct err *e)
{
    (void)ctx;
    return db_exec(r->c, e, NULL,
                   SQL("UPDATE outbox SET tries = tries + 1, lease = 'other' WHERE state = 0"));
}
static void *rival(void *ctx)
{
    usleep(300000);
    OK_INT(world_write(ctx, steal, NULL), ERR_OK);
    return NULL;
}
static void test_outbox__is_fenced(struct world *w)
{
    struct outbox_message m = { .channel = STR("sms"), .target = STR("13812345678"),
                                .template = STR("notice"), .body = STR("y") };
    OK_INT(world_write(w, send, &m), ERR_OK);
    pthread_t other;
    OK(pthread_create(&other, NULL, rival, w) == 0);
    OK_INT(run(w, "/bin/sleep 1").state, OUTBOX_WAITING);
    pthread_join(other, NULL);
}

static bool tried_for(struct req *r, void *ctx, struct err *e)
{
    return db_int(r->c, e, ctx, SQL("SELECT good_until - created_at FROM outbox"
                                    " WHERE id = (SELECT MAX(id) FROM outbox)"));
}
static int64_t days_tried(struct world *w)
{
    struct outbox_message m = { .channel = STR("sms"), .target = STR("13812345678"),
                                .template = STR("notice"), .body = STR("x") };
    int64_t ms = 0;
    OK_INT(world_write(w, send, &m), ERR_OK);
    OK_INT(world_read(w, tried_for, &ms), ERR_OK);
    return ms / STAMP_DAY;
}
static void test_outbox__tries_for_the_days_of_the_rules(struct world *w)
{
    OK_INT(days_tried(w), 2);
    world_number(w, "outbox_days", "5");
    OK_INT(days_tried(w), 5);
    world_number(w, "outbox_days", "0");    /* a senseless row leaves one day */
    OK_INT(days_tried(w), 1);
}

int main(void)
{
    struct world w;
    signal(SIGPIPE, SIG_IGN);
    test_outbox__waits_longer_each_time();
    test_outbox__runs_a_program_without_a_shell();
    world_open(&w);
    test_outbox__rests_sealed_and_is_sent(&w);
    test_outbox__fails_for_good_and_is_sent_again(&w);
    test_outbox__keeps_one_message_of_a_ref(&w);
    test_outbox__is_fenced(&w);
    test_outbox__tries_for_the_days_of_the_rules(&w);
    world_close(&w);
    return tap_end();
}
