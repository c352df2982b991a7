#include "matter/acceptance.h"
#include "app/codebook.h"
#include "matter/deadline.h"
#include "matter/matter_act.h"
#include "matter/message.h"
#include "matter/deadline_change.h"
#include "matter/pause.h"
#include "place/place.h"

static const struct field matter_accept_fields[] = {
    FIELD(matter_accept, type, .doc = "Type, where intake knows better", .max = 40,
          .format = FORMAT_CODE, .codelist = "{kind}_type", .zh = "类型", .en = "Type"),
    FIELD(matter_accept, note, .doc = "Note for the file", .max = 500, .flags = LINES,
          .zh = "备注", .en = "Note"),
};
static const struct record matter_accept_record = RECORD(matter_accept, matter_accept_fields);

static const struct field matter_ask_details_fields[] = {
    FIELD(matter_ask_details, text, .doc = "What is missing, as the applicant is told", .min = 2,
          .max = 2000, .flags = REQUIRED | LINES, .zh = "需补正的内容", .en = "What is missing"),
};
static const struct record matter_ask_details_record =
    RECORD(matter_ask_details, matter_ask_details_fields);

static const struct field matter_add_details_fields[] = {
    FIELD(matter_add_details, text, .doc = "What the applicant adds", .max = 5000,
          .flags = REQUIRED | LINES, .zh = "补正内容", .en = "Details"),
};
static const struct record matter_add_details_record =
    RECORD(matter_add_details, matter_add_details_fields);

static const struct field matter_go_on_fields[] = {
    FIELD(matter_go_on, text, .doc = "What it goes on with, as the applicant is told", .min = 2,
          .max = 2000, .flags = REQUIRED | LINES, .zh = "说明", .en = "Explanation"),
};
static const struct record matter_go_on_record = RECORD(matter_go_on, matter_go_on_fields);

static const struct field matter_decline_fields[] = {
    FIELD(matter_decline, reason, .doc = "Why", .max = 40, .format = FORMAT_CODE,
          .codelist = "decline_reason", .flags = REQUIRED, .zh = "不予受理理由", .en = "Reason"),
    FIELD(matter_decline, routes, .doc = "Other ways, codes by blanks; the reason's when not sent",
          .max = 200, .format = FORMAT_CODES, .codelist = "route",
          .zh = "其他途径", .en = "Other routes"),
    FIELD(matter_decline, text, .doc = "As the applicant is told", .min = 2, .max = 2000,
          .flags = REQUIRED | LINES, .zh = "说明", .en = "Explanation"),
};
static const struct record matter_decline_record = RECORD(matter_decline, matter_decline_fields);

static const struct field matter_ask_review_fields[] = {
    FIELD(matter_ask_review, party, .doc = "Who asks, where it is said at the counter",
          .zh = "当事人", .en = "Party"),
    FIELD(matter_ask_review, grounds, .doc = "Why it should be accepted", .max = 2000,
          .flags = LINES, .zh = "申请复核的理由", .en = "Grounds"),
};
static const struct record matter_ask_review_record =
    RECORD(matter_ask_review, matter_ask_review_fields);

static const struct field matter_review_fields[] = {
    FIELD(matter_review, upheld, .doc = "The refusal stands; else the matter is accepted",
          .flags = REQUIRED, .zh = "维持不予受理", .en = "The refusal stands"),
    FIELD(matter_review, text, .doc = "Why, as the applicant is told", .min = 2, .max = 2000,
          .flags = REQUIRED | LINES, .zh = "复核意见", .en = "Decision"),
};
static const struct record matter_review_record = RECORD(matter_review, matter_review_fields);

