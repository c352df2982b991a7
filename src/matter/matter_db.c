/* Every statement on the matter table. */
#include "app/memo.h"
#include "matter/matter_impl.h"

#define ENVELOPE                                                                            \
    " m.id, m.home, m.number, m.kind, m.state, m.type, m.title, m.area, m.path, m.owner,"    \
    " m.lead, m.handler, m.reviewer, m.facts, m.filed_at, m.due_at, m.yellow_at, m.version"

static bool learn_names(struct req *r, const struct matter *v, size_t n, struct err *e)
{
    enum { OF_ONE = 4 };
    struct memo_ask *ask = arena_array(r->a, struct memo_ask, OF_ONE * n);
    for (size_t i = 0; i < n; i++) {
        const struct memo_ask of[OF_ONE] = {
            { MEMO_AREA, v[i].area }, { MEMO_ORG_SHORT, v[i].owner },
            { MEMO_ORG_SHORT, v[i].lead }, { MEMO_ACCOUNT, n > 1 ? ID_NONE : v[i].handler } };
        memcpy(ask + OF_ONE * i, of, sizeof of);
    }
    return memo_learn(r, ask, OF_ONE * n, e);
}

bool matter_names(struct req *r, struct matter *v, size_t n, struct err *e)
{
    if (!learn_names(r, v, n, e))
        return false;
    for (size_t i = 0; i < n; i++)
        if (!memo_name(r, MEMO_AREA, v[i].area, &v[i].area_name, e)
            || !memo_name(r, MEMO_ORG_SHORT, v[i].owner, &v[i].owner_name, e)
            || !memo_name(r, MEMO_ORG_SHORT, v[i].lead, &v[i].lead_name, e))
            return false;
    return true;
}

/* The sight of a holder that holds now; a handler's own ends with his or her post in
 * the lead body, what was lent for a decision not before it is made. */
#define SIGHT_OF(s, holder_is)                                                               \
    " LEFT JOIN sight " s " ON " s ".home = m.home AND " s ".holder = " holder_is             \
    " AND " s ".matter = m.id AND " s ".since <= $5"                                          \
    " AND (" RUNS(s) " OR " s ".stays > 0) AND " SIGHT_IN_POST(s, "$4")
#define RUNS(s) s ".until = 0 OR " s ".until > $5 OR " SIGHT_AWAITED(s ".holder")
#define GRADE(s) "COALESCE(CASE WHEN " RUNS(s) " THEN " s ".grade ELSE " s ".stays END, 0)"
#define OWN GRADE("s")
#define BODYS                                                                                \
    "CASE WHEN " GRADE("b") " > CAST($6 AS BIGINT)"                                           \
    " AND (m.approver <> $4 OR m.approver_role <> $7)"                                        \
    " THEN CAST($6 AS BIGINT) ELSE " GRADE("b") " END"

/* How the reader $3 of the body $4 stands to the matter $2, and the rows it is asked of.
 * A reader of reach BELOW sees the envelope of what his or her body holds, never the
 * content. */
#define STANDING                                                                             \
    " COALESCE(b.why, 0) AS why,"                                                            \
    " CASE WHEN " OWN " > " BODYS " THEN " OWN " ELSE " BODYS " END AS grade,"               \
    " CASE WHEN s.until > $5 AND NOT COALESCE(b.until > $5 AND b.until < s.until, FALSE)"    \
    " THEN s.until WHEN b.until > $5 THEN b.until ELSE 0 END AS sight_until,"                \
    " CASE WHEN s.why = " SIGHT_PARTY " THEN s.holder ELSE 0 END AS party_account,"          \
    " CASE WHEN m.handler IN (0, $3) OR m.lead <> $4 OR EXISTS"                              \
    " (SELECT 1 FROM post q WHERE q.account = m.handler AND q.home = m.home"                 \
    " AND q.org = m.lead AND q.valid_from <= $8"                                             \
    " AND (q.valid_to = 0 OR q.valid_to > $8)) THEN 0 ELSE 1 END AS handler_gone"            \
    " FROM matter m" SIGHT_OF("s", "$3") SIGHT_OF("b", "$4")                                 \
    " WHERE m.home = $1 AND m.id = $2"                                                       \
    " AND (s.grade IS NOT NULL OR b.grade IS NOT NULL)"

static bool ask_one(struct req *r, struct id id, struct db_val statement, struct matter *out,
                    struct err *e)
{
    const struct who *w = r->who;
    enum reach reach = role_reach((enum role)w->role);
    struct id org = reach == REACH_OWN ? w->account : w->org;
    /* A leader has no content for the body's sake: only by an own row (rule 2), or
     * while his or her approval is waited for. */
    unsigned most = reach == REACH_BELOW ? GRADE_ENVELOPE : GRADE_CONTENT;
    return db_one(r->c, e, r->a, &matter_record, out, statement, V(w->home), V(id), V(w->account),
                  V(org), V(r->now), V(most), V(w->role), V(day_of_stamp(r->now)));
}

