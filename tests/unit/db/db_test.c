#include "dbtest.h"

static const char tables[] =
    "CREATE TABLE thing (id BIGINT @ID, name TEXT NOT NULL UNIQUE, amount BIGINT, body BLOB,\n"
    " state BIGINT NOT NULL CHECK (state BETWEEN 0 AND 2), @KEY(id));\n"
    "CREATE TABLE part (id BIGINT @ID, thing BIGINT NOT NULL REFERENCES thing (id), @KEY(id));\n"
    "CREATE TABLE wide (b BIGINT NOT NULL, t BIGINT NOT NULL, s TEXT NOT NULL, w BIGINT NOT NULL,\n"
    " d BIGINT NOT NULL, m BIGINT NOT NULL, k BIGINT NOT NULL, r TEXT, @KEY(k));\n";

struct thing { struct id id; struct str name; int64_t amount; struct str body; unsigned state; };
static const struct name state_v[] = { { "a", "a", "a" }, { "b", "b", "b" }, { "c", "c", "c" } };
static const struct names states = NAMES("state", state_v);
static const struct field thing_fields[] = {
    FIELD(thing, id, .doc = "x"), FIELD(thing, name, .doc = "x"), FIELD(thing, amount, .doc = "x"),
    FIELD(thing, body, .doc = "x"), FIELD(thing, state, .doc = "x", .names = &states),
};
static const struct record thing_record = RECORD(thing, thing_fields);

struct wide {
    bool b; struct stamp t; struct str s; struct day d; struct fen m; struct id k; struct raw r;
    unsigned w;
};
static const struct field wide_fields[] = {
    FIELD(wide, b, .doc = "x"), FIELD(wide, t, .doc = "x"), FIELD(wide, s, .doc = "x"),
    FIELD(wide, d, .doc = "x"), FIELD(wide, m, .doc = "x"), FIELD(wide, k, .doc = "x"),
    FIELD(wide, r, .doc = "x"), FIELD(wide, w, .doc = "x"),
};
static const struct record wide_record = RECORD(wide, wide_fields);

struct env { struct arena a; struct db *db; int64_t n; struct str s; };

static bool thing_add(struct db_conn *c, int64_t id, struct str name, int64_t state, struct err *e)
{
    return db_exec(c, e, NULL,
        SQL("INSERT INTO thing (id, name, amount, body, state) VALUES ($1, $2, $3, $4, $5)"),
        V(id), V(name), DB_NOTHING, DB_NOTHING, V(state));
}

/* ---- values ---- */

static bool put_values(void *ctx, struct db_conn *c, struct err *e)
{
    static const char bytes[] = { 0, 1, (char)0xFF, 0, '\'', '\\' };
    int64_t changed = -1;
    (void)ctx;
    return db_exec(c, e, &changed,
            SQL("INSERT INTO thing (id, name, amount, body, state) VALUES ($1, $2, $3, $4, $5)"),
            V((int64_t)INT64_MAX), V(STR("漏水'\"\\;--")), V((int64_t)INT64_MIN),
            V(((struct blob){ bytes, sizeof bytes })), V(2))
        && OK_INT(changed, 1)
        && db_exec(c, e, &changed,
            SQL("INSERT INTO thing (id, name, amount, body, state) VALUES ($1, $2, $3, $4, $5)"),
            V(1), V(STR_NONE), DB_NOTHING, V(((struct blob){ NULL, 0 })), V(0))
        && db_exec(c, e, NULL,
            SQL("INSERT INTO wide (b, t, s, w, d, m, k, r) VALUES ($1, $2, $3, $4, $5, $6, $7,"
                " $8)"),
            V(true), V(((struct stamp){ 1234567890123 })), V(STR("s")), V(7u),
            V(((struct day){ -3 })), V(((struct fen){ 1230 })), V(((struct id){ 99 })), DB_NOTHING)
        && db_exec(c, e, &changed, SQL("UPDATE thing SET state = 1 WHERE id = $1"), V(12345))
        && OK_INT(changed, 0);
}

