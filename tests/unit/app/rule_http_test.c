#include "book.h"
#include "app/rule_http.h"

static struct book_home h;

struct ask { const struct route *route; const void *in; void *out; };

static bool ask_run(struct req *r, void *ctx, struct err *e)
{
    struct ask *x = ctx;
    return x->route->apply(r, x->in, x->out, e);
}

static bool then_run(struct req *r, void *ctx UNUSED, struct err *e)
{
    return !r->then_write || r->then_write(r, e);
}

/* As the dispatcher does: the write, then what comes before the answer. */
static bool send(const char *method, const char *path, const char *match, struct str p0,
                 struct str p1, const void *in, void *out, struct err *e)
{
    struct ask x = { .in = in, .out = out };
    struct req r;
    for (size_t i = 0; i < rule_table.n; i++)
        if (strcmp(rule_table.v[i].method, method) == 0
            && strcmp(rule_table.v[i].path, path) == 0)
            x.route = &rule_table.v[i];
    if (!x.route)
        abort();
    app_request(&h.app, &h.a, NULL, &r);
    r.if_match = str_of(match);
    r.param[0] = p0;
    r.param[1] = p1;
    err_clear(e);
    return app_write(&h.app, &r, ask_run, &x, e) && app_write(&h.app, &r, then_run, NULL, e);
}

#define LIMITS "/api/v1/rules/limits"
static enum err_id put_limit(const struct limit_rule *x, const char *match, const char *field)
{
    struct limit_rule out;
    struct err e = { 0 };
    bool ok = send("PUT", LIMITS, match, STR_NONE, STR_NONE, x, &out, &e);
    if (field)
        OK_STR(str_of(e.field), field);
    return ok ? ERR_OK : e.id;
}

static int64_t entries(void)
{
    return book_count(&h, SQL("SELECT COUNT(*) FROM journal WHERE home = 0 AND chain = 0"
                              " AND action = 'rule.limit'"));
}

static void changes_limits(void)
{
    struct limit_rule x = *codebook_rule(&h.app, STR("product.dispute.accept"), DAY_NONE);
    x.amount = 3;
    OK_INT(put_limit(&x, "", NULL), ERR_NEED_VERSION);
    OK_INT(put_limit(&x, "\"v9\"", NULL), ERR_PRECONDITION);
    OK_INT(entries(), 0);
    OK_INT(put_limit(&x, "\"v1\"", NULL), ERR_OK);
    OK_INT(entries(), 1);
    OK_INT(codebook_rule(&h.app, x.id, DAY_NONE)->amount, 3);
    OK(codebook_rule(&h.app, x.id, DAY_NONE)->edited);
    OK_INT(book_count(&h, SQL("SELECT COUNT(*) FROM journal_payload WHERE body LIKE"
        " '{\"before\":{%\"amount\":5,%\"after\":{%\"amount\":3,%'")), 1);
    x.id = STR("ours.accept");
    OK_INT(put_limit(&x, "", NULL), ERR_OK);
    x.valid_from = day_of_civil(2026, 1, 1);
    OK_INT(put_limit(&x, "", "valid_from"), ERR_DUPLICATE);
}

