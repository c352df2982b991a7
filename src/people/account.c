/* What an account is, and the rules of making and changing one. */
#include "people/account.h"
#include "app/checks.h"
#include "app/journal.h"
#include "app/session.h"
#include "base/random.h"
#include "base/utf8.h"
#include "crypt/base32.h"
#include "people/lockout.h"
#include "people/post.h"

#define X(id, slug, zh, en) { slug, zh, en },
static const struct name state_v[] = { ACCOUNT_STATES(X) };
#undef X
static const struct name lang_v[] = { { "zh", "中文", "Chinese" }, { "en", "英文", "English" } };
const struct names account_state_names = NAMES("account_state", state_v);
const struct names lang_names = NAMES("lang", lang_v);

static const struct field account_fields[] = {
    FIELD(account, id, .doc = "Key", .flags = HIDDEN),
    FIELD(account, login, .doc = "What the person signs in with", .zh = "账号", .en = "Login"),
    FIELD(account, name, .doc = "Name", .max = 50, .format = FORMAT_PERSON, .zh = "姓名",
          .en = "Name"),
    FIELD(account, kind, .doc = "Staff or resident", .names = &account_kind_names, .zh = "类别",
          .en = "Kind"),
    FIELD(account, state, .doc = "Whether it may sign in", .names = &account_state_names,
          .zh = "状态", .en = "State"),
    FIELD(account, phone, .doc = "Telephone number", .max = 40, .format = FORMAT_PHONE,
          .flags = SECRET, .zh = "联系电话", .en = "Telephone"),
    FIELD(account, lang, .doc = "Language of messages", .names = &lang_names, .zh = "语言",
          .en = "Language"),
    FIELD(account, must_change, .doc = "Must change the password first", .zh = "待改密码",
          .en = "Must change password"),
    FIELD(account, totp_on, .doc = "Signs in with a second factor", .zh = "动态验证码",
          .en = "Second factor"),
    FIELD(account, locked_until,
          .doc = "Closed until then to somebody who tried wrong passwords", .zh = "锁定至",
          .en = "Locked until"),
    FIELD(account, created_at, .doc = "When it was made", .zh = "建立时间", .en = "Made"),
    FIELD(account, version, .doc = "For If-Match", .flags = HIDDEN),
    FIELD(account, posts, .doc = "Its posts, past ones too", .sub = &post_record, .zh = "任职",
          .en = "Posts"),
};
const struct record account_record = RECORD(account, account_fields);

static const struct field account_keys_fields[] = {
    FIELD(account_keys, id, .doc = "Key"), FIELD(account_keys, login, .doc = "Login"),
    FIELD(account_keys, password, .doc = "Hash"), FIELD(account_keys, totp, .doc = "Sealed"),
    FIELD(account_keys, kind, .doc = "Kind", .names = &account_kind_names),
    FIELD(account_keys, totp_on, .doc = "In use"),
    FIELD(account_keys, totp_last, .doc = "Last step used"),
};
const struct record account_keys_record = RECORD(account_keys, account_keys_fields);

struct str account_fold(struct arena *a, struct str login)
{
    return str_trim(utf8_fold(a, login));
}

struct str account_first_password(struct arena *a)
{
    char raw[10];
    random_bytes(raw, sizeof raw);
    struct str s = base32_text(a, BASE32_TYPED, (struct str){ raw, sizeof raw });
    return arena_printf(a, "%.4s-%.4s-%.4s-%.4s", s.p, s.p + 4, s.p + 8, s.p + 12);
}

static bool login_ok(struct str s)
{
    static const char marks[] = "abcdefghijklmnopqrstuvwxyz0123456789.-";
    if (s.n < 2 || s.n > 40 || s.p[0] == '.' || s.p[0] == '-' || str_starts(s, STR("r-")))
        return false;
    for (size_t i = 0; i < s.n; i++)
        if (!memchr(marks, s.p[i], sizeof marks - 1))
            return false;
    return true;
}

static struct secret_at at(struct id account, const char *column)
{
    return (struct secret_at){ STR("account"), str_of(column), account };
}

bool account_seal(struct req *r, struct id account, const char *column, struct str *s,
                  struct err *e)
{
    struct secret_at where = at(account, column);
    return !s->n || secret_seal(&r->app->secrets, r->a, &where, *s, s, e);
}

bool account_open(struct req *r, struct id account, const char *column, struct str *s,
                  struct err *e)
{
    struct secret_at where = at(account, column);
    return !s->n || secret_open(&r->app->secrets, r->a, &where, *s, s, e);
}

bool people_not_own(const struct req *r, struct id account, struct err *e)
{
    return r->who->account.v != account.v || err_set(e, ERR_SECOND_PERSON);
}

bool people_in_person(const struct req *r, struct err *e)
{
    return !r->who->token || err_set(e, ERR_TOKEN_SCOPE);
}

