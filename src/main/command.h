/* command.h - the program's commands, as a table. */
#ifndef MAIN_COMMAND_H
#define MAIN_COMMAND_H
#include "app/job.h"
#include "schema/flow.h"

/* What a command gets: the configuration loaded, the rest of its arguments. */
struct call_line {
    struct app *app;
    struct arena *a;
    int argc;                           /* without program and command */
    char **argv;
};
struct command {
    const char *name, *usage, *doc, *example;
    bool (*run)(struct call_line *l, struct err *e);
};
/* How the program ends where it does not end well. What starts it again after a failure must
 * not where that cannot help (docs/deploy/fengqiao.service names the number). */
enum { EXIT_FAILED = 1, EXIT_USAGE = 2, EXIT_TOO_OLD = 3 };
extern const struct command commands[];
extern const size_t commands_n;

/* The route tables of every room, as one array in a. */
const struct route_table *routes_all(struct arena *a, size_t *n);
extern const struct job_kind all_jobs[];
extern const size_t all_jobs_n;
extern const struct flow *const all_flows[];
extern const size_t all_flows_n;
/* Folders packed into the program at build time. */
ASSETS_DECLARE(sql_files);
ASSETS_DECLARE(rules_files);
ASSETS_DECLARE(demo_files);
ASSETS_DECLARE(web_files);

/* call_line.c */
/* The value after "--name" among the arguments, else preset. */
struct str call_option(const struct call_line *l, const char *name, const char *preset);
/* A request as the account after --as, in its first post. */
bool call_act_as(struct call_line *l, struct req *r, struct err *e) MUST_CHECK;
/* timeline.c */
bool run_timeline(struct call_line *l, struct err *e);
/* account.c */
bool run_account(struct call_line *l, struct err *e);
/* print.c */
bool run_routes(struct call_line *l, struct err *e);
bool run_openapi(struct call_line *l, struct err *e);
bool run_flow(struct call_line *l, struct err *e);
bool run_config(struct call_line *l, struct err *e);
bool run_version(struct call_line *l, struct err *e);
/* care.c */
/* Gives the events that wait for one their number, as a server does (PostgreSQL). */
bool number_events(struct call_line *l, struct err *e) MUST_CHECK;
bool run_verify(struct call_line *l, struct err *e);
bool run_check(struct call_line *l, struct err *e);
bool run_checkpoint(struct call_line *l, struct err *e);
bool run_backup(struct call_line *l, struct err *e);
bool run_restore(struct call_line *l, struct err *e);
bool run_keys(struct call_line *l, struct err *e);
/* area.c */
bool run_area(struct call_line *l, struct err *e);
/* demo.c */
bool run_demo(struct call_line *l, struct err *e);
/* exchange.c */
bool run_import(struct call_line *l, struct err *e);
bool run_export(struct call_line *l, struct err *e);
/* serve.c */
bool run_serve(struct call_line *l, struct err *e);
bool run_migrate(struct call_line *l, struct err *e);
#endif
