/* A journal entry in words: its payload by the labels and lists of the form it came
 * from, so that what a form asks is told without a line here; the table below has the
 * words for what no form has. */
#include "app/codebook.h"
#include "base/utf8.h"
#include "matter/claim.h"
#include "matter/link.h"
#include "matter/party.h"
#include "matter/timeline_impl.h"

enum { VALUE_BYTES = 360 };
static const char indent[] = "                  ";

/* Entries that are no action of the flow. */
static const struct name others[] = {
    { "file", "报单", "file" }, { "link", "关联账号", "linked to an account" },
    { "attach", "添加附件", "attached a file" }, { "reveal", "查看敏感信息", "revealed a field" },
    { "pin_new", "补发查询码", "another query pin" },
    { "overdue", "超期", "overdue" }, { "recount", "时限重算", "clock counted anew" },
    { "print", "打印文书", "printed a paper" },
    { "merge_in", "并入事项", "another merged in" },
    { "merge_out", "移出并入的事项", "another taken out again" },
    { "merge_kept", "并入的当事人留为已退出", "parties of the other stay as left" },
    { "link_add", "关联事项", "linked to another" },
    { "link_end", "解除关联", "link ended" },
    { "task.add", "布置任务", "task set" }, { "task.change", "变更任务", "task changed" },
    { "task.done", "完成任务", "task done" }, { "task.cancel", "取消任务", "task cancelled" },
    { "compartment.make", "建立密封区", "compartment made" },
    { "compartment.write", "密封区记录", "written in the compartment" },
    { "compartment.grant", "密封区授权", "compartment opened to somebody" },
    { "compartment.destroy", "销毁密封区", "compartment destroyed" },
};

/* Members that are no field of the entry's own form, or say more than their field. */
enum how { AS_IS, MOMENT, SAID, CODE, CODES, RELATION, UNTOLD };
static const struct member { struct name name; enum how how; const char *list; } members[] = {
    { { "org", "主办单位", "lead body" }, AS_IS, NULL },
    { { "handler", "承办人", "handler" }, AS_IS, NULL },
    { { "decision", "决定", "decision" }, SAID, NULL },
    { { "reached", "已联系上", "reached" }, SAID, NULL },
    { { "stands_for", "代理", "standing in for" }, AS_IS, NULL },
    { { "left", "退出人数", "left" }, AS_IS, NULL },
    { { "parties", "关联当事人数", "parties linked" }, AS_IS, NULL },
    { { "docket", "案号", "case number" }, AS_IS, NULL },
    { { "what", "时限", "clock" }, CODE, "deadline_what" },
    { { "with", "一并延长", "extended with it" }, CODES, "deadline_what" },
    { { "refusals", "异议次数", "objections" }, AS_IS, NULL },
    { { "routes", "其他途径", "other routes" }, CODES, "route" },
    { { "outcome", "结果", "outcome" }, CODE, "outcome" },
    { { "until", "截止", "until" }, MOMENT, NULL },
    { { "before", "原为", "was" }, MOMENT, NULL },
    { { "after", "现为", "is" }, MOMENT, NULL },
    { { "round", "轮次", "round" }, AS_IS, NULL },
    { { "number", "事项编号", "number" }, AS_IS, NULL },
    { { "reason", "理由", "reason" }, AS_IS, NULL },
    { { "relation", "关系", "relation" }, RELATION, NULL },
    { { "by", "方式", "by" }, SAID, NULL },
    { { "field", "项目", "field" }, SAID, NULL },
    { { "name", "文件", "file" }, AS_IS, NULL },
    { { "title", "任务", "task" }, AS_IS, NULL },
    { { "due", "期限", "due" }, AS_IS, NULL },
    { { "note", "说明", "note" }, AS_IS, NULL },
    { { "text", "说明", "text" }, AS_IS, NULL },
    { { "retention", "保管期限", "kept" }, CODE, "retention" },
    { { "party", "当事人", "party" }, AS_IS, NULL },
    { { "claim", "请求", "claim" }, AS_IS, NULL },
    { { "digest", "", "" }, UNTOLD, NULL }, { { "hash", "", "" }, UNTOLD, NULL },
    { { "account", "", "" }, UNTOLD, NULL }, { { "paper", "", "" }, UNTOLD, NULL },
    { { "audience", "", "" }, UNTOLD, NULL },
};
static const struct name said[] = {
    { "upheld", "维持", "upheld" }, { "overturned", "撤销原决定", "overturned" },
    { "stands", "异议成立", "the objection stands" }, { "rejected", "异议不成立", "rejected" },
    { "approved", "同意", "approved" }, { "sent_back", "退回修改", "sent back" },
    { "confirmed", "确认作废", "confirmed" }, { "refused", "不予作废", "refused" },
    { "yes", "是", "yes" }, { "no", "否", "no" },
    { "true", "是", "yes" }, { "false", "否", "no" },
    { "clock", "期满自动恢复", "the time was over" },
    { "phone", "联系电话", "telephone" }, { "id_number", "证件号码", "identity number" },
    { "address", "联系地址", "address" },
};

