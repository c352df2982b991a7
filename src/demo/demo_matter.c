/* The demo's matters: who files and moves them, and the order of time in which it is done. */
#include "demo/demo_matter.h"
#include "matter/party.h"
#include "place/place.h"

/* ---- what matters.json says ---- */


static const struct field demo_party_fields[] = {
    FIELD(demo_party, role, .doc = "Side", .names = &party_role_names),
    FIELD(demo_party, kind, .doc = "Person or organisation", .names = &party_kind_names),
    FIELD(demo_party, channel, .doc = "Answer by", .names = &party_channel_names),
    FIELD(demo_party, name, .doc = "Name"), FIELD(demo_party, phone, .doc = "Telephone"),
    FIELD(demo_party, note, .doc = "Note"), FIELD(demo_party, id_kind, .doc = "Paper"),
    FIELD(demo_party, id_number, .doc = "Its number"),
};
static const struct record demo_party_record = RECORD(demo_party, demo_party_fields);

static const struct field demo_claim_fields[] = {
    FIELD(demo_claim, party, .doc = "Whose"), FIELD(demo_claim, yuan, .doc = "Asked"),
    FIELD(demo_claim, settled_yuan, .doc = "Agreed"),
    FIELD(demo_claim, text, .doc = "What", .max = 500),
    FIELD(demo_claim, outcome, .doc = "Outcome"),
};
static const struct record demo_claim_record = RECORD(demo_claim, demo_claim_fields);

static const struct field demo_obligation_fields[] = {
    FIELD(demo_obligation, from, .doc = "Who owes"), FIELD(demo_obligation, to, .doc = "Whom"),
    FIELD(demo_obligation, yuan, .doc = "How much"), FIELD(demo_obligation, due_day, .doc = "When"),
    FIELD(demo_obligation, text, .doc = "What", .max = 500),
    FIELD(demo_obligation, state, .doc = "How it stands"),
};
static const struct record demo_obligation_record = RECORD(demo_obligation, demo_obligation_fields);

static const struct field demo_matter_fields[] = {
    FIELD(demo_matter, kind, .doc = "Kind", .names = &matter_kind_names),
    FIELD(demo_matter, ref, .doc = "Its name here"), FIELD(demo_matter, type, .doc = "Type"),
    FIELD(demo_matter, type_name, .doc = "What it says"),
    FIELD(demo_matter, title, .doc = "Title"),
    FIELD(demo_matter, story, .doc = "Story", .max = 5000, .flags = LINES),
    FIELD(demo_matter, area, .doc = "Area"), FIELD(demo_matter, place, .doc = "Place"),
    FIELD(demo_matter, source, .doc = "Source"), FIELD(demo_matter, state, .doc = "How far"),
    FIELD(demo_matter, lead, .doc = "Lead body"), FIELD(demo_matter, handler, .doc = "Handler"),
    FIELD(demo_matter, reason, .doc = "Why"), FIELD(demo_matter, merged_into, .doc = "Into"),
    FIELD(demo_matter, filed_day, .doc = "When"), FIELD(demo_matter, people, .doc = "Persons"),
    FIELD(demo_matter, danger, .doc = "Danger"), FIELD(demo_matter, assist, .doc = "Assisting"),
    FIELD(demo_matter, parties, .doc = "Parties", .sub = &demo_party_record),
    FIELD(demo_matter, claims, .doc = "Claims", .sub = &demo_claim_record),
    FIELD(demo_matter, obligations, .doc = "Obligations", .sub = &demo_obligation_record),
};
static const struct record demo_matter_record = RECORD(demo_matter, demo_matter_fields);

/* By which actions a matter comes to a state; a state of the table that stands not
 * here is one the flow does not know yet. */
