/* power_test.c - nobody is answered before the data is on disk.
 *
 *     power_test [LOSSES [SEED]]          300 and 1 by default
 *
 * A child process loads a database through group commit until the power fails at
 * a random write or sync; each answered job's number has gone through a pipe by
 * then. The parent opens what the disk holds: every answered job must be there,
 * no job may be there by half, and the file must be sound. A disk that lies about
 * its syncs proves that the test can fail. */
#include "db/db.h"
#include "db/migrate.h"
#include "base/random.h"
#include "tap.h"
#include "vfs_power.h"
#include <pthread.h>
#include <sqlite3.h>
#include <sys/wait.h>
#include <unistd.h>

enum { JOBS = 400, OUTSTANDING = 48, GENERATIONS = 8, CUT_MAX = 1000 };

static const char tables[] =
    "CREATE TABLE a (id BIGINT @ID, body BLOB NOT NULL, @KEY(id));\n"
    "CREATE TABLE b (id BIGINT NOT NULL, a BIGINT NOT NULL REFERENCES a (id), @KEY(a, id));\n"
    "CREATE TABLE tally (id BIGINT @ID, n BIGINT NOT NULL, @KEY(id));\n"
    "INSERT INTO tally VALUES (1, 0);\n";

/* ---- the child ---- */

struct work { struct db_job job; int64_t id; long syncs; };
static struct { pthread_mutex_t lock; pthread_cond_t some; int waiting, pipe; } desk = {
    .lock = PTHREAD_MUTEX_INITIALIZER, .some = PTHREAD_COND_INITIALIZER };

static bool work_run(struct db_job *job, struct db_conn *c, struct err *e)
{
    static const char body[3000] = "some pages a job";
    struct work *w = (struct work *)job;
    return db_exec(c, e, NULL, SQL("INSERT INTO a (id, body) VALUES ($1, $2)"), V(w->id),
                   V(((struct blob){ body, (size_t)(w->id % 3000) })))
        && db_exec(c, e, NULL, SQL("UPDATE tally SET n = n + 1 WHERE id = 1"))
        && db_exec(c, e, NULL, SQL("INSERT INTO b (id, a) VALUES ($1, $1)"), V(w->id))
        && (w->id % 17 != 5 || err_set(e, ERR_WRONG_STATE));    /* late: the group runs again */
}

static void tell(int64_t n)
{
    if (write(desk.pipe, &n, sizeof n) != sizeof n)
        abort();
}

/* An answer before its sync is told as a negative number. */
static void work_done(struct db_job *job)
{
    struct work *w = (struct work *)job;
    if (job->ok)
        tell(vfs_power_wal_unsynced() || vfs_power_syncs() <= w->syncs ? -w->id : w->id);
    pthread_mutex_lock(&desk.lock);
    desk.waiting--;
    pthread_cond_signal(&desk.some);
    pthread_mutex_unlock(&desk.lock);
}

/* Checkpoints far more often than in life. */
static void *checkpoint_main(void *arg)
{
    sqlite3 *h;
    if (sqlite3_open_v2(arg, &h, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, "power"))
        abort();
    for (int i = 0;; i++) {
        usleep(3000);
        sqlite3_wal_checkpoint_v2(h, NULL, i % 5 == 4 ? SQLITE_CHECKPOINT_TRUNCATE
                                         : i % 5 == 2 ? SQLITE_CHECKPOINT_RESTART
                                                      : SQLITE_CHECKPOINT_PASSIVE, NULL, NULL);
    }
    return NULL;
}

static _Noreturn void child(char *path, const struct power_options *o, int64_t from, int out)
{
    static struct work works[JOBS];
    char url[128];
    struct err e = { 0 };
    pthread_t thread;
    struct migration m = { 1, "power", tables, sizeof tables - 1 };
    snprintf(url, sizeof url, "sqlite:%s", path);
    desk.pipe = out;
    vfs_power_start(o);
    struct db_options options = { .url = str_of(url), .vfs = "power", .readers = 1,
        .group_max = 32 };
    struct db *db = db_open(&options, &e);
    if (!db || !db_migrate(db, &m, 1, NULL, &e)
        || pthread_create(&thread, NULL, checkpoint_main, path)) {
        fprintf(stderr, "# child: %s %s\n", err_slug(e.id), e.detail);
        _exit(9);
    }
    tell(0);
    for (int i = 0; i < JOBS; i++) {
        works[i] = (struct work){ { .run = work_run, .done = work_done }, from + i,
            vfs_power_syncs() };
        pthread_mutex_lock(&desk.lock);
        while (desk.waiting >= OUTSTANDING)
            pthread_cond_wait(&desk.some, &desk.lock);
        desk.waiting++;
        pthread_mutex_unlock(&desk.lock);
        db_write(db, &works[i].job);
    }
    pthread_mutex_lock(&desk.lock);
    while (desk.waiting)
        pthread_cond_wait(&desk.some, &desk.lock);
    pthread_mutex_unlock(&desk.lock);
    vfs_power_cut();
}

/* ---- the parent ---- */

struct loss { int answered, early, missing, halves, unsound, lost_child; };

