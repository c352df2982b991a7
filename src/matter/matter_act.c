/* The matter's own actions. Each is: begin the move, do what only this action
 * does, end the move. */
#include "matter/matter_act.h"
#include "matter/approval.h"
#include "matter/assignment.h"
#include "matter/claim.h"
#include "matter/message.h"

static const struct field matter_conclude_fields[] = {
    FIELD(matter_conclude, outcomes, .doc = "One for each claim, or one for all",
          .sub = &claim_outcome_record, .min = 1, .max = 50, .flags = REQUIRED, .zh = "结果",
          .en = "Outcomes"),
    FIELD(matter_conclude, summary, .doc = "How it was handled", .max = 3000,
          .flags = REQUIRED | LINES, .zh = "办理情况", .en = "What was done"),
};
static const struct record matter_conclude_record = RECORD(matter_conclude, matter_conclude_fields);

static const struct field matter_reply_fields[] = {
    FIELD(matter_reply, text, .doc = "What the applicant is told; empty: as it was approved",
          .max = 3000, .flags = LINES, .zh = "答复内容", .en = "Reply"),
    FIELD(matter_reply, channel, .doc = "By which channel", .names = &party_channel_names,
          .preset = "phone", .zh = "答复方式", .en = "Answer by"),
};
static const struct record matter_reply_record = RECORD(matter_reply, matter_reply_fields);

static const struct field party_says_fields[] = {
    FIELD(party_says, party, .doc = "Whose answer", .flags = REQUIRED, .zh = "当事人",
          .en = "Party"),
    FIELD(party_says, answer, .doc = "Own answer to the outcome", .names = &party_answer_names,
          .flags = REQUIRED, .zh = "本人意见", .en = "Own answer"),
    FIELD(party_says, note, .doc = "How it was asked", .max = 300, .zh = "说明", .en = "Note"),
};
static const struct record party_says_record = RECORD(party_says, party_says_fields);

static const struct field matter_close_fields[] = {
    FIELD(matter_close, answers, .doc = "Each side's own answer", .sub = &party_says_record,
          .max = 50, .zh = "各方意见", .en = "Answers"),
    FIELD(matter_close, note, .doc = "Note for the file", .max = 500, .flags = LINES,
          .zh = "备注", .en = "Note"),
};
static const struct record matter_close_record = RECORD(matter_close, matter_close_fields);

static const struct field matter_withdraw_fields[] = {
    FIELD(matter_withdraw, party, .doc = "Who withdraws, where it is said at the counter",
          .zh = "当事人", .en = "Party"),
};
static const struct record matter_withdraw_record = RECORD(matter_withdraw, matter_withdraw_fields);

/* By name, because two of them live to the right of this room; a test walks the
 * routes and proves that each name is the record of its address. */
static const char *const action_records[MATTER_ACTION__COUNT] = {
    [MATTER_DO_ACCEPT] = "matter_accept",     [MATTER_DO_ASSIGN] = "matter_assign",
    [MATTER_DO_TAKE] = "matter_take",         [MATTER_DO_CONCLUDE] = "matter_conclude",
    [MATTER_DO_REPLY] = "matter_reply",       [MATTER_DO_CLOSE] = "matter_close",
    [MATTER_DO_WITHDRAW] = "matter_withdraw", [MATTER_DO_ASK_DETAILS] = "matter_ask_details",
    [MATTER_DO_ADD_DETAILS] = "matter_add_details", [MATTER_DO_DECLINE] = "matter_decline",
    [MATTER_DO_OBJECT] = "matter_object", [MATTER_DO_DECIDE_OBJECTION] = "matter_decide_objection",
    [MATTER_DO_RULE_OBJECTION] = "matter_rule_objection", [MATTER_DO_RECALL] = "matter_recall",
    [MATTER_DO_TRANSFER] = "matter_transfer", [MATTER_DO_ASK_APPROVAL] = "matter_ask_approval",
    [MATTER_DO_DECIDE_APPROVAL] = "matter_decide_approval",
    [MATTER_DO_NOTE_LEADER] = "matter_note_leader", [MATTER_DO_REPORT_UP] = "matter_report_up",
    [MATTER_DO_REPORT_DANGER] = "matter_report_danger",
    [MATTER_DO_STOP] = "matter_stop", [MATTER_DO_ASK_VOID] = "matter_ask_void",
    [MATTER_DO_DECIDE_VOID] = "matter_decide_void", [MATTER_DO_CORRECT] = "matter_correct",
    [MATTER_DO_ASK_REVIEW] = "matter_ask_review", [MATTER_DO_REVIEW] = "matter_review",
    [MATTER_DO_PAUSE] = "matter_pause",       [MATTER_DO_RESUME] = "matter_resume",
    [MATTER_DO_EXTEND] = "matter_extend",
};
struct str matter_action_record(enum matter_action a)
{
    return str_of(action_records[a]);
}

