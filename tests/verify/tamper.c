/* Whoever changes the database or the witness is found: tamper PROGRAM
 *
 * The demo city with four checkpoints is damaged, looked at by `fengqiao verify`,
 * which must fail and name the spot, and mended from copies of its tables for the
 * next case. What nobody touched is whole, before and after. FENGQIAO_TEST_URL
 * (tests/pg.sh) chooses PostgreSQL. */
#include "api/host.h"
#include "crypt/crypto.h"
#include "damage.h"
#include "tap.h"

static const struct field victim_fields[] = {
    FIELD(victim, home, .doc = "City"), FIELD(victim, chain, .doc = "Matter"),
    FIELD(victim, seq, .doc = "Entry in the middle"), FIELD(victim, last, .doc = "Last entry"),
    FIELD(victim, feed, .doc = "Where the feed tells of it"),
    FIELD(victim, events, .doc = "In the whole feed"), FIELD(victim, number, .doc = "Number"),
};
const struct record victim_record = RECORD(victim, victim_fields);

struct act { struct db_job job; struct damage *d; const struct damage_case *x; };

static bool find_victim(struct db_job *job, struct db_conn *c, struct err *e)
{
    struct damage *d = ((struct act *)(void *)job)->d;
    return db_one(c, e, &d->a, &victim_record, &d->v,
        SQL("SELECT m.home, m.id AS chain, m.journal_seq / 2 AS seq, m.journal_seq AS last,"
            " f.seq AS feed, (SELECT MAX(g.seq) FROM feed g) AS events, m.number FROM matter m"
            " JOIN feed f ON f.home = m.home AND f.matter = m.id AND f.entry = m.journal_seq / 2"
            " ORDER BY m.journal_seq DESC, m.id LIMIT 1"));
}

/* Runs one statement with the victim's numbers, up to the highest it names. */
static bool run_sql(struct db_conn *c, const struct victim *v, const char *text, struct err *e)
{
    struct db_val sql = DB_V(SQL, .s = str_of(text));
    struct db_val x[6] = { sql, V(v->home), V(v->chain), V(v->seq), V(v->last), { .type = DB_END } };
    static const char *const names[] = { "$1", "$2", "$3", "$4" };
    size_t n = 0;
    for (size_t i = 0; i < COUNT(names); i++)
        if (str_find(sql.s, str_of(names[i])) < sql.s.n)
            n = i + 1;
    x[n + 1].type = DB_END;
    return db_exec_v(c, e, NULL, x);
}

/* ---- as it was ---- */

static const char *const keep_sql[] = {
    "CREATE TABLE keep_matter AS SELECT * FROM matter",
    "CREATE TABLE keep_journal AS SELECT * FROM journal",
    "CREATE TABLE keep_payload AS SELECT * FROM journal_payload",
    "CREATE TABLE keep_feed AS SELECT * FROM feed",
    "CREATE TABLE keep_checkpoint AS SELECT * FROM checkpoint",
};
static const char *const mend_sql[] = {
    "DELETE FROM matter", "INSERT INTO matter SELECT * FROM keep_matter",
    "DELETE FROM journal", "INSERT INTO journal SELECT * FROM keep_journal",
    "DELETE FROM journal_payload", "INSERT INTO journal_payload SELECT * FROM keep_payload",
    "DELETE FROM feed", "INSERT INTO feed SELECT * FROM keep_feed",
    "DELETE FROM checkpoint", "INSERT INTO checkpoint SELECT * FROM keep_checkpoint",
};

static bool run_all(struct db_conn *c, const char *const *sql, size_t n, struct err *e)
{
    for (size_t i = 0; i < n; i++)
        if (!db_exec(c, e, NULL, DB_V(SQL, .s = str_of(sql[i]))))
            return false;
    return true;
}

static bool keep(struct db_job *job UNUSED, struct db_conn *c, struct err *e)
{
    return run_all(c, keep_sql, COUNT(keep_sql), e);
}

static bool damage_db(struct db_job *job, struct db_conn *c, struct err *e)
{
    struct act *act = (struct act *)(void *)job;
    const struct damage_case *x = act->x;
    if (!run_all(c, mend_sql, COUNT(mend_sql), e))
        return false;
    for (size_t i = 0; x && i < COUNT(x->sql) && x->sql[i]; i++)
        if (!run_sql(c, &act->d->v, x->sql[i], e))
            return false;
    return !x || !x->forge || x->forge(act->d, c, e);
}

