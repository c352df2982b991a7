#include "app/outbox.h"
#include "unit/people/world.h"
#include <signal.h>

static void test_outbox__waits_longer_each_time(void)
{
    static const struct { int64_t tries, minutes; } rows[] = {
        { 0, 1 }, { 1, 1 }, { 2, 5 }, { 3, 15 }, { 4, 60 }, { 5, 60 }, { 99, 60 },
    };
    for (size_t i = 0; i < COUNT(rows); i++)
        OK_INT(outbox_wait_ms(rows[i].tries), rows[i].minutes * STAMP_MINUTE);
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
    OK(str_find(x.target, STR("138")) == x.target.n && str_find(x.body, STR("123456")) == x.body.n);
    OK_INT(run(w, "/bin/false").state, OUTBOX_WAITING);
    OK_INT(run(w, "/bin/true").state, OUTBOX_WAITING);      /* its minute is not over */
    OK_INT(world_write(w, send, &m), ERR_OK);
    OK_INT(run(w, "/bin/grep -qx 13812345678").state, OUTBOX_SENT);
    m.good_ms = -1;
    OK_INT(world_write(w, send, &m), ERR_OK);
    OK_INT(run(w, "/bin/true").state, OUTBOX_FAILED);
}

int main(void)
{
    struct world w;
    signal(SIGPIPE, SIG_IGN);
    test_outbox__waits_longer_each_time();
    test_outbox__runs_a_program_without_a_shell();
    world_open(&w);
    test_outbox__rests_sealed_and_is_sent(&w);
    world_close(&w);
    return tap_end();
}
