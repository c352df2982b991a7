/* migrate.h - the schema's steps, embedded, in order, each applied once.
 *
 * A step is sql/NNNN_name.sql, written once for both engines:
 *   BIGINT, TEXT, BLOB are the only types; SQLite gets INTEGER, TEXT, BLOB and STRICT
 *   tables, PostgreSQL BIGINT, TEXT COLLATE "C" (by the database's own collation), BYTEA;
 *   @ID            after a BIGINT column that alone identifies a row: SQLite's rowid key
 *                  (INTEGER PRIMARY KEY), PostgreSQL NOT NULL;
 *   @KEY(a, b)     as last table item: PostgreSQL PRIMARY KEY (a, b); on SQLite dropped
 *                  when the table has @ID, else PRIMARY KEY (a, b) and WITHOUT ROWID;
 *   @SQLITE … @END and @PGSQL … @END  for what only one engine has (search indexes).
 * Applied inside one transaction a step, recorded in schema_step (no, name, sm3-like
 * checksum, applied_at); a step whose text changed after it was applied is refused, and so is
 * a database with a step that is not among steps: a newer program made it, and this one would
 * write rows as it must no longer. */
#ifndef DB_MIGRATE_H
#define DB_MIGRATE_H
#include "db/db.h"

struct migration { int64_t no; const char *name; const char *text; size_t n; };
/* Brings db from whatever step it is at to the last of steps. *applied (may be
 * NULL) gets how many ran. ERR_NEWER_DATABASE: it is further, and was left as it is. */
bool db_migrate(struct db *db, const struct migration *steps, size_t n, size_t *applied,
                struct err *e) MUST_CHECK;
/* Whether last is still the last step: ERR_NEWER_DATABASE where a newer program, beside this
 * one, has brought the database further since it was opened. */
bool migrate_is_last(struct db_conn *c, int64_t last, struct err *e) MUST_CHECK;
/* The step's text as that engine gets it. */
bool migrate_translate(enum db_engine engine, struct str text, struct buf *out,
                       struct err *e) MUST_CHECK;
#endif
