#include "matter/party.h"
#include "app/access.h"
#include "app/checks.h"
#include "app/codebook.h"
#include "crypt/secret.h"

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

static struct secret_at at(struct id party, const char *column)
{
    return (struct secret_at){ STR("party"), str_of(column), party };
}

static bool seal(struct req *r, struct id party, const char *column, struct str *s,
                 struct err *e)
{
    struct secret_at where = at(party, column);
    return !s->n || secret_seal(&r->app->secrets, r->a, &where, *s, s, e);
}

/* The identity number is checked by its kind: an identity card's digits must add
 * up, other papers are only bounded. */
static bool check_number(struct req *r, struct party *p, struct err *e)
{
    if (p->id_kind.n && !codebook_code(r->app, STR("id_kind"), p->id_kind, DAY_NONE))
        return err_field(e, ERR_NO_SUCH_REF, "id_kind");
    if (!p->id_number.n)
        return true;
    bool card = !p->id_kind.n || str_starts(p->id_kind, STR("resident"));
    bool code = str_is(p->id_kind, "credit_code");
    struct err inner = { 0 };
    if ((card && !check_idnum(r->a, &p->id_number, &inner))
        || (code && !check_credit(r->a, &p->id_number, &inner)))
        return err_field(e, inner.id, "id_number");
    if (!p->id_kind.n)
        p->id_kind = STR("resident");
    return true;
}

/* The row's secrets, and what finds them again. */
static bool seal_all(struct req *r, struct party_draft *d, struct err *e)
{
    const struct key *k = keys_current(r->app->secrets.keys, KEY_MASTER);
    struct party *row = &d->row;
    d->blind_phone.is = row->phone.n
        && secret_blind(k, BLIND_PHONE, r->a, row->phone, &d->blind_phone.hash);
    d->blind_id_number.is = row->id_number.n
        && secret_blind(k, BLIND_IDNUM, r->a, row->id_number, &d->blind_id_number.hash);
    return seal(r, row->id, "phone", &row->phone, e)
        && seal(r, row->id, "id_number", &row->id_number, e)
        && seal(r, row->id, "address", &row->address, e);
}

static bool draft(struct req *r, struct party *p, struct party_draft *out, struct err *e)
{
    p->id = id_make();
    out->row = *p;
    return check_number(r, &out->row, e) && seal_all(r, out, e);
}

bool party_draft_all(struct req *r, struct list parties, struct list *drafts, struct err *e)
{
    struct party *v = parties.v;
    struct party_draft *out = arena_array(r->a, struct party_draft, parties.n);
    for (size_t i = 0; i < parties.n; i++) {
        v[i].no = (int64_t)i + 1;
        if (!draft(r, &v[i], &out[i], e)) {
            if (e->field[0])
                err_at(e, "parties", i);
            return false;
        }
    }
    *drafts = (struct list){ .v = out, .n = parties.n };
    return true;
}

static bool add_blind(struct req *r, const struct matter *m, struct id party,
                      enum blind_kind kind, int64_t hash, struct err *e)
{
    return db_post(r->c, e,
        SQL("INSERT INTO blind (home, kind, hash, subject, matter) VALUES ($1, $2, $3, $4, $5)"),
        V(m->home), V((unsigned)kind), V(hash), V(party), V(m->id));
}

static bool add_blinds(struct req *r, const struct matter *m, const struct party_draft *d,
                       struct err *e)
{
    return (!d->blind_phone.is
            || add_blind(r, m, d->row.id, BLIND_PHONE, d->blind_phone.hash, e))
        && (!d->blind_id_number.is
            || add_blind(r, m, d->row.id, BLIND_IDNUM, d->blind_id_number.hash, e));
}

static bool add(struct req *r, const struct matter *m, const struct party_draft *d, struct err *e)
{
    const struct party *row = &d->row;
    return add_blinds(r, m, d, e)
        && db_post(r->c, e,
            SQL("INSERT INTO party (id, home, matter, no, role, kind, name, phone, id_kind,"
                " id_number, address, channel, account, agent_for, answer, answered_at, left_at,"
                " version) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, 0, 0,"
                " 0, 0, 1)"),
            V(row->id), V(m->home), V(m->id), V(row->no), V(row->role), V(row->kind),
            V(row->name), V(row->phone), V(row->id_kind), V(row->id_number), V(row->address),
            V(row->channel), V(row->account));
}

bool party_add_all(struct req *r, const struct matter *m, struct list drafts, struct err *e)
{
    const struct party_draft *v = drafts.v;
    for (size_t i = 0; i < drafts.n; i++)
        if (!add(r, m, &v[i], e))
            return false;
    return true;
}

