#include "matter/void.h"
#include "db/feed.h"
#include "matter/approval.h"
#include "matter/assignment.h"
#include "matter/docket.h"
#include "matter/matter_act.h"
#include "matter/message.h"
#include "place/place.h"

static const struct field matter_ask_void_fields[] = {
    FIELD(matter_ask_void, reason, .doc = "Why it should never have been recorded", .min = 2,
          .max = 500, .flags = REQUIRED | LINES, .zh = "作废原因", .en = "Why void"),
};
static const struct record matter_ask_void_record = RECORD(matter_ask_void, matter_ask_void_fields);

static const struct field matter_decide_void_fields[] = {
    FIELD(matter_decide_void, confirmed, .doc = "It becomes void; else it goes on as it was",
          .flags = REQUIRED, .zh = "确认作废", .en = "Confirmed"),
    FIELD(matter_decide_void, note, .doc = "Note for the file", .max = 500, .flags = LINES,
          .zh = "备注", .en = "Note"),
};
static const struct record matter_decide_void_record =
    RECORD(matter_decide_void, matter_decide_void_fields);

struct voiding {
    struct id id;
    struct str reason, asked_by_name, decided_by_name, note;
    struct stamp asked_at, decided_at;
    bool confirmed;
};
static const struct field voiding_fields[] = {
    FIELD(voiding, id, .doc = "Key", .flags = HIDDEN),
    FIELD(voiding, asked_by_name, .doc = "Who asked", .zh = "申请人员", .en = "Asked by"),
    FIELD(voiding, asked_at, .doc = "When", .zh = "申请时间", .en = "Asked"),
    FIELD(voiding, reason, .doc = "Why it should never have been recorded",
          .flags = CONTENT | LINES, .zh = "作废原因", .en = "Why void"),
    FIELD(voiding, decided_by_name, .doc = "The second person", .zh = "复核人员",
          .en = "Decided by"),
    FIELD(voiding, decided_at, .doc = "When it was decided", .zh = "复核时间", .en = "Decided"),
    FIELD(voiding, confirmed, .doc = "It became void", .zh = "确认作废", .en = "Confirmed"),
    FIELD(voiding, note, .doc = "Note for the file", .flags = CONTENT | LINES, .zh = "备注",
          .en = "Note"),
};
static const struct record voiding_record = RECORD(voiding, voiding_fields);

static bool on_list(struct req *r, const void *in UNUSED, void *out, struct err *e)
{
    struct matter m;
    return matter_open(r, &m, e)
        && db_all(r->c, e, r->a, &voiding_record, out,
            SQL("SELECT v.id, v.reason, v.asked_at, v.decided_at, v.confirmed, v.note,"
                " COALESCE(a.name, '') AS asked_by_name,"
                " COALESCE(d.name, '') AS decided_by_name FROM voiding v"
                " LEFT JOIN account a ON a.home = v.home AND a.id = v.asked_by"
                " LEFT JOIN account d ON d.home = v.home AND d.id = v.decided_by"
                " WHERE v.home = $1 AND v.matter = $2 ORDER BY v.id LIMIT 100"),
            V(m.home), V(m.id));
}

struct asked { struct id asked_by; struct str reason; };
static const struct field asked_fields[] = {
    FIELD(asked, asked_by, .doc = "Account"), FIELD(asked, reason, .doc = "Why"),
};
static const struct record asked_record = RECORD(asked, asked_fields);

/* Whether somebody else of the owner body does its intake today. */
static bool has_second(struct req *r, const struct matter *m, bool *out, struct err *e)
{
    *out = false;
    for (unsigned role = 0; role < ROLE__COUNT && !*out; role++)
        if (role_perms((enum role)role) & PERM_BIT(PERM_MATTER_INTAKE)
            && !approval_held(r, m->owner, (enum role)role, r->who->account, out, e))
            return false;
    return true;
}

/* Where who asks is alone, the nearest body above that has a head is the second, and may
 * read the matter for as long as that waits: the loan has no day of its own. */
static bool find_second(struct move *mv, struct err *e)
{
    struct req *r = mv->r;
    struct id above;
    bool second;
    if (!has_second(r, &mv->m, &second, e))
        return false;
    if (second) {                       /* nor is who reviewed something earlier asked */
        if (!(mv->m.facts & (FACT_BIT(REVIEW) | FACT_BIT(THIRD_REFUSAL))))
            mv->m.reviewer = ID_NONE;
        return true;
    }
    if (!org_above(r, mv->m.owner, &above, e)
        || !approval_body(r, above, ROLE_HEAD, r->who->account, &above, e))
        return false;
    if (!above.v)
        return err_set(e, ERR_NO_ABOVE);
    mv->m.reviewer = above;
    mv->m.facts |= FACT_BIT(VOID_ABOVE);
    return sight_lend(r, mv->m.id, above, GRADE_CONTENT, WHY_REVIEW, r->now, e);
}

