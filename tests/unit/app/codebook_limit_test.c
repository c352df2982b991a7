#include "book.h"
#include "national.h"

static struct book_home h;

static void load(void)
{
    struct err e = { 0 };
    MUST(codebook_load(&h.app, &e), &e);
}

static struct stamp at(const char *text)
{
    struct stamp t = { 0 };
    if (!stamp_parse(arena_printf(&h.a, "%s:00+08:00", text), &t))
        abort();
    return t;
}

static struct str show(struct stamp t)
{
    char text[32];
    size_t n = stamp_format(t, text);
    return arena_dup(&h.a, str_sub((struct str){ text, n }, 0, 19));
}

/* Every rule of the files ends after it began, yellow in between. */
static void counts_every_rule(void)
{
    struct csv f = csv_read(&h.a, RULES_DIR "deadlines.csv");
    struct stamp start = at("2026-03-02T10:00");
    size_t good = 0;
    for (size_t i = 0; i < f.rows; i++) {
        struct err e = { 0 };
        struct limit_due d;
        const struct limit_rule *r = codebook_rule(&h.app, csv_get(&f, i, "id"), DAY_NONE);
        bool ok = r && codebook_due(&h.app, r, ID_NONE, start, STR_NONE, &d, &e)
            && d.due_at.ms > start.ms && d.yellow_at.ms >= start.ms
            && d.yellow_at.ms <= d.due_at.ms;
        if (!ok)
            printf("# %.*s %s\n", STR_ARG(csv_get(&f, i, "id")), err_slug(e.id));
        good += ok;
    }
    OK(f.rows > 100);
    OK_INT(good, f.rows);
    OK(!codebook_rule(&h.app, STR("no.such.rule"), DAY_NONE));
    OK(!codebook_rule(&h.app, STR("mediate.shenzhen"), day_of_civil(2020, 1, 1)));
}

/* The winner of one "what" for a case; "" for none. */
static struct str winner(const struct limit_case *k, const char *what)
{
    const struct limit_rule *v[LIMITS_MAX];
    size_t n = codebook_limits(&h.app, k, v);
    for (size_t i = 0; i < n; i++)
        if (str_is(v[i]->what, what))
            return v[i]->id;
    return STR("");
}

static void switch_set(const char *set, const char *value)
{
    book_exec(&h, SQL("INSERT INTO setting (name, value) VALUES ($1, $2)"
                      " ON CONFLICT (name) DO UPDATE SET value = excluded.value"),
              V(arena_printf(&h.a, "rule_set.%s", set)), V(str_of(value)));
    load();
}

struct choice {
    const char *kind, *type, *channel, *body, *level, *event, *on, *what, *id;
};
static const struct choice choices[] = {
    /* the default, then a condition that makes a rule fit */
    { "dispute", "2", "counter", "", "", "file", "", "whole", "product.dispute.whole" },
    { "dispute", "2", "counter", "", "county", "file", "", "whole", "product.dispute.whole.county" },
    { "dispute", "2", "counter", "", "city", "file", "", "whole", "product.dispute.whole.city" },
    { "dispute", "2", "counter", "", "town", "file", "", "whole", "product.dispute.whole" },
    { "advice", "", "", "", "", "file", "", "whole", "product.advice.whole" },
    { "event", "", "", "", "", "file", "", "accept", "product.event.accept" },
    /* priority: the law before the product, one type's law before the general one */
    { "dispute", "2", "counter", "", "", "accept", "", "handle", "mediate.people" },
    { "dispute", "15", "counter", "", "", "accept", "", "handle", "mediate.medical" },
    { "dispute", "10", "counter", "", "", "file", "", "handle", "mediate.labour" },
    { "dispute", "11", "counter", "", "", "file", "", "handle", "mediate.labour" },
    { "dispute", "2", "counter", "", "", "file", "", "handle", "" },
    { "dispute", "15", "", "department.health", "", "accept", "", "handle",
      "administrative.mediate.medical" },
    { "request", "", "petition", "", "", "accept", "", "handle", "petition.handle" },
    { "dispute", "2", "court", "", "", "take", "", "handle", "online.before_filing" },
    /* an unknown fact fits no condition */
    { "dispute", "", "", "", "", "accept", "", "handle", "mediate.people" },
    { "request", "10", "", "", "", "happen", "", "appeal", "" },  /* 10 of another list */
    { "dispute", "10", "", "", "", "happen", "", "appeal", "inspection.labour" },
    { "", "", "", "", "", "accept", "", "handle", "" },
    { "nonsense", "2", "counter", "", "", "accept", "", "handle", "" },
    { "dispute", "2", "counter", "", "", "no such event", "", "handle", "" },
    { "dispute", "2", "counter", "", "", "", "", "handle", "" },
    /* not valid on the day: the product's own default stays */
    { "dispute", "15", "counter", "", "", "accept", "2018-09-30", "handle", "mediate.people" },
    { "dispute", "15", "counter", "", "", "accept", "2018-10-01", "handle", "mediate.medical" },
    { "dispute", "2", "counter", "", "", "accept", "2002-10-31", "handle",
      "product.dispute.handle" },
    /* a set that is off by itself */
    { "dispute", "", "", "court", "", "court_accept", "", "confirm_decide", "confirm.decide.cpl" },
};

