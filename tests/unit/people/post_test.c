#include "people/post.h"
#include "people/account.h"
#include "unit/people/world.h"

static struct day d(int n) { return (struct day){ n }; }

static void test_post__days_are_half_open(void)
{
    static const struct { int from, to, from2, to2; bool share; } rows[] = {
        { 10, 20, 20, 30, false }, { 10, 20, 19, 30, true }, { 10, 0, 500, 0, true },
        { 10, 20, 1, 10, false }, { 10, 20, 1, 11, true }, { 10, 20, 12, 13, true },
        { 5, 0, 1, 5, false }, { 5, 0, 1, 6, true },
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        OK(post_overlaps(d(rows[i].from), d(rows[i].to), d(rows[i].from2), d(rows[i].to2))
           == rows[i].share);
        OK(post_overlaps(d(rows[i].from2), d(rows[i].to2), d(rows[i].from), d(rows[i].to))
           == rows[i].share);
    }
}

/* Three administrators apart, and the security administrator without matters. */
static void test_post__roles_agree(void)
{
    OK(post_roles_agree(ROLE_CLERK, ROLE_DISPATCHER) && post_roles_agree(ROLE_CLERK, ROLE_CLERK));
    OK(post_roles_agree(ROLE_SYSTEM_ADMIN, ROLE_CLERK));
    OK(!post_roles_agree(ROLE_SYSTEM_ADMIN, ROLE_AUDIT_ADMIN));
    OK(!post_roles_agree(ROLE_AUDIT_ADMIN, ROLE_SECURITY_ADMIN));
    for (unsigned i = 0; i < ROLE__COUNT; i++) {
        OK(post_roles_agree(i, ROLE_SECURITY_ADMIN) == (i == ROLE_SECURITY_ADMIN));
        OK(post_roles_agree(ROLE_SECURITY_ADMIN, i) == (i == ROLE_SECURITY_ADMIN));
    }
}

static enum err_id add(struct world *w, struct post_seed seed)
{
    struct world_post x = { .seed = seed };
    return world_write(w, world_add_post, &x);
}

static void test_post__refuses(struct world *w, struct id account)
{
    struct id centre = { CENTRE };
    int now = day_of_stamp(w->now).n;
    OK_INT(add(w, (struct post_seed){ account, centre, ROLE_CLERK, d(0), d(0), ID_NONE }), ERR_OK);
    OK_INT(add(w, (struct post_seed){ account, centre, ROLE_CLERK, d(0), d(0), ID_NONE }),
           ERR_DUPLICATE);
    OK_INT(add(w, (struct post_seed){ account, centre, ROLE_SECURITY_ADMIN, d(0), d(0), ID_NONE }),
           ERR_ADMIN_ROLES);
    OK_INT(add(w, (struct post_seed){ account, centre, ROLE_SECURITY_ADMIN, d(now + 900), d(0),
                                      ID_NONE }), ERR_ADMIN_ROLES);
    OK_INT(add(w, (struct post_seed){ account, centre, ROLE_RESIDENT, d(0), d(0), ID_NONE }),
           ERR_NOT_A_CHOICE);
    OK_INT(add(w, (struct post_seed){ account, centre, 99, d(0), d(0), ID_NONE }),
           ERR_NOT_A_CHOICE);
    OK_INT(add(w, (struct post_seed){ account, { 404 }, ROLE_HEAD, d(0), d(0), ID_NONE }),
           ERR_NO_SUCH_REF);
    OK_INT(add(w, (struct post_seed){ { 404 }, centre, ROLE_HEAD, d(0), d(0), ID_NONE }),
           ERR_NO_SUCH_REF);
    OK_INT(add(w, (struct post_seed){ account, centre, ROLE_HEAD, d(now), d(now - 1), ID_NONE }),
           ERR_OUT_OF_RANGE);
}

static void test_post__nobody_appoints_oneself(struct world *w, struct id account)
{
    w->who.account = account;
    OK_INT(add(w, (struct post_seed){ account, { COMMITTEE }, ROLE_HEAD, d(0), d(0), ID_NONE }),
           ERR_SECOND_PERSON);
    w->who.account = ID_NONE;
}

struct stand_in {
    struct id post, account;
    struct day from, to;
    struct id made;
    struct post after;
};
static bool stand_in(struct req *r, void *ctx, struct err *e)
{
    struct stand_in *x = ctx;
    struct post p;
    return post_load(r, x->post, &p, e)
        && post_substitute(r, &p, x->account, x->from, x->to, &x->made, e)
        && post_load(r, x->made, &x->after, e);
}
static bool load(struct req *r, void *ctx, struct err *e)
{
    struct post *p = ctx;
    return post_load(r, p->id, p, e);
}
static bool end(struct req *r, void *ctx, struct err *e)
{
    struct post p;
    return post_load(r, *(struct id *)ctx, &p, e) && post_end(r, &p, e);
}

