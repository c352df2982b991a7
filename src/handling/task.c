#include "handling/task.h"
#include "app/codebook.h"
#include "handling/tell.h"
#include "matter/worklist.h"

/* Sorts after every real due time; the clock of a task without a day. */
#define NO_DUE INT64_C(253402271999000)

#define X(id, slug, zh, en) { slug, zh, en },
static const struct name state_v[] = { TASK_STATES(X) };
#undef X
const struct names task_state_names = NAMES("task_state", state_v);

static const struct field task_item_fields[] = {
    FIELD(task_item, no, .doc = "Its number", .zh = "序号", .en = "No."),
    FIELD(task_item, text, .doc = "What", .flags = CONTENT, .zh = "内容", .en = "Item"),
    FIELD(task_item, done_by, .doc = "Who ticked it", .flags = HIDDEN),
    FIELD(task_item, done_at, .doc = "When it was ticked", .zh = "完成时间", .en = "Done"),
};
static const struct record task_item_record = RECORD(task_item, task_item_fields);

static const struct field task_fields[] = {
    FIELD(task, id, .doc = "Key", .flags = HIDDEN),
    FIELD(task, matter, .doc = "In which matter; none: the body's own", .format = FORMAT_MATTER,
          .flags = HIDDEN),
    FIELD(task, matter_number, .doc = "Its number", .zh = "事项编号", .en = "Matter"),
    FIELD(task, org, .doc = "Whose", .flags = HIDDEN),
    FIELD(task, account, .doc = "Who is to do it; none: anybody of the body", .flags = HIDDEN),
    FIELD(task, title, .doc = "One line", .flags = CONTENT, .zh = "任务", .en = "Task"),
    FIELD(task, note, .doc = "More about it", .max = 1000, .flags = CONTENT | LINES, .zh = "说明",
          .en = "Note"),
    FIELD(task, state, .doc = "State", .names = &task_state_names, .zh = "状态", .en = "State"),
    FIELD(task, due, .doc = "Last day; none: when it suits", .zh = "期限", .en = "Due"),
    FIELD(task, due_at, .doc = "The end of that day", .flags = HIDDEN),
    FIELD(task, yellow_at, .doc = "Yellow from", .flags = HIDDEN),
    FIELD(task, yellow, .doc = "Soon due", .flags = HIDDEN),
    FIELD(task, overdue, .doc = "Past its time", .flags = HIDDEN),
    FIELD(task, org_name, .doc = "Body", .zh = "机构", .en = "Body"),
    FIELD(task, account_name, .doc = "Who is to do it", .zh = "执行人", .en = "For"),
    FIELD(task, made_by, .doc = "Who made it; none: a rule", .flags = HIDDEN),
    FIELD(task, made_by_name, .doc = "Who made it", .zh = "布置人", .en = "From"),
    FIELD(task, made_at, .doc = "When", .zh = "布置时间", .en = "Made"),
    FIELD(task, ended_at, .doc = "When it ended", .zh = "结束时间", .en = "Ended"),
    FIELD(task, cause, .doc = "What a rule made it of", .flags = HIDDEN | WRITEONLY),
    FIELD(task, version, .doc = "Grows with every change", .flags = HIDDEN),
    FIELD(task, mine, .doc = "The reader may change and end it", .flags = HIDDEN),
    FIELD(task, items, .doc = "Checklist; not in lists", .sub = &task_item_record,
          .max = TASK_ITEMS_MAX,
          .zh = "清单", .en = "Checklist"),
};
const struct record task_record = RECORD(task, task_fields);

static const struct field task_put_fields[] = {
    FIELD(task_put, title, .doc = "One line", .max = 100, .flags = REQUIRED, .zh = "任务",
          .en = "Task"),
    FIELD(task_put, note, .doc = "More about it", .max = 1000, .flags = LINES, .zh = "说明",
          .en = "Note"),
    FIELD(task_put, due, .doc = "Last day; none: when it suits", .zh = "期限", .en = "Due"),
    FIELD(task_put, org, .doc = "Whose; none: the own body", .format = FORMAT_ORG, .zh = "机构",
          .en = "Body"),
    FIELD(task_put, account, .doc = "Who is to do it; none: anybody of the body",
          .format = FORMAT_ACCOUNT, .zh = "执行人", .en = "For"),
    FIELD(task_put, items, .doc = "Checklist", .max = TASK_ITEMS_MAX, .zh = "清单",
          .en = "Checklist"),
};
const struct record task_put_record = RECORD(task_put, task_put_fields);

