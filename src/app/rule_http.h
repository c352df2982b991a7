/* rule_http.h - the administrator's routes over the rules. */
#ifndef APP_RULE_HTTP_H
#define APP_RULE_HTTP_H
#include "http/route.h"

extern const struct route_table rule_table;
#endif
