#include "matter/party_copy.h"
#include "matter/party_impl.h"

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
        unsigned side = party_side_of(there, p.account);
        if (side < PARTY_ROLE__COUNT && side != p.role)
            p.account = ID_NONE;        /* nobody acts for both sides */
        struct party_draft d;
        if (!party_draft(r, &p, &d, e) || !party_add(r, m, &d, e)
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
