/* The demo's matters are complete, invented and in step with bodies and areas. */
#include "base/identifier.h"
#include "demo.h"
#include <jansson.h>

static const char *const wanted_sources[] = { "counter", "online", "grid", "proactive",
    "hotline", "police_110", "leader", "court", "petition", "letter", NULL };
static const char *const open_states[] = { "filed", "details_wanted", "accepted", "in_hand",
    NULL };
static const char *const done_states[] = { "concluded", "replied", "closed", "archived", NULL };
static const char *const side_states[] = { "declined", "withdrawn", "merged", "void", NULL };
static const char *const duty_states[] = { "due", "performed", "late", "renegotiated",
    "breached", NULL };
static const char *const channels[] = { "online", "sms", "phone", "counter", "letter", NULL };

struct city {
    json_t *matters;
    struct table areas, grids, orgs, posts, sources, outcomes, id_kinds;
    struct types types;
};

static struct str text_of(const json_t *o, const char *name)
{
    return str_of(json_string_value(json_object_get(o, name)));
}
static int64_t number_of(const json_t *o, const char *name)
{
    return json_integer_value(json_object_get(o, name));
}
static size_t wrong(const json_t *m, const char *what)
{
    printf("#   %.*s: %s\n", STR_ARG(text_of(m, "ref")), what);
    return 1;
}

static struct str parent_of(const struct city *c, struct str area)
{
    size_t row = table_find(&c->areas, "code", area);
    if (row < c->areas.n)
        return cell(&c->areas, row, "parent");
    row = table_find(&c->grids, "key", area);
    return row < c->grids.n ? cell(&c->grids, row, "parent") : STR_NONE;
}
/* An open body whose area is the matter's or above it. */
static bool body_reaches(const struct city *c, struct str org, struct str area)
{
    size_t row = table_find(&c->orgs, "key", org);
    if (row == c->orgs.n || !cell_is(&c->orgs, row, "ended", ""))
        return false;
    for (; area.n; area = parent_of(c, area))
        if (str_eq(cell(&c->orgs, row, "area"), area))
            return true;
    return false;
}

/* The source is one that such a matter may come by. */
static bool source_fits(const struct city *c, const json_t *m)
{
    const struct table *t = &c->sources;
    size_t row = table_find(t, "code", text_of(m, "source"));
    struct str kind = text_of(m, "kind");
    if (row == t->n)
        return false;
    struct str fit = cell(t, row, "kinds");
    return str_find(fit, kind) < fit.n;
}
static bool type_fits(const struct city *c, const json_t *m)
{
    struct str name = type_name(&c->types, text_of(m, "kind"), text_of(m, "type"));
    return name.n && str_eq(name, text_of(m, "type_name"));
}

static size_t head_faults(const struct city *c, const json_t *m)
{
    struct str state = text_of(m, "state"), area = text_of(m, "area");
    size_t faults = 0, chars = utf8_count(text_of(m, "story"));
    bool done = is_one_of(state, done_states), side = is_one_of(state, side_states);
    if (kind_index(text_of(m, "kind")) == KINDS || !source_fits(c, m)
        || (!done && !side && !is_one_of(state, open_states)))
        faults += wrong(m, "kind, source or state");
    if (!type_fits(c, m))
        faults += wrong(m, "type");
    if (chars < 80 || chars > 250 || utf8_count(text_of(m, "title")) < 6
        || str_empty(text_of(m, "place")))
        faults += wrong(m, "title, place, or a story not of 80 to 250 characters");
    if (table_find(&c->areas, "code", area) == c->areas.n
        && table_find(&c->grids, "key", area) == c->grids.n)
        faults += wrong(m, "no such area");
    if (number_of(m, "filed_day") >= 0 || number_of(m, "people") < 1)
        faults += wrong(m, "filed in the future, or nobody in it");
    if (side && str_empty(text_of(m, "reason")))
        faults += wrong(m, "no reason");
    return faults;
}

