/* Merging a matter into another, and undoing it. */
#include "matter/archive.h"
#include "matter/assignment.h"
#include "matter/claim.h"
#include "matter/matter_act.h"
#include "matter/party_copy.h"
#include "matter/tie.h"

struct matter_merge   { struct str number, reason; };
struct matter_unmerge { struct str reason; };
static const struct field matter_merge_fields[] = {
    FIELD(matter_merge, number, .doc = "Public number of the matter it goes into", .max = 30,
          .flags = REQUIRED, .zh = "并入的事项编号", .en = "Into which number"),
    FIELD(matter_merge, reason, .doc = "Why they are one", .min = 2, .max = 300,
          .flags = REQUIRED, .zh = "并案理由", .en = "Why"),
};
static const struct record matter_merge_record = RECORD(matter_merge, matter_merge_fields);
static const struct field matter_unmerge_fields[] = {
    FIELD(matter_unmerge, reason, .doc = "Why they are two after all", .min = 2, .max = 300,
          .flags = REQUIRED, .zh = "撤销并案理由", .en = "Why"),
};
static const struct record matter_unmerge_record = RECORD(matter_unmerge, matter_unmerge_fields);

/* Work on the head goes on: nothing was concluded in it yet. */
static bool is_open(const struct matter *m)
{
    return m->state == MATTER_FILED || m->state == MATTER_ACCEPTED || m->state == MATTER_IN_HAND;
}

/* It rests, and was never closed: what was merged into it has its own way again, or its own
 * end. What was concluded and then withdrawn was said, but is nobody's any more. */
static bool is_in_vain(const struct matter *m)
{
    return m->state == MATTER_VOID || (matter_at_rest(m->state) && !m->closed_at.ms);
}

/* The head must be of who merges: the same intake has the procedure of both. */
static bool head_fits(struct req *r, const struct matter *head, const struct move *mv,
                      struct err *e)
{
    bool undone = mv->action == MATTER_DO_UNMERGE;
    if (head->id.v == mv->m.id.v || !(matter_relations(r->who, head) & REL_BIT(INTAKE)))
        return err_field(e, ERR_NO_SUCH_REF, "number");
    if (head->kind != mv->m.kind)
        return err_field(e, ERR_OUTCOME_KIND, "number");
    return is_open(head) || (undone && is_in_vain(head))
        || err_setf(e, ERR_WRONG_STATE, "%s", matter_state_names.v[head->state].zh);
}

static bool load_head(struct req *r, struct str number, struct matter *head, struct err *e)
{
    struct id id = ID_NONE;
    if (!db_int(r->c, e, &id.v, SQL("SELECT id FROM matter WHERE home = $1 AND number = $2"),
                V(r->who->home), V(number)))
        return false;
    if (id.v && matter_load(r, id, head, e))
        return true;
    if (err_is_set(e) && e->id != ERR_NOT_FOUND)
        return false;
    err_clear(e);
    return err_field(e, ERR_NO_SUCH_REF, "number");
}

static bool log_head(struct req *r, struct matter *head, const char *action, struct str number,
                     struct id other, struct err *e)
{
    return matter_log(r, head, str_of(action), other,
                      arena_printf(r->a, "{\"number\":\"%.*s\"}", STR_ARG(number)), e);
}

/* Locks both in the order of their ids. */
static bool begin_both(struct move *mv, struct req *r, const struct matter *self,
                       struct matter *head, enum matter_action action, struct err *e)
{
    const char *in_head = action == MATTER_DO_MERGE ? "merge_in" : "merge_out";
    bool first = head->id.v < self->id.v;
    return (!first || log_head(r, head, in_head, self->number, self->id, e))
        && move_begin(mv, r, action, e)
        && (first || log_head(r, head, in_head, self->number, self->id, e));
}

static bool load_self(struct req *r, struct matter *self, struct err *e)
{
    struct id id;
    return req_id(r, 0, &id, e) && matter_load(r, id, self, e);
}

static bool on_merge(struct req *r, const void *in, void *out, struct err *e)
{
    const struct matter_merge *x = in;
    struct move mv;
    struct matter self = { 0 }, head = { 0 };
    int64_t under = 0;
    struct list parties;
    if (!load_self(r, &self, e) || !load_head(r, x->number, &head, e)
        || !begin_both(&mv, r, &self, &head, MATTER_DO_MERGE, e)
        || !head_fits(r, &head, &mv, e)
        || !tie_count(r, &mv.m, TIE_MERGED, &under, e))
        return false;
    if (under)
        return err_setf(e, ERR_HAS_PARTS, "%s", "并案");
    if (!party_list(r, mv.m.id, &parties, e) || !party_copy(r, &head, parties, e)
        || !claim_copy(r, &mv.m, &head, e) || !claim_amount_add(r, &head, mv.m.amount.v, e)
        || !tie_make(r, &mv.m, head.id, TIE_MERGED, mv.was, x->reason, e))
        return false;
    mv.m.facts |= FACT_BIT(MERGED);
    mv.subject = head.id;
    move_note(&mv, "number", head.number);
    move_note(&mv, "reason", x->reason);
    return move_end(&mv, out, e);
}

