#include "handling/visit.h"
#include "matter/answer.h"
#include "matter/attempt.h"
#include "matter/conclusion.h"
#include "matter/deadline.h"
#include "matter/matter_act.h"

#define X(id, slug, zh, en) { slug, zh, en },
static const struct name performance_v[] = { PERFORMANCES(X) };
static const struct name satisfaction_v[] = { SATISFACTIONS(X) };
#undef X
const struct names performance_names = NAMES("performance", performance_v);
const struct names satisfaction_names = NAMES("satisfaction", satisfaction_v);

static const struct field visit_says_fields[] = {
    FIELD(visit_says, party, .doc = "Who was asked", .flags = REQUIRED, .zh = "当事人",
          .en = "Party"),
    FIELD(visit_says, reached, .doc = "He or she was reached", .zh = "已联系上", .en = "Reached"),
    FIELD(visit_says, answer, .doc = "Own answer to the outcome, if one was given",
          .names = &own_answer_names, .zh = "本人意见", .en = "Own answer"),
    FIELD(visit_says, satisfaction, .doc = "With how it was handled",
          .names = &satisfaction_names, .zh = "满意程度", .en = "Satisfied"),
    FIELD(visit_says, note, .doc = "In words", .max = 500, .zh = "说明", .en = "Note"),
};
static const struct record visit_says_record = RECORD(visit_says, visit_says_fields);

struct matter_visit {
    struct list parties;
    struct stamp at;
    unsigned channel, performance;
    bool rebound, lawsuit, confirmed;
    struct str help, note;
    struct day next_on;
};
static const struct field matter_visit_fields[] = {
    FIELD(matter_visit, parties, .doc = "Who was asked", .sub = &visit_says_record, .min = 1,
          .max = 50, .flags = REQUIRED, .zh = "回访对象", .en = "Who was asked"),
    FIELD(matter_visit, channel, .doc = "By which channel", .names = &party_channel_names,
          .preset = "phone", .zh = "方式", .en = "Channel"),
    FIELD(matter_visit, at, .doc = "When it was; now when not sent", .zh = "回访时间",
          .en = "Time"),
    FIELD(matter_visit, performance, .doc = "Was it performed", .names = &performance_names,
          .zh = "履行情况", .en = "Performance"),
    FIELD(matter_visit, rebound, .doc = "It flared up again", .zh = "有反弹", .en = "Rebound"),
    FIELD(matter_visit, lawsuit, .doc = "A lawsuit was brought", .zh = "已起诉", .en = "Lawsuit"),
    FIELD(matter_visit, confirmed, .doc = "A court has confirmed the agreement",
          .zh = "协议已经司法确认", .en = "Confirmed by a court"),
    FIELD(matter_visit, help, .doc = "Help that is needed", .max = 1000, .flags = LINES,
          .zh = "需要的帮助", .en = "Help needed"),
    FIELD(matter_visit, note, .doc = "What else", .max = 2000, .flags = LINES, .zh = "说明",
          .en = "Note"),
    FIELD(matter_visit, next_on, .doc = "When to visit again; the next instalment when not sent",
          .zh = "下次回访日期", .en = "Next visit"),
};
static const struct record matter_visit_record = RECORD(matter_visit, matter_visit_fields);

static const struct field visit_party_fields[] = {
    FIELD(visit_party, party, .doc = "Who", .flags = HIDDEN),
    FIELD(visit_party, party_name, .doc = "Name", .flags = CONTENT, .zh = "当事人", .en = "Party"),
    FIELD(visit_party, reached, .doc = "He or she was reached", .zh = "已联系上", .en = "Reached"),
    FIELD(visit_party, satisfaction, .doc = "With how it was handled",
          .names = &satisfaction_names, .zh = "满意程度", .en = "Satisfied"),
    FIELD(visit_party, note, .doc = "In words", .flags = CONTENT, .zh = "说明", .en = "Note"),
};
static const struct record visit_party_record = RECORD(visit_party, visit_party_fields);

