/* How the clocks of a matter are stopped and let go on. */
#include "matter/pause.h"
#include "app/codebook.h"
#include "matter/deadline_change.h"
#include "matter/worklist.h"

enum { AT_ONCE = 50 };

/* The states in which a clock may stand; in DETAILS everybody waits for the applicant. */
static const uint64_t stands = UINT64_C(1) << MATTER_ACCEPTED | UINT64_C(1) << MATTER_IN_HAND
                             | UINT64_C(1) << MATTER_DETAILS;

/* Days that pauses of the reason have taken in this round, each begun day as a whole one. */
static bool days_used(struct req *r, const struct matter *m, struct str reason, int64_t *days,
                      struct err *e)
{
    return db_int(r->c, e, days,
        SQL("SELECT CAST(COALESCE(SUM((ended_at - at + 86399999) / 86400000), 0) AS BIGINT)"
            " FROM pause WHERE home = $1 AND matter = $2 AND reason = $3 AND round = $4"
            " AND ended_at > 0"),
        V(m->home), V(m->id), V(reason), V(m->round));
}

/* The end of a pause begun now: the last day of what is left of the reason's maximum,
 * or an earlier day that was named. none: nothing is left. */
static bool last_moment(struct req *r, const struct matter *m, struct str reason,
                        struct day until, struct stamp *out, struct err *e)
{
    const struct code_entry *code = codebook_code(r->app, STR("pause_reason"), reason, DAY_NONE);
    int64_t maximum = 0, used = 0;
    out->ms = 0;
    if (!code || !str_to_i64(code_extra(code, r->a, "maximum"), &maximum))
        return err_field(e, ERR_NO_SUCH_REF, "reason");
    if (!days_used(r, m, reason, &used, e))
        return false;
    struct day last = { day_of_stamp(r->now).n + (int32_t)(maximum - used) };
    if (used >= maximum)
        return true;
    if (until.n && (until.n <= day_of_stamp(r->now).n || until.n > last.n)) {
        char from[16], to[16];
        day_format((struct day){ day_of_stamp(r->now).n + 1 }, from);
        day_format(last, to);
        return err_fieldf(e, ERR_OUT_OF_RANGE, "until", "%s … %s", from, to);
    }
    if (until.n)
        last = until;
    out->ms = stamp_of_day((struct day){ last.n + 1 }).ms;
    return true;
}

bool pause_begin(struct req *r, struct matter *m, struct str reason, struct day until,
                 struct str text, struct id *id, struct err *e)
{
    struct stamp end;
    int64_t n = 0;
    *id = ID_NONE;
    if (!last_moment(r, m, reason, until, &end, e)
        || (end.ms && !deadline_stop_all(r, m, reason, &n, e)))
        return false;
    if (!n)
        return true;
    *id = id_make();
    m->facts |= FACT_BIT(PAUSED);
    m->paused_at = r->now;
    return db_exec(r->c, e, NULL,
        SQL("INSERT INTO pause (id, home, matter, reason, text, at, until, ended_at, paused_by,"
            " round) VALUES ($1, $2, $3, $4, $5, $6, $7, 0, $8, $9)"),
        V(*id), V(m->home), V(m->id), V(reason), V(text), V(r->now), V(end),
        V(r->who->account), V(m->round));
}

bool pause_end(struct req *r, struct matter *m, struct stamp at, struct err *e)
{
    m->facts &= ~FACT_BIT(PAUSED);
    m->paused_at.ms = 0;
    return db_exec(r->c, e, NULL,
            SQL("UPDATE pause SET ended_at = $3 WHERE home = $1 AND matter = $2"
                " AND ended_at = 0"), V(m->home), V(m->id), V(at))
        && deadline_go_on(r, m, at, e);
}

/* A pause that is over. */
struct stood { struct str reason, text; struct stamp at, until, ended_at; struct id paused_by; };
static const struct field stood_fields[] = {
    FIELD(stood, reason, .doc = "Why"), FIELD(stood, text, .doc = "As the parties were told"),
    FIELD(stood, at, .doc = "From"), FIELD(stood, until, .doc = "At most until"),
    FIELD(stood, ended_at, .doc = "To"), FIELD(stood, paused_by, .doc = "Account"),
};
static const struct record stood_record = RECORD(stood, stood_fields);

