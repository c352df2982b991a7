/* The commands that look after an installation: verify, checkpoint, backup,
 * restore, keys. */
#include "app/backup.h"
#include "app/checkpoint.h"
#include "app/verify.h"
#include "crypt/crypto.h"
#include "crypt/escrow.h"
#include "crypt/sign.h"
#include "db/feed.h"
#include "db/lease.h"
#include "insight/edition.h"
#include "main/command.h"
#include "matter/matter_check.h"
#include <termios.h>
#include <unistd.h>

bool run_verify(struct call_line *l, struct err *e)
{
    AUTO(verify_report_done) struct verify_report v = { 0 };
    if (!app_open(l->app, l->a, e) || !verify_all(l->app, &v, e))
        return false;
    fwrite(v.text.p ? v.text.p : "", 1, v.text.n, stdout);
    printf("%lld chains, %lld entries (%lld erased), %lld events, %lld checkpoints: ",
           (long long)v.chains, (long long)v.entries, (long long)v.erased, (long long)v.events,
           (long long)v.checkpoints);
    if (!v.findings) {
        printf("whole\n");
        return true;
    }
    printf("%lld findings\n", (long long)v.findings);
    return err_setf(e, ERR_DATA, "%lld", (long long)v.findings);
}

/* Numbers what waits, as a server does; nothing when one runs and does it. */
static bool sequence(struct req *r, void *ctx, struct err *e)
{
    int64_t *moved = ctx;
    return feed_sequence(r->c, r->app->holder, 10000, moved, e)
        && (*moved || lease_drop(r->c, STR("feed"), r->app->holder, e));
}

bool number_events(struct call_line *l, struct err *e)
{
    struct req r;
    int64_t moved = 1;
    app_request(l->app, l->a, NULL, &r);
    while (moved)
        if (!app_write(l->app, &r, sequence, &moved, e))
            return false;
    return true;
}

/* An edition is never made anew: what it says of the past must be found as it was. */
static bool check_counts(struct call_line *l, bool repair, int64_t *wrong, struct err *e)
{
    struct fact_check f = { .repair = repair };
    struct edition_check x = { 0 };
    if (!number_events(l, e) || !fact_check_all(l->app, &f, e)
        || !edition_check_all(l->app, &x, e))
        return false;
    printf("%lld facts: %lld differ%s; %lld editions: %lld differ\n", (long long)f.facts,
           (long long)f.differ, repair ? " and were made anew" : "", (long long)x.editions,
           (long long)x.differ);
    *wrong = (repair ? 0 : f.differ) + x.differ;
    return true;
}

bool run_check(struct call_line *l, struct err *e)
{
    struct matter_check c = { .repair = l->argc > 0 && !strcmp(l->argv[0], "--repair") };
    int64_t counts = 0;
    if (!app_open(l->app, l->a, e) || !matter_check_all(l->app, &c, e)
        || !check_counts(l, c.repair, &counts, e))
        return false;
    printf("%lld matters, %lld files: %lld worklists, %lld badges, %lld loads, %lld files"
           " differ%s\n", (long long)c.matters, (long long)c.files, (long long)c.worklists,
           (long long)c.counts, (long long)c.loads, (long long)c.lost,
           c.repair ? "; worklists, badges, loads and search index made anew" : "");
    counts += c.lost + (c.repair ? 0 : c.worklists + c.counts + c.loads);
    return !counts || err_setf(e, ERR_DATA, "%lld", (long long)counts);
}

bool run_checkpoint(struct call_line *l, struct err *e)
{
    bool more = false;
    if (!app_open(l->app, l->a, e) || !number_events(l, e))
        return false;
    do {
        if (!checkpoint_run(l->app, &more, e))
            return false;
    } while (more);
    return true;
}

static void show(void *ctx UNUSED, int percent)
{
    fprintf(stderr, "\r%3d %%", percent);
    if (percent == 100)
        fputc('\n', stderr);
}

static bool want(const struct call_line *l, int n, const char *usage, struct err *e)
{
    return l->argc == n || err_setf(e, ERR_CONFIG, "usage: fengqiao %s", usage);
}

