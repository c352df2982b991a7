/* The chains and the feed. A finding names its spot once: each entry is compared
 * with the hash written in the entry before, so one changed entry is one line. */
#include "app/journal.h"
#include "app/checkpoint.h"
#include "app/verify_impl.h"
#include <stdarg.h>

void verify_find(struct walk *w, const char *fmt, ...)
{
    struct verify_report *v = w->out;
    char line[300];
    va_list ap;
    va_start(ap, fmt);
    vsnprintf(line, sizeof line, fmt, ap);
    va_end(ap);
    if (v->findings++ < VERIFY_LINES)
        buf_addf(&v->text, "%s\n", line);
}

/* Columns: home chain seq action subject actor post happened recorded prev
 * payload_hash hash, salt and body (NULL when gone), whether erased by right. */
static struct journal_entry entry_of(const struct db_row *row)
{
    return (struct journal_entry){
        .home = { db_row_int(row, 0) }, .chain = { db_row_int(row, 1) },
        .seq = db_row_int(row, 2), .action = db_row_str(row, 3),
        .subject = { db_row_int(row, 4) }, .actor = { db_row_int(row, 5) },
        .post = { db_row_int(row, 6) }, .happened_at = { db_row_int(row, 7) },
        .recorded_at = { db_row_int(row, 8) }, .prev = db_row_str(row, 9),
        .payload_hash = db_row_str(row, 10), .hash = db_row_str(row, 11),
        .salt = db_row_str(row, 12), .payload = { db_row_str(row, 13) },
    };
}

static void check_place(struct walk *w, const struct journal_entry *x)
{
    bool same = x->home.v == w->home.v && x->chain.v == w->chain.v;
    if (!same) {
        w->home = x->home;
        w->chain = x->chain;
        w->seq = 0;
        memset(&w->prev, 0, sizeof w->prev);
        w->out->chains++;
    }
    if (x->seq != w->seq + 1)
        verify_find(w, "chain %lld: after entry %lld comes %lld", num(x->chain.v), num(w->seq),
                    num(x->seq));
    else if (!str_eq(x->prev, digest_str(&w->prev)))
        verify_find(w, "chain %lld entry %lld: does not follow the entry before it",
                    num(x->chain.v), num(x->seq));
}

static void check_payload(struct walk *w, const struct journal_entry *x, bool by_right)
{
    long long chain = x->chain.v, seq = x->seq;
    if (x->salt.n) {
        struct digest p = journal_payload_hash(x->salt, x->payload.json);
        if (!str_eq(x->payload_hash, digest_str(&p)))
            verify_find(w, "chain %lld entry %lld: its payload was changed", chain, seq);
    } else if (by_right) {
        w->out->erased++;
    } else {
        verify_find(w, "chain %lld entry %lld: its payload is gone, no erasure is recorded", chain,
                    seq);
    }
}

static bool check_entry(void *ctx, const struct db_row *row, struct err *e UNUSED)
{
    struct walk *w = ctx;
    struct journal_entry x = entry_of(row);
    check_place(w, &x);
    struct digest hash = journal_hash(&x);
    if (!str_eq(x.hash, digest_str(&hash)))
        verify_find(w, "chain %lld entry %lld: its content is not what was hashed",
                    num(x.chain.v), num(x.seq));
    check_payload(w, &x, db_row_int(row, 14));
    w->out->entries++;
    w->seq = x.seq;
    memset(&w->prev, 0, sizeof w->prev);
    memcpy(w->prev.b, x.hash.p, MIN(x.hash.n, sizeof w->prev.b));
    return true;
}

static bool check_chains(struct walk *w, struct err *e)
{
    return db_each(w->r->c, e, check_entry, w,
        SQL("SELECT j.home, j.chain, j.seq, j.action, j.subject, j.actor, j.post, j.happened_at,"
            " j.recorded_at, j.prev, j.payload_hash, j.hash, p.salt, p.body,"
            " CASE WHEN p.salt IS NULL AND EXISTS (SELECT 1 FROM journal k WHERE k.home = j.home"
            " AND k.chain = j.chain AND k.action = 'journal.erase' AND k.subject = j.seq)"
            " THEN 1 ELSE 0 END FROM journal j"
            " LEFT JOIN journal_payload p ON p.home = j.home AND p.chain = j.chain"
            " AND p.seq = j.seq ORDER BY j.home, j.chain, j.seq"));
}

/* The matter's own row knows how long its chain is and how it ends. */
static bool tail_differs(void *ctx, const struct db_row *row, struct err *e UNUSED)
{
    struct walk *w = ctx;
    struct str number = db_row_str(row, 0);
    verify_find(w, "matter %.*s: chain %lld does not end at entry %lld as its row says",
                STR_ARG(number), num(db_row_int(row, 1)), num(db_row_int(row, 2)));
    return true;
}

static bool system_tail_differs(void *ctx, const struct db_row *row, struct err *e UNUSED)
{
    struct walk *w = ctx;
    verify_find(w, "chain 0: does not end at entry %lld as its counter says",
                num(db_row_int(row, 0)));
    return true;
}

static bool matter_gone(void *ctx, const struct db_row *row, struct err *e UNUSED)
{
    struct walk *w = ctx;
    verify_find(w, "matter %lld is gone: its chain is left", num(db_row_int(row, 0)));
    return true;
}

