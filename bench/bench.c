/* bench PROGRAM TOOLS [quick|full] [MATTERS]: what requests cost, beside what they could
 * cost.
 *
 * For cities of 10,000, 100,000 and 1,000,000 matters (quick: 10,000), on SQLite or on
 * the PostgreSQL that tests/pg.sh names: filing, reading (again; anew, past what is kept;
 * and a first look, which is recorded), the list of 20, the badges, a search by two
 * characters, doubles, the month's form, accepting, and whole lives of disputes, by 1, 8
 * and 32 clients; then the same clients against bare libmicrohttpd, and libmicrohttpd
 * with one SELECT of the row, and the rows of one filing straight into SQLite. Client and
 * server share the machine, in every line alike; PostgreSQL's own processes are not in
 * the server's CPU. Markdown on standard output. */
#include "base/stamp.h"
#include "city.h"
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

enum { WARM_MS = 10000 };

struct bench {
    struct city c;
    const char *tools;
    int64_t ms;                         /* a measurement */
    double list_small, badge_small;     /* of the first city, for the ratio */
};

static bool on_sqlite(const struct bench *b)
{
    return !b->c.h.url;
}

/* Runs bench/ceiling for as long as it is asked; with a matter's id it answers with
 * that row. */
static struct result beside(struct bench *b, const char *id, const struct kind *k,
                            unsigned clients)
{
    char program[300], line[64] = "", *url = b->c.url;
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
        execl(program, program, id ? url : NULL, id, NULL);
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
    const struct host *h = &b->c.h;
    char program[300], dir[160], count[24], url[256];
    snprintf(program, sizeof program, "%s/grow", b->tools);
    snprintf(dir, sizeof dir, "%s/%s", h->root, h->name);
    snprintf(count, sizeof count, "%lld", (long long)n);
    host_url(h, url, sizeof url);
    int64_t began = clock_us();
    int status = -1;
    pid_t pid = fork();
    if (pid == 0) {
        execl(program, program, dir, count, h->url ? url : NULL, NULL);
        _exit(127);
    }
    waitpid(pid, &status, 0);
    fprintf(stderr, "%lld matters in %.1f s\n", (long long)n, (double)(clock_us() - began) / 1e6);
    return status == 0;
}

/* ---- what each costs in statements and allocations ---- */

static long cost_of(const struct load *x, const char *header)
{
    const char *p = x->answer ? strstr(x->answer, header) : NULL;
    return p ? strtol(p + strlen(header), NULL, 10) : -1;
}

static void put_cost(const char *name, const struct load *x, bool ok)
{
    printf("| %s | %ld | %ld |%s\n", name, cost_of(x, "X-Statements: "),
           cost_of(x, "X-Allocations: "), ok ? "" : " failed!");
}

static void put_step(void *ctx UNUSED, int step, const struct load *x)
{
    put_cost(life_names[step], x, true);
}

/* One of each on a server that tells its costs. */
static void put_costs(struct bench *b)
{
    static const struct kind kinds[] = {
        { .name = "first look", .ask = ask_first }, { .name = "read anew", .ask = ask_first },
        { .name = "read again", .ask = ask_first }, { .name = "work list of 20", .ask = ask_list },
        { .name = "work list again", .ask = ask_list }, { .name = "newest 20", .ask = ask_newest },
        { .name = "badges", .ask = ask_badges }, { .name = "badges again", .ask = ask_badges },
        { .name = "search", .ask = ask_search }, { .name = "doubles", .ask = ask_doubles },
        { .name = "month's form", .ask = ask_form } };
    struct load x = { .port = b->c.h.port };
    printf("\n| request | statements | allocations |\n|---|--:|--:|\n");
    if (!life(&x, &b->c, put_step, NULL))
        printf("| a life | failed! | |\n");
    snprintf(x.auth, sizeof x.auth, "%s", b->c.auth[CLERK]);
    for (size_t i = 0; i < COUNT(kinds); i++) {
        bool ok = kinds[i].ask(&x, &b->c, 0);
        put_cost(kinds[i].name, &x, ok);
    }
    load_close(&x);
}

