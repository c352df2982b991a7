#include "matter/timeline.h"
#include "app/access.h"
#include "app/codebook.h"
#include "app/journal.h"
#include "base/utf8.h"
#include "matter/claim.h"
#include "matter/deadline.h"
#include "matter/party.h"

enum { TEXT_MAX = 1 << 20, VALUE_BYTES = 360, ENTRIES = 200 };

struct page {
    struct req *r;
    struct matter *m;
    enum lang lang;
    struct buf *b;
};

static const char *say(const struct page *p, const char *zh, const char *en)
{
    return p->lang == LANG_ZH ? zh : en;
}

static const char *name_of(const struct page *p, const struct name *n)
{
    return say(p, n->zh, n->en);
}

/* "2026-11-21 09:30", local time. */
static void put_time(struct page *p, struct stamp t)
{
    char text[32];
    if (!t.ms) {
        buf_addf(p->b, "%16s", "");
        return;
    }
    stamp_format(t, text);
    buf_addf(p->b, "%.10s %.5s", text, text + 11);
}

/* ---- what was done ---- */

/* Entries that are no action of the flow, and members that are no field of a form. */
static const struct name others[] = {
    { "file", "报单", "file" }, { "link", "关联账号", "linked to an account" },
    { "attach", "添加附件", "attached a file" }, { "reveal", "查看敏感信息", "revealed a field" },
    { "overdue", "超期", "overdue" }, { "recount", "时限重算", "clock counted anew" },
    { "print", "打印文书", "printed a paper" },
    { "org", "主办单位", "lead body" }, { "handler", "承办人", "handler" },
    { "decision", "决定", "decision" }, { "left", "退出人数", "left" },
    { "parties", "当事人", "parties" }, { "docket", "案号", "case number" },
    { "what", "时限", "clock" }, { "refusals", "异议次数", "objections" },
};

static const struct name *find_name(const struct name *v, size_t n, struct str slug)
{
    for (size_t i = 0; i < n; i++)
        if (str_is(slug, v[i].slug))
            return &v[i];
    return NULL;
}

static void put_label(struct page *p, struct str slug)
{
    const struct name *n = find_name(matter_action_names.v, matter_action_names.n, slug);
    if (!n)
        n = find_name(others, COUNT(others), slug);
    buf_add(p->b, n ? str_of(name_of(p, n)) : slug);
}

/* The record an action's form is made from: its names are the payload's. */
static const struct record *form_of(const struct page *p, struct str action)
{
    struct str path = str_is(action, "file") ? STR("/api/v1/matters")
        : arena_printf(p->r->a, "/api/v1/matters/{id}/actions/%.*s", STR_ARG(action));
    const struct app *app = p->r->app;
    for (size_t t = 0; t < app->routes_n; t++)
        for (size_t i = 0; i < app->routes[t].n; i++) {
            const struct route *x = &app->routes[t].v[i];
            if (!strcmp(x->method, "POST") && str_is(path, x->path))
                return x->in;
        }
    return NULL;
}

/* Whom or what an id in a payload means in this matter. */
static struct str named(const struct page *p, const struct field *f, struct str value)
{
    const struct party *party = p->m->parties.v;
    const struct claim *claim = p->m->claims.v;
    int64_t id;
    if (!f || f->type != F_ID || !str_to_i64(value, &id))
        return value;
    for (size_t i = 0; i < p->m->parties.n; i++)
        if (party[i].id.v == id)
            return party[i].name;
    for (size_t i = 0; i < p->m->claims.n; i++)
        if (claim[i].id.v == id)
            return utf8_cut(claim[i].text, VALUE_BYTES / 3);
    return value;
}

/* A code's or a choice's name, the text itself otherwise. */
static struct str worded(const struct page *p, const struct field *f, struct str value)
{
    const struct name *n = f && f->names ? find_name(f->names->v, f->names->n, value) : NULL;
    if (n)
        return str_of(name_of(p, n));
    if (!f || !f->codelist)
        return named(p, f, value);
    struct str list = str_of(f->codelist);
    if (str_is(list, "{kind}_type"))
        list = arena_printf(p->r->a, "%s_type", matter_kind_names.v[p->m->kind].slug);
    const struct code_entry *c = codebook_code(p->r->app, list, value, DAY_NONE);
    return c ? (p->lang == LANG_ZH ? c->zh : c->en) : value;
}

static void put_object(struct page *p, const struct record *form, json_t *j);

