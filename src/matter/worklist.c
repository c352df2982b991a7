#include "matter/worklist.h"
#include "app/codebook.h"
#include "app/memo.h"
#include "matter/deadline.h"

#define X(id, slug, zh, en) { slug, zh, en },
static const struct name bucket_v[] = { WORK_BUCKETS(X) };
#undef X
const struct names work_bucket_names = NAMES("work_bucket", bucket_v);

/* Sorts after every real due time. */
#define NO_DUE INT64_C(253402271999000)

/* Whose turn it is. */
enum turn { TURN_OWNER, TURN_LEAD, TURN_HANDLER, TURN_REVIEWER, TURN_APPROVER };
enum { ANY_STATE = MATTER_STATE__COUNT };

/* Every reason for which a matter waits: the state, facts that must and must not
 * hold, where it shows and for whom, and the clock that counts there. */
static const struct wait {
    unsigned state;                     /* enum matter_state, or ANY_STATE */
    int64_t needs, bars;
    enum work_bucket bucket;
    enum turn turn;
    const char *what;
} waits[] = {
    { MATTER_FILED, 0, 0, WORK_TO_ACCEPT, TURN_OWNER, NULL },
    { MATTER_DETAILS, 0, 0, WORK_DETAILS, TURN_OWNER, NULL },
    { MATTER_DECLINED, FACT_BIT(REVIEW), 0, WORK_TO_REVIEW, TURN_REVIEWER, "decline_review" },
    { MATTER_ACCEPTED, 0, FACT_BIT(LEAD), WORK_TO_ASSIGN, TURN_OWNER, NULL },
    { MATTER_ACCEPTED, FACT_BIT(LEAD), 0, WORK_TO_TAKE, TURN_LEAD, NULL },
    { MATTER_IN_HAND, 0, 0, WORK_IN_HAND, TURN_LEAD, NULL },
    { MATTER_IN_HAND, 0, 0, WORK_IN_HAND, TURN_HANDLER, NULL },
    { MATTER_CONCLUDED, 0, 0, WORK_TO_REPLY, TURN_LEAD, NULL },
    { MATTER_CONCLUDED, 0, 0, WORK_TO_REPLY, TURN_HANDLER, NULL },
    { MATTER_CONCLUDED, 0, FACT_BIT(LEAD), WORK_TO_REPLY, TURN_OWNER, NULL },
    { MATTER_REPLIED, 0, 0, WORK_TO_CLOSE, TURN_OWNER, NULL },
    { ANY_STATE, FACT_BIT(OBJECTED), FACT_BIT(THIRD_REFUSAL), WORK_OBJECTED, TURN_OWNER, NULL },
    { ANY_STATE, FACT_BIT(THIRD_REFUSAL), 0, WORK_OBJECTED, TURN_REVIEWER, NULL },
    { ANY_STATE, FACT_BIT(APPROVAL), 0, WORK_TO_APPROVE, TURN_APPROVER, "approve" },
    { ANY_STATE, FACT_BIT(DANGER), 0, WORK_TO_REPORT, TURN_OWNER, "duty_report" },
    { ANY_STATE, FACT_BIT(VOID_ASKED), 0, WORK_TO_VOID, TURN_OWNER, NULL },
};

static struct id whose(const struct matter *m, enum turn turn)
{
    switch (turn) {
    case TURN_OWNER:    return m->owner;
    case TURN_LEAD:     return m->lead;
    case TURN_HANDLER:  return m->handler;
    case TURN_REVIEWER: return m->reviewer;
    case TURN_APPROVER: return m->approver;
    }
    return ID_NONE;
}

size_t worklist_waiting(const struct matter *m, struct worklist_wait out[WAITS_MAX])
{
    uint64_t facts = matter_facts(m, (struct stamp){ 0 });
    size_t n = 0;
    for (const struct wait *w = waits; w < waits + COUNT(waits); w++) {
        struct id holder = whose(m, w->turn);
        if ((w->state == m->state || w->state == ANY_STATE) && holder.v && n < WAITS_MAX
            && !((uint64_t)w->needs & ~facts) && !((uint64_t)w->bars & facts))
            out[n++] = (struct worklist_wait){ w->bucket, holder, w->what };
    }
    return n;
}

/* The nearest running clock of the name, or of all. */
static struct stamp nearest(struct list clocks, const char *what)
{
    const struct deadline *d = clocks.v;
    for (size_t i = 0; i < clocks.n; i++)
        if (!what || str_is(d[i].what, what))
            return d[i].due_at;
    return (struct stamp){ NO_DUE };
}

