/* Prepares every SQL() literal of the program on a migrated database.
 *
 * Standard input is the preprocessed source (tests/sql/run): a literal stands
 * after DB_SQL, whole. FENGQIAO_TEST_URL chooses PostgreSQL. Besides being
 * understood by the engine, a statement has as many $n as values, and keeps the
 * house's rules: nothing of one engine only, no count per person. On SQLite its plan
 * goes by a key through every table that grows with the city. */
#include "base/buf.h"
#include "base/vec.h"
#include "db/migrate.h"
#include "tap.h"
#include <ctype.h>
#include <dirent.h>
#include <libpq-fe.h>
#include <regex.h>
#include <sqlite3.h>
#include <unistd.h>

enum { SOURCE_MAX = 256 << 20, FILE_MAX = 4 << 20, STEPS_MAX = 1000, PARAMS_MAX = 64 };
enum { T_INT8 = 20, T_TEXT = 25 };

struct found { struct str text, file; int values; };      /* values -1: not told here */
struct finder { struct arena *a; struct str p, file; VEC(struct found) found; };

/* ---- finding ---- */

static void ahead(struct finder *f, size_t n)
{
    f->p = str_sub(f->p, n, f->p.n);
}

/* Over blanks and line markers; a marker tells the file. */
static void blanks(struct finder *f)
{
    while (f->p.n && (isspace((unsigned char)f->p.p[0]) || f->p.p[0] == '#')) {
        if (f->p.p[0] == '#') {
            struct str line, rest, name;
            str_cut(f->p, '\n', &line, &f->p);
            if (str_cut(line, '"', &rest, &name) && str_cut(name, '"', &name, &rest))
                f->file = name;
        } else {
            ahead(f, 1);
        }
    }
}

/* Adds one "…" to b, its escapes undone as far as SQL texts use them. */
static void literal(struct finder *f, struct buf *b)
{
    for (ahead(f, 1); f->p.n && f->p.p[0] != '"'; ahead(f, 1)) {
        char c = f->p.p[0];
        if (c == '\\') {
            ahead(f, 1);
            c = f->p.p[0] == 'n' ? '\n' : f->p.p[0] == 'x' ? '\x7f' : f->p.p[0];
        }
        buf_add_char(b, c);
    }
    ahead(f, 1);
}

static void skip_quoted(struct finder *f)
{
    char q = f->p.p[0];
    for (ahead(f, 1); f->p.n && f->p.p[0] != q; ahead(f, 1))
        if (f->p.p[0] == '\\')
            ahead(f, 1);
    ahead(f, 1);
}

/* How many values follow the text in its list. */
static int values(struct finder *f)
{
    static const char end[] = "{ .type = DB_END";
    int depth = 2, commas = 0;          /* inside ((struct str){ … }) and { .type … } */
    for (; f->p.n; ahead(f, 1)) {
        char c = f->p.p[0];
        if (c == '"' || c == '\'') {
            skip_quoted(f);
            continue;
        }
        if (depth == 0 && str_starts(f->p, str_of(end)))
            return commas - 1;
        if (c == ';' || depth < -1)
            return -1;
        if (c == '(' || c == '{' || c == '[')
            depth++;
        else if (c == ')' || c == '}' || c == ']')
            depth--;
        commas += c == ',' && depth == 0;
    }
    return -1;
}

static bool is_known(const struct finder *f, const struct found *x)
{
    for (size_t i = 0; i < f->found.n; i++)
        if (str_eq(f->found.v[i].text, x->text) && f->found.v[i].values == x->values)
            return true;
    return false;
}

static void find_all(struct finder *f)
{
    static const char sign[] = ".type = DB_SQL, .s = ((struct str){";
    while (f->p.n) {
        blanks(f);
        if (!str_starts(f->p, str_of(sign))) {
            size_t line = str_find(f->p, STR("\n")), at = str_find(f->p, str_of(sign));
            ahead(f, MIN(at, line));
            continue;
        }
        AUTO(buf_done) struct buf b;
        buf_init(&b, 1 << 20);
        ahead(f, sizeof sign - 1);
        for (blanks(f); f->p.n && f->p.p[0] == '"'; blanks(f))
            literal(f, &b);
        struct found x = { arena_dup(f->a, buf_str(&b)), f->file, -1 };
        struct finder look = *f;
        ahead(&look, str_find(look.p, STR("})")) + 2);
        x.values = values(&look);
        if (x.text.n && !is_known(f, &x))
            vec_push(f->a, &f->found, x);
    }
}

/* ---- the rules of the house ---- */

