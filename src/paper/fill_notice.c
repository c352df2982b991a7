/* fill_notice.c - the letters: what the applicant and the other side are told. */
#include "app/codebook.h"
#include "base/vec.h"
#include "paper/paper_type.h"

static struct str day_or_rule(const struct paper_fact *f, struct stamp t)
{
    return t.ms ? paper_day(f->r->a, t) : STR("＿＿＿＿年＿＿月＿＿日");
}

static struct stamp entry_day(const struct paper_fact *f, const char *action)
{
    const struct paper_entry *x = paper_entry_of(f, action);
    return x ? x->happened_at : (struct stamp){ 0 };
}

static void put_to(struct paper *p, const struct paper_fact *f, enum party_role role)
{
    struct str names = paper_or_rule(paper_names(f, role));
    paper_put(p, PAPER_TO, arena_printf(p->a, "%.*s：", STR_ARG(names)), STR(""));
}

static void put_words(struct paper *p, const struct paper_fact *f, const char *code)
{
    struct str s = paper_words(f, code);
    if (s.n)
        paper_text(p, s);
}

static struct str title_of(const struct paper_fact *f)
{
    return paper_or_rule(f->m.title);
}

/* ---- accepted ---- */

static void accepted_applicant(struct paper *p, const struct paper_fact *f)
{
    put_to(p, f, PARTY_APPLICANT);
    part_text(p, "您（单位）于%.*s向我单位提出的“%.*s”事项，经审查，我单位决定自%.*s起受理。",
              STR_ARG(day_or_rule(f, entry_day(f, "file"))), STR_ARG(title_of(f)),
              STR_ARG(day_or_rule(f, entry_day(f, "accept"))));
    if (f->m.due_at.ms)
        part_text(p, "办理期限至%.*s。", STR_ARG(paper_day(p->a, f->m.due_at)));
    else if (f->blank)
        part_text(p, "办理期限至＿＿＿＿年＿＿月＿＿日。");
}

static void accepted_respondent(struct paper *p, const struct paper_fact *f)
{
    put_to(p, f, PARTY_RESPONDENT);
    part_text(p, "%.*s于%.*s就“%.*s”事项向我单位提出申请，我单位已于%.*s受理，现告知您（单位）。",
              STR_ARG(paper_or_rule(paper_names(f, PARTY_APPLICANT))),
              STR_ARG(day_or_rule(f, entry_day(f, "file"))), STR_ARG(title_of(f)),
              STR_ARG(day_or_rule(f, entry_day(f, "accept"))));
    put_words(p, f, "invited");
}

void fill_acceptance(struct paper *p, const struct paper_fact *f)
{
    if (f->audience == AUDIENCE_RESPONDENT)
        accepted_respondent(p, f);
    else
        accepted_applicant(p, f);
    if (f->blank || f->m.kind == MATTER_DISPUTE) {
        put_words(p, f, "voluntary");
        put_words(p, f, "rights");
        put_words(p, f, "duties");
    }
    part_seal(p, f, &f->owner, "accept");
    part_contact(p, &f->owner);
}

/* ---- details wanted ---- */

void fill_details(struct paper *p, const struct paper_fact *f)
{
    put_to(p, f, PARTY_APPLICANT);
    part_text(p, "您（单位）于%.*s提出的“%.*s”事项，需要补充下列内容后才能继续办理：",
              STR_ARG(day_or_rule(f, entry_day(f, "file"))), STR_ARG(title_of(f)));
    if (f->blank)
        paper_box(p, STR(""), STR(""), 8);
    else
        paper_text(p, paper_payload(f, "ask_details", "text"));
    put_words(p, f, "details");
    part_seal(p, f, &f->owner, "ask_details");
    part_contact(p, &f->owner);
}

/* ---- declined ---- */

static void put_route(struct paper *p, const struct paper_fact *f, int n, struct str code)
{
    const struct code_entry *x = codebook_code(f->r->app, STR("route"), code, DAY_NONE);
    if (!x)
        return;
    struct str when = code_extra(x, p->a, "when_zh"), limit = code_extra(x, p->a, "limit_zh");
    part_text(p, "%d. %.*s：%.*s%s%.*s。", n, STR_ARG(x->zh), STR_ARG(when),
              when.n && limit.n ? "；" : "", STR_ARG(limit));
}

