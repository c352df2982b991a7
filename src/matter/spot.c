#include "matter/spot.h"
#include "app/checks.h"
#include "app/codebook.h"
#include "base/utf8.h"
#include "matter/answer.h"
#include "matter/approval.h"
#include "matter/assignment.h"
#include "matter/claim.h"
#include "matter/conclusion.h"
#include "matter/deadline.h"
#include "matter/intake.h"
#include "matter/message.h"
#include "matter/outcome.h"

#define X(id, slug, zh, en) { slug, zh, en },
static const struct name how_v[] = { SPOT_HOWS(X) };
#undef X
static const struct names how_names = NAMES("spot_how", how_v);

/* Members of a party and of a claim as one screen asks for them: each side with its
 * own answer, each claim with its outcome. */
static const struct field spot_party_fields[] = {
    FIELD(party, role, .doc = "On which side", .names = &party_role_names, .zh = "身份",
          .en = "Side"),
    FIELD(party, kind, .doc = "Person or organisation", .names = &party_kind_names,
          .zh = "类别", .en = "Person or organisation"),
    FIELD(party, name, .doc = "Name as on the papers", .max = 100, .format = FORMAT_PERSON,
          .flags = REQUIRED, .zh = "姓名或名称", .en = "Name"),
    FIELD(party, phone, .doc = "Telephone number", .max = 40, .format = FORMAT_PHONE,
          .flags = SECRET, .check = check_phone, .zh = "联系电话", .en = "Telephone"),
    FIELD(party, answer, .doc = "Own answer to the outcome, given on the spot",
          .names = &own_answer_names, .zh = "本人意见", .en = "Own answer"),
};
static const struct record spot_party_record = {
    .name = "spot_party", .size = sizeof(struct party), .f = spot_party_fields,
    .n = COUNT(spot_party_fields),
};
static const struct field spot_claim_fields[] = {
    FIELD(claim, text, .doc = "What was asked", .max = 500, .flags = REQUIRED, .zh = "请求内容",
          .en = "Claim"),
    FIELD(claim, amount, .doc = "How much money was asked", .max = 100000000000000,
          .zh = "金额", .en = "Amount"),
    FIELD(claim, outcome, .doc = "How it ended; that of the whole when not sent", .max = 40,
          .format = FORMAT_CODE, .codelist = "outcome", .zh = "结果", .en = "Outcome"),
    FIELD(claim, settled, .doc = "How much was agreed", .max = 100000000000000,
          .zh = "协议金额", .en = "Agreed"),
};
static const struct record spot_claim_record = {
    .name = "spot_claim", .size = sizeof(struct claim), .f = spot_claim_fields,
    .n = COUNT(spot_claim_fields),
};