static bool open(struct req *r, struct id party, const char *column, struct str *s,
                 struct err *e)
{
    struct secret_at where = at(party, column);
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

struct indexed { int64_t hash; };
static const struct field indexed_fields[] = { FIELD(indexed, hash, .doc = "Of a number") };
static const struct record indexed_record = RECORD(indexed, indexed_fields);

static bool is_indexed(struct req *r, struct str phone, struct list hashes)
{
    const struct indexed *v = hashes.v;
    const struct key *k;
    int64_t hash;
    for (size_t at = 0; phone.n && (k = keys_each(r->app->secrets.keys, KEY_MASTER, &at));)
        for (size_t i = 0; i < hashes.n && secret_blind(k, BLIND_PHONE, r->a, phone, &hash); i++)
            if (v[i].hash == hash)
                return true;
    return false;
}

/* On which side the account stands; PARTY_ROLE__COUNT for none. */
static unsigned role_of(struct list parties, struct id account)
{
    const struct party *v = parties.v;
    for (size_t i = 0; i < parties.n; i++)
        if (account.v && v[i].account.v == account.v)
            return v[i].role;
    return PARTY_ROLE__COUNT;
}

/* Of the parties that could be the account's: the side it acts for. */
static bool find_side(const bool could[PARTY_ROLE__COUNT], unsigned own, unsigned *side,
                      struct err *e)
{
    unsigned n = 0, only = PARTY_ROLE__COUNT;
    for (unsigned role = 0; role < PARTY_ROLE__COUNT; role++)
        if (could[role])
            n++, only = role;
    if (own < PARTY_ROLE__COUNT && *side < PARTY_ROLE__COUNT && *side != own)
        return err_fieldf(e, ERR_OTHER_SIDE, "side", "%s" ERR_OR "%s", role_v[own].zh,
                          role_v[own].en);
    if (own < PARTY_ROLE__COUNT)
        *side = own;
    else if (*side == PARTY_ROLE__COUNT && n > 1)
        return err_field(e, ERR_WHICH_SIDE, "side");
    else if (*side == PARTY_ROLE__COUNT)
        *side = only;
    return true;
}

bool party_link(struct req *r, struct id matter, struct id account, unsigned side, int64_t *n,
                struct err *e)
{
    struct list hashes, parties;
    bool could[PARTY_ROLE__COUNT] = { 0 };
    *n = 0;
    if (!db_all(r->c, e, r->a, &indexed_record, &hashes,
            SQL("SELECT hash FROM blind WHERE home = $1 AND subject = $2 AND matter = 0"
                " AND kind = $3 LIMIT 100"),
            V(r->who->home), V(account), V((unsigned)BLIND_PHONE))
        || !party_list(r, matter, &parties, e))
        return false;
    const struct party *v = parties.v;
    bool *fits = arena_array(r->a, bool, parties.n);
    for (size_t i = 0; i < parties.n; i++) {
        bool free = !v[i].account.v || v[i].account.v == account.v;
        fits[i] = free && is_indexed(r, v[i].phone, hashes);
        could[v[i].role] |= fits[i];
    }
    if (!find_side(could, role_of(parties, account), &side, e))
        return false;
    for (size_t i = 0; i < parties.n; i++) {
        int64_t changed = 0;
        if (fits[i] && v[i].role == side
            && !db_exec(r->c, e, &changed,
                SQL("UPDATE party SET account = $3, version = version + 1 WHERE home = $1"
                    " AND id = $2 AND account IN (0, $3)"),
                V(r->who->home), V(v[i].id), V(account)))
            return false;
        *n += changed;
    }
    return true;
}

bool party_get(struct req *r, const struct matter *m, struct id party, struct party *out,
               struct err *e)
{
    struct list all;
    if (!party_list(r, m->id, &all, e))
        return false;
    const struct party *v = all.v;
    for (size_t i = 0; i < all.n; i++)
        if (v[i].id.v == party.v) {
            *out = v[i];
            return true;
        }
    return err_field(e, ERR_NO_SUCH_REF, "id");
}

bool party_correct(struct req *r, const struct matter *m, struct party *p, struct err *e)
{
    if (!check_number(r, p, e))
        return false;
    struct party_draft d = { .row = *p };
    const struct party *row = &d.row;
    return seal_all(r, &d, e)
        && db_exec(r->c, e, NULL,
            SQL("DELETE FROM blind WHERE home = $1 AND subject = $2 AND matter = $3"),
            V(m->home), V(p->id), V(m->id))
        && add_blinds(r, m, &d, e)
        && db_exec(r->c, e, NULL,
            SQL("UPDATE party SET name = $3, phone = $4, id_kind = $5, id_number = $6,"
                " address = $7, version = version + 1 WHERE home = $1 AND id = $2"),
            V(m->home), V(p->id), V(row->name), V(row->phone), V(row->id_kind), V(row->id_number),
            V(row->address));
}

/* Numbered on from those m has. */
bool party_copy(struct req *r, const struct matter *m, struct list parties, struct err *e)
{
    const struct party *v = parties.v;
    struct list there;
    if (!party_sides(r, m->id, &there, e))
        return false;
    const struct party *t = there.v;
    int64_t no = there.n ? t[there.n - 1].no : 0;
    if (no + (int64_t)parties.n > PARTY_ROWS_MAX)
        return err_fieldf(e, ERR_TOO_MANY, "number", "%d", PARTY_ROWS_MAX);
    for (size_t i = 0; i < parties.n; i++) {
        struct party p = v[i];
        if (p.left_at.ms)
            continue;
        p.no = ++no;
        unsigned side = role_of(there, p.account);
        if (side < PARTY_ROLE__COUNT && side != p.role)
            p.account = ID_NONE;        /* nobody acts for both sides */
        struct party_draft d;
        if (!draft(r, &p, &d, e) || !add(r, m, &d, e)
            || !db_exec(r->c, e, NULL,
                SQL("UPDATE party SET origin = $3 WHERE home = $1 AND id = $2"), V(m->home),
                V(p.id), V(v[i].id))
            || (p.account.v
                && !sight_give(r, m->id, p.account, GRADE_CONTENT, WHY_PARTY, e)))
            return false;
    }
    return true;
}

/* Merged more than once, it has older copies: the youngest speaks. */
#define YOUNGEST_LEFT                                                                        \
    "COALESCE((SELECT c.left_at FROM party c WHERE c.home = $1 AND c.matter = $3"             \
    " AND c.origin = party.id ORDER BY c.no DESC LIMIT 1), 0)"

bool party_leave_too(struct req *r, const struct matter *m, const struct matter *head,
                     bool *alone, struct err *e)
{
    int64_t left = 0, still = 0;
    if (!db_exec(r->c, e, &left,
            SQL("UPDATE party SET left_at = " YOUNGEST_LEFT ", version = version + 1"
                " WHERE home = $1 AND matter = $2 AND left_at = 0 AND " YOUNGEST_LEFT " > 0"),
            V(m->home), V(m->id), V(head->id))
        || (left && !db_int(r->c, e, &still,
            SQL("SELECT COUNT(*) FROM party WHERE home = $1 AND matter = $2 AND role = 0"
                " AND left_at = 0"), V(m->home), V(m->id))))
        return false;
    *alone = left && !still;
    return true;
}

/* Of the copies those that nothing names: nobody said, was told or was looked up as one. */
#define NOT_IN(table, column)                                                                \
    " AND NOT EXISTS (SELECT 1 FROM " table " x WHERE x.home = $1 AND x.matter = $2"          \
    " AND x." column " = p.id)"
#define UNTOUCHED                                                                            \
    " AND p.version = 1"                                                                     \
    NOT_IN("message", "party") NOT_IN("attempt", "party") NOT_IN("consent", "party")         \
    NOT_IN("urge", "party") NOT_IN("outcome", "party") NOT_IN("rating", "party")             \
    NOT_IN("reopening", "party") NOT_IN("compartment", "side")                               \
    " AND NOT EXISTS (SELECT 1 FROM visit x JOIN visit_party y ON y.home = x.home"            \
    " AND y.visit = x.id WHERE x.home = $1 AND x.matter = $2 AND y.party = p.id)"             \
    " AND NOT EXISTS (SELECT 1 FROM journal x WHERE x.home = $1 AND x.chain = $2"             \
    " AND x.subject = p.id)"

static bool remove_untouched(struct req *r, const struct matter *from, const struct matter *head,
                             struct err *e)
{
    struct list gone;
    if (!db_all(r->c, e, r->a, &party_record, &gone,
            SQL("DELETE FROM party AS p WHERE p.home = $1 AND p.matter = $2 AND p.origin IN"
                " (SELECT id FROM party WHERE home = $1 AND matter = $3)" UNTOUCHED
                " RETURNING id"),
            V(from->home), V(head->id), V(from->id)))
        return false;
    const struct party *v = gone.v;
    for (size_t i = 0; i < gone.n; i++)
        if (!db_exec(r->c, e, NULL,
                SQL("DELETE FROM blind WHERE home = $1 AND subject = $2 AND matter = $3"),
                V(from->home), V(v[i].id), V(head->id)))
            return false;
    return true;
}

bool party_take_back(struct req *r, const struct matter *from, const struct matter *head,
                     int64_t *kept, struct err *e)
{
    struct list all;
    if (!party_list(r, from->id, &all, e) || !remove_untouched(r, from, head, e)
        || !db_exec(r->c, e, kept,
            SQL("UPDATE party SET left_at = $4, version = version + 1 WHERE home = $1"
                " AND matter = $2 AND left_at = 0 AND origin IN (SELECT id FROM party"
                " WHERE home = $1 AND matter = $3)"),
            V(from->home), V(head->id), V(from->id), V(r->now)))
        return false;
    const struct party *v = all.v;
    for (size_t i = 0; i < all.n; i++) {
        int64_t still = 0;
        if (v[i].account.v
            && (!db_int(r->c, e, &still,
                    SQL("SELECT COUNT(*) FROM party WHERE home = $1 AND matter = $2"
                        " AND account = $3 AND left_at = 0"), V(from->home), V(head->id),
                    V(v[i].account))
                || (!still && !sight_end(r, head->id, v[i].account, WHY_PARTY, e))))
            return false;
    }
    return true;
}
