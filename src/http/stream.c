/* stream.c - the streams: a list under one lock shared with the waker, so that a
 * stream falls asleep and is woken in a definite order. */
#include "http/call.h"

enum { TEXT_MAX = 1024 * 1024, BLOCK_BYTES = 4096 };
#define SECOND_US INT64_C(1000000)

struct stream {
    struct streams *all;
    struct call *c;
    struct stream *prev, *next;
    struct req r;                       /* the call's, with an arena of its own */
    struct arena a;
    struct str key;                     /* whose: account or address */
    struct db_job job;
    struct buf out;
    size_t sent;
    int64_t seq, last;
    int64_t beat_at, end_at;            /* clock_us */
    bool asleep, grew, failed;          /* under the lock */
};

struct streams {
    pthread_mutex_t lock;
    struct stream *first;
    size_t n, max;
    bool stopping;
};

struct streams *streams_make(struct arena *a, size_t max)
{
    struct streams *s = arena_new(a, struct streams);
    s->max = max;
    pthread_mutex_init(&s->lock, NULL);
    return s;
}

void streams_done(struct streams *s)
{
    if (s)
        pthread_mutex_destroy(&s->lock);
}

/* ---- looking for events ---- */

static struct stream *stream_of(struct db_job *job)
{
    return (void *)((char *)job - offsetof(struct stream, job));
}

static bool look_run(struct db_job *job, struct db_conn *conn, struct err *e)
{
    struct stream *t = stream_of(job);
    arena_clear(&t->a);
    buf_clear(&t->out);
    t->r.c = conn;
    t->last = t->seq;
    bool ok = t->c->s->o.hooks.events_after(&t->r, t->seq, &t->out, &t->last, e);
    t->r.c = NULL;
    return ok && (buf_ok(&t->out) || err_internal(e, "too many events at once"));
}

static void look_end(struct stream *t)
{
    pthread_mutex_lock(&t->all->lock);
    if (!t->job.ok) {
        t->failed = true;
        buf_clear(&t->out);
    } else if (t->last > t->seq) {
        t->grew = t->grew || t->seq >= 0;       /* perhaps more than it told at once */
        t->seq = t->last;
    } else if (t->seq < 0) {
        t->seq = 0;
    }
    pthread_mutex_unlock(&t->all->lock);
}

static void on_done_here(struct db_job *job)
{
    look_end(stream_of(job));
}

static void on_done(struct db_job *job)
{
    struct stream *t = stream_of(job);
    struct call *c = t->c;
    look_end(t);
    call_resume(c);
}

/* True when the answer comes later (the connection is suspended till then). */
static bool look(struct stream *t)
{
    struct db *db = t->c->s->o.db;
    bool here = db_engine_of(db) == DB_SQLITE;
    t->job = (struct db_job){ .run = look_run, .done = here ? on_done_here : on_done };
    t->sent = 0;
    if (!here) {
        atomic_fetch_add(&t->c->s->parked, 1);
        MHD_suspend_connection(t->c->conn);
    }
    db_read(db, &t->job);
    return !here;
}

/* ---- the library reads ---- */

static ssize_t copy_out(struct stream *t, char *to, size_t max)
{
    size_t n = MIN(max, t->out.n - t->sent);
    memcpy(to, t->out.p + t->sent, n);
    t->sent += n;
    t->beat_at = clock_us() + STREAM_BEAT_SECONDS * SECOND_US;
    return (ssize_t)n;
}

enum turn { TURN_END, TURN_LOOK, TURN_BEAT, TURN_SLEEP };

/* What to do with nothing left to send. Falling asleep happens under the lock. */
static enum turn turn_of(struct stream *t)
{
    enum turn turn = TURN_SLEEP;
    int64_t now = clock_us();
    pthread_mutex_lock(&t->all->lock);
    if (t->failed || t->all->stopping || now >= t->end_at)
        turn = TURN_END;
    else if (t->grew)
        turn = TURN_LOOK;
    else if (now >= t->beat_at)
        turn = TURN_BEAT;
    if (turn == TURN_LOOK)
        t->grew = false;
    if (turn == TURN_SLEEP) {
        t->asleep = true;
        MHD_suspend_connection(t->c->conn);
    }
    pthread_mutex_unlock(&t->all->lock);
    return turn;
}

