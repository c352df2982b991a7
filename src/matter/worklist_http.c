/* Reading the work lists: how much waits, what, and what is late. */
#include "app/answer.h"
#include "app/codebook.h"
#include "app/memo.h"
#include "matter/deadline.h"
#include "matter/worklist.h"

struct work_count {
    unsigned bucket;
    int64_t count, yellow, overdue;
    bool mine;
    struct stamp turn;
};
static const struct field work_count_fields[] = {
    FIELD(work_count, bucket, .doc = "What has to be done", .names = &work_bucket_names,
          .zh = "工作", .en = "Work"),
    FIELD(work_count, count, .doc = "Matters waiting", .zh = "数量", .en = "Count"),
    FIELD(work_count, yellow, .doc = "Of these nearly past their time", .zh = "将超期",
          .en = "Nearly over"),
    FIELD(work_count, overdue, .doc = "Of these past their time", .zh = "已超期", .en = "Overdue"),
    FIELD(work_count, mine, .doc = "Mine (true) or my body's (false)", .zh = "我的", .en = "Mine"),
    /* kept for the program */
    FIELD(work_count, turn, .doc = "When the next yellow one is overdue",
          .flags = HIDDEN | WRITEONLY),
};
static const struct record work_count_record = RECORD(work_count, work_count_fields);

/* When a badge next changes its colours by the clock alone. */
static bool next_turn(struct req *r, struct list badges, struct stamp *out, struct err *e)
{
    const struct work_count *v = badges.v;
    int64_t at = DEADLINE_NEVER;
    if (!db_int(r->c, e, &at,
            SQL("SELECT MIN(y.at) FROM (SELECT MIN(w.yellow_at) AS at FROM worklist w"
                " WHERE w.home = $1 AND w.holder = $2 AND w.yellow_at > $4"
                " UNION ALL SELECT MIN(w.yellow_at) FROM worklist w"
                " WHERE w.home = $1 AND w.holder = $3 AND w.yellow_at > $4) y"),
            V(r->who->home), V(who_holder(r->who)), V(r->who->account), V(r->now)))
        return false;
    at = at ? at : DEADLINE_NEVER;      /* none: MIN is NULL, which reads as 0 */
    for (size_t i = 0; i < badges.n; i++)
        if (v[i].turn.ms && v[i].turn.ms < at)
            at = v[i].turn.ms;
    out->ms = at;
    return true;
}

/* What is yellow or overdue is counted from the head of its range: late work is little
 * work, or the badge is the least of the troubles. */