static bool get_values(void *ctx, struct db_conn *c, struct err *e)
{
    struct env *x = ctx;
    struct thing t, u;
    struct wide w;
    if (!db_one(c, e, &x->a, &thing_record, &t,
                SQL("SELECT state, id, name, amount, body FROM thing WHERE id > $1"), V(1)))
        return false;
    OK(t.id.v == INT64_MAX && t.amount == INT64_MIN && t.state == 2);
    OK_STR(t.name, "漏水'\"\\;--");
    OK(t.body.n == 6 && !memcmp(t.body.p, "\0\1\xFF\0'\\", 6));
    if (!db_one(c, e, &x->a, &thing_record, &u,
                SQL("SELECT id, name, amount, body, state FROM thing WHERE name = $1"),
                    V(STR_NONE)))
        return false;
    OK(u.id.v == 1 && u.name.n == 0 && u.amount == 0 && u.body.n == 0);
    if (!db_one(c, e, &x->a, &wide_record, &w, SQL("SELECT b, t, s, w, d, m, k, r FROM wide")))
        return false;
    OK(w.b && w.t.ms == 1234567890123 && w.d.n == -3 && w.m.v == 1230 && w.k.v == 99 && w.w == 7
       && !w.r.json.n);
    return db_int(c, e, &x->n, SQL("SELECT COUNT(*) FROM thing WHERE amount IS NULL"))
        && OK_INT(x->n, 1)
        && db_int(c, e, &x->n, SQL("SELECT COUNT(*) FROM thing WHERE body IS NULL"))
            && OK_INT(x->n, 0);
}

static bool get_params(void *ctx, struct db_conn *c, struct err *e)
{
    struct env *x = ctx;
    int64_t n = 0, none = 77;
    struct str s = STR("kept");
    return db_int(c, e, &n, SQL("SELECT CAST($2 AS BIGINT) - CAST($1 AS BIGINT)"), V(1), V(10))
        && OK_INT(n, 9)
        && db_int(c, e, &n, SQL("SELECT $1 * 2 + $1 + $2"), V((int64_t)1 << 40), V(5))
        && OK_INT(n, 3 * ((int64_t)1 << 40) + 5)
        && db_text(c, e, &x->a, &x->s, SQL("SELECT $2 || CAST($1 AS TEXT) || $2"), V(STR("-")),
            V(STR("丙")))
        && OK_STR(x->s, "丙-丙")
        && db_int(c, e, &n, SQL("SELECT COUNT(*) FROM thing WHERE CAST($1 AS BIGINT) IS NULL OR"
            " id = $1"),
                  DB_NOTHING)
        && OK_INT(n, 2)
        && db_int(c, e, &n, SQL("SELECT COUNT(*) FROM thing WHERE CAST($1 AS BIGINT) IS NULL OR"
            " id = $1"),
                  V(1))
        && OK_INT(n, 1)
        && db_int(c, e, &none, SQL("SELECT id FROM thing WHERE id = 5")) && OK_INT(none, 77)
        && db_text(c, e, &x->a, &s, SQL("SELECT name FROM thing WHERE id = 5")) && OK_STR(s, "kept")
        && db_int(c, e, &n, SQL("SELECT CASE WHEN EXISTS (SELECT 1 FROM thing) THEN 1 ELSE 0 END"))
        && OK_INT(n, 1);
}

static bool get_missing(void *ctx, struct db_conn *c, struct err *e)
{
    struct env *x = ctx;
    struct thing t = { .state = 9 };
    bool found = true;
    struct err own = { 0 };
    OK(!db_one(c, &own, &x->a, &thing_record, &t, SQL("SELECT id FROM thing WHERE id = $1"), V(5)));
    OK_INT(own.id, ERR_NOT_FOUND);
    OK_INT(t.state, 9);
    /* a row that was not there is no failure of the connection */
    return db_maybe(c, e, &x->a, &thing_record, &t, &found,
                    SQL("SELECT id FROM thing WHERE id = $1"), V(5))
        && OK(!found && t.state == 9);
}

struct refusal { const char *what; call_fn *fn; enum err_id want; };

