#include "matter/deadline_change.h"
#include "app/worktime.h"

struct stamp deadline_look(struct stamp due, struct stamp yellow, struct stamp now)
{
    bool yellow_next = yellow.ms > now.ms && yellow.ms < due.ms;
    return (struct stamp){ yellow_next ? yellow.ms : due.ms + 1 };
}

bool deadline_open(struct req *r, const struct matter *m, struct list *out, struct err *e)
{
    return db_all(r->c, e, r->a, &deadline_record, out,
        SQL("SELECT id, what, rule, state, org, started_at, due_at, yellow_at, paused_at,"
            " pauses, extended, provisional FROM deadline WHERE home = $1 AND matter = $2"
            " AND state IN (0, 1) ORDER BY id LIMIT 100"), V(m->home), V(m->id));
}

bool deadline_to_assignment(struct req *r, const struct matter *m, struct str what,
                            struct stamp due, struct err *e)
{
    return !str_is(what, "handle") || !m->lead.v
        || db_exec(r->c, e, NULL,
            SQL("UPDATE assignment SET due_at = $3 WHERE home = $1 AND matter = $2 AND part = 0"
                " AND state IN (0, 1, 3)"), V(m->home), V(m->id), V(due));
}

static const struct limit_rule *rule_of(struct req *r, const struct deadline *d)
{
    return codebook_rule(r->app, d->rule, day_of_stamp(d->started_at));
}

bool deadline_count(struct req *r, struct matter *m, struct deadline *d, struct err *e)
{
    struct limit_due due;
    const struct limit_rule *rule = rule_of(r, d);
    if (!rule)
        return err_internal(e, "no rule %.*s", STR_ARG(d->rule));
    if (!codebook_due_extended(r->app, rule, d->org, d->started_at, d->pauses, d->extended, &due,
                               e))
        return false;
    d->due_at = due.due_at;
    d->yellow_at = due.yellow_at;
    if (str_is(d->what, "whole")) {
        m->due_at = due.due_at;
        m->yellow_at = due.yellow_at;
    }
    return db_exec(r->c, e, NULL,
        SQL("UPDATE deadline SET state = $3, rule = $4, org = $5, due_at = $6, yellow_at = $7,"
            " paused_at = $8, pauses = $9, extended = $10, provisional = $11, look_at = $12,"
            " started_at = $14, red_at = CASE WHEN $6 > $13 THEN 0 ELSE red_at END"
            " WHERE home = $1 AND id = $2 AND state IN (0, 1)"),
        V(m->home), V(d->id), V(d->state), V(d->rule), V(d->org), V(due.due_at),
        V(due.yellow_at), V(d->paused_at), V(d->pauses), V(d->extended), V(due.provisional),
        V(deadline_look(due.due_at, due.yellow_at, r->now)), V(r->now), V(d->started_at))
        && deadline_to_assignment(r, m, d->what, due.due_at, e);
}

/* Room in a clock's pauses is kept for what is no pause of anybody's choice: the time
 * between two rounds. */
enum { STOPS_MAX = PAUSES_MAX - 16 };

static size_t stops_of(struct str pauses)
{
    size_t n = pauses.n > 0;
    for (size_t i = 0; i < pauses.n; i++)
        n += pauses.p[i] == ' ';
    return n;
}

bool deadline_stop_all(struct req *r, const struct matter *m, struct str reason, int64_t *n,
                       struct err *e)
{
    struct list open;
    *n = 0;
    if (!deadline_open(r, m, &open, e))
        return false;
    const struct deadline *d = open.v;
    for (size_t i = 0; i < open.n; i++) {
        const struct limit_rule *rule = rule_of(r, &d[i]);
        if (d[i].state != DEADLINE_RUNNING || d[i].due_at.ms < r->now.ms || !rule
            || !str_has_word(rule->pauses, reason) || stops_of(d[i].pauses) >= STOPS_MAX)
            continue;
        struct str pauses = arena_printf(r->a, "%.*s%s%lld-", STR_ARG(d[i].pauses),
                                         d[i].pauses.n ? " " : "", (long long)r->now.ms);
        if (!db_exec(r->c, e, NULL,
                SQL("UPDATE deadline SET state = 1, paused_at = $3, pauses = $4"
                    " WHERE home = $1 AND id = $2 AND state = 0"),
                V(m->home), V(d[i].id), V(r->now), V(pauses)))
            return false;
        ++*n;
    }
    return true;
}

bool deadline_go_on(struct req *r, struct matter *m, struct stamp at, struct err *e)
{
    struct list open;
    if (!deadline_open(r, m, &open, e))
        return false;
    struct deadline *d = open.v;
    for (size_t i = 0; i < open.n; i++) {
        if (d[i].state != DEADLINE_PAUSED)
            continue;
        d[i].state = DEADLINE_RUNNING;
        d[i].paused_at.ms = 0;
        d[i].pauses = arena_printf(r->a, "%.*s%lld", STR_ARG(d[i].pauses), (long long)at.ms);
        if (!deadline_count(r, m, &d[i], e))
            return false;
    }
    return true;
}

