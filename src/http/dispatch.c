/* dispatch.c - a request's stages, one small function each, in one table.
 *
 * The event thread walks them until one parks the call: the connection is
 * suspended first, then the work is published, and nothing of the call is
 * touched until the library calls again after the resume. */
#include "http/call.h"

enum { BYTES_A_SECOND = 16 * 1024 };    /* a slower upload or download is ended */

void call_park(struct call *c)
{
    atomic_fetch_add(&c->s->parked, 1);
    link_phase(c->link, LINK_WORKING, 0);
    MHD_suspend_connection(c->conn);
}

void call_resume(struct call *c)
{
    struct http_server *s = c->s;       /* c may be gone once it is resumed */
    MHD_resume_connection(c->conn);
    atomic_fetch_sub(&s->parked, 1);
}

/* ---- the stages; each returns true when the call was parked ---- */

static bool on_look(struct call *c)
{
    return !c->looked && look_start(c);
}

static bool on_body(struct call *c)
{
    link_phase(c->link, LINK_WORKING, 0);
    if (!c->asset && !body_end(c, &c->err))
        return false;
    c->fresh = c->r;
    return false;
}

static bool on_decode(struct call *c)
{
    if (!c->in && !decode_in(c, &c->err))
        return false;
    c->fresh = c->r;
    return false;
}

static bool is_slow(const struct route *t)
{
    return t->slow || (t->rate == RATE_HEAVY && t->mode == ROUTE_READ);
}

static bool on_prepare(struct call *c)
{
    const struct route *t = c->r.route;
    if (c->status || t->reply == REPLY_STREAM)
        return false;
    if (!is_slow(t)) {
        if (t->prepare || t->mode == ROUTE_PLAIN)
            prepare_run(c);
        return false;
    }
    call_park(c);
    if (!slow_push(c->s->slow, c)) {
        c->r.retry_after = 5;
        err_detail(&c->err, ERR_UNAVAILABLE, "the slow queue is full");
        call_resume(c);
    }
    return true;
}

static bool on_apply(struct call *c)
{
    if (c->status || c->r.route->reply == REPLY_STREAM)
        return false;
    return apply_start(c);
}

static bool on_after(struct call *c)
{
    return c->r.then_write && !c->replayed && after_start(c);
}

static bool (*const stages[STAGE_REPLY])(struct call *c) = {
    [STAGE_BODY] = on_body, [STAGE_LOOK] = on_look, [STAGE_DECODE] = on_decode,
    [STAGE_PREPARE] = on_prepare, [STAGE_APPLY] = on_apply, [STAGE_AFTER] = on_after,
};

static enum MHD_Result walk_stages(struct call *c)
{
    while (c->stage < STAGE_REPLY && !err_is_set(&c->err)) {
        enum stage at = c->stage++;
        if (c->asset && at != STAGE_BODY)
            continue;
        if (stages[at](c))
            return MHD_YES;
    }
    c->stage = STAGE_REPLY;
    return reply_send(c);
}

/* ---- the head's calls: route and limits; for files also who sends them ---- */

/* A file takes as long as its size needs at the slowest speed we bear. */
static int64_t reading_seconds(const struct call *c)
{
    int64_t bytes = c->body.claimed < 0 ? c->body.max : c->body.claimed;
    bool file = c->r.route && c->r.route->body == BODY_FILE;
    return c->s->o.head_seconds + (file ? bytes / BYTES_A_SECOND : 0);
}

static enum MHD_Result walk_head(struct call *c, const char *method, const char *version)
{
    if (c->stage == STAGE_HEAD) {
        c->method = method;
        c->stage = STAGE_EARLY;
        if (head_read(c, version, &c->err)) {
            c->fresh = c->r;
            if (c->r.route && c->r.route->body == BODY_FILE && look_start(c))
                return MHD_YES;
        }
    }
    /* An answer given now closes the connection: only where a body is to come. */
    if (err_is_set(&c->err) && (!c->framed || c->body.claimed)) {
        c->stage = STAGE_REPLY;
        return reply_send(c);
    }
    c->fresh = c->r;
    c->at_body = true;
    c->stage = STAGE_BODY;
    link_phase(c->link, LINK_READING, reading_seconds(c));
    return MHD_YES;
}

/* ---- libmicrohttpd's callbacks ---- */

static struct link *link_of(struct MHD_Connection *conn)
{
    const union MHD_ConnectionInfo *i =
        MHD_get_connection_info(conn, MHD_CONNECTION_INFO_SOCKET_CONTEXT);
    return i ? i->socket_context : NULL;
}

void *call_open(void *cls, const char *uri, struct MHD_Connection *conn)
{
    struct listener *l = cls;
    struct link *k = link_of(conn);
    if (!k)
        return NULL;
    struct call *c = arena_new(&k->a, struct call);
    c->s = l->s;                        /* the rest is zero, and big: not written twice */
    c->link = k;
    c->conn = conn;
    c->began = clock_us();
    c->r.a = &k->a;
    c->r.app = l->s->o.hooks.app;
    c->r.site = l->site;
    c->body.fd = -1;
    c->r.target = arena_dup(&k->a, str_of(uri));
    str_cut(c->r.target, '?', &c->path, &c->query);
    if (k->served)                      /* a first request keeps its connection's deadline */
        link_phase(k, LINK_READING, l->s->o.head_seconds);
    return c;
}

enum MHD_Result call_access(void *cls UNUSED, struct MHD_Connection *conn UNUSED,
                            const char *url UNUSED, const char *method, const char *version,
                            const char *data, size_t *size, void **con_cls)
{
    struct call *c = *con_cls;
    enum MHD_Result result;
    if (!c)
        return MHD_NO;
    if (c->r.id.n)
        log_request(c->r.id);
    if (!c->at_body) {
        result = walk_head(c, method, version);
    } else if (*size) {
        result = body_feed(c, (struct str){ data, *size }) ? MHD_YES : MHD_NO;
        *size = 0;
    } else {
        result = walk_stages(c);
    }
    log_request(STR_NONE);
    return result;
}

void call_close(void *cls, struct MHD_Connection *conn UNUSED, void **con_cls,
                enum MHD_RequestTerminationCode why UNUSED)
{
    struct listener *l = cls;
    struct call *c = *con_cls;
    if (!c)
        return;
    struct link *k = c->link;
    stream_close(c->stream);
    body_done(c);
    link_clear(k);
    k->served = true;
    link_phase(k, LINK_WAITING, l->s->o.idle_seconds);
    *con_cls = NULL;
}
