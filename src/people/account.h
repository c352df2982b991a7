/* account.h - accounts inside this room: their records and statements. */
#ifndef PEOPLE_ACCOUNT_H
#define PEOPLE_ACCOUNT_H
#include "people/people.h"

struct account {
    struct id id;
    struct str login, name, phone;
    unsigned kind, state, lang;
    bool must_change, totp_on;
    struct stamp locked_until, created_at;
    int64_t version;
    struct list posts;
};
extern const struct record account_record;

/* What signing in and the own second factor need of an account. */
struct account_keys {
    struct id id;
    struct str login, password, totp;   /* hash; sealed */
    unsigned kind;
    bool totp_on;
    int64_t totp_last;
};
extern const struct record account_keys_record;

/* Lower-case, half-width, trimmed: how a login is kept and looked for. */
struct str account_fold(struct arena *a, struct str login);
/* Active staff of that login. */
bool account_keys_by_login(struct req *r, struct str login, struct account_keys *out, bool *found,
                           struct err *e) MUST_CHECK;
bool account_keys_of(struct req *r, struct id account, struct account_keys *out,
                     struct err *e) MUST_CHECK;
/* Keeps the password's hash (a newer one) and the code's step after both were good;
 * ERR_CONFLICT when either changed meanwhile: a code is good once. */
bool account_keys_used(struct req *r, const struct account_keys *was, struct str hash,
                       int64_t step, struct err *e) MUST_CHECK;
/* A sealed secret that is not on yet, or none; and its going on with its first code. */
bool account_totp_put(struct req *r, struct id account, struct str sealed,
                      struct err *e) MUST_CHECK;
bool account_totp_on(struct req *r, struct id account, int64_t step, struct err *e) MUST_CHECK;

bool account_seal(struct req *r, struct id account, const char *column, struct str *s,
                  struct err *e) MUST_CHECK;
bool account_open(struct req *r, struct id account, const char *column, struct str *s,
                  struct err *e) MUST_CHECK;

/* Telephone opened, posts and lock filled. ERR_NOT_FOUND. */
bool account_load(struct req *r, struct id id, struct account *out, struct err *e) MUST_CHECK;
struct account_filter { struct str q; unsigned state; struct str after; };
/* Staff by login, r->limit + 1 at most. */
bool account_page(struct req *r, const struct account_filter *f, struct list *out,
                  struct err *e) MUST_CHECK;
/* name, phone (opened), lang of x; ERR_CONFLICT when the version is no longer x's. */
bool account_change(struct req *r, const struct account *x, struct err *e) MUST_CHECK;
/* Ends it with its sessions, tokens and posts. */
bool account_end(struct req *r, struct id account, struct err *e) MUST_CHECK;

/* Statements (account_db.c). */
bool account_db_one(struct req *r, struct id id, struct account *out, struct err *e) MUST_CHECK;
bool account_db_page(struct req *r, const struct account_filter *f, struct list *out,
                     struct err *e) MUST_CHECK;
bool account_db_change(struct req *r, const struct account *x, struct str sealed,
                       struct err *e) MUST_CHECK;
bool account_db_end(struct req *r, struct id account, struct err *e) MUST_CHECK;
/* A telephone number finds its resident. */
bool account_blind_add(struct req *r, struct id account, struct str phone,
                       struct err *e) MUST_CHECK;
bool account_by_phone(struct req *r, struct str phone, struct id *out, bool *found,
                      struct err *e) MUST_CHECK;

/* As the journal keeps it: no telephone number, no keys. */
void account_put_journal(const struct account *x, const char *sep, const char *key, struct buf *b);
/* One journal entry about an account or post: members as JSON, {} for none. */
bool people_journal(struct req *r, const char *action, struct id subject, struct buf *payload,
                    struct err *e) MUST_CHECK;
/* ERR_SECOND_PERSON when it is the actor's own account. */
bool people_not_own(const struct req *r, struct id account, struct err *e) MUST_CHECK;
/* ERR_TOKEN_SCOPE when a program asks: keys and tokens are a person's to change. */
bool people_in_person(const struct req *r, struct err *e) MUST_CHECK;
#endif
