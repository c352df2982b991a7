/* demo_impl.h - what the files of this room share. */
#ifndef DEMO_IMPL_H
#define DEMO_IMPL_H
#include "app/who.h"
#include "demo/demo.h"

struct demo_area { struct str key, path; struct id id; unsigned level; };
struct demo_org {
    struct str key, kind, name, short_name, area, parent, above, address, phone, hours, successor;
    struct day founded, ended;
    struct id id;
    const struct demo_area *at;
};
struct demo_account {
    struct str login, name, phone, named, note;
    unsigned kind;                      /* enum account_kind */
    struct id id;
};
struct demo_post {
    struct str account, org, to_day, stands_for;
    unsigned role;
    int64_t from_day;
    struct id id;
    const struct demo_account *holder;
    const struct demo_org *body;
};
struct demo_table { struct list areas, orgs, accounts, posts; };

struct demo {
    struct app *app;
    struct req *r;
    struct arena *a;
    struct day today;
    struct dice *dice;
    struct route_trie *trie;
    struct demo_table t;                /* areas, orgs and accounts by key */
    struct demo_report n;
};

/* ---- demo_table.c ---- */

/* The rows of demo/NAME.csv as rec's structs; columns that rec lacks are passed over. */
bool demo_table_read(struct demo *d, const char *name, const struct record *rec, struct list *out,
                     struct err *e) MUST_CHECK;
/* The embedded file; ERR_NO_FILE. */
bool demo_file(const struct app *app, const char *name, struct str *out, struct err *e) MUST_CHECK;
/* Each struct of a list begins with its key: sorts by it, and finds one (NULL for none). */
void  demo_sort(struct list list, size_t size);
void *demo_find(struct list list, size_t size, struct str key);
/* Days after the load day; DAY_NONE for an empty text. */
bool demo_day(const struct demo *d, struct str days, struct day *out, struct err *e) MUST_CHECK;
/* demo_find for a reference that must be there: ERR_DATA with table and key. */
const void *demo_need(struct list list, size_t size, struct str key, const char *table,
                      struct err *e);

/* ---- one step of the load each ---- */

bool demo_areas(struct demo *d, struct err *e) MUST_CHECK;
bool demo_orgs(struct demo *d, struct err *e) MUST_CHECK;
bool demo_competences(struct demo *d, struct err *e) MUST_CHECK;
bool demo_people(struct demo *d, struct err *e) MUST_CHECK;     /* reads accounts.csv */
bool demo_accounts(struct demo *d, struct str password_hash, struct err *e) MUST_CHECK;
bool demo_posts(struct demo *d, struct err *e) MUST_CHECK;
bool demo_rosters(struct demo *d, struct err *e) MUST_CHECK;
bool demo_matters(struct demo *d, struct err *e) MUST_CHECK;

/* demo_year.c: the year; d as the load left it. */
bool demo_year(struct demo *d, int64_t matters, struct err *e) MUST_CHECK;

/* ---- demo_call.c ---- */

/* The account in the post (none: a resident) as a request at that moment sees it. */
bool demo_who(struct demo *d, struct id account, struct id post, struct stamp at,
              struct who *out, struct err *e) MUST_CHECK;
/* What a client would send: the route's permission, records and handler, at an
 * earlier moment. version 0 sends no If-Match. *out gets the route's out struct. */
struct demo_call {
    const struct who *who;
    struct stamp at;
    struct str path, body;              /* JSON */
    int64_t version;
};
bool demo_post_to(struct demo *d, const struct demo_call *call, const void **out,
                  struct err *e) MUST_CHECK;
#endif
