/* account: makes the first accounts and opens locked-out ones, at the machine. */
#include "crypt/password.h"
#include "main/command.h"
#include "people/account.h"
#include "people/people.h"
#include <getopt.h>

enum { LINE_MAX_BYTES = 1024 };

struct wish {
    struct str login, name, org, password;
    unsigned role;
    bool with_post, given;              /* given: the password came from standard input */
    struct id account;
};

static bool usage(struct err *e)
{
    return err_setf(e, ERR_CONFIG, "%s", "usage: fengqiao account create LOGIN --name NAME"
                    " [--role ROLE --org ORG] [--stdin] | passwd LOGIN [--stdin] | list [LOGIN]");
}

static bool read_line(struct arena *a, struct str *out, struct err *e)
{
    char *p = arena_alloc(a, LINE_MAX_BYTES);
    if (!fgets(p, LINE_MAX_BYTES, stdin))
        return err_setf(e, ERR_CONFIG, "%s", "no password on standard input");
    *out = str_trim(str_of(p));
    return true;
}

static bool role_of(struct str slug, unsigned *out, struct err *e)
{
    for (unsigned i = 0; i < ROLE__COUNT; i++)
        if (str_is(slug, role_names.v[i].slug)) {
            *out = i;
            return true;
        }
    return err_setf(e, ERR_CONFIG, "no role %.*s", STR_ARG(slug));
}

static bool options(struct call_line *l, struct wish *w, struct err *e)
{
    static const struct option longs[] = {
        { "name", required_argument, NULL, 'n' }, { "role", required_argument, NULL, 'r' },
        { "org", required_argument, NULL, 'o' }, { "stdin", no_argument, NULL, 'i' },
        { NULL, 0, NULL, 0 },
    };
    optind = 0;
    for (int opt; (opt = getopt_long(l->argc, l->argv, "", longs, NULL)) != -1;) {
        if (opt == 'n')
            w->name = str_of(optarg);
        else if (opt == 'o')
            w->org = str_of(optarg);
        else if (opt == 'i')
            w->given = true;
        else if (opt != 'r' || !role_of(str_of(optarg), &w->role, e))
            return usage(e);
        w->with_post |= opt == 'r';
    }
    if (optind < l->argc)
        w->login = str_of(l->argv[optind]);
    return true;
}

/* A body by its id or its whole name. */
static bool find_org(struct req *r, struct str org, struct id *out, struct err *e)
{
    int64_t id = 0, wanted = 0;
    if (!str_to_i64(org, &wanted))
        wanted = 0;
    if (!db_int(r->c, e, &id,
            SQL("SELECT id FROM org WHERE home = $1 AND (id = $2 OR name = $3)"
                " AND valid_to = 0 ORDER BY id LIMIT 1"), V(r->app->home), V(wanted), V(org)))
        return false;
    *out = (struct id){ id };
    return id != 0 || err_field(e, ERR_NO_SUCH_REF, "org");
}

static bool create(struct req *r, void *ctx, struct err *e)
{
    struct wish *w = ctx;
    struct id org, post;
    struct account_seed seed = {
        .login = w->login, .name = w->name, .hash = password_hash(r->a, w->password),
        .must_change = !w->given,
    };
    if (!account_add(r, &seed, &w->account, e))
        return false;
    return !w->with_post
        || (find_org(r, w->org, &org, e)
            && post_add(r, &(struct post_seed){ .account = w->account, .org = org,
                                                .role = w->role }, &post, e));
}

static bool passwd(struct req *r, void *ctx, struct err *e)
{
    struct wish *w = ctx;
    bool found;
    return account_find(r, w->login, &w->account, &found, e)
        && (found || err_field(e, ERR_NOT_FOUND, "login"))
        && account_set_password(r, w->account, password_hash(r->a, w->password), !w->given, e)
        && account_unlock(r, w->login, e)
        && people_journal(r, "account.reset", w->account, NULL, e);
}

/* The password as given, or a first one that is printed once. */
static bool choose(struct call_line *l, struct wish *w, struct err *e)
{
    if (!w->given) {
        w->password = account_first_password(l->a);
        return true;
    }
    return read_line(l->a, &w->password, e) && password_check(w->login, w->password, e);
}

static bool change(struct call_line *l, struct wish *w,
                   bool (*fn)(struct req *r, void *ctx, struct err *e), struct err *e)
{
    struct req r;
    if (!w->login.n)
        return usage(e);
    if (!choose(l, w, e))
        return false;
    app_request(l->app, l->a, NULL, &r);
    if (!app_write(l->app, &r, fn, w, e))
        return false;
    printf("%.*s", STR_ARG(w->login));
    if (!w->given)
        printf(" %.*s (shown once; must be changed at the first sign-in)", STR_ARG(w->password));
    printf("\n");
    return true;
}

static bool put_row(void *ctx UNUSED, const struct db_row *row, struct err *e UNUSED)
{
    struct str login = db_row_str(row, 0), name = db_row_str(row, 1), role = STR("-");
    int64_t n = db_row_int(row, 2);
    if (n >= 0 && n < ROLE__COUNT)
        role = str_of(role_names.v[n].slug);
    struct str org = db_row_str(row, 3);
    printf("%.*s\t%.*s\t%.*s\t%.*s%s\n", STR_ARG(login), STR_ARG(name), STR_ARG(role),
           STR_ARG(org), db_row_int(row, 4) ? "\tended" : "");
    return true;
}

static bool list(struct req *r, void *ctx, struct err *e)
{
    const struct wish *w = ctx;
    return db_each(r->c, e, put_row, NULL,
        SQL("SELECT a.login, a.name, COALESCE(p.role, -1), COALESCE(o.name, ''), a.state"
            " FROM account a LEFT JOIN post p ON p.home = a.home AND p.account = a.id"
            " AND p.valid_from <= $2 AND (p.valid_to = 0 OR p.valid_to > $2)"
            " LEFT JOIN org o ON o.home = p.home AND o.id = p.org"
            " WHERE a.home = $1 AND a.kind = 0 AND SUBSTR(a.login, 1, LENGTH($3)) = $3"
            " ORDER BY a.login, p.id"),
        V(r->app->home), V((int64_t)day_of_stamp(r->now).n), V(w->login));
}

bool run_account(struct call_line *l, struct err *e)
{
    struct wish w = { 0 };
    struct req r;
    if (l->argc < 1)
        return usage(e);
    struct str verb = str_of(l->argv[0]);
    if (!options(l, &w, e) || !app_open(l->app, l->a, e))
        return false;
    if (!l->app->home.v)
        return err_setf(e, ERR_CONFIG, "%s", "no city yet: import its areas first");
    app_request(l->app, l->a, NULL, &r);
    if (str_is(verb, "create"))
        return change(l, &w, create, e);
    if (str_is(verb, "passwd"))
        return change(l, &w, passwd, e);
    return str_is(verb, "list") ? app_read(l->app, &r, list, &w, e) : usage(e);
}
