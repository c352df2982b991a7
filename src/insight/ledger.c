#include "insight/ledger.h"
#include "app/access.h"
#include "app/codebook.h"
#include "matter/matter.h"
#include "matter/party.h"
#include "place/place.h"

struct ledger_row {
    struct id matter;
    struct str number;
    struct stamp filed_at;
    struct str source;
    unsigned kind;
    struct str type, title, area_name, place;
    int64_t people;
    struct fen amount;
    struct str applicants, respondents, owner_name, lead_name;
    unsigned state;
    struct str outcomes;
    struct fen settled;
    struct stamp accepted_at, concluded_at, replied_at, closed_at, due_at;
    bool late;
};
static const struct field ledger_row_fields[] = {
    FIELD(ledger_row, matter, .doc = "The matter", .flags = HIDDEN, .format = FORMAT_MATTER),
    FIELD(ledger_row, number, .doc = "Public number", .zh = "编号", .en = "Number"),
    FIELD(ledger_row, filed_at, .doc = "Filed", .zh = "登记时间", .en = "Filed"),
    FIELD(ledger_row, source, .doc = "How it came", .format = FORMAT_CODE, .codelist = "source",
          .zh = "来源", .en = "Source"),
    FIELD(ledger_row, kind, .doc = "Kind", .names = &matter_kind_names, .zh = "事项类别",
          .en = "Kind"),
    FIELD(ledger_row, type, .doc = "Type", .format = FORMAT_CODE, .codelist = "{kind}_type",
          .zh = "类型", .en = "Type"),
    FIELD(ledger_row, title, .doc = "One line", .flags = CONTENT, .zh = "事由", .en = "Title"),
    FIELD(ledger_row, area_name, .doc = "Area", .zh = "辖区", .en = "Area"),
    FIELD(ledger_row, place, .doc = "Where exactly", .flags = CONTENT, .zh = "发生地点",
          .en = "Place"),
    FIELD(ledger_row, people, .doc = "Persons involved", .zh = "涉及人数", .en = "Persons"),
    FIELD(ledger_row, amount, .doc = "Sum of the claims", .zh = "涉及金额", .en = "Amount"),
    FIELD(ledger_row, applicants, .doc = "Applicants", .flags = CONTENT, .max = 1000,
          .zh = "申请人", .en = "Applicants"),
    FIELD(ledger_row, respondents, .doc = "Respondents", .flags = CONTENT, .max = 1000,
          .zh = "被申请人", .en = "Respondents"),
    FIELD(ledger_row, owner_name, .doc = "Body that took it in", .zh = "受理单位",
          .en = "Intake body"),
    FIELD(ledger_row, lead_name, .doc = "Lead body", .zh = "主办单位", .en = "Lead body"),
    FIELD(ledger_row, state, .doc = "State", .names = &matter_state_names, .zh = "状态",
          .en = "State"),
    FIELD(ledger_row, outcomes, .doc = "Outcomes of the claims", .max = 1000, .zh = "办理结果",
          .en = "Outcomes"),
    FIELD(ledger_row, settled, .doc = "Agreed", .zh = "协议金额", .en = "Agreed"),
    FIELD(ledger_row, accepted_at, .doc = "Accepted", .zh = "受理时间", .en = "Accepted"),
    FIELD(ledger_row, concluded_at, .doc = "Result recorded", .zh = "结果时间",
          .en = "Concluded"),
    FIELD(ledger_row, replied_at, .doc = "Answered", .zh = "答复时间", .en = "Replied"),
    FIELD(ledger_row, closed_at, .doc = "Closed", .zh = "办结时间", .en = "Closed"),
    FIELD(ledger_row, due_at, .doc = "End of the whole course", .zh = "办理期限", .en = "Due"),
    FIELD(ledger_row, late, .doc = "Closed after it, or open beyond it", .zh = "是否超期",
          .en = "Late"),
};
static const struct record ledger_row_record = { .name = "ledger_line",
    .size = sizeof(struct ledger_row), .f = ledger_row_fields, .n = COUNT(ledger_row_fields) };

