/* The schema's steps as they lie in sql/, on this engine: in order, once, and
 * each table has a key. */
#include "steps.h"

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
    struct migration steps[STEPS_MAX];
    struct home h;
    struct err e = { 0 };
    size_t applied = 0;
    int64_t keyless = 0;
    int n = (int)steps_read(&a, steps);
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
