#include "matter/answer.h"
#include "matter/attempt.h"
#include "matter/conclusion.h"
#include "matter/matter_act.h"
#include "matter/outcome.h"

static const struct field matter_record_attempt_fields[] = {
    FIELD(matter_record_attempt, party, .doc = "Whom", .flags = REQUIRED, .zh = "当事人",
          .en = "Party"),
    FIELD(matter_record_attempt, at, .doc = "When it was; now when not sent", .zh = "联系时间",
          .en = "Time"),
    FIELD(matter_record_attempt, channel, .doc = "By which channel",
          .names = &party_channel_names, .preset = "phone", .zh = "方式", .en = "Channel"),
    FIELD(matter_record_attempt, reached, .doc = "Somebody was there to answer",
          .zh = "已联系上", .en = "Reached"),
    FIELD(matter_record_attempt, answer, .doc = "Own answer to the outcome, if one was given",
          .names = &own_answer_names, .zh = "本人意见", .en = "Own answer"),
    FIELD(matter_record_attempt, note, .doc = "What was said", .max = 1000, .flags = LINES,
          .zh = "说明", .en = "Note"),
};
static const struct record matter_record_attempt_record =
    RECORD(matter_record_attempt, matter_record_attempt_fields);

static const struct field matter_answer_fields[] = {
    FIELD(matter_answer, answer, .doc = "My answer to the outcome", .names = &own_answer_names,
          .flags = REQUIRED, .zh = "本人意见", .en = "My answer"),
    FIELD(matter_answer, text, .doc = "In my own words", .max = 1000, .flags = LINES,
          .zh = "本人说明", .en = "In my own words"),
    FIELD(matter_answer, party, .doc = "Which of mine; all when not sent", .flags = HIDDEN),
};
static const struct record matter_answer_record = RECORD(matter_answer, matter_answer_fields);

static const struct field party_says_fields[] = {
    FIELD(party_says, party, .doc = "Whose answer", .flags = REQUIRED, .zh = "当事人",
          .en = "Party"),
    FIELD(party_says, channel, .doc = "By which channel", .names = &party_channel_names,
          .preset = "phone", .zh = "方式", .en = "Channel"),
    FIELD(party_says, answer, .doc = "Own answer to the outcome", .names = &own_answer_names,
          .zh = "本人意见", .en = "Own answer"),
    FIELD(party_says, note, .doc = "How it was asked", .max = 300, .zh = "说明", .en = "Note"),
};
const struct record party_says_record = RECORD(party_says, party_says_fields);

static const struct field matter_close_fields[] = {
    FIELD(matter_close, answers, .doc = "Answers that were given just now",
          .sub = &party_says_record, .max = 50, .zh = "各方意见", .en = "Answers"),
    FIELD(matter_close, note, .doc = "Note for the file", .max = 500, .flags = LINES,
          .zh = "备注", .en = "Note"),
};
const struct record matter_close_record = RECORD(matter_close, matter_close_fields);

/* ---- what stands ---- */

/* Whether an outcome that asks for answers concerns p: one for all, one of its own,
 * or one of the other side. */
static bool concerns(const struct outcome *o, const struct party *p, struct list parties)
{
    const struct party *v = parties.v;
    if (!o->party.v || o->party.v == p->id.v)
        return true;
    for (size_t i = 0; i < parties.n; i++)
        if (v[i].id.v == o->party.v)
            return v[i].role != p->role;
    return false;
}

/* Both sides of a dispute, the applicant of anything else. */
static bool must_answer(struct req *r, const struct matter *m, const struct party *p,
                        struct list parties, struct list outcomes)
{
    bool side = p->role == PARTY_APPLICANT
             || (m->kind == MATTER_DISPUTE && p->role == PARTY_RESPONDENT);
    const struct outcome *o = outcomes.v;
    for (size_t i = 0; side && !p->left_at.ms && i < outcomes.n; i++)
        if (outcome_rule(r, o[i].outcome).answers && concerns(&o[i], p, parties))
            return true;
    return false;
}

/* The round as it stands, gathered once. */
struct round { struct list parties, attempts, outcomes; struct conclusion end; };

static bool gather(struct req *r, const struct matter *m, struct round *x, struct err *e)
{
    bool found;
    return party_sides(r, m->id, &x->parties, e)
        && attempt_list(r, m->id, m->round, &x->attempts, e)
        && outcome_list(r, m->id, m->round, &x->outcomes, e)
        && conclusion_now(r, m, &x->end, &found, e);
}

/* An ending is visited by its outcomes, where there is somebody to visit. */
static bool wants_visit(struct req *r, const struct round *x)
{
    const struct party *p = x->parties.v;
    const struct outcome *o = x->outcomes.v;
    bool anybody = false, wanted = false;
    for (size_t i = 0; i < x->parties.n; i++)
        anybody |= !p[i].left_at.ms;
    for (size_t i = 0; i < x->outcomes.n; i++)
        wanted |= outcome_rule(r, o[i].outcome).visit;
    return anybody && wanted;
}

