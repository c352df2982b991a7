/* The book's keeping and its plain lookups; codebook_limit.c has the limits. */
#include "app/codebook_impl.h"
#include <assert.h>
#include <jansson.h>

/* ---- the pool ---- */

static uint64_t hash_of(const void *p, size_t n)
{
    const unsigned char *c = p;
    uint64_t h = UINT64_C(0xcbf29ce484222325);      /* FNV-1a */
    for (size_t i = 0; i < n; i++)
        h = (h ^ c[i]) * UINT64_C(0x100000001b3);
    return h ^ h >> 32;
}

static struct pool_item *pool_slot(const struct pool *p, uint64_t hash, const void *bytes, size_t n)
{
    size_t i = hash & (p->cap - 1);
    while (p->v[i].p && (p->v[i].hash != hash || p->v[i].n != n || memcmp(p->v[i].p, bytes, n)))
        i = (i + 1) & (p->cap - 1);
    return &p->v[i];
}

static void pool_grow(struct pool *p)
{
    struct pool old = *p;
    p->cap = old.cap ? old.cap * 2 : 4096;
    p->v = arena_array(&p->a, struct pool_item, p->cap);
    for (size_t i = 0; i < old.cap; i++)
        if (old.v[i].p)
            *pool_slot(p, old.v[i].hash, old.v[i].p, old.v[i].n) = old.v[i];
}

static const void *pool_keep(struct pool *p, const void *bytes, size_t n)
{
    if (p->n * 2 >= p->cap)
        pool_grow(p);
    uint64_t hash = hash_of(bytes, n);
    struct pool_item *x = pool_slot(p, hash, bytes, n);
    if (!x->p) {
        void *copy = arena_alloc(&p->a, n);
        memcpy(copy, bytes, n);
        *x = (struct pool_item){ hash, n, copy };
        p->n++;
    }
    return x->p;
}

struct str pool_str(struct pool *p, struct str s)
{
    return s.n ? (struct str){ pool_keep(p, s.p, s.n), s.n } : STR_NONE;
}

const void *pool_row(struct pool *p, const struct record *rec, const void *row)
{
    union { struct code_entry code; struct limit_rule limit; char bytes[1024]; } copy;
    assert(rec->size <= sizeof copy);
    memcpy(copy.bytes, row, rec->size);
    for (size_t i = 0; i < rec->n; i++)
        if (rec->f[i].type == F_STR || rec->f[i].type == F_RAW) {
            struct str *s = (struct str *)(void *)(copy.bytes + rec->f[i].offset);
            *s = pool_str(p, *s);
        }
    return pool_keep(p, copy.bytes, rec->size);
}

/* ---- the book ---- */

const struct book *book_lock(const struct app *app)
{
    pthread_rwlock_rdlock(&app->codes->lock);
    return app->codes->book;
}

void book_unlock(const struct app *app)
{
    pthread_rwlock_unlock(&app->codes->lock);
}

int64_t codebook_seq(const struct app *app)
{
    int64_t seq = book_lock(app)->seq;
    book_unlock(app);
    return seq;
}

/* The pool's mutex is held from before the first read: of two loads the later one
 * has read the newer rows. */
static bool load_on(struct codebook *k, struct db_conn *c, struct err *e)
{
    struct book *b, *old;
    pthread_mutex_lock(&k->loading);
    bool ok = book_read(c, &k->pool, &b, e);
    if (ok) {
        pthread_rwlock_wrlock(&k->lock);
        old = k->book;
        k->book = b;
        pthread_rwlock_unlock(&k->lock);
        book_free(old);
    }
    pthread_mutex_unlock(&k->loading);
    return ok;
}

struct load { struct db_job job; struct codebook *k; bool always, changed; };

static bool load_run(struct db_job *job, struct db_conn *c, struct err *e)
{
    struct load *x = (struct load *)(void *)job;
    int64_t seq = 0;
    if (!x->always) {
        if (!db_int(c, e, &seq, SQL("SELECT value FROM counter WHERE home = 0 AND name = 'book'")))
            return false;
        pthread_rwlock_rdlock(&x->k->lock);
        x->changed = x->k->book->seq != seq || x->k->book->day.n != day_today().n;
        pthread_rwlock_unlock(&x->k->lock);
        if (!x->changed)
            return true;
    }
    return load_on(x->k, c, e);
}

