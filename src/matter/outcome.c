#include "matter/outcome.h"
#include "app/codebook.h"
#include "base/utf8.h"
#include "matter/claim.h"
#include "matter/party.h"

enum { ROWS_MAX = 500 };

static const struct field claim_outcome_fields[] = {
    FIELD(claim_outcome, claim, .doc = "The claim; none stands for all that are not named",
          .zh = "请求", .en = "Claim"),
    FIELD(claim_outcome, party, .doc = "For one party only; none stands for all others",
          .zh = "当事人", .en = "Party"),
    FIELD(claim_outcome, outcome, .doc = "Code of the outcome list", .format = FORMAT_CODE,
          .codelist = "outcome", .flags = REQUIRED, .zh = "结果", .en = "Outcome"),
    FIELD(claim_outcome, settled, .doc = "Money agreed", .max = 100000000000000,
          .zh = "协议金额", .en = "Agreed"),
    FIELD(claim_outcome, note, .doc = "In words", .max = 1000, .flags = LINES, .zh = "说明",
          .en = "Note"),
};
const struct record claim_outcome_record = RECORD(claim_outcome, claim_outcome_fields);

static const struct field outcome_fields[] = {
    FIELD(outcome, claim, .doc = "The claim", .flags = HIDDEN | PARTY),
    FIELD(outcome, claim_no, .doc = "Its number", .flags = PARTY, .zh = "请求",
          .en = "Claim no."),
    FIELD(outcome, party, .doc = "The party; none: all others", .flags = HIDDEN | PARTY),
    FIELD(outcome, party_name, .doc = "Name of the party; empty: all others",
          .flags = CONTENT | PARTY, .zh = "当事人", .en = "Party"),
    FIELD(outcome, outcome, .doc = "How it ended", .format = FORMAT_CODE, .codelist = "outcome",
          .flags = PARTY, .zh = "结果", .en = "Outcome"),
    FIELD(outcome, settled, .doc = "How much was agreed", .flags = CONTENT | PARTY,
          .zh = "协议金额", .en = "Agreed"),
    FIELD(outcome, note, .doc = "In words", .flags = CONTENT | PARTY | LINES, .zh = "说明",
          .en = "Note"),
    FIELD(outcome, round, .doc = "1, grows with each reopening", .flags = PARTY, .zh = "轮次",
          .en = "Round"),
};
const struct record outcome_record = RECORD(outcome, outcome_fields);

static const struct code_entry *code_of(struct req *r, struct str code)
{
    return codebook_code(r->app, STR("outcome"), code, DAY_NONE);
}

static bool flag(struct req *r, const struct code_entry *x, const char *column)
{
    return str_is(code_extra(x, r->a, column), "1");
}

struct outcome_rule outcome_rule(struct req *r, struct str code)
{
    struct outcome_rule rule = { 0 };
    const struct code_entry *x = code_of(r, code);
    if (!x)
        return rule;
    struct str success = code_extra(x, r->a, "success");
    rule.success = str_is(success, "yes") ? SUCCESS_YES
                 : str_is(success, "part") ? SUCCESS_PART : SUCCESS_NO;
    rule.counts = flag(r, x, "counts");
    rule.agreement = flag(r, x, "needs_agreement");
    rule.routes = flag(r, x, "needs_routes");
    rule.answers = flag(r, x, "needs_answers");
    rule.attempts = flag(r, x, "needs_attempts");
    rule.visit = flag(r, x, "visit");
    return rule;
}

/* ---- what was said, checked ---- */

static bool at_entry(struct err *e, enum err_id id, const char *field, size_t i)
{
    err_field(e, id, field);
    err_at(e, "outcomes", i);
    return false;
}

static bool is_claim(struct list claims, struct id id)
{
    const struct claim *v = claims.v;
    for (size_t i = 0; i < claims.n; i++)
        if (v[i].id.v == id.v)
            return true;
    return !id.v;
}

/* Of this matter, and in it still. */
static bool is_party(struct list parties, struct id id)
{
    const struct party *v = parties.v;
    for (size_t i = 0; i < parties.n; i++)
        if (v[i].id.v == id.v)
            return !v[i].left_at.ms;
    return !id.v;
}

static bool is_twice(const struct claim_outcome *v, size_t i)
{
    for (size_t k = 0; k < i; k++)
        if (v[k].claim.v == v[i].claim.v && v[k].party.v == v[i].party.v)
            return true;
    return false;
}