bool matter_db_load(struct req *r, struct id id, struct matter *out, struct err *e)
{
    struct matter m = { 0 };
    if (!ask_one(r, id,
            SQL("SELECT" ENVELOPE ", m.source, m.type_raw, m.story, m.place, m.people, m.amount,"
                " m.danger, m.filed_by, m.filed_org, m.round, m.happened_at, m.accepted_at,"
                " m.concluded_at, m.replied_at, m.closed_at, m.paused_at, m.docket,"
                " m.archived_at, m.retention, m.keep_until, m.journal_seq,"
                " m.journal_head, m.approver, m.approver_role, m.supervised," STANDING), &m, e)
        || !matter_names(r, &m, 1, e)
        || !memo_name(r, MEMO_ACCOUNT, m.handler, &m.handler_name, e))
        return false;
    *out = m;
    return true;
}

bool matter_db_glance(struct req *r, struct id id, struct matter *out, struct err *e)
{
    *out = (struct matter){ 0 };
    return ask_one(r, id, SQL("SELECT m.home, m.id, m.version, m.journal_seq," STANDING), out, e);
}

struct lock {
    int64_t journal_seq, version;
    struct str journal_head;
    unsigned state;
    struct stamp due_at, yellow_at, paused_at;
    int64_t facts;
};
static const struct field lock_fields[] = {
    FIELD(lock, journal_seq, .doc = "Next entry"), FIELD(lock, version, .doc = "New version"),
    FIELD(lock, journal_head, .doc = "Hash of the last entry"),
    FIELD(lock, state, .doc = "State", .names = &matter_state_names),
    FIELD(lock, due_at, .doc = "End of the whole course"),
    FIELD(lock, yellow_at, .doc = "Its yellow"),
    FIELD(lock, paused_at, .doc = "Since when clocks stand"),
    FIELD(lock, facts, .doc = "What holds beside the state"),
};
static const struct record lock_record = RECORD(lock, lock_fields);

/* A recount moves the clocks, and a pause ends by itself, and both leave the version:
 * what they change is read under the lock. */
bool matter_db_lock(struct db_conn *c, struct arena *a, struct matter *m, struct err *e)
{
    struct lock now = { 0 };
    bool found;
    if (!db_maybe(c, e, a, &lock_record, &now, &found,
            SQL("UPDATE matter SET journal_seq = journal_seq + 1, version = version + 1"
                " WHERE home = $1 AND id = $2 AND version = $3"
                " RETURNING journal_seq, journal_head, version, state, due_at, yellow_at,"
                " paused_at, facts"),
            V(m->home), V(m->id), V(m->version)))
        return false;
    if (!found)
        return err_set(e, ERR_CONFLICT);
    m->journal_seq = now.journal_seq;
    m->journal_head = now.journal_head;
    m->version = now.version;
    m->due_at = now.due_at;
    m->yellow_at = now.yellow_at;
    m->paused_at = now.paused_at;
    m->facts = now.facts;
    return true;
}

/* Nobody who has the matter open loses his or her version by it. */
bool matter_db_count_on(struct db_conn *c, struct arena *a, struct matter *m, struct err *e)
{
    struct lock now = { 0 };
    bool found;
    if (!db_maybe(c, e, a, &lock_record, &now, &found,
            SQL("UPDATE matter SET journal_seq = journal_seq + 1 WHERE home = $1 AND id = $2"
                " RETURNING journal_seq, journal_head, version, state"), V(m->home), V(m->id)))
        return false;
    m->journal_seq = now.journal_seq;
    m->journal_head = now.journal_head;
    m->version = now.version;
    m->state = now.state;               /* somebody may have been quicker */
    return found || err_set(e, ERR_NOT_FOUND);
}

bool matter_db_advance(struct db_conn *c, const struct matter *m, struct err *e)
{
    return db_post(c, e,
        SQL("UPDATE matter SET journal_seq = $3, version = $4 WHERE home = $1 AND id = $2"),
        V(m->home), V(m->id), V(m->journal_seq), V(m->version));
}

