/* Who is told, once, when and how; tasks that turn yellow and red; what is forgotten. */
#include "unit/city.h"
#include "app/notice.h"
#include "app/tidy.h"
#include "db/feed.h"
#include "handling/tell_impl.h"
#include "matter/worklist.h"

typedef bool chore(struct app *app, bool *more, struct err *e);
static void run(chore *fn)
{
    bool more = true;
    for (int i = 0; more && i < 100; i++) {
        struct err e = { 0 };
        if (!OK(fn(&town.app, &more, &e)))
            printf("# %s %s\n", err_slug(e.id), e.detail);
        if (e.id)
            return;
    }
    OK(!more);
}

/* On SQLite the writer numbers events itself; on PostgreSQL nobody does so here. */
static bool sequence(struct req *r, void *ctx, struct err *e)
{
    return feed_sequence(r->c, r->app->holder, 10000, ctx, e);
}
static void tell(void)
{
    int64_t moved = 0;
    OK_INT(city_write(&town, sequence, &moved), ERR_OK);
    run(tell_follow);
}

static int64_t count_told(struct case_file c, const char *rule)
{
    return ASK(SQL("SELECT COUNT(*) FROM notice WHERE matter = $1 AND rule = $2"), V(c.id),
               V(str_of(rule)));
}

/* ---- when ---- */

static struct stamp at(const char *text)
{
    struct stamp t = { 0 };
    OK(stamp_parse(str_of(text), &t));
    return t;
}

static void test_when__keeps_quiet_hours_and_digests(void)
{
    static const struct { const char *now; bool digest, urgent; const char *then; } rows[] = {
        { "2026-11-23T10:00:00+08:00", false, false, "2026-11-23T10:00:00+08:00" },
        { "2026-11-23T22:00:00+08:00", false, false, "2026-11-24T08:00:00+08:00" },
        { "2026-11-23T03:00:00+08:00", false, false, "2026-11-23T08:00:00+08:00" },
        { "2026-11-23T03:00:00+08:00", false, true,  "2026-11-23T03:00:00+08:00" },
        { "2026-11-23T08:00:00+08:00", true,  false, "2026-11-23T08:30:00+08:00" },
        { "2026-11-23T08:30:00+08:00", true,  false, "2026-11-23T14:30:00+08:00" },
        { "2026-11-27T15:00:00+08:00", true,  false, "2026-11-30T08:30:00+08:00" },   /* Friday */
        { "2026-10-01T09:00:00+08:00", true,  false, "2026-10-08T08:30:00+08:00" },   /* National Day */
        { "2026-10-10T07:00:00+08:00", true,  false, "2026-10-10T08:30:00+08:00" },   /* worked Saturday */
    };
    struct notice_hours h = NOTICE_HOURS_PRESET;
    for (size_t i = 0; i < COUNT(rows); i++)
        if (!OK_INT(notice_when(&town.app, &h, rows[i].digest, rows[i].urgent, at(rows[i].now)).ms,
                    at(rows[i].then).ms))
            printf("# %s\n", rows[i].now);
    h.quiet_from = h.quiet_to = 0;
    OK_INT(notice_when(&town.app, &h, false, false, at("2026-11-23T03:00:00+08:00")).ms,
           at("2026-11-23T03:00:00+08:00").ms);
}

/* ---- rules ---- */

#define GOOD "\"to\":\"lead\",\"class\":\"work\",\"pace\":\"digest\""
#define TAKE "{\"event\":\"take\","
static void test_rule__is_read_strictly(void)
{
    static const struct { const char *zh, *extra, *field; } rows[] = {
        { "{number} 好", TAKE GOOD "}", NULL },
        { "{title}", TAKE GOOD "}", "zh" },
        { "{number", TAKE GOOD "}", "zh" },
        { "}", TAKE GOOD "}", "zh" },
        { "x", "{" GOOD "}", "event" },
        { "x", TAKE "\"to\":\"everybody\",\"class\":\"work\",\"pace\":\"digest\"}", "to" },
        { "x", TAKE "\"to\":\"lead\",\"class\":\"fun\",\"pace\":\"digest\"}", "class" },
        { "x", TAKE "\"to\":\"lead\",\"class\":\"work\",\"pace\":\"never\"}", "pace" },
        { "x", TAKE GOOD ",\"media\":\"fax\"}", "media" },
        { "x", TAKE GOOD ",\"only\":\"rich\"}", "only" },
        { "x", TAKE GOOD ",\"otherwise\":\"shout\"}", "otherwise" },
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct code_entry x = { .code = STR("c"), .zh = str_of(rows[i].zh), .en = STR("{due}"),
                                .extra = { str_of(rows[i].extra) } };
        struct notice_rule rule;
        struct err e = { 0 };
        OK_INT(notice_rule_parse(&x, &town.a, &rule, &e), !rows[i].field);
        if (rows[i].field)
            OK_STR(str_of(e.field), rows[i].field);
    }
}

