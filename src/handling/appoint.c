#include "handling/appoint.h"
#include "matter/assignment.h"
#include "matter/matter_act.h"

struct matter_appoint { struct id handler; struct str reason; };
static const struct field matter_appoint_fields[] = {
    FIELD(matter_appoint, handler, .doc = "Who is to be in charge; holds a post in the lead body",
          .format = FORMAT_ACCOUNT, .flags = REQUIRED, .zh = "承办人", .en = "Handler"),
    FIELD(matter_appoint, reason, .doc = "Why", .max = 300, .zh = "原因", .en = "Reason"),
};
static const struct record matter_appoint_record = RECORD(matter_appoint, matter_appoint_fields);

struct colleague { struct str name; unsigned role; };
static const struct field colleague_fields[] = {
    FIELD(colleague, name, .doc = "Name"),
    FIELD(colleague, role, .doc = "Role of the post", .names = &role_names),
};
static const struct record colleague_record = RECORD(colleague, colleague_fields);

/* The account holds a post in the lead body today whose role may handle matters. */
static bool find_colleague(struct req *r, const struct matter *m, struct id account,
                           struct str *name, struct err *e)
{
    struct list posts;
    if (!db_all(r->c, e, r->a, &colleague_record, &posts,
            SQL("SELECT a.name, p.role FROM post p"
                " JOIN account a ON a.home = p.home AND a.id = p.account"
                " WHERE p.account = $2 AND p.home = $1 AND p.org = $3 AND p.valid_from <= $4"
                " AND (p.valid_to = 0 OR p.valid_to > $4) ORDER BY p.id LIMIT 20"),
            V(m->home), V(account), V(m->lead), V(day_of_stamp(r->now))))
        return false;
    const struct colleague *v = posts.v;
    for (size_t i = 0; i < posts.n; i++)
        if (role_perms((enum role)v[i].role) & PERM_BIT(PERM_MATTER_HANDLE)) {
            *name = v[i].name;
            return true;
        }
    return err_field(e, ERR_NO_SUCH_REF, "handler");
}

static bool on_appoint(struct req *r, const void *in, void *out, struct err *e)
{
    const struct matter_appoint *x = in;
    struct move mv;
    struct str name;
    if (!move_begin(&mv, r, MATTER_DO_APPOINT, e)
        || !find_colleague(r, &mv.m, x->handler, &name, e)
        || !assignment_appoint(r, &mv.m, x->handler, e)
        || !sight_give(r, mv.m.id, x->handler, GRADE_CONTENT, WHY_HANDLER, e))
        return false;
    mv.m.handler = x->handler;
    mv.m.handler_gone = false;
    move_note(&mv, "handler", name);
    if (x->reason.n)
        move_note(&mv, "reason", x->reason);
    return move_end(&mv, out, e);
}

static const struct route appoint_routes[] = {
    MATTER_ACTION("appoint", MATTER_APPROVE, on_appoint, matter_appoint_record,
                  "Name who is in charge of it in the lead body"),
};
const struct route_table appoint_table = ROUTES("appoint", appoint_routes);
