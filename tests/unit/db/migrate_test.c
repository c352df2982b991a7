#include "dbtest.h"

static const struct { const char *in, *lite, *pg; } rows[] = {
    { "CREATE TABLE a (\n  id BIGINT @ID, -- @KEY it's, BIGINT\n  t TEXT NOT NULL,\n  b BLOB,\n "
        " @KEY(home, id)\n);",
      "CREATE TABLE a (\n  id INTEGER PRIMARY KEY, -- @KEY it's, BIGINT\n  t TEXT NOT NULL,\n  b"
          " BLOB \n  \n) STRICT;",
      "CREATE TABLE a (\n  id BIGINT NOT NULL, -- @KEY it's, BIGINT\n  t TEXT NOT NULL,\n  b"
          " BYTEA,\n  PRIMARY KEY (home, id)\n);" },
    { "CREATE TABLE b (x BIGINT NOT NULL CHECK (x IN (1, 2)), @KEY(x));",
      "CREATE TABLE b (x INTEGER NOT NULL CHECK (x IN (1, 2)), PRIMARY KEY (x)) STRICT, WITHOUT"
          " ROWID;",
      "CREATE TABLE b (x BIGINT NOT NULL CHECK (x IN (1, 2)), PRIMARY KEY (x));" },
    { "CREATE TABLE c (x TEXT);CREATE TABLE IF NOT EXISTS d (y BLOB)",
      "CREATE TABLE c (x TEXT) STRICT;CREATE TABLE IF NOT EXISTS d (y BLOB) STRICT",
      "CREATE TABLE c (x TEXT);CREATE TABLE IF NOT EXISTS d (y BYTEA)" },
    { "CREATE UNIQUE INDEX i ON a (t) WHERE b = 'BLOB BIGINT (';",
      "CREATE UNIQUE INDEX i ON a (t) WHERE b = 'BLOB BIGINT (';",
      "CREATE UNIQUE INDEX i ON a (t) WHERE b = 'BLOB BIGINT (';" },
    { "INSERT INTO t VALUES ('it''s @ID', CAST(1 AS BIGINT));",
      "INSERT INTO t VALUES ('it''s @ID', CAST(1 AS INTEGER));",
      "INSERT INTO t VALUES ('it''s @ID', CAST(1 AS BIGINT));" },
    { "@SQLITE CREATE VIRTUAL TABLE f USING fts5(x); @END@PGSQL CREATE INDEX BLOB; @END",
      " CREATE VIRTUAL TABLE f USING fts5(x); ", " CREATE INDEX BLOB; " },
    { "MYBIGINT BIGINT_X \"BLOB\" 漏水 -- end", "MYBIGINT BIGINT_X \"BLOB\" 漏水 -- end",
      "MYBIGINT BIGINT_X \"BLOB\" 漏水 -- end" },
    { "", "", "" },
};

static const char *const refused[] = {
    "@ID", "CREATE TABLE a (x BIGINT @ID);", "CREATE TABLE a (x BIGINT @ID @ID, @KEY(x));",
    "CREATE TABLE a (@KEY(x));", "CREATE TABLE a (x BIGINT, @KEY x);", "CREATE TABLE a (x BIGINT",
    "CREATE TABLE a (x BIGINT));", "@SQLITE never closed", "@MYSQL x @END", "@", "'open", "\"open",
    "CREATE TABLE a (x BIGINT, @KEY(x), @KEY(x));", "CREATE INDEX i ON a (x @ID);",
    "CREATE TABLE a (x BIGINT, @KEY(x",
};

static bool translates(enum db_engine engine, const char *in, struct buf *b)
{
    struct err e = { 0 };
    buf_init(b, 1 << 16);
    bool ok = migrate_translate(engine, str_of(in), b, &e);
    OK(ok || e.id == ERR_DATA);
    return ok;
}

static void test_translate(void)
{
    struct buf b;
    for (size_t i = 0; i < COUNT(rows); i++) {
        OK(translates(DB_SQLITE, rows[i].in, &b));
        OK_STR(buf_str(&b), rows[i].lite);
        buf_done(&b);
        OK(translates(DB_PGSQL, rows[i].in, &b));
        OK_STR(buf_str(&b), rows[i].pg);
        buf_done(&b);
    }
    for (size_t i = 0; i < COUNT(refused); i++) {
        printf("# %s\n", refused[i]);
        OK(!translates(DB_SQLITE, refused[i], &b));
        buf_done(&b);
        OK(!translates(DB_PGSQL, refused[i], &b));
        buf_done(&b);
    }
}

