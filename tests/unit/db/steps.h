/* steps.h - the schema's steps as they lie in sql/. */
#ifndef STEPS_H
#define STEPS_H
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

static size_t steps_read(struct arena *a, struct migration steps[STEPS_MAX])
{
    struct dirent **names;
    int n = scandir(SQL_DIR, &names, is_step, alphasort);
    OK(n > 0 && n < STEPS_MAX);
    for (int i = 0; i < n; i++) {
        struct str text = read_whole(a, arena_printf(a, "%s%s", SQL_DIR, names[i]->d_name).p);
        struct str head, rest, name = arena_dup(a, str_of(names[i]->d_name));
        int64_t no = 0;
        OK(str_cut(name, '_', &head, &rest) && str_to_i64(head, &no));
        steps[i] = (struct migration){ no, name.p, text.p, text.n };
        free(names[i]);
    }
    free(names);
    return (size_t)n;
}
#endif
