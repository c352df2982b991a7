#include "handling/reopen.h"
#include "matter/archive.h"
#include "matter/assignment.h"
#include "matter/claim.h"
#include "matter/deadline_change.h"
#include "matter/matter_act.h"
#include "matter/party.h"
#include "matter/tie.h"
#include "place/place.h"

#define X(id, slug, zh, en) { slug, zh, en },
static const struct name reason_v[] = { REOPEN_REASONS(X) };
#undef X
static const struct names reopen_reason_names = NAMES("reopen_reason", reason_v);

struct matter_reopen { unsigned why; struct str text; struct id party; };
static const struct field matter_reopen_fields[] = {
    FIELD(matter_reopen, party, .doc = "Who asks, where it is said at the counter",
          .zh = "当事人", .en = "Party"),
    FIELD(matter_reopen, why, .doc = "Why; a party need not say", .names = &reopen_reason_names,
          .zh = "原因", .en = "Why"),
    FIELD(matter_reopen, text, .doc = "In words", .max = 2000, .flags = LINES, .zh = "说明",
          .en = "In words"),
};
static const struct record matter_reopen_record = RECORD(matter_reopen, matter_reopen_fields);

struct reopening {
    struct id id;
    int64_t round;
    unsigned why;
    struct str text, party_name;
    struct stamp at, concluded_at, replied_at, closed_at;
};
static const struct field reopening_fields[] = {
    FIELD(reopening, id, .doc = "Key", .flags = HIDDEN | PARTY),
    FIELD(reopening, at, .doc = "When", .flags = PARTY, .zh = "重启时间", .en = "Reopened"),
    FIELD(reopening, round, .doc = "The round that ended", .flags = PARTY, .zh = "原轮次",
          .en = "Round"),
    FIELD(reopening, why, .doc = "Why", .names = &reopen_reason_names, .flags = PARTY,
          .zh = "原因", .en = "Why"),
    FIELD(reopening, text, .doc = "In words", .flags = CONTENT | LINES, .zh = "说明",
          .en = "In words"),
    FIELD(reopening, party_name, .doc = "Who asked at the counter", .flags = CONTENT,
          .zh = "当事人", .en = "Party"),
    FIELD(reopening, concluded_at, .doc = "When that round was concluded", .flags = PARTY,
          .zh = "原出结果时间", .en = "Concluded"),
    FIELD(reopening, replied_at, .doc = "When it was replied to", .flags = PARTY,
          .zh = "原答复时间", .en = "Replied"),
    FIELD(reopening, closed_at, .doc = "When it was closed", .flags = PARTY, .zh = "原办结时间",
          .en = "Closed"),
};
static const struct record reopening_record = RECORD(reopening, reopening_fields);

/* Who visits says why; a party gives no reason that it does not want to give. */
static bool check(struct req *r, const struct matter *m, const struct matter_reopen *x,
                  struct err *e)
{
    struct list parties;
    if (r->who->kind == ACCOUNT_RESIDENT)
        return true;
    if (x->why == REOPEN_NONE)
        return err_field(e, ERR_NEED_REASON, "why");
    if (!x->party.v)
        return true;
    if (!party_sides(r, m->id, &parties, e))
        return false;
    const struct party *p = parties.v;
    for (size_t i = 0; i < parties.n; i++)
        if (p[i].id.v == x->party.v)
            return true;
    return err_field(e, ERR_NO_SUCH_REF, "party");
}

static bool keep_round(struct req *r, const struct matter *m, const struct matter_reopen *x,
                       struct err *e)
{
    return db_exec(r->c, e, NULL,
        SQL("INSERT INTO reopening (id, home, matter, round, party, why, text, author, at,"
            " concluded_at, replied_at, closed_at, doubts)"
            " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)"),
        V(id_make()), V(m->home), V(m->id), V(m->round), V(x->party), V(x->why), V(x->text),
        V(r->who->account), V(r->now), V(m->concluded_at), V(m->replied_at), V(m->closed_at),
        V(m->facts & MATTER_DOUBTS));
}

