#include "dbtest.h"
#include "base/random.h"
#include "base/utf8.h"
#include "db/db_search.h"

enum { DOCS = 5000, QUERIES = 300, SCOPES = 12 };

struct text { struct str s, folded; struct id scope[3]; size_t scopes; bool gone; };
struct world { struct arena a; struct dice dice; struct text doc[DOCS + 1]; struct db *db; size_t from; };

/* A small alphabet, so that pairs meet often and runs are found apart. */
static const char *const chars[] = { "漏", "水", "电", "梯", "邻", "里", "噪", "音", "物", "业", "停", "车",
                                     "位", "费", "𠮷", "か" };
static const char *const words[] = { "abc", "ABC", "１２３", "123", "A1", "é", "x", "13800138000" };
static const char *const marks[] = { "，", "。", " ", "\n", "'", "\"", "*", ")", "　", "_1", "-",
    ":" };

static void add(struct world *w, struct buf *b, size_t pieces)
{
    for (size_t i = 0; i < pieces; i++) {
        uint32_t kind = dice_below(&w->dice, 20);
        const char *s = kind < 16 ? chars[dice_below(&w->dice, COUNT(chars))]
                      : kind < 18 ? marks[dice_below(&w->dice, COUNT(marks))]
                                  : words[dice_below(&w->dice, COUNT(words))];
        buf_add(b, str_of(s));
    }
}

static struct str make_text(struct world *w, size_t pieces)
{
    AUTO(buf_done) struct buf b;
    buf_init(&b, 1 << 16);
    add(w, &b, pieces);
    return arena_dup(&w->a, buf_str(&b));
}

static void make_doc(struct world *w, size_t i)
{
    struct text *t = &w->doc[i];
    *t = (struct text){ .s = make_text(w, dice_below(&w->dice, 60)) };
    t->folded = utf8_fold(&w->a, t->s);
    t->scopes = dice_below(&w->dice, 4);
    for (size_t k = 0; k < t->scopes; k++)
        t->scope[k].v = 1 + dice_below(&w->dice, 1 + dice_below(&w->dice, SCOPES));
}

static bool put_docs(void *ctx, struct db_conn *c, struct err *e)
{
    struct world *w = ctx;
    for (size_t i = w->from; i <= DOCS; i++) {
        struct text *t = &w->doc[i];
        if (t->gone ? !db_search_delete(c, (struct id){ (int64_t)i * 7 }, e)
                    : !db_search_put(c, (struct id){ (int64_t)i * 7 }, t->s, t->scope, t->scopes,
                        e))
            return false;
    }
    return true;
}

/* ---- the truth, written apart: substrings of the folded text ---- */

static bool is_word_at(struct str s, size_t at)
{
    struct str rest = str_sub(s, at, s.n);
    return rest.n && utf8_is_word(utf8_next(&rest));
}

static bool ends_word(struct str s, size_t at)
{
    while (at && ((unsigned char)s.p[--at] & 0xC0) == 0x80)
        ;
    return is_word_at(s, at);
}

static bool has_word(struct str text, struct str word)
{
    for (size_t at = 0; at + word.n <= text.n; at++)
        if (!memcmp(text.p + at, word.p, word.n) && (at == 0 || !ends_word(text, at))
            && !is_word_at(text, at + word.n))
            return true;
    return false;
}

static bool is_true(struct str q, struct str t)
{
    bool any = false;
    while (q.n) {
        struct str start = q, rest = q;
        uint32_t c = utf8_next(&rest);
        bool (*is)(uint32_t) = utf8_is_han(c) ? utf8_is_han : utf8_is_word(c) ? utf8_is_word : NULL;
        if (!is) {
            q = rest;
            continue;
        }
        while (rest = q, q.n && is(utf8_next(&rest)))
            q = rest;
        struct str run = str_sub(start, 0, start.n - q.n);
        any = true;
        if (is == utf8_is_han ? str_find(t, run) == t.n : !has_word(t, run))
            return false;
    }
    return any;
}

static bool in_scope(const struct text *t, const struct db_search *q)
{
    for (size_t i = 0; i < t->scopes; i++)
        for (size_t k = 0; k < q->scopes_n; k++)
            if (t->scope[i].v == q->scopes[k].v)
                return true;
    return q->everywhere;
}

struct ask { struct world *w; struct db_search q; struct db_found found; int64_t want; bool wrong; };

static bool run_ask(void *ctx, struct db_conn *c, struct err *e)
{
    struct ask *x = ctx;
    return db_search(c, &x->w->a, &x->q, &x->found, e);
}

/* Walks all pages beside the truth. */
static bool agrees(struct ask *x)
{
    struct err e = { 0 };
    AUTO(arena_done) struct arena a = { 0 };
    struct str query = utf8_fold(&a, x->q.text);
    size_t at = 0, pages = 0;
    int64_t total = 0, first_count = 0;
    MUST(read_do(x->w->db, run_ask, x, &e), &e);
    first_count = x->found.count;
    for (size_t i = DOCS; i > 0; i--) {
        struct text *t = &x->w->doc[i];
        bool want = !t->gone && in_scope(t, &x->q) && is_true(query, t->folded);
        if (i % 16 == 0 && is_true(query, t->folded) != db_search_fits(x->q.text, t->s))
            return false;
        if (!want)
            continue;
        total++;
        if (at == x->found.n && x->found.next.v) {
            x->q.before = x->found.next;
            MUST(read_do(x->w->db, run_ask, x, &e), &e);
            at = 0;
            pages++;
        }
        if (at >= x->found.n || x->found.ids[at++].v != (int64_t)i * 7)
            return false;
    }
    bool capped = total > x->q.count_max;
    x->want = total;
    return at == x->found.n && x->found.next.v == 0 && first_count == MIN(total, x->q.count_max)
        && (pages || x->found.is_capped == capped);
}

