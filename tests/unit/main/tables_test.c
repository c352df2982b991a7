/* Over all tables at once: what every row of the program must keep. */
#include "base/vec.h"
#include "main/command.h"
#include "matter/matter_act.h"
#include "tap.h"

static struct arena memory;
static const struct route_table *tables;
static size_t tables_n;

#define EACH_ROUTE(r)                                                                      \
    for (size_t t_ = 0; t_ < tables_n; t_++)                                                \
        for (const struct route *r = tables[t_].v; r < tables[t_].v + tables[t_].n; r++)

/* One check of many: only a failure is worth a line of its own. */
static bool holds(bool ok, const char *what, const char *which)
{
    if (!ok)
        printf("# %s: %s\n", which, what);
    *(ok ? &tap_passed : &tap_failed) += 1;
    return ok;
}

/* ---- routes ---- */

static void test_routes__are_whole(void)
{
    struct err e = { 0 };
    if (!OK(route_check(tables, tables_n, &e)))
        printf("#   %s\n", e.detail);
}

/* The door is on the internet: nothing of the staff's is served there. */
static void test_routes__door_has_nothing_of_the_staff(void)
{
    EACH_ROUTE(r)
        holds(!(r->sites & SITE_DOOR) || r->perm == PERM_PUBLIC || r->perm == PERM_SIGNED_IN
              || r->perm == PERM_RESIDENT, "a staff permission at the door", r->path);
}

static void test_routes__residents_have_their_own(void)
{
    EACH_ROUTE(r)
        if (r->perm == PERM_RESIDENT)
            holds(str_starts(str_of(r->path), STR("/api/v1/door/")) && r->sites & SITE_DOOR,
                  "a resident's address is under /api/v1/door/ and at the door", r->path);
}

static void test_routes__changes_are_writes(void)
{
    EACH_ROUTE(r) {
        bool get = !strcmp(r->method, "GET");
        holds(!get || r->mode != ROUTE_WRITE, "a GET that writes", r->path);
        holds(get || !strcmp(r->method, "POST") || r->mode == ROUTE_WRITE,
              "a change that does not write", r->path);
    }
}

static void test_openapi__can_be_read(void)
{
    AUTO(buf_done) struct buf b;
    buf_init(&b, 16 << 20);
    route_openapi(tables, tables_n, &perm_names, "0", &b);
    OK(buf_ok(&b));
    json_error_t error;
    json_t *j = json_loadb(b.p, b.n, JSON_REJECT_DUPLICATES, &error);
    if (!OK(j != NULL))
        printf("#   %s\n", error.text);
    json_decref(j);
}

/* ---- records ---- */

struct records { VEC(const struct record *) v; };

static void reach(struct records *x, const struct record *r)
{
    if (!r)
        return;
    for (size_t i = 0; i < x->v.n; i++)
        if (x->v.v[i] == r)
            return;
    vec_push(&memory, &x->v, r);
    for (size_t i = 0; i < r->n; i++)
        reach(x, r->f[i].sub);
}

static struct records all_records(void)
{
    struct records x = { 0 };
    EACH_ROUTE(r) {
        reach(&x, r->in);
        reach(&x, r->query);
        reach(&x, r->out);
    }
    return x;
}

static void test_records__are_whole(void)
{
    struct records x = all_records();
    OK(x.v.n > 20);
    for (size_t i = 0; i < x.v.n; i++) {
        struct err e = { 0 };
        bool ok = record_check(x.v.v[i], &e);
        holds(ok, e.detail, x.v.v[i]->name);
    }
}

/* Bodies publish their numbers; a person's are secret. */
static bool is_published(const struct record *r)
{
    static const char *const names[] = { "org", "roster", "hint" };
    for (size_t i = 0; i < COUNT(names); i++)
        if (str_starts(str_of(r->name), str_of(names[i])))
            return true;
    return false;
}

static void test_records__personal_numbers_are_secret(void)
{
    struct records x = { 0 };
    EACH_ROUTE(r)
        reach(&x, r->out);
    for (size_t i = 0; i < x.v.n; i++)
        for (const struct field *f = x.v.v[i]->f; f < x.v.v[i]->f + x.v.v[i]->n; f++) {
            bool personal = f->format == FORMAT_PHONE || f->format == FORMAT_IDNUM
                || f->format == FORMAT_ADDRESS;
            holds(!personal || f->flags & (SECRET | WRITEONLY) || is_published(x.v.v[i]),
                  "shown in clear", arena_printf(&memory, "%s.%s", x.v.v[i]->name, f->name).p);
            holds(f->format != FORMAT_PASSWORD || f->flags & WRITEONLY, "a password that is sent",
                  x.v.v[i]->name);
        }
}

/* ---- flows ---- */

static void test_flows__are_complete(void)
{
    OK(all_flows_n > 0);
    for (size_t i = 0; i < all_flows_n; i++) {
        struct err e = { 0 };
        bool ok = flow_check(all_flows[i], &e);
        holds(ok, e.detail, all_flows[i]->name);
    }
}

static const struct route *route_of(const char *method, const char *path)
{
    EACH_ROUTE(r)
        if (!strcmp(r->method, method) && !strcmp(r->path, path))
            return r;
    return NULL;
}

/* Each action of the flow has its address, at the desk or at the door, and the record
 * named for its form is the one the address takes. */
static void test_matter_action_record__is_the_routes(void)
{
    for (unsigned i = 0; i < MATTER_ACTION__COUNT; i++) {
        const char *slug = matter_action_names.v[i].slug;
        struct str path = arena_printf(&memory, "/api/v1/matters/{id}/actions/%s", slug);
        const struct route *r = route_of("POST", path.p);
        if (!r)
            r = route_of("POST", arena_printf(&memory, "/api/v1/door/matters/{id}/actions/%s",
                                              slug).p);
        if (!holds(r != NULL, "no address", slug))
            continue;
        struct str name = matter_action_record((enum matter_action)i);
        holds(r->in ? str_is(name, r->in->name) : !name.n, "another record than its address", slug);
    }
}

