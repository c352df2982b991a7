/* What the people of the demo send to file a matter and to move it. */
#include "app/codebook.h"
#include "demo/demo_matter.h"
#include "handling/visit.h"
#include "matter/conclusion.h"
#include "matter/intake.h"
#include "matter/party.h"

enum { BODY_MAX = 64 << 10 };


static void put_text(struct buf *b, const char *key, struct str value)
{
    json_put_key(b, b->n && b->p[b->n - 1] != '{' ? "," : "", key);
    json_put_str(b, value);
}

static void put_slug(struct buf *b, const char *key, const struct names *names, unsigned i)
{
    put_text(b, key, str_of(names->v[i].slug));
}

static void put_id(struct buf *b, const char *key, struct id id)
{
    char s[24];
    snprintf(s, sizeof s, "%lld", (long long)id.v);
    put_text(b, key, str_of(s));
}

static void put_party(struct buf *b, const struct demo_party *p)
{
    buf_add_char(b, '{');
    put_slug(b, "role", &party_role_names, p->role);
    put_slug(b, "kind", &party_kind_names, p->kind);
    put_slug(b, "channel", &party_channel_names, p->channel);
    put_text(b, "name", p->name);
    put_text(b, "phone", p->phone);
    if (p->id_number.n) {
        put_text(b, "id_kind", p->id_kind);
        put_text(b, "id_number", p->id_number);
    }
    buf_add_char(b, '}');
}

static void put_matter(struct buf *b, const struct demo_matter *m)
{
    const struct demo_party *p = m->parties.v;
    const struct demo_claim *c = m->claims.v;
    buf_add_char(b, '{');
    put_slug(b, "kind", &matter_kind_names, m->kind);
    put_text(b, "type", m->type);
    put_text(b, "title", m->title);
    put_text(b, "story", m->story);
    put_text(b, "place", m->place);
    put_text(b, "source", m->source);
    buf_addf(b, ",\"client_ref\":\"demo-%.*s\"", STR_ARG(m->ref));
    put_id(b, "area", m->at->id);
    buf_addf(b, ",\"people\":%lld,\"danger\":%s,\"parties\":[", (long long)m->people,
             m->danger ? "true" : "false");
    for (size_t i = 0; i < m->parties.n; i++) {
        buf_add(b, i ? STR(",") : STR(""));
        put_party(b, &p[i]);
    }
    buf_add(b, STR("],\"claims\":["));
    for (size_t i = 0; i < m->claims.n; i++) {
        buf_add(b, i ? STR(",{") : STR("{"));
        put_text(b, "text", c[i].text);
        buf_addf(b, ",\"amount\":%lld}", (long long)c[i].yuan * 100);
    }
    buf_add(b, STR("]}"));
}

/* ---- filing ---- */

struct key_row { struct id id; };
static const struct field key_row_fields[] = { FIELD(key_row, id, .doc = "Key") };
static const struct record key_row_record = RECORD(key_row, key_row_fields);

static void take_ids(struct list from, struct id out[DEMO_MANY])
{
    const struct key_row *v = from.v;
    for (size_t i = 0; i < from.n && i < DEMO_MANY; i++)
        out[i] = v[i].id;
}

static bool read_ids(struct demo *d, struct demo_matter *m, struct err *e)
{
    struct list parties, claims;
    if (!db_all(d->r->c, e, d->a, &key_row_record, &parties,
            SQL("SELECT id FROM party WHERE home = $1 AND matter = $2 ORDER BY no LIMIT 16"),
            V(d->app->home), V(m->id))
        || !db_all(d->r->c, e, d->a, &key_row_record, &claims,
            SQL("SELECT id FROM claim WHERE home = $1 AND matter = $2 ORDER BY no LIMIT 16"),
            V(d->app->home), V(m->id)))
        return false;
    take_ids(parties, m->party);
    take_ids(claims, m->claim);
    return true;
}

static bool send(struct demo *d, struct demo_call *call, struct buf *b, const void **out,
                 struct err *e)
{
    call->body = buf_str(b);
    return (buf_ok(b) || err_internal(e, "demo: a body is too long"))
        && demo_post_to(d, call, out, e);
}

/* A resident among the parties links the matter, by number and pin, as at the door. */
static bool link_residents(struct demo *d, const struct demo_matter *m,
                           const struct matter_filed *filed, struct err *e)
{
    const struct demo_party *p = m->parties.v;
    for (size_t i = 0; i < m->parties.n; i++) {
        const struct demo_account *a = demo_find(d->t.accounts, sizeof *a, p[i].phone);
        const void *out;
        struct who w;
        if (!a || a->kind != ACCOUNT_RESIDENT || a->id.v == m->filer.account.v)
            continue;
        AUTO(buf_done) struct buf b;
        buf_init(&b, BODY_MAX);
        buf_add(&b, STR("{"));
        put_text(&b, "number", filed->number);
        put_text(&b, "pin", filed->pin);
        buf_add(&b, STR("}"));
        struct demo_call call = { .who = &w, .path = STR("/api/v1/door/links"),
                                  .at = { m->course.at[0].ms + STAMP_MINUTE } };
        if (!demo_who(d, a->id, ID_NONE, call.at, &w, e) || !send(d, &call, &b, &out, e))
            return false;
    }
    return true;
}