/* An agreement takes two: with nobody left on one side it is nobody's success. */
static bool is_one_sided(struct req *r, const struct matter *m, const struct round *x)
{
    const struct party *p = x->parties.v;
    const struct outcome *o = x->outcomes.v;
    size_t there[PARTY_ROLE__COUNT] = { 0 };
    bool agreed = false;
    for (size_t i = 0; i < x->parties.n; i++)
        there[p[i].role] += !p[i].left_at.ms;
    for (size_t i = 0; i < x->outcomes.n; i++)
        agreed |= outcome_rule(r, o[i].outcome).agreement;
    return m->kind == MATTER_DISPUTE && agreed
        && !(there[PARTY_APPLICANT] && there[PARTY_RESPONDENT]);
}

/* The answer that p's tries come to, and what it does to the facts of m. */
static unsigned weigh(struct matter *m, const struct tries *t, const struct round *x, bool asked,
                      bool closing)
{
    unsigned answer = t->answer;
    if (answer == ANSWER_NONE && asked && closing)
        answer = t->reached ? ANSWER_SILENT : ANSWER_UNREACHED;
    if (answer == ANSWER_NO)
        m->facts |= FACT_BIT(DENIED);
    if (answer == ANSWER_UNREACHED || answer == ANSWER_SILENT)
        m->facts |= FACT_BIT(UNREACHED);
    bool own = t->own || t->author.v != x->end.concluded_by.v;
    if (m->facts & FACT_BIT(ORAL) && asked && !(answer == ANSWER_YES && own))
        m->facts |= FACT_BIT(REPORTED);
    return answer;
}

bool answer_settle(struct req *r, struct matter *m, bool closing, struct err *e)
{
    struct round x = { 0 };
    if (!gather(r, m, &x, e))
        return false;
    m->facts &= ~MATTER_DOUBTS;
    if (is_one_sided(r, m, &x))
        m->facts |= FACT_BIT(UNREACHED);
    if (closing && wants_visit(r, &x))
        m->facts |= FACT_BIT(TO_VISIT);
    const struct party *p = x.parties.v;
    for (size_t i = 0; i < x.parties.n; i++) {
        struct tries t = attempt_tries(r, x.attempts, p[i].id, x.end.at);
        bool asked = must_answer(r, m, &p[i], x.parties, x.outcomes);
        if (closing && asked && t.answer == ANSWER_NONE && !t.enough)
            return err_fieldf(e, ERR_NO_ANSWER, "answers", "%s",
                              attempt_told(r, p[i].name, &t).p);
        unsigned answer = weigh(m, &t, &x, asked, closing);
        struct stamp at = t.answer == ANSWER_NONE ? r->now : t.answered_at;
        if (answer != p[i].answer
            && !party_answer_set(r, m->id, p[i].id, (enum party_answer)answer, at, e))
            return false;
    }
    return true;
}

/* ---- what is said ---- */

static const struct party *party_of(struct list parties, struct id id)
{
    const struct party *v = parties.v;
    for (size_t i = 0; i < parties.n; i++)
        if (v[i].id.v == id.v)
            return &v[i];
    return NULL;
}

/* Nobody answers for somebody who is not in the matter. */
bool answer_take(struct req *r, const struct matter *m, struct list says, struct stamp at,
                 bool own, struct err *e)
{
    const struct party_says *v = says.v;
    struct list parties;
    if (says.n && !party_sides(r, m->id, &parties, e))
        return false;
    for (size_t i = 0; i < says.n; i++) {
        struct attempt x = { .party = v[i].party, .at = at, .channel = v[i].channel,
                             .reached = true, .answer = v[i].answer, .note = v[i].note,
                             .own = own };
        bool known = party_of(parties, v[i].party);
        if (known && v[i].answer != ANSWER_NONE && !attempt_put(r, m, &x, e))
            return false;
        if (!known) {
            err_field(e, ERR_NO_SUCH_REF, "party");
            err_at(e, "answers", i);
            return false;
        }
    }
    return true;
}

/* Neither ahead of now, nor before there was something to ask about. */
static bool check_when(const struct req *r, const struct matter *m, struct stamp at,
                       struct err *e)
{
    struct stamp from = m->concluded_at.ms ? m->concluded_at : m->filed_at;
    if (at.ms <= r->now.ms && at.ms >= from.ms)
        return true;
    return err_fieldf(e, ERR_OUT_OF_RANGE, "at", "%s", m->concluded_at.ms
        ? "应在登记结果以后、现在以前" ERR_OR "between the outcome and now"
        : "应在登记以后、现在以前" ERR_OR "between the filing and now");
}

