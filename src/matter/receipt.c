#include "matter/receipt.h"
#include "app/access.h"
#include "base/random.h"
#include "matter/claim.h"
#include "matter/party.h"

struct matter_receipt {
    struct str number, owner_name, title;
    unsigned kind;
    struct strs applicants, respondents;
    struct list claims;
    struct stamp asked_at, recorded_at, printed_at;
    struct str hash;
};
static const struct field matter_receipt_fields[] = {
    FIELD(matter_receipt, number, .doc = "Public number", .flags = PARTY, .zh = "编号",
          .en = "Number"),
    FIELD(matter_receipt, kind, .doc = "Kind", .names = &matter_kind_names, .flags = PARTY,
          .zh = "事项类别", .en = "Kind"),
    FIELD(matter_receipt, owner_name, .doc = "Body that was asked", .flags = PARTY,
          .zh = "受理单位", .en = "Body asked"),
    FIELD(matter_receipt, applicants, .doc = "Who asked", .flags = PARTY, .zh = "申请人",
          .en = "Applicants"),
    FIELD(matter_receipt, respondents, .doc = "Whom it is about", .flags = PARTY,
          .zh = "被申请人", .en = "Respondents"),
    FIELD(matter_receipt, title, .doc = "One line", .flags = PARTY, .zh = "标题", .en = "Title"),
    FIELD(matter_receipt, claims, .doc = "What was asked", .sub = &claim_record, .flags = PARTY,
          .zh = "请求", .en = "Claims"),
    FIELD(matter_receipt, asked_at, .doc = "When it was asked", .flags = PARTY, .zh = "提出时间",
          .en = "Asked"),
    FIELD(matter_receipt, recorded_at, .doc = "When it was recorded", .flags = PARTY,
          .zh = "记录时间", .en = "Recorded"),
    FIELD(matter_receipt, printed_at, .doc = "When this was made", .flags = PARTY,
          .zh = "出具时间", .en = "Made"),
    FIELD(matter_receipt, hash, .doc = "Hash of the journal entry; /verify checks it",
          .flags = PARTY, .zh = "核验码", .en = "Check code"),
};
static const struct record matter_receipt_record = RECORD(matter_receipt, matter_receipt_fields);

struct filing { struct stamp happened_at, recorded_at; struct str hash, action; };
static const struct field filing_fields[] = {
    FIELD(filing, happened_at, .doc = "Asked"), FIELD(filing, recorded_at, .doc = "Recorded"),
    FIELD(filing, hash, .doc = "Of the entry"), FIELD(filing, action, .doc = "What was done"),
};
static const struct record filing_record = RECORD(filing, filing_fields);

static struct strs names_of(struct req *r, struct list parties, enum party_role role)
{
    const struct party *v = parties.v;
    struct strs out = { arena_array(r->a, struct str, parties.n), 0 };
    for (size_t i = 0; i < parties.n; i++)
        if (v[i].role == role)
            out.v[out.n++] = v[i].name;
    return out;
}

static bool on_receipt(struct req *r, const void *in UNUSED, void *out, struct err *e)
{
    struct matter_receipt *x = out;
    struct matter m;
    struct filing f = { 0 };
    struct list parties;
    if (!matter_reach(r, &m, e) || !party_list(r, m.id, &parties, e)
        || !claim_list(r, m.id, &x->claims, e)
        || !db_one(r->c, e, r->a, &filing_record, &f,
            SQL("SELECT happened_at, recorded_at, hash, action FROM journal"
                " WHERE home = $1 AND chain = $2 AND seq = 1"), V(m.home), V(m.id)))
        return false;
    x->number = m.number;
    x->kind = m.kind;
    x->title = m.title;
    x->owner_name = m.owner_name;
    x->applicants = names_of(r, parties, PARTY_APPLICANT);
    x->respondents = names_of(r, parties, PARTY_RESPONDENT);
    x->asked_at = f.happened_at;
    x->recorded_at = f.recorded_at;
    x->printed_at = r->now;
    x->hash = hex_of(r->a, f.hash.p, f.hash.n);
    r->sight = (struct sight){ .content = true, .party = who_may(r->who, PERM_RESIDENT) };
    return access_look(r, m.home, m.id, STR("receipt"), e);
}

/* ---- anybody may ask whether a paper's code is true ---- */

struct verify_query { struct str number, hash; };
static const struct field verify_query_fields[] = {
    FIELD(verify_query, number, .doc = "Public number", .max = 30, .flags = REQUIRED,
          .zh = "编号", .en = "Number"),
    FIELD(verify_query, hash, .doc = "The code on the paper", .max = 64, .flags = REQUIRED,
          .zh = "核验码", .en = "Check code"),
};
static const struct record verify_query_record = RECORD(verify_query, verify_query_fields);

static const struct field verified_fields[] = {
    FIELD(verified, valid, .doc = "An entry with this code stands in this matter's chain",
          .flags = PARTY, .zh = "核验结果", .en = "True"),
    FIELD(verified, number, .doc = "Public number", .flags = PARTY, .zh = "编号", .en = "Number"),
    FIELD(verified, action, .doc = "What was done", .flags = PARTY, .zh = "动作", .en = "Action"),
    FIELD(verified, recorded_at, .doc = "When it was recorded", .flags = PARTY, .zh = "记录时间",
          .en = "Recorded"),
};
static const struct record verified_record = RECORD(verified, verified_fields);

bool receipt_verify(struct req *r, struct str number, struct str code, struct verified *out,
                    struct err *e)
{
    struct filing f = { 0 };
    unsigned char raw[32];
    bool found;
    *out = (struct verified){ .number = number };
    if (!hex_parse(code, raw, sizeof raw))
        return true;
    struct blob hash = { raw, sizeof raw };
    if (!db_maybe(r->c, e, r->a, &filing_record, &f, &found,
            SQL("SELECT j.action, j.recorded_at FROM matter m JOIN journal j ON j.home = m.home"
                " AND j.chain = m.id WHERE m.home = $1 AND m.number = $2 AND j.hash = $3"),
            V(r->app->home), V(number), V(hash)))
        return false;
    *out = (struct verified){ found, number, f.action, f.recorded_at };
    return true;
}

static bool on_verify(struct req *r, const void *in UNUSED, void *out, struct err *e)
{
    const struct verify_query *q = r->query;
    r->sight = SIGHT_ALL;
    return receipt_verify(r, q->number, q->hash, out, e);
}

static const struct route receipt_routes[] = {
    { "GET", "/api/v1/matters/{id}/receipt", PERM_MATTER_READ, ROUTE_READ, .apply = on_receipt,
      .out = &matter_receipt_record, .doc = "The receipt: who asked whom, for what, when" },
    { "GET", "/api/v1/door/matters/{id}/receipt", PERM_RESIDENT, ROUTE_READ, .apply = on_receipt,
      .out = &matter_receipt_record, .sites = SITE_BOTH, .doc = "The receipt of my matter" },
    { "GET", "/api/v1/door/verify", PERM_PUBLIC, ROUTE_READ, .apply = on_verify,
      .query = &verify_query_record, .out = &verified_record, .rate = RATE_CODE,
      .sites = SITE_BOTH, .doc = "Is the code on a paper true" },
};
const struct route_table receipt_table = ROUTES("receipt", receipt_routes);
