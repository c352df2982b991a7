#include "app/journal.h"
#include "app/who.h"
#include "base/random.h"
#include "db/feed.h"

static const char zeros[DIGEST_LEN];
const struct str journal_first_prev = { zeros, DIGEST_LEN };

static const struct field journal_entry_fields[] = {
    FIELD(journal_entry, home, .doc = "City", .flags = HIDDEN),
    FIELD(journal_entry, chain, .doc = "Matter, or 0 for the system", .flags = HIDDEN),
    FIELD(journal_entry, seq, .doc = "Number in the chain", .zh = "序号", .en = "No."),
    FIELD(journal_entry, action, .doc = "What was done", .max = 60, .zh = "动作", .en = "Action"),
    FIELD(journal_entry, subject, .doc = "What it is about", .flags = HIDDEN),
    FIELD(journal_entry, actor, .doc = "Account, none for the clock", .flags = HIDDEN),
    FIELD(journal_entry, actor_name, .doc = "Name of the actor", .zh = "办理人", .en = "By"),
    FIELD(journal_entry, post, .doc = "Post acted in", .flags = HIDDEN),
    FIELD(journal_entry, happened_at, .doc = "When it happened", .zh = "发生时间", .en = "Happened"),
    FIELD(journal_entry, recorded_at, .doc = "When it was recorded", .zh = "记录时间",
          .en = "Recorded"),
    FIELD(journal_entry, payload, .doc = "What changed", .flags = CONTENT, .zh = "内容",
          .en = "Content"),
    FIELD(journal_entry, salt, .doc = "Salt of the payload's hash", .flags = HIDDEN | WRITEONLY),
    FIELD(journal_entry, prev, .doc = "Hash before", .flags = HIDDEN | WRITEONLY),
    FIELD(journal_entry, payload_hash, .doc = "Hash of the payload", .flags = HIDDEN | WRITEONLY),
    FIELD(journal_entry, hash, .doc = "Hash of the entry", .flags = HIDDEN | WRITEONLY),
};
const struct record journal_entry_record = RECORD(journal_entry, journal_entry_fields);

struct digest journal_hash(const struct journal_entry *x)
{
    AUTO(sm3_done) struct sm3 h;
    sm3_init(&h);
    sm3_add(&h, STR("FQJ1"));
    sm3_add_i64(&h, x->home.v);
    sm3_add_i64(&h, x->chain.v);
    sm3_add_i64(&h, x->seq);
    sm3_add_i64(&h, (int64_t)x->action.n);
    sm3_add(&h, x->action);
    sm3_add_i64(&h, x->subject.v);
    sm3_add_i64(&h, x->actor.v);
    sm3_add_i64(&h, x->post.v);
    sm3_add_i64(&h, x->happened_at.ms);
    sm3_add_i64(&h, x->recorded_at.ms);
    sm3_add(&h, x->prev);
    sm3_add(&h, x->payload_hash);
    return sm3_get(&h);
}

struct digest journal_payload_hash(struct str salt, struct str payload)
{
    AUTO(sm3_done) struct sm3 h;
    sm3_init(&h);
    sm3_add(&h, salt);
    sm3_add(&h, payload);
    return sm3_get(&h);
}

static struct blob blob_of(struct str s)
{
    return (struct blob){ s.p, s.n };
}

static bool insert(struct db_conn *c, const struct journal_entry *x, struct err *e)
{
    return db_post(c, e,
        SQL("INSERT INTO journal (home, chain, seq, action, subject, actor, post, happened_at,"
            " recorded_at, prev, payload_hash, hash)"
            " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)"),
        V(x->home), V(x->chain), V(x->seq), V(x->action), V(x->subject), V(x->actor), V(x->post),
        V(x->happened_at), V(x->recorded_at), V(blob_of(x->prev)), V(blob_of(x->payload_hash)),
        V(blob_of(x->hash)))
        && db_post(c, e,
        SQL("INSERT INTO journal_payload (home, chain, seq, salt, body)"
            " VALUES ($1, $2, $3, $4, $5)"),
        V(x->home), V(x->chain), V(x->seq), V(blob_of(x->salt)), V(x->payload.json));
}

