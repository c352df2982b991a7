/* Who may see a matter: rows with a grade, a reason and dates. */
#include "matter/matter.h"

bool sight_give(struct req *r, struct id matter, struct id holder, enum grade grade,
                enum sight_why why, struct err *e)
{
    return db_exec(r->c, e, NULL,
        SQL("INSERT INTO sight (home, holder, matter, grade, why, since, until)"
            " VALUES ($1, $2, $3, $4, $5, $6, 0) ON CONFLICT (home, holder, matter) DO UPDATE SET"
            " grade = CASE WHEN sight.grade > excluded.grade AND sight.until = 0"
            " THEN sight.grade ELSE excluded.grade END, why = CASE WHEN excluded.why = $7"
            " THEN excluded.why ELSE sight.why END, until = 0"),
        V(r->who->home), V(holder), V(matter), V((unsigned)grade), V((unsigned)why), V(r->now),
        V((unsigned)WHY_PARTY));
}

bool sight_lend(struct req *r, struct id matter, struct id holder, enum grade grade,
                enum sight_why why, struct stamp until, struct err *e)
{
    return db_exec(r->c, e, NULL,
        SQL("INSERT INTO sight (home, holder, matter, grade, why, since, until)"
            " VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (home, holder, matter) DO UPDATE SET"
            " grade = excluded.grade, why = excluded.why, until = excluded.until"
            " WHERE sight.until > 0 OR sight.grade < excluded.grade"),
        V(r->who->home), V(holder), V(matter), V((unsigned)grade), V((unsigned)why), V(r->now),
        V(until));
}

bool sight_end(struct req *r, struct id matter, struct id holder, enum sight_why why,
               struct err *e)
{
    return db_exec(r->c, e, NULL,
        SQL("UPDATE sight SET until = $5 WHERE home = $1 AND holder = $2 AND matter = $3"
            " AND why = $4 AND until = 0"),
        V(r->who->home), V(holder), V(matter), V((unsigned)why), V(r->now));
}
