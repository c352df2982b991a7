/* bench PROGRAM TOOLS [quick|full] [MATTERS]: what requests cost, beside what they could
 * cost.
 *
 * For cities of 10,000, 100,000 and 1,000,000 matters (quick: 10,000), on SQLite or on
 * the PostgreSQL that tests/pg.sh names: filing, reading (again; anew, past what is kept;
 * and a first look, which is recorded), the list of 20, the badges, a search by two
 * characters, doubles, the month's form, accepting, and whole lives of disputes, by 1, 8
 * and 32 clients; and the same clients against bare libmicrohttpd. What has an aim is
 * measured turn about with its ceiling: libmicrohttpd with one SELECT of the row, and the
 * rows of one filing straight into SQLite, in groups as large as ours. Client and
 * server share the machine, in every line alike; PostgreSQL's own processes are not in
 * the server's CPU, and look at their tables every second, as they would within minutes of
 * service. Markdown on standard output. */
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

/* The aims are SQLite's. */
static void ratio_of(const struct bench *b, char *out, size_t size, const struct beside *x,
                     double aim)
{
    int n = snprintf(out, size, "%.0f %% (turns %.0f–%.0f", 100 * x->ours.rate / x->ceiling,
                     100 * x->low, 100 * x->high);
    if (on_sqlite(b))
        snprintf(out + n, size - (size_t)n, "; aim %.0f)%s", 100 * aim,
                 x->ours.rate >= aim * x->ceiling ? "" : " **missed**");
    else
        snprintf(out + n, size - (size_t)n, ")");
}

static void put_ceiling(const char *name, unsigned clients, double rate)
{
    printf("| … beside %s | %u | %.0f | | | | |\n", name, clients, rate);
    fflush(stdout);
}

/* How many the writer put into one commit, on average. */
static int group_of(const struct writer *from, const struct writer *to)
{
    int64_t groups = to->groups - from->groups, jobs = to->jobs - from->jobs;
    return groups > 0 ? (int)MAX((jobs + groups / 2) / groups, (int64_t)1) : 1;
}

static void measure_filing(struct bench *b, unsigned clients)
{
    char ratio[80] = "", name[40];
    struct writer from, to;
    struct city *c = &b->c;
    struct kind create = { "create", ask_create, c, 0 };
    c->made_n = 0;
    if (!on_sqlite(b)) {
        put_row(create.name, clients, measure(&create, &c->target, clients, b->ms), ratio);
        return;
    }
    struct meter m = { .kind = &create, .target = &c->target, .clients = clients };
    bool counted = city_writer(c, &from);
    meter_run(&m, b->ms / 2);           /* the first is the pattern of the rows */
    if (!counted || !city_writer(c, &to))
        abort();
    int group = group_of(&from, &to);
    m = (struct meter){ .kind = &create, .target = &c->target, .clients = clients,
                        .next = m.next, .samples = m.samples };
    struct rows *rows = rows_open(c->url + strlen("sqlite:"), c->made[0], group);
    struct beside x = measure_rows(&m, rows, b->ms);
    ratio_of(b, ratio, sizeof ratio, &x, 0.6);
    put_row(create.name, clients, x.ours, ratio);
    snprintf(name, sizeof name, "its rows alone, %d to a commit", group);
    put_ceiling(name, clients, x.ceiling);
}

static void measure_writes(struct bench *b, unsigned clients)
{
    struct city *c = &b->c;
    struct kind accept = { "accept", ask_accept, c, 0 }, whole = { "a whole life", ask_life, c, 0 };
    measure_filing(b, clients);
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

static void measure_bare(struct bench *b, unsigned clients)
{
    struct kind root = { "bare libmicrohttpd", ask_root, &b->c, 0 };
    struct ceiling bare;
    if (!ceiling_open(&bare, b->tools, NULL, NULL))
        abort();
    put_row(root.name, clients, measure(&root, &bare.target, clients, b->ms), "");
    ceiling_close(&bare);
}

/* A read that is held against libmicrohttpd with one SELECT. */
static struct result measure_read(struct bench *b, const struct kind *k, unsigned clients)
{
    char id[24], ratio[80];
    struct kind root = { "SELECT", ask_root, &b->c, 0 };
    struct ceiling select;
    snprintf(id, sizeof id, "%lld", (long long)b->c.ids[0]);
    if (!ceiling_open(&select, b->tools, b->c.url, id))
        abort();
    struct meter ours = { .kind = k, .target = &b->c.target, .clients = clients },
                 other = { .kind = &root, .target = &select.target, .clients = clients };
    struct beside x = measure_beside(&ours, &other, b->ms);
    ceiling_close(&select);
    ratio_of(b, ratio, sizeof ratio, &x, 0.5);
    put_row(k->name, clients, x.ours, ratio);
    put_ceiling("libmicrohttpd + SELECT", clients, x.ceiling);
    return x.ours;
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
    measure_bare(b, clients);
    measure_first_looks(b, clients);
    for (size_t i = 0; i < COUNT(kinds); i++) {
        struct kind k = { kinds[i].name, kinds[i].ask, &b->c, 0 };
        struct result r = kinds[i].aimed ? measure_read(b, &k, clients)
                        : measure(&k, &b->c.target, clients, b->ms);
        if (!kinds[i].aimed)
            put_row(k.name, clients, r, "");
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
