#include "app/store.h"
#include "crypt/digest.h"
#include <errno.h>
#include <fcntl.h>
#include <magic.h>
#include <sys/stat.h>
#include <unistd.h>

/* What people bring to a centre: pictures, scans, recordings, office papers.
 * Nothing a browser would run. */
static const struct { const char *media; bool shown; } kinds[] = {
    { "image/jpeg", true }, { "image/png", true }, { "image/gif", true }, { "image/webp", true },
    { "image/heic", false }, { "image/bmp", true }, { "image/tiff", false },
    { "application/pdf", true }, { "text/plain", false }, { "text/csv", false },
    { "audio/mpeg", true }, { "audio/mp4", true }, { "audio/x-m4a", true },
    { "audio/x-wav", true }, { "audio/amr", false }, { "audio/ogg", true },
    { "video/mp4", true }, { "video/quicktime", false }, { "video/3gpp", false },
    { "application/msword", false }, { "application/vnd.ms-excel", false },
    { "application/vnd.openxmlformats-officedocument.wordprocessingml.document", false },
    { "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", false },
    { "application/vnd.openxmlformats-officedocument.presentationml.presentation", false },
    { "application/ofd", false },
};

static size_t kind_of(struct str media)
{
    size_t i = 0;
    while (i < COUNT(kinds) && !str_is(media, kinds[i].media))
        i++;
    return i;
}

bool store_is_safe_inline(struct str media)
{
    size_t i = kind_of(media);
    return i < COUNT(kinds) && kinds[i].shown;
}

static bool sniff(struct arena *a, const char *path, struct str *out, struct err *e)
{
    magic_t m = magic_open(MAGIC_MIME_TYPE | MAGIC_NO_CHECK_COMPRESS);
    if (!m)
        return err_internal(e, "libmagic cannot be opened");
    const char *media = magic_load(m, NULL) == 0 ? magic_file(m, path) : NULL;
    if (media)
        *out = arena_dup(a, str_of(media));
    else
        err_internal(e, "libmagic: %s", magic_error(m));
    magic_close(m);
    return !err_is_set(e);
}

static bool hash_file(const char *path, struct digest *out, struct err *e)
{
    enum { PIECE = 1 << 16 };
    AUTO(sm3_done) struct sm3 h;
    sm3_init(&h);
    FILE *f = fopen(path, "re");
    struct buf b;
    buf_init(&b, PIECE);
    char *p = buf_room(&b, PIECE);
    for (size_t n; f && (n = fread(p, 1, PIECE, f)) > 0;)
        sm3_add(&h, (struct str){ p, n });
    bool ok = f && !ferror(f);
    if (!ok)
        err_detail(e, ERR_UNAVAILABLE, "%s: %s", path, strerror(errno));
    if (f)
        fclose(f);
    buf_done(&b);
    *out = sm3_get(&h);
    return ok;
}

const char *store_path(const struct app *app, struct arena *a, struct str digest)
{
    struct digest d;
    if (!digest_parse(digest, &d))
        return NULL;
    return app_path(app, a, arena_printf(a, "files/%.2s/%.*s", digest.p, STR_ARG(digest)).p);
}

static bool sync_path(const char *path, int flags)
{
    int fd = open(path, flags | O_CLOEXEC);
    bool ok = fd >= 0 && fsync(fd) == 0;
    if (fd >= 0)
        close(fd);
    return ok;
}

/* On the disk, with its name, when it returns. */
static bool keep(struct app *app, struct arena *a, const char *from, struct str digest,
                 struct err *e)
{
    const char *dir = app_path(app, a, arena_printf(a, "files/%.2s", digest.p).p);
    const char *to = store_path(app, a, digest);
    bool ok = (mkdir(dir, 0700) == 0 || errno == EEXIST) && sync_path(from, O_RDONLY)
           && rename(from, to) == 0 && sync_path(dir, O_RDONLY | O_DIRECTORY)
           && sync_path(app_path(app, a, "files"), O_RDONLY | O_DIRECTORY);
    return ok || err_detail(e, ERR_UNAVAILABLE, "%s: %s", to, strerror(errno));
}

bool store_take(struct app *app, struct arena *a, const struct upload *u, struct stored *out,
                struct err *e)
{
    struct stored s = { .size = u->size };
    struct digest d;
    if (u->size == 0)
        return err_fieldf(e, ERR_BAD_FILE, "file", "%s", "0");
    if (!sniff(a, u->path, &s.media, e))
        return false;
    if (kind_of(s.media) == COUNT(kinds))
        return err_fieldf(e, ERR_FILE_KIND, "file", "%.*s", STR_ARG(s.media));
    if (!hash_file(u->path, &d, e))
        return false;
    s.digest = digest_hex(a, &d);
    if (!keep(app, a, u->path, s.digest, e))
        return false;
    *out = s;
    return true;
}

bool store_check(const struct app *app, struct arena *a, struct str digest, bool *ok,
                 struct err *e)
{
    const char *path = store_path(app, a, digest);
    struct digest d;
    *ok = path && access(path, R_OK) == 0;
    if (!*ok)
        return true;
    if (!hash_file(path, &d, e))
        return false;
    *ok = str_eq(digest_hex(a, &d), digest);
    return true;
}
