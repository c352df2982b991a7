/* migrate.c - applies the schema's steps, each in its own transaction.
 *
 * A step first inserts its row and then runs: a second process that migrates at
 * the same time waits on that row's key, finds it and goes on. */
#include "db/migrate.h"
#include "db/db_driver.h"
#include <openssl/evp.h>

struct step {
    struct db_job job;
    const struct migration *m;
    struct str sum;                     /* SM3 of the step's text, hex */
    bool ran;
};

struct prepare {
    struct db_job job;
    const struct migration *steps;
    size_t n;
};

static bool is_newer(struct str name, struct err *e)
{
    return err_setf(e, ERR_NEWER_DATABASE, "%.*s", (int)MIN(name.n, 60u), name.p);
}

static bool know_step(void *ctx, const struct db_row *row, struct err *e)
{
    const struct prepare *p = ctx;
    struct str name = db_row_str(row, 1);
    for (size_t i = 0; i < p->n; i++)
        if (p->steps[i].no == db_row_int(row, 0))
            return true;
    return is_newer(name, e);
}

bool migrate_is_last(struct db_conn *c, int64_t last, struct err *e)
{
    AUTO(arena_done) struct arena a = { 0 };
    struct str name = STR_NONE;
    return db_text(c, e, &a, &name,
                   SQL("SELECT name FROM schema_step WHERE no > $1 ORDER BY no LIMIT 1"), V(last))
        && (!name.n || is_newer(name, e));
}

/* The one table no step makes; nothing is made where it tells of a newer program. */
static bool run_prepare(struct db_job *job, struct db_conn *c, struct err *e)
{
    const struct str text = STR("CREATE TABLE IF NOT EXISTS schema_step (no BIGINT NOT NULL,"
        " name TEXT NOT NULL, checksum TEXT NOT NULL, applied_at BIGINT NOT NULL, @KEY(no));");
    AUTO(buf_done) struct buf b;
    buf_init(&b, 4096);
    return migrate_translate(db_conn_engine(c), text, &b, e)
        && db_script(c, buf_str(&b), e)
        && db_each(c, e, know_step, job, SQL("SELECT no, name FROM schema_step ORDER BY no"));
}

static bool find_step(struct db_conn *c, const struct step *s, struct arena *a, struct str *sum,
                      struct err *e)
{
    return db_text(c, e, a, sum, SQL("SELECT checksum FROM schema_step WHERE no = $1"),
                   V(s->m->no));
}

static bool apply(struct db_conn *c, struct step *s, struct err *e)
{
    AUTO(buf_done) struct buf b;
    buf_init(&b, 8 << 20);
    if (!migrate_translate(db_conn_engine(c), (struct str){ s->m->text, s->m->n }, &b, e))
        return false;
    if (!db_exec(c, e, NULL, SQL("INSERT INTO schema_step (no, name, checksum, applied_at)"
                                 " VALUES ($1, $2, $3, $4)"),
                 V(s->m->no), V(str_of(s->m->name)), V(s->sum), V(stamp_now())))
        return false;
    s->ran = true;
    return db_script(c, buf_str(&b), e);
}

static bool run_step(struct db_job *job, struct db_conn *c, struct err *e)
{
    struct step *s = (struct step *)job;
    AUTO(arena_done) struct arena a = { 0 };
    struct str sum = STR_NONE;
    s->ran = false;
    if (!find_step(c, s, &a, &sum, e))
        return false;
    if (sum.n == 0)
        return apply(c, s, e);
    if (str_eq(sum, s->sum))
        return true;
    return err_setf(e, ERR_DATA, "%s: changed after it was applied", s->m->name);
}

static struct str checksum(struct arena *a, const struct migration *m)
{
    unsigned char md[EVP_MAX_MD_SIZE];
    unsigned n = 0;
    if (EVP_Digest(m->text, m->n, md, &n, EVP_sm3(), NULL) != 1)
        abort();
    char *hex = arena_alloc(a, 2 * n + 1);
    for (unsigned i = 0; i < n; i++)
        snprintf(hex + 2 * i, 3, "%02x", md[i]);
    return (struct str){ hex, 2 * n };
}

static bool migrate_step(struct db *db, const struct migration *m, bool *ran, struct err *e)
{
    AUTO(arena_done) struct arena a = { 0 };
    struct step s = { .job.run = run_step, .m = m, .sum = checksum(&a, m) };
    struct err first = { 0 };
    bool ok = db_write_wait(db, &s.job, &first);
    if (!ok && first.id == ERR_DUPLICATE) {     /* another process was first: look again */
        err_clear(&first);
        ok = db_write_wait(db, &s.job, &first);
    }
    *ran = s.ran;
    if (ok)
        return true;
    struct str detail = str_of(first.detail);
    err_detail(e, first.id, "step %s: %.*s", m->name, (int)MIN(detail.n, 200u), first.detail);
    memcpy(e->arg, first.arg, sizeof e->arg);
    return false;
}

bool db_migrate(struct db *db, const struct migration *steps, size_t n, size_t *applied,
                struct err *e)
{
    struct prepare prepare = { .job.run = run_prepare, .steps = steps, .n = n };
    size_t count = 0;
    if (!db_write_wait(db, &prepare.job, e))
        return false;
    for (size_t i = 0; i < n; i++) {
        bool ran;
        if (i && steps[i].no <= steps[i - 1].no)
            return err_internal(e, "step %s is out of order", steps[i].name);
        if (!migrate_step(db, &steps[i], &ran, e))
            return false;
        count += ran;
    }
    if (applied)
        *applied = count;
    return true;
}