static bool on_counts(struct req *r, const void *in UNUSED, void *out, struct err *e)
{
    int64_t moves = 0;
    struct stamp turn;
    bool kept;
    if (!db_int(r->c, e, &moves,
            SQL("SELECT CAST(SUM(moves) AS BIGINT) FROM work_count"
                " WHERE home = $1 AND holder IN ($2, $3)"),
            V(r->who->home), V(who_holder(r->who)), V(r->who->account))
        || !answer_kept(r, &moves, 1, &kept, e))
        return false;
    if (kept)
        return true;
    if (!db_all(r->c, e, r->a, &work_count_record, out,
        SQL("SELECT k.bucket, k.n AS count, COALESCE(l.yellow, 0) AS yellow,"
            " COALESCE(l.overdue, 0) AS overdue, COALESCE(l.turn, 0) AS turn,"
            " CASE WHEN k.holder = $3 THEN 1 ELSE 0 END AS mine"
            " FROM work_count k LEFT JOIN (SELECT w.holder, w.bucket,"
            " MIN(CASE WHEN w.due_at >= $4 THEN w.due_at + 1 END) AS turn,"
            " CAST(SUM(CASE WHEN w.due_at >= $4 THEN 1 ELSE 0 END) AS BIGINT) AS yellow,"
            " CAST(SUM(CASE WHEN w.due_at < $4 THEN 1 ELSE 0 END) AS BIGINT) AS overdue"
            " FROM worklist w WHERE w.home = $1 AND w.holder IN ($2, $3) AND w.yellow_at <= $4"
            " GROUP BY w.holder, w.bucket) l ON l.holder = k.holder AND l.bucket = k.bucket"
            " WHERE k.home = $1 AND k.holder IN ($2, $3) AND k.n > 0"
            " ORDER BY mine DESC, k.bucket"),
        V(r->who->home), V(who_holder(r->who)), V(r->who->account), V(r->now))
        || !next_turn(r, *(struct list *)out, &turn, e))
        return false;
    answer_until(r, turn);
    return true;
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
    unsigned kind, state, bucket;
    struct stamp filed_at, due_at, yellow_at, paused_at;
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
    FIELD(work_item, bucket, .doc = "What has to be done", .names = &work_bucket_names,
          .zh = "工作", .en = "Work"),
    FIELD(work_item, filed_at, .doc = "Filed", .zh = "登记时间", .en = "Filed"),
    FIELD(work_item, due_at, .doc = "Nearest clock that is yours to meet", .zh = "期限",
          .en = "Due"),
    FIELD(work_item, yellow_at, .doc = "From when on it is yellow", .flags = HIDDEN),
    FIELD(work_item, paused_at, .doc = "Since when its clocks stand", .zh = "中止时间",
          .en = "Paused"),
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
static void tell_left(struct req *r, struct work_item *v, size_t n)
{
    struct stamp last = { 0 };
    int64_t left = 0;
    for (size_t i = 0; i < n; i++) {
        struct stamp due = v[i].due_at;
        v[i].overdue = due.ms < r->now.ms;
        if (!v[i].overdue)
            answer_until(r, (struct stamp){ due.ms + 1 });
        if (due.ms == DEADLINE_NEVER) {
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
    struct memo_ask *ask = arena_array(r->a, struct memo_ask, 2 * n);
    for (size_t i = 0; i < n; i++) {
        ask[2 * i] = (struct memo_ask){ MEMO_AREA, v[i].area };
        ask[2 * i + 1] = (struct memo_ask){ MEMO_ORG_SHORT, v[i].lead };
    }
    if (!memo_learn(r, ask, 2 * n, e))
        return false;
    for (size_t i = 0; i < n; i++)
        if (!memo_name(r, MEMO_AREA, v[i].area, &v[i].area_name, e)
            || !memo_name(r, MEMO_ORG_SHORT, v[i].lead, &v[i].lead_name, e))
            return false;
    return true;
}

#define ITEMS                                                                                \
    "SELECT w.matter, w.due_at, w.yellow_at, w.bucket, m.number, m.title, m.type, m.kind,"   \
    " m.state, m.filed_at, m.paused_at, m.area, m.lead"                                      \
    " FROM worklist w JOIN matter m ON m.home = w.home AND m.id = w.matter"

/* What the rows do not tell by themselves. */
static bool tell(struct req *r, struct list *list, struct err *e)
{
    tell_left(r, list->v, list->n);
    r->sight.content = role_reach((enum role)r->who->role) != REACH_BELOW;
    return name_all(r, list->v, list->n, e);
}

/* The list as it was made before, while nothing in the holder's bucket moved. */
static bool list_kept(struct req *r, struct id holder, unsigned bucket, bool *kept, struct err *e)
{
    int64_t moves = 0;
    return db_int(r->c, e, &moves,
                  SQL("SELECT moves FROM work_count WHERE home = $1 AND holder = $2"
                      " AND bucket = $3"), V(r->who->home), V(holder), V(bucket))
        && answer_kept(r, &moves, 1, kept, e);
}

static bool on_list(struct req *r, const void *in UNUSED, void *out, struct err *e)
{
    const struct work_query *q = r->query;
    struct list *list = out;
    int64_t due, matter;
    struct id holder = q->mine ? r->who->account : who_holder(r->who);
    bool kept;
    if (q->bucket == WORK_TASKS)
        return err_fieldf(e, ERR_NOT_A_CHOICE, "bucket", "%s", "/api/v1/tasks");
    if (!parse_cursor(r->cursor, &due, &matter, e) || !list_kept(r, holder, q->bucket, &kept, e))
        return false;
    if (kept)
        return true;
    if (!db_all(r->c, e, r->a, &work_item_record, list,
            SQL(ITEMS " WHERE w.home = $1 AND w.holder = $2 AND w.bucket = $3"
                " AND (w.due_at, w.matter) > ($4, $5)"
                " ORDER BY w.due_at, w.matter LIMIT $6"),
            V(r->who->home), V(holder), V(q->bucket), V(due), V(matter), V(r->limit)))
        return false;
    const struct work_item *v = list->v;
    if (list->n == (size_t)r->limit)
        r->next = arena_printf(r->a, "%lld-%lld", (long long)v[list->n - 1].due_at.ms,
                               (long long)v[list->n - 1].matter.v);
    return tell(r, list, e);
}

/* ---- across the buckets: what is nearly over, what is over ---- */

enum late_view { LATE_YELLOW, LATE_RED };
static const struct name late_view_v[] = {
    { "yellow", "将超期", "nearly over" }, { "red", "已超期", "over" },
};
static const struct names late_view_names = NAMES("late_view", late_view_v);

struct late_query { unsigned colour; bool mine; };
static const struct field late_query_fields[] = {
    FIELD(late_query, colour, .doc = "Nearly over or over", .names = &late_view_names,
          .flags = REQUIRED, .zh = "预警", .en = "Colour"),
    FIELD(late_query, mine, .doc = "Only what names me", .zh = "只看我的", .en = "Mine only"),
};
static const struct record late_query_record = RECORD(late_query, late_query_fields);

/* In the order in which they turned yellow. The cursor is "yellow-matter-bucket": one
 * matter may wait in several. */
static bool parse_late(struct str s, int64_t at[3], struct err *e)
{
    struct str head, matter, bucket;
    at[0] = INT64_MIN, at[1] = at[2] = 0;
    if (!s.n)
        return true;
    if (str_cut(s, '-', &head, &s) && str_cut(s, '-', &matter, &bucket)
        && str_to_i64(head, &at[0]) && str_to_i64(matter, &at[1]) && str_to_i64(bucket, &at[2]))
        return true;
    return err_field(e, ERR_BAD_CURSOR, "after");
}

static bool on_late(struct req *r, const void *in UNUSED, void *out, struct err *e)
{
    const struct late_query *q = r->query;
    bool red = q->colour == LATE_RED;
    struct list *list = out;
    struct id holder = q->mine ? r->who->account : who_holder(r->who);
    int64_t at[3];
    if (!parse_late(r->cursor, at, e)
        || !db_all(r->c, e, r->a, &work_item_record, list,
            SQL(ITEMS " WHERE w.home = $1 AND w.holder = $2 AND w.yellow_at <= $3"
                " AND (w.yellow_at, w.matter, w.bucket) > ($4, $5, $6)"
                " AND w.due_at >= $7 AND w.due_at < $8"
                " ORDER BY w.yellow_at, w.matter, w.bucket LIMIT $9"),
            V(r->who->home), V(holder), V(r->now), V(at[0]), V(at[1]), V(at[2]),
            V(red ? INT64_MIN : r->now.ms), V(red ? r->now.ms : INT64_MAX), V(r->limit)))
        return false;
    const struct work_item *v = list->v;
    if (list->n == (size_t)r->limit)
        r->next = arena_printf(r->a, "%lld-%lld-%u", (long long)v[list->n - 1].yellow_at.ms,
                               (long long)v[list->n - 1].matter.v, v[list->n - 1].bucket);
    return tell(r, list, e);
}

static const struct route worklist_routes[] = {
    { "GET", "/api/v1/work", PERM_MATTER_READ, ROUTE_READ, .apply = on_counts,
      .out = &work_count_record, .reply = REPLY_LIST,
      .doc = "How much waits for me and for my body, by what has to be done" },
    { "GET", "/api/v1/work/items", PERM_MATTER_READ, ROUTE_READ, .apply = on_list,
      .query = &work_query_record, .out = &work_item_record, .reply = REPLY_LIST,
      .doc = "What waits, the most urgent first" },
    { "GET", "/api/v1/work/late", PERM_MATTER_READ, ROUTE_READ, .apply = on_late,
      .query = &late_query_record, .out = &work_item_record, .reply = REPLY_LIST,
      .doc = "What is nearly over or over in all of the work, as it turned yellow" },
};
const struct route_table worklist_table = ROUTES("work", worklist_routes);