static void set_clock(const struct req *r, struct task *t)
{
    int64_t before = codebook_number(r->app, "task_yellow_days", 1);
    t->due_at = t->yellow_at = (struct stamp){ NO_DUE };
    if (!t->due.n)
        return;
    t->due_at = stamp_of_day((struct day){ t->due.n + 1 });
    t->yellow_at.ms = t->due_at.ms - (before + 1) * STAMP_DAY;
}

/* As a reader sees it now. */
static void show(const struct req *r, struct task *t)
{
    bool open = t->state == TASK_OPEN && t->due.n;
    t->overdue = open && t->due_at.ms <= r->now.ms;
    t->yellow = open && !t->overdue && t->yellow_at.ms <= r->now.ms;
    if (!t->due.n)
        t->due_at = t->yellow_at = (struct stamp){ 0 };
    bool own = t->account.v == r->who->account.v || t->made_by.v == r->who->account.v;
    t->mine = t->state == TASK_OPEN && who_may(r->who, PERM_MATTER_ACT)
           && (own || (t->org.v == r->who->org.v
                       && role_reach((enum role)r->who->role) == REACH_ORG));
}

/* ---- rows ---- */

#define COLUMNS                                                                              \
    "SELECT t.id, t.matter, t.org, t.account, t.state, t.title, t.note, t.due, t.due_at,"     \
    " t.yellow_at, t.made_by, t.made_at, t.ended_at, t.version,"                              \
    " COALESCE(m.number, '') AS matter_number, COALESCE(o.short_name, '') AS org_name,"       \
    " COALESCE(a.name, '') AS account_name, COALESCE(b.name, '') AS made_by_name"             \
    " FROM task t LEFT JOIN matter m ON m.home = t.home AND m.id = t.matter"                  \
    " LEFT JOIN org o ON o.home = t.home AND o.id = t.org"                                    \
    " LEFT JOIN account a ON a.home = t.home AND a.id = t.account"                            \
    " LEFT JOIN account b ON b.home = t.home AND b.id = t.made_by"

static bool insert(struct req *r, const struct task *t, int64_t *made, struct err *e)
{
    return db_exec(r->c, e, made,
        SQL("INSERT INTO task (id, home, matter, org, account, state, title, note, due, due_at,"
            " yellow_at, made_by, made_at, ended_by, ended_at, cause, version)"
            " VALUES ($1, $2, $3, $4, $5, 0, $6, $7, $8, $9, $10, $11, $12, 0, 0, $13, 1)"
            " ON CONFLICT (home, cause) WHERE cause <> '' DO NOTHING"),
        V(t->id), V(r->app->home), V(t->matter), V(t->org), V(t->account), V(t->title),
        V(t->note), V(t->due), V(t->due_at), V(t->yellow_at), V(r->who->account), V(r->now),
        V(t->cause));
}

static bool insert_items(struct req *r, const struct task *t, struct err *e)
{
    const struct task_item *v = t->items.v;
    for (size_t i = 0; i < t->items.n; i++)
        if (!db_exec(r->c, e, NULL,
                SQL("INSERT INTO task_item (home, task, no, text, done_by, done_at)"
                    " VALUES ($1, $2, $3, $4, $5, $6)"),
                V(r->app->home), V(t->id), V((int64_t)i + 1), V(v[i].text), V(v[i].done_by),
                V(v[i].done_at)))
            return false;
    return true;
}

static bool items_of(struct req *r, struct task *t, struct err *e)
{
    return db_all(r->c, e, r->a, &task_item_record, &t->items,
        SQL("SELECT no, text, done_by, done_at FROM task_item WHERE home = $1 AND task = $2"
            " ORDER BY no"), V(r->app->home), V(t->id));
}

/* A matter's task stands in its journal; the title is content, like any entry's. */
static bool log_task(struct req *r, struct matter *m, const struct task *t, const char *action,
                     struct str note, struct err *e)
{
    AUTO(buf_done) struct buf b;
    struct matter found = { .home = r->app->home, .id = t->matter };
    char day[16];
    if (!t->matter.v)
        return true;
    buf_init(&b, 16 << 10);
    json_put_key(&b, "{", "title");
    json_put_str(&b, t->title);
    if (t->due.n) {
        json_put_key(&b, ",", "due");
        json_put_str(&b, (struct str){ day, day_format(t->due, day) });
    }
    if (note.n) {
        json_put_key(&b, ",", "note");
        json_put_str(&b, note);
    }
    buf_add_char(&b, '}');
    return matter_log(r, m ? m : &found, str_of(action), t->id, arena_dup(r->a, buf_str(&b)), e);
}