static const struct name *find_name(const struct name *v, size_t n, struct str slug)
{
    for (size_t i = 0; i < n; i++)
        if (str_is(slug, v[i].slug))
            return &v[i];
    return NULL;
}

static const struct member *find_member(struct str key)
{
    for (size_t i = 0; i < COUNT(members); i++)
        if (str_is(key, members[i].name.slug))
            return &members[i];
    return NULL;
}

/* ---- the form an entry came from ---- */

static const struct record *record_at(const struct page *p, struct str path)
{
    const struct app *app = p->r->app;
    for (size_t t = 0; t < app->routes_n; t++)
        for (size_t i = 0; i < app->routes[t].n; i++) {
            const struct route *x = &app->routes[t].v[i];
            if (!strcmp(x->method, "POST") && str_is(path, x->path))
                return x->in;
        }
    return NULL;
}

/* The record an action's form is made from, at the desk or at the door. */
static const struct record *form_of(const struct page *p, struct str action)
{
    if (str_is(action, "file"))
        return record_at(p, STR("/api/v1/matters"));
    const struct record *desk = record_at(p, arena_printf(p->r->a,
        "/api/v1/matters/{id}/actions/%.*s", STR_ARG(action)));
    return desk ? desk : record_at(p, arena_printf(p->r->a,
        "/api/v1/door/matters/{id}/actions/%.*s", STR_ARG(action)));
}

/* A member's field in its form; in that of what was settled on the spot, whose one
 * screen makes seven entries. */
static const struct field *field_of(const struct page *p, const struct record *form,
                                    struct str key)
{
    const struct field *f = form ? record_field(form, key) : NULL;
    if (f || !form || find_member(key))
        return f;
    const struct record *spot = record_at(p, STR("/api/v1/matters/spot"));
    return spot ? record_field(spot, key) : NULL;
}

/* ---- values ---- */

/* Whom or what an id means in this matter; empty for nothing. */
static struct str named(const struct page *p, struct str value)
{
    const struct party *party = p->m->parties.v;
    const struct claim *claim = p->m->claims.v;
    int64_t id;
    if (!str_to_i64(value, &id))
        return STR("");
    for (size_t i = 0; i < p->m->parties.n; i++)
        if (party[i].id.v == id)
            return party[i].name;
    for (size_t i = 0; i < p->m->claims.n; i++)
        if (claim[i].id.v == id)
            return utf8_cut(claim[i].text, VALUE_BYTES / 3);
    return STR("");
}

static void put_code(struct page *p, struct str list, struct str code)
{
    const struct code_entry *c = codebook_code(p->r->app, list, code, DAY_NONE);
    buf_add(p->b, !c ? code : p->lang == LANG_ZH ? c->zh : c->en);
}

