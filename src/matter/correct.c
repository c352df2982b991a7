#include "matter/correct.h"
#include "app/checks.h"
#include "app/codebook.h"
#include "matter/claim.h"
#include "matter/deadline_change.h"
#include "matter/matter_act.h"
#include "matter/party.h"
#include "place/place.h"

static const struct field correct_party_fields[] = {
    FIELD(party, id, .doc = "Whose data", .flags = REQUIRED, .zh = "当事人", .en = "Party"),
    FIELD(party, name, .doc = "Name as on the papers", .max = 100, .format = FORMAT_PERSON,
          .zh = "姓名或名称", .en = "Name"),
    FIELD(party, phone, .doc = "Telephone number", .max = 40, .format = FORMAT_PHONE,
          .flags = SECRET, .check = check_phone, .zh = "联系电话", .en = "Telephone"),
    FIELD(party, id_kind, .doc = "Kind of identity paper", .format = FORMAT_CODE,
          .codelist = "id_kind", .max = 30, .zh = "证件类型", .en = "Identity paper"),
    FIELD(party, id_number, .doc = "Its number", .max = 40, .format = FORMAT_IDNUM,
          .flags = SECRET, .zh = "证件号码", .en = "Identity number"),
    FIELD(party, address, .doc = "Where letters arrive", .max = 200, .format = FORMAT_ADDRESS,
          .flags = SECRET, .zh = "联系地址", .en = "Address"),
};
static const struct record correct_party_record = {
    .name = "correct_party", .size = sizeof(struct party), .f = correct_party_fields,
    .n = COUNT(correct_party_fields),
};
static const struct field correct_claim_fields[] = {
    FIELD(claim, id, .doc = "Which claim", .flags = REQUIRED, .zh = "请求", .en = "Claim"),
    FIELD(claim, text, .doc = "What is asked", .max = 500, .zh = "请求内容", .en = "Text"),
    FIELD(claim, amount, .doc = "How much money is asked", .max = 100000000000000,
          .zh = "金额", .en = "Amount"),
};
static const struct record correct_claim_record = {
    .name = "correct_claim", .size = sizeof(struct claim), .f = correct_claim_fields,
    .n = COUNT(correct_claim_fields),
};

/* What is not sent, or sent empty, stays. */
struct matter_correct {
    struct str title, type, source, place, reason;
    struct id area;
    int64_t people;
    struct list parties, claims;
};
static const struct field matter_correct_fields[] = {
    FIELD(matter_correct, title, .doc = "One line", .max = 100, .zh = "标题", .en = "Title"),
    FIELD(matter_correct, type, .doc = "Code in the kind's own list", .max = 40,
          .format = FORMAT_CODE, .codelist = "{kind}_type", .zh = "类型", .en = "Type"),
    FIELD(matter_correct, source, .doc = "How it came in", .max = 40, .format = FORMAT_CODE,
          .codelist = "source", .zh = "来源", .en = "Source"),
    FIELD(matter_correct, area, .doc = "Where it happened", .format = FORMAT_AREA,
          .zh = "辖区", .en = "Area"),
    FIELD(matter_correct, place, .doc = "Where exactly", .max = 200, .zh = "地点",
          .en = "Place"),
    FIELD(matter_correct, people, .doc = "Persons involved", .max = 100000, .zh = "涉及人数",
          .en = "Persons"),
    FIELD(matter_correct, parties, .doc = "Data of parties", .sub = &correct_party_record,
          .max = 50, .zh = "当事人", .en = "Parties"),
    FIELD(matter_correct, claims, .doc = "Claims and their amounts",
          .sub = &correct_claim_record, .max = 50, .zh = "请求", .en = "Claims"),
    FIELD(matter_correct, reason, .doc = "Why it was wrong", .min = 2, .max = 500,
          .flags = REQUIRED | LINES, .zh = "更正原因", .en = "Reason"),
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

static void set_text(struct move *mv, const char *key, struct str *now, struct str to)
{
    if (!to.n || str_eq(*now, to))
        return;
    note_change(mv, key, *now, to);
    *now = to;
}

static bool set_codes(struct move *mv, const struct matter_correct *x, struct err *e)
{
    struct req *r = mv->r;
    struct str list = arena_printf(r->a, "%s_type", matter_kind_names.v[mv->m.kind].slug);
    if (x->type.n && !codebook_code(r->app, list, x->type, DAY_NONE))
        return err_field(e, ERR_NO_SUCH_REF, "type");
    if (x->source.n && !codebook_code(r->app, STR("source"), x->source, DAY_NONE))
        return err_field(e, ERR_NO_SUCH_REF, "source");
    set_text(mv, "type", &mv->m.type, x->type);
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

static const struct claim *claim_of(struct list claims, struct id id)
{
    const struct claim *v = claims.v;
    for (size_t i = 0; i < claims.n; i++)
        if (v[i].id.v == id.v)
            return &v[i];
    return NULL;
}

static bool set_claim(struct move *mv, const struct claim *is, const struct claim *to,
                      struct err *e)
{
    struct str text = to->text.n ? to->text : is->text;
    struct fen amount = to->amount.v ? to->amount : is->amount;
    struct claim now = { .id = is->id, .text = text, .amount = amount };
    json_put_key(mv->payload, mv->payload->n ? "," : "",
                 arena_printf(mv->r->a, "claim_%lld", (long long)is->no).p);
    note_both(mv, &correct_claim_record, is, &now);
    mv->m.amount.v += amount.v - is->amount.v;
    return db_exec(mv->r->c, e, NULL,
        SQL("UPDATE claim SET text = $3, amount = $4, version = version + 1"
            " WHERE home = $1 AND id = $2"), V(mv->m.home), V(is->id), V(text), V(amount));
}

static bool set_claims(struct move *mv, struct list to, struct err *e)
{
    struct list claims;
    const struct claim *v = to.v;
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

/* Masked before and after: what they were in full is nobody's to read in a journal. */
static bool set_parties(struct move *mv, struct list to, struct err *e)
{
    struct party *v = to.v;
    for (size_t i = 0; i < to.n; i++) {
        struct party now = v[i], was = { 0 };
        if (!party_correct(mv->r, &mv->m, &now, &was, e)) {
            if (e->field[0])
                err_at(e, "parties", i);
            return false;
        }
        json_put_key(mv->payload, mv->payload->n ? "," : "",
                     arena_printf(mv->r->a, "party_%lld", (long long)was.no).p);
        note_both(mv, &correct_party_record, &was, &now);
    }
    return true;
}

static bool on_correct(struct req *r, const void *in, void *out, struct err *e)
{
    const struct matter_correct *x = in;
    struct move mv;
    if (!move_begin(&mv, r, MATTER_DO_CORRECT, e) || !set_codes(&mv, x, e)
        || !set_area(&mv, x->area, e))
        return false;
    set_text(&mv, "title", &mv.m.title, x->title);
    set_text(&mv, "place", &mv.m.place, x->place);
    if (x->people && x->people != mv.m.people) {
        note_change(&mv, "people", arena_printf(r->a, "%lld", (long long)mv.m.people),
                    arena_printf(r->a, "%lld", (long long)x->people));
        mv.m.people = x->people;
    }
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
        && deadline_reckon(r, &mv.m, e) && move_end(&mv, out, e);
}

static const struct route correct_routes[] = {
    MATTER_ACTION("correct", MATTER_ACT, on_correct, matter_correct_record,
                  "Put right what was recorded wrongly; what stood before stays in the journal"),
};
const struct route_table correct_table = ROUTES("correct", correct_routes);