/* Readers that never pause must not keep a new book out for ever. */
static struct codebook *codebook_new(struct arena *a)
{
    struct codebook *k = arena_new(a, struct codebook);
    pthread_rwlockattr_t fair;
    pthread_rwlockattr_init(&fair);
    pthread_rwlockattr_setkind_np(&fair, PTHREAD_RWLOCK_PREFER_WRITER_NONRECURSIVE_NP);
    pthread_mutex_init(&k->loading, NULL);
    pthread_rwlock_init(&k->lock, &fair);
    pthread_rwlockattr_destroy(&fair);
    return k;
}

bool codebook_load(struct app *app, struct err *e)
{
    if (!app->codes)
        app->codes = codebook_new(app->a);
    struct load x = { .job.run = load_run, .k = app->codes, .always = true };
    return db_read_wait(app->db, &x.job, e);
}

bool codebook_reload(struct req *r, struct err *e)
{
    return load_on(r->app->codes, r->c, e);
}

bool codebook_refresh(struct app *app, bool *changed, struct err *e)
{
    struct load x = { .job.run = load_run, .k = app->codes };
    if (!db_read_wait(app->db, &x.job, e))
        return false;
    if (changed)
        *changed = x.changed;
    return true;
}

void codebook_close(struct app *app)
{
    struct codebook *k = app->codes;
    if (!k)
        return;
    book_free(k->book);
    arena_done(&k->pool.a);
    pthread_mutex_destroy(&k->loading);
    pthread_rwlock_destroy(&k->lock);
    app->codes = NULL;
}

/* ---- codes ---- */

static int code_at(const struct code_entry *x, struct str list, struct str code)
{
    int d = str_cmp(x->list, list);
    return d ? d : str_cmp(x->code, code);
}

const struct code_entry *book_code(const struct book *b, struct str list, struct str code,
                                   struct day d)
{
    size_t from = 0, n = b->codes_n;
    while (n > 0) {
        size_t half = n / 2;
        bool below = code_at(b->codes[from + half], list, code) < 0;
        from += below ? half + 1 : 0;
        n = below ? n - half - 1 : half;
    }
    for (; from < b->codes_n && code_at(b->codes[from], list, code) == 0; from++)
        if (holds_on(b->codes[from]->valid_from, b->codes[from]->valid_to, d))
            return b->codes[from];
    return NULL;
}

size_t book_above(const struct book *b, struct str list, struct str code, struct day d,
                  struct str *out, size_t max)
{
    size_t n = 0;
    while (code.n && n < max) {
        out[n++] = code;
        const struct code_entry *x = book_code(b, list, code, d);
        code = x ? x->parent : STR_NONE;
    }
    return n;
}

const struct code_entry *codebook_code(const struct app *app, struct str list, struct str code,
                                       struct day d)
{
    const struct book *b = book_lock(app);
    const struct code_entry *x = book_code(b, list, code, day_or_today(d));
    book_unlock(app);
    return x;
}

bool codebook_under(const struct app *app, struct str list, struct str code, struct str ancestor)
{
    struct str chain[CODE_DEPTH];
    const struct book *b = book_lock(app);
    size_t n = book_above(b, list, code, day_today(), chain, CODE_DEPTH);
    book_unlock(app);
    for (size_t i = 0; i < n; i++)
        if (str_eq(chain[i], ancestor))
            return true;
    return false;
}

/* The first code of the list in its order. */
static size_t list_start(const struct book *b, struct str list)
{
    size_t from = 0, n = b->codes_n;
    while (n > 0) {
        size_t half = n / 2;
        bool below = str_cmp(b->order[from + half]->list, list) < 0;
        from += below ? half + 1 : 0;
        n = below ? n - half - 1 : half;
    }
    return from;
}

