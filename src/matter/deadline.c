#include "matter/deadline_change.h"
#include "app/codebook.h"
#include "place/place.h"

/* Which clocks an event answers: the clock's "what" and the action that meets it.
 * A rule whose "what" does not stand here is a window or a duty of a step this
 * program does not take yet: no clock is started that nothing could end.
 * A window is a party's time to do something: it ends without fault. */
static const struct { const char *what, *event; bool window; } met_by[] = {
    { "accept", "accept", false },      { "accept", "decline", false },
    { "first_answer", "accept", false }, { "first_answer", "decline", false },
    { "details", "add_details", true }, { "assign", "assign", false },
    { "take", "take", false },          { "handle", "conclude", false },
    /* who records an outcome has heard the parties */
    { "contact", "record_attempt", false }, { "contact", "conclude", false },
    { "reply", "reply", false },        { "close", "close", false },
    { "whole", "close", false },        { "decline_review", "review", false },
    { "decline_review", "accept", false },
    { "decline_review_apply", "ask_review", true }, { "object", "object", true },
    { "object", "take", true },         { "duty_report", "report_danger", false },
    { "approve", "decide_approval", false }, { "archive", "archive", false },
    { "supervise", "answer_supervision", false }, { "void", "decide_void", false },
    { "visit", "visit", false },        { "rate", "rate", true },
    { "reopen", "reopen", true },
};

static bool can_be_met(struct str what)
{
    for (size_t i = 0; i < COUNT(met_by); i++)
        if (str_is(what, met_by[i].what))
            return true;
    return false;
}

/* Not every ending is visited (rules/outcomes.csv). */
static bool is_wanted(const struct matter *m, struct str what)
{
    return !str_is(what, "visit") || m->facts & FACT_BIT(TO_VISIT);
}

static bool is_window(struct str what)
{
    for (size_t i = 0; i < COUNT(met_by); i++)
        if (met_by[i].window && str_is(what, met_by[i].what))
            return true;
    return false;
}

/* The body a rule's clock is for: none for a party's window, which nobody can be
 * late with. acting is who has to go on after the event. */
static struct id duty_of(const struct matter *m, const struct limit_rule *rule, struct id acting)
{
    if (is_window(rule->what))
        return ID_NONE;
    if (str_is(rule->what, "supervise"))
        return m->supervised;
    if (str_is(rule->who, "owner") || str_is(rule->who, "visitor") || str_is(rule->who, "party"))
        return m->owner;
    if (str_is(rule->who, "above"))
        return m->reviewer;
    if (str_is(rule->who, "second"))
        return m->facts & FACT_BIT(VOID_ABOVE) ? m->reviewer : m->owner;
    if (str_is(rule->who, "approver"))
        return m->approver;
    if (str_is(rule->who, "lead") || str_is(rule->who, "handler") || str_is(rule->who, "mediator"))
        return m->lead.v ? m->lead : m->owner;
    return acting;
}

static bool end_met(struct req *r, const struct matter *m, const char *what, struct stamp at,
                    struct err *e)
{
    return db_post(r->c, e,
        SQL("UPDATE deadline SET state = CASE WHEN due_at >= $4 THEN 2 ELSE 3 END, ended_at = $4"
            " WHERE home = $1 AND matter = $2 AND what = $3 AND state IN (0, 1)"),
        V(m->home), V(m->id), V(str_of(what)), V(at));
}

static bool start(struct req *r, struct matter *m, const struct limit_rule *rule,
                  struct id assignment, struct id org, struct stamp at, struct err *e)
{
    struct limit_due due;
    if (!codebook_due(r->app, rule, org, at, STR(""), &due, e))
        return false;
    if (str_is(rule->what, "whole")) {
        m->due_at = due.due_at;
        m->yellow_at = due.yellow_at;
    }
    return db_post(r->c, e,
        SQL("INSERT INTO deadline (id, home, matter, assignment, what, rule, state, org,"
            " started_at, due_at, yellow_at, ended_at, paused_at, pauses, extended, provisional,"
            " red_at, look_at)"
            " VALUES ($1, $2, $3, $4, $5, $6, 0, $7, $8, $9, $10, 0, 0, '', 0, $11, 0, $12)"),
        V(id_make()), V(m->home), V(m->id), V(assignment), V(rule->what), V(rule->id), V(org),
        V(at), V(due.due_at), V(due.yellow_at), V(due.provisional),
        V(deadline_look(due.due_at, due.yellow_at, at)))
        && deadline_to_assignment(r, m, rule->what, due.due_at, e);
}

