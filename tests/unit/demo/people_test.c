/* The demo's accounts, posts and rosters are what the law and the program ask for. */
#include "demo.h"

enum { NOT_YET = 100000, TERM_LEAST = 1094, TERM_MOST = 1096, NIGHTS = 14, VILLAGE_ROLES = 5 };
static const char *const post_roles[] = { "grid_worker", "mediator", "clerk", "dispatcher",
    "handler", "head", "leader", "judge", "system_admin", "security_admin", "audit_admin", NULL };
static const char *const village_roles[] = { "cadre", "grid_worker", "police", "counsel",
    "mediation_team", NULL };
static const char *const named_logins[] = { "sysadmin", "secadmin", "audit", "leader.foshan",
    "dispatcher.guicheng", "clerk.guicheng", "mediator.guicheng", "handler.labour.nanhai",
    "judge.nanhai", "grid.guicheng", "19900000201", "19900000202", "19900000203", NULL };
struct people { struct table accounts, posts, rosters, orgs, types; };

static size_t count(const struct table *t, const char *column, struct str value)
{
    size_t n = 0;
    for (size_t i = 0; i < t->n; i++)
        n += str_eq(cell(t, i, column), value);
    return n;
}
static bool is_known(const struct table *t, const char *column, struct str value)
{
    return table_find(t, column, value) < t->n;
}

static void test_accounts__are_invented_and_unique(const struct people *p)
{
    const struct table *t = &p->accounts;
    size_t faults = 0;
    for (size_t i = 0; i < t->n; i++) {
        struct str login = cell(t, i, "login");
        bool resident = cell_is(t, i, "kind", "resident");
        if (count(t, "login", login) != 1 || count(t, "phone", cell(t, i, "phone")) != 1)
            faults += fault(t, i, "login or telephone used twice");
        if (!is_demo_mobile(cell(t, i, "phone")) || str_empty(cell(t, i, "name")))
            faults += fault(t, i, "telephone outside the demo's range, or no name");
        if (!cell_is(t, i, "gender", "f") && !cell_is(t, i, "gender", "m"))
            faults += fault(t, i, "gender");
        if (resident ? !str_eq(login, cell(t, i, "phone")) : !cell_is(t, i, "kind", "staff"))
            faults += fault(t, i, "kind");
        if (resident == is_known(&p->posts, "account", login))
            faults += fault(t, i, "staff have a post, residents none");
    }
    OK_INT(faults, 0);
    OK(count(t, "kind", STR("resident")) == 3 && t->n >= 60);
    for (const char *const *login = named_logins; *login; login++) {
        size_t row = table_find(t, "login", str_of(*login));
        OK(row < t->n && cell_is(t, row, "named", "yes"));
    }
    OK_INT(count(t, "named", STR("yes")), COUNT(named_logins) - 1);
}

/* A post that stands for another lies in the same body and role, and has an end. */
static size_t stand_in_faults(const struct table *t, size_t row, int64_t to)
{
    struct str other = cell(t, row, "stands_for");
    if (str_empty(other))
        return 0;
    for (size_t i = 0; i < t->n; i++)
        if (str_eq(cell(t, i, "account"), other) && i != row && to < NOT_YET
            && str_eq(cell(t, i, "org"), cell(t, row, "org"))
            && str_eq(cell(t, i, "role"), cell(t, row, "role")))
            return 0;
    return fault(t, row, "stands for nobody");
}