static bool on_conclude(struct req *r, const void *in, void *out, struct err *e)
{
    const struct matter_conclude *x = in;
    struct move mv;
    if (!move_begin(&mv, r, MATTER_DO_CONCLUDE, e) || !claim_conclude(r, &mv.m, x->outcomes, e)
        || !assignment_done(r, &mv.m, e))
        return false;
    json_put_key(mv.payload, "", "outcomes");
    const struct claim_outcome *v = x->outcomes.v;
    for (size_t i = 0; i < x->outcomes.n; i++) {
        buf_add_char(mv.payload, i ? ',' : '[');
        record_to_json(&claim_outcome_record, &v[i], SIGHT_ALL, mv.payload);
    }
    buf_add_char(mv.payload, ']');
    move_note(&mv, "summary", x->summary);
    mv.m.concluded_at = r->now;
    if (approval_steps(r, &mv.m, APPROVAL_OF_REPLY).n)
        mv.m.facts |= FACT_BIT(REPLY_APPROVAL);
    return move_end(&mv, out, e);
}

/* What was approved is what is sent. */
static bool reply_text(struct move *mv, const struct matter_reply *x, struct str *out,
                       struct err *e)
{
    struct str approved;
    bool found;
    if (!approval_use(mv->r, &mv->m, APPROVAL_OF_REPLY, &approved, &found, e))
        return false;
    if (found && x->text.n && !str_eq(x->text, approved))
        return err_field(e, ERR_NOT_AS_APPROVED, "text");
    *out = found ? approved : x->text;
    return out->n || err_field(e, ERR_REQUIRED, "text");
}

static bool on_reply(struct req *r, const void *in, void *out, struct err *e)
{
    const struct matter_reply *x = in;
    struct move mv;
    struct str text;
    if (!move_begin(&mv, r, MATTER_DO_REPLY, e) || !reply_text(&mv, x, &text, e)
        || !message_put(r, &mv.m, MESSAGE_REPLY, ID_NONE, (enum party_channel)x->channel, text, e))
        return false;
    move_note(&mv, "text", text);
    move_note(&mv, "channel", str_of(party_channel_names.v[x->channel].slug));
    mv.m.replied_at = r->now;
    return move_end(&mv, out, e);
}

/* Whether p must have answered before the matter may close: both sides of a
 * dispute, the applicant of anything else. */
static bool must_answer(const struct matter *m, const struct party *p)
{
    if (p->left_at.ms)
        return false;
    return p->role == PARTY_APPLICANT || (m->kind == MATTER_DISPUTE && p->role == PARTY_RESPONDENT);
}

static const struct party_says *says(const struct matter_close *x, struct id party)
{
    const struct party_says *v = x->answers.v;
    for (size_t i = 0; i < x->answers.n; i++)
        if (v[i].party.v == party.v)
            return &v[i];
    return NULL;
}

/* Nobody answers for somebody who is not in the matter. */
static bool all_known(const struct matter_close *x, struct list parties, struct err *e)
{
    const struct party_says *v = x->answers.v;
    const struct party *p = parties.v;
    for (size_t i = 0; i < x->answers.n; i++) {
        size_t k = 0;
        while (k < parties.n && p[k].id.v != v[i].party.v)
            k++;
        if (k == parties.n) {
            err_field(e, ERR_NO_SUCH_REF, "party");
            err_at(e, "answers", i);
            return false;
        }
    }
    return true;
}