static bool with_db(const struct host *h, struct act *act)
{
    char url[256];
    struct err e = { 0 };
    host_url(h, url, sizeof url);
    struct db *db = db_open(&(struct db_options){ .url = str_of(url), .workers = 1 }, &e);
    bool ok = db && db_write_wait(db, &act->job, &e);
    db_close(db);
    if (!ok)
        printf("# %s: %s\n", act->x ? act->x->name : "setting up", e.detail);
    return ok;
}

/* {C} and its like, with +1 or -1. */
static void fill(const struct victim *v, const char *want, struct buf *b)
{
    for (const char *p = want; *p; p++) {
        if (*p != '{') {
            buf_add_char(b, *p);
            continue;
        }
        int64_t n = p[1] == 'C' ? v->chain.v : p[1] == 'S' ? v->seq : p[1] == 'L' ? v->last
                  : p[1] == 'F' ? v->feed : v->events;
        if (p[1] == 'N')
            buf_add(b, v->number);
        else
            buf_addf(b, "%lld", (long long)(n + (p[2] == '+') - (p[2] == '-')));
        p = strchr(p, '}');
    }
}

/* Mends what the case before did; x NULL: nothing more. */
static bool damage_as(const struct host *h, struct damage *d, const struct damage_case *x)
{
    struct act act = { .job.run = damage_db, .d = d, .x = x };
    return witness_write(d, d->witness, strlen(d->witness)) && with_db(h, &act)
        && (!x || !x->spoil || x->spoil(d));
}

static void try_case(struct host *h, struct damage *d, const struct damage_case *x)
{
    AUTO(buf_done) struct buf want;
    struct str said = STR("");
    buf_init(&want, 1000);
    fill(&d->v, x->want, &want);
    int code = damage_as(h, d, x) ? host_run(h, &d->a, STR("verify"), &said) : -1;
    bool found = code == 1 && str_find(said, buf_str(&want)) < said.n;
    if (!tap_ok(found, x->name, __FILE__, __LINE__))
        printf("# wanted %.*s\n# got (%d) %.*s\n", STR_ARG(buf_str(&want)), code, STR_ARG(said));
}

/* Four checkpoints over a feed that grows between them. */
static bool make_seed(struct host *h, struct arena *a)
{
    static const char *const lines[] = {
        "checkpoint", "account create one --name 甲", "checkpoint", "account create two --name 乙",
        "account create three --name 丙", "checkpoint", "account passwd one", "checkpoint" };
    struct str said;
    for (size_t i = 0; i < COUNT(lines); i++)
        if (host_run(h, a, str_of(lines[i]), &said)) {
            printf("# %s: %.*s\n", lines[i], STR_ARG(said));
            return false;
        }
    return true;
}

static void untouched(struct host *h, struct arena *a)
{
    struct str said = STR("");
    OK(host_run(h, a, STR("verify"), &said) == 0);
    if (!OK(str_find(said, STR("4 checkpoints: whole")) < said.n))
        printf("# %.*s\n", STR_ARG(said));
}

static void try_all(struct host *h, struct damage *d)
{
    struct act find = { .job.run = find_victim, .d = d }, copy = { .job.run = keep };
    d->data = arena_printf(&d->a, "%s/%s", h->root, h->name).p;
    if (!OK(with_db(h, &find) && with_db(h, &copy) && witness_read(d, d->witness)))
        return;
    untouched(h, &d->a);
    for (size_t i = 0; i < damage_cases_n; i++)
        try_case(h, d, &damage_cases[i]);
    OK(damage_as(h, d, NULL));
    untouched(h, &d->a);
}

int main(int argc, char **argv)
{
    static struct damage d;
    struct host h;
    struct err e = { 0 };
    if (argc < 2 || !crypto_start(&e))
        return 2;
    if (OK(host_open(&h, argv[1]) && make_seed(&h, &d.a)))
        try_all(&h, &d);
    host_close(&h);
    arena_done(&d.a);
    return tap_end();
}
