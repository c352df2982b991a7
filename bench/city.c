#include "city.h"
#include "base/stamp.h"
#include <unistd.h>

enum { EDITION_SECONDS = 900 };

bool city_serve(struct city *c, bool probe, double *start_s)
{
    const struct str more[] = { STR("rate_factor=1000"), STR("log=warn"), STR("threads=0"),
                                probe ? STR("probe=true") : STR("probe=false") };
    int64_t began = clock_us();
    if (!host_start(&c->h, more, COUNT(more)))
        return false;
    *start_s = (double)(clock_us() - began) / 1e6;
    c->target = (struct target){ c->h.port, c->h.pid, c->auth[CLERK] };
    return true;
}

bool city_stop(struct city *c)
{
    struct str log;
    bool ok = host_stop(&c->h, &c->a, &log);
    if (!ok)
        fprintf(stderr, "%.*s\n", STR_ARG(log));
    return ok;
}

static bool sign_in(struct city *c)
{
    static const char *const login[PERSON__COUNT] = {
        "clerk.guicheng", "dispatcher.guicheng", "mediator.guicheng", "dispatcher.nanhai",
        "sysadmin" };
    bool ok = true;
    for (int i = 0; ok && i < PERSON__COUNT; i++) {
        struct load x = { .port = c->h.port };
        ok = load_sign_in(&x, login[i], "fengqiao-2026") == 200;
        snprintf(c->auth[i], sizeof c->auth[i], "%s", x.auth);
        load_close(&x);
    }
    return ok;
}

static bool get_as(struct load *x, const struct city *c, enum person who, const char *path)
{
    snprintf(x->auth, sizeof x->auth, "%s", c->auth[who]);
    return load_ask(x, "GET", path, "", STR("")) == 200;
}

static bool counter(struct str metrics, struct str name, int64_t *out)
{
    struct str line, rest = str_sub(metrics, str_find(metrics, name) + name.n, metrics.n);
    (void)str_cut(rest, '\n', &line, &rest);
    return str_to_i64(line, out);
}

bool city_writer(const struct city *c, struct writer *out)
{
    struct load x = { .port = c->h.port };
    bool ok = get_as(&x, c, OPERATOR, "/metrics")
        && counter(x.body, STR("\nfengqiao_db_writes_total "), &out->jobs)
        && counter(x.body, STR("\nfengqiao_db_groups_total "), &out->groups);
    load_close(&x);
    return ok;
}

static void keep_ids(struct city *c, struct str rest)
{
    static const struct str key = STR_INIT("{\"id\":\"");
    int64_t id;
    for (;;) {
        size_t at = str_find(rest, key);
        if (at == rest.n || c->ids_n == SEEN_MAX)
            return;
        rest = str_sub(rest, at, rest.n);
        if (str_to_i64(load_member(rest, "id"), &id))
            c->ids[c->ids_n++] = id;
        rest = str_sub(rest, key.n, rest.n);
    }
}

/* The clerk's matters, a hundred to a page. */
static bool find_ids(struct load *x, struct city *c)
{
    char path[200] = "/api/v1/matters?limit=100";
    c->ids_n = c->made_n = c->seen = 0;
    while (c->ids_n < SEEN_MAX) {
        if (!get_as(x, c, CLERK, path))
            return false;
        keep_ids(c, x->body);
        size_t at = str_find(x->body, STR("],\"next\":\""));
        if (at == x->body.n)
            break;
        struct str next = load_member(str_sub(x->body, at + 2, x->body.n), "next");
        snprintf(path, sizeof path, "/api/v1/matters?limit=100&after=%.*s", STR_ARG(next));
    }
    return c->ids_n > AGAIN;
}

static bool find_body(struct load *x, struct city *c)
{
    if (!get_as(x, c, DISPATCHER, "/api/v1/orgs?q=%E6%A1%82%E5%9F%8E%E8%A1%97%E9%81%93%E4%BA%BA"
                "%E6%B0%91%E8%B0%83%E8%A7%A3%E5%A7%94%E5%91%98%E4%BC%9A"))
        return false;
    snprintf(c->body, sizeof c->body, "%.*s", STR_ARG(load_member(x->body, "id")));
    return c->body[0];
}

/* The months before are closed by a chore, one after the other: a server that still does
 * so is not what is to be measured. */
static bool find_month(struct load *x, struct city *c)
{
    char last[8];
    struct civil d = civil_of_day(day_add_months(day_today(), -1));
    snprintf(last, sizeof last, "%04d%02d", d.year, d.month);
    for (int i = 0; i < EDITION_SECONDS; i++, sleep(1)) {
        if (!get_as(x, c, DISTRICT, "/api/v1/editions"))
            return false;
        struct str month = load_member(x->body, "month");
        snprintf(c->month, sizeof c->month, "%.*s", STR_ARG(month));
        if (str_is(month, last))
            return true;
    }
    return false;
}

bool city_enter(struct city *c)
{
    struct load x = { .port = c->h.port };
    host_url(&c->h, c->url, sizeof c->url);
    bool ok = sign_in(c) && find_ids(&x, c) && find_body(&x, c) && find_month(&x, c);
    load_close(&x);
    return ok;
}
