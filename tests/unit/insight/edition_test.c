/* Facts and editions: what is counted, that a month once closed stays, that what
 * changes later is a correction, and that every edition can be counted again. */
#include "unit/city.h"
#include "matter/worklist.h"
#include "db/feed.h"
#include "insight/edition.h"

static bool sequence(struct req *r, void *ctx, struct err *e)
{
    return feed_sequence(r->c, r->app->holder, 1000, ctx, e);
}
static void follow(void)
{
    struct err e = { 0 };
    bool more = true;
    for (int64_t moved = 1; moved;)
        OK_INT(city_write(&town, sequence, &moved), ERR_OK);
    while (more && OK(fact_follow(&town.app, &more, &e)))
        ;
}

/* Moves everything a matter has into another month: what the clock would have done. */
static void date(struct id matter, int year, int month, int day)
{
    struct stamp t = stamp_of_day(day_of_civil(year, month, day));
    DO(SQL("UPDATE matter SET filed_at = $2, accepted_at = CASE WHEN accepted_at = 0 THEN 0"
           " ELSE $2 END, concluded_at = CASE WHEN concluded_at = 0 THEN 0 ELSE $2 END"
           " WHERE id = $1"), V(matter), V(t.ms + STAMP_HOUR));
}

struct keeping { struct id matter; int64_t seq; bool changed; };
static bool keep(struct req *r, void *ctx, struct err *e)
{
    struct keeping *k = ctx;
    return fact_seq(r->c, &k->seq, e) && fact_keep(r, k->matter, k->seq, &k->changed, e);
}
static bool kept(struct id matter)
{
    struct keeping k = { .matter = matter };
    follow();
    OK_INT(city_write(&town, keep, &k), ERR_OK);
    return k.changed;
}

/* The sum of a cell over all units of an edition. */
static int64_t count(int64_t edition, int64_t month, int row, enum form_col col)
{
    return ASK(SQL("SELECT CAST(COALESCE(SUM(value), 0) AS BIGINT) FROM edition_cell"
                   " WHERE edition = $1 AND month = $2 AND row = $3 AND col = $4"),
               V(edition), V(month), V(row), V((int)col));
}

static struct edition_check check(void)
{
    struct edition_check c = { 0 };
    struct err e = { 0 };
    OK(edition_check_all(&town.app, &c, &e));
    return c;
}
static void make_all(void)
{
    struct err e = { 0 };
    bool more = true;
    while (more && OK(edition_run(&town.app, &more, &e)))
        ;
    if (err_is_set(&e))
        printf("# %s %s\n", err_slug(e.id), e.detail);
}

/* Neighbours' dispute, two claims: settled, so many yuan. */
static struct case_file concluded(const char *outcomes)
{
    struct case_file c = filed(DISPATCHER, NEIGHBOURS);
    advance(&c, 0, 3);
    DONE(act(&c, HANDLER, "conclude", text("{\"outcomes\":[%s],\"routes\":\"court\",\"summary\":\"谈妥\"}", outcomes).p));
    return c;
}

static void test_fact__follows_what_happens(void)
{
    struct case_file c = filed(DISPATCHER, NEIGHBOURS);
    follow();
    OK_INT(ASK(SQL("SELECT accepted FROM fact WHERE matter = $1 AND until_seq = 0"), V(c.id)), 0);
    advance(&c, 0, 4);
    follow();
    OK_INT(ASK(SQL("SELECT COUNT(*) FROM fact WHERE matter = $1 AND until_seq = 0"), V(c.id)), 1);
    OK_INT(ASK(SQL("SELECT type FROM fact WHERE matter = $1 AND until_seq = 0"), V(c.id)), 2);
    OK_INT(ASK(SQL("SELECT result FROM fact WHERE matter = $1 AND until_seq = 0"), V(c.id)),
           FACT_RESULT_SETTLED);
    OK_INT(ASK(SQL("SELECT way FROM fact WHERE matter = $1 AND until_seq = 0"), V(c.id)),
           FACT_WAY_APPLIED);
    OK_INT(ASK(SQL("SELECT body FROM fact WHERE matter = $1 AND until_seq = 0"), V(c.id)),
           FACT_BODY_RESIDENTS);
    OK_INT(ASK(SQL("SELECT unit FROM fact WHERE matter = $1 AND until_seq = 0"), V(c.id)),
           area_of("440605011000").v);
    int64_t versions = ASK(SQL("SELECT COUNT(*) FROM fact WHERE matter = $1"), V(c.id));
    OK(versions > 1 && !kept(c.id));
    OK_INT(ASK(SQL("SELECT COUNT(*) FROM fact WHERE matter = $1"), V(c.id)), versions);
}