static const struct { const char *form, *why; } refused[] = {
    { "select \\*", "columns are listed" },
    { "(^|[^a-z_])offset[^a-z_]", "pages go on from a key" },
    { "(^|[^a-z_])(now|random|nextval|currval|lastval)\\(", "the program makes times and ids" },
    { "(^|[^a-z_])(ilike|autoincrement|returning \\*)", "of one engine only" },
    { "group by[^)]*[^a-z_](account|actor|handler|person|party|filed_by|phone|id_number|author)"
      "([^a-z_]|$)", "nobody is counted (rule 7)" },
    { "order by[^)]*count\\([^)]*\\)[^)]*(account|handler|author)", "nobody is ranked (rule 7)" },
};

static bool is_like(const char *form, const char *text)
{
    regex_t re;
    if (regcomp(&re, form, REG_EXTENDED | REG_NOSUB | REG_ICASE))
        abort();
    bool is = !regexec(&re, text, 0, NULL, 0);
    regfree(&re);
    return is;
}

/* Room db may know one engine: there, and only there, such a text is the other's. */
static bool is_others(const struct found *x, bool pg)
{
    const char *form = pg ? "search_term|json_each"
                          : "tsvector|tsquery|unnest|clock_timestamp|search_scope"
                            "|as \\(delete";
    return str_starts(x->file, STR("src/db/")) && is_like(form, x->text.p);
}

static int params_in(struct str text)
{
    int most = 0;
    for (size_t i = 0; i + 1 < text.n; i++) {
        int n = 0;
        for (size_t k = i + 1; text.p[i] == '$' && k < text.n && isdigit((unsigned char)text.p[k]); k++)
            n = n * 10 + text.p[k] - '0';
        most = MAX(most, n);
    }
    return most;
}

static bool keeps_rules(const struct found *x)
{
    bool ok = true;
    for (size_t i = 0; i < COUNT(refused); i++)
        if (is_like(refused[i].form, x->text.p)) {
            printf("# %.*s: %s: %.*s\n", STR_ARG(x->file), refused[i].why, STR_ARG(x->text));
            ok = false;
        }
    if (x->values >= 0 && x->values != params_in(x->text)) {
        printf("# %.*s: %d values for $1…$%d: %.*s\n", STR_ARG(x->file), x->values,
               params_in(x->text), STR_ARG(x->text));
        ok = false;
    }
    return ok;
}

/* ---- the engines ---- */

static bool sqlite_prepares(sqlite3 *db, const struct found *x)
{
    sqlite3_stmt *st = NULL;
    const char *tail = "";
    bool ok = sqlite3_prepare_v2(db, x->text.p, (int)x->text.n, &st, &tail) == SQLITE_OK && !*tail;
    sqlite3_finalize(st);
    if (!ok)
        printf("# %.*s: %s: %.*s\n", STR_ARG(x->file), *tail ? "two statements" : sqlite3_errmsg(db),
               STR_ARG(x->text));
    return ok;
}

/* Tables that grow with the city: what reads one of them from end to end, or by its
 * home alone, which is the whole city too, is named here or fails. */
static const char big[] = "matter|party|claim|assignment|deadline|sight|worklist|journal"
                          "|journal_payload|access|blind|attachment|message|feed|search_doc"
                          "|link|representative|fact|edition_cell|edition_public";
static const char *const may_walk[] = {
    "src/app/verify.c", "src/matter/matter_check.c", "src/matter/deadline_recompute.c",
};

/* "SEARCH s": from the newest row back to the first that fits, which is the whole table
 * where none does. To ask for the newest row and no more is no walk. */
static bool looks_back(struct arena *a, const char *text, struct str name, struct str rest)
{
    struct str form = arena_printf(a, "from [a-z_]*( as)? *%.*s where", STR_ARG(name));
    return rest.n == 0 && is_like(form.p, text);
}

/* "SCAN s", "SEARCH s USING PRIMARY KEY (home=?)" or "SEARCH s", where s is a big table or
 * its other name in the text. */
static bool walks(struct arena *a, const char *plan, const char *text)
{
    bool all = str_starts(str_of(plan), STR("SCAN "));
    struct str name, rest = str_of(plan);
    if (!all && !str_starts(rest, STR("SEARCH ")))
        return false;
    str_cut(rest, ' ', &name, &rest);
    str_cut(rest, ' ', &name, &rest);
    if (!all && !strstr(plan, " (home=?)") && !looks_back(a, text, name, rest))
        return false;
    struct str form = arena_printf(a, "(from|join|update|into|,) *(%s)( as)? %.*s([^a-z_0-9]|$)", big,
                                   STR_ARG(name));
    struct str bare = arena_printf(a, "^(%s)$", big);
    return is_like(form.p, text) || is_like(bare.p, arena_cstr(a, name));
}