/* ---- how many there are, kept with them ---- */

/* A holder's rows in a bucket that go or come. */
struct work_change { struct id holder; unsigned bucket; int64_t n; };
static const struct field work_change_fields[] = {
    FIELD(work_change, holder, .doc = "Whose"),
    FIELD(work_change, bucket, .doc = "Bucket", .names = &work_bucket_names),
    FIELD(work_change, n, .doc = "How many more"),
};
static const struct record work_change_record = RECORD(work_change, work_change_fields);

struct work_changes { struct work_change v[2 * WAITS_MAX]; size_t n; };

static void add_change(struct work_changes *k, struct id holder, unsigned bucket, int64_t n)
{
    for (size_t i = 0; i < k->n; i++)
        if (k->v[i].holder.v == holder.v && k->v[i].bucket == bucket) {
            k->v[i].n += n;
            return;
        }
    if (k->n < COUNT(k->v))
        k->v[k->n++] = (struct work_change){ holder, bucket, n };
}

static int by_key(const void *x, const void *y)
{
    const struct work_change *a = x, *b = y;
    if (a->holder.v != b->holder.v)
        return a->holder.v < b->holder.v ? -1 : 1;
    return (a->bucket > b->bucket) - (a->bucket < b->bucket);
}

/* In the order of the key, so that two moves never wait for each other. */
static bool count_on(struct req *r, struct id home, struct work_changes *k, struct err *e)
{
    qsort(k->v, k->n, sizeof k->v[0], by_key);
    for (size_t i = 0; i < k->n; i++)
        if (k->v[i].n && !db_exec(r->c, e, NULL,
                SQL("INSERT INTO work_count (home, holder, bucket, n) VALUES ($1, $2, $3, $4)"
                    " ON CONFLICT (home, holder, bucket) DO UPDATE SET"
                    " n = work_count.n + excluded.n"),
                V(home), V(k->v[i].holder), V(k->v[i].bucket), V(k->v[i].n)))
            return false;
    return true;
}

static bool remove_all(struct req *r, struct id home, struct id subject, struct work_changes *k,
                       struct err *e)
{
    struct list gone;
    if (!db_all(r->c, e, r->a, &work_change_record, &gone,
            SQL("DELETE FROM worklist WHERE home = $1 AND matter = $2 RETURNING holder, bucket"),
            V(home), V(subject)))
        return false;
    const struct work_change *v = gone.v;
    for (size_t i = 0; i < gone.n; i++)
        add_change(k, v[i].holder, v[i].bucket, -1);
    return true;
}

struct work_row { struct id home, holder; unsigned bucket; struct stamp due; struct id subject; };

static bool add_row(struct req *r, const struct work_row *x, struct work_changes *k,
                    struct err *e)
{
    add_change(k, x->holder, x->bucket, 1);
    return db_exec(r->c, e, NULL,
        SQL("INSERT INTO worklist (home, holder, bucket, due_at, matter)"
            " VALUES ($1, $2, $3, $4, $5)"),
        V(x->home), V(x->holder), V(x->bucket), V(x->due), V(x->subject));
}

bool worklist_add(struct req *r, enum work_bucket bucket, struct id holder, struct stamp due,
                  struct id subject, struct err *e)
{
    struct work_changes k = { .n = 0 };
    struct work_row row = { r->app->home, holder, bucket, due, subject };
    return add_row(r, &row, &k, e) && count_on(r, row.home, &k, e);
}

bool worklist_drop(struct req *r, struct id subject, struct err *e)
{
    struct work_changes k = { .n = 0 };
    return remove_all(r, r->app->home, subject, &k, e) && count_on(r, r->app->home, &k, e);
}

bool worklist_put(struct req *r, const struct matter *m, bool was_there, struct err *e)
{
    struct worklist_wait w[WAITS_MAX];
    struct work_changes k = { .n = 0 };
    struct list clocks;
    size_t n = worklist_waiting(m, w);
    if ((was_there && !remove_all(r, m->home, m->id, &k, e))
        || (n && !deadline_running(r, m, &clocks, e)))
        return false;
    for (size_t i = 0; i < n; i++) {
        struct work_row row = { m->home, w[i].holder, w[i].bucket, nearest(clocks, w[i].what),
                                m->id };
        if (!add_row(r, &row, &k, e))
            return false;
    }
    return count_on(r, m->home, &k, e);
}