static void test_fact__takes_a_part_for_partly_and_the_gravest_ending(void)
{
    static const struct { const char *first, *second; int result; } rows[] = {
        { "settled", "settled_performed", FACT_RESULT_SETTLED },
        { "settled", "failed", FACT_RESULT_PARTLY },
        { "partly_settled", "unreachable", FACT_RESULT_PARTLY },
        { "unreachable", "failed", FACT_RESULT_FAILED },
        { "stopped_by_party", "unreachable", FACT_RESULT_STOPPED },
        { "not_suitable", "not_suitable", FACT_RESULT_OTHER },
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct case_file c = filed(DISPATCHER, NEIGHBOURS);
        advance(&c, 0, 3);
        DO(SQL("UPDATE claim SET outcome = CASE WHEN no = 1 THEN $2 ELSE $3 END"
               " WHERE matter = $1"), V(c.id), V(str_of(rows[i].first)),
           V(str_of(rows[i].second)));
        DO(SQL("UPDATE matter SET concluded_at = 1000000 WHERE id = $1"), V(c.id));
        kept(c.id);
        OK_INT(ASK(SQL("SELECT result FROM fact WHERE matter = $1 AND until_seq = 0"), V(c.id)),
               rows[i].result);
    }
}

static void test_fact__of_what_is_void_is_not_counted(void)
{
    struct case_file c = concluded("{\"outcome\":\"settled\",\"settled\":120000}");
    date(c.id, 2025, 3, 12);
    DO(SQL("UPDATE matter SET state = $2 WHERE id = $1"), V(c.id), V((int)MATTER_VOID));
    kept(c.id);
    OK_INT(ASK(SQL("SELECT counts FROM fact WHERE matter = $1 AND until_seq = 0"), V(c.id)), 0);
}

static void test_fact__of_a_part_is_counted_in_the_whole(void)
{
    struct case_file c = concluded("{\"outcome\":\"settled\",\"settled\":120000}");
    date(c.id, 2025, 3, 13);
    kept(c.id);
    OK_INT(ASK(SQL("SELECT counts FROM fact WHERE matter = $1 AND until_seq = 0"), V(c.id)), 1);
    DO(SQL("UPDATE matter SET source = 'split' WHERE id = $1"), V(c.id));
    kept(c.id);
    OK_INT(ASK(SQL("SELECT counts FROM fact WHERE matter = $1 AND until_seq = 0"), V(c.id)), 0);
}

static int64_t now_of(struct id matter, const char *column)
{
    struct db_val sql = { .type = DB_SQL, .s = text("SELECT CAST(%s AS BIGINT) FROM fact"
        " WHERE matter = $1 AND until_seq = 0", column) };
    const struct db_val v[] = { sql, V(matter), { .type = DB_END } };
    return town_run(town_ask, v).n;
}