struct matter_spot {
    unsigned kind, how, form;
    struct str title, story, type, source, place, outcome, routes, summary, old_number, late_reason;
    struct id area;
    struct stamp happened_at, asked_at, settled_at;
    struct fen settled;
    int64_t people;
    struct list parties, claims;
};
static const struct field matter_spot_fields[] = {
    FIELD(matter_spot, kind, .doc = "What kind of demand it was", .names = &matter_kind_names,
          .flags = REQUIRED, .zh = "事项类别", .en = "Kind"),
    FIELD(matter_spot, title, .doc = "One line", .max = 100, .flags = REQUIRED, .zh = "标题",
          .en = "Title"),
    FIELD(matter_spot, type, .doc = "Code in the kind's own list", .max = 40,
          .format = FORMAT_CODE, .codelist = "{kind}_type", .zh = "类型", .en = "Type"),
    FIELD(matter_spot, how, .doc = "Where it was settled", .names = &how_names,
          .preset = "counter", .zh = "办理方式", .en = "How"),
    FIELD(matter_spot, source, .doc = "How it came in; by how it was settled when not sent",
          .max = 40, .format = FORMAT_CODE, .codelist = "source", .zh = "来源", .en = "Source"),
    FIELD(matter_spot, area, .doc = "Where it happened; the body's own area when not sent",
          .format = FORMAT_AREA, .zh = "辖区", .en = "Area"),
    FIELD(matter_spot, place, .doc = "Where exactly", .max = 200, .zh = "地点", .en = "Place"),
    FIELD(matter_spot, happened_at, .doc = "When it happened", .zh = "发生时间",
          .en = "Happened"),
    FIELD(matter_spot, asked_at, .doc = "When it was brought; when it was settled if not sent",
          .zh = "提出时间", .en = "Asked"),
    FIELD(matter_spot, settled_at, .doc = "When it was settled; now if not sent",
          .zh = "办结时间", .en = "Settled"),
    FIELD(matter_spot, people, .doc = "Persons involved", .max = 100000, .zh = "涉及人数",
          .en = "Persons"),
    FIELD(matter_spot, story, .doc = "What happened, as told", .max = 20000, .flags = LINES,
          .zh = "情况", .en = "What happened"),
    FIELD(matter_spot, parties, .doc = "Who was in it", .sub = &spot_party_record, .max = 50,
          .zh = "当事人", .en = "Parties"),
    FIELD(matter_spot, claims, .doc = "What was asked; the title when none is sent",
          .sub = &spot_claim_record, .max = 50, .zh = "请求", .en = "Claims"),
    FIELD(matter_spot, outcome, .doc = "How it ended", .max = 40, .format = FORMAT_CODE,
          .codelist = "outcome", .flags = REQUIRED, .zh = "结果", .en = "Outcome"),
    FIELD(matter_spot, settled, .doc = "How much was agreed", .max = 100000000000000,
          .zh = "协议金额", .en = "Agreed"),
    FIELD(matter_spot, form, .doc = "Form of the agreement, where there is one",
          .names = &agreement_form_names, .preset = "oral", .zh = "协议形式",
          .en = "Form of agreement"),
    FIELD(matter_spot, routes, .doc = "Other ways that were told, codes by blanks", .max = 200,
          .format = FORMAT_CODES, .codelist = "route",
          .zh = "已告知的其他途径", .en = "Routes told"),
    FIELD(matter_spot, summary, .doc = "What was said and agreed", .min = 2, .max = 3000,
          .flags = REQUIRED | LINES, .zh = "处理经过和结果", .en = "What was agreed"),
    FIELD(matter_spot, old_number, .doc = "Number in the old file, of what is recorded later",
          .max = 60, .zh = "原卷号", .en = "Old number"),
    FIELD(matter_spot, late_reason, .doc = "Why it is recorded later", .max = 300,
          .zh = "补录原因", .en = "Why later"),
};
static const struct record matter_spot_record = RECORD(matter_spot, matter_spot_fields);

struct matter_advice { struct str text, type, answer; unsigned how; };
static const struct field matter_advice_fields[] = {
    FIELD(matter_advice, text, .doc = "What was asked", .min = 2, .max = 2000,
          .flags = REQUIRED | LINES, .zh = "咨询内容", .en = "Question"),
    FIELD(matter_advice, type, .doc = "Type, where it is known", .max = 40,
          .format = FORMAT_CODE, .codelist = "advice_type", .zh = "类型", .en = "Type"),
    FIELD(matter_advice, answer, .doc = "What was answered", .max = 3000, .flags = LINES,
          .zh = "答复", .en = "Answer"),
    FIELD(matter_advice, how, .doc = "Where it was asked", .names = &how_names,
          .preset = "counter", .zh = "方式", .en = "How"),
};
static const struct record matter_advice_record = RECORD(matter_advice, matter_advice_fields);

/* A century is enough for any file, and keeps a slip of the year out. */
enum { OLDEST_YEAR = 1950 };