static const struct field visit_fields[] = {
    FIELD(visit, id, .doc = "Key", .flags = HIDDEN),
    FIELD(visit, at, .doc = "When it was", .zh = "回访时间", .en = "Time"),
    FIELD(visit, channel, .doc = "By which channel", .names = &party_channel_names, .zh = "方式",
          .en = "Channel"),
    FIELD(visit, reached, .doc = "Somebody was reached", .zh = "已联系上", .en = "Reached"),
    FIELD(visit, performance, .doc = "Was it performed", .names = &performance_names,
          .zh = "履行情况", .en = "Performance"),
    FIELD(visit, rebound, .doc = "It flared up again", .zh = "有反弹", .en = "Rebound"),
    FIELD(visit, lawsuit, .doc = "A lawsuit was brought", .zh = "已起诉", .en = "Lawsuit"),
    FIELD(visit, confirmed, .doc = "A court has confirmed the agreement",
          .zh = "协议已经司法确认", .en = "Confirmed by a court"),
    FIELD(visit, help, .doc = "Help that is needed", .flags = CONTENT | LINES,
          .zh = "需要的帮助", .en = "Help needed"),
    FIELD(visit, note, .doc = "What else", .flags = CONTENT | LINES, .zh = "说明", .en = "Note"),
    FIELD(visit, parties, .doc = "Who was asked", .sub = &visit_party_record, .flags = CONTENT,
          .zh = "回访对象", .en = "Who was asked"),
    FIELD(visit, next_on, .doc = "When to visit again", .zh = "下次回访日期", .en = "Next visit"),
    FIELD(visit, round, .doc = "1, grows with each reopening", .zh = "轮次", .en = "Round"),
    FIELD(visit, recorded_at, .doc = "When it was written down", .zh = "记录时间",
          .en = "Recorded"),
    FIELD(visit, author_name, .doc = "Who visited", .zh = "回访人", .en = "Visitor"),
};
const struct record visit_record = RECORD(visit, visit_fields);

/* ---- what is recorded ---- */

static bool is_in(struct list parties, struct id id)
{
    const struct party *p = parties.v;
    for (size_t i = 0; i < parties.n; i++)
        if (p[i].id.v == id.v)
            return true;
    return false;
}

/* One party's part of it; its answer, or that it was tried, is an attempt too. */
static bool put_party(struct req *r, const struct matter *m, struct id visit,
                      const struct matter_visit *x, const struct visit_says *s, struct stamp at,
                      struct err *e)
{
    bool reached = s->reached || s->answer != ANSWER_NONE
                || s->satisfaction != SATISFACTION_UNSAID;
    struct attempt tried = { .party = s->party, .at = at, .channel = x->channel,
                             .reached = reached, .answer = s->answer, .note = s->note };
    return attempt_put(r, m, &tried, e)
        && db_exec(r->c, e, NULL,
            SQL("INSERT INTO visit_party (home, visit, party, reached, satisfaction, note)"
                " VALUES ($1, $2, $3, $4, $5, $6)"),
            V(m->home), V(visit), V(s->party), V(reached), V(s->satisfaction), V(s->note));
}

static bool put_parties(struct req *r, const struct matter *m, struct id visit,
                        const struct matter_visit *x, struct stamp at, bool *reached,
                        struct err *e)
{
    struct list parties;
    const struct visit_says *s = x->parties.v;
    if (!party_sides(r, m->id, &parties, e))
        return false;
    *reached = false;
    for (size_t i = 0; i < x->parties.n; i++) {
        bool twice = false;
        for (size_t k = 0; k < i; k++)
            twice |= s[k].party.v == s[i].party.v;
        if (twice || !is_in(parties, s[i].party)) {
            err_field(e, ERR_NO_SUCH_REF, "party");
            err_at(e, "parties", i);
            return false;
        }
        *reached |= s[i].reached || s[i].answer != ANSWER_NONE || s[i].satisfaction;
        if (!put_party(r, m, visit, x, &s[i], at, e))
            return false;
    }
    return true;
}

/* Nobody was reached: enough for each who was asked, after the close. */
static bool tried_enough(struct req *r, const struct matter *m, const struct matter_visit *x,
                         bool *enough, struct err *e)
{
    struct list attempts;
    const struct visit_says *s = x->parties.v;
    struct stamp after = { m->closed_at.ms + 1 };
    if (!attempt_list(r, m->id, m->round, &attempts, e))
        return false;
    *enough = true;
    for (size_t i = 0; i < x->parties.n; i++)
        *enough &= attempt_tries(r, attempts, s[i].party, after).enough;
    return true;
}

/* The visit is done; the next one, if there is to be one, has its own clock. */
static bool plan(struct move *mv, struct day next, struct stamp at, struct err *e)
{
    struct req *r = mv->r;
    struct matter *m = &mv->m;
    if (!deadline_meet(r, m, STR("visit"), at, e))
        return false;
    m->facts &= ~FACT_BIT(TO_VISIT);
    if (!next.n)
        return true;
    m->facts |= FACT_BIT(TO_VISIT);
    return deadline_event(r, m, STR("fall_due"), ID_NONE, m->owner, stamp_of_day(next), e);
}

static bool check(const struct req *r, const struct matter *m, const struct matter_visit *x,
                  struct stamp at, struct err *e)
{
    if (at.ms > r->now.ms || at.ms < m->closed_at.ms)
        return err_fieldf(e, ERR_OUT_OF_RANGE, "at", "%s",
                          "应在办结以后、现在以前" ERR_OR "between the closing and now");
    int32_t today = day_of_stamp(r->now).n;
    if (x->next_on.n && (x->next_on.n <= today || x->next_on.n > today + 3660))
        return err_fieldf(e, ERR_OUT_OF_RANGE, "next_on", "%s",
                          "应在今天以后、十年以内" ERR_OR "after today, within ten years");
    return true;
}