/* Also after it was put away, until it is its own again. */
static void test_fact__of_what_was_merged_is_counted_in_the_head(void)
{
    struct case_file a = filed(DISPATCHER, NEIGHBOURS), b = filed(DISPATCHER, NEIGHBOURS);
    DONE(act(&a, DISPATCHER, "merge",
             text("{\"number\":\"%.*s\",\"reason\":\"同一处漏水\"}", STR_ARG(b.number)).p));
    follow();
    OK_INT(now_of(a.id, "counts"), 0);
    OK_INT(now_of(b.id, "counts"), 1);
    DONE(act(&a, DISPATCHER, "archive", "{}"));
    follow();
    OK_INT(now_of(a.id, "counts"), 0);
    DO(SQL("UPDATE tie SET ended_at = 1 WHERE matter = $1"), V(a.id));
    kept(a.id);
    OK_INT(now_of(a.id, "counts"), 1);
}

/* It has no claims left: what its parts came to is what it came to, as they change too. */
static void test_fact__of_a_whole_comes_from_its_parts(void)
{
    struct case_file c = filed(DISPATCHER, NEIGHBOURS), part = { 0 };
    DONE(act(&c, DISPATCHER, "accept", "{}"));
    DONE(act(&c, DISPATCHER, "split", text("{\"reason\":\"两件事\",\"parts\":["
             "{\"title\":\"漏水\",\"claims\":[{\"claim\":\"%lld\"}]},"
             "{\"title\":\"赔偿\",\"claims\":[{\"claim\":\"%lld\"}]}]}",
             (long long)c.claim[0].v, (long long)c.claim[1].v).p));
    DO(SQL("UPDATE claim SET outcome = 'settled', settled = 60000 WHERE matter IN"
           " (SELECT matter FROM tie WHERE other = $1)"), V(c.id));
    DO(SQL("UPDATE matter SET concluded_at = 1000000 WHERE id = $1"), V(c.id));
    kept(c.id);
    OK_INT(now_of(c.id, "result"), FACT_RESULT_SETTLED);
    OK_INT(now_of(c.id, "settled"), 120000);
    part.id.v = ASK(SQL("SELECT MAX(matter) FROM tie WHERE other = $1"), V(c.id));
    part.version = ASK(SQL("SELECT version FROM matter WHERE id = $1"), V(part.id));
    DO(SQL("UPDATE claim SET outcome = 'failed', settled = 0 WHERE matter = $1"), V(part.id));
    follow();                           /* all that happened before */
    int64_t who = ASK(SQL("SELECT id FROM party WHERE matter = $1 AND no = 1"), V(part.id));
    DONE(act(&part, DISPATCHER, "withdraw", text("{\"party\":\"%lld\"}", (long long)who).p));
    DO(SQL("UPDATE claim SET outcome = 'partly_settled', settled = 1 WHERE matter = $1"),
       V(part.id));
    follow();
    OK_INT(now_of(c.id, "result"), FACT_RESULT_PARTLY);
    OK_INT(now_of(c.id, "settled"), 60001);
    OK_INT(now_of(part.id, "counts"), 0);
}

static int64_t fact_of(struct case_file c, int64_t round, const char *column)
{
    struct db_val sql = { .type = DB_SQL, .s = text("SELECT CAST(%s AS BIGINT) FROM fact"
        " WHERE matter = $1 AND round = $2 AND until_seq = 0", column) };
    const struct db_val v[] = { sql, V(c.id), V(round), { .type = DB_END } };
    return town_run(town_ask, v).n;
}

static struct case_file part_of(struct case_file whole, int i)
{
    struct case_file part = { .id.v = ASK(SQL("SELECT m.id FROM matter m JOIN tie t ON t.matter = m.id"
        " WHERE t.other = $1 AND (SELECT COUNT(*) FROM tie x WHERE x.other = $1 AND x.id < t.id) = $2"),
        V(whole.id), V(i)) };
    part.version = ASK(SQL("SELECT version FROM matter WHERE id = $1"), V(part.id));
    return part;
}
/* The neighbours' two claims, each a part of its own. */
static void file_in_two(struct case_file *c, struct case_file *one, struct case_file *two)
{
    *c = filed(DISPATCHER, NEIGHBOURS);
    DONE(act(c, DISPATCHER, "accept", "{}"));
    DONE(act(c, DISPATCHER, "split", text("{\"reason\":\"两件事\",\"parts\":["
             "{\"title\":\"漏水\",\"claims\":[{\"claim\":\"%lld\"}]},"
             "{\"title\":\"赔偿\",\"claims\":[{\"claim\":\"%lld\"}]}]}",
             (long long)c->claim[0].v, (long long)c->claim[1].v).p));
    *one = part_of(*c, 0);
    *two = part_of(*c, 1);
}