static bool take_answers(struct move *mv, const struct matter_close *x, struct err *e)
{
    struct list parties;
    if (!party_list(mv->r, mv->m.id, &parties, e) || !all_known(x, parties, e))
        return false;
    const struct party *p = parties.v;
    for (size_t i = 0; i < parties.n; i++) {
        const struct party_says *s = says(x, p[i].id);
        unsigned answer = s ? s->answer : p[i].answer;
        if (must_answer(&mv->m, &p[i]) && answer == ANSWER_NONE)
            return err_fieldf(e, ERR_NO_ANSWER, "answers", "%.*s", STR_ARG(p[i].name));
        if (s && !party_answer_set(mv->r, mv->m.id, p[i].id, (enum party_answer)s->answer, e))
            return false;
    }
    return true;
}

static bool on_close(struct req *r, const void *in, void *out, struct err *e)
{
    const struct matter_close *x = in;
    struct move mv;
    if (!move_begin(&mv, r, MATTER_DO_CLOSE, e) || !take_answers(&mv, x, e))
        return false;
    const struct party_says *v = x->answers.v;
    json_put_key(mv.payload, "", "answers");
    buf_add_char(mv.payload, '[');
    for (size_t i = 0; i < x->answers.n; i++) {
        if (i)
            buf_add_char(mv.payload, ',');
        record_to_json(&party_says_record, &v[i], SIGHT_ALL, mv.payload);
    }
    buf_add_char(mv.payload, ']');
    if (x->note.n)
        move_note(&mv, "note", x->note);
    mv.m.closed_at = r->now;
    return move_end(&mv, out, e);
}

/* Marks who leaves: the party named at the counter, or all that are the
 * account's own. */
static bool leave(struct move *mv, struct id party, int64_t *left, struct err *e)
{
    struct req *r = mv->r;
    bool self = r->who->kind == ACCOUNT_RESIDENT;
    if (!self && !party.v)
        return err_field(e, ERR_REQUIRED, "party");
    return db_exec(r->c, e, left,
        SQL("UPDATE party SET left_at = $3, version = version + 1"
            " WHERE home = $1 AND matter = $2 AND left_at = 0"
            " AND ((CAST($4 AS BIGINT) = 0 AND id = $5)"
            " OR (CAST($4 AS BIGINT) = 1 AND account = $6))"),
        V(mv->m.home), V(mv->m.id), V(r->now), V(self), V(party), V(r->who->account))
        && (*left > 0 || err_field(e, ERR_NO_SUCH_REF, "party"));
}

static bool on_withdraw(struct req *r, const void *in, void *out, struct err *e)
{
    const struct matter_withdraw *x = in;
    struct move mv;
    int64_t left = 0, still = 0;
    if (!move_begin(&mv, r, MATTER_DO_WITHDRAW, e) || !leave(&mv, x->party, &left, e)
        || !db_int(r->c, e, &still,
            SQL("SELECT COUNT(*) FROM party WHERE home = $1 AND matter = $2 AND role = 0"
                " AND left_at = 0"),
            V(mv.m.home), V(mv.m.id)))
        return false;
    mv.subject = r->who->kind == ACCOUNT_RESIDENT ? ID_NONE : x->party;
    move_note_int(&mv, "left", left);
    if (still)
        mv.m.state = mv.was;
    else if (mv.m.lead.v && mv.was != MATTER_CONCLUDED && !assignment_recall(r, &mv.m, e))
        return false;
    return move_end(&mv, out, e);
}

static const struct route matter_act_routes[] = {
    MATTER_ACTION("conclude", MATTER_HANDLE, on_conclude, matter_conclude_record,
                  "Record the outcome of every claim"),
    MATTER_ACTION("reply", MATTER_ACT, on_reply, matter_reply_record,
                  "Answer the applicant"),
    MATTER_ACTION("close", MATTER_INTAKE, on_close, matter_close_record,
                  "Close with each side's own answer"),
    MATTER_ACTION("withdraw", MATTER_INTAKE, on_withdraw, matter_withdraw_record,
                  "A party leaves, as said at the counter; without an applicant the matter ends"),
    DOOR_ACTION("withdraw", on_withdraw, matter_withdraw_record,
                "Leave a matter: one act, no reason; without an applicant it ends"),
};
const struct route_table matter_act_table = ROUTES("action", matter_act_routes);
