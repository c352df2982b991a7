/* Every statement of the hints of doubles. Sight is asked inside each: what the asker
 * may not open is not even a candidate. */
#include "matter/double_impl.h"
#include "matter/matter_impl.h"
#include "matter/party.h"

static const struct field row_fields[] = {
    FIELD(double_row, matter, .doc = "Matter"), FIELD(double_row, area, .doc = "Area"),
    FIELD(double_row, number, .doc = "Number"), FIELD(double_row, title, .doc = "Title"),
    FIELD(double_row, story, .doc = "Its beginning"), FIELD(double_row, type, .doc = "Type"),
    FIELD(double_row, place, .doc = "Place"), FIELD(double_row, owner_name, .doc = "Owner"),
    FIELD(double_row, kind, .doc = "Kind", .names = &matter_kind_names),
    FIELD(double_row, state, .doc = "State", .names = &matter_state_names),
    FIELD(double_row, filed_at, .doc = "Filed"),
};
static const struct record row_record = RECORD(double_row, row_fields);

static const struct field tie_fields[] = {
    FIELD(double_tie, matter, .doc = "Matter"),
    FIELD(double_tie, role, .doc = "Side of its party", .names = &party_role_names),
};
static const struct record tie_record = RECORD(double_tie, tie_fields);

/* A leader has content by an own row only, as in matter_db_load. */
struct double_holders double_holders_of(const struct who *w)
{
    bool below = role_reach((enum role)w->role) == REACH_BELOW;
    return (struct double_holders){ { below ? w->account : who_holder(w), w->account } };
}

/* Twenty at a time: one statement, whatever ids it holds. A handler's own sight ends
 * with his or her post in the lead body. */
static bool some_rows(struct req *r, struct id self, const struct id k[20], struct list *out,
                      struct err *e)
{
    struct double_holders h = double_holders_of(r->who);
    return db_all(r->c, e, r->a, &row_record, out,
        SQL("SELECT m.id AS matter, m.area, m.number, m.title, SUBSTR(m.story, 1, 4000) AS story,"
            " m.type, m.place, m.kind, m.state, m.filed_at,"
            " COALESCE(o.short_name, '') AS owner_name"
            " FROM matter m LEFT JOIN org o ON o.home = m.home AND o.id = m.owner"
            " WHERE m.home = $1 AND m.id IN ($6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16,"
            " $17, $18, $19, $20, $21, $22, $23, $24, $25)"
            " AND EXISTS (SELECT 1 FROM sight s WHERE s.home = $1 AND s.holder IN ($2, $3)"
            " AND s.matter = m.id AND s.grade = 3 AND s.since <= $4"
            " AND (s.until = 0 OR s.until > $4) AND " SIGHT_IN_POST("s", "$5") ")"
            " AND NOT EXISTS (SELECT 1 FROM link k WHERE k.home = $1 AND k.matter = $26"
            " AND k.other = m.id AND k.ended_at = 0)"
            " AND NOT EXISTS (SELECT 1 FROM link k WHERE k.home = $1 AND k.matter = m.id"
            " AND k.other = $26 AND k.ended_at = 0)"),
        V(r->who->home), V(h.v[0]), V(h.v[1]), V(r->now), V(who_holder(r->who)), V(k[0]), V(k[1]),
        V(k[2]), V(k[3]), V(k[4]), V(k[5]), V(k[6]), V(k[7]), V(k[8]), V(k[9]), V(k[10]), V(k[11]),
        V(k[12]), V(k[13]), V(k[14]), V(k[15]), V(k[16]), V(k[17]), V(k[18]), V(k[19]),
        V(self));
}

bool double_db_rows(struct req *r, struct id self, const struct id *ids, size_t n,
                    struct list *out, struct err *e)
{
    enum { AT_ONCE = 20 };
    struct double_row *v = arena_array(r->a, struct double_row, n);
    size_t kept = 0;
    for (size_t from = 0; from < n; from += AT_ONCE) {
        struct id k[AT_ONCE] = { 0 };
        struct list some;
        memcpy(k, ids + from, MIN(n - from, (size_t)AT_ONCE) * sizeof *k);
        if (!some_rows(r, self, k, &some, e))
            return false;
        if (some.n)
            memcpy(v + kept, some.v, some.n * sizeof *v);
        kept += some.n;
    }
    *out = (struct list){ v, kept };
    return true;
}

/* A number that stands in thousands of matters (a firm's) is looked for among its
 * newest 500 only. */
bool double_db_ties(struct req *r, enum blind_kind kind, int64_t hash, struct list *out,
                    struct err *e)
{
    struct double_holders h = double_holders_of(r->who);
    return db_all(r->c, e, r->a, &tie_record, out,
        SQL("SELECT b.matter, p.role FROM (SELECT matter, subject FROM blind WHERE home = $1"
            " AND kind = $2 AND hash = $3 AND matter <> 0 ORDER BY subject DESC LIMIT 500) b"
            " JOIN party p ON p.home = $1 AND p.id = b.subject"
            " WHERE EXISTS (SELECT 1 FROM sight s WHERE s.home = $1 AND s.holder IN ($4, $5)"
            " AND s.matter = b.matter AND s.grade = 3)"
            " ORDER BY b.subject DESC LIMIT 20"),
        V(r->who->home), V((unsigned)kind), V(hash), V(h.v[0]), V(h.v[1]));
}