struct list codebook_list(const struct app *app, struct arena *a, struct str list, struct day d)
{
    const struct book *b = book_lock(app);
    size_t from = list_start(b, list), end = from, n = 0;
    d = day_or_today(d);
    while (end < b->codes_n && str_eq(b->order[end]->list, list))
        end++;
    struct code_entry *v = arena_array(a, struct code_entry, end - from);
    for (size_t i = from; i < end; i++)
        if (holds_on(b->order[i]->valid_from, b->order[i]->valid_to, d))
            v[n++] = *b->order[i];
    book_unlock(app);
    return (struct list){ v, n };
}

/* "text" without an escape, moved past; false for anything else. */
static bool plain_text(struct str *s, struct str *out)
{
    size_t n = 1;
    if (!s->n || s->p[0] != '"')
        return false;
    while (n < s->n && s->p[n] != '"' && s->p[n] != '\\')
        n++;
    if (n == s->n || s->p[n] == '\\')
        return false;
    *out = str_sub(*s, 1, n - 1);
    *s = str_sub(*s, n + 1, s->n);
    return true;
}

static bool sign_past(struct str *s, char c)
{
    bool is = s->n && s->p[0] == c;
    if (is)
        *s = str_sub(*s, 1, s->n);
    return is;
}

/* {"a":"b",…} as it is nearly always written, read where it stands: rules ask several
 * columns of many codes for each event. False: let the parser say. */
static bool plain_extra(struct str s, const char *column, struct str *out)
{
    struct str key, value;
    *out = STR_NONE;
    if (!sign_past(&s, '{'))
        return false;
    do {
        if (!plain_text(&s, &key) || !sign_past(&s, ':') || !plain_text(&s, &value))
            return false;
        if (str_is(key, column)) {
            *out = value;
            return true;
        }
    } while (sign_past(&s, ','));
    return str_is(s, "}");
}

struct str code_extra(const struct code_entry *x, struct arena *a, const char *column)
{
    struct str plain;
    if (!x->extra.json.n || plain_extra(x->extra.json, column, &plain))
        return x->extra.json.n && plain.n ? arena_dup(a, plain) : STR_NONE;
    json_t *j = x->extra.json.n ? json_loadb(x->extra.json.p, x->extra.json.n, 0, NULL) : NULL;
    const char *text = json_string_value(json_object_get(j, column));
    struct str s = text ? arena_dup(a, str_of(text)) : STR_NONE;
    json_decref(j);
    return s;
}

int64_t codebook_number(const struct app *app, const char *code, int64_t none)
{
    struct arena a = { 0 };
    int64_t n = none;
    const struct code_entry *x = codebook_code(app, STR("number"), str_of(code), DAY_NONE);
    if (x && !str_to_i64(code_extra(x, &a, "value"), &n))
        n = none;
    arena_done(&a);
    return n;
}

int32_t codebook_days(const struct app *app, const char *code, int32_t none)
{
    enum { TEN_YEARS = 3653 };
    int64_t n = codebook_number(app, code, none);
    return n < 1 ? 1 : (int32_t)MIN(n, (int64_t)TEN_YEARS);
}

/* ---- mappings ---- */

static int map_at(const struct code_map *x, struct str list, struct str code, struct str to)
{
    int d = str_cmp(x->from_list, list);
    d = d ? d : str_cmp(x->from_code, code);
    return d ? d : str_cmp(x->to_list, to);
}

static const struct code_map *book_map(const struct book *b, struct str list, struct str code,
                                       struct str to, struct day d)
{
    const struct code_map *best = NULL;
    size_t from = 0, n = b->maps_n;
    while (n > 0) {
        size_t half = n / 2;
        bool below = map_at(b->maps[from + half], list, code, to) < 0;
        from += below ? half + 1 : 0;
        n = below ? n - half - 1 : half;
    }
    for (; from < b->maps_n && map_at(b->maps[from], list, code, to) == 0; from++) {
        const struct code_map *x = b->maps[from];
        if (holds_on(x->valid_from, x->valid_to, d) && (!best || x->relation < best->relation))
            best = x;
    }
    return best;
}

struct str codebook_map(const struct app *app, struct str list, struct str code, struct str to)
{
    const struct book *b = book_lock(app);
    const struct code_map *x = book_map(b, list, code, to, day_today());
    book_unlock(app);
    return x ? x->to_code : STR_NONE;
}
