/* The forger knows the program: its hashes, its tables, its checkpoints. What is
 * not in the database is the key, and the witness file. */
#include "app/checkpoint.h"
#include "app/journal.h"
#include "crypt/sign.h"
#include "damage.h"

static struct blob blob(struct str s)
{
    return (struct blob){ s.p, s.n };
}

/* ---- a bit ---- */

static struct blob flipped(struct arena *a, struct str s)
{
    char *p = arena_alloc(a, s.n + 1);
    memcpy(p, s.p, s.n);
    p[s.n / 2] ^= 4;
    return (struct blob){ p, s.n };
}

static bool entry_at(struct damage *d, struct db_conn *c, int64_t seq, struct journal_entry *x,
                     struct err *e)
{
    return db_one(c, e, &d->a, &journal_entry_record, x,
        SQL("SELECT j.home, j.chain, j.seq, j.action, j.subject, j.actor, j.post, j.happened_at,"
            " j.recorded_at, j.prev, j.payload_hash, j.hash, p.salt, p.body AS payload"
            " FROM journal j JOIN journal_payload p ON p.home = j.home AND p.chain = j.chain"
            " AND p.seq = j.seq WHERE j.home = $1 AND j.chain = $2 AND j.seq = $3"),
        V(d->v.home), V(d->v.chain), V(seq));
}

bool flip_prev(struct damage *d, struct db_conn *c, struct err *e)
{
    struct journal_entry x;
    return entry_at(d, c, d->v.seq, &x, e) && db_exec(c, e, NULL,
        SQL("UPDATE journal SET prev = $4 WHERE home = $1 AND chain = $2 AND seq = $3"),
        V(x.home), V(x.chain), V(x.seq), V(flipped(&d->a, x.prev)));
}

bool flip_payload_hash(struct damage *d, struct db_conn *c, struct err *e)
{
    struct journal_entry x;
    return entry_at(d, c, d->v.seq, &x, e) && db_exec(c, e, NULL,
        SQL("UPDATE journal SET payload_hash = $4 WHERE home = $1 AND chain = $2 AND seq = $3"),
        V(x.home), V(x.chain), V(x.seq), V(flipped(&d->a, x.payload_hash)));
}

bool flip_hash(struct damage *d, struct db_conn *c, struct err *e)
{
    struct journal_entry x;
    return entry_at(d, c, d->v.seq, &x, e) && db_exec(c, e, NULL,
        SQL("UPDATE journal SET hash = $4 WHERE home = $1 AND chain = $2 AND seq = $3"),
        V(x.home), V(x.chain), V(x.seq), V(flipped(&d->a, x.hash)));
}

bool flip_salt(struct damage *d, struct db_conn *c, struct err *e)
{
    struct journal_entry x;
    return entry_at(d, c, d->v.seq, &x, e) && db_exec(c, e, NULL,
        SQL("UPDATE journal_payload SET salt = $4 WHERE home = $1 AND chain = $2 AND seq = $3"),
        V(x.home), V(x.chain), V(x.seq), V(flipped(&d->a, x.salt)));
}

static bool checkpoints(struct damage *d, struct db_conn *c, struct list *out, struct err *e)
{
    return db_all(c, e, &d->a, &checkpoint_record, out,
        SQL("SELECT no, feed_from, feed_to, at, root, prev, hash, signature FROM checkpoint"
            " ORDER BY no"));
}

bool flip_signature(struct damage *d, struct db_conn *c, struct err *e)
{
    struct list list;
    if (!checkpoints(d, c, &list, e))
        return false;
    const struct checkpoint *x = (const struct checkpoint *)list.v + 1;
    return db_exec(c, e, NULL, SQL("UPDATE checkpoint SET signature = $2 WHERE no = $1"),
                   V(x->no), V(flipped(&d->a, x->signature)));
}

/* ---- a chain ---- */

static void seal(struct arena *a, struct journal_entry *x, struct str prev)
{
    struct digest p = journal_payload_hash(x->salt, x->payload.json);
    x->prev = prev;
    x->payload_hash = arena_dup(a, digest_str(&p));
    struct digest h = journal_hash(x);
    x->hash = arena_dup(a, digest_str(&h));
}

static bool put_head(struct damage *d, struct db_conn *c, const struct journal_entry *x,
                     struct err *e)
{
    return db_exec(c, e, NULL,
        SQL("UPDATE matter SET journal_seq = $3, journal_head = $4 WHERE home = $1 AND id = $2"),
        V(d->v.home), V(d->v.chain), V(x->seq), V(blob(x->hash)));
}

