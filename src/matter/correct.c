#include "matter/correct.h"
#include "app/checks.h"
#include "app/codebook.h"
#include "matter/approval.h"
#include "matter/claim.h"
#include "matter/deadline_change.h"
#include "matter/matter_act.h"
#include "matter/party_draft.h"
#include "place/place.h"

#define EMPTIED                                                                              \
    .doc = "What is to be emptied: it came as null", .flags = READONLY | WRITEONLY | HIDDEN | NULLS

/* Which side, and how to be answered: the first of each stays as it is. */
#define X(id, slug, zh, en) { slug, zh, en },
static const struct name side_v[] = { { "same", "不变", "as it is" }, PARTY_ROLES(X) };
static const struct name channel_v[] = { { "same", "不变", "as it is" }, PARTY_CHANNELS(X) };
#undef X
static const struct names side_names = NAMES("correct_role", side_v);
static const struct names channel_names = NAMES("correct_channel", channel_v);

struct correct_party {
    struct id id;
    unsigned role, channel;
    struct str name, phone, id_kind, id_number, address;
    struct strs nulls;
};
static const struct field correct_party_fields[] = {
    FIELD(correct_party, id, .doc = "Whose data", .flags = REQUIRED, .zh = "当事人",
          .en = "Party"),
    FIELD(correct_party, role, .doc = "On which side; not once there is an outcome",
          .names = &side_names, .zh = "身份", .en = "Side"),
    FIELD(correct_party, name, .doc = "Name as on the papers", .max = 100, .format = FORMAT_PERSON,
          .zh = "姓名或名称", .en = "Name"),
    FIELD(correct_party, phone, .doc = "Telephone number; null empties it", .max = 40,
          .format = FORMAT_PHONE, .flags = SECRET | EMPTIES, .check = check_phone,
          .zh = "联系电话", .en = "Telephone"),
    FIELD(correct_party, id_kind, .doc = "Kind of identity paper; null empties it",
          .format = FORMAT_CODE, .codelist = "id_kind", .max = 30, .flags = EMPTIES,
          .zh = "证件类型", .en = "Identity paper"),
    FIELD(correct_party, id_number, .doc = "Its number; null empties it", .max = 40,
          .format = FORMAT_IDNUM, .flags = SECRET | EMPTIES,
          .zh = "证件号码", .en = "Identity number"),
    FIELD(correct_party, address, .doc = "Where letters arrive; null empties it", .max = 200,
          .format = FORMAT_ADDRESS, .flags = SECRET | EMPTIES, .zh = "联系地址", .en = "Address"),
    FIELD(correct_party, channel, .doc = "How he or she wants to be answered",
          .names = &channel_names, .zh = "答复方式", .en = "Answer by"),
    FIELD(correct_party, nulls, EMPTIED),
};
static const struct record correct_party_record = RECORD(correct_party, correct_party_fields);

struct correct_claim { struct id id; struct str text; struct fen amount; struct strs nulls; };
static const struct field correct_claim_fields[] = {
    FIELD(correct_claim, id, .doc = "Which claim", .flags = REQUIRED,
          .zh = "请求", .en = "Claim"),
    FIELD(correct_claim, text, .doc = "What is asked", .max = 500,
          .zh = "请求内容", .en = "Text"),
    FIELD(correct_claim, amount, .doc = "How much money is asked; null empties it",
          .max = 100000000000000, .flags = EMPTIES, .zh = "金额", .en = "Amount"),
    FIELD(correct_claim, nulls, EMPTIED),
};
static const struct record correct_claim_record = RECORD(correct_claim, correct_claim_fields);

