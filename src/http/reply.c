/* reply.c - the answer: status, headers, body, and the request's line in the log. */
#include "http/call.h"
#include <zlib.h>

enum { GZIP_FROM = 1400, BYTES_A_SECOND = 8 * 1024, HEADER_MAX = 8192 };

/* Pages load nothing from elsewhere and run no script of their own text; styles
 * set by the component libraries are inline. */
#define CSP_PAGE "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; " \
    "img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self'; worker-src 'self'; " \
    "frame-src 'self' blob:; object-src 'none'; base-uri 'none'; form-action 'self'; " \
    "frame-ancestors 'none'"
/* A document the server wrote itself: no script at all; a page of ours may frame it,
 * to print it. */
#define CSP_PAPER "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'; " \
    "frame-ancestors 'self'"
#define CSP_DATA "default-src 'none'; frame-ancestors 'none'"
#define PERMISSIONS "accelerometer=(), autoplay=(), browsing-topics=(), camera=(self), " \
    "display-capture=(), geolocation=(self), gyroscope=(), magnetometer=(), microphone=(self), " \
    "midi=(), payment=(), publickey-credentials-get=(self), usb=()"

void reply_header(struct MHD_Response *m, const char *name, struct arena *a, struct str value)
{
    char *text = arena_alloc(a, MIN(value.n, (size_t)HEADER_MAX) + 1);
    size_t n = 0;
    for (size_t i = 0; i < value.n && n < HEADER_MAX; i++)
        if ((unsigned char)value.p[i] >= 0x20 && value.p[i] != 0x7f)
            text[n++] = value.p[i];     /* no line end ever gets into a head */
    MHD_add_response_header(m, name, text);
}

static void set_cookie(struct call *c, struct MHD_Response *m, struct str cookie)
{
    const char *secure = c->s->o.secure_cookie ? "; Secure" : "";
    if (cookie.n)
        reply_header(m, "Set-Cookie", c->r.a,
                     arena_printf(c->r.a, "%.*s%s", STR_ARG(cookie), secure));
}

/* What the request cost so far; tests pin it. */
static void put_cost(struct call *c, struct MHD_Response *m)
{
    reply_header(m, "X-Statements", c->r.a, arena_printf(c->r.a, "%u", c->statements));
    reply_header(m, "X-Allocations", c->r.a, arena_printf(c->r.a, "%zu", c->link->a.blocks));
}

/* The answer is HTML that a handler made. */
static bool is_paper(const struct call *c)
{
    return c->r.route && c->r.route->reply == REPLY_TEXT && !err_is_set(&c->err)
        && str_starts(c->r.media, STR("text/html"));
}

void reply_headers(struct call *c, struct MHD_Response *m, bool page)
{
    const char *csp = page ? CSP_PAGE : is_paper(c) ? CSP_PAPER : CSP_DATA;
    MHD_add_response_header(m, "X-Content-Type-Options", "nosniff");
    MHD_add_response_header(m, "Content-Security-Policy", csp);
    MHD_add_response_header(m, "Referrer-Policy", "same-origin");
    if (page) {
        MHD_add_response_header(m, "X-Frame-Options", "DENY");
        MHD_add_response_header(m, "Permissions-Policy", PERMISSIONS);
        MHD_add_response_header(m, "Cross-Origin-Opener-Policy", "same-origin");
    }
    reply_header(m, "X-Request-Id", c->r.a, c->r.id);
    if (c->s->o.probe)
        put_cost(c, m);
    set_cookie(c, m, c->r.set_cookie[0]);
    set_cookie(c, m, c->r.set_cookie[1]);
    if (atomic_load(&c->s->stopping) || !c->at_body)
        MHD_add_response_header(m, "Connection", "close");
}

/* ---- entity tags ---- */

struct str reply_tag(struct arena *a, int64_t version, struct sight sight)
{
    unsigned grade = (sight.content ? 0U : 1U) | (sight.secrets ? 2U : 0) | (sight.party ? 4U : 0);
    char *tag = arena_alloc(a, 32), *p = tag;
    *p++ = '"';
    *p++ = 'v';
    p = str_put_i64(p, version);
    if (grade) {
        *p++ = '-';
        *p++ = (char)('0' + grade);
    }
    *p++ = '"';
    return (struct str){ tag, (size_t)(p - tag) };
}

