/* Accounts over HTTP: for the security administrator. */
#include "app/checks.h"
#include "crypt/password.h"
#include "people/account.h"
#include "people/lockout.h"
#include "people/post.h"

/* "any" stands first, so that 0 means no filter. */
#define X(id, slug, zh, en) { slug, zh, en },
static const struct name state_any_v[] = { { "any", "全部", "any" }, ACCOUNT_STATES(X) };
#undef X
static const struct names state_any = NAMES("account_state_filter", state_any_v);

struct account_query { struct str q; unsigned state; };
static const struct field account_query_fields[] = {
    FIELD(account_query, q, .doc = "Beginning of login or name", .max = 50, .zh = "账号或姓名",
          .en = "Login or name"),
    FIELD(account_query, state, .doc = "Only this state", .names = &state_any,
          .zh = "状态", .en = "State"),
};
static const struct record account_query_record = RECORD(account_query, account_query_fields);

static bool on_list(struct req *r, const void *in UNUSED, void *out, struct err *e)
{
    const struct account_query *q = r->query;
    struct account_filter f = { .q = q->q, .state = q->state, .after = r->cursor };
    struct list *list = out;
    r->sight = SIGHT_ALL;
    if (!account_page(r, &f, list, e))
        return false;
    const struct account *v = list->v;
    if (list->n > (size_t)r->limit)
        r->next = v[--list->n - 1].login;
    return true;
}

static bool on_read(struct req *r, const void *in UNUSED, void *out, struct err *e)
{
    struct account *x = out;
    struct id id;
    r->sight = SIGHT_ALL;
    if (!req_id(r, 0, &id, e) || !account_load(r, id, x, e))
        return false;
    r->version = x->version;
    return true;
}

/* ---- making one ---- */

struct account_new {
    struct str login, name, phone;
    unsigned lang;
    struct str password, hash;          /* made by on_create_prepare */
};
static const struct field account_new_fields[] = {
    FIELD(account_new, login, .doc = "Small letters, digits, dots, hyphens", .min = 2, .max = 40,
          .flags = REQUIRED, .zh = "账号", .en = "Login"),
    FIELD(account_new, name, .doc = "Name", .max = 50, .format = FORMAT_PERSON, .flags = REQUIRED,
          .zh = "姓名", .en = "Name"),
    FIELD(account_new, phone, .doc = "Telephone number", .max = 40, .format = FORMAT_PHONE,
          .flags = SECRET, .check = check_phone, .zh = "联系电话", .en = "Telephone"),
    FIELD(account_new, lang, .doc = "Language of messages", .names = &lang_names, .zh = "语言",
          .en = "Language"),
};
static const struct record account_new_record = RECORD(account_new, account_new_fields);

/* The first password is told once, to whoever made the account. */
struct account_made { struct id id; struct str login, password; };
static const struct field account_made_fields[] = {
    FIELD(account_made, id, .doc = "Key", .flags = HIDDEN),
    FIELD(account_made, login, .doc = "Login", .zh = "账号", .en = "Login"),
    FIELD(account_made, password, .doc = "First password; shown this once", .zh = "初始密码",
          .en = "First password"),
};
static const struct record account_made_record = RECORD(account_made, account_made_fields);

static bool on_create_prepare(struct req *r, void *in, struct err *e UNUSED)
{
    struct account_new *x = in;
    x->password = account_first_password(r->a);
    x->hash = password_hash(r->a, x->password);
    return true;
}

static void show_once(struct req *r, struct account_made *out, struct account_made made)
{
    r->sight = SIGHT_ALL;
    r->no_store = true;
    *out = made;
}

static bool on_create(struct req *r, const void *in, void *out, struct err *e)
{
    const struct account_new *x = in;
    struct id id;
    struct account_seed seed = {
        .login = x->login, .name = x->name, .phone = x->phone, .lang = x->lang, .hash = x->hash,
        .kind = ACCOUNT_STAFF, .must_change = true,
    };
    if (!account_add(r, &seed, &id, e))
        return false;
    show_once(r, out, (struct account_made){ id, account_fold(r->a, x->login), x->password });
    r->location = arena_printf(r->a, "%s/%lld", r->route->path, (long long)id.v);
    return true;
}

/* ---- changing one ---- */

struct account_change { struct str name, phone; unsigned lang; };
static const struct field account_change_fields[] = {
    FIELD(account_change, name, .doc = "Name", .max = 50, .format = FORMAT_PERSON,
          .flags = REQUIRED, .zh = "姓名", .en = "Name"),
    FIELD(account_change, phone, .doc = "Telephone number; stays when not sent", .max = 40,
          .format = FORMAT_PHONE, .flags = SECRET, .check = check_phone, .zh = "联系电话",
          .en = "Telephone"),
    FIELD(account_change, lang, .doc = "Language of messages", .names = &lang_names,
          .zh = "语言", .en = "Language"),
};
static const struct record account_change_record = RECORD(account_change, account_change_fields);

/* Staff only: a resident's account is the resident's. */
static bool load_staff(struct req *r, struct account *x, struct err *e)
{
    struct id id;
    return req_id(r, 0, &id, e) && account_load(r, id, x, e)
        && (x->kind == ACCOUNT_STAFF || err_set(e, ERR_NOT_FOUND))
        && (x->state == ACCOUNT_ACTIVE
            || err_setf(e, ERR_WRONG_STATE, "%s" ERR_OR "%s", account_state_names.v[x->state].zh,
                        account_state_names.v[x->state].en));
}