static bool is_allowed(const struct found *x)
{
    for (size_t i = 0; i < COUNT(may_walk); i++)
        if (str_starts(x->file, str_of(may_walk[i])))
            return true;
    return false;
}

static bool finds_by_key(sqlite3 *db, struct arena *a, const struct found *x)
{
    sqlite3_stmt *st = NULL;
    bool ok = true;
    if (is_allowed(x))
        return true;
    struct str text = arena_printf(a, "EXPLAIN QUERY PLAN %.*s", STR_ARG(x->text));
    sqlite3_prepare_v2(db, text.p, (int)text.n, &st, NULL);
    while (st && sqlite3_step(st) == SQLITE_ROW) {
        const char *plan = (const char *)sqlite3_column_text(st, 3);
        if (plan && walks(a, plan, x->text.p)) {
            printf("# %.*s: %s: %.*s\n", STR_ARG(x->file), plan, STR_ARG(x->text));
            ok = false;
        }
    }
    sqlite3_finalize(st);
    return ok;
}

/* The check itself: what walks is refused, what goes by a key is not. */
static void test_plans(sqlite3 *db, struct arena *a)
{
    static const struct { const char *text; bool by_key; } rows[] = {
        { "SELECT MAX(id) FROM party WHERE home = $1", false },
        { "SELECT COALESCE(MAX(id), 0) FROM (SELECT MAX(id) AS id FROM party WHERE home = $1"
          " UNION ALL SELECT MAX(id) FROM post WHERE home = $1) x", false },
        { "SELECT id FROM matter WHERE title = $1", false },
        { "SELECT p.id FROM matter m JOIN party p ON p.home = m.home WHERE m.id = $1", false },
        { "SELECT MAX(id) FROM party", true },
        { "SELECT MAX(id) FROM party WHERE home = $1 AND id > $2", true },
        { "SELECT title FROM matter WHERE id = $1", true },
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct found x = { str_of(rows[i].text), STR("src/app/app.c"), -1 };
        OK_INT(finds_by_key(db, a, &x), rows[i].by_key);
    }
}

/* The parameter a message of undecided types speaks of: "… parameter $3". */
static int undecided(const PGresult *r)
{
    const char *state = PQresultErrorField(r, PG_DIAG_SQLSTATE);
    const char *at = strstr(PQresultErrorMessage(r), "parameter $");
    if (!state || !at || (strcmp(state, "42P18") && strcmp(state, "42P08")))
        return 0;
    return (int)strtol(at + 11, NULL, 10);
}

/* Types are what the server infers; where it cannot, a number, then a text. */
static bool pgsql_prepares(PGconn *c, const struct found *x)
{
    Oid types[PARAMS_MAX] = { 0 };
    PQclear(PQexec(c, "DEALLOCATE ALL"));
    for (int tries = 0;; tries++) {
        PGresult *r = PQprepare(c, "x", x->text.p, PARAMS_MAX, types);
        bool ok = PQresultStatus(r) == PGRES_COMMAND_OK;
        int at = ok ? 0 : undecided(r);
        bool again = !ok && at > 0 && at <= PARAMS_MAX && types[at - 1] != T_TEXT && tries < 99;
        if (again)
            types[at - 1] = types[at - 1] == T_INT8 ? T_TEXT : T_INT8;
        else if (!ok)
            printf("# %.*s: %s#   %.*s\n", STR_ARG(x->file), PQresultErrorMessage(r),
                   STR_ARG(x->text));
        PQclear(r);
        if (!again)
            return ok;
    }
}

/* Of a key that begins with the home: SQLite, where the id alone is the key, does not
 * tell that a statement leaves the home out, and PostgreSQL reads the whole key then. */
static bool leaves_home_out(const char *line, const char *next)
{
    static const char keys[] = "using (matter|party|claim|assignment|deadline|sight|worklist"
                               "|journal|journal_payload|attachment|message|fact)_pkey on";
    return is_like(keys, line) && !is_like("index cond: .*home", next);
}

