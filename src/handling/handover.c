#include "handling/handover.h"
#include "app/codebook.h"
#include "matter/assignment.h"
#include "matter/deadline.h"
#include "matter/matter_act.h"
#include "matter/supervision.h"
#include "place/place.h"

struct matter_object           { struct str reason; };
struct matter_decide_objection { bool stands; struct str text; };
struct matter_rule_objection   { struct id org; struct str text; };
struct matter_recall           { struct str reason; };
struct matter_transfer         { struct id org; struct str reason; };

static const struct field matter_object_fields[] = {
    FIELD(matter_object, reason, .doc = "Why this body cannot lead it", .min = 2, .max = 500,
          .flags = REQUIRED | LINES, .zh = "异议理由", .en = "Reason"),
};
static const struct record matter_object_record = RECORD(matter_object, matter_object_fields);

static const struct field matter_decide_objection_fields[] = {
    FIELD(matter_decide_objection, stands, .doc = "The objection stands: assign it anew",
          .flags = REQUIRED, .zh = "异议成立", .en = "The objection stands"),
    FIELD(matter_decide_objection, text, .doc = "Why", .min = 2, .max = 500,
          .flags = REQUIRED | LINES, .zh = "处理意见", .en = "Decision"),
};
static const struct record matter_decide_objection_record =
    RECORD(matter_decide_objection, matter_decide_objection_fields);

static const struct field matter_rule_objection_fields[] = {
    FIELD(matter_rule_objection, org, .doc = "The body that has to lead", .format = FORMAT_ORG,
          .flags = REQUIRED, .zh = "主办单位", .en = "Lead body"),
    FIELD(matter_rule_objection, text, .doc = "Why", .min = 2, .max = 500,
          .flags = REQUIRED | LINES, .zh = "裁定意见", .en = "Ruling"),
};
static const struct record matter_rule_objection_record =
    RECORD(matter_rule_objection, matter_rule_objection_fields);

static const struct field matter_recall_fields[] = {
    FIELD(matter_recall, reason, .doc = "Why", .min = 2, .max = 500, .flags = REQUIRED | LINES,
          .zh = "收回理由", .en = "Reason"),
};
static const struct record matter_recall_record = RECORD(matter_recall, matter_recall_fields);

static const struct field matter_transfer_fields[] = {
    FIELD(matter_transfer, org, .doc = "The body that is to lead from now on",
          .format = FORMAT_ORG, .flags = REQUIRED, .zh = "主办单位", .en = "Lead body"),
    FIELD(matter_transfer, reason, .doc = "Why", .min = 2, .max = 500, .flags = REQUIRED | LINES,
          .zh = "转办理由", .en = "Reason"),
};
static const struct record matter_transfer_record = RECORD(matter_transfer, matter_transfer_fields);

bool handover_org(struct req *r, struct id id, struct org_brief *out, struct err *e)
{
    if (org_brief(r, id, out, e))
        return true;
    if (e->id == ERR_NOT_FOUND) {
        err_clear(e);
        err_field(e, ERR_NO_SUCH_REF, "org");
    }
    return false;
}

bool handover_offer(struct move *mv, const struct org_brief *org, struct str reason,
                    struct err *e)
{
    if (!assignment_offer(mv->r, &mv->m, org->id, PART_LEAD, reason, &mv->subject, e)
        || !sight_give(mv->r, mv->m.id, org->id, GRADE_CONTENT, WHY_LEAD, e))
        return false;
    mv->m.lead = org->id;
    mv->m.handler = ID_NONE;
    move_note(mv, "org", org->name);
    return true;
}

/* The lead has it no more: clocks, sight and load go with it. What the handler sees
 * ends by itself, once the body leads no more (matter_db_load). */
static bool take_back(struct move *mv, struct err *e)
{
    struct id was = mv->m.lead;
    if (!deadline_give_back(mv->r, &mv->m, e)
        || (was.v != mv->m.owner.v && (!sight_end(mv->r, mv->m.id, was, WHY_LEAD, e)
                                       || !sight_lower(mv->r, mv->m.id, was, e)))
        || !supervision_hand_back(mv->r, &mv->m, e))
        return false;
    mv->m.lead = ID_NONE;
    mv->m.handler = ID_NONE;
    mv->m.facts &= ~(FACT_BIT(OBJECTED) | FACT_BIT(THIRD_REFUSAL));
    return true;
}

