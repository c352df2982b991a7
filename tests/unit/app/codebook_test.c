#include "app/notice.h"
#include "book.h"
#include <pthread.h>

static struct book_home h;

static void finds_codes(void)
{
    const struct code_entry *x = codebook_code(&h.app, STR("outcome"), STR("settled"), DAY_NONE);
    OK(x && str_is(x->zh, "达成协议") && str_is(x->parent, "dispute"));
    OK_STR(code_extra(x, &h.a, "success"), "yes");
    OK_STR(code_extra(x, &h.a, "no such column"), "");
    OK(!codebook_code(&h.app, STR("outcome"), STR("settle"), DAY_NONE));
    OK(!codebook_code(&h.app, STR("outcome"), STR("settledx"), DAY_NONE));
    OK(!codebook_code(&h.app, STR(""), STR(""), DAY_NONE));
    OK(!codebook_code(&h.app, STR("zzz"), STR("zzz"), DAY_NONE));
    OK(!codebook_code(&h.app, STR_NONE, STR_NONE, DAY_NONE));
    OK_INT(codebook_number(&h.app, "refusals", -1), 3);
    OK_INT(codebook_number(&h.app, "no such number", -1), -1);
}

static void knows_parents(void)
{
    OK(codebook_under(&h.app, STR("request_type"), STR("0101"), STR("01")));
    OK(codebook_under(&h.app, STR("request_type"), STR("01"), STR("01")));
    OK(!codebook_under(&h.app, STR("request_type"), STR("01"), STR("0101")));
    OK(!codebook_under(&h.app, STR("request_type"), STR("0201"), STR("01")));
    /* a circle, which no check let through but a database may hold */
    book_exec(&h, SQL("INSERT INTO code VALUES ('ring', 'a', 'b', 'a', 'a', 1, '', '', 0, 0, 0, 1, 1),"
                      " ('ring', 'b', 'a', 'b', 'b', 2, '', '', 0, 0, 0, 1, 1)"));
    struct err e = { 0 };
    MUST(codebook_load(&h.app, &e), &e);
    OK(codebook_under(&h.app, STR("ring"), STR("a"), STR("b")));
    OK(!codebook_under(&h.app, STR("ring"), STR("a"), STR("c")));
}

static void keeps_order(void)
{
    struct list l = codebook_list(&h.app, &h.a, STR("dispute_type"), DAY_NONE);
    const struct code_entry *v = l.v;
    OK_INT(l.n, 18);
    OK_STR(v[0].code, "1");
    OK_STR(v[1].code, "2");             /* not 10: the file's order, not the codes' */
    OK_INT(codebook_list(&h.app, &h.a, STR("dispute_typ"), DAY_NONE).n, 0);
    OK_INT(codebook_list(&h.app, &h.a, STR(""), DAY_NONE).n, 0);
    OK_INT(codebook_list(&h.app, &h.a, STR("zzzz"), DAY_NONE).n, 0);
}

/* Two rows of one code, parted at a day. */
static void keeps_dates(void)
{
    struct day day = day_of_civil(2025, 5, 1), before = { day.n - 1 };
    book_exec(&h, SQL("INSERT INTO code VALUES ('t', 'x', '', 'old', 'old', 1, '', '', 0, 0, $1, 1, 1),"
                      " ('t', 'x', '', 'new', 'new', 1, '', '', 0, $1, 0, 1, 1),"
                      " ('t', 'gone', '', 'gone', 'gone', 2, '', '', 0, 0, $1, 1, 1)"), V(day));
    struct err e = { 0 };
    MUST(codebook_load(&h.app, &e), &e);
    OK_STR(codebook_code(&h.app, STR("t"), STR("x"), before)->zh, "old");
    OK_STR(codebook_code(&h.app, STR("t"), STR("x"), day)->zh, "new");
    OK_STR(codebook_code(&h.app, STR("t"), STR("x"), DAY_NONE)->zh, "new");
    OK(codebook_code(&h.app, STR("t"), STR("gone"), before) != NULL);
    OK(!codebook_code(&h.app, STR("t"), STR("gone"), day));
    OK_INT(codebook_list(&h.app, &h.a, STR("t"), before).n, 2);
    OK_INT(codebook_list(&h.app, &h.a, STR("t"), day).n, 1);
}

static void maps_codes(void)
{
    OK_STR(codebook_map(&h.app, STR("dispute_type"), STR("1"), STR("dispute_type_b")), "1");
    OK_STR(codebook_map(&h.app, STR("dispute_type"), STR("1"), STR("no such list")), "");
    OK_STR(codebook_map(&h.app, STR("dispute_type"), STR("99"), STR("dispute_type_b")), "");
    book_exec(&h, SQL("INSERT INTO code_mapping VALUES ('t', 'x', 'u', 'a', 3, '', 0, 0, 0, 1, 1),"
                      " ('t', 'x', 'u', 'b', 0, '', 0, 0, 0, 1, 1),"
                      " ('t', 'x', 'u', 'c', 1, '', 0, 0, 0, 1, 1)"));
    struct err e = { 0 };
    MUST(codebook_load(&h.app, &e), &e);
    OK_STR(codebook_map(&h.app, STR("t"), STR("x"), STR("u")), "b");
}