/* Recorded afterwards: it was over on an earlier day. */
static bool is_later(const struct req *r, const struct matter_spot *x)
{
    return day_of_stamp(x->settled_at).n < day_of_stamp(r->now).n;
}

static bool check_times(const struct req *r, struct matter_spot *x, struct err *e)
{
    if (!x->settled_at.ms)
        x->settled_at = r->now;
    if (!x->asked_at.ms)
        x->asked_at = x->settled_at;
    if (!x->happened_at.ms)
        x->happened_at = x->asked_at;
    struct stamp oldest = stamp_of_day(day_of_civil(OLDEST_YEAR, 1, 1));
    const struct { const char *field; struct stamp t, max; const char *zh, *en; } all[] = {
        { "settled_at", x->settled_at, r->now, "现在", "now" },
        { "asked_at", x->asked_at, x->settled_at, "办结时间", "the settling" },
        { "happened_at", x->happened_at, x->asked_at, "提出时间", "the asking" },
    };
    for (size_t i = 0; i < COUNT(all); i++)
        if (all[i].t.ms > all[i].max.ms || all[i].t.ms < oldest.ms)
            return err_fieldf(e, ERR_OUT_OF_RANGE, all[i].field,
                              "应在 %d 年以后，不晚于%s" ERR_OR "in %d or later, not after %s",
                              OLDEST_YEAR, all[i].zh, OLDEST_YEAR, all[i].en);
    return !is_later(r, x) || x->late_reason.n || x->old_number.n
        || err_field(e, ERR_NEED_REASON, "late_reason");
}

/* What was agreed is some claim's: of one alone it is clear, of several each says it. */
static bool check_money(const struct matter_spot *x, struct err *e)
{
    const struct claim *v = x->claims.v;
    int64_t sum = 0;
    for (size_t i = 0; i < x->claims.n; i++)
        sum += v[i].settled.v;
    return !x->settled.v || !x->claims.n || sum == x->settled.v
        || (x->claims.n == 1 && !sum) || err_field(e, ERR_WHICH_CLAIM, "settled");
}

/* Which of the outcomes wants each side's own answer (rules/outcomes.csv). */
static bool wants_answers(struct req *r, const struct matter_spot *x)
{
    const struct claim *v = x->claims.v;
    bool wants = false;
    for (size_t i = 0; i <= x->claims.n; i++) {
        struct str code = i < x->claims.n && v[i].outcome.n ? v[i].outcome : x->outcome;
        const struct code_entry *o = codebook_code(r->app, STR("outcome"), code, DAY_NONE);
        wants |= o && str_is(code_extra(o, r->a, "needs_answers"), "1");
    }
    return wants;
}

/* Who was there answered there: yes or no. "Not reached" takes attempts on several
 * days, which is no matter of the spot. */
static bool check_answers(struct req *r, const struct matter_spot *x, struct err *e)
{
    const struct party *v = x->parties.v;
    bool wants = wants_answers(r, x);
    for (size_t i = 0; i < x->parties.n; i++) {
        bool side = v[i].role == PARTY_APPLICANT
                 || (x->kind == MATTER_DISPUTE && v[i].role == PARTY_RESPONDENT);
        if (v[i].answer != ANSWER_NONE || !wants || !side)
            continue;
        err_fieldf(e, ERR_NO_ANSWER, "answer", "%.*s", STR_ARG(v[i].name));
        err_at(e, "parties", i);
        return false;
    }
    return true;
}

static struct str source_of(const struct matter_spot *x)
{
    if (x->source.n)
        return x->source;
    if (x->how == SPOT_PHONE)
        return STR("phone");
    return x->how == SPOT_FIELD && x->kind == MATTER_DISPUTE ? STR("proactive") : STR("counter");
}

/* By which all was said, and a party is answered if need be. */
static enum party_channel channel_of(const struct matter_spot *x)
{
    return x->how == SPOT_PHONE ? CHANNEL_PHONE : CHANNEL_COUNTER;
}

