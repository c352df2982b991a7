#include "matter/attempt.h"
#include "app/codebook.h"
#include "base/utf8.h"
#include "matter/answer.h"

enum { ROUND_MAX = 200 };

#define X(id, slug, zh, en) { slug, zh, en },
static const struct name answer_v[] = { PARTY_ANSWERS(X) };
#undef X
const struct names own_answer_names = { .name = "own_answer", .v = answer_v, .n = ANSWER_NO + 1 };

static const struct field attempt_fields[] = {
    FIELD(attempt, id, .doc = "Key", .flags = HIDDEN | PARTY),
    FIELD(attempt, at, .doc = "When it was", .flags = PARTY, .zh = "时间", .en = "Time"),
    FIELD(attempt, party, .doc = "Whom", .flags = HIDDEN | PARTY),
    FIELD(attempt, party_name, .doc = "His or her name", .flags = CONTENT | PARTY,
          .zh = "当事人", .en = "Party"),
    FIELD(attempt, channel, .doc = "By which channel", .names = &party_channel_names,
          .flags = PARTY, .zh = "方式", .en = "Channel"),
    FIELD(attempt, reached, .doc = "Somebody was there to answer", .flags = PARTY,
          .zh = "已联系上", .en = "Reached"),
    FIELD(attempt, answer, .doc = "Own answer to the outcome", .names = &own_answer_names,
          .flags = PARTY, .zh = "本人意见", .en = "Own answer"),
    FIELD(attempt, own, .doc = "Written by the party itself", .flags = PARTY,
          .zh = "本人表示", .en = "By the party itself"),
    FIELD(attempt, note, .doc = "What was said", .flags = CONTENT | PARTY | LINES, .zh = "说明",
          .en = "Note"),
    FIELD(attempt, round, .doc = "1, grows with each reopening", .flags = PARTY, .zh = "轮次",
          .en = "Round"),
    FIELD(attempt, recorded_at, .doc = "When it was written down", .flags = PARTY,
          .zh = "记录时间", .en = "Recorded"),
    FIELD(attempt, author, .doc = "Account that wrote it", .flags = HIDDEN),
    FIELD(attempt, author_name, .doc = "Who wrote it down", .zh = "记录人", .en = "Written by"),
};
const struct record attempt_record = RECORD(attempt, attempt_fields);

bool attempt_put(struct req *r, const struct matter *m, const struct attempt *x, struct err *e)
{
    int64_t n = 0;
    if (!db_int(r->c, e, &n,
            SQL("SELECT COUNT(*) FROM (SELECT id FROM attempt WHERE home = $1 AND matter = $2"
                " AND round = $3 LIMIT 200) page"), V(m->home), V(m->id), V(m->round)))
        return false;
    if (n >= ROUND_MAX)
        return err_setf(e, ERR_TOO_MANY, "%d", ROUND_MAX);
    return db_exec(r->c, e, NULL,
        SQL("INSERT INTO attempt (id, home, matter, round, party, at, recorded_at, channel,"
            " reached, answer, note, own, author)"
            " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)"),
        V(id_make()), V(m->home), V(m->id), V(m->round), V(x->party), V(x->at), V(r->now),
        V(x->channel), V(x->reached), V(x->answer), V(x->note), V(x->own), V(r->who->account));
}

bool attempt_list(struct req *r, struct id matter, int64_t round, struct list *out, struct err *e)
{
    return db_all(r->c, e, r->a, &attempt_record, out,
        SQL("SELECT x.id, x.party, COALESCE(p.name, '') AS party_name, x.round, x.at,"
            " x.recorded_at, x.channel, x.reached, x.answer, x.note, x.own, x.author,"
            " COALESCE(a.name, '') AS author_name FROM attempt x"
            " LEFT JOIN party p ON p.home = x.home AND p.id = x.party"
            " LEFT JOIN account a ON a.home = x.home AND a.id = x.author"
            " WHERE x.home = $1 AND x.matter = $2 AND (CAST($3 AS BIGINT) = 0"
            " OR x.round = CAST($3 AS BIGINT)) ORDER BY x.round, x.id LIMIT 1000"),
        V(r->who->home), V(matter), V(round));
}

/* ---- what they come to ---- */

/* No try of the same party before i, since the moment, lies on the same day. */
static bool is_new_day(const struct attempt *v, size_t i, struct stamp since)
{
    for (size_t k = 0; k < i; k++)
        if (v[k].party.v == v[i].party.v && v[k].at.ms >= since.ms
            && day_of_stamp(v[k].at).n == day_of_stamp(v[i].at).n)
            return false;
    return true;
}

static bool is_enough(const struct req *r, const struct tries *t)
{
    return t->n >= codebook_number(r->app, "reach_attempts", 3)
        && t->channels >= codebook_number(r->app, "reach_channels", 2)
        && t->days >= codebook_number(r->app, "reach_days", 2);
}

/* A no that a party gave itself is not turned into a yes by a call or a message that others
 * write down, only by itself, face to face or in writing. */
static bool overrules(const struct attempt *x, const struct tries *t)
{
    bool signs = x->own || x->channel == CHANNEL_COUNTER || x->channel == CHANNEL_LETTER;
    return signs || !t->own || t->answer != ANSWER_NO || x->answer != ANSWER_YES;
}

struct tries attempt_tries(const struct req *r, struct list attempts, struct id party,
                           struct stamp since)
{
    const struct attempt *v = attempts.v;
    struct tries t = { 0 };
    unsigned channels = 0;
    for (size_t i = 0; i < attempts.n; i++) {
        if (v[i].party.v != party.v || v[i].at.ms < since.ms)
            continue;
        t.n++;
        t.days += is_new_day(v, i, since);
        t.channels += !(channels >> v[i].channel & 1);
        channels |= 1u << v[i].channel;
        t.reached |= v[i].reached;
        /* what was said last counts, not what was written down last */
        if (v[i].answer != ANSWER_NONE
            && (t.answer == ANSWER_NONE || v[i].at.ms >= t.answered_at.ms)
            && overrules(&v[i], &t)) {
            t.answer = v[i].answer;
            t.answered_at = v[i].at;
            t.own = v[i].own;
            t.author = v[i].author;
        }
    }
    t.enough = is_enough(r, &t);
    return t;
}

struct str attempt_told(const struct req *r, struct str name, const struct tries *t)
{
    long long n = codebook_number(r->app, "reach_attempts", 3),
              channels = codebook_number(r->app, "reach_channels", 2),
              days = codebook_number(r->app, "reach_days", 2);
    name = utf8_cut(name, 24);
    return arena_printf(r->a, "%.*s（已联系 %lld/%lld 次，%lld/%lld 种方式，%lld/%lld 天）" ERR_OR
                        "%.*s (tried %lld/%lld times, %lld/%lld ways, %lld/%lld days)",
                        STR_ARG(name), (long long)t->n, n, (long long)t->channels, channels,
                        (long long)t->days, days, STR_ARG(name), (long long)t->n, n,
                        (long long)t->channels, channels, (long long)t->days, days);
}
