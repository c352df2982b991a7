/* What an older program left, with rows in it: the program of today brings it to its own
 * schema and every row is as it was. A step that was changed afterwards is refused, and so is,
 * by every command, what a newer program left. */
#include "steps.h"
#include <fcntl.h>
#include <ftw.h>
#include <sys/wait.h>

/* Rows by the step that made their table, as a program of then wrote them: columns that
 * later programs read by their defaults are left out. */
static const struct { int64_t step; const char *text; } rows[] = {
    { 2, "INSERT INTO setting VALUES ('older', 'kept; it''s');" },
    { 3, "INSERT INTO area VALUES (9000000031, 0, 4, 'town', '桂城街道', '桂城', 'gc', '/31/', 20000, 0, 0, 1);" },
    { 4, "INSERT INTO account VALUES (41, 31, 'li.na', '李娜', 0, 0, 0, 'sealed', 'hash', 0, '', 0, 0,"
         " 1700000000000, 3);"
         "INSERT INTO post VALUES (42, 31, 41, 51, 3, 20000, 0, 0, 0, 0, 1);" },
    { 5, "INSERT INTO matter (id, home, number, pin, client_ref, kind, state, source, type, type_raw,"
         " title, story, area, path, place, people, amount, danger, filed_by, filed_org, owner, lead,"
         " handler, round, happened_at, filed_at, accepted_at, concluded_at, replied_at, closed_at,"
         " due_at, yellow_at, paused_at, batch, journal_seq, journal_head, version) VALUES"
         " (61, 31, '4406262311140001', 'pinhash', 'ref-1', 0, 1, 'counter', '2', '', '楼上漏水',"
         " '天花发霉', 31, '/31/', '2-301', 2, 150000, 0, 41, 51, 51, 0, 0, 1, 1700000000000,"
         " 1700000000000, 1700000100000, 0, 0, 0, 1705000000000, 1704000000000, 0, 0, 0,"
         " CAST('32 bytes of a hash, as they stand' AS BLOB), 2);"
         "INSERT INTO party (id, home, matter, no, role, kind, name, phone, id_kind, id_number, address,"
         " channel, account, agent_for, answer, answered_at, left_at, version) VALUES"
         " (62, 31, 61, 1, 0, 0, '周玉珍', 'sealed', '', '', '', 2, 0, 0, 0, 0, 0, 1);"
         "INSERT INTO sight (home, holder, matter, grade, why, since, until) VALUES"
         " (31, 51, 61, 3, 0, 1700000000000, 0);" },
    { 7, "INSERT INTO notice VALUES (71, 31, 41, 0, 61, 0, 'f1', 'offered', 0, '4406262311140001', 0, 1,"
         " 0, 0, 0, 1700000000000, 0);" },
    { 10, "INSERT INTO conclusion (id, home, matter, round, form, routes, summary, concluded_by, at)"
          " VALUES (101, 31, 61, 1, 1, 'court', '双方同意', 41, 1700000200000);" },
};

static bool add_rows(void *ctx, struct db_conn *c, struct err *e)
{
    int64_t last = *(int64_t *)ctx;
    for (size_t i = 0; i < COUNT(rows); i++) {
        AUTO(buf_done) struct buf b;
        buf_init(&b, 1 << 16);
        if (rows[i].step <= last
            && (!migrate_translate(db_conn_engine(c), str_of(rows[i].text), &b, e)
                || !db_script(c, buf_str(&b), e)))
            return false;
    }
    return true;
}

struct look { struct arena *a; struct db_val sql; struct str s; };
static bool look(void *ctx, struct db_conn *c, struct err *e)
{
    struct look *x = ctx;
    return db_text(c, e, x->a, &x->s, x->sql);
}
static struct str text_of(struct db *db, struct arena *a, struct db_val sql)
{
    struct err e = { 0 };
    struct look x = { .a = a, .sql = sql };
    if (!OK(read_do(db, look, &x, &e)))
        printf("# %s %s\n", err_slug(e.id), e.detail);
    return x.s;
}