static void check_choice(const struct choice *x)
{
    struct limit_case k = {
        .kind = str_of(x->kind), .type = str_of(x->type), .channel = str_of(x->channel),
        .body = str_of(x->body), .level = str_of(x->level), .starts_at = str_of(x->event),
        .on = on(x->on),
    };
    if (!OK_STR(winner(&k, x->what), x->id))
        printf("#   %s %s %s %s\n", x->kind, x->type, x->event, x->what);
}

static void switches_sets(void)
{
    static const struct choice city = { "dispute", "2", "", "", "", "file", "", "accept",
                                        "city.dispute.accept" };
    static const struct choice product = { "dispute", "2", "", "", "", "file", "", "accept",
                                           "product.dispute.accept" };
    static const struct choice court = { "dispute", "", "", "court", "", "court_accept", "",
                                         "confirm_decide", "confirm.decide.2011" };
    static const struct choice both = { "dispute", "", "", "court", "", "court_accept", "",
                                        "confirm_decide", "confirm.decide.cpl" };
    check_choice(&product);
    switch_set("city", "1");
    check_choice(&city);
    switch_set("city", "0");
    check_choice(&product);
    switch_set("court_2011", "1");
    check_choice(&both);
    switch_set("court_cpl", "0");
    check_choice(&court);
    switch_set("court_cpl", "1");
    switch_set("court_2011", "0");
    switch_set("no such set", "1");
    check_choice(&both);
}

static void add_rule(const char *id, const char *type, const char *channel, const char *level,
                     int priority)
{
    struct limit_rule x = *codebook_rule(&h.app, STR("product.dispute.whole"), DAY_NONE);
    book_exec(&h, SQL("INSERT INTO deadline_rule SELECT $1, rule_set, 'test', kind, $2, $3, body,"
                      " $4, 'test', who, amount, unit, calendar, ends, roll, yellow, yellow_unit,"
                      " extend, extend_by, pauses, $5, zh, en, source, article, certainty,"
                      " valid_from, valid_to, note, 1, 1 FROM deadline_rule WHERE id = $6"),
              V(str_of(id)), V(str_of(type)), V(str_of(channel)), V(str_of(level)), V(priority),
              V(x.id));
    load();
}

/* Rules are added one by one; each beats those before it for a case it fits. */
static void exactness_decides(void)
{
    struct limit_case k = { .kind = STR("dispute"), .type = STR("1"), .channel = STR("counter"),
                            .level = STR("town"), .starts_at = STR("test") };
    add_rule("t.m", "*", "*", "*", 100);
    OK_STR(winner(&k, "test"), "t.m");
    add_rule("t.n", "*", "*", "*", 100);            /* the same: the smaller id */
    OK_STR(winner(&k, "test"), "t.m");
    add_rule("t.l", "*", "*", "*", 100);
    OK_STR(winner(&k, "test"), "t.l");
    add_rule("t.x1", "*", "*", "town village", 100);
    OK_STR(winner(&k, "test"), "t.x1");
    add_rule("t.x2", "*", "counter", "*", 100);     /* channel before level */
    OK_STR(winner(&k, "test"), "t.x2");
    add_rule("t.x3", "1", "*", "*", 100);           /* type before all others */
    OK_STR(winner(&k, "test"), "t.x3");
    add_rule("t.x4", "2 3", "counter", "town", 100);    /* does not fit */
    OK_STR(winner(&k, "test"), "t.x3");
    add_rule("t.x5", "*", "*", "*", 101);           /* priority before exactness */
    OK_STR(winner(&k, "test"), "t.x5");
    add_rule("t.x6", "request_type:01", "*", "*", 200);
    OK_STR(winner(&k, "test"), "t.x5");
    k.channel = STR("phone");
    k.level = STR_NONE;
    OK_STR(winner(&k, "test"), "t.x5");
}