bool pause_past(struct req *r, const struct matter *m, struct pause_past *out, struct err *e)
{
    *out = (struct pause_past){ 0 };
    if (!deadline_open(r, m, &out->clocks, e))
        return false;
    const struct deadline *d = out->clocks.v;
    size_t i = 0;
    while (i < out->clocks.n && !d[i].pauses.n && !d[i].extended)
        i++;
    if (i == out->clocks.n)             /* most were never moved */
        out->clocks.n = 0;
    return !out->clocks.n
        || db_all(r->c, e, r->a, &stood_record, &out->stood,
            SQL("SELECT reason, text, at, until, ended_at, paused_by FROM pause WHERE home = $1"
                " AND matter = $2 AND round = $3 AND ended_at > 0 ORDER BY id LIMIT 200"),
            V(m->home), V(m->id), V(m->round));
}

bool pause_take_over(struct req *r, const struct pause_past *past, struct matter *m,
                     struct err *e)
{
    const struct stood *v = past->stood.v;
    if (past->clocks.n && !deadline_take_over(r, m, past->clocks, e))
        return false;
    for (size_t i = 0; i < past->stood.n; i++)
        if (!db_post(r->c, e,
                SQL("INSERT INTO pause (id, home, matter, reason, text, at, until, ended_at,"
                    " paused_by, round) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)"),
                V(id_make()), V(m->home), V(m->id), V(v[i].reason), V(v[i].text), V(v[i].at),
                V(v[i].until), V(v[i].ended_at), V(v[i].paused_by), V(m->round)))
            return false;
    return true;
}

bool pause_follow(struct req *r, struct matter *m, struct stamp at, struct err *e)
{
    return !(m->facts & FACT_BIT(PAUSED)) || stands >> m->state & 1 || pause_end(r, m, at, e);
}

bool pause_take_in(struct req *r, const struct matter *m, struct err *e)
{
    struct str reason = STR("");
    int64_t n = 0;
    return !(m->facts & FACT_BIT(PAUSED))
        || (db_text(r->c, e, r->a, &reason,
                SQL("SELECT reason FROM pause WHERE home = $1 AND matter = $2 AND ended_at = 0"
                    " LIMIT 1"), V(m->home), V(m->id))
            && deadline_stop_all(r, m, reason, &n, e));
}

/* ---- by itself ---- */

struct over { struct id id, matter; struct stamp until; };
static const struct field over_fields[] = {
    FIELD(over, id, .doc = "Pause"), FIELD(over, matter, .doc = "Its matter"),
    FIELD(over, until, .doc = "Its end"),
};
static const struct record over_record = RECORD(over, over_fields);

static bool save(struct req *r, const struct matter *m, struct err *e)
{
    return db_exec(r->c, e, NULL,
        SQL("UPDATE matter SET facts = $3, paused_at = 0, due_at = $4, yellow_at = $5"
            " WHERE home = $1 AND id = $2"),
        V(m->home), V(m->id), V(m->facts), V(m->due_at), V(m->yellow_at));
}

/* Under the matter's lock, which the entry takes: somebody may have been quicker. The
 * clocks go on from the moment the pause was over, not from when it was noticed. */
static bool end_one(struct req *r, const struct over *o, struct err *e)
{
    struct matter m = { .home = r->app->home, .id = o->matter };
    int64_t open = 0;
    return matter_log(r, &m, STR("resume"), o->id, STR("{\"by\":\"clock\"}"), e)
        && db_int(r->c, e, &open,
            SQL("SELECT COUNT(*) FROM pause WHERE home = $1 AND id = $2 AND ended_at = 0"),
            V(m.home), V(o->id))
        && (open || err_set(e, ERR_CONFLICT))
        && db_one(r->c, e, r->a, &matter_record, &m,
            SQL("SELECT id, home, facts, lead, due_at, yellow_at FROM matter"
                " WHERE home = $1 AND id = $2"), V(r->app->home), V(o->matter))
        && pause_end(r, &m, o->until, e) && save(r, &m, e) && worklist_again(r, m.id, e);
}

static bool end_some(struct req *r, void *ctx, struct err *e)
{
    bool *more = ctx;
    struct list found;
    if (!db_all(r->c, e, r->a, &over_record, &found,
            SQL("SELECT id, matter, until FROM pause WHERE home = $1 AND until <= $2"
                " AND ended_at = 0 ORDER BY until LIMIT 50"), V(r->app->home), V(r->now)))
        return false;
    const struct over *v = found.v;
    for (size_t i = 0; i < found.n; i++)
        if (!end_one(r, &v[i], e))
            return false;
    *more = found.n == AT_ONCE;
    return true;
}

bool pause_run(struct app *app, bool *more, struct err *e)
{
    struct arena a = { 0 };
    struct req r;
    app_request(app, &a, NULL, &r);
    bool ok = !app->home.v || app_write(app, &r, end_some, more, e);
    arena_done(&a);
    return ok;
}