struct ledger_query { unsigned kind; struct id area; struct day from, to; };
static const struct name any_kind_v[] = { { "any", "全部", "any" },
#define X(id, slug, zh, en) { slug, zh, en },
    MATTER_KINDS(X)
#undef X
};
static const struct names any_kind_names = NAMES("ledger_kind", any_kind_v);
static const struct field ledger_query_fields[] = {
    FIELD(ledger_query, kind, .doc = "Kind", .names = &any_kind_names, .zh = "事项类别",
          .en = "Kind"),
    FIELD(ledger_query, area, .doc = "In this area or below", .format = FORMAT_AREA, .zh = "辖区",
          .en = "Area"),
    FIELD(ledger_query, from, .doc = "Filed on or after", .zh = "登记日期自", .en = "From"),
    FIELD(ledger_query, to, .doc = "Filed before or on", .zh = "登记日期至", .en = "To"),
};
static const struct record ledger_query_record = RECORD(ledger_query, ledger_query_fields);

/* ---- a page ---- */

enum { WINDOW = 2000 };

/* The id of the last candidate a page looks at, 0 when fewer are left: a rare source
 * costs no more than a common one. */
static bool window_end(struct req *r, struct id before, struct id *out, struct err *e)
{
    return db_int(r->c, e, &out->v,
        SQL("SELECT CASE WHEN COUNT(*) < $4 THEN 0 ELSE MIN(matter) END FROM"
            " (SELECT matter FROM sight WHERE home = $1 AND holder = $2 AND matter < $3"
            " ORDER BY matter DESC LIMIT $4) page"),
        V(r->who->home), V(who_holder(r->who)), V(before), V((int64_t)WINDOW));
}

static bool read_page(struct req *r, struct str source, struct str path, struct id before,
                      struct id floor, struct list *out, struct err *e)
{
    const struct ledger_query *q = r->query;
    struct str above = path.n ? arena_printf(r->a, "%.*s\x7f", STR_ARG(path)) : STR("");
    int64_t from = q->from.n ? stamp_of_day(q->from).ms : 0;
    int64_t to = q->to.n ? stamp_of_day((struct day){ q->to.n + 1 }).ms : 0;
    return db_all(r->c, e, r->a, &ledger_row_record, out,
        SQL("SELECT m.id AS matter, m.number, m.filed_at, m.source, m.kind, m.type, m.title,"
            " COALESCE(a.name, '') AS area_name, m.place, m.people, m.amount,"
            " COALESCE(o.short_name, '') AS owner_name, COALESCE(l.short_name, '') AS lead_name,"
            " m.state, m.accepted_at, m.concluded_at, m.replied_at, m.closed_at, m.due_at"
            " FROM sight s JOIN matter m ON m.home = s.home AND m.id = s.matter"
            " LEFT JOIN area a ON a.id = m.area"
            " LEFT JOIN org o ON o.home = m.home AND o.id = m.owner"
            " LEFT JOIN org l ON l.home = m.home AND l.id = m.lead"
            " WHERE s.home = $1 AND s.holder = $2 AND s.matter < $3 AND s.matter >= $4"
            " AND s.grade = $5 AND s.since <= $6 AND (s.until = 0 OR s.until > $6)"
            " AND (CAST($7 AS TEXT) = 'all' OR m.source = CAST($7 AS TEXT))"
            " AND (CAST($8 AS TEXT) = ''"
            " OR (m.path >= CAST($8 AS TEXT) AND m.path < CAST($9 AS TEXT)))"
            " AND m.filed_at >= $10 AND (CAST($11 AS BIGINT) = 0 OR m.filed_at < $11)"
            " AND (CAST($12 AS BIGINT) = 0 OR m.kind = CAST($12 AS BIGINT) - 1)"
            " ORDER BY s.matter DESC LIMIT $13"),
        V(r->who->home), V(who_holder(r->who)), V(before), V(floor), V((unsigned)GRADE_CONTENT),
        V(r->now), V(source), V(path), V(above), V(from), V(to), V((int64_t)q->kind),
        V(r->limit));
}

struct ledger_part { unsigned role; struct str name, outcome; struct fen settled; };
static const struct field ledger_part_fields[] = {
    FIELD(ledger_part, role, .doc = "Side", .names = &party_role_names),
    FIELD(ledger_part, name, .doc = "Party"), FIELD(ledger_part, outcome, .doc = "Outcome"),
    FIELD(ledger_part, settled, .doc = "Agreed"),
};
static const struct record ledger_part_record = RECORD(ledger_part, ledger_part_fields);