static void test_text__fills_its_places(void)
{
    struct notice_rule x = { .zh = STR("{number}的{what}：{due}。"), .en = STR("{due} {number}{number}") };
    struct notice_words w = { STR("44"), STR("办理"), at("2026-11-23T17:30:00+08:00") };
    OK_STR(notice_text(&town.a, &x, LANG_ZH, &w), "44的办理：2026-11-23 17:30。");
    w.due.ms = 0;
    w.number = STR("{what}");           /* what is filled in is not filled again */
    OK_STR(notice_text(&town.a, &x, LANG_EN, &w), "not set {what}{what}");
}

/* ---- events ---- */

static void test_follow__tells_each_reader_once(void)
{
    struct case_file c = filed(DISPATCHER, NEIGHBOURS);
    advance(&c, 0, 2);
    tell();
    int64_t offered = count_told(c, "offered");
    OK(offered > 0);
    OK_INT(count_told(c, "filed_danger") + count_told(c, "offered_danger"), 0);
    DO(SQL("UPDATE feed_cursor SET seq = 0 WHERE name = 'notices'"));
    tell();
    OK_INT(count_told(c, "offered"), offered);
    advance(&c, 2, 1);
    tell();
    /* who did it is not told of it */
    OK_INT(ASK(SQL("SELECT COUNT(*) FROM notice WHERE rule = 'taken' AND account = $1"),
               V(who_of(HANDLER)->account)), 0);
    OK_INT(ASK(SQL("SELECT COUNT(*) FROM notice WHERE matter = $1 AND (text LIKE '%漏水%'"
                   " OR text LIKE '%周玉珍%' OR text LIKE '%199%')"), V(c.id)), 0);
}

static void test_follow__lets_old_news_rest(void)
{
    struct case_file day = filed(DISPATCHER, NEIGHBOURS), week = filed(DISPATCHER, NEIGHBOURS);
    advance(&day, 0, 2);
    advance(&week, 0, 2);
    int64_t moved = 0;
    OK_INT(city_write(&town, sequence, &moved), ERR_OK);
    DO(SQL("UPDATE feed SET at = at - 90000000 WHERE matter = $1"), V(day.id));
    DO(SQL("UPDATE feed SET at = at - 691200000 WHERE matter = $1"), V(week.id));
    tell();
    OK(count_told(day, "offered") > 0);
    OK_INT(ASK(SQL("SELECT COUNT(*) FROM notice WHERE matter = $1 AND send_at > 0"), V(day.id)), 0);
    OK_INT(ASK(SQL("SELECT COUNT(*) FROM notice WHERE matter = $1"), V(week.id)), 0);
}

static int64_t told_to(struct case_file c, const char *rule, const char *login)
{
    return ASK(SQL("SELECT COUNT(*) FROM notice WHERE matter = $1 AND rule = $2 AND account = $3"),
               V(c.id), V(str_of(rule)), V(who_of(login)->account));
}
static void says_nothing_secret(struct case_file c)
{
    OK_INT(ASK(SQL("SELECT COUNT(*) FROM notice WHERE matter = $1 AND (text LIKE '%漏水%'"
                   " OR text LIKE '%周玉珍%' OR text LIKE '%199%' OR text LIKE '%理由%')"),
               V(c.id)), 0);
}

/* Made one with another, undone, parted, put away: the parties hear of each, and who had
 * it in hand. */
