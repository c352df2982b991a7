#include "app/tidy.h"
#include "app/codebook.h"
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

/* ---- by the rules of rules/retention.csv ---- */

bool tidy_before(const struct app *app, const char *code, struct stamp now, struct id *out)
{
    AUTO(arena_done) struct arena a = { 0 };
    const struct code_entry *x = codebook_code(app, STR("retention"), str_of(code), DAY_NONE);
    int64_t n = 0;
    if (!x || !str_to_i64(code_extra(x, &a, "amount"), &n) || n < 1 || n > 1000)
        return false;
    struct str unit = code_extra(x, &a, "unit");
    struct day today = day_of_stamp(now), then = today;
    if (str_is(unit, "day"))
        then.n -= (int32_t)n;
    else if (str_is(unit, "month") || str_is(unit, "year"))
        then = day_add_months(today, -(int)n * (str_is(unit, "year") ? 12 : 1));
    *out = id_floor_of(stamp_of_day(then));
    return then.n < today.n && str_is(code_extra(x, &a, "then"), "destroy");
}

static bool forget_outbox(struct req *r, struct id before, int64_t *gone, struct err *e)
{
    return db_exec(r->c, e, gone,
        SQL("DELETE FROM outbox WHERE home = $1 AND id IN (SELECT id FROM outbox WHERE home = $1"
            " AND id < $2 AND state <> 0 ORDER BY id LIMIT 500)"), V(r->app->home), V(before));
}

static bool forget_notices(struct req *r, struct id before, int64_t *gone, struct err *e)
{
    return db_exec(r->c, e, gone,
        SQL("DELETE FROM notice WHERE home = $1 AND id IN (SELECT id FROM notice WHERE home = $1"
            " AND id < $2 AND send_at = 0 ORDER BY id LIMIT 500)"), V(r->app->home), V(before));
}

static bool forget_jobs(struct req *r, struct id before, int64_t *gone, struct err *e)
{
    return db_exec(r->c, e, gone,
        SQL("DELETE FROM job WHERE home = $1 AND id IN (SELECT id FROM job WHERE home = $1"
            " AND id < $2 AND state IN (2, 3) ORDER BY id LIMIT 500)"),
        V(r->app->home), V(before));
}

/* What stood in the way of an import; the import itself stays in its list. */
static bool forget_errors(struct req *r, struct id before, int64_t *gone, struct err *e)
{
    return db_exec(r->c, e, gone,
        SQL("DELETE FROM import_error WHERE home = $1 AND import IN (SELECT DISTINCT import"
            " FROM import_error WHERE home = $1 AND import < $2 ORDER BY import LIMIT 5)"),
        V(r->app->home), V(before));
}

/* A term that is not in the rules, or is permanent, keeps everything. */
static const struct {
    const char *code;
    bool (*forget)(struct req *r, struct id before, int64_t *gone, struct err *e);
} kept[] = {
    { "outbox", forget_outbox }, { "notice", forget_notices }, { "job", forget_jobs },
    { "import_error", forget_errors },
};

static bool forget_by_rule(struct req *r, void *ctx, struct err *e)
{
    bool *more = ctx;
    *more = false;
    for (size_t i = 0; i < COUNT(kept); i++) {
        struct id before;
        int64_t gone = 0;
        if (!tidy_before(r->app, kept[i].code, r->now, &before))
            continue;
        if (!kept[i].forget(r, before, &gone, e))
            return false;
        *more |= gone > 0;
    }
    return true;
}

static bool forget(struct req *r, void *ctx UNUSED, struct err *e)
{
    return db_exec(r->c, e, NULL, SQL("DELETE FROM session WHERE expires_at < $1"), V(r->now))
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
    bool ok = app_write(app, &r, forget, NULL, e)
        && (!app->home.v || app_write(app, &r, forget_by_rule, more, e));
    arena_done(&a);
    return ok;
}
