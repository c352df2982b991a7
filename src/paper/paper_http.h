/* paper_http.h - papers over HTTP: what there is, blank ones, those of a matter as
 * print page or PDF, and the public page that checks the code on one. */
#ifndef PAPER_PAPER_HTTP_H
#define PAPER_PAPER_HTTP_H
#include "http/route.h"

extern const struct route_table paper_table;
#endif
