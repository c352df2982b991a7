#include "matter/add_party.h"
#include "matter/matter_act.h"
#include "matter/party_draft.h"

struct matter_add_party { struct list parties; struct str reason; };
static const struct field matter_add_party_fields[] = {
    FIELD(matter_add_party, parties, .doc = "Who comes in", .sub = &party_record, .max = 20,
          .flags = REQUIRED, .zh = "当事人", .en = "Who comes in"),
    FIELD(matter_add_party, reason, .doc = "Why only now", .min = 2, .max = 500,
          .flags = REQUIRED | LINES, .zh = "追加理由", .en = "Why only now"),
};
static const struct record matter_add_party_record =
    RECORD(matter_add_party, matter_add_party_fields);

/* Numbered on from those it has. */
static bool draft_on(struct req *r, const struct matter *m, struct list parties,
                     struct list *drafts, struct err *e)
{
    struct list there;
    if (!party_sides(r, m->id, &there, e))
        return false;
    if (there.n + parties.n > PARTY_ROWS_MAX)
        return err_fieldf(e, ERR_TOO_MANY, "parties", "%d", PARTY_ROWS_MAX);
    const struct party *v = there.v;
    return party_draft_all(r, parties, there.n ? v[there.n - 1].no : 0, drafts, e);
}

/* As what is put right is noted: "party_3":{"before":{},"after":{"role":"third","name":"…"}} */
static void note_party(struct move *mv, const struct party *p)
{
    json_put_key(mv->payload, mv->payload->n ? "," : "",
                 arena_printf(mv->r->a, "party_%lld", (long long)p->no).p);
    buf_addf(mv->payload, "{\"before\":{},\"after\":{\"role\":\"%s\",\"name\":",
             party_role_names.v[p->role].slug);
    json_put_str(mv->payload, p->name);
    buf_add(mv->payload, STR("}}"));
}

static bool on_add_party(struct req *r, const void *in, void *out, struct err *e)
{
    const struct matter_add_party *x = in;
    struct move mv;
    struct list drafts;
    if (!move_begin(&mv, r, MATTER_DO_ADD_PARTY, e)
        || !draft_on(r, &mv.m, x->parties, &drafts, e)
        || !party_add_all(r, &mv.m, drafts, e))
        return false;
    const struct party *v = x->parties.v;
    for (size_t i = 0; i < x->parties.n; i++)
        note_party(&mv, &v[i]);
    move_note(&mv, "reason", x->reason);
    return move_end(&mv, out, e);
}

static const struct route add_party_routes[] = {
    MATTER_ACTION("add_party", MATTER_ACT, on_add_party, matter_add_party_record,
                  "Somebody comes in who was not known when it was filed"),
};
const struct route_table add_party_table = ROUTES("matter", add_party_routes);