static bool add_twice(void *ctx, struct db_conn *c, struct err *e)
{
    (void)ctx;
    return thing_add(c, 50, STR("twice"), 0, e) && thing_add(c, 51, STR("twice"), 0, e);
}
static bool add_same_id(void *ctx, struct db_conn *c, struct err *e)
{
    (void)ctx;
    return thing_add(c, 1, STR("other"), 0, e);
}
static bool add_bad_state(void *ctx, struct db_conn *c, struct err *e)
{
    (void)ctx;
    return thing_add(c, 52, STR("state"), 3, e);
}
static bool add_no_parent(void *ctx, struct db_conn *c, struct err *e)
{
    (void)ctx;
    return db_exec(c, e, NULL, SQL("INSERT INTO part (id, thing) VALUES (1, 404)"));
}
static bool add_null(void *ctx, struct db_conn *c, struct err *e)
{
    (void)ctx;
    return db_exec(c, e, NULL, SQL("INSERT INTO part (id, thing) VALUES (1, $1)"), DB_NOTHING);
}
static bool add_nul_text(void *ctx, struct db_conn *c, struct err *e)
{
    (void)ctx;
    return thing_add(c, 53, (struct str){ "a\0b", 3 }, 0, e);
}
static bool add_bad_text(void *ctx, struct db_conn *c, struct err *e)
{
    (void)ctx;
    return thing_add(c, 53, STR("a\xFF"), 0, e);
}
static bool bad_sql(void *ctx, struct db_conn *c, struct err *e)
{
    (void)ctx;
    return db_exec(c, e, NULL, SQL("SELEKT 1"));
}
static bool bad_count(void *ctx, struct db_conn *c, struct err *e)
{
    int64_t n;
    (void)ctx;
    return db_int(c, e, &n, SQL("SELECT CAST($1 AS BIGINT) + CAST($2 AS BIGINT)"), V(1));
}
static bool bad_column(void *ctx, struct db_conn *c, struct err *e)
{
    struct env *x = ctx;
    struct thing t;
    return db_one(c, e, &x->a, &thing_record, &t, SQL("SELECT id AS stranger FROM thing"));
}
static bool two_statements(void *ctx, struct db_conn *c, struct err *e)
{
    (void)ctx;
    return db_exec(c, e, NULL, SQL("DELETE FROM part; DELETE FROM part"));
}
static bool silent(void *ctx, struct db_conn *c, struct err *e)
{
    (void)ctx, (void)c, (void)e;
    return false;
}
static bool swallow(void *ctx, struct db_conn *c, struct err *e)
{
    struct err own = { 0 };
    (void)ctx, (void)e;
    bool ok = thing_add(c, 54, STR("swallow"), 0, &own) && thing_add(c, 55, STR("swallow"), 0,
        &own);
    OK(!ok);
    return true;
}

static void test_refusals(struct env *x)
{
    static const struct refusal rows[] = {
        { "a unique text", add_twice, ERR_DUPLICATE }, { "a key", add_same_id, ERR_DUPLICATE },
        { "a check", add_bad_state, ERR_NO_SUCH_REF },
        { "a reference", add_no_parent, ERR_NO_SUCH_REF }, { "a null", add_null, ERR_NO_SUCH_REF },
        { "U+0000", add_nul_text, ERR_BAD_TEXT }, { "no UTF-8", add_bad_text, ERR_BAD_TEXT },
        { "no SQL", bad_sql, ERR_INTERNAL }, { "too few values", bad_count, ERR_INTERNAL },
        { "too few values again", bad_count, ERR_INTERNAL },
        { "no member", bad_column, ERR_INTERNAL }, { "two statements", two_statements,
            ERR_INTERNAL },
        { "no reason", silent, ERR_INTERNAL }, { "a swallowed failure", swallow, ERR_DUPLICATE },
    };
    struct err e = { 0 };
    for (size_t i = 0; i < COUNT(rows); i++) {
        printf("# %s\n", rows[i].what);
        OK(!write_do(x->db, rows[i].fn, x, &e));
        if (!OK_INT(e.id, rows[i].want))
            printf("# %s\n", e.detail);
        if (e.id == ERR_DUPLICATE)
            OK_STR(str_of(e.arg), "thing");
    }
}