static bool put_work(struct req *r, const struct task *t, struct err *e)
{
    return worklist_drop(r, t->id, e)
        && (t->state != TASK_OPEN
            || (worklist_add(r, WORK_TASKS, t->org, t->due_at, t->id, e)
                && (!t->account.v
                    || worklist_add(r, WORK_TASKS, t->account, t->due_at, t->id, e))));
}

bool task_add(struct req *r, struct matter *m, struct task *t, struct err *e)
{
    int64_t made = 0;
    t->id = id_make();
    t->made_by = r->who->account;
    set_clock(r, t);
    if (!insert(r, t, &made, e))
        return false;
    if (!made) {
        t->id = ID_NONE;
        return true;
    }
    t->version = 1;
    return insert_items(r, t, e) && put_work(r, t, e)
        && log_task(r, m, t, "task.add", t->note, e) && tell_task(r, t, "task.add", e);
}

/* ---- reading ---- */

static bool may_see(struct req *r, const struct task *t, bool *yes, struct err *e)
{
    struct matter m;
    *yes = t->account.v == r->who->account.v || t->made_by.v == r->who->account.v
        || (t->org.v == r->who->org.v && role_reach((enum role)r->who->role) == REACH_ORG);
    if (*yes || !t->matter.v)
        return true;
    bool found = matter_load(r, t->matter, &m, e);
    if (!found && e->id != ERR_NOT_FOUND)
        return false;
    err_clear(e);
    *yes = found && m.grade >= GRADE_CONTENT;
    return true;
}

bool task_load(struct req *r, struct id id, struct task *out, struct err *e)
{
    bool yes;
    if (!db_one(r->c, e, r->a, &task_record, out, SQL(COLUMNS " WHERE t.home = $1 AND t.id = $2"),
                V(r->who->home), V(id))
        || !may_see(r, out, &yes, e))
        return false;
    if (!yes)
        return err_set(e, ERR_NOT_FOUND);
    show(r, out);
    r->version = out->version;
    r->clocked = true;                  /* yellow and red come by themselves */
    return items_of(r, out, e);
}

static void show_all(const struct req *r, struct list *list)
{
    struct task *v = list->v;
    for (size_t i = 0; i < list->n; i++)
        show(r, &v[i]);
}

/* The cursor of a page is "due-id", as of a work list. */
static bool parse_cursor(struct str s, int64_t *due, int64_t *id, struct err *e)
{
    struct str head, rest;
    *due = INT64_MIN, *id = 0;
    return !s.n || (str_cut(s, '-', &head, &rest) && str_to_i64(head, due) && str_to_i64(rest, id))
        || err_field(e, ERR_BAD_CURSOR, "after");
}

static bool page_of(struct req *r, const struct task_filter *f, int64_t due, int64_t id,
                    struct list *out, struct err *e)
{
    if (f->mine || role_reach((enum role)r->who->role) != REACH_ORG)
        return db_all(r->c, e, r->a, &task_record, out,
            SQL(COLUMNS " WHERE t.home = $1 AND t.account = $2 AND t.state = $3"
                " AND (t.due_at, t.id) > ($4, $5) ORDER BY t.due_at, t.id LIMIT $6"),
            V(r->who->home), V(r->who->account), V(f->state), V(due), V(id), V(r->limit));
    return db_all(r->c, e, r->a, &task_record, out,
        SQL(COLUMNS " WHERE t.home = $1 AND t.org = $2 AND t.state = $3"
            " AND (t.due_at, t.id) > ($4, $5) ORDER BY t.due_at, t.id LIMIT $6"),
        V(r->who->home), V(r->who->org), V(f->state), V(due), V(id), V(r->limit));
}

bool task_page(struct req *r, const struct task_filter *f, struct list *out, struct err *e)
{
    int64_t due, id;
    if (!parse_cursor(r->cursor, &due, &id, e) || !page_of(r, f, due, id, out, e))
        return false;
    const struct task *v = out->v;
    if (out->n == (size_t)r->limit)
        r->next = arena_printf(r->a, "%lld-%lld", (long long)v[out->n - 1].due_at.ms,
                               (long long)v[out->n - 1].id.v);
    show_all(r, out);
    return true;
}

