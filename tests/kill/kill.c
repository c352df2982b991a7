/* kill -9 under load, again and again: kill PROGRAM [ROUNDS]
 *
 * Clients file matters with their own client_ref and accept some; what was
 * answered is noted. The server is killed at a moment nobody chose. Then, on what
 * it left: verify says whole, nothing is half done, and once it runs again
 * everything answered is there, and what was sent without an answer, sent again,
 * is filed exactly once. With PostgreSQL (FENGQIAO_TEST_URL, tests/pg.sh) a
 * backend of the database is killed too, once, under the running server. */
#include "api/host.h"
#include "base/random.h"
#include "db/db.h"
#include "load/load.h"
#include "tap.h"
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <sys/wait.h>
#include <unistd.h>

enum { CLIENTS = 8, NOTES_MAX = 200000, LIVE_MS = 300, LIVE_MORE_MS = 900 };

/* What a client knows of one matter. */
struct note {
    char ref[40], id[24], number[24];
    int64_t version;                    /* the newest answered; 0: no answer to the filing */
};
struct club {
    struct host h;
    struct arena a;
    struct note *v;                     /* each client has its own stretch */
    size_t n[CLIENTS], from[CLIENTS];   /* filled; where this round begins */
    int round;
    atomic_bool stop;
    atomic_long answered;
};
struct client { struct club *club; int no; struct load load; pthread_t thread; };

static struct note *stretch(const struct club *k, int client)
{
    return k->v + (size_t)client * (NOTES_MAX / CLIENTS);
}

static void keep(char *out, size_t size, struct str s)
{
    snprintf(out, size, "%.*s", STR_ARG(s));
}

/* ---- the load ---- */

/* Files or files again; 200 and 201 are answers. */
static bool file(struct load *x, struct note *n)
{
    char body[500];
    snprintf(body, sizeof body, "{\"kind\":\"dispute\",\"title\":\"楼上漏水 %s\",\"client_ref\":\"%s\","
             "\"parties\":[{\"role\":\"applicant\",\"kind\":\"person\",\"name\":\"张三\"},"
             "{\"role\":\"respondent\",\"kind\":\"person\",\"name\":\"李四\"}],"
             "\"claims\":[{\"text\":\"赔偿\",\"amount\":100000}]}", n->ref, n->ref);
    int status = load_ask(x, "POST", "/api/v1/matters", "", str_of(body));
    if (status != 200 && status != 201)
        return false;
    struct str version = load_member(x->body, "version");
    keep(n->id, sizeof n->id, load_member(x->body, "id"));
    keep(n->number, sizeof n->number, load_member(x->body, "number"));
    return str_to_i64(version, &n->version);
}

static bool accept_it(struct load *x, struct note *n)
{
    char path[100];
    snprintf(path, sizeof path, "/api/v1/matters/%s/actions/accept", n->id);
    return load_ask(x, "POST", path, "If-Match: \"v1\"\r\n", STR("{}")) == 200
        && str_to_i64(load_member(x->body, "version"), &n->version);
}

static bool sign_in(struct club *k, struct load *x)
{
    x->port = k->h.port;
    return load_sign_in(x, "clerk.guicheng", "fengqiao-2026") == 200;
}

static void *work(void *arg)
{
    struct client *me = arg;
    struct club *k = me->club;
    struct note *v = stretch(k, me->no);
    size_t *n = &k->n[me->no];
    while (!k->stop && *n < NOTES_MAX / CLIENTS) {
        struct note *x = &v[*n];
        *x = (struct note){ .version = 0 };
        snprintf(x->ref, sizeof x->ref, "k-%d-%d-%zu", k->round, me->no, *n);
        ++*n;
        if (!file(&me->load, x)) {
            usleep(20000);
            continue;
        }
        k->answered++;
        if (*n % 2 && accept_it(&me->load, x))
            k->answered++;
    }
    return NULL;
}

/* ---- what is left ---- */

struct count { struct db_job job; struct db_val sql; int64_t n; };

static bool count_run(struct db_job *job, struct db_conn *c, struct err *e)
{
    struct count *x = (struct count *)(void *)job;
    return db_int(c, e, &x->n, x->sql);
}

static int64_t count(struct club *k, struct db_val sql)
{
    char url[256];
    struct err e = { 0 };
    struct count x = { .job.run = count_run, .sql = sql, .n = -1 };
    host_url(&k->h, url, sizeof url);
    struct db *db = db_open(&(struct db_options){ .url = str_of(url), .workers = 1 }, &e);
    if (!db || !db_write_wait(db, &x.job, &e))
        printf("# %s\n", e.detail);
    db_close(db);
    return x.n;
}

