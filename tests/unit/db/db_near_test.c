/* Near texts: every pair that is alike is found, against a comparison of each with
 * each, on texts that were copied, cut, stretched and stirred. */
#include "dbtest.h"
#include "base/random.h"
#include "base/utf8.h"
#include "db/db_near.h"
#include "db/db_search.h"

enum { DOCS = 800, SCOPES = 3, CHARS = 260 };

struct text { struct str title, story; struct near_sketch sketch; int64_t scope; bool gone; };
struct world {
    struct arena a;
    struct dice dice;
    struct text doc[DOCS + 1];
    struct db *db;
    size_t from;
};

/* Common characters are common: the smaller the number, the oftener. */
static void add_char(struct world *w, struct buf *b)
{
    char c[4];
    uint32_t at = dice_below(&w->dice, CHARS);
    at = dice_below(&w->dice, at + 1);
    buf_add(b, (struct str){ c, utf8_put(0x4E00 + at, c) });
    if (dice_below(&w->dice, 12) == 0)
        buf_add(b, STR("，"));
    if (dice_below(&w->dice, 40) == 0)
        buf_addf(b, " b%u x ", dice_below(&w->dice, 30));
}

/* The base with some characters dropped, some put in, and perhaps cut. */
static struct str stir(struct world *w, struct str base, uint32_t percent)
{
    AUTO(buf_done) struct buf b;
    buf_init(&b, 1 << 20);
    size_t most = dice_below(&w->dice, 4) ? SIZE_MAX : base.n * dice_below(&w->dice, 100) / 100;
    while (base.n && b.n < most) {
        struct str at = base;
        utf8_next(&base);
        if (dice_below(&w->dice, 100) >= percent)
            buf_add(&b, str_sub(at, 0, at.n - base.n));
        if (dice_below(&w->dice, 100) < percent)
            add_char(w, &b);
    }
    return arena_dup(&w->a, buf_str(&b));
}

static struct str fresh(struct world *w)
{
    AUTO(buf_done) struct buf b;
    buf_init(&b, 1 << 20);
    uint32_t n = dice_below(&w->dice, 30) ? 1 + dice_below(&w->dice, 150)
                                          : 1 + dice_below(&w->dice, 6000);
    while (n--)
        add_char(w, &b);
    return arena_dup(&w->a, buf_str(&b));
}

static void make_doc(struct world *w, size_t i)
{
    struct text *t = &w->doc[i];
    const struct text *base = i > 20 ? &w->doc[1 + dice_below(&w->dice, (uint32_t)i - 1)] : NULL;
    bool copy = base && dice_below(&w->dice, 3);
    uint32_t percent = dice_below(&w->dice, 1 + dice_below(&w->dice, 20));
    t->title = copy ? stir(w, base->title, percent) : utf8_first(fresh(w), 12);
    t->story = copy ? stir(w, base->story, percent) : fresh(w);
    t->sketch = near_sketch_of(&w->a, t->title, t->story);
    t->scope = 1 + dice_below(&w->dice, SCOPES);
    t->gone = false;
}

/* Ids as the program makes them: not in a row. */
static struct id id_of(size_t i) { return (struct id){ (int64_t)i * 4096 + 77 }; }

static bool put_docs(void *ctx, struct db_conn *c, struct err *e)
{
    struct world *w = ctx;
    for (size_t i = w->from; i <= DOCS; i++) {
        const struct text *t = &w->doc[i];
        struct id scopes[] = { { t->scope }, near_mark(&t->sketch) };
        struct str whole = arena_printf(&w->a, "N%zu %.*s %.*s", i, STR_ARG(t->title),
                                        STR_ARG(t->story));
        if (t->gone ? !db_search_delete(c, id_of(i), e)
                    : !db_near_count(c, id_of(i), &t->sketch, e)
                      || !db_search_put(c, id_of(i), whole, scopes, scopes[1].v ? 2 : 1, e))
            return false;
    }
    return true;
}

static void put_all(struct world *w, size_t from)
{
    struct err e = { 0 };
    w->from = from;
    MUST(write_do(w->db, put_docs, w, &e), &e);
}

struct ask { struct db_near q; struct db_near_found found; struct arena *a; };
static bool run_ask(void *ctx, struct db_conn *c, struct err *e)
{
    struct ask *x = ctx;
    return db_near(c, x->a, &x->q, &x->found, e);
}

static bool is_found(const struct db_near_found *f, struct id id)
{
    for (size_t i = 0; i < f->n; i++)
        if (f->ids[i].v == id.v)
            return true;
    return false;
}