static void put_codes(struct page *p, struct str list, struct str codes)
{
    struct str one;
    bool any = false;
    for (bool more = codes.n > 0; more;) {
        more = str_cut(codes, ' ', &one, &codes);
        buf_addf(p->b, "%s", !any || !one.n ? "" : say(p, "、", ", "));
        any |= one.n > 0;
        put_code(p, list, one);
    }
}

static void put_moment(struct page *p, struct str text, const struct field *f)
{
    struct stamp t;
    if (f && f->type == F_STAMP && stamp_parse(text, &t))
        timeline_put_time(p, t);
    else
        buf_add(p->b, text);
}

/* The first line, cut to what a page bears. */
static void put_words(struct page *p, struct str text)
{
    struct str line, rest;
    str_cut(text, '\n', &line, &rest);
    struct str cut = utf8_cut(line, VALUE_BYTES);
    buf_add(p->b, cut);
    if (cut.n < text.n)
        buf_add(p->b, STR("…"));
}

static void put_text(struct page *p, const struct field *f, enum how how, const char *list,
                     struct str text)
{
    const struct name *n = f && f->names ? find_name(f->names->v, f->names->n, text)
        : how == SAID || (f && f->type == F_BOOL) ? find_name(said, COUNT(said), text)
        : how == RELATION ? find_name(link_relation_names.v, link_relation_names.n, text) : NULL;
    struct str of = f && f->codelist ? str_of(f->codelist) : STR("");
    if (str_is(of, "{kind}_type"))
        of = arena_printf(p->r->a, "%s_type", matter_kind_names.v[p->m->kind].slug);
    if (n)
        buf_add(p->b, str_of(name_of(p, n)));
    else if (how == CODES)
        put_codes(p, str_of(list), text);
    else if (of.n || how == CODE)
        put_code(p, of.n ? of : str_of(list), text);
    else if (f && f->type == F_ID)
        buf_add(p->b, named(p, text).n ? named(p, text) : text);
    else if (f && f->type == F_STAMP)
        put_moment(p, text, f);
    else
        put_words(p, text);
}

static void put_number(struct page *p, const struct field *f, enum how how, int64_t n)
{
    if (f && f->type == F_FEN)
        buf_addf(p->b, "%lld.%02lld %s", (long long)n / 100, (long long)n % 100,
                 say(p, "元", "yuan"));
    else if (f && f->type == F_BOOL)
        buf_addf(p->b, "%s", n ? say(p, "是", "yes") : say(p, "否", "no"));
    else if (how == MOMENT)
        timeline_put_time(p, (struct stamp){ n });
    else
        buf_add_i64(p->b, n);
}

static void put_object(struct page *p, const struct record *form, const char *of, json_t *j);

static void put_value(struct page *p, const struct field *f, const struct member *k, json_t *j)
{
    size_t i;
    json_t *one;
    struct str text = { json_string_value(j), json_string_length(j) };
    enum how how = k ? k->how : AS_IS;
    if (json_is_string(j))
        put_text(p, f, how, k ? k->list : NULL, text);
    else if (json_is_integer(j))
        put_number(p, f, how, json_integer_value(j));
    else if (json_is_boolean(j))
        put_number(p, &(struct field){ .type = F_BOOL }, AS_IS, json_is_true(j));
    else
        json_array_foreach(j, i, one) {
            buf_addf(p->b, "%s", !i ? "" : say(p, "；", "; "));
            put_value(p, f, k, one);
        }
}

/* What a reader needs no word for: empty, zero, false. */
static bool is_empty(json_t *j)
{
    return json_is_null(j) || json_is_false(j)
        || (json_is_string(j) && !json_string_length(j))
        || (json_is_integer(j) && !json_integer_value(j))
        || (json_is_array(j) && !json_array_size(j));
}

/* Told elsewhere (the head of the page tells the parties), nobody's to read here, or an
 * id that names nothing in this matter. */