bool deadline_begin(struct req *r, struct matter *m, const struct limit_rule *rule,
                    struct stamp at, struct err *e)
{
    return start(r, m, rule, ID_NONE, duty_of(m, rule, m->lead.v ? m->lead : m->owner), at, e);
}

/* What the body that has to act is: rules may ask its kind and its level. */
struct body { struct str kind; unsigned level; };
static const struct field body_fields[] = {
    FIELD(body, kind, .doc = "Kind"),
    FIELD(body, level, .doc = "Level", .names = &area_level_names),
};
static const struct record body_record = RECORD(body, body_fields);

bool deadline_case(struct req *r, const struct matter *m, struct str event, struct id org,
                   struct stamp at, struct limit_case *out, struct err *e)
{
    struct body b = { 0 };
    bool found;
    if (!db_maybe(r->c, e, r->a, &body_record, &b, &found,
            SQL("SELECT o.kind, a.level FROM org o JOIN area a ON a.id = o.area"
                " WHERE o.home = $1 AND o.id = $2"), V(m->home), V(org)))
        return false;
    *out = (struct limit_case){
        .kind = str_of(matter_kind_names.v[m->kind].slug), .type = m->type,
        .channel = m->source, .starts_at = event, .on = day_of_stamp(at), .body = b.kind,
        .level = found ? str_of(area_level_names.v[b.level].slug) : STR(""),
    };
    return true;
}

/* A clock of the same "what" that runs already gives way to the new one only if
 * the new rule's priority is not lower (docs/rules.md). */
static bool give_way(struct req *r, const struct matter *m, struct list running,
                     const struct limit_rule *rule, bool *starts, struct err *e)
{
    const struct deadline *v = running.v;
    *starts = true;
    for (size_t i = 0; i < running.n; i++) {
        if (!str_eq(v[i].what, rule->what))
            continue;
        const struct limit_rule *old = codebook_rule(r->app, v[i].rule,
                                                     day_of_stamp(v[i].started_at));
        /* in a later round what ran goes on: its elapsed days stay */
        if (old && (old->priority > rule->priority
                    || (m->round > 1 && old->priority == rule->priority))) {
            *starts = false;
            continue;
        }
        if (!db_post(r->c, e,
                SQL("UPDATE deadline SET state = 4, ended_at = $3 WHERE home = $1 AND id = $2"),
                V(m->home), V(v[i].id), V(r->now)))
            return false;
    }
    return true;
}

static bool running_list(struct req *r, const struct matter *m, struct list *out, struct err *e)
{
    return db_all(r->c, e, r->a, &deadline_record, out,
        SQL("SELECT id, what, rule, started_at FROM deadline WHERE home = $1 AND matter = $2"
            " AND state IN (0, 1) ORDER BY id LIMIT 100"), V(m->home), V(m->id));
}

/* The substance came to rest: what still runs ends without fault, but the duty to
 * report a danger, the answer to a supervision, whether it is void, and what follows
 * the end. */
static bool drop_all(struct req *r, const struct matter *m, struct err *e)
{
    return db_post(r->c, e,
        SQL("UPDATE deadline SET state = 4, ended_at = $3"
            " WHERE home = $1 AND matter = $2 AND state IN (0, 1)"
            " AND what NOT IN ('duty_report', 'supervise', 'void')"
            " AND (CAST($4 AS BIGINT) = 0 OR what NOT IN ('visit', 'rate', 'reopen'))"
            " AND (what <> 'archive' OR CAST($5 AS BIGINT) = 1)"),
        V(m->home), V(m->id), V(r->now),
        V(m->state == MATTER_CLOSED || m->state == MATTER_ARCHIVED), V(m->state == MATTER_VOID));
}

