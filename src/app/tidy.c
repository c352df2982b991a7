#include "app/tidy.h"

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
    app_request(app, &a, NULL, &r);
    bool ok = app_write(app, &r, forget, NULL, e);
    arena_done(&a);
    return ok;
}
