/* Residents sign in by telephone and code; the first time makes their account. */
#include "people/phone_code.h"
#include "people/signin.h"

struct code_wanted { struct str phone; };
static const struct field code_wanted_fields[] = {
    FIELD(code_wanted, phone, .doc = "Mobile number", .max = 30, .format = FORMAT_PHONE,
          .flags = REQUIRED, .check = phone_code_check, .zh = "手机号", .en = "Mobile number"),
};
static const struct record code_wanted_record = RECORD(code_wanted, code_wanted_fields);

struct code_given { struct str phone, code; bool right; };
static const struct field code_given_fields[] = {
    FIELD(code_given, phone, .doc = "Mobile number", .max = 30, .format = FORMAT_PHONE,
          .flags = REQUIRED, .check = phone_code_check, .zh = "手机号", .en = "Mobile number"),
    FIELD(code_given, code, .doc = "The code sent to it", .max = 10,
          .flags = REQUIRED | WRITEONLY, .zh = "验证码", .en = "Code"),
};
static const struct record code_given_record = RECORD(code_given, code_given_fields);

static bool on_code(struct req *r, const void *in, void *out UNUSED, struct err *e)
{
    const struct code_wanted *x = in;
    return phone_code_send(r, x->phone, e);
}

static bool try_code(struct req *r, void *ctx, struct err *e)
{
    struct code_given *x = ctx;
    return phone_code_try(r, x->phone, x->code, &x->right, e);
}

/* In a write of its own: the try stays counted when the code is wrong. */
static bool on_sign_in_check(struct req *r, void *in, struct err *e)
{
    struct code_given *x = in;
    return app_write(r->app, r, try_code, x, e)
        && (x->right || err_field(e, ERR_BAD_CODE, "code"));
}

static bool on_sign_in(struct req *r, const void *in, void *out, struct err *e)
{
    const struct code_given *x = in;
    struct id account;
    bool found;
    struct account_seed seed = { .phone = x->phone, .kind = ACCOUNT_RESIDENT, .lang = r->lang };
    return account_by_phone(r, x->phone, &account, &found, e)
        && (found || account_add(r, &seed, &account, e)) && session_begin(r, account, out, e);
}

static const struct route door_routes[] = {
    { "POST", "/api/v1/door/code", PERM_PUBLIC, ROUTE_WRITE, .apply = on_code,
      .in = &code_wanted_record, .body = BODY_JSON, .reply = REPLY_NONE, .rate = RATE_CODE,
      .sites = SITE_BOTH, .body_max = 1024, .doc = "Send a code to a mobile number" },
    { "POST", "/api/v1/door/session", PERM_PUBLIC, ROUTE_WRITE, .prepare = on_sign_in_check,
      .slow = true, .apply = on_sign_in, .in = &code_given_record, .out = &session_record,
      .body = BODY_JSON, .rate = RATE_LOGIN, .sites = SITE_BOTH, .body_max = 1024,
      .doc = "Sign in as a resident with the code sent to one's mobile" },
};
const struct route_table door_table = ROUTES("door", door_routes);
