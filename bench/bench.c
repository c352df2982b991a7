/* bench PROGRAM TOOLS [quick]: what requests cost, beside what they could cost.
 *
 * For cities of 10,000, 100,000 and 1,000,000 matters (quick: 10,000) on SQLite:
 * filing, reading (again; and a first look, which is recorded), the list of 20, the
 * badges, a search by two characters and accepting, by 1, 8 and 32 clients; then the
 * same clients against bare libmicrohttpd, and libmicrohttpd with one SELECT of the
 * row, and the rows of one filing straight into SQLite. Client and server share the
 * machine, in every line alike. Markdown on standard output. */
#include "bench.h"
#include "api/host.h"
#include "base/stamp.h"
#include <signal.h>
#include <sqlite3.h>
#include <stdatomic.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

enum { IDS_MAX = 60000, AGAIN = 200, WARM_MS = 10000 };

struct bench {
    struct host h;
    struct arena a;
    const char *tools;
    int64_t ms;                         /* a measurement */
    struct target target;
    char auth[512], db[200], org[24];
    int64_t ids[IDS_MAX];               /* what the clerk may see */
    int64_t ids_n;
    int64_t made[IDS_MAX];              /* what was filed, to be accepted */
    atomic_llong made_n;
    int64_t seen;                       /* ids looked at so far */
    double list_small, badge_small;     /* of the first city, for the ratio */
};

/* ---- the requests ---- */

static bool ask_create(struct load *x, void *ctx, int64_t i)
{
    struct bench *b = ctx;
    char body[600];
    int64_t id;
    snprintf(body, sizeof body, "{\"kind\":\"dispute\",\"title\":\"楼上漏水 %lld\",\"story\":"
             "\"本人住在桂花园小区3栋，楼上漏水多次协商没有结果，希望有人上门查看。\",\"parties\":"
             "[{\"role\":\"applicant\",\"kind\":\"person\",\"name\":\"张三\"},"
             "{\"role\":\"respondent\",\"kind\":\"person\",\"name\":\"李四\"}],"
             "\"claims\":[{\"text\":\"赔偿\",\"amount\":100000}]}", (long long)i);
    if (load_ask(x, "POST", "/api/v1/matters", "", str_of(body)) != 201
        || !str_to_i64(load_member(x->body, "id"), &id))
        return false;
    int64_t at = b->made_n++;
    if (at < IDS_MAX)
        b->made[at] = id;
    return true;
}

static bool read_one(struct load *x, int64_t id)
{
    char path[80];
    snprintf(path, sizeof path, "/api/v1/matters/%lld", (long long)id);
    return load_ask(x, "GET", path, "", STR("")) == 200;
}

static bool ask_again(struct load *x, void *ctx, int64_t i)
{
    struct bench *b = ctx;
    return read_one(x, b->ids[i % MIN(b->ids_n, (int64_t)AGAIN)]);
}

static bool ask_first(struct load *x, void *ctx, int64_t i)
{
    struct bench *b = ctx;
    return read_one(x, b->ids[b->seen + i]);
}

static bool ask_list(struct load *x, void *ctx UNUSED, int64_t i UNUSED)
{
    return load_ask(x, "GET", "/api/v1/work/items?bucket=to_accept&limit=20", "", STR("")) == 200;
}

static bool ask_newest(struct load *x, void *ctx UNUSED, int64_t i UNUSED)
{
    return load_ask(x, "GET", "/api/v1/matters?limit=20", "", STR("")) == 200;
}

static bool ask_badges(struct load *x, void *ctx UNUSED, int64_t i UNUSED)
{
    return load_ask(x, "GET", "/api/v1/work", "", STR("")) == 200;
}

static bool ask_search(struct load *x, void *ctx UNUSED, int64_t i)
{
    static const char *const words[] = { "%E6%BC%8F%E6%B0%B4", "%E5%8E%8B%E9%87%91",
                                         "%E8%B7%AF%E7%81%AF", "%E5%A9%9A%E5%A7%BB" };
    char path[100];
    snprintf(path, sizeof path, "/api/v1/matters?limit=20&q=%s", words[i % 4]);
    return load_ask(x, "GET", path, "", STR("")) == 200;
}