static bool put(struct req *r, const struct matter *m, struct id id, const struct matter_visit *x,
                struct stamp at, bool reached, struct day next, struct err *e)
{
    return db_exec(r->c, e, NULL,
        SQL("INSERT INTO visit (id, home, matter, round, at, recorded_at, channel, reached,"
            " performance, rebound, lawsuit, confirmed, help, note, next_on, author)"
            " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)"),
        V(id), V(m->home), V(m->id), V(m->round), V(at), V(r->now), V(x->channel), V(reached),
        V(x->performance), V(x->rebound), V(x->lawsuit), V(x->confirmed), V(x->help), V(x->note),
        V(next), V(r->who->account));
}

static void note_visit(struct move *mv, const struct matter_visit *x, bool reached,
                       struct day next)
{
    char day[16];
    move_note(mv, "channel", str_of(party_channel_names.v[x->channel].slug));
    move_note(mv, "reached", reached ? STR("yes") : STR("no"));
    move_note_list(mv, "parties", &visit_says_record, x->parties);
    if (x->performance)
        move_note(mv, "performance", str_of(performance_v[x->performance].slug));
    if (x->rebound)
        move_note(mv, "rebound", STR("yes"));
    if (x->lawsuit)
        move_note(mv, "lawsuit", STR("yes"));
    if (x->confirmed)
        move_note(mv, "confirmed", STR("yes"));
    if (x->help.n)
        move_note(mv, "help", x->help);
    if (x->note.n)
        move_note(mv, "note", x->note);
    if (next.n)
        move_note(mv, "next_on", (struct str){ day, day_format(next, day) });
}

static bool on_visit(struct req *r, const void *in, void *out, struct err *e)
{
    const struct matter_visit *x = in;
    struct move mv;
    struct stamp at = x->at.ms ? x->at : r->now;
    struct day next = x->next_on;
    bool reached, done;
    if (!move_begin(&mv, r, MATTER_DO_VISIT, e) || !check(r, &mv.m, x, at, e))
        return false;
    struct matter *m = &mv.m;
    mv.subject = id_make();
    if (!put_parties(r, m, mv.subject, x, at, &reached, e))
        return false;
    done = reached;                     /* or nobody was, as often as the rule asks it */
    if ((!reached && !tried_enough(r, m, x, &done, e))
        || (!next.n && done && !conclusion_next_due(r, m, day_of_stamp(r->now), &next, e))
        || !put(r, m, mv.subject, x, at, reached, next, e)
        || (reached && !answer_settle(r, m, true, e)) || (done && !plan(&mv, next, at, e)))
        return false;
    mv.event = "visit_recorded";        /* the clocks are done already */
    mv.happened_at = at;
    note_visit(&mv, x, reached, next);
    return move_end(&mv, out, e);
}

/* ---- reading ---- */

bool visit_list(struct req *r, struct id matter, struct list *out, struct err *e)
{
    if (!db_all(r->c, e, r->a, &visit_record, out,
            SQL("SELECT x.id, x.round, x.at, x.recorded_at, x.channel, x.reached, x.performance,"
                " x.rebound, x.lawsuit, x.confirmed, x.help, x.note, x.next_on,"
                " COALESCE(a.name, '') AS author_name FROM visit x"
                " LEFT JOIN account a ON a.home = x.home AND a.id = x.author"
                " WHERE x.home = $1 AND x.matter = $2 ORDER BY x.id LIMIT 100"),
            V(r->who->home), V(matter)))
        return false;
    struct visit *v = out->v;
    for (size_t i = 0; i < out->n; i++)
        if (!db_all(r->c, e, r->a, &visit_party_record, &v[i].parties,
                SQL("SELECT x.party, COALESCE(p.name, '') AS party_name, x.reached,"
                    " x.satisfaction, x.note FROM visit_party x"
                    " LEFT JOIN party p ON p.home = x.home AND p.id = x.party"
                    " WHERE x.home = $1 AND x.visit = $2 ORDER BY x.party LIMIT 50"),
                V(r->who->home), V(v[i].id)))
            return false;
    return true;
}

static bool on_list(struct req *r, const void *in UNUSED, void *out, struct err *e)
{
    struct matter m;
    return matter_open(r, &m, e) && visit_list(r, m.id, out, e);
}

static const struct route visit_routes[] = {
    MATTER_ACTION("visit", MATTER_INTAKE, on_visit, matter_visit_record,
                  "Record a visit after closing, and plan the next"),
    { "GET", "/api/v1/matters/{id}/visits", PERM_MATTER_READ, ROUTE_READ, .apply = on_list,
      .out = &visit_record, .reply = REPLY_LIST, .doc = "The visits after closing" },
};
const struct route_table visit_table = ROUTES("visit", visit_routes);