static bool on_ask(struct req *r, const void *in, void *out, struct err *e)
{
    const struct matter_ask_void *x = in;
    struct move mv;
    if (!move_begin(&mv, r, MATTER_DO_ASK_VOID, e) || !find_second(&mv, e)
        || !db_exec(r->c, e, NULL,
            SQL("INSERT INTO voiding (id, home, matter, reason, asked_by, asked_at, decided_by,"
                " decided_at, confirmed, note) VALUES ($1, $2, $3, $4, $5, $6, 0, 0, 0, '')"),
            V(id_make()), V(mv.m.home), V(mv.m.id), V(x->reason), V(r->who->account), V(r->now)))
        return false;
    move_note(&mv, "reason", x->reason);
    mv.m.facts |= FACT_BIT(VOID_ASKED);
    return move_end(&mv, out, e);
}

/* That it is void, unlike that it was decided, is news for the parties. */
static bool tell_parties(struct req *r, const struct matter *m, struct str reason, struct err *e)
{
    struct feed_event x = {
        .home = m->home, .matter = m->id, .kind = STR("voided"), .actor = r->who->account,
        .at = r->now,
    };
    return message_put(r, m, MESSAGE_NOTICE, ID_NONE, CHANNEL_ONLINE, reason, e)
        && feed_add(r->c, &x, e);
}

/* Nothing of it waits for anybody any more, but a danger that must be reported. */
static bool end(struct move *mv, struct str reason, struct err *e)
{
    struct req *r = mv->r;
    bool at_work = mv->was == MATTER_IN_HAND || (mv->was == MATTER_ACCEPTED && mv->m.lead.v);
    mv->m.facts &= FACT_BIT(DANGER) | FACT_BIT(PAUSED);
    return (!at_work || assignment_recall(r, &mv->m, e)) && docket_void(r, &mv->m, reason, e)
        && tell_parties(r, &mv->m, reason, e);
}

/* Who asked may take it back, and may not be the second. */
static bool on_decide(struct req *r, const void *in, void *out, struct err *e)
{
    const struct matter_decide_void *x = in;
    struct move mv;
    struct asked a = { 0 };
    if (!move_begin(&mv, r, MATTER_DO_DECIDE_VOID, e)
        || !db_one(r->c, e, r->a, &asked_record, &a,
            SQL("SELECT asked_by, reason FROM voiding WHERE home = $1 AND matter = $2"
                " AND decided_at = 0"), V(mv.m.home), V(mv.m.id)))
        return false;
    if (x->confirmed && a.asked_by.v == r->who->account.v)
        return err_set(e, ERR_SECOND_PERSON);
    if (!db_exec(r->c, e, NULL,
            SQL("UPDATE voiding SET decided_by = $3, decided_at = $4, confirmed = $5, note = $6"
                " WHERE home = $1 AND matter = $2 AND decided_at = 0"),
            V(mv.m.home), V(mv.m.id), V(r->who->account), V(r->now), V(x->confirmed), V(x->note))
        || (x->confirmed && !end(&mv, a.reason, e)))
        return false;
    move_note(&mv, "decision", x->confirmed ? STR("confirmed") : STR("refused"));
    if (x->confirmed)
        move_note(&mv, "reason", a.reason);
    if (x->note.n)
        move_note(&mv, "note", x->note);
    mv.m.facts &= ~(FACT_BIT(VOID_ASKED) | FACT_BIT(VOID_ABOVE));
    if (!x->confirmed)
        mv.m.state = mv.was;
    return move_end(&mv, out, e);
}

static const struct route void_routes[] = {
    MATTER_ACTION("ask_void", MATTER_INTAKE, on_ask, matter_ask_void_record,
                  "Ask a second person to declare it void"),
    MATTER_ACTION("decide_void", MATTER_ACT, on_decide, matter_decide_void_record,
                  "Declare it void as the second person, or refuse"),
    { "GET", "/api/v1/matters/{id}/voidings", PERM_MATTER_READ, ROUTE_READ, .apply = on_list,
      .out = &voiding_record, .reply = REPLY_LIST, .doc = "When it was to be made void, and why" },
};
const struct route_table void_table = ROUTES("void", void_routes);