static const struct field refusal_fields[] = {
    FIELD(refusal, id, .doc = "Key", .flags = HIDDEN | PARTY),
    FIELD(refusal, reason, .doc = "Why", .format = FORMAT_CODE, .codelist = "decline_reason",
          .flags = PARTY, .zh = "不予受理理由", .en = "Reason"),
    FIELD(refusal, routes, .doc = "Other ways, codes by blanks", .flags = PARTY,
          .format = FORMAT_CODES, .codelist = "route",
          .zh = "其他途径", .en = "Other routes"),
    FIELD(refusal, text, .doc = "As told", .flags = CONTENT | PARTY | LINES, .zh = "说明",
          .en = "Explanation"),
    FIELD(refusal, at, .doc = "When", .flags = PARTY, .zh = "时间", .en = "Time"),
    FIELD(refusal, asked_at, .doc = "When a review was asked for", .flags = PARTY,
          .zh = "申请复核时间", .en = "Review asked"),
    FIELD(refusal, grounds, .doc = "Grounds of the review", .flags = CONTENT | PARTY | LINES,
          .zh = "申请复核的理由", .en = "Grounds"),
    FIELD(refusal, decided_at, .doc = "When it was decided", .flags = PARTY, .zh = "复核时间",
          .en = "Decided"),
    FIELD(refusal, upheld, .doc = "The refusal stands", .flags = PARTY, .zh = "维持不予受理",
          .en = "The refusal stands"),
    FIELD(refusal, decision, .doc = "As told", .flags = CONTENT | PARTY | LINES,
          .zh = "复核意见", .en = "Decision"),
};
const struct record refusal_record = RECORD(refusal, refusal_fields);

static bool on_accept(struct req *r, const void *in, void *out, struct err *e)
{
    const struct matter_accept *x = in;
    struct move mv;
    if (!move_begin(&mv, r, MATTER_DO_ACCEPT, e))
        return false;
    if (x->type.n) {
        struct str list = arena_printf(r->a, "%s_type", matter_kind_names.v[mv.m.kind].slug);
        if (!codebook_code(r->app, list, x->type, DAY_NONE))
            return err_field(e, ERR_NO_SUCH_REF, "type");
        mv.m.type = x->type;
        move_note(&mv, "type", x->type);
        if (!deadline_reckon(r, &mv.m, e))
            return false;
    }
    if (x->note.n)
        move_note(&mv, "note", x->note);
    mv.m.accepted_at = r->now;
    return move_end(&mv, out, e);
}

static bool on_ask_details(struct req *r, const void *in, void *out, struct err *e)
{
    const struct matter_ask_details *x = in;
    struct move mv;
    struct id pause;
    if (!move_begin(&mv, r, MATTER_DO_ASK_DETAILS, e)
        || !pause_begin(r, &mv.m, STR("details"), DAY_NONE, x->text, &pause, e)
        || !message_put(r, &mv.m, MESSAGE_NOTICE, ID_NONE, CHANNEL_ONLINE, x->text, e))
        return false;
    move_note(&mv, "text", x->text);
    return move_end(&mv, out, e);
}

/* What was told stays as it was; the details stand below it with their day. */
static bool on_add_details(struct req *r, const void *in, void *out, struct err *e)
{
    const struct matter_add_details *x = in;
    struct move mv;
    if (!move_begin(&mv, r, MATTER_DO_ADD_DETAILS, e))
        return false;
    struct civil d = civil_of_day(day_of_stamp(r->now));
    struct str story = arena_printf(r->a, "%.*s%s（%d-%02d-%02d 补正）%.*s", STR_ARG(mv.m.story),
                                    mv.m.story.n ? "\n" : "", d.year, d.month, d.day,
                                    STR_ARG(x->text));
    if (story.n > 80000)
        return err_fieldf(e, ERR_TOO_LONG, "text", "%d", 20000);
    if (!message_put(r, &mv.m, MESSAGE_FROM_PARTY, ID_NONE, CHANNEL_ONLINE, x->text, e)
        || !db_exec(r->c, e, NULL,
            SQL("UPDATE matter SET story = $3 WHERE home = $1 AND id = $2"), V(mv.m.home),
            V(mv.m.id), V(story)))
        return false;
    move_note(&mv, "text", x->text);
    return move_end(&mv, out, e);
}

bool acceptance_know_routes(struct req *r, struct str routes, struct err *e)
{
    struct str one;
    for (bool more = routes.n > 0; more;) {
        more = str_cut(routes, ' ', &one, &routes);
        if (one.n && !codebook_code(r->app, STR("route"), one, DAY_NONE))
            return err_field(e, ERR_NO_SUCH_REF, "routes");
    }
    return true;
}

