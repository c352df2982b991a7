/* Who sees what: bodies, leaders, parties; and what went overdue below. */
#include "unit/city.h"
#include "db/feed.h"
#include "matter/overdue.h"
#include "matter/stream.h"

static struct str page_of(struct case_file c)
{
    return text("/api/v1/matters/%lld", (long long)c.id.v);
}

static void overdue(void)
{
    struct err e = { 0 };
    bool more = false;
    OK(overdue_run(&town.app, &more, &e) && !more);
    town_now = stamp_now();
}

static void test_sight__is_the_bodies_in_the_matter(void)
{
    struct case_file c = filed(DISPATCHER, NEIGHBOURS);
    static const char *const others[] = {
        HANDLER, "dispatcher.dali", "handler.police.guicheng", "mediator.guicheng", "clerk.guiyi",
        "dispatcher.nanhai", "leader.nanhai", "leader.foshan", "grid.guicheng", "judge.nanhai",
    };
    for (size_t i = 0; i < COUNT(others); i++) {
        REFUSED(get(others[i], page_of(c)), ERR_NOT_FOUND, "");
        REFUSED(get(others[i], text("%s/journal", page_of(c).p)), ERR_NOT_FOUND, "");
        REFUSED(get(others[i], text("%s/access", page_of(c).p)), ERR_NOT_FOUND, "");
        REFUSED(get(others[i], text("%s/attachments", page_of(c).p)), ERR_NOT_FOUND, "");
        REFUSED(get(others[i], text("%s/receipt", page_of(c).p)), ERR_NOT_FOUND, "");
    }
    static const char *const none[] = { "sysadmin", "secadmin", "audit", NULL, RESIDENT };
    for (size_t i = 0; i < COUNT(none); i++)
        REFUSED(get(none[i], page_of(c)), ERR_DENIED, "");
    OK(has(get("clerk.guicheng", page_of(c)).json, "天花发霉"));
    advance(&c, 0, 2);
    OK(has(get(HANDLER, page_of(c)).json, "天花发霉"));
    OK(has(get("mediator.guiyi2", page_of(c)).json, "天花发霉"));
    REFUSED(get("mediator.guicheng", page_of(c)), ERR_NOT_FOUND, "");
}

/* A leader's own post is for envelopes: title, story and parties stay with the work. */
static void test_leader__sees_envelopes_only(void)
{
    struct case_file c = filed(DISPATCHER, NEIGHBOURS);
    struct told one = get("leader.guicheng", page_of(c)),
                list = get("leader.guicheng", STR("/api/v1/matters")),
                work = get("leader.guicheng", STR("/api/v1/work/items?bucket=to_accept"));
    DONE(one);
    DONE(list);
    DONE(work);
    OK(has(one.json, c.number.p) && has(list.json, c.number.p));
    OK(!has(one.json, "楼上漏水") && !has(one.json, "天花发霉") && !has(one.json, "谢秉谦"));
    OK(!has(list.json, "楼上漏水") && !has(work.json, "楼上漏水"));
    OK(has(one.json, "\"grade\":2"));
    REFUSED(get("leader.guicheng", text("%s/attachments", page_of(c).p)), ERR_NOT_FOUND, "");
    REFUSED(get("leader.guicheng", text("%s/receipt", page_of(c).p)), ERR_NOT_FOUND, "");
    REFUSED(get("leader.guicheng", text("%s/access", page_of(c).p)), ERR_NOT_FOUND, "");
    struct told journal = get("leader.guicheng", text("%s/journal", page_of(c).p));
    DONE(journal);
    OK(has(journal.json, "\"file\"") && !has(journal.json, "楼上漏水"));
    OK_INT(ASK(SQL("SELECT COUNT(*) FROM access WHERE matter = $1 AND account = $2"), V(c.id),
               V(who_of("leader.guicheng")->account)), 0);
}

/* What is late below comes to the centre above as an envelope: for all of its people,
 * in lists as well. */
static void test_overdue__shows_the_envelope_to_the_centre_above(void)
{
    struct case_file late = filed(DISPATCHER, NEIGHBOURS), fine = filed(DISPATCHER, NEIGHBOURS);
    DO(SQL("UPDATE deadline SET due_at = 1000, look_at = 1000 WHERE matter = $1 AND what = 'accept'"), V(late.id));
    overdue();
    overdue();
    OK_INT(ASK(SQL("SELECT COUNT(*) FROM journal WHERE chain = $1 AND action = 'overdue'"),
               V(late.id)), 1);
    OK_INT(ASK(SQL("SELECT COUNT(*) FROM deadline WHERE matter = $1 AND red_at > 0"), V(late.id)),
           1);
    static const char *const above[] = { "leader.nanhai", "dispatcher.nanhai", "clerk.nanhai" };
    for (size_t i = 0; i < COUNT(above); i++) {
        struct told one = get(above[i], page_of(late)),
                    list = get(above[i], STR("/api/v1/matters?kind=dispute")),
                    journal = get(above[i], text("%s/journal", page_of(late).p));
        DONE(one);
        DONE(list);
        DONE(journal);
        OK(has(one.json, late.number.p) && has(list.json, late.number.p));
        OK(!has(one.json, "楼上漏水") && !has(one.json, "谢秉谦"));
        OK(i == 0 ? has(one.json, "actions/supervise\"") : !has(one.json, "\"path\""));
        OK(!has(list.json, "楼上漏水") && !has(journal.json, "楼上漏水"));
        OK(!has(list.json, fine.number.p));
        REFUSED(get(above[i], page_of(fine)), ERR_NOT_FOUND, "");
        REFUSED(get(above[i], text("%s/receipt", page_of(late).p)), ERR_NOT_FOUND, "");
    }
    OK(!has(get("dispatcher.nanhai", STR("/api/v1/matters?q=漏水")).json, late.number.p));
    REFUSED(get("leader.foshan", page_of(late)), ERR_NOT_FOUND, "");
    REFUSED(get("dispatcher.dali", page_of(late)), ERR_NOT_FOUND, "");
    REFUSED(act(&late, "dispatcher.nanhai", "accept", "{}"), ERR_DENIED, "");
    advance(&late, 0, 1);               /* being late costs nobody his or her version */
}

