/* Everybody's own notices. */
#include "app/notice.h"

/* A list of numbers and times is a person's: not before the first password was
 * changed. */
static bool own(struct req *r, struct err *e)
{
    r->sight = SIGHT_ALL;
    r->no_store = true;
    return !r->who->must_change || err_set(e, ERR_MUST_CHANGE_PASSWORD);
}

static bool in_person(struct req *r, struct err *e)
{
    return own(r, e) && (!r->who->token || err_set(e, ERR_TOKEN_SCOPE));
}

struct notice_query { bool unread; };
static const struct field notice_query_fields[] = {
    FIELD(notice_query, unread, .doc = "Only what was not read", .zh = "只看未读",
          .en = "Unread only"),
};
static const struct record notice_query_record = RECORD(notice_query, notice_query_fields);

static bool on_list(struct req *r, const void *in UNUSED, void *out, struct err *e)
{
    const struct notice_query *q = r->query;
    return own(r, e) && notice_list(r, q->unread, out, e);
}

struct notice_count { int64_t count; bool more; };
static const struct field notice_count_fields[] = {
    FIELD(notice_count, count, .doc = "Unread notices, counted to a hundred", .zh = "未读",
          .en = "Unread"),
    FIELD(notice_count, more, .doc = "Perhaps more than that", .zh = "更多", .en = "More"),
};
static const struct record notice_count_record = RECORD(notice_count, notice_count_fields);

static bool on_count(struct req *r, const void *in UNUSED, void *out, struct err *e)
{
    struct notice_count *x = out;
    bool ok = own(r, e) && notice_unread(r, &x->count, e);
    x->more = x->count == NOTICE_COUNT_MAX;
    return ok;
}

static bool on_read(struct req *r, const void *in UNUSED, void *out UNUSED, struct err *e)
{
    struct id id;
    return own(r, e) && req_id(r, 0, &id, e) && notice_read(r, id, e);
}

struct notice_upto { struct id to; };
static const struct field notice_upto_fields[] = {
    FIELD(notice_upto, to, .doc = "The newest that was seen", .flags = REQUIRED, .zh = "至",
          .en = "Up to"),
};
static const struct record notice_upto_record = RECORD(notice_upto, notice_upto_fields);

static bool on_read_to(struct req *r, const void *in, void *out UNUSED, struct err *e)
{
    const struct notice_upto *x = in;
    return own(r, e) && notice_read_to(r, x->to, e);
}

static bool on_settings(struct req *r, const void *in UNUSED, void *out, struct err *e)
{
    return own(r, e) && notice_settings_get(r, out, e);
}

static bool on_settings_put(struct req *r, const void *in, void *out, struct err *e)
{
    return in_person(r, e) && notice_settings_put(r, in, e) && notice_settings_get(r, out, e);
}

struct notice_email { struct str email; };
static const struct field notice_email_fields[] = {
    FIELD(notice_email, email, .doc = "Address; empty: none any more", .max = 254, .zh = "邮箱",
          .en = "E-mail address"),
};
static const struct record notice_email_record = RECORD(notice_email, notice_email_fields);

static bool on_email(struct req *r, const void *in, void *out UNUSED, struct err *e)
{
    const struct notice_email *x = in;
    return in_person(r, e) && notice_email_put(r, x->email, e);
}

struct notice_code { struct str code; };
static const struct field notice_code_fields[] = {
    FIELD(notice_code, code, .doc = "Code that was sent there", .max = 10,
          .flags = REQUIRED | WRITEONLY, .zh = "验证码", .en = "Code"),
};
static const struct record notice_code_record = RECORD(notice_code, notice_code_fields);

struct try { struct str code; bool right; };
static bool try(struct req *r, void *ctx, struct err *e)
{
    struct try *x = ctx;
    return notice_email_confirm(r, x->code, &x->right, e);
}

/* In a write of its own: a wrong try is kept although the answer is a failure. */
static bool on_confirm(struct req *r, void *in, struct err *e)
{
    struct try x = { .code = ((const struct notice_code *)in)->code };
    return in_person(r, e) && app_write(r->app, r, try, &x, e)
        && (x.right || err_field(e, ERR_BAD_CODE, "code"));
}

static bool on_confirmed(struct req *r, const void *in UNUSED, void *out, struct err *e)
{
    return own(r, e) && notice_settings_get(r, out, e);
}

static const struct route notice_routes[] = {
    { "GET", "/api/v1/notices", PERM_SIGNED_IN, ROUTE_READ, .apply = on_list,
      .query = &notice_query_record, .out = &notice_record, .reply = REPLY_LIST,
      .sites = SITE_BOTH, .doc = "What I was told of, the newest first" },
    { "GET", "/api/v1/notices/unread", PERM_SIGNED_IN, ROUTE_READ, .apply = on_count,
      .out = &notice_count_record, .sites = SITE_BOTH, .doc = "How much of it I did not read" },
    { "POST", "/api/v1/notices/{id}/read", PERM_SIGNED_IN, ROUTE_WRITE, .apply = on_read,
      .reply = REPLY_NONE, .sites = SITE_BOTH, .doc = "Mark a notice as read" },
    { "POST", "/api/v1/notices/read", PERM_SIGNED_IN, ROUTE_WRITE, .apply = on_read_to,
      .in = &notice_upto_record, .body = BODY_JSON, .reply = REPLY_NONE, .sites = SITE_BOTH,
      .doc = "Mark all up to that one as read" },
    { "GET", "/api/v1/notices/settings", PERM_SIGNED_IN, ROUTE_READ, .apply = on_settings,
      .out = &notice_settings_record, .sites = SITE_BOTH,
      .doc = "How notices reach me outside the list" },
    { "PUT", "/api/v1/notices/settings", PERM_SIGNED_IN, ROUTE_WRITE, .apply = on_settings_put,
      .in = &notice_settings_record, .out = &notice_settings_record, .body = BODY_JSON,
      .sites = SITE_BOTH, .doc = "Change that" },
    { "PUT", "/api/v1/notices/email", PERM_SIGNED_IN, ROUTE_WRITE, .apply = on_email,
      .in = &notice_email_record, .body = BODY_JSON, .reply = REPLY_NONE, .rate = RATE_CODE,
      .sites = SITE_BOTH, .doc = "Set the own address: a code is sent there" },
    { "POST", "/api/v1/notices/email/confirm", PERM_SIGNED_IN, ROUTE_WRITE,
      .prepare = on_confirm, .slow = true, .apply = on_confirmed, .in = &notice_code_record,
      .out = &notice_settings_record, .body = BODY_JSON, .rate = RATE_CODE, .sites = SITE_BOTH,
      .doc = "Confirm the address with that code" },
};
const struct route_table notice_table = ROUTES("notice", notice_routes);
