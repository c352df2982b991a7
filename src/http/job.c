/* job.c - what a request does inside database jobs: who it is, what it may, what
 * it reads or writes. Each run starts from the request as it was before (a job
 * may run again from its start), and the answer is encoded inside the job. */
#include "http/call.h"

static struct call *call_of(struct db_job *job)
{
    return (void *)((char *)job - offsetof(struct call, job));
}

static void job_end(struct call *c)
{
    if (c->job.ok)
        return;
    c->r = c->fresh;
    c->err = c->job.err;
    if (!err_is_set(&c->err))
        err_internal(&c->err, "a job failed without saying why");
}

static void on_done_here(struct db_job *job)
{
    job_end(call_of(job));
}

static void on_done(struct db_job *job)
{
    struct call *c = call_of(job);
    job_end(c);
    call_resume(c);
}

/* A run's beginning: the request as it was before, on this connection. */
static void job_enter(struct call *c, struct db_conn *conn)
{
    c->r = c->fresh;
    c->r.c = conn;
    log_request(c->r.id);
}

static void job_leave(struct call *c, const struct db_conn *conn)
{
    c->statements += db_conn_statements(conn);
    c->r.c = NULL;
    log_request(STR_NONE);
}

bool job_start(struct call *c, bool (*run)(struct db_job *, struct db_conn *, struct err *),
               bool write)
{
    struct db *db = c->s->o.db;
    c->job = (struct db_job){ .run = run, .done = on_done };
    if (!write && db_engine_of(db) == DB_SQLITE) {
        c->job.done = on_done_here;     /* the read is over before db_read returns */
        db_read(db, &c->job);
        log_request(c->r.id);
        return false;
    }
    call_park(c);
    if (write)
        db_write(db, &c->job);
    else
        db_read(db, &c->job);
    return true;
}

/* ---- who, and whether ---- */

static bool has_credential(const struct call *c)
{
    return c->r.cookie.n || c->r.bearer.n;
}

/* Nothing stands between this read and its answer: one job does all of it. */
static bool reads_at_once(const struct call *c)
{
    const struct route *t = c->r.route;
    return t->mode == ROUTE_READ && !t->prepare && !t->slow && t->rate != RATE_HEAVY &&
           t->reply != REPLY_STREAM && c->stage > STAGE_BODY;
}

static bool look(struct call *c, struct err *e)
{
    struct http_hooks *h = &c->s->o.hooks;
    if (has_credential(c) && !h->authenticate(&c->r, e))
        return false;
    return head_charge(c, e) && h->allow(&c->r, e) && query_read(&c->r, c->query, e);
}

static bool look_run(struct db_job *job, struct db_conn *conn, struct err *e)
{
    struct call *c = call_of(job);
    job_enter(c, conn);
    c->in = NULL;
    c->status = 0;
    bool ok = look(c, e);
    if (ok && reads_at_once(c))
        ok = decode_in(c, e) && apply_once(c, e);
    job_leave(c, conn);
    return ok;
}

bool look_start(struct call *c)
{
    c->looked = true;
    if (has_credential(c) || reads_at_once(c))
        return job_start(c, look_run, false);
    if (!look(c, &c->err))
        c->r = c->fresh;
    return false;
}

/* ---- in, out ---- */

bool decode_in(struct call *c, struct err *e)
{
    const struct route *t = c->r.route;
    struct str text = buf_str(&c->link->in);
    if (!t->in)
        return true;
    if (t->body == BODY_FILE) {
        c->in = c->body.in;
        return record_complete(t->in, c->in, e);
    }
    void *in = arena_alloc(c->r.a, t->in->size);
    if (!record_preset(t->in, c->r.a, in, e) ||
        !record_from_bytes(t->in, text.n ? text : STR("{}"), c->r.a, in, e))
        return false;
    c->in = in;
    return true;
}

static void list_encode(const struct call *c, struct buf *b)
{
    const struct record *rec = c->r.route->out;
    const struct list *l = c->out;
    buf_add(b, STR("{\"items\":["));
    for (size_t i = 0; i < l->n; i++) {
        if (i)
            buf_add_char(b, ',');
        record_to_json(rec, (const char *)l->v + i * rec->size, c->r.sight, b);
    }
    buf_add(b, STR("],\"next\":"));
    if (c->r.next.n)
        json_put_str(b, c->r.next);
    else
        buf_add(b, STR("null"));
    buf_add_char(b, '}');
}

