/* token.h - interface tokens 令牌 of an account: for its own programs, never with
 * more than its post may, for a year at most. The text is told once. */
#ifndef PEOPLE_TOKEN_H
#define PEOPLE_TOKEN_H
#include "people/people.h"

enum { TOKEN_DAYS = 366, TOKENS_MAX = 50 };  /* days: where the rules have no row */

struct token {
    struct id id;
    struct str name, scopes;            /* permission slugs by blanks */
    struct stamp created_at, seen_at, expires_at, revoked_at;
};
extern const struct record token_record;

struct token_new { struct str name; struct strs scopes; struct day expires_on; };
extern const struct record token_new_record;

/* The scopes as one text, without repeats. ERR_NOT_A_CHOICE for what is no
 * permission, ERR_DENIED for one that mine lacks; what only a person may do is
 * no scope. */
bool token_scopes(struct arena *a, struct strs scopes, uint64_t mine, struct str *out,
                  struct err *e) MUST_CHECK;
/* Inside a write, for r->who in its post. ERR_OUT_OF_RANGE, ERR_TOO_MANY. */
bool token_add(struct req *r, const struct token_new *in, struct str *text, struct token *out,
               struct err *e) MUST_CHECK;
/* Own tokens, newest first. */
bool token_list(struct req *r, struct list *out, struct err *e) MUST_CHECK;
bool token_load(struct req *r, struct id id, struct token *out, struct err *e) MUST_CHECK;
bool token_revoke(struct req *r, struct id id, struct err *e) MUST_CHECK;
#endif
