/* city.h - the whole program over an empty database, with sql/, rules/ and demo/ from
 * where they lie, for tests that load the demo city. */
#ifndef DEMO_CITY_H
#define DEMO_CITY_H
#include "demo/demo.h"
#include "handling/handling.h"
#include "matter/acceptance.h"
#include "matter/answer.h"
#include "matter/conclusion.h"
#include "matter/matter_act.h"
#include "matter/matter_pin.h"
#include "unit/db/dbtest.h"
#include <dirent.h>
#include <stdio.h>

struct city {
    struct app app;
    struct arena a;
    struct route_table tables[7];
    char dir[64];
};

static inline struct embedded city_folder(struct arena *a, const char *name)
{
    char path[512];
    struct asset *v = arena_array(a, struct asset, 64);
    size_t n = 0;
    snprintf(path, sizeof path, "%s/%s", PROJECT_DIR, name);
    DIR *d = opendir(path);
    for (struct dirent *x; d && n < 64 && (x = readdir(d));) {
        snprintf(path, sizeof path, "%s/%s/%s", PROJECT_DIR, name, x->d_name);
        FILE *f = x->d_name[0] == '.' ? NULL : fopen(path, "re");
        char *body = f ? arena_alloc(a, 1 << 20) : NULL;
        if (!f)
            continue;
        v[n].n = fread(body, 1, 1 << 20, f);
        v[n].body = body;
        v[n++].path = arena_printf(a, "/%s", x->d_name).p;
        fclose(f);
    }
    if (d)
        closedir(d);
    return (struct embedded){ v, n };
}

static inline int city_by_path(const void *a, const void *b)
{
    return strcmp(((const struct asset *)a)->path, ((const struct asset *)b)->path);
}

/* Steps of the schema only, in their order. */
static inline struct embedded city_steps(struct arena *a)
{
    struct embedded all = city_folder(a, "sql");
    struct asset *v = arena_array(a, struct asset, all.n);
    size_t n = 0;
    for (size_t i = 0; i < all.n; i++)
        if (all.v[i].path[1] >= '0' && all.v[i].path[1] <= '9')
            v[n++] = all.v[i];
    qsort(v, n, sizeof *v, city_by_path);
    return (struct embedded){ v, n };
}

static inline bool city_open(struct city *t, struct err *e)
{
    struct home h = { 0 };
    *t = (struct city){ .tables = { matter_table, matter_pin_table, acceptance_table,
                                    matter_act_table, handling_table, conclusion_table,
                                    answer_table } };
    home_make(&h);
    snprintf(t->dir, sizeof t->dir, "%s", h.dir);
    db_close(db_fresh(&h, (struct db_options){ 0 }));
    t->app.routes = t->tables;
    t->app.routes_n = COUNT(t->tables);
    t->app.sql = city_steps(&t->a);
    t->app.rules = city_folder(&t->a, "rules");
    t->app.demo = city_folder(&t->a, "demo");
    struct str sets[] = { arena_printf(&t->a, "data=%s", h.dir),
                          arena_printf(&t->a, "database=%s", h.url) };
    return config_load(&t->app.config, &t->a, STR(""), sets, COUNT(sets), e)
        && app_open(&t->app, &t->a, e);
}

static inline void city_close(struct city *t)
{
    char line[128];
    app_close(&t->app);
    arena_done(&t->a);
    static const char *const left[] = { "t.db", "t.db-wal", "t.db-shm", "keys", "spool", "files" };
    for (size_t i = 0; i < COUNT(left); i++) {
        snprintf(line, sizeof line, "%s/%s", t->dir, left[i]);
        remove(line);
    }
    rmdir(t->dir);
}

typedef bool city_fn(struct req *r, void *ctx, struct err *e);
static inline enum err_id city_write(struct city *t, city_fn *fn, void *ctx)
{
    struct err e = { 0 };
    struct req r;
    app_request(&t->app, &t->a, NULL, &r);
    if (!app_write(&t->app, &r, fn, ctx, &e))
        printf("# %s %s %s\n", err_slug(e.id), e.arg, e.detail);
    return e.id;
}
#endif