/* The last lead gets it again, unless it has ended meanwhile. */
static bool offer_again(struct move *mv, struct err *e)
{
    struct req *r = mv->r;
    struct org_brief org;
    struct matter *m = &mv->m;
    if (m->lead.v && !org_brief(r, m->lead, &org, e)) {
        if (e->id != ERR_NOT_FOUND)
            return false;
        err_clear(e);
        m->lead = ID_NONE;
    }
    if (!deadline_reopen(r, m, e))
        return false;
    return !m->lead.v
        || (assignment_offer(r, m, m->lead, PART_LEAD, str_of(matter_action_names.v[mv->action].zh),
                             &mv->subject, e)
            && sight_give(r, m->id, m->lead, GRADE_CONTENT, WHY_LEAD, e)
            && deadline_event(r, m, STR("assign"), mv->subject, m->lead, r->now, e));
}

/* All that was asked went into parts: what goes on of it goes on in them, each reopened by
 * itself; the others stand as they ended. */
static bool wait_for_parts(struct req *r, struct matter *m, struct err *e)
{
    int64_t parts = 0;
    if (!tie_count(r, m, TIE_PART, &parts, e))
        return false;
    if (parts)
        m->facts |= FACT_BIT(PARTS);
    return true;
}

static bool on_reopen(struct req *r, const void *in, void *out, struct err *e)
{
    const struct matter_reopen *x = in;
    struct move mv;
    int64_t own = 0;
    if (!move_begin(&mv, r, MATTER_DO_REOPEN, e))
        return false;
    /* put away without a close: refused, withdrawn or merged is not overturned so */
    if (matter_at_rest(mv.was) && !mv.m.closed_at.ms) {
        const struct name *was = &matter_state_names.v[mv.was];
        return err_setf(e, ERR_WRONG_STATE, "%s" ERR_OR "%s", was->zh, was->en);
    }
    if (!check(r, &mv.m, x, e) || !claim_open_all(r, mv.m.id, mv.m.round, &own, e)
        || !keep_round(r, &mv.m, x, e) || (!own && !wait_for_parts(r, &mv.m, e)))
        return false;
    mv.m.round++;
    mv.m.handler = ID_NONE;
    mv.m.handler_gone = false;
    mv.m.concluded_at = mv.m.replied_at = mv.m.closed_at = (struct stamp){ 0 };
    mv.m.facts &= ~(MATTER_DOUBTS | FACT_BIT(ORAL) | FACT_BIT(TO_VISIT) | FACT_BIT(RULED)
                    | FACT_BIT(REPLY_APPROVAL));
    move_note(&mv, "why", str_of(reason_v[x->why].slug));
    if (x->text.n)
        move_note(&mv, "text", x->text);
    move_note_int(&mv, "round", mv.m.round);
    return party_answers_clear(r, mv.m.id, e)
        && archive_undo(r, &mv.m, e) && offer_again(&mv, e) && move_end(&mv, out, e);
}

static bool on_list(struct req *r, const void *in UNUSED, void *out, struct err *e)
{
    struct matter m;
    return matter_open(r, &m, e)
        && db_all(r->c, e, r->a, &reopening_record, out,
            SQL("SELECT x.id, x.round, x.why, x.text, COALESCE(p.name, '') AS party_name, x.at,"
                " x.concluded_at, x.replied_at, x.closed_at FROM reopening x"
                " LEFT JOIN party p ON p.home = x.home AND p.id = x.party"
                " WHERE x.home = $1 AND x.matter = $2 ORDER BY x.id LIMIT 100"),
            V(m.home), V(m.id));
}

static const struct route reopen_routes[] = {
    MATTER_ACTION("reopen", MATTER_INTAKE, on_reopen, matter_reopen_record,
                  "Open it again, at the body that led it last"),
    DOOR_ACTION("reopen", on_reopen, matter_reopen_record, "Ask that my matter goes on"),
    { "GET", "/api/v1/matters/{id}/reopenings", PERM_MATTER_READ, ROUTE_READ, .apply = on_list,
      .out = &reopening_record, .reply = REPLY_LIST, .doc = "Its earlier rounds" },
    { "GET", "/api/v1/door/matters/{id}/reopenings", PERM_RESIDENT, ROUTE_READ,
      .apply = on_list, .out = &reopening_record, .reply = REPLY_LIST, .sites = SITE_BOTH,
      .doc = "My matter's earlier rounds" },
};
const struct route_table reopen_table = ROUTES("reopen", reopen_routes);