void journal_seal(struct arena *a, struct journal_entry *x)
{
    char *salt = arena_alloc(a, 16);
    random_bytes(salt, 16);
    x->salt = (struct str){ salt, 16 };
    struct digest p = journal_payload_hash(x->salt, x->payload.json);
    x->payload_hash = arena_dup(a, digest_str(&p));
    struct digest h = journal_hash(x);
    x->hash = arena_dup(a, digest_str(&h));
}

bool journal_put(struct db_conn *c, const struct journal_entry *x, struct err *e)
{
    return insert(c, x, e)
        && feed_add(c, &(struct feed_event){ .home = x->home, .matter = x->chain,
                                             .kind = x->action, .subject = x->subject,
                                             .actor = x->actor, .at = x->recorded_at,
                                             .entry = x->seq }, e);
}

bool journal_add(struct db_conn *c, struct arena *a, struct journal_entry *x, struct err *e)
{
    journal_seal(a, x);
    return journal_put(c, x, e);
}

struct chain_head { int64_t seq; struct str hash; };
static const struct field chain_head_fields[] = {
    FIELD(chain_head, seq, .doc = "Last number"), FIELD(chain_head, hash, .doc = "Its hash"),
};
static const struct record chain_head_record = RECORD(chain_head, chain_head_fields);

/* The counter row is the chain's lock: two writers of chain 0 take turns. */
bool journal_system(struct db_conn *c, struct req *r, struct str action, struct id subject,
                    struct str payload, struct err *e)
{
    struct chain_head head = { .hash = journal_first_prev };
    int64_t seq = 0;
    bool found;
    if (!db_int(c, e, &seq,
            SQL("INSERT INTO counter (home, name, value) VALUES (0, 'journal', 1)"
                " ON CONFLICT (home, name) DO UPDATE SET value = counter.value + 1"
                " RETURNING value"))
        || !db_maybe(c, e, r->a, &chain_head_record, &head, &found,
            SQL("SELECT seq, hash FROM journal WHERE home = 0 AND chain = 0 AND seq = $1"),
            V(seq - 1)))
        return false;
    if (!found && seq != 1)
        return err_internal(e, "system chain has no entry %lld", (long long)(seq - 1));
    struct journal_entry x = {
        .seq = seq, .action = action, .subject = subject, .payload = { payload },
        .actor = r->who ? r->who->account : ID_NONE, .post = r->who ? r->who->post : ID_NONE,
        .happened_at = r->now, .recorded_at = r->now, .prev = head.hash,
    };
    return journal_add(c, r->a, &x, e);
}

bool journal_list(struct db_conn *c, struct arena *a, struct id home, struct id chain,
                  struct journal_page page, struct list *out, struct err *e)
{
    return db_all(c, e, a, &journal_entry_record, out,
        SQL("SELECT j.seq, j.action, j.subject, j.actor, COALESCE(w.name, '') AS actor_name,"
            " j.post, j.happened_at, j.recorded_at, COALESCE(p.body, '') AS payload"
            " FROM journal j LEFT JOIN account w ON w.home = $5 AND w.id = j.actor"
            " LEFT JOIN journal_payload p ON p.home = j.home AND p.chain = j.chain"
            " AND p.seq = j.seq"
            " WHERE j.home = $1 AND j.chain = $2 AND j.seq > $3"
            " AND (j.action NOT LIKE 'compartment.%' OR EXISTS (SELECT 1 FROM compartment_grant g"
            " WHERE g.home = j.home AND g.compartment = j.subject AND g.account = $6))"
            " ORDER BY j.seq LIMIT $4"),
        V(home), V(chain), V(page.after), V(page.limit), V(page.people), V(page.reader));
}
