/* vfs_power.c - see vfs_power.h. Every file is two images: now (what reads see)
 * and disk (what a sync has covered), and the list of writes between them. */
#include "vfs_power.h"
#include "base/random.h"
#include <fcntl.h>
#include <pthread.h>
#include <sqlite3.h>
#include <unistd.h>

enum { FILES = 16, EXIT_CUT = 0 };

struct bytes { char *p; size_t n, cap; };
struct change { struct change *next; bool truncates; size_t at; struct bytes b; };
struct image {
    char *path;
    struct bytes now, disk;
    struct change *first, **last;
    long unsynced;
};
struct power_file {
    sqlite3_file base;
    struct image *image;
    sqlite3_file *real;                 /* for locks and the shared WAL index */
};

static struct {
    pthread_mutex_t lock;
    struct power_options o;
    struct dice dice;
    struct image image[FILES];
    size_t images;
    long operations, syncs;
    bool fail_syncs, fail_writes;
    sqlite3_vfs vfs, *real;
} power = { .lock = PTHREAD_MUTEX_INITIALIZER };

/* ---- images ---- */

static void resize(struct bytes *b, size_t n)
{
    if (n > b->n) {
        if (n > b->cap) {
            b->cap = MAX(n, 2 * b->cap);
            b->p = realloc(b->p, b->cap);
        }
        if (!b->p)
            abort();
        memset(b->p + b->n, 0, n - b->n);
    }
    b->n = n;
}

static void put(struct bytes *b, size_t at, const char *p, size_t n)
{
    if (at + n > b->n)
        resize(b, at + n);
    memcpy(b->p + at, p, n);
}

static void load(struct image *m)
{
    char part[65536];
    ssize_t n;
    int fd = open(m->path, O_RDONLY | O_CLOEXEC);
    while (fd >= 0 && (n = read(fd, part, sizeof part)) > 0) {
        put(&m->now, m->now.n, part, (size_t)n);
        put(&m->disk, m->disk.n, part, (size_t)n);
    }
    if (fd >= 0)
        close(fd);
}

static struct image *image_of(const char *path)
{
    for (size_t i = 0; i < power.images; i++)
        if (!strcmp(power.image[i].path, path))
            return &power.image[i];
    if (power.images == FILES)
        abort();
    struct image *m = &power.image[power.images++];
    m->path = strdup(path);
    m->last = &m->first;
    load(m);
    return m;
}

static void forget_changes(struct image *m)
{
    for (struct change *x = m->first, *next; x; x = next) {
        next = x->next;
        free(x->b.p);
        free(x);
    }
    m->first = NULL;
    m->last = &m->first;
    m->unsynced = 0;
}

static void apply(struct image *m, const struct change *x)
{
    if (x->truncates)
        resize(&m->disk, x->at);
    else
        put(&m->disk, x->at, x->b.p, x->b.n);
}

/* ---- the cut ---- */

/* Each sector of the write is there or not. */
static void apply_torn(struct image *m, const struct change *x)
{
    size_t sector = dice_below(&power.dice, 2) ? 512 : 4096;
    for (size_t at = x->at, end = x->at + x->b.n; at < end;) {
        size_t stop = MIN(end, (at / sector + 1) * sector);
        if (dice_below(&power.dice, 2))
            put(&m->disk, at, x->b.p + (at - x->at), stop - at);
        at = stop;
    }
}

enum fate { FATE_NONE, FATE_ALL, FATE_SOME, FATE_TORN, FATES };

static void cut_image(struct image *m)
{
    enum fate fate = (enum fate)dice_below(&power.dice, FATES);
    for (const struct change *x = m->first; x; x = x->next) {
        bool lucky = fate == FATE_ALL || (fate != FATE_NONE && dice_below(&power.dice, 2));
        if (fate == FATE_TORN && !x->truncates)
            apply_torn(m, x);
        else if (lucky)
            apply(m, x);
    }
}