/* What is worked on again is not to be put away. */
static bool wake(struct req *r, const struct matter *m, struct list running, struct err *e)
{
    const struct deadline *v = running.v;
    for (size_t i = 0; i < running.n && !matter_at_rest(m->state); i++)
        if (str_is(v[i].what, "archive")
            && !db_post(r->c, e,
                SQL("UPDATE deadline SET state = 4, ended_at = $3 WHERE home = $1 AND id = $2"),
                V(m->home), V(v[i].id), V(r->now)))
            return false;
    return true;
}

bool deadline_give_back(struct req *r, const struct matter *m, struct err *e)
{
    return db_post(r->c, e,
        SQL("UPDATE deadline SET state = 4, ended_at = $3 WHERE home = $1 AND matter = $2"
            " AND what IN ('take', 'object', 'contact') AND state IN (0, 1)"),
        V(m->home), V(m->id), V(r->now))
        && db_post(r->c, e,
        SQL("UPDATE deadline SET org = $3 WHERE home = $1 AND matter = $2 AND what = 'handle'"
            " AND state IN (0, 1)"), V(m->home), V(m->id), V(m->owner));
}

bool deadline_drop_early(struct req *r, const struct matter *m, struct err *e)
{
    return db_post(r->c, e,
        SQL("UPDATE deadline SET state = 4, ended_at = $3 WHERE home = $1 AND matter = $2"
            " AND what IN ('accept', 'first_answer', 'details', 'assign', 'take', 'object',"
            " 'contact') AND state IN (0, 1)"), V(m->home), V(m->id), V(r->now));
}

bool deadline_meet(struct req *r, const struct matter *m, struct str event, struct stamp at,
                   struct err *e)
{
    for (size_t i = 0; i < COUNT(met_by); i++)
        if (str_is(event, met_by[i].event) && !end_met(r, m, met_by[i].what, at, e))
            return false;
    return true;
}

bool deadline_event(struct req *r, struct matter *m, struct str event, struct id assignment,
                    struct id org, struct stamp at, struct err *e)
{
    const struct limit_rule *rules[LIMITS_MAX];
    struct limit_case k;
    struct list running = { 0 };
    bool first = str_is(event, "file"), starts = true;
    if ((!first && !deadline_meet(r, m, event, at, e))
        || (matter_at_rest(m->state) && !drop_all(r, m, e))
        || !deadline_case(r, m, event, org, at, &k, e)
        || (!first && !running_list(r, m, &running, e)) || !wake(r, m, running, e))
        return false;
    size_t n = codebook_limits(r->app, &k, rules);
    for (size_t i = 0; i < n; i++)
        if (can_be_met(rules[i]->what) && is_wanted(m, rules[i]->what)
            && (!give_way(r, m, running, rules[i], &starts, e)
                || (starts && !start(r, m, rules[i], assignment,
                                     duty_of(m, rules[i], org), at, e))))
            return false;
    return !str_is(event, "assign") || deadline_hand_over(r, m, e);
}

bool deadline_revive(struct req *r, const struct matter *m, struct str what, struct err *e)
{
    return db_post(r->c, e,
        SQL("UPDATE deadline SET state = 0, ended_at = 0 WHERE home = $1 AND matter = $2"
            " AND what = $3 AND state > 1 AND id = (SELECT MAX(d.id) FROM deadline d"
            " WHERE d.home = $1 AND d.matter = $2 AND d.what = $3)"),
        V(m->home), V(m->id), V(what));
}

bool deadline_list(struct req *r, struct id matter, struct list *out, struct err *e)
{
    return db_all(r->c, e, r->a, &deadline_record, out,
        SQL("SELECT id, what, rule, state, org, started_at, due_at, yellow_at, ended_at,"
            " paused_at, pauses, extended, provisional FROM deadline"
            " WHERE home = $1 AND matter = $2 ORDER BY id LIMIT 100"),
        V(r->who->home), V(matter));
}

bool deadline_running(struct req *r, const struct matter *m, struct list *out, struct err *e)
{
    return db_all(r->c, e, r->a, &deadline_record, out,
        SQL("SELECT what, org, due_at, yellow_at FROM deadline WHERE home = $1 AND matter = $2"
            " AND state = 0 AND org <> 0 LIMIT 100"),
        V(m->home), V(m->id));
}
