/* Exports: what leaves, who is told of it, and in how much memory. */
#include "unit/city.h"
#include "app/job.h"
#include "exchange/export.h"
#include "matter/overdue.h"

static struct id asked(const char *login, const char *list, const char *filter)
{
    struct told t = call(login, STR("POST /api/v1/exports"),
        text("{\"list\":\"%s\",\"filter\":\"%s\",\"format\":\"csv\"}", list, filter).p, 0);
    DONE(t);
    return t.e.id ? ID_NONE : ((const struct job *)t.out)->id;
}
static void work(void)
{
    struct err e = { 0 };
    bool more = true;
    while (more && OK(jobs_run(&town.app, &more, &e)))
        ;
}
static struct str file_of(struct id job)
{
    const char *path = export_path(&town.app, &town.a, job, STR("csv"));
    char *p = arena_alloc(&town.a, 8 << 20);
    FILE *f = fopen(path, "re");
    size_t n = f ? fread(p, 1, 8 << 20, f) : 0;
    if (f)
        fclose(f);
    return (struct str){ p, n };
}
static size_t lines(struct str s)
{
    size_t n = 0;
    for (size_t i = 0; i < s.n; i++)
        n += s.p[i] == '\n';
    return n;
}

static void test_export__is_the_askers_list_and_leaves_access_rows(void)
{
    struct case_file mine = filed(DISPATCHER, NEIGHBOURS), other = filed("clerk.dali", NEIGHBOURS);
    struct id job = asked("clerk.guicheng", "/api/v1/matters", "kind=dispute");
    work();
    struct str out = file_of(job);
    OK(has(out, mine.number.p) && has(out, "楼上漏水") && !has(out, other.number.p));
    OK(!has(out, "13812345678") && !has(out, "19900000201"));
    int64_t me = who_of("clerk.guicheng")->account.v;
    OK_INT(ASK(SQL("SELECT COUNT(*) FROM access WHERE matter = $1 AND account = $2"
                   " AND what = 'export'"), V(mine.id), V(me)), 1);
    OK_INT(ASK(SQL("SELECT COUNT(*) FROM access WHERE matter = $1"), V(other.id)), 0);
    struct str file = text("/api/v1/exports/%lld/file", (long long)job.v);
    DONE(get("clerk.guicheng", file));
    REFUSED(get(DISPATCHER, file), ERR_NOT_FOUND, "");
    job = asked("clerk.dali", "/api/v1/work/items", "bucket=to_accept");
    work();
    OK(has(file_of(job), other.number.p));
    OK_INT(ASK(SQL("SELECT COUNT(*) FROM access WHERE matter = $1 AND what = 'export'"),
               V(other.id)), 1);
}

static void test_export__has_no_title_for_readers_of_the_envelope(void)
{
    struct case_file c = filed(DISPATCHER, NEIGHBOURS);
    struct err e = { 0 };
    bool more = false;
    DO(SQL("UPDATE deadline SET due_at = 1000, look_at = 1000 WHERE matter = $1 AND what = 'accept'"), V(c.id));
    OK(overdue_run(&town.app, &more, &e));
    town_now = stamp_now();
    struct id job = asked("clerk.nanhai", "/api/v1/matters", "");
    work();
    OK(has(file_of(job), c.number.p) && !has(file_of(job), "楼上漏水"));
}

static void test_export__is_refused(void)
{
    static const struct { const char *who, *list, *filter; enum err_id id; } rows[] = {
        { "leader.guicheng", "/api/v1/matters", "", ERR_DENIED },
        { HANDLER, "/api/v1/matters", "", ERR_DENIED },
        { RESIDENT, "/api/v1/door/matters", "", ERR_DENIED },
        { DISPATCHER, "/api/v1/matters/1", "", ERR_NO_SUCH_REF },
        { DISPATCHER, "/api/v1/../etc/passwd", "", ERR_NO_SUCH_REF },
        { DISPATCHER, "", "", ERR_REQUIRED },
        { DISPATCHER, "/api/v1/accounts", "", ERR_DENIED },
        { DISPATCHER, "/api/v1/matters", "kind=quarrel", ERR_NOT_A_CHOICE },
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct told t = call(rows[i].who, STR("POST /api/v1/exports"),
            text("{\"list\":\"%s\",\"filter\":\"%s\"}", rows[i].list, rows[i].filter).p, 0);
        if (!REFUSED(t, rows[i].id, ""))
            printf("#   row %zu\n", i);
    }
}