/* The rule that the event which started d would choose now; NULL for none. */
static bool choose(struct req *r, const struct matter *m, const struct deadline *d,
                   const struct limit_rule **out, struct err *e)
{
    const struct limit_rule *old = rule_of(r, d), *found[LIMITS_MAX];
    struct limit_case k;
    *out = NULL;
    if (!old)
        return true;
    if (!deadline_case(r, m, old->starts_at, d->org.v ? d->org : m->owner, d->started_at, &k, e))
        return false;
    size_t n = codebook_limits(r->app, &k, found);
    for (size_t i = 0; i < n; i++)
        if (str_eq(found[i]->what, d->what))
            *out = found[i];
    return true;
}

/* d by the rule that fits now. Nothing is written when everything stays. */
static bool reckon_one(struct req *r, struct matter *m, struct deadline *d, bool moved,
                       struct err *e)
{
    const struct limit_rule *rule;
    if (!choose(r, m, d, &rule, e))
        return false;
    if (rule && !str_eq(rule->id, d->rule)) {
        d->rule = rule->id;
        moved = true;
    }
    return !moved || deadline_count(r, m, d, e);
}

/* What began clocks in a first round, and when; at 0: not yet. */
struct begun { const char *event; struct stamp at; };
enum { BEGUN = 4 };
struct candidate { const struct limit_rule *rule; struct stamp at; };
struct candidates {
    struct begun begun[BEGUN];
    struct candidate v[BEGUN * LIMITS_MAX];
    size_t n;
};

struct lead_times { struct stamp offered_at, taken_at; };
static const struct field lead_times_fields[] = {
    FIELD(lead_times, offered_at, .doc = "Offered"), FIELD(lead_times, taken_at, .doc = "Taken"),
};
static const struct record lead_times_record = RECORD(lead_times, lead_times_fields);

static void add_candidates(struct req *r, struct candidates *c, struct limit_case k,
                           const struct begun *b, bool handling)
{
    const struct limit_rule *found[LIMITS_MAX];
    k.starts_at = str_of(b->event);
    k.on = day_of_stamp(b->at);
    size_t n = codebook_limits(r->app, &k, found);
    for (size_t i = 0; i < n && c->n < COUNT(c->v); i++)
        if (str_is(found[i]->what, "handle") == handling)
            c->v[c->n++] = (struct candidate){ found[i], b->at };
}

/* Every rule that what happened so far would start if it happened to m as it is now;
 * handling is asked of the body that leads. */
static bool gather(struct req *r, const struct matter *m, struct candidates *c, struct err *e)
{
    struct limit_case owner, lead;
    struct lead_times t = { 0 };
    bool found;
    if (!deadline_case(r, m, STR("file"), m->owner, m->filed_at, &owner, e))
        return false;
    lead = owner;
    if (m->lead.v
        && (!deadline_case(r, m, STR("assign"), m->lead, m->filed_at, &lead, e)
            || !db_maybe(r->c, e, r->a, &lead_times_record, &t, &found,
                SQL("SELECT offered_at, taken_at FROM assignment WHERE home = $1 AND matter = $2"
                    " AND part = 0 AND state IN (0, 1, 3)"), V(m->home), V(m->id))))
        return false;
    *c = (struct candidates){ .begun = { { "file", m->filed_at }, { "accept", m->accepted_at },
                                         { "assign", t.offered_at }, { "take", t.taken_at } } };
    for (size_t i = 0; i < BEGUN; i++) {
        if (!c->begun[i].at.ms)
            continue;
        add_candidates(r, c, i < 2 ? owner : lead, &c->begun[i], false);
        add_candidates(r, c, lead, &c->begun[i], true);
    }
    return true;
}

/* The strongest, of two alike the later; NULL for none. */
static const struct candidate *best_of(const struct candidates *c, struct str what)
{
    const struct candidate *best = NULL;
    for (size_t i = 0; i < c->n; i++)
        if (str_eq(c->v[i].rule->what, what)
            && (!best || c->v[i].rule->priority >= best->rule->priority))
            best = &c->v[i];
    return best;
}

/* d by the rule that fits now, from what that rule says it starts at; without one it ends
 * without fault, and starts when its time comes. */
static bool follow(struct req *r, struct matter *m, const struct candidates *c,
                   struct deadline *d, struct err *e)
{
    const struct limit_rule *old = rule_of(r, d);
    bool begun = false;
    for (size_t i = 0; old && i < BEGUN; i++)
        begun |= c->begun[i].at.ms && str_is(old->starts_at, c->begun[i].event);
    if (!begun)
        return reckon_one(r, m, d, false, e);
    const struct candidate *best = best_of(c, d->what);
    if (!best)
        return db_exec(r->c, e, NULL,
            SQL("UPDATE deadline SET state = 4, ended_at = $3 WHERE home = $1 AND id = $2"),
            V(m->home), V(d->id), V(r->now));
    if (str_eq(best->rule->id, d->rule))
        return true;
    if (!str_eq(best->rule->starts_at, old->starts_at))
        d->started_at = best->at;
    d->rule = best->rule->id;
    return deadline_count(r, m, d, e);
}

