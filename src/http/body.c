/* body.c - a request's body on its way in: JSON in memory, files to the spool.
 *
 * The limit is known before the first byte. A body that breaks a rule half-way
 * cannot be answered before it ends (the library has no such state), so its rest
 * is swallowed up to a bound, and beyond that the connection is closed. */
#include "http/call.h"
#include "base/random.h"
#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

enum { JSON_MAX = 64 * 1024, FILE_MAX = 50 * 1024 * 1024, FORM_EXTRA = 64 * 1024,
       SWALLOW_MAX = 1024 * 1024 };

static bool too_large(struct err *e, int64_t max)
{
    if (max >= 1024 * 1024)
        return err_setf(e, ERR_TOO_LARGE, "%lld MiB", (long long)(max / 1024 / 1024));
    return err_setf(e, ERR_TOO_LARGE, "%lld KiB", (long long)(max / 1024));
}

static void hash_add(struct call *c, struct str s)
{
    if (c->body.md)
        EVP_DigestUpdate(c->body.md, s.p, s.n);
}

static void hash_free(void *md)
{
    EVP_MD_CTX_free(md);
}

static bool hash_begin(struct call *c, struct err *e)
{
    if (!c->r.idempotency_key.n)
        return true;
    c->body.md = EVP_MD_CTX_new();
    if (!c->body.md || !EVP_DigestInit_ex(c->body.md, EVP_sha256(), NULL))
        return err_internal(e, "SHA-256 is missing");
    arena_defer(c->r.a, hash_free, c->body.md);
    hash_add(c, str_of(c->method));
    hash_add(c, STR(" "));
    hash_add(c, c->path);
    hash_add(c, STR("?"));
    hash_add(c, c->query);
    hash_add(c, STR("\n"));
    return true;
}

static void hash_end(struct call *c)
{
    unsigned char digest[EVP_MAX_MD_SIZE];
    unsigned n = 0;
    if (c->body.md && EVP_DigestFinal_ex(c->body.md, digest, &n))
        c->r.body_hash = hex_of(c->r.a, digest, n);
}

/* ---- the spool ---- */

