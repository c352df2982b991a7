/* Reading and filing matters over HTTP, at the desk and at the door. */
#include "app/access.h"
#include "app/answer.h"
#include "app/journal.h"
#include "matter/assignment.h"
#include "matter/claim.h"
#include "matter/deadline.h"
#include "matter/intake.h"
#include "matter/matter_act.h"
#include "matter/matter_impl.h"
#include "matter/party.h"
#include "matter/search.h"
#include "place/place.h"

static bool before_file(struct req *r, void *in, struct err *e)
{
    struct matter_new *x = in;
    struct matter_draft *d = arena_new(r->a, struct matter_draft);
    if (r->who->kind == ACCOUNT_RESIDENT)
        x->source = STR("online");      /* how it came in is no choice of the filer's */
    x->draft = d;
    return matter_draft(r, x, r->now, d, e);
}

static bool on_file(struct req *r, const void *in, void *out, struct err *e)
{
    struct matter_filed *f = out;
    if (!matter_file(r, in, r->now, f, e))
        return false;
    r->version = f->version;
    r->no_store = true;
    r->sight = SIGHT_ALL;
    r->location = arena_printf(r->a, "%s/%lld", r->route->path, (long long)f->id.v);
    return true;
}

static bool load_lists(struct req *r, struct matter *m, struct err *e)
{
    if (!assignment_list(r, m->id, &m->assignments, e)
        || !deadline_list(r, m->id, &m->deadlines, e))
        return false;
    if (who_may(r->who, PERM_RESIDENT))
        deadline_for_parties(&m->deadlines);
    deadline_tell(r, m->deadlines);
    if (m->grade < GRADE_CONTENT)
        return true;
    if (!party_list(r, m->id, &m->parties, e) || !claim_list(r, m->id, &m->claims, e))
        return false;
    if (who_may(r->who, PERM_RESIDENT))
        party_keep_own_answer(m->parties, r->who->account);
    return true;
}

/* What is shown of it, and under which version. */
static void see(struct req *r, const struct matter *m)
{
    r->sight = (struct sight){ .content = m->grade >= GRADE_CONTENT,
                               .party = who_may(r->who, PERM_RESIDENT) };
    r->version = m->version;
    r->clocked = true;                  /* colours, windows, pauses that end by themselves */
}

static bool make_whole(struct req *r, struct id id, struct matter *m, struct err *e)
{
    if (!matter_load(r, id, m, e) || !load_lists(r, m, e))
        return false;
    see(r, m);
    answer_until(r, deadline_next_turn(m->deadlines, r->now));
    if (m->sight_until.ms)
        answer_until(r, m->sight_until);
    m->reported = m->facts & FACT_BIT(REPORTED);
    m->denied = m->facts & FACT_BIT(DENIED);
    m->working = who_may(r->who, PERM_MATTER_ACT) && matter_works(r->who, m);
    m->actions = matter_offers(r, m);
    return true;
}

static bool on_read(struct req *r, const void *in UNUSED, void *out, struct err *e)
{
    struct matter m;
    struct id id;
    bool kept;
    if (!req_id(r, 0, &id, e) || !matter_db_glance(r, id, &m, e))
        return false;
    see(r, &m);
    const int64_t from[] = { m.version, m.journal_seq, m.grade, m.why, m.party_account.v,
                             m.handler_gone, m.sight_until.ms };
    if (!answer_kept(r, from, COUNT(from), &kept, e) || (!kept && !make_whole(r, id, out, e)))
        return false;
    return !r->sight.content || access_look(r, m.home, m.id, STR("read"), e);
}

struct matter_query {
    unsigned kind, state;
    struct str type, q;
    struct id area;
    struct day from, to;
};

/* "any" stands first, so that 0 means no filter. */
static const struct name kind_any_v[] = {
    { "any", "全部", "any" },
#define X(id, slug, zh, en) { slug, zh, en },
    MATTER_KINDS(X)
};
static const struct name state_any_v[] = {
    { "any", "全部", "any" },
    MATTER_STATES(X)
#undef X
};
static const struct names kind_any = NAMES("matter_kind_filter", kind_any_v);
static const struct names state_any = NAMES("matter_state_filter", state_any_v);