/* A clock that what happened would have started, had m been then what it is now. */
static bool begin_missing(struct req *r, struct matter *m, const struct candidates *c,
                          struct list open, struct str what, struct err *e)
{
    const struct deadline *d = open.v;
    const struct candidate *best = best_of(c, what);
    for (size_t i = 0; i < open.n; i++)
        if (str_eq(d[i].what, what))
            return true;
    return !best || deadline_begin(r, m, best->rule, best->at, e);
}

bool deadline_reckon(struct req *r, struct matter *m, struct err *e)
{
    struct list open;
    struct candidates c;
    bool first = m->round <= 1 && !(m->facts & FACT_BIT(PARTS)),
         intake = m->state == MATTER_FILED || m->state == MATTER_DETAILS,
         working = intake || m->state == MATTER_ACCEPTED || m->state == MATTER_IN_HAND;
    if (!deadline_open(r, m, &open, e) || (first && !gather(r, m, &c, e)))
        return false;
    struct deadline *d = open.v;
    for (size_t i = 0; i < open.n; i++)
        if (!(first ? follow(r, m, &c, &d[i], e) : reckon_one(r, m, &d[i], false, e)))
            return false;
    return (!first || !intake || begin_missing(r, m, &c, open, STR("first_answer"), e))
        && (!first || !working || begin_missing(r, m, &c, open, STR("handle"), e));
}

bool deadline_hand_over(struct req *r, struct matter *m, struct err *e)
{
    struct list open;
    if (!deadline_open(r, m, &open, e))
        return false;
    struct deadline *d = open.v;
    for (size_t i = 0; i < open.n; i++) {
        if (!str_is(d[i].what, "handle"))
            continue;
        d[i].org = m->lead;
        if (!reckon_one(r, m, &d[i], true, e))
            return false;
    }
    return true;
}

static const struct deadline *moved_of(struct list clocks, const struct deadline *of)
{
    const struct deadline *v = clocks.v;
    for (size_t i = 0; i < clocks.n; i++)
        if (str_eq(v[i].what, of->what) && v[i].started_at.ms == of->started_at.ms
            && (v[i].pauses.n || v[i].extended))
            return &v[i];
    return NULL;
}

bool deadline_take_over(struct req *r, struct matter *m, struct list clocks, struct err *e)
{
    struct list own;
    if (!deadline_open(r, m, &own, e))
        return false;
    struct deadline *d = own.v;
    for (size_t i = 0; i < own.n; i++) {
        const struct deadline *was = moved_of(clocks, &d[i]);
        if (!was)
            continue;
        d[i].pauses = was->pauses;
        d[i].extended = was->extended;
        if (!deadline_count(r, m, &d[i], e))
            return false;
    }
    return true;
}

/* The clock as it stood when it ended, with the time since then as a pause. */
static bool run_on(struct req *r, struct matter *m, struct deadline *d, struct err *e)
{
    if (stops_of(d->pauses) < PAUSES_MAX)
        d->pauses = arena_printf(r->a, "%.*s%s%lld-%lld", STR_ARG(d->pauses),
                                 d->pauses.n ? " " : "", (long long)d->ended_at.ms,
                                 (long long)r->now.ms);
    d->state = DEADLINE_RUNNING;
    if (str_is(d->what, "handle"))
        d->org = m->lead.v ? m->lead : m->owner;
    return db_exec(r->c, e, NULL,
            SQL("UPDATE deadline SET state = 0, ended_at = 0 WHERE home = $1 AND id = $2"),
            V(m->home), V(d->id))
        && deadline_count(r, m, d, e);
}

bool deadline_reopen(struct req *r, struct matter *m, struct err *e)
{
    struct list ended;
    if (!db_exec(r->c, e, NULL,
            SQL("UPDATE deadline SET state = 4, ended_at = $3 WHERE home = $1 AND matter = $2"
                " AND what IN ('reply', 'close', 'visit', 'rate', 'reopen', 'archive')"
                " AND state IN (0, 1)"), V(m->home), V(m->id), V(r->now))
        || !db_all(r->c, e, r->a, &deadline_record, &ended,
            SQL("SELECT id, what, rule, state, org, started_at, due_at, yellow_at, ended_at,"
                " paused_at, pauses, extended, provisional FROM deadline WHERE home = $1"
                " AND matter = $2 AND what IN ('whole', 'handle') AND state IN (2, 3)"
                " ORDER BY id DESC LIMIT 20"), V(m->home), V(m->id)))
        return false;
    struct deadline *d = ended.v;
    bool whole = false, handle = false;
    for (size_t i = 0; i < ended.n; i++) {
        bool *seen = str_is(d[i].what, "whole") ? &whole : &handle;
        if (!*seen && !run_on(r, m, &d[i], e))
            return false;
        *seen = true;
    }
    return true;
}