static bool ask_doubles(struct load *x, void *ctx, int64_t i)
{
    struct bench *b = ctx;
    char path[80];
    snprintf(path, sizeof path, "/api/v1/matters/%lld/doubles",
             (long long)b->ids[i % MIN(b->ids_n, (int64_t)AGAIN)]);
    return load_ask(x, "GET", path, "", STR("")) == 200;
}

static bool ask_accept(struct load *x, void *ctx, int64_t i)
{
    struct bench *b = ctx;
    char path[100];
    snprintf(path, sizeof path, "/api/v1/matters/%lld/actions/accept", (long long)b->made[i]);
    return load_ask(x, "POST", path, "If-Match: \"v1\"\r\n", STR("{}")) == 200;
}

static bool ask_root(struct load *x, void *ctx UNUSED, int64_t i UNUSED)
{
    return load_ask(x, "GET", "/", "", STR("")) == 200;
}

/* ---- servers ---- */

static void point(struct bench *b, int pid, unsigned port)
{
    b->target = (struct target){ port, pid, b->auth };
}

static bool serve(struct bench *b, bool probe, double *start)
{
    const struct str more[] = { STR("rate_factor=1000"), STR("log=warn"), STR("threads=0"),
                                probe ? STR("probe=true") : STR("probe=false") };
    int64_t began = clock_us();
    if (!host_start(&b->h, more, COUNT(more)))
        return false;
    *start = (double)(clock_us() - began) / 1e6;
    point(b, b->h.pid, b->h.port);
    return true;
}

static bool stop(struct bench *b)
{
    struct str log;
    bool ok = host_stop(&b->h, &b->a, &log);
    if (!ok)
        fprintf(stderr, "%.*s\n", STR_ARG(log));
    return ok;
}

static bool sign_in(struct bench *b)
{
    struct load x = { .port = b->h.port };
    int status = load_sign_in(&x, "clerk.guicheng", "fengqiao-2026");
    snprintf(b->auth, sizeof b->auth, "%s", x.auth);
    load_close(&x);
    return status == 200;
}

/* Runs bench/ceiling for as long as fn needs it. */
static struct result beside(struct bench *b, const char *id, const struct kind *k, unsigned clients)
{
    char program[300], line[64] = "";
    int in[2], out[2];
    snprintf(program, sizeof program, "%s/ceiling", b->tools);
    if (pipe(in) || pipe(out))
        abort();
    fflush(NULL);
    pid_t pid = fork();
    if (pid == 0) {
        dup2(in[0], 0);
        dup2(out[1], 1);
        close(in[1]);
        execl(program, program, id ? b->db : NULL, id, NULL);
        _exit(127);
    }
    close(in[0]);
    close(out[1]);
    if (read(out[0], line, sizeof line - 1) <= 17)
        abort();
    struct target t = { (unsigned)strtoul(line + 17, NULL, 10), pid, "" };
    struct result r = measure(k, &t, clients, b->ms);
    close(in[1]);
    close(out[0]);
    waitpid(pid, NULL, 0);
    return r;
}

/* ---- a city ---- */

static bool grow(struct bench *b, int64_t n)
{
    char program[300], dir[160], count[24];
    snprintf(program, sizeof program, "%s/grow", b->tools);
    snprintf(dir, sizeof dir, "%s/%s", b->h.root, b->h.name);
    snprintf(count, sizeof count, "%lld", (long long)n);
    snprintf(b->db, sizeof b->db, "%s/fengqiao.db", dir);
    int64_t began = clock_us();
    int status = -1;
    pid_t pid = fork();
    if (pid == 0) {
        execl(program, program, dir, count, NULL);
        _exit(127);
    }
    waitpid(pid, &status, 0);
    fprintf(stderr, "%lld matters in %.1f s\n", (long long)n, (double)(clock_us() - began) / 1e6);
    return status == 0;
}