/* What is not sent, or sent empty, stays; null empties what may be empty. */
struct matter_correct {
    struct str title, type, source, place, reason;
    struct id area;
    int64_t people;
    struct list parties, claims;
    struct strs nulls;
};
static const struct field matter_correct_fields[] = {
    FIELD(matter_correct, title, .doc = "One line", .max = 100, .zh = "标题", .en = "Title"),
    FIELD(matter_correct, type, .doc = "Code in the kind's own list; null empties it", .max = 40,
          .format = FORMAT_CODE, .codelist = "{kind}_type", .flags = EMPTIES,
          .zh = "类型", .en = "Type"),
    FIELD(matter_correct, source, .doc = "How it came in", .max = 40, .format = FORMAT_CODE,
          .codelist = "source", .zh = "来源", .en = "Source"),
    FIELD(matter_correct, area, .doc = "Where it happened", .format = FORMAT_AREA,
          .zh = "辖区", .en = "Area"),
    FIELD(matter_correct, place, .doc = "Where exactly; null empties it", .max = 200,
          .flags = EMPTIES, .zh = "地点", .en = "Place"),
    FIELD(matter_correct, people, .doc = "Persons involved; null empties it", .max = 100000,
          .flags = EMPTIES, .zh = "涉及人数", .en = "Persons"),
    FIELD(matter_correct, parties, .doc = "Data of parties", .sub = &correct_party_record,
          .max = 50, .zh = "当事人", .en = "Parties"),
    FIELD(matter_correct, claims, .doc = "Claims and their amounts",
          .sub = &correct_claim_record, .max = 50, .zh = "请求", .en = "Claims"),
    FIELD(matter_correct, reason, .doc = "Why it was wrong", .min = 2, .max = 500,
          .flags = REQUIRED | LINES, .zh = "更正原因", .en = "Reason"),
    FIELD(matter_correct, nulls, EMPTIED),
};
static const struct record matter_correct_record = RECORD(matter_correct, matter_correct_fields);

/* "title":{"before":"…","after":"…"} */
static void note_change(struct move *mv, const char *key, struct str before, struct str after)
{
    json_put_key(mv->payload, mv->payload->n ? "," : "", key);
    json_put_key(mv->payload, "{", "before");
    json_put_str(mv->payload, before);
    json_put_key(mv->payload, ",", "after");
    json_put_str(mv->payload, after);
    buf_add_char(mv->payload, '}');
}

/* {"before":{…},"after":{…}} */
static void note_both(struct move *mv, const struct record *rec, const void *before,
                      const void *after)
{
    json_put_key(mv->payload, "{", "before");
    record_to_json(rec, before, SIGHT_ALL, mv->payload);
    json_put_key(mv->payload, ",", "after");
    record_to_json(rec, after, SIGHT_ALL, mv->payload);
    buf_add_char(mv->payload, '}');
}

static bool is_null(const struct strs *nulls, const char *name)
{
    for (size_t i = 0; i < nulls->n; i++)
        if (str_is(nulls->v[i], name))
            return true;
    return false;
}

static void set_text(struct move *mv, const char *key, struct str *now, struct str to)
{
    if (!to.n || str_eq(*now, to))
        return;
    note_change(mv, key, *now, to);
    *now = to;
}

/* The same for what may be empty. */
static void set_or_empty(struct move *mv, const char *key, struct str *now, struct str to,
                         const struct strs *nulls)
{
    if (!is_null(nulls, key)) {
        set_text(mv, key, now, to);
        return;
    }
    if (now->n)
        note_change(mv, key, *now, STR(""));
    *now = STR("");
}

static bool set_codes(struct move *mv, const struct matter_correct *x, struct err *e)
{
    struct req *r = mv->r;
    struct str list = arena_printf(r->a, "%s_type", matter_kind_names.v[mv->m.kind].slug);
    if (x->type.n && !codebook_code(r->app, list, x->type, DAY_NONE))
        return err_field(e, ERR_NO_SUCH_REF, "type");
    if (x->source.n && !codebook_code(r->app, STR("source"), x->source, DAY_NONE))
        return err_field(e, ERR_NO_SUCH_REF, "source");
    set_or_empty(mv, "type", &mv->m.type, x->type, &x->nulls);
    set_text(mv, "source", &mv->m.source, x->source);
    return true;
}

