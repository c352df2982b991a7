/* What a matter is to the statistics: its rows, and the columns of the code lists
 * that say where in the form each code belongs. */
#include "insight/fact.h"
#include "app/codebook.h"
#include "handling/visit.h"
#include "matter/claim.h"
#include "matter/conclusion.h"
#include "place/place.h"

#define X(id, slug, zh, en) { slug, zh, en },
static const struct name way_v[] = { FACT_WAYS(X) };
static const struct name referrer_v[] = { FACT_REFERRERS(X) };
static const struct name body_v[] = { FACT_BODIES(X) };
static const struct name result_v[] = { FACT_RESULTS(X) };
static const struct name agreement_v[] = { FACT_AGREEMENTS(X) };
#undef X
const struct names fact_way_names = NAMES("fact_way", way_v);
const struct names fact_referrer_names = NAMES("fact_referrer", referrer_v);
const struct names fact_body_names = NAMES("fact_body", body_v);
const struct names fact_result_names = NAMES("fact_result", result_v);
const struct names fact_agreement_names = NAMES("fact_agreement", agreement_v);

static const struct field fact_fields[] = {
    FIELD(fact, home, .doc = "City"), FIELD(fact, matter, .doc = "Matter"),
    FIELD(fact, round, .doc = "Round"), FIELD(fact, since_seq, .doc = "From this event on"),
    FIELD(fact, until_seq, .doc = "Up to this event, 0 still"),
    FIELD(fact, counts, .doc = "Whether it is counted at all"),
    FIELD(fact, kind, .doc = "Kind", .names = &matter_kind_names),
    FIELD(fact, type, .doc = "Row of the Ministry's form, 0 none"),
    FIELD(fact, way, .doc = "How it came", .names = &fact_way_names),
    FIELD(fact, referrer, .doc = "From whom", .names = &fact_referrer_names),
    FIELD(fact, body, .doc = "Kind of organisation", .names = &fact_body_names),
    FIELD(fact, result, .doc = "What it came to", .names = &fact_result_names),
    FIELD(fact, agreement, .doc = "Form of the agreement", .names = &fact_agreement_names),
    FIELD(fact, performed, .doc = "Performed, as the other side confirmed"),
    FIELD(fact, confirmed, .doc = "Confirmed by a court"),
    FIELD(fact, complex, .doc = "Hard and complex"),
    FIELD(fact, prevented, .doc = "What it prevented", .names = &prevention_names),
    FIELD(fact, prevented_people, .doc = "Persons that would have drawn in"),
    FIELD(fact, people, .doc = "Persons involved"), FIELD(fact, settled, .doc = "Agreed"),
    FIELD(fact, accepted, .doc = "Day of acceptance"),
    FIELD(fact, concluded, .doc = "Day of the result"),
    FIELD(fact, closed, .doc = "Day of closing"),
    FIELD(fact, unit, .doc = "Town"), FIELD(fact, path, .doc = "The town's path"),
};
const struct record fact_record = RECORD(fact, fact_fields);

/* ---- the rows it is made from ---- */