static bool find_ids(struct bench *b)
{
    sqlite3 *db;
    sqlite3_stmt *st;
    b->ids_n = b->made_n = b->seen = 0;
    if (sqlite3_open_v2(b->db, &db, SQLITE_OPEN_READONLY, NULL) != SQLITE_OK
        || sqlite3_prepare_v2(db, "SELECT s.matter FROM sight s WHERE s.home = 1 AND s.holder ="
            " (SELECT p.org FROM post p JOIN account a ON a.id = p.account WHERE a.login ="
            " 'clerk.guicheng' ORDER BY p.id LIMIT 1) ORDER BY s.matter LIMIT 50000", -1, &st,
            NULL) != SQLITE_OK)
        return false;
    while (sqlite3_step(st) == SQLITE_ROW && b->ids_n < IDS_MAX)
        b->ids[b->ids_n++] = sqlite3_column_int64(st, 0);
    sqlite3_finalize(st);
    sqlite3_close(db);
    return b->ids_n > AGAIN;
}

/* One of each on a server that tells its statements. */
static void count_statements(struct bench *b)
{
    static const struct kind kinds[] = {
        { .name = "create", .ask = ask_create }, { .name = "accept", .ask = ask_accept },
        { .name = "first look", .ask = ask_first }, { .name = "read again", .ask = ask_first },
        { .name = "work list", .ask = ask_list }, { .name = "newest 20", .ask = ask_newest },
        { .name = "badges", .ask = ask_badges }, { .name = "search", .ask = ask_search },
        { .name = "doubles", .ask = ask_doubles } };
    struct load x = { .port = b->h.port };
    snprintf(x.auth, sizeof x.auth, "%s", b->auth);
    printf("\nStatements a request:");
    for (size_t i = 0; i < COUNT(kinds); i++) {
        bool ok = kinds[i].ask(&x, b, 0);
        const char *p = x.answer ? strstr(x.answer, "X-Statements: ") : NULL;
        printf("%s %s %ld%s", i ? "," : "", kinds[i].name, p ? strtol(p + 14, NULL, 10) : -1,
               ok ? "" : " (failed)");
    }
    printf(".\n");
    load_close(&x);
}

static void put_row(const char *name, unsigned clients, struct result r, const char *ratio)
{
    printf("| %s | %u | %.0f | %.2f | %.2f | %.0f | %s |%s\n", name, clients, r.rate, r.p50_ms,
           r.p99_ms, r.cpu_us, ratio, r.bad ? " failures!" : "");
    fflush(stdout);
    if (r.bad)
        fprintf(stderr, "%s: %lld of %lld failed\n", name, (long long)r.bad, (long long)r.done);
}

static void ratio_of(char *out, size_t size, double rate, double ceiling, double aim)
{
    snprintf(out, size, "%.0f %% (aim %.0f %%)%s", 100 * rate / ceiling, 100 * aim,
             rate >= aim * ceiling ? "" : " **missed**");
}

static void measure_writes(struct bench *b, unsigned clients)
{
    char ratio[64];
    struct kind create = { "create", ask_create, b, 0 }, accept = { "accept", ask_accept, b, 0 };
    b->made_n = 0;
    struct result r = measure(&create, &b->target, clients, b->ms);
    double rows = rows_rate(b->db, b->made[0], (int)clients, b->ms);
    ratio_of(ratio, sizeof ratio, r.rate, rows, 0.6);
    put_row("create", clients, r, ratio);
    printf("| rows alone | group of %u | %.0f | | | | |\n", clients, rows);
    accept.most = MIN((int64_t)b->made_n, (int64_t)IDS_MAX);
    put_row("accept", clients, measure(&accept, &b->target, clients, b->ms), "");
}

/* How much slower than in the first city, which is remembered. */
static void put_growth(double *first, double p50)
{
    if (*first == 0)
        *first = p50;
    else
        printf("| … to the first city | | | %.2f× | | | (aim 1.25×)%s |\n", p50 / *first,
               p50 <= 1.25 * *first ? "" : " **missed**");
}

static void measure_ceilings(struct bench *b, unsigned clients, struct result *select)
{
    struct kind root = { "root", ask_root, b, 0 };
    char id[24];
    snprintf(id, sizeof id, "%lld", (long long)b->ids[0]);
    put_row("bare libmicrohttpd", clients, beside(b, NULL, &root, clients), "");
    *select = beside(b, id, &root, clients);
    put_row("libmicrohttpd + SELECT", clients, *select, "");
}

