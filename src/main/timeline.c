/* The command timeline: a matter's life in words, as an account sees it. */
#include "app/access.h"
#include "main/command.h"
#include "matter/timeline.h"

enum { PRINT_MAX = 1 << 20 };

struct wish { struct str number; enum lang lang; struct buf *b; };

static bool show(struct req *r, void *ctx, struct err *e)
{
    struct wish *x = ctx;
    struct matter m;
    struct id id;
    buf_clear(x->b);
    if (!db_int(r->c, e, &id.v,
            SQL("SELECT COALESCE(MAX(id), 0) FROM matter WHERE home = $1 AND number = $2"),
            V(r->app->home), V(x->number)))
        return false;
    return (id.v || err_set(e, ERR_NOT_FOUND)) && matter_load(r, id, &m, e)
        && timeline_put(r, &m, x->lang, x->b, e)
        && (m.grade < GRADE_CONTENT || access_note(r, m.home, id, STR("read"), STR(""), e));
}

bool run_timeline(struct call_line *l, struct err *e)
{
    AUTO(buf_done) struct buf b;
    struct req r;
    buf_init(&b, PRINT_MAX);
    if (l->argc < 1)
        return err_setf(e, ERR_CONFIG, "%s",
                        "usage: fengqiao timeline NUMBER --as LOGIN [--lang zh|en]");
    struct wish x = { str_of(l->argv[0]), LANG_ZH, &b };
    if (str_is(call_option(l, "--lang", "zh"), "en"))
        x.lang = LANG_EN;
    if (!app_open(l->app, l->a, e) || !call_act_as(l, &r, e)
        || !app_write(l->app, &r, show, &x, e))     /* a look is written down */
        return false;
    fwrite(b.p, 1, b.n, stdout);
    return true;
}
