#include "app/access.h"
#include "app/codebook.h"
#include "app/rule.h"
#include "matter/claim.h"
#include "matter/deadline.h"
#include "matter/party.h"
#include "matter/timeline_impl.h"

enum { TEXT_MAX = 1 << 20, ENTRIES = 200 };

void timeline_put_time(struct page *p, struct stamp t)
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

static const struct field acting_fields[] = {
    FIELD(acting, post, .doc = "Post"), FIELD(acting, org, .doc = "Its body, as people say it"),
};
static const struct record acting_record = RECORD(acting, acting_fields);

static bool load_actings(struct page *p, struct err *e)
{
    struct req *r = p->r;
    return db_all(r->c, e, r->a, &acting_record, &p->actings,
        SQL("SELECT DISTINCT j.post, o.short_name AS org FROM journal j"
            " JOIN post p ON p.home = $3 AND p.id = j.post"
            " JOIN org o ON o.home = p.home AND o.id = p.org"
            " WHERE j.home = $1 AND j.chain = $2"), V(p->m->home), V(p->m->id), V(p->m->home));
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
            timeline_put_entry(p, &v[i]);
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
    if (m->docket.n)
        buf_addf(p->b, "  %s %.*s", say(p, "案号", "case number"), STR_ARG(m->docket));
    buf_add_char(p->b, '\n');
    for (size_t i = 0; i < m->parties.n; i++)
        buf_addf(p->b, "%s %.*s%s\n", name_of(p, &party_role_names.v[v[i].role]),
                 STR_ARG(v[i].name), v[i].left_at.ms ? say(p, "（已退出）", " (left)") : "");
    buf_add_char(p->b, '\n');
}

/* From, to, how it stands and since when, and the rule it is from. */
static void put_clock(struct page *p, const struct deadline *d)
{
    const struct code_entry *c = codebook_code(p->r->app, STR("deadline_what"), d->what, DAY_NONE);
    buf_addf(p->b, "%.*s  ", STR_ARG(!c ? d->what : p->lang == LANG_ZH ? c->zh : c->en));
    timeline_put_time(p, d->started_at);
    buf_add(p->b, STR(" → "));
    timeline_put_time(p, d->due_at);
    buf_addf(p->b, "  %s", name_of(p, &deadline_state_names.v[d->state]));
    if (d->ended_at.ms) {
        buf_add_char(p->b, ' ');
        timeline_put_time(p, d->ended_at);
    }
    if (d->stops.n)
        buf_addf(p->b, "  %s %zu %s", say(p, "中止", "stood still"), d->stops.n,
                 say(p, "次", d->stops.n == 1 ? "time" : "times"));
    if (d->extended)
        buf_addf(p->b, "  %s %lld %s", say(p, "延长", "extended by"), (long long)d->extended,
                 name_of(p, &limit_unit_names.v[d->unit]));
    buf_addf(p->b, "  %s%.*s%s\n", say(p, "（", "("),
             STR_ARG(d->rule_name.n ? d->rule_name : d->rule), say(p, "）", ")"));
}

static void put_clocks(struct page *p)
{
    const struct deadline *v = p->m->deadlines.v;
    if (p->m->deadlines.n)
        buf_addf(p->b, "\n%s\n", say(p, "时限", "Clocks"));
    for (size_t i = 0; i < p->m->deadlines.n; i++)
        put_clock(p, &v[i]);
}

bool timeline_put(struct req *r, struct matter *m, enum lang lang, struct buf *b, struct err *e)
{
    struct page p = { .r = r, .m = m, .lang = lang, .b = b };
    if (m->grade >= GRADE_CONTENT && (!party_list(r, m->id, &m->parties, e)
                                      || !claim_list(r, m->id, &m->claims, e)))
        return false;
    if (m->grade < GRADE_CONTENT)
        m->title = STR("");
    if (!deadline_list(r, m->id, &m->deadlines, e))
        return false;
    r->lang = lang;
    deadline_tell(r, m->deadlines);
    put_head(&p);
    if (!load_actings(&p, e) || !put_entries(&p, e))
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
