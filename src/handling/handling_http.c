/* Assign and take, and the hint beside them. */
#include "handling/handling.h"
#include "handling/handover.h"
#include "handling/hint.h"
#include "matter/assignment.h"
#include "place/place.h"

struct matter_assign { struct id org; struct str reason; };
static const struct field matter_assign_fields[] = {
    FIELD(matter_assign, org, .doc = "The body that is to lead", .format = FORMAT_ORG,
          .flags = REQUIRED, .zh = "主办单位", .en = "Lead body"),
    FIELD(matter_assign, reason, .doc = "Why this body", .max = 300, .zh = "派单理由",
          .en = "Reason"),
};
static const struct record matter_assign_record = RECORD(matter_assign, matter_assign_fields);

struct matter_take { bool disclosed; struct str interests; };
static const struct field matter_take_fields[] = {
    FIELD(matter_take, disclosed, .doc = "I have no interest in it, or told both sides of mine",
          .zh = "已如实申报利害关系", .en = "Interests disclosed"),
    FIELD(matter_take, interests, .doc = "Which interest was told to both sides, if any",
          .max = 300, .zh = "告知双方的利害关系", .en = "What was told to both sides"),
};
static const struct record matter_take_record = RECORD(matter_take, matter_take_fields);

static bool on_assign(struct req *r, const void *in, void *out, struct err *e)
{
    const struct matter_assign *x = in;
    struct move mv;
    struct org_brief org;
    if (!move_begin(&mv, r, MATTER_DO_ASSIGN, e))
        return false;
    if (!handover_org(r, x->org, &org, e) || !handover_offer(&mv, &org, x->reason, e))
        return false;
    if (x->reason.n)
        move_note(&mv, "reason", x->reason);
    return move_end(&mv, out, e);
}

static bool on_take(struct req *r, const void *in, void *out, struct err *e)
{
    const struct matter_take *x = in;
    struct move mv;
    if (!x->disclosed)
        return err_field(e, ERR_NOT_DISCLOSED, "disclosed");
    if (!move_begin(&mv, r, MATTER_DO_TAKE, e)
        || !assignment_take(r, &mv.m, r->who->account, e)
        || !sight_give(r, mv.m.id, r->who->account, GRADE_CONTENT, WHY_HANDLER, e))
        return false;
    mv.m.handler = r->who->account;
    move_note(&mv, "handler", r->who->name);
    if (x->interests.n)
        move_note(&mv, "interests", x->interests);
    return move_end(&mv, out, e);
}

static bool on_hint(struct req *r, const void *in UNUSED, void *out, struct err *e)
{
    struct matter m;
    r->sight = SIGHT_ALL;
    return matter_reach(r, &m, e) && hint_list(r, &m, out, e);
}

static const struct route handling_routes[] = {
    { "POST", "/api/v1/matters/{id}/actions/assign", PERM_MATTER_ASSIGN, ROUTE_WRITE,
      .apply = on_assign, .in = &matter_assign_record, .out = &matter_moved_record,
      .body = BODY_JSON, .doc = "Offer the matter to the body that is to lead" },
    { "POST", "/api/v1/matters/{id}/actions/take", PERM_MATTER_HANDLE, ROUTE_WRITE,
      .apply = on_take, .in = &matter_take_record, .out = &matter_moved_record,
      .body = BODY_JSON, .doc = "Take the offered matter: I am in charge of it" },
    { "GET", "/api/v1/matters/{id}/hint", PERM_MATTER_ASSIGN, ROUTE_READ, .apply = on_hint,
      .out = &hint_record, .reply = REPLY_LIST,
      .doc = "Bodies that could lead it, best first, with the reasons" },
};
const struct route_table handling_table = ROUTES("handling", handling_routes);