bool matter_db_save(struct db_conn *c, const struct matter *m, struct err *e)
{
    int64_t changed = 0;
    struct blob head = { m->journal_head.p, m->journal_head.n };
    return db_exec(c, e, &changed,
        SQL("UPDATE matter SET state = $3, journal_head = $4, lead = $5, handler = $6,"
            " accepted_at = $7, concluded_at = $8, replied_at = $9, closed_at = $10,"
            " due_at = $11, yellow_at = $12, paused_at = $13, round = $14, type = $15,"
            " reviewer = $16, facts = $17, approver = $18, approver_role = $19,"
            " supervised = $20 WHERE home = $1 AND id = $2"),
        V(m->home), V(m->id), V(m->state), V(head), V(m->lead), V(m->handler),
        V(m->accepted_at), V(m->concluded_at), V(m->replied_at), V(m->closed_at), V(m->due_at),
        V(m->yellow_at), V(m->paused_at), V(m->round), V(m->type), V(m->reviewer),
        V(m->facts), V(m->approver), V(m->approver_role), V(m->supervised))
        && (changed == 1 || err_internal(e, "matter %lld was not saved", (long long)m->id.v));
}

bool matter_db_head(struct db_conn *c, const struct matter *m, struct err *e)
{
    struct blob head = { m->journal_head.p, m->journal_head.n };
    return db_post(c, e,
        SQL("UPDATE matter SET journal_head = $3 WHERE home = $1 AND id = $2"), V(m->home),
        V(m->id), V(head));
}

bool matter_db_insert(struct db_conn *c, const struct matter *m, struct str pin,
                      struct str client_ref, struct err *e)
{
    struct blob head = { m->journal_head.p, m->journal_head.n };
    return db_post(c, e,
        SQL("INSERT INTO matter (id, home, number, pin, client_ref, kind, state, source, type,"
            " type_raw, title, story, area, path, place, people, amount, danger, filed_by,"
            " filed_org, owner, lead, handler, round, happened_at, filed_at, accepted_at,"
            " concluded_at, replied_at, closed_at, due_at, yellow_at, paused_at, batch,"
            " journal_seq, journal_head, facts, version)"
            " VALUES ($1, $2, $3, $4, $5, $6, 0, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16,"
            " $17, $18, $19, $20, 0, 0, 1, $21, $22, 0, 0, 0, 0, $23, $24, 0, 0, $25, $26,"
            " $27, 1)"),
        V(m->id), V(m->home), V(m->number), V(pin), V(client_ref), V(m->kind), V(m->source),
        V(m->type), V(m->type_raw), V(m->title), V(m->story), V(m->area), V(m->path),
        V(m->place), V(m->people), V(m->amount), V(m->danger), V(m->filed_by), V(m->filed_org),
        V(m->owner), V(m->happened_at), V(m->filed_at), V(m->due_at), V(m->yellow_at),
        V(m->journal_seq), V(head), V(m->facts));
}

bool matter_db_by_ref(struct db_conn *c, struct arena *a, struct id home, struct str ref,
                      struct matter *out, bool *found, struct err *e)
{
    return db_maybe(c, e, a, &matter_record, out, found,
        SQL("SELECT id, home, number, state, kind, filed_by, version, filed_at FROM matter"
            " WHERE home = $1 AND client_ref = $2 AND client_ref <> ''"),
        V(home), V(ref));
}

bool matter_db_by_number(struct req *r, struct str number, struct matter *out, struct str *pin,
                         bool *found, struct err *e)
{
    struct id home = r->app->home;
    return db_maybe(r->c, e, r->a, &matter_record, out, found,
        SQL("SELECT" ENVELOPE ", m.accepted_at, m.concluded_at, m.replied_at, m.closed_at"
            " FROM matter m WHERE m.home = $1 AND m.number = $2"),
        V(home), V(number))
        && db_text(r->c, e, r->a, pin,
                   SQL("SELECT pin FROM matter WHERE home = $1 AND number = $2"), V(home),
                   V(number))
        && matter_names(r, out, *found, e);
}

enum { WINDOW = 2000 };

/* The id of the last candidate a page looks at, 0 when fewer are left. */
static bool window_end(struct req *r, struct id holder, struct id before, struct id *out,
                       struct err *e)
{
    return db_int(r->c, e, &out->v,
        SQL("SELECT CASE WHEN COUNT(*) < $4 THEN 0 ELSE MIN(matter) END FROM"
            " (SELECT matter FROM sight WHERE home = $1 AND holder = $2 AND matter < $3"
            " ORDER BY matter DESC LIMIT $4) page"),
        V(r->who->home), V(holder), V(before), V((int64_t)WINDOW));
}

static bool is_filtered(const struct matter_filter *f, struct str path)
{
    return f->kind || f->state || f->type.n || path.n || f->from.ms || f->to.ms;
}

