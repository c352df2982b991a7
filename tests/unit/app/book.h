/* book.h - an installation with an empty schema and the rules' own tables, for the
 * tests of what works with them; on the engine the runner names. */
#ifndef TEST_BOOK_H
#define TEST_BOOK_H
#include "app/journal.h"
#include "app/rule_load.h"
#include "unit/db/dbtest.h"
#include <dirent.h>

struct book_home {
    struct home home;
    struct app app;
    struct arena a;
    struct asset rules[32];
};

static inline struct str book_file(struct arena *a, const char *dir, const char *name)
{
    FILE *f = fopen(arena_printf(a, "%s%s", dir, name).p, "rb");
    enum { MOST = 1 << 20 };
    char *p = arena_alloc(a, MOST);
    if (!f)
        abort();
    size_t n = fread(p, 1, MOST, f);
    fclose(f);
    return (struct str){ p, n };
}

static inline int book_by_no(const void *x, const void *y)
{
    const struct migration *p = x, *q = y;
    return (p->no > q->no) - (p->no < q->no);
}

static inline void book_migrate(struct book_home *h)
{
    struct migration v[64];
    struct err e = { 0 };
    size_t n = 0;
    DIR *d = opendir(SQL_DIR);
    for (struct dirent *f; d && (f = readdir(d));) {
        struct str head, rest;
        if (!str_ends(str_of(f->d_name), STR(".sql")) || n == COUNT(v))
            continue;
        struct str text = book_file(&h->a, SQL_DIR, f->d_name);
        v[n] = (struct migration){ .name = arena_cstr(&h->a, str_of(f->d_name)),
                                   .text = text.p, .n = text.n };
        if (!str_cut(str_of(v[n].name), '_', &head, &rest) || !str_to_i64(head, &v[n].no))
            abort();
        n++;
    }
    closedir(d);
    qsort(v, n, sizeof v[0], book_by_no);
    MUST(db_migrate(h->app.db, v, n, NULL, &e), &e);
}

/* The files of rules/ as the program carries them. */
static inline void book_embed(struct book_home *h)
{
    size_t n = 0;
    for (; rule_file_name(n); n++) {
        struct str text = book_file(&h->a, RULES_DIR, rule_file_name(n));
        h->rules[n] = (struct asset){
            .path = arena_printf(&h->a, "/%s", rule_file_name(n)).p, .body = text.p,
            .n = text.n,
        };
    }
    h->app.rules = (struct embedded){ h->rules, n };
}

/* Puts text in the place of one file. */
static inline void book_swap(struct book_home *h, const char *name, const char *text)
{
    for (size_t i = 0; i < h->app.rules.n; i++)
        if (strcmp(h->rules[i].path + 1, name) == 0) {
            h->rules[i].body = text;
            h->rules[i].n = strlen(text);
        }
}

static inline void book_open(struct book_home *h)
{
    memset(h, 0, sizeof *h);
    home_make(&h->home);
    id_start(0, 0);
    h->app.db = db_fresh(&h->home, (struct db_options){ .workers = 4, .readers = 4 });
    h->app.a = &h->a;
    book_migrate(h);
    book_embed(h);
}

static inline void book_close(struct book_home *h)
{
    codebook_close(&h->app);
    db_close(h->app.db);
    home_end(&h->home);
    arena_done(&h->a);
}

/* Runs a statement of the test's own. */
static inline bool book_sql_run(struct req *r, void *ctx, struct err *e)
{
    return db_exec_v(r->c, e, NULL, ctx) && codebook_touch(r->c, e);
}
static inline void book_exec_v(struct book_home *h, const struct db_val *v)
{
    struct arena a = { 0 };
    struct err e = { 0 };
    struct req r;
    app_request(&h->app, &a, NULL, &r);
    MUST(app_write(&h->app, &r, book_sql_run, (void *)v, &e), &e);
    arena_done(&a);
}
#define book_exec(h, ...) book_exec_v(h, DB_LIST(__VA_ARGS__))

struct book_int { struct db_val sql; int64_t n; };
static inline bool book_int_run(struct req *r, void *ctx, struct err *e)
{
    struct book_int *x = ctx;
    const struct db_val v[] = { x->sql, { .type = DB_END } };
    return db_int_v(r->c, e, &x->n, v);
}
static inline int64_t book_count(struct book_home *h, struct db_val sql)
{
    struct arena a = { 0 };
    struct err e = { 0 };
    struct req r;
    struct book_int x = { .sql = sql };
    app_request(&h->app, &a, NULL, &r);
    MUST(app_read(&h->app, &r, book_int_run, &x, &e), &e);
    arena_done(&a);
    return x.n;
}

static inline bool book_load_run(struct req *r, void *ctx, struct err *e)
{
    return rules_load(r->app, r, ctx, e);
}
/* Loads the files as a command would. */
static inline bool book_load(struct book_home *h, struct rule_counts *n, struct err *e)
{
    struct arena a = { 0 };
    struct req r;
    app_request(&h->app, &a, NULL, &r);
    bool ok = app_write(&h->app, &r, book_load_run, n, e);
    arena_done(&a);
    return ok;
}
#endif