static struct str joined(struct arena *a, struct str list, struct str more)
{
    return list.n ? arena_printf(a, "%.*s、%.*s", STR_ARG(list), STR_ARG(more)) : more;
}

static struct str outcome_name(struct req *r, struct str code)
{
    const struct code_entry *x = codebook_code(r->app, STR("outcome"), code, DAY_NONE);
    return !x ? code : r->lang == LANG_ZH ? x->zh : x->en;
}

static bool add_parts(struct req *r, struct ledger_row *x, struct err *e)
{
    struct list parties, claims;
    if (!db_all(r->c, e, r->a, &ledger_part_record, &parties,
            SQL("SELECT role, name FROM party WHERE home = $1 AND matter = $2 AND agent_for = 0"
                " ORDER BY no LIMIT 20"), V(r->who->home), V(x->matter))
        || !db_all(r->c, e, r->a, &ledger_part_record, &claims,
            SQL("SELECT outcome, settled FROM claim WHERE home = $1 AND matter = $2 ORDER BY no"
                " LIMIT 20"), V(r->who->home), V(x->matter)))
        return false;
    const struct ledger_part *p = parties.v, *c = claims.v;
    for (size_t i = 0; i < parties.n; i++) {
        if (p[i].role == PARTY_APPLICANT)
            x->applicants = joined(r->a, x->applicants, p[i].name);
        if (p[i].role == PARTY_RESPONDENT)
            x->respondents = joined(r->a, x->respondents, p[i].name);
    }
    for (size_t i = 0; i < claims.n; i++) {
        x->settled.v += c[i].settled.v;
        if (c[i].outcome.n && !(i && str_eq(c[i].outcome, c[i - 1].outcome)))
            x->outcomes = joined(r->a, x->outcomes, outcome_name(r, c[i].outcome));
    }
    struct stamp end = x->closed_at.ms ? x->closed_at : r->now;
    x->late = x->due_at.ms && end.ms > x->due_at.ms;
    return true;
}

/* Names are content: who read them is told to each matter's parties. */
static bool note_looks(struct req *r, struct err *e)
{
    const struct list *rows = r->then;
    const struct ledger_row *v = rows->v;
    for (size_t i = 0; i < rows->n; i++)
        if (!access_note(r, r->who->home, v[i].matter, STR("ledger"), STR(""), e))
            return false;
    return true;
}

static bool on_ledger(struct req *r, const void *in UNUSED, void *out, struct err *e)
{
    const struct ledger_query *q = r->query;
    struct list *list = out;
    struct id before = { INT64_MAX }, floor = ID_NONE;
    struct area_brief area = { .path = STR("") };
    struct str source = r->param[0];
    struct err none = { 0 };
    if (!str_is(source, "all") && !codebook_code(r->app, STR("source"), source, DAY_NONE))
        return err_set(e, ERR_NOT_FOUND);
    if (q->area.v && !area_brief(r, q->area, &area, &none))
        return err_field(e, ERR_NO_SUCH_REF, "area");
    if (r->cursor.n && !str_to_i64(r->cursor, &before.v))
        return err_field(e, ERR_BAD_CURSOR, "after");
    if (role_reach((enum role)r->who->role) == REACH_BELOW)
        return true;                    /* of what a body supervises there is no content */
    if (!window_end(r, before, &floor, e)
        || !read_page(r, source, area.path, before, floor, list, e))
        return false;
    struct ledger_row *v = list->v;
    for (size_t i = 0; i < list->n; i++)
        if (!add_parts(r, &v[i], e))
            return false;
    struct id next = list->n == (size_t)r->limit ? v[list->n - 1].matter : floor;
    if (next.v)
        r->next = arena_printf(r->a, "%lld", (long long)next.v);
    r->sight = SIGHT_ALL;
    r->then = arena_new(r->a, struct list);
    *(struct list *)r->then = *list;
    r->then_write = list->n ? note_looks : NULL;
    return true;
}

static const struct route ledger_routes[] = {
    { "GET", "/api/v1/ledgers/{source}", PERM_MATTER_READ, ROUTE_READ, .apply = on_ledger,
      .query = &ledger_query_record, .out = &ledger_row_record, .reply = REPLY_LIST,
      .doc = "The ledger of a source (all: of every one), newest first" },
};
const struct route_table ledger_table = ROUTES("ledger", ledger_routes);