/* A condition that names a code means what lies below it; another list by its name. */
static void descendants_fit(void)
{
    struct limit_case k = { .kind = STR("dispute"), .starts_at = STR("test") };
    book_exec(&h, SQL("INSERT INTO code VALUES ('dispute_type', '1.1', '1', 'x', 'x', 99, '', '',"
                      " 0, 0, 0, 1, 1), ('dispute_type', '1.1.1', '1.1', 'x', 'x', 99, '', '', 0,"
                      " 0, 0, 1, 1)"));
    book_exec(&h, SQL("DELETE FROM deadline_rule WHERE what = 'test'"));
    load();
    add_rule("t.1", "1", "*", "*", 100);
    k.type = STR("1.1.1");
    OK_STR(winner(&k, "test"), "t.1");
    k.type = STR("2");
    OK_STR(winner(&k, "test"), "");
    book_exec(&h, SQL("UPDATE deadline_rule SET kind = '*', type = 'request_type:01'"
                      " WHERE id = 't.1'"));
    load();
    k.kind = STR("request");
    k.type = STR("0101");
    OK_STR(winner(&k, "test"), "t.1");
    k.type = STR("0201");
    OK_STR(winner(&k, "test"), "");
    k.kind = STR("dispute");
    k.type = STR("1");
    OK_STR(winner(&k, "test"), "");
    book_exec(&h, SQL("DELETE FROM deadline_rule WHERE what = 'test'"));
    load();
}

/* More kinds of clock for one event than there is room for. */
static void room_is_bounded(void)
{
    const struct limit_rule *v[LIMITS_MAX];
    struct limit_case k = { .kind = STR("dispute"), .starts_at = STR("test") };
    for (int i = 0; i < LIMITS_MAX + 4; i++) {
        book_exec(&h, SQL("INSERT INTO deadline_rule SELECT $1, rule_set, $1, kind, type, channel,"
                          " body, level, 'test', who, amount, unit, calendar, ends, roll, yellow,"
                          " yellow_unit, extend, extend_by, pauses, priority, zh, en, source,"
                          " article, certainty, valid_from, valid_to, note, 1, 1"
                          " FROM deadline_rule WHERE id = 'product.dispute.whole'"),
                  V(arena_printf(&h.a, "many.%02d", i)));
    }
    load();
    OK_INT(codebook_limits(&h.app, &k, v), LIMITS_MAX);
    book_exec(&h, SQL("DELETE FROM deadline_rule WHERE starts_at = 'test'"));
    load();
}

static struct str due(const char *rule, int64_t org, const char *start, const char *pauses,
                      bool *provisional)
{
    struct err e = { 0 };
    struct limit_due d;
    const struct limit_rule *r = codebook_rule(&h.app, str_of(rule), DAY_NONE);
    if (!r || !codebook_due(&h.app, r, (struct id){ org }, at(start), str_of(pauses), &d, &e))
        return arena_printf(&h.a, "%s %s", r ? err_slug(e.id) : "no rule", e.field);
    if (provisional)
        *provisional = d.provisional;
    return show(d.due_at);
}