/* ---- the table ---- */

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
    char ratio[64] = "";
    struct city *c = &b->c;
    struct kind create = { "create", ask_create, c, 0 }, accept = { "accept", ask_accept, c, 0 },
                whole = { "a whole life", ask_life, c, 0 };
    c->made_n = 0;
    struct result r = measure(&create, &c->target, clients, b->ms);
    double rows = on_sqlite(b) ? rows_rate(c->url + strlen("sqlite:"), c->made[0], (int)clients,
                                           b->ms) : 0;
    if (rows > 0)
        ratio_of(ratio, sizeof ratio, r.rate, rows, 0.6);
    put_row("create", clients, r, ratio);
    if (rows > 0)
        printf("| rows alone | group of %u | %.0f | | | | |\n", clients, rows);
    accept.most = MIN((int64_t)c->made_n, (int64_t)IDS_MAX);
    put_row("accept", clients, measure(&accept, &c->target, clients, b->ms), "");
    put_row(whole.name, clients, measure(&whole, &c->target, clients, b->ms), "");
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
    struct kind root = { "root", ask_root, &b->c, 0 };
    char id[24];
    snprintf(id, sizeof id, "%lld", (long long)b->c.ids[0]);
    put_row("bare libmicrohttpd", clients, beside(b, NULL, &root, clients), "");
    *select = beside(b, id, &root, clients);
    put_row("libmicrohttpd + SELECT", clients, *select, "");
}

static void measure_first_looks(struct bench *b, unsigned clients)
{
    struct city *c = &b->c;
    struct kind first = { "first look", ask_first, c, c->ids_n - c->seen };
    if (first.most <= 0)
        return;
    struct result r = measure(&first, &c->target, clients, b->ms);
    put_row(first.name, clients, r, "");
    c->seen += MIN(r.done, first.most);
}

static void measure_reads(struct bench *b, unsigned clients)
{
    const struct { const char *name; bool (*ask)(struct load *, void *, int64_t); bool aimed;
                   double *first; } kinds[] = {
        { "read again", ask_again, true, NULL }, { "work list of 20", ask_list, true,
                                                   &b->list_small },
        { "read anew", ask_anew, false, NULL }, { "newest 20", ask_newest, false, NULL },
        { "badges", ask_badges, false, &b->badge_small }, { "search", ask_search, false, NULL },
        { "doubles", ask_doubles, false, NULL }, { "month's form", ask_form, false, NULL } };
    struct result select;
    measure_ceilings(b, clients, &select);
    measure_first_looks(b, clients);
    for (size_t i = 0; i < COUNT(kinds); i++) {
        char ratio[64] = "";
        struct kind k = { kinds[i].name, kinds[i].ask, &b->c, 0 };
        struct result r = measure(&k, &b->c.target, clients, b->ms);
        if (kinds[i].aimed)
            ratio_of(ratio, sizeof ratio, r.rate, select.rate, 0.5);
        put_row(k.name, clients, r, ratio);
        if (clients == 1 && kinds[i].first)
            put_growth(kinds[i].first, r.p50_ms);
    }
}

static void put_start(struct bench *b, double start)
{
    int64_t kb = memory_kb(b->c.h.pid, "RssAnon");
    printf("\nStarted in %.3f s (aim 0.3)%s; idle RssAnon %.1f MB (aim 30)%s.\n\n", start,
           start < 0.3 ? "" : " **missed**", (double)kb / 1024,
           kb < 30 * 1024 ? "" : " **missed**");
}

static void measure_city(struct bench *b)
{
    static const unsigned clients[] = { 1, 8, 32 };
    struct kind warm = { "warm", ask_again, &b->c, AGAIN };
    printf("| request | clients | a second | p50 ms | p99 ms | CPU µs | of the ceiling |\n"
           "|---|--:|--:|--:|--:|--:|---|\n");
    measure(&warm, &b->c.target, 1, WARM_MS);
    b->c.seen = AGAIN;
    for (size_t i = 0; i < COUNT(clients); i++)
        measure_reads(b, clients[i]);
    for (size_t i = 0; i < COUNT(clients); i++)
        measure_writes(b, clients[i]);
    printf("\nRssAnon after all that %.1f MB, peak of all memory %.1f MB.\n",
           (double)memory_kb(b->c.h.pid, "RssAnon") / 1024,
           (double)memory_kb(b->c.h.pid, "VmHWM") / 1024);
}

static bool city(struct bench *b, int64_t n)
{
    struct city *c = &b->c;
    double start;
    printf("\n## %lld matters on %s\n", (long long)n, on_sqlite(b) ? "SQLite" : "PostgreSQL");
    if (!host_copy(&c->h) || !grow(b, n) || !city_serve(c, true, &start) || !city_enter(c))
        return false;
    put_costs(b);
    if (!city_stop(c) || !city_serve(c, false, &start))
        return false;
    sleep(1);
    put_start(b, start);
    measure_city(b);
    bool ok = city_stop(c);
    host_drop(&c->h);
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
    b.tools = argv[2];
    b.ms = quick ? 1000 : 2000;
    bool ok = host_open(&b.c.h, argv[1]);
    for (size_t i = 0; ok && i < (quick || argc > 4 ? 1 : COUNT(sizes)); i++)
        ok = city(&b, argc > 4 ? strtoll(argv[4], NULL, 10) : sizes[i]);
    host_close(&b.c.h);
    arena_done(&b.c.a);
    return !ok;
}
