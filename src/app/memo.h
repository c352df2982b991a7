/* memo.h - what nearly every request asks and hardly anybody changes: who a sign-in
 * is, how areas, bodies and people are called.
 *
 * Kept beside each database connection, so that no two threads share any of it. The
 * database has two numbers, the epochs, which grow in the transaction of every change
 * of what is kept (memo_watch: the drivers see the changes by the statements' tables,
 * nobody has to remember). A job's first question to the memo reads them, in the job's
 * own snapshot; what was kept under another epoch, or on another day, is not used. So
 * a change is known to every process from its commit on. */
#ifndef APP_MEMO_H
#define APP_MEMO_H
#include "app/app.h"
#include "crypt/digest.h"

/* Of db_keep.v. */
enum { KEEP_MEMO, KEEP_ANSWERS };

extern const struct db_watch memo_watch[];
/* Moves the epochs on when the transaction changed what is watched: every commit's
 * last statement (db_options.before_commit). */
bool memo_before_commit(struct db_conn *c, void *ctx, struct err *e) MUST_CHECK;

/* The two epochs, in the job's own snapshot: for what else hangs on them. */
bool memo_epochs(struct req *r, int64_t *people, int64_t *names, struct err *e) MUST_CHECK;

/* The digest of a cookie's or token's secret, for this process only. */
struct digest memo_key(const struct app *app, bool token, struct str secret);
/* A sign-in as it was kept; NULL for none. Borrowed until the job ends. */
bool memo_who_find(struct req *r, const struct digest *key, const struct who **out,
                   struct err *e) MUST_CHECK;
/* Keeps one just read in the same job. */
void memo_who_keep(struct req *r, const struct digest *key, const struct who *w);
/* *to with its texts in a. */
void memo_who_copy(struct arena *a, const struct who *from, struct who *to);

/* The numbers stand in the statement that asks. */
enum memo_name { MEMO_AREA, MEMO_ORG, MEMO_ORG_SHORT, MEMO_ACCOUNT };
struct memo_ask { enum memo_name what; struct id id; };
/* Makes n names known at once, before they are asked for one by one: a statement for
 * each twenty that are not. */
bool memo_learn(struct req *r, const struct memo_ask *v, size_t n, struct err *e) MUST_CHECK;
/* How it is called: *out is empty for no id and for one that is not there. In r's
 * arena. */
bool memo_name(struct req *r, enum memo_name what, struct id id, struct str *out,
               struct err *e) MUST_CHECK;
#endif