static bool check_said(struct req *r, const struct matter *m, struct list said,
                       struct list claims, struct list parties, struct err *e)
{
    const struct claim_outcome *v = said.v;
    for (size_t i = 0; i < said.n; i++) {
        const struct code_entry *code = code_of(r, v[i].outcome);
        if (!code || !str_is(code->parent, matter_kind_names.v[m->kind].slug))
            return at_entry(e, code ? ERR_OUTCOME_KIND : ERR_NO_SUCH_REF, "outcome", i);
        if (!is_claim(claims, v[i].claim))
            return at_entry(e, ERR_NO_SUCH_REF, "claim", i);
        if (!is_party(parties, v[i].party))
            return at_entry(e, ERR_NO_SUCH_REF, "party", i);
        if (v[i].settled.v && outcome_rule(r, v[i].outcome).success == SUCCESS_NO) {
            err_fieldf(e, ERR_OUT_OF_RANGE, "settled", "0");
            err_at(e, "outcomes", i);
            return false;
        }
        if (is_twice(v, i)) {
            err_fieldf(e, ERR_BAD_VALUE, "claim", "重复" ERR_OR "said twice");
            err_at(e, "outcomes", i);
            return false;
        }
    }
    return true;
}

/* ---- spread over claims and parties ---- */

/* What was said of the claim and the party: of this claim rather than of all. */
static const struct claim_outcome *match(struct list said, struct id claim, struct id party)
{
    const struct claim_outcome *v = said.v, *any = NULL;
    for (size_t i = 0; i < said.n; i++) {
        if (v[i].party.v != party.v)
            continue;
        if (v[i].claim.v == claim.v)
            return &v[i];
        if (!v[i].claim.v)
            any = &v[i];
    }
    return any;
}

struct spread { struct outcome *v; size_t n; };

static bool add(struct spread *s, const struct claim *c, struct id party,
                const struct claim_outcome *o, struct err *e)
{
    if (s->n == ROWS_MAX)
        return err_fieldf(e, ERR_TOO_MANY, "outcomes", "%d", ROWS_MAX);
    s->v[s->n++] = (struct outcome){
        .claim = c->id, .claim_no = c->no, .party = party, .outcome = o->outcome,
        .settled = o->settled, .note = o->note,
    };
    return true;
}

/* Without a word for all others, everybody of one side must have an own one. */
static bool spread_claim(struct spread *s, struct list said, const struct claim *c,
                         struct list parties, struct err *e)
{
    size_t side[PARTY_ROLE__COUNT] = { 0 }, named[PARTY_ROLE__COUNT] = { 0 };
    const struct party *p = parties.v;
    const struct claim_outcome *general = match(said, c->id, ID_NONE);
    for (size_t i = 0; i < parties.n; i++) {
        const struct claim_outcome *own = match(said, c->id, p[i].id);
        if (p[i].left_at.ms)
            continue;
        side[p[i].role]++;
        named[p[i].role] += own != NULL;
        if (own && !add(s, c, p[i].id, own, e))
            return false;
    }
    if (general)
        return add(s, c, ID_NONE, general, e);
    for (int role = PARTY_APPLICANT; role <= PARTY_RESPONDENT; role++)
        if (side[role] && named[role] == side[role])
            return true;
    return err_fieldf(e, ERR_NO_OUTCOME, "outcomes", "%.*s", STR_ARG(utf8_cut(c->text, 90)));
}

bool outcome_spread(struct req *r, const struct matter *m, struct list said, struct list claims,
                    struct list parties, struct list *out, struct err *e)
{
    struct spread s = { arena_array(r->a, struct outcome, ROWS_MAX), 0 };
    const struct claim *c = claims.v;
    if (!check_said(r, m, said, claims, parties, e))
        return false;
    for (size_t i = 0; i < claims.n; i++)
        if (!spread_claim(&s, said, &c[i], parties, e))
            return false;
    *out = (struct list){ s.v, s.n };
    return true;
}

/* ---- the sum of a claim ---- */

/* The kind's word for "in part"; empty for none. */
static struct str part_of(struct req *r, unsigned kind)
{
    struct list codes = codebook_list(r->app, r->a, STR("outcome"), DAY_NONE);
    const struct code_entry *v = codes.v;
    for (size_t i = 0; i < codes.n; i++)
        if (str_is(v[i].parent, matter_kind_names.v[kind].slug)
            && str_is(code_extra(&v[i], r->a, "success"), "part"))
            return v[i].code;
    return STR("");
}

