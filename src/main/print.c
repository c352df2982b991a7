/* The commands that print the program's own tables. */
#include "main/command.h"

enum { PRINT_MAX = 16 << 20 };

static bool put(struct buf *b, struct err *e)
{
    if (!buf_ok(b))
        return err_internal(e, "the output is too large");
    return fwrite(b->p, 1, b->n, stdout) == b->n || err_internal(e, "cannot write");
}

bool run_routes(struct call_line *l, struct err *e)
{
    AUTO(buf_done) struct buf b;
    buf_init(&b, PRINT_MAX);
    route_list(l->app->routes, l->app->routes_n, &perm_names, &b);
    return put(&b, e);
}

bool run_openapi(struct call_line *l, struct err *e)
{
    AUTO(buf_done) struct buf b;
    buf_init(&b, PRINT_MAX);
    route_openapi(l->app->routes, l->app->routes_n, &perm_names, FENGQIAO_VERSION, &b);
    return put(&b, e);
}

bool run_flow(struct call_line *l, struct err *e)
{
    AUTO(buf_done) struct buf b;
    buf_init(&b, PRINT_MAX);
    bool dot = l->argc > 1 && !strcmp(l->argv[1], "--dot");
    for (size_t i = 0; i < all_flows_n; i++)
        if (l->argc == 0 || !strcmp(l->argv[0], all_flows[i]->name))
            (dot ? flow_dot : flow_table)(all_flows[i], LANG_ZH, &b);
    if (!b.n)
        return err_setf(e, ERR_CONFIG, "no flow %s", l->argv[0]);
    return put(&b, e);
}

bool run_config(struct call_line *l, struct err *e)
{
    AUTO(buf_done) struct buf b;
    buf_init(&b, PRINT_MAX);
    config_print(&l->app->config, &b);
    return put(&b, e);
}

bool run_version(struct call_line *l UNUSED, struct err *e UNUSED)
{
    printf("fengqiao %s\n", FENGQIAO_VERSION);
    return true;
}