static const struct field matter_query_fields[] = {
    FIELD(matter_query, kind, .doc = "Only this kind", .names = &kind_any, .zh = "事项类别",
          .en = "Kind"),
    FIELD(matter_query, state, .doc = "Only this state", .names = &state_any, .zh = "状态",
          .en = "State"),
    FIELD(matter_query, type, .doc = "Only this type", .max = 40, .format = FORMAT_CODE,
          .codelist = "{kind}_type", .zh = "类型", .en = "Type"),
    FIELD(matter_query, area, .doc = "In this area and below", .format = FORMAT_AREA,
          .zh = "辖区", .en = "Area"),
    FIELD(matter_query, from, .doc = "Filed on or after", .zh = "登记自", .en = "Filed from"),
    FIELD(matter_query, to, .doc = "Filed on or before", .zh = "登记至", .en = "Filed to"),
    FIELD(matter_query, q, .doc = "Words in title, story, place, names and number", .max = 100,
          .zh = "关键词", .en = "Words"),
};
static const struct record matter_query_record = RECORD(matter_query, matter_query_fields);

static bool area_filter(struct req *r, struct id area, struct str *path, struct err *e)
{
    struct area_brief a;
    *path = STR("");
    if (!area.v)
        return true;
    if (!area_brief(r, area, &a, e)) {
        if (e->id != ERR_NOT_FOUND)
            return false;
        err_clear(e);
        return err_field(e, ERR_NO_SUCH_REF, "area");
    }
    *path = a.path;
    return true;
}

static bool on_list(struct req *r, const void *in UNUSED, void *out, struct err *e)
{
    const struct matter_query *q = r->query;
    struct matter_filter f = { .kind = q->kind, .state = q->state, .type = q->type };
    struct id before = ID_NONE, next = ID_NONE;
    struct str path;
    if (q->from.n)
        f.from = stamp_of_day(q->from);
    if (q->to.n)
        f.to = stamp_of_day((struct day){ q->to.n + 1 });
    if (r->cursor.n && !str_to_i64(r->cursor, &before.v))
        return err_field(e, ERR_BAD_CURSOR, "after");
    r->sight = (struct sight){ .content = role_reach((enum role)r->who->role) != REACH_BELOW,
                               .party = who_may(r->who, PERM_RESIDENT) };
    if (!area_filter(r, q->area, &path, e))
        return false;
    if (q->q.n ? !matter_search(r, q->q, before, out, &next, e)
               : !matter_db_page(r, &f, path, before, out, &next, e))
        return false;
    if (q->q.n)
        matter_filter_keep(&f, path, out);
    if (next.v)
        r->next = arena_printf(r->a, "%lld", (long long)next.v);
    return true;
}

static bool on_journal(struct req *r, const void *in UNUSED, void *out, struct err *e)
{
    struct matter m;
    struct id id;
    int64_t after = 0;
    struct list *list = out;
    if (!req_id(r, 0, &id, e) || !matter_load(r, id, &m, e))
        return false;
    if (r->cursor.n && !str_to_i64(r->cursor, &after))
        return err_field(e, ERR_BAD_CURSOR, "after");
    struct journal_page page = { after, r->limit, r->who->account, m.home };
    if (!journal_list(r->c, r->a, m.home, id, page, list, e))
        return false;
    const struct journal_entry *v = list->v;
    if (list->n == (size_t)r->limit)
        r->next = arena_printf(r->a, "%lld", (long long)v[list->n - 1].seq);
    r->sight = (struct sight){ .content = m.grade >= GRADE_CONTENT };
    return !r->sight.content || access_look(r, m.home, id, STR("read"), e);
}

static bool on_access(struct req *r, const void *in UNUSED, void *out, struct err *e)
{
    struct matter m;
    r->sight = (struct sight){ .content = true, .party = who_may(r->who, PERM_RESIDENT) };
    return matter_reach(r, &m, e) && access_list(r, m.home, m.id, out, e);
}

/* ---- one secret field, with a reason the party can read ---- */

struct matter_reveal { struct id party; struct str field, reason; };
static const struct field matter_reveal_fields[] = {
    FIELD(matter_reveal, party, .doc = "Whose", .flags = REQUIRED, .zh = "当事人", .en = "Party"),
    FIELD(matter_reveal, field, .doc = "phone, id_number or address", .max = 20,
          .flags = REQUIRED, .zh = "项目", .en = "Field"),
    FIELD(matter_reveal, reason, .doc = "Why; the party can read it", .min = 2, .max = 200,
          .flags = REQUIRED, .zh = "理由", .en = "Reason"),
};
static const struct record matter_reveal_record = RECORD(matter_reveal, matter_reveal_fields);

struct revealed { struct str value; };
static const struct field revealed_fields[] = {
    FIELD(revealed, value, .doc = "In clear", .max = 200, .zh = "内容", .en = "Value"),
};
static const struct record revealed_record = RECORD(revealed, revealed_fields);

