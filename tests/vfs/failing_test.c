/* failing_test.c - a disk that breaks or fills up while jobs wait: they are told so,
 * nothing of theirs is there, and the next ones go on when it is well again. */
#include "unit/db/dbtest.h"
#include "vfs_power.h"

static const char tables[] =
    "CREATE TABLE a (id BIGINT @ID, body TEXT NOT NULL, @KEY(id));"
    "CREATE TABLE tally (id BIGINT @ID, n BIGINT NOT NULL, @KEY(id)); INSERT INTO tally VALUES"
        " (1, 0);";

enum { JOBS = 200 };
struct work { struct db_job job; int64_t id; };
static struct { pthread_mutex_t lock; pthread_cond_t some; int waiting, good,
    unavailable; } desk = {
    .lock = PTHREAD_MUTEX_INITIALIZER, .some = PTHREAD_COND_INITIALIZER };

static bool work_run(struct db_job *job, struct db_conn *c, struct err *e)
{
    struct work *w = (struct work *)job;
    char body[20000];                   /* several pages a job */
    memset(body, 'x', sizeof body);
    return db_exec(c, e, NULL, SQL("INSERT INTO a (id, body) VALUES ($1, $2)"), V(w->id),
                   V(((struct str){ body, sizeof body })))
        && db_exec(c, e, NULL, SQL("UPDATE tally SET n = n + 1 WHERE id = 1"))
        && (w->id % 10 != 3 || err_set(e, ERR_WRONG_STATE));
}

static void work_done(struct db_job *job)
{
    pthread_mutex_lock(&desk.lock);
    desk.waiting--;
    desk.good += job->ok;
    desk.unavailable += !job->ok && job->err.id == ERR_UNAVAILABLE;
    pthread_cond_signal(&desk.some);
    pthread_mutex_unlock(&desk.lock);
}

static int load(struct db *db, int64_t from)
{
    static struct work works[JOBS];
    desk.good = desk.unavailable = 0;
    desk.waiting = JOBS;
    for (int i = 0; i < JOBS; i++) {
        works[i] = (struct work){ { .run = work_run, .done = work_done }, from + i };
        db_write(db, &works[i].job);
    }
    pthread_mutex_lock(&desk.lock);
    while (desk.waiting)
        pthread_cond_wait(&desk.some, &desk.lock);
    pthread_mutex_unlock(&desk.lock);
    return desk.good;
}

static bool run_sum(void *ctx, struct db_conn *c, struct err *e)
{
    int64_t *n = ctx;
    return db_int(c, e, &n[0], SQL("SELECT COUNT(*) FROM a"))
        && db_int(c, e, &n[1], SQL("SELECT n FROM tally WHERE id = 1"));
}

static void check(struct db *db, int64_t want)
{
    struct err e = { 0 };
    int64_t n[2] = { -1, -1 };
    OK(read_do(db, run_sum, n, &e));
    OK_INT(n[0], want);
    OK_INT(n[1], want);
}

int main(void)
{
    struct home h;
    struct err e = { 0 };
    const int good = JOBS * 9 / 10;
    vfs_power_start(&(struct power_options){ .seed = 1 });
    home_make(&h);
    if (getenv("FENGQIAO_TEST_URL"))
        return 77;
    struct db *db = db_fresh(&h, (struct db_options){ .vfs = "power", .readers = 1,
        .group_max = 50 });
    migrate_text(db, tables);
    OK_INT(load(db, 0), good);
    check(db, good);
    vfs_power_fail(true, false);
    OK_INT(load(db, 1000), 0);
    OK(desk.unavailable >= good);
    vfs_power_fail(false, false);
    check(db, good);
    OK_INT(load(db, 2000), good);
    vfs_power_fail(true, true);
    OK_INT(load(db, 3000), 0);
    OK(desk.unavailable >= good);
    vfs_power_fail(false, false);
    check(db, 2 * good);
    OK_INT(load(db, 4000), good);
    check(db, 3 * good);
    db_close(db);
    OK(!err_is_set(&e));
    home_end(&h);
    return tap_end();
}
