/* multipart.h - multipart/form-data (RFC 7578), read as it streams in.
 *
 * Strict: no preamble, boundary of RFC 2046's characters, bounded part heads, no
 * nested multiparts. Nothing is kept but the head of the part at hand; the bytes
 * of a part go to the sink as they come. */
#ifndef HTTP_MULTIPART_H
#define HTTP_MULTIPART_H
#include "base/arena.h"
#include "base/err.h"

enum { MULTIPART_HEAD_MAX = 4096, MULTIPART_PARTS_MAX = 64, BOUNDARY_MAX = 70 };

/* The head of one part. is_file: it had a file name, perhaps an empty one. */
struct part { struct str name, filename, media; bool is_file; };
struct multipart_sink {
    void *ctx;
    bool (*begin)(void *ctx, const struct part *p, struct err *e);
    bool (*data)(void *ctx, struct str bytes, struct err *e);
    bool (*end)(void *ctx, struct err *e);
};
struct multipart;

/* For the boundary of the request's media type; ERR_INVALID when it is none. */
struct multipart *multipart_open(struct arena *a, struct str boundary,
                                 const struct multipart_sink *sink, struct err *e);
/* The next bytes, in pieces of any size. After a failure: no further call. */
bool multipart_feed(struct multipart *m, struct str bytes, struct err *e) MUST_CHECK;
/* The body has ended: ERR_INVALID unless its closing boundary was seen. */
bool multipart_end(struct multipart *m, struct err *e) MUST_CHECK;

/* The parameter name of a header value: form-data; name="x"; filename*=UTF-8''y.
 * The starred form wins and is decoded; *found tells an empty one from none. */
struct str header_param(struct arena *a, struct str value, const char *name, bool *found);
/* The last part of a path of either kind, cleaned, cut at 200 characters. */
struct str header_filename(struct arena *a, struct str name);
#endif