static ssize_t on_read(void *cls, uint64_t pos UNUSED, char *to, size_t max)
{
    struct stream *t = cls;
    while (t->sent == t->out.n) {
        switch (turn_of(t)) {
        case TURN_END:   return MHD_CONTENT_READER_END_OF_STREAM;
        case TURN_SLEEP: return 0;
        case TURN_LOOK:
            if (look(t))
                return 0;
            break;
        case TURN_BEAT:
            buf_clear(&t->out);
            t->sent = 0;
            buf_add(&t->out, STR(": beat\n\n"));
            break;
        }
    }
    return copy_out(t, to, max);
}

/* ---- opening, closing ---- */

/* Puts t in the list unless a cap forbids. */
static bool enlist(struct streams *s, struct stream *t)
{
    size_t same = 0;
    pthread_mutex_lock(&s->lock);
    for (const struct stream *o = s->first; o; o = o->next)
        same += str_eq(o->key, t->key);
    bool ok = s->n < s->max && same < STREAM_ACCOUNT_MAX && !s->stopping;
    if (ok) {
        t->next = s->first;
        if (s->first)
            s->first->prev = t;
        s->first = t;
        s->n++;
    }
    pthread_mutex_unlock(&s->lock);
    return ok;
}

static struct stream *stream_new(struct call *c, int64_t seq)
{
    struct stream *t = arena_new(c->r.a, struct stream);
    int64_t now = clock_us();
    *t = (struct stream){ .all = c->s->streams, .c = c, .r = c->r, .seq = seq,
                          .grew = true, .beat_at = now + STREAM_BEAT_SECONDS * SECOND_US,
                          .end_at = now + STREAM_LIFE_SECONDS * SECOND_US };
    t->key = rate_key(c->r.a, c->r.account, arena_cstr(c->r.a, c->r.remote));
    t->r.a = &t->a;
    buf_init(&t->out, TEXT_MAX);
    buf_add(&t->out, STR("retry: 2000\n\n"));
    return t;
}

struct MHD_Response *stream_open(struct call *c, int *status, struct err *e)
{
    int64_t seq = -1;
    struct str last = c->r.last_event;
    if (last.n && (!str_to_i64(last, &seq) || seq < 0)) {
        err_setf(e, ERR_INVALID, "Last-Event-ID");
        return NULL;
    }
    struct stream *t = stream_new(c, seq);
    if (!enlist(c->s->streams, t)) {
        buf_done(&t->out);
        c->r.retry_after = 30;
        err_set(e, ERR_TOO_OFTEN);
        return NULL;
    }
    c->stream = t;
    *status = MHD_HTTP_OK;
    struct MHD_Response *m =
        MHD_create_response_from_callback(MHD_SIZE_UNKNOWN, BLOCK_BYTES, on_read, t, NULL);
    MHD_add_response_header(m, "Content-Type", "text/event-stream; charset=utf-8");
    MHD_add_response_header(m, "Cache-Control", "no-store");
    MHD_add_response_header(m, "X-Accel-Buffering", "no");
    return m;
}

void stream_close(struct stream *t)
{
    if (!t)
        return;
    struct streams *s = t->all;
    pthread_mutex_lock(&s->lock);
    if (t->prev)
        t->prev->next = t->next;
    else
        s->first = t->next;
    if (t->next)
        t->next->prev = t->prev;
    s->n--;
    pthread_mutex_unlock(&s->lock);
    buf_done(&t->out);
    arena_done(&t->a);
}

/* ---- waking ---- */

static void wake(struct stream *t)
{
    t->asleep = false;
    MHD_resume_connection(t->c->conn);
}

void streams_look(struct streams *s, bool grew, int64_t now)
{
    pthread_mutex_lock(&s->lock);
    for (struct stream *t = s->first; t; t = t->next) {
        t->grew = t->grew || grew;
        if (t->asleep && (t->grew || s->stopping || now >= t->beat_at || now >= t->end_at))
            wake(t);
    }
    pthread_mutex_unlock(&s->lock);
}

void streams_stop(struct streams *s)
{
    pthread_mutex_lock(&s->lock);
    s->stopping = true;
    pthread_mutex_unlock(&s->lock);
    streams_look(s, false, 0);
}

size_t streams_count(struct streams *s)
{
    pthread_mutex_lock(&s->lock);
    size_t n = s->n;
    pthread_mutex_unlock(&s->lock);
    return n;
}
