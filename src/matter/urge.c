#include "matter/urge.h"
#include "app/codebook.h"
#include "matter/matter_act.h"
#include "matter/message.h"

enum { REST_DAYS_MAX = 20 };            /* no holiday is longer */

static const struct field matter_urge_fields[] = {
    FIELD(matter_urge, party, .doc = "Who urges, where it is said at the counter; none: the body",
          .zh = "当事人", .en = "Party"),
    FIELD(matter_urge, text, .doc = "What he or she says", .max = 500, .flags = LINES,
          .zh = "催办内容", .en = "Text"),
};
static const struct record matter_urge_record = RECORD(matter_urge, matter_urge_fields);

static const struct field matter_answer_urge_fields[] = {
    FIELD(matter_answer_urge, text, .doc = "What the parties are told", .min = 2, .max = 1000,
          .flags = REQUIRED | LINES, .zh = "回应内容", .en = "Answer"),
};
static const struct record matter_answer_urge_record =
    RECORD(matter_answer_urge, matter_answer_urge_fields);

/* The beginning of the working day that has come: on a day of rest the last one's. */
static struct stamp working_day(const struct req *r, struct id org)
{
    struct day d = day_of_stamp(r->now);
    for (int i = 0; i < REST_DAYS_MAX; i++, d.n--)
        if (codebook_working_minutes(r->app, org, stamp_of_day(d),
                                     stamp_of_day((struct day){ d.n + 1 })) > 0)
            break;
    return stamp_of_day(d);
}

/* Who urges: the party named at the counter, or the one that the account is. */
static bool find_party(struct req *r, const struct matter *m, struct id *party, struct err *e)
{
    bool self = r->who->kind == ACCOUNT_RESIDENT;
    struct id found = ID_NONE;
    if (!self && !party->v)
        return true;
    if (!db_int(r->c, e, &found.v,
            SQL("SELECT COALESCE(MIN(id), 0) FROM party WHERE home = $1 AND matter = $2"
                " AND left_at = 0 AND ((CAST($3 AS BIGINT) = 0 AND id = $4)"
                " OR (CAST($3 AS BIGINT) = 1 AND account = $5))"),
            V(m->home), V(m->id), V(self), V(*party), V(r->who->account)))
        return false;
    *party = found;
    return found.v || err_field(e, ERR_NO_SUCH_REF, "party");
}

static bool not_too_often(struct req *r, const struct matter *m, struct id party, struct err *e)
{
    int64_t n = 0, most = codebook_number(r->app, "urges_a_day", 1);
    return db_int(r->c, e, &n,
            SQL("SELECT COUNT(*) FROM urge WHERE home = $1 AND matter = $2 AND party = $3"
                " AND at >= $4"), V(m->home), V(m->id), V(party), V(working_day(r, m->owner)))
        && (n < most || err_set(e, ERR_URGED_TODAY));
}

static bool on_urge(struct req *r, const void *in, void *out, struct err *e)
{
    const struct matter_urge *x = in;
    struct move mv;
    struct id party = x->party, to;
    if (!move_begin(&mv, r, MATTER_DO_URGE, e) || !find_party(r, &mv.m, &party, e)
        || !not_too_often(r, &mv.m, party, e))
        return false;
    to = matter_turn(&mv.m);
    mv.subject = party;
    mv.m.facts |= FACT_BIT(URGED);
    if (x->text.n)
        move_note(&mv, "text", x->text);
    return db_exec(r->c, e, NULL,
            SQL("INSERT INTO urge (id, home, matter, party, urged_by, to_org, text, at,"
                " answered_at, answered_by, answer) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 0, 0,"
                " '')"),
            V(id_make()), V(mv.m.home), V(mv.m.id), V(party), V(r->who->account), V(to),
            V(x->text), V(r->now))
        && (!x->text.n || !party.v
            || message_put(r, &mv.m, MESSAGE_FROM_PARTY, party, CHANNEL_ONLINE, x->text, e))
        && move_end(&mv, out, e);
}

