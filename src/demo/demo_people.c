/* Accounts, posts and rosters. */
#include "demo/demo_impl.h"
#include "people/people.h"
#include "place/roster.h"

static const struct field demo_account_fields[] = {
    FIELD(demo_account, login, .doc = "Login"), FIELD(demo_account, name, .doc = "Name"),
    FIELD(demo_account, phone, .doc = "Telephone"),
    FIELD(demo_account, named, .doc = "Worth knowing"), FIELD(demo_account, note, .doc = "Who"),
    FIELD(demo_account, kind, .doc = "Kind", .names = &account_kind_names),
};
static const struct record demo_account_record = RECORD(demo_account, demo_account_fields);

bool demo_people(struct demo *d, struct err *e)
{
    if (!demo_table_read(d, "accounts.csv", &demo_account_record, &d->t.accounts, e))
        return false;
    const struct demo_account *v = d->t.accounts.v;
    struct demo_login *logins = arena_array(d->a, struct demo_login, d->t.accounts.n);
    size_t n = 0;
    for (size_t i = 0; i < d->t.accounts.n; i++)
        if (str_is(v[i].named, "yes"))
            logins[n++] = (struct demo_login){ v[i].login, v[i].name, v[i].note };
    d->n.logins = (struct list){ logins, n };
    return true;
}

bool demo_accounts(struct demo *d, struct str password_hash, struct err *e)
{
    struct demo_account *v = d->t.accounts.v;
    for (size_t i = 0; i < d->t.accounts.n; i++) {
        struct account_seed seed = { .login = v[i].login, .name = v[i].name,
                                     .phone = v[i].phone, .kind = v[i].kind };
        if (v[i].kind == ACCOUNT_STAFF)
            seed.hash = password_hash;
        if (!account_add(d->r, &seed, &v[i].id, e))
            return false;
    }
    demo_sort(d->t.accounts, sizeof *v);
    d->n.accounts = (int64_t)d->t.accounts.n;
    return true;
}

/* ---- posts ---- */

static const struct field demo_post_fields[] = {
    FIELD(demo_post, account, .doc = "Account"), FIELD(demo_post, org, .doc = "Body"),
    FIELD(demo_post, role, .doc = "Role", .names = &role_names),
    FIELD(demo_post, from_day, .doc = "Since"), FIELD(demo_post, to_day, .doc = "Until"),
    FIELD(demo_post, stands_for, .doc = "For whom"),
};
static const struct record demo_post_record = RECORD(demo_post, demo_post_fields);

/* The post of the same role in the same body that x stands in for. */
static const struct demo_post *stood_for(struct list posts, const struct demo_post *x)
{
    const struct demo_post *v = posts.v;
    for (size_t i = 0; i < posts.n; i++)
        if (v[i].role == x->role && str_eq(v[i].org, x->org)
            && str_eq(v[i].account, x->stands_for))
            return &v[i];
    return NULL;
}

/* Whoever is stood in for is absent on those days. */
static bool mark_absent(struct demo *d, const struct demo_post *of, struct day from,
                        struct day to, struct err *e)
{
    return db_exec(d->r->c, e, NULL,
        SQL("UPDATE post SET absent_from = $3, absent_to = $4 WHERE home = $1 AND id = $2"),
        V(d->app->home), V(of->id), V(from), V(to));
}

static bool add_post(struct demo *d, struct demo_post *x, struct err *e)
{
    const struct demo_post *of = x->stands_for.n ? stood_for(d->t.posts, x) : NULL;
    struct post_seed seed = { .role = x->role,
                              .valid_from = { d->today.n + (int32_t)x->from_day } };
    x->holder = demo_need(d->t.accounts, sizeof *x->holder, x->account, "posts", e);
    x->body = demo_need(d->t.orgs, sizeof *x->body, x->org, "posts", e);
    if (!x->holder || !x->body || !demo_day(d, x->to_day, &seed.valid_to, e))
        return false;
    if (x->stands_for.n && (!of || !of->id.v))
        return err_setf(e, ERR_DATA, "posts: %.*s", STR_ARG(x->stands_for));
    seed.account = x->holder->id;
    seed.org = x->body->id;
    seed.stands_for = of ? of->id : ID_NONE;
    return post_add(d->r, &seed, &x->id, e)
        && (!of || mark_absent(d, of, seed.valid_from, seed.valid_to, e));
}