#define STEP(no, name, text) { no, name, text, sizeof(text) - 1 }
#define ONE STEP(1, "one", \
    "CREATE TABLE one (id BIGINT @ID, @KEY(id)); INSERT INTO one VALUES (1);")
#define TWO STEP(2, "two", "CREATE TABLE two (id BIGINT @ID, t TEXT NOT NULL, @KEY(id));\n" \
    "CREATE INDEX two_t ON two (t); UPDATE one SET id = 2;")
#define SEVEN STEP(7, "seven", "INSERT INTO two VALUES (1, '漏水; it''s');")
static const struct migration good[] = { ONE, TWO, SEVEN };
static const struct migration changed[] = {
    STEP(1, "one", "CREATE TABLE one (id BIGINT @ID, @KEY(id)); INSERT INTO one VALUES (9);"),
    TWO, SEVEN,
};
static const struct migration failing[] = {
    ONE, TWO, SEVEN, STEP(8, "fails late", "CREATE TABLE eight (id BIGINT @ID, @KEY(id)); INSERT INTO two VALUES"
        " (2, 'x');"
                          " INSERT INTO nowhere VALUES (1);"),
};
#define MENDED STEP(8, "mended", "CREATE TABLE eight (id BIGINT @ID, @KEY(id));" \
    " INSERT INTO two VALUES (2, 'y');")
static const struct migration mended[] = { ONE, TWO, SEVEN, MENDED };
static const struct migration unordered[] = {
    ONE, TWO, SEVEN, MENDED, STEP(9, "nine", ""), STEP(9, "again", ""),
};
/* What programs older than the database know: not the last step; not one in between,
 * and a step more than it has. */
static const struct migration older[] = { ONE, TWO, SEVEN };
static const struct migration other[] = { ONE, SEVEN, MENDED, STEP(9, "nine", "DROP TABLE two;") };

static bool count(void *ctx, struct db_conn *c, struct err *e)
{
    return db_int(c, e, ctx, SQL("SELECT (SELECT COUNT(*) FROM schema_step) * 100"
        " + (SELECT COUNT(*) FROM two) * 10 + (SELECT CAST(SUM(id) AS BIGINT) FROM one)"));
}

/* A step is in the database that the program does not know. */
static void test_newer__is_left_as_it_is(struct db *db)
{
    static const struct { const struct migration *steps; size_t n; const char *names; } tries[] = {
        { older, COUNT(older), "mended" }, { other, COUNT(other), "two" }, { NULL, 0, "one" },
    };
    for (size_t i = 0; i < COUNT(tries); i++) {
        struct err e = { 0 };
        int64_t n = 0;
        size_t applied = 99;
        OK(!db_migrate(db, tries[i].steps, tries[i].n, &applied, &e));
        OK_INT(e.id, ERR_NEWER_DATABASE);
        OK_STR(str_of(e.arg), tries[i].names);
        OK_INT(applied, 99);
        OK(read_do(db, count, &n, &e));
        OK_INT(n, 422);
    }
}

int main(void)
{
    struct home h;
    struct err e = { 0 };
    size_t applied = 99;
    int64_t n = 0;
    test_translate();
    home_make(&h);
    struct db *db = db_fresh(&h, (struct db_options){ .readers = 2, .workers = 2 });
    MUST(db_migrate(db, good, 2, &applied, &e), &e);
    OK_INT(applied, 2);
    MUST(db_migrate(db, good, COUNT(good), &applied, &e), &e);
    OK_INT(applied, 1);
    MUST(db_migrate(db, good, COUNT(good), &applied, &e), &e);
    OK_INT(applied, 0);
    OK(read_do(db, count, &n, &e));
    OK_INT(n, 312);
    OK(!db_migrate(db, changed, COUNT(changed), NULL, &e));
    OK_INT(e.id, ERR_DATA);
    err_clear(&e);
    OK(!db_migrate(db, failing, COUNT(failing), NULL, &e) && strstr(e.detail, "fails late"));
    OK(read_do(db, count, &n, &e));
    OK_INT(n, 312);                     /* nothing of it stayed */
    OK(db_migrate(db, mended, COUNT(mended), NULL, &e));
    OK(read_do(db, count, &n, &e));
    OK_INT(n, 422);
    test_newer__is_left_as_it_is(db);
    OK(!db_migrate(db, unordered, COUNT(unordered), NULL, &e));
    db_close(db);
    home_end(&h);
    return tap_end();
}
