#include "matter/conclusion.h"
#include "matter/acceptance.h"
#include "matter/approval.h"
#include "matter/assignment.h"
#include "matter/attempt.h"
#include "matter/claim.h"
#include "matter/matter_act.h"
#include "matter/outcome.h"

#define X(id, slug, zh, en) { slug, zh, en },
static const struct name form_v[] = { AGREEMENT_FORMS(X) };
static const struct name prevention_v[] = { PREVENTIONS(X) };
#undef X
const struct names prevention_names = NAMES("prevention", prevention_v);
const struct names agreement_form_names = NAMES("agreement_form", form_v);

static const struct field instalment_fields[] = {
    FIELD(instalment, due_on, .doc = "By which day", .flags = REQUIRED | PARTY, .zh = "履行日期",
          .en = "Due"),
    FIELD(instalment, amount, .doc = "How much money", .max = 100000000000000, .flags = PARTY,
          .zh = "金额", .en = "Amount"),
    FIELD(instalment, note, .doc = "What else", .max = 200, .flags = PARTY, .zh = "履行内容",
          .en = "What"),
};
const struct record instalment_record = RECORD(instalment, instalment_fields);

static const struct field matter_conclude_fields[] = {
    FIELD(matter_conclude, outcomes, .doc = "For each claim and party, or one for all",
          .sub = &claim_outcome_record, .min = 1, .max = 50, .flags = REQUIRED, .zh = "结果",
          .en = "Outcomes"),
    FIELD(matter_conclude, form, .doc = "Form of the agreement, where there is one",
          .names = &agreement_form_names, .preset = "written", .zh = "协议形式",
          .en = "Form of agreement"),
    FIELD(matter_conclude, routes, .doc = "Other ways that were told, codes by blanks",
          .max = 200, .format = FORMAT_CODES, .codelist = "route",
          .zh = "已告知的其他途径", .en = "Routes told"),
    FIELD(matter_conclude, instalments, .doc = "What is to be done by when",
          .sub = &instalment_record, .max = 36, .zh = "履行安排", .en = "To be done"),
    FIELD(matter_conclude, summary, .doc = "How it was handled", .max = 3000,
          .flags = REQUIRED | LINES, .zh = "办理情况", .en = "What was done"),
    FIELD(matter_conclude, complex, .doc = "Hard and complex, as the monthly form asks it",
          .zh = "疑难复杂", .en = "Complex"),
    FIELD(matter_conclude, prevented, .doc = "What it kept from happening",
          .names = &prevention_names, .zh = "防止激化", .en = "Prevented"),
    FIELD(matter_conclude, prevented_people, .doc = "Persons it would have drawn in",
          .max = 100000, .zh = "防止激化涉及人数", .en = "Persons"),
};
const struct record matter_conclude_record = RECORD(matter_conclude, matter_conclude_fields);

static const struct field conclusion_fields[] = {
    FIELD(conclusion, id, .doc = "Key", .flags = HIDDEN | PARTY),
    FIELD(conclusion, round, .doc = "1, grows with each reopening", .flags = PARTY, .zh = "轮次",
          .en = "Round"),
    FIELD(conclusion, at, .doc = "When", .flags = PARTY, .zh = "时间", .en = "Time"),
    FIELD(conclusion, form, .doc = "Form of the agreement", .names = &agreement_form_names,
          .flags = PARTY, .zh = "协议形式", .en = "Form of agreement"),
    FIELD(conclusion, outcomes, .doc = "By claim and party", .sub = &outcome_record,
          .flags = CONTENT | PARTY, .zh = "结果", .en = "Outcomes"),
    FIELD(conclusion, instalments, .doc = "What is to be done by when",
          .sub = &instalment_record, .flags = CONTENT | PARTY, .zh = "履行安排",
          .en = "To be done"),
    FIELD(conclusion, routes, .doc = "Other ways that were told, codes by blanks",
          .flags = PARTY, .format = FORMAT_CODES, .codelist = "route",
          .zh = "已告知的其他途径", .en = "Routes told"),
    FIELD(conclusion, summary, .doc = "How it was handled", .flags = CONTENT | LINES,
          .zh = "办理情况", .en = "What was done"),
    FIELD(conclusion, complex, .doc = "Hard and complex", .zh = "疑难复杂", .en = "Complex"),
    FIELD(conclusion, prevented, .doc = "What it kept from happening",
          .names = &prevention_names, .zh = "防止激化", .en = "Prevented"),
    FIELD(conclusion, prevented_people, .doc = "Persons it would have drawn in",
          .zh = "防止激化涉及人数", .en = "Persons"),
    FIELD(conclusion, concluded_by, .doc = "Account that concluded", .flags = HIDDEN),
    FIELD(conclusion, author_name, .doc = "Who concluded", .flags = PARTY, .zh = "登记人",
          .en = "Concluded by"),
};
const struct record conclusion_record = RECORD(conclusion, conclusion_fields);

/* ---- what the outcomes need ---- */

/* Somebody cannot be said to be out of reach who was not tried often enough: the
 * party named, or one of the other side. */
