#include "host.h"
#include "base/buf.h"
#include <fcntl.h>
#include <ftw.h>
#include <libpq-fe.h>
#include <poll.h>
#include <signal.h>
#include <stdarg.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

enum { ARGS_MAX = 64, START_MS = 60000, OUTPUT_MAX = 4 << 20 };

/* ---- folders ---- */

static int remove_one(const char *path, const struct stat *st UNUSED, int type UNUSED,
                      struct FTW *at UNUSED)
{
    return remove(path);
}

static void remove_tree(const char *path)
{
    nftw(path, remove_one, 16, FTW_DEPTH | FTW_PHYS);
}

static bool copy_file(const char *from, const char *to, mode_t mode)
{
    char part[1 << 16];
    int in = open(from, O_RDONLY | O_CLOEXEC);
    int out = open(to, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, mode);
    ssize_t n = -1;
    while (in >= 0 && out >= 0 && (n = read(in, part, sizeof part)) > 0)
        if (write(out, part, (size_t)n) != n)
            n = -1;
    if (in >= 0)
        close(in);
    if (out >= 0)
        close(out);
    return n == 0;
}

static struct { const char *from, *to; } copying;       /* nftw() hands on no context */

static int copy_one(const char *path, const struct stat *st, int type, struct FTW *at UNUSED)
{
    char to[512];
    snprintf(to, sizeof to, "%s%s", copying.to, path + strlen(copying.from));
    if (type == FTW_D)
        return mkdir(to, 0700);
    return copy_file(path, to, st->st_mode & 0777) ? 0 : -1;
}

static bool copy_tree(const char *from, const char *to)
{
    copying.from = from, copying.to = to;
    return nftw(from, copy_one, 16, FTW_PHYS) == 0;
}

/* ---- the PostgreSQL server ---- */

static bool admin(const struct host *h, const char *sql)
{
    PGconn *c = PQconnectdb(h->url);
    PGresult *r = PQexec(c, sql);
    bool ok = PQresultStatus(r) == PGRES_COMMAND_OK;
    if (!ok)
        printf("# %s: %s", sql, PQerrorMessage(c));
    PQclear(r);
    PQfinish(c);
    return ok;
}

/* "postgresql://test@/postgres?host=…" with the copy's name. */
void host_url(const struct host *h, char *out, size_t size)
{
    if (!h->url) {
        snprintf(out, size, "sqlite:%s/%s/fengqiao.db", h->root, h->name);
        return;
    }
    const char *at = strstr(h->url, "/postgres?");
    snprintf(out, size, "%.*s/%s%s", (int)(at - h->url), h->url, h->name, at + 9);
}

/* ---- the program ---- */

struct args { const char *v[ARGS_MAX]; size_t n; char text[4096]; size_t used; };

static void arg(struct args *x, const char *fmt, ...) PRINTF(2, 3);
static void arg(struct args *x, const char *fmt, ...)
{
    va_list ap;
    va_start(ap, fmt);
    char *p = x->text + x->used;
    int n = vsnprintf(p, sizeof x->text - x->used, fmt, ap);
    va_end(ap);
    if (n < 0 || x->used + (size_t)n + 1 >= sizeof x->text || x->n + 2 >= ARGS_MAX)
        abort();
    x->used += (size_t)n + 1;
    x->v[x->n++] = p;
}

static void args_begin(const struct host *h, struct args *x, struct str command)
{
    static const char *const sets[] = { "desk=127.0.0.1:0", "demo=true", "probe=true",
                                        "login_rate=100000", "code_rate=100000", "rate_factor=1000",
                                        "log=info", "threads=1" };
    char url[256];
    arg(x, "%s", h->program);
    arg(x, "%.*s", STR_ARG(command));
    arg(x, "--set");
    arg(x, "data=%s/%s", h->root, h->name);
    for (size_t i = 0; i < COUNT(sets); i++) {
        arg(x, "--set");
        arg(x, "%s", sets[i]);
    }
    if (!h->url)
        return;
    host_url(h, url, sizeof url);
    arg(x, "--set");
    arg(x, "database=%s", url);
}

/* A sanitizer wants to stand first among what is loaded; the clock does it no harm. */
static void move_clock(int64_t days)
{
    char text[400];
    const char *asan = getenv("ASAN_OPTIONS");
    if (!days)
        return;
    snprintf(text, sizeof text, "%lld", (long long)days * 86400);
    setenv("CLOCK_AHEAD", text, 1);
    snprintf(text, sizeof text, "%s:verify_asan_link_order=0", asan ? asan : "");
    setenv("ASAN_OPTIONS", text, 1);
    setenv("LD_PRELOAD", CLOCK_LIBRARY, 1);
}

static pid_t spawn(const struct host *h, const struct args *x, int out, int log)
{
    fflush(NULL);
    pid_t pid = fork();
    if (pid)
        return pid;
    int nothing = open("/dev/null", O_RDONLY);
    dup2(nothing, 0);
    dup2(out, 1);
    dup2(log, 2);
    unsetenv("FENGQIAO_TEST_URL");
    move_clock(h->days);
    execv(x->v[0], (char *const *)(uintptr_t)x->v);
    perror(x->v[0]);
    _exit(127);
}

static int log_open(const struct host *h)
{
    char path[128];
    snprintf(path, sizeof path, "%s/%s.log", h->root, h->name);
    return open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
}

