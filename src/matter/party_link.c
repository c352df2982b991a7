#include "matter/party_impl.h"

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

/* Of the parties that could be the account's: the side it acts for. */
static bool find_side(const bool could[PARTY_ROLE__COUNT], unsigned own, unsigned *side,
                      struct err *e)
{
    unsigned n = 0, only = PARTY_ROLE__COUNT;
    for (unsigned role = 0; role < PARTY_ROLE__COUNT; role++)
        if (could[role])
            n++, only = role;
    if (own < PARTY_ROLE__COUNT && *side < PARTY_ROLE__COUNT && *side != own)
        return err_fieldf(e, ERR_OTHER_SIDE, "side", "%s" ERR_OR "%s", party_role_names.v[own].zh,
                          party_role_names.v[own].en);
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
    if (!find_side(could, party_side_of(parties, account), &side, e))
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