static int64_t ask(sqlite3 *h, const char *sql, int64_t id)
{
    sqlite3_stmt *s;
    int64_t n = -1;
    if (sqlite3_prepare_v2(h, sql, -1, &s, NULL) == SQLITE_OK) {
        sqlite3_bind_int64(s, 1, id);
        if (sqlite3_step(s) == SQLITE_ROW)
            n = sqlite3_column_int64(s, 0);
    }
    sqlite3_finalize(s);
    return n;
}

static void check(const char *path, const int64_t *answered, size_t n, bool begun, struct loss *l)
{
    sqlite3 *h;
    char shm[140];
    snprintf(shm, sizeof shm, "%s-shm", path);
    unlink(shm);                        /* memory does not outlive the power */
    if (sqlite3_open_v2(path, &h, SQLITE_OPEN_READWRITE, NULL) != SQLITE_OK)
        abort();
    l->unsound += ask(h, "SELECT integrity_check = 'ok' FROM pragma_integrity_check", 0) != 1;
    if (begun) {
        l->unsound += ask(h, "SELECT COUNT(*) FROM pragma_foreign_key_check", 0) != 0;
        int64_t rows = ask(h, "SELECT COUNT(*) FROM a", 0);
        l->halves += rows != ask(h, "SELECT COUNT(*) FROM b JOIN a ON a.id = b.a AND b.id = b.a"
                                    " AND LENGTH(a.body) = a.id % 3000", 0)
            || rows != ask(h, "SELECT n FROM tally", 0) || rows != ask(h,
                "SELECT COUNT(*) FROM b", 0);
        for (size_t i = 0; i < n; i++)
            l->missing += ask(h, "SELECT COUNT(*) FROM a WHERE id = ?", answered[i]) != 1;
    }
    sqlite3_close(h);
}

static void wipe(const char *path)
{
    static const char *const tails[] = { "", "-wal", "-shm", "-journal" };
    char name[140];
    for (size_t i = 0; i < COUNT(tails); i++) {
        snprintf(name, sizeof name, "%s%s", path, tails[i]);
        unlink(name);
    }
}

/* A child from its start to its loss; answered grows over a database's life. */
static void lose(char *path, const struct power_options *o, int64_t from, int64_t *answered,
    size_t *n,
                 bool *begun, struct loss *l)
{
    int ends[2], status;
    int64_t told;
    if (pipe(ends))
        abort();
    fflush(stdout);
    pid_t pid = fork();
    if (pid == 0) {
        close(ends[0]);
        child(path, o, from, ends[1]);
    }
    close(ends[1]);
    while (read(ends[0], &told, sizeof told) == sizeof told) {
        *begun = true;
        l->early += told < 0;
        if (told)
            answered[(*n)++] = told < 0 ? -told : told;
        l->answered += told != 0;
    }
    close(ends[0]);
    if (waitpid(pid, &status, 0) != pid || !WIFEXITED(status) || WEXITSTATUS(status))
        l->lost_child++;
    check(path, answered, *n, *begun, l);
}

static struct loss run(char *path, long losses, uint64_t seed, bool lies)
{
    static int64_t answered[GENERATIONS * JOBS];
    struct loss l = { 0 };
    struct dice dice = { seed };
    size_t n = 0;
    bool begun = false;
    for (long i = 0; i < losses && (!lies || !l.missing); i++) {
        if (i % GENERATIONS == 0 || lies) {
            wipe(path);
            n = 0;
            begun = false;
        }
        struct power_options o = { .seed = dice_next(&dice), .lies = lies,
                                   .cut_at = 1 + dice_below(&dice, CUT_MAX) };
        if (lies)
            o.cut_at = 500 + dice_below(&dice, CUT_MAX);
        lose(path, &o, 1 + i * JOBS, answered, &n, &begun, &l);
        if ((l.missing || l.halves || l.unsound || l.lost_child) && !lies) {
            printf("# loss %ld, seed of the cut %llu, cut at %ld\n", i,
                (unsigned long long)o.seed, o.cut_at);
            break;
        }
    }
    return l;
}

int main(int argc, char **argv)
{
    int64_t losses = 300, seed = 1;
    char dir[] = "/tmp/fengqiao-power-XXXXXX", path[64];
    if ((argc > 1 && !str_to_i64(str_of(argv[1]), &losses))
        || (argc > 2 && !str_to_i64(str_of(argv[2]), &seed)) || !mkdtemp(dir))
        return 2;
    snprintf(path, sizeof path, "%s/p.db", dir);
    struct loss l = run(path, losses, (uint64_t)seed, false);
    printf("# %d losses, %d answers\n", (int)losses, l.answered);
    OK(l.answered > losses * 20);
    OK_INT(l.early, 0);
    OK_INT(l.missing, 0);
    OK_INT(l.halves, 0);
    OK_INT(l.unsound, 0);
    OK_INT(l.lost_child, 0);
    struct loss bad = run(path, 60, (uint64_t)seed, true);
    OK(bad.early > 0);
    OK(bad.missing > 0 || bad.unsound > 0 || bad.halves > 0);
    wipe(path);
    rmdir(dir);
    return tap_end();
}
