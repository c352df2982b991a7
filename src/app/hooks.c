#include "app/hooks.h"
#include "app/answer.h"
#include "app/session.h"

enum { REPLAY_MS = 24 * STAMP_HOUR };

static bool authenticate(struct req *r, struct err *e)
{
    struct who *w = arena_new(r->a, struct who);
    bool found;
    if (!r->cookie.n && !r->bearer.n)
        return true;
    if (!session_who(r, w, &found, e))
        return false;
    if (found) {
        r->who = w;
        r->account = w->account;
    }
    return true;
}

static bool is_change(const struct route *t)
{
    return strcmp(t->method, "GET") != 0;
}

/* Routes that stay open while the first password must be changed. */
static bool is_own_account(const struct route *t)
{
    return t->perm == PERM_SIGNED_IN;
}

static bool allow(struct req *r, struct err *e)
{
    const struct route *t = r->route;
    const struct who *w = r->who;
    if (t->perm == PERM_NONE)
        return err_set(e, ERR_DENIED);
    if (w && is_change(t) && !w->token && !str_eq_secret(r->csrf, w->csrf))
        return err_set(e, ERR_BAD_CSRF);
    if (t->perm == PERM_PUBLIC)
        return true;
    if (!w)
        return err_set(e, ERR_SIGN_IN);
    if (w->must_change && !is_own_account(t))
        return err_set(e, ERR_MUST_CHANGE_PASSWORD);
    if (who_may(w, (enum perm)t->perm))
        return true;
    if (w->token)
        return err_set(e, ERR_TOKEN_SCOPE);
    return err_set(e, w->kind == ACCOUNT_STAFF && !w->org.v ? ERR_NO_POST : ERR_DENIED);
}

/* An id made with a node that another process has now could be made twice. */
static bool may_write(const struct req *r, struct err *e)
{
    return app_has_node(r->app, e);
}

/* An idempotency key belongs to an account, or to a guest's address. */
static struct str actor(const struct req *r)
{
    return r->who ? arena_printf(r->a, "a%lld", (long long)r->who->account.v)
                  : arena_printf(r->a, "g%.*s", STR_ARG(r->remote));
}

/* A kept answer may hold what is told once (a pin, a token, a first password). */
static struct secret_at kept_at(const struct req *r)
{
    return (struct secret_at){ STR("idempotency"), STR("body"), r->account };
}

struct replay { struct str hash, body; int64_t status; };
static const struct field replay_fields[] = {
    FIELD(replay, hash, .doc = "Of the request"), FIELD(replay, body, .doc = "The answer"),
    FIELD(replay, status, .doc = "Its status"),
};
static const struct record replay_record = RECORD(replay, replay_fields);

static bool replay_find(struct req *r, int *status, struct err *e)
{
    struct replay old = { 0 };
    bool found;
    *status = 0;
    if (!db_maybe(r->c, e, r->a, &replay_record, &old, &found,
            SQL("SELECT hash, status, body FROM idempotency"
                " WHERE actor = $1 AND key = $2 AND expires_at > $3"),
            V(actor(r)), V(r->idempotency_key), V(r->now)))
        return false;
    if (!found)
        return true;
    if (!str_eq(old.hash, r->body_hash))
        return err_set(e, ERR_KEY_REUSED);
    struct secret_at at = kept_at(r);
    if (!secret_open(&r->app->secrets, r->a, &at, old.body, &r->text, e))
        return false;
    *status = (int)old.status;
    return true;
}

/* A sign-in is not kept: its cookie could not be given again. The same request
 * twice at once: one of them is undone, and told so. */
static bool replay_keep(struct req *r, int status, struct str body, struct err *e)
{
    struct secret_at at = kept_at(r);
    int64_t kept = 0;
    if (r->set_cookie[0].n)
        return true;
    return secret_seal(&r->app->secrets, r->a, &at, body, &body, e) && db_exec(r->c, e, &kept,
        SQL("INSERT INTO idempotency (actor, key, hash, status, body, expires_at)"
            " VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (actor, key) DO UPDATE SET"
            " hash = excluded.hash, status = excluded.status, body = excluded.body,"
            " expires_at = excluded.expires_at WHERE idempotency.expires_at <= $7"),
        V(actor(r)), V(r->idempotency_key), V(r->body_hash), V(status), V(body),
        V(r->now.ms + REPLAY_MS), V(r->now))
        && (kept == 1 || err_set(e, ERR_CONFLICT));
}

static unsigned rate_limit(struct app *app, enum route_rate rate)
{
    static const unsigned a_minute[RATE__COUNT] = {
        [RATE_NORMAL] = 1200, [RATE_FILE] = 120, [RATE_SEARCH] = 300, [RATE_HEAVY] = 20,
    };
    if (rate == RATE_LOGIN)
        return (unsigned)app->config.login_rate;
    return rate == RATE_CODE ? (unsigned)app->config.code_rate
                             : a_minute[rate] * (unsigned)app->config.rate_factor;
}

struct http_hooks app_hooks(struct app *app, http_events_fn *events)
{
    return (struct http_hooks){
        .app = app, .authenticate = authenticate, .allow = allow, .may_write = may_write,
        .replay_find = replay_find, .replay_keep = replay_keep, .events_after = events,
        .answer_again = answer_again, .answer_keep = answer_keep, .rate_limit = rate_limit,
    };
}