/* Whether b says less than a: no success before one, what counts before what does
 * not, the later of the list. */
static bool is_less(struct req *r, struct str a, struct str b)
{
    struct outcome_rule x = outcome_rule(r, a), y = outcome_rule(r, b);
    if (x.success != y.success)
        return y.success < x.success;
    if (x.counts != y.counts)
        return y.counts;
    const struct code_entry *p = code_of(r, a), *q = code_of(r, b);
    return p && q && q->sort > p->sort;
}

/* What was agreed on a claim, said of those who get it, of those who give it, or of both:
 * once. What is said of all others is of a side that is not named in full. */
static int64_t settled_of(struct id claim, struct list rows, struct list parties)
{
    const struct outcome *v = rows.v;
    const struct party *p = parties.v;
    int64_t most = 0;
    for (unsigned role = 0; role < PARTY_ROLE__COUNT; role++) {
        int64_t sum = 0, general = 0;
        size_t there = 0, named = 0;
        for (size_t k = 0; k < parties.n; k++)
            there += p[k].role == role && !p[k].left_at.ms;
        for (size_t i = 0; i < rows.n; i++) {
            if (v[i].claim.v != claim.v)
                continue;
            if (!v[i].party.v)
                general = v[i].settled.v;
            for (size_t k = 0; k < parties.n; k++)
                if (p[k].role == role && p[k].id.v == v[i].party.v)
                    sum += v[i].settled.v, named++;
        }
        most = MAX(most, !there || named < there ? sum + general : sum);
    }
    return most;
}

/* One outcome for the claim: what all say; settled for some only, "in part"; else
 * the least of them. */
static struct outcome sum_of(struct req *r, const struct matter *m, struct id claim,
                             struct list rows, struct list parties)
{
    const struct outcome *v = rows.v;
    struct outcome sum = { .settled = { settled_of(claim, rows, parties) } };
    bool any = false, all = true;
    for (size_t i = 0; i < rows.n; i++) {
        if (v[i].claim.v != claim.v)
            continue;
        enum success success = outcome_rule(r, v[i].outcome).success;
        any |= success != SUCCESS_NO;
        all &= success == SUCCESS_YES;
        if (!sum.outcome.n || is_less(r, sum.outcome, v[i].outcome))
            sum.outcome = v[i].outcome;
        if (!sum.note.n)
            sum.note = v[i].note;
    }
    struct str part = any && !all ? part_of(r, m->kind) : STR("");
    if (part.n)
        sum.outcome = part;
    return sum;
}

bool outcome_put(struct req *r, const struct matter *m, struct list claims, struct list rows,
                 struct err *e)
{
    const struct outcome *v = rows.v;
    const struct claim *c = claims.v;
    struct list parties;
    if (!party_sides(r, m->id, &parties, e))
        return false;
    for (size_t i = 0; i < rows.n; i++)
        if (!db_exec(r->c, e, NULL,
                SQL("INSERT INTO outcome (id, home, matter, round, claim, party, outcome, settled,"
                    " note) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)"),
                V(id_make()), V(m->home), V(m->id), V(m->round), V(v[i].claim), V(v[i].party),
                V(v[i].outcome), V(v[i].settled), V(v[i].note)))
            return false;
    for (size_t i = 0; i < claims.n; i++) {
        struct outcome sum = sum_of(r, m, c[i].id, rows, parties);
        if (!claim_outcome_set(r, c[i].id, sum.outcome, sum.settled, sum.note, e))
            return false;
    }
    return true;
}

bool outcome_list(struct req *r, struct id matter, int64_t round, struct list *out, struct err *e)
{
    return db_all(r->c, e, r->a, &outcome_record, out,
        SQL("SELECT x.claim, c.no AS claim_no, x.party, COALESCE(p.name, '') AS party_name,"
            " x.outcome, x.settled, x.note, x.round FROM outcome x"
            " JOIN claim c ON c.home = x.home AND c.id = x.claim"
            " LEFT JOIN party p ON p.home = x.home AND p.id = x.party"
            " WHERE x.home = $1 AND x.matter = $2 AND (CAST($3 AS BIGINT) = 0"
            " OR x.round = CAST($3 AS BIGINT)) ORDER BY x.round, x.id LIMIT 2000"),
        V(r->who->home), V(matter), V(round));
}
