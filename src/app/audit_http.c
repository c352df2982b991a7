#include "app/audit_http.h"
#include "app/checkpoint.h"
#include "app/journal.h"

static bool cursor_number(const struct req *r, int64_t none, int64_t *out, struct err *e)
{
    *out = none;
    return !r->cursor.n || str_to_i64(r->cursor, out) || err_field(e, ERR_BAD_CURSOR, "after");
}

static bool on_journal(struct req *r, const void *in UNUSED, void *out, struct err *e)
{
    struct list *list = out;
    struct journal_page page = { .limit = r->limit, .reader = r->who->account,
                                 .people = r->app->home };
    r->sight = SIGHT_ALL;
    if (!cursor_number(r, 0, &page.after, e)
        || !journal_list(r->c, r->a, ID_NONE, ID_NONE, page, list, e))
        return false;
    const struct journal_entry *v = list->v;
    if (list->n == (size_t)r->limit)
        r->next = arena_printf(r->a, "%lld", (long long)v[list->n - 1].seq);
    return true;
}

static bool on_checkpoints(struct req *r, const void *in UNUSED, void *out, struct err *e)
{
    struct list *list = out;
    int64_t before;
    r->sight = SIGHT_ALL;
    if (!cursor_number(r, INT64_MAX, &before, e)
        || !db_all(r->c, e, r->a, &checkpoint_record, list,
            SQL("SELECT no, feed_from, feed_to, at FROM checkpoint WHERE no < $1"
                " ORDER BY no DESC LIMIT $2"), V(before), V(r->limit)))
        return false;
    const struct checkpoint *v = list->v;
    if (list->n == (size_t)r->limit)
        r->next = arena_printf(r->a, "%lld", (long long)v[list->n - 1].no);
    return true;
}

struct audit_query { struct id account; };
static const struct field audit_query_fields[] = {
    FIELD(audit_query, account, .doc = "Whose looks", .format = FORMAT_ACCOUNT,
          .flags = REQUIRED, .zh = "账号", .en = "Account"),
};
static const struct record audit_query_record = RECORD(audit_query, audit_query_fields);

/* Which matters an account looked at, by number only: an auditor sees no content. */
struct audit_look { struct stamp at; struct str number, what, reason; struct id matter; };
static const struct field audit_look_fields[] = {
    FIELD(audit_look, at, .doc = "When", .zh = "时间", .en = "When"),
    FIELD(audit_look, number, .doc = "Which matter", .zh = "编号", .en = "Number"),
    FIELD(audit_look, what, .doc = "What was looked at", .zh = "查阅内容", .en = "What"),
    FIELD(audit_look, reason, .doc = "The reason given", .zh = "理由", .en = "Reason"),
    FIELD(audit_look, matter, .doc = "Matter", .flags = HIDDEN | WRITEONLY),
};
static const struct record audit_look_record = RECORD(audit_look, audit_look_fields);

/* Safety compartments are left out: those looks are the protected party's. */
static bool on_looks(struct req *r, const void *in UNUSED, void *out, struct err *e)
{
    const struct audit_query *q = r->query;
    struct list *list = out;
    int64_t before;
    r->sight = SIGHT_ALL;
    if (!cursor_number(r, INT64_MAX, &before, e)
        || !db_all(r->c, e, r->a, &audit_look_record, list,
            SQL("SELECT x.at, m.number, x.what, x.reason, x.matter FROM access x"
                " JOIN matter m ON m.home = x.home AND m.id = x.matter"
                " WHERE x.home = $1 AND x.account = $2 AND x.at < $3 AND x.what <> 'safety'"
                " ORDER BY x.at DESC LIMIT $4"),
            V(r->who->home), V(q->account), V(before), V(r->limit)))
        return false;
    const struct audit_look *v = list->v;
    if (list->n == (size_t)r->limit)
        r->next = arena_printf(r->a, "%lld", (long long)v[list->n - 1].at.ms);
    return true;
}

static const struct route audit_routes[] = {
    { "GET", "/api/v1/audit/journal", PERM_AUDIT_READ, ROUTE_READ, .apply = on_journal,
      .out = &journal_entry_record, .reply = REPLY_LIST,
      .doc = "The system's chain: people, rules, bodies, settings" },
    { "GET", "/api/v1/audit/checkpoints", PERM_AUDIT_READ, ROUTE_READ, .apply = on_checkpoints,
      .out = &checkpoint_record, .reply = REPLY_LIST, .doc = "Checkpoints, newest first" },
    { "GET", "/api/v1/audit/looks", PERM_AUDIT_READ, ROUTE_READ, .apply = on_looks,
      .query = &audit_query_record, .out = &audit_look_record, .reply = REPLY_LIST,
      .doc = "Which matters an account looked at, newest first" },
};
const struct route_table audit_table = ROUTES("audit", audit_routes);
