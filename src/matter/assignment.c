#include "matter/assignment.h"
#include "app/memo.h"

#define X(id, slug, zh, en) { slug, zh, en },
static const struct name part_v[] = { ASSIGNMENT_PARTS(X) };
static const struct name state_v[] = { ASSIGNMENT_STATES(X) };
#undef X
const struct names assignment_part_names = NAMES("assignment_part", part_v);
const struct names assignment_state_names = NAMES("assignment_state", state_v);

static const struct field assignment_fields[] = {
    FIELD(assignment, id, .doc = "Key", .flags = HIDDEN),
    FIELD(assignment, no, .doc = "Number in the matter", .zh = "序号", .en = "No."),
    FIELD(assignment, part, .doc = "Which part", .names = &assignment_part_names, .zh = "角色",
          .en = "Part"),
    FIELD(assignment, state, .doc = "Where it stands", .names = &assignment_state_names,
          .zh = "状态", .en = "State"),
    FIELD(assignment, org, .doc = "Body", .format = FORMAT_ORG, .flags = HIDDEN),
    FIELD(assignment, org_name, .doc = "Its name", .zh = "单位", .en = "Body"),
    FIELD(assignment, handler, .doc = "Account in charge", .flags = HIDDEN),
    FIELD(assignment, handler_name, .doc = "His or her name", .zh = "承办人", .en = "Handler"),
    FIELD(assignment, reason, .doc = "Why this body", .flags = CONTENT, .zh = "派单理由",
          .en = "Reason"),
    FIELD(assignment, objection, .doc = "Why this body cannot lead, as it said last",
          .flags = CONTENT | LINES, .zh = "异议理由", .en = "Objection"),
    FIELD(assignment, offered_at, .doc = "When it was offered", .zh = "派单时间", .en = "Offered"),
    FIELD(assignment, taken_at, .doc = "When it was taken", .zh = "接单时间", .en = "Taken"),
    FIELD(assignment, ended_at, .doc = "When it ended", .zh = "结束时间", .en = "Ended"),
    FIELD(assignment, due_at, .doc = "End of its clock", .zh = "期限", .en = "Due"),
};
const struct record assignment_record = RECORD(assignment, assignment_fields);

static bool name_all(struct req *r, struct list list, struct err *e)
{
    struct assignment *v = list.v;
    struct memo_ask *ask = arena_array(r->a, struct memo_ask, 2 * list.n);
    for (size_t i = 0; i < list.n; i++) {
        ask[2 * i] = (struct memo_ask){ MEMO_ORG, v[i].org };
        ask[2 * i + 1] = (struct memo_ask){ MEMO_ACCOUNT, v[i].handler };
    }
    if (list.n && !memo_learn(r, ask, 2 * list.n, e))
        return false;
    for (size_t i = 0; i < list.n; i++)
        if (!memo_name(r, MEMO_ORG, v[i].org, &v[i].org_name, e)
            || !memo_name(r, MEMO_ACCOUNT, v[i].handler, &v[i].handler_name, e))
            return false;
    return true;
}

bool assignment_list(struct req *r, struct id matter, struct list *out, struct err *e)
{
    return db_all(r->c, e, r->a, &assignment_record, out,
        SQL("SELECT id, no, part, state, org, handler, reason, objection, offered_at, taken_at,"
            " ended_at, due_at FROM assignment WHERE home = $1 AND matter = $2 ORDER BY no"
            " LIMIT 100"),
        V(r->who->home), V(matter))
        && name_all(r, *out, e);
}

bool assignment_offer(struct req *r, const struct matter *m, struct id org,
                      enum assignment_part part, struct str reason, struct id *out,
                      struct err *e)
{
    struct id id = id_make();
    if (!db_exec(r->c, e, NULL,
            SQL("INSERT INTO assignment (id, home, matter, no, part, state, org, handler,"
                " offered_by, reason, refusals, offered_at, taken_at, ended_at, due_at, version)"
                " SELECT $1, $2, $3, COUNT(*) + 1, $4, 0, $5, 0, $6, $7, 0, $8, 0, 0, 0, 1"
                " FROM assignment WHERE home = $2 AND matter = $3"),
            V(id), V(m->home), V(m->id), V((unsigned)part), V(org), V(r->who->account),
            V(reason), V(r->now))
        || !db_exec(r->c, e, NULL,
            SQL("UPDATE org SET open_load = open_load + 1 WHERE home = $1 AND id = $2"),
            V(m->home), V(org)))
        return false;
    *out = id;
    return true;
}

bool assignment_spot(struct req *r, const struct matter *m, struct stamp from, struct stamp to,
                     struct err *e)
{
    return db_exec(r->c, e, NULL,
        SQL("INSERT INTO assignment (id, home, matter, no, part, state, org, handler,"
            " offered_by, reason, refusals, offered_at, taken_at, ended_at, due_at, version)"
            " VALUES ($1, $2, $3, 1, $4, $5, $6, $7, $7, '', 0, $8, $8, $9, 0, 1)"),
        V(id_make()), V(m->home), V(m->id), V((unsigned)PART_LEAD), V((unsigned)ASSIGNMENT_DONE),
        V(m->lead), V(m->handler), V(from), V(to));
}

