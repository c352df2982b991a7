/* import_file.h - the files of imports, in the data directory under their id. */
#ifndef EXCHANGE_IMPORT_FILE_H
#define EXCHANGE_IMPORT_FILE_H
#include "app/app.h"
#include "doc/sheet.h"

/* Takes a spooled upload in. */
bool import_file_take(struct app *app, struct arena *a, struct id id, const char *spool,
                      struct err *e) MUST_CHECK;
/* Opens it at a sheet, before the header row. ERR_OUT_OF_RANGE for no such sheet. */
bool import_file_open(struct app *app, struct arena *a, struct id id, int64_t sheet,
                      struct sheet_reader **out, struct err *e) MUST_CHECK;
/* The cells of the first row. */
bool import_file_header(struct app *app, struct arena *a, struct id id, int64_t sheet,
                        struct strs *out, struct err *e) MUST_CHECK;
#endif