bool demo_posts(struct demo *d, struct err *e)
{
    if (!demo_table_read(d, "posts.csv", &demo_post_record, &d->t.posts, e))
        return false;
    struct demo_post *v = d->t.posts.v;
    for (size_t i = 0; i < d->t.posts.n; i++)
        if (!add_post(d, &v[i], e))
            return false;
    return true;
}

/* ---- rosters ---- */

struct roster_row {
    struct str org, area, name, gender, account, phone, domains, to_day, from_time, to_time;
    unsigned role;                      /* enum roster_role */
    int64_t hours, from_day;
};
static const struct field roster_row_fields[] = {
    FIELD(roster_row, org, .doc = "Body"), FIELD(roster_row, area, .doc = "Area"),
    FIELD(roster_row, name, .doc = "Person"), FIELD(roster_row, gender, .doc = "f or m"),
    FIELD(roster_row, account, .doc = "Login"),
    FIELD(roster_row, role, .doc = "As what", .names = &roster_role_names),
    FIELD(roster_row, phone, .doc = "Duty number"), FIELD(roster_row, domains, .doc = "Knows"),
    FIELD(roster_row, to_day, .doc = "Until"), FIELD(roster_row, from_time, .doc = "From"),
    FIELD(roster_row, to_time, .doc = "To"),
    FIELD(roster_row, hours, .doc = "Trained"), FIELD(roster_row, from_day, .doc = "Since"),
};
static const struct record roster_row_record = RECORD(roster_row, roster_row_fields);

/* "17:30" -> 1050. */
static int64_t minute_of(struct str s)
{
    struct str h, m;
    int64_t hours = 0, minutes = 0;
    if (!str_cut(s, ':', &h, &m) || !str_to_i64(h, &hours) || !str_to_i64(m, &minutes))
        return 0;
    return hours * 60 + minutes;
}

static bool put_roster(struct demo *d, struct db_bulk *b, const struct roster_row *x,
                       struct err *e)
{
    const struct demo_org *org = demo_find(d->t.orgs, sizeof *org, x->org);
    const struct demo_account *who = demo_find(d->t.accounts, sizeof *who, x->account);
    const struct demo_area *area = demo_need(d->t.areas, sizeof *area, x->area, "rosters", e);
    struct day to;
    if (!area || !demo_day(d, x->to_day, &to, e))
        return false;
    return db_bulk_row(b, DB_LIST(V(id_make()), V(d->app->home), V(org ? org->id : ID_NONE),
        V(area->id), V(x->role), V(who ? who->id : ID_NONE), V(x->name),
        V(str_is(x->gender, "f")), V(x->phone), V(x->domains), V(x->hours),
        V(minute_of(x->from_time)), V(minute_of(x->to_time)),
        V((int64_t)d->today.n + x->from_day), V(to), V(1)), e);
}

bool demo_rosters(struct demo *d, struct err *e)
{
    static const char *const names[] = { "id", "home", "org", "area", "role", "account",
        "person", "woman", "phone", "fields", "hours", "from_minute", "to_minute",
        "valid_from", "valid_to", "version" };
    struct list rows;
    struct db_bulk *b;
    if (!demo_table_read(d, "rosters.csv", &roster_row_record, &rows, e)
        || !db_bulk_begin(d->r->c, &b, "roster", names, COUNT(names), e))
        return false;
    const struct roster_row *v = rows.v;
    bool ok = true;
    for (size_t i = 0; ok && i < rows.n; i++)
        ok = put_roster(d, b, &v[i], e);
    d->n.rosters = (int64_t)rows.n;
    return db_bulk_end(b, e) && ok;
}