struct fact_base {
    struct id home, matter;
    int64_t round;
    unsigned kind, state;
    struct str type, source, body_kind, path;
    int64_t people, facts;
    unsigned agreement, performance;
    bool confirmed, complex, merged, parted;
    unsigned prevented;
    int64_t prevented_people;
    struct stamp filed_at, accepted_at, concluded_at, closed_at;
};
static const struct field fact_base_fields[] = {
    FIELD(fact_base, home, .doc = "City"), FIELD(fact_base, matter, .doc = "Matter"),
    FIELD(fact_base, round, .doc = "Round"),
    FIELD(fact_base, kind, .doc = "Kind", .names = &matter_kind_names),
    FIELD(fact_base, state, .doc = "State", .names = &matter_state_names),
    FIELD(fact_base, type, .doc = "Type"), FIELD(fact_base, source, .doc = "Source"),
    FIELD(fact_base, body_kind, .doc = "Kind of the body that handles it"),
    FIELD(fact_base, path, .doc = "Its area's path"), FIELD(fact_base, people, .doc = "Persons"),
    FIELD(fact_base, agreement, .doc = "Form of the agreement", .names = &fact_agreement_names),
    FIELD(fact_base, facts, .doc = "What held when the round ended, or holds now"),
    FIELD(fact_base, performance, .doc = "As the last visit found it",
          .names = &performance_names),
    FIELD(fact_base, confirmed, .doc = "Confirmed by a court"),
    FIELD(fact_base, complex, .doc = "Hard and complex"),
    FIELD(fact_base, merged, .doc = "Into another, and not undone"),
    FIELD(fact_base, parted, .doc = "Split into parts"),
    FIELD(fact_base, prevented, .doc = "What it prevented", .names = &prevention_names),
    FIELD(fact_base, prevented_people, .doc = "Persons that would have drawn in"),
    FIELD(fact_base, filed_at, .doc = "Filed"), FIELD(fact_base, accepted_at, .doc = "Accepted"),
    FIELD(fact_base, concluded_at, .doc = "Concluded"),
    FIELD(fact_base, closed_at, .doc = "Closed"),
};
static const struct record fact_base_record = RECORD(fact_base, fact_base_fields);

struct fact_claim { struct str outcome; struct fen settled; int64_t doubts; };
static const struct field fact_claim_fields[] = {
    FIELD(fact_claim, outcome, .doc = "Outcome"), FIELD(fact_claim, settled, .doc = "Agreed"),
    FIELD(fact_claim, doubts, .doc = "Why it is no success, in the part that has it"),
};
static const struct record fact_claim_record = RECORD(fact_claim, fact_claim_fields);

/* A round that ended stands as it was left: its claims, dates and doubts were kept. What
 * was split has its claims in its parts. */
static bool load_claims(struct req *r, const struct fact_base *m, bool ended, struct list *out,
                        struct err *e)
{
    if (ended)
        return db_all(r->c, e, r->a, &fact_claim_record, out,
            SQL("SELECT outcome, settled, doubts FROM claim_round WHERE home = $1 AND matter = $2"
                " AND round = $3 ORDER BY claim LIMIT 500"), V(m->home), V(m->matter),
            V(m->round));
    if (m->parted)
        return db_all(r->c, e, r->a, &fact_claim_record, out,
            SQL("SELECT c.outcome, c.settled, w.facts & $3 AS doubts FROM claim c"
                " JOIN matter w ON w.home = c.home AND w.id = c.matter"
                " WHERE c.home = $1 AND c.matter IN (" CLAIM_HOLDERS("$1", "$2") ")"
                " ORDER BY c.id LIMIT 500"), V(m->home), V(m->matter), V(MATTER_DOUBTS));
    return db_all(r->c, e, r->a, &fact_claim_record, out,
        SQL("SELECT outcome, settled FROM claim WHERE home = $1 AND matter = $2 ORDER BY no"
            " LIMIT 500"), V(m->home), V(m->matter));
}