static bool journal_change(struct req *r, const struct account *was, const struct account *x,
                           struct err *e)
{
    AUTO(buf_done) struct buf b;
    buf_init(&b, 8192);
    account_put_journal(was, "{", "before", &b);
    account_put_journal(x, ",", "after", &b);
    buf_addf(&b, ",\"phone_changed\":%s}", str_eq(was->phone, x->phone) ? "false" : "true");
    return people_journal(r, "account.change", x->id, &b, e);
}

static bool on_change(struct req *r, const void *in, void *out, struct err *e)
{
    const struct account_change *c = in;
    struct account was, *x = out;
    if (!load_staff(r, &was, e) || !req_match(r, was.version, e))
        return false;
    *x = was;
    x->name = c->name;
    x->lang = c->lang;
    if (c->phone.n)
        x->phone = c->phone;
    if (!account_change(r, x, e) || !journal_change(r, &was, x, e))
        return false;
    r->sight = SIGHT_ALL;
    r->version = ++x->version;
    return true;
}

static bool on_end(struct req *r, const void *in UNUSED, void *out UNUSED, struct err *e)
{
    struct account x;
    return load_staff(r, &x, e) && people_not_own(r, x.id, e)
        && (!r->if_match.n || req_match(r, x.version, e)) && account_end(r, x.id, e)
        && people_journal(r, "account.end", x.id, NULL, e);
}

static bool on_unlock(struct req *r, const void *in UNUSED, void *out UNUSED, struct err *e)
{
    struct account x;
    return load_staff(r, &x, e) && lockout_clear(r, x.login, e)
        && people_journal(r, "account.unlock", x.id, NULL, e);
}

/* ---- a new first password ---- */

struct password_reset {
    struct str reason;
    bool totp_off;
    struct str password, hash;          /* made by on_reset_prepare */
};
static const struct field password_reset_fields[] = {
    FIELD(password_reset, reason, .doc = "Why", .min = 2, .max = 200, .flags = REQUIRED,
          .zh = "理由", .en = "Reason"),
    FIELD(password_reset, totp_off, .doc = "Turn the second factor off too: it was lost",
          .zh = "同时停用动态验证码", .en = "Turn the second factor off"),
};
static const struct record password_reset_record = RECORD(password_reset, password_reset_fields);

static bool on_reset_prepare(struct req *r, void *in, struct err *e UNUSED)
{
    struct password_reset *x = in;
    x->password = account_first_password(r->a);
    x->hash = password_hash(r->a, x->password);
    return true;
}

static bool journal_reset(struct req *r, struct id account, const struct password_reset *x,
                          struct err *e)
{
    AUTO(buf_done) struct buf b;
    buf_init(&b, 2048);
    json_put_key(&b, "{", "reason");
    json_put_str(&b, x->reason);
    buf_addf(&b, ",\"totp_off\":%s}", x->totp_off ? "true" : "false");
    return people_journal(r, "account.reset", account, &b, e);
}

static bool on_reset(struct req *r, const void *in, void *out, struct err *e)
{
    const struct password_reset *x = in;
    struct account a;
    if (!load_staff(r, &a, e) || !people_not_own(r, a.id, e)
        || !account_set_password(r, a.id, x->hash, true, e)
        || (x->totp_off && !account_totp_put(r, a.id, STR(""), e))
        || !lockout_clear(r, a.login, e) || !journal_reset(r, a.id, x, e))
        return false;
    show_once(r, out, (struct account_made){ a.id, a.login, x->password });
    return true;
}

static const struct route account_routes[] = {
    { "GET", "/api/v1/accounts", PERM_PEOPLE_READ, ROUTE_READ, .apply = on_list,
      .query = &account_query_record, .out = &account_record, .reply = REPLY_LIST,
      .rate = RATE_SEARCH, .doc = "Staff accounts by login" },
    { "POST", "/api/v1/accounts", PERM_PEOPLE_WRITE, ROUTE_WRITE, .prepare = on_create_prepare,
      .slow = true, .apply = on_create, .in = &account_new_record, .out = &account_made_record,
      .body = BODY_JSON, .doc = "Make a staff account; its first password is told once" },
    { "GET", "/api/v1/accounts/{id}", PERM_PEOPLE_READ, ROUTE_READ, .apply = on_read,
      .out = &account_record, .doc = "One account with its posts" },
    { "PUT", "/api/v1/accounts/{id}", PERM_PEOPLE_WRITE, ROUTE_WRITE, .apply = on_change,
      .in = &account_change_record, .out = &account_record, .body = BODY_JSON,
      .doc = "Change name, telephone or language" },
    { "DELETE", "/api/v1/accounts/{id}", PERM_PEOPLE_WRITE, ROUTE_WRITE, .apply = on_end,
      .reply = REPLY_NONE, .doc = "End an account with its sign-ins, tokens and posts" },
    { "POST", "/api/v1/accounts/{id}/unlock", PERM_PEOPLE_WRITE, ROUTE_WRITE, .apply = on_unlock,
      .reply = REPLY_NONE, .doc = "Open an account closed by wrong sign-ins" },
    { "POST", "/api/v1/accounts/{id}/password", PERM_PEOPLE_WRITE, ROUTE_WRITE,
      .prepare = on_reset_prepare, .slow = true, .apply = on_reset, .in = &password_reset_record,
      .out = &account_made_record, .body = BODY_JSON,
      .doc = "Give a new first password; every sign-in ends" },
};
const struct route_table people_table = ROUTES("account", account_routes);