/* From assigning, or from taking where the body has it again. */
static void end_part(struct case_file *part, int from, const char *said)
{
    advance(part, from, 3 - from);
    DONE(act(part, HANDLER, "conclude", text("{\"outcomes\":[%s],\"routes\":\"court\",\"summary\":\"有了结果\"}", said).p));
}
static void join(struct case_file *c)
{
    c->version = ASK(SQL("SELECT version FROM matter WHERE id = $1"), V(c->id));
    DONE(act(c, DISPATCHER, "join_parts", "{\"summary\":\"各项都有结果\"}"));
    follow();
}

/* Its parts stand as they ended, with the round they ended in; the next round counts what
 * was reopened of them, and nothing twice. */
static void test_fact__of_a_whole_reopened_counts_each_ending_once(void)
{
    struct case_file c, one, two;
    file_in_two(&c, &one, &two);
    end_part(&one, 1, "{\"outcome\":\"settled\",\"settled\":60000}");
    end_part(&two, 1, "{\"outcome\":\"settled\",\"settled\":40000}");
    join(&c);
    OK_INT(fact_of(c, 1, "result"), FACT_RESULT_SETTLED);
    OK_INT(fact_of(c, 1, "settled"), 100000);
    town_now.ms += STAMP_DAY;
    DONE(act(&c, DISPATCHER, "reopen", "{\"why\":\"breach\"}"));
    OK_INT(ASK(SQL("SELECT COUNT(*) FROM worklist w JOIN matter m ON m.id = w.matter AND m.owner = w.holder"
                   " WHERE w.matter = $1 AND w.bucket = $2"), V(c.id), V((unsigned)WORK_PARTS)), 1);
    REFUSED(act(&c, DISPATCHER, "assign", "{\"org\":\"1\"}"), ERR_HAS_FACT, "");
    follow();
    OK_INT(fact_of(c, 1, "settled"), 100000);
    OK_INT(fact_of(c, 2, "result"), FACT_RESULT_NONE);
    DONE(act(&one, DISPATCHER, "reopen", "{\"why\":\"breach\"}"));
    REFUSED(act(&c, DISPATCHER, "join_parts", "{\"summary\":\"还没有\"}"), ERR_HAS_PARTS, "");
    end_part(&one, 2, "{\"outcome\":\"settled\",\"settled\":50000}");
    join(&c);
    OK_INT(fact_of(c, 1, "result"), FACT_RESULT_SETTLED);
    OK_INT(fact_of(c, 1, "settled"), 100000);
    OK_INT(fact_of(c, 2, "result"), FACT_RESULT_SETTLED);
    OK_INT(fact_of(c, 2, "settled"), 50000);
    town_now.ms += STAMP_DAY;
    DONE(act(&c, DISPATCHER, "reopen", "{\"why\":\"rebound\"}"));
    join(&c);                           /* nothing new came of it */
    OK_INT(fact_of(c, 1, "settled"), 100000);
    OK_INT(fact_of(c, 2, "settled"), 50000);
    OK_INT(fact_of(c, 3, "settled"), 0);
    OK_INT(fact_of(c, 3, "result"), FACT_RESULT_OTHER);
    town_now.ms -= 2 * STAMP_DAY;
}