static struct matter_new filing_of(struct req *r, const struct matter_spot *x)
{
    struct str story = x->story;
    struct party *p = x->parties.v;
    for (size_t i = 0; i < x->parties.n; i++)
        p[i].channel = channel_of(x);
    if (x->old_number.n)                /* so that the old number finds it */
        story = arena_printf(r->a, "%.*s%s%.*s", STR_ARG(story), story.n ? "\n" : "",
                             STR_ARG(x->old_number));
    return (struct matter_new){
        .kind = x->kind, .title = x->title, .story = story, .source = source_of(x),
        .type = x->type, .place = x->place, .area = x->area, .happened_at = x->happened_at,
        .people = x->people, .parties = x->parties, .claims = x->claims,
    };
}

/* ---- the steps, each as its action would take it ---- */

static bool accept(struct move *mv, const struct matter_spot *x, struct err *e)
{
    if (!move_step(mv, MATTER_DO_ACCEPT, x->asked_at, e))
        return false;
    mv->m.accepted_at = x->asked_at;
    move_note(mv, "how", str_of(how_v[x->how].slug));
    if (x->old_number.n)
        move_note(mv, "old_number", x->old_number);
    if (x->late_reason.n)
        move_note(mv, "late_reason", x->late_reason);
    return move_step_end(mv, e);
}

static bool take(struct move *mv, const struct matter_spot *x, struct err *e)
{
    struct req *r = mv->r;
    if (!move_step(mv, MATTER_DO_ASSIGN, x->asked_at, e))
        return false;
    mv->m.lead = mv->m.owner;
    move_note(mv, "org", mv->m.owner_name);
    if (!move_step_end(mv, e) || !move_step(mv, MATTER_DO_TAKE, x->asked_at, e))
        return false;
    mv->m.handler = r->who->account;
    move_note(mv, "handler", r->who->name);
    return assignment_spot(r, &mv->m, x->asked_at, x->settled_at, e)
        && sight_give(r, mv->m.id, r->who->account, GRADE_CONTENT, WHY_HANDLER, e)
        && move_step_end(mv, e);
}

static struct list outcomes_of(struct req *r, const struct matter_spot *x)
{
    const struct claim *c = x->claims.v;
    size_t n = MAX(x->claims.n, (size_t)1);
    struct claim_outcome *v = arena_array(r->a, struct claim_outcome, n);
    v[0] = (struct claim_outcome){ .outcome = x->outcome, .settled = x->settled };
    for (size_t i = 0; i < x->claims.n; i++)
        v[i] = (struct claim_outcome){
            .claim = c[i].id, .outcome = c[i].outcome.n ? c[i].outcome : x->outcome,
            .settled = n > 1 || c[i].settled.v ? c[i].settled : x->settled,
        };
    return (struct list){ v, n };
}

static bool conclude(struct move *mv, const struct matter_spot *x, struct err *e)
{
    struct matter_conclude how = { .outcomes = outcomes_of(mv->r, x), .form = x->form,
                                   .routes = x->routes, .summary = x->summary };
    if (!move_step(mv, MATTER_DO_CONCLUDE, x->settled_at, e)
        || !conclusion_put(mv->r, &mv->m, &how, x->settled_at, e))
        return false;
    if (!is_later(mv->r, x) && approval_steps(mv->r, &mv->m, APPROVAL_OF_REPLY).n)
        mv->m.facts |= FACT_BIT(REPLY_APPROVAL);        /* the reply below is barred by it */
    mv->m.concluded_at = x->settled_at;
    conclusion_note(mv, &how);
    return move_step_end(mv, e);
}

static bool reply(struct move *mv, const struct matter_spot *x, struct err *e)
{
    enum party_channel by = channel_of(x);
    if (!move_step(mv, MATTER_DO_REPLY, x->settled_at, e)
        || (x->summary.n
            && !message_put(mv->r, &mv->m, MESSAGE_REPLY, ID_NONE, by, x->summary, e)))
        return false;
    mv->m.replied_at = x->settled_at;
    move_note(mv, "channel", str_of(party_channel_names.v[by].slug));
    return move_step_end(mv, e);
}