/* The share, written apart: over all pairs of terms. */
static int64_t share(const struct near_sketch *a, const struct near_sketch *b)
{
    size_t both = 0;
    for (size_t i = 0; i < a->n; i++)
        for (size_t k = 0; k < b->n; k++)
            both += str_eq(a->terms[i], b->terms[k]);
    return (int64_t)(both * 100 / MAX(a->n + b->n - both, (size_t)1));
}

struct tally { size_t pairs, missed, foreign, looked, asked; };

static void compare(struct world *w, const struct ask *x, size_t self, struct tally *t)
{
    t->asked++;
    t->looked += x->found.n;
    for (size_t i = 1; i <= DOCS; i++) {
        const struct text *d = &w->doc[i];
        bool seen = false, found = is_found(&x->found, id_of(i));
        for (size_t k = 0; k < x->q.scopes_n; k++)
            seen |= d->scope == x->q.scopes[k].v;
        t->foreign += found && (!seen || d->gone);
        if (!seen || d->gone || d->sketch.n < NEAR_LEAST
            || near_percent(&x->q.sketch, &d->sketch) < x->found.percent)
            continue;
        t->pairs += i != self;
        t->missed += !found;
    }
}

static void test_near__misses_none(struct world *w, int64_t percent, size_t step)
{
    struct tally t = { 0 };
    struct err e = { 0 };
    int64_t us = 0;
    for (size_t i = 1; i <= DOCS; i += step) {
        struct id scopes[] = { { w->doc[i].scope }, { 1 + w->doc[i].scope % SCOPES } };
        struct ask x = { .q = { w->doc[i].sketch, scopes, 1 + i % 2, percent }, .a = &w->a };
        int64_t began = clock_us();
        MUST(read_do(w->db, run_ask, &x, &e), &e);
        us += clock_us() - began;
        if (w->doc[i].sketch.n >= NEAR_LEAST)
            compare(w, &x, i, &t);
        else
            OK_INT(x.found.n, 0);
    }
    printf("# from %d %%: %zu pairs, %zu looked at by %zu, %d us each\n", (int)percent, t.pairs,
           t.looked, t.asked, (int)(us / (int64_t)t.asked));
    OK(t.pairs > 10);
    OK_INT(t.missed, 0);
    OK_INT(t.foreign, 0);
    /* It chooses, and sharply; at 50 % a heap is a single term. */
    OK(t.looked < t.pairs + t.asked + DOCS * t.asked / (percent > 50 ? 20 : 10));
}

static void test_sketch__is_what_it_says(struct world *w)
{
    for (size_t i = 1; i + 1 <= DOCS; i += 7)
        OK_INT(near_percent(&w->doc[i].sketch, &w->doc[i + 1].sketch),
               share(&w->doc[i].sketch, &w->doc[i + 1].sketch));
    struct near_sketch none = near_sketch_of(&w->a, STR(""), STR("，。!")),
                       pump = near_sketch_of(&w->a, STR("ＡＢ漏水"), STR("漏水 ab，电"));
    OK_INT(none.n, 0);
    OK_INT(near_percent(&none, &none), 0);
    OK_INT(pump.n, 3);                                      /* ab, 漏水, 电: each once */
    OK_INT(near_mark(&pump).v, 0);
    OK_INT(near_percent(&pump, &pump), 100);
}

/* What lies behind the cut changes nothing, and no half word is made by it. */
static void test_sketch__ends_with_its_characters(struct world *w)
{
    static char s[3 * NEAR_CHARS + 100];
    for (size_t cut = 0; cut < 4; cut++) {
        memset(s, ' ', sizeof s);
        memcpy(s, "漏水", 6);                               /* two characters */
        memcpy(s + 6 + NEAR_CHARS - 2 - cut, "abc", 3);
        struct near_sketch whole = near_sketch_of(&w->a, STR("电梯"), (struct str){ s, sizeof s });
        struct near_sketch part = near_sketch_of(&w->a, STR("电梯"),
            utf8_first((struct str){ s, sizeof s }, NEAR_CHARS));
        OK_INT(whole.n, 2);                                 /* 电梯 and 漏水 */
        OK_INT(near_percent(&whole, &part), 100);
    }
}