static void test_posts__refer_to_open_bodies(const struct people *p)
{
    const struct table *t = &p->posts;
    size_t faults = 0, ended = 0, future = 0;
    for (size_t i = 0; i < t->n; i++) {
        int64_t from = cell_number(t, i, "from_day", NOT_YET);
        int64_t to = cell_number(t, i, "to_day", NOT_YET);
        size_t org = table_find(&p->orgs, "key", cell(t, i, "org"));
        if (!is_known(&p->accounts, "login", cell(t, i, "account")) || org == p->orgs.n
            || !cell_is(&p->orgs, org, "ended", ""))
            faults += fault(t, i, "no such account or open body");
        if (!is_one_of(cell(t, i, "role"), post_roles) || from >= to)
            faults += fault(t, i, "bad role or dates");
        faults += stand_in_faults(t, i, to);
        ended += to <= 0;
        future += from > 0;
    }
    OK_INT(faults, 0);
    OK(ended == 1 && future == 1);
    OK_INT(t->n - count(t, "stands_for", STR_NONE), 1);
    for (const char *const *role = post_roles; *role; role++)
        OK(is_known(t, "role", str_of(*role)));
}

static void test_roster__refers_to_what_exists(const struct people *p)
{
    const struct table *t = &p->rosters;
    size_t faults = 0;
    for (size_t i = 0; i < t->n; i++) {
        struct str org = cell(t, i, "org"), login = cell(t, i, "account");
        size_t account = table_find(&p->accounts, "login", login);
        bool counsel = cell_is(t, i, "role", "counsel");
        if (counsel != str_empty(org) || (!counsel && !is_known(&p->orgs, "key", org)))
            faults += fault(t, i, "no such body");
        if (!is_demo_mobile(cell(t, i, "phone")) || str_empty(cell(t, i, "name")))
            faults += fault(t, i, "telephone outside the demo's range, or no name");
        if (login.n && (account == p->accounts.n
            || !str_eq(cell(&p->accounts, account, "name"), cell(t, i, "name"))
            || !str_eq(cell(&p->accounts, account, "phone"), cell(t, i, "phone"))))
            faults += fault(t, i, "the account is another person's");
    }
    OK_INT(faults, 0);
}

struct body { size_t members, heads, women, same; int64_t ends; bool term; };

static struct body body_of(const struct table *t, struct str org)
{
    struct body b = { .term = true };
    struct str names[16];
    for (size_t i = 0; i < t->n; i++) {
        if (!str_eq(cell(t, i, "org"), org) || !cell_is(t, i, "roster", "member"))
            continue;
        int64_t from = cell_number(t, i, "from_day", NOT_YET);
        b.ends = cell_number(t, i, "to_day", NOT_YET);
        b.term &= from <= 0 && b.ends > 0 && b.ends - from >= TERM_LEAST
            && b.ends - from <= TERM_MOST;
        for (size_t k = 0; k < MIN(b.members, COUNT(names)); k++)
            b.same += str_eq(names[k], cell(t, i, "name"));
        if (b.members < COUNT(names))
            names[b.members] = cell(t, i, "name");
        b.members++;
        b.heads += cell_is(t, i, "role", "head");
        b.women += cell_is(t, i, "gender", "f");
    }
    return b;
}

/* 人民调解法 8 and 9: three to nine members, one head, a woman, three years. */
static void test_committees__are_lawful(const struct people *p)
{
    const struct table *orgs = &p->orgs;
    size_t faults = 0, expiring = 0, committees = 0;
    for (size_t i = 0; i < orgs->n; i++) {
        if (!code_covers(STR("committee"), cell(orgs, i, "kind")))
            continue;
        struct body b = body_of(&p->rosters, cell(orgs, i, "key"));
        if (!cell_is(orgs, i, "ended", "")) {
            faults += b.members ? fault(orgs, i, "ended, with members") : 0;
            continue;
        }
        committees++;
        if (b.members < 3 || b.members > 9 || b.heads != 1 || !b.women)
            faults += fault(orgs, i, "not 3 to 9 members with one head and a woman");
        if (!b.term || b.same)
            faults += fault(orgs, i, "not in its three years, or a name twice");
        expiring += b.ends <= 60;
    }
    OK_INT(faults, 0);
    OK(committees > 150);
    OK(expiring >= 1);
}

