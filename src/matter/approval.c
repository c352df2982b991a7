#include "matter/approval.h"
#include "app/codebook.h"
#include "matter/deadline.h"
#include "matter/matter_act.h"
#include "place/place.h"

#define X(id, slug, zh, en) { slug, zh, en },
static const struct name action_v[] = { APPROVAL_ACTIONS(X) };
static const struct name state_v[] = { APPROVAL_STATES(X) };
#undef X
const struct names approval_action_names = NAMES("approval_action", action_v);
const struct names approval_state_names = NAMES("approval_state", state_v);

static const struct field approval_fields[] = {
    FIELD(approval, id, .doc = "Key", .flags = HIDDEN),
    FIELD(approval, action, .doc = "What is to be approved", .names = &approval_action_names,
          .zh = "报批事项", .en = "What"),
    FIELD(approval, state, .doc = "Where it stands", .names = &approval_state_names,
          .zh = "状态", .en = "State"),
    FIELD(approval, steps, .doc = "Roles that approve, in order", .zh = "审批环节", .en = "Steps"),
    FIELD(approval, step, .doc = "How many have approved", .zh = "已批环节", .en = "Approved"),
    FIELD(approval, text, .doc = "What is to be done or sent", .flags = CONTENT | LINES,
          .zh = "内容", .en = "Text"),
    FIELD(approval, asked_by, .doc = "Account that asked", .flags = HIDDEN),
    FIELD(approval, asked_by_name, .doc = "Who asked", .zh = "报批人", .en = "Asked by"),
    FIELD(approval, asked_at, .doc = "When", .zh = "报批时间", .en = "Asked"),
    FIELD(approval, decided_by_name, .doc = "Who decided last", .zh = "审批人", .en = "Decided by"),
    FIELD(approval, decided_at, .doc = "When", .zh = "审批时间", .en = "Decided"),
    FIELD(approval, note, .doc = "What the approver says", .flags = CONTENT | LINES,
          .zh = "审批意见", .en = "Note"),
};
const struct record approval_record = RECORD(approval, approval_fields);

struct matter_ask_approval { unsigned action; struct str text; };
static const struct field matter_ask_approval_fields[] = {
    FIELD(matter_ask_approval, action, .doc = "What is to be approved",
          .names = &approval_action_names, .preset = "reply", .zh = "报批事项", .en = "What"),
    FIELD(matter_ask_approval, text, .doc = "The reply as it will be sent, or the reason",
          .min = 2, .max = 3000, .flags = REQUIRED | LINES, .zh = "拟办内容", .en = "Text"),
};
static const struct record matter_ask_approval_record =
    RECORD(matter_ask_approval, matter_ask_approval_fields);

struct matter_decide_approval { bool approved; struct str note; };
static const struct field matter_decide_approval_fields[] = {
    FIELD(matter_decide_approval, approved, .doc = "Approved; else sent back to be changed",
          .flags = REQUIRED, .zh = "同意", .en = "Approved"),
    FIELD(matter_decide_approval, note, .doc = "Why it is sent back", .max = 500, .flags = LINES,
          .zh = "审批意见", .en = "Note"),
};
static const struct record matter_decide_approval_record =
    RECORD(matter_decide_approval, matter_decide_approval_fields);

/* Whether a row of list "approval" speaks of this matter. */
static bool fits(struct req *r, const struct code_entry *x, const struct matter *m,
                 enum approval_action action)
{
    struct str sources = code_extra(x, r->a, "sources");
    struct str least = code_extra(x, r->a, "least_people");
    int64_t people = 0;
    return str_is(code_extra(x, r->a, "action"), approval_action_names.v[action].slug)
        && str_has_word(code_extra(x, r->a, "kinds"), str_of(matter_kind_names.v[m->kind].slug))
        && (str_is(sources, "*") || str_has_word(sources, m->source))
        && str_to_i64(least, &people) && m->people >= people;
}