bool task_of_matter(struct req *r, struct id matter, struct list *out, struct err *e)
{
    if (!db_all(r->c, e, r->a, &task_record, out,
            SQL(COLUMNS " WHERE t.home = $1 AND t.matter = $2 ORDER BY t.id DESC LIMIT 100"),
            V(r->who->home), V(matter)))
        return false;
    show_all(r, out);
    return true;
}

/* ---- changing ---- */

/* Loaded by task_load; the version guards against two at once. */
static bool may_change(struct req *r, const struct task *t, struct err *e)
{
    if (t->state != TASK_OPEN)
        return err_setf(e, ERR_WRONG_STATE, "%s", task_state_names.v[t->state].zh);
    return t->mine ? req_match(r, t->version, e) : err_set(e, ERR_DENIED);
}

static bool update(struct req *r, struct task *t, struct err *e)
{
    int64_t changed = 0;
    if (!db_exec(r->c, e, &changed,
            SQL("UPDATE task SET state = $4, title = $5, note = $6, due = $7, due_at = $8,"
                " yellow_at = $9, account = $10, ended_by = $11, ended_at = $12,"
                " version = version + 1 WHERE home = $1 AND id = $2 AND version = $3"),
            V(r->app->home), V(t->id), V(t->version), V(t->state), V(t->title), V(t->note),
            V(t->due), V(t->due_at), V(t->yellow_at), V(t->account),
            V(t->ended_at.ms ? r->who->account : ID_NONE), V(t->ended_at)))
        return false;
    r->version = ++t->version;
    return changed == 1 || err_set(e, ERR_CONFLICT);
}

bool task_end(struct req *r, struct task *t, enum task_state state, struct str note,
              struct err *e)
{
    const char *action = state == TASK_DONE ? "task.done" : "task.cancel";
    if (!may_change(r, t, e))
        return false;
    set_clock(r, t);
    t->state = state;
    t->ended_at = r->now;
    return update(r, t, e) && put_work(r, t, e) && log_task(r, NULL, t, action, note, e)
        && tell_task(r, t, action, e);
}

/* Texts that stay keep their ticks. */
static void keep_ticks(struct task *t, struct list was)
{
    struct task_item *v = t->items.v;
    const struct task_item *old = was.v;
    for (size_t i = 0; i < t->items.n; i++)
        for (size_t k = 0; k < was.n; k++)
            if (str_eq(v[i].text, old[k].text)) {
                v[i].done_by = old[k].done_by;
                v[i].done_at = old[k].done_at;
            }
}

static struct list items_from(struct arena *a, struct strs s)
{
    struct task_item *v = arena_array(a, struct task_item, s.n);
    for (size_t i = 0; i < s.n; i++)
        v[i] = (struct task_item){ .no = (int64_t)i + 1, .text = s.v[i] };
    return (struct list){ v, s.n };
}

bool task_change(struct req *r, struct task *t, const struct task_put *x, struct err *e)
{
    struct list was = t->items;
    struct id before = t->account;
    if (!may_change(r, t, e))
        return false;
    t->title = x->title;
    t->note = x->note;
    t->due = x->due;
    t->account = x->account;
    t->items = items_from(r->a, x->items);
    keep_ticks(t, was);
    set_clock(r, t);
    return update(r, t, e)
        && db_exec(r->c, e, NULL, SQL("DELETE FROM task_item WHERE home = $1 AND task = $2"),
                   V(r->app->home), V(t->id))
        && insert_items(r, t, e) && put_work(r, t, e)
        && log_task(r, NULL, t, "task.change", t->note, e)
        && (t->account.v == before.v || tell_task(r, t, "task.add", e));
}

bool task_tick(struct req *r, struct task *t, int64_t no, bool done, struct err *e)
{
    int64_t changed = 0;
    if (!may_change(r, t, e))
        return false;
    set_clock(r, t);
    return db_exec(r->c, e, &changed,
            SQL("UPDATE task_item SET done_by = $4, done_at = $5"
                " WHERE home = $1 AND task = $2 AND no = $3"),
            V(r->app->home), V(t->id), V(no), V(done ? r->who->account : ID_NONE),
            V(done ? r->now.ms : (int64_t)0))
        && (changed || err_set(e, ERR_NOT_FOUND)) && update(r, t, e);
}