static bool tried_enough(struct req *r, const struct outcome *o, struct list parties,
                         struct list attempts, struct err *e)
{
    const struct party *p = parties.v;
    struct str told = STR("");
    for (size_t i = 0; i < parties.n; i++) {
        bool meant = o->party.v ? p[i].id.v == o->party.v : p[i].role == PARTY_RESPONDENT;
        if (!meant || p[i].left_at.ms)
            continue;
        struct tries t = attempt_tries(r, attempts, p[i].id, (struct stamp){ 0 });
        if (t.enough && !t.reached)
            return true;
        told = attempt_told(r, p[i].name, &t);
    }
    return err_fieldf(e, ERR_NEED_ATTEMPTS, "outcomes", "%.*s", STR_ARG(told));
}

static bool check_needs(struct req *r, const struct matter *m, const struct matter_conclude *x,
                        struct list rows, struct list parties, bool *agreed, struct err *e)
{
    const struct outcome *v = rows.v;
    struct list attempts;
    bool done = false;
    *agreed = false;
    if (!attempt_list(r, m->id, m->round, &attempts, e)
        || !acceptance_know_routes(r, x->routes, e))
        return false;
    for (size_t i = 0; i < rows.n; i++) {
        struct outcome_rule rule = outcome_rule(r, v[i].outcome);
        if (rule.routes && !x->routes.n)
            return err_field(e, ERR_NEED_ROUTES, "routes");
        if (rule.agreement && x->form == AGREEMENT_NONE)
            return err_field(e, ERR_REQUIRED, "form");
        if (rule.attempts && !tried_enough(r, &v[i], parties, attempts, e))
            return false;
        *agreed |= rule.agreement;
        done |= rule.success != SUCCESS_NO;
    }
    return done || !x->instalments.n || err_fieldf(e, ERR_TOO_MANY, "instalments", "0");
}

/* ---- writing ---- */

static bool put_instalments(struct req *r, const struct matter *m, struct list list,
                            struct err *e)
{
    const struct instalment *v = list.v;
    for (size_t i = 0; i < list.n; i++)
        if (!db_exec(r->c, e, NULL,
                SQL("INSERT INTO instalment (id, home, matter, round, due_on, amount, note)"
                    " VALUES ($1, $2, $3, $4, $5, $6, $7)"),
                V(id_make()), V(m->home), V(m->id), V(m->round), V(v[i].due_on), V(v[i].amount),
                V(v[i].note)))
            return false;
    return true;
}

static bool put_row(struct req *r, const struct matter *m, const struct matter_conclude *x,
                    unsigned form, struct id by, struct stamp at, struct err *e)
{
    return db_exec(r->c, e, NULL,
        SQL("INSERT INTO conclusion (id, home, matter, round, form, routes, summary,"
            " concluded_by, at, complex, prevented, prevented_people)"
            " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)"),
        V(id_make()), V(m->home), V(m->id), V(m->round), V(form), V(x->routes), V(x->summary),
        V(by), V(at), V(x->complex), V(x->prevented), V(x->prevented_people));
}

bool conclusion_of_stop(struct req *r, const struct matter *m, struct str routes,
                        struct stamp at, struct err *e)
{
    struct matter_conclude x = { .routes = routes };
    return put_row(r, m, &x, AGREEMENT_NONE, ID_NONE, at, e);
}

bool conclusion_put(struct req *r, struct matter *m, const struct matter_conclude *x,
                    struct stamp at, struct err *e)
{
    struct list claims, parties, rows;
    bool agreed;
    if ((x->prevented != PREVENTED_NONE) != (x->prevented_people > 0))
        return err_field(e, ERR_REQUIRED, x->prevented ? "prevented_people" : "prevented");
    if (!claim_list(r, m->id, &claims, e))
        return false;
    claim_keep_open(&claims);
    if (!party_sides(r, m->id, &parties, e)
        || !outcome_spread(r, m, x->outcomes, claims, parties, &rows, e)
        || !check_needs(r, m, x, rows, parties, &agreed, e))
        return false;
    unsigned form = agreed ? x->form : AGREEMENT_NONE;
    m->facts &= ~(FACT_BIT(ORAL) | MATTER_DOUBTS);
    if (form == AGREEMENT_ORAL)
        m->facts |= FACT_BIT(ORAL) | FACT_BIT(REPORTED);
    return put_row(r, m, x, form, r->who->account, at, e)
        && outcome_put(r, m, claims, rows, e) && put_instalments(r, m, x->instalments, e);
}

/* ---- reading ---- */

bool conclusion_now(struct req *r, const struct matter *m, struct conclusion *out, bool *found,
                    struct err *e)
{
    return db_maybe(r->c, e, r->a, &conclusion_record, out, found,
        SQL("SELECT id, round, form, routes, concluded_by, at FROM conclusion"
            " WHERE home = $1 AND matter = $2 AND round = $3"),
        V(m->home), V(m->id), V(m->round));
}

