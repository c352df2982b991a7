/* The schema's steps as they lie in sql/, on this engine: in order, once, and
 * each table has a key. */
#include "dbtest.h"
#include <dirent.h>

enum { STEPS_MAX = 200 };

static int is_step(const struct dirent *d) { return d->d_name[0] >= '0' && d->d_name[0] <= '9'; }

static struct str read_whole(struct arena *a, const char *path)
{
    FILE *f = fopen(path, "r");
    char *p = arena_alloc(a, 1 << 20);
    size_t n = f ? fread(p, 1, 1 << 20, f) : 0;
    if (!f || fclose(f))
        abort();
    return (struct str){ p, n };
}

static bool count_keyless(void *ctx, struct db_conn *c, struct err *e)
{
    if (db_conn_engine(c) == DB_SQLITE)
        return true;
    return db_int(c, e, ctx, SQL("SELECT COUNT(*) FROM pg_class k WHERE k.relkind = 'r'"
        " AND k.relnamespace = (SELECT n.oid FROM pg_namespace n WHERE n.nspname = 'public')"
        " AND NOT EXISTS (SELECT 1 FROM pg_index i WHERE i.indrelid = k.oid AND i.indisprimary)"));
}

int main(void)
{
    struct arena a = { 0 };
    struct dirent **names;
    struct migration steps[STEPS_MAX];
    struct home h;
    struct err e = { 0 };
    size_t applied = 0;
    int64_t keyless = 0;
    int n = scandir(SQL_DIR, &names, is_step, alphasort);
    OK(n > 0 && n < STEPS_MAX);
    for (int i = 0; i < n; i++) {
        struct str text = read_whole(&a, arena_printf(&a, "%s%s", SQL_DIR, names[i]->d_name).p);
        struct str head, rest, name = arena_dup(&a, str_of(names[i]->d_name));
        int64_t no = 0;
        OK(str_cut(name, '_', &head, &rest) && str_to_i64(head, &no));
        steps[i] = (struct migration){ no, name.p, text.p, text.n };
        free(names[i]);
    }
    free(names);
    home_make(&h);
    struct db *db = db_fresh(&h, (struct db_options){ .readers = 1, .workers = 1 });
    if (!OK(db_migrate(db, steps, (size_t)n, &applied, &e)))
        printf("# %s %s %s\n", err_slug(e.id), e.arg, e.detail);
    OK_INT(applied, n);
    OK(read_do(db, count_keyless, &keyless, &e));
    OK_INT(keyless, 0);
    db_close(db);
    home_end(&h);
    arena_done(&a);
    return tap_end();
}
