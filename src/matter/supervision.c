#include "matter/supervision.h"
#include "matter/deadline.h"
#include "matter/matter_act.h"

#define X(id, slug, zh, en) { slug, zh, en },
static const struct name fault_v[] = { SUPERVISION_FAULTS(X) };
static const struct name body_v[] = { SUPERVISED_BODIES(X) };
#undef X
const struct names supervision_fault_names = NAMES("supervision_fault", fault_v);
const struct names supervised_body_names = NAMES("supervised_body", body_v);

static const struct field matter_supervise_fields[] = {
    FIELD(matter_supervise, fault, .doc = "Which of the three faults",
          .names = &supervision_fault_names, .preset = "not_handled", .zh = "督办事由",
          .en = "Fault"),
    FIELD(matter_supervise, body, .doc = "Who has to answer", .names = &supervised_body_names,
          .preset = "lead", .zh = "督办对象", .en = "Body"),
    FIELD(matter_supervise, text, .doc = "What is asked of it", .min = 2, .max = 1000,
          .flags = REQUIRED | LINES, .zh = "督办要求", .en = "What is asked"),
};
static const struct record matter_supervise_record =
    RECORD(matter_supervise, matter_supervise_fields);

static const struct field matter_answer_supervision_fields[] = {
    FIELD(matter_answer_supervision, text, .doc = "What is answered", .min = 2, .max = 2000,
          .flags = REQUIRED | LINES, .zh = "督办答复", .en = "Answer"),
};
static const struct record matter_answer_supervision_record =
    RECORD(matter_answer_supervision, matter_answer_supervision_fields);

/* A body answers to the level above it, never to itself. */
static bool addressed(const struct req *r, const struct matter *m, unsigned body, struct id *out,
                      struct err *e)
{
    *out = body == SUPERVISED_LEAD ? m->lead : m->owner;
    return (out->v && out->v != r->who->org.v) || err_field(e, ERR_NO_SUCH_REF, "body");
}

static bool on_supervise(struct req *r, const void *in, void *out, struct err *e)
{
    const struct matter_supervise *x = in;
    struct move mv;
    if (!move_begin(&mv, r, MATTER_DO_SUPERVISE, e)
        || !addressed(r, &mv.m, x->body, &mv.m.supervised, e))
        return false;
    mv.subject = id_make();
    mv.m.facts |= FACT_BIT(SUPERVISED);
    move_note(&mv, "fault", str_of(fault_v[x->fault].slug));
    move_note(&mv, "body", str_of(body_v[x->body].slug));
    move_note(&mv, "text", x->text);
    return db_exec(r->c, e, NULL,
            SQL("INSERT INTO supervision (id, home, matter, fault, by_org, supervised_by, to_org,"
                " text, at, answered_at, answered_by, answer)"
                " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 0, 0, '')"),
            V(mv.subject), V(mv.m.home), V(mv.m.id), V(x->fault), V(r->who->org),
            V(r->who->account), V(mv.m.supervised), V(x->text), V(r->now))
        && move_end(&mv, out, e);
}

static bool close_open(struct req *r, struct matter *m, struct str answer, struct err *e)
{
    m->facts &= ~FACT_BIT(SUPERVISED);
    m->supervised = ID_NONE;
    return db_exec(r->c, e, NULL,
        SQL("UPDATE supervision SET answered_at = $3, answered_by = $4, answer = $5"
            " WHERE home = $1 AND matter = $2 AND answered_at = 0"),
        V(m->home), V(m->id), V(r->now), V(r->who->account), V(answer));
}

static bool on_answer_supervision(struct req *r, const void *in, void *out, struct err *e)
{
    const struct matter_answer_supervision *x = in;
    struct move mv;
    if (!move_begin(&mv, r, MATTER_DO_ANSWER_SUPERVISION, e) || !close_open(r, &mv.m, x->text, e))
        return false;
    move_note(&mv, "text", x->text);
    return move_end(&mv, out, e);
}

bool supervision_follow(struct req *r, struct matter *m, enum matter_state was, struct err *e)
{
    if (!(m->facts & FACT_BIT(SUPERVISED)) || m->state == was || !matter_at_rest(m->state))
        return true;
    return deadline_meet(r, m, STR("answer_supervision"), r->now, e)
        && close_open(r, m, STR(""), e);
}

bool supervision_hand_back(struct req *r, struct matter *m, struct err *e)
{
    struct id by = ID_NONE;
    if (!(m->facts & FACT_BIT(SUPERVISED)) || m->supervised.v != m->lead.v
        || m->lead.v == m->owner.v)
        return true;
    if (!db_int(r->c, e, &by.v,
            SQL("SELECT COALESCE(MAX(by_org), 0) FROM supervision WHERE home = $1 AND matter = $2"
                " AND answered_at = 0"), V(m->home), V(m->id)))
        return false;
    if (by.v == m->owner.v)
        return deadline_meet(r, m, STR("answer_supervision"), r->now, e)
            && close_open(r, m, STR(""), e);
    m->supervised = m->owner;
    return db_exec(r->c, e, NULL,
            SQL("UPDATE supervision SET to_org = $3 WHERE home = $1 AND matter = $2"
                " AND answered_at = 0"), V(m->home), V(m->id), V(m->owner))
        && db_exec(r->c, e, NULL,
            SQL("UPDATE deadline SET org = $3 WHERE home = $1 AND matter = $2"
                " AND what = 'supervise' AND state IN (0, 1)"), V(m->home), V(m->id), V(m->owner));
}

/* ---- reading ---- */