static void test_follow__tells_of_merging_parting_and_putting_away(void)
{
    struct case_file a = filed(RESIDENT, NEIGHBOURS), b = filed(RESIDENT, NEIGHBOURS),
                     whole = filed(RESIDENT, NEIGHBOURS), away = filed(RESIDENT, NEIGHBOURS);
    advance(&a, 0, 3);
    advance(&b, 0, 3);
    DONE(act(&a, DISPATCHER, "merge", text("{\"number\":\"%.*s\",\"reason\":\"理由同一\"}",
                                           STR_ARG(b.number)).p));
    advance(&whole, 0, 1);
    DONE(act(&whole, DISPATCHER, "split",
             text("{\"reason\":\"理由不一\",\"parts\":[{\"title\":\"漏水\",\"claims\":[{\"claim\":"
                  "\"%lld\"}]},{\"title\":\"赔偿\",\"claims\":[{\"claim\":\"%lld\"}]}]}",
                  (long long)whole.claim[0].v, (long long)whole.claim[1].v).p));
    advance(&away, 0, 6);
    DONE(act(&away, DISPATCHER, "archive", "{\"oral\":true}"));
    tell();
    OK_INT(told_to(a, "merged_party", RESIDENT), 1);
    OK_INT(told_to(a, "merged_lead", HANDLER), 1);
    OK_INT(count_told(b, "merged_party") + count_told(b, "merged_lead"), 0);
    OK_INT(told_to(whole, "split_party", RESIDENT), 1);
    OK_INT(told_to(away, "archived_party", RESIDENT), 1);
    DONE(act(&a, DISPATCHER, "unmerge", "{\"reason\":\"理由不同\"}"));
    tell();
    OK_INT(told_to(a, "unmerged_party", RESIDENT), 1);
    OK_INT(told_to(a, "unmerged_lead", HANDLER), 1);
    says_nothing_secret(a);
    says_nothing_secret(whole);
    says_nothing_secret(away);
}

/* The parties hear that it is void, not that somebody asked or refused. */
static void test_follow__tells_the_parties_of_a_void(void)
{
    struct case_file c = filed(RESIDENT, NEIGHBOURS);
    DONE(act(&c, DISPATCHER, "ask_void", "{\"reason\":\"理由重复\"}"));
    DONE(act(&c, DISPATCHER, "decide_void", "{\"confirmed\":false}"));
    tell();
    OK_INT(count_told(c, "voided_party"), 0);
    DONE(act(&c, DISPATCHER, "ask_void", "{\"reason\":\"理由重复\"}"));
    DONE(act(&c, "clerk.guicheng", "decide_void", "{\"confirmed\":true}"));
    tell();
    OK_INT(told_to(c, "voided_party", RESIDENT), 1);
    OK_INT(told_to(c, "void_decided", RESIDENT), 0);
    says_nothing_secret(c);
}

/* The time told is that of the clock the event started: not of another that ends before,
 * and not none because somebody was quicker than the telling. */
static void test_follow__tells_the_time_of_its_own_clock(void)
{
    struct case_file c = filed(DISPATCHER, "\"kind\":\"request\",\"title\":\"噪声\","
        "\"parties\":[{\"role\":\"applicant\",\"name\":\"甲\"}]");
    char due[32];
    DONE(act(&c, DISPATCHER, "ask_details", "{\"text\":\"请补照片\"}"));
    struct stamp t = { ASK(SQL("SELECT due_at FROM deadline WHERE matter = $1 AND what = 'details'"),
                           V(c.id)) };
    /* a fast machine files and asks within one millisecond, which nobody does */
    DO(SQL("UPDATE deadline SET due_at = due_at - 86400000, started_at = started_at - 1000"
           " WHERE matter = $1 AND what <> 'details'"), V(c.id));
    DONE(act(&c, DISPATCHER, "add_details", "{\"text\":\"照片已补\"}"));
    OK_INT(ASK(SQL("SELECT COUNT(*) FROM deadline WHERE matter = $1 AND what = 'details' AND state = 0"),
               V(c.id)), 0);
    tell();
    stamp_format(t, due);
    struct str text_told = ASK_TEXT(SQL("SELECT COALESCE(MAX(text), '') FROM notice WHERE matter = $1"
                                        " AND rule = 'details_applicant'"), V(c.id));
    struct str task_told = ASK_TEXT(SQL("SELECT COALESCE(MAX(note), '') FROM task WHERE matter = $1"),
                                    V(c.id));
    if (!OK(has(text_told, text("%.10s", due).p) || has(task_told, text("%.10s", due).p)))
        printf("# %s: %.*s %.*s\n", due, STR_ARG(text_told), STR_ARG(task_told));
}

