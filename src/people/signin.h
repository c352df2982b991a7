/* signin.h - signing in, and the session 登录 as its owner sees it. */
#ifndef PEOPLE_SIGNIN_H
#define PEOPLE_SIGNIN_H
#include "people/account.h"

struct session_post {
    struct id id;
    struct raw org;                     /* {"id": …, "name": …} */
    unsigned role;
    struct str role_zh, role_en;
    bool substitute;
    struct day valid_to;
};
struct session {
    struct raw account;                 /* {"id": …, "login": …, "name": …} */
    unsigned kind, lang;
    struct list posts;
    struct id post;                     /* acting in */
    struct strs perms;
    struct str csrf;
    bool must_change_password, totp;
};
extern const struct record session_record;

/* The session of an account acting in post, if it holds it today. cut keeps only
 * these permissions (a token's). */
bool session_show(struct req *r, struct id account, struct id post, uint64_t cut, struct str csrf,
                  struct session *out, struct err *e) MUST_CHECK;
/* Signs the account in inside a write: the old session of this browser ends. */
bool session_begin(struct req *r, struct id account, struct session *out, struct err *e) MUST_CHECK;

/* Statements of r->who on its own session and account (session_db.c). */
struct sign_in_place {
    struct id id;
    struct str remote, agent;
    struct stamp created_at, seen_at, expires_at;
    bool current;
};
extern const struct record sign_in_place_record;
bool session_db_post(struct req *r, struct id post, struct err *e) MUST_CHECK;
bool session_db_changed_password(struct req *r, struct err *e) MUST_CHECK;
/* An empty name and a lang of 0 stay; else lang - 1. */
bool session_db_profile(struct req *r, struct str name, unsigned lang, struct err *e) MUST_CHECK;
/* Where it is signed in, newest first. */
bool session_db_places(struct req *r, struct list *out, struct err *e) MUST_CHECK;
/* ERR_NOT_FOUND for what is not its own. */
bool session_db_end(struct req *r, struct id session, struct err *e) MUST_CHECK;

struct sign_in {
    struct str login, password, totp;
    /* found by sign_in_check */
    struct account_keys keys;
    bool found;
    struct str hash;                    /* what is kept from now on */
    int64_t step;
};
/* Slow, outside any transaction: counts the try, looks at password and code. A wrong
 * one, and a login that does not exist or has ended, are ERR_BAD_LOGIN after the
 * same work; ERR_LOCKED, ERR_NEED_TOTP. */
bool sign_in_check(struct req *r, struct sign_in *in, struct err *e) MUST_CHECK;
bool sign_in_apply(struct req *r, const struct sign_in *in, struct session *out,
                   struct err *e) MUST_CHECK;
#endif