static void test_near__hostile(struct world *w)
{
    static const char *const bad[] = { "' | 'a", "\" OR \"", "*) NEAR(", "{\"a\"}", "\\x00\\",
        "_1 _2", "and or not null true select", "%s%n$1", "\xEF\xBB\xBF\xFF\xFE" };
    struct id scope = { 1 }, many[NEAR_SCOPES_MAX + 1] = { { 1 } };
    struct err e = { 0 };
    for (size_t i = 0; i < COUNT(bad); i++) {
        struct str s = arena_printf(&w->a, "%s 一二三四五六七八九十%s甲乙丙丁", bad[i], bad[i]);
        struct ask x = { .q = { near_sketch_of(&w->a, s, s), &scope, 1, 60 }, .a = &w->a };
        OK(x.q.sketch.n >= NEAR_LEAST && read_do(w->db, run_ask, &x, &e));
    }
    struct ask x = { .q = { w->doc[1].sketch, many, COUNT(many), 60 }, .a = &w->a };
    OK(!read_do(w->db, run_ask, &x, &e) && e.id == ERR_TOO_MANY);
    x.q.scopes_n = 0;
    OK(read_do(w->db, run_ask, &x, &e) && x.found.n == 0);
}

static bool flood(void *ctx, struct db_conn *c, struct err *e)
{
    struct world *w = ctx;
    const struct text *t = &w->doc[1];
    struct id scopes[] = { { 99 }, near_mark(&t->sketch) };
    for (int64_t i = 1; i <= 1000; i++)
        if (!db_near_count(c, (struct id){ -i * 4096 }, &t->sketch, e)
            || !db_search_put(c, (struct id){ -i * 4096 }, t->story, scopes, 2, e))
            return false;
    return true;
}

/* One letter sent thousands of times: what is looked for gets narrower, what is
 * found stays bounded, and is still the same letter. */
static void test_near__is_bounded(struct world *w)
{
    struct err e = { 0 };
    struct id scope = { 99 };
    while (w->doc[1].sketch.n < 60)
        make_doc(w, 1);
    w->doc[1].story = arena_printf(&w->a, "%.*s %.*s", STR_ARG(w->doc[1].title),
                                   STR_ARG(w->doc[1].story));
    MUST(write_do(w->db, flood, w, &e), &e);
    struct ask x = { .q = { w->doc[1].sketch, &scope, 1, 60 }, .a = &w->a };
    MUST(read_do(w->db, run_ask, &x, &e), &e);
    OK(x.found.percent > 60);
    OK_INT(x.found.n, NEAR_FOUND_MAX);
}

/* As if the commonest term stood in a million documents. */
static bool pretend_many(void *ctx, struct db_conn *c, struct err *e)
{
    (void)ctx;
    return db_exec(c, e, NULL, SQL("UPDATE search_count SET n = 60000 WHERE n > 15"));
}

static bool forget_counts(void *ctx, struct db_conn *c, struct err *e)
{
    (void)ctx;
    return db_exec(c, e, NULL, SQL("DELETE FROM search_count"));
}

int main(void)
{
    static struct world w = { .dice = { 20261121 } };
    static char sql[65536];
    struct home h;
    home_make(&h);
    FILE *f = fopen(SQL_DIR "0001_db.sql", "r");
    if (!f || !fread(sql, 1, sizeof sql - 1, f) || fclose(f))
        abort();
    w.db = db_fresh(&h, (struct db_options){ .readers = 1, .workers = 2 });
    migrate_text(w.db, sql);
    for (size_t i = 1; i <= DOCS; i++)
        make_doc(&w, i);
    test_sketch__is_what_it_says(&w);
    test_sketch__ends_with_its_characters(&w);
    put_all(&w, 1);
    for (int64_t percent = 50; percent <= 100; percent += 10)
        test_near__misses_none(&w, percent, 5);
    for (size_t i = DOCS / 2; i <= DOCS; i++) {     /* other texts, some gone */
        make_doc(&w, i);
        w.doc[i].gone = dice_below(&w.dice, 4) == 0;
    }
    put_all(&w, DOCS / 2);
    test_near__misses_none(&w, 60, 4);
    MUST(write_do(w.db, pretend_many, NULL, &(struct err){ 0 }), &(struct err){ 0 });
    test_near__misses_none(&w, 60, 4);              /* sizes told apart */
    MUST(write_do(w.db, forget_counts, NULL, &(struct err){ 0 }), &(struct err){ 0 });
    test_near__misses_none(&w, 60, 4);              /* and when no term is known */
    test_near__hostile(&w);
    test_near__is_bounded(&w);
    db_close(w.db);
    arena_done(&w.a);
    home_end(&h);
    return tap_end();
}
