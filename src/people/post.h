/* post.h - posts 任职 inside this room.
 *
 * Days are half-open: valid_to is the first day a post no longer holds, so a post
 * ended today is over at once. A substitute's post names the post it stands in
 * for and never outlives it; the absent person keeps the post, marked absent. */
#ifndef PEOPLE_POST_H
#define PEOPLE_POST_H
#include "people/people.h"

struct post {
    struct id id, account;
    struct str login, account_name;
    struct id org;
    struct str org_name;
    unsigned role;
    struct day valid_from, valid_to;
    struct id stands_for;
    struct day absent_from, absent_to;
    bool holds;                         /* today */
    int64_t version;
};
extern const struct record post_record;

/* Whether two spans of days share one; a to of 0 is open. */
bool post_overlaps(struct day from, struct day to, struct day from2, struct day to2);
/* Whether one account may hold both roles at once. */
bool post_roles_agree(unsigned a, unsigned b);

bool post_load(struct req *r, struct id id, struct post *out, struct err *e) MUST_CHECK;
/* All of an account, newest first. */
bool post_list_of(struct req *r, struct id account, struct list *out, struct err *e) MUST_CHECK;
struct post_filter { struct id account, org, after; unsigned role; bool past; };
/* By id, r->limit + 1 at most. role 0 is any, else role + 1. */
bool post_page(struct req *r, const struct post_filter *f, struct list *out,
               struct err *e) MUST_CHECK;
/* New days of x (its version is the one seen). ERR_CONFLICT, ERR_LAST_ADMIN,
 * ERR_ADMIN_ROLES, ERR_OUT_OF_RANGE with the field. Substitutes are cut to fit. */
bool post_change(struct req *r, const struct post *was, struct post *x, struct err *e) MUST_CHECK;
/* Over from today on, and its substitutes with it. */
bool post_end(struct req *r, const struct post *p, struct err *e) MUST_CHECK;
bool post_end_all(struct req *r, struct id account, struct err *e) MUST_CHECK;
/* The account stands in for p from … to (both given, within p's days); p's holder
 * is marked absent for those days. */
bool post_substitute(struct req *r, struct post *p, struct id account, struct day from,
                     struct day to, struct id *out, struct err *e) MUST_CHECK;
/* ERR_LAST_ADMIN when without this account (and without this post) nobody would be
 * security administrator. */
bool post_keep_admin(struct req *r, struct id account, struct id post,
                     struct err *e) MUST_CHECK;

/* Statements (post_db.c). */
bool post_db_insert(struct req *r, const struct post *x, struct err *e) MUST_CHECK;
bool post_db_change(struct req *r, const struct post *x, struct err *e) MUST_CHECK;
/* Those standing in for the post beyond the day. */
bool post_db_substitutes(struct req *r, struct id post, struct day to, struct list *out,
                         struct err *e) MUST_CHECK;
/* Posts of an account that are not over by today. */
bool post_db_current(struct req *r, struct id account, struct list *out, struct err *e) MUST_CHECK;
bool post_db_other_admins(struct req *r, struct id account, struct id post, int64_t *n,
                          struct err *e) MUST_CHECK;
/* 1 for active staff. */
bool post_db_is_staff(struct req *r, struct id account, int64_t *is, struct err *e) MUST_CHECK;
bool post_db_is_org(struct req *r, struct id org, int64_t *is, struct err *e) MUST_CHECK;
#endif
