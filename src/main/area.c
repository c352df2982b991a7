/* area import: the areas of a country or a city from a table of codes. */
#include "app/journal.h"
#include "main/command.h"
#include "place/area_import.h"
#include <unistd.h>

/* A country has some 665,000 areas, 52 MB. */
static const struct sheet_limits limits = { 2000000, 50, 4096, UINT64_C(2) << 30 };
enum { EVERY_US = 1000000 };

struct telling { int64_t told_at; bool line; };
struct importing { struct area_import in; struct area_imported n; struct str home_code; };

static void tell(void *ctx, const char *what, int64_t done, int64_t total)
{
    struct telling *t = ctx;
    if (clock_us() - t->told_at < EVERY_US)
        return;
    t->told_at = clock_us();
    t->line = true;
    fprintf(stderr, "%s%-8s %lld", isatty(2) ? "\r" : "", what, (long long)done);
    if (total)
        fprintf(stderr, " / %lld", (long long)total);
    fputs(isatty(2) ? "   " : "\n", stderr);
    fflush(stderr);
}

/* An installation without a home takes the city of its configuration. */
static bool choose_home(struct req *r, struct importing *x, struct err *e)
{
    struct area_brief city;
    if (r->app->home.v || !x->home_code.n)
        return true;
    if (area_of_code(r, arena_printf(r->a, "%.*s00000000", STR_ARG(x->home_code)), &city, e))
        return setting_put(r->c, STR("home"),
                           arena_printf(r->a, "%lld", (long long)city.id.v), e);
    if (e->id != ERR_NOT_FOUND)
        return false;
    err_clear(e);                       /* the table is of another place: no home yet */
    return true;
}

static bool import(struct req *r, void *ctx, struct err *e)
{
    struct importing *x = ctx;
    struct str counts;
    if (!area_import(r, &x->in, &x->n, e) || !choose_home(r, x, e))
        return false;
    counts = arena_printf(r->a, "{\"rows\":%lld,\"added\":%lld,\"renamed\":%lld,\"moved\":%lld,"
                          "\"ended\":%lld}", (long long)x->n.rows, (long long)x->n.added,
                          (long long)x->n.renamed, (long long)x->n.moved, (long long)x->n.ended);
    return journal_system(r->c, r, STR("area.import"), ID_NONE, counts, e);
}

/* Since when the table holds: as said, else today; the first one since ever. */
static bool day_of(struct call_line *l, struct day *out, struct err *e)
{
    if (l->argc < 3)
        return true;
    return day_parse(str_of(l->argv[2]), out) || err_setf(e, ERR_CONFIG, "%s", l->argv[2]);
}

static bool is_first(struct req *r, void *ctx, struct err *e)
{
    int64_t any = 0;
    struct area_import *in = ctx;
    if (!db_int(r->c, e, &any, SQL("SELECT id FROM area LIMIT 1")))
        return false;
    if (any && !in->day.n)
        in->day = day_of_stamp(r->now);
    return true;
}

bool run_area(struct call_line *l, struct err *e)
{
    struct importing x = { .in = { .a = l->a }, .home_code = l->app->config.home_code };
    struct telling t = { .told_at = clock_us() };
    struct req r;
    int64_t began = clock_us();
    if (l->argc < 2 || l->argc > 3 || strcmp(l->argv[0], "import") != 0)
        return err_setf(e, ERR_CONFIG, "fengqiao area import FILE [YYYY-MM-DD]");
    x.in.progress = tell;
    x.in.ctx = &t;
    if (!day_of(l, &x.in.day, e) || !sheet_open_path(l->a, l->argv[1], &limits, &x.in.table, e)
        || !app_open(l->app, l->a, e))
        return false;
    app_request(l->app, l->a, NULL, &r);
    bool ok = app_read(l->app, &r, is_first, &x.in, e) && app_write(l->app, &r, import, &x, e);
    if (t.line && isatty(2))
        fputs("\n", stderr);
    if (ok)
        printf("%lld rows: %lld added, %lld renamed, %lld moved, %lld ended, in %.1f s\n",
               (long long)x.n.rows, (long long)x.n.added, (long long)x.n.renamed,
               (long long)x.n.moved, (long long)x.n.ended, (double)(clock_us() - began) / 1e6);
    return ok;
}
