/* The rules of posts: dates, substitutes, administrators kept apart (GB/T 22239-2019
 * 8.1.6: system, audit and security management). */
#include "people/post.h"
#include "app/codebook.h"
#include "people/account.h"

enum { SUBSTITUTE_DAYS = 366 };         /* where the rules have no row */

static const struct field post_fields[] = {
    FIELD(post, id, .doc = "Key", .flags = HIDDEN),
    FIELD(post, account, .doc = "Whose", .format = FORMAT_ACCOUNT, .zh = "账号", .en = "Account"),
    FIELD(post, login, .doc = "The account's login", .zh = "登录名", .en = "Login"),
    FIELD(post, account_name, .doc = "The account's name", .zh = "姓名", .en = "Name"),
    FIELD(post, org, .doc = "Body", .format = FORMAT_ORG, .zh = "机构", .en = "Body"),
    FIELD(post, org_name, .doc = "The body's name", .zh = "机构名称", .en = "Body's name"),
    FIELD(post, role, .doc = "What the person may do there", .names = &role_names, .zh = "角色",
          .en = "Role"),
    FIELD(post, valid_from, .doc = "First day", .zh = "起始日", .en = "From"),
    FIELD(post, valid_to, .doc = "First day it no longer holds; none while open", .zh = "截止日（不含）",
          .en = "Until (excluded)"),
    FIELD(post, stands_for, .doc = "The post it stands in for", .zh = "代理的任职",
          .en = "Stands in for"),
    FIELD(post, absent_from, .doc = "First day of absence", .zh = "离岗起始日",
          .en = "Absent from"),
    FIELD(post, absent_to, .doc = "First day back", .zh = "离岗截止日（不含）",
          .en = "Absent until (excluded)"),
    FIELD(post, holds, .doc = "Holds today", .zh = "当前有效", .en = "Holds today"),
    FIELD(post, version, .doc = "For If-Match", .flags = HIDDEN),
};
const struct record post_record = RECORD(post, post_fields);

bool post_overlaps(struct day from, struct day to, struct day from2, struct day to2)
{
    return (!to.n || from2.n < to.n) && (!to2.n || from.n < to2.n);
}

static bool is_admin(unsigned role)
{
    return role == ROLE_SYSTEM_ADMIN || role == ROLE_SECURITY_ADMIN || role == ROLE_AUDIT_ADMIN;
}

bool post_roles_agree(unsigned a, unsigned b)
{
    if (a == b)
        return true;
    if (is_admin(a) && is_admin(b))
        return false;
    return a != ROLE_SECURITY_ADMIN && b != ROLE_SECURITY_ADMIN;
}

/* Days of x against every other post of its account. */
static bool check_others(struct req *r, const struct post *x, struct err *e)
{
    struct list all;
    if (!post_db_current(r, x->account, &all, e))
        return false;
    const struct post *v = all.v;
    for (size_t i = 0; i < all.n; i++) {
        if (v[i].id.v == x->id.v
            || !post_overlaps(x->valid_from, x->valid_to, v[i].valid_from, v[i].valid_to))
            continue;
        if (!post_roles_agree(v[i].role, x->role))
            return err_field(e, ERR_ADMIN_ROLES, "role");
        if (v[i].role == x->role && v[i].org.v == x->org.v && v[i].stands_for.v == x->stands_for.v)
            return err_fieldf(e, ERR_DUPLICATE, "role", "%.*s", STR_ARG(v[i].org_name));
    }
    return true;
}

static const char bad_end[] = "不能早于起始日期" ERR_OR "not before the first day";

static bool check_days(const struct post *x, struct err *e)
{
    if (x->valid_to.n && x->valid_to.n < x->valid_from.n)
        return err_fieldf(e, ERR_OUT_OF_RANGE, "valid_to", "%s", bad_end);
    if ((x->absent_from.n != 0) != (x->absent_to.n != 0) || x->absent_to.n < x->absent_from.n)
        return err_fieldf(e, ERR_OUT_OF_RANGE, "absent_to", "%s", bad_end);
    return true;
}

static bool check_refs(struct req *r, const struct post *x, struct err *e)
{
    int64_t staff = 0, org = 0;
    if (x->role == ROLE_RESIDENT || x->role >= ROLE__COUNT)
        return err_fieldf(e, ERR_NOT_A_CHOICE, "role", "%s", role_names.v[ROLE_RESIDENT].slug);
    if (!post_db_is_staff(r, x->account, &staff, e) || !post_db_is_org(r, x->org, &org, e))
        return false;
    if (!staff)
        return err_field(e, ERR_NO_SUCH_REF, "account");
    return org || err_field(e, ERR_NO_SUCH_REF, "org");
}

static void put_day(struct buf *b, const char *key, struct day d)
{
    char text[16];
    size_t n = d.n ? day_format(d, text) : 0;
    json_put_key(b, ",", key);
    json_put_str(b, (struct str){ text, n });
}

static void put_journal(const struct post *x, const char *sep, const char *key, struct buf *b)
{
    json_put_key(b, sep, key);
    buf_addf(b, "{\"account\":\"%lld\",\"org\":\"%lld\",\"role\":\"%s\",\"stands_for\":\"%lld\"",
             (long long)x->account.v, (long long)x->org.v, role_names.v[x->role].slug,
             (long long)x->stands_for.v);
    put_day(b, "valid_from", x->valid_from);
    put_day(b, "valid_to", x->valid_to);
    put_day(b, "absent_from", x->absent_from);
    put_day(b, "absent_to", x->absent_to);
    buf_add_char(b, '}');
}

