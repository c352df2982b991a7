#include "app/checkpoint.h"
#include "app/journal.h"
#include "base/random.h"
#include "crypt/merkle.h"
#include "crypt/sign.h"
#include "db/feed.h"
#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

enum { COVER_MAX = 50000, LINE_BYTES = 1024 };

static const struct field checkpoint_fields[] = {
    FIELD(checkpoint, no, .doc = "1, 2, 3 …", .zh = "序号", .en = "No."),
    FIELD(checkpoint, feed_from, .doc = "First feed number", .zh = "起", .en = "From"),
    FIELD(checkpoint, feed_to, .doc = "Last feed number", .zh = "止", .en = "To"),
    FIELD(checkpoint, at, .doc = "When it was made", .zh = "时间", .en = "Made"),
    FIELD(checkpoint, root, .doc = "Merkle root", .flags = HIDDEN),
    FIELD(checkpoint, prev, .doc = "Hash before", .flags = HIDDEN),
    FIELD(checkpoint, hash, .doc = "Its hash", .flags = HIDDEN),
    FIELD(checkpoint, signature, .doc = "By the outside key", .flags = HIDDEN),
};
const struct record checkpoint_record = RECORD(checkpoint, checkpoint_fields);

struct digest checkpoint_hash(const struct checkpoint *x)
{
    AUTO(sm3_done) struct sm3 h;
    sm3_init(&h);
    sm3_add(&h, STR("FQC1"));
    sm3_add_i64(&h, x->no);
    sm3_add_i64(&h, x->feed_from);
    sm3_add_i64(&h, x->feed_to);
    sm3_add(&h, x->root);
    sm3_add(&h, x->prev);
    sm3_add_i64(&h, x->at.ms);
    return sm3_get(&h);
}

void checkpoint_line(const struct checkpoint *x, struct buf *b)
{
    struct arena a = { 0 };
    struct str bytes[] = { x->root, x->prev, x->hash, x->signature };
    buf_addf(b, "%lld %lld %lld %lld", (long long)x->no, (long long)x->feed_from,
             (long long)x->feed_to, (long long)x->at.ms);
    for (size_t i = 0; i < COUNT(bytes); i++)
        buf_addf(b, " %.*s", STR_ARG(hex_of(&a, bytes[i].p, bytes[i].n)));
    buf_add(b, STR("\n"));
    arena_done(&a);
}

bool checkpoint_parse(struct str line, struct arena *a, struct checkpoint *out)
{
    struct checkpoint x = { 0 };
    int64_t *numbers[] = { &x.no, &x.feed_from, &x.feed_to, &x.at.ms };
    struct str *bytes[] = { &x.root, &x.prev, &x.hash, &x.signature }, word;
    for (size_t i = 0; i < COUNT(numbers); i++) {
        str_cut(line, ' ', &word, &line);
        if (!str_to_i64(word, numbers[i]))
            return false;
    }
    for (size_t i = 0; i < COUNT(bytes); i++) {
        str_cut(line, ' ', &word, &line);
        unsigned char *p = arena_alloc(a, word.n / 2 + 1);
        if (word.n % 2 || !word.n || !hex_parse(word, p, word.n / 2))
            return false;
        *bytes[i] = (struct str){ (const char *)p, word.n / 2 };
    }
    *out = x;
    return line.n == 0;
}

struct root_sum { struct merkle tree; int64_t n; };

static bool add_leaf(void *ctx, const struct db_row *row, struct err *e UNUSED)
{
    struct root_sum *s = ctx;
    struct str hash = db_row_str(row, 0);
    merkle_add(&s->tree, merkle_leaf(hash));
    s->n += hash.n > 0;
    return true;
}

bool checkpoint_root(struct db_conn *c, int64_t from, int64_t to, struct digest *root,
                     int64_t *n, struct err *e)
{
    struct root_sum s = { 0 };
    if (!db_each(c, e, add_leaf, &s,
            SQL("SELECT j.hash FROM feed f LEFT JOIN journal j ON j.home = f.home"
                " AND j.chain = f.matter AND j.seq = f.entry"
                " WHERE f.seq >= $1 AND f.seq <= $2 ORDER BY f.seq"), V(from), V(to)))
        return false;
    *root = merkle_root(&s.tree);
    *n = s.n;
    return true;
}

static struct blob blob(struct str s)
{
    return (struct blob){ s.p, s.n };
}

static bool last_one(struct db_conn *c, struct arena *a, struct checkpoint *x, bool *found,
                     struct err *e)
{
    return db_maybe(c, e, a, &checkpoint_record, x, found,
        SQL("SELECT no, feed_from, feed_to, at, root, prev, hash, signature FROM checkpoint"
            " ORDER BY no DESC LIMIT 1"));
}

struct next { struct checkpoint x; bool any; };

