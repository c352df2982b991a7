#include "matter/consent.h"

#define X(id, slug, zh, en) { slug, zh, en },
static const struct name purpose_v[] = { CONSENT_PURPOSES(X) };
#undef X
const struct names consent_purpose_names = NAMES("consent_purpose", purpose_v);

static const struct field party_consent_fields[] = {
    FIELD(party_consent, party, .doc = "Who agreed", .flags = REQUIRED, .zh = "当事人",
          .en = "Party"),
    FIELD(party_consent, at, .doc = "When he or she said so", .flags = REQUIRED, .zh = "同意时间",
          .en = "Agreed"),
    FIELD(party_consent, channel, .doc = "By which channel", .names = &party_channel_names,
          .preset = "phone", .zh = "方式", .en = "Channel"),
    FIELD(party_consent, note, .doc = "How it was asked", .max = 300, .zh = "说明", .en = "Note"),
};
const struct record party_consent_record = RECORD(party_consent, party_consent_fields);

struct asked { struct id id; struct str name; };
static const struct field asked_fields[] = {
    FIELD(asked, id, .doc = "Party"), FIELD(asked, name, .doc = "Its name"),
};
static const struct record asked_record = RECORD(asked, asked_fields);

/* An agent speaks for a party: it is the party that agrees. */
static bool who_is_asked(struct req *r, const struct matter *m, bool everybody, struct list *out,
                         struct err *e)
{
    return db_all(r->c, e, r->a, &asked_record, out,
        SQL("SELECT id, name FROM party WHERE home = $1 AND matter = $2 AND left_at = 0"
            " AND agent_for = 0 AND role <= $3 ORDER BY no LIMIT 500"),
        V(m->home), V(m->id), V((unsigned)(everybody ? PARTY_THIRD : PARTY_RESPONDENT)));
}

static bool is_asked(struct list asked, struct id party)
{
    const struct asked *p = asked.v;
    for (size_t i = 0; i < asked.n; i++)
        if (p[i].id.v == party.v)
            return true;
    return false;
}

static bool has_said(struct list consents, struct id party)
{
    const struct party_consent *c = consents.v;
    for (size_t i = 0; i < consents.n; i++)
        if (c[i].party.v == party.v)
            return true;
    return false;
}

/* One entry of the list; e names its place. */
static bool keep_one(struct req *r, const struct matter *m, enum consent_purpose purpose,
                     struct id subject, const struct party_consent *c, struct err *e)
{
    if (c->at.ms > r->now.ms || c->at.ms < m->filed_at.ms)
        return err_fieldf(e, ERR_OUT_OF_RANGE, "at", "%s",
                          "应在登记以后、现在以前" ERR_OR "between the filing and now");
    return db_exec(r->c, e, NULL,
        SQL("INSERT INTO consent (id, home, matter, purpose, subject, party, at, channel, note,"
            " taken_by, recorded_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)"),
        V(id_make()), V(m->home), V(m->id), V((unsigned)purpose), V(subject), V(c->party),
        V(c->at), V(c->channel), V(c->note), V(r->who->account), V(r->now));
}

bool consent_keep(struct req *r, const struct matter *m, enum consent_purpose purpose,
                  struct id subject, struct list consents, bool everybody, struct err *e)
{
    struct list asked;
    if (!who_is_asked(r, m, everybody, &asked, e))
        return false;
    const struct asked *p = asked.v;
    for (size_t i = 0; i < asked.n; i++)
        if (!has_said(consents, p[i].id))
            return err_fieldf(e, ERR_NO_CONSENT, "consents", "%.*s", STR_ARG(p[i].name));
    const struct party_consent *c = consents.v;
    for (size_t i = 0; i < consents.n; i++) {
        bool ok = is_asked(asked, c[i].party)
                ? keep_one(r, m, purpose, subject, &c[i], e)
                : err_field(e, ERR_NO_SUCH_REF, "party");
        if (!ok) {
            err_at(e, "consents", i);
            return false;
        }
    }
    return true;
}

/* ---- reading ---- */

struct consent {
    unsigned purpose, channel;
    struct id party;
    struct str party_name, note, taken_by_name;
    struct stamp at, recorded_at;
};
static const struct field consent_fields[] = {
    FIELD(consent, purpose, .doc = "To what", .names = &consent_purpose_names, .zh = "同意事项",
          .en = "To what"),
    FIELD(consent, party, .doc = "Who agreed", .flags = HIDDEN),
    FIELD(consent, party_name, .doc = "His or her name", .flags = CONTENT, .zh = "当事人",
          .en = "Party"),
    FIELD(consent, at, .doc = "When it was given", .zh = "同意时间", .en = "Agreed"),
    FIELD(consent, channel, .doc = "By which channel", .names = &party_channel_names,
          .zh = "方式", .en = "Channel"),
    FIELD(consent, note, .doc = "How it was asked", .flags = CONTENT, .zh = "说明", .en = "Note"),
    FIELD(consent, taken_by_name, .doc = "Who wrote it down", .zh = "记录人",
          .en = "Written by"),
    FIELD(consent, recorded_at, .doc = "When it was written down", .zh = "记录时间",
          .en = "Recorded"),
};
static const struct record consent_record = RECORD(consent, consent_fields);

static bool on_list(struct req *r, const void *in UNUSED, void *out, struct err *e)
{
    struct matter m;
    return matter_open(r, &m, e)
        && db_all(r->c, e, r->a, &consent_record, out,
            SQL("SELECT c.purpose, c.party, c.at, c.channel, c.note, c.recorded_at,"
                " COALESCE(p.name, '') AS party_name, COALESCE(a.name, '') AS taken_by_name"
                " FROM consent c LEFT JOIN party p ON p.home = c.home AND p.id = c.party"
                " LEFT JOIN account a ON a.home = c.home AND a.id = c.taken_by"
                " WHERE c.home = $1 AND c.matter = $2 ORDER BY c.id LIMIT 500"),
            V(m.home), V(m.id));
}

static const struct route consent_routes[] = {
    { "GET", "/api/v1/matters/{id}/consents", PERM_MATTER_READ, ROUTE_READ, .apply = on_list,
      .out = &consent_record, .reply = REPLY_LIST,
      .doc = "What the parties agreed to, and how they said so" },
};
const struct route_table consent_table = ROUTES("consent", consent_routes);
