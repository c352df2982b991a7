/* A ledger from a file: each row is in or has its error, a second run changes nothing. */
#include "unit/city.h"
#include "app/job.h"
#include "exchange/import_db.h"
#include "exchange/import_tool.h"
#include "exchange/ledger_row.h"

static struct ledger_import run(const char *login, const char *ledger, const char *rows, bool file)
{
    struct err e = { 0 };
    struct req r = as(login);
    struct id id = ID_NONE;
    struct ledger_import m = { 0 };
    struct str path = text("%s/%s.csv", town.dir, ledger);
    FILE *f = fopen(path.p, "we");
    if (!OK(f != NULL))
        return m;
    fputs(rows, f);
    fclose(f);
    struct import_ask ask = { path.p, str_of(ledger), STR("request"), STR("hotline") };
    if (!OK(import_prepare(&town.app, &r, &ask, &id, &e)))
        printf("# %s %s\n", err_slug(e.id), e.detail);
    DO(SQL("INSERT INTO job (id, home, kind, state, owner, post, params, result, done, total,"
           " lease, lease_until, tries, run_after, created_at, ended_at)"
           " VALUES ($1, $2, 'import', 0, $3, $4, $5, '', 0, 0, '', 0, 0, 0, 0, 0)"),
       V(id_make()), V(town.app.home), V(r.who->account), V(r.who->post),
       V(text("{\"import\":\"%lld\",\"run\":%s}", (long long)id.v, file ? "true" : "false")));
    bool more = true;
    while (more && OK(jobs_run(&town.app, &more, &e)))
        ;
    m.id = id;
    m.state = (unsigned)ASK(SQL("SELECT state FROM ledger_import WHERE id = $1"), V(id));
    m.rows = ASK(SQL("SELECT rows FROM ledger_import WHERE id = $1"), V(id));
    m.bad = ASK(SQL("SELECT bad FROM ledger_import WHERE id = $1"), V(id));
    m.filed = ASK(SQL("SELECT filed FROM ledger_import WHERE id = $1"), V(id));
    m.same = ASK(SQL("SELECT same FROM ledger_import WHERE id = $1"), V(id));
    return m;
}
/* Whether that row has that error, in that column. */
static bool told(struct ledger_import m, int64_t row, const char *slug, const char *column)
{
    return ASK(SQL("SELECT COUNT(*) FROM import_error WHERE import = $1 AND row = $2 AND slug = $3"
                   " AND title = $4 AND zh <> '' AND en <> ''"), V(m.id), V(row),
               V(str_of(slug)), V(str_of(column))) == 1;
}

#define HEAD "工单编号,主题,内容,电话,姓名,镇街,来电时间\n"
static const char *const good = HEAD
    "A1,路灯不亮,巷口三盏,13800000001,王一,桂城街道,2026-01-05 09:30\n"
    "A2,噪声,夜间施工,13800000002,王二,440605011001,2026-01-06 10:00\n";

static void test_import__files_once(void)
{
    const char *who = "clerk.guicheng";
    struct ledger_import m = run(who, "12345", good, false);
    OK(m.state == IMPORT_CHECKED && m.rows == 2 && m.bad == 0 && m.filed == 0);
    OK_INT(ASK(SQL("SELECT COUNT(*) FROM matter WHERE source = 'hotline'")), 0);
    m = run(who, "12345", good, true);
    OK(m.state == IMPORT_DONE && m.rows == 2 && m.filed == 2 && m.bad == 0);
    OK_INT(ASK(SQL("SELECT COUNT(*) FROM matter WHERE source = 'hotline'")), 2);
    OK_INT(ASK(SQL("SELECT COUNT(*) FROM matter WHERE title = '路灯不亮' AND owner = $1"
                   " AND filed_at = 1767576600000"), V(who_of(who)->org)), 1);
    OK(has(get(who, STR("/api/v1/matters?q=路灯")).json, "路灯不亮"));
    m = run(who, "12345", good, true);
    OK(m.filed == 0 && m.same == 2 && m.bad == 0);
    OK_INT(ASK(SQL("SELECT COUNT(*) FROM matter WHERE source = 'hotline'")), 2);
    m = run(who, "12345 of another year", good, true);
    OK_INT(m.filed, 2);
}

static void test_import__names_row_and_column(void)
{
    struct ledger_import m = run("clerk.guicheng", "bad", HEAD
        "B1,路灯,x,13800000001,王一,桂城街道,2026-01-05\n"
        "B2,路灯,x,不详,王二,桂城街道,2026-01-05\n"
        "B3,路灯,x,13800000003,王三,亚特兰蒂斯,2026-01-05\n"
        "B4,,,13800000004,王四,桂城街道,2026-01-05\n"
        "B5,路灯,x,13800000005,王五,桂城街道,昨天\n"
        "B6,路灯,x,13800000006,王六,桂城街道,2126-01-05\n", true);
    OK_INT(m.rows, 6);
    OK_INT(m.filed, 1);
    OK_INT(m.bad, 5);
    OK(told(m, 3, "bad-phone", "电话"));
    OK(told(m, 4, "no-such-reference", "镇街"));
    OK(told(m, 5, "required", "主题"));
    OK(told(m, 6, "bad-time", "来电时间"));
    OK(told(m, 7, "out-of-range", "来电时间"));
    OK_INT(ASK(SQL("SELECT COUNT(*) FROM import_row WHERE ledger = 'bad'")), 1);
}

