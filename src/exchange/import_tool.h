/* import_tool.h - an import from the command line: a file already on this machine. */
#ifndef EXCHANGE_IMPORT_TOOL_H
#define EXCHANGE_IMPORT_TOOL_H
#include "exchange/import.h"

struct import_ask { const char *path; struct str ledger, kind, source; };
/* Copies the file in, guesses its columns, makes the row. */
bool import_prepare(struct app *app, struct req *r, const struct import_ask *ask, struct id *out,
                    struct err *e) MUST_CHECK;
/* Prints the errors kept, one a line. */
bool import_show_errors(struct app *app, struct req *r, struct id import, struct err *e) MUST_CHECK;
#endif
