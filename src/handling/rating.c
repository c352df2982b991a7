/* A rating 评价: one word of each party on how its matter was handled, in a round. */
#include "handling/visit.h"
#include "matter/matter_act.h"
#include "matter/party.h"

struct matter_rate { unsigned satisfaction; struct str words; struct id party; };
static const struct field matter_rate_fields[] = {
    FIELD(matter_rate, party, .doc = "Who rates, where it is said at the counter",
          .zh = "当事人", .en = "Party"),
    FIELD(matter_rate, satisfaction, .doc = "With how it was handled",
          .names = &satisfaction_names, .zh = "满意程度", .en = "Satisfied"),
    FIELD(matter_rate, words, .doc = "About how it was handled", .max = 1000, .flags = LINES,
          .zh = "意见和建议", .en = "In words"),
};
static const struct record matter_rate_record = RECORD(matter_rate, matter_rate_fields);

struct rating {
    struct id party;
    struct str party_name, words;
    int64_t round;
    unsigned satisfaction;
    bool own;
    struct stamp at;
};
static const struct field rating_fields[] = {
    FIELD(rating, at, .doc = "When", .flags = PARTY, .zh = "时间", .en = "Time"),
    FIELD(rating, party, .doc = "Who", .flags = HIDDEN | PARTY),
    FIELD(rating, party_name, .doc = "Name", .flags = CONTENT | PARTY, .zh = "当事人",
          .en = "Party"),
    FIELD(rating, satisfaction, .doc = "With how it was handled", .names = &satisfaction_names,
          .flags = PARTY, .zh = "满意程度", .en = "Satisfied"),
    FIELD(rating, words, .doc = "In words", .flags = CONTENT | PARTY | LINES,
          .zh = "意见和建议", .en = "In words"),
    FIELD(rating, own, .doc = "Written by the party itself", .flags = PARTY, .zh = "本人填写",
          .en = "By the party itself"),
    FIELD(rating, round, .doc = "1, grows with each reopening", .flags = PARTY, .zh = "轮次",
          .en = "Round"),
};
static const struct record rating_record = RECORD(rating, rating_fields);

static bool put(struct req *r, const struct matter *m, const struct matter_rate *x,
                struct id party, bool own, struct err *e)
{
    return db_exec(r->c, e, NULL,
        SQL("INSERT INTO rating (home, matter, round, party, satisfaction, words, own, at)"
            " VALUES ($1, $2, $3, $4, $5, $6, $7, $8)"
            " ON CONFLICT (home, matter, round, party) DO UPDATE SET"
            " satisfaction = excluded.satisfaction, words = excluded.words, own = excluded.own,"
            " at = excluded.at"),
        V(m->home), V(m->id), V(m->round), V(party), V(x->satisfaction), V(x->words), V(own),
        V(r->now));
}

/* At the door for each party that is the account's own, at the counter for the named. */
static bool put_all(struct req *r, const struct matter *m, const struct matter_rate *x,
                    struct err *e)
{
    bool door = r->who->kind == ACCOUNT_RESIDENT;
    struct list parties;
    size_t n = 0;
    if (!door && !x->party.v)
        return err_field(e, ERR_REQUIRED, "party");
    if (!party_sides(r, m->id, &parties, e))
        return false;
    const struct party *p = parties.v;
    for (size_t i = 0; i < parties.n; i++) {
        bool meant = door ? party_is_own(parties, p[i].id, r->who->account)
                          : p[i].id.v == x->party.v;
        if (meant && !put(r, m, x, p[i].id, door, e))
            return false;
        n += meant;
    }
    return n > 0 || err_field(e, ERR_NO_SUCH_REF, "party");
}

static bool on_rate(struct req *r, const void *in, void *out, struct err *e)
{
    const struct matter_rate *x = in;
    struct move mv;
    if (x->satisfaction == SATISFACTION_UNSAID && !x->words.n)
        return err_field(e, ERR_REQUIRED, "satisfaction");
    if (!move_begin(&mv, r, MATTER_DO_RATE, e) || !put_all(r, &mv.m, x, e))
        return false;
    mv.subject = r->who->kind == ACCOUNT_RESIDENT ? ID_NONE : x->party;
    mv.event = "rated";                 /* the others may still */
    move_note(&mv, "satisfaction", str_of(satisfaction_names.v[x->satisfaction].slug));
    if (x->words.n)
        move_note(&mv, "words", x->words);
    return move_end(&mv, out, e);
}

static bool on_list(struct req *r, const void *in UNUSED, void *out, struct err *e)
{
    struct matter m;
    return matter_open(r, &m, e)
        && db_all(r->c, e, r->a, &rating_record, out,
            SQL("SELECT x.party, COALESCE(p.name, '') AS party_name, x.round, x.satisfaction,"
                " x.words, x.own, x.at FROM rating x"
                " LEFT JOIN party p ON p.home = x.home AND p.id = x.party"
                " WHERE x.home = $1 AND x.matter = $2 ORDER BY x.round, x.party LIMIT 500"),
            V(m.home), V(m.id))
        && party_show_own(r, m.id, out, PARTY_ROW(rating, false), e);
}

static const struct route rating_routes[] = {
    MATTER_ACTION("rate", MATTER_INTAKE, on_rate, matter_rate_record,
                  "A party's rating, as said at the counter"),
    DOOR_ACTION("rate", on_rate, matter_rate_record, "Say how it was handled"),
    { "GET", "/api/v1/matters/{id}/ratings", PERM_MATTER_READ, ROUTE_READ, .apply = on_list,
      .out = &rating_record, .reply = REPLY_LIST, .doc = "What the parties say of it" },
    { "GET", "/api/v1/door/matters/{id}/ratings", PERM_RESIDENT, ROUTE_READ, .apply = on_list,
      .out = &rating_record, .reply = REPLY_LIST, .sites = SITE_BOTH, .doc = "What I said of it" },
};
const struct route_table rating_table = ROUTES("rating", rating_routes);