struct str approval_steps(struct req *r, const struct matter *m, enum approval_action action)
{
    struct list rows = codebook_list(r->app, r->a, STR("approval"), DAY_NONE);
    const struct code_entry *v = rows.v;
    struct str longest = STR("");
    for (size_t i = 0; i < rows.n; i++) {
        struct str steps = code_extra(&v[i], r->a, "steps");
        if (fits(r, &v[i], m, action) && steps.n > longest.n)
            longest = steps;
    }
    return longest;
}

/* Role number i of the steps; false after the last. */
static bool step_role(struct str steps, int64_t i, enum role *out)
{
    struct str one = STR("");
    for (int64_t k = 0; k <= i; k++) {
        if (!steps.n)
            return false;
        str_cut(steps, ' ', &one, &steps);
    }
    for (unsigned k = 0; k < ROLE__COUNT; k++)
        if (str_is(one, role_names.v[k].slug)) {
            *out = (enum role)k;
            return true;
        }
    return false;
}

void approval_close(struct matter *m)
{
    m->facts &= ~FACT_BIT(APPROVAL);
    m->approver = ID_NONE;
    m->approver_role = 0;
}

bool approval_held(struct req *r, struct id org, enum role role, struct id but, bool *out,
                   struct err *e)
{
    int64_t n = 0, today = day_of_stamp(r->now).n;
    if (!db_int(r->c, e, &n,
            SQL("SELECT COUNT(*) FROM (SELECT 1 FROM post p JOIN account a ON a.home = p.home"
                " AND a.id = p.account WHERE p.home = $1 AND p.org = $2 AND p.role = $3"
                " AND p.account <> $4 AND p.valid_from <= $5"
                " AND (p.valid_to = 0 OR p.valid_to > $5) AND a.state = 0"
                " AND (p.absent_from = 0 OR p.absent_from > $5 OR p.absent_to <= $5)"
                " LIMIT 1) x"),
            V(r->app->home), V(org), V((unsigned)role), V(but), V(today)))
        return false;
    *out = n > 0;
    return true;
}

bool approval_body(struct req *r, struct id org, enum role role, struct id but, struct id *out,
                   struct err *e)
{
    enum { LEVELS = 6 };
    bool held = false;
    struct id at = org;
    for (int i = 0; i < LEVELS && at.v && !held; i++)
        if (!approval_held(r, at, role, but, &held, e) || (!held && !org_above(r, at, &at, e)))
            return false;
    *out = held ? at : ID_NONE;
    return true;
}

/* Who approves in that role: in the body itself, or where nobody else holds it there,
 * in the nearest centre above, which may read the matter for as long as it is waited for:
 * the loan has no day of its own. */
static bool find_approver(struct move *mv, struct id org, enum role role, struct id asker,
                          struct err *e)
{
    struct req *r = mv->r;
    struct id at;
    if (!approval_body(r, org, role, asker, &at, e))
        return false;
    if (!at.v && role == ROLE_HEAD)     /* at the top the leader does it */
        return find_approver(mv, org, ROLE_LEADER, asker, e);
    if (!at.v)
        return err_set(e, ERR_NO_ABOVE);
    mv->m.approver = at;
    mv->m.approver_role = role;
    return at.v == org.v
        || sight_lend(r, mv->m.id, at, GRADE_CONTENT, WHY_REPORTED, r->now, e);
}