/* Looked at beside the writer, told as it stands when it is put down. */
static bool put_off_between(struct req *r, void *ctx, struct err *e)
{
    const struct case_file *c = ctx;
    struct list rules = notice_rules(r->app);
    struct feed_event x = { .home = r->app->home, .matter = c->id, .kind = STR("ask_details"),
                            .seq = 1000000 };
    void *found = NULL;
    return db_int(r->c, e, &x.at.ms, SQL("SELECT started_at FROM deadline WHERE matter = $1"
                                         " AND what = 'details'"), V(c->id))
        && tell_look(r, &rules, &x, &found, e) && OK(found != NULL)
        && db_exec(r->c, e, NULL, SQL("UPDATE deadline SET due_at = due_at + 864000000"
                                      " WHERE matter = $1 AND what = 'details'"), V(c->id))
        && tell_keep(r, found, 0, e);
}
static void test_keep__tells_the_time_as_it_is_then(void)
{
    struct case_file c = filed(RESIDENT, NEIGHBOURS);
    DONE(act(&c, DISPATCHER, "ask_details", "{\"text\":\"请补照片\"}"));
    int64_t due = ASK(SQL("SELECT due_at FROM deadline WHERE matter = $1 AND what = 'details'"), V(c.id));
    char s[32];
    stamp_format((struct stamp){ due + 864000000 }, s);
    OK_INT(city_write(&town, put_off_between, &c), ERR_OK);
    struct str told = ASK_TEXT(SQL("SELECT COALESCE(MAX(text), '') FROM notice WHERE matter = $1"
                                   " AND rule = 'details_applicant'"), V(c.id));
    if (!OK(has(told, text("%.10s", s).p)))
        printf("# %s: %.*s\n", s, STR_ARG(told));
}

/* The second of the same body, or of the one above where there is none; never who asked. */
static void test_follow__tells_who_is_to_second(void)
{
    struct case_file own = filed(DISPATCHER, NEIGHBOURS), lone = filed("clerk.guiyi", NEIGHBOURS);
    DONE(act(&own, DISPATCHER, "ask_void", "{\"reason\":\"理由重复\"}"));
    DONE(act(&lone, "clerk.guiyi", "ask_void", "{\"reason\":\"理由重复\"}"));
    tell();
    OK_INT(told_to(own, "void_asked", "clerk.guicheng"), 1);
    OK_INT(told_to(own, "void_asked", DISPATCHER), 0);
    OK_INT(count_told(own, "void_asked_above"), 0);
    OK_INT(count_told(lone, "void_asked"), 0);
    OK_INT(told_to(lone, "void_asked_above", "head.guicheng"), 1);
    DONE(act(&lone, "head.guicheng", "decide_void", "{\"confirmed\":true}"));
    tell();
    OK_INT(told_to(lone, "void_decided", "clerk.guiyi"), 1);
    says_nothing_secret(own);
    says_nothing_secret(lone);
}

/* ---- clocks ---- */

/* Who left the body hears nothing of its work any more; the others do. */
static void test_follow__tells_the_others_when_the_handler_is_gone(void)
{
    struct case_file c = filed(DISPATCHER, NEIGHBOURS);
    const struct who *gone = who_of(HANDLER), *other = who_of("mediator.guiyi2");
    advance(&c, 0, 3);
    tell();
    DO(SQL("UPDATE post SET valid_to = $2 WHERE id = $1"), V(gone->post),
       V(day_of_stamp(stamp_now())));
    DONE(act(&c, DISPATCHER, "urge", "{\"text\":\"请尽快\"}"));
    tell();
    OK_INT(ASK(SQL("SELECT COUNT(*) FROM notice WHERE matter = $1 AND rule = 'urged'"
                   " AND account = $2"), V(c.id), V(gone->account)), 0);
    OK_INT(ASK(SQL("SELECT COUNT(*) FROM notice WHERE matter = $1 AND rule = 'urged'"
                   " AND account = $2"), V(c.id), V(other->account)), 1);
    DO(SQL("UPDATE post SET valid_to = 0 WHERE id = $1"), V(gone->post));
}