static bool set_area(struct move *mv, struct id area, struct err *e)
{
    struct area_brief a;
    if (!area.v || area.v == mv->m.area.v)
        return true;
    if (!area_brief(mv->r, area, &a, e)) {
        if (e->id != ERR_NOT_FOUND)
            return false;
        err_clear(e);
        return err_field(e, ERR_NO_SUCH_REF, "area");
    }
    note_change(mv, "area", mv->m.area_name, a.name);
    mv->m.area = a.id;
    mv->m.path = a.path;
    return true;
}

static void set_people(struct move *mv, const struct matter_correct *x)
{
    struct arena *a = mv->r->a;
    if (x->people == mv->m.people || !(x->people || is_null(&x->nulls, "people")))
        return;
    note_change(mv, "people", arena_printf(a, "%lld", (long long)mv->m.people),
                arena_printf(a, "%lld", (long long)x->people));
    mv->m.people = x->people;
}

static const struct claim *claim_of(struct list claims, struct id id)
{
    const struct claim *v = claims.v;
    for (size_t i = 0; i < claims.n; i++)
        if (v[i].id.v == id.v)
            return &v[i];
    return NULL;
}

static bool set_claim(struct move *mv, const struct claim *is, const struct correct_claim *to,
                      struct err *e)
{
    struct correct_claim was = { .id = is->id, .text = is->text, .amount = is->amount },
                         now = was;
    if (to->text.n)
        now.text = to->text;
    if (to->amount.v || is_null(&to->nulls, "amount"))
        now.amount = to->amount;
    json_put_key(mv->payload, mv->payload->n ? "," : "",
                 arena_printf(mv->r->a, "claim_%lld", (long long)is->no).p);
    note_both(mv, &correct_claim_record, &was, &now);
    mv->m.amount.v += now.amount.v - was.amount.v;
    return db_exec(mv->r->c, e, NULL,
        SQL("UPDATE claim SET text = $3, amount = $4, version = version + 1"
            " WHERE home = $1 AND id = $2"), V(mv->m.home), V(is->id), V(now.text),
        V(now.amount));
}

static bool set_claims(struct move *mv, struct list to, struct err *e)
{
    struct list claims;
    const struct correct_claim *v = to.v;
    if (to.n && !claim_list(mv->r, mv->m.id, &claims, e))
        return false;
    for (size_t i = 0; i < to.n; i++) {
        const struct claim *is = claim_of(claims, v[i].id);
        if (!is) {
            err_field(e, ERR_NO_SUCH_REF, "id");
            err_at(e, "claims", i);
            return false;
        }
        if (!set_claim(mv, is, &v[i], e))
            return false;
    }
    return true;
}

static struct correct_party shown(const struct party *p)
{
    return (struct correct_party){ .id = p->id, .role = p->role + 1, .channel = p->channel + 1,
        .name = p->name, .phone = p->phone,
        .id_kind = p->id_kind, .id_number = p->id_number, .address = p->address };
}

/* What was not sent is as it was. */
static struct party corrected(const struct party *was, const struct correct_party *x)
{
    struct party p = *was;
    const struct { const char *key; struct str *is, to; } all[] = {
        { "name", &p.name, x->name }, { "phone", &p.phone, x->phone },
        { "id_kind", &p.id_kind, x->id_kind }, { "id_number", &p.id_number, x->id_number },
        { "address", &p.address, x->address },
    };
    for (size_t i = 0; i < COUNT(all); i++)
        if (all[i].to.n || is_null(&x->nulls, all[i].key))
            *all[i].is = all[i].to;
    p.role = x->role ? x->role - 1 : p.role;
    p.channel = x->channel ? x->channel - 1 : p.channel;
    return p;
}

/* What came of it came for and against sides. */
static bool check_side(const struct move *mv, const struct party *was, unsigned role,
                       struct err *e)
{
    bool came = mv->m.concluded_at.ms || mv->m.round > 1;
    return role == was->role || !came
        || err_fieldf(e, ERR_HAS_FACT, "role", "%s",
                      "已有结果，身份不再更正" ERR_OR "there is an outcome, sides stay");
}