static bool is_untold(const struct page *p, const struct field *f, const struct member *k,
                      json_t *j)
{
    struct str text = { json_string_value(j), json_string_length(j) };
    int64_t id;
    if (is_empty(j) || (k && k->how == UNTOLD) || (f && f->flags & SECRET))
        return true;
    if (!f)
        return false;
    if (f->names && str_is(text, f->names->v[0].slug)
        && (str_is(text, "none") || str_is(text, "unsaid")))
        return true;                    /* nobody chose */
    bool head = !strcmp(f->name, "kind") || !strcmp(f->name, "title")
             || (!strcmp(f->name, "parties") && json_is_array(j)
                 && !record_field(f->sub, STR("party")));
    return head || (f->type == F_ID && str_to_i64(text, &id) && !named(p, text).n);
}

/* ---- members ---- */

/* The next piece of a line, or the next line. */
static void next(struct page *p, bool line)
{
    if (line && !p->fresh)
        buf_addf(p->b, "\n%s", indent);
    else if (!p->fresh)
        buf_addf(p->b, "%s", say(p, "，", ", "));
    p->fresh = false;
}

static void end_line(struct page *p)
{
    buf_addf(p->b, "\n%s", indent);
    p->fresh = true;
}

static bool is_prefix(const char *a, const char *b)
{
    return !strncmp(a, b, strlen(a)) || !strncmp(a, b, strlen(b));
}

/* The label, but for one that only repeats the list's. */
static void put_label(struct page *p, const struct field *f, const struct member *k,
                      struct str key, const char *of)
{
    const char *label = f && f->zh ? say(p, f->zh, f->en) : k ? name_of(p, &k->name) : NULL;
    if (label && of && is_prefix(label, of))
        return;
    buf_add(p->b, label ? str_of(label) : key);
    buf_add_char(p->b, ' ');
}

/* Each entry of a list on its own line. */
static void put_objects(struct page *p, const struct field *f, json_t *j)
{
    size_t i;
    json_t *one;
    const char *label = f->zh ? say(p, f->zh, f->en) : f->name;
    json_array_foreach(j, i, one) {
        next(p, true);
        buf_addf(p->b, "%s%s", label, say(p, "：", ": "));
        p->fresh = true;
        put_object(p, f->sub, label, one);
        p->fresh = false;
    }
    end_line(p);
}

/* "claim_2": the second of the form's list claims. */
static const struct record *row_of(const struct page *p, const struct record *form,
                                   struct str key, const char **label)
{
    static const struct { const char *head, *list; } rows[] = {
        { "party_", "parties" }, { "claim_", "claims" },
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        const struct field *f = form ? record_field(form, str_of(rows[i].list)) : NULL;
        if (f && str_starts(key, str_of(rows[i].head))) {
            *label = say(p, f->zh, f->en);
            return f->sub;
        }
    }
    return NULL;
}

/* What came in anew had no value before. */
static void put_change(struct page *p, const struct field *f, const struct member *k,
                       json_t *before, json_t *after)
{
    if (before) {
        put_value(p, f, k, before);
        buf_add(p->b, is_empty(before) ? STR("→ ") : STR(" → "));
    }
    put_value(p, f, k, after);
}

/* What was put right: the members that differ, before and after. */
static void put_changes(struct page *p, const struct record *form, struct str key, json_t *j)
{
    json_t *before = json_object_get(j, "before"), *after = json_object_get(j, "after"), *to;
    const char *label = NULL, *name;
    const struct record *row = row_of(p, form, key, &label);
    next(p, true);
    if (!row || !json_is_object(after)) {
        const struct field *f = form ? record_field(form, key) : NULL;
        put_label(p, f, find_member(key), key, NULL);
        put_change(p, f, NULL, before, after);
        return;
    }
    buf_addf(p->b, "%s %.*s%s", label, (int)(key.n - 6), key.p + 6, say(p, "：", ": "));
    p->fresh = true;
    json_object_foreach(after, name, to) {
        const struct field *f = record_field(row, str_of(name));
        if (!f || f->type == F_ID || json_equal(json_object_get(before, name), to))
            continue;
        next(p, false);
        put_label(p, f, NULL, str_of(name), label);
        put_change(p, f, NULL, json_object_get(before, name), to);
    }
    p->fresh = false;
}

