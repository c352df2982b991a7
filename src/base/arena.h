/* arena.h - memory that lives as long as one request, one job or one test.
 *
 * Everything handed out is freed together; there is no per-object free.
 * Running out of memory ends the process: every size a user controls is
 * bounded before it gets here. Small pieces are cut from blocks, so a request
 * usually costs one malloc. Not for sharing between threads. */
#ifndef BASE_ARENA_H
#define BASE_ARENA_H
#include "base/str.h"

struct arena {
    struct arena_block *head;
    struct arena_defer *defers;
    size_t blocks, bytes;               /* what it took so far; for cost pins */
};

/* Zeroed, aligned for any type. n may be 0. */
void *arena_alloc(struct arena *a, size_t n);
#define arena_new(a, T)      ((T *)arena_alloc(a, sizeof(T)))
#define arena_array(a, T, n) ((T *)arena_alloc_array(a, sizeof(T), n))
void *arena_alloc_array(struct arena *a, size_t size, size_t n);
/* A copy, NUL-terminated after its last byte. */
struct str arena_dup(struct arena *a, struct str s);
/* One behind the other, as arena_dup. */
struct str arena_join(struct arena *a, struct str head, struct str tail);
struct str arena_printf(struct arena *a, const char *fmt, ...) PRINTF(2, 3);
/* A NUL-terminated copy for libraries that want one. */
const char *arena_cstr(struct arena *a, struct str s);
/* Calls fn(p) when the arena ends, last registered first. */
void arena_defer(struct arena *a, void (*fn)(void *), void *p);
/* Ends everything; the arena may be used again. */
void arena_done(struct arena *a);
/* Ends everything but keeps one block for the next use (a connection's loop). */
void arena_clear(struct arena *a);
#endif