bool demo_matter_file(struct demo *d, struct demo_matter *m, struct err *e)
{
    bool resident = m->filer.kind == ACCOUNT_RESIDENT;
    struct demo_call call = {
        .who = &m->filer, .at = m->course.at[0],
        .path = resident ? STR("/api/v1/door/matters") : STR("/api/v1/matters"),
    };
    const void *out;
    AUTO(buf_done) struct buf b;
    buf_init(&b, BODY_MAX);
    put_matter(&b, m);
    if (!send(d, &call, &b, &out, e))
        return false;
    const struct matter_filed *filed = out;
    m->id = filed->id;
    m->version = filed->version;
    return read_ids(d, m, e) && link_residents(d, m, filed, e);
}

/* ---- moving ---- */

static const char *const summaries[MATTER_KIND__COUNT] = {
    "听取各方陈述，核实证据后分别沟通并组织面谈，逐项形成结果。",
    "已到现场核实，会同有关单位办理，逐项形成结果。",
    "接报后到场处置，现场情况已拍照留存并复查。",
    "已就咨询事项说明有关规定、办理途径和所需材料。",
};
static const char *const replies[MATTER_KIND__COUNT] = {
    "您的纠纷已形成调解结果，各项请求的结果见清单；如有不同意见，可向本中心提出，也可依法起诉。",
    "您反映的问题已办理，结果见清单；如不满意，可在十五日内向本中心提出。",
    "您上报的事件已处置，感谢您的提醒。",
    "您的咨询已答复；如需进一步帮助，可到就近的公共法律服务窗口。",
};

static void put_assign(struct demo *d, struct buf *b, const struct demo_matter *m)
{
    const struct demo_org *lead = demo_find(d->t.orgs, sizeof *lead, m->lead);
    put_id(b, "org", lead ? lead->id : ID_NONE);
    put_text(b, "reason", STR("按辖区和职责派单"));
}

/* The ways on that people are told of where the outcome asks for them. */
static const char *const routes[MATTER_KIND__COUNT] = { "court legal_aid", "petition", "petition",
                                                        "legal_aid" };
static bool needs_routes(struct demo *d, struct str outcome)
{
    const struct code_entry *x = codebook_code(d->app, STR("outcome"), outcome, DAY_NONE);
    return x && str_is(code_extra(x, d->a, "needs_routes"), "1");
}

/* What was broken is agreed anew, or comes to nothing. */
static struct str outcome_of(const struct demo_matter *m, const struct demo_claim *c, bool again)
{
    return !again ? c->outcome : m->people % 2 ? STR("failed") : STR("settled_performed");
}

static void put_conclude(struct demo *d, struct buf *b, const struct demo_matter *m, bool again)
{
    const struct demo_claim *c = m->claims.v;
    bool told = false;
    buf_add(b, STR("\"outcomes\":["));
    for (size_t i = 0; i < m->claims.n && i < DEMO_MANY; i++) {
        buf_add(b, i ? STR(",{") : STR("{"));
        put_id(b, "claim", m->claim[i]);
        struct str outcome = outcome_of(m, &c[i], again);
        bool money = !again || str_is(outcome, "settled_performed");
        put_text(b, "outcome", outcome);
        buf_addf(b, ",\"settled\":%lld}", money ? (long long)c[i].settled_yuan * 100 : 0);
        told |= needs_routes(d, outcome);
    }
    buf_addf(b, "],\"form\":\"%s\",\"complex\":%s", m->oral ? "oral" : "written",
             m->complex ? "true" : "false");
    if (m->prevented) {
        put_slug(b, "prevented", &prevention_names, m->prevented);
        buf_addf(b, ",\"prevented_people\":%lld", (long long)m->prevented_people);
    }
    if (told)
        put_text(b, "routes", str_of(routes[m->kind]));
    put_text(b, "summary", str_of(summaries[m->kind]));
}

static void put_reply(struct buf *b, const struct demo_matter *m)
{
    const struct demo_party *p = m->parties.v;
    put_text(b, "text", str_of(replies[m->kind]));
    put_slug(b, "channel", &party_channel_names, m->parties.n ? p[0].channel : CHANNEL_PHONE);
}