/* The program on that database; its exit code, and what it says in *said. */
static int run(const struct home *h, const char *line, struct arena *a, struct str *said)
{
    struct str rest = str_of(line), word;
    const char *argv[16] = { PROGRAM };
    int n = 1;
    for (; rest.n && n < 10; argv[n++] = arena_cstr(a, word))
        (void)str_cut(rest, ' ', &word, &rest);
    const char *log = arena_printf(a, "%s/said", h->dir).p,
               *data = arena_printf(a, "data=%s/data", h->dir).p,
               *database = arena_printf(a, "database=%s", h->url).p;
    int status = 0;
    argv[n++] = "--set";
    argv[n++] = data;
    argv[n++] = "--set";
    argv[n++] = database;
    pid_t pid = fork();
    if (pid == 0) {
        int fd = open(log, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
        dup2(fd, 1);
        dup2(fd, 2);
        execv(PROGRAM, (char *const *)(uintptr_t)argv);
        _exit(127);
    }
    OK(pid > 0 && waitpid(pid, &status, 0) == pid);
    *said = read_whole(a, log);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

static struct db *older(const struct home *h, const struct migration *steps, size_t n)
{
    struct err e = { 0 };
    int64_t last = steps[n - 1].no;
    struct db *db = db_fresh(h, (struct db_options){ .readers = 1, .workers = 1 });
    MUST(db_migrate(db, steps, n, NULL, &e), &e);
    MUST(write_do(db, add_rows, &last, &e), &e);
    return db;
}

static struct db *again(const struct home *h)
{
    struct err e = { 0 };
    struct db *db = db_open(&(struct db_options){ .url = str_of(h->url), .readers = 1, .workers = 1 }, &e);
    if (!db)
        abort();
    return db;
}

/* What of each table must be as it was. */
static void all_kept(struct db *db, int64_t last, struct arena *a)
{
    const struct { int64_t step; struct db_val sql; const char *want; } kept[] = {
        { 2, SQL("SELECT value FROM setting WHERE name = 'older'"), "kept; it's" },
        { 3, SQL("SELECT name || path || CAST(valid_from AS TEXT) FROM area WHERE id = 9000000031"),
          "桂城街道/31/20000" },
        { 4, SQL("SELECT a.name || a.phone || CAST(a.version + p.role AS TEXT) FROM account a"
                 " JOIN post p ON p.account = a.id WHERE a.id = 41"), "李娜sealed6" },
        { 5, SQL("SELECT m.number || m.title || m.story || p.name || CAST(m.amount + s.grade AS TEXT)"
                 " FROM matter m JOIN party p ON p.matter = m.id JOIN sight s ON s.matter = m.id"
                 " WHERE m.id = 61"), "4406262311140001楼上漏水天花发霉周玉珍150003" },
        { 7, SQL("SELECT rule || text FROM notice WHERE id = 71"), "offered4406262311140001" },
        { 10, SQL("SELECT summary || routes FROM conclusion WHERE matter = 61"), "双方同意court" },
    };
    for (size_t i = 0; i < COUNT(kept); i++)
        if (kept[i].step <= last)
            OK_STR(text_of(db, a, kept[i].sql), kept[i].want);
}

static int forget(const char *path, const struct stat *st UNUSED, int flag UNUSED, struct FTW *at UNUSED)
{
    return remove(path);
}

/* From a step a program stopped at; from the last but one a city then works in it. */
static void test_older__is_brought_to_today(const struct migration *steps, size_t n, size_t had)
{
    AUTO(arena_done) struct arena a = { 0 };
    struct home h;
    struct str said;
    home_make(&h);
    db_close(older(&h, steps, had));
    if (!OK_INT(run(&h, "migrate", &a, &said), 0))
        printf("# from %s: %.*s\n", steps[had - 1].name, STR_ARG(said));
    struct db *db = again(&h);
    all_kept(db, steps[had - 1].no, &a);
    OK_STR(text_of(db, &a, SQL("SELECT CAST(COUNT(*) AS TEXT) FROM schema_step")),
           arena_printf(&a, "%zu", n).p);
    db_close(db);
    OK_INT(run(&h, "migrate", &a, &said), 0);
    if (had == n - 1) {
        static const char *const then[] = { "demo", "check" };
        for (size_t i = 0; i < COUNT(then); i++)
            if (!OK_INT(run(&h, then[i], &a, &said), 0))
                printf("# %s: %.*s\n", then[i], STR_ARG(said));
        db = again(&h);
        all_kept(db, steps[had - 1].no, &a);
        db_close(db);
    }
    nftw(h.dir, forget, 16, FTW_DEPTH | FTW_PHYS);
}

/* What was there at step last is there, and steps_n steps stand in the list. */
static void is_untouched(struct home *h, int64_t last, size_t steps_n, struct arena *a)
{
    struct db *db = again(h);
    all_kept(db, last, a);
    OK_STR(text_of(db, a, SQL("SELECT CAST(COUNT(*) AS TEXT) FROM schema_step")),
           arena_printf(a, "%zu", steps_n).p);
    db_close(db);
    nftw(h->dir, forget, 16, FTW_DEPTH | FTW_PHYS);
}

/* Changed since: neither the database's step nor any later one is touched. */
static void test_changed__is_refused(const struct migration *steps, size_t had)
{
    AUTO(arena_done) struct arena a = { 0 };
    struct home h;
    struct str said;
    struct err e = { 0 };
    static char other[] = "UPDATE schema_step SET checksum = 'of another text' WHERE no = 3;";
    home_make(&h);
    struct db *db = older(&h, steps, had);
    MUST(write_do(db, script_do, other, &e), &e);
    db_close(db);
    OK(run(&h, "migrate", &a, &said) != 0);
    if (!OK(str_find(said, STR("0003_place.sql")) < said.n))
        printf("# %.*s\n", STR_ARG(said));
    is_untouched(&h, steps[had - 1].no, had, &a);
}

/* Every command that opens a database, serve among them; the others do not look at it. */
static const struct { const char *line; int code; } lines[] = {
    { "serve --set desk=127.0.0.1:0", 3 }, { "area import " SQL_DIR "README.md", 3 }, { "demo", 3 },
    { "migrate", 3 }, { "import " SQL_DIR "README.md --as one --ledger 12345 --source hotline", 3 },
    { "export matters --as one", 3 }, { "timeline 1 --as one", 3 }, { "account list", 3 },
    { "verify", 3 }, { "check --repair", 3 }, { "checkpoint", 3 }, { "backup nowhere", 3 },
    { "config", 0 }, { "version", 0 }, { "nothing", 2 },
};

static void test_newer__is_refused_by_every_command(const struct migration *steps, size_t n)
{
    AUTO(arena_done) struct arena a = { 0 };
    struct home h;
    struct str said;
    struct err e = { 0 };
    static char newer[] = "INSERT INTO schema_step VALUES (9999, '9999_later.sql', 'sum', 1);"
                          "CREATE TABLE later (id BIGINT NOT NULL);";
    home_make(&h);
    struct db *db = older(&h, steps, n - 1);
    MUST(write_do(db, script_do, newer, &e), &e);
    db_close(db);
    for (size_t i = 0; i < COUNT(lines); i++) {
        bool ok = OK_INT(run(&h, lines[i].line, &a, &said), lines[i].code);
        if (lines[i].code == 3)
            ok = OK(str_find(said, STR("9999_later.sql")) < said.n
                    && str_find(said, STR("本程序版本较旧")) < said.n
                    && str_find(said, STR("too old for it")) < said.n) && ok;
        if (!ok)
            printf("# %s: %.*s\n", lines[i].line, STR_ARG(said));
    }
    is_untouched(&h, steps[n - 2].no, n, &a);
}

/* Until the program that writes to the log says what. */
static bool await_word(const char *log, struct str what)
{
    bool is = false;
    for (int i = 0; !is && i < 600; i++) {
        AUTO(arena_done) struct arena a = { 0 };
        usleep(100000);
        struct str said = access(log, R_OK) == 0 ? read_whole(&a, log) : STR_NONE;
        is = said.n && str_find(said, what) < said.n;
    }
    return is;
}

/* A newer program migrates while this one serves: it stops by itself, and says why. */
static void test_newer__stops_a_server_that_runs(const struct migration *steps, size_t n)
{
    AUTO(arena_done) struct arena a = { 0 };
    struct home h;
    struct str said;
    struct err e = { 0 };
    static char newer[] = "INSERT INTO schema_step VALUES (9999, '9999_later.sql', 'sum', 1);";
    int status = 0;
    home_make(&h);
    db_close(older(&h, steps, n));
    pid_t pid = fork();
    if (pid == 0) {
        struct db *db = again(&h);
        bool ok = await_word(arena_printf(&a, "%s/said", h.dir).p, STR("serve.start"))
               && write_do(db, script_do, newer, &e);
        db_close(db);
        _exit(!ok);
    }
    OK_INT(run(&h, "serve --set desk=127.0.0.1:0", &a, &said), 3);
    OK(waitpid(pid, &status, 0) == pid && status == 0);
    if (!OK(str_find(said, STR("serve.stop")) < said.n
            && str_find(said, STR("9999_later.sql")) < said.n))
        printf("# %.*s\n", STR_ARG(said));
    nftw(h.dir, forget, 16, FTW_DEPTH | FTW_PHYS);
}

int main(void)
{
    AUTO(arena_done) struct arena a = { 0 };
    struct migration steps[STEPS_MAX];
    size_t n = steps_read(&a, steps);
    for (size_t had = n - 1; had >= 2 && had < n; had -= 3)
        test_older__is_brought_to_today(steps, n, had);
    test_changed__is_refused(steps, 7);
    test_newer__is_refused_by_every_command(steps, n);
    test_newer__stops_a_server_that_runs(steps, n);
    return tap_end();
}