static void test_post__a_substitute_never_outlives_it(struct world *w)
{
    int now = day_of_stamp(w->now).n;
    struct id absent = world_staff(w, STR("absent"), STR("")),
              other = world_staff(w, STR("other"), STR("")),
              post = world_appoint(w, absent, ROLE_DISPATCHER);
    struct stand_in x = { .post = post, .account = other, .from = d(now), .to = d(now + 5) };
    static const struct { int from, to; enum err_id id; } bad[] = {
        { -1, 5, ERR_OUT_OF_RANGE }, { 3, 3, ERR_OUT_OF_RANGE }, { 5, 3, ERR_OUT_OF_RANGE },
        { 0, 400, ERR_OUT_OF_RANGE },
    };
    for (size_t i = 0; i < COUNT(bad); i++) {
        struct stand_in y = x;
        y.from = d(now + bad[i].from);
        y.to = d(now + bad[i].to);
        OK_INT(world_write(w, stand_in, &y), bad[i].id);
    }
    world_number(w, "substitute_days", "4");
    OK_INT(world_write(w, stand_in, &x), ERR_OUT_OF_RANGE);
    world_number(w, "substitute_days", "999999999999");
    struct stand_in long_one = x;
    long_one.to = d(now + 4000);
    OK_INT(world_write(w, stand_in, &long_one), ERR_OUT_OF_RANGE);
    world_number(w, "substitute_days", "5");
    struct stand_in self = x;
    self.account = absent;
    OK_INT(world_write(w, stand_in, &self), ERR_NO_SUCH_REF);
    OK_INT(world_write(w, stand_in, &x), ERR_OK);
    OK(x.after.holds && x.after.stands_for.v == post.v && x.after.role == ROLE_DISPATCHER);
    struct post p = { .id = post };
    OK_INT(world_read(w, load, &p), ERR_OK);
    OK(p.holds && p.absent_from.n == now && p.absent_to.n == now + 5);
    struct stand_in chain = { .post = x.made, .account = absent, .from = d(now), .to = d(now + 1) };
    OK_INT(world_write(w, stand_in, &chain), ERR_NO_SUCH_REF);
    OK_INT(world_write(w, end, &post), ERR_OK);
    OK_INT(world_read(w, load, &x.after), ERR_OK);
    OK(!x.after.holds && x.after.valid_to.n == now);
}

struct days { struct id post; int64_t version; struct day from, to; };
static bool change(struct req *r, void *ctx, struct err *e)
{
    const struct days *x = ctx;
    struct post was;
    if (!post_load(r, x->post, &was, e))
        return false;
    struct post next = was;
    next.valid_from = x->from;
    next.valid_to = x->to;
    next.version = x->version ? x->version : was.version;
    return post_change(r, &was, &next, e);
}
static bool end_account(struct req *r, void *ctx, struct err *e)
{
    return account_end(r, *(struct id *)ctx, e);
}

static void test_post__keeps_the_last_security_administrator(struct world *w)
{
    int now = day_of_stamp(w->now).n;
    struct id one = world_staff(w, STR("sec.one"), STR("")),
              two = world_staff(w, STR("sec.two"), STR("")),
              first = world_appoint(w, one, ROLE_SECURITY_ADMIN);
    struct days over = { first, 0, d(now - 3), d(now) }, late = { first, 0, d(now + 1), d(0) };
    OK_INT(world_write(w, end, &first), ERR_LAST_ADMIN);
    OK_INT(world_write(w, end_account, &one), ERR_LAST_ADMIN);
    OK_INT(world_write(w, change, &over), ERR_LAST_ADMIN);
    OK_INT(world_write(w, change, &late), ERR_LAST_ADMIN);
    struct id second = world_appoint(w, two, ROLE_SECURITY_ADMIN);
    struct days stale = { first, 99, d(now), d(now + 9) }, fine = { first, 0, d(now), d(now + 9) };
    OK_INT(world_write(w, change, &stale), ERR_CONFLICT);
    OK_INT(world_write(w, change, &fine), ERR_OK);
    OK_INT(world_write(w, end_account, &one), ERR_OK);
    OK_INT(world_write(w, end, &second), ERR_LAST_ADMIN);
    w->now.ms += 20 * STAMP_DAY;
    OK_INT(world_write(w, end_account, &two), ERR_LAST_ADMIN);
}

int main(void)
{
    struct world w;
    test_post__days_are_half_open();
    test_post__roles_agree();
    world_open(&w);
    struct id account = world_staff(&w, STR("li.na"), STR(""));
    test_post__refuses(&w, account);
    test_post__nobody_appoints_oneself(&w, account);
    test_post__a_substitute_never_outlives_it(&w);
    test_post__keeps_the_last_security_administrator(&w);
    world_close(&w);
    return tap_end();
}
