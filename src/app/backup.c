#include "app/backup.h"
#include "app/checkpoint.h"
#include "crypt/digest.h"
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <libpq-fe.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

enum { PIECE = 1 << 16, MANIFEST_MAX = 256 << 20 };

static bool fail(struct err *e, const char *path)
{
    return err_detail(e, ERR_UNAVAILABLE, "%s: %s", path, strerror(errno));
}

static const char *join(struct arena *a, const char *dir, const char *name)
{
    return arena_printf(a, "%s/%s", dir, name).p;
}

/* Copies a file and tells its digest; to NULL only reads. On the disk after. */
static bool copy_file(const char *from, const char *to, struct digest *d, int64_t *size,
                      struct err *e)
{
    char piece[PIECE];
    AUTO(sm3_done) struct sm3 h;
    FILE *in = fopen(from, "re"), *out = in && to ? fopen(to, "wxe") : NULL;
    bool ok = in && (out || !to);
    sm3_init(&h);
    *size = 0;
    for (size_t n; ok && (n = fread(piece, 1, sizeof piece, in)) > 0; *size += (int64_t)n) {
        sm3_add(&h, (struct str){ piece, n });
        ok = !out || fwrite(piece, 1, n, out) == n;
    }
    ok = ok && !ferror(in) && (!out || (fflush(out) == 0 && fsync(fileno(out)) == 0));
    if (!ok)
        fail(e, to ? to : from);
    if (in)
        fclose(in);
    if (out && fclose(out) != 0 && ok)
        ok = fail(e, to);
    *d = sm3_get(&h);
    return ok;
}

struct copying { struct arena *a; struct buf manifest; size_t files; const char *from, *to; };

static bool add_file(struct copying *x, const char *name, bool there, struct err *e)
{
    struct digest d;
    int64_t size;
    const char *to = join(x->a, x->to, name);
    if (!(there ? copy_file(to, NULL, &d, &size, e)
                : copy_file(join(x->a, x->from, name), to, &d, &size, e)))
        return false;
    buf_addf(&x->manifest, "%.*s %lld %s\n", STR_ARG(digest_hex(x->a, &d)), (long long)size, name);
    x->files++;
    return true;
}

/* files/ab/abcdef…: two levels. */
static bool add_files(struct copying *x, const char *name, int depth, struct err *e)
{
    const char *from = join(x->a, x->from, name), *to = join(x->a, x->to, name);
    if (mkdir(to, 0700) != 0 && errno != EEXIST)
        return fail(e, to);
    DIR *dir = opendir(from);
    bool ok = dir != NULL || errno == ENOENT || fail(e, from);
    for (struct dirent *d; ok && dir && (d = readdir(dir));)
        if (d->d_name[0] != '.') {
            const char *inner = join(x->a, name, d->d_name);
            ok = depth ? add_files(x, inner, depth - 1, e) : add_file(x, inner, false, e);
        }
    if (dir)
        closedir(dir);
    return ok;
}

/* Runs a program without a shell; ERR_UNAVAILABLE when it is not there or fails. */
static bool run(const char *const *argv, struct err *e)
{
    int status = 0;
    pid_t pid = fork();
    if (pid == 0) {
        execvp(argv[0], (char *const *)(uintptr_t)argv);
        _exit(127);
    }
    if (pid < 0 || waitpid(pid, &status, 0) != pid || !WIFEXITED(status)
        || WEXITSTATUS(status) != 0)
        return err_detail(e, ERR_UNAVAILABLE, "%s ended with %d", argv[0],
                          WIFEXITED(status) ? WEXITSTATUS(status) : -1);
    return true;
}

/* The connection goes to PostgreSQL's programs by the environment: a password on
 * a command line is everybody's to read. *name gets the database's name. */
static bool connect_by_env(struct arena *a, struct str url, const char **name, struct err *e)
{
    char *why = NULL;
    PQconninfoOption *o = PQconninfoParse(arena_cstr(a, url), &why);
    if (!o) {
        err_detail(e, ERR_CONFIG, "database: cannot be read");
        PQfreemem(why);
        return false;
    }
    *name = "";
    for (PQconninfoOption *x = o; x->keyword; x++) {
        if (x->val && !strcmp(x->keyword, "dbname"))
            *name = arena_cstr(a, str_of(x->val));
        if (x->val && x->envvar)
            setenv(x->envvar, x->val, 1);
    }
    PQconninfoFree(o);
    return true;
}

static bool dump(struct app *app, struct arena *a, const char *to, struct err *e)
{
    const char *name;
    const char *argv[] = { "pg_dump", "--format=custom", "--no-owner", "--file", to, NULL };
    return connect_by_env(a, app->config.database, &name, e) && run(argv, e);
}

/* All or nothing: a database that holds something is left as it is. */
static bool load(const struct config *c, struct arena *a, const char *from, struct err *e)
{
    const char *name;
    if (!connect_by_env(a, c->database, &name, e))
        return false;
    const char *argv[] = { "pg_restore", "--no-owner", "--exit-on-error", "--single-transaction",
                           "--dbname", name, from, NULL };
    return run(argv, e);
}

static bool copy_database(struct app *app, struct copying *x,
                          void (*progress)(void *ctx, int percent), void *ctx, struct err *e)
{
    bool sqlite = db_engine_of(app->db) == DB_SQLITE;
    const char *name = sqlite ? "fengqiao.db" : "fengqiao.dump", *to = join(x->a, x->to, name);
    return (sqlite ? db_backup(app->db, to, progress, ctx, e) : dump(app, x->a, to, e))
        && add_file(x, name, true, e);
}