struct supervision {
    struct id id, matter;
    struct str number;
    unsigned fault;
    struct str by_name, to_name, text, answer;
    struct stamp at, answered_at;
};
static const struct field supervision_fields[] = {
    FIELD(supervision, id, .doc = "Key", .flags = HIDDEN),
    FIELD(supervision, matter, .doc = "The matter", .flags = HIDDEN),
    FIELD(supervision, number, .doc = "Its public number", .flags = PARTY, .zh = "编号",
          .en = "Number"),
    FIELD(supervision, fault, .doc = "Which of the three faults",
          .names = &supervision_fault_names, .flags = PARTY, .zh = "督办事由", .en = "Fault"),
    FIELD(supervision, by_name, .doc = "Body that supervises", .flags = PARTY,
          .zh = "督办单位", .en = "By"),
    FIELD(supervision, to_name, .doc = "Body that has to answer", .flags = PARTY,
          .zh = "督办对象", .en = "To"),
    FIELD(supervision, text, .doc = "What is asked of it", .flags = LINES, .zh = "督办要求",
          .en = "What is asked"),
    FIELD(supervision, at, .doc = "When", .flags = PARTY, .zh = "督办时间", .en = "Supervised"),
    FIELD(supervision, answered_at, .doc = "When it was answered, in words or by the end",
          .flags = PARTY, .zh = "答复时间", .en = "Answered"),
    FIELD(supervision, answer, .doc = "In words; empty: it came to rest or was taken back",
          .flags = LINES, .zh = "督办答复", .en = "Answer"),
};
static const struct record supervision_record = RECORD(supervision, supervision_fields);

#define COLUMNS                                                                              \
    "SELECT s.id, s.matter, m.number, s.fault, s.text, s.answer, s.at, s.answered_at,"       \
    " COALESCE(b.short_name, '') AS by_name, COALESCE(t.short_name, '') AS to_name"          \
    " FROM supervision s JOIN matter m ON m.home = s.home AND m.id = s.matter"               \
    " LEFT JOIN org b ON b.home = s.home AND b.id = s.by_org"                                \
    " LEFT JOIN org t ON t.home = s.home AND t.id = s.to_org"

/* Who may see the envelope may see that it was supervised; the parties, too. */
static bool on_list(struct req *r, const void *in UNUSED, void *out, struct err *e)
{
    struct matter m;
    struct id id;
    r->sight = (struct sight){ .content = true, .party = who_may(r->who, PERM_RESIDENT) };
    return req_id(r, 0, &id, e) && matter_load(r, id, &m, e)
        && db_all(r->c, e, r->a, &supervision_record, out,
            SQL(COLUMNS " WHERE s.home = $1 AND s.matter = $2 ORDER BY s.id LIMIT 100"),
            V(m.home), V(id));
}

struct supervision_query { bool open; };
static const struct field supervision_query_fields[] = {
    FIELD(supervision_query, open, .doc = "Only what waits for an answer", .zh = "只看未答复",
          .en = "Open only"),
};
static const struct record supervision_query_record =
    RECORD(supervision_query, supervision_query_fields);

static bool on_ours(struct req *r, const void *in UNUSED, void *out, struct err *e)
{
    const struct supervision_query *q = r->query;
    struct list *list = out;
    struct id before = { INT64_MAX };
    if (r->cursor.n && !str_to_i64(r->cursor, &before.v))
        return err_field(e, ERR_BAD_CURSOR, "after");
    r->sight = (struct sight){ .content = true };
    bool ok = q->open
        ? db_all(r->c, e, r->a, &supervision_record, list,
            SQL(COLUMNS " WHERE s.home = $1 AND s.by_org = $2 AND s.id < $3"
                " AND s.answered_at = 0 ORDER BY s.id DESC LIMIT $4"),
            V(r->who->home), V(r->who->org), V(before), V(r->limit))
        : db_all(r->c, e, r->a, &supervision_record, list,
            SQL(COLUMNS " WHERE s.home = $1 AND s.by_org = $2 AND s.id < $3"
                " ORDER BY s.id DESC LIMIT $4"),
            V(r->who->home), V(r->who->org), V(before), V(r->limit));
    if (!ok)
        return false;
    const struct supervision *v = list->v;
    if (list->n == (size_t)r->limit)
        r->next = arena_printf(r->a, "%lld", (long long)v[list->n - 1].id.v);
    return true;
}

static const struct route supervision_routes[] = {
    MATTER_ACTION("supervise", MATTER_SUPERVISE, on_supervise, matter_supervise_record,
                  "Ask the owner or the lead body to answer for a fault"),
    MATTER_ACTION("answer_supervision", MATTER_ACT, on_answer_supervision,
                  matter_answer_supervision_record, "Answer the level above"),
    { "GET", "/api/v1/matters/{id}/supervisions", PERM_MATTER_READ, ROUTE_READ,
      .apply = on_list, .out = &supervision_record, .reply = REPLY_LIST,
      .doc = "By whom it was supervised, and what was answered" },
    { "GET", "/api/v1/door/matters/{id}/supervisions", PERM_RESIDENT, ROUTE_READ,
      .apply = on_list, .out = &supervision_record, .reply = REPLY_LIST, .sites = SITE_BOTH,
      .doc = "That my matter was supervised, and when it was answered" },
    { "GET", "/api/v1/supervisions", PERM_MATTER_SUPERVISE, ROUTE_READ, .apply = on_ours,
      .query = &supervision_query_record, .out = &supervision_record, .reply = REPLY_LIST,
      .doc = "What my body supervises, newest first" },
};
const struct route_table supervision_table = ROUTES("supervision", supervision_routes);
