/* The job behind check and run: streams the rows, files them side by side so
 * that they share commits, and keeps an error for each that does not get in. */
#include "crypt/digest.h"
#include "db/feed.h"
#include "exchange/import_db.h"
#include "exchange/import_file.h"
#include "exchange/ledger_row.h"
#include "matter/search.h"
#include <pthread.h>

enum { SIDE_BY_SIDE = 64, ERRORS_MAX = 5000 };

struct import_params { struct id import; bool run; };
static const struct field import_params_fields[] = {
    FIELD(import_params, import, .doc = "Which", .flags = REQUIRED),
    FIELD(import_params, run, .doc = "File, not only check"),
};
static const struct record import_params_record = RECORD(import_params, import_params_fields);

enum row_end { ROW_FILED, ROW_SAME, ROW_BAD };

/* One row on its way. */
struct row_job {
    struct db_job job;
    struct batch *batch;
    struct arena a;
    struct req r;
    struct sheet_row row;
    enum row_end end;
    size_t col;
};

struct batch {
    struct app *app;
    const struct who *who;
    struct ledger_import m;
    bool run;
    struct row_job rows[SIDE_BY_SIDE];
    size_t n, waiting;
    pthread_mutex_t lock;
    pthread_cond_t idle;
    int64_t errors;
};

/* The row's own reference, else its content; and what its content hashes to. */
static void row_key(struct arena *a, const struct sheet_row *row, const struct ledger_row *x,
                    struct str *key, struct str *hash)
{
    AUTO(sm3_done) struct sm3 h;
    sm3_init(&h);
    for (size_t i = 0; i < row->n; i++) {
        sm3_add(&h, row->cells[i]);
        sm3_add(&h, STR("\x1f"));
    }
    struct digest d = sm3_get(&h);
    *hash = digest_hex(a, &d);
    *key = x->ref.n ? arena_printf(a, "r:%.*s", STR_ARG(x->ref))
                    : arena_printf(a, "h:%.*s", STR_ARG(*hash));
}

static bool file_row(struct row_job *j, const struct ledger_row *x, const struct matter_new *in,
                     struct stamp at, struct err *e)
{
    struct matter_filed filed;
    struct import_known known = { 0 };
    struct str key, hash;
    bool found;
    row_key(j->r.a, &j->row, x, &key, &hash);
    if (!import_db_known(&j->r, j->batch->m.ledger, key, &known, &found, e))
        return false;
    j->end = found ? ROW_SAME : ROW_FILED;
    if (found)
        return str_eq(known.hash, hash) || err_set(e, ERR_ROW_CHANGED);
    if (!j->batch->run)
        return true;
    if (!matter_file(&j->r, in, at, &filed, e))
        return false;
    known = (struct import_known){ hash, filed.id };
    return import_db_remember(&j->r, j->batch->m.ledger, key, &known, e);
}

static bool run_row(struct db_job *job, struct db_conn *c, struct err *e)
{
    struct row_job *j = (struct row_job *)(void *)job;
    struct ledger_row x;
    struct matter_new in;
    struct stamp at;
    j->r.c = c;
    j->col = 0;
    return ledger_read(j->r.a, &j->batch->m, &j->row, &x, &j->col, e)
        && ledger_matter(&j->r, &j->batch->m, &x, &in, &at, e) && file_row(j, &x, &in, at, e);
}

static void row_done(struct db_job *job)
{
    struct row_job *j = (struct row_job *)(void *)job;
    struct batch *b = j->batch;
    if (!job->ok)
        j->end = ROW_BAD;
    pthread_mutex_lock(&b->lock);
    if (--b->waiting == 0)
        pthread_cond_signal(&b->idle);
    pthread_mutex_unlock(&b->lock);
}

static void add_row(struct batch *b, const struct sheet_row *row)
{
    struct row_job *j = &b->rows[b->n++];
    arena_clear(&j->a);
    app_request(b->app, &j->a, b->who, &j->r);
    j->job = (struct db_job){ .run = run_row, .done = row_done };
    j->batch = b;
    j->row = *row;
    j->row.cells = arena_array(&j->a, struct str, row->n);
    for (size_t i = 0; i < row->n; i++)
        j->row.cells[i] = arena_dup(&j->a, row->cells[i]);
}

static void run_batch(struct batch *b)
{
    b->waiting = b->n;
    for (size_t i = 0; i < b->n; i++)
        (b->run ? db_write : db_read)(b->app->db, &b->rows[i].job);
    pthread_mutex_lock(&b->lock);
    while (b->waiting)
        pthread_cond_wait(&b->idle, &b->lock);
    pthread_mutex_unlock(&b->lock);
}

/* The column a failure belongs to: the one read, or the one mapped to the field. */
static size_t column_of(const struct batch *b, const struct row_job *j)
{
    struct str field = str_of(j->job.err.field);
    if (str_starts(field, STR("parties[0].phone")))
        field = STR("applicant_phone");
    for (size_t i = 0; !j->col && field.n && i < b->m.mapping.n; i++)
        if (str_eq(b->m.mapping.v[i], field))
            return i + 1;
    return j->col;
}