static void test_truth(struct world *w, unsigned queries)
{
    unsigned bad = 0, hits = 0;
    for (unsigned i = 0; i < queries; i++) {
        struct id scopes[3];
        struct ask x = { .w = w, .q = { .scopes = scopes, .limit = 1 + dice_below(&w->dice, 300),
                                        .count_max = 1 + dice_below(&w->dice, 500) } };
        x.q.text = make_text(w, 1 + dice_below(&w->dice, 6));
        x.q.scopes_n = dice_below(&w->dice, 4);
        x.q.everywhere = dice_below(&w->dice, 2);
        for (size_t k = 0; k < x.q.scopes_n; k++)
            scopes[k] = (struct id){ 1 + dice_below(&w->dice, SCOPES) };
        if (!agrees(&x)) {
            if (bad++ < 3)
                printf("# wrong: [%.*s]\n", STR_ARG(x.q.text));
        }
        hits += x.want > 0;
    }
    OK_INT(bad, 0);
    OK(hits > queries / 4);
    printf("# %u queries, %u with hits\n", queries, hits);
}

static void test_hostile(struct world *w)
{
    static const char *const queries[] = { "", "   ", "\"", "'", "\" OR \"漏水", "漏水' | 'x",
        "* * *", "^漏水", "NEAR(漏 水)",
        "漏水 AND NOT 电梯", "terms:漏水", "!漏水", "<->", "漏水:*", "\\", "_1", "(((", ")", "{a b}", "-",
            "+漏水", "�", "；；；！？",
        "DROP TABLE search_doc; --", "%", "漏_水" };
    struct err e = { 0 };
    struct ask x = { .w = w, .q = { .everywhere = true, .limit = 10, .count_max = 1000 } };
    unsigned bad = 0;
    for (size_t i = 0; i < COUNT(queries); i++) {
        x.q.text = str_of(queries[i]);
        x.q.before = ID_NONE;
        if (!agrees(&x)) {
            bad++;
            printf("# wrong: [%s]\n", queries[i]);
        }
    }
    OK_INT(bad, 0);
    x.q.text = (struct str){ "漏水\0\xFF 电", 11 };
    x.q.before = ID_NONE;
    OK(agrees(&x));
    static char huge[10240];
    memset(huge, 'a', sizeof huge);
    x.q.text = (struct str){ huge, sizeof huge };
    x.q.before = ID_NONE;
    OK(!read_do(w->db, run_ask, &x, &e) && e.id == ERR_TOO_LONG);
    x.q.text = STR("漏水");
    x.q.scopes_n = SEARCH_SCOPES_MAX + 1;
    OK(!read_do(w->db, run_ask, &x, &e) && e.id == ERR_TOO_MANY);
    x.q = (struct db_search){ .text = STR("漏水"), .limit = 10 };
    OK(read_do(w->db, run_ask, &x, &e) && x.found.n == 0);  /* no scope sees nothing */
}

static bool clear(void *ctx, struct db_conn *c, struct err *e)
{
    (void)ctx;
    return db_search_clear(c, e);
}

static void put_all(struct world *w, size_t from)
{
    struct err e = { 0 };
    w->from = from;
    MUST(write_do(w->db, put_docs, w, &e), &e);
}

int main(void)
{
    static struct world w = { .dice = { 20261121 } };
    static char sql[65536];
    struct home h;
    struct err e = { 0 };
    home_make(&h);
    FILE *f = fopen(SQL_DIR "0001_db.sql", "r");
    if (!f || !fread(sql, 1, sizeof sql - 1, f) || fclose(f))
        abort();
    w.db = db_fresh(&h, (struct db_options){ .readers = 1, .workers = 2 });
    migrate_text(w.db, sql);
    for (size_t i = 1; i <= DOCS; i++)
        make_doc(&w, i);
    int64_t began = clock_us();
    put_all(&w, 1);
    printf("# put: %d us a document\n", (int)((clock_us() - began) / DOCS));
    test_truth(&w, QUERIES);
    test_hostile(&w);
    for (size_t i = 2500; i <= DOCS; i++) {     /* other texts, other scopes, some gone */
        make_doc(&w, i);
        w.doc[i].gone = dice_below(&w.dice, 3) == 0;
    }
    put_all(&w, 2500);
    put_all(&w, 2500);                          /* twice is the same */
    test_truth(&w, QUERIES / 2);
    MUST(write_do(w.db, clear, NULL, &e), &e);
    struct ask x = { .w = &w, .q = { .text = STR("漏水"), .everywhere = true, .limit = 5 } };
    OK(read_do(w.db, run_ask, &x, &e) && x.found.n == 0 && x.found.count == 0);
    put_all(&w, 1);
    test_truth(&w, 50);
    db_close(w.db);
    arena_done(&w.a);
    home_end(&h);
    return tap_end();
}
