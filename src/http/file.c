/* file.c - a file as the answer: whole or one range, never run by a browser. */
#include "http/call.h"
#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

/* What a browser only shows. Everything else is downloaded: HTML, SVG and XML can
 * carry script. */
static bool is_shown(struct str media)
{
    static const char *const shown[] = { "application/pdf", "image/png", "image/jpeg", "image/gif",
        "image/webp", "image/bmp", "text/plain", "audio/mpeg", "audio/wav", "audio/ogg",
        "audio/mp4", "video/mp4", "video/webm", "video/ogg" };
    for (size_t i = 0; i < COUNT(shown); i++)
        if (str_eq_nocase(media, str_of(shown[i])))
            return true;
    return false;
}

/* RFC 6266: an ASCII name for old readers, the real one as UTF-8. */
struct str file_disposition(struct arena *a, bool attachment, struct str name)
{
    static const char plain[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.";
    AUTO(buf_done) struct buf b;
    buf_init(&b, 8192);
    buf_add(&b, attachment ? STR("attachment") : STR("inline"));
    if (name.n) {
        buf_add(&b, STR("; filename=\""));
        for (size_t i = 0; i < name.n; i++) {
            bool ok = memchr(plain, name.p[i], sizeof plain - 1) != NULL;
            if (ok || ((unsigned char)name.p[i] & 0xc0) != 0x80)
                buf_add_char(&b, ok ? name.p[i] : '_');
        }
        buf_add(&b, STR("\"; filename*=UTF-8''"));
        for (size_t i = 0; i < name.n; i++) {
            if (memchr(plain, name.p[i], sizeof plain - 1))
                buf_add_char(&b, name.p[i]);
            else
                buf_addf(&b, "%%%02X", (unsigned char)name.p[i]);
        }
    }
    return buf_ok(&b) ? arena_dup(a, buf_str(&b)) : STR("attachment");
}

struct range { uint64_t from, n; };

/* One range of bytes. True with *got false for what is to be ignored (several,
 * another unit, nonsense); false when it lies outside the file. */
static bool range_read(struct str text, uint64_t size, struct range *out, bool *got)
{
    struct str from, to;
    int64_t a = -1, b = -1;
    *got = false;
    if (!str_starts(text, STR("bytes=")))
        return true;
    str_cut(str_sub(text, 6, text.n), '-', &from, &to);
    if ((from.n && (!str_to_i64(from, &a) || a < 0)) || (to.n && (!str_to_i64(to, &b) || b < 0)))
        return true;
    if (a < 0 && b < 0)
        return true;
    if (a < 0) {                        /* the last b bytes */
        a = (int64_t)(size - MIN(size, (uint64_t)b));
        b = (int64_t)size - 1;
    } else if (b < 0 || (uint64_t)b >= size) {
        b = (int64_t)size - 1;
    }
    if ((uint64_t)a >= size || b < a)
        return false;
    *got = true;
    *out = (struct range){ (uint64_t)a, (uint64_t)(b - a + 1) };
    return true;
}

static int file_open(const char *path, struct stat *st, struct err *e)
{
    int fd = path ? open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK) : -1;
    if (fd < 0 || fstat(fd, st) || !S_ISREG(st->st_mode)) {
        err_internal(e, "file: %s", fd < 0 ? strerror(errno) : "is none");
        if (fd >= 0)
            close(fd);
        return -1;
    }
    return fd;
}

static struct MHD_Response *part(struct call *c, int fd, uint64_t size, struct range *g,
                                 int *status, struct err *e)
{
    bool got = false;
    *g = (struct range){ 0, size };
    bool ok = c->head.if_range.n || range_read(c->head.range, size, g, &got);
    struct MHD_Response *m = ok ? MHD_create_response_from_fd_at_offset64(g->n, fd, g->from) : NULL;
    if (!m) {
        close(fd);
        ok ? err_internal(e, "file: no answer") : err_set(e, ERR_BAD_RANGE);
        return NULL;
    }
    *status = got ? MHD_HTTP_PARTIAL_CONTENT : MHD_HTTP_OK;
    c->sent = (int64_t)g->n;
    return m;
}

struct MHD_Response *file_response(struct call *c, int *status, struct err *e)
{
    struct stat st;
    struct range g;
    struct arena *a = c->r.a;
    int fd = file_open(c->r.file.path, &st, e);
    if (fd < 0)
        return NULL;
    uint64_t size = (uint64_t)st.st_size;
    struct MHD_Response *m = part(c, fd, size, &g, status, e);
    if (!m)
        return NULL;
    bool shown = is_shown(c->r.file.media);
    if (*status == MHD_HTTP_PARTIAL_CONTENT)
        reply_header(m, "Content-Range", a,
                     arena_printf(a, "bytes %lld-%lld/%lld", (long long)g.from,
                                  (long long)(g.from + g.n - 1), (long long)size));
    MHD_add_response_header(m, "Accept-Ranges", "bytes");
    reply_header(m, "Content-Type", a, shown ? c->r.file.media : STR("application/octet-stream"));
    reply_header(m, "Content-Disposition", a,
                 file_disposition(a, c->r.file.attachment || !shown, c->r.file.name));
    MHD_add_response_header(m, "Cache-Control", "private, no-store");
    return m;
}
