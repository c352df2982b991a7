/* The matter's own actions. Each is: begin the move, do what only this action
 * does, end the move. */
#include "matter/matter_act.h"
#include "matter/approval.h"
#include "matter/assignment.h"
#include "matter/message.h"

/* Each applicant is answered as he or she chose, unless it was done otherwise. */
#define X(id, slug, zh, en) { slug, zh, en },
static const struct name reply_channel_v[] = {
    { "chosen", "按申请人所选方式", "as each applicant chose" }, PARTY_CHANNELS(X)
};
#undef X
static const struct names reply_channel_names = NAMES("reply_channel", reply_channel_v);

static const struct field matter_reply_fields[] = {
    FIELD(matter_reply, text, .doc = "What the applicant is told; empty: as it was approved",
          .max = 3000, .flags = LINES, .zh = "答复内容", .en = "Reply"),
    FIELD(matter_reply, channel, .doc = "By which channel, if not by each applicant's own",
          .names = &reply_channel_names, .zh = "答复方式", .en = "Answer by"),
};
static const struct record matter_reply_record = RECORD(matter_reply, matter_reply_fields);

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
    [MATTER_DO_ARCHIVE] = "matter_archive", [MATTER_DO_MERGE] = "matter_merge",
    [MATTER_DO_UNMERGE] = "matter_unmerge", [MATTER_DO_SPLIT] = "matter_split",
    [MATTER_DO_JOIN_PARTS] = "matter_join_parts", [MATTER_DO_GO_ON] = "matter_go_on",
    [MATTER_DO_STOP] = "matter_stop", [MATTER_DO_ASK_VOID] = "matter_ask_void",
    [MATTER_DO_DECIDE_VOID] = "matter_decide_void", [MATTER_DO_CORRECT] = "matter_correct",
    [MATTER_DO_ADD_PARTY] = "matter_add_party",
    [MATTER_DO_ASK_REVIEW] = "matter_ask_review", [MATTER_DO_REVIEW] = "matter_review",
    [MATTER_DO_PAUSE] = "matter_pause",       [MATTER_DO_RESUME] = "matter_resume",
    [MATTER_DO_EXTEND] = "matter_extend",
    [MATTER_DO_APPOINT] = "matter_appoint",   [MATTER_DO_ANSWER] = "matter_answer",
    [MATTER_DO_RECORD_ATTEMPT] = "matter_record_attempt",
    [MATTER_DO_URGE] = "matter_urge",         [MATTER_DO_ANSWER_URGE] = "matter_answer_urge",
    [MATTER_DO_SUPERVISE] = "matter_supervise",
    [MATTER_DO_ANSWER_SUPERVISION] = "matter_answer_supervision",
    [MATTER_DO_VISIT] = "matter_visit",       [MATTER_DO_RATE] = "matter_rate",
    [MATTER_DO_REOPEN] = "matter_reopen",
};
struct str matter_action_record(enum matter_action a)
{
    return str_of(action_records[a]);
}

/* One message to each applicant who is in the matter still, one to nobody in
 * particular where there is none. */
static bool tell_applicants(struct req *r, const struct matter *m, const struct matter_reply *x,
                            struct str text, struct err *e)
{
    struct list parties;
    size_t told = 0;
    if (!party_sides(r, m->id, &parties, e))
        return false;
    const struct party *p = parties.v;
    for (size_t i = 0; i < parties.n; i++) {
        unsigned channel = x->channel ? x->channel - 1 : p[i].channel;
        if (p[i].role != PARTY_APPLICANT || p[i].left_at.ms)
            continue;
        if (!message_put(r, m, MESSAGE_REPLY, p[i].id, (enum party_channel)channel, text, e))
            return false;
        told++;
    }
    unsigned channel = x->channel ? x->channel - 1 : CHANNEL_ONLINE;
    return told || message_put(r, m, MESSAGE_REPLY, ID_NONE, (enum party_channel)channel, text, e);
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
        || !tell_applicants(r, &mv.m, x, text, e))
        return false;
    if (mv.m.handler_gone)
        mv.m.handler = r->who->account;
    move_note(&mv, "text", text);
    move_note(&mv, "channel", str_of(reply_channel_names.v[x->channel].slug));
    mv.m.replied_at = r->now;
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
    if (still) {
        mv.m.state = mv.was;
        mv.event = "leave";             /* the matter goes on: no clock of its end starts */
    } else if (mv.m.lead.v && mv.was != MATTER_CONCLUDED && !assignment_recall(r, &mv.m, e))
        return false;
    return move_end(&mv, out, e);
}

static const struct route matter_act_routes[] = {
    MATTER_ACTION("reply", MATTER_ACT, on_reply, matter_reply_record,
                  "Answer the applicant"),
    MATTER_ACTION("withdraw", MATTER_INTAKE, on_withdraw, matter_withdraw_record,
                  "A party leaves, as said at the counter; without an applicant the matter ends"),
    DOOR_ACTION("withdraw", on_withdraw, matter_withdraw_record,
                "Leave a matter: one act, no reason; without an applicant it ends"),
};
const struct route_table matter_act_table = ROUTES("action", matter_act_routes);