static bool write_manifest(struct copying *x, struct err *e)
{
    const char *path = join(x->a, x->to, "MANIFEST");
    buf_addf(&x->manifest, "end %zu\n", x->files);
    FILE *f = fopen(path, "wxe");
    bool ok = f && buf_ok(&x->manifest)
           && fwrite(x->manifest.p, 1, x->manifest.n, f) == x->manifest.n && fflush(f) == 0
           && fsync(fileno(f)) == 0;
    if (f && fclose(f) != 0)
        ok = false;
    return ok || fail(e, path);
}

static void copying_done(struct copying *x)
{
    buf_done(&x->manifest);
}

bool backup_make(struct app *app, const char *dir, void (*progress)(void *ctx, int percent),
                 void *ctx, struct err *e)
{
    AUTO(copying_done) struct copying x = { .a = app->a, .to = dir };
    buf_init(&x.manifest, MANIFEST_MAX);
    x.from = arena_cstr(app->a, app->config.data);
    if (mkdir(dir, 0700) != 0)
        return errno == EEXIST ? err_setf(e, ERR_KEY_FILE_EXISTS, "%s", dir) : fail(e, dir);
    const char *witness = checkpoint_witness(app, app->a);
    struct digest d;
    int64_t size;
    if (!copy_database(app, &x, progress, ctx, e) || !add_files(&x, "files", 1, e))
        return false;
    if (access(witness, R_OK) == 0
        && !(copy_file(witness, join(app->a, dir, "witness.log"), &d, &size, e)
             && add_file(&x, "witness.log", true, e)))
        return false;
    return write_manifest(&x, e);
}

/* ---- back again ---- */

static bool check_line(struct arena *a, const char *dir, struct str line, struct str *name,
                       struct err *e)
{
    struct str digest, size, rest;
    struct digest d;
    int64_t n;
    str_cut(line, ' ', &digest, &rest);
    str_cut(rest, ' ', &size, name);
    if (!name->n || name->p[0] == '/' || str_find(*name, STR("..")) < name->n)
        return err_setf(e, ERR_DATA, "%s", "MANIFEST");
    if (!copy_file(join(a, dir, arena_cstr(a, *name)), NULL, &d, &n, e))
        return false;
    if (!str_eq(digest_hex(a, &d), digest))
        return err_setf(e, ERR_DATA, "%.*s", STR_ARG(*name));
    return true;
}

static bool read_manifest(struct arena *a, const char *dir, struct str *out, struct err *e)
{
    const char *path = join(a, dir, "MANIFEST");
    struct stat st;
    FILE *f = fopen(path, "re");
    if (!f || fstat(fileno(f), &st) != 0 || st.st_size > MANIFEST_MAX) {
        if (f)
            fclose(f);
        return fail(e, path);
    }
    char *p = arena_alloc(a, (size_t)st.st_size + 1);
    out->p = p;
    out->n = fread(p, 1, (size_t)st.st_size, f);
    fclose(f);
    return true;
}

/* The manifest's lines without its last, which says how many there are: one that
 * was cut brings back nothing rather than less. */
static bool whole_manifest(struct str all, struct str *lines, struct err *e)
{
    struct str rest = all, line, last = STR(""), word, count;
    int64_t want = -1, n = -1;
    while (str_cut(rest, '\n', &line, &rest)) {
        last = line;
        n++;
    }
    str_cut(last, ' ', &word, &count);
    if (rest.n || !str_is(word, "end") || !str_to_i64(count, &want) || want != n)
        return err_setf(e, ERR_DATA, "%s", "MANIFEST");
    *lines = str_sub(all, 0, (size_t)(last.p - all.p));
    return true;
}

static bool put_back(const struct config *c, struct arena *a, const char *dir, struct str name,
                     struct err *e)
{
    const char *data = arena_cstr(a, c->data), *from = join(a, dir, arena_cstr(a, name));
    struct digest d;
    int64_t n;
    if (str_is(name, "fengqiao.dump"))
        return load(c, a, from, e);
    if (str_starts(name, STR("files/")))
        mkdir(join(a, data, arena_cstr(a, str_sub(name, 0, 8))), 0700);
    return copy_file(from, join(a, data, arena_cstr(a, name)), &d, &n, e);
}

bool backup_restore(const struct config *c, struct arena *a, const char *dir, struct err *e)
{
    struct str manifest, rest, line, name;
    const char *data = arena_cstr(a, c->data);
    if (access(join(a, data, "fengqiao.db"), F_OK) == 0)
        return err_setf(e, ERR_KEY_FILE_EXISTS, "%s", join(a, data, "fengqiao.db"));
    if (!read_manifest(a, dir, &manifest, e) || !whole_manifest(manifest, &manifest, e))
        return false;
    for (rest = manifest; str_cut(rest, '\n', &line, &rest);)
        if (!check_line(a, dir, line, &name, e))
            return false;
    if ((mkdir(data, 0700) != 0 && errno != EEXIST)
        || (mkdir(join(a, data, "files"), 0700) != 0 && errno != EEXIST))
        return fail(e, data);
    for (rest = manifest; str_cut(rest, '\n', &line, &rest);) {
        struct str digest, size;
        str_cut(line, ' ', &digest, &line);
        str_cut(line, ' ', &size, &name);
        if (!put_back(c, a, dir, name, e))
            return false;
    }
    return true;
}
