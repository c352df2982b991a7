/* log.h - the structured log: one line a happening, on standard error.
 *
 *     log_event(LOG_INFO, "serve.start", "addr=%s workers=%d", addr, n);
 *     {"at":"…","level":"info","event":"serve.start","req":"…","text":"…"}
 *
 * Rooms below app log at debug only. No secret, no name of a party, no text a
 * resident wrote is ever a log value: ids and slugs only. */
#ifndef BASE_LOG_H
#define BASE_LOG_H
#include "base/str.h"

enum log_level { LOG_DEBUG, LOG_INFO, LOG_WARN, LOG_ERROR, LOG_NONE };

void log_start(enum log_level least);
/* The request id that this thread's lines carry until changed; empty for none. */
void log_request(struct str id);
void log_event(enum log_level level, const char *event, const char *fmt, ...) PRINTF(3, 4);
#endif