/* A post in the lead body that may take work, held since before the filing. */
static bool handler_fits(const struct city *c, const json_t *m)
{
    static const char *const roles[] = { "mediator", "handler", "head", "judge", NULL };
    const struct table *t = &c->posts;
    for (size_t i = 0; i < t->n; i++)
        if (str_eq(cell(t, i, "account"), text_of(m, "handler"))
            && str_eq(cell(t, i, "org"), text_of(m, "lead"))
            && is_one_of(cell(t, i, "role"), roles) && cell_number(t, i, "to_day", 1) > 0
            && cell_number(t, i, "from_day", 0) <= number_of(m, "filed_day"))
            return true;
    return false;
}

static size_t body_faults(const struct city *c, const json_t *m)
{
    struct str state = text_of(m, "state"), lead = text_of(m, "lead");
    struct str area = text_of(m, "area");
    size_t faults = 0, i;
    json_t *assist;
    bool taken = is_one_of(state, done_states) || str_is(state, "in_hand");
    if (lead.n ? !body_reaches(c, lead, area) : taken)
        faults += wrong(m, "no lead body, or one of another area");
    if ((taken || text_of(m, "handler").n) && !handler_fits(c, m))
        faults += wrong(m, "no handler in the lead body");
    json_array_foreach(json_object_get(m, "assist"), i, assist)
        if (!body_reaches(c, str_of(json_string_value(assist)), area)
            || str_is(lead, json_string_value(assist)))
            faults += wrong(m, "an assisting body that does not fit");
    return faults;
}

/* A resident's number with its check digit, given out in 南海. */
static bool id_fits(const struct city *c, const json_t *party)
{
    struct str number = text_of(party, "id_number"), kind = text_of(party, "id_kind");
    struct idnum idnum;
    if (str_empty(number))
        return str_empty(kind);
    return str_is(kind, "resident") && table_find(&c->id_kinds, "code", kind) < c->id_kinds.n
        && idnum_parse(number, day_today(), &idnum) && str_is(number, idnum.text)
        && strcmp(idnum.area, "440605") == 0;
}

static size_t party_faults(const struct city *c, const json_t *m)
{
    size_t faults = 0, i, applicants = 0;
    json_t *p;
    json_array_foreach(json_object_get(m, "parties"), i, p) {
        struct str role = text_of(p, "role");
        applicants += str_is(role, "applicant");
        if (!str_is(role, "applicant") && !str_is(role, "respondent") && !str_is(role, "third"))
            faults += wrong(m, "role of a party");
        if (!str_is(text_of(p, "kind"), "person") && !str_is(text_of(p, "kind"), "organisation"))
            faults += wrong(m, "kind of a party");
        if (utf8_count(text_of(p, "name")) < 2 || !is_demo_mobile(text_of(p, "phone"))
            || !is_one_of(text_of(p, "channel"), channels))
            faults += wrong(m, "name, telephone or channel of a party");
        if (!id_fits(c, p))
            faults += wrong(m, "identity number");
    }
    if (!applicants)
        faults += wrong(m, "nobody asks");
    if (str_is(text_of(m, "kind"), "dispute") && applicants == i)
        faults += wrong(m, "a dispute needs another side");
    return faults;
}

/* A matter with a result has an outcome for each claim, others for none; what
 * was settled in money is what the obligations add up to. */
static size_t claim_faults(const struct city *c, const json_t *m)
{
    bool done = is_one_of(text_of(m, "state"), done_states), performed = true;
    size_t parties = json_array_size(json_object_get(m, "parties")), faults = 0, i;
    const struct table *outcomes = &c->outcomes;
    int64_t settled = 0, owed = 0;
    json_t *claim, *duty;
    json_array_foreach(json_object_get(m, "obligations"), i, duty) {
        owed += number_of(duty, "yuan");
        performed &= str_is(text_of(duty, "state"), "performed");
        if (!is_one_of(text_of(duty, "state"), duty_states) || number_of(duty, "from") < 1
            || number_of(duty, "from") > (int64_t)parties || number_of(duty, "to") < 1
            || number_of(duty, "to") > (int64_t)parties || str_empty(text_of(duty, "text")))
            faults += wrong(m, "an obligation");
        if ((number_of(duty, "due_day") > 0) != str_is(text_of(duty, "state"), "due"))
            faults += wrong(m, "an obligation whose day and state disagree");
    }
    json_array_foreach(json_object_get(m, "claims"), i, claim) {
        struct str outcome = text_of(claim, "outcome");
        settled += number_of(claim, "settled_yuan");
        if (done ? table_find_both(outcomes, "code", outcome, "parent", text_of(m, "kind"))
                == outcomes->n : !str_empty(outcome))
            faults += wrong(m, "outcome does not fit kind and state");
        if (str_is(outcome, "settled_performed") && !performed)
            faults += wrong(m, "called performed with an obligation open");
        if (number_of(claim, "party") < 1 || number_of(claim, "party") > (int64_t)parties
            || str_empty(text_of(claim, "text")) || number_of(claim, "yuan") < 0
            || number_of(claim, "settled_yuan") > number_of(claim, "yuan"))
            faults += wrong(m, "a claim");
    }
    if (i == 0 || settled != owed)
        faults += wrong(m, "no claim, or the obligations do not add up");
    return faults;
}

