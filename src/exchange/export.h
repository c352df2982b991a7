/* export.h - any list as a CSV or XLSX file, made by a job in constant memory.
 *
 * An export walks the list's own route page by page as the person who asked, in
 * his or her post: scope, grades and masks are the list's. Every matter whose
 * content leaves so is in its access record. The file lies in the data directory
 * for a day. */
#ifndef EXCHANGE_EXPORT_H
#define EXCHANGE_EXPORT_H
#include "app/job.h"

bool export_run(struct app *app, struct req *r, struct job *job, struct buf *result,
                struct err *e) MUST_CHECK;
/* Where the file of a finished job lies. */
const char *export_path(const struct app *app, struct arena *a, struct id job, struct str format);
/* A chore: removes files older than a day. */
bool export_tidy(struct app *app, bool *more, struct err *e) MUST_CHECK;
extern const struct route_table export_table;
#endif