struct merged { struct id id, other; unsigned was; struct stamp made_at; };
static const struct field merged_fields[] = {
    FIELD(merged, id, .doc = "Tie"), FIELD(merged, other, .doc = "The head"),
    FIELD(merged, was, .doc = "Where it stood", .names = &matter_state_names),
    FIELD(merged, made_at, .doc = "Since when"),
};
static const struct record merged_record = RECORD(merged, merged_fields);

/* Each clock counts on to the end it had: the time it lay merged was time as well. */
static bool clocks_again(struct req *r, const struct matter *m, struct stamp since, struct err *e)
{
    return db_exec(r->c, e, NULL,
        SQL("UPDATE deadline SET state = 0, ended_at = 0 WHERE home = $1 AND matter = $2"
            " AND state = 4 AND ended_at = $3"), V(m->home), V(m->id), V(since));
}

/* What the head keeps of it is told in the head's own journal. */
static bool parties_again(struct req *r, const struct matter *m, struct matter *head,
                          struct err *e)
{
    int64_t kept = 0;
    return party_take_back(r, m, head, &kept, e)
        && (!kept || matter_log(r, head, STR("merge_kept"), m->id,
                                arena_printf(r->a, "{\"number\":\"%.*s\",\"left\":%lld}",
                                             STR_ARG(m->number), (long long)kept), e));
}

/* Back to where it was; withdrawn where its applicants have left in the head: leaving is
 * one act, and nobody is asked for it twice. */
static bool come_back(struct move *mv, const struct merged *t, bool alone, struct err *e)
{
    struct req *r = mv->r;
    mv->m.facts &= ~FACT_BIT(MERGED);
    mv->m.state = alone ? MATTER_WITHDRAWN : t->was;
    if (!archive_undo(r, &mv->m, e))
        return false;
    if (!alone)
        return clocks_again(r, &mv->m, t->made_at, e);
    mv->event = "withdraw";
    return !mv->m.lead.v || assignment_recall(r, &mv->m, e);
}

static bool on_unmerge(struct req *r, const void *in, void *out, struct err *e)
{
    const struct matter_unmerge *x = in;
    struct move mv;
    struct matter self = { 0 }, head = { 0 };
    struct merged t = { 0 };
    bool found, alone;
    if (!load_self(r, &self, e)
        || !db_maybe(r->c, e, r->a, &merged_record, &t, &found,
            SQL("SELECT id, other, was, made_at FROM tie WHERE home = $1 AND matter = $2"
                " AND relation = 0 AND ended_at = 0"), V(self.home), V(self.id)))
        return false;
    if (!found)                         /* the flow says what it is instead of merged */
        return move_begin(&mv, r, MATTER_DO_UNMERGE, e) && err_internal(e, "merged into nothing");
    if (!matter_load(r, t.other, &head, e)
        || !begin_both(&mv, r, &self, &head, MATTER_DO_UNMERGE, e)
        || !head_fits(r, &head, &mv, e))
        return false;
    if (!party_leave_too(r, &mv.m, &head, &alone, e) || !parties_again(r, &mv.m, &head, e)
        || !claim_take_back(r, &mv.m, &head, e) || !come_back(&mv, &t, alone, e)
        || !db_exec(r->c, e, NULL,
            SQL("UPDATE tie SET ended_at = $3 WHERE home = $1 AND id = $2"), V(mv.m.home),
            V(t.id), V(r->now)))
        return false;
    mv.subject = head.id;
    move_note(&mv, "number", head.number);
    move_note(&mv, "reason", x->reason);
    return move_end(&mv, out, e);
}

static const struct route merge_routes[] = {
    MATTER_ACTION("merge", MATTER_INTAKE, on_merge, matter_merge_record,
                  "Make it one with another matter of the same body"),
    MATTER_ACTION("unmerge", MATTER_INTAKE, on_unmerge, matter_unmerge_record,
                  "Undo the merging, while the other is open or came to nothing"),
};
const struct route_table merge_table = ROUTES("merge", merge_routes);
