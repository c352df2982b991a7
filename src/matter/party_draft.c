#include "matter/party_impl.h"
#include "app/checks.h"
#include "app/codebook.h"

static bool seal(struct req *r, struct id party, const char *column, struct str *s,
                 struct err *e)
{
    struct secret_at where = party_secret(party, column);
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

bool party_draft(struct req *r, struct party *p, struct party_draft *out, struct err *e)
{
    p->id = id_make();
    out->row = *p;
    return check_number(r, &out->row, e) && seal_all(r, out, e);
}

bool party_draft_all(struct req *r, struct list parties, int64_t after, struct list *drafts,
                     struct err *e)
{
    struct party *v = parties.v;
    struct party_draft *out = arena_array(r->a, struct party_draft, parties.n);
    for (size_t i = 0; i < parties.n; i++) {
        v[i].no = after + (int64_t)i + 1;
        if (!party_draft(r, &v[i], &out[i], e)) {
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

bool party_add(struct req *r, const struct matter *m, const struct party_draft *d,
               struct err *e)
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
        if (!party_add(r, m, &v[i], e))
            return false;
    return true;
}

static bool index_again(struct req *r, const struct matter *m, const struct party_draft *d,
                        struct err *e)
{
    return db_exec(r->c, e, NULL,
            SQL("DELETE FROM blind WHERE home = $1 AND subject = $2 AND matter = $3"),
            V(m->home), V(d->row.id), V(m->id))
        && add_blinds(r, m, d, e);
}

bool party_correct(struct req *r, const struct matter *m, const struct party *was,
                   struct party *p, struct err *e)
{
    if (!check_number(r, p, e))
        return false;
    struct party_draft d = { .row = *p };
    const struct party *row = &d.row;
    bool found_as_before = str_eq(was->phone, p->phone) && str_eq(was->id_number, p->id_number);
    return seal_all(r, &d, e)
        && (found_as_before || index_again(r, m, &d, e))
        && db_exec(r->c, e, NULL,
            SQL("UPDATE party SET name = $3, phone = $4, id_kind = $5, id_number = $6,"
                " address = $7, role = $8, channel = $9, version = version + 1"
                " WHERE home = $1 AND id = $2"),
            V(m->home), V(p->id), V(row->name), V(row->phone), V(row->id_kind), V(row->id_number),
            V(row->address), V(row->role), V(row->channel));
}
