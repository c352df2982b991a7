/* Every statement over posts. */
#include "people/post.h"

static const struct field post_held_fields[] = {
    FIELD(post_held, id, .doc = "Key"), FIELD(post_held, org, .doc = "Body"),
    FIELD(post_held, stands_for, .doc = "Post stood in for"),
    FIELD(post_held, role, .doc = "Role", .names = &role_names),
    FIELD(post_held, org_name, .doc = "Body's name"), FIELD(post_held, valid_to, .doc = "Until"),
};
static const struct record post_held_record = RECORD(post_held, post_held_fields);

static int64_t today(const struct req *r)
{
    return day_of_stamp(r->now).n;
}

bool post_held_list(struct req *r, struct id account, struct list *out, struct err *e)
{
    return db_all(r->c, e, r->a, &post_held_record, out,
        SQL("SELECT p.id, p.org, p.stands_for, p.role, o.name AS org_name, p.valid_to FROM post p"
            " JOIN org o ON o.home = p.home AND o.id = p.org"
            " AND o.valid_from <= $3 AND (o.valid_to = 0 OR o.valid_to > $3)"
            " WHERE p.home = $1 AND p.account = $2 AND p.valid_from <= $3"
            " AND (p.valid_to = 0 OR p.valid_to > $3)"
            " ORDER BY CASE p.stands_for WHEN 0 THEN 0 ELSE 1 END, p.id LIMIT 100"),
        V(r->app->home), V(account), V(today(r)));
}

#define POST_COLUMNS                                                                         \
    "SELECT p.id, p.account, a.login, a.name AS account_name, p.org, o.name AS org_name,"    \
    " p.role, p.valid_from, p.valid_to, p.stands_for, p.absent_from, p.absent_to, p.version,"\
    " CASE WHEN p.valid_from <= $2 AND (p.valid_to = 0 OR p.valid_to > $2) THEN 1 ELSE 0 END"\
    " AS holds FROM post p JOIN account a ON a.home = p.home AND a.id = p.account"           \
    " JOIN org o ON o.home = p.home AND o.id = p.org WHERE p.home = $1"

bool post_load(struct req *r, struct id id, struct post *out, struct err *e)
{
    return db_one(r->c, e, r->a, &post_record, out, SQL(POST_COLUMNS " AND p.id = $3"),
                  V(r->app->home), V(today(r)), V(id));
}

bool post_list_of(struct req *r, struct id account, struct list *out, struct err *e)
{
    return db_all(r->c, e, r->a, &post_record, out,
        SQL(POST_COLUMNS " AND p.account = $3 ORDER BY p.id DESC LIMIT 100"),
        V(r->app->home), V(today(r)), V(account));
}

bool post_db_current(struct req *r, struct id account, struct list *out, struct err *e)
{
    return db_all(r->c, e, r->a, &post_record, out,
        SQL(POST_COLUMNS " AND p.account = $3 AND (p.valid_to = 0 OR p.valid_to > $2)"
            " ORDER BY p.id LIMIT 1000"),
        V(r->app->home), V(today(r)), V(account));
}

bool post_page(struct req *r, const struct post_filter *f, struct list *out, struct err *e)
{
    return db_all(r->c, e, r->a, &post_record, out,
        SQL(POST_COLUMNS " AND p.id > $3 AND (CAST($4 AS BIGINT) = 0 OR p.account = $4)"
            " AND (CAST($5 AS BIGINT) = 0 OR p.org = $5)"
            " AND (CAST($6 AS BIGINT) < 0 OR p.role = $6)"
            " AND (CAST($7 AS BIGINT) = 1 OR p.valid_to = 0 OR p.valid_to > $2)"
            " ORDER BY p.id LIMIT $8"),
        V(r->app->home), V(today(r)), V(f->after), V(f->account), V(f->org),
        V((int64_t)f->role - 1), V(f->past), V(r->limit + 1));
}

bool post_db_insert(struct req *r, const struct post *x, struct err *e)
{
    return db_exec(r->c, e, NULL,
        SQL("INSERT INTO post (id, home, account, org, role, valid_from, valid_to, stands_for,"
            " absent_from, absent_to, version) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 0, 0, 1)"),
        V(x->id), V(r->app->home), V(x->account), V(x->org), V(x->role), V(x->valid_from),
        V(x->valid_to), V(x->stands_for));
}

bool post_db_change(struct req *r, const struct post *x, struct err *e)
{
    int64_t changed = 0;
    return db_exec(r->c, e, &changed,
            SQL("UPDATE post SET valid_from = $4, valid_to = $5, absent_from = $6, absent_to = $7,"
                " version = version + 1 WHERE home = $1 AND id = $2 AND version = $3"),
            V(r->app->home), V(x->id), V(x->version), V(x->valid_from), V(x->valid_to),
            V(x->absent_from), V(x->absent_to))
        && (changed == 1 || err_set(e, ERR_CONFLICT));
}

bool post_db_substitutes(struct req *r, struct id post, struct day to, struct list *out,
                         struct err *e)
{
    return db_all(r->c, e, r->a, &post_record, out,
        SQL(POST_COLUMNS " AND p.stands_for = $3 AND (p.valid_to = 0 OR p.valid_to > $4)"
            " ORDER BY p.id LIMIT 1000"),
        V(r->app->home), V(today(r)), V(post), V(to));
}

bool post_db_other_admins(struct req *r, struct id account, struct id post, int64_t *n,
                          struct err *e)
{
    return db_int(r->c, e, n,
        SQL("SELECT COUNT(*) FROM post p JOIN account a ON a.home = p.home AND a.id = p.account"
            " AND a.state = 0 WHERE p.home = $1 AND p.role = $2 AND p.valid_from <= $3"
            " AND (p.valid_to = 0 OR p.valid_to > $3) AND p.stands_for = 0"
            " AND (p.account <> $4 OR (CAST($5 AS BIGINT) <> 0 AND p.id <> $5))"),
        V(r->app->home), V((unsigned)ROLE_SECURITY_ADMIN), V(today(r)), V(account), V(post));
}

bool post_db_is_staff(struct req *r, struct id account, int64_t *is, struct err *e)
{
    return db_int(r->c, e, is,
        SQL("SELECT 1 FROM account WHERE home = $1 AND id = $2 AND state = 0 AND kind = 0"),
        V(r->app->home), V(account));
}

bool post_db_is_org(struct req *r, struct id org, int64_t *is, struct err *e)
{
    return db_int(r->c, e, is,
        SQL("SELECT 1 FROM org WHERE home = $1 AND id = $2 AND valid_from <= $3"
            " AND (valid_to = 0 OR valid_to > $3)"),
        V(r->app->home), V(org), V(today(r)));
}