static struct list answers_of(struct req *r, const struct matter_spot *x)
{
    const struct party *p = x->parties.v;
    struct party_says *v = arena_array(r->a, struct party_says, x->parties.n);
    for (size_t i = 0; i < x->parties.n; i++)
        v[i] = (struct party_says){
            .party = p[i].id, .answer = p[i].answer,
            .channel = channel_of(x),
        };
    return (struct list){ v, x->parties.n };
}

/* Who was there said it him- or herself; what is recorded later is a report. */
static bool close(struct move *mv, const struct matter_spot *x, struct err *e)
{
    struct req *r = mv->r;
    struct list says = answers_of(r, x);
    bool own = !is_later(r, x);
    if (!move_step(mv, MATTER_DO_CLOSE, x->settled_at, e)
        || !answer_take(r, &mv->m, says, x->settled_at, own, e)
        || !answer_settle(r, &mv->m, true, e))
        return false;
    if (says.n)
        move_note_list(mv, "answers", &party_says_record, says);
    mv->m.closed_at = x->settled_at;
    mv->starts_at = mv->r->now;
    return deadline_meet(mv->r, &mv->m, STR("close"), x->settled_at, e) && move_step_end(mv, e);
}

static bool record(struct req *r, struct matter_spot *x, struct matter_filed *out,
                   struct err *e)
{
    struct move mv;
    struct matter_moved moved;
    struct matter_filed f = { 0 };
    if (!check_times(r, x, e) || !check_money(x, e) || !check_answers(r, x, e))
        return false;
    struct matter_new in = filing_of(r, x);
    if (!matter_file(r, &in, x->asked_at, &f, e) || !move_made(&mv, r, f.id, e)
        || !accept(&mv, x, e) || !take(&mv, x, e) || !conclude(&mv, x, e) || !reply(&mv, x, e)
        || !close(&mv, x, e) || !move_save(&mv, &moved, e))
        return false;
    f.state = moved.state;
    f.version = moved.version;
    *out = f;
    r->no_store = true;
    r->sight = SIGHT_ALL;
    r->location = arena_printf(r->a, "/api/v1/matters/%lld", (long long)f.id.v);
    return true;
}

static bool on_spot(struct req *r, const void *in, void *out, struct err *e)
{
    struct matter_spot x = *(const struct matter_spot *)in;
    return record(r, &x, out, e);
}

/* Who asked is nobody's business: no party, one line and the answer. */
static bool on_advice(struct req *r, const void *in, void *out, struct err *e)
{
    const struct matter_advice *a = in;
    struct str line, rest;
    str_cut(a->text, '\n', &line, &rest);
    struct matter_spot x = {
        .kind = MATTER_ADVICE, .title = utf8_first(line, 30), .story = a->text, .type = a->type,
        .outcome = STR("answered"), .summary = a->answer, .how = a->how,
    };
    return record(r, &x, out, e);
}

static const struct route spot_routes[] = {
    { "POST", "/api/v1/matters/spot", PERM_MATTER_INTAKE, ROUTE_WRITE, .apply = on_spot,
      .in = &matter_spot_record, .out = &matter_filed_record, .body = BODY_JSON,
      .body_max = 256 << 10,
      .doc = "Record what was settled on the spot, or afterwards with its real dates" },
    { "POST", "/api/v1/matters/advice", PERM_MATTER_INTAKE, ROUTE_WRITE, .apply = on_advice,
      .in = &matter_advice_record, .out = &matter_filed_record, .body = BODY_JSON,
      .doc = "Record advice given, without a name" },
};
const struct route_table spot_table = ROUTES("spot", spot_routes);
