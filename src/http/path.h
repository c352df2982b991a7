/* path.h - the texts of a request line: segments, escapes, the query string.
 * Everything here comes from strangers; what is not plainly right is refused. */
#ifndef HTTP_PATH_H
#define HTTP_PATH_H
#include "http/route.h"

enum { PATH_MAX_BYTES = 2048, SEGMENT_MAX_BYTES = 512, QUERY_PAIRS_MAX = 32 };

/* A path segment without its %XX. False for a bad escape, a control character, a
 * slash or backslash that was escaped, "." and "..", bad UTF-8, nothing at all. */
bool path_decode(struct arena *a, struct str raw, struct str *out) MUST_CHECK;
/* A query value: as above, but + is a blank and any text without control
 * characters is fine. */
bool query_decode(struct arena *a, struct str raw, struct str *out) MUST_CHECK;
/* Reads ?after=, ?limit= (lists) and the fields of route->query into r.
 * ERR_BAD_QUERY, ERR_UNKNOWN_FIELD and what fields say, with the field. */
bool query_read(struct req *r, struct str text, struct err *e) MUST_CHECK;
#endif
