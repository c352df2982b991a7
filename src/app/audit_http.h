/* audit_http.h - what an auditor reads: the system's chain, the checkpoints, the
 * looks of an account. Nothing of it can be changed here (GB/T 22239: three
 * administrators kept apart). */
#ifndef APP_AUDIT_HTTP_H
#define APP_AUDIT_HTTP_H
#include "app/app.h"

extern const struct route_table audit_table;
#endif
