/* import_db.h - the statements of imports. */
#ifndef EXCHANGE_IMPORT_DB_H
#define EXCHANGE_IMPORT_DB_H
#include "exchange/import.h"

bool import_db_insert(struct req *r, const struct ledger_import *m, struct err *e) MUST_CHECK;
/* The reader's own; columns and mapping as lists. ERR_NOT_FOUND. */
bool import_db_get(struct req *r, struct id id, struct ledger_import *out,
                   struct err *e) MUST_CHECK;
bool import_db_list(struct req *r, struct list *out, struct err *e) MUST_CHECK;
/* Writes what may change; the version grows. */
bool import_db_save(struct req *r, const struct ledger_import *m, struct err *e) MUST_CHECK;

struct import_error { int64_t row, col; struct str title, slug, zh, en; };
extern const struct record import_error_record;
bool import_db_error(struct req *r, struct id import, const struct import_error *x,
                     struct err *e) MUST_CHECK;
bool import_db_errors(struct req *r, struct id import, struct list *out, struct err *e) MUST_CHECK;
bool import_db_forget_errors(struct req *r, struct id import, struct err *e) MUST_CHECK;

/* What a row of this ledger became before; found false for a new one. */
struct import_known { struct str hash; struct id matter; };
bool import_db_known(struct req *r, struct str ledger, struct str key, struct import_known *out,
                     bool *found, struct err *e) MUST_CHECK;
bool import_db_remember(struct req *r, struct str ledger, struct str key,
                        const struct import_known *x,
                        struct err *e) MUST_CHECK;
#endif
