/* Which limits an event starts, and when they end. */
#include "app/codebook_impl.h"

/* ---- choosing ---- */

/* What is known of a case: each fact with what it lies under. */
struct facts {
    struct str type_list, kind;
    struct str type[CODE_DEPTH], channel[CODE_DEPTH], body[CODE_DEPTH], level;
    size_t type_n, channel_n, body_n;
    char list[64];
};

static void facts_of(const struct book *b, const struct limit_case *k, struct day on,
                     struct facts *f)
{
    int n = snprintf(f->list, sizeof f->list, "%.*s_type", STR_ARG(str_sub(k->kind, 0, 40)));
    f->type_list = (struct str){ f->list, (size_t)n };
    f->kind = k->kind;
    f->level = k->level;
    f->type_n = book_above(b, f->type_list, k->type, on, f->type, CODE_DEPTH);
    f->channel_n = book_above(b, STR("source"), k->channel, on, f->channel, CODE_DEPTH);
    f->body_n = book_above(b, STR("org_kind"), k->body, on, f->body, CODE_DEPTH);
}

static bool one_fits(const struct words *w, const struct str *facts, size_t n)
{
    if (w->any)
        return true;
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; facts[i].n && j < w->n; j++)
            if (str_eq(facts[i], w->v[j]))
                return true;
    return false;
}

/* A bare word is a dispute type; "request_type:0101" names another list. */
static bool type_is(struct str word, struct str list, struct str code)
{
    struct str named, rest;
    if (!str_cut(word, ':', &named, &rest))
        return str_is(list, "dispute_type") && str_eq(word, code);
    return str_eq(named, list) && str_eq(rest, code);
}

static bool type_fits(const struct words *w, const struct facts *f)
{
    if (w->any)
        return true;
    for (size_t i = 0; i < f->type_n; i++)
        for (size_t j = 0; j < w->n; j++)
            if (type_is(w->v[j], f->type_list, f->type[i]))
                return true;
    return false;
}

static bool fits(const struct limit_index *x, const struct facts *f)
{
    return one_fits(&x->kind, &f->kind, 1) && type_fits(&x->type, f)
        && one_fits(&x->channel, f->channel, f->channel_n)
        && one_fits(&x->body, f->body, f->body_n) && one_fits(&x->level, &f->level, 1);
}

/* Priority, then exactness; rules come by id, so the smaller one stays. */
static bool wins(const struct limit_index *x, const struct limit_index *over)
{
    if (x->rule->priority != over->rule->priority)
        return x->rule->priority > over->rule->priority;
    return x->exact > over->exact;
}

static size_t event_start(const struct book *b, struct str event)
{
    size_t from = 0, n = b->limits_n;
    while (n > 0) {
        size_t half = n / 2;
        bool below = str_cmp(b->limits[from + half].rule->starts_at, event) < 0;
        from += below ? half + 1 : 0;
        n = below ? n - half - 1 : half;
    }
    return from;
}

/* The rules of one event lie together, those of one "what" next to each other. */
static size_t choose(const struct book *b, const struct limit_case *k, struct day on,
                     const struct limit_index *out[LIMITS_MAX])
{
    struct facts f;
    size_t n = 0;
    facts_of(b, k, on, &f);
    for (size_t i = event_start(b, k->starts_at);
         i < b->limits_n && str_eq(b->limits[i].rule->starts_at, k->starts_at); i++) {
        const struct limit_index *x = &b->limits[i];
        if (!holds_on(x->rule->valid_from, x->rule->valid_to, on) || !fits(x, &f))
            continue;
        if (n && str_eq(out[n - 1]->rule->what, x->rule->what)) {
            if (wins(x, out[n - 1]))
                out[n - 1] = x;
        } else if (n < LIMITS_MAX) {
            out[n++] = x;
        } else {
            break;
        }
    }
    return n;
}

size_t codebook_limits(const struct app *app, const struct limit_case *k,
                       const struct limit_rule *out[LIMITS_MAX])
{
    const struct limit_index *found[LIMITS_MAX];
    const struct book *b = book_lock(app);
    size_t n = choose(b, k, day_or_today(k->on), found);
    for (size_t i = 0; i < n; i++)
        out[i] = found[i]->rule;
    book_unlock(app);
    return n;
}

const struct limit_rule *codebook_rule(const struct app *app, struct str id, struct day d)
{
    const struct limit_rule *found = NULL;
    const struct book *b = book_lock(app);
    size_t from = 0, n = b->rules_n;
    d = day_or_today(d);
    while (n > 0) {
        size_t half = n / 2;
        bool below = str_cmp(b->rules[from + half]->id, id) < 0;
        from += below ? half + 1 : 0;
        n = below ? n - half - 1 : half;
    }
    for (; !found && from < b->rules_n && str_eq(b->rules[from]->id, id); from++)
        if (holds_on(b->rules[from]->valid_from, b->rules[from]->valid_to, d))
            found = b->rules[from];
    book_unlock(app);
    return found;
}