/* The third refusal of a matter is not the dispatcher's to decide any more. */
static bool put_above(struct move *mv, struct err *e)
{
    int64_t refusals = 0, most = codebook_number(mv->r->app, "refusals", 3);
    struct id above = ID_NONE;
    if (!assignment_refusals(mv->r, &mv->m, &refusals, e)
        || !org_above(mv->r, mv->m.owner, &above, e))
        return false;
    if (refusals < most || !above.v)
        return true;
    mv->m.reviewer = above;
    mv->m.facts |= FACT_BIT(THIRD_REFUSAL);
    move_note_int(mv, "refusals", refusals);
    return sight_give(mv->r, mv->m.id, above, GRADE_CONTENT, WHY_REVIEW, e);
}

static bool on_object(struct req *r, const void *in, void *out, struct err *e)
{
    const struct matter_object *x = in;
    struct move mv;
    if (!move_begin(&mv, r, MATTER_DO_OBJECT, e)
        || !assignment_object(r, &mv.m, x->reason, e))
        return false;
    mv.m.facts |= FACT_BIT(OBJECTED);
    move_note(&mv, "reason", x->reason);
    return put_above(&mv, e) && move_end(&mv, out, e);
}

static bool on_decide_objection(struct req *r, const void *in, void *out, struct err *e)
{
    const struct matter_decide_objection *x = in;
    struct move mv;
    if (!move_begin(&mv, r, MATTER_DO_DECIDE_OBJECTION, e)
        || !assignment_settle(r, &mv.m, x->stands, e))
        return false;
    move_note(&mv, "decision", x->stands ? STR("stands") : STR("rejected"));
    move_note(&mv, "text", x->text);
    mv.m.facts &= ~FACT_BIT(OBJECTED);
    if (x->stands) {
        mv.event = "recall";
        return take_back(&mv, e) && move_end(&mv, out, e);
    }
    mv.m.state = mv.was;
    return move_end(&mv, out, e);
}

static bool on_rule_objection(struct req *r, const void *in, void *out, struct err *e)
{
    const struct matter_rule_objection *x = in;
    struct move mv;
    struct org_brief org;
    if (!move_begin(&mv, r, MATTER_DO_RULE_OBJECTION, e) || !handover_org(r, x->org, &org, e)
        || !assignment_settle(r, &mv.m, true, e) || !take_back(&mv, e)
        || !handover_offer(&mv, &org, x->text, e)
        || (mv.m.lead.v != mv.m.reviewer.v && !sight_lower(r, mv.m.id, mv.m.reviewer, e)))
        return false;
    mv.m.facts |= FACT_BIT(RULED);
    mv.event = "assign";
    move_note(&mv, "text", x->text);
    return move_end(&mv, out, e);
}

static bool on_recall(struct req *r, const void *in, void *out, struct err *e)
{
    const struct matter_recall *x = in;
    struct move mv;
    if (!move_begin(&mv, r, MATTER_DO_RECALL, e) || !assignment_recall(r, &mv.m, e)
        || !take_back(&mv, e))
        return false;
    move_note(&mv, "reason", x->reason);
    return move_end(&mv, out, e);
}

static bool on_transfer(struct req *r, const void *in, void *out, struct err *e)
{
    const struct matter_transfer *x = in;
    struct move mv;
    struct org_brief org;
    if (!move_begin(&mv, r, MATTER_DO_TRANSFER, e) || !handover_org(r, x->org, &org, e))
        return false;
    if (org.id.v == mv.m.lead.v)
        return err_fieldf(e, ERR_DUPLICATE, "org", "%.*s", STR_ARG(org.name));
    if (!assignment_recall(r, &mv.m, e) || !take_back(&mv, e)
        || !handover_offer(&mv, &org, x->reason, e))
        return false;
    mv.event = "assign";
    move_note(&mv, "reason", x->reason);
    return move_end(&mv, out, e);
}

static const struct route handover_routes[] = {
    MATTER_ACTION("object", MATTER_HANDLE, on_object, matter_object_record,
                  "The lead body objects, and keeps it until that is decided"),
    MATTER_ACTION("decide_objection", MATTER_ASSIGN, on_decide_objection,
                  matter_decide_objection_record, "Decide the lead body's objection"),
    MATTER_ACTION("rule_objection", MATTER_APPROVE, on_rule_objection,
                  matter_rule_objection_record, "The body above rules who leads"),
    MATTER_ACTION("recall", MATTER_ASSIGN, on_recall, matter_recall_record,
                  "Take the matter back from its lead body"),
    MATTER_ACTION("transfer", MATTER_ASSIGN, on_transfer, matter_transfer_record,
                  "Take it back and offer it to another body in one step"),
};
const struct route_table handover_table = ROUTES("handover", handover_routes);