static bool on_record_attempt(struct req *r, const void *in, void *out, struct err *e)
{
    const struct matter_record_attempt *x = in;
    struct move mv;
    struct list parties;
    struct attempt row = {
        .party = x->party, .at = x->at.ms ? x->at : r->now, .channel = x->channel,
        .reached = x->reached || x->answer != ANSWER_NONE, .answer = x->answer, .note = x->note,
    };
    if (!move_begin(&mv, r, MATTER_DO_RECORD_ATTEMPT, e) || !check_when(r, &mv.m, row.at, e)
        || !party_sides(r, mv.m.id, &parties, e))
        return false;
    if (!party_of(parties, x->party))
        return err_field(e, ERR_NO_SUCH_REF, "party");
    if (x->answer != ANSWER_NONE && !mv.m.concluded_at.ms)
        return err_fieldf(e, ERR_BAD_VALUE, "answer", "尚无结果" ERR_OR "there is no outcome yet");
    if (!attempt_put(r, &mv.m, &row, e)
        || (mv.m.concluded_at.ms && !answer_settle(r, &mv.m, false, e)))
        return false;
    mv.subject = x->party;
    mv.happened_at = row.at;
    move_note(&mv, "channel", str_of(party_channel_names.v[x->channel].slug));
    move_note(&mv, "reached", row.reached ? STR("yes") : STR("no"));
    move_note(&mv, "answer", str_of(own_answer_names.v[x->answer].slug));
    if (x->note.n)
        move_note(&mv, "note", x->note);
    return move_end(&mv, out, e);
}

/* For the party named, else for each that is the account's own. */
static bool answer_own(struct req *r, const struct matter *m, const struct matter_answer *x,
                       struct err *e)
{
    struct list parties;
    size_t n = 0;
    if (!party_sides(r, m->id, &parties, e))
        return false;
    const struct party *p = parties.v;
    for (size_t i = 0; i < parties.n; i++) {
        struct attempt row = { .party = p[i].id, .at = r->now, .channel = CHANNEL_ONLINE,
                               .reached = true, .answer = x->answer, .note = x->text,
                               .own = true };
        if (!party_is_own(parties, p[i].id, r->who->account) || p[i].left_at.ms
            || (x->party.v && x->party.v != p[i].id.v))
            continue;
        if (!attempt_put(r, m, &row, e))
            return false;
        n++;
    }
    return n > 0 || err_field(e, ERR_NO_SUCH_REF, "party");
}

static bool on_answer(struct req *r, const void *in, void *out, struct err *e)
{
    const struct matter_answer *x = in;
    struct move mv;
    if (x->answer == ANSWER_NONE)
        return err_field(e, ERR_REQUIRED, "answer");
    if (!move_begin(&mv, r, MATTER_DO_ANSWER, e) || !answer_own(r, &mv.m, x, e)
        || !answer_settle(r, &mv.m, false, e))
        return false;
    mv.subject = x->party;
    move_note(&mv, "answer", str_of(own_answer_names.v[x->answer].slug));
    if (x->text.n)
        move_note(&mv, "text", x->text);
    return move_end(&mv, out, e);
}

static bool on_close(struct req *r, const void *in, void *out, struct err *e)
{
    const struct matter_close *x = in;
    struct move mv;
    if (!move_begin(&mv, r, MATTER_DO_CLOSE, e)
        || !answer_take(r, &mv.m, x->answers, mv.happened_at, false, e)
        || !answer_settle(r, &mv.m, true, e))
        return false;
    move_note_list(&mv, "answers", &party_says_record, x->answers);
    if (x->note.n)
        move_note(&mv, "note", x->note);
    mv.m.closed_at = mv.happened_at;
    return move_end(&mv, out, e);
}

/* ---- reading ---- */

static bool on_attempts(struct req *r, const void *in UNUSED, void *out, struct err *e)
{
    struct matter m;
    return matter_open(r, &m, e) && attempt_list(r, m.id, 0, out, e)
        && party_show_own(r, m.id, out, PARTY_ROW(attempt, false), e);
}

static const struct route answer_routes[] = {
    MATTER_ACTION("record_attempt", MATTER_ACT, on_record_attempt, matter_record_attempt_record,
                  "Record a try to reach a party, and what it answered"),
    MATTER_ACTION("close", MATTER_INTAKE, on_close, matter_close_record,
                  "Close: each side answered, or was tried often enough"),
    DOOR_ACTION("answer", on_answer, matter_answer_record,
                "Say whether I agree with the outcome; may change until it is closed"),
    { "GET", "/api/v1/matters/{id}/attempts", PERM_MATTER_READ, ROUTE_READ,
      .apply = on_attempts, .out = &attempt_record, .reply = REPLY_LIST,
      .doc = "Tries to reach the parties, and what they answered" },
    { "GET", "/api/v1/door/matters/{id}/attempts", PERM_RESIDENT, ROUTE_READ,
      .apply = on_attempts, .out = &attempt_record, .reply = REPLY_LIST, .sites = SITE_BOTH,
      .doc = "When I was asked, and what I answered" },
};
const struct route_table answer_table = ROUTES("answer", answer_routes);
