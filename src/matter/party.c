#include "matter/party_impl.h"
#include "app/access.h"
#include "app/checks.h"

#define X(id, slug, zh, en) { slug, zh, en },
static const struct name role_v[] = { PARTY_ROLES(X) };
static const struct name kind_v[] = { PARTY_KINDS(X) };
static const struct name channel_v[] = { PARTY_CHANNELS(X) };
static const struct name answer_v[] = { PARTY_ANSWERS(X) };
#undef X
const struct names party_role_names = NAMES("party_role", role_v);
const struct names party_kind_names = NAMES("party_kind", kind_v);
const struct names party_channel_names = NAMES("party_channel", channel_v);
const struct names party_answer_names = NAMES("party_answer", answer_v);

static const struct field party_fields[] = {
    FIELD(party, id, .doc = "Key", .flags = HIDDEN | PARTY | READONLY),
    FIELD(party, no, .doc = "Number in the matter", .flags = PARTY | READONLY, .zh = "序号",
          .en = "No."),
    FIELD(party, role, .doc = "On which side", .names = &party_role_names, .flags = PARTY,
          .zh = "身份", .en = "Side"),
    FIELD(party, kind, .doc = "Person or organisation", .names = &party_kind_names,
          .flags = PARTY, .zh = "类别", .en = "Person or organisation"),
    FIELD(party, name, .doc = "Name as on the papers", .max = 100, .format = FORMAT_PERSON,
          .flags = REQUIRED | PARTY, .zh = "姓名或名称", .en = "Name"),
    FIELD(party, phone, .doc = "Telephone number", .max = 40, .format = FORMAT_PHONE,
          .flags = SECRET, .check = check_phone, .zh = "联系电话", .en = "Telephone"),
    FIELD(party, id_kind, .doc = "Kind of identity paper", .format = FORMAT_CODE,
          .codelist = "id_kind", .max = 30, .zh = "证件类型", .en = "Identity paper"),
    FIELD(party, id_number, .doc = "Its number; never required", .max = 40,
          .format = FORMAT_IDNUM, .flags = SECRET, .zh = "证件号码", .en = "Identity number"),
    FIELD(party, address, .doc = "Where letters arrive", .max = 200, .format = FORMAT_ADDRESS,
          .flags = SECRET, .zh = "联系地址", .en = "Address"),
    FIELD(party, channel, .doc = "How he or she wants to be answered",
          .names = &party_channel_names, .preset = "phone", .flags = PARTY, .zh = "答复方式",
          .en = "Answer by"),
    FIELD(party, account, .doc = "Linked account", .flags = HIDDEN | READONLY),
    FIELD(party, answer, .doc = "Own answer to the outcome", .names = &party_answer_names,
          .flags = PARTY | READONLY, .zh = "本人意见", .en = "Own answer"),
    FIELD(party, answered_at, .doc = "When he or she answered", .flags = PARTY | READONLY,
          .zh = "答复时间", .en = "Answered"),
    FIELD(party, left_at, .doc = "When he or she withdrew", .flags = PARTY | READONLY,
          .zh = "退出时间", .en = "Left"),
};
const struct record party_record = RECORD(party, party_fields);

struct secret_at party_secret(struct id party, const char *column)
{
    return (struct secret_at){ STR("party"), str_of(column), party };
}

static bool open(struct req *r, struct id party, const char *column, struct str *s,
                 struct err *e)
{
    struct secret_at where = party_secret(party, column);
    return !s->n || secret_open(&r->app->secrets, r->a, &where, *s, s, e);
}

bool party_list(struct req *r, struct id matter, struct list *out, struct err *e)
{
    if (!db_all(r->c, e, r->a, &party_record, out,
            SQL("SELECT id, no, role, kind, name, phone, id_kind, id_number, address, channel,"
                " account, answer, answered_at, left_at FROM party"
                " WHERE home = $1 AND matter = $2 ORDER BY no LIMIT 100"),
            V(r->who->home), V(matter)))
        return false;
    struct party *v = out->v;
    for (size_t i = 0; i < out->n; i++)
        if (!open(r, v[i].id, "phone", &v[i].phone, e)
            || !open(r, v[i].id, "id_number", &v[i].id_number, e)
            || !open(r, v[i].id, "address", &v[i].address, e))
            return false;
    return true;
}