static bool spool_open(struct call *c, struct str name, struct str media, struct err *e)
{
    size_t n = c->r.uploads.n;
    if (n == COUNT(c->r.uploads.v))
        return err_setf(e, ERR_TOO_MANY, "%zu", n);
    struct str path = arena_printf(c->r.a, "%s/in-%.*s", c->s->o.spool,
                                   STR_ARG(random_hex(c->r.a, 16)));
    c->body.fd = open(path.p, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
    if (c->body.fd < 0)
        return err_detail(e, ERR_UNAVAILABLE, "spool: %s", strerror(errno));
    c->r.uploads.v[c->r.uploads.n++] = (struct upload){
        .name = header_filename(c->r.a, name), .media = arena_dup(c->r.a, media), .path = path.p };
    return true;
}

static bool spool_write(struct call *c, struct str s, struct err *e)
{
    struct upload *u = &c->r.uploads.v[c->r.uploads.n - 1];
    while (s.n) {
        ssize_t n = write(c->body.fd, s.p, s.n);
        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            return err_detail(e, ERR_UNAVAILABLE, "spool: %s", strerror(errno));
        u->size += n;
        s = str_sub(s, (size_t)n, s.n);
    }
    return true;
}

static void spool_close(struct call *c)
{
    if (c->body.fd >= 0)
        close(c->body.fd);
    c->body.fd = -1;
}

/* ---- a form's parts ---- */

static bool on_part(void *ctx, const struct part *p, struct err *e)
{
    struct call *c = ctx;
    const struct record *in = c->r.route->in;
    hash_add(c, p->name);
    hash_add(c, STR("\n"));
    hash_add(c, p->filename);
    hash_add(c, STR("\n"));
    if (p->is_file)
        return spool_open(c, p->filename, p->media, e);
    c->body.field_row = in ? record_field(in, p->name) : NULL;
    if (!c->body.field_row || c->body.field_row->flags & READONLY)
        return err_field(e, ERR_UNKNOWN_FIELD, arena_cstr(c->r.a, str_sub(p->name, 0, 60)));
    buf_clear(&c->body.field);
    return true;
}

static bool on_part_data(void *ctx, struct str bytes, struct err *e)
{
    struct call *c = ctx;
    hash_add(c, bytes);
    if (c->body.fd >= 0)
        return spool_write(c, bytes, e);
    buf_add(&c->body.field, bytes);
    return buf_ok(&c->body.field) || too_large(e, JSON_MAX);
}

static bool on_part_end(void *ctx, struct err *e)
{
    struct call *c = ctx;
    hash_add(c, STR("\n"));
    if (c->body.fd < 0)
        return field_from_text(c->body.field_row, arena_dup(c->r.a, buf_str(&c->body.field)),
                               c->r.a, c->body.in, e);
    struct upload *u = &c->r.uploads.v[c->r.uploads.n - 1];
    spool_close(c);
    if (u->size == 0 && u->name.n == 0) {       /* a browser's empty file input */
        unlink(u->path);
        c->r.uploads.n--;
    }
    return true;
}

/* ---- beginning ---- */

static bool json_begin(struct call *c, struct err *e)
{
    struct str type = c->head.type, media = str_trim(str_sub(type, 0, str_find(type, STR(";"))));
    struct str charset = header_param(c->r.a, type, "charset", NULL);
    if (c->body.claimed == 0)
        return true;
    if (!str_eq_nocase(media, STR("application/json")) ||
        (charset.n && !str_eq_nocase(charset, STR("utf-8"))))
        return err_setf(e, ERR_BAD_MEDIA, "%.*s", STR_ARG(str_sub(type, 0, 80)));
    return true;
}

static bool media_ok(struct str m)
{
    size_t slash = str_find(m, STR("/"));
    for (size_t i = 0; i < m.n; i++)
        if (m.p[i] <= ' ' || m.p[i] >= 0x7f || m.p[i] == '"')
            return false;
    return m.n < 100 && slash > 0 && slash + 1 < m.n &&
           !str_eq_nocase(m, STR("application/x-www-form-urlencoded"));
}

static bool form_begin(struct call *c, struct err *e)
{
    struct multipart_sink sink = { c, on_part, on_part_data, on_part_end };
    struct str boundary = header_param(c->r.a, c->head.type, "boundary", NULL);
    c->body.parts = multipart_open(c->r.a, boundary, &sink, e);
    return c->body.parts != NULL;
}

static bool file_begin(struct call *c, struct err *e)
{
    const struct record *in = c->r.route->in;
    struct str type = c->head.type, media = str_trim(str_sub(type, 0, str_find(type, STR(";"))));
    buf_init(&c->body.field, JSON_MAX);
    c->body.in = in ? arena_alloc(c->r.a, in->size) : NULL;
    if (in && !record_preset(in, c->r.a, c->body.in, e))
        return false;
    if (str_eq_nocase(media, STR("multipart/form-data")))
        return form_begin(c, e);
    if (!media_ok(media))
        return err_setf(e, ERR_BAD_MEDIA, "%.*s", STR_ARG(str_sub(type, 0, 80)));
    return true;
}

static int64_t max_of(const struct route *t)
{
    if (t->body == BODY_NONE)
        return 0;
    int64_t max = t->body_max ? t->body_max : t->body == BODY_JSON ? JSON_MAX : FILE_MAX;
    return t->body == BODY_FILE ? max + FORM_EXTRA : max;
}

bool body_begin(struct call *c, struct err *e)
{
    const struct route *t = c->r.route;
    c->body.max = max_of(t);
    if (c->body.claimed > c->body.max)
        return too_large(e, t->body == BODY_FILE ? c->body.max - FORM_EXTRA : c->body.max);
    if (t->body == BODY_JSON && !json_begin(c, e))
        return false;
    if (t->body == BODY_FILE && !file_begin(c, e))
        return false;
    return hash_begin(c, e);
}

/* ---- bytes ---- */

/* A raw upload's file is opened with its first byte: by then its sender is known. */
static bool raw_take(struct call *c, struct str bytes, struct err *e)
{
    struct str name = header_param(c->r.a, c->head.disposition, "filename", NULL);
    struct str type = c->head.type;
    if (c->body.fd < 0 && !spool_open(c, name, str_trim(str_sub(type, 0, str_find(type, STR(";")))),
                                      e))
        return false;
    hash_add(c, bytes);
    return spool_write(c, bytes, e);
}

static bool take(struct call *c, struct str bytes, struct err *e)
{
    if (c->body.size > c->body.max)
        return too_large(e, c->body.max);
    if (c->body.parts)
        return multipart_feed(c->body.parts, bytes, e);
    if (c->r.route->body == BODY_FILE)
        return raw_take(c, bytes, e);
    hash_add(c, bytes);
    buf_add(&c->link->in, bytes);
    return buf_ok(&c->link->in) || too_large(e, c->body.max);
}

bool body_feed(struct call *c, struct str bytes)
{
    c->body.size += (int64_t)bytes.n;
    if (!err_is_set(&c->err) && take(c, bytes, &c->err))
        return true;
    return c->body.size <= c->body.max + SWALLOW_MAX;
}

bool body_end(struct call *c, struct err *e)
{
    if (c->body.parts && !multipart_end(c->body.parts, e))
        return false;
    spool_close(c);
    hash_end(c);
    return true;
}

void body_done(struct call *c)
{
    spool_close(c);
    for (size_t i = 0; i < c->r.uploads.n; i++)
        unlink(c->r.uploads.v[i].path);
    if (c->body.field.max)
        buf_done(&c->body.field);
}
