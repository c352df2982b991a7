/* who.h - the account behind a request, in the post it acts in. */
#ifndef APP_WHO_H
#define APP_WHO_H
#include "app/perm.h"
#include "http/route.h"

enum account_kind { ACCOUNT_STAFF, ACCOUNT_RESIDENT, ACCOUNT_KIND__COUNT };
extern const struct names account_kind_names;

/* Columns of one SELECT over session, account, post and org. */
struct who {
    struct id account, home;
    struct str login, name;
    unsigned kind;                      /* enum account_kind */
    bool must_change;
    bool totp_on;
    struct id post, org;                /* none for a resident */
    unsigned role;
    struct str org_name, org_kind, path;/* of the post's body and its area */
    struct id area;                     /* that area */
    struct id org_above;                /* the centre over it */
    struct id session;                  /* what the login list shows; the token's own id */
    struct stamp seen_at, expires_at;
    struct str scopes;                  /* a token's permission slugs */
    bool token;
    uint64_t perms;                     /* role's, cut by a token's scopes */
    struct str csrf;                    /* what a change must carry; empty for a token */
};
extern const struct record who_record;

static inline bool who_may(const struct who *w, enum perm p)
{
    return w && (w->perms & PERM_BIT(p));
}
/* The holder id under which a post sees what its body holds: the org for reach
 * ORG, the account itself otherwise. */
struct id who_holder(const struct who *w);
#endif
