/* Who works in a body: for naming one of them in a form, first of all in one's own.
 * Names and roles only; whoever keeps accounts searches those. */
#include "people/people.h"

struct colleague { struct id id; struct str name; unsigned role; };
static const struct field colleague_fields[] = {
    FIELD(colleague, id, .doc = "Account", .flags = HIDDEN),
    FIELD(colleague, name, .doc = "Name", .zh = "姓名", .en = "Name"),
    FIELD(colleague, role, .doc = "Role of the post; the first of several", .names = &role_names,
          .zh = "角色", .en = "Role"),
};
const struct record colleague_record = RECORD(colleague, colleague_fields);

bool colleague_list(struct req *r, struct id org, struct list *list, struct err *e)
{
    struct id after = ID_NONE;
    r->sight = SIGHT_ALL;
    if (r->cursor.n && !str_to_i64(r->cursor, &after.v))
        return err_field(e, ERR_BAD_CURSOR, "after");
    if (!db_all(r->c, e, r->a, &colleague_record, list,
            SQL("SELECT a.id, a.name, MIN(p.role) AS role FROM post p"
                " JOIN account a ON a.home = p.home AND a.id = p.account"
                " WHERE p.home = $1 AND p.org = $2 AND p.valid_from <= $3"
                " AND (p.valid_to = 0 OR p.valid_to > $3) AND a.state = $4 AND a.id > $5"
                " GROUP BY a.id, a.name ORDER BY a.id LIMIT $6"),
            V(r->who->home), V(org), V(day_of_stamp(r->now)), V((unsigned)ACCOUNT_ACTIVE),
            V(after), V(r->limit)))
        return false;
    const struct colleague *v = list->v;
    if (list->n == (size_t)r->limit)
        r->next = arena_printf(r->a, "%lld", (long long)v[list->n - 1].id.v);
    return true;
}

static bool on_list(struct req *r, const void *in UNUSED, void *out, struct err *e)
{
    return colleague_list(r, r->who->org, out, e);
}

static const struct route colleague_routes[] = {
    { "GET", "/api/v1/colleagues", PERM_MATTER_READ, ROUTE_READ, .apply = on_list,
      .out = &colleague_record, .reply = REPLY_LIST,
      .doc = "Who holds a post in my body today" },
};
const struct route_table colleague_table = ROUTES("colleague", colleague_routes);