/* Reads fd until it ends or, when until is set, until that was read. */
static size_t drain(int fd, char *out, size_t size, const char *until, int ms)
{
    struct pollfd p = { .fd = fd, .events = POLLIN };
    size_t n = 0;
    out[0] = '\0';
    while (n + 1 < size && poll(&p, 1, ms) > 0) {
        ssize_t got = read(fd, out + n, size - n - 1);
        if (got <= 0)
            break;
        n += (size_t)got;
        out[n] = '\0';
        if (until && strstr(out, until))
            break;
    }
    return n;
}

int host_run(struct host *h, struct arena *a, struct str line, struct str *out)
{
    struct args x = { .n = 0 };
    struct str word;
    int ends[2], status = -1;
    char *text = arena_alloc(a, OUTPUT_MAX);
    str_cut(line, ' ', &word, &line);
    args_begin(h, &x, word);
    while (line.n) {
        str_cut(line, ' ', &word, &line);
        arg(&x, "%.*s", STR_ARG(word));
    }
    if (pipe2(ends, O_CLOEXEC))
        return -1;
    pid_t pid = spawn(h, &x, ends[1], ends[1]);
    close(ends[1]);
    *out = (struct str){ text, drain(ends[0], text, OUTPUT_MAX, NULL, START_MS * 5) };
    close(ends[0]);
    waitpid(pid, &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

bool host_start(struct host *h, const struct str *config, size_t n)
{
    struct args x = { .n = 0 };
    char said[4096];
    int ends[2], log = log_open(h);
    args_begin(h, &x, STR("serve"));
    for (size_t i = 0; i < n; i++) {
        arg(&x, "--set");
        arg(&x, "%.*s", STR_ARG(config[i]));
    }
    if (pipe2(ends, O_CLOEXEC))
        return false;
    h->pid = spawn(h, &x, ends[1], log);
    close(ends[1]);
    close(log);
    drain(ends[0], said, sizeof said, "\n", START_MS);
    close(ends[0]);
    const char *at = strstr(said, "http://127.0.0.1:");
    h->port = at ? (unsigned)strtoul(at + 17, NULL, 10) : 0;
    if (!h->port)
        printf("# the server did not say its port: %s\n", said);
    return h->port != 0;
}

/* The log's lines of failures that are the program's own. */
static void own_failures(const struct host *h, struct arena *a, struct str *out)
{
    static const char *const signs[] = { "\"level\":\"error\"", "ERROR: ", "runtime error: ",
                                         "Assertion" };
    char path[128];
    AUTO(buf_done) struct buf b;
    char *text = arena_alloc(a, OUTPUT_MAX);
    snprintf(path, sizeof path, "%s/%s.log", h->root, h->name);
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    struct str rest = { text, fd < 0 ? 0 : drain(fd, text, OUTPUT_MAX, NULL, 0) }, line;
    buf_init(&b, 20000);
    while (rest.n) {
        str_cut(rest, '\n', &line, &rest);
        for (size_t i = 0; i < COUNT(signs); i++)
            if (str_find(line, str_of(signs[i])) < line.n) {
                buf_addf(&b, "%.*s\n", (int)MIN(line.n, (size_t)600), line.p);
                break;
            }
    }
    if (fd >= 0)
        close(fd);
    *out = arena_dup(a, buf_str(&b));
}

bool host_stop(struct host *h, struct arena *a, struct str *log)
{
    int status = 0;
    kill(h->pid, SIGTERM);
    waitpid(h->pid, &status, 0);
    h->pid = 0;
    own_failures(h, a, log);
    return WIFEXITED(status) && WEXITSTATUS(status) == 0 && !log->n;
}

/* ---- copies ---- */

bool host_copy(struct host *h)
{
    char from[128], to[128], sql[200];
    h->days = 0;
    snprintf(h->name, sizeof h->name, "copy%d", ++h->copies);
    snprintf(from, sizeof from, "%s/seed", h->root);
    snprintf(to, sizeof to, "%s/%s", h->root, h->name);
    snprintf(sql, sizeof sql, "CREATE DATABASE %s TEMPLATE seed", h->name);
    return copy_tree(from, to) && (!h->url || admin(h, sql));
}

void host_drop(struct host *h)
{
    char path[128], sql[200];
    snprintf(path, sizeof path, "%s/%s", h->root, h->name);
    remove_tree(path);
    snprintf(sql, sizeof sql, "DROP DATABASE IF EXISTS %s WITH (FORCE)", h->name);
    if (h->url)
        admin(h, sql);
}

void host_close(struct host *h)
{
    remove_tree(h->root);
}

bool host_open(struct host *h, const char *program)
{
    struct arena a = { 0 };
    struct str said;
    *h = (struct host){ .program = program, .url = getenv("FENGQIAO_TEST_URL"),
                        .root = "/tmp/fengqiao-api-XXXXXX", .name = "seed" };
    if (!mkdtemp(h->root) || (h->url && !admin(h, "CREATE DATABASE seed")))
        return false;
    int code = host_run(h, &a, STR("demo"), &said);
    if (code)
        printf("# loading the demo city failed (%d): %.*s\n", code, STR_ARG(said));
    arena_done(&a);
    if (code)
        host_close(h);
    return code == 0;
}