static bool count_things(void *ctx, struct db_conn *c, struct err *e)
{
    return db_int(c, e, ctx, SQL("SELECT COUNT(*) FROM thing"));
}

/* ---- rows ---- */

struct seen { int64_t n, sum, stop_at; struct db_conn *c; bool nested; };

static bool see(void *ctx, const struct db_row *row, struct err *e)
{
    struct seen *s = ctx;
    s->n++;
    s->sum += db_row_int(row, 0);
    if (s->n == s->stop_at)
        return err_set(e, ERR_EXPIRED);
    if (!s->nested)
        return true;
    int64_t got = 0;                    /* another statement while this one runs */
    return db_int(s->c, e, &got, SQL("SELECT id FROM thing WHERE id = $1"), V(db_row_int(row, 0)))
        && (got == db_row_int(row, 0) || err_internal(e, "nested"));
}

static bool see_all(void *ctx, struct db_conn *c, struct err *e)
{
    struct seen *s = ctx;
    s->c = c;
    s->n = s->sum = 0;
    return db_each(c, e, see, s, SQL("SELECT id, name FROM thing WHERE id >= $1 AND id < 5000"
        " ORDER BY id"), V(1000));
}

static bool see_then_ask(void *ctx, struct db_conn *c, struct err *e)
{
    struct err own = { 0 };
    int64_t n = 0;
    OK(!see_all(ctx, c, &own));
    OK_INT(own.id, ERR_EXPIRED);
    return db_int(c, e, &n, SQL("SELECT COUNT(*) FROM thing")) && OK(n > 2500);
}

static bool add_many(void *ctx, struct db_conn *c, struct err *e)
{
    char name[32];
    (void)ctx;
    for (int64_t i = 1000; i < 4000; i++) {
        int n = snprintf(name, sizeof name, "many %d", (int)i);
        if (!thing_add(c, i, (struct str){ name, (size_t)n }, i % 3, e))
            return false;
    }
    return OK_INT(db_conn_statements(c), 3000);
}

static bool list_things(void *ctx, struct db_conn *c, struct err *e)
{
    struct env *x = ctx;
    struct list l = { 0 };
    if (!db_all(c, e, &x->a, &thing_record, &l,
                SQL("SELECT id, name, state FROM thing WHERE id BETWEEN 1000 AND 5000 ORDER BY"
                    " id DESC LIMIT $1"), V(500)))
        return false;
    struct thing *t = l.v;
    return OK_INT(l.n, 500) && OK(t[0].id.v == 3999 && t[499].id.v == 3500)
        && OK_STR(t[499].name, "many 3500");
}

struct seen_by { int64_t before, after; };

static bool see_snapshot(void *ctx, struct db_conn *c, struct err *e)
{
    struct seen_by *s = ctx;
    int64_t n;
    s->before = db_conn_snapshot(c);
    if (!db_int(c, e, &n, SQL("SELECT COUNT(*) FROM thing")))
        return false;
    s->after = db_conn_snapshot(c);
    return true;
}

static int64_t snapshot_of(struct db *db)
{
    struct err e = { 0 };
    struct seen_by s = { 0 };
    MUST(read_do(db, see_snapshot, &s, &e), &e);
    OK_INT(s.before, 0);                /* the snapshot begins with the first statement */
    return s.after;
}

static bool add_one(void *ctx, struct db_conn *c, struct err *e)
{
    (void)ctx;
    return thing_add(c, 1, STR("one more"), 0, e);
}

/* A snapshot's number is its connection's own: on SQLite a database of one reader. */
static void test_snapshot(struct db *shared)
{
    if (db_engine_of(shared) != DB_SQLITE) {
        OK_INT(snapshot_of(shared), 0);
        return;
    }
    struct err e = { 0 };
    struct home h;
    home_make(&h);
    struct db *db = db_fresh(&h, (struct db_options){ .readers = 1 });
    migrate_text(db, tables);
    int64_t first = snapshot_of(db);
    OK(first > 0);
    OK_INT(snapshot_of(db), first);
    OK(!write_do(db, script_do, (char[]){ "INSERT INTO nowhere VALUES (1)" }, &e));
    OK_INT(snapshot_of(db), first);
    MUST(write_do(db, add_one, NULL, &e), &e);
    int64_t then = snapshot_of(db);
    OK(then > 0 && then != first);
    OK_INT(snapshot_of(db), then);
    db_stop(db);
    db_close(db);
    home_end(&h);
}

