/* area_import.h - the areas of a country or a city from a table of codes.
 *
 * Columns: code (12 digits), name, short, level, kind, parent (code; empty at a
 * root), pinyin. Parents stand before their children. Importing the same table
 * again changes nothing; a later table makes areas for new codes, keeps the old
 * name of a renamed area with its dates, moves what has another parent, and ends
 * the areas below the table's roots whose codes it no longer has. Nothing is
 * ever deleted. What has no code (grids, parks) is left alone. A root of the table
 * that is known stays where it is. */
#ifndef PLACE_AREA_IMPORT_H
#define PLACE_AREA_IMPORT_H
#include "doc/sheet.h"
#include "place/area.h"

struct area_imported { int64_t rows, added, renamed, moved, ended; };

/* How far it is, at most four times a second; total is 0 while unknown. */
typedef void area_progress_fn(void *ctx, const char *what, int64_t done, int64_t total);

struct area_import {
    struct sheet_reader *table;
    struct arena *a;                    /* keeps some 150 bytes a row until the end */
    struct day day;                     /* since when it holds; DAY_NONE: since ever (the first) */
    area_progress_fn *progress;         /* may be NULL */
    void *ctx;
};

/* Inside one write, however many rows: all of it or nothing. ERR_TABLE_ROW tells
 * row and column at fault. May run again from the start. */
bool area_import(struct req *r, const struct area_import *in, struct area_imported *out,
                 struct err *e) MUST_CHECK;
#endif