/* What one part's sides did not confirm is no success of the whole. */
static void test_fact__of_a_whole_doubts_what_its_parts_doubt(void)
{
    struct case_file c, one, two;
    file_in_two(&c, &one, &two);
    end_part(&one, 1, "{\"outcome\":\"settled\"}");
    advance(&two, 1, 2);
    DONE(act(&two, HANDLER, "conclude", "{\"outcomes\":[{\"outcome\":\"settled\"}],\"form\":\"oral\",\"summary\":\"口头谈妥\"}"));
    join(&c);
    OK_INT(fact_of(c, 1, "result"), FACT_RESULT_UNCONFIRMED);
    town_now.ms += STAMP_DAY;
    DONE(act(&c, DISPATCHER, "reopen", "{\"why\":\"rebound\"}"));
    follow();
    OK_INT(fact_of(c, 1, "result"), FACT_RESULT_UNCONFIRMED);
    town_now.ms -= STAMP_DAY;
}

/* A round that ended stays what it was, though the next has other outcomes and all of it
 * is followed in one go; what the matter is (its type, whether it counts) is one. */
static void test_fact__of_an_ended_round_stays_and_the_next_has_its_own(void)
{
    struct case_file c = concluded("{\"outcome\":\"settled_performed\",\"settled\":120000}");
    DONE(act(&c, HANDLER, "reply", "{\"text\":\"已达成协议\"}"));
    DONE(act(&c, DISPATCHER, "reopen", "{\"why\":\"breach\",\"text\":\"反悔\"}"));
    follow();
    OK_INT(fact_of(c, 1, "result"), FACT_RESULT_SETTLED);
    OK_INT(fact_of(c, 1, "performed"), 1);
    OK_INT(fact_of(c, 1, "settled"), 240000);
    OK_INT(fact_of(c, 2, "result"), FACT_RESULT_NONE);
    OK(fact_of(c, 2, "accepted") > 0 && fact_of(c, 2, "concluded") == 0);
    DONE(act(&c, HANDLER, "take", "{\"disclosed\":true}"));
    DONE(act(&c, HANDLER, "conclude", "{\"outcomes\":[{\"outcome\":\"failed\"}],"
             "\"routes\":\"court\",\"summary\":\"未谈拢\"}"));
    DO(SQL("UPDATE matter SET type = '7' WHERE id = $1"), V(c.id));
    follow();
    OK_INT(fact_of(c, 1, "result"), FACT_RESULT_SETTLED);
    OK_INT(fact_of(c, 2, "result"), FACT_RESULT_FAILED);
    OK_INT(fact_of(c, 1, "type"), 7);
    DO(SQL("UPDATE matter SET state = $2 WHERE id = $1"), V(c.id), V((int)MATTER_VOID));
    kept(c.id);
    OK_INT(fact_of(c, 1, "counts") + fact_of(c, 2, "counts"), 0);
}

/* Agreed by word of mouth and not yet confirmed: a success in no number. */
static void test_fact__that_is_doubted_is_no_success(void)
{
    struct case_file c = filed(DISPATCHER, NEIGHBOURS);
    advance(&c, 0, 3);
    REFUSED(act(&c, HANDLER, "conclude", "{\"outcomes\":[{\"outcome\":\"settled\"}],"
                "\"summary\":\"口头\",\"prevented\":\"crime\"}"),
            ERR_REQUIRED, "prevented_people");
    REFUSED(act(&c, HANDLER, "conclude", "{\"outcomes\":[{\"outcome\":\"settled\"}],"
                "\"summary\":\"口头\",\"prevented_people\":3}"), ERR_REQUIRED, "prevented");
    DONE(act(&c, HANDLER, "conclude", "{\"outcomes\":[{\"outcome\":\"settled\",\"settled\":100}],"
             "\"form\":\"oral\",\"summary\":\"口头\",\"complex\":true,"
             "\"prevented\":\"crime\",\"prevented_people\":3}"));
    follow();
    OK_INT(fact_of(c, 1, "result"), FACT_RESULT_UNCONFIRMED);
    OK_INT(fact_of(c, 1, "complex * 100 + prevented * 10 + prevented_people"), 113);
    DO(SQL("UPDATE matter SET facts = 0 WHERE id = $1"), V(c.id));
    kept(c.id);
    OK_INT(fact_of(c, 1, "result"), FACT_RESULT_SETTLED);
}

