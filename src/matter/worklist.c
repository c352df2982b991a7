#include "matter/worklist.h"
#include "matter/deadline.h"

#define X(id, slug, zh, en) { slug, zh, en },
static const struct name bucket_v[] = { WORK_BUCKETS(X) };
#undef X
const struct names work_bucket_names = NAMES("work_bucket", bucket_v);

/* Whose turn it is. */
enum turn { TURN_OWNER, TURN_LEAD, TURN_HANDLER, TURN_REVIEWER, TURN_APPROVER, TURN_ACTING,
            TURN_SUPERVISED };
enum { ANY_STATE = MATTER_STATE__COUNT };

/* Every reason for which a matter waits: the state, facts that must and must not
 * hold, where it shows and for whom, and the clock that counts there. */
static const struct wait {
    unsigned state;                     /* enum matter_state, or ANY_STATE */
    int64_t needs, bars;
    enum work_bucket bucket;
    enum turn turn;
    const char *what;
} waits[] = {
    { MATTER_FILED, 0, 0, WORK_TO_ACCEPT, TURN_OWNER, NULL },
    { MATTER_DETAILS, 0, 0, WORK_DETAILS, TURN_OWNER, NULL },
    { MATTER_DECLINED, FACT_BIT(REVIEW), 0, WORK_TO_REVIEW, TURN_REVIEWER, "decline_review" },
    { MATTER_ACCEPTED, 0, FACT_BIT(LEAD) | FACT_BIT(PARTS), WORK_TO_ASSIGN, TURN_OWNER, NULL },
    { MATTER_ACCEPTED, FACT_BIT(PARTS), 0, WORK_PARTS, TURN_OWNER, NULL },
    { MATTER_ACCEPTED, FACT_BIT(LEAD), 0, WORK_TO_TAKE, TURN_LEAD, NULL },
    { MATTER_IN_HAND, 0, 0, WORK_IN_HAND, TURN_LEAD, NULL },
    { MATTER_IN_HAND, 0, 0, WORK_IN_HAND, TURN_HANDLER, NULL },
    { MATTER_CONCLUDED, 0, 0, WORK_TO_REPLY, TURN_LEAD, NULL },
    { MATTER_CONCLUDED, 0, 0, WORK_TO_REPLY, TURN_HANDLER, NULL },
    { MATTER_CONCLUDED, 0, FACT_BIT(LEAD), WORK_TO_REPLY, TURN_OWNER, NULL },
    { MATTER_REPLIED, 0, 0, WORK_TO_CLOSE, TURN_OWNER, NULL },
    { MATTER_CLOSED, FACT_BIT(TO_VISIT), 0, WORK_TO_VISIT, TURN_OWNER, "visit" },
    { MATTER_ARCHIVED, FACT_BIT(TO_VISIT), 0, WORK_TO_VISIT, TURN_OWNER, "visit" },
    { MATTER_CLOSED, 0, 0, WORK_TO_ARCHIVE, TURN_OWNER, "archive" },
    { MATTER_DECLINED, 0, FACT_BIT(REVIEW), WORK_TO_ARCHIVE, TURN_OWNER, "archive" },
    { MATTER_WITHDRAWN, 0, 0, WORK_TO_ARCHIVE, TURN_OWNER, "archive" },
    { MATTER_MERGED, 0, 0, WORK_TO_ARCHIVE, TURN_OWNER, "archive" },
    { ANY_STATE, FACT_BIT(OBJECTED), FACT_BIT(THIRD_REFUSAL), WORK_OBJECTED, TURN_OWNER, NULL },
    { ANY_STATE, FACT_BIT(THIRD_REFUSAL), 0, WORK_OBJECTED, TURN_REVIEWER, NULL },
    { ANY_STATE, FACT_BIT(APPROVAL), 0, WORK_TO_APPROVE, TURN_APPROVER, "approve" },
    { ANY_STATE, FACT_BIT(DANGER), 0, WORK_TO_REPORT, TURN_OWNER, "duty_report" },
    { ANY_STATE, FACT_BIT(VOID_ASKED), 0, WORK_TO_VOID, TURN_OWNER, "void" },
    { ANY_STATE, FACT_BIT(VOID_ASKED) | FACT_BIT(VOID_ABOVE), 0, WORK_TO_VOID, TURN_REVIEWER,
      "void" },
    { ANY_STATE, FACT_BIT(URGED), 0, WORK_URGED, TURN_ACTING, NULL },
    { ANY_STATE, FACT_BIT(SUPERVISED), 0, WORK_TO_ANSWER, TURN_SUPERVISED, "supervise" },
};

static struct id whose(const struct matter *m, enum turn turn)
{
    switch (turn) {
    case TURN_OWNER:    return m->owner;
    case TURN_LEAD:     return m->lead;
    case TURN_HANDLER:  return m->handler;
    case TURN_REVIEWER: return m->reviewer;
    case TURN_APPROVER: return m->approver;
    case TURN_ACTING:   return matter_turn(m);
    case TURN_SUPERVISED: return m->supervised;
    }
    return ID_NONE;
}

size_t worklist_waiting(const struct matter *m, struct worklist_wait out[WAITS_MAX])
{
    uint64_t facts = matter_facts(m, (struct stamp){ 0 });
    size_t n = 0;
    for (const struct wait *w = waits; w < waits + COUNT(waits); w++) {
        struct id holder = whose(m, w->turn);
        if ((w->state == m->state || w->state == ANY_STATE) && holder.v && n < WAITS_MAX
            && !((uint64_t)w->needs & ~facts) && !((uint64_t)w->bars & facts))
            out[n++] = (struct worklist_wait){ w->bucket, holder, w->what };
    }
    return n;
}

