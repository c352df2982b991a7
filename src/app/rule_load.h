/* rule_load.h - the tables of rules/ into the rule tables.
 *
 * Loading is idempotent: a row that says the same is left alone, one that differs
 * is changed, one that is no longer in the files is ended. What an administrator
 * made or changed (edited) stays as it is. */
#ifndef APP_RULE_LOAD_H
#define APP_RULE_LOAD_H
#include "app/rule.h"

struct rule_counts { int64_t added, changed, ended, kept; };   /* kept: edited here, left alone */

/* All files of app->rules, inside r's write. Journals each row it changes or ends,
 * and each table's count of rows added; counts the book on when anything changed.
 * ERR_DATA: the argument names file, row and column. */
bool rules_load(struct app *app, struct req *r, struct rule_counts *out, struct err *e) MUST_CHECK;
/* Loads them when there is no code at all: the first start. */
bool rules_load_first(struct app *app, struct err *e) MUST_CHECK;

/* One file's text into rows of its kind, appended to *rows (structs of the kind's
 * record, in a). name is the file's name in rules/; *kind tells what it holds. */
bool rule_csv_read(struct arena *a, struct str name, struct str text, enum rule_kind *kind,
                   struct list *rows, struct err *e) MUST_CHECK;
/* The ith file of rules/ in the order they are loaded; NULL behind the last. */
const char *rule_file_name(size_t i);

/* Whether a row makes sense by itself: dates in order, a limit that can be counted
 * with, hours that can be worked. The field tells which member does not. */
bool rule_check(enum rule_kind kind, const void *row, struct err *e) MUST_CHECK;
/* Whether the codes it names exist in the book. ERR_NOT_A_CHOICE with the field. */
bool rule_refs(const struct app *app, enum rule_kind kind, const void *row,
               struct err *e) MUST_CHECK;
/* The journal's entry of one change; before or after may be NULL. */
bool rule_journal(struct req *r, enum rule_kind kind, const void *before, const void *after,
                  struct err *e) MUST_CHECK;
#endif
