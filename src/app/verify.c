#include "app/verify.h"
#include "app/checkpoint.h"
#include "app/journal.h"
#include "app/sign.h"
#include <stdarg.h>

struct walk {
    struct verify_report *out;
    struct req *r;
    struct id home, chain;              /* the chain at hand */
    int64_t seq;                        /* its last entry */
    struct digest prev;
    int64_t feed;                       /* last feed number */
};

static void find(struct verify_report *v, const char *fmt, ...) PRINTF(2, 3);
static void find(struct verify_report *v, const char *fmt, ...)
{
    char line[300];
    va_list ap;
    va_start(ap, fmt);
    vsnprintf(line, sizeof line, fmt, ap);
    va_end(ap);
    if (v->findings++ < VERIFY_LINES)
        buf_addf(&v->text, "%s\n", line);
}

/* Columns: home chain seq action subject actor post happened recorded prev
 * payload_hash hash, then salt and body, NULL when erased. */
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
        find(w->out, "chain %lld: after entry %lld comes %lld", (long long)x->chain.v,
             (long long)w->seq, (long long)x->seq);
    else if (!str_eq(x->prev, digest_str(&w->prev)))
        find(w->out, "chain %lld entry %lld: does not follow the entry before it",
             (long long)x->chain.v, (long long)x->seq);
}

static bool check_entry(void *ctx, const struct db_row *row, struct err *e UNUSED)
{
    struct walk *w = ctx;
    struct journal_entry x = entry_of(row);
    check_place(w, &x);
    struct digest hash = journal_hash(&x);
    if (!str_eq(x.hash, digest_str(&hash)))
        find(w->out, "chain %lld entry %lld: its content is not what was hashed",
             (long long)x.chain.v, (long long)x.seq);
    if (x.salt.n) {
        struct digest p = journal_payload_hash(x.salt, x.payload.json);
        if (!str_eq(x.payload_hash, digest_str(&p)))
            find(w->out, "chain %lld entry %lld: its payload was changed", (long long)x.chain.v,
                 (long long)x.seq);
    } else {
        w->out->erased++;
    }
    w->out->entries++;
    w->seq = x.seq;
    w->prev = hash;
    return true;
}

static bool check_chains(struct walk *w, struct err *e)
{
    return db_each(w->r->c, e, check_entry, w,
        SQL("SELECT j.home, j.chain, j.seq, j.action, j.subject, j.actor, j.post, j.happened_at,"
            " j.recorded_at, j.prev, j.payload_hash, j.hash, p.salt, p.body FROM journal j"
            " LEFT JOIN journal_payload p ON p.home = j.home AND p.chain = j.chain"
            " AND p.seq = j.seq ORDER BY j.home, j.chain, j.seq"));
}

/* The matter's own row knows how long its chain is and how it ends. */
static bool tail_differs(void *ctx, const struct db_row *row, struct err *e UNUSED)
{
    struct walk *w = ctx;
    struct str number = db_row_str(row, 0);
    find(w->out, "matter %.*s: its chain does not end at entry %lld as its row says",
         STR_ARG(number), (long long)db_row_int(row, 1));
    return true;
}

static bool matter_gone(void *ctx, const struct db_row *row, struct err *e UNUSED)
{
    struct walk *w = ctx;
    find(w->out, "matter %lld is gone: its chain is left", (long long)db_row_int(row, 0));
    return true;
}

static bool check_heads(struct walk *w, struct err *e)
{
    return db_each(w->r->c, e, tail_differs, w,
        SQL("SELECT m.number, m.journal_seq FROM matter m LEFT JOIN journal j"
            " ON j.home = m.home AND j.chain = m.id AND j.seq = m.journal_seq"
            " WHERE j.hash IS NULL OR j.hash <> m.journal_head OR EXISTS (SELECT 1 FROM journal k"
            " WHERE k.home = m.home AND k.chain = m.id AND k.seq = m.journal_seq + 1)"))
        && db_each(w->r->c, e, matter_gone, w,
        SQL("SELECT j.chain FROM journal j WHERE j.seq = 1 AND j.chain <> 0 AND NOT EXISTS"
            " (SELECT 1 FROM matter m WHERE m.home = j.home AND m.id = j.chain)"));
}

static bool check_event(void *ctx, const struct db_row *row, struct err *e UNUSED)
{
    struct walk *w = ctx;
    int64_t seq = db_row_int(row, 0), entry = db_row_int(row, 2);
    if (seq != w->feed + 1)
        find(w->out, "feed: after %lld comes %lld", (long long)w->feed, (long long)seq);
    if (entry && !db_row_int(row, 3))
        find(w->out, "feed %lld: entry %lld of chain %lld is gone", (long long)seq,
             (long long)entry, (long long)db_row_int(row, 1));
    w->feed = seq;
    w->out->events++;
    return true;
}

static bool not_in_feed(void *ctx, const struct db_row *row, struct err *e UNUSED)
{
    struct walk *w = ctx;
    find(w->out, "chain %lld entry %lld: the feed does not know it", (long long)db_row_int(row, 0),
         (long long)db_row_int(row, 1));
    return true;
}