static void measure_first_looks(struct bench *b, unsigned clients)
{
    struct kind first = { "first look", ask_first, b, b->ids_n - b->seen };
    if (first.most <= 0)
        return;
    struct result r = measure(&first, &b->target, clients, b->ms);
    put_row(first.name, clients, r, "");
    b->seen += MIN(r.done, first.most);
}

static void measure_reads(struct bench *b, unsigned clients)
{
    const struct kind kinds[] = {
        { "read again", ask_again, b, 0 }, { "work list of 20", ask_list, b, 0 },
        { "newest 20", ask_newest, b, 0 }, { "badges", ask_badges, b, 0 },
        { "search", ask_search, b, 0 },
        { "doubles", ask_doubles, b, 0 } };
    double *const first[COUNT(kinds)] = { [1] = &b->list_small, [3] = &b->badge_small };
    struct result select;
    measure_ceilings(b, clients, &select);
    measure_first_looks(b, clients);
    for (size_t i = 0; i < COUNT(kinds); i++) {
        char ratio[64] = "";
        struct result r = measure(&kinds[i], &b->target, clients, b->ms);
        if (i < 2)
            ratio_of(ratio, sizeof ratio, r.rate, select.rate, 0.5);
        put_row(kinds[i].name, clients, r, ratio);
        if (clients == 1 && first[i])
            put_growth(first[i], r.p50_ms);
    }
}

static void put_start(struct bench *b, double start)
{
    int64_t kb = memory_kb(b->h.pid, "RssAnon");
    printf("\nStarted in %.3f s (aim 0.3)%s; idle RssAnon %.1f MB (aim 30)%s.\n\n", start,
           start < 0.3 ? "" : " **missed**", (double)kb / 1024,
           kb < 30 * 1024 ? "" : " **missed**");
}

static void measure_city(struct bench *b)
{
    static const unsigned clients[] = { 1, 8, 32 };
    struct kind warm = { "warm", ask_again, b, AGAIN };
    printf("| request | clients | a second | p50 ms | p99 ms | CPU µs | of the ceiling |\n"
           "|---|--:|--:|--:|--:|--:|---|\n");
    measure(&warm, &b->target, 1, WARM_MS);
    b->seen = AGAIN;
    for (size_t i = 0; i < COUNT(clients); i++)
        measure_reads(b, clients[i]);
    for (size_t i = 0; i < COUNT(clients); i++)
        measure_writes(b, clients[i]);
    printf("\nRssAnon after all that %.1f MB, peak of all memory %.1f MB.\n",
           (double)memory_kb(b->h.pid, "RssAnon") / 1024,
           (double)memory_kb(b->h.pid, "VmHWM") / 1024);
}

static bool city(struct bench *b, int64_t n)
{
    double start;
    printf("\n## %lld matters\n", (long long)n);
    if (!host_copy(&b->h) || !grow(b, n) || !find_ids(b) || !serve(b, true, &start) || !sign_in(b))
        return false;
    count_statements(b);
    if (!stop(b) || !serve(b, false, &start))
        return false;
    sleep(1);
    put_start(b, start);
    measure_city(b);
    bool ok = stop(b);
    host_drop(&b->h);
    return ok;
}

int main(int argc, char **argv)
{
    static struct bench b;
    static const int64_t sizes[] = { 10000, 100000, 1000000 };
    bool quick = argc > 3 && !strcmp(argv[3], "quick");
    if (argc < 3)
        return 2;
    signal(SIGPIPE, SIG_IGN);
    unsetenv("FENGQIAO_TEST_URL");
    b.tools = argv[2];
    b.ms = quick ? 1000 : 3000;
    bool ok = host_open(&b.h, argv[1]);
    for (size_t i = 0; ok && i < (quick ? 1 : COUNT(sizes)); i++)
        ok = city(&b, argc > 4 ? strtoll(argv[4], NULL, 10) : sizes[i]);
    host_close(&b.h);
    arena_done(&b.a);
    return !ok;
}