static size_t count_where(const json_t *matters, const char *name, const char *value)
{
    size_t n = 0, i;
    json_t *m;
    json_array_foreach(matters, i, m)
        n += str_is(text_of(m, name), value);
    return n;
}
static size_t count_both(const json_t *matters, const char *kind, struct str type)
{
    size_t n = 0, i;
    json_t *m;
    json_array_foreach(matters, i, m)
        n += str_is(text_of(m, "kind"), kind) && str_eq(text_of(m, "type"), type);
    return n;
}
static const json_t *by_ref(const json_t *matters, struct str ref)
{
    size_t i;
    json_t *m;
    json_array_foreach(matters, i, m)
        if (str_eq(text_of(m, "ref"), ref))
            return m;
    return NULL;
}

static void test_matters__are_complete(const struct city *c)
{
    size_t faults = 0, i;
    json_t *m;
    json_array_foreach(c->matters, i, m) {
        struct str into = text_of(m, "merged_into");
        faults += head_faults(c, m) + body_faults(c, m) + party_faults(c, m) + claim_faults(c, m);
        if (count_where(c->matters, "ref", text_of(m, "ref").p) != 1)
            faults += wrong(m, "reference used twice");
        if (into.n ? by_ref(c->matters, into) == NULL || by_ref(c->matters, into) == m
            : str_is(text_of(m, "state"), "merged"))
            faults += wrong(m, "merged into nothing");
    }
    OK_INT(faults, 0);
}

static void test_matters__show_every_case(const struct city *c)
{
    const json_t *matters = c->matters;
    OK(count_where(matters, "kind", "dispute") >= 40);
    OK(count_where(matters, "kind", "request") >= 10);
    OK(count_where(matters, "kind", "event") >= 6);
    OK(count_where(matters, "kind", "advice") >= 4);
    const struct table *types = &c->types.of[0];
    for (size_t i = 0; i < types->n; i++)
        if (cell_is(types, i, "list", "dispute_type"))
            OK(count_both(matters, "dispute", cell(types, i, "code")) > 0);
    for (const char *const *source = wanted_sources; *source; source++)
        OK(count_where(matters, "source", *source) > 0);
    const char *const *const lists[] = { open_states, done_states, side_states };
    for (size_t i = 0; i < COUNT(lists); i++)
        for (const char *const *state = lists[i]; *state; state++)
            OK(count_where(matters, "state", *state) > 0);
}

int main(void)
{
    struct arena a = { 0 };
    struct str text = demo_read(&a, "demo/matters.json");
    json_error_t why;
    struct city c = { json_loadb(text.p, text.n, JSON_REJECT_DUPLICATES, &why),
        table_read(&a, "demo/areas.csv"), table_read(&a, "demo/grids.csv"),
        table_read(&a, "demo/orgs.csv"), table_read(&a, "demo/posts.csv"),
        table_read(&a, "rules/sources.csv"), table_read(&a, "rules/outcomes.csv"),
        table_read(&a, "rules/id_kinds.csv"), types_read(&a) };
    if (OK(json_is_array(c.matters))) {
        test_matters__are_complete(&c);
        test_matters__show_every_case(&c);
    }
    json_decref(c.matters);
    arena_done(&a);
    return tap_end();
}
