/* The checkpoints, in the database and in the witness file, side by side. */
#include "app/checkpoint.h"
#include "app/journal.h"
#include "app/verify_impl.h"
#include "crypt/sign.h"

/* A checkpoint is in the database for a moment before it is in the witness; the
 * chore that makes one also appends what is missing there, each minute. */
enum { LINE_MAX_BYTES = 2048, PAGE = 1000, APPEND_MS = 10 * 60000 };

struct pair {
    struct walk *w;
    struct witness *file;
    struct checkpoint before;           /* the last of the database */
    struct checkpoint line;             /* the next of the witness */
    bool has_line;
    int64_t young;                      /* one the witness may still lack, if it is the last */
    struct arena a;                     /* of the page at hand */
    struct str pem[KEYS_MAX];           /* our public keys */
    size_t pem_n;
};

void verify_witness_open(struct witness *x, const char *path)
{
    *x = (struct witness){ .f = fopen(path, "re") };
    if (!x->f || fseek(x->f, 0, SEEK_END) != 0)
        return;
    x->end = ftell(x->f);
    rewind(x->f);
}

void verify_witness_close(struct witness *x)
{
    if (x->f)
        fclose(x->f);
}

static void know_keys(struct pair *p)
{
    const struct keys *k = &p->w->r->app->keys;
    for (size_t i = 0; i < k->n; i++)
        if (k->v[i].kind == KEY_SM2)
            p->pem[p->pem_n++] = sign_public_pem(&k->v[i], p->w->r->a);
}

static bool signed_by_us(const struct pair *p, const struct checkpoint *x)
{
    for (size_t i = 0; i < p->pem_n; i++)
        if (sign_verify(p->pem[i], x->hash, x->signature))
            return true;
    return false;
}

static bool check_one(struct pair *p, const struct checkpoint *x, struct err *e)
{
    struct walk *w = p->w;
    struct digest root, hash = checkpoint_hash(x);
    int64_t n;
    long long no = x->no;
    if (x->no != p->before.no + 1 || x->feed_from != p->before.feed_to + 1
        || !str_eq(x->prev, p->before.hash))
        verify_find(w, "checkpoint %lld: does not follow checkpoint %lld", no,
                    num(p->before.no));
    if (!str_eq(x->hash, digest_str(&hash)))
        verify_find(w, "checkpoint %lld: its content is not what was hashed", no);
    if (!signed_by_us(p, x))
        verify_find(w, "checkpoint %lld: is not signed by this installation's key", no);
    if (!checkpoint_root(w->r->c, x->feed_from, x->feed_to, &root, &n, e))
        return false;
    if (!str_eq(x->root, digest_str(&root)))
        verify_find(w, "checkpoint %lld: the feed from %lld to %lld is not what it covers", no,
                    num(x->feed_from), num(x->feed_to));
    w->out->checkpoints++;
    return true;
}

/* Reads the witness's next line; what is no checkpoint is a finding. */
static void next_line(struct pair *p)
{
    char text[LINE_MAX_BYTES];
    FILE *f = p->file->f;
    p->has_line = false;
    while (f && !p->has_line && ftell(f) < p->file->end && fgets(text, sizeof text, f)) {
        int64_t after = p->line.no;
        p->has_line = checkpoint_parse(str_trim(str_of(text)), &p->a, &p->line);
        if (!p->has_line)
            verify_find(p->w, "witness: the line after checkpoint %lld cannot be read",
                        num(after));
        else if (p->line.no <= after)
            verify_find(p->w, "witness: checkpoint %lld stands after %lld", num(p->line.no),
                        num(after));
    }
}

static void check_witness(struct pair *p, const struct checkpoint *x)
{
    while (p->has_line && p->line.no < x->no) {
        verify_find(p->w, "checkpoint %lld: is gone, the witness has it", num(p->line.no));
        next_line(p);
    }
    if (p->young)
        verify_find(p->w, "checkpoint %lld: the witness lacks it", num(p->young));
    p->young = 0;
    if (p->has_line && p->line.no == x->no) {
        if (!str_eq(p->line.hash, x->hash) || !str_eq(p->line.signature, x->signature))
            verify_find(p->w, "checkpoint %lld: the witness has another", num(x->no));
        next_line(p);
    } else if (!p->has_line && p->w->r->now.ms - x->at.ms < APPEND_MS) {
        p->young = x->no;
    } else {
        verify_find(p->w, "checkpoint %lld: the witness lacks it", num(x->no));
    }
}

static struct checkpoint kept(struct arena *a, struct checkpoint x)
{
    x.root = arena_dup(a, x.root);
    x.prev = arena_dup(a, x.prev);
    x.hash = arena_dup(a, x.hash);
    x.signature = arena_dup(a, x.signature);
    return x;
}

/* One a minute, for years: what a page took is given back after it. */
static void turn_page(struct pair *p)
{
    struct arena next = { 0 };
    p->before = kept(&next, p->before);
    p->line = kept(&next, p->line);
    arena_done(&p->a);
    p->a = next;
}

static bool check_page(struct pair *p, size_t *n, struct err *e)
{
    struct list list;
    if (!db_all(p->w->r->c, e, &p->a, &checkpoint_record, &list,
            SQL("SELECT no, feed_from, feed_to, at, root, prev, hash, signature"
                " FROM checkpoint WHERE no > $1 ORDER BY no LIMIT $2"), V(p->before.no),
            V((int)PAGE)))
        return false;
    const struct checkpoint *v = list.v;
    for (size_t i = 0; i < list.n; i++) {
        check_witness(p, &v[i]);
        if (!check_one(p, &v[i], e))
            return false;
        p->before = v[i];
    }
    *n = list.n;
    turn_page(p);
    return true;
}

static bool check_all(struct pair *p, struct err *e)
{
    size_t n;
    next_line(p);
    do {
        if (!check_page(p, &n, e))
            return false;
    } while (n == PAGE);
    if (p->before.feed_to > p->w->feed)
        verify_find(p->w, "feed: ends at %lld, checkpoint %lld covers %lld", num(p->w->feed),
                    num(p->before.no), num(p->before.feed_to));
    for (; p->has_line; next_line(p))
        verify_find(p->w, "checkpoint %lld: is gone, the witness has it", num(p->line.no));
    return true;
}

bool verify_checkpoints(struct walk *w, struct witness *file, struct err *e)
{
    struct pair p = { .w = w, .file = file, .before = { .hash = journal_first_prev } };
    know_keys(&p);
    bool ok = check_all(&p, e);
    arena_done(&p.a);
    return ok;
}
