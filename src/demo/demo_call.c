/* The program's own addresses, called as a client would, at an earlier moment. */
#include "app/session.h"
#include "demo/demo_impl.h"

bool demo_who(struct demo *d, struct id account, struct id post, struct stamp at,
              struct who *out, struct err *e)
{
    struct req r = *d->r;
    bool found;
    r.now = at;
    return session_who_in_post(&r, account, post, out, &found, e)
        && (found || err_internal(e, "demo: no account %lld", (long long)account.v));
}

/* The log of a failed load names the address and what was sent. */
static bool explain(const struct demo_call *call, struct err *e)
{
    size_t n = strlen(e->detail);
    snprintf(e->detail + n, sizeof e->detail - n, " [%.*s as %.*s: %s %s]", STR_ARG(call->path),
             STR_ARG(call->who->login), err_slug(e->id), e->field);
    return false;
}

bool demo_post_to(struct demo *d, const struct demo_call *call, const void **out, struct err *e)
{
    struct req *r = arena_new(d->a, struct req);
    *r = *d->r;
    r->who = call->who;
    r->now = call->at;
    r->site = SITE_DESK;
    if (call->version)
        r->if_match = arena_printf(d->a, "\"v%lld\"", (long long)call->version);
    r->route = route_trie_find(d->trie, r->site, STR("POST"), call->path, d->a, r->param, e);
    if (!r->route)
        return explain(call, e);
    if (!who_may(call->who, (enum perm)r->route->perm)) {
        err_set(e, ERR_DENIED);
        return explain(call, e);
    }
    void *in = r->route->in ? arena_alloc(d->a, r->route->in->size) : NULL;
    void *reply = r->route->out ? arena_alloc(d->a, r->route->out->size) : NULL;
    bool ok = (!in || (record_preset(r->route->in, d->a, in, e)
                       && record_from_bytes(r->route->in, call->body, d->a, in, e)))
        && (!r->route->prepare || r->route->prepare(r, in, e))
        && r->route->apply(r, in, reply, e);
    *out = reply;
    d->n.moves++;
    return ok || explain(call, e);
}