/* A row that ended or has not begun shows nothing; given again it shows. */
struct gift { struct id matter, to; };
static bool give(struct req *r, void *ctx, struct err *e)
{
    const struct gift *x = ctx;
    return sight_give(r, x->matter, x->to, GRADE_ENVELOPE, WHY_JOINED, e);
}
static void test_sight__has_its_days(void)
{
    struct case_file c = filed(DISPATCHER, NEIGHBOURS);
    struct id dali = who_of("dispatcher.dali")->org;
    DO(SQL("INSERT INTO sight (home, holder, matter, grade, why, since, until)"
           " VALUES ($1, $2, $3, 3, 7, $4, 0)"), V(town.app.home), V(dali), V(c.id),
       V(town_now.ms + 1000));
    REFUSED(get("dispatcher.dali", page_of(c)), ERR_NOT_FOUND, "");
    DO(SQL("UPDATE sight SET since = 1, until = $3 WHERE matter = $1 AND holder = $2"), V(c.id),
       V(dali), V(town_now));
    REFUSED(get("dispatcher.dali", page_of(c)), ERR_NOT_FOUND, "");
    OK(!has(get("dispatcher.dali", STR("/api/v1/matters")).json, c.number.p));
    DO(SQL("UPDATE sight SET until = 0 WHERE matter = $1 AND holder = $2"), V(c.id), V(dali));
    OK(has(get("dispatcher.dali", page_of(c)).json, "天花发霉"));
    OK_INT(ASK(SQL("SELECT grade FROM sight WHERE matter = $1 AND holder = $2"), V(c.id), V(dali)),
           GRADE_CONTENT);
}

static void test_sight__is_raised_and_not_lowered(void)
{
    struct case_file c = filed("clerk.dali", NEIGHBOURS);
    struct id dali = who_of("dispatcher.dali")->org;
    struct gift x = { c.id, dali };
    OK_INT(city_write(&town, give, &x), ERR_OK);
    OK_INT(ASK(SQL("SELECT grade FROM sight WHERE matter = $1 AND holder = $2"), V(c.id), V(dali)),
           GRADE_CONTENT);
    DO(SQL("UPDATE sight SET until = 5 WHERE matter = $1 AND holder = $2"), V(c.id), V(dali));
    OK_INT(city_write(&town, give, &x), ERR_OK);
    OK_INT(ASK(SQL("SELECT grade FROM sight WHERE matter = $1 AND holder = $2 AND until = 0"),
               V(c.id), V(dali)), GRADE_ENVELOPE);
}

/* What is lent for some days: the rest is as it was, before, meanwhile and after. */
struct loan { struct id matter, to; enum grade grade; int days; };
static bool lend(struct req *r, void *ctx, struct err *e)
{
    const struct loan *x = ctx;
    return sight_lend(r, x->matter, x->to, x->grade, WHY_REPORTED,
                      (struct stamp){ r->now.ms + x->days * STAMP_DAY }, e);
}
static void lent(struct case_file c, struct id to, enum grade grade, int days)
{
    struct loan x = { c.id, to, grade, days };
    OK_INT(city_write(&town, lend, &x), ERR_OK);
}
static int64_t grade_seen(const char *login, struct case_file c)
{
    struct told t = get(login, page_of(c));
    return t.e.id ? 0 : ((const struct matter *)t.out)->grade;
}
static void test_loan__ends_and_leaves_what_was_there(void)
{
    static const char reader[] = "dispatcher.nanhai";
    struct stamp began = town_now;
    struct id nanhai = who_of(reader)->org;
    struct case_file c = filed(DISPATCHER, NEIGHBOURS);
    struct gift envelope = { c.id, nanhai };
    lent(c, nanhai, GRADE_CONTENT, 10);
    OK_INT(grade_seen(reader, c), GRADE_CONTENT);
    OK_INT(city_write(&town, give, &envelope), ERR_OK);     /* it went overdue meanwhile */
    OK_INT(grade_seen(reader, c), GRADE_CONTENT);
    lent(c, nanhai, GRADE_ENVELOPE, 5);                     /* less, and shorter */
    OK_INT(grade_seen(reader, c), GRADE_CONTENT);
    town_now.ms = began.ms + 11 * STAMP_DAY;
    OK_INT(grade_seen(reader, c), GRADE_ENVELOPE);
    OK(has(get(reader, STR("/api/v1/matters")).json, c.number.p));
    lent(c, nanhai, GRADE_CONTENT, 15);                     /* once more, over what stayed */
    OK_INT(grade_seen(reader, c), GRADE_CONTENT);
    town_now.ms = began.ms + 16 * STAMP_DAY;
    OK_INT(grade_seen(reader, c), GRADE_ENVELOPE);
    struct case_file other = filed(DISPATCHER, NEIGHBOURS);
    lent(other, nanhai, GRADE_CONTENT, 1);
    OK_INT(grade_seen(reader, other), 0);
    OK(!has(get(reader, STR("/api/v1/matters")).json, other.number.p));
    town_now = began;
}