/* ---- permissions and roles ---- */

static void test_perms__are_used_and_held(void)
{
    for (unsigned p = PERM_NONE + 1; p < PERM__COUNT; p++) {
        bool used = false, held = false;
        EACH_ROUTE(r)
            used |= r->perm == p;
        for (unsigned role = 0; role < ROLE__COUNT; role++)
            held |= (role_perms((enum role)role) & PERM_BIT(p)) != 0;
        holds(used, "no route asks for it", perm_names.v[p].slug);
        holds(held, "no role has it", perm_names.v[p].slug);
        holds(perm_of(str_of(perm_names.v[p].slug)) == p, "its slug names another",
              perm_names.v[p].slug);
    }
}

static void test_roles__administrators_see_no_matter(void)
{
    static const enum role admins[] = { ROLE_SYSTEM_ADMIN, ROLE_SECURITY_ADMIN, ROLE_AUDIT_ADMIN };
    static const enum perm kept[] = {
        PERM_MATTER_FILE, PERM_MATTER_READ, PERM_MATTER_ACT, PERM_MATTER_INTAKE,
        PERM_MATTER_ASSIGN, PERM_MATTER_HANDLE, PERM_MATTER_APPROVE, PERM_MATTER_SUPERVISE,
        PERM_SECRET_REVEAL, PERM_EXPORT, PERM_IMPORT, PERM_RESIDENT,
    };
    for (size_t i = 0; i < COUNT(admins); i++) {
        const char *name = role_names.v[admins[i]].slug;
        holds(role_reach(admins[i]) == REACH_NO, "reaches matters", name);
        for (size_t k = 0; k < COUNT(kept); k++)
            holds(!(role_perms(admins[i]) & PERM_BIT(kept[k])), perm_names.v[kept[k]].slug, name);
    }
}

/* The three administrators' own work is nobody else's, nor each other's. */
static void test_roles__administrators_are_apart(void)
{
    static const struct { enum perm perm; enum role role; } only[] = {
        { PERM_PLACE_WRITE, ROLE_SYSTEM_ADMIN }, { PERM_RULE_WRITE, ROLE_SYSTEM_ADMIN },
        { PERM_SYSTEM, ROLE_SYSTEM_ADMIN }, { PERM_PEOPLE_WRITE, ROLE_SECURITY_ADMIN },
        { PERM_AUDIT_READ, ROLE_AUDIT_ADMIN },
    };
    for (size_t i = 0; i < COUNT(only); i++)
        for (unsigned role = 0; role < ROLE__COUNT; role++)
            holds(((role_perms((enum role)role) & PERM_BIT(only[i].perm)) != 0)
                  == (role == only[i].role), perm_names.v[only[i].perm].slug,
                  role_names.v[role].slug);
}

static void test_roles__are_all_in_the_demo_city(void)
{
    char *text = arena_alloc(&memory, 1 << 20);
    FILE *f = fopen(PROJECT_DIR "/demo/posts.csv", "re");
    size_t n = f ? fread(text, 1, (1 << 20) - 1, f) : 0;
    if (f)
        fclose(f);
    OK(n > 0);
    for (unsigned role = ROLE_RESIDENT + 1; role < ROLE__COUNT; role++) {
        struct str cell = arena_printf(&memory, ",%s,", role_names.v[role].slug);
        holds(strstr(text, cell.p) != NULL, "nobody has it", role_names.v[role].slug);
    }
}

/* ---- failures ---- */

static size_t holes(const char *text)
{
    size_t n = 0;
    for (const char *p = text; (p = strstr(p, "{}")); p += 2)
        n++;
    return n;
}

static void test_err__slugs_and_sentences(void)
{
    static const struct { const char *slug, *zh, *en; int status; } rows[] = {
#define X(id, status, slug, zh, en) { slug, zh, en, status },
        ERR_LIST(X)
#undef X
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        holds(rows[i].zh[0] && rows[i].en[0], "lacks a sentence", rows[i].slug);
        holds(holes(rows[i].zh) == holes(rows[i].en), "its sentences differ in {}", rows[i].slug);
        holds(rows[i].status == 200 || (rows[i].status >= 400 && rows[i].status < 600),
              "no status of a failure", rows[i].slug);
        for (size_t k = 0; k < i; k++)
            holds(strcmp(rows[i].slug, rows[k].slug) != 0, "twice", rows[i].slug);
    }
}

/* ---- commands and jobs ---- */

static void test_jobs__have_names(void)
{
    for (size_t i = 0; i < all_jobs_n; i++)
        for (size_t k = 0; k < i; k++)
            holds(strcmp(all_jobs[i].name, all_jobs[k].name) != 0, "twice", all_jobs[i].name);
}

int main(void)
{
    tables = routes_all(&memory, &tables_n);
    test_routes__are_whole();
    test_routes__door_has_nothing_of_the_staff();
    test_routes__residents_have_their_own();
    test_routes__changes_are_writes();
    test_openapi__can_be_read();
    test_records__are_whole();
    test_records__personal_numbers_are_secret();
    test_flows__are_complete();
    test_matter_action_record__is_the_routes();
    test_perms__are_used_and_held();
    test_roles__administrators_see_no_matter();
    test_roles__administrators_are_apart();
    test_roles__are_all_in_the_demo_city();
    test_err__slugs_and_sentences();
    test_jobs__have_names();
    arena_done(&memory);
    return tap_end();
}