/* ---- counting ---- */

static const struct org_time *org_time(const struct book *b, struct id org)
{
    size_t from = 0, n = b->orgs_n;
    while (n > 0) {
        size_t half = n / 2;
        bool below = b->orgs[from + half].org < org.v;
        from += below ? half + 1 : 0;
        n = below ? n - half - 1 : half;
    }
    return from < b->orgs_n && b->orgs[from].org == org.v ? &b->orgs[from] : NULL;
}

/* Whose time it is; a body open every day knows no days off. */
static void clock_of(const struct book *b, struct id org, bool own, struct calendar *c,
                     struct clock *k)
{
    const struct org_time *o = org_time(b, org);
    bool always = o && o->hours ? o->always : b->usual->always;
    *c = b->national;
    if (own && always)
        *c = (struct calendar){ .known_from = CALENDAR_FIRST, .known_to = CALENDAR_LAST };
    if (own && o) {
        c->own = o->own;
        c->own_n = o->own_n;
    }
    *k = (struct clock){
        .calendar = c, .worktime = o && o->hours ? o->hours : &b->usual->time,
    };
}

static bool bad_pauses(struct err *e, struct str s)
{
    return err_fieldf(e, ERR_BAD_VALUE, "pauses", "%.*s", STR_ARG(str_sub(s, 0, 40)));
}

static bool pauses_parse(struct str s, struct pause out[PAUSES_MAX], size_t *n, struct err *e)
{
    struct str word, from, to;
    *n = 0;
    for (bool more = s.n > 0; more;) {
        more = str_cut(s, ' ', &word, &s);
        if (*n == PAUSES_MAX)
            return err_fieldf(e, ERR_TOO_MANY, "pauses", "%d", PAUSES_MAX);
        struct pause *p = &out[*n];
        p->to.ms = 0;
        if (!str_cut(word, '-', &from, &to) || !str_to_i64(from, &p->from.ms)
            || p->from.ms <= 0 || (to.n && (!str_to_i64(to, &p->to.ms) || p->to.ms < 0)))
            return bad_pauses(e, word);
        ++*n;
    }
    return true;
}

bool codebook_due_extended(const struct app *app, const struct limit_rule *rule, struct id org,
                           struct stamp start, struct str pauses, int64_t extended,
                           struct limit_due *out, struct err *e)
{
    struct pause v[PAUSES_MAX];
    struct calendar c;
    struct clock k;
    struct limit_state s;
    size_t n;
    if (extended < 0 || extended > 100000)
        return err_fieldf(e, ERR_OUT_OF_RANGE, "extended", "0–100000");
    struct limit l = {
        .amount = rule->amount + extended, .unit = (enum limit_unit)rule->unit,
        .midnight = rule->ends == ENDS_MIDNIGHT, .roll = rule->roll, .yellow = rule->yellow,
        .yellow_unit = (enum limit_unit)rule->yellow_unit,
    };
    if (!pauses_parse(pauses, v, &n, e))
        return false;
    const struct book *b = book_lock(app);
    clock_of(b, org, rule->calendar != RULE_NATIONAL, &c, &k);
    k.pauses = v;
    k.pauses_n = n;
    k.now = stamp_now();
    bool ok = worktime_limit(&k, start, l, &s, e);
    book_unlock(app);
    if (ok)
        *out = (struct limit_due){ s.at, s.yellow_at, s.provisional };
    return ok;
}

bool codebook_due(const struct app *app, const struct limit_rule *rule, struct id org,
                  struct stamp start, struct str pauses, struct limit_due *out, struct err *e)
{
    return codebook_due_extended(app, rule, org, start, pauses, 0, out, e);
}

int64_t codebook_working_minutes(const struct app *app, struct id org, struct stamp from,
                                 struct stamp to)
{
    struct err e = { 0 };
    struct calendar c;
    struct clock k;
    int64_t minutes = 0;
    if (!from.ms || !to.ms)
        return 0;
    const struct book *b = book_lock(app);
    clock_of(b, org, true, &c, &k);
    if (!worktime_between(k.worktime, k.calendar, from, to, &minutes, &e))
        minutes = 0;                    /* centuries away: a screen shows nothing */
    book_unlock(app);
    return minutes;
}

bool codebook_is_working(const struct app *app, struct day d)
{
    const struct book *b = book_lock(app);
    bool working = calendar_is_working(&b->national, d);
    book_unlock(app);
    return working;
}
