/* What everybody may do with the own account: password, second factor, language,
 * and the list of places it is signed in from. */
#include "app/session.h"
#include "crypt/base32.h"
#include "crypt/password.h"
#include "crypt/totp.h"
#include "people/lockout.h"
#include "people/signin.h"

/* The own password or code, tried as at a sign-in: counted first. */
static bool enter(struct req *r, void *ctx, struct err *e)
{
    struct account_keys *k = ctx;
    *k = (struct account_keys){ 0 };
    return lockout_enter(r, r->who->login, e) && account_keys_of(r, r->who->account, k, e);
}

static bool changed(struct req *r, const char *action, struct err *e)
{
    return lockout_pass(r, r->who->login, e)
        && people_journal(r, action, r->who->account, NULL, e);
}

/* ---- password ---- */

struct password_change { struct str old, new; struct account_keys keys; struct str hash; };
static const struct field password_change_fields[] = {
    FIELD(password_change, old, .doc = "Present password", .max = PASSWORD_MAX,
          .format = FORMAT_PASSWORD, .flags = REQUIRED | WRITEONLY, .zh = "原密码",
          .en = "Present password"),
    FIELD(password_change, new, .doc = "New password", .max = PASSWORD_MAX,
          .format = FORMAT_PASSWORD, .flags = REQUIRED | WRITEONLY, .zh = "新密码",
          .en = "New password"),
};
static const struct record password_change_record = RECORD(password_change, password_change_fields);

static bool check_new(const struct req *r, struct str password, struct err *e)
{
    struct err inner = { 0 };
    if (password_check(r->who->login, password, &inner))
        return true;
    snprintf(inner.field, sizeof inner.field, "new");
    *e = inner;
    return false;
}

static bool on_password_check(struct req *r, void *in, struct err *e)
{
    struct password_change *x = in;
    if (!people_in_person(r, e) || !check_new(r, x->new, e)
        || !app_write(r->app, r, enter, &x->keys, e))
        return false;
    if (!password_verify(x->keys.password, x->old))
        return err_field(e, ERR_WRONG_PASSWORD, "old");
    if (str_eq_secret(x->old, x->new))
        return err_field(e, ERR_SAME_PASSWORD, "new");
    x->hash = password_hash(r->a, x->new);
    return true;
}

static bool on_password(struct req *r, const void *in, void *out UNUSED, struct err *e)
{
    const struct password_change *x = in;
    return account_keys_used(r, &x->keys, x->hash, x->keys.totp_last, e)
        && session_db_changed_password(r, e)
        && session_end_others(r, r->who->account, r->who->session, e)
        && changed(r, "account.password", e);
}

/* ---- second factor ---- */

struct totp_begun { struct str secret, uri; };
static const struct field totp_begun_fields[] = {
    FIELD(totp_begun, secret, .doc = "For typing into an authenticator; shown this once",
          .zh = "密钥", .en = "Secret"),
    FIELD(totp_begun, uri, .doc = "The same for a QR code", .max = 500, .zh = "二维码内容",
          .en = "QR code's content"),
};
static const struct record totp_begun_record = RECORD(totp_begun, totp_begun_fields);

struct totp_proof { struct str code, password; struct account_keys keys; int64_t step; };
static const struct field totp_code_fields[] = {
    FIELD(totp_proof, code, .doc = "Code of the authenticator", .max = 10,
          .flags = REQUIRED | WRITEONLY, .zh = "动态验证码", .en = "Authenticator code"),
};
static const struct record totp_code_record = {
    .name = "totp_code", .size = sizeof(struct totp_proof), .f = totp_code_fields,
    .n = COUNT(totp_code_fields),
};
static const struct field totp_proof_fields[] = {
    FIELD(totp_proof, code, .doc = "Code of the authenticator", .max = 10, .flags = WRITEONLY,
          .zh = "动态验证码", .en = "Authenticator code"),
    FIELD(totp_proof, password, .doc = "Or the password", .max = PASSWORD_MAX,
          .format = FORMAT_PASSWORD, .flags = WRITEONLY, .zh = "密码", .en = "Password"),
};
static const struct record totp_proof_record = RECORD(totp_proof, totp_proof_fields);

static bool on_totp_begin(struct req *r, const void *in UNUSED, void *out, struct err *e)
{
    struct totp_begun *x = out;
    if (r->who->kind != ACCOUNT_STAFF)
        return err_set(e, ERR_DENIED);
    if (r->who->totp_on)
        return err_set(e, ERR_TOTP_ON);
    struct str secret = totp_make_secret(r->a), sealed = secret;
    if (!people_in_person(r, e) || !account_seal(r, r->who->account, "totp", &sealed, e)
        || !account_totp_put(r, r->who->account, sealed, e))
        return false;
    x->secret = base32_text(r->a, BASE32_RFC, secret);
    x->uri = totp_uri(r->a, STR("枫桥"), r->who->login, secret);
    r->sight = SIGHT_ALL;
    r->no_store = true;
    return true;
}

static bool code_right(struct req *r, const struct account_keys *k, struct str code,
                       int64_t *step, struct err *e)
{
    struct str secret = k->totp;
    *step = k->totp_last;
    return account_open(r, k->id, "totp", &secret, e)
        && (totp_check(secret, r->now, code, step) || err_field(e, ERR_BAD_CODE, "code"));
}