/* As the owner is when it runs: a post that ended meanwhile exports nothing. */
static void test_export__goes_by_the_post_as_it_is_then(void)
{
    struct id job = asked("dispatcher.dali", "/api/v1/matters", "");
    DO(SQL("UPDATE post SET valid_to = valid_from WHERE id = $1"), V(who_of("dispatcher.dali")->post));
    work();
    OK_INT(ASK(SQL("SELECT state FROM job WHERE id = $1"), V(job)), JOB_FAILED);
    OK_INT(file_of(job).n, 0);
}

/* Memory that is the process's own, in KiB. */
static int64_t rss_anon(void)
{
    char line[256];
    long long kib = -1;
    FILE *f = fopen("/proc/self/status", "re");
    while (f && fgets(line, sizeof line, f))
        if (sscanf(line, "RssAnon: %lld", &kib) == 1)
            break;
    if (f)
        fclose(f);
    return kib;
}
static bool many(struct req *r, void *ctx, struct err *e)
{
    const struct case_file *c = ctx;
    for (int64_t i = 1; i <= 20000; i++)
        if (!db_exec(r->c, e, NULL,
                SQL("INSERT INTO matter (id, home, number, pin, client_ref, kind, state, source,"
                    " type, type_raw, title, story, area, path, place, people, amount, danger,"
                    " filed_by, filed_org, owner, lead, handler, round, happened_at, filed_at,"
                    " accepted_at, concluded_at, replied_at, closed_at, due_at, yellow_at,"
                    " paused_at, batch, journal_seq, journal_head, version)"
                    " SELECT id + $2, home, number || '-' || CAST($2 AS TEXT), pin, '', kind,"
                    " state, source, type, type_raw, title, story, area, path, place, people,"
                    " amount, danger, filed_by, filed_org, owner, lead, handler, round,"
                    " happened_at, filed_at, accepted_at, concluded_at, replied_at, closed_at,"
                    " due_at, yellow_at, paused_at, batch, journal_seq, journal_head, version"
                    " FROM matter WHERE id = $1"), V(c->id), V(i)))
            return false;
    return db_exec(r->c, e, NULL,
        SQL("INSERT INTO sight (home, holder, matter, grade, why, since, until)"
            " SELECT m.home, m.owner, m.id, 3, 0, 1, 0 FROM matter m WHERE m.id > $1"
            " AND m.id <= $2"), V(c->id), V(c->id.v + 20000));
}
static void test_export__needs_no_more_memory_for_more_rows(void)
{
    struct case_file c = filed("clerk.chancheng", NEIGHBOURS);
    asked("clerk.chancheng", "/api/v1/matters", "");
    work();
    OK_INT(city_write(&town, many, &c), ERR_OK);
    struct id job = asked("clerk.chancheng", "/api/v1/matters", "");
    int64_t before = rss_anon();
    work();
    int64_t grown = rss_anon() - before;
    printf("# %lld KiB more\n", (long long)grown);
    OK(before > 0 && grown < 16 << 10);
    OK_INT(lines(file_of(job)), 20002);
    OK_INT(ASK(SQL("SELECT COUNT(*) FROM access WHERE what = 'export' AND account = $1"),
               V(who_of("clerk.chancheng")->account)), 20001);
}

int main(void)
{
    town_open();
    test_export__is_the_askers_list_and_leaves_access_rows();
    test_export__has_no_title_for_readers_of_the_envelope();
    test_export__is_refused();
    test_export__goes_by_the_post_as_it_is_then();
    test_export__needs_no_more_memory_for_more_rows();
    return town_close();
}
