/* Who stands beside me: of my body, in post today, and able to sign in. */
#include "unit/people/world.h"

static struct { struct str cursor; int64_t limit; } page;
struct asked { struct str json, next; };

static bool ask(struct req *r, void *ctx, struct err *e)
{
    const struct route *route = &colleague_table.v[0];
    struct asked *x = ctx;
    struct list out = { 0 };
    AUTO(buf_done) struct buf b;
    r->cursor = page.cursor;
    r->limit = page.limit;
    if (!route->apply(r, NULL, &out, e))
        return false;
    buf_init(&b, 1 << 16);
    for (size_t i = 0; i < out.n; i++)
        record_to_json(route->out, (const char *)out.v + i * route->out->size, r->sight, &b);
    x->json = arena_dup(r->a, buf_str(&b));
    x->next = r->next;
    return true;
}
static struct asked colleagues(struct world *w, int64_t org, int64_t limit, struct str cursor)
{
    struct asked x = { 0 };
    w->who.org.v = org;
    page.limit = limit;
    page.cursor = cursor;
    OK_INT(world_read(w, ask, &x), ERR_OK);
    return x;
}
static bool has(struct str s, const char *part)
{
    return str_find(s, str_of(part)) < s.n;
}

static bool end_post(struct req *r, void *ctx, struct err *e)
{
    return db_exec(r->c, e, NULL, SQL("UPDATE post SET valid_to = $2 WHERE id = $1"),
                   V(*(struct id *)ctx), V(day_of_stamp(r->now)));
}
static bool begin_later(struct req *r, void *ctx, struct err *e)
{
    return db_exec(r->c, e, NULL, SQL("UPDATE post SET valid_from = $2 WHERE id = $1"),
                   V(*(struct id *)ctx), V((int64_t)day_of_stamp(r->now).n + 1));
}
static bool bar(struct req *r, void *ctx, struct err *e)
{
    return db_exec(r->c, e, NULL, SQL("UPDATE account SET state = $2 WHERE id = $1"),
                   V(*(struct id *)ctx), V((unsigned)ACCOUNT_ENDED));
}
static bool move(struct req *r, void *ctx, struct err *e)
{
    return db_exec(r->c, e, NULL, SQL("UPDATE post SET org = $2 WHERE id = $1"),
                   V(*(struct id *)ctx), V((int64_t)COMMITTEE));
}

static void test_colleague__is_of_my_body_today(struct world *w)
{
    struct id gone = world_staff(w, STR("gone"), STR("")), late = world_staff(w, STR("late"), STR("")),
              barred = world_staff(w, STR("barred"), STR("")), far = world_staff(w, STR("far"), STR("")),
              here = world_staff(w, STR("here"), STR("")), none = world_staff(w, STR("none"), STR(""));
    struct id posts[] = { world_appoint(w, gone, ROLE_CLERK), world_appoint(w, late, ROLE_CLERK),
                          world_appoint(w, far, ROLE_CLERK) };
    world_appoint(w, barred, ROLE_CLERK);
    world_appoint(w, here, ROLE_DISPATCHER);
    world_appoint(w, here, ROLE_CLERK);
    (void)none;
    OK_INT(world_write(w, end_post, &posts[0]), ERR_OK);
    OK_INT(world_write(w, begin_later, &posts[1]), ERR_OK);
    OK_INT(world_write(w, move, &posts[2]), ERR_OK);
    OK_INT(world_write(w, bar, &barred), ERR_OK);
    struct asked mine = colleagues(w, CENTRE, 20, STR("")), theirs = colleagues(w, COMMITTEE, 20, STR(""));
    OK(has(mine.json, "here") && !mine.next.n);
    static const char *const not_there[] = { "gone", "late", "barred", "far", "none", "phone", "login" };
    for (size_t i = 0; i < COUNT(not_there); i++)
        if (!OK(!has(mine.json, not_there[i])))
            printf("# %s in %.*s\n", not_there[i], STR_ARG(mine.json));
    OK(has(theirs.json, "far") && !has(theirs.json, "here"));
    OK_INT(colleagues(w, 0, 20, STR("")).json.n, 0);        /* without a body nobody */
    /* of several roles the first, once */
    struct str name = STR("\"here\"");
    size_t at = str_find(mine.json, name);
    OK(str_find(str_sub(mine.json, at + name.n, mine.json.n), name) == mine.json.n - at - name.n);
    OK(has(mine.json, role_names.v[MIN(ROLE_DISPATCHER, ROLE_CLERK)].slug));
}

static void test_colleague__comes_page_by_page(struct world *w)
{
    char login[16];
    for (int i = 0; i < 5; i++) {
        snprintf(login, sizeof login, "page%d", i);
        world_appoint(w, world_staff(w, str_of(login), STR("")), ROLE_CLERK);
    }
    struct str next = STR("");
    int pages = 0, seen = 0;
    do {
        struct asked x = colleagues(w, CENTRE, 2, next);
        for (int i = 0; i < 5; i++) {
            snprintf(login, sizeof login, "page%d", i);
            seen += has(x.json, login);
        }
        OK(x.next.n == 0 || !str_eq(x.next, next));
        next = x.next;
    } while (next.n && ++pages < 20);
    OK_INT(seen, 5);
    OK_INT(pages, 3);                   /* six in pages of two: the last full one asks once more */
    struct asked x;
    static const char *const wrong[] = { "x", "1;DROP TABLE post", "99999999999999999999999", "-" };
    for (size_t i = 0; i < COUNT(wrong); i++) {
        page.cursor = str_of(wrong[i]);
        OK_INT(world_read(w, ask, &x), ERR_BAD_CURSOR);
    }
}

int main(void)
{
    struct world w;
    world_open(&w);
    test_colleague__is_of_my_body_today(&w);
    test_colleague__comes_page_by_page(&w);
    world_close(&w);
    return tap_end();
}