#define A(x) MATTER_DO_##x
static const struct way ways[] = {
    { "filed", { 0 }, 0 }, { "details_wanted", { 0 }, 0 },
    { "accepted", { A(ACCEPT) }, 1 },
    { "withdrawn", { A(ACCEPT), A(WITHDRAW) }, 2 },
    { "in_hand", { A(ACCEPT), A(ASSIGN), A(TAKE) }, 3 },
    { "concluded", { A(ACCEPT), A(ASSIGN), A(TAKE), A(CONCLUDE) }, 4 },
    { "replied", { A(ACCEPT), A(ASSIGN), A(TAKE), A(CONCLUDE), A(REPLY) }, 5 },
    { "closed", { A(ACCEPT), A(ASSIGN), A(TAKE), A(CONCLUDE), A(REPLY), A(CLOSE) }, 6 },
    { "archived", { A(ACCEPT), A(ASSIGN), A(TAKE), A(CONCLUDE), A(REPLY), A(CLOSE) }, 6 },
};
/* Accepted and already offered to a body. */
static const struct way offered = { "accepted", { A(ACCEPT), A(ASSIGN) }, 2 };
#undef A

static const struct way *way_of(const struct demo_matter *m)
{
    if (str_is(m->state, "accepted") && m->lead.n)
        return &offered;
    for (size_t i = 0; i < COUNT(ways); i++)
        if (str_is(m->state, ways[i].state))
            return &ways[i];
    return NULL;
}

static bool read_matters(struct demo *d, struct list *out, struct err *e)
{
    struct str bytes;
    json_error_t where;
    if (!demo_file(d->app, "matters.json", &bytes, e))
        return false;
    json_t *all = json_loadb(bytes.p, bytes.n, JSON_REJECT_DUPLICATES, &where);
    size_t n = json_array_size(all);
    struct demo_matter *v = arena_array(d->a, struct demo_matter, n);
    bool ok = json_is_array(all) || err_setf(e, ERR_DATA, "matters.json:%d", all ? 1 : where.line);
    for (size_t i = 0; ok && i < n; i++)
        ok = record_from_json(&demo_matter_record, json_array_get(all, i), d->a, &v[i], e);
    json_decref(all);
    *out = (struct list){ v, n };
    return ok;
}

/* ---- who does what ---- */

static bool holds(const struct demo *d, const struct demo_post *p, int64_t day)
{
    struct day to;
    struct err none = { 0 };
    return p->from_day <= day && demo_day(d, p->to_day, &to, &none)
        && (!to.n || to.n > d->today.n + day);
}

const struct demo_post *demo_post_of(const struct demo *d, const struct demo_org *body,
                                     enum role role, int64_t day)
{
    const struct demo_post *v = d->t.posts.v, *found = NULL;
    for (size_t i = 0; i < d->t.posts.n; i++)
        if (v[i].body == body && v[i].role == role && holds(d, &v[i], day)
            && (!found || v[i].stands_for.n))
            found = &v[i];
    return found;
}

/* The nearest centre at or over the matter's area with a dispatcher in post. */
static const struct demo_org *centre_of(const struct demo *d, const struct demo_matter *m)
{
    const struct demo_org *v = d->t.orgs.v, *best = NULL;
    for (size_t i = 0; i < d->t.orgs.n; i++)
        if (str_is(v[i].kind, "centre") && str_starts(m->at->path, v[i].at->path)
            && (!best || v[i].at->path.n > best->at->path.n)
            && demo_post_of(d, &v[i], ROLE_DISPATCHER, m->filed_day))
            best = &v[i];
    return best;
}

/* The centre that a matter filed by nobody of intake would go to. */
static const struct demo_org *nearest_centre(const struct demo *d, const struct demo_matter *m)
{
    const struct demo_org *v = d->t.orgs.v, *best = NULL;
    for (size_t i = 0; i < d->t.orgs.n; i++)
        if (str_is(v[i].kind, "centre") && str_starts(m->at->path, v[i].at->path)
            && (!best || v[i].at->path.n > best->at->path.n))
            best = &v[i];
    return best;
}

static bool who_of(struct demo *d, const struct demo_matter *m, const struct demo_post *p,
                   struct who *out, struct err *e)
{
    return demo_who(d, p->holder->id, p->id, m->course.at[0], out, e);
}

static const struct demo_account *resident_of(const struct demo *d, const struct demo_matter *m)
{
    const struct demo_party *p = m->parties.v;
    for (size_t i = 0; i < m->parties.n; i++) {
        const struct demo_account *a = demo_find(d->t.accounts, sizeof *a, p[i].phone);
        if (p[i].role == PARTY_APPLICANT && a && a->kind == ACCOUNT_RESIDENT)
            return a;
    }
    return NULL;
}

