/* store.h - files under their digest (SM3) in the data directory: the same
 * content lies there once. A file is on the disk before the row that names it is
 * committed. */
#ifndef APP_STORE_H
#define APP_STORE_H
#include "app/app.h"

struct stored { struct str digest, media; int64_t size; };

/* Takes an uploaded spool file in: sniffs it by content (libmagic), refuses what
 * is not on the list of kinds (ERR_FILE_KIND) or too large, moves it to its place.
 * Slow: for prepare, not for a transaction. */
bool store_take(struct app *app, struct arena *a, const struct upload *u, struct stored *out,
                struct err *e) MUST_CHECK;
/* Where the file with that digest lies; NULL for what is no digest. */
const char *store_path(const struct app *app, struct arena *a, struct str digest);
/* Whether a browser may show it in the page's own window. */
bool store_is_safe_inline(struct str media);
/* Reads the whole file again and compares (fengqiao check). */
bool store_check(const struct app *app, struct arena *a, struct str digest, bool *ok,
                 struct err *e) MUST_CHECK;
#endif
