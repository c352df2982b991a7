/* keys_file.c - the key file on the disk. The hard part: nobody else may ever
 * be able to read it, not even for a moment, and a crash while writing leaves
 * either the old file or the new one. */
#include "crypt/keys.h"
#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <sys/stat.h>
#include <unistd.h>

enum { FILE_MAX = 16 * 1024, PATH_MOST = 1024 };

/* Taken whole at once, so that growing leaves no copy behind; wiped at the end. */
static void text_init(struct buf *b)
{
    buf_init(b, FILE_MAX);
    buf_room(b, FILE_MAX);
}

static void text_done(struct buf *b)
{
    if (b->p)
        sodium_memzero(b->p, b->cap);
    buf_done(b);
}

static void fd_done(int *fd)
{
    if (*fd >= 0)
        close(*fd);
}

static bool fail(struct err *e, const char *path, const char *doing)
{
    return err_setf(e, errno == EEXIST ? ERR_KEY_FILE_EXISTS : ERR_NO_FILE, "%.100s (%s: %s)", path,
                    doing, strerrorname_np(errno));
}

static bool write_all(int fd, struct str s)
{
    while (s.n) {
        ssize_t n = write(fd, s.p, s.n);
        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            return false;
        s = str_sub(s, (size_t)n, s.n);
    }
    return true;
}

/* A new name is only safe on the disk with its directory. */
static bool sync_dir(const char *path)
{
    char dir[PATH_MOST];
    snprintf(dir, sizeof dir, "%s", path);
    char *slash = strrchr(dir, '/');
    if (slash)
        slash[slash == dir] = 0;
    AUTO(fd_done) int fd = open(slash ? dir : ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    return fd >= 0 && fsync(fd) == 0;
}

static int create(const char *path)
{
    return open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
}

static bool write_keys(const struct keys *k, int fd, const char *path, struct err *e)
{
    AUTO(text_done) struct buf b = { 0 };
    text_init(&b);
    keys_print(k, &b);
    return (buf_ok(&b) && fchmod(fd, 0600) == 0 && write_all(fd, buf_str(&b)) && fsync(fd) == 0)
        || fail(e, path, "write");
}

bool keys_save(const struct keys *k, const char *path, struct err *e)
{
    if (!keys_check(k, e))
        return false;
    AUTO(fd_done) int fd = create(path);
    if (fd < 0)
        return fail(e, path, "open");
    if (write_keys(k, fd, path, e))
        return sync_dir(path) || fail(e, path, "sync");
    unlink(path);
    return false;
}

bool keys_create(const char *path, struct err *e)
{
    struct keys k = { .n = 0 };
    bool ok = true;
    for (int kind = 0; ok && kind < KEY_KIND__COUNT; kind++)
        ok = keys_make(&k, (enum key_kind)kind, e);
    ok = ok && keys_save(&k, path, e);
    keys_done(&k);
    return ok;
}

static bool read_all(int fd, struct buf *b)
{
    for (;;) {
        char *at = buf_room(b, 1);
        if (!at)
            return false;
        ssize_t n = read(fd, at, FILE_MAX - b->n);
        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            return n == 0;
        buf_took(b, (size_t)n);
    }
}

bool keys_open(struct keys *k, const char *path, struct err *e)
{
    AUTO(text_done) struct buf b = { 0 };
    struct stat st;
    text_init(&b);
    AUTO(fd_done) int fd = open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
    if (fd < 0)
        return fail(e, path, "open");
    if (fstat(fd, &st))
        return fail(e, path, "stat");
    if (!S_ISREG(st.st_mode) || (st.st_mode & 0177) || st.st_uid != geteuid())
        return err_setf(e, ERR_KEY_FILE_MODE, "%.150s", path);
    if (!read_all(fd, &b))
        return err_setf(e, ERR_TOO_LARGE, "%d KiB", FILE_MAX / 1024);
    return keys_parse(buf_str(&b), k, e);
}

/* The new file, made exclusively before the old one is read, is also the lock. */
bool keys_rotate(const char *path, enum key_kind kind, struct err *e)
{
    char fresh[PATH_MOST];
    struct keys k = { .n = 0 };
    if ((size_t)snprintf(fresh, sizeof fresh, "%s.new", path) >= sizeof fresh) {
        errno = ENAMETOOLONG;
        return fail(e, path, "open");
    }
    AUTO(fd_done) int fd = create(fresh);
    if (fd < 0)
        return fail(e, fresh, "open");
    bool ok = keys_open(&k, path, e) && keys_make(&k, kind, e) && write_keys(&k, fd, fresh, e)
        && (rename(fresh, path) == 0 || fail(e, path, "rename"));
    keys_done(&k);
    if (!ok)
        unlink(fresh);
    return ok && (sync_dir(path) || fail(e, path, "sync"));
}