static bool on_ask_approval(struct req *r, const void *in, void *out, struct err *e)
{
    const struct matter_ask_approval *x = in;
    struct move mv;
    enum role first;
    if (!move_begin(&mv, r, MATTER_DO_ASK_APPROVAL, e))
        return false;
    if (x->action == APPROVAL_OF_REPLY && !(matter_relations(r->who, &mv.m) & REL_BIT(HANDLER)))
        return err_set(e, ERR_DENIED);  /* who does not reply asks for what moves a clock */
    struct str steps = approval_steps(r, &mv.m, (enum approval_action)x->action);
    if (!steps.n)
        steps = STR("head");            /* nobody is kept from asking */
    if (!step_role(steps, 0, &first))
        return err_internal(e, "approval by %.*s", STR_ARG(steps));
    if (!find_approver(&mv, r->who->org, first, r->who->account, e))
        return false;
    mv.m.facts |= FACT_BIT(APPROVAL);
    mv.subject = id_make();
    move_note(&mv, "action", str_of(approval_action_names.v[x->action].slug));
    move_note(&mv, "text", x->text);
    return db_exec(r->c, e, NULL,
            SQL("INSERT INTO approval (id, home, matter, round, action, steps, step, text, state,"
                " asked_by, asked_at, decided_by, decided_at, note, org)"
                " VALUES ($1, $2, $3, $4, $5, $6, 0, $7, 0, $8, $9, 0, 0, '', $10)"),
            V(mv.subject), V(mv.m.home), V(mv.m.id), V(mv.m.round), V(x->action), V(steps),
            V(x->text), V(r->who->account), V(r->now), V(r->who->org))
        && move_end(&mv, out, e);
}

static bool open_one(struct req *r, const struct matter *m, struct approval *out, struct err *e)
{
    return db_one(r->c, e, r->a, &approval_record, out,
        SQL("SELECT id, action, state, steps, step, text, asked_by FROM approval WHERE home = $1"
            " AND matter = $2 AND state = 0 ORDER BY id DESC LIMIT 1"), V(m->home), V(m->id));
}

struct absent { struct str name; };
static const struct field absent_fields[] = { FIELD(absent, name, .doc = "Who is away") };
static const struct record absent_record = RECORD(absent, absent_fields);

/* Who decides in another's place says in whose. */
static bool note_substitute(struct move *mv, struct err *e)
{
    struct absent x = { 0 };
    bool found;
    if (!db_maybe(mv->r->c, e, mv->r->a, &absent_record, &x, &found,
            SQL("SELECT a.name FROM post p JOIN post s ON s.home = p.home AND s.id = p.stands_for"
                " JOIN account a ON a.home = s.home AND a.id = s.account"
                " WHERE p.home = $1 AND p.id = $2"), V(mv->m.home), V(mv->r->who->post)))
        return false;
    if (found)
        move_note(mv, "stands_for", x.name);
    return true;
}

/* The next role, or the end; who asked cannot be who approves. */
static bool on_decide_approval(struct req *r, const void *in, void *out, struct err *e)
{
    const struct matter_decide_approval *x = in;
    struct approval a = { 0 };
    struct move mv;
    enum role next;
    if (!move_begin(&mv, r, MATTER_DO_DECIDE_APPROVAL, e) || !open_one(r, &mv.m, &a, e))
        return false;
    if (a.asked_by.v == r->who->account.v)
        return err_set(e, ERR_SECOND_PERSON);
    if (!x->approved && !x->note.n)
        return err_field(e, ERR_NEED_REASON, "note");
    bool more = x->approved && step_role(a.steps, a.step + 1, &next);
    unsigned state = more ? APPROVAL_OPEN : x->approved ? APPROVAL_APPROVED : APPROVAL_SENT_BACK;
    mv.subject = a.id;
    move_note(&mv, "decision", x->approved ? STR("approved") : STR("sent_back"));
    if (x->note.n)
        move_note(&mv, "note", x->note);
    if (!note_substitute(&mv, e))
        return false;
    if (more) {
        if (!find_approver(&mv, mv.m.approver, next, a.asked_by, e))
            return false;
        mv.event = "ask_approval";
    } else {
        approval_close(&mv.m);
        if (x->approved && a.action == APPROVAL_OF_REPLY)
            mv.m.facts &= ~FACT_BIT(REPLY_APPROVAL);
    }
    return db_exec(r->c, e, NULL,
            SQL("UPDATE approval SET step = step + $3, state = $4, decided_by = $5,"
                " decided_at = $6, note = $7 WHERE home = $1 AND id = $2"),
            V(mv.m.home), V(a.id), V((int64_t)x->approved), V(state), V(r->who->account),
            V(r->now), V(x->note))
        && move_end(&mv, out, e);
}