static void test_clocks__tell_yellow_once(void)
{
    struct case_file c = filed(DISPATCHER, NEIGHBOURS);
    advance(&c, 0, 3);
    run(tell_clocks);
    OK_INT(count_told(c, "yellow"), 0);
    int64_t now = stamp_now().ms;
    DO(SQL("UPDATE feed_cursor SET seq = $1 WHERE name = 'notices.yellow'"), V(now - 5000));
    DO(SQL("UPDATE deadline SET started_at = $2, yellow_at = $3 WHERE matter = $1 AND state = 0"
           " AND what = 'handle'"), V(c.id), V(now - 9000), V(now - 3000));
    run(tell_clocks);
    OK_INT(count_told(c, "yellow"), 1);
    OK_INT(ASK(SQL("SELECT COUNT(*) FROM notice WHERE rule = 'yellow' AND account = $1"),
               V(who_of(HANDLER)->account)), 1);
    run(tell_clocks);
    OK_INT(count_told(c, "yellow"), 1);
}

/* A visit that is due soon is told to those who visit. */
static void test_clocks__tell_of_visits(void)
{
    struct case_file c = filed(DISPATCHER, NEIGHBOURS);
    advance(&c, 0, 6);
    int64_t now = stamp_now().ms;
    DO(SQL("UPDATE feed_cursor SET seq = $1 WHERE name = 'notices.yellow'"), V(now - 5000));
    DO(SQL("UPDATE deadline SET started_at = $2, yellow_at = $3 WHERE matter = $1 AND state = 0"
           " AND what = 'visit'"), V(c.id), V(now - 9000), V(now - 3000));
    run(tell_clocks);
    OK_INT(told_to(c, "yellow", "clerk.guicheng"), 1);
    OK_INT(told_to(c, "yellow", DISPATCHER), 0);     /* who is away is not told */
    OK_INT(told_to(c, "yellow", HANDLER), 0);
    OK_INT(ASK(SQL("SELECT COUNT(*) FROM notice WHERE matter = $1 AND rule = 'yellow'"
                   " AND text LIKE '%的回访将于%'"), V(c.id)),
           count_told(c, "yellow"));
}

static void test_tasks__turn_yellow_and_red(void)
{
    struct told t = call(DISPATCHER, STR("POST /api/v1/tasks"), "{\"title\":\"例会\"}", 0);
    DONE(t);
    struct id id = ((const struct task *)t.out)->id;
    OK_INT(ASK(SQL("SELECT COUNT(*) FROM worklist WHERE matter = $1 AND bucket = $2"), V(id),
               V((int64_t)WORK_TASKS)), 1);
    run(tell_clocks);
    usleep(5000);
    DO(SQL("UPDATE task SET due = 1, due_at = $2, yellow_at = $3, made_at = 1 WHERE id = $1"),
       V(id), V(stamp_now().ms + 3600000), V(stamp_now().ms));
    usleep(20000);
    run(tell_clocks);
    OK(ASK(SQL("SELECT COUNT(*) FROM notice WHERE task = $1 AND rule = 'task_yellow'"), V(id)) > 0);
    usleep(5000);
    DO(SQL("UPDATE task SET due_at = $2 WHERE id = $1"), V(id), V(stamp_now().ms));
    usleep(20000);
    run(tell_clocks);
    int64_t red = ASK(SQL("SELECT COUNT(*) FROM notice WHERE task = $1 AND rule = 'task_red'"),
                      V(id));
    OK(red > 0);
    run(tell_clocks);
    OK_INT(ASK(SQL("SELECT COUNT(*) FROM notice WHERE task = $1 AND rule = 'task_red'"), V(id)),
           red);
    t = call(DISPATCHER, text("POST /api/v1/tasks/%lld/done", (long long)id.v), "{}", 1);
    DONE(t);
    OK_INT(ASK(SQL("SELECT COUNT(*) FROM worklist WHERE matter = $1"), V(id)), 0);
    REFUSED(call(DISPATCHER, text("PUT /api/v1/tasks/%lld", (long long)id.v),
                 "{\"title\":\"x\"}", 2), ERR_WRONG_STATE, "");
}

/* ---- leaving the house ---- */

static bool put(struct req *r, void *ctx, struct err *e)
{
    return notice_add(r, ctx, NULL, e);
}