/* Residents file online, grid workers what they saw, the counter everything else. */
static bool find_filer(struct demo *d, struct demo_matter *m, struct err *e)
{
    const struct demo_org *centre = m->centre;
    const struct demo_account *resident = resident_of(d, m);
    const struct demo_post *grid = demo_post_of(d, centre, ROLE_GRID_WORKER, m->filed_day);
    const struct demo_post *clerk = demo_post_of(d, centre, ROLE_CLERK, m->filed_day);
    bool same = nearest_centre(d, m) == centre;
    if (same && resident && str_is(m->source, "online"))
        return demo_who(d, resident->id, ID_NONE, m->course.at[0], &m->filer, e);
    if (same && grid && str_is(m->source, "grid"))
        return who_of(d, m, grid, &m->filer, e);
    return who_of(d, m, clerk ? clerk : demo_post_of(d, centre, ROLE_DISPATCHER, m->filed_day),
                  &m->filer, e);
}

static bool find_handler(struct demo *d, struct demo_matter *m, struct err *e)
{
    const struct demo_post *v = d->t.posts.v;
    if (!m->handler.n)
        return true;
    for (size_t i = 0; i < d->t.posts.n; i++)
        if (str_eq(v[i].account, m->handler) && str_eq(v[i].org, m->lead)
            && role_perms((enum role)v[i].role) & PERM_BIT(PERM_MATTER_HANDLE))
            return who_of(d, m, &v[i], &m->handling, e);
    return err_setf(e, ERR_DATA, "%.*s: %.*s", STR_ARG(m->ref), STR_ARG(m->handler));
}

bool demo_matter_cast(struct demo *d, struct demo_matter *m, struct err *e)
{
    m->centre = centre_of(d, m);
    if (!m->centre)
        return err_setf(e, ERR_DATA, "%.*s: centre?", STR_ARG(m->ref));
    return find_filer(d, m, e) && find_handler(d, m, e);
}

bool demo_source_rests(struct str source)
{
    static const char *const any_hour[] = { "online", "hotline", "police_110", "grid" };
    for (size_t i = 0; i < COUNT(any_hour); i++)
        if (str_is(source, any_hour[i]))
            return false;
    return true;
}

static bool prepare(struct demo *d, struct demo_matter *m, struct err *e)
{
    m->at = demo_need(d->t.areas, sizeof *m->at, m->area, "matters", e);
    m->way = way_of(m);
    if (!m->at || !m->way)
        return m->at != NULL;
    course_draw(d, (enum matter_kind)m->kind, m->filed_day, !demo_source_rests(m->source),
                m->way->actions, m->way->n, &m->course);
    return demo_matter_cast(d, m, e);
}

/* ---- in the order of time ---- */

struct moment { struct stamp at; size_t matter, step; };

static int by_time(const void *a, const void *b)
{
    const struct moment *x = a, *y = b;
    if (x->at.ms != y->at.ms)
        return x->at.ms < y->at.ms ? -1 : 1;
    if (x->matter != y->matter)
        return x->matter < y->matter ? -1 : 1;
    return (x->step > y->step) - (x->step < y->step);
}

static struct list moments(struct demo *d, struct list matters)
{
    const struct demo_matter *v = matters.v;
    struct moment *all = arena_array(d->a, struct moment, matters.n * COURSE_MAX);
    size_t n = 0;
    for (size_t i = 0; i < matters.n; i++)
        for (size_t k = 0; v[i].way && k < v[i].course.n; k++)
            all[n++] = (struct moment){ v[i].course.at[k], i, k };
    qsort(all, n, sizeof *all, by_time);
    return (struct list){ all, n };
}

bool demo_matters(struct demo *d, struct err *e)
{
    struct list matters;
    if (!read_matters(d, &matters, e))
        return false;
    struct demo_matter *v = matters.v;
    for (size_t i = 0; i < matters.n; i++) {
        if (!prepare(d, &v[i], e))
            return false;
        d->n.matters += v[i].way != NULL;
        d->n.left_out += v[i].way == NULL;
    }
    struct list todo = moments(d, matters);
    const struct moment *t = todo.v;
    for (size_t i = 0; i < todo.n; i++)
        if (!(t[i].step ? demo_matter_step(d, &v[t[i].matter], t[i].step - 1, e)
                        : demo_matter_file(d, &v[t[i].matter], e)))
            return false;
    return true;
}