static void test_rows(struct env *x)
{
    struct err e = { 0 };
    struct seen s = { 0 };
    MUST(write_do(x->db, add_many, NULL, &e), &e);
    OK(read_do(x->db, see_all, &s, &e));
    OK(s.n == 3000 && s.sum == (1000 + 3999) * 1500);
    s.nested = true;
    OK(read_do(x->db, see_all, &s, &e) && s.n == 3000);
    OK(write_do(x->db, see_all, &s, &e) && s.n == 3000);
    s.stop_at = 5;
    OK(read_do(x->db, see_then_ask, &s, &e) && s.n == 5);
    OK(write_do(x->db, see_then_ask, &s, &e) && s.n == 5);
    MUST(read_do(x->db, list_things, x, &e), &e);
}

/* ---- bulk ---- */

static bool load(void *ctx, struct db_conn *c, struct err *e)
{
    static const char *const columns[] = { "id", "name", "amount", "body", "state" };
    const int64_t *n = ctx;
    struct db_bulk *b = NULL;
    char name[64];
    bool ok = db_bulk_begin(c, &b, "thing", columns, COUNT(columns), e);
    for (int64_t i = 0; ok && i < *n; i++) {
        int k = snprintf(name, sizeof name, "bulk\t\\N\n'%d 水", (int)i);
        struct str s = { name, (size_t)k };
        ok = db_bulk_row(b, DB_LIST(V(100000 + i), V(s), i % 2 ? V(i) : DB_NOTHING,
                                    V(((struct blob){ "\0\\", 2 })), V(1)), e);
    }
    return db_bulk_end(b, e) && ok;
}

static bool load_twice(void *ctx, struct db_conn *c, struct err *e)
{
    return load(ctx, c, e) && load(ctx, c, e);
}

static bool load_narrow(void *ctx, struct db_conn *c, struct err *e)
{
    static const char *const columns[] = { "id", "thing" };
    struct db_bulk *b = NULL;
    (void)ctx;
    bool ok = db_bulk_begin(c, &b, "part", columns, 2, e) && db_bulk_row(b, DB_LIST(V(1)), e);
    struct err own = { 0 };
    return db_bulk_end(b, &own) && ok;
}

static bool check_bulk(void *ctx, struct db_conn *c, struct err *e)
{
    struct env *x = ctx;
    struct thing t;
    return db_one(c, e, &x->a, &thing_record, &t,
                  SQL("SELECT id, name, amount, body, state FROM thing WHERE id = 100007"))
        && OK_STR(t.name, "bulk\t\\N\n'7 水") && OK_INT(t.amount, 7) && OK_INT(t.body.n, 2)
        && db_int(c, e, &x->n, SQL("SELECT COUNT(*) FROM thing WHERE id BETWEEN 100000 AND"
            " 999999 AND amount IS NULL"))
        && OK_INT(x->n, 50000);
}

static void test_bulk(struct env *x)
{
    struct err e = { 0 };
    int64_t n = 100000, few = 100, before = 0, after = 0, began = clock_us();
    MUST(read_do(x->db, count_things, &before, &e), &e);
    OK(!write_do(x->db, load_twice, &few, &e));
    OK_INT(e.id, ERR_DUPLICATE);
    OK(!write_do(x->db, load_narrow, NULL, &e));
    OK_INT(e.id, ERR_INTERNAL);
    OK(write_do(x->db, load, &n, &e));
    MUST(read_do(x->db, count_things, &after, &e), &e);
    OK_INT(after - before, 100000);
    printf("# bulk: %d ms for 100000 rows\n", (int)((clock_us() - began) / 1000));
    MUST(read_do(x->db, check_bulk, x, &e), &e);
}

/* ---- reads do not write, databases that are none ---- */

static bool write_in_read(void *ctx, struct db_conn *c, struct err *e)
{
    (void)ctx;
    return thing_add(c, 60, STR("reader"), 0, e);
}