/* Each fact is in the columns of its own round only. */
static void test_form__tells_rounds_apart(void)
{
    struct fact f = { .round = 1, .counts = true, .result = FACT_RESULT_SETTLED };
    OK(form_value(&f, COLUMN_SETTLED) == 1 && form_value(&f, COLUMN_AGAIN) == 0);
    f.round = 3;
    OK(form_value(&f, COLUMN_SETTLED) == 0 && form_value(&f, COLUMN_AGAIN) == 1);
    OK(form_value(&f, COLUMN_AGAIN_AGREED) == 1 && form_value(&f, COLUMN_AGAIN_OTHER) == 0);
    f.result = FACT_RESULT_UNCONFIRMED;
    OK(form_value(&f, COLUMN_AGAIN_AGREED) == 0 && form_value(&f, COLUMN_AGAIN_OTHER) == 1);
    f.round = 1;
    OK(form_value(&f, COLUMN_UNCONFIRMED) == 1 && form_value(&f, COLUMN_AGREED) == 0);
}

static void test_edition__counts_a_month_and_never_again(void)
{
    struct case_file a = concluded("{\"outcome\":\"settled\",\"settled\":120000}");
    struct case_file b = concluded("{\"outcome\":\"failed\"}");
    struct case_file c = filed("clerk.dali", NEIGHBOURS);
    date(a.id, 2025, 3, 9);
    date(b.id, 2025, 3, 31);
    DONE(act(&c, "clerk.dali", "accept", "{}"));
    date(c.id, 2025, 4, 1);
    kept(a.id);
    kept(b.id);
    kept(c.id);
    make_all();
    OK_INT(ASK(SQL("SELECT no FROM edition WHERE month = 202503")), 1);
    OK_INT(count(1, 202503, 2, COLUMN_ACCEPTED), 2);
    OK_INT(count(1, 202503, ROW_KIND, COLUMN_ACCEPTED), 2);
    OK_INT(count(1, 202503, 2, COLUMN_SETTLED), 1);
    OK_INT(count(1, 202503, 2, COLUMN_FAILED), 1);
    OK_INT(count(1, 202503, 2, COLUMN_AMOUNT), 240000);
    OK_INT(count(1, 202503, 2, COLUMN_PEOPLE), 4);
    OK_INT(count(2, 202504, 2, COLUMN_ACCEPTED), 1);
    OK_INT(ASK(SQL("SELECT COUNT(*) FROM edition WHERE month >= 203001")), 0);
    int64_t editions = ASK(SQL("SELECT COUNT(*) FROM edition"));
    OK_INT(editions, ASK(SQL("SELECT MAX(no) FROM edition")));
    make_all();
    OK_INT(ASK(SQL("SELECT COUNT(*) FROM edition")), editions);
    struct edition_check all = check();
    OK(all.editions == editions && all.differ == 0);
}

/* The newest edition is taken back, a fact changes, the month is closed again. */
static void test_edition__tells_later_changes_as_corrections(void)
{
    int64_t last = ASK(SQL("SELECT MAX(no) FROM edition"));
    int64_t month = ASK(SQL("SELECT month FROM edition WHERE no = $1"), V(last));
    DO(SQL("DELETE FROM edition_cell WHERE edition = $1"), V(last));
    DO(SQL("DELETE FROM edition_public WHERE edition = $1"), V(last));
    DO(SQL("DELETE FROM edition WHERE no = $1"), V(last));
    struct id a = { ASK(SQL("SELECT matter FROM fact WHERE result = 1 AND accepted = $1"
                            " AND until_seq = 0"), V(day_of_civil(2025, 3, 9))) };
    int64_t march = ASK(SQL("SELECT COUNT(*) FROM edition_cell WHERE edition = 1"));
    DO(SQL("UPDATE matter SET type = '5' WHERE id = $1"), V(a));
    struct case_file more = filed(DISPATCHER, NEIGHBOURS);      /* the feed moves on */
    (void)more;
    OK(kept(a));
    make_all();
    OK_INT(ASK(SQL("SELECT month FROM edition WHERE no = $1"), V(last)), month);
    OK_INT(count(last, 202503, 2, COLUMN_ACCEPTED), -1);
    OK_INT(count(last, 202503, 5, COLUMN_ACCEPTED), 1);
    OK_INT(count(last, 202503, 5, COLUMN_AMOUNT), 240000);
    OK_INT(count(last, 202503, ROW_KIND, COLUMN_ACCEPTED), 0);
    OK_INT(ASK(SQL("SELECT COUNT(*) FROM edition_cell WHERE edition = 1")), march);
    OK_INT(check().differ, 0);
}

