/* Who may see a matter: rows with a grade, a reason and dates; and the one way to
 * open what is in it. */
#include "app/access.h"
#include "matter/matter_impl.h"

bool matter_load_content(struct req *r, struct id id, struct matter *m, struct err *e)
{
    return matter_load(r, id, m, e) && (m->grade >= GRADE_CONTENT || err_set(e, ERR_NOT_FOUND));
}

bool matter_reach(struct req *r, struct matter *m, struct err *e)
{
    struct id id;
    return req_id(r, 0, &id, e) && matter_load_content(r, id, m, e);
}

bool matter_open(struct req *r, struct matter *m, struct err *e)
{
    r->sight = (struct sight){ .content = true, .party = who_may(r->who, PERM_RESIDENT) };
    return matter_reach(r, m, e) && access_look(r, m->home, m->id, STR("read"), e);
}

/* What was lent still runs: its day has not come, or it was lent for a decision that is
 * waited for. */
#define LENT                                                                                 \
    "(sight.until > $6 OR (sight.until > 0 AND EXISTS (SELECT 1 FROM matter m"                \
    " WHERE m.home = $1 AND m.id = $3 AND " SIGHT_AWAITED("$2") ")))"
#define LESS_THAN_LENT "(sight.grade > excluded.grade AND " LENT ")"
/* A loan for a decision alone has no day of its own, and cuts none short. */
#define LENT_FOR_LONGER                                                                      \
    "(sight.grade = excluded.grade AND sight.until > $6 AND excluded.until <= $6)"

bool sight_give(struct req *r, struct id matter, struct id holder, enum grade grade,
                enum sight_why why, struct err *e)
{
    return db_post(r->c, e,
        SQL("INSERT INTO sight (home, holder, matter, grade, why, since, until, stays)"
            " VALUES ($1, $2, $3, $4, $5, $6, 0, 0) ON CONFLICT (home, holder, matter)"
            " DO UPDATE SET grade = CASE WHEN " LESS_THAN_LENT
            " OR (sight.grade > excluded.grade AND sight.until = 0)"
            " THEN sight.grade ELSE excluded.grade END,"
            " why = CASE WHEN excluded.why = $7 OR sight.until > 0 THEN excluded.why"
            " ELSE sight.why END,"
            " until = CASE WHEN " LESS_THAN_LENT " THEN sight.until ELSE 0 END,"
            " stays = CASE WHEN " LESS_THAN_LENT " AND sight.stays < excluded.grade"
            " THEN excluded.grade ELSE sight.stays END"),
        V(r->who->home), V(holder), V(matter), V((unsigned)grade), V((unsigned)why), V(r->now),
        V((unsigned)WHY_PARTY));
}

/* An open row with a lower grade is there again afterwards, and who supervises goes on
 * supervising meanwhile. */
bool sight_lend(struct req *r, struct id matter, struct id holder, enum grade grade,
                enum sight_why why, struct stamp until, struct err *e)
{
    return db_post(r->c, e,
        SQL("INSERT INTO sight (home, holder, matter, grade, why, since, until, stays)"
            " VALUES ($1, $2, $3, $4, $5, $6, $7, 0) ON CONFLICT (home, holder, matter)"
            " DO UPDATE SET grade = CASE WHEN " LESS_THAN_LENT " THEN sight.grade"
            " ELSE excluded.grade END,"
            " why = CASE WHEN sight.until = 0 OR sight.stays > 0 THEN sight.why"
            " ELSE excluded.why END,"
            " until = CASE WHEN " LESS_THAN_LENT " OR " LENT_FOR_LONGER
            " THEN sight.until ELSE excluded.until END,"
            " stays = CASE WHEN sight.until = 0 THEN sight.grade ELSE sight.stays END"
            " WHERE sight.until > 0 OR sight.grade < excluded.grade"),
        V(r->who->home), V(holder), V(matter), V((unsigned)grade), V((unsigned)why), V(r->now),
        V(until));
}

bool sight_over(struct req *r, struct id matter, struct id holder, struct err *e)
{
    return db_post(r->c, e,
        SQL("UPDATE sight SET until = $4 WHERE home = $1 AND holder = $2 AND matter = $3"
            " AND until > 0 AND until <= $4"),
        V(r->who->home), V(holder), V(matter), V(r->now));
}

bool sight_end(struct req *r, struct id matter, struct id holder, enum sight_why why,
               struct err *e)
{
    return db_post(r->c, e,
        SQL("UPDATE sight SET until = $5, stays = 0 WHERE home = $1 AND holder = $2 AND matter = $3"
            " AND why = $4 AND until = 0"),
        V(r->who->home), V(holder), V(matter), V((unsigned)why), V(r->now));
}

bool sight_lower(struct req *r, struct id matter, struct id holder, struct err *e)
{
    return db_exec(r->c, e, NULL,
        SQL("UPDATE sight SET grade = $4 WHERE home = $1 AND holder = $2 AND matter = $3"
            " AND why IN ($5, $6) AND until = 0 AND grade > $4"),
        V(r->who->home), V(holder), V(matter), V((unsigned)GRADE_ENVELOPE),
        V((unsigned)WHY_SUPERVISION), V((unsigned)WHY_REVIEW));
}