static bool fits(const struct matter_filter *f, struct str path, const struct matter *m)
{
    return (!f->kind || m->kind == f->kind - 1) && (!f->state || m->state == f->state - 1)
        && (!f->type.n || str_eq(m->type, f->type)) && str_starts(m->path, path)
        && m->filed_at.ms >= f->from.ms && (!f->to.ms || m->filed_at.ms < f->to.ms);
}

void matter_filter_keep(const struct matter_filter *f, struct str path, struct list *list)
{
    struct matter *v = list->v;
    size_t kept = 0;
    for (size_t i = 0; i < list->n; i++)
        if (fits(f, path, &v[i]))
            v[kept++] = v[i];
    list->n = kept;
}

bool matter_db_page(struct req *r, const struct matter_filter *f, struct str path,
                    struct id before, struct list *out, struct id *next, struct err *e)
{
    struct id holder = who_holder(r->who), floor = ID_NONE;
    struct str above = path.n ? arena_printf(r->a, "%.*s\x7f", STR_ARG(path)) : STR_NONE;
    if (!before.v)
        before.v = INT64_MAX;
    if (is_filtered(f, path) && !window_end(r, holder, before, &floor, e))
        return false;
    if (!db_all(r->c, e, r->a, &matter_record, out,
            SQL("SELECT" ENVELOPE ", " GRADE("s") " AS grade FROM sight s"
                " JOIN matter m ON m.home = s.home AND m.id = s.matter"
                " WHERE s.home = $1 AND s.holder = $2 AND s.matter < $3 AND s.matter >= $4"
                " AND s.since <= $5 AND (" RUNS("s") " OR s.stays > 0)"
                " AND (CAST($6 AS BIGINT) = 0 OR m.kind = CAST($6 AS BIGINT) - 1)"
                " AND (CAST($7 AS BIGINT) = 0 OR m.state = CAST($7 AS BIGINT) - 1)"
                " AND (CAST($8 AS TEXT) = '' OR m.type = CAST($8 AS TEXT))"
                " AND (CAST($9 AS TEXT) = ''"
                " OR (m.path >= CAST($9 AS TEXT) AND m.path < CAST($10 AS TEXT)))"
                " AND m.filed_at >= $11"
                " AND (CAST($12 AS BIGINT) = 0 OR m.filed_at < CAST($12 AS BIGINT))"
                " ORDER BY s.matter DESC LIMIT $13"),
            V(r->who->home), V(holder), V(before), V(floor), V(r->now), V((int64_t)f->kind),
            V((int64_t)f->state), V(f->type), V(path), V(above), V(f->from), V(f->to),
            V(r->limit)))
        return false;
    struct matter *rows = out->v;
    for (size_t i = 0; i < out->n; i++)
        if (rows[i].grade < GRADE_CONTENT)
            rows[i].title = STR("");    /* a list's sight is one for all of its rows */
    *next = out->n == (size_t)r->limit ? rows[out->n - 1].id : floor;
    return matter_names(r, rows, out->n, e);
}

/* Twenty at a time: one statement a page, whatever ids it holds. The index follows
 * the feed, the sight rows are asked as they are now. */
bool matter_db_by_ids(struct req *r, struct id holder, const struct id *ids, size_t n,
                      struct list *out, struct err *e)
{
    enum { AT_ONCE = 20 };
    struct matter *v = arena_array(r->a, struct matter, n);
    size_t kept = 0;
    for (size_t from = 0; from < n; from += AT_ONCE) {
        struct id k[AT_ONCE] = { 0 };
        struct list some;
        memcpy(k, ids + from, MIN(n - from, (size_t)AT_ONCE) * sizeof *k);
        if (!db_all(r->c, e, r->a, &matter_record, &some,
                SQL("SELECT" ENVELOPE ", s.grade FROM matter m"
                    " JOIN sight s ON s.home = m.home AND s.holder = $22 AND s.matter = m.id"
                    " AND s.grade = 3 AND s.since <= $23 AND (s.until = 0 OR s.until > $23)"
                    " WHERE m.home = $1 AND m.id IN"
                    " ($2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17,"
                    " $18, $19, $20, $21) ORDER BY m.id DESC"),
                V(r->who->home), V(k[0]), V(k[1]), V(k[2]), V(k[3]), V(k[4]), V(k[5]), V(k[6]),
                V(k[7]), V(k[8]), V(k[9]), V(k[10]), V(k[11]), V(k[12]), V(k[13]), V(k[14]),
                V(k[15]), V(k[16]), V(k[17]), V(k[18]), V(k[19]), V(holder), V(r->now)))
            return false;
        if (some.n)
            memcpy(v + kept, some.v, some.n * sizeof *v);
        kept += some.n;
    }
    *out = (struct list){ v, kept };
    return matter_names(r, v, kept, e);
}
