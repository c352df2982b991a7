#include "paper/paper_fact.h"
#include "app/codebook.h"
#include "base/mask.h"

#define X(id, slug, zh, en) { slug, zh, en },
static const struct name audience_v[] = { PAPER_AUDIENCES(X) };
#undef X
const struct names paper_audience_names = NAMES("paper_audience", audience_v);

static const struct field paper_entry_fields[] = {
    FIELD(paper_entry, seq, .doc = "Number"), FIELD(paper_entry, action, .doc = "What was done"),
    FIELD(paper_entry, hash, .doc = "Of the entry"),
    FIELD(paper_entry, actor_name, .doc = "Who did it"),
    FIELD(paper_entry, happened_at, .doc = "When it was done"),
    FIELD(paper_entry, recorded_at, .doc = "When it was recorded"),
    FIELD(paper_entry, payload, .doc = "What it says"),
};
static const struct record paper_entry_record = RECORD(paper_entry, paper_entry_fields);

/* ---- loading ---- */

/* Only steps of the matter's life: looks, files and clocks have entries as well, and
 * there may be many. */
static bool load_entries(struct paper_fact *f, struct err *e)
{
    struct req *r = f->r;
    return db_all(r->c, e, r->a, &paper_entry_record, &f->entries,
        SQL("SELECT j.seq, j.action, j.hash, j.happened_at, j.recorded_at,"
            " COALESCE(w.name, '') AS actor_name, COALESCE(p.body, '') AS payload"
            " FROM journal j LEFT JOIN account w ON w.home = j.home AND w.id = j.actor"
            " LEFT JOIN journal_payload p ON p.home = j.home AND p.chain = j.chain"
            " AND p.seq = j.seq"
            " WHERE j.home = $1 AND j.chain = $2 AND j.action IN ('file', 'accept', 'decline',"
            " 'ask_details', 'assign', 'take', 'conclude', 'reply', 'close', 'visit', 'stop')"
            " ORDER BY j.seq DESC LIMIT 200"), V(f->m.home), V(f->m.id));
}

static bool load_org(struct req *r, struct id id, struct org *out, struct err *e)
{
    if (!id.v || org_get(r, id, out, e))
        return true;
    if (e->id != ERR_NOT_FOUND)
        return false;
    err_clear(e);
    return true;
}

bool paper_fact_load(struct req *r, struct id matter, struct paper_fact *out, struct err *e)
{
    struct paper_fact f = { .r = r, .audience = out->audience };
    bool refused;
    if (!matter_load_content(r, matter, &f.m, e)
        || !party_list(r, matter, &f.parties, e) || !claim_list(r, matter, &f.claims, e)
        || !assignment_list(r, matter, &f.assignments, e)
        || !deadline_list(r, matter, &f.m.deadlines, e) || !load_entries(&f, e)
        || !refusal_last(r, matter, &f.refusal, &refused, e)
        || !load_org(r, f.m.owner, &f.owner, e) || !load_org(r, f.m.lead, &f.lead, e))
        return false;
    *out = f;
    return true;
}

const struct paper_entry *paper_entry_of(const struct paper_fact *f, const char *action)
{
    const struct paper_entry *v = f->entries.v;
    for (size_t i = 0; i < f->entries.n; i++)
        if (str_is(v[i].action, action))
            return &v[i];
    return NULL;
}

struct str paper_payload(const struct paper_fact *f, const char *action, const char *key)
{
    const struct paper_entry *x = paper_entry_of(f, action);
    json_t *j = x ? json_loadb(x->payload.json.p, x->payload.json.n, 0, NULL) : NULL;
    const char *s = json_string_value(json_object_get(j, key));
    struct str out = s ? arena_dup(f->r->a, str_of(s)) : STR("");
    json_decref(j);
    return out;
}

/* ---- spelling ---- */

struct str paper_day(struct arena *a, struct stamp t)
{
    struct civil c = civil_of_day(day_of_stamp(t));
    return t.ms ? arena_printf(a, "%d年%d月%d日", c.year, c.month, c.day) : STR("");
}

struct str paper_time(struct arena *a, struct stamp t)
{
    int64_t minute = (t.ms - stamp_of_day(day_of_stamp(t)).ms) / STAMP_MINUTE;
    return t.ms ? arena_printf(a, "%.*s%02d时%02d分", STR_ARG(paper_day(a, t)), (int)(minute / 60),
                               (int)(minute % 60)) : STR("");
}

struct str paper_money(struct arena *a, struct fen v)
{
    int64_t yuan = v.v / 100;
    if (yuan >= 1000000)
        return arena_printf(a, "%lld,%03d,%03d.%02d元", (long long)(yuan / 1000000),
                            (int)(yuan / 1000 % 1000), (int)(yuan % 1000), (int)(v.v % 100));
    if (yuan >= 1000)
        return arena_printf(a, "%d,%03d.%02d元", (int)(yuan / 1000), (int)(yuan % 1000),
                            (int)(v.v % 100));
    return arena_printf(a, "%d.%02d元", (int)yuan, (int)(v.v % 100));
}

struct str paper_or_rule(struct str value)
{
    return value.n ? value : STR("＿＿＿＿＿＿");
}

struct str paper_code(const struct paper_fact *f, const char *list, struct str code)
{
    const struct code_entry *x = code.n ? codebook_code(f->r->app, str_of(list), code, DAY_NONE)
                                        : NULL;
    return x ? x->zh : code;
}

struct str paper_words(const struct paper_fact *f, const char *code)
{
    const struct code_entry *x = codebook_code(f->r->app, STR("paper_text"), str_of(code),
                                               DAY_NONE);
    return x ? code_extra(x, f->r->a, "text") : STR("");
}

static struct str names_of(const struct paper_fact *f, enum party_role role, bool left)
{
    AUTO(buf_done) struct buf b;
    const struct party *v = f->parties.v;
    buf_init(&b, 64 << 10);
    for (size_t i = 0; i < f->parties.n; i++)
        if (v[i].role == role && (left || !v[i].left_at.ms))
            buf_addf(&b, "%s%.*s", b.n ? "、" : "", STR_ARG(v[i].name));
    return arena_dup(f->r->a, buf_str(&b));
}

struct str paper_names(const struct paper_fact *f, enum party_role role)
{
    return names_of(f, role, false);
}

struct str paper_all_names(const struct paper_fact *f, enum party_role role)
{
    return names_of(f, role, true);
}

/* The file's copy shows both sides masked; a side's own copy its own. */
static bool may_show(const struct paper_fact *f, const struct party *p)
{
    return f->audience == AUDIENCE_FILE
        || (f->audience == AUDIENCE_APPLICANT && p->role == PARTY_APPLICANT)
        || (f->audience == AUDIENCE_RESPONDENT && p->role == PARTY_RESPONDENT);
}

struct str paper_phone(const struct paper_fact *f, const struct party *p)
{
    return may_show(f, p) && p->phone.n ? mask_phone(f->r->a, p->phone) : STR("");
}

struct str paper_address(const struct paper_fact *f, const struct party *p)
{
    return may_show(f, p) && p->address.n ? mask_address(f->r->a, p->address) : STR("");
}