/* Every event has its entry, every entry exactly its events: as many of both. */
static bool check_feed(struct walk *w, struct err *e)
{
    if (!db_each(w->r->c, e, check_event, w,
            SQL("SELECT f.seq, f.matter, f.entry, CASE WHEN j.hash IS NULL THEN 0 ELSE 1 END"
                " FROM feed f LEFT JOIN journal j ON j.home = f.home AND j.chain = f.matter"
                " AND j.seq = f.entry ORDER BY f.seq")))
        return false;
    if (w->out->events == w->out->entries)
        return true;
    return db_each(w->r->c, e, not_in_feed, w,
        SQL("SELECT j.chain, j.seq FROM journal j LEFT JOIN feed f ON f.home = j.home"
            " AND f.matter = j.chain AND f.entry = j.seq LEFT JOIN feed_pending p"
            " ON p.home = j.home AND p.matter = j.chain AND p.entry = j.seq"
            " WHERE f.seq IS NULL AND p.id IS NULL LIMIT 100"));
}

/* ---- checkpoints and the witness ---- */

static bool signed_by_us(struct walk *w, const struct checkpoint *x)
{
    const struct keys *k = &w->r->app->keys;
    for (size_t i = 0; i < k->n; i++)
        if (k->v[i].kind == KEY_SM2
            && sign_verify(sign_public_pem(&k->v[i], w->r->a), x->hash, x->signature))
            return true;
    return false;
}

static bool check_one(struct walk *w, const struct checkpoint *x, const struct checkpoint *before,
                      struct err *e)
{
    struct digest root, hash = checkpoint_hash(x);
    int64_t n;
    long long no = (long long)x->no;
    if (x->no != before->no + 1 || x->feed_from != before->feed_to + 1
        || !str_eq(x->prev, before->hash))
        find(w->out, "checkpoint %lld does not follow %lld", no, (long long)before->no);
    if (!str_eq(x->hash, digest_str(&hash)))
        find(w->out, "checkpoint %lld: its content is not what was hashed", no);
    if (!signed_by_us(w, x))
        find(w->out, "checkpoint %lld is not signed by this installation's key", no);
    if (!checkpoint_root(w->r->c, x->feed_from, x->feed_to, &root, &n, e))
        return false;
    if (!str_eq(x->root, digest_str(&root)))
        find(w->out, "checkpoint %lld: the feed from %lld to %lld is not what it covers", no,
             (long long)x->feed_from, (long long)x->feed_to);
    w->out->checkpoints++;
    return true;
}

/* Reads the next checkpoint line; false at the end. Anything else is a finding. */
static bool next_line(struct walk *w, FILE *f, struct checkpoint *x)
{
    char text[2048];
    while (f && fgets(text, sizeof text, f)) {
        if (checkpoint_parse(str_trim(str_of(text)), w->r->a, x))
            return true;
        find(w->out, "witness: a line cannot be read");
    }
    return false;
}

static void check_witness(struct walk *w, const struct checkpoint *x, FILE *f, bool last)
{
    struct checkpoint seen = { 0 };
    if (!next_line(w, f, &seen)) {
        if (!last)
            find(w->out, "witness: checkpoint %lld is missing", (long long)x->no);
    } else if (seen.no != x->no || !str_eq(seen.hash, x->hash)) {
        find(w->out, "witness: says another checkpoint %lld", (long long)x->no);
    }
}

static bool check_checkpoints(struct walk *w, FILE *f, struct err *e)
{
    struct checkpoint before = { .hash = journal_first_prev }, extra;
    for (;;) {
        struct list list;
        if (!db_all(w->r->c, e, w->r->a, &checkpoint_record, &list,
                SQL("SELECT no, feed_from, feed_to, at, root, prev, hash, signature"
                    " FROM checkpoint WHERE no > $1 ORDER BY no LIMIT 1000"), V(before.no)))
            return false;
        const struct checkpoint *v = list.v;
        for (size_t i = 0; i < list.n; i++) {
            check_witness(w, &v[i], f, list.n < 1000 && i + 1 == list.n);
            if (!check_one(w, &v[i], &before, e))
                return false;
            before = v[i];
        }
        if (list.n < 1000)
            break;
    }
    if (before.feed_to > w->feed)
        find(w->out, "feed: ends at %lld, checkpoint %lld covers %lld", (long long)w->feed,
             (long long)before.no, (long long)before.feed_to);
    while (next_line(w, f, &extra))
        find(w->out, "checkpoint %lld is gone: the witness has it", (long long)extra.no);
    return true;
}

static bool look(struct req *r, void *ctx, struct err *e)
{
    struct walk w = { .out = ctx, .r = r, .chain = { -1 } };
    FILE *f = fopen(checkpoint_witness(r->app, r->a), "re");
    bool ok = check_chains(&w, e) && check_heads(&w, e) && check_feed(&w, e)
           && check_checkpoints(&w, f, e);
    if (f)
        fclose(f);
    return ok;
}

bool verify_all(struct app *app, struct verify_report *out, struct err *e)
{
    struct arena a = { 0 };
    struct req r;
    *out = (struct verify_report){ 0 };
    buf_init(&out->text, 1 << 20);
    app_request(app, &a, NULL, &r);
    bool ok = app_read(app, &r, look, out, e);
    arena_done(&a);
    return ok;
}

void verify_report_done(struct verify_report *v)
{
    buf_done(&v->text);
}