static bool add_lists(struct req *r, struct id matter, struct conclusion *x, struct err *e)
{
    return outcome_list(r, matter, x->round, &x->outcomes, e)
        && db_all(r->c, e, r->a, &instalment_record, &x->instalments,
            SQL("SELECT due_on, amount, note FROM instalment WHERE home = $1 AND matter = $2"
                " AND round = $3 ORDER BY due_on, id LIMIT 36"),
            V(r->who->home), V(matter), V(x->round));
}

bool conclusion_list(struct req *r, struct id matter, struct list *out, struct err *e)
{
    if (!db_all(r->c, e, r->a, &conclusion_record, out,
            SQL("SELECT x.id, x.round, x.form, x.routes, x.summary, x.concluded_by, x.at,"
                " x.complex, x.prevented, x.prevented_people,"
                " COALESCE(a.name, '') AS author_name FROM conclusion x"
                " LEFT JOIN account a ON a.home = x.home AND a.id = x.concluded_by"
                " WHERE x.home = $1 AND x.matter = $2 ORDER BY x.round LIMIT 50"),
            V(r->who->home), V(matter)))
        return false;
    struct conclusion *v = out->v;
    for (size_t i = 0; i < out->n; i++)
        if (!add_lists(r, matter, &v[i], e))
            return false;
    return true;
}

bool conclusion_next_due(struct req *r, const struct matter *m, struct day after,
                         struct day *out, struct err *e)
{
    int64_t due = 0;
    bool ok = db_int(r->c, e, &due,
        SQL("SELECT COALESCE(MIN(due_on), 0) FROM instalment WHERE home = $1 AND matter = $2"
            " AND round = $3 AND due_on > $4"),
        V(m->home), V(m->id), V(m->round), V(after));
    *out = (struct day){ (int32_t)due };
    return ok;
}

/* ---- routes ---- */

/* Without an agreement there is no form of one to tell. */
static bool is_agreed(struct req *r, struct list outcomes)
{
    const struct claim_outcome *v = outcomes.v;
    for (size_t i = 0; i < outcomes.n; i++)
        if (outcome_rule(r, v[i].outcome).agreement)
            return true;
    return false;
}

void conclusion_note(struct move *mv, const struct matter_conclude *x)
{
    move_note_list(mv, "outcomes", &claim_outcome_record, x->outcomes);
    if (is_agreed(mv->r, x->outcomes))
        move_note(mv, "form", str_of(agreement_form_names.v[x->form].slug));
    if (x->routes.n)
        move_note(mv, "routes", x->routes);
    if (x->instalments.n)
        move_note_list(mv, "instalments", &instalment_record, x->instalments);
    move_note(mv, "summary", x->summary);
    if (x->complex)
        move_note_int(mv, "complex", 1);
    if (x->prevented) {
        move_note(mv, "prevented", str_of(prevention_v[x->prevented].slug));
        move_note_int(mv, "prevented_people", x->prevented_people);
    }
}

static bool on_conclude(struct req *r, const void *in, void *out, struct err *e)
{
    const struct matter_conclude *x = in;
    struct move mv;
    if (!move_begin(&mv, r, MATTER_DO_CONCLUDE, e))
        return false;
    if (mv.m.handler_gone)
        mv.m.handler = r->who->account;
    if (!conclusion_put(r, &mv.m, x, mv.happened_at, e) || !assignment_done(r, &mv.m, e)
        || !assignment_objection_over(r, &mv.m, e))
        return false;
    conclusion_note(&mv, x);
    mv.m.concluded_at = mv.happened_at;
    if (approval_steps(r, &mv.m, APPROVAL_OF_REPLY).n)
        mv.m.facts |= FACT_BIT(REPLY_APPROVAL);
    return move_end(&mv, out, e);
}

static bool on_list(struct req *r, const void *in UNUSED, void *out, struct err *e)
{
    struct matter m;
    struct list parties, *list = out;
    if (!matter_open(r, &m, e) || !conclusion_list(r, m.id, list, e))
        return false;
    if (!r->sight.party)
        return true;
    if (!party_sides(r, m.id, &parties, e))
        return false;
    struct conclusion *v = list->v;
    for (size_t i = 0; i < list->n; i++)
        party_keep_own(parties, r->who->account, PARTY_ROW(outcome, true), &v[i].outcomes);
    return true;
}

static const struct route conclusion_routes[] = {
    MATTER_ACTION("conclude", MATTER_HANDLE, on_conclude, matter_conclude_record,
                  "Record the outcome of every claim"),
    { "GET", "/api/v1/matters/{id}/conclusions", PERM_MATTER_READ, ROUTE_READ, .apply = on_list,
      .out = &conclusion_record, .reply = REPLY_LIST,
      .doc = "How it ended, round by round" },
    { "GET", "/api/v1/door/matters/{id}/conclusions", PERM_RESIDENT, ROUTE_READ,
      .apply = on_list, .out = &conclusion_record, .reply = REPLY_LIST, .sites = SITE_BOTH,
      .doc = "How my matter ended, round by round" },
};
const struct route_table conclusion_table = ROUTES("conclusion", conclusion_routes);
