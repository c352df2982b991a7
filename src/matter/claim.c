#include "matter/claim.h"

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

bool claim_add_all(struct req *r, const struct matter *m, struct list claims, struct err *e)
{
    struct claim own = { .text = m->title, .amount = { 0 } };
    struct claim *v = claims.n ? claims.v : &own;
    for (size_t i = 0; i < MAX(claims.n, (size_t)1); i++) {
        v[i].id = id_make();
        v[i].no = (int64_t)i + 1;
        if (!db_post(r->c, e,
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

void claim_keep_open(struct list *claims)
{
    struct claim *v = claims->v;
    size_t kept = 0;
    for (size_t i = 0; i < claims->n; i++)
        if (!v[i].outcome.n)
            v[kept++] = v[i];
    claims->n = kept;
}

bool claim_outcome_set(struct req *r, struct id claim, struct str outcome, struct fen settled,
                       struct str note, struct err *e)
{
    return db_post(r->c, e,
        SQL("UPDATE claim SET outcome = $3, settled = $4, note = $5, version = version + 1"
            " WHERE home = $1 AND id = $2"),
        V(r->who->home), V(claim), V(outcome), V(settled), V(note));
}

bool claim_open_all(struct req *r, struct id matter, int64_t round, int64_t *own, struct err *e)
{
    return db_post(r->c, e,
            SQL("INSERT INTO claim_round (home, matter, round, claim, outcome, settled, doubts)"
                " SELECT c.home, CAST($2 AS BIGINT), CAST($3 AS BIGINT), c.id, c.outcome,"
                " c.settled, w.facts & $4 FROM claim c JOIN matter w ON w.home = c.home"
                " AND w.id = c.matter WHERE c.home = $1 AND c.matter IN ("
                CLAIM_HOLDERS("$1", "$2") ")"),
            V(r->who->home), V(matter), V(round), V(MATTER_DOUBTS))
        && db_exec(r->c, e, own,
            SQL("UPDATE claim SET outcome = '', settled = 0, note = '', version = version + 1"
                " WHERE home = $1 AND matter = $2"), V(r->who->home), V(matter));
}

bool claim_amount_add(struct req *r, const struct matter *m, int64_t fen, struct err *e)
{
    return db_exec(r->c, e, NULL,
        SQL("UPDATE matter SET amount = amount + $3 WHERE home = $1 AND id = $2"),
        V(m->home), V(m->id), V(fen));
}

/* Numbered on from those head has. */
bool claim_copy(struct req *r, const struct matter *from, const struct matter *head,
                struct err *e)
{
    struct list claims;
    int64_t no = 0;
    if (!claim_list(r, from->id, &claims, e)
        || !db_int(r->c, e, &no,
            SQL("SELECT COALESCE(MAX(no), 0) FROM claim WHERE home = $1 AND matter = $2"),
            V(head->home), V(head->id)))
        return false;
    const struct claim *v = claims.v;
    for (size_t i = 0; i < claims.n; i++)
        if (!v[i].outcome.n
            && !db_post(r->c, e,
                SQL("INSERT INTO claim (id, home, matter, no, party, text, amount, outcome,"
                    " settled, note, version, origin)"
                    " VALUES ($1, $2, $3, $4, 0, $5, $6, '', 0, '', 1, $7)"),
                V(id_make()), V(head->home), V(head->id), V(++no), V(v[i].text), V(v[i].amount),
                V(v[i].id)))
            return false;
    return true;
}

bool claim_take_back(struct req *r, const struct matter *from, const struct matter *head,
                     struct err *e)
{
    struct list gone;
    int64_t amount = 0;
    if (!db_all(r->c, e, r->a, &claim_record, &gone,
            SQL("DELETE FROM claim WHERE home = $1 AND matter = $2 AND outcome = '' AND origin IN"
                " (SELECT id FROM claim WHERE home = $1 AND matter = $3) RETURNING amount"),
            V(head->home), V(head->id), V(from->id)))
        return false;
    const struct claim *v = gone.v;
    for (size_t i = 0; i < gone.n; i++)
        amount += v[i].amount.v;
    return claim_amount_add(r, head, -amount, e);
}
