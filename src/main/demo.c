/* demo: loads the demo city and tells who can sign in; area: imports areas. */
#include "demo/demo.h"
#include "insight/edition.h"
#include "main/command.h"

static void print_logins(const struct demo_report *n)
{
    const struct demo_login *v = n->logins.v;
    printf("\n密码 password: %s\n\n", DEMO_PASSWORD);
    for (size_t i = 0; i < n->logins.n; i++)
        printf("  %-24.*s %.*s　%.*s\n", STR_ARG(v[i].login), STR_ARG(v[i].name),
               STR_ARG(v[i].note));
    printf("\n群众凭手机号和短信验证码登录（验证码见演示发件箱）。\n"
           "Residents sign in by telephone number and code (see the demo outbox).\n");
}

/* "--year", and how many matters if not 30,000; 0 for the demo alone. */
static bool year_asked(const struct call_line *l, int64_t *out, struct err *e)
{
    *out = l->argc && !strcmp(l->argv[0], "--year") ? 30000 : 0;
    if (!l->argc || (*out && l->argc == 1))
        return true;
    if (!*out || l->argc > 2 || !str_to_i64(str_of(l->argv[1]), out) || *out < 1
        || *out > DEMO_YEAR_MAX)
        return err_setf(e, ERR_CONFIG, "usage: fengqiao demo [--year [1 … %d]]", DEMO_YEAR_MAX);
    return true;
}

/* The months of the year, closed at once. */
static bool close_months(struct call_line *l, struct err *e)
{
    bool more = true;
    if (!number_events(l, e))
        return false;
    while (more)
        if (!edition_run(l->app, &more, e))
            return false;
    return true;
}

bool run_demo(struct call_line *l, struct err *e)
{
    struct demo_report n = { 0 };
    int64_t began = clock_us(), year;
    if (!year_asked(l, &year, e) || !app_open(l->app, l->a, e)
        || !(year ? demo_load_year(l->app, l->a, year, &n, e) : demo_load(l->app, l->a, &n, e)))
        return false;
    if (n.again)
        printf("演示数据已在，未作改动。 The demo is there already; nothing was changed.\n");
    else
        printf("%lld areas, %lld bodies, %lld accounts, %lld roster rows, %lld matters"
               " (%lld requests, %lld left out) in %.1f s\n",
               (long long)n.areas, (long long)n.orgs, (long long)n.accounts,
               (long long)n.rosters, (long long)n.matters, (long long)n.moves,
               (long long)n.left_out, (double)(clock_us() - began) / 1e6);
    if (year && !n.again) {
        began = clock_us();
        if (!close_months(l, e))
            return false;
        printf("monthly forms in %.1f s\n", (double)(clock_us() - began) / 1e6);
    }
    print_logins(&n);
    printf("\n  fengqiao serve --set demo=true  →  http://%.*s\n", STR_ARG(l->app->config.desk));
    return true;
}