static bool sequence(struct req *r, void *ctx, struct err *e)
{
    return feed_sequence(r->c, r->app->holder, 1000, ctx, e);
}

struct heard { const struct who *who; int64_t after; struct buf b; };
static bool hear(struct req *r, void *ctx, struct err *e)
{
    struct heard *x = ctx;
    int64_t last;
    r->who = x->who;
    buf_clear(&x->b);
    return matter_stream_after(r, x->after, &x->b, &last, e);
}

/* Decided by hand, each once: a new action is told to no party before somebody says so. */
static void test_stream__has_a_word_on_every_action(void)
{
    static const struct str inside = STR_INIT("report_danger note_leader report_up ask_approval"
        " decide_approval appoint");
    static const char *const others[] = {
        "print", "reveal", "yellow", "overdue", "recount", "link_add", "link_end", "task.add",
        "task.done", "compartment.make", "account.create", "never heard of", "", "accept assign",
    };
    for (size_t i = 0; i < matter_action_names.n; i++) {
        struct str kind = str_of(matter_action_names.v[i].slug);
        if (!OK_INT(matter_stream_told(kind), !str_has_word(inside, kind)))
            printf("# %.*s\n", STR_ARG(kind));
    }
    for (size_t i = 0; i < COUNT(others); i++)
        OK_INT(matter_stream_told(str_of(others[i])), false);
    OK(matter_stream_told(STR("file")) && matter_stream_told(STR("merge_in")));
}

/* A party hears that its matter goes on, and nothing of a danger or of what a body does
 * within itself: the stream is read by the other side, too. */
static void test_stream__tells_a_party_nothing_of_the_inside(void)
{
    int64_t moved = 1, before;
    while (moved)
        OK_INT(city_write(&town, sequence, &moved), ERR_OK);
    before = ASK(SQL("SELECT MAX(seq) FROM feed"));
    struct case_file c = filed(DISPATCHER, NEIGHBOURS);
    DONE(call(RESIDENT, STR("POST /api/v1/door/links"),
              text("{\"number\":\"%.*s\",\"pin\":\"%.*s\"}", STR_ARG(c.number),
                   STR_ARG(c.pin)).p, 0));
    DONE(act(&c, DISPATCHER, "report_danger", "{\"told\":\"110\",\"text\":\"有人受伤\"}"));
    DONE(call(DISPATCHER, text("POST /api/v1/matters/%lld/tasks", (long long)c.id.v),
              "{\"title\":\"护送\"}", 0));
    DONE(act(&c, DISPATCHER, "accept", "{}"));
    OK_INT(city_write(&town, sequence, &moved), ERR_OK);
    struct heard party = { .who = who_of(RESIDENT), .after = before },
                 desk = { .who = who_of("clerk.guicheng"), .after = before };
    buf_init(&party.b, 1 << 20);
    buf_init(&desk.b, 1 << 20);
    OK_INT(city_write(&town, hear, &party), ERR_OK);
    OK_INT(city_write(&town, hear, &desk), ERR_OK);
    struct str told = buf_str(&party.b), all = buf_str(&desk.b);
    struct str mine = text("\"kind\":\"change\",\"matter\":\"%lld\"", (long long)c.id.v);
    size_t n = 0;
    for (size_t at; (at = str_find(told, mine)) < told.n; n++)
        told = str_sub(told, at + mine.n, told.n);
    OK_INT(n, 3);                       /* filed, linked, accepted */
    OK(!has(buf_str(&party.b), "danger") && !has(buf_str(&party.b), "task"));
    OK(has(all, "report_danger") && has(all, "task.add") && has(all, "\"accept\""));
    buf_done(&party.b);
    buf_done(&desk.b);
}

int main(void)
{
    town_open();
    test_stream__has_a_word_on_every_action();
    test_stream__tells_a_party_nothing_of_the_inside();
    test_sight__is_the_bodies_in_the_matter();
    test_leader__sees_envelopes_only();
    test_overdue__shows_the_envelope_to_the_centre_above();
    test_sight__has_its_days();
    test_sight__is_raised_and_not_lowered();
    test_loan__ends_and_leaves_what_was_there();
    return town_close();
}
