/* people.h - accounts 账号 and posts 任职: what other contexts ask of them.
 *
 * An account is a person who signs in; a post is that account's role in a body,
 * with dates. What is kept of them in memory is asked with each request whether it
 * still holds (app/memo.h), so a change holds at once. Secrets (telephone, second
 * factor) are sealed where they rest. */
#ifndef PEOPLE_PEOPLE_H
#define PEOPLE_PEOPLE_H
#include "app/app.h"

#define ACCOUNT_STATES(X) X(ACTIVE, "active", "有效", "active") X(ENDED, "ended", "已停用", "ended")
#define X(id, slug, zh, en) ACCOUNT_##id,
enum account_state { ACCOUNT_STATES(X) ACCOUNT_STATE__COUNT };
#undef X
extern const struct names account_state_names, lang_names;

/* A new account, checked by the functions below. hash is password_hash()'s, or
 * empty for who signs in by telephone. */
struct account_seed {
    struct str login, name, phone, hash;    /* a resident's login may be empty: one is made */
    unsigned kind, lang;
    bool must_change;
};
/* Inside a write, journalled. ERR_BAD_LOGIN_NAME, ERR_DUPLICATE, ERR_BAD_PHONE with
 * the field. */
bool account_add(struct req *r, const struct account_seed *in, struct id *out,
                 struct err *e) MUST_CHECK;
/* The active or ended account of that login. */
bool account_find(struct req *r, struct str login, struct id *out, bool *found,
                  struct err *e) MUST_CHECK;
/* A new password, which ends every session; must_change asks for another at once. */
bool account_set_password(struct req *r, struct id account, struct str hash, bool must_change,
                          struct err *e) MUST_CHECK;
/* Opens a login closed by wrong sign-ins. */
bool account_unlock(struct req *r, struct str login, struct err *e) MUST_CHECK;
/* A first password that can be read aloud: XXXX-XXXX-XXXX-XXXX, 80 random bits. */
struct str account_first_password(struct arena *a);

struct post_seed {
    struct id account, org;
    unsigned role;
    struct day valid_from, valid_to;        /* none: from today; open */
    struct id stands_for;                   /* the post a substitute stands in for */
};
/* Inside a write, journalled. Keeps the administrators apart (ERR_ADMIN_ROLES);
 * ERR_NO_SUCH_REF with the field, ERR_DUPLICATE for the same post twice. */
bool post_add(struct req *r, const struct post_seed *in, struct id *out, struct err *e) MUST_CHECK;

/* A post that holds today. */
struct post_held {
    struct id id, org, stands_for;
    unsigned role;
    struct str org_name;
    struct day valid_to;
};
/* The posts an account holds today, its own before those it stands in for. */
bool post_held_list(struct req *r, struct id account, struct list *out, struct err *e) MUST_CHECK;

/* Who holds a post in a body today, after r->cursor: for a list route that lets the
 * reader name one of them (out: colleague_record). */
bool colleague_list(struct req *r, struct id org, struct list *out, struct err *e) MUST_CHECK;
extern const struct record colleague_record;

extern const struct route_table people_table, colleague_table, post_table, signin_table, own_table,
    token_table, door_table, outbox_table;
#endif
