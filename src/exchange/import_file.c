#include "exchange/import_file.h"
#include "app/tidy.h"
#include "exchange/import.h"
#include <errno.h>
#include <sys/stat.h>

enum { KEPT_SECONDS = 7 * 86400 };

static const char *path_of(const struct app *app, struct arena *a, struct id id)
{
    return app_path(app, a, arena_printf(a, "imports/%lld", (long long)id.v).p);
}

bool import_file_take(struct app *app, struct arena *a, struct id id, const char *spool,
                      struct err *e)
{
    const char *to = path_of(app, a, id);
    if ((mkdir(app_path(app, a, "imports"), 0700) == 0 || errno == EEXIST)
        && rename(spool, to) == 0)
        return true;
    return err_detail(e, ERR_UNAVAILABLE, "%s: %s", to, strerror(errno));
}

bool import_file_open(struct app *app, struct arena *a, struct id id, int64_t sheet,
                      struct sheet_reader **out, struct err *e)
{
    if (!sheet_open_path(a, path_of(app, a, id), NULL, out, e))
        return false;
    if (sheet == 0)
        return true;
    if (sheet < 0 || (size_t)sheet >= sheet_count(*out))
        return err_fieldf(e, ERR_OUT_OF_RANGE, "sheet", "0…%zu", sheet_count(*out) - 1);
    return sheet_choose(*out, (size_t)sheet, e);
}

bool import_file_header(struct app *app, struct arena *a, struct id id, int64_t sheet,
                        struct strs *out, struct err *e)
{
    struct sheet_reader *r;
    struct sheet_row row;
    if (!import_file_open(app, a, id, sheet, &r, e))
        return false;
    if (!sheet_read_row(r, a, &row, e))
        return err_is_set(e) ? false : err_fieldf(e, ERR_BAD_FILE, "file", "%s", "0");
    *out = (struct strs){ row.cells, row.n };
    return true;
}

bool import_tidy(struct app *app, bool *more, struct err *e UNUSED)
{
    *more = false;
    tidy_folder(app, "imports", KEPT_SECONDS);
    return true;
}