static void test_import__tells_a_row_that_changed(void)
{
    const char *who = "clerk.guicheng";
    run(who, "moving", HEAD "C1,井盖,松动,13800000001,王一,桂城街道,2026-01-05\n", true);
    struct ledger_import m = run(who, "moving",
        HEAD "C1,井盖,不见了,13800000001,王一,桂城街道,2026-01-05\n", true);
    OK(m.filed == 0 && m.bad == 1 && told(m, 2, "row-changed", ""));
    OK_INT(ASK(SQL("SELECT COUNT(*) FROM matter WHERE title = '井盖'")), 1);
    OK_STR(ASK_TEXT(SQL("SELECT story FROM matter WHERE title = '井盖'")), "松动");
}

/* Without a reference the content is it: the same row again is the same. */
static void test_import__knows_rows_without_a_reference(void)
{
    const char *rows = "主题,内容\n无名一,甲\n无名二,乙\n无名一,甲\n";
    struct ledger_import m = run("clerk.dali", "plain", rows, true);
    OK_INT(m.rows, 3);
    OK_INT(ASK(SQL("SELECT COUNT(*) FROM matter WHERE title LIKE '无名%'")), 2);
    m = run("clerk.dali", "plain", rows, true);
    OK(m.filed == 0 && m.same == 3);
    OK_INT(ASK(SQL("SELECT COUNT(*) FROM matter WHERE title LIKE '无名%'")), 2);
}

static void test_import__fills_more_than_one_batch(void)
{
    struct buf b;
    buf_init(&b, 1 << 20);
    buf_add(&b, STR(HEAD));
    for (int i = 0; i < 150; i++)
        buf_addf(&b, "D%d,批量%d,x,13800000001,王,桂城街道,2026-01-05\n", i, i);
    buf_add_char(&b, '\0');
    struct ledger_import m = run("clerk.guicheng", "many", b.p, true);
    buf_done(&b);
    OK(m.rows == 150 && m.filed == 150 && m.bad == 0);
    OK_INT(ASK(SQL("SELECT COUNT(DISTINCT number) FROM matter WHERE title LIKE '批量%'")), 150);
}

static void test_import__needs_its_owner(void)
{
    struct ledger_import m = run("clerk.guicheng", "mine", good, false);
    struct str path = text("/api/v1/imports/%lld", (long long)m.id.v);
    DONE(get("clerk.guicheng", path));
    REFUSED(get("clerk.dali", path), ERR_NOT_FOUND, "");
    REFUSED(get(HANDLER, path), ERR_DENIED, "");
    struct told t = get("clerk.guicheng", path);
    struct str put = text("PUT %s", path.p);
    REFUSED(call("clerk.guicheng", put, "{\"ledger\":\"mine\",\"mapping\":[\"ref\"]}",
                 t.r.version), ERR_OUT_OF_RANGE, "mapping");
    REFUSED(call("clerk.guicheng", put, "{\"ledger\":\"mine\",\"mapping\":[\"ref\",\"title\","
        "\"title\",\"\",\"\",\"\",\"\"]}", t.r.version), ERR_NOT_A_CHOICE, "");
    REFUSED(call("clerk.guicheng", put, "{\"ledger\":\"mine\"}", 99), ERR_PRECONDITION, "");
}

static void test_ledger_guess__knows_names_labels_and_synonyms(void)
{
    static const struct { const char *header, *field; } rows[] = {
        { "title", "title" }, { " 标题 ", "title" }, { "Title", "title" }, { "留言主题", "title" },
        { "联系电话", "applicant_phone" }, { "PHONE", "applicant_phone" }, { "备注", NULL },
        { "", NULL },
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        const struct field *f = ledger_guess(str_of(rows[i].header));
        OK(rows[i].field ? f && !strcmp(f->name, rows[i].field) : f == NULL);
    }
    struct str twice[] = { STR("主题"), STR("标题"), STR("备注") };
    struct strs v = ledger_guess_all(&town.a, (struct strs){ twice, 3 });
    OK(v.n == 3 && str_is(v.v[0], "title") && v.v[1].n == 0 && v.v[2].n == 0);
}

int main(void)
{
    town_open();
    test_ledger_guess__knows_names_labels_and_synonyms();
    test_import__files_once();
    test_import__names_row_and_column();
    test_import__tells_a_row_that_changed();
    test_import__knows_rows_without_a_reference();
    test_import__fills_more_than_one_batch();
    test_import__needs_its_owner();
    return town_close();
}