static bool load(struct req *r, struct id matter, int64_t round, struct fact_base *m,
                 struct list *claims, struct err *e)
{
    return db_one(r->c, e, r->a, &fact_base_record, m,
        SQL("SELECT m.home, m.id AS matter, COALESCE(x.round, m.round) AS round, m.kind, m.state,"
            " m.type, m.source, m.path, CASE WHEN m.people > 0 THEN m.people ELSE"
            " (SELECT COUNT(*) FROM party p"
            " WHERE p.home = m.home AND p.matter = m.id AND p.agent_for = 0) END AS people,"
            " COALESCE(x.doubts, m.facts) AS facts, m.filed_at,"
            " COALESCE(y.at, m.accepted_at) AS accepted_at,"
            " COALESCE(x.concluded_at, m.concluded_at) AS concluded_at,"
            " COALESCE(x.closed_at, m.closed_at) AS closed_at,"
            " COALESCE(l.kind, o.kind, '') AS body_kind, COALESCE(k.form, 0) AS agreement,"
            " COALESCE(k.complex, 0) AS complex, COALESCE(k.prevented, 0) AS prevented,"
            " COALESCE(k.prevented_people, 0) AS prevented_people,"
            " CASE WHEN EXISTS (SELECT 1 FROM tie t WHERE t.home = m.home AND t.matter = m.id"
            " AND t.relation = 0 AND t.ended_at = 0) THEN 1 ELSE 0 END AS merged,"
            " CASE WHEN EXISTS (SELECT 1 FROM tie t WHERE t.home = m.home AND t.other = m.id"
            " AND t.relation = 1 AND t.ended_at = 0) THEN 1 ELSE 0 END AS parted,"
            " COALESCE((SELECT v.performance FROM visit v WHERE v.home = m.home"
            " AND v.matter = m.id AND v.round = COALESCE(x.round, m.round)"
            " AND v.performance IN (1, 2, 3) ORDER BY v.id DESC LIMIT 1), 0) AS performance,"
            " COALESCE((SELECT MAX(v.confirmed) FROM visit v WHERE v.home = m.home"
            " AND v.matter = m.id AND v.round = COALESCE(x.round, m.round)), 0) AS confirmed"
            " FROM matter m"
            " LEFT JOIN reopening x ON x.home = m.home AND x.matter = m.id AND x.round = $3"
            " LEFT JOIN reopening y ON y.home = m.home AND y.matter = m.id"
            " AND y.round = COALESCE(x.round, m.round) - 1"
            " LEFT JOIN conclusion k ON k.home = m.home AND k.matter = m.id"
            " AND k.round = COALESCE(x.round, m.round)"
            " LEFT JOIN org l ON l.home = m.home AND l.id = m.lead"
            " LEFT JOIN org o ON o.home = m.home AND o.id = m.owner"
            " WHERE m.home = $1 AND m.id = $2"), V(r->app->home), V(matter), V(round))
        && load_claims(r, m, m->round == round, claims, e);
}

/* ---- where in the form each code belongs ---- */

/* The list's own column of a code as it held on the day, else as it holds today. */
static struct str column_of(struct req *r, const char *list, struct str code, struct day d,
                            const char *column)
{
    const struct code_entry *x = codebook_code(r->app, str_of(list), code, d);
    x = x ? x : codebook_code(r->app, str_of(list), code, DAY_NONE);
    return x ? code_extra(x, r->a, column) : STR("");
}

/* The name's number by slug or Chinese name; 0 for none. */
static unsigned number_of(const struct names *names, struct str s)
{
    for (unsigned i = 1; i < names->n; i++)
        if (str_is(s, names->v[i].slug) || str_is(s, names->v[i].zh))
            return i;
    return 0;
}

/* The row of the form: the highest code above a dispute's type. */
static int64_t type_of(struct req *r, const struct fact_base *m, struct day d)
{
    struct str code = m->type;
    int64_t n = 0;
    if (m->kind != MATTER_DISPUTE)
        return 0;
    for (int i = 0; i < 8; i++) {
        const struct code_entry *x = codebook_code(r->app, STR("dispute_type"), code, d);
        if (!x || !x->parent.n)
            break;
        code = x->parent;
    }
    return str_to_i64(code, &n) && n >= 1 && n <= 18 ? n : 0;
}

/* All claims settled is settled, some of it partly; else the gravest ending stands. */
static unsigned result_of(struct req *r, struct list claims, struct day d)
{
    static const unsigned order[] = { FACT_RESULT_FAILED, FACT_RESULT_STOPPED,
        FACT_RESULT_UNREACHABLE, FACT_RESULT_REFERRED, FACT_RESULT_OTHER };
    const struct fact_claim *v = claims.v;
    size_t of[FACT_RESULT__COUNT] = { 0 };
    for (size_t i = 0; i < claims.n; i++)
        of[number_of(&fact_result_names,
                     column_of(r, "outcome", v[i].outcome, d, "form_result"))]++;
    if (claims.n && of[FACT_RESULT_SETTLED] == claims.n)
        return FACT_RESULT_SETTLED;
    if (of[FACT_RESULT_SETTLED] || of[FACT_RESULT_PARTLY])
        return FACT_RESULT_PARTLY;
    for (size_t i = 0; i < COUNT(order); i++)
        if (of[order[i]])
            return order[i];
    return FACT_RESULT_OTHER;
}