/* The sum over many entries is made on a reader: the writer only inserts. */
static bool prepare(struct req *r, void *ctx, struct err *e)
{
    struct next *next = ctx;
    struct checkpoint old = { .hash = journal_first_prev };
    int64_t last, n;
    struct digest root;
    bool found;
    next->any = false;
    if (!last_one(r->c, r->a, &old, &found, e) || !feed_last(r->c, &last, e))
        return false;
    if (last <= old.feed_to)
        return true;
    struct checkpoint x = { .no = old.no + 1, .feed_from = old.feed_to + 1, .at = r->now,
                            .feed_to = MIN(last, old.feed_to + COVER_MAX), .prev = old.hash };
    if (!checkpoint_root(r->c, x.feed_from, x.feed_to, &root, &n, e))
        return false;
    x.root = arena_dup(r->a, digest_str(&root));
    struct digest h = checkpoint_hash(&x);
    x.hash = arena_dup(r->a, digest_str(&h));
    x.signature = sign_data(keys_current(&r->app->keys, KEY_SM2), r->a, x.hash);
    *next = (struct next){ x, true };
    return true;
}

/* Two processes may try the same number: the key lets one in. */
static bool insert(struct req *r, void *ctx, struct err *e)
{
    const struct checkpoint *x = ctx;
    return db_exec(r->c, e, NULL,
        SQL("INSERT INTO checkpoint (no, feed_from, feed_to, root, prev, hash, signature, at)"
            " VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (no) DO NOTHING"),
        V(x->no), V(x->feed_from), V(x->feed_to), V(blob(x->root)), V(blob(x->prev)),
        V(blob(x->hash)), V(blob(x->signature)), V(x->at));
}

const char *checkpoint_witness(const struct app *app, struct arena *a)
{
    return app->config.witness.n ? arena_cstr(a, app->config.witness)
                                 : app_path(app, a, "witness.log");
}

/* Number of the last whole line; 0 for an empty or missing file. */
static int64_t last_line(const char *path, struct arena *a)
{
    char tail[LINE_BYTES * 2];
    struct checkpoint x = { 0 };
    FILE *f = fopen(path, "re");
    if (!f)
        return 0;
    if (fseek(f, -(long)sizeof tail, SEEK_END) != 0)
        rewind(f);
    size_t n = fread(tail, 1, sizeof tail, f);
    fclose(f);
    struct str rest = { tail, n }, line;
    int64_t no = 0;
    while (str_cut(rest, '\n', &line, &rest))
        if (checkpoint_parse(line, a, &x))
            no = x.no;
    return no;
}

struct append { struct buf text; int64_t after; };

static bool collect(struct req *r, void *ctx, struct err *e)
{
    struct append *x = ctx;
    struct list list;
    if (!db_all(r->c, e, r->a, &checkpoint_record, &list,
            SQL("SELECT no, feed_from, feed_to, at, root, prev, hash, signature FROM checkpoint"
                " WHERE no > $1 ORDER BY no LIMIT 1000"), V(x->after)))
        return false;
    const struct checkpoint *v = list.v;
    for (size_t i = 0; i < list.n; i++)
        checkpoint_line(&v[i], &x->text);
    return true;
}

static bool write_witness(const char *path, struct str text, struct err *e)
{
    int fd = open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0600);
    struct stat st = { 0 };
    bool ok = fd >= 0 && fstat(fd, &st) == 0
           && write(fd, text.p, text.n) == (ssize_t)text.n && fsync(fd) == 0;
    if (!ok && fd >= 0 && st.st_size && ftruncate(fd, st.st_size) != 0)
        err_detail(e, ERR_UNAVAILABLE, "witness %s: half a line was left", path);
    if (!ok)
        err_detail(e, ERR_UNAVAILABLE, "witness %s: %s", path, strerror(errno));
    if (fd >= 0)
        close(fd);
    return ok;
}

static void append_done(struct append *x)
{
    buf_done(&x->text);
}

static bool append_missing(struct app *app, struct arena *a, struct req *r, struct err *e)
{
    const char *path = checkpoint_witness(app, a);
    AUTO(append_done) struct append x = { .after = last_line(path, a) };
    buf_init(&x.text, (size_t)LINE_BYTES * 1000);
    return app_read(app, r, collect, &x, e)
        && (!x.text.n || write_witness(path, buf_str(&x.text), e));
}

bool checkpoint_run(struct app *app, bool *more, struct err *e)
{
    struct arena a = { 0 };
    struct req r;
    struct next next = { .any = false };
    app_request(app, &a, NULL, &r);
    bool ok = app_read(app, &r, prepare, &next, e)
        && (!next.any || app_write(app, &r, insert, &next.x, e))
        && append_missing(app, &a, &r, e);
    *more = next.any;
    arena_done(&a);
    return ok;
}