/* 2026-02-15 … 23 is the Spring Festival, the 14th and 28th are worked. */
static void counts_working_time(void)
{
    bool p;
    OK_STR(due("product.dispute.accept", 0, "2026-03-02T10:00", "", &p), "2026-03-09T17:30:00");
    OK(!p);
    OK_STR(due("product.dispute.assign", 0, "2026-02-13T16:00", "", NULL), "2026-02-14T17:30:00");
    OK_STR(due("product.dispute.assign", 0, "2026-02-14T16:00", "", NULL), "2026-02-24T17:30:00");
    OK_STR(due("product.event.accept", 0, "2026-03-02T11:30", "", NULL), "2026-03-02T15:30:00");
    OK_STR(due("product.event.accept", 0, "2026-03-06T17:00", "", NULL), "2026-03-09T10:00:00");
    OK_STR(due("protection.order", 0, "2026-03-06T17:00", "", NULL), "2026-03-09T17:00:00");
    OK_STR(due("product.dispute.accept", 0, "2026-12-30T10:00", "", &p), "2027-01-06T17:30:00");
    OK(p);
    struct stamp a = at("2026-03-06T17:00"), b = at("2026-03-09T10:00");
    OK_INT(codebook_working_minutes(&h.app, ID_NONE, a, b), 120);
    OK_INT(codebook_working_minutes(&h.app, ID_NONE, b, a), -120);
    OK_INT(codebook_working_minutes(&h.app, ID_NONE, (struct stamp){ 0 }, b), 0);
    OK_INT(codebook_working_minutes(&h.app, ID_NONE, a, (struct stamp){ 0 }), 0);
    OK_INT(codebook_working_minutes(&h.app, ID_NONE, a, (struct stamp){ INT64_MAX }), 0);
    OK_INT(codebook_working_minutes(&h.app, ID_NONE, (struct stamp){ INT64_MIN }, b), 0);
}

/* A body with days and hours of its own. */
static void keeps_own_time(void)
{
    struct day wed = day_of_civil(2026, 3, 4), thu = { wed.n + 1 };
    book_exec(&h, SQL("INSERT INTO calendar_day VALUES (7, $1, 0, 0, '', '', '', 0, 0, 1, 1),"
                      " (7, $2, 2, 0, '', '', '', 0, 0, 1, 1),"
                      " (9, $1, 0, 0, '', '', '', 0, 1, 1, 1)"), V(wed), V(thu));
    book_exec(&h, SQL("INSERT INTO org_hours VALUES (5, 'round_the_clock', 1), (7, 'evening', 1),"
                      " (8, 'no such hours', 1)"));
    load();
    OK_STR(due("product.dispute.accept", 7, "2026-03-02T10:00", "", NULL), "2026-03-10T20:30:00");
    OK_STR(due("product.event.accept", 7, "2026-03-03T20:00", "", NULL), "2026-03-05T10:00:00");
    OK_STR(due("product.dispute.accept", 5, "2026-03-06T10:00", "", NULL), "2026-03-12T00:00:00");
    OK_STR(due("product.dispute.accept", 8, "2026-03-02T10:00", "", NULL), "2026-03-09T17:30:00");
    OK_STR(due("product.dispute.accept", 9, "2026-03-02T10:00", "", NULL), "2026-03-09T17:30:00");
    OK_STR(due("product.dispute.accept", 6, "2026-03-02T10:00", "", NULL), "2026-03-09T17:30:00");
    /* a limit by the nation's calendar does not know them */
    OK_STR(due("online.choose", 7, "2026-03-03T10:00", "", NULL), "2026-03-05T20:30:00");
    OK_INT(codebook_working_minutes(&h.app, (struct id){ 7 }, at("2026-03-04T08:00"),
                                    at("2026-03-05T23:00")), 210);
    OK_INT(codebook_working_minutes(&h.app, (struct id){ 5 }, at("2026-03-07T00:00"),
                                    at("2026-03-08T00:00")), 1440);
}

