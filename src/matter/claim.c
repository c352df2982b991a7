#include "matter/claim.h"
#include "app/codebook.h"
#include "base/utf8.h"

static const struct field claim_fields[] = {
    FIELD(claim, id, .doc = "Key", .flags = HIDDEN | PARTY | READONLY),
    FIELD(claim, no, .doc = "Number in the matter", .flags = PARTY | READONLY, .zh = "序号",
          .en = "No."),
    FIELD(claim, text, .doc = "What is asked", .max = 500, .flags = REQUIRED | PARTY,
          .zh = "请求内容", .en = "Claim"),
    FIELD(claim, amount, .doc = "How much money is asked", .max = 100000000000000, .flags = PARTY,
          .zh = "金额", .en = "Amount"),
    FIELD(claim, outcome, .doc = "How it ended; empty while open", .format = FORMAT_CODE,
          .codelist = "outcome", .flags = PARTY | READONLY, .zh = "结果", .en = "Outcome"),
    FIELD(claim, settled, .doc = "How much was agreed", .flags = PARTY | READONLY,
          .zh = "协议金额", .en = "Agreed"),
    FIELD(claim, note, .doc = "What the outcome says in words", .max = 1000,
          .flags = PARTY | READONLY | LINES, .zh = "结果说明", .en = "Note"),
};
const struct record claim_record = RECORD(claim, claim_fields);

static const struct field claim_outcome_fields[] = {
    FIELD(claim_outcome, claim, .doc = "The claim; none stands for all open ones",
          .zh = "请求", .en = "Claim"),
    FIELD(claim_outcome, outcome, .doc = "Code of the outcome list", .format = FORMAT_CODE,
          .codelist = "outcome", .flags = REQUIRED, .zh = "结果", .en = "Outcome"),
    FIELD(claim_outcome, settled, .doc = "Money agreed", .max = 100000000000000,
          .zh = "协议金额", .en = "Agreed"),
    FIELD(claim_outcome, note, .doc = "In words", .max = 1000, .flags = LINES, .zh = "说明",
          .en = "Note"),
};
const struct record claim_outcome_record = RECORD(claim_outcome, claim_outcome_fields);

bool claim_add_all(struct req *r, const struct matter *m, struct list claims, struct err *e)
{
    struct claim own = { .text = m->title, .amount = { 0 } };
    struct claim *v = claims.n ? claims.v : &own;
    for (size_t i = 0; i < MAX(claims.n, (size_t)1); i++) {
        v[i].id = id_make();
        v[i].no = (int64_t)i + 1;
        if (!db_exec(r->c, e, NULL,
                SQL("INSERT INTO claim (id, home, matter, no, party, text, amount, outcome,"
                    " settled, note, version) VALUES ($1, $2, $3, $4, 0, $5, $6, '', 0, '', 1)"),
                V(v[i].id), V(m->home), V(m->id), V(v[i].no), V(v[i].text), V(v[i].amount)))
            return false;
    }
    return true;
}

bool claim_list(struct req *r, struct id matter, struct list *out, struct err *e)
{
    return db_all(r->c, e, r->a, &claim_record, out,
        SQL("SELECT id, no, text, amount, outcome, settled, note FROM claim"
            " WHERE home = $1 AND matter = $2 ORDER BY no LIMIT 100"),
        V(r->who->home), V(matter));
}

/* The outcome meant for claim id: its own, or the one that names no claim. */
static const struct claim_outcome *outcome_of(struct list outcomes, struct id claim)
{
    const struct claim_outcome *v = outcomes.v, *any = NULL;
    for (size_t i = 0; i < outcomes.n; i++) {
        if (v[i].claim.v == claim.v)
            return &v[i];
        if (!v[i].claim.v)
            any = &v[i];
    }
    return any;
}

static bool known(struct req *r, const struct matter *m, struct list outcomes, struct err *e)
{
    const struct claim_outcome *v = outcomes.v;
    for (size_t i = 0; i < outcomes.n; i++) {
        const struct code_entry *code = codebook_code(r->app, STR("outcome"), v[i].outcome,
                                                      DAY_NONE);
        if (code && str_is(code->parent, matter_kind_names.v[m->kind].slug))
            continue;
        err_field(e, code ? ERR_OUTCOME_KIND : ERR_NO_SUCH_REF, "outcome");
        err_at(e, "outcomes", i);
        return false;
    }
    return true;
}

/* An outcome names a claim of this matter, or none. */
static bool fit(struct list outcomes, struct list claims, struct err *e)
{
    const struct claim_outcome *v = outcomes.v;
    const struct claim *c = claims.v;
    for (size_t i = 0; i < outcomes.n; i++) {
        size_t k = 0;
        while (v[i].claim.v && k < claims.n && c[k].id.v != v[i].claim.v)
            k++;
        if (v[i].claim.v && k == claims.n) {
            err_field(e, ERR_NO_SUCH_REF, "claim");
            err_at(e, "outcomes", i);
            return false;
        }
    }
    return true;
}

bool claim_conclude(struct req *r, const struct matter *m, struct list outcomes, struct err *e)
{
    struct list claims;
    if (!known(r, m, outcomes, e) || !claim_list(r, m->id, &claims, e)
        || !fit(outcomes, claims, e))
        return false;
    const struct claim *v = claims.v;
    for (size_t i = 0; i < claims.n; i++) {
        const struct claim_outcome *o = outcome_of(outcomes, v[i].id);
        if (!o)
            return err_fieldf(e, ERR_NO_OUTCOME, "outcomes", "%.*s",
                              STR_ARG(utf8_cut(v[i].text, 90)));
        if (!db_exec(r->c, e, NULL,
                SQL("UPDATE claim SET outcome = $3, settled = $4, note = $5,"
                    " version = version + 1 WHERE home = $1 AND id = $2"),
                V(m->home), V(v[i].id), V(o->outcome), V(o->settled), V(o->note)))
            return false;
    }
    return true;
}