static const unsigned over = 1u << ASSIGNMENT_DONE | 1u << ASSIGNMENT_RETURNED
                           | 1u << ASSIGNMENT_RECALLED;

/* Takes the lead assignment from one state to another; objection as it objects. */
static bool move_with(struct req *r, const struct matter *m, enum assignment_state from,
                      enum assignment_state to, struct id handler, struct str objection,
                      struct err *e)
{
    int64_t changed = 0;
    bool ends = over >> to & 1;
    if (!db_exec(r->c, e, &changed,
            SQL("UPDATE assignment SET state = $4, handler = $5,"
                " taken_at = CASE WHEN CAST($4 AS BIGINT) = 1 AND taken_at = 0 THEN $6"
                " ELSE taken_at END,"
                " ended_at = CASE WHEN CAST($7 AS BIGINT) = 1 THEN $6 ELSE 0 END,"
                " refusals = refusals + CASE WHEN CAST($4 AS BIGINT) = 3 THEN 1 ELSE 0 END,"
                " objection = CASE WHEN CAST($4 AS BIGINT) = 3 THEN $8 ELSE objection END,"
                " version = version + 1 WHERE home = $1 AND matter = $2 AND part = 0"
                " AND state = $3"),
            V(m->home), V(m->id), V((unsigned)from), V((unsigned)to), V(handler), V(r->now),
            V(ends), V(objection))
        || (changed == 1 && ends && !db_exec(r->c, e, NULL,
            SQL("UPDATE org SET open_load = open_load - 1 WHERE home = $1 AND id = $2"
                " AND open_load > 0"), V(m->home), V(m->lead))))
        return false;
    return changed == 1
        || err_setf(e, ERR_WRONG_STATE, "%s", assignment_state_names.v[to].zh);
}

static bool move_lead(struct req *r, const struct matter *m, enum assignment_state from,
                      enum assignment_state to, struct id handler, struct err *e)
{
    return move_with(r, m, from, to, handler, STR_NONE, e);
}

/* Where the lead assignment stands while nobody objects. */
static enum assignment_state standing(const struct matter *m)
{
    return m->handler.v ? ASSIGNMENT_TAKEN : ASSIGNMENT_OFFERED;
}

bool assignment_take(struct req *r, const struct matter *m, struct id handler, struct err *e)
{
    return move_lead(r, m, ASSIGNMENT_OFFERED, ASSIGNMENT_TAKEN, handler, e);
}

bool assignment_appoint(struct req *r, const struct matter *m, struct id handler, struct err *e)
{
    return db_exec(r->c, e, NULL,
        SQL("UPDATE assignment SET handler = $3, version = version + 1 WHERE home = $1"
            " AND matter = $2 AND part = 0 AND state = $4"),
        V(m->home), V(m->id), V(handler), V((unsigned)ASSIGNMENT_TAKEN));
}

/* The same while somebody objects: whoever objects has it until that is decided. */
static enum assignment_state held(const struct matter *m)
{
    return m->facts & FACT_BIT(OBJECTED) ? ASSIGNMENT_OBJECTED : standing(m);
}

bool assignment_done(struct req *r, const struct matter *m, struct err *e)
{
    return move_lead(r, m, held(m), ASSIGNMENT_DONE, m->handler, e);
}

bool assignment_objection_over(struct req *r, struct matter *m, struct err *e)
{
    bool above = m->facts & FACT_BIT(THIRD_REFUSAL);
    m->facts &= ~(FACT_BIT(OBJECTED) | FACT_BIT(THIRD_REFUSAL));
    return !above || sight_lower(r, m->id, m->reviewer, e);
}

bool assignment_recall(struct req *r, const struct matter *m, struct err *e)
{
    return move_lead(r, m, held(m), ASSIGNMENT_RECALLED, m->handler, e);
}

bool assignment_object(struct req *r, const struct matter *m, struct str reason, struct err *e)
{
    return move_with(r, m, standing(m), ASSIGNMENT_OBJECTED, m->handler, reason, e);
}

bool assignment_settle(struct req *r, const struct matter *m, bool stands, struct err *e)
{
    return move_lead(r, m, ASSIGNMENT_OBJECTED, stands ? ASSIGNMENT_RETURNED : standing(m),
                     m->handler, e);
}

bool assignment_refusals(struct req *r, const struct matter *m, int64_t *out, struct err *e)
{
    return db_int(r->c, e, out,
        SQL("SELECT CAST(COALESCE(SUM(refusals), 0) AS BIGINT) FROM assignment"
            " WHERE home = $1 AND matter = $2 AND part = 0"), V(m->home), V(m->id));
}