static bool journal(struct req *r, const char *action, const struct post *was,
                    const struct post *x, struct err *e)
{
    AUTO(buf_done) struct buf b;
    buf_init(&b, 4096);
    if (was)
        put_journal(was, "{", "before", &b);
    put_journal(x, was ? "," : "{", "after", &b);
    buf_add_char(&b, '}');
    return people_journal(r, action, x->id, &b, e);
}

bool post_add(struct req *r, const struct post_seed *in, struct id *out, struct err *e)
{
    struct post x = {
        .id = id_make(), .account = in->account, .org = in->org, .role = in->role,
        .valid_from = in->valid_from.n ? in->valid_from : day_of_stamp(r->now),
        .valid_to = in->valid_to, .stands_for = in->stands_for,
    };
    if (!people_not_own(r, x.account, e) || !check_days(&x, e) || !check_refs(r, &x, e)
        || !check_others(r, &x, e) || !post_db_insert(r, &x, e)
        || !journal(r, "post.create", NULL, &x, e))
        return false;
    *out = x.id;
    return true;
}

bool post_keep_admin(struct req *r, struct id account, struct id post, struct err *e)
{
    int64_t mine = 0, others = 0;
    struct list held;
    if (!post_held_list(r, account, &held, e))
        return false;
    const struct post_held *v = held.v;
    for (size_t i = 0; i < held.n; i++)
        mine += v[i].role == ROLE_SECURITY_ADMIN && (!post.v || v[i].id.v == post.v);
    if (!mine)
        return true;
    return post_db_other_admins(r, account, post, &others, e)
        && (others > 0 || err_set(e, ERR_LAST_ADMIN));
}

/* No substitute outlasts the post it stands in for. */
static bool cut_substitutes(struct req *r, const struct post *x, struct err *e)
{
    struct list all;
    if (!post_db_substitutes(r, x->id, x->valid_to, &all, e))
        return false;
    const struct post *v = all.v;
    for (size_t i = 0; i < all.n; i++) {
        struct post cut = v[i];
        cut.valid_to = (struct day){ MAX(cut.valid_from.n, x->valid_to.n) };
        if (!post_db_change(r, &cut, e) || !journal(r, "post.cut", &v[i], &cut, e))
            return false;
    }
    return true;
}

static bool save(struct req *r, const char *action, const struct post *was, const struct post *x,
                 struct err *e)
{
    return post_db_change(r, x, e)
        && (!x->valid_to.n || cut_substitutes(r, x, e))
        && journal(r, action, was, x, e);
}

bool post_change(struct req *r, const struct post *was, struct post *x, struct err *e)
{
    struct day today = day_of_stamp(r->now);
    bool stays = x->valid_from.n <= today.n && (!x->valid_to.n || x->valid_to.n > today.n);
    if (!people_not_own(r, was->account, e) || !check_days(x, e) || !check_others(r, x, e))
        return false;
    if (was->stands_for.v && (!x->valid_to.n || x->valid_to.n > was->valid_to.n))
        return err_fieldf(e, ERR_OUT_OF_RANGE, "valid_to", "%s",
                          "代理只能缩短" ERR_OR "a substitution can only be shortened");
    return (stays || post_keep_admin(r, was->account, was->id, e))
        && save(r, "post.change", was, x, e);
}

static bool end_on(struct req *r, const struct post *p, struct day today, struct err *e)
{
    struct post x = *p;
    x.valid_to = (struct day){ MAX(x.valid_from.n, today.n) };
    return save(r, "post.end", p, &x, e);
}

bool post_end(struct req *r, const struct post *p, struct err *e)
{
    struct day today = day_of_stamp(r->now);
    if (p->valid_to.n && p->valid_to.n <= today.n)
        return true;
    return people_not_own(r, p->account, e) && post_keep_admin(r, p->account, p->id, e)
        && end_on(r, p, today, e);
}

bool post_end_all(struct req *r, struct id account, struct err *e)
{
    struct list all;
    if (!post_db_current(r, account, &all, e))
        return false;
    const struct post *v = all.v;
    for (size_t i = 0; i < all.n; i++)
        if (!end_on(r, &v[i], day_of_stamp(r->now), e))
            return false;
    return true;
}

bool post_substitute(struct req *r, struct post *p, struct id account, struct day from,
                     struct day to, struct id *out, struct err *e)
{
    struct post was = *p;
    int32_t most = codebook_days(r->app, "substitute_days", SUBSTITUTE_DAYS);
    if (p->stands_for.v || account.v == p->account.v)
        return err_field(e, ERR_NO_SUCH_REF, "account");
    if (from.n < p->valid_from.n || from.n < day_of_stamp(r->now).n)
        return err_fieldf(e, ERR_OUT_OF_RANGE, "valid_from", "%s",
                          "不早于今天和任职起始日" ERR_OR "not before today or the post begins");
    if (to.n <= from.n || to.n - from.n > most
        || (p->valid_to.n && to.n > p->valid_to.n))
        return err_fieldf(e, ERR_OUT_OF_RANGE, "valid_to",
                          "须在起始日以后、任期以内，最多 %d 天" ERR_OR
                          "after the first day, within the post, at most %d days", most, most);
    p->absent_from = from;
    p->absent_to = to;
    return people_not_own(r, p->account, e) && save(r, "post.absent", &was, p, e)
        && post_add(r, &(struct post_seed){ account, p->org, p->role, from, to, p->id }, out, e);
}
