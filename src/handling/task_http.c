/* Tasks: of a matter, of the own body, of oneself. */
#include "handling/task.h"
#include "base/utf8.h"
#include "people/people.h"

/* Who is to do it holds a post in that body today. */
static bool holds_post(struct req *r, struct id org, struct id account, bool *yes, struct err *e)
{
    int64_t n = 0;
    struct day today = day_of_stamp(r->now);
    if (!db_int(r->c, e, &n,
            SQL("SELECT 1 FROM post WHERE account = $1 AND org = $2 AND home = $3"
                " AND valid_from <= $4 AND (valid_to = 0 OR valid_to > $4) LIMIT 1"),
            V(account), V(org), V(r->app->home), V(today)))
        return false;
    *yes = n > 0;
    return true;
}

static bool check(struct req *r, const struct task_put *x, struct id org, struct err *e)
{
    bool yes = true;
    if (x->due.n && x->due.n < day_of_stamp(r->now).n)
        return err_field(e, ERR_BAD_DATE, "due");
    for (size_t i = 0; i < x->items.n; i++)
        if (utf8_count(x->items.v[i]) > 100) {
            err_fieldf(e, ERR_TOO_LONG, "items", "%d", 100);
            return false;
        }
    return !x->account.v || (holds_post(r, org, x->account, &yes, e)
                             && (yes || err_field(e, ERR_NO_SUCH_REF, "account")));
}

static struct task task_from(struct req *r, const struct task_put *x, struct id org)
{
    struct task_item *v = arena_array(r->a, struct task_item, x->items.n);
    for (size_t i = 0; i < x->items.n; i++)
        v[i].text = x->items.v[i];
    return (struct task){ .org = org, .account = x->account, .title = x->title, .note = x->note,
                          .due = x->due, .items = { v, x->items.n } };
}

static bool made(struct req *r, struct id id, struct task *out, struct err *e)
{
    r->sight = SIGHT_ALL;
    r->location = arena_printf(r->a, "/api/v1/tasks/%lld", (long long)id.v);
    return task_load(r, id, out, e);
}

static bool on_add(struct req *r, const void *in, void *out, struct err *e)
{
    const struct task_put *x = in;
    if (x->org.v && x->org.v != r->who->org.v)
        return err_field(e, ERR_NO_SUCH_REF, "org");
    struct task t = task_from(r, x, r->who->org);
    return check(r, x, t.org, e) && task_add(r, NULL, &t, e) && made(r, t.id, out, e);
}

/* In a matter: the own body's, or that of whom the matter is in the hands of. */
static bool may_do(const struct req *r, const struct matter *m, struct id org)
{
    return org.v == r->who->org.v || org.v == m->owner.v || org.v == m->lead.v;
}

static bool on_add_in_matter(struct req *r, const void *in, void *out, struct err *e)
{
    const struct task_put *x = in;
    struct matter m;
    struct id org = x->org.v ? x->org : r->who->org;
    if (!matter_reach(r, &m, e))
        return false;
    if (!may_do(r, &m, org))
        return err_field(e, ERR_NO_SUCH_REF, "org");
    struct task t = task_from(r, x, org);
    t.matter = m.id;
    return check(r, x, org, e) && task_add(r, &m, &t, e) && made(r, t.id, out, e);
}

struct task_org { struct id id; struct str name; };
static const struct field task_org_fields[] = {
    FIELD(task_org, id, .doc = "Body", .flags = HIDDEN),
    FIELD(task_org, name, .doc = "Its name", .zh = "机构", .en = "Body"),
};
static const struct record task_org_record = RECORD(task_org, task_org_fields);

/* The own body first. */
static bool on_orgs(struct req *r, const void *in UNUSED, void *out, struct err *e)
{
    struct matter m;
    r->sight = SIGHT_ALL;
    return matter_reach(r, &m, e)
        && db_all(r->c, e, r->a, &task_org_record, out,
            SQL("SELECT id, name FROM org WHERE home = $1 AND id IN ($2, $3, $4)"
                " ORDER BY CASE WHEN id = $2 THEN 0 ELSE 1 END, id"),
            V(m.home), V(r->who->org), V(m.owner), V(m.lead));
}

struct task_people { struct id org; };
static const struct field task_people_fields[] = {
    FIELD(task_people, org, .doc = "Whose people; none: my own body's", .format = FORMAT_ORG,
          .zh = "机构", .en = "Body"),
};
static const struct record task_people_record = RECORD(task_people, task_people_fields);

static bool on_people(struct req *r, const void *in UNUSED, void *out, struct err *e)
{
    const struct task_people *q = r->query;
    struct id org = q->org.v ? q->org : r->who->org;
    struct matter m;
    return matter_reach(r, &m, e)
        && (may_do(r, &m, org) || err_field(e, ERR_NO_SUCH_REF, "org"))
        && colleague_list(r, org, out, e);
}

static bool on_of_matter(struct req *r, const void *in UNUSED, void *out, struct err *e)
{
    struct matter m;
    return matter_open(r, &m, e) && task_of_matter(r, m.id, out, e);
}

static const struct field task_filter_fields[] = {
    FIELD(task_filter, state, .doc = "Which", .names = &task_state_names, .preset = "open",
          .zh = "状态", .en = "State"),
    FIELD(task_filter, mine, .doc = "Only what names me", .zh = "只看我的", .en = "Mine only"),
};
static const struct record task_filter_record = RECORD(task_filter, task_filter_fields);