static void put_value(struct page *p, const struct field *f, json_t *j)
{
    size_t i;
    json_t *one;
    if (json_is_string(j)) {
        struct str text = { json_string_value(j), json_string_length(j) };
        struct str cut = utf8_cut(text, VALUE_BYTES);
        for (size_t k = 0; k < cut.n; k++)
            if (cut.p[k] == '\n')
                cut = arena_dup(p->r->a, (struct str){ cut.p, k });
        buf_add(p->b, worded(p, f, cut));
        if (cut.n < text.n)
            buf_add(p->b, STR("…"));
    } else if (json_is_integer(j) && f && f->type == F_FEN) {
        buf_addf(p->b, "%.2f %s", (double)json_integer_value(j) / 100, say(p, "元", "yuan"));
    } else if (json_is_integer(j)) {
        buf_addf(p->b, "%lld", (long long)json_integer_value(j));
    } else if (json_is_boolean(j)) {
        buf_addf(p->b, "%s", json_is_true(j) ? say(p, "是", "yes") : say(p, "否", "no"));
    } else {
        json_array_foreach(j, i, one) {
            buf_add(p->b, i ? STR("；") : STR(""));
            if (json_is_object(one))
                put_object(p, f ? f->sub : NULL, one);
            else
                put_value(p, f, one);
        }
    }
}

/* What the head of the page tells already, and ids that name nothing here. */
static bool is_told(const struct page *p, const struct field *f, json_t *j)
{
    static const char *const head[] = { "kind", "title", "parties" };
    for (size_t i = 0; i < COUNT(head); i++)
        if (!strcmp(f->name, head[i]))
            return true;
    struct str id = { json_string_value(j), json_string_length(j) };
    return f->type == F_ID && json_is_string(j) && str_eq(named(p, f, id), id);
}

/* What a reader needs no word for: empty, zero, false. */
static bool is_empty(json_t *j)
{
    return json_is_null(j) || json_is_false(j)
        || (json_is_string(j) && !json_string_length(j))
        || (json_is_integer(j) && !json_integer_value(j))
        || (json_is_array(j) && !json_array_size(j));
}

static void put_object(struct page *p, const struct record *form, json_t *j)
{
    const char *key;
    json_t *value;
    bool any = false;
    json_object_foreach(j, key, value) {
        const struct field *f = form ? record_field(form, str_of(key)) : NULL;
        if (is_empty(value) || (f && (f->flags & (HIDDEN | SECRET) || is_told(p, f, value))))
            continue;
        buf_add(p->b, any ? STR("，") : STR(""));
        any = true;
        if (f && f->zh)
            buf_addf(p->b, "%s ", say(p, f->zh, f->en));
        else {
            put_label(p, str_of(key));
            buf_add_char(p->b, ' ');
        }
        put_value(p, f, value);
    }
}

static void put_entry(struct page *p, const struct journal_entry *x)
{
    put_time(p, x->happened_at);
    buf_add(p->b, STR("  "));
    put_label(p, x->action);
    if (x->actor_name.n)
        buf_addf(p->b, "  %.*s", STR_ARG(x->actor_name));
    if (x->recorded_at.ms - x->happened_at.ms > STAMP_MINUTE) {
        buf_addf(p->b, "  %s", say(p, "（补记于 ", "(recorded "));
        put_time(p, x->recorded_at);
        buf_addf(p->b, "%s", say(p, "）", ")"));
    }
    buf_add_char(p->b, '\n');
    json_t *j = json_loadb(x->payload.json.p ? x->payload.json.p : "", x->payload.json.n, 0, NULL);
    if (json_is_object(j) && json_object_size(j) && p->m->grade >= GRADE_CONTENT) {
        size_t before = p->b->n;
        buf_add(p->b, STR("                  "));
        size_t empty = p->b->n;
        put_object(p, form_of(p, x->action), j);
        if (p->b->n == empty)
            p->b->n = before;
        else
            buf_add_char(p->b, '\n');
    }
    json_decref(j);
}

static bool put_entries(struct page *p, struct err *e)
{
    struct req *r = p->r;
    struct journal_page at = { 0, ENTRIES, r->who->account, p->m->home };
    for (bool more = true; more;) {
        struct list list;
        if (!journal_list(r->c, r->a, p->m->home, p->m->id, at, &list, e))
            return false;
        const struct journal_entry *v = list.v;
        for (size_t i = 0; i < list.n; i++)
            put_entry(p, &v[i]);
        more = list.n == ENTRIES;
        at.after = more ? v[list.n - 1].seq : 0;
    }
    return true;
}