bool run_backup(struct call_line *l, struct err *e)
{
    if (!want(l, 1, "backup DIRECTORY", e) || !app_open(l->app, l->a, e)
        || !backup_make(l->app, l->argv[0], show, NULL, e))
        return false;
    printf("%s\n", l->argv[0]);
    return true;
}

bool run_restore(struct call_line *l, struct err *e)
{
    if (!want(l, 1, "restore DIRECTORY", e)
        || !backup_restore(&l->app->config, l->a, l->argv[0], e))
        return false;
    printf("restored; put the key file in its place or run: fengqiao keys restore FILE\n");
    return true;
}

/* A line from the terminal without echo, or from standard input. */
static bool ask(const char *question, struct arena *a, struct str *out, struct err *e)
{
    char line[ESCROW_PASSPHRASE_MAX + 2];
    struct termios old, quiet;
    bool terminal = isatty(STDIN_FILENO) && tcgetattr(STDIN_FILENO, &old) == 0;
    if (terminal) {
        fprintf(stderr, "%s: ", question);
        quiet = old;
        quiet.c_lflag &= ~(tcflag_t)ECHO;
        tcsetattr(STDIN_FILENO, TCSAFLUSH, &quiet);
    }
    char *got = fgets(line, sizeof line, stdin);
    if (terminal) {
        tcsetattr(STDIN_FILENO, TCSAFLUSH, &old);
        fputc('\n', stderr);
    }
    if (!got)
        return err_field(e, ERR_REQUIRED, "passphrase");
    *out = arena_dup(a, str_trim(str_of(line)));
    return true;
}

static const char *key_path(struct call_line *l)
{
    return l->app->config.keys.n ? arena_cstr(l->a, l->app->config.keys)
                                 : app_path(l->app, l->a, "keys");
}

static bool read_text(const char *path, struct arena *a, struct str *out, struct err *e)
{
    enum { PAPER_MAX = 1 << 20 };
    FILE *f = fopen(path, "re");
    char *p = arena_alloc(a, PAPER_MAX);
    if (!f)
        return err_setf(e, ERR_NO_FILE, "%s", path);
    *out = (struct str){ p, fread(p, 1, PAPER_MAX, f) };
    fclose(f);
    return true;
}

static bool keys_escrow(struct call_line *l, struct err *e)
{
    AUTO(buf_done) struct buf b;
    struct str phrase;
    AUTO(keys_done) struct keys k = { 0 };
    buf_init(&b, 1 << 20);
    if (!keys_open(&k, key_path(l), e) || !ask("passphrase", l->a, &phrase, e)
        || !escrow_write(&k, phrase, &b, e))
        return false;
    fwrite(b.p, 1, b.n, stdout);
    return true;
}

static bool keys_back(struct call_line *l, struct err *e)
{
    struct str phrase, paper;
    AUTO(keys_done) struct keys k = { 0 };
    return want(l, 2, "keys restore FILE", e) && ask("passphrase", l->a, &phrase, e)
        && read_text(l->argv[1], l->a, &paper, e) && escrow_read(paper, phrase, &k, e)
        && keys_save(&k, key_path(l), e);
}

static bool keys_public(struct call_line *l, struct err *e)
{
    AUTO(keys_done) struct keys k = { 0 };
    if (!keys_open(&k, key_path(l), e))
        return false;
    struct str pem = sign_public_pem(keys_current(&k, KEY_SM2), l->a);
    fwrite(pem.p, 1, pem.n, stdout);
    return true;
}

static bool keys_turn(struct call_line *l, struct err *e)
{
    return keys_rotate(key_path(l), KEY_MASTER, e);
}

static const struct { const char *name; bool (*run)(struct call_line *l,
                                              struct err *e); } acts[] = {
    { "escrow", keys_escrow }, { "restore", keys_back }, { "rotate", keys_turn },
    { "public", keys_public },
};

bool run_keys(struct call_line *l, struct err *e)
{
    if (!crypto_start(e))
        return false;
    for (size_t i = 0; l->argc && i < COUNT(acts); i++)
        if (!strcmp(l->argv[0], acts[i].name))
            return acts[i].run(l, e);
    return want(l, -1, "keys escrow | restore FILE | rotate | public", e);
}