static void test_open(const struct home *h)
{
    static const char *const urls[] = { "", "mysql:x", "sqlite:", "sqlite:/nonexistent/x/y.db",
                                        "postgresql://nobody@127.0.0.1:1/none?connect_timeout=2" };
    struct err e;
    for (size_t i = 0; i < COUNT(urls); i++) {
        struct db_options o = { .url = str_of(urls[i]) };
        err_clear(&e);
        OK(!db_open(&o, &e) && (e.id == ERR_CONFIG || e.id == ERR_UNAVAILABLE));
    }
    char path[128], url[140];
    snprintf(path, sizeof path, "%s/bad.db", h->dir);
    snprintf(url, sizeof url, "sqlite:%s", path);
    FILE *f = fopen(path, "w");
    for (int i = 0; f && i < 5000; i++)
        fputs("this is no database ", f);
    if (f)
        fclose(f);
    struct db_options o = { .url = str_of(url) };
    err_clear(&e);
    OK(!db_open(&o, &e) && e.id != ERR_OK);
    db_close(NULL);
}

static int percent;
static void progress(void *ctx, int p) { *(int *)ctx = p; }

static void test_backup(struct env *x, const struct home *h)
{
    char path[128], url[140];
    struct err e = { 0 };
    snprintf(path, sizeof path, "%s/copy.db", h->dir);
    snprintf(url, sizeof url, "sqlite:%s", path);
    bool lite = db_engine_of(x->db) == DB_SQLITE;
    OK(db_backup(x->db, path, progress, &percent, &e) == lite);
    if (!lite) {
        OK_INT(e.id, ERR_UNAVAILABLE);
        return;
    }
    OK_INT(percent, 100);
    err_clear(&e);
    OK(!db_backup(x->db, path, NULL, NULL, &e) && e.id == ERR_UNAVAILABLE);
    struct db_options o = { .url = str_of(url), .readers = 1 };
    int64_t n = 0, m = 1;
    err_clear(&e);
    struct db *copy = db_open(&o, &e);
    MUST(copy != NULL, &e);
    OK(read_do(copy, count_things, &n, &e) && read_do(x->db, count_things, &m, &e) && n == m);
    db_close(copy);
}

static bool ask_often(void *ctx, struct db_conn *c, struct err *e)
{
    (void)ctx;
    for (int i = 0; i < 20000; i++) {
        int64_t n = 0;
        if (!db_int(c, e, &n, SQL("SELECT id FROM thing WHERE id = $1"), V(1000 + i % 3000)))
            return false;
    }
    return true;
}

static void measure(struct env *x)
{
    struct err e = { 0 };
    int64_t began = clock_us();
    MUST(read_do(x->db, ask_often, NULL, &e), &e);
    printf("# a point select: %d ns\n", (int)((clock_us() - began) / 20));
}

int main(void)
{
    struct env x = { 0 };
    struct home h;
    struct err e = { 0 };
    home_make(&h);
    x.db = db_fresh(&h, (struct db_options){ .workers = 4 });
    migrate_text(x.db, tables);
    MUST(write_do(x.db, put_values, &x, &e), &e);
    MUST(read_do(x.db, get_values, &x, &e), &e);
    MUST(write_do(x.db, get_values, &x, &e), &e);
    MUST(read_do(x.db, get_params, &x, &e), &e);
    MUST(read_do(x.db, get_missing, &x, &e), &e);
    test_refusals(&x);
    int64_t n = 0;
    OK(read_do(x.db, count_things, &n, &e));
    OK_INT(n, 2);                       /* no refused job left anything */
    OK(!read_do(x.db, write_in_read, NULL, &e) && e.id != ERR_OK);
    test_rows(&x);
    test_snapshot(x.db);
    test_bulk(&x);
    measure(&x);
    test_backup(&x, &h);
    test_open(&h);
    db_stop(x.db);
    OK(!write_do(x.db, add_many, NULL, &e));
    OK_INT(e.id, ERR_UNAVAILABLE);
    db_close(x.db);
    arena_done(&x.a);
    home_end(&h);
    return tap_end();
}