static void refuses_limits(void)
{
    const struct limit_rule good = *codebook_rule(&h.app, STR("product.dispute.take"), DAY_NONE);
    struct limit_rule x = good;
    int64_t was = entries();
#define WRONG(member, bad, why)                                       \
    x = good;                                                         \
    x.id = STR("ours.wrong");                                         \
    x.member = bad;                                                   \
    OK_INT(put_limit(&x, "", #member), why)
    WRONG(rule_set, STR("nowhere"), ERR_NOT_A_CHOICE);
    WRONG(what, STR("whatever"), ERR_NOT_A_CHOICE);
    WRONG(starts_at, STR("never"), ERR_NOT_A_CHOICE);
    WRONG(who, STR("nobody"), ERR_NOT_A_CHOICE);
    WRONG(kind, STR("dispute quarrel"), ERR_NOT_A_CHOICE);
    WRONG(type, STR("1 999"), ERR_NOT_A_CHOICE);
    WRONG(type, STR("request_type:999"), ERR_NOT_A_CHOICE);
    WRONG(type, STR(""), ERR_REQUIRED);
    WRONG(channel, STR("smoke"), ERR_NOT_A_CHOICE);
    WRONG(body, STR("guild"), ERR_NOT_A_CHOICE);
    WRONG(level, STR("galaxy"), ERR_NOT_A_CHOICE);
    WRONG(pauses, STR("tea"), ERR_NOT_A_CHOICE);
    WRONG(extend_by, STR("me"), ERR_NOT_A_CHOICE);
    WRONG(amount, 0, ERR_OUT_OF_RANGE);
    WRONG(amount, INT64_MAX, ERR_OUT_OF_RANGE);
    WRONG(yellow, -1, ERR_OUT_OF_RANGE);
    WRONG(unit, 77, ERR_BAD_VALUE);
    WRONG(id, STR("a b"), ERR_BAD_VALUE);
    x = good;
    x.id = STR("ours.wrong");
    x.valid_from = day_of_civil(2026, 2, 2);
    x.valid_to = day_of_civil(2026, 2, 1);
    OK_INT(put_limit(&x, "", "valid_to"), ERR_BAD_DATE);
    OK_INT(entries(), was);
}

static void changes_codes(void)
{
    struct code_column columns[] = { { STR("value"), STR("5") }, { STR("unit"), STR("time") } };
    const struct code_entry *old = codebook_code(&h.app, STR("number"), STR("refusals"), DAY_NONE);
    struct code_put x = { .row = *old, .columns = { columns, 2 } };
    struct code_entry out;
    struct err e = { 0 };
    OK(send("PUT", "/api/v1/rules/codes", "\"v1\"", STR_NONE, STR_NONE, &x, &out, &e));
    OK_INT(codebook_number(&h.app, "refusals", 0), 5);
    x.columns.n = 0;                    /* none sent: they stay */
    x.row.extra.json = STR_NONE;
    OK(send("PUT", "/api/v1/rules/codes", "\"v2\"", STR_NONE, STR_NONE, &x, &out, &e));
    OK_INT(codebook_number(&h.app, "refusals", 0), 5);
    x.row.parent = STR("refusals");
    OK(!send("PUT", "/api/v1/rules/codes", "\"v3\"", STR_NONE, STR_NONE, &x, &out, &e));
    OK_STR(str_of(e.field), "parent");
    columns[1].name = columns[0].name;
    x.columns.n = 2;
    OK(!send("PUT", "/api/v1/rules/codes", "\"v3\"", STR_NONE, STR_NONE, &x, &out, &e));
    OK_INT(e.id, ERR_DUPLICATE);
}

static void changes_days(void)
{
    struct calendar_row x = { .day = day_of_civil(2026, 3, 4), .kind = DAY_MORNING }, out;
    struct err e = { 0 };
    struct stamp a = stamp_of_day(x.day), b = { a.ms + STAMP_DAY };
    OK_INT(codebook_working_minutes(&h.app, ID_NONE, a, b), 420);
    OK(send("PUT", "/api/v1/rules/days", "", STR_NONE, STR_NONE, &x, &out, &e));
    OK_INT(codebook_working_minutes(&h.app, ID_NONE, a, b), 210);
    x.org.v = 12345;
    OK(!send("PUT", "/api/v1/rules/days", "", STR_NONE, STR_NONE, &x, &out, &e));
    OK_INT(e.id, ERR_NO_SUCH_REF);
    const char *day = "/api/v1/rules/days/{org}/{day}";
    OK(!send("DELETE", day, "\"v1\"", STR("0"), STR("2026-03-05"), NULL, NULL, &e));
    OK_INT(e.id, ERR_NOT_FOUND);
    OK(!send("DELETE", day, "\"v1\"", STR("x"), STR("2026-03-04"), NULL, NULL, &e));
    OK(!send("DELETE", day, "", STR("0"), STR("2026-03-04"), NULL, NULL, &e));
    OK_INT(e.id, ERR_NEED_VERSION);
    OK(send("DELETE", day, "\"v1\"", STR("0"), STR("2026-03-04"), NULL, NULL, &e));
    OK_INT(codebook_working_minutes(&h.app, ID_NONE, a, b), 420);
}

static void switches_sets(void)
{
    struct rule_set { struct str code, zh, en; bool on; } x = { .on = true }, out;
    const struct limit_rule *v[LIMITS_MAX];
    struct limit_case k = { .kind = STR("event"), .starts_at = STR("take") };
    struct err e = { 0 };
    const char *path = "/api/v1/rules/sets/{set}";
    OK(codebook_limits(&h.app, &k, v) == 1 && str_is(v[0]->id, "product.event.handle"));
    OK(send("PUT", path, "", STR("city"), STR_NONE, &x, &out, &e) && out.on);
    OK(codebook_limits(&h.app, &k, v) == 1 && str_is(v[0]->id, "city.event.handle"));
    OK(!send("PUT", path, "", STR("atlantis"), STR_NONE, &x, &out, &e));
    OK_INT(e.id, ERR_NOT_FOUND);
}

int main(void)
{
    struct rule_counts n;
    struct err e = { 0 };
    book_open(&h);
    MUST(book_load(&h, &n, &e), &e);
    MUST(codebook_load(&h.app, &e), &e);
    changes_limits();
    refuses_limits();
    changes_codes();
    changes_days();
    switches_sets();
    MUST(book_load(&h, &n, &e), &e);    /* what was changed here stays */
    OK_INT(n.added + n.changed + n.ended, 0);
    OK(n.kept >= 3);
    book_close(&h);
    return tap_end();
}