/* What was found before a reload stays, and rows that did not change are the same. */
static void keeps_rows(void)
{
    struct err e = { 0 };
    bool changed = true;
    const struct code_entry *was = codebook_code(&h.app, STR("outcome"), STR("settled"), DAY_NONE);
    const struct code_entry *other = codebook_code(&h.app, STR("source"), STR("counter"), DAY_NONE);
    MUST(codebook_refresh(&h.app, &changed, &e), &e);
    OK(!changed);
    book_exec(&h, SQL("UPDATE code SET zh = '改了' WHERE list = 'outcome' AND code = 'settled'"));
    OK_STR(codebook_code(&h.app, STR("outcome"), STR("settled"), DAY_NONE)->zh, "达成协议");
    MUST(codebook_refresh(&h.app, &changed, &e), &e);
    OK(changed);
    OK_STR(codebook_code(&h.app, STR("outcome"), STR("settled"), DAY_NONE)->zh, "改了");
    OK_STR(was->zh, "达成协议");
    OK(codebook_code(&h.app, STR("source"), STR("counter"), DAY_NONE) == other);
    MUST(codebook_refresh(&h.app, &changed, &e), &e);
    OK(!changed);
}

static const struct notice_rule *notice_rule(struct list rules, const char *code)
{
    const struct notice_rule *v = rules.v;
    for (size_t i = 0; i < rules.n; i++)
        if (str_is(v[i].code, code))
            return &v[i];
    return NULL;
}

/* The rules of notices are taken apart once a book: whoever asks reads where they stand, and
 * goes on reading what was asked for before a change. */
static void keeps_notice_rules(void)
{
    struct err e = { 0 };
    struct day today = day_today();
    struct list was = notice_rules(&h.app), now;
    const struct code_entry *first = codebook_list(&h.app, &h.a, STR("notice"), DAY_NONE).v;
    const struct notice_rule *rules = was.v;
    OK_INT(was.n, codebook_list(&h.app, &h.a, STR("notice"), DAY_NONE).n);
    OK(was.n > 20 && str_eq(rules[0].code, first->code));
    OK_STR(notice_rule(was, "details_applicant")->event, "ask_details");
    OK(notice_rules(&h.app).v == was.v);
    MUST(codebook_load(&h.app, &e), &e);
    OK(notice_rules(&h.app).v == was.v);        /* the same rules are the same bytes */
    book_exec(&h, SQL("UPDATE code SET zh = '新的话' WHERE list = 'notice'"
                      " AND code = 'details_applicant'"));
    book_exec(&h, SQL("INSERT INTO code VALUES"
                      " ('notice', 'over', '', 'x', 'x', 1, '{\"event\":\"take\",\"to\":\"lead\","
                      "\"class\":\"work\",\"pace\":\"digest\"}', '', 0, 0, $1, 1, 1),"
                      " ('notice', 'later', '', 'x', 'x', 1, '{\"event\":\"take\",\"to\":\"lead\","
                      "\"class\":\"work\",\"pace\":\"digest\"}', '', 0, $1, 0, 1, 1),"
                      " ('notice', 'broken', '', 'x', 'x', 1, 'no json', '', 0, 0, 0, 1, 1)"),
              V((struct day){ today.n + 1 }));
    MUST(codebook_load(&h.app, &e), &e);
    now = notice_rules(&h.app);
    OK_INT(now.n, was.n + 1);                   /* one begins tomorrow, one cannot be read */
    OK(notice_rule(now, "over") && !notice_rule(now, "later") && !notice_rule(now, "broken"));
    OK_STR(notice_rule(now, "details_applicant")->zh, "新的话");
    OK(!str_is(notice_rule(was, "details_applicant")->zh, "新的话"));
    book_exec(&h, SQL("DELETE FROM code WHERE list = 'notice'"));
    MUST(codebook_load(&h.app, &e), &e);
    OK_INT(notice_rules(&h.app).n, 0);
    OK_STR(notice_rule(now, "over")->event, "take");
}

/* A table that makes no sense leaves the old book in force. */
static void refuses_nonsense(void)
{
    struct err e = { 0 };
    book_exec(&h, SQL("INSERT INTO work_hours VALUES ('bad', 'x', 'x', 0, '', '', '1-5',"
                      " '09:00-08:00', '12:00', '', 0, 0, 0, '', 1, 1)"));
    OK(!codebook_load(&h.app, &e));
    OK_STR(str_of(e.field), "spans");
    OK(codebook_code(&h.app, STR("source"), STR("counter"), DAY_NONE) != NULL);
    book_exec(&h, SQL("DELETE FROM work_hours WHERE code = 'bad'"));
    err_clear(&e);
    OK(codebook_load(&h.app, &e));
}

