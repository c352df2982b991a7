/* demo.h - the demo city: areas, bodies, people, rosters and matters, loaded from
 * the tables in demo/ in one transaction.
 *
 * Its matters are filed and moved through the program's own addresses by the
 * people who would do so, each at a plausible time before now, so that their
 * journals, clocks and work lists are those of real work. Every person in it is
 * invented. */
#ifndef DEMO_DEMO_H
#define DEMO_DEMO_H
#include "app/app.h"

/* Of every account that has a password. */
#define DEMO_PASSWORD "fengqiao-2026"

/* An account worth knowing, for the table that is printed. */
struct demo_login { struct str login, name, note; };
struct demo_report {
    bool again;                         /* it was there already; nothing was changed */
    int64_t areas, orgs, accounts, rosters, matters, moves;
    int64_t left_out;                   /* matters in a state that the flow does not know */
    struct list logins;                 /* of demo_login */
};

/* Loads the demo into an installation that has no home yet and makes the demo
 * city its home. ERR_DUPLICATE when another city is home already. */
bool demo_load(struct app *app, struct arena *a, struct demo_report *out, struct err *e) MUST_CHECK;
/* The same, and after it a year of work: so many matters of all seven towns of a
 * district, over the year before now, with seasons, holidays, all kinds of ending, visits,
 * agreements that are broken and people who come back, each filed and moved by the
 * people who would. The same seed and day give the same year. */
bool demo_load_year(struct app *app, struct arena *a, int64_t matters, struct demo_report *out,
                    struct err *e) MUST_CHECK;
enum { DEMO_YEAR_MAX = 200000 };
#endif
