#include "base/arena.h"
#include <stdarg.h>

enum { BLOCK = 8192 };

struct arena_block { struct arena_block *next; size_t used, cap; max_align_t data[]; };
struct arena_defer { struct arena_defer *next; void (*fn)(void *); void *p; };

static struct arena_block *block_add(struct arena *a, size_t n)
{
    size_t cap = MAX(n, (size_t)BLOCK);
    struct arena_block *b = malloc(sizeof *b + cap);
    if (!b)
        abort();
    *b = (struct arena_block){ .next = a->head, .cap = cap };
    a->head = b;
    a->blocks++;
    a->bytes += cap;
    return b;
}

void *arena_alloc(struct arena *a, size_t n)
{
    size_t round = _Alignof(max_align_t) - 1;
    if (n > SIZE_MAX / 2)
        abort();
    n = (n + round) & ~round;
    struct arena_block *b = a->head;
    if (!b || b->cap - b->used < n) {
        struct arena_block *old = b;
        b = block_add(a, n);
        if (old && n > BLOCK / 2) {     /* a big piece does not retire a half-empty block */
            a->head = old;
            b->next = old->next;
            old->next = b;
        }
    }
    char *p = (char *)b->data + b->used;
    b->used += n;
    return memset(p, 0, n);
}

void *arena_alloc_array(struct arena *a, size_t size, size_t n)
{
    if (size && n > SIZE_MAX / 2 / size)
        abort();
    return arena_alloc(a, size * n);
}

struct str arena_dup(struct arena *a, struct str s)
{
    char *p = arena_alloc(a, s.n + 1);
    if (s.n)
        memcpy(p, s.p, s.n);
    return (struct str){ p, s.n };
}

struct str arena_join(struct arena *a, struct str head, struct str tail)
{
    char *p = arena_alloc(a, head.n + tail.n + 1);
    if (head.n)
        memcpy(p, head.p, head.n);
    if (tail.n)
        memcpy(p + head.n, tail.p, tail.n);
    return (struct str){ p, head.n + tail.n };
}

const char *arena_cstr(struct arena *a, struct str s)
{
    return arena_dup(a, s).p;
}

struct str arena_printf(struct arena *a, const char *fmt, ...)
{
    va_list ap;
    va_start(ap, fmt);
    int n = vsnprintf(NULL, 0, fmt, ap);
    va_end(ap);
    if (n < 0)
        abort();
    char *p = arena_alloc(a, (size_t)n + 1);
    va_start(ap, fmt);
    vsnprintf(p, (size_t)n + 1, fmt, ap);
    va_end(ap);
    return (struct str){ p, (size_t)n };
}

void arena_defer(struct arena *a, void (*fn)(void *), void *p)
{
    struct arena_defer *d = arena_new(a, struct arena_defer);
    *d = (struct arena_defer){ .next = a->defers, .fn = fn, .p = p };
    a->defers = d;
}

static void run_defers(struct arena *a)
{
    while (a->defers) {
        struct arena_defer *d = a->defers;
        a->defers = d->next;
        d->fn(d->p);
    }
}

static void free_from(struct arena_block *b)
{
    for (struct arena_block *next; b; b = next) {
        next = b->next;
        free(b);
    }
}

void arena_done(struct arena *a)
{
    run_defers(a);
    free_from(a->head);
    *a = (struct arena){ 0 };
}

void arena_clear(struct arena *a)
{
    run_defers(a);
    struct arena_block *keep = a->head;
    if (keep) {
        free_from(keep->next);
        keep->next = NULL;
        keep->used = 0;
    }
    *a = (struct arena){ .head = keep };
}
