/* backup.h - a copy of everything but the keys, made while the program runs, and
 * back again.
 *
 * A backup is a folder: the database (SQLite: a consistent copy by the backup
 * interface; PostgreSQL: pg_dump's custom format), files/, witness.log and
 * MANIFEST, a line a file: digest (SM3), bytes, name; its last line counts them.
 * The database is copied first and files are never changed, so every file a row
 * names is in it. Keys are kept apart on purpose: escrow them (`fengqiao keys
 * escrow`). */
#ifndef APP_BACKUP_H
#define APP_BACKUP_H
#include "app/app.h"

/* dir must not exist. ERR_UNAVAILABLE with the reason in the log. */
bool backup_make(struct app *app, const char *dir, void (*progress)(void *ctx, int percent),
                 void *ctx,
                 struct err *e) MUST_CHECK;
/* Checks the manifest, then fills the data directory of c, which must hold no
 * database; for PostgreSQL runs pg_restore into c->database. Nothing is opened. */
bool backup_restore(const struct config *c, struct arena *a, const char *dir,
                    struct err *e) MUST_CHECK;
#endif
