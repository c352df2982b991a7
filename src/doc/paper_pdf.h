/* paper_pdf.h - a paper's blocks set on pages. */
#ifndef DOC_PAPER_PDF_H
#define DOC_PAPER_PDF_H
#include "doc/press_impl.h"

/* Sets all copies. ERR_TOO_LARGE beyond PRESS_PAGES pages. */
bool paper_set(struct setting *s, struct err *e) MUST_CHECK;
#endif
