/* Words find the last write, also before the index knows it, and only inside what
 * the reader may see. */
#include "unit/city.h"
#include "db/feed.h"
#include "matter/search.h"

static bool number(struct req *r, void *ctx, struct err *e)
{
    return feed_sequence(r->c, r->app->holder, 1000, ctx, e);
}
/* Gives the feed its numbers and lets the index follow to its end. */
static void follow(void)
{
    struct err e = { 0 };
    int64_t moved = 1;
    bool more = true;
    while (moved && city_write(&town, number, &moved) == ERR_OK)
        ;
    while (more && OK(matter_search_follow(&town.app, &more, &e)))
        ;
}
static bool finds(const char *login, const char *words, struct case_file c)
{
    struct told t = get(login, text("/api/v1/matters?limit=100&q=%s", words));
    DONE(t);
    return has(t.json, text("\"%.*s\"", STR_ARG(c.number)).p);
}

static void looks_right(struct case_file c, const char *when)
{
    printf("# %s\n", when);
    OK(finds(DISPATCHER, "独角兽", c) && finds(DISPATCHER, "天花", c));
    OK(finds(DISPATCHER, "谢秉谦", c) && finds(DISPATCHER, c.number.p, c));
    OK(!finds(DISPATCHER, "大熊猫", c));
    OK(!finds(DISPATCHER, "13812345678", c));       /* nothing secret */
    OK(!finds("dispatcher.dali", "独角兽", c) && !finds("dispatcher.nanhai", "独角兽", c));
    OK(!finds(HANDLER, "独角兽", c) && !finds("leader.guicheng", "大熊猫", c));
}

static void test_search__agrees_with_the_last_write(void)
{
    const char *body = NEIGHBOURS ",\"place\":\"独角兽路\"";
    struct case_file c = filed(DISPATCHER, body);
    looks_right(c, "waiting for its number");
    int64_t moved = 0;
    OK_INT(city_write(&town, number, &moved), ERR_OK);
    looks_right(c, "numbered, not indexed");
    follow();
    looks_right(c, "indexed");
    advance(&c, 0, 2);
    OK(finds(HANDLER, "独角兽", c));
    follow();
    OK(finds(HANDLER, "独角兽", c) && finds("mediator.guiyi2", "独角兽", c));
    OK(!finds("mediator.guicheng", "独角兽", c));
}

static void test_search__goes_with_filters_and_pages(void)
{
    struct case_file v[5];
    for (size_t i = 0; i < COUNT(v); i++) {
        v[i] = filed("clerk.dali", "\"kind\":\"advice\",\"title\":\"独角兽协会\"");
        if (i == 2)
            follow();
    }
    OK(!finds("clerk.dali", "独角兽&kind=dispute", v[0]));
    OK(finds("clerk.dali", "独角兽&kind=advice", v[0]));
    OK(!finds("clerk.dali", "独角兽&state=closed", v[4]));
    size_t n = 0;
    struct str path = STR("/api/v1/matters?limit=2&q=独角兽"), next = path;
    for (int page = 0; next.n && page < 10; page++) {
        struct told t = get("clerk.dali", next);
        DONE(t);
        n += ((const struct list *)t.out)->n;
        next = t.r.next.n ? text("%.*s&after=%.*s", STR_ARG(path), STR_ARG(t.r.next)) : STR("");
    }
    OK_INT(n, 5);
}

static void test_rebuild__finds_the_same(void)
{
    struct err e = { 0 };
    struct case_file c = filed(DISPATCHER, NEIGHBOURS ",\"place\":\"麒麟巷\"");
    follow();
    OK(matter_search_rebuild(&town.app, &e));
    OK(finds(DISPATCHER, "麒麟", c) && !finds("clerk.dali", "麒麟", c));
}

int main(void)
{
    town_open();
    test_search__agrees_with_the_last_write();
    test_search__goes_with_filters_and_pages();
    test_rebuild__finds_the_same();
    return town_close();
}