static bool check_heads(struct walk *w, struct err *e)
{
    return db_each(w->r->c, e, tail_differs, w,
        SQL("SELECT m.number, m.id, m.journal_seq FROM matter m LEFT JOIN journal j"
            " ON j.home = m.home AND j.chain = m.id AND j.seq = m.journal_seq"
            " WHERE j.hash IS NULL OR j.hash <> m.journal_head OR EXISTS (SELECT 1 FROM journal k"
            " WHERE k.home = m.home AND k.chain = m.id AND k.seq = m.journal_seq + 1)"))
        && db_each(w->r->c, e, system_tail_differs, w,
        SQL("SELECT c.value FROM counter c WHERE c.home = 0 AND c.name = 'journal' AND c.value <>"
            " (SELECT COALESCE(MAX(j.seq), 0) FROM journal j WHERE j.home = 0 AND j.chain = 0)"))
        && db_each(w->r->c, e, matter_gone, w,
        SQL("SELECT DISTINCT j.chain FROM journal j WHERE j.seq = 1 AND j.chain <> 0"
            " AND NOT EXISTS (SELECT 1 FROM matter m WHERE m.home = j.home AND m.id = j.chain)"));
}

/* Columns: seq matter entry, whether the entry is there, whether it says the same. */
static bool check_event(void *ctx, const struct db_row *row, struct err *e UNUSED)
{
    struct walk *w = ctx;
    int64_t seq = db_row_int(row, 0), chain = db_row_int(row, 1), entry = db_row_int(row, 2);
    if (seq != w->feed + 1)
        verify_find(w, "feed: after %lld comes %lld", num(w->feed), num(seq));
    if (entry && !db_row_int(row, 3))
        verify_find(w, "feed %lld: entry %lld of chain %lld is gone", num(seq), num(entry),
                    num(chain));
    else if (entry && !db_row_int(row, 4))
        verify_find(w, "feed %lld: does not say what entry %lld of chain %lld says", num(seq),
                    num(entry), num(chain));
    w->feed = seq;
    w->out->events++;
    return true;
}

static bool not_in_feed(void *ctx, const struct db_row *row, struct err *e UNUSED)
{
    struct walk *w = ctx;
    verify_find(w, "chain %lld entry %lld: the feed does not know it", num(db_row_int(row, 0)),
                num(db_row_int(row, 1)));
    return true;
}

static bool twice_in_feed(void *ctx, const struct db_row *row, struct err *e UNUSED)
{
    struct walk *w = ctx;
    verify_find(w, "feed %lld: tells of entry %lld of chain %lld again", num(db_row_int(row, 0)),
                num(db_row_int(row, 2)), num(db_row_int(row, 1)));
    return true;
}

/* check_event has seen that every event has its entry. */
static bool check_pairs(struct walk *w, struct err *e)
{
    return db_each(w->r->c, e, not_in_feed, w,
        SQL("SELECT j.chain, j.seq FROM journal j LEFT JOIN (SELECT home, matter, entry FROM feed"
            " UNION ALL SELECT home, matter, entry FROM feed_pending) f ON f.home = j.home"
            " AND f.matter = j.chain AND f.entry = j.seq WHERE f.entry IS NULL LIMIT 1000"))
        && db_each(w->r->c, e, twice_in_feed, w,
        SQL("SELECT MAX(seq), matter, entry FROM feed WHERE entry <> 0"
            " GROUP BY home, matter, entry HAVING COUNT(*) > 1 LIMIT 1000"));
}

static bool check_feed(struct walk *w, struct err *e)
{
    return db_each(w->r->c, e, check_event, w,
        SQL("SELECT f.seq, f.matter, f.entry, CASE WHEN j.hash IS NULL THEN 0 ELSE 1 END,"
            " CASE WHEN j.action = f.kind AND j.subject = f.subject AND j.actor = f.actor"
            " AND j.recorded_at = f.at THEN 1 ELSE 0 END FROM feed f"
            " LEFT JOIN journal j ON j.home = f.home AND j.chain = f.matter"
            " AND j.seq = f.entry ORDER BY f.seq"))
        && check_pairs(w, e);
}

struct look { struct walk walk; struct witness witness; };

static bool look(struct req *r, void *ctx, struct err *e)
{
    struct look *x = ctx;
    x->walk.r = r;
    return check_chains(&x->walk, e) && check_heads(&x->walk, e) && check_feed(&x->walk, e)
        && verify_checkpoints(&x->walk, &x->witness, e);
}

bool verify_all(struct app *app, struct verify_report *out, struct err *e)
{
    struct arena a = { 0 };
    struct req r;
    struct look x = { .walk = { .out = out, .chain = { -1 } } };
    *out = (struct verify_report){ 0 };
    buf_init(&out->text, (size_t)VERIFY_LINES * 300);
    app_request(app, &a, NULL, &r);
    verify_witness_open(&x.witness, checkpoint_witness(app, &a));
    bool ok = app_read(app, &r, look, &x, e);
    verify_witness_close(&x.witness);
    arena_done(&a);
    return ok;
}

void verify_report_done(struct verify_report *v)
{
    buf_done(&v->text);
}
