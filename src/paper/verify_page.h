/* verify_page.h - what opens when somebody scans the code on a paper: genuine or
 * not, which step and when it was recorded; nothing of what the matter is about.
 * No script, so any telephone shows it. */
#ifndef PAPER_VERIFY_PAGE_H
#define PAPER_VERIFY_PAGE_H
#include "http/route.h"

extern const struct record verify_page_query_record;
bool on_verify_page(struct req *r, const void *in, void *out, struct err *e) MUST_CHECK;
#endif