static bool on_reveal(struct req *r, const void *in, void *out, struct err *e)
{
    const struct matter_reveal *x = in;
    struct revealed *v = out;
    struct matter m;
    r->sight = SIGHT_ALL;
    r->no_store = true;
    return matter_reach(r, &m, e)
        && party_reveal(r, &m, x->party, x->field, x->reason, &v->value, e);
}

/* ---- what may be done now ---- */

struct list matter_offers(const struct req *r, const struct matter *m)
{
    bool door = who_may(r->who, PERM_RESIDENT);
    unsigned who = matter_relations(r->who, m);
    uint64_t facts = matter_facts(m, r->now);
    struct matter_offer *v = arena_array(r->a, struct matter_offer, MATTER_ACTION__COUNT);
    struct str folder = arena_printf(r->a, "/api/v1/%smatters/%lld/actions/", door ? "door/" : "",
                                     (long long)m->id.v);
    size_t n = 0;
    for (size_t i = 0; i < matter_flow.n; i++) {    /* in the flow's order: the next step first */
        const struct step *s = &matter_flow.s[i];
        const struct name *a = &matter_action_names.v[s->action];
        if (s->from != m->state || !flow_fits(s, who, facts))
            continue;
        v[n++] = (struct matter_offer){
            .name = str_of(a->slug), .zh = str_of(a->zh), .en = str_of(a->en),
            .record = matter_action_record((enum matter_action)s->action),
            .plain = door && (s->action == MATTER_DO_WITHDRAW || s->action == MATTER_DO_STOP),
            .path = arena_join(r->a, folder, str_of(a->slug)),
        };
    }
    return (struct list){ v, n };
}

static const struct route matter_routes[] = {
    { "POST", "/api/v1/matters", PERM_MATTER_FILE, ROUTE_WRITE, .prepare = before_file,
      .apply = on_file, .in = &matter_new_record, .out = &matter_filed_record, .body = BODY_JSON,
      .body_max = 256 << 10, .doc = "File a matter" },
    { "GET", "/api/v1/matters", PERM_MATTER_READ, ROUTE_READ, .apply = on_list,
      .query = &matter_query_record, .out = &matter_envelope_record, .reply = REPLY_LIST,
      .rate = RATE_SEARCH, .doc = "The matters I may open, newest first" },
    { "GET", "/api/v1/matters/{id}", PERM_MATTER_READ, ROUTE_READ, .apply = on_read,
      .out = &matter_record, .doc = "One matter, as far as I may see it" },
    { "GET", "/api/v1/matters/{id}/journal", PERM_MATTER_READ, ROUTE_READ, .apply = on_journal,
      .out = &journal_entry_record, .reply = REPLY_LIST, .doc = "What was done in it" },
    { "GET", "/api/v1/matters/{id}/access", PERM_MATTER_READ, ROUTE_READ, .apply = on_access,
      .out = &access_entry_record, .reply = REPLY_LIST, .doc = "Who looked at its content" },
    { "POST", "/api/v1/matters/{id}/reveal", PERM_SECRET_REVEAL, ROUTE_WRITE, .apply = on_reveal,
      .in = &matter_reveal_record, .out = &revealed_record, .body = BODY_JSON,
      .doc = "One secret field in clear, with a reason the party can read" },
    { "POST", "/api/v1/door/matters", PERM_RESIDENT, ROUTE_WRITE, .prepare = before_file,
      .apply = on_file, .in = &matter_new_record, .out = &matter_filed_record, .body = BODY_JSON,
      .body_max = 256 << 10, .sites = SITE_BOTH, .doc = "File a matter as a resident" },
    { "GET", "/api/v1/door/matters", PERM_RESIDENT, ROUTE_READ, .apply = on_list,
      .query = &matter_query_record, .out = &matter_envelope_record, .reply = REPLY_LIST,
      .sites = SITE_BOTH, .doc = "My matters" },
    { "GET", "/api/v1/door/matters/{id}", PERM_RESIDENT, ROUTE_READ, .apply = on_read,
      .out = &matter_record, .sites = SITE_BOTH, .doc = "One of my matters" },
    { "GET", "/api/v1/door/matters/{id}/access", PERM_RESIDENT, ROUTE_READ, .apply = on_access,
      .out = &access_entry_record, .reply = REPLY_LIST, .sites = SITE_BOTH,
      .doc = "Who looked at my matter" },
};
const struct route_table matter_table = ROUTES("matter", matter_routes);