static struct str sentence(struct arena *a, const struct err *why, enum lang lang)
{
    AUTO(buf_done) struct buf text;
    buf_init(&text, 2000);
    err_text(why, lang, &text);
    return arena_dup(a, buf_str(&text));
}

static bool note_errors(struct req *r, void *ctx, struct err *e)
{
    struct batch *b = ctx;
    for (size_t i = 0; i < b->n; i++) {
        const struct row_job *j = &b->rows[i];
        if (j->end != ROW_BAD)
            continue;
        size_t col = column_of(b, j);
        struct import_error x = {
            .row = (int64_t)j->row.number, .col = (int64_t)col,
            .title = col && col <= b->m.columns.n ? b->m.columns.v[col - 1] : STR(""),
            .slug = str_of(err_slug(j->job.err.id)), .zh = sentence(r->a, &j->job.err, LANG_ZH),
            .en = sentence(r->a, &j->job.err, LANG_EN),
        };
        if (b->errors++ < ERRORS_MAX && !import_db_error(r, b->m.id, &x, e))
            return false;
    }
    return true;
}

/* Runs what has gathered, counts it and keeps its errors. */
static bool flush(struct batch *b, struct req *r, const struct job *job, struct err *e)
{
    bool bad = false;
    run_batch(b);
    for (size_t i = 0; i < b->n; i++) {
        enum row_end end = b->rows[i].end;
        b->m.rows++;
        b->m.filed += end == ROW_FILED && b->run;
        b->m.same += end == ROW_SAME;
        b->m.bad += end == ROW_BAD;
        bad |= end == ROW_BAD;
    }
    if (bad && !app_write(b->app, r, note_errors, b, e))
        return false;
    b->n = 0;
    return job_progress(b->app, job, b->m.rows, 0, e);
}

static bool walk(struct batch *b, struct req *r, const struct job *job, struct err *e)
{
    struct sheet_reader *sheet;
    struct sheet_row row;
    struct arena cells = { 0 };
    if (!import_file_open(b->app, r->a, b->m.id, b->m.sheet, &sheet, e))
        return false;
    bool ok = sheet_read_row(sheet, &cells, &row, e) || !err_is_set(e);   /* the header */
    while (ok && sheet_read_row(sheet, &cells, &row, e)) {
        add_row(b, &row);
        arena_clear(&cells);
        ok = b->n < SIDE_BY_SIDE || flush(b, r, job, e);
    }
    arena_done(&cells);
    return ok && !err_is_set(e) && (!b->n || flush(b, r, job, e));
}

static bool load(struct req *r, void *ctx, struct err *e)
{
    struct batch *b = ctx;
    struct id id = b->m.id;
    if (!import_db_get(r, id, &b->m, e) || !import_db_forget_errors(r, id, e))
        return false;
    b->m.rows = b->m.bad = b->m.filed = b->m.same = 0;
    return true;
}

static bool save(struct req *r, void *ctx, struct err *e)
{
    struct batch *b = ctx;
    return import_db_save(r, &b->m, e);
}

/* Numbers what waits for the feed: a tool has no sequencer of its own. */
static bool number_some(struct req *r, void *ctx, struct err *e)
{
    return feed_sequence(r->c, r->app->holder, 1000, ctx, e);
}

static bool number_all(struct app *app, struct err *e)
{
    int64_t moved = 1;
    while (moved) {
        struct arena a = { 0 };
        struct req r;
        app_request(app, &a, NULL, &r);
        bool ok = app_write(app, &r, number_some, &moved, e);
        arena_done(&a);
        if (!ok)
            return false;
    }
    return true;
}

/* What came in can be searched when the import says it is done. */
static bool index_all(struct app *app, struct err *e)
{
    return number_all(app, e) && matter_search_catch_up(app, e);
}

bool import_run(struct app *app, struct req *r, struct job *job, struct buf *result,
                struct err *e)
{
    struct import_params p = { 0 };
    struct batch *b = arena_new(r->a, struct batch);
    struct err why = { 0 };
    if (!record_from_bytes(&import_params_record, job->params, r->a, &p, e))
        return false;
    b->app = app;
    b->who = r->who;
    b->run = p.run;
    b->m.id = p.import;
    pthread_mutex_init(&b->lock, NULL);
    pthread_cond_init(&b->idle, NULL);
    if (!app_write(app, r, load, b, e))
        return false;
    bool ok = walk(b, r, job, &why) && (!p.run || index_all(app, &why));
    for (size_t i = 0; i < SIDE_BY_SIDE; i++)
        arena_done(&b->rows[i].a);
    b->m.state = !ok ? IMPORT_FAILED : p.run ? IMPORT_DONE : IMPORT_CHECKED;
    b->m.version++;
    if (!app_write(app, r, save, b, e))
        return false;
    buf_addf(result, "{\"rows\":%lld,\"filed\":%lld,\"same\":%lld,\"bad\":%lld}",
             (long long)b->m.rows, (long long)b->m.filed, (long long)b->m.same,
             (long long)b->m.bad);
    if (!ok)
        *e = why;
    return ok;
}
