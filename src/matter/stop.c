#include "matter/stop.h"
#include "app/codebook.h"
#include "matter/assignment.h"
#include "matter/claim.h"
#include "matter/conclusion.h"
#include "matter/deadline.h"
#include "matter/matter_act.h"
#include "matter/message.h"
#include "matter/outcome.h"

static const struct field matter_stop_fields[] = {
    FIELD(matter_stop, party, .doc = "Who stops, where it is said at the counter",
          .zh = "当事人", .en = "Party"),
};
static const struct record matter_stop_record = RECORD(matter_stop, matter_stop_fields);

struct side { struct id id, account; unsigned role; struct stamp left_at; };
static const struct field side_fields[] = {
    FIELD(side, id, .doc = "Party"), FIELD(side, account, .doc = "Linked account"),
    FIELD(side, role, .doc = "On which side", .names = &party_role_names),
    FIELD(side, left_at, .doc = "When it left"),
};
static const struct record side_record = RECORD(side, side_fields);

/* What a stop leaves: how many went now, and how many of each side stay. */
struct leaving {
    int64_t stay[PARTY_ROLE__COUNT], were[PARTY_ROLE__COUNT];
    size_t gone;
    struct id who[PARTY_ROWS_MAX];
};

static bool leave(struct move *mv, struct id party, struct leaving *l, struct err *e)
{
    struct req *r = mv->r;
    struct list sides;
    bool self = r->who->kind == ACCOUNT_RESIDENT;
    if (!self && !party.v)
        return err_field(e, ERR_REQUIRED, "party");
    if (!db_all(r->c, e, r->a, &side_record, &sides,
            SQL("SELECT id, account, role, left_at FROM party WHERE home = $1 AND matter = $2"
                " ORDER BY no LIMIT 100"), V(mv->m.home), V(mv->m.id)))
        return false;
    const struct side *v = sides.v;
    for (size_t i = 0; i < sides.n; i++) {
        bool goes = !v[i].left_at.ms
                 && (self ? v[i].account.v == r->who->account.v : v[i].id.v == party.v);
        l->were[v[i].role]++;
        l->stay[v[i].role] += !v[i].left_at.ms && !goes;
        if (!goes)
            continue;
        l->who[l->gone++] = v[i].id;
        if (!db_exec(r->c, e, NULL,
                SQL("UPDATE party SET left_at = $3, version = version + 1"
                    " WHERE home = $1 AND id = $2"), V(mv->m.home), V(v[i].id), V(r->now)))
            return false;
    }
    return l->gone > 0 || err_field(e, ERR_NO_SUCH_REF, "party");
}

/* Nobody mediates with one side alone: without it every open claim ends for all, else
 * for those who went. */
static bool end_claims(struct move *mv, const struct leaving *l, int64_t *open, struct err *e)
{
    struct req *r = mv->r;
    struct list claims;
    bool all = !l->stay[PARTY_APPLICANT]
            || (l->were[PARTY_RESPONDENT] && !l->stay[PARTY_RESPONDENT]);
    if (!claim_list(r, mv->m.id, &claims, e))
        return false;
    claim_keep_open(&claims);
    *open = all ? 0 : (int64_t)claims.n;
    size_t of_each = all ? 1 : l->gone, n = 0;
    struct outcome *rows = arena_array(r->a, struct outcome, claims.n * of_each + 1);
    const struct claim *c = claims.v;
    for (size_t i = 0; i < claims.n; i++)
        for (size_t k = 0; k < of_each; k++)
            rows[n++] = (struct outcome){ .claim = c[i].id, .outcome = STR("stopped_by_party"),
                                          .party = all ? ID_NONE : l->who[k] };
    if (!all)
        claims.n = 0;                   /* what they come to is said at the end */
    return outcome_put(r, &mv->m, claims, (struct list){ rows, n }, e);
}

/* The ways on, as the rules have them for a refusal: what stopping leaves open. */
static bool tell_routes(struct move *mv, struct str *told, struct err *e)
{
    struct req *r = mv->r;
    struct str one, routes = STR("court");
    const struct code_entry *refused = codebook_code(r->app, STR("decline_reason"),
                                                     STR("refused"), DAY_NONE),
        *stopped = codebook_code(r->app, STR("outcome"), STR("stopped_by_party"), DAY_NONE);
    AUTO(buf_done) struct buf b;
    buf_init(&b, 16 << 10);
    buf_add(&b, stopped ? stopped->zh : STR(""));
    if (refused)
        routes = code_extra(refused, r->a, "routes");
    *told = routes;
    move_note(mv, "routes", routes);
    for (bool more = routes.n > 0; more;) {
        more = str_cut(routes, ' ', &one, &routes);
        const struct code_entry *x = codebook_code(r->app, STR("route"), one, DAY_NONE);
        if (x)
            buf_addf(&b, "\n%.*s：%.*s；%.*s", STR_ARG(x->zh),
                     STR_ARG(code_extra(x, r->a, "when_zh")),
                     STR_ARG(code_extra(x, r->a, "limit_zh")));
    }
    return message_put(r, &mv->m, MESSAGE_NOTICE, ID_NONE, CHANNEL_ONLINE,
                       arena_dup(r->a, buf_str(&b)), e);
}

/* With nobody left to mediate the substance is done: who has it in hand replies, the
 * owner body where nobody took it. */
static bool conclude(struct move *mv, struct str routes, struct err *e)
{
    struct req *r = mv->r;
    struct matter *m = &mv->m;
    bool taken = mv->was == MATTER_IN_HAND;
    if (!deadline_drop_early(r, m, e)
        || (taken && !assignment_done(r, m, e))
        || (!taken && m->lead.v && !assignment_recall(r, m, e)))
        return false;
    if (!taken)
        m->lead = m->handler = ID_NONE;
    m->concluded_at = r->now;
    mv->event = "conclude";
    return assignment_objection_over(r, m, e) && conclusion_of_stop(r, m, routes, r->now, e);
}

static bool on_stop(struct req *r, const void *in, void *out, struct err *e)
{
    const struct matter_stop *x = in;
    struct move mv;
    struct leaving l = { 0 };
    struct str routes;
    int64_t open = 0;
    if (!move_begin(&mv, r, MATTER_DO_STOP, e) || !leave(&mv, x->party, &l, e)
        || !end_claims(&mv, &l, &open, e))
        return false;
    mv.subject = r->who->kind == ACCOUNT_RESIDENT ? ID_NONE : x->party;
    move_note_int(&mv, "left", (int64_t)l.gone);
    if (!tell_routes(&mv, &routes, e))
        return false;
    if (open)
        mv.m.state = mv.was;
    else if (!conclude(&mv, routes, e))
        return false;
    return move_end(&mv, out, e);
}

static const struct route stop_routes[] = {
    MATTER_ACTION("stop", MATTER_ACT, on_stop, matter_stop_record,
                  "A party stops the mediation, as said at the counter or to the handler"),
    DOOR_ACTION("stop", on_stop, matter_stop_record,
                "Stop the mediation: one act, no reason; every other way stays open"),
};
const struct route_table stop_table = ROUTES("stop", stop_routes);