/* One more at the end, as good as the program's own; only the feed is forgotten. */
bool forge_insert(struct damage *d, struct db_conn *c, struct err *e)
{
    struct journal_entry x;
    if (!entry_at(d, c, d->v.last, &x, e))
        return false;
    x.seq++;
    seal(&d->a, &x, x.hash);
    return db_exec(c, e, NULL,
        SQL("INSERT INTO journal (home, chain, seq, action, subject, actor, post, happened_at,"
            " recorded_at, prev, payload_hash, hash)"
            " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)"),
        V(x.home), V(x.chain), V(x.seq), V(x.action), V(x.subject), V(x.actor), V(x.post),
        V(x.happened_at), V(x.recorded_at), V(blob(x.prev)), V(blob(x.payload_hash)),
        V(blob(x.hash)))
        && db_exec(c, e, NULL,
        SQL("INSERT INTO journal_payload (home, chain, seq, salt, body)"
            " VALUES ($1, $2, $3, $4, $5)"),
        V(x.home), V(x.chain), V(x.seq), V(blob(x.salt)), V(x.payload.json))
        && put_head(d, c, &x, e);
}

/* Another payload, and every hash after it made to fit. */
bool forge_history(struct damage *d, struct db_conn *c, struct err *e)
{
    struct str prev;
    struct journal_entry x;
    if (!entry_at(d, c, d->v.seq, &x, e))
        return false;
    prev = x.prev;
    x.payload.json = STR("{\"forged\":true}");
    if (!db_exec(c, e, NULL,
            SQL("UPDATE journal_payload SET body = $4 WHERE home = $1 AND chain = $2 AND seq = $3"),
            V(x.home), V(x.chain), V(x.seq), V(x.payload.json)))
        return false;
    for (int64_t seq = d->v.seq; seq <= d->v.last; seq++) {
        if (!entry_at(d, c, seq, &x, e))
            return false;
        seal(&d->a, &x, prev);
        prev = x.hash;
        if (!db_exec(c, e, NULL,
                SQL("UPDATE journal SET prev = $4, payload_hash = $5, hash = $6"
                    " WHERE home = $1 AND chain = $2 AND seq = $3"),
                V(x.home), V(x.chain), V(x.seq), V(blob(x.prev)), V(blob(x.payload_hash)),
                V(blob(x.hash))))
            return false;
    }
    return put_head(d, c, &x, e);
}

/* ---- the whole ---- */

static bool put_checkpoints(struct damage *d, struct db_conn *c, const struct key *key,
                            struct buf *lines, struct err *e)
{
    struct list list;
    struct str prev = journal_first_prev;
    if (!checkpoints(d, c, &list, e))
        return false;
    struct checkpoint *v = list.v;
    for (size_t i = 0; i < list.n; i++) {
        struct digest root, hash;
        int64_t n;
        if (!checkpoint_root(c, v[i].feed_from, v[i].feed_to, &root, &n, e))
            return false;
        v[i].root = arena_dup(&d->a, digest_str(&root));
        v[i].prev = prev;
        hash = checkpoint_hash(&v[i]);
        prev = v[i].hash = arena_dup(&d->a, digest_str(&hash));
        v[i].signature = sign_data(key, &d->a, v[i].hash);
        checkpoint_line(&v[i], lines);
        if (!db_exec(c, e, NULL,
                SQL("UPDATE checkpoint SET root = $2, prev = $3, hash = $4, signature = $5"
                    " WHERE no = $1"),
                V(v[i].no), V(blob(v[i].root)), V(blob(v[i].prev)), V(blob(v[i].hash)),
                V(blob(v[i].signature))))
            return false;
    }
    return true;
}

/* Chain, checkpoints and witness fit together; the key is the forger's own. */
bool forge_all(struct damage *d, struct db_conn *c, struct err *e)
{
    struct keys k = { .n = 0 };
    AUTO(buf_done) struct buf lines;
    buf_init(&lines, 1 << 20);
    if (!keys_make(&k, KEY_SM2, e) || !forge_history(d, c, e)
        || !put_checkpoints(d, c, keys_current(&k, KEY_SM2), &lines, e))
        return false;
    FILE *f = fopen(arena_printf(&d->a, "%s/witness.log", d->data).p, "we");
    bool ok = f && fwrite(lines.p, 1, lines.n, f) == lines.n;
    if (f)
        ok = fclose(f) == 0 && ok;
    keys_done(&k);
    return ok || err_internal(e, "witness");
}

/* The key was stolen too; the witness lies elsewhere. */
bool forge_with_key(struct damage *d, struct db_conn *c, struct err *e)
{
    AUTO(keys_done) struct keys k = { .n = 0 };
    AUTO(buf_done) struct buf lines;
    buf_init(&lines, 1 << 20);
    return keys_open(&k, arena_printf(&d->a, "%s/keys", d->data).p, e) && forge_history(d, c, e)
        && put_checkpoints(d, c, keys_current(&k, KEY_SM2), &lines, e);
}