/* While a side has not confirmed what was agreed, it is a success in no number. What a
 * visit found out of the performance stands over what was said at the end. */
static void take_result(struct req *r, struct fact *f, const struct fact_base *m,
                        struct list claims, struct day d)
{
    const struct fact_claim *v = claims.v;
    int64_t facts = m->facts;
    for (size_t i = 0; i < claims.n; i++)
        facts |= v[i].doubts;
    f->result = result_of(r, claims, d);
    if (facts & MATTER_DOUBTS
        && (f->result == FACT_RESULT_SETTLED || f->result == FACT_RESULT_PARTLY))
        f->result = FACT_RESULT_UNCONFIRMED;
    f->performed = claims.n > 0;
    for (size_t i = 0; i < claims.n; i++) {
        f->settled.v += v[i].settled.v;
        f->performed &= str_is(v[i].outcome, "settled_performed");
    }
    if (m->performance != PERFORMANCE_UNKNOWN)
        f->performed = m->performance == PERFORMANCE_DONE;
    f->agreement = m->agreement;
    f->confirmed = m->confirmed;
    f->complex = m->complex;
    f->prevented = m->prevented;
    f->prevented_people = m->prevented_people;
}

/* What a void or merged matter was about is counted elsewhere, or never was, also after
 * it was put away; what parts of a split come to is summed up in the whole, which counts
 * once. */
static bool is_counted(const struct fact_base *m)
{
    return m->state != MATTER_VOID && !m->merged && !str_is(m->source, "split");
}

struct unit { struct id id; struct str path; };
static const struct field unit_fields[] = {
    FIELD(unit, id, .doc = "Area"), FIELD(unit, path, .doc = "Its path"),
};
static const struct record unit_record = RECORD(unit, unit_fields);

/* The town of a path /1/6/44/301/, or the lowest area above where there is none. */
static bool find_unit(struct req *r, struct str path, struct unit *out, struct err *e)
{
    enum { DEEP = 8 };
    int64_t id[DEEP] = { 0 };
    struct str part, rest = str_sub(path, 1, path.n);
    size_t n = 0;
    while (n < DEEP && str_cut(rest, '/', &part, &rest) && str_to_i64(part, &id[n]))
        n++;
    return db_one(r->c, e, r->a, &unit_record, out,
        SQL("SELECT id, path FROM area WHERE id IN ($1, $2, $3, $4, $5, $6, $7, $8)"
            " AND level <= $9 ORDER BY LENGTH(path) DESC LIMIT 1"), V(id[0]), V(id[1]), V(id[2]),
        V(id[3]), V(id[4]), V(id[5]), V(id[6]), V(id[7]), V((unsigned)AREA_TOWN));
}

bool fact_make(struct req *r, struct id matter, int64_t round, struct fact *out, struct err *e)
{
    struct fact_base m = { 0 };
    struct list claims;
    struct unit unit = { 0 };
    if (!load(r, matter, round, &m, &claims, e) || !find_unit(r, m.path, &unit, e))
        return false;
    struct day filed = day_of_stamp(m.filed_at);
    struct str source = m.source;
    *out = (struct fact){
        .home = m.home, .matter = m.matter, .round = m.round, .kind = m.kind,
        .counts = is_counted(&m), .type = type_of(r, &m, filed),
        .way = number_of(&fact_way_names, column_of(r, "source", source, filed, "form_source")),
        .referrer = number_of(&fact_referrer_names,
                              column_of(r, "source", source, filed, "form_from")),
        .body = number_of(&fact_body_names,
                          column_of(r, "org_kind", m.body_kind, filed, "form_kind")),
        .people = m.people, .unit = unit.id, .path = unit.path,
        .accepted = m.accepted_at.ms ? day_of_stamp(m.accepted_at) : DAY_NONE,
        .closed = m.closed_at.ms ? day_of_stamp(m.closed_at) : DAY_NONE,
    };
    if (m.concluded_at.ms) {
        out->concluded = day_of_stamp(m.concluded_at);
        take_result(r, out, &m, claims, filed);
    }
    return true;
}