static void put_object(struct page *p, const struct record *form, const char *of, json_t *j)
{
    const char *name;
    json_t *value;
    json_object_foreach(j, name, value) {
        struct str key = str_of(name);
        const struct field *f = of ? record_field(form, key) : field_of(p, form, key);
        const struct member *k = find_member(key);
        if (of && (!f || f->flags & READONLY))
            continue;                   /* of an entry in a list only what its form asks */
        if (json_is_object(value) && json_object_get(value, "after")) {
            put_changes(p, form, key, value);
            end_line(p);
            continue;
        }
        if (is_untold(p, f, k, value))
            continue;
        if (f && f->sub && json_is_object(json_array_get(value, 0))) {
            put_objects(p, f, value);
            continue;
        }
        next(p, false);
        put_label(p, f, k, key, of);
        put_value(p, f, k, value);
    }
}

/* ---- who, and the whole entry ---- */

/* Of staff the body, of a party its side; nobody: a rule or the clock. */
static void put_actor(struct page *p, const struct journal_entry *x)
{
    const struct acting *v = p->actings.v;
    const struct party *party = p->m->parties.v;
    if (!x->actor_name.n) {
        buf_addf(p->b, "  %s", say(p, "（系统）", "(by rule)"));
        return;
    }
    buf_addf(p->b, "  %.*s", STR_ARG(x->actor_name));
    for (size_t i = 0; x->post.v && i < p->actings.n; i++)
        if (v[i].post.v == x->post.v)
            buf_addf(p->b, "%s%.*s%s", say(p, "（", " ("), STR_ARG(v[i].org), say(p, "）", ")"));
    for (size_t i = 0; !x->post.v && i < p->m->parties.n; i++)
        if (party[i].account.v && party[i].account.v == x->actor.v) {
            buf_addf(p->b, "%s%s%s", say(p, "（", " ("),
                     name_of(p, &party_role_names.v[party[i].role]), say(p, "）", ")"));
            return;
        }
}

static void put_what(struct page *p, struct str action)
{
    const struct name *n = find_name(matter_action_names.v, matter_action_names.n, action);
    if (!n)
        n = find_name(others, COUNT(others), action);
    buf_add(p->b, n ? str_of(name_of(p, n)) : action);
}

/* Whom it is about, where that is a party; then the payload. */
static void put_payload(struct page *p, const struct journal_entry *x, json_t *j)
{
    struct str whom = named(p, arena_printf(p->r->a, "%lld", (long long)x->subject.v));
    size_t before = p->b->n;
    buf_addf(p->b, "%s", indent);
    size_t empty = p->b->n;
    p->fresh = true;
    if (whom.n && x->subject.v) {
        next(p, false);
        put_label(p, NULL, find_member(STR("party")), STR("party"), NULL);
        buf_add(p->b, whom);
    }
    put_object(p, form_of(p, x->action), NULL, j);
    while (p->b->n > empty && p->b->p[p->b->n - 1] == ' ')      /* a list ended the entry */
        p->b->n--;
    if (p->b->n == empty)
        p->b->n = before;
    else if (p->b->p[p->b->n - 1] != '\n')
        buf_add_char(p->b, '\n');
}

void timeline_put_entry(struct page *p, const struct journal_entry *x)
{
    timeline_put_time(p, x->happened_at);
    buf_add(p->b, STR("  "));
    put_what(p, x->action);
    put_actor(p, x);
    if (x->recorded_at.ms - x->happened_at.ms > STAMP_MINUTE) {
        buf_addf(p->b, "  %s", say(p, "（补记于 ", "(recorded "));
        timeline_put_time(p, x->recorded_at);
        buf_addf(p->b, "%s", say(p, "）", ")"));
    }
    buf_add_char(p->b, '\n');
    json_t *j = json_loadb(x->payload.json.p ? x->payload.json.p : "", x->payload.json.n, 0, NULL);
    if (json_is_object(j) && p->m->grade >= GRADE_CONTENT)
        put_payload(p, x, j);
    json_decref(j);
}