/* The applicant's time is over: the body says what it goes on with, and nothing is put
 * into the applicant's mouth. */
static bool on_go_on(struct req *r, const void *in, void *out, struct err *e)
{
    const struct matter_go_on *x = in;
    struct move mv;
    if (!move_begin(&mv, r, MATTER_DO_GO_ON, e)
        || !message_put(r, &mv.m, MESSAGE_NOTICE, ID_NONE, CHANNEL_ONLINE, x->text, e))
        return false;
    move_note(&mv, "text", x->text);
    return move_end(&mv, out, e);
}

static bool on_decline(struct req *r, const void *in, void *out, struct err *e)
{
    const struct matter_decline *x = in;
    struct move mv;
    if (!move_begin(&mv, r, MATTER_DO_DECLINE, e))
        return false;
    const struct code_entry *why = codebook_code(r->app, STR("decline_reason"), x->reason,
                                                 DAY_NONE);
    if (!why || !str_has_word(code_extra(why, r->a, "kinds"),
                              str_of(matter_kind_names.v[mv.m.kind].slug)))
        return err_field(e, ERR_NO_SUCH_REF, "reason");
    struct str routes = x->routes.n ? x->routes : code_extra(why, r->a, "routes");
    if (!acceptance_know_routes(r, routes, e)
        || !db_exec(r->c, e, NULL,
            SQL("INSERT INTO refusal (id, home, matter, reason, routes, text, declined_by, at,"
                " asked_at, grounds, decided_at, decided_by, upheld, decision)"
                " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 0, '', 0, 0, 0, '')"),
            V(id_make()), V(mv.m.home), V(mv.m.id), V(x->reason), V(routes), V(x->text),
            V(r->who->account), V(r->now))
        || !message_put(r, &mv.m, MESSAGE_NOTICE, ID_NONE, CHANNEL_ONLINE, x->text, e))
        return false;
    move_note(&mv, "reason", x->reason);
    move_note(&mv, "routes", routes);
    move_note(&mv, "text", x->text);
    mv.m.facts &= ~FACT_BIT(REVIEWED);
    return move_end(&mv, out, e);
}

/* The body above the owner: ERR_NO_ABOVE when there is none. */
static bool find_reviewer(struct req *r, const struct matter *m, struct id *out, struct err *e)
{
    return org_above(r, m->owner, out, e) && (out->v || err_set(e, ERR_NO_ABOVE));
}

static bool is_party(struct req *r, const struct matter *m, struct id party, struct err *e)
{
    int64_t known = 0;
    return db_int(r->c, e, &known,
            SQL("SELECT 1 FROM party WHERE home = $1 AND matter = $2 AND id = $3"), V(m->home),
            V(m->id), V(party))
        && (known || err_field(e, ERR_NO_SUCH_REF, "party"));
}

/* Asking opens the content to who reviews, until it is decided. */
static bool on_ask_review(struct req *r, const void *in, void *out, struct err *e)
{
    const struct matter_ask_review *x = in;
    struct move mv;
    struct id party = r->who->kind == ACCOUNT_RESIDENT ? ID_NONE : x->party;
    if (!move_begin(&mv, r, MATTER_DO_ASK_REVIEW, e)
        || (party.v && !is_party(r, &mv.m, party, e)) || !find_reviewer(r, &mv.m, &mv.m.reviewer, e)
        || !db_exec(r->c, e, NULL,
            SQL("UPDATE refusal SET asked_at = $3, grounds = $4 WHERE home = $1 AND matter = $2"
                " AND asked_at = 0"), V(mv.m.home), V(mv.m.id), V(r->now), V(x->grounds))
        || !sight_give(r, mv.m.id, mv.m.reviewer, GRADE_CONTENT, WHY_REVIEW, e))
        return false;
    mv.subject = party;
    if (x->grounds.n)
        move_note(&mv, "grounds", x->grounds);
    mv.m.facts |= FACT_BIT(REVIEW);
    return move_end(&mv, out, e);
}