bool reply_tag_in(struct str list, struct str tag)
{
    struct str one;
    for (bool more = list.n > 0; more; ) {
        more = str_cut(list, ',', &one, &list);
        one = str_trim(one);
        if (str_starts(one, STR("W/")))
            one = str_sub(one, 2, one.n);
        if (str_eq(one, tag) || str_is(one, "*"))
            return true;
    }
    return false;
}

/* ---- compression ---- */

static bool accepts(const struct call *c, const char *coding)
{
    struct str list = c->head.accept_coding, one, name, params;
    for (bool more = list.n > 0; more; ) {
        more = str_cut(list, ',', &one, &list);
        str_cut(one, ';', &name, &params);
        params = str_trim(params);
        if (str_eq_nocase(str_trim(name), str_of(coding)))
            return !str_is(params, "q=0") && !str_starts(params, STR("q=0.0"));
    }
    return false;
}

/* The fastest level and a small window: a reply is packed once and read once. */
bool gzip_pack(struct str in, struct buf *out)
{
    z_stream z = { 0 };
    buf_clear(out);
    char *room = in.n < UINT32_MAX / 2 ? buf_room(out, in.n) : NULL;
    if (!room || deflateInit2(&z, 1, Z_DEFLATED, 13 + 16, 6, Z_DEFAULT_STRATEGY) != Z_OK)
        return false;
    z.next_in = (unsigned char *)(uintptr_t)in.p;
    z.avail_in = (unsigned)in.n;
    z.next_out = (unsigned char *)room;
    z.avail_out = (unsigned)in.n;       /* no room for more than it was: then it is not worth it */
    bool ok = deflate(&z, Z_FINISH) == Z_STREAM_END;
    buf_took(out, z.total_out);
    deflateEnd(&z);
    return ok;
}

static struct MHD_Response *bytes(struct call *c, struct str s)
{
    c->sent = (int64_t)s.n;
    return MHD_create_response_from_buffer(s.n, (void *)(uintptr_t)s.p, MHD_RESPMEM_PERSISTENT);
}

/* ---- the kinds of answer ---- */

static struct MHD_Response *problem_response(struct call *c, int *status)
{
    struct buf *b = &c->link->out;
    *status = err_status(c->err.id);
    buf_clear(b);
    problem_write(c, b);
    struct MHD_Response *m = bytes(c, buf_str(b));
    MHD_add_response_header(m, "Content-Type", "application/problem+json");
    MHD_add_response_header(m, "Content-Language", c->r.lang == LANG_ZH ? "zh-CN" : "en");
    MHD_add_response_header(m, "Cache-Control", "no-store");
    if (*status == MHD_HTTP_UNAUTHORIZED)
        MHD_add_response_header(m, "WWW-Authenticate", "Bearer realm=\"fengqiao\"");
    if (*status == MHD_HTTP_TOO_MANY_REQUESTS || *status == MHD_HTTP_SERVICE_UNAVAILABLE)
        reply_header(m, "Retry-After", c->r.a,
                     arena_printf(c->r.a, "%u", c->r.retry_after ? c->r.retry_after : 10));
    if (c->err.id == ERR_BAD_METHOD) {
        AUTO(buf_done) struct buf allow;
        buf_init(&allow, 100);
        route_trie_allow(c->s->trie, c->r.site, c->path, &allow);
        reply_header(m, "Allow", c->r.a, buf_str(&allow));
    }
    return m;
}

static struct MHD_Response *asset_response(struct call *c, int *status)
{
    const struct asset *v = c->asset;
    struct str body = { v->body, v->n };
    const char *coding = NULL;
    bool fresh = reply_tag_in(c->r.if_none_match, str_of(v->tag));
    if (v->br && accepts(c, "br")) {
        body = (struct str){ v->br, v->br_n };
        coding = "br";
    } else if (v->gz && accepts(c, "gzip")) {
        body = (struct str){ v->gz, v->gz_n };
        coding = "gzip";
    }
    *status = fresh ? MHD_HTTP_NOT_MODIFIED : MHD_HTTP_OK;
    struct MHD_Response *m = bytes(c, fresh ? STR_NONE : body);
    if (coding && !fresh)
        MHD_add_response_header(m, "Content-Encoding", coding);
    MHD_add_response_header(m, "Content-Type", v->media);
    MHD_add_response_header(m, "ETag", v->tag);
    MHD_add_response_header(m, "Vary", "Accept-Encoding");
    MHD_add_response_header(m, "Cache-Control", v->immutable ? "public, max-age=31536000, immutable"
                                                             : "no-cache");
    return m;
}