bool worklist_again(struct req *r, struct id matter, struct err *e)
{
    struct matter m = { 0 };
    return db_one(r->c, e, r->a, &matter_record, &m,
            SQL("SELECT id, home, state, facts, owner, lead, handler, reviewer, approver"
                " FROM matter WHERE home = $1 AND id = $2"), V(r->app->home), V(matter))
        && worklist_put(r, &m, true, e);
}

/* ---- reading ---- */

struct work_count { unsigned bucket; int64_t count, overdue; bool mine; };
static const struct field work_count_fields[] = {
    FIELD(work_count, bucket, .doc = "What has to be done", .names = &work_bucket_names,
          .zh = "工作", .en = "Work"),
    FIELD(work_count, count, .doc = "Matters waiting", .zh = "数量", .en = "Count"),
    FIELD(work_count, overdue, .doc = "Of these past their time", .zh = "已超期", .en = "Overdue"),
    FIELD(work_count, mine, .doc = "Mine (true) or my body's (false)", .zh = "我的", .en = "Mine"),
};
static const struct record work_count_record = RECORD(work_count, work_count_fields);

/* What is overdue is counted from the head of its range: late work is little work,
 * or the badge is the least of the troubles. */
static bool on_counts(struct req *r, const void *in UNUSED, void *out, struct err *e)
{
    return db_all(r->c, e, r->a, &work_count_record, out,
        SQL("SELECT k.bucket, k.n AS count, (SELECT COUNT(*) FROM worklist w"
            " WHERE w.home = k.home AND w.holder = k.holder AND w.bucket = k.bucket"
            " AND w.due_at < $4) AS overdue,"
            " CASE WHEN k.holder = $3 THEN 1 ELSE 0 END AS mine"
            " FROM work_count k WHERE k.home = $1 AND k.holder IN ($2, $3) AND k.n > 0"
            " ORDER BY mine DESC, k.bucket"),
        V(r->who->home), V(who_holder(r->who)), V(r->who->account), V(r->now));
}

struct work_query { unsigned bucket; bool mine; };
static const struct field work_query_fields[] = {
    FIELD(work_query, bucket, .doc = "Which bucket", .names = &work_bucket_names,
          .flags = REQUIRED, .zh = "工作", .en = "Work"),
    FIELD(work_query, mine, .doc = "Only what names me", .zh = "只看我的", .en = "Mine only"),
};
static const struct record work_query_record = RECORD(work_query, work_query_fields);

/* One row of a work list: the envelope and its clock. */
struct work_item {
    struct id matter, area, lead;
    struct str number, title, type, area_name, lead_name;
    unsigned kind, state;
    struct stamp filed_at, due_at;
    int64_t left_minutes;
    bool overdue;
};
static const struct field work_item_fields[] = {
    FIELD(work_item, matter, .doc = "The matter", .flags = HIDDEN),
    FIELD(work_item, number, .doc = "Public number", .zh = "编号", .en = "Number"),
    FIELD(work_item, title, .doc = "One line", .flags = CONTENT, .zh = "标题", .en = "Title"),
    FIELD(work_item, kind, .doc = "Kind", .names = &matter_kind_names, .zh = "事项类别",
          .en = "Kind"),
    FIELD(work_item, type, .doc = "Type", .format = FORMAT_CODE, .codelist = "{kind}_type",
          .zh = "类型", .en = "Type"),
    FIELD(work_item, state, .doc = "State", .names = &matter_state_names, .zh = "状态",
          .en = "State"),
    FIELD(work_item, area_name, .doc = "Area", .zh = "辖区", .en = "Area"),
    FIELD(work_item, lead_name, .doc = "Lead body", .zh = "主办单位", .en = "Lead body"),
    FIELD(work_item, filed_at, .doc = "Filed", .zh = "登记时间", .en = "Filed"),
    FIELD(work_item, due_at, .doc = "Nearest clock that is yours to meet", .zh = "期限",
          .en = "Due"),
    FIELD(work_item, left_minutes, .doc = "Working minutes left, negative when late",
          .zh = "剩余工作分钟", .en = "Working minutes left"),
    FIELD(work_item, overdue, .doc = "Past its time", .zh = "已超期", .en = "Overdue"),
    /* kept for the program */
    FIELD(work_item, area, .doc = "Area", .flags = HIDDEN | WRITEONLY),
    FIELD(work_item, lead, .doc = "Lead body", .flags = HIDDEN | WRITEONLY),
};
static const struct record work_item_record = RECORD(work_item, work_item_fields);

