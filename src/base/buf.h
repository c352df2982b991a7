/* buf.h - a growing byte buffer with a ceiling.
 *
 * The ceiling is mandatory. The first failure sticks: later calls do nothing,
 * and buf_ok() is asked once, at the end. What is built is bytes; escaping is
 * the business of the writer for that destination (JSON, HTML, CSV, XML). */
#ifndef BASE_BUF_H
#define BASE_BUF_H
#include "base/str.h"

struct buf { char *p; size_t n, cap, max; bool failed; };

void buf_init(struct buf *b, size_t max);
void buf_done(struct buf *b);
/* Empties it, keeps its memory, forgets the failure. */
void buf_clear(struct buf *b);
void buf_add(struct buf *b, struct str s);
void buf_add_char(struct buf *b, char c);
void buf_add_i64(struct buf *b, int64_t v);
void buf_addf(struct buf *b, const char *fmt, ...) PRINTF(2, 3);
/* Room for n more bytes at the returned place, then buf_took(b, used); NULL
 * when over the ceiling. */
char *buf_room(struct buf *b, size_t n);
static inline void buf_took(struct buf *b, size_t n) { b->n += n; }
static inline bool buf_ok(const struct buf *b) { return !b->failed; }
static inline struct str buf_str(const struct buf *b) { return (struct str){ b->p, b->n }; }
#endif