static bool on_page(struct req *r, const void *in UNUSED, void *out, struct err *e)
{
    r->sight = SIGHT_ALL;
    return task_page(r, r->query, out, e);
}

static bool on_one(struct req *r, const void *in UNUSED, void *out, struct err *e)
{
    struct id id;
    r->sight = SIGHT_ALL;
    return req_id(r, 0, &id, e) && task_load(r, id, out, e);
}

static bool on_change(struct req *r, const void *in, void *out, struct err *e)
{
    const struct task_put *x = in;
    struct task *t = out;
    if (!on_one(r, NULL, t, e))
        return false;
    if (x->org.v && x->org.v != t->org.v)
        return err_field(e, ERR_NO_SUCH_REF, "org");
    return check(r, x, t->org, e) && task_change(r, t, x, e) && on_one(r, NULL, t, e);
}

struct task_note { struct str note; };
static const struct field task_note_fields[] = {
    FIELD(task_note, note, .doc = "How it went, or why not", .max = 500, .flags = LINES,
          .zh = "说明", .en = "Note"),
};
static const struct record task_note_record = RECORD(task_note, task_note_fields);

static bool end(struct req *r, const struct task_note *x, enum task_state state, struct task *t,
                struct err *e)
{
    return on_one(r, NULL, t, e) && task_end(r, t, state, x->note, e) && on_one(r, NULL, t, e);
}

static bool on_done(struct req *r, const void *in, void *out, struct err *e)
{
    return end(r, in, TASK_DONE, out, e);
}

static bool on_cancel(struct req *r, const void *in, void *out, struct err *e)
{
    return end(r, in, TASK_CANCELLED, out, e);
}

struct task_tick { bool done; };
static const struct field task_tick_fields[] = {
    FIELD(task_tick, done, .doc = "Whether it is done", .zh = "已完成", .en = "Done"),
};
static const struct record task_tick_record = RECORD(task_tick, task_tick_fields);

static bool on_tick(struct req *r, const void *in, void *out, struct err *e)
{
    const struct task_tick *x = in;
    int64_t no = 0;
    if (!str_to_i64(r->param[1], &no))
        return err_set(e, ERR_NOT_FOUND);
    return on_one(r, NULL, out, e) && task_tick(r, out, no, x->done, e) && on_one(r, NULL, out, e);
}

static const struct route task_routes[] = {
    { "GET", "/api/v1/tasks", PERM_MATTER_READ, ROUTE_READ, .apply = on_page,
      .query = &task_filter_record, .out = &task_record, .reply = REPLY_LIST,
      .doc = "Tasks of my body, or mine, the most urgent first" },
    { "POST", "/api/v1/tasks", PERM_MATTER_ACT, ROUTE_WRITE, .apply = on_add,
      .in = &task_put_record, .out = &task_record, .body = BODY_JSON,
      .doc = "Make a task of my body" },
    { "GET", "/api/v1/tasks/{id}", PERM_MATTER_READ, ROUTE_READ, .apply = on_one,
      .out = &task_record, .doc = "One task with its checklist" },
    { "PUT", "/api/v1/tasks/{id}", PERM_MATTER_ACT, ROUTE_WRITE, .apply = on_change,
      .in = &task_put_record, .out = &task_record, .body = BODY_JSON, .doc = "Change a task" },
    { "POST", "/api/v1/tasks/{id}/done", PERM_MATTER_ACT, ROUTE_WRITE, .apply = on_done,
      .in = &task_note_record, .out = &task_record, .body = BODY_JSON, .doc = "It is done" },
    { "POST", "/api/v1/tasks/{id}/cancel", PERM_MATTER_ACT, ROUTE_WRITE, .apply = on_cancel,
      .in = &task_note_record, .out = &task_record, .body = BODY_JSON,
      .doc = "It need not be done" },
    { "PUT", "/api/v1/tasks/{id}/items/{no}", PERM_MATTER_ACT, ROUTE_WRITE, .apply = on_tick,
      .in = &task_tick_record, .out = &task_record, .body = BODY_JSON,
      .doc = "Tick an item of its checklist, or take the tick back" },
    { "GET", "/api/v1/matters/{id}/tasks", PERM_MATTER_READ, ROUTE_READ, .apply = on_of_matter,
      .out = &task_record, .reply = REPLY_LIST, .doc = "The tasks of a matter" },
    { "POST", "/api/v1/matters/{id}/tasks", PERM_MATTER_ACT, ROUTE_WRITE,
      .apply = on_add_in_matter, .in = &task_put_record, .out = &task_record, .body = BODY_JSON,
      .doc = "Make a task in a matter" },
    { "GET", "/api/v1/matters/{id}/task-orgs", PERM_MATTER_ACT, ROUTE_READ, .apply = on_orgs,
      .out = &task_org_record, .reply = REPLY_LIST,
      .doc = "Whose task I may make in a matter; my own body first" },
    { "GET", "/api/v1/matters/{id}/task-people", PERM_MATTER_ACT, ROUTE_READ,
      .apply = on_people, .query = &task_people_record, .out = &colleague_record,
      .reply = REPLY_LIST, .doc = "Who may be named in a task of a body in a matter" },
};
const struct route_table task_table = ROUTES("task", task_routes);