/* ---- head and clocks ---- */

static void put_head(struct page *p)
{
    const struct matter *m = p->m;
    const struct party *v = m->parties.v;
    struct str list = arena_printf(p->r->a, "%s_type", matter_kind_names.v[m->kind].slug);
    const struct code_entry *type = codebook_code(p->r->app, list, m->type, DAY_NONE);
    buf_addf(p->b, "%.*s  %.*s\n%s", STR_ARG(m->number), STR_ARG(m->title),
             name_of(p, &matter_kind_names.v[m->kind]));
    if (type)
        buf_addf(p->b, " · %.*s", STR_ARG(p->lang == LANG_ZH ? type->zh : type->en));
    buf_addf(p->b, " · %.*s · %s\n", STR_ARG(m->area_name),
             name_of(p, &matter_state_names.v[m->state]));
    buf_addf(p->b, "%s %.*s", say(p, "受理单位", "owner"), STR_ARG(m->owner_name));
    if (m->lead_name.n)
        buf_addf(p->b, "  %s %.*s", say(p, "主办单位", "lead"), STR_ARG(m->lead_name));
    buf_add_char(p->b, '\n');
    for (size_t i = 0; i < m->parties.n; i++)
        buf_addf(p->b, "%s %.*s%s\n", name_of(p, &party_role_names.v[v[i].role]),
                 STR_ARG(v[i].name), v[i].left_at.ms ? say(p, "（已退出）", " (left)") : "");
    buf_add_char(p->b, '\n');
}

static void put_clocks(struct page *p)
{
    const struct deadline *v = p->m->deadlines.v;
    if (p->m->deadlines.n)
        buf_addf(p->b, "\n%s\n", say(p, "时限", "Clocks"));
    for (size_t i = 0; i < p->m->deadlines.n; i++) {
        const struct code_entry *c = codebook_code(p->r->app, STR("deadline_what"), v[i].what,
                                                   DAY_NONE);
        buf_addf(p->b, "%.*s  ", STR_ARG(!c ? v[i].what : p->lang == LANG_ZH ? c->zh : c->en));
        put_time(p, v[i].started_at);
        buf_add(p->b, STR(" → "));
        put_time(p, v[i].due_at);
        buf_addf(p->b, "  %s", name_of(p, &deadline_state_names.v[v[i].state]));
        if (v[i].ended_at.ms) {
            buf_add(p->b, STR(" "));
            put_time(p, v[i].ended_at);
        }
        buf_addf(p->b, "  %.*s\n", STR_ARG(v[i].rule));
    }
}

bool timeline_put(struct req *r, struct matter *m, enum lang lang, struct buf *b, struct err *e)
{
    struct page p = { r, m, lang, b };
    if (m->grade >= GRADE_CONTENT && (!party_list(r, m->id, &m->parties, e)
                                      || !claim_list(r, m->id, &m->claims, e)))
        return false;
    if (m->grade < GRADE_CONTENT)
        m->title = STR("");
    if (!deadline_list(r, m->id, &m->deadlines, e))
        return false;
    put_head(&p);
    if (!put_entries(&p, e))
        return false;
    put_clocks(&p);
    return buf_ok(b) || err_setf(e, ERR_TOO_LARGE, "1 MiB");
}

static void text_done(void *b)
{
    buf_done(b);
}

static bool on_timeline(struct req *r, const void *in UNUSED, void *out UNUSED, struct err *e)
{
    struct matter m;
    struct id id;
    struct buf *b = arena_new(r->a, struct buf);
    buf_init(b, TEXT_MAX);
    arena_defer(r->a, text_done, b);
    if (!req_id(r, 0, &id, e) || !matter_load(r, id, &m, e)
        || !timeline_put(r, &m, r->lang, b, e))
        return false;
    r->text = buf_str(b);
    r->media = STR("text/plain; charset=utf-8");
    return m.grade < GRADE_CONTENT || access_look(r, m.home, id, STR("read"), e);
}

static const struct route timeline_routes[] = {
    { "GET", "/api/v1/matters/{id}/timeline", PERM_MATTER_READ, ROUTE_READ, .apply = on_timeline,
      .reply = REPLY_TEXT, .doc = "What was done in it and its clocks, as a page of text" },
};
const struct route_table timeline_table = ROUTES("timeline", timeline_routes);