static bool on_totp_confirm(struct req *r, const void *in, void *out UNUSED, struct err *e)
{
    const struct totp_proof *x = in;
    struct account_keys k = { 0 };
    int64_t step;
    if (!people_in_person(r, e) || !account_keys_of(r, r->who->account, &k, e))
        return false;
    if (k.totp_on)
        return err_set(e, ERR_TOTP_ON);
    if (!k.totp.n)
        return err_set(e, ERR_TOTP_OFF);
    return code_right(r, &k, x->code, &step, e) && account_totp_on(r, k.id, step, e)
        && changed(r, "account.totp-on", e);
}

static bool on_totp_end_check(struct req *r, void *in, struct err *e)
{
    struct totp_proof *x = in;
    if (!people_in_person(r, e))
        return false;
    if (!r->who->totp_on)
        return err_set(e, ERR_TOTP_OFF);
    if (!x->code.n && !x->password.n)
        return err_field(e, ERR_REQUIRED, "code");
    if (!app_write(r->app, r, enter, &x->keys, e))
        return false;
    if (x->code.n)
        return code_right(r, &x->keys, x->code, &x->step, e);
    x->step = x->keys.totp_last;
    return password_verify(x->keys.password, x->password)
        || err_field(e, ERR_WRONG_PASSWORD, "password");
}

static bool on_totp_end(struct req *r, const void *in, void *out UNUSED, struct err *e)
{
    const struct totp_proof *x = in;
    return account_keys_used(r, &x->keys, x->keys.password, x->step, e)
        && account_totp_put(r, r->who->account, STR(""), e) && changed(r, "account.totp-off", e);
}

/* ---- language, and a resident's name ---- */

/* "keep" stands first, so that what is not sent stays. */
static const struct name lang_keep_v[] = {
    { "keep", "不变", "keep" }, { "zh", "中文", "Chinese" }, { "en", "英文", "English" },
};
static const struct names lang_keep = NAMES("lang_choice", lang_keep_v);

struct profile { struct str name; unsigned lang; };
static const struct field profile_fields[] = {
    FIELD(profile, name, .doc = "A resident's own name; staff's is the administrator's",
          .max = 50, .format = FORMAT_PERSON, .zh = "姓名", .en = "Name"),
    FIELD(profile, lang, .doc = "Language of messages", .names = &lang_keep, .zh = "语言",
          .en = "Language"),
};
static const struct record profile_record = RECORD(profile, profile_fields);

static bool on_profile(struct req *r, const void *in, void *out, struct err *e)
{
    const struct profile *x = in;
    if (x->name.n && r->who->kind != ACCOUNT_RESIDENT)
        return err_field(e, ERR_READONLY, "name");
    return people_in_person(r, e)
        && session_db_profile(r, x->name, x->lang, e)
        && session_show(r, r->who->account, r->who->post, UINT64_MAX, r->who->csrf, out, e);
}

/* ---- where one is signed in ---- */

static bool on_logins(struct req *r, const void *in UNUSED, void *out, struct err *e)
{
    r->sight = SIGHT_ALL;
    r->no_store = true;
    return people_in_person(r, e) && session_db_places(r, out, e);
}

static bool on_login_end(struct req *r, const void *in UNUSED, void *out UNUSED, struct err *e)
{
    struct id id;
    return people_in_person(r, e) && req_id(r, 0, &id, e) && session_db_end(r, id, e);
}

static const struct route own_routes[] = {
    { "PUT", "/api/v1/session/password", PERM_SIGNED_IN, ROUTE_WRITE,
      .prepare = on_password_check, .slow = true, .apply = on_password,
      .in = &password_change_record, .body = BODY_JSON, .reply = REPLY_NONE, .rate = RATE_LOGIN,
      .doc = "Change the own password; every other session ends" },
    { "POST", "/api/v1/session/totp", PERM_SIGNED_IN, ROUTE_WRITE, .apply = on_totp_begin,
      .out = &totp_begun_record, .doc = "Draw a secret for a second factor" },
    { "PUT", "/api/v1/session/totp", PERM_SIGNED_IN, ROUTE_WRITE, .apply = on_totp_confirm,
      .in = &totp_code_record, .body = BODY_JSON, .reply = REPLY_NONE, .rate = RATE_LOGIN,
      .doc = "Turn the second factor on with its first code" },
    { "DELETE", "/api/v1/session/totp", PERM_SIGNED_IN, ROUTE_WRITE,
      .prepare = on_totp_end_check, .slow = true, .apply = on_totp_end, .in = &totp_proof_record,
      .body = BODY_JSON, .reply = REPLY_NONE, .rate = RATE_LOGIN,
      .doc = "Turn the second factor off, with a code or the password" },
    { "PUT", "/api/v1/session/profile", PERM_SIGNED_IN, ROUTE_WRITE, .apply = on_profile,
      .in = &profile_record, .out = &session_record, .body = BODY_JSON, .sites = SITE_BOTH,
      .doc = "Change the own language; a resident's name too" },
    { "GET", "/api/v1/session/logins", PERM_SIGNED_IN, ROUTE_READ, .apply = on_logins,
      .out = &sign_in_place_record, .reply = REPLY_LIST, .sites = SITE_BOTH,
      .doc = "Where I am signed in" },
    { "DELETE", "/api/v1/session/logins/{id}", PERM_SIGNED_IN, ROUTE_WRITE,
      .apply = on_login_end, .reply = REPLY_NONE, .sites = SITE_BOTH,
      .doc = "End one of my sign-ins" },
};
const struct route_table own_table = ROUTES("session", own_routes);