bool people_journal(struct req *r, const char *action, struct id subject, struct buf *payload,
                    struct err *e)
{
    struct str body = payload ? arena_dup(r->a, buf_str(payload)) : STR("{}");
    if (payload && !buf_ok(payload))
        return err_internal(e, "a journal payload is too large");
    return journal_system(r->c, r, str_of(action), subject, body, e);
}

/* What of an account is journalled: never its telephone number or its keys. */
void account_put_journal(const struct account *x, const char *sep, const char *key, struct buf *b)
{
    json_put_key(b, sep, key);
    json_put_key(b, "{", "login");
    json_put_str(b, x->login);
    json_put_key(b, ",", "name");
    json_put_str(b, x->name);
    json_put_key(b, ",", "lang");
    json_put_str(b, str_of(lang_names.v[x->lang].slug));
    buf_add_char(b, '}');
}

static bool journal_add_account(struct req *r, const struct account *x, struct err *e)
{
    AUTO(buf_done) struct buf b;
    buf_init(&b, 4096);
    account_put_journal(x, "{", "after", &b);
    buf_add_char(&b, '}');
    return people_journal(r, "account.create", x->id, &b, e);
}

static bool insert(struct req *r, const struct account_seed *in, struct account *x,
                   struct err *e)
{
    struct err inner = { 0 };
    struct str sealed = in->phone;
    if (!account_seal(r, x->id, "phone", &sealed, e))
        return false;
    if (db_exec(r->c, &inner, NULL,
            SQL("INSERT INTO account (id, home, login, name, kind, state, lang, phone, password,"
                " must_change, totp, totp_on, totp_last, created_at, version)"
                " VALUES ($1, $2, $3, $4, $5, 0, $6, $7, $8, $9, '', 0, 0, $10, 1)"),
            V(x->id), V(r->app->home), V(x->login), V(x->name), V(x->kind), V(x->lang), V(sealed),
            V(in->hash), V(in->must_change), V(r->now)))
        return true;
    if (inner.id == ERR_DUPLICATE)
        return err_fieldf(e, ERR_DUPLICATE, "login", "%.*s", STR_ARG(x->login));
    *e = inner;
    return false;
}

bool account_add(struct req *r, const struct account_seed *in, struct id *out, struct err *e)
{
    struct account_seed seed = *in;
    bool resident = in->kind == ACCOUNT_RESIDENT;
    struct account x = {
        .id = id_make(), .login = account_fold(r->a, in->login), .name = in->name,
        .kind = in->kind, .lang = in->lang,
    };
    if (resident)
        x.login = arena_printf(r->a, "r-%.*s", STR_ARG(random_hex(r->a, 8)));
    else if (!login_ok(x.login))
        return err_field(e, ERR_BAD_LOGIN_NAME, "login");
    struct err inner = { 0 };
    if (!check_phone(r->a, &seed.phone, &inner))
        return err_field(e, inner.id, "phone");
    if (!insert(r, &seed, &x, e)
        || (resident && !account_blind_add(r, x.id, seed.phone, e))
        || !journal_add_account(r, &x, e))
        return false;
    *out = x.id;
    return true;
}

bool account_set_password(struct req *r, struct id account, struct str hash, bool must_change,
                          struct err *e)
{
    int64_t changed = 0;
    return db_exec(r->c, e, &changed,
            SQL("UPDATE account SET password = $3, must_change = $4, version = version + 1"
                " WHERE home = $1 AND id = $2"),
            V(r->app->home), V(account), V(hash), V(must_change))
        && (changed == 1 || err_set(e, ERR_NOT_FOUND))
        && session_end_others(r, account, ID_NONE, e);
}

bool account_unlock(struct req *r, struct str login, struct err *e)
{
    return lockout_clear(r, account_fold(r->a, login), e);
}

static bool fill(struct req *r, struct account *x, struct err *e)
{
    return account_open(r, x->id, "phone", &x->phone, e);
}

bool account_load(struct req *r, struct id id, struct account *out, struct err *e)
{
    struct account x = { 0 };
    if (!account_db_one(r, id, &x, e) || !fill(r, &x, e)
        || !lockout_until(r, x.login, &x.locked_until, e)
        || !post_list_of(r, id, &x.posts, e))
        return false;
    *out = x;
    return true;
}

bool account_page(struct req *r, const struct account_filter *f, struct list *out, struct err *e)
{
    if (!account_db_page(r, f, out, e))
        return false;
    struct account *v = out->v;
    for (size_t i = 0; i < out->n; i++)
        if (!fill(r, &v[i], e))
            return false;
    return true;
}

bool account_change(struct req *r, const struct account *x, struct err *e)
{
    struct str sealed = x->phone;
    return account_seal(r, x->id, "phone", &sealed, e) && account_db_change(r, x, sealed, e);
}

bool account_end(struct req *r, struct id account, struct err *e)
{
    return post_keep_admin(r, account, ID_NONE, e) && account_db_end(r, account, e)
        && session_end_others(r, account, ID_NONE, e) && post_end_all(r, account, e);
}