static void test_send__gathers_a_digest_and_leaves_out_what_was_read(void)
{
    struct id me = who_of(DISPATCHER)->account;
    struct notice n = { .account = me, .rule = STR("offered"), .text = STR("一句话"),
                        .media = MEDIUM_SMS, .digest = true };
    static const char *const causes[] = { "t1", "t2", "t3" };
    town.app.config.demo = true;
    DO(SQL("UPDATE notice SET send_at = 0"));
    DO(SQL("DELETE FROM outbox"));
    for (size_t i = 0; i < COUNT(causes); i++) {
        n.cause = str_of(causes[i]);
        OK_INT(city_write(&town, put, &n), ERR_OK);
        OK_INT(city_write(&town, put, &n), ERR_OK);
    }
    OK_INT(ASK(SQL("SELECT COUNT(*) FROM notice WHERE rule = 'offered' AND cause LIKE 't%'")), 3);
    run(notice_send);
    OK_INT(ASK(SQL("SELECT COUNT(*) FROM outbox")), 0);      /* its hour has not come */
    DO(SQL("UPDATE notice SET send_at = 1 WHERE send_at > 0"));
    DO(SQL("UPDATE notice SET read_at = 1 WHERE cause = 't3'"));
    run(notice_send);
    OK_INT(ASK(SQL("SELECT COUNT(*) FROM outbox")), 1);
    run(notice_send);
    OK_INT(ASK(SQL("SELECT COUNT(*) FROM outbox")), 1);
    DO(SQL("UPDATE notice SET read_at = 1, send_at = 1 WHERE cause = 't1'"));
    run(notice_send);
    OK_INT(ASK(SQL("SELECT COUNT(*) FROM outbox")), 1);
}

/* ---- forgetting ---- */

static void test_tidy__keeps_the_terms_of_the_rules(void)
{
    struct id before, old = id_floor_of((struct stamp){ stamp_now().ms - 200 * STAMP_DAY });
    OK(tidy_before(&town.app, "notice", stamp_now(), &before));
    OK(before.v > old.v);
    OK(!tidy_before(&town.app, "import_row", stamp_now(), &before));
    OK(!tidy_before(&town.app, "no_such", stamp_now(), &before));
    int64_t was = ASK(SQL("SELECT COUNT(*) FROM notice"));
    DO(SQL("UPDATE notice SET id = $1, send_at = 0 WHERE cause = 't1'"), V(old));
    DO(SQL("UPDATE notice SET id = $1, send_at = 1 WHERE cause = 't2'"), V(old.v + 1));
    DO(SQL("UPDATE outbox SET id = $1, state = 1"), V(old));
    DO(SQL("INSERT INTO job (id, home, kind, state, owner, post, params, result, done, total, lease,"
           " lease_until, tries, run_after, created_at, ended_at) VALUES ($1, $2, 'x', 2, 1, 1, '',"
           " '', 0, 0, '', 0, 1, 0, 1, 1)"), V(old), V(town.app.home));
    DO(SQL("INSERT INTO import_error (home, import, row, col, title, slug, zh, en)"
           " VALUES ($1, 1, 1, 1, '', '', '', '')"), V(town.app.home));
    run(tidy_run);
    OK_INT(ASK(SQL("SELECT COUNT(*) FROM notice")), was - 1);
    OK_INT(ASK(SQL("SELECT COUNT(*) FROM outbox")), 0);
    OK_INT(ASK(SQL("SELECT COUNT(*) FROM job WHERE kind = 'x'")), 0);
    OK_INT(ASK(SQL("SELECT COUNT(*) FROM import_error")), 0);
}

int main(void)
{
    town_open();
    test_when__keeps_quiet_hours_and_digests();
    test_rule__is_read_strictly();
    test_text__fills_its_places();
    test_follow__tells_each_reader_once();
    test_follow__lets_old_news_rest();
    test_follow__tells_of_merging_parting_and_putting_away();
    test_follow__tells_the_parties_of_a_void();
    test_follow__tells_the_time_of_its_own_clock();
    test_keep__tells_the_time_as_it_is_then();
    test_follow__tells_who_is_to_second();
    test_follow__tells_the_others_when_the_handler_is_gone();
    test_clocks__tell_yellow_once();
    test_clocks__tell_of_visits();
    test_tasks__turn_yellow_and_red();
    test_send__gathers_a_digest_and_leaves_out_what_was_read();
    test_tidy__keeps_the_terms_of_the_rules();
    return town_close();
}
