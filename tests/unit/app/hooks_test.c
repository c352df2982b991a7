/* Who is let through to a route, and what a refusal is called. */
#include "app/hooks.h"
#include "app/checks.h"
#include "tap.h"

static const struct route read_matters = { "GET", "/m", PERM_MATTER_READ, ROUTE_READ },
    file_matter = { "POST", "/m", PERM_MATTER_FILE, ROUTE_WRITE },
    own = { "POST", "/own", PERM_SIGNED_IN, ROUTE_WRITE },
    open_door = { "GET", "/v", PERM_PUBLIC, ROUTE_READ },
    sign_in = { "POST", "/s", PERM_PUBLIC, ROUTE_WRITE },
    forgotten = { "GET", "/f", PERM_NONE, ROUTE_READ };

static enum err_id ask(const struct route *route, const struct who *w, const char *csrf)
{
    struct app app = { 0 };
    struct err e = { 0 };
    struct req r = { .route = route, .who = w, .csrf = str_of(csrf) };
    return app_hooks(&app, NULL).allow(&r, &e) ? ERR_OK : e.id;
}

static void test_allow__by_permission_form_and_first_password(void)
{
    struct who clerk = { .post = { 3 }, .org = { 4 }, .perms = role_perms(ROLE_CLERK),
                         .csrf = STR("form") }, fresh = clerk, token = clerk, idle = { 0 },
               leader = { .post = { 3 }, .org = { 4 }, .perms = role_perms(ROLE_LEADER), .csrf = STR("form") },
               every = { .post = { 1 }, .perms = UINT64_MAX, .csrf = STR("form") };
    fresh.must_change = true;
    token.token = true;
    token.perms = PERM_BIT(PERM_MATTER_READ);
    idle.perms = PERM_BIT(PERM_SIGNED_IN) | PERM_BIT(PERM_PUBLIC);
    const struct { const struct route *route; const struct who *w; const char *csrf;
                   enum err_id id; } rows[] = {
        { &read_matters, NULL, "", ERR_SIGN_IN }, { &file_matter, NULL, "form", ERR_SIGN_IN },
        { &open_door, NULL, "", ERR_OK }, { &sign_in, NULL, "", ERR_OK },
        { &forgotten, NULL, "", ERR_DENIED }, { &forgotten, &every, "form", ERR_DENIED },
        { &read_matters, &clerk, "", ERR_OK }, { &file_matter, &clerk, "form", ERR_OK },
        { &file_matter, &clerk, "", ERR_BAD_CSRF }, { &file_matter, &clerk, "forn", ERR_BAD_CSRF },
        { &file_matter, &clerk, "form1", ERR_BAD_CSRF }, { &sign_in, &clerk, "", ERR_BAD_CSRF },
        { &file_matter, &leader, "form", ERR_DENIED }, { &read_matters, &leader, "", ERR_OK },
        { &read_matters, &fresh, "", ERR_MUST_CHANGE_PASSWORD }, { &own, &fresh, "form", ERR_OK },
        { &read_matters, &token, "", ERR_OK }, { &file_matter, &token, "", ERR_TOKEN_SCOPE },
        { &read_matters, &idle, "", ERR_NO_POST },
    };
    for (size_t i = 0; i < COUNT(rows); i++)
        if (!OK_INT(ask(rows[i].route, rows[i].w, rows[i].csrf), rows[i].id))
            printf("#   row %zu\n", i);
}

static void test_checks__normalise_or_name(void)
{
    struct arena a = { 0 };
    static const struct { bool (*check)(struct arena *, struct str *, struct err *); const char *in;
                          enum err_id id; } rows[] = {
        { check_phone, "", ERR_OK }, { check_phone, "138 1234 5678", ERR_OK },
        { check_phone, "12", ERR_BAD_PHONE }, { check_phone, "<b>", ERR_BAD_PHONE },
        { check_idnum, "", ERR_OK }, { check_idnum, "11010519491231002x", ERR_OK },
        { check_idnum, "110105194912310021", ERR_BAD_IDNUM }, { check_credit, "", ERR_OK },
        { check_credit, "91350100M000100Y43", ERR_OK },
        { check_credit, "91350100M000100Y44", ERR_BAD_CREDIT_CODE },
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct str s = str_of(rows[i].in);
        struct err e = { 0 };
        bool ok = rows[i].check(&a, &s, &e);
        if (!OK(ok == (rows[i].id == ERR_OK) && e.id == rows[i].id))
            printf("#   %s\n", rows[i].in);
    }
    struct str s = STR("11010519491231002x");
    struct err e = { 0 };
    OK(check_idnum(&a, &s, &e));
    OK_STR(s, "11010519491231002X");
    arena_done(&a);
}

int main(void)
{
    test_allow__by_permission_form_and_first_password();
    test_checks__normalise_or_name();
    return tap_end();
}
