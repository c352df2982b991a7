/* The program: one command of the table, with the configuration loaded. */
#include "base/log.h"
#include "main/command.h"

const struct command commands[] = {
    { "serve", "", "Serve desk and door until SIGTERM", "fengqiao serve --set desk=0.0.0.0:8080",
      run_serve },
    { "area", "import FILE [DAY]", "Import the areas of a country or city from a table of codes",
      "fengqiao area import areas.csv 2023-06-30", run_area },
    { "demo", "[--year [N]]",
      "Load the demo city; with --year a year of work in it, 30,000 matters", "fengqiao demo",
      run_demo },
    { "migrate", "", "Bring the database to this version's schema", "fengqiao migrate",
      run_migrate },
    { "import", "FILE --as LOGIN …", "Bring a ledger in from CSV or XLSX",
      "fengqiao import hotline.xlsx --as clerk.guicheng --ledger 12345 --source hotline",
      run_import },
    { "export", "LIST --as LOGIN …", "Write a list as CSV or XLSX",
      "fengqiao export matters --as clerk.guicheng --filter kind=dispute --format xlsx",
      run_export },
    { "timeline", "NUMBER --as LOGIN", "Print a matter's life in words",
      "fengqiao timeline 440626112100017 --as clerk.guicheng", run_timeline },
    { "account", "create|passwd|list …", "Make an account, give a new password, list them",
      "fengqiao account create sec.admin --name 王芳 --role security_admin --org 某市综治中心",
      run_account },
    { "verify", "", "Check every chain, the feed, checkpoints and the witness",
      "fengqiao verify", run_verify },
    { "check", "[--repair]",
      "Compare what is derived (worklists, loads, index, files) with the facts",
      "fengqiao check --repair", run_check },
    { "checkpoint", "", "Sign what happened up to now, without waiting for the minute",
      "fengqiao checkpoint", run_checkpoint },
    { "backup", "DIRECTORY", "Copy everything but the keys, while it runs",
      "fengqiao backup /backup/2026-11-21", run_backup },
    { "restore", "DIRECTORY", "Fill an empty data directory from a backup",
      "fengqiao restore /backup/2026-11-21", run_restore },
    { "keys", "escrow|restore FILE|rotate|public", "The key file: on paper and back, a new key",
      "fengqiao keys escrow > paper.txt", run_keys },
    { "routes", "", "Print every address with its permission", "fengqiao routes", run_routes },
    { "openapi", "", "Print the API's description (OpenAPI 3.1)", "fengqiao openapi > api.json",
      run_openapi },
    { "flow", "[NOUN [--dot]]", "Print a life cycle as a table or a Graphviz diagram",
      "fengqiao flow matter --dot | dot -Tsvg > matter.svg", run_flow },
    { "config", "", "Print every setting with its value and meaning", "fengqiao config",
      run_config },
    { "version", "", "Print the version", "fengqiao version", run_version },
};
const size_t commands_n = COUNT(commands);

static void help(FILE *f)
{
    fprintf(f, "fengqiao %s - disputes settled close to where they arise\n\n"
               "usage: fengqiao COMMAND [--config FILE] [--set NAME=VALUE …] [ARGUMENTS]\n\n",
            FENGQIAO_VERSION);
    for (size_t i = 0; i < commands_n; i++)
        fprintf(f, "  %-10s %-15s %s\n  %-26s e.g. %s\n", commands[i].name, commands[i].usage,
                commands[i].doc, "", commands[i].example);
}

static const struct command *find(const char *name)
{
    for (size_t i = 0; i < commands_n; i++)
        if (!strcmp(commands[i].name, name))
            return &commands[i];
    return NULL;
}

static enum log_level level_of(struct str s)
{
    static const char *const names[] = { "debug", "info", "warn", "error", "none" };
    for (size_t i = 0; i < COUNT(names); i++)
        if (str_is(s, names[i]))
            return (enum log_level)i;
    return LOG_INFO;
}

enum { SETS_MAX = 64 };

/* Takes --config FILE and --set NAME=VALUE out, wherever they stand; the rest
 * are the command's own arguments. */
static bool options(int *argc, char ***argv, struct app *app, struct arena *a, struct err *e)
{
    struct str file = STR(""), sets[SETS_MAX];
    size_t n = 0;
    int kept = 0;
    char **v = *argv + 2;
    for (int i = 0; i < *argc - 2; i++) {
        bool config = !strcmp(v[i], "--config"), set = !strcmp(v[i], "--set");
        if (!config && !set) {
            v[kept++] = v[i];
            continue;
        }
        if (i + 1 == *argc - 2 || n == SETS_MAX)
            return err_setf(e, ERR_CONFIG, "%s %s", v[i], config ? "FILE" : "NAME=VALUE");
        if (config)
            file = str_of(v[++i]);
        else
            sets[n++] = str_of(v[++i]);
    }
    *argc = kept;
    *argv = v;
    if (!config_load(&app->config, a, file, sets, n, e))
        return false;
    log_start(level_of(app->config.log));
    return true;
}

static void complain(const struct err *e)
{
    AUTO(buf_done) struct buf b;
    buf_init(&b, 2000);
    err_text(e, LANG_ZH, &b);
    buf_add(&b, STR("\n"));
    err_text(e, LANG_EN, &b);
    fprintf(stderr, "fengqiao: %.*s%s%s\n", STR_ARG(buf_str(&b)), e->detail[0] ? "\n" : "",
            e->detail);
}

int main(int argc, char **argv)
{
    const struct command *c = argc > 1 ? find(argv[1]) : NULL;
    if (!c) {
        bool asked = argc > 1 && (!strcmp(argv[1], "help") || !strcmp(argv[1], "--help"));
        help(asked ? stdout : stderr);
        return asked ? 0 : EXIT_USAGE;
    }
    struct arena a = { 0 };
    struct app app = {
        .sql = { sql_files, sql_files_n }, .rules = { rules_files, rules_files_n },
        .demo = { demo_files, demo_files_n },
    };
    struct err e = { 0 };
    app.routes = routes_all(&a, &app.routes_n);
    app.jobs.v = all_jobs;
    app.jobs.n = all_jobs_n;
    bool ok = options(&argc, &argv, &app, &a, &e)
        && c->run(&(struct call_line){ &app, &a, argc, argv }, &e);
    if (!ok)
        complain(&e);
    app_close(&app);
    arena_done(&a);
    return ok ? 0 : e.id == ERR_NEWER_DATABASE ? EXIT_TOO_OLD : EXIT_FAILED;
}
