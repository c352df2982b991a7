#include "schema/flow.h"

static uint64_t bit(unsigned i)
{
    return UINT64_C(1) << i;
}

static uint64_t first_bits(size_t n)
{
    return n >= 64 ? UINT64_MAX : bit((unsigned)n) - 1;
}

const struct step *flow_find(const struct flow *f, unsigned from, unsigned action)
{
    for (size_t i = 0; i < f->n; i++)
        if (f->s[i].from == from && f->s[i].action == action)
            return &f->s[i];
    return NULL;
}

/* The first fact of a mask that is not empty. */
static const struct name *first_fact(const struct flow *f, uint64_t mask)
{
    unsigned i = 0;
    while (!(mask >> i & 1))
        i++;
    return &f->facts->v[i];
}

static bool facts_fit(const struct flow *f, const struct step *s, uint64_t facts, struct err *e)
{
    uint64_t lacks = s->needs & ~facts, has = s->bars & facts;
    if (!lacks && !has)
        return true;
    const struct name *n = first_fact(f, lacks ? lacks : has);
    return err_setf(e, lacks ? ERR_NEEDS_FACT : ERR_HAS_FACT, "%s" ERR_OR "%s", n->zh, n->en);
}

/* Whether the facts let one of the rows through that who may take; e tells why the
 * last of them does not. */
static bool allow_row(const struct flow *f, const struct step *s, unsigned who, uint64_t facts,
                      bool *mine, struct err *e)
{
    if (!(s->who & who))
        return false;
    *mine = true;
    err_clear(e);
    return facts_fit(f, s, facts, e);
}

bool flow_allow(const struct flow *f, unsigned from, unsigned action, unsigned who,
                uint64_t facts, const struct step **out, struct err *e)
{
    bool known = false, mine = false;
    if (from >= f->states->n)
        return err_internal(e, "flow %s has no state %u", f->name, from);
    for (const struct step *s = f->s; s < f->s + f->n; s++) {
        if (s->from != from || s->action != action)
            continue;
        known = true;
        if (allow_row(f, s, who, facts, &mine, e)) {
            *out = s;
            return true;
        }
    }
    if (!known)
        return err_setf(e, ERR_WRONG_STATE, "%s" ERR_OR "%s", f->states->v[from].zh,
                        f->states->v[from].en);
    return mine ? false : err_set(e, ERR_DENIED);
}

bool flow_fits(const struct step *s, unsigned who, uint64_t facts)
{
    return s->who & who && !(s->needs & ~facts) && !(s->bars & facts);
}

uint64_t flow_ends(const struct step *s)
{
    return bit(s->to) | s->also;
}

uint64_t flow_actions(const struct flow *f, unsigned from, unsigned who, uint64_t facts)
{
    uint64_t actions = 0;
    for (size_t i = 0; i < f->n; i++)
        if (f->s[i].from == from && flow_fits(&f->s[i], who, facts))
            actions |= bit(f->s[i].action);
    return actions;
}

static const char *slug(const struct names *names, unsigned i)
{
    return names->v[i].slug;
}

/* Everything that is later used as a shift or an index. */
static bool check_bounds(const struct flow *f, struct err *e)
{
    if (!f->states || !f->actions || !f->relations || f->n == 0)
        return err_internal(e, "flow %s: names or rows are missing", f->name);
    size_t states = f->states->n, actions = f->actions->n, relations = f->relations->n;
    size_t facts = f->facts ? f->facts->n : 0;
    if (states == 0 || states > 64 || actions > 64 || relations > 32 || facts > 63)
        return err_internal(e, "flow %s: more names than a mask has bits", f->name);
    if (f->start >= states || f->final & ~first_bits(states))
        return err_internal(e, "flow %s: start or final is no state", f->name);
    for (size_t i = 0; i < f->n; i++) {
        const struct step *s = &f->s[i];
        if (s->from >= states || s->to >= states || s->action >= actions)
            return err_internal(e, "flow %s, row %zu: no such state or action", f->name, i);
        if (s->also & ~first_bits(states) || s->also & bit(s->to))
            return err_internal(e, "flow %s: %s from %s comes to states that cannot be", f->name,
                                slug(f->actions, s->action), slug(f->states, s->from));
        if (s->who == 0 || s->who & ~first_bits(relations))
            return err_internal(e, "flow %s: nobody known may %s from %s", f->name,
                                slug(f->actions, s->action), slug(f->states, s->from));
        if ((s->needs | s->bars) & ~first_bits(facts) || s->needs & s->bars)
            return err_internal(e, "flow %s: %s from %s asks for facts that cannot be", f->name,
                                slug(f->actions, s->action), slug(f->states, s->from));
    }
    return true;
}

/* An action from a state may have several rows, each for others. */
static bool check_twice(const struct flow *f, struct err *e)
{
    for (size_t i = 0; i < f->n; i++)
        for (size_t k = 0; k < i; k++) {
            const struct step *s = &f->s[i], *t = &f->s[k];
            if (s->from == t->from && s->action == t->action && s->who & t->who)
                return err_internal(e, "flow %s: %s from %s is listed twice", f->name,
                                    slug(f->actions, s->action), slug(f->states, s->from));
        }
    return true;
}

static bool check_used(const struct flow *f, struct err *e)
{
    uint64_t actions = 0, relations = 0;
    for (size_t i = 0; i < f->n; i++) {
        actions |= bit(f->s[i].action);
        relations |= f->s[i].who;
    }
    for (unsigned i = 0; i < f->actions->n; i++)
        if (!(actions & bit(i)))
            return err_internal(e, "flow %s: action %s is never used", f->name,
                                slug(f->actions, i));
    for (unsigned i = 0; i < f->relations->n; i++)
        if (!(relations & bit(i)))
            return err_internal(e, "flow %s: relation %s may do nothing", f->name,
                                slug(f->relations, i));
    return true;
}

/* The states that steps lead to from those in seen (or, backward, that lead to
 * them), any number of steps. */
static uint64_t spread(const struct flow *f, uint64_t seen, bool backward)
{
    for (uint64_t old = 0; old != seen;) {
        old = seen;
        for (size_t i = 0; i < f->n; i++) {
            uint64_t begin = bit(f->s[i].from), end = flow_ends(&f->s[i]);
            if (seen & (backward ? end : begin))
                seen |= backward ? begin : end;
        }
    }
    return seen;
}

static bool check_ways(const struct flow *f, struct err *e)
{
    uint64_t reached = spread(f, bit(f->start), false), ends = spread(f, f->final, true);
    for (unsigned i = 0; i < f->states->n; i++) {
        if (!(reached & bit(i)))
            return err_internal(e, "flow %s: %s is never reached", f->name, slug(f->states, i));
        if (!(ends & bit(i)))
            return err_internal(e, "flow %s: no way out of %s", f->name, slug(f->states, i));
    }
    return true;
}

bool flow_check(const struct flow *f, struct err *e)
{
    return check_bounds(f, e) && check_twice(f, e) && check_used(f, e) && check_ways(f, e);
}