/* The nearest running clock of the name, or of all: there are a few, which a sort in
 * the database would cost more than all the rest of the statement. */
static struct deadline nearest(struct list clocks, const char *what)
{
    struct deadline best = { .due_at = { DEADLINE_NEVER }, .yellow_at = { DEADLINE_NEVER } };
    const struct deadline *d = clocks.v;
    for (size_t i = 0; i < clocks.n; i++)
        if (d[i].due_at.ms < best.due_at.ms && (!what || str_is(d[i].what, what)))
            best = d[i];
    return best;
}

/* ---- how many there are, kept with them ---- */

/* A holder's rows in a bucket that go or come. */
struct work_change { struct id holder; unsigned bucket; int64_t n; };
static const struct field work_change_fields[] = {
    FIELD(work_change, holder, .doc = "Whose"),
    FIELD(work_change, bucket, .doc = "Bucket", .names = &work_bucket_names),
    FIELD(work_change, n, .doc = "How many more"),
};
static const struct record work_change_record = RECORD(work_change, work_change_fields);

struct work_changes { struct work_change v[2 * WAITS_MAX]; size_t n; };

static void add_change(struct work_changes *k, struct id holder, unsigned bucket, int64_t n)
{
    for (size_t i = 0; i < k->n; i++)
        if (k->v[i].holder.v == holder.v && k->v[i].bucket == bucket) {
            k->v[i].n += n;
            return;
        }
    if (k->n < COUNT(k->v))
        k->v[k->n++] = (struct work_change){ holder, bucket, n };
}

static int by_key(const void *x, const void *y)
{
    const struct work_change *a = x, *b = y;
    if (a->holder.v != b->holder.v)
        return a->holder.v < b->holder.v ? -1 : 1;
    return (a->bucket > b->bucket) - (a->bucket < b->bucket);
}

/* In the order of the key, so that two moves never wait for each other. A row that
 * went and came again has moved, too: its matter may be called otherwise now. */
static bool count_on(struct req *r, struct id home, struct work_changes *k, struct err *e)
{
    qsort(k->v, k->n, sizeof k->v[0], by_key);
    for (size_t i = 0; i < k->n; i++)
        if (!db_post(r->c, e,
                SQL("INSERT INTO work_count (home, holder, bucket, n, moves)"
                    " VALUES ($1, $2, $3, $4, 1) ON CONFLICT (home, holder, bucket) DO UPDATE"
                    " SET n = work_count.n + excluded.n, moves = work_count.moves + 1"),
                V(home), V(k->v[i].holder), V(k->v[i].bucket), V(k->v[i].n)))
            return false;
    return true;
}

static bool remove_all(struct req *r, struct id home, struct id subject, struct work_changes *k,
                       struct err *e)
{
    struct list gone;
    if (!db_all(r->c, e, r->a, &work_change_record, &gone,
            SQL("DELETE FROM worklist WHERE home = $1 AND matter = $2 RETURNING holder, bucket"),
            V(home), V(subject)))
        return false;
    const struct work_change *v = gone.v;
    for (size_t i = 0; i < gone.n; i++)
        add_change(k, v[i].holder, v[i].bucket, -1);
    return true;
}

struct work_row {
    struct id home, holder;
    unsigned bucket;
    struct stamp due, yellow;
    struct id subject;
};

static bool add_row(struct req *r, const struct work_row *x, struct work_changes *k,
                    struct err *e)
{
    add_change(k, x->holder, x->bucket, 1);
    return db_post(r->c, e,
        SQL("INSERT INTO worklist (home, holder, bucket, due_at, matter, yellow_at)"
            " VALUES ($1, $2, $3, $4, $5, $6)"),
        V(x->home), V(x->holder), V(x->bucket), V(x->due), V(x->subject), V(x->yellow));
}

bool worklist_add(struct req *r, enum work_bucket bucket, struct id holder, struct stamp due,
                  struct id subject, struct err *e)
{
    struct work_changes k = { .n = 0 };
    struct work_row row = { r->app->home, holder, bucket, due, due, subject };
    return add_row(r, &row, &k, e) && count_on(r, row.home, &k, e);
}

bool worklist_drop(struct req *r, struct id subject, struct err *e)
{
    struct work_changes k = { .n = 0 };
    return remove_all(r, r->app->home, subject, &k, e) && count_on(r, r->app->home, &k, e);
}

bool worklist_put(struct req *r, const struct matter *m, bool was_there, struct err *e)
{
    struct worklist_wait w[WAITS_MAX];
    struct work_changes k = { .n = 0 };
    struct list clocks;
    size_t n = worklist_waiting(m, w);
    if ((was_there && !remove_all(r, m->home, m->id, &k, e))
        || (n && !deadline_running(r, m, &clocks, e)))
        return false;
    for (size_t i = 0; i < n; i++) {
        struct deadline d = nearest(clocks, w[i].what);
        struct work_row row = { m->home, w[i].holder, w[i].bucket, d.due_at, d.yellow_at, m->id };
        if (!add_row(r, &row, &k, e))
            return false;
    }
    return count_on(r, m->home, &k, e);
}

bool worklist_again(struct req *r, struct id matter, struct err *e)
{
    struct matter m = { 0 };
    return db_one(r->c, e, r->a, &matter_record, &m,
            SQL("SELECT id, home, state, facts, owner, lead, handler, reviewer, approver,"
                " supervised FROM matter WHERE home = $1 AND id = $2"), V(r->app->home), V(matter))
        && worklist_put(r, &m, true, e);
}