static void put_close(struct buf *b, const struct demo_matter *m)
{
    const struct demo_party *p = m->parties.v;
    bool first = true;
    buf_add(b, STR("\"answers\":["));
    for (size_t i = 0; i < m->parties.n && i < DEMO_MANY; i++) {
        if (p[i].role == PARTY_THIRD)
            continue;
        buf_add(b, first ? STR("{") : STR(",{"));
        put_id(b, "party", m->party[i]);
        put_slug(b, "answer", &party_answer_names,
                 m->denied && p[i].role == PARTY_APPLICANT ? ANSWER_NO : ANSWER_YES);
        buf_add(b, STR("}"));
        first = false;
    }
    buf_add(b, STR("]"));
}

static void put_visit(struct buf *b, const struct demo_matter *m)
{
    buf_add(b, STR("\"parties\":["));
    for (size_t i = 0; i < m->parties.n && i < DEMO_MANY; i++) {
        buf_add(b, i ? STR(",{") : STR("{"));
        put_id(b, "party", m->party[i]);
        buf_add(b, STR(",\"reached\":true}"));
    }
    buf_addf(b, "],\"confirmed\":%s", m->confirmed ? "true" : "false");
    put_slug(b, "performance", &performance_names, m->performance);
}

/* again: in a round after a reopening. */
static void put_action(struct demo *d, struct buf *b, const struct demo_matter *m,
                       enum matter_action action, size_t party, bool again)
{
    buf_add(b, STR("{"));
    switch (action) {
    case MATTER_DO_ASSIGN:   put_assign(d, b, m); break;
    case MATTER_DO_TAKE:     buf_add(b, STR("\"disclosed\":true")); break;
    case MATTER_DO_CONCLUDE: put_conclude(d, b, m, again); break;
    case MATTER_DO_REPLY:    put_reply(b, m); break;
    case MATTER_DO_CLOSE:    put_close(b, m); break;
    case MATTER_DO_DECLINE:
        put_text(b, "reason", STR("special_organ"));
        put_text(b, "text", STR("依法由专门机关管辖，已告知办理途径。"));
        break;
    case MATTER_DO_VISIT:    put_visit(b, m); break;
    case MATTER_DO_REOPEN:
        put_text(b, "why", STR("breach"));
        put_text(b, "text", STR("对方未按协议履行，申请继续调解。"));
        break;
    case MATTER_DO_WITHDRAW: put_id(b, "party", m->party[party]); break;
    default: break;                     /* the others take nothing */
    }
    buf_add(b, STR("}"));
}

/* The lead body's handler does the work, the owner body's dispatcher the rest. */
static bool actor_of(struct demo *d, struct demo_matter *m, enum matter_action action,
                     struct stamp at, struct who *out, struct err *e)
{
    if (action == MATTER_DO_TAKE || action == MATTER_DO_CONCLUDE || action == MATTER_DO_REPLY) {
        *out = m->handling;
        return true;
    }
    int64_t day = day_of_stamp(at).n - d->today.n;
    const struct demo_post *p = demo_post_of(d, m->centre, ROLE_DISPATCHER, day);
    return p ? demo_who(d, p->holder->id, p->id, at, out, e)
             : err_setf(e, ERR_DATA, "%.*s: dispatcher?", STR_ARG(m->ref));
}

static bool is_again(const struct demo_matter *m, size_t step)
{
    for (size_t i = 0; i < step; i++)
        if (m->way->actions[i] == MATTER_DO_REOPEN)
            return true;
    return false;
}

static bool act(struct demo *d, struct demo_matter *m, size_t step, size_t party, struct err *e)
{
    enum matter_action action = m->way->actions[step];
    struct stamp at = m->course.at[step + 1];
    struct who who;
    const void *out;
    struct demo_call call = {
        .who = &who, .at = at, .version = m->version,
        .path = arena_printf(d->a, "/api/v1/matters/%lld/actions/%s", (long long)m->id.v,
                             matter_action_names.v[action].slug),
    };
    AUTO(buf_done) struct buf b;
    buf_init(&b, BODY_MAX);
    put_action(d, &b, m, action, party, is_again(m, step));
    if (!actor_of(d, m, action, at, &who, e) || !send(d, &call, &b, &out, e))
        return false;
    m->version = ((const struct matter_moved *)out)->version;
    return true;
}

bool demo_matter_step(struct demo *d, struct demo_matter *m, size_t i, struct err *e)
{
    const struct demo_party *p = m->parties.v;
    enum matter_action action = m->way->actions[i];
    if (action != MATTER_DO_WITHDRAW)
        return act(d, m, i, 0, e);
    for (size_t k = 0; k < m->parties.n && k < DEMO_MANY; k++)
        if (p[k].role == PARTY_APPLICANT && !act(d, m, i, k, e))
            return false;
    return true;
}