static size_t domain_faults(const struct people *p, size_t row)
{
    const struct table *t = &p->rosters;
    struct str rest = cell(t, row, "domains"), mark = STR("；");
    for (bool more = true; more;) {
        size_t at = str_find(rest, mark);
        if (table_find_both(&p->types, "zh", str_sub(rest, 0, at), "list", STR("dispute_type"))
            == p->types.n)
            return fault(t, row, "not a type of the list");
        more = at < rest.n;
        rest = str_sub(rest, at + mark.n, rest.n);
    }
    return 0;
}
static void test_mediators__have_domains_and_training(const struct people *p)
{
    const struct table *t = &p->rosters;
    size_t faults = 0, mediators = 0;
    for (size_t i = 0; i < t->n; i++) {
        if (!cell_is(t, i, "roster", "mediator"))
            continue;
        mediators++;
        faults += domain_faults(p, i);
        if (cell_number(t, i, "hours", 0) < 1)
            faults += fault(t, i, "no training");
    }
    OK_INT(faults, 0);
    OK(mediators > 150);
}

static void test_villages__have_five_roles(const struct people *p)
{
    const struct table *t = &p->rosters, *orgs = &p->orgs;
    size_t faults = 0;
    for (size_t i = 0; i < orgs->n; i++) {
        if (!code_covers(STR("village_committee"), cell(orgs, i, "kind")))
            continue;
        unsigned seen = 0;
        for (size_t k = 0; k < t->n; k++) {
            if (!cell_is(t, k, "roster", "village_role")
                || !str_eq(cell(t, k, "area"), cell(orgs, i, "area")))
                continue;
            for (unsigned role = 0; role < VILLAGE_ROLES; role++)
                if (cell_is(t, k, "role", village_roles[role]))
                    seen |= 1u << role;
        }
        if (seen != (1u << VILLAGE_ROLES) - 1)
            faults += fault(orgs, i, "a village role is missing");
    }
    OK_INT(faults, 0);
}

static bool holds_post(const struct table *posts, struct str account, struct str org)
{
    for (size_t i = 0; i < posts->n; i++)
        if (str_eq(cell(posts, i, "account"), account) && str_eq(cell(posts, i, "org"), org))
            return true;
    return false;
}
static void test_nights__are_covered_by_their_own_staff(const struct people *p)
{
    static const char *const centres[] = { "centre-440605011", "centre-440605125",
        "centre-440604012" };
    const struct table *t = &p->rosters;
    for (size_t c = 0; c < COUNT(centres); c++) {
        unsigned nights = 0;
        for (size_t i = 0; i < t->n; i++) {
            if (!cell_is(t, i, "roster", "night_duty") || !cell_is(t, i, "org", centres[c]))
                continue;
            int64_t day = cell_number(t, i, "from_day", NOT_YET);
            if (day >= 0 && day < NIGHTS && cell_number(t, i, "to_day", 0) == day + 1
                && cell_is(t, i, "from_time", "17:30") && cell_is(t, i, "to_time", "08:30")
                && holds_post(&p->posts, cell(t, i, "account"), cell(t, i, "org")))
                nights |= 1u << day;
        }
        OK_INT(nights, (1u << NIGHTS) - 1);
    }
}

int main(void)
{
    struct arena a = { 0 };
    struct people p = { table_read(&a, "demo/accounts.csv"), table_read(&a, "demo/posts.csv"),
        table_read(&a, "demo/rosters.csv"), table_read(&a, "demo/orgs.csv"),
        table_read(&a, "rules/dispute_types.csv") };
    test_accounts__are_invented_and_unique(&p);
    test_posts__refer_to_open_bodies(&p);
    test_roster__refers_to_what_exists(&p);
    test_committees__are_lawful(&p);
    test_mediators__have_domains_and_training(&p);
    test_villages__have_five_roles(&p);
    test_nights__are_covered_by_their_own_staff(&p);
    arena_done(&a);
    return tap_end();
}