bool approval_use(struct req *r, const struct matter *m, enum approval_action action,
                  struct str *text, bool *found, struct err *e)
{
    struct approval a = { 0 };
    if (!db_maybe(r->c, e, r->a, &approval_record, &a, found,
            SQL("UPDATE approval SET state = 3 WHERE home = $1 AND matter = $2 AND round = $3"
                " AND action = $4 AND state = 1 AND org = $5 RETURNING id, text"),
            V(m->home), V(m->id), V(m->round), V((unsigned)action), V(r->who->org)))
        return false;
    *text = a.text;
    return true;
}

/* What was approved, or waits for it, was approved of something else. */
static bool take_back(struct req *r, struct matter *m, struct str reason, struct err *e)
{
    int64_t open = 0;
    if (!db_int(r->c, e, &open,
            SQL("SELECT COUNT(*) FROM approval WHERE home = $1 AND matter = $2 AND action = $3"
                " AND state = 0"), V(m->home), V(m->id), V((unsigned)APPROVAL_OF_REPLY))
        || !db_exec(r->c, e, NULL,
            SQL("UPDATE approval SET state = $4, decided_by = $5, decided_at = $6, note = $7"
                " WHERE home = $1 AND matter = $2 AND action = $3 AND state IN (0, 1)"),
            V(m->home), V(m->id), V((unsigned)APPROVAL_OF_REPLY), V((unsigned)APPROVAL_SENT_BACK),
            V(r->who->account), V(r->now), V(reason)))
        return false;
    if (!open)
        return true;
    approval_close(m);
    return deadline_meet(r, m, STR("decide_approval"), r->now, e);
}

bool approval_again(struct req *r, struct matter *m, struct str before, struct str reason,
                    struct err *e)
{
    struct str steps = approval_steps(r, m, APPROVAL_OF_REPLY);
    if (!m->concluded_at.ms || m->replied_at.ms || str_eq(before, steps))
        return true;
    m->facts &= ~FACT_BIT(REPLY_APPROVAL);
    if (steps.n)
        m->facts |= FACT_BIT(REPLY_APPROVAL);
    return !steps.n || take_back(r, m, reason, e);
}

bool approval_list(struct req *r, struct id matter, struct list *out, struct err *e)
{
    return db_all(r->c, e, r->a, &approval_record, out,
        SQL("SELECT p.id, p.action, p.state, p.steps, p.step, p.text, p.asked_by, p.asked_at,"
            " p.decided_at, p.note, COALESCE(a.name, '') AS asked_by_name,"
            " COALESCE(d.name, '') AS decided_by_name FROM approval p"
            " LEFT JOIN account a ON a.home = p.home AND a.id = p.asked_by"
            " LEFT JOIN account d ON d.home = p.home AND d.id = p.decided_by"
            " WHERE p.home = $1 AND p.matter = $2 ORDER BY p.id LIMIT 100"),
        V(r->who->home), V(matter));
}

static bool on_list(struct req *r, const void *in UNUSED, void *out, struct err *e)
{
    struct matter m;
    return matter_open(r, &m, e) && approval_list(r, m.id, out, e);
}

static const struct route approval_routes[] = {
    MATTER_ACTION("ask_approval", MATTER_ACT, on_ask_approval, matter_ask_approval_record,
                  "Ask for the approval a rule wants"),
    MATTER_ACTION("decide_approval", MATTER_APPROVE, on_decide_approval,
                  matter_decide_approval_record, "Approve, or send back to be changed"),
    { "GET", "/api/v1/matters/{id}/approvals", PERM_MATTER_READ, ROUTE_READ, .apply = on_list,
      .out = &approval_record, .reply = REPLY_LIST, .doc = "What was put up for approval" },
};
const struct route_table approval_table = ROUTES("approval", approval_routes);