static void save(const struct image *m)
{
    int fd = open(m->path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    for (size_t at = 0; fd >= 0 && at < m->disk.n;) {
        ssize_t n = write(fd, m->disk.p + at, m->disk.n - at);
        if (n <= 0)
            abort();
        at += (size_t)n;
    }
    if (fd < 0 || close(fd))
        abort();
}

static _Noreturn void cut_locked(void)
{
    for (size_t i = 0; i < power.images; i++) {
        cut_image(&power.image[i]);
        save(&power.image[i]);
    }
    _exit(EXIT_CUT);
}

void vfs_power_cut(void)
{
    pthread_mutex_lock(&power.lock);
    cut_locked();
}

/* Counts an operation that the power may not survive. The lock is held. */
static void operate(void)
{
    if (++power.operations == power.o.cut_at)
        cut_locked();
}

/* ---- a file ---- */

static struct image *image_in(sqlite3_file *f) { return ((struct power_file *)f)->image; }
static sqlite3_file *real_of(sqlite3_file *f) { return ((struct power_file *)f)->real; }

static int power_close(sqlite3_file *f) { return real_of(f)->pMethods->xClose(real_of(f)); }

static int power_read(sqlite3_file *f, void *out, int n, sqlite3_int64 at)
{
    struct image *m = image_in(f);
    pthread_mutex_lock(&power.lock);
    size_t have = (size_t)at < m->now.n ? MIN((size_t)n, m->now.n - (size_t)at) : 0;
    if (have)
        memcpy(out, m->now.p + at, have);
    pthread_mutex_unlock(&power.lock);
    memset((char *)out + have, 0, (size_t)n - have);
    return have == (size_t)n ? SQLITE_OK : SQLITE_IOERR_SHORT_READ;
}

static void note(struct image *m, bool truncates, size_t at, const void *p, size_t n)
{
    struct change *x = calloc(1, sizeof *x);
    if (!x)
        abort();
    *x = (struct change){ .truncates = truncates, .at = at };
    if (n)
        put(&x->b, 0, p, n);
    *m->last = x;
    m->last = &x->next;
    m->unsynced++;
}

static int power_write(sqlite3_file *f, const void *p, int n, sqlite3_int64 at)
{
    struct image *m = image_in(f);
    pthread_mutex_lock(&power.lock);
    bool fails = power.fail_writes;
    if (!fails) {
        note(m, false, (size_t)at, p, (size_t)n);
        put(&m->now, (size_t)at, p, (size_t)n);
        operate();
    }
    pthread_mutex_unlock(&power.lock);
    return fails ? SQLITE_FULL : SQLITE_OK;
}

static int power_truncate(sqlite3_file *f, sqlite3_int64 n)
{
    struct image *m = image_in(f);
    pthread_mutex_lock(&power.lock);
    note(m, true, (size_t)n, NULL, 0);
    resize(&m->now, (size_t)n);
    operate();
    pthread_mutex_unlock(&power.lock);
    return SQLITE_OK;
}

static int power_sync(sqlite3_file *f, int flags)
{
    struct image *m = image_in(f);
    (void)flags;
    pthread_mutex_lock(&power.lock);
    bool fails = power.fail_syncs;
    operate();                          /* the power fails before it is done */
    power.syncs++;
    if (!power.o.lies && !fails) {
        for (const struct change *x = m->first; x; x = x->next)
            apply(m, x);
        forget_changes(m);
    }
    pthread_mutex_unlock(&power.lock);
    return fails ? SQLITE_IOERR_FSYNC : SQLITE_OK;
}

static int power_size(sqlite3_file *f, sqlite3_int64 *n)
{
    pthread_mutex_lock(&power.lock);
    *n = (sqlite3_int64)image_in(f)->now.n;
    pthread_mutex_unlock(&power.lock);
    return SQLITE_OK;
}

static int power_lock(sqlite3_file *f, int k) { return real_of(f)->pMethods->xLock(real_of(f), k); }
static int power_unlock(sqlite3_file *f, int k) {
    return real_of(f)->pMethods->xUnlock(real_of(f), k); }
static int power_reserved(sqlite3_file *f, int *out)
{
    return real_of(f)->pMethods->xCheckReservedLock(real_of(f), out);
}
static int power_control(sqlite3_file *f, int op, void *arg)
{
    if (op == SQLITE_FCNTL_SIZE_HINT || op == SQLITE_FCNTL_CHUNK_SIZE)
        return SQLITE_OK;               /* the real file's size is not ours */
    return real_of(f)->pMethods->xFileControl(real_of(f), op, arg);
}
static int power_sector(sqlite3_file *f) { return real_of(f)->pMethods->xSectorSize(real_of(f)); }
static int power_device(sqlite3_file *f)
{
    return real_of(f)->pMethods->xDeviceCharacteristics(real_of(f));
}
static int power_shm_map(sqlite3_file *f, int page, int size, int extend, void volatile **out)
{
    return real_of(f)->pMethods->xShmMap(real_of(f), page, size, extend, out);
}
static int power_shm_lock(sqlite3_file *f, int at, int n, int flags)
{
    return real_of(f)->pMethods->xShmLock(real_of(f), at, n, flags);
}
static void power_shm_barrier(sqlite3_file *f) { real_of(f)->pMethods->xShmBarrier(real_of(f)); }
static int power_shm_unmap(sqlite3_file *f, int remove)
{
    return real_of(f)->pMethods->xShmUnmap(real_of(f), remove);
}

static const sqlite3_io_methods methods = {
    .iVersion = 2, .xClose = power_close, .xRead = power_read, .xWrite = power_write,
    .xTruncate = power_truncate, .xSync = power_sync, .xFileSize = power_size,
    .xLock = power_lock, .xUnlock = power_unlock, .xCheckReservedLock = power_reserved,
    .xFileControl = power_control, .xSectorSize = power_sector,
    .xDeviceCharacteristics = power_device, .xShmMap = power_shm_map, .xShmLock = power_shm_lock,
    .xShmBarrier = power_shm_barrier, .xShmUnmap = power_shm_unmap,
};

static int power_open(sqlite3_vfs *vfs, const char *path, sqlite3_file *f, int flags, int *out)
{
    struct power_file *p = (struct power_file *)f;
    (void)vfs;
    if (!path || !(flags & (SQLITE_OPEN_MAIN_DB | SQLITE_OPEN_WAL | SQLITE_OPEN_MAIN_JOURNAL)))
        return power.real->xOpen(power.real, path, f, flags, out);
    p->base.pMethods = NULL;
    p->real = (sqlite3_file *)(p + 1);
    pthread_mutex_lock(&power.lock);
    p->image = image_of(path);          /* before the real file may be made anew */
    pthread_mutex_unlock(&power.lock);
    int rc = power.real->xOpen(power.real, path, p->real, flags, out);
    if (rc == SQLITE_OK)
        p->base.pMethods = &methods;
    return rc;
}

static int power_delete(sqlite3_vfs *vfs, const char *path, int sync)
{
    (void)vfs;
    pthread_mutex_lock(&power.lock);
    struct image *m = image_of(path);
    forget_changes(m);
    resize(&m->now, 0);
    resize(&m->disk, 0);
    pthread_mutex_unlock(&power.lock);
    return power.real->xDelete(power.real, path, sync);
}

void vfs_power_start(const struct power_options *o)
{
    sqlite3_initialize();
    power.o = *o;
    power.dice = (struct dice){ o->seed };
    power.real = sqlite3_vfs_find(NULL);
    power.vfs = *power.real;
    power.vfs.zName = "power";
    power.vfs.pNext = NULL;
    power.vfs.szOsFile = (int)sizeof(struct power_file) + power.real->szOsFile;
    power.vfs.xOpen = power_open;
    power.vfs.xDelete = power_delete;
    if (sqlite3_vfs_register(&power.vfs, 0) != SQLITE_OK)
        abort();
}

void vfs_power_fail(bool syncs, bool writes)
{
    pthread_mutex_lock(&power.lock);
    power.fail_syncs = syncs;
    power.fail_writes = writes;
    pthread_mutex_unlock(&power.lock);
}

long vfs_power_wal_unsynced(void)
{
    long n = 0;
    pthread_mutex_lock(&power.lock);
    for (size_t i = 0; i < power.images; i++)
        if (str_ends(str_of(power.image[i].path), STR("-wal")))
            n += power.image[i].unsynced;
    pthread_mutex_unlock(&power.lock);
    return n;
}

long vfs_power_syncs(void)
{
    pthread_mutex_lock(&power.lock);
    long n = power.syncs;
    pthread_mutex_unlock(&power.lock);
    return n;
}