static bool encode(struct call *c, struct err *e)
{
    const struct route *t = c->r.route;
    struct buf *b = &c->link->out;
    buf_clear(b);
    if (c->r.kept.n)
        buf_add(b, c->r.kept);
    else if (t->reply == REPLY_ONE)
        record_to_json(t->out, c->out, c->r.sight, b);
    else if (t->reply == REPLY_LIST)
        list_encode(c, b);
    else if (t->reply == REPLY_TEXT)
        buf_add(b, c->r.text);
    c->status = t->reply == REPLY_NONE ? MHD_HTTP_NO_CONTENT :
                c->r.location.n ? MHD_HTTP_CREATED : MHD_HTTP_OK;
    if (!buf_ok(b))
        return err_internal(e, "the answer is too large");
    if (c->r.keep)
        c->s->o.hooks.answer_keep(&c->r, buf_str(b));
    return true;
}

bool apply_once(struct call *c, struct err *e)
{
    const struct route *t = c->r.route;
    if (t->mode == ROUTE_READ && c->s->o.hooks.answer_again(&c->r))
        return encode(c, e);
    size_t size = t->reply == REPLY_LIST ? sizeof(struct list) : t->out ? t->out->size : 1;
    c->out = arena_alloc(c->r.a, size);
    return t->apply(&c->r, c->in, c->out, e) && encode(c, e);
}

/* ---- apply ---- */

static bool read_run(struct db_job *job, struct db_conn *conn, struct err *e)
{
    struct call *c = call_of(job);
    job_enter(c, conn);
    bool ok = apply_once(c, e);
    job_leave(c, conn);
    return ok;
}

/* An answer already given is given again; *status tells. */
static bool replay(struct call *c, int *status, struct err *e)
{
    *status = 0;
    if (!c->r.idempotency_key.n)
        return true;
    if (!c->s->o.hooks.replay_find(&c->r, status, e))
        return false;
    if (*status <= 0)
        return true;
    buf_clear(&c->link->out);
    buf_add(&c->link->out, c->r.text);
    return buf_ok(&c->link->out) || err_internal(e, "the kept answer is too large");
}

static bool write_once(struct call *c, struct err *e)
{
    int status;
    if (!c->s->o.hooks.may_write(&c->r, e) || !replay(c, &status, e))
        return false;
    c->replayed = status > 0;
    if (c->replayed) {
        c->status = status;
        return true;
    }
    if (!apply_once(c, e))
        return false;
    return !c->r.idempotency_key.n ||
           c->s->o.hooks.replay_keep(&c->r, c->status, buf_str(&c->link->out), e);
}

static bool write_run(struct db_job *job, struct db_conn *conn, struct err *e)
{
    struct call *c = call_of(job);
    job_enter(c, conn);
    bool ok = write_once(c, e);
    job_leave(c, conn);
    return ok;
}

bool apply_start(struct call *c)
{
    bool write = c->r.route->mode == ROUTE_WRITE;
    return job_start(c, write ? write_run : read_run, write);
}

static bool after_run(struct db_job *job, struct db_conn *conn, struct err *e)
{
    struct call *c = call_of(job);
    job_enter(c, conn);
    bool ok = c->s->o.hooks.may_write(&c->r, e) && c->r.then_write(&c->r, e);
    job_leave(c, conn);
    return ok;
}

bool after_start(struct call *c)
{
    c->fresh = c->r;
    return job_start(c, after_run, true);
}

/* ---- without a database, or on a slow thread ---- */

void prepare_run(struct call *c)
{
    const struct route *t = c->r.route;
    bool ok = !t->prepare || t->prepare(&c->r, c->in, &c->err);
    if (ok && t->mode == ROUTE_PLAIN)
        ok = apply_once(c, &c->err);
    if (ok)
        c->fresh = c->r;
    else
        c->r = c->fresh;
}

void prepare_slow(struct call *c)
{
    log_request(c->r.id);
    prepare_run(c);
    if (!err_is_set(&c->err) && c->r.route->mode == ROUTE_READ &&
        db_engine_of(c->s->o.db) == DB_SQLITE)
        job_start(c, read_run, false);
    log_request(STR_NONE);
    call_resume(c);
}