static bool close_all(struct req *r, struct matter *m, struct str answer, struct err *e)
{
    m->facts &= ~FACT_BIT(URGED);
    return db_exec(r->c, e, NULL,
        SQL("UPDATE urge SET answered_at = $3, answered_by = $4, answer = $5"
            " WHERE home = $1 AND matter = $2 AND answered_at = 0"),
        V(m->home), V(m->id), V(r->now), V(r->who->account), V(answer));
}

static bool on_answer_urge(struct req *r, const void *in, void *out, struct err *e)
{
    const struct matter_answer_urge *x = in;
    struct move mv;
    if (!move_begin(&mv, r, MATTER_DO_ANSWER_URGE, e) || !close_all(r, &mv.m, x->text, e)
        || !message_put(r, &mv.m, MESSAGE_NOTICE, ID_NONE, CHANNEL_ONLINE, x->text, e))
        return false;
    move_note(&mv, "text", x->text);
    return move_end(&mv, out, e);
}

bool urge_follow(struct req *r, struct matter *m, enum matter_state was, struct err *e)
{
    return !(m->facts & FACT_BIT(URGED)) || m->state == was || close_all(r, m, STR(""), e);
}

/* ---- reading ---- */

struct urge {
    struct stamp at, answered_at;
    struct str party_name, text, to_name, answer;
};
static const struct field urge_fields[] = {
    FIELD(urge, at, .doc = "When", .flags = PARTY, .zh = "催办时间", .en = "Urged"),
    FIELD(urge, party_name, .doc = "Who urged; empty: the body", .flags = CONTENT | PARTY,
          .zh = "催办人", .en = "By"),
    FIELD(urge, to_name, .doc = "Whose turn it was", .flags = PARTY, .zh = "被催办单位",
          .en = "Body urged"),
    FIELD(urge, text, .doc = "What was said", .flags = CONTENT | PARTY | LINES, .zh = "催办内容",
          .en = "Text"),
    FIELD(urge, answered_at, .doc = "When it was answered, in words or by the next step",
          .flags = PARTY, .zh = "回应时间", .en = "Answered"),
    FIELD(urge, answer, .doc = "In words; empty: by the next step",
          .flags = CONTENT | PARTY | LINES, .zh = "回应内容", .en = "Answer"),
};
static const struct record urge_record = RECORD(urge, urge_fields);

static bool on_list(struct req *r, const void *in UNUSED, void *out, struct err *e)
{
    struct matter m;
    return matter_open(r, &m, e)
        && db_all(r->c, e, r->a, &urge_record, out,
            SQL("SELECT u.at, u.answered_at, u.text, u.answer,"
                " COALESCE(p.name, '') AS party_name, COALESCE(o.short_name, '') AS to_name"
                " FROM urge u LEFT JOIN party p ON p.home = u.home AND p.id = u.party"
                " LEFT JOIN org o ON o.home = u.home AND o.id = u.to_org"
                " WHERE u.home = $1 AND u.matter = $2 ORDER BY u.id LIMIT 200"),
            V(m.home), V(m.id));
}

static const struct route urge_routes[] = {
    MATTER_ACTION("urge", MATTER_INTAKE, on_urge, matter_urge_record,
                  "Urge the body whose turn it is, for a party at the counter or as the owner"),
    MATTER_ACTION("answer_urge", MATTER_ACT, on_answer_urge, matter_answer_urge_record,
                  "Answer who urged"),
    DOOR_ACTION("urge", on_urge, matter_urge_record,
                "Urge the body whose turn it is, once a working day"),
    { "GET", "/api/v1/matters/{id}/urges", PERM_MATTER_READ, ROUTE_READ, .apply = on_list,
      .out = &urge_record, .reply = REPLY_LIST, .doc = "Who urged, and what was answered" },
    { "GET", "/api/v1/door/matters/{id}/urges", PERM_RESIDENT, ROUTE_READ, .apply = on_list,
      .out = &urge_record, .reply = REPLY_LIST, .sites = SITE_BOTH,
      .doc = "Who urged in my matter, and what was answered" },
};
const struct route_table urge_table = ROUTES("urge", urge_routes);