/* In the parties' access list with its reason, and in the matter's chain. */
static bool note_reveal(struct req *r, const struct matter *m, const struct party *p,
                        const char *field, struct str reason, struct err *e)
{
    struct matter now = *m;
    struct str what = arena_printf(r->a, "reveal:%s:%lld", field, (long long)p->no);
    AUTO(buf_done) struct buf payload;
    buf_init(&payload, 8192);
    buf_addf(&payload, "{\"field\":\"%s\",\"reason\":", field);
    json_put_str(&payload, reason);
    buf_add(&payload, STR("}"));
    return access_note(r, m->home, m->id, what, reason, e)
        && matter_log(r, &now, STR("reveal"), p->id, arena_dup(r->a, buf_str(&payload)), e);
}

bool party_reveal(struct req *r, const struct matter *m, struct id party, struct str field,
                  struct str reason, struct str *out, struct err *e)
{
    const struct field *f = record_field(&party_record, field);
    struct list all;
    if (!f || !(f->flags & SECRET))
        return err_field(e, ERR_UNKNOWN_FIELD, "field");
    if (!party_list(r, m->id, &all, e))
        return false;
    const struct party *v = all.v;
    for (size_t i = 0; i < all.n; i++)
        if (v[i].id.v == party.v) {
            *out = *(const struct str *)(const void *)((const char *)&v[i] + f->offset);
            return note_reveal(r, m, &v[i], f->name, reason, e);
        }
    return err_field(e, ERR_NO_SUCH_REF, "party");
}

bool party_answer_set(struct req *r, struct id matter, struct id party,
                      enum party_answer answer, struct stamp at, struct err *e)
{
    int64_t changed = 0;
    return db_exec(r->c, e, &changed,
        SQL("UPDATE party SET answer = $4, answered_at = $5, version = version + 1"
            " WHERE home = $1 AND matter = $2 AND id = $3"),
        V(r->who->home), V(matter), V(party), V((unsigned)answer), V(at))
        && (changed == 1 || err_field(e, ERR_NO_SUCH_REF, "party"));
}

bool party_answers_clear(struct req *r, struct id matter, struct err *e)
{
    return db_exec(r->c, e, NULL,
        SQL("UPDATE party SET answer = 0, answered_at = 0, version = version + 1"
            " WHERE home = $1 AND matter = $2 AND answer <> 0"), V(r->who->home), V(matter));
}

bool party_sides(struct req *r, struct id matter, struct list *out, struct err *e)
{
    return db_all(r->c, e, r->a, &party_record, out,
        SQL("SELECT id, no, role, kind, name, channel, account, answer, answered_at, left_at"
            " FROM party WHERE home = $1 AND matter = $2 ORDER BY no LIMIT 100"),
        V(r->who->home), V(matter));
}

bool party_is_own(struct list parties, struct id party, struct id account)
{
    const struct party *v = parties.v;
    for (size_t i = 0; i < parties.n; i++)
        if (v[i].id.v == party.v)
            return account.v && v[i].account.v == account.v;
    return false;
}

unsigned party_side_of(struct list parties, struct id account)
{
    const struct party *v = parties.v;
    for (size_t i = 0; i < parties.n; i++)
        if (account.v && v[i].account.v == account.v)
            return v[i].role;
    return PARTY_ROLE__COUNT;
}

void party_keep_own(struct list parties, struct id account, struct party_row row,
                    struct list *rows)
{
    char *v = rows->v;
    size_t kept = 0;
    for (size_t i = 0; i < rows->n; i++) {
        const char *at = v + i * row.size;
        struct id party = *(const struct id *)(const void *)(at + row.party);
        if (party.v ? party_is_own(parties, party, account) : row.common)
            memmove(v + row.size * kept++, at, row.size);
    }
    rows->n = kept;
}

bool party_show_own(struct req *r, struct id matter, struct list *rows, struct party_row row,
                    struct err *e)
{
    struct list parties;
    if (!r->sight.party)
        return true;
    if (!party_sides(r, matter, &parties, e))
        return false;
    party_keep_own(parties, r->who->account, row, rows);
    return true;
}

void party_keep_own_answer(struct list parties, struct id account)
{
    struct party *v = parties.v;
    for (size_t i = 0; i < parties.n; i++) {
        if (v[i].account.v == account.v)
            continue;
        bool given = v[i].answer == ANSWER_YES || v[i].answer == ANSWER_NO;
        v[i].answer = given ? ANSWER_GIVEN : ANSWER_NONE;
        v[i].answered_at.ms = 0;
    }
}