static void test_edition__that_was_tampered_with_is_found(void)
{
    DO(SQL("UPDATE edition_cell SET value = value + 1 WHERE edition = 1 AND row = 2"
           " AND col = $1"), V((int)COLUMN_SETTLED));
    OK_INT(check().differ, 1);
    DO(SQL("UPDATE edition_cell SET value = value - 1 WHERE edition = 1 AND row = 2"
           " AND col = $1"), V((int)COLUMN_SETTLED));
    OK_INT(check().differ, 0);
    DO(SQL("UPDATE edition SET hash = prev WHERE no = 2"));
    OK_INT(check().differ, 2);          /* itself, and the next, which is chained to it */
}

static void test_edition__publishes_no_small_cell(void)
{
    OK_INT(ASK(SQL("SELECT COUNT(*) FROM edition_public WHERE hidden = 0 AND value > 0"
                   " AND value < 10")), 0);
    OK(ASK(SQL("SELECT COUNT(*) FROM edition_public WHERE hidden = 1")) > 0);
    OK_INT(ASK(SQL("SELECT COUNT(*) FROM edition_public WHERE hidden = 1 AND value <> 0")), 0);
}

static void test_fact__is_made_anew_by_the_check(void)
{
    struct fact_check c = { 0 };
    struct err e = { 0 };
    OK(fact_check_all(&town.app, &c, &e) && c.facts > 0 && c.differ == 0);
    DO(SQL("UPDATE fact SET type = 17 WHERE until_seq = 0 AND type = 5"));
    c = (struct fact_check){ 0 };
    OK(fact_check_all(&town.app, &c, &e) && c.differ > 0);
    c = (struct fact_check){ .repair = true };
    OK(fact_check_all(&town.app, &c, &e));
    c = (struct fact_check){ 0 };
    OK(fact_check_all(&town.app, &c, &e) && c.differ == 0);
}

int main(void)
{
    town_open();
    test_fact__follows_what_happens();
    test_fact__takes_a_part_for_partly_and_the_gravest_ending();
    test_fact__of_an_ended_round_stays_and_the_next_has_its_own();
    test_fact__that_is_doubted_is_no_success();
    test_form__tells_rounds_apart();
    DO(SQL("UPDATE matter SET accepted_at = 0, concluded_at = 0"));
    DO(SQL("UPDATE reopening SET concluded_at = 0, at = 0"));
    follow();
    struct fact_check c = { .repair = true };
    struct err e = { 0 };
    OK(fact_check_all(&town.app, &c, &e));
    test_fact__of_what_is_void_is_not_counted();
    test_fact__of_a_part_is_counted_in_the_whole();
    test_fact__of_what_was_merged_is_counted_in_the_head();
    test_fact__of_a_whole_comes_from_its_parts();
    test_fact__of_a_whole_reopened_counts_each_ending_once();
    test_fact__of_a_whole_doubts_what_its_parts_doubt();
    test_edition__counts_a_month_and_never_again();
    test_edition__tells_later_changes_as_corrections();
    test_edition__publishes_no_small_cell();
    test_edition__that_was_tampered_with_is_found();
    test_fact__is_made_anew_by_the_check();
    return town_close();
}