static bool pgsql_finds_by_key(PGconn *c, const struct found *x)
{
    AUTO(buf_done) struct buf b;
    bool ok = true;
    PGresult *r = PQdescribePrepared(c, "x");
    buf_init(&b, 4096);
    buf_add(&b, STR("EXPLAIN EXECUTE x"));
    for (int i = 0, n = PQnparams(r); i < n; i++)
        buf_addf(&b, "%sNULL%s", i ? "," : "(", i + 1 < n ? "" : ")");
    buf_add_char(&b, '\0');
    PQclear(r);
    r = PQexec(c, b.p);
    ok = PQresultStatus(r) == PGRES_TUPLES_OK || is_like("^(create|analyze)", x->text.p);
    for (int i = 0, n = PQntuples(r); i < n; i++)
        if (leaves_home_out(PQgetvalue(r, i, 0), i + 1 < n ? PQgetvalue(r, i + 1, 0) : ""))
            ok = false;
    if (!ok && !is_allowed(x))
        printf("# %.*s: %s reads a key without its home: %.*s\n", STR_ARG(x->file),
               PQresultErrorMessage(r), STR_ARG(x->text));
    PQclear(r);
    return ok || is_allowed(x);
}

/* Plans as the program has them, as of tables that are worth an index. */
static const char plans[] = "SET plan_cache_mode = force_generic_plan; SET enable_seqscan = off;"
                            " SET enable_bitmapscan = off";

/* ---- a migrated database ---- */

static struct str read_all(struct arena *a, FILE *f, size_t max)
{
    AUTO(buf_done) struct buf b;
    buf_init(&b, max);
    for (size_t n = 1; f && n;) {
        char *room = buf_room(&b, 1 << 16);
        n = room ? fread(room, 1, 1 << 16, f) : 0;
        buf_took(&b, n);
    }
    return arena_dup(a, buf_str(&b));
}

static int by_name(const void *a, const void *b)
{
    return strcmp(((const struct migration *)a)->name, ((const struct migration *)b)->name);
}

static size_t steps_in(struct arena *a, const char *folder, struct migration *v)
{
    size_t n = 0;
    DIR *d = opendir(folder);
    for (struct dirent *x; d && (x = readdir(d));) {
        if (!str_ends(str_of(x->d_name), STR(".sql")) || n == STEPS_MAX)
            continue;
        FILE *f = fopen(arena_printf(a, "%s/%s", folder, x->d_name).p, "re");
        struct str text = read_all(a, f, FILE_MAX);
        fclose(f);
        v[n++] = (struct migration){ strtol(x->d_name, NULL, 10),
                                     arena_cstr(a, str_of(x->d_name)), text.p, text.n };
    }
    if (d)
        closedir(d);
    qsort(v, n, sizeof *v, by_name);
    return n;
}

static bool migrate(struct arena *a, const char *url, const char *folder)
{
    static struct migration steps[STEPS_MAX];
    struct err e = { 0 };
    struct db *db = db_open(&(struct db_options){ .url = str_of(url), .workers = 1 }, &e);
    bool ok = db && db_migrate(db, steps, steps_in(a, folder, steps), NULL, &e);
    if (!ok)
        printf("# no schema: %s %s\n", e.arg, e.detail);
    db_close(db);
    return ok;
}

int main(int argc, char **argv)
{
    struct arena a = { 0 };
    char dir[] = "/tmp/fengqiao-sql-XXXXXX", path[64], url[80];
    const char *pg = getenv("FENGQIAO_TEST_URL");
    sqlite3 *lite = NULL;
    if (argc < 2 || !mkdtemp(dir))
        return 2;
    snprintf(path, sizeof path, "%s/t.db", dir);
    snprintf(url, sizeof url, "sqlite:%s", path);
    if (!OK(migrate(&a, pg ? pg : url, argv[1]))) {
        unlink(path);
        rmdir(dir);
        return tap_end();
    }
    PGconn *c = pg ? PQconnectdb(pg) : NULL;
    if (c)
        PQclear(PQexec(c, plans));
    sqlite3_open(path, &lite);
    struct finder f = { .a = &a, .p = read_all(&a, stdin, SOURCE_MAX) };
    find_all(&f);
    OK(f.found.n > 100);                /* the finder itself finds */
    if (!pg)
        test_plans(lite, &a);
    for (size_t i = 0; i < f.found.n; i++) {
        const struct found *x = &f.found.v[i];
        if (is_others(x, pg != NULL))
            continue;
        bool ok = pg ? pgsql_prepares(c, x) && pgsql_finds_by_key(c, x)
                     : sqlite_prepares(lite, x) && finds_by_key(lite, &a, x);
        ok = keeps_rules(x) && ok;
        *(ok ? &tap_passed : &tap_failed) += 1;
    }
    PQfinish(c);
    sqlite3_close(lite);
    unlink(path);
    rmdir(dir);
    arena_done(&a);
    return tap_end();
}