static void put_routes(struct paper *p, const struct paper_fact *f, struct str rest)
{
    struct str one;
    int n = 0;
    if (!rest.n)
        return;
    part_text(p, "您（单位）还可以通过下列途径解决，并请留意期限：");
    for (bool more = true; more;) {
        more = str_cut(rest, ' ', &one, &rest);
        if (one.n)
            put_route(p, f, ++n, one);
    }
}

/* The day until which a review may be asked for, while its clock stands. */
static struct str review_until(const struct paper_fact *f)
{
    const struct deadline *v = f->m.deadlines.v;
    struct stamp due = { 0 };
    for (size_t i = 0; i < f->m.deadlines.n; i++)
        if (str_is(v[i].what, "decline_review_apply"))
            due = v[i].due_at;
    struct stamp last = { due.ms - 1 };     /* midnight belongs to the day before */
    return due.ms ? arena_printf(f->r->a, "在%.*s前（含当日）", STR_ARG(paper_day(f->r->a, last)))
                  : STR("");
}

static void put_review(struct paper *p, const struct paper_fact *f)
{
    struct str above = f->owner.above_name;
    part_text(p, "对本决定不服的，可以%.*s向%.*s申请复核。申请复核不影响您（单位）通过其他途径主张权利。",
              STR_ARG(review_until(f)), STR_ARG(above.n ? above : STR("上一级机构")));
    put_words(p, f, "review");
}

void fill_refusal(struct paper *p, const struct paper_fact *f)
{
    put_to(p, f, PARTY_APPLICANT);
    part_text(p, "您（单位）于%.*s提出的“%.*s”事项，经审查，决定不予受理。",
              STR_ARG(day_or_rule(f, entry_day(f, "file"))), STR_ARG(title_of(f)));
    part_text(p, "理由：%.*s。",
              STR_ARG(paper_or_rule(paper_code(f, "decline_reason", f->refusal.reason))));
    if (f->refusal.text.n)
        part_text(p, "说明：%.*s", STR_ARG(f->refusal.text));
    if (f->blank)
        paper_box(p, STR("其他途径及期限"), STR(""), 8);
    put_routes(p, f, f->refusal.routes);
    put_review(p, f);
    part_seal(p, f, &f->owner, "decline");
    part_contact(p, &f->owner);
}

/* ---- stopped: who did it is nobody's business, the routes are everybody's ---- */

bool fits_termination(const struct paper_fact *f)
{
    const struct paper_entry *x = paper_entry_of(f, "stop");
    return x && x->recorded_at.ms == f->m.concluded_at.ms;
}

void fill_termination(struct paper *p, const struct paper_fact *f)
{
    struct str x = paper_all_names(f, PARTY_APPLICANT), y = paper_all_names(f, PARTY_RESPONDENT);
    struct str to = f->audience == AUDIENCE_APPLICANT ? x : f->audience == AUDIENCE_RESPONDENT ? y
                  : arena_printf(p->a, "%.*s%s%.*s", STR_ARG(x), y.n ? "、" : "", STR_ARG(y));
    paper_put(p, PAPER_TO, arena_printf(p->a, "%.*s：", STR_ARG(paper_or_rule(to))), STR(""));
    part_text(p, "您（单位）参加的“%.*s”纠纷调解，因当事人不再继续调解，于%.*s终止。",
              STR_ARG(title_of(f)), STR_ARG(day_or_rule(f, entry_day(f, "stop"))));
    put_words(p, f, "stopped");
    if (f->blank)
        paper_box(p, STR("其他途径及期限"), STR(""), 8);
    put_routes(p, f, paper_payload(f, "stop", "routes"));
    part_seal(p, f, &f->owner, "stop");
    part_contact(p, &f->owner);
}

/* ---- answered ---- */

void fill_reply(struct paper *p, const struct paper_fact *f)
{
    const struct org *by = f->lead.id.v ? &f->lead : &f->owner;
    put_to(p, f, PARTY_APPLICANT);
    part_text(p, "您（单位）于%.*s提出的“%.*s”事项已有办理结果，现答复如下：",
              STR_ARG(day_or_rule(f, entry_day(f, "file"))), STR_ARG(title_of(f)));
    if (f->blank)
        paper_box(p, STR(""), STR(""), 8);
    else
        paper_text(p, paper_payload(f, "reply", "text"));
    if (f->claims.n)
        part_claims(p, f, paper_table(p, 2, 8, 5, 7));
    put_words(p, f, f->m.kind == MATTER_DISPUTE || f->blank ? "reply_dispute" : "reply_request");
    part_seal(p, f, by, "reply");
    part_contact(p, by);
}
