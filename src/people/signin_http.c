/* Signing in and out, and the post acted in. */
#include "app/session.h"
#include "crypt/password.h"
#include "people/signin.h"

static const struct field sign_in_fields[] = {
    FIELD(sign_in, login, .doc = "Login", .max = 60, .flags = REQUIRED, .zh = "账号",
          .en = "Login"),
    FIELD(sign_in, password, .doc = "Password", .max = PASSWORD_MAX, .format = FORMAT_PASSWORD,
          .flags = REQUIRED | WRITEONLY, .zh = "密码", .en = "Password"),
    FIELD(sign_in, totp, .doc = "Code of the authenticator, when it is on", .max = 10,
          .flags = WRITEONLY, .zh = "动态验证码", .en = "Authenticator code"),
};
static const struct record sign_in_record = RECORD(sign_in, sign_in_fields);

static bool on_sign_in_check(struct req *r, void *in, struct err *e)
{
    return sign_in_check(r, in, e);
}

static bool on_sign_in(struct req *r, const void *in, void *out, struct err *e)
{
    return sign_in_apply(r, in, out, e);
}

static bool on_show(struct req *r, const void *in UNUSED, void *out, struct err *e)
{
    return session_show(r, r->who->account, r->who->post, r->who->perms, r->who->csrf, out, e);
}

static bool on_sign_out(struct req *r, const void *in UNUSED, void *out UNUSED, struct err *e)
{
    return people_in_person(r, e) && session_end(r, e);
}

struct post_choice { struct id post; };
static const struct field post_choice_fields[] = {
    FIELD(post_choice, post, .doc = "A post held today", .flags = REQUIRED, .zh = "任职",
          .en = "Post"),
};
static const struct record post_choice_record = RECORD(post_choice, post_choice_fields);

static bool is_held(const struct list *held, struct id post)
{
    const struct post_held *v = held->v;
    for (size_t i = 0; i < held->n; i++)
        if (v[i].id.v == post.v)
            return true;
    return false;
}

static bool on_post(struct req *r, const void *in, void *out, struct err *e)
{
    const struct post_choice *x = in;
    struct list held;
    if (!people_in_person(r, e) || !post_held_list(r, r->who->account, &held, e))
        return false;
    if (!is_held(&held, x->post))
        return err_field(e, ERR_NO_SUCH_REF, "post");
    return session_db_post(r, x->post, e)
        && session_show(r, r->who->account, x->post, UINT64_MAX, r->who->csrf, out, e);
}

static const struct route signin_routes[] = {
    { "POST", "/api/v1/session", PERM_PUBLIC, ROUTE_WRITE, .prepare = on_sign_in_check,
      .slow = true, .apply = on_sign_in, .in = &sign_in_record, .out = &session_record,
      .body = BODY_JSON, .rate = RATE_LOGIN, .body_max = 4096, .doc = "Sign in as staff" },
    { "GET", "/api/v1/session", PERM_SIGNED_IN, ROUTE_READ, .apply = on_show,
      .out = &session_record, .sites = SITE_BOTH, .doc = "Who is signed in, and may what" },
    { "DELETE", "/api/v1/session", PERM_SIGNED_IN, ROUTE_WRITE, .apply = on_sign_out,
      .reply = REPLY_NONE, .sites = SITE_BOTH, .doc = "Sign out" },
    { "PUT", "/api/v1/session/post", PERM_SIGNED_IN, ROUTE_WRITE, .apply = on_post,
      .in = &post_choice_record, .out = &session_record, .body = BODY_JSON,
      .doc = "Act in another of one's posts" },
};
const struct route_table signin_table = ROUTES("session", signin_routes);