static bool on_review(struct req *r, const void *in, void *out, struct err *e)
{
    const struct matter_review *x = in;
    struct move mv;
    if (!move_begin(&mv, r, MATTER_DO_REVIEW, e)
        || !db_exec(r->c, e, NULL,
            SQL("UPDATE refusal SET decided_at = $3, decided_by = $4, upheld = $5, decision = $6"
                " WHERE home = $1 AND matter = $2 AND asked_at > 0 AND decided_at = 0"),
            V(mv.m.home), V(mv.m.id), V(r->now), V(r->who->account), V(x->upheld), V(x->text))
        || !sight_lower(r, mv.m.id, mv.m.reviewer, e)
        || !message_put(r, &mv.m, MESSAGE_NOTICE, ID_NONE, CHANNEL_ONLINE, x->text, e))
        return false;
    move_note(&mv, "decision", x->upheld ? STR("upheld") : STR("overturned"));
    move_note(&mv, "text", x->text);
    mv.m.facts = (mv.m.facts & ~FACT_BIT(REVIEW)) | FACT_BIT(REVIEWED);
    if (x->upheld)
        mv.m.state = mv.was;
    else
        mv.m.accepted_at = r->now, mv.event = "accept";
    return (x->upheld || deadline_revive(r, &mv.m, STR("whole"), e)) && move_end(&mv, out, e);
}

bool refusal_last(struct req *r, struct id matter, struct refusal *out, bool *found,
                  struct err *e)
{
    return db_maybe(r->c, e, r->a, &refusal_record, out, found,
        SQL("SELECT id, reason, routes, text, at, asked_at, grounds, decided_at, upheld, decision"
            " FROM refusal WHERE home = $1 AND matter = $2 ORDER BY id DESC LIMIT 1"),
        V(r->who->home), V(matter));
}

/* As a list of none or one: a matter may be refused again after a review. */
static bool on_refusals(struct req *r, const void *in UNUSED, void *out, struct err *e)
{
    struct matter m;
    return matter_open(r, &m, e)
        && db_all(r->c, e, r->a, &refusal_record, out,
            SQL("SELECT id, reason, routes, text, at, asked_at, grounds, decided_at, upheld,"
                " decision FROM refusal WHERE home = $1 AND matter = $2 ORDER BY id LIMIT 100"),
            V(m.home), V(m.id));
}

static const struct route acceptance_routes[] = {
    MATTER_ACTION("accept", MATTER_INTAKE, on_accept, matter_accept_record,
                  "Accept a matter: its clocks start"),
    MATTER_ACTION("ask_details", MATTER_INTAKE, on_ask_details, matter_ask_details_record,
                  "Tell the applicant what is missing"),
    MATTER_ACTION("add_details", MATTER_INTAKE, on_add_details, matter_add_details_record,
                  "Add what the applicant brought"),
    MATTER_ACTION("go_on", MATTER_INTAKE, on_go_on, matter_go_on_record,
                  "Go on with what there is, once the time to give details is over"),
    MATTER_ACTION("decline", MATTER_INTAKE, on_decline, matter_decline_record,
                  "Decline, with the reason and the other ways"),
    MATTER_ACTION("ask_review", MATTER_INTAKE, on_ask_review, matter_ask_review_record,
                  "Ask the body above to review the refusal, as said at the counter"),
    MATTER_ACTION("review", MATTER_APPROVE, on_review, matter_review_record,
                  "Decide the review of a refusal"),
    DOOR_ACTION("add_details", on_add_details, matter_add_details_record,
                "Add what was asked for"),
    DOOR_ACTION("ask_review", on_ask_review, matter_ask_review_record,
                "Ask the body above to review the refusal"),
    { "GET", "/api/v1/matters/{id}/refusals", PERM_MATTER_READ, ROUTE_READ,
      .apply = on_refusals, .out = &refusal_record, .reply = REPLY_LIST,
      .doc = "Refusals and their reviews" },
    { "GET", "/api/v1/door/matters/{id}/refusals", PERM_RESIDENT, ROUTE_READ,
      .apply = on_refusals, .out = &refusal_record, .reply = REPLY_LIST, .sites = SITE_BOTH,
      .doc = "Refusals and their reviews in my matter" },
};
const struct route_table acceptance_table = ROUTES("acceptance", acceptance_routes);
