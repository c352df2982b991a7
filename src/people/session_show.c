/* What the front end learns of who is signed in. */
#include "app/session.h"
#include "people/signin.h"

static const struct field session_post_fields[] = {
    FIELD(session_post, id, .doc = "Key", .flags = HIDDEN | PARTY),
    FIELD(session_post, org, .doc = "Body: id and name", .flags = HIDDEN),
    FIELD(session_post, role, .doc = "Role", .names = &role_names, .zh = "角色", .en = "Role"),
    FIELD(session_post, role_zh, .doc = "The role's Chinese name", .flags = HIDDEN),
    FIELD(session_post, role_en, .doc = "The role's English name", .flags = HIDDEN),
    FIELD(session_post, substitute, .doc = "Stands in for somebody", .zh = "代理",
          .en = "Substitute"),
    FIELD(session_post, valid_to, .doc = "First day it no longer holds", .zh = "截止日（不含）",
          .en = "Until (excluded)"),
};
static const struct record session_post_record = RECORD(session_post, session_post_fields);

static const struct field session_fields[] = {
    FIELD(session, account, .doc = "Who: id, login and name", .flags = HIDDEN),
    FIELD(session, kind, .doc = "Staff or resident", .names = &account_kind_names, .zh = "类别",
          .en = "Kind"),
    FIELD(session, lang, .doc = "Language of messages", .names = &lang_names, .zh = "语言",
          .en = "Language"),
    FIELD(session, posts, .doc = "The posts held today", .sub = &session_post_record,
          .zh = "任职", .en = "Posts"),
    FIELD(session, post, .doc = "The post acted in; none without one", .flags = HIDDEN),
    FIELD(session, perms, .doc = "Permissions in that post", .max = PERM__COUNT, .zh = "权限",
          .en = "Permissions"),
    FIELD(session, csrf, .doc = "Send it as X-CSRF with every change", .flags = HIDDEN),
    FIELD(session, must_change_password, .doc = "Nothing else is open before", .zh = "须先修改密码",
          .en = "Must change the password"),
    FIELD(session, totp, .doc = "Signs in with a second factor", .zh = "动态验证码",
          .en = "Second factor"),
};
const struct record session_record = RECORD(session, session_fields);

static struct raw named(struct req *r, struct id id, const char *login_key, struct str login,
                        struct str name)
{
    AUTO(buf_done) struct buf b;
    buf_init(&b, 8192);
    buf_addf(&b, "{\"id\":\"%lld\"", (long long)id.v);
    if (login_key) {
        json_put_key(&b, ",", login_key);
        json_put_str(&b, login);
    }
    json_put_key(&b, ",", "name");
    json_put_str(&b, name);
    buf_add_char(&b, '}');
    return (struct raw){ arena_dup(r->a, buf_str(&b)) };
}

static struct strs slugs_of(struct req *r, uint64_t perms)
{
    struct strs out = { arena_array(r->a, struct str, PERM__COUNT), 0 };
    for (unsigned i = 1; i < PERM__COUNT; i++)
        if (perms & PERM_BIT(i))
            out.v[out.n++] = str_of(perm_names.v[i].slug);
    return out;
}

static struct list show_posts(struct req *r, const struct post_held *v, size_t n)
{
    struct session_post *out = arena_array(r->a, struct session_post, n);
    for (size_t i = 0; i < n; i++) {
        const struct name *role = &role_names.v[v[i].role];
        out[i] = (struct session_post){
            .id = v[i].id, .org = named(r, v[i].org, NULL, STR_NONE, v[i].org_name),
            .role = v[i].role, .role_zh = str_of(role->zh), .role_en = str_of(role->en),
            .substitute = v[i].stands_for.v != 0, .valid_to = v[i].valid_to,
        };
    }
    return (struct list){ out, n };
}

bool session_show(struct req *r, struct id account, struct id post, uint64_t cut, struct str csrf,
                  struct session *out, struct err *e)
{
    struct account x = { 0 };
    struct list held;
    if (!account_db_one(r, account, &x, e) || !post_held_list(r, account, &held, e))
        return false;
    const struct post_held *v = held.v;
    uint64_t perms = PERM_BIT(PERM_PUBLIC) | PERM_BIT(PERM_SIGNED_IN);
    struct session s = {
        .account = named(r, x.id, "login", x.login, x.name), .kind = x.kind, .lang = x.lang,
        .posts = show_posts(r, v, held.n), .csrf = csrf, .must_change_password = x.must_change,
        .totp = x.totp_on,
    };
    if (x.kind == ACCOUNT_RESIDENT)
        perms = role_perms(ROLE_RESIDENT);
    for (size_t i = 0; i < held.n; i++)
        if (v[i].id.v == post.v) {
            s.post = post;
            perms = role_perms((enum role)v[i].role);
        }
    s.perms = slugs_of(r, perms & cut);
    r->sight = SIGHT_ALL;
    r->no_store = true;
    *out = s;
    return true;
}

bool session_begin(struct req *r, struct id account, struct session *out, struct err *e)
{
    struct list held;
    struct str csrf;
    if (r->who && !r->who->token && !session_end(r, e))
        return false;
    r->who = NULL;
    if (!post_held_list(r, account, &held, e))
        return false;
    struct id post = held.n ? ((const struct post_held *)held.v)[0].id : ID_NONE;
    return session_open(r, account, post, &csrf, e)
        && session_show(r, account, post, UINT64_MAX, csrf, out, e);
}
