#include "app/tidy.h"
#include <dirent.h>
#include <sys/stat.h>
#include <unistd.h>

enum { SPOOL_SECONDS = 86400 };

void tidy_folder(const struct app *app, const char *name, int64_t seconds)
{
    struct arena a = { 0 };
    const char *dir = app_path(app, &a, name);
    DIR *d = opendir(dir);
    time_t limit = time(NULL) - (time_t)seconds;
    for (struct dirent *f; d && (f = readdir(d));) {
        struct stat st;
        const char *path = arena_printf(&a, "%s/%s", dir, f->d_name).p;
        if (lstat(path, &st) == 0 && S_ISREG(st.st_mode) && st.st_mtime < limit)
            unlink(path);
    }
    if (d)
        closedir(d);
    arena_done(&a);
}

static bool forget(struct req *r, void *ctx UNUSED, struct err *e)
{
    return app_keep_node(r->app, r, e)
        && db_exec(r->c, e, NULL, SQL("DELETE FROM session WHERE expires_at < $1"), V(r->now))
        && db_exec(r->c, e, NULL, SQL("DELETE FROM idempotency WHERE expires_at < $1"),
                   V(r->now))
        && db_exec(r->c, e, NULL, SQL("DELETE FROM phone_code WHERE expires_at < $1"),
                   V(r->now.ms - STAMP_DAY));
}

bool tidy_run(struct app *app, bool *more, struct err *e)
{
    struct arena a = { 0 };
    struct req r;
    *more = false;
    tidy_folder(app, "spool", SPOOL_SECONDS);
    app_request(app, &a, NULL, &r);
    bool ok = app_write(app, &r, forget, NULL, e);
    arena_done(&a);
    return ok;
}