/* The cursor of a work list is "due-matter": a place in the range. */
static bool parse_cursor(struct str s, int64_t *due, int64_t *matter, struct err *e)
{
    struct str head, rest;
    *due = INT64_MIN, *matter = 0;
    if (!s.n)
        return true;
    if (str_cut(s, '-', &head, &rest) && str_to_i64(head, due) && str_to_i64(rest, matter))
        return true;
    return err_field(e, ERR_BAD_CURSOR, "after");
}

/* Counting working days is most of what a list costs, so each clock is counted on
 * from the one before it: the list is sorted. Exact only from one whole minute to
 * the next and on one side of now; else the clock is counted by itself. */
static void tell_left(const struct req *r, struct work_item *v, size_t n)
{
    struct stamp last = { 0 };
    int64_t left = 0;
    for (size_t i = 0; i < n; i++) {
        struct stamp due = v[i].due_at;
        v[i].overdue = due.ms < r->now.ms;
        if (due.ms == NO_DUE) {
            v[i].due_at.ms = 0;
            continue;
        }
        bool on = last.ms && due.ms % STAMP_MINUTE == 0 && last.ms % STAMP_MINUTE == 0
               && (last.ms < r->now.ms) == v[i].overdue;
        left = due.ms == last.ms ? left
             : on ? left + codebook_working_minutes(r->app, r->who->org, last, due)
             : codebook_working_minutes(r->app, r->who->org, r->now, due);
        v[i].left_minutes = left;
        last = due;
    }
}

static bool name_all(struct req *r, struct work_item *v, size_t n, struct err *e)
{
    struct id *areas = arena_array(r->a, struct id, n), *leads = arena_array(r->a, struct id, n);
    for (size_t i = 0; i < n; i++)
        areas[i] = v[i].area, leads[i] = v[i].lead;
    if (!memo_learn(r, MEMO_AREA, areas, n, e) || !memo_learn(r, MEMO_ORG_SHORT, leads, n, e))
        return false;
    for (size_t i = 0; i < n; i++)
        if (!memo_name(r, MEMO_AREA, v[i].area, &v[i].area_name, e)
            || !memo_name(r, MEMO_ORG_SHORT, v[i].lead, &v[i].lead_name, e))
            return false;
    return true;
}

static bool on_list(struct req *r, const void *in UNUSED, void *out, struct err *e)
{
    const struct work_query *q = r->query;
    struct list *list = out;
    int64_t due, matter;
    struct id holder = q->mine ? r->who->account : who_holder(r->who);
    if (q->bucket == WORK_TASKS)
        return err_fieldf(e, ERR_NOT_A_CHOICE, "bucket", "%s", "/api/v1/tasks");
    if (!parse_cursor(r->cursor, &due, &matter, e)
        || !db_all(r->c, e, r->a, &work_item_record, list,
            SQL("SELECT w.matter, w.due_at, m.number, m.title, m.type, m.kind, m.state,"
                " m.area, m.lead, m.filed_at"
                " FROM worklist w JOIN matter m ON m.home = w.home AND m.id = w.matter"
                " WHERE w.home = $1 AND w.holder = $2 AND w.bucket = $3"
                " AND (w.due_at, w.matter) > ($4, $5)"
                " ORDER BY w.due_at, w.matter LIMIT $6"),
            V(r->who->home), V(holder), V(q->bucket), V(due), V(matter), V(r->limit)))
        return false;
    struct work_item *v = list->v;
    if (list->n == (size_t)r->limit)
        r->next = arena_printf(r->a, "%lld-%lld", (long long)v[list->n - 1].due_at.ms,
                               (long long)v[list->n - 1].matter.v);
    tell_left(r, v, list->n);
    r->sight.content = role_reach((enum role)r->who->role) != REACH_BELOW;
    return name_all(r, v, list->n, e);
}

static const struct route worklist_routes[] = {
    { "GET", "/api/v1/work", PERM_MATTER_READ, ROUTE_READ, .apply = on_counts,
      .out = &work_count_record, .reply = REPLY_LIST,
      .doc = "How much waits for me and for my body, by what has to be done" },
    { "GET", "/api/v1/work/items", PERM_MATTER_READ, ROUTE_READ, .apply = on_list,
      .query = &work_query_record, .out = &work_item_record, .reply = REPLY_LIST,
      .doc = "What waits, the most urgent first" },
};
const struct route_table worklist_table = ROUTES("work", worklist_routes);
