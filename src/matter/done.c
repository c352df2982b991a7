#include "matter/done.h"

bool done_put(struct req *r, const struct matter *m, enum matter_action action, struct err *e)
{
    if (r->who->kind != ACCOUNT_STAFF || !r->who->org.v)
        return true;
    return db_exec(r->c, e, NULL,
        SQL("INSERT INTO done (home, holder, matter, at, action)"
            " VALUES ($1, $2, $4, $5, $6), ($1, $3, $4, $5, $6)"
            " ON CONFLICT (home, holder, matter) DO UPDATE SET at = excluded.at,"
            " action = excluded.action"),
        V(m->home), V(r->who->org), V(r->who->account), V(m->id), V(r->now), V((unsigned)action));
}

struct done_query { bool mine; };
static const struct field done_query_fields[] = {
    FIELD(done_query, mine, .doc = "Only what I did", .zh = "只看我的", .en = "Mine only"),
};
static const struct record done_query_record = RECORD(done_query, done_query_fields);

struct done_item {
    struct id matter;
    struct str number, title, type;
    unsigned kind, state, action;
    struct stamp at;
    int64_t grade;
};
static const struct field done_item_fields[] = {
    FIELD(done_item, matter, .doc = "The matter", .flags = HIDDEN),
    FIELD(done_item, number, .doc = "Public number", .zh = "编号", .en = "Number"),
    FIELD(done_item, title, .doc = "One line", .flags = CONTENT, .zh = "标题", .en = "Title"),
    FIELD(done_item, kind, .doc = "Kind", .names = &matter_kind_names, .zh = "事项类别",
          .en = "Kind"),
    FIELD(done_item, type, .doc = "Type", .format = FORMAT_CODE, .codelist = "{kind}_type",
          .zh = "类型", .en = "Type"),
    FIELD(done_item, state, .doc = "State now", .names = &matter_state_names, .zh = "状态",
          .en = "State"),
    FIELD(done_item, action, .doc = "Last step taken", .names = &matter_action_names,
          .zh = "已办步骤", .en = "Step"),
    FIELD(done_item, at, .doc = "When", .zh = "办理时间", .en = "Done"),
    FIELD(done_item, grade, .doc = "Your grade of sight", .flags = HIDDEN | WRITEONLY),
};
static const struct record done_item_record = RECORD(done_item, done_item_fields);

/* The cursor is "at-matter": a place in the range. */
static bool parse_cursor(struct str s, int64_t *at, int64_t *matter, struct err *e)
{
    struct str head, rest;
    *at = INT64_MAX, *matter = 0;
    if (!s.n)
        return true;
    if (str_cut(s, '-', &head, &rest) && str_to_i64(head, at) && str_to_i64(rest, matter))
        return true;
    return err_field(e, ERR_BAD_CURSOR, "after");
}

/* Only what may still be seen: work is done, sight may have ended since. */
static bool on_list(struct req *r, const void *in UNUSED, void *out, struct err *e)
{
    const struct done_query *q = r->query;
    struct list *list = out;
    int64_t at, matter;
    struct id holder = q->mine ? r->who->account : r->who->org;
    r->sight.content = role_reach((enum role)r->who->role) != REACH_BELOW;
    if (!parse_cursor(r->cursor, &at, &matter, e)
        || !db_all(r->c, e, r->a, &done_item_record, list,
            SQL("SELECT d.matter, d.at, d.action, m.number, m.title, m.type, m.kind, m.state,"
                " s.grade FROM done d JOIN matter m ON m.home = d.home AND m.id = d.matter"
                " JOIN sight s ON s.home = d.home AND s.holder = $3 AND s.matter = d.matter"
                " AND s.since <= $4 AND (s.until = 0 OR s.until > $4)"
                " WHERE d.home = $1 AND d.holder = $2 AND (d.at, d.matter) < ($5, $6)"
                " ORDER BY d.at DESC, d.matter DESC LIMIT $7"),
            V(r->who->home), V(holder), V(who_holder(r->who)), V(r->now), V(at), V(matter),
            V(r->limit)))
        return false;
    struct done_item *v = list->v;
    for (size_t i = 0; i < list->n; i++)
        if (v[i].grade < GRADE_CONTENT)
            v[i].title = STR("");
    if (list->n == (size_t)r->limit)
        r->next = arena_printf(r->a, "%lld-%lld", (long long)v[list->n - 1].at.ms,
                               (long long)v[list->n - 1].matter.v);
    return true;
}

/* What was done since midnight: as many rows as a day's work. */
struct done_today { int64_t body, mine; };
static const struct field done_today_fields[] = {
    FIELD(done_today, body, .doc = "By my body", .zh = "本单位今日已办", .en = "By my body today"),
    FIELD(done_today, mine, .doc = "By me", .zh = "我今日已办", .en = "By me today"),
};
static const struct record done_today_record = RECORD(done_today, done_today_fields);

static bool count_since(struct req *r, struct id holder, struct stamp from, int64_t *n,
                        struct err *e)
{
    return db_int(r->c, e, n,
        SQL("SELECT COUNT(*) FROM done WHERE home = $1 AND holder = $2 AND at >= $3"),
        V(r->who->home), V(holder), V(from));
}

static bool on_today(struct req *r, const void *in UNUSED, void *out, struct err *e)
{
    struct done_today *x = out;
    struct stamp from = stamp_of_day(day_of_stamp(r->now));
    return count_since(r, r->who->org, from, &x->body, e)
        && count_since(r, r->who->account, from, &x->mine, e);
}

static const struct route done_routes[] = {
    { "GET", "/api/v1/work/done", PERM_MATTER_READ, ROUTE_READ, .apply = on_list,
      .query = &done_query_record, .out = &done_item_record, .reply = REPLY_LIST,
      .doc = "What my body has done, or I, the newest first" },
    { "GET", "/api/v1/work/done/today", PERM_MATTER_READ, ROUTE_READ, .apply = on_today,
      .out = &done_today_record,
      .doc = "How many matters my body took a last step in today, and I" },
};
const struct route_table done_table = ROUTES("done", done_routes);