static void takes_pauses(void)
{
    static const char *const bad[] = {
        "x", "-", "1", "5-x", "x-5", "-5-6", "0-6", "5--6", "99999999999999999999-1", " ", "1-2 ",
        "1772416800000-1772416700000", "1772416800000-9223372036854775807",
    };
    struct stamp from = at("2026-03-03T09:00"), to = at("2026-03-05T09:00");
    const char *two = arena_printf(&h.a, "%lld-%lld", (long long)from.ms, (long long)to.ms).p;
    OK_STR(due("product.dispute.accept", 0, "2026-03-02T10:00", two, NULL), "2026-03-11T17:30:00");
    const char *open = arena_printf(&h.a, "%lld-0", (long long)from.ms).p;
    OK(str_cmp(due("product.dispute.accept", 0, "2026-03-02T10:00", open, NULL),
               STR("2026-03-09T17:30:00")) > 0);
    for (size_t i = 0; i < COUNT(bad); i++)
        if (!OK_STR(due("product.dispute.accept", 0, "2026-03-02T10:00", bad[i], NULL),
                    "bad-value pauses"))
            printf("#   [%s]\n", bad[i]);
    struct buf b;
    buf_init(&b, 1 << 16);
    for (int i = 0; i < PAUSES_MAX + 1; i++)
        buf_addf(&b, "%s%d-%d", i ? " " : "", 100 + i, 101 + i);
    buf_add_char(&b, 0);
    OK_STR(due("product.dispute.accept", 0, "2026-03-02T10:00", b.p, NULL), "too-many pauses");
    buf_done(&b);
}

static void takes_extensions(void)
{
    struct limit_due d;
    struct err e = { 0 };
    const struct limit_rule *r = codebook_rule(&h.app, STR("product.request.handle"), DAY_NONE);
    struct stamp start = at("2026-03-02T10:00");
    OK(codebook_due_extended(&h.app, r, ID_NONE, start, STR_NONE, 10, &d, &e));
    OK_STR(show(d.due_at), "2026-03-30T17:30:00");
    OK(!codebook_due_extended(&h.app, r, ID_NONE, start, STR_NONE, -1, &d, &e));
    err_clear(&e);
    OK(!codebook_due_extended(&h.app, r, ID_NONE, start, STR_NONE, INT64_MAX, &d, &e));
    err_clear(&e);
    OK(!codebook_due(&h.app, r, ID_NONE, (struct stamp){ INT64_MAX }, STR_NONE, &d, &e));
    err_clear(&e);
    OK(!codebook_due(&h.app, r, ID_NONE, (struct stamp){ INT64_MIN }, STR_NONE, &d, &e));
}

static void tells_cost(void)
{
    enum { TIMES = 20000 };
    const struct limit_rule *v[LIMITS_MAX];
    struct limit_due d;
    struct err e = { 0 };
    struct limit_case k = { .kind = STR("dispute"), .type = STR("10"), .channel = STR("court"),
                            .starts_at = STR("file") };
    struct stamp now = stamp_now(), later = { now.ms + 30 * STAMP_DAY };
    int64_t t0 = clock_us(), sum = 0;
    for (int i = 0; i < TIMES; i++)
        sum += (int64_t)codebook_limits(&h.app, &k, v);
    int64_t t1 = clock_us();
    for (int i = 0; i < TIMES; i++)
        sum += codebook_due(&h.app, v[0], (struct id){ 7 }, now, STR_NONE, &d, &e);
    int64_t t2 = clock_us();
    for (int i = 0; i < TIMES; i++)
        sum += codebook_code(&h.app, STR("outcome"), STR("settled"), DAY_NONE) != NULL;
    int64_t t3 = clock_us();
    for (int i = 0; i < TIMES; i++)
        sum += codebook_working_minutes(&h.app, (struct id){ 7 }, now, later);
    int64_t t4 = clock_us();
    printf("# us a call: limits %.2f, due %.2f, code %.2f, minutes of 30 days %.2f (%lld)\n",
           (double)(t1 - t0) / TIMES, (double)(t2 - t1) / TIMES, (double)(t3 - t2) / TIMES,
           (double)(t4 - t3) / TIMES, (long long)sum);
}

int main(void)
{
    struct rule_counts n;
    struct err e = { 0 };
    book_open(&h);
    MUST(book_load(&h, &n, &e), &e);
    load();
    counts_every_rule();
    for (size_t i = 0; i < COUNT(choices); i++)
        check_choice(&choices[i]);
    switches_sets();
    exactness_decides();
    descendants_fit();
    room_is_bounded();
    counts_working_time();
    keeps_own_time();
    takes_pauses();
    takes_extensions();
    tells_cost();
    book_close(&h);
    return tap_end();
}