static struct MHD_Response *json_response(struct call *c, int *status)
{
    struct str body = buf_str(&c->link->out), tag = STR_NONE;
    struct str media = c->r.media.n && c->r.route->reply == REPLY_TEXT ? c->r.media
                                                                       : STR("application/json");
    bool packed = false, get = str_is(str_of(c->r.route->method), "GET");
    if (c->r.version > 0)
        tag = reply_tag(c->r.a, c->r.version, c->r.sight);
    if (get && tag.n && !c->r.clocked && reply_tag_in(c->r.if_none_match, tag)) {
        *status = MHD_HTTP_NOT_MODIFIED;
        body = STR_NONE;
    }
    if (body.n > GZIP_FROM && !c->r.no_store && accepts(c, "gzip"))
        packed = gzip_pack(body, &c->link->zip);
    struct MHD_Response *m = bytes(c, packed ? buf_str(&c->link->zip) : body);
    if (packed)
        MHD_add_response_header(m, "Content-Encoding", "gzip");
    if (body.n)
        reply_header(m, "Content-Type", c->r.a, media);
    if (tag.n)
        reply_header(m, "ETag", c->r.a, tag);
    if (c->r.route->reply == REPLY_TEXT && c->r.file.name.n)
        reply_header(m, "Content-Disposition", c->r.a,
                     file_disposition(c->r.a, c->r.file.attachment, c->r.file.name));
    if (c->r.location.n)
        reply_header(m, "Location", c->r.a, c->r.location);
    if (c->replayed)
        MHD_add_response_header(m, "Idempotent-Replayed", "true");
    MHD_add_response_header(m, "Vary", "Accept-Encoding, Cookie, Authorization");
    MHD_add_response_header(m, "Cache-Control", tag.n && !c->r.no_store && !c->r.clocked
                                                 ? "private, no-cache" : "no-store");
    return m;
}

static struct MHD_Response *make(struct call *c)
{
    struct MHD_Response *m = NULL;
    if (err_is_set(&c->err))
        return problem_response(c, &c->status);
    if (c->asset)
        return asset_response(c, &c->status);
    if (c->r.route->reply == REPLY_FILE && !c->replayed)
        m = file_response(c, &c->status, &c->err);
    else if (c->r.route->reply == REPLY_STREAM)
        m = stream_open(c, &c->status, &c->err);
    else
        m = json_response(c, &c->status);
    return m ? m : problem_response(c, &c->status);
}

/* ---- one line a request ---- */

static void log_line(const struct call *c, int64_t us)
{
    const char *path = c->r.route ? c->r.route->path : c->asset ? "(page)" : "(none)";
    const char *slug = err_is_set(&c->err) ? err_slug(c->err.id) : "ok";
    bool ours = c->status >= 500;
    log_event(ours ? LOG_ERROR : LOG_INFO, "http.request",
              "%s %s %d %s %lld.%03lldms in=%lld out=%lld statements=%u%s%s",
              c->method ? c->method : "-", path, c->status, slug, (long long)(us / 1000),
              (long long)(us % 1000), (long long)c->body.size, (long long)c->sent, c->statements,
              c->err.detail[0] ? " " : "", c->err.detail);
}

enum MHD_Result reply_send(struct call *c)
{
    struct MHD_Response *m = make(c);
    bool stream = c->stream && !err_is_set(&c->err);
    enum route_rate class = c->r.route ? c->r.route->rate : RATE_NORMAL;
    reply_headers(c, m, c->asset != NULL);
    int64_t us = clock_us() - c->began;
    metrics_count(&c->s->metrics, class, c->status, us, c->sent);
    log_line(c, us);
    link_phase(c->link, stream ? LINK_STREAMING : LINK_ANSWERING,
               stream ? 0 : c->s->o.idle_seconds + c->sent / BYTES_A_SECOND);
    enum MHD_Result result = MHD_queue_response(c->conn, (unsigned)c->status, m);
    MHD_destroy_response(m);
    return result;
}
