/* What commands share: options after their own arguments, and acting as an account
 * in its first post. */
#include "app/session.h"
#include "main/command.h"
#include "people/people.h"

struct str call_option(const struct call_line *l, const char *name, const char *preset)
{
    for (int i = 0; i + 1 < l->argc; i++)
        if (!strcmp(l->argv[i], name))
            return str_of(l->argv[i + 1]);
    return str_of(preset);
}

struct actor { struct str login; struct who who; };

static bool find_actor(struct req *r, void *ctx, struct err *e)
{
    struct actor *x = ctx;
    struct id account;
    struct list posts;
    bool found;
    if (!account_find(r, x->login, &account, &found, e))
        return false;
    if (!found)
        return err_fieldf(e, ERR_NO_SUCH_REF, "as", "%.*s", STR_ARG(x->login));
    if (!post_held_list(r, account, &posts, e))
        return false;
    if (!posts.n)
        return err_set(e, ERR_NO_POST);
    const struct post_held *first = posts.v;
    return session_who_in_post(r, account, first->id, &x->who, &found, e)
        && (found || err_set(e, ERR_NO_POST));
}

bool call_act_as(struct call_line *l, struct req *r, struct err *e)
{
    struct actor *x = arena_new(l->a, struct actor);
    x->login = call_option(l, "--as", "");
    app_request(l->app, l->a, NULL, r);
    if (!x->login.n)
        return err_field(e, ERR_REQUIRED, "as");
    if (!app_read(l->app, r, find_actor, x, e))
        return false;
    app_request(l->app, l->a, &x->who, r);
    return true;
}
