/* sheet_of.h - an edition's table as a workbook and as a page to print. */
#ifndef INSIGHT_SHEET_OF_H
#define INSIGHT_SHEET_OF_H
#include "insight/view.h"

/* Writes the table to path: a row a type, a column an indicator. What is left out is
 * shown as such. */
bool view_sheet(struct req *r, const struct view *x, const char *path, struct err *e) MUST_CHECK;
/* The page into r->text: the same numbers in parts of a paper's width. */
bool view_page(struct req *r, const struct view *x, struct err *e) MUST_CHECK;
/* "桂城街道 人民调解月报 2026年1月" */
struct str view_title(struct req *r, const struct view *x);
#endif