static void check_whole(struct club *k)
{
    struct str said = STR("");
    if (!OK(host_run(&k->h, &k->a, STR("verify"), &said) == 0
            && str_find(said, STR(": whole")) < said.n))
        printf("# %.*s\n", STR_ARG(said));
    if (!OK(host_run(&k->h, &k->a, STR("check"), &said) == 0))
        printf("# %.*s\n", STR_ARG(said));
    OK_INT(count(k, SQL("SELECT COUNT(*) FROM matter m WHERE m.client_ref LIKE 'k-%' AND"
        " (2 <> (SELECT COUNT(*) FROM party p WHERE p.home = m.home AND p.matter = m.id)"
        " OR 1 <> (SELECT COUNT(*) FROM claim c WHERE c.home = m.home AND c.matter = m.id)"
        " OR 1 <> (SELECT COUNT(*) FROM sight s WHERE s.home = m.home AND s.matter = m.id)"
        " OR 1 <> (SELECT COUNT(*) FROM deadline d WHERE d.home = m.home AND d.matter = m.id"
        " AND d.what = 'whole')"
        " OR m.journal_seq <> (SELECT COUNT(*) FROM journal j WHERE j.home = m.home"
        " AND j.chain = m.id) OR m.journal_seq <> m.version)")), 0);
    OK_INT(count(k, SQL("SELECT COUNT(*) FROM (SELECT client_ref FROM matter"
        " WHERE client_ref <> '' GROUP BY client_ref HAVING COUNT(*) > 1) x")), 0);
}

/* Everything answered is there, at least as new. */
static bool still_there(struct load *x, const struct note *n)
{
    char path[64];
    int64_t version = 0;
    snprintf(path, sizeof path, "/api/v1/matters/%s", n->id);
    return load_ask(x, "GET", path, "", STR("")) == 200
        && str_eq(load_member(x->body, "number"), str_of(n->number))
        && str_to_i64(load_member(x->body, "version"), &version) && version >= n->version
        && str_is(load_member(x->body, "state"), version > 1 ? "accepted" : "filed");
}

/* Filed now or found; the same again is the same matter. */
static bool again(struct load *x, struct note *n)
{
    struct note second = *n;
    return file(x, n) && file(x, &second) && !strcmp(n->id, second.id)
        && str_is(load_member(x->body, "again"), "true");
}

static void check_answers(struct club *k)
{
    struct load x = { .fd = 0 };
    size_t lost = 0, bad = 0, seen = 0, resent = 0;
    OK(sign_in(k, &x));
    for (int i = 0; i < CLIENTS; i++)
        for (size_t at = k->from[i]; at < k->n[i]; at++) {
            struct note *n = &stretch(k, i)[at];
            bool known = n->version > 0;
            *(known ? &seen : &resent) += 1;
            if (known && !still_there(&x, n)) {
                lost++;
                printf("# lost: %s %s v%lld\n", n->ref, n->id, (long long)n->version);
            } else if (!known && !again(&x, n)) {
                bad++;
                printf("# not filed again: %s\n", n->ref);
            }
        }
    printf("# round %d: %zu answered, %zu without an answer\n", k->round, seen, resent);
    OK(seen > 0);
    OK_INT(lost, 0);
    OK_INT(bad, 0);
    load_close(&x);
}

/* ---- a round ---- */

static bool serve(struct club *k)
{
    const struct str more[] = { STR("rate_factor=1000") };
    return host_start(&k->h, more, 1);
}

/* One of the server's connections dies with its backend: the database recovers,
 * and so must we. */
static void kill_backend(struct club *k)
{
    int64_t pid = count(k, SQL("SELECT MAX(pid) FROM pg_stat_activity WHERE datname ="
                               " current_database() AND pid <> pg_backend_pid()"));
    OK(pid > 1 && kill((pid_t)pid, SIGKILL) == 0);
    usleep(500000);
    long before = k->answered;
    for (int i = 0; i < 200 && k->answered == before; i++)
        usleep(100000);
    OK(k->answered > before);
}

static void one_round(struct club *k, struct client *v)
{
    bool ok = true;
    k->stop = false;
    for (int i = 0; i < CLIENTS; i++) {
        v[i] = (struct client){ .club = k, .no = i };
        k->from[i] = k->n[i];
        ok = sign_in(k, &v[i].load) && ok;
    }
    OK(ok);
    for (int i = 0; i < CLIENTS; i++)
        if (pthread_create(&v[i].thread, NULL, work, &v[i]))
            abort();
    usleep(1000 * (LIVE_MS + random_below(LIVE_MORE_MS)));
    if (k->h.url && k->round == 2)
        kill_backend(k);
    kill(k->h.pid, SIGKILL);
    waitpid(k->h.pid, NULL, 0);
    k->stop = true;
    for (int i = 0; i < CLIENTS; i++) {
        pthread_join(v[i].thread, NULL);
        load_close(&v[i].load);
    }
    check_whole(k);
    if (OK(serve(k)))
        check_answers(k);
}

int main(int argc, char **argv)
{
    static struct club k;
    static struct client clients[CLIENTS];
    int rounds = argc > 2 ? (int)strtol(argv[2], NULL, 10) : 3;
    struct str log;
    if (argc < 2)
        return 2;
    signal(SIGPIPE, SIG_IGN);
    k.v = calloc(NOTES_MAX, sizeof *k.v);
    if (k.v && OK(host_open(&k.h, argv[1]) && serve(&k)))
        for (k.round = 1; k.round <= rounds; k.round++)
            one_round(&k, clients);
    OK(host_stop(&k.h, &k.a, &log) || k.h.url);
    check_whole(&k);
    host_close(&k.h);
    arena_done(&k.a);
    free(k.v);
    return tap_end();
}
