/* Password and code, looked at outside any transaction: the hash takes as long as
 * many writes. What was counted stays counted whatever happens after. */
#include "people/signin.h"
#include "crypt/password.h"
#include "crypt/totp.h"
#include "people/browser.h"
#include "people/lockout.h"

static bool enter(struct req *r, void *ctx, struct err *e)
{
    struct sign_in *in = ctx;
    in->keys = (struct account_keys){ 0 };
    return lockout_enter(r, in->login, e)
        && account_keys_by_login(r, in->login, &in->keys, &in->found, e);
}

static bool give_back(struct req *r, void *ctx, struct err *e)
{
    const struct sign_in *in = ctx;
    return lockout_give_back(r, in->login, e);
}

static bool password_right(const struct sign_in *in)
{
    if (in->found && in->keys.password.n)
        return password_verify(in->keys.password, in->password);
    password_verify_nobody(in->password);
    return false;
}

static bool check_code(struct req *r, struct sign_in *in, struct err *e)
{
    struct str secret = in->keys.totp;
    if (!in->keys.totp_on)
        return true;
    if (!in->totp.n)
        return app_write(r->app, r, give_back, in, e) && err_set(e, ERR_NEED_TOTP);
    return account_open(r, in->keys.id, "totp", &secret, e)
        && (totp_check(secret, r->now, in->totp, &in->step) || err_set(e, ERR_BAD_LOGIN));
}

bool sign_in_check(struct req *r, struct sign_in *in, struct err *e)
{
    in->login = account_fold(r->a, in->login);
    if (!app_write(r->app, r, enter, in, e))
        return false;
    if (!password_right(in))
        return err_set(e, ERR_BAD_LOGIN);
    in->hash = in->keys.password;
    in->step = in->keys.totp_last;
    if (!check_code(r, in, e))
        return false;
    if (password_is_stale(in->hash))
        in->hash = password_hash(r->a, in->password);
    return true;
}

static bool journal(struct req *r, struct id account, struct err *e)
{
    AUTO(buf_done) struct buf b;
    buf_init(&b, 2048);
    json_put_key(&b, "{", "remote");
    json_put_str(&b, r->remote);
    buf_add_char(&b, '}');
    return people_journal(r, "account.sign-in", account, &b, e);
}

bool sign_in_apply(struct req *r, const struct sign_in *in, struct session *out, struct err *e)
{
    struct err inner = { 0 };
    if (!account_keys_used(r, &in->keys, in->hash, in->step, &inner)) {
        if (inner.id == ERR_CONFLICT)
            return err_set(e, ERR_BAD_LOGIN);
        *e = inner;
        return false;
    }
    if (!lockout_pass(r, in->login, e) || !session_begin(r, in->keys.id, out, e)
        || !journal(r, in->keys.id, e))
        return false;
    browser_remember(r, in->login);
    return true;
}