/* A dispute keeps somebody who asks, and nobody acts for both sides. */
static bool check_sides(const struct move *mv, struct list parties, struct err *e)
{
    const struct party *v = parties.v;
    bool asks = mv->m.kind != MATTER_DISPUTE;
    for (size_t i = 0; i < parties.n; i++) {
        asks |= v[i].role == PARTY_APPLICANT;
        if (v[i].account.v && v[i].role != party_side_of(parties, v[i].account))
            return err_fieldf(e, ERR_HAS_FACT, "parties", "%s", "同一账号不能代表双方" ERR_OR
                              "one account cannot act for both sides");
    }
    return asks || err_fieldf(e, ERR_TOO_FEW, "parties", "%d", 1);
}

static struct party *party_of(struct list parties, struct id id)
{
    struct party *v = parties.v;
    for (size_t i = 0; i < parties.n; i++)
        if (v[i].id.v == id.v)
            return &v[i];
    return NULL;
}

/* Masked before and after: what they were in full is nobody's to read in a journal. */
static bool set_party(struct move *mv, struct list parties, const struct correct_party *x,
                      struct err *e)
{
    struct party *is = party_of(parties, x->id);
    if (!is)
        return err_field(e, ERR_NO_SUCH_REF, "id");
    struct party now = corrected(is, x);
    if (!check_side(mv, is, now.role, e) || !party_correct(mv->r, &mv->m, is, &now, e))
        return false;
    struct correct_party before = shown(is), after = shown(&now);
    json_put_key(mv->payload, mv->payload->n ? "," : "",
                 arena_printf(mv->r->a, "party_%lld", (long long)is->no).p);
    note_both(mv, &correct_party_record, &before, &after);
    *is = now;
    return true;
}

static bool set_parties(struct move *mv, struct list to, struct err *e)
{
    const struct correct_party *v = to.v;
    struct list parties;
    if (!to.n)
        return true;
    if (!party_list(mv->r, mv->m.id, &parties, e))
        return false;
    for (size_t i = 0; i < to.n; i++)
        if (!set_party(mv, parties, &v[i], e)) {
            if (e->field[0])
                err_at(e, "parties", i);
            return false;
        }
    return check_sides(mv, parties, e);
}

static bool on_correct(struct req *r, const void *in, void *out, struct err *e)
{
    const struct matter_correct *x = in;
    struct move mv;
    if (!move_begin(&mv, r, MATTER_DO_CORRECT, e))
        return false;
    struct str steps = approval_steps(r, &mv.m, APPROVAL_OF_REPLY);
    if (!set_codes(&mv, x, e) || !set_area(&mv, x->area, e))
        return false;
    set_text(&mv, "title", &mv.m.title, x->title);
    set_or_empty(&mv, "place", &mv.m.place, x->place, &x->nulls);
    set_people(&mv, x);
    if (!set_claims(&mv, x->claims, e) || !set_parties(&mv, x->parties, e))
        return false;
    if (!mv.payload->n)
        return err_field(e, ERR_REQUIRED, "title");
    move_note(&mv, "reason", x->reason);
    return db_exec(r->c, e, NULL,
            SQL("UPDATE matter SET title = $3, source = $4, area = $5, path = $6, place = $7,"
                " people = $8, amount = $9 WHERE home = $1 AND id = $2"),
            V(mv.m.home), V(mv.m.id), V(mv.m.title), V(mv.m.source), V(mv.m.area), V(mv.m.path),
            V(mv.m.place), V(mv.m.people), V(mv.m.amount))
        && approval_again(r, &mv.m, steps, x->reason, e)
        && deadline_reckon(r, &mv.m, e) && move_end(&mv, out, e);
}

static const struct route correct_routes[] = {
    MATTER_ACTION("correct", MATTER_INTAKE, on_correct, matter_correct_record,
                  "Put right what was recorded wrongly; what stood before stays in the journal"),
};
const struct route_table correct_table = ROUTES("correct", correct_routes);