enum { READERS = 4, RELOADS = 40 };
struct reader { pthread_t thread; bool stop; int64_t read, wrong; };

static void read_once(struct reader *x, struct arena *a)
{
    const struct limit_rule *v[LIMITS_MAX];
    struct limit_due due;
    struct err e = { 0 };
    struct limit_case k = { STR("dispute"), STR("1"), STR("counter"), STR_NONE, STR_NONE,
                            STR("file"), DAY_NONE };
    struct stamp now = stamp_now();
    size_t n = codebook_limits(&h.app, &k, v);
    for (size_t i = 0; i < n; i++)
        x->wrong += !codebook_due(&h.app, v[i], ID_NONE, now, STR_NONE, &due, &e)
            || due.due_at.ms <= now.ms;
    const struct code_entry *c = codebook_code(&h.app, STR("race"), STR("r"), DAY_NONE);
    x->wrong += n == 0 || !c || !str_eq(c->zh, c->en);
    struct list l = codebook_list(&h.app, a, STR("outcome"), DAY_NONE);
    x->wrong += l.n < 10 || codebook_working_minutes(&h.app, ID_NONE, now, due.due_at) < 0;
    x->read++;
    arena_clear(a);
}

static void *read_on(void *ctx)
{
    struct reader *x = ctx;
    struct arena a = { 0 };
    while (!__atomic_load_n(&x->stop, __ATOMIC_RELAXED))
        read_once(x, &a);
    arena_done(&a);
    return NULL;
}

/* Readers see the old row or the new one, never half of each. */
static void changes_under_readers(void)
{
    struct reader v[READERS] = { { .stop = false } };
    struct err e = { 0 };
    int64_t wrong = 0;
    book_exec(&h, SQL("INSERT INTO code VALUES ('race', 'r', '', '0', '0', 1, '', '', 0, 0, 0, 1, 1)"));
    MUST(codebook_load(&h.app, &e), &e);
    for (size_t i = 0; i < READERS; i++)
        if (pthread_create(&v[i].thread, NULL, read_on, &v[i]) != 0)
            abort();
    for (int64_t i = 1; i <= RELOADS; i++) {
        struct str name = arena_printf(&h.a, "%lld", (long long)i);
        book_exec(&h, SQL("UPDATE code SET zh = $1, en = $1 WHERE list = 'race'"), V(name));
        MUST(codebook_refresh(&h.app, NULL, &e), &e);
        wrong += !str_eq(codebook_code(&h.app, STR("race"), STR("r"), DAY_NONE)->zh, name);
    }
    for (size_t i = 0; i < READERS; i++) {
        __atomic_store_n(&v[i].stop, true, __ATOMIC_RELAXED);
        pthread_join(v[i].thread, NULL);
        wrong += v[i].wrong + (v[i].read == 0);
    }
    OK_INT(wrong, 0);
}

/* The columns as they are nearly always written, and as they may be. */
static void extras(void)
{
    static const struct { const char *json, *column, *want; } v[] = {
        { "{\"a\":\"1\",\"ab\":\"2\"}", "ab", "2" },
        { "{\"a\":\"1\",\"ab\":\"2\"}", "b", "" },
        { "{\"a\":\"b\",\"c\":\"\"}", "b", "" },
        { "{\"a\":\"\",\"c\":\"3\"}", "a", "" },
        { "{}", "a", "" },
        { "{ \"a\" : \"1\" }", "a", "1" },
        { "{\"a\":\"x\\\"y\",\"b\":\"2\"}", "a", "x\"y" },
        { "{\"a\":\"\\u4e2d\",\"b\":\"2\"}", "b", "2" },
        { "{\"a\":1,\"b\":\"2\"}", "b", "2" },
        { "{\"a\":{\"b\":\"no\"},\"b\":\"yes\"}", "b", "yes" },
        { "", "a", "" },
    };
    struct arena a = { 0 };
    for (size_t i = 0; i < COUNT(v); i++) {
        struct code_entry x = { .extra = { str_of(v[i].json) } };
        OK_STR(code_extra(&x, &a, v[i].column), v[i].want);
    }
    arena_done(&a);
}

int main(void)
{
    extras();
    struct err e = { 0 };
    struct rule_counts n;
    book_open(&h);
    MUST(codebook_load(&h.app, &e), &e);        /* empty tables are a book too */
    OK(!codebook_code(&h.app, STR("outcome"), STR("settled"), DAY_NONE));
    MUST(book_load(&h, &n, &e), &e);
    MUST(codebook_load(&h.app, &e), &e);
    finds_codes();
    knows_parents();
    keeps_order();
    keeps_dates();
    maps_codes();
    keeps_rows();
    refuses_nonsense();
    keeps_notice_rules();
    changes_under_readers();
    book_close(&h);
    return tap_end();
}
