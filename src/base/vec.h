/* vec.h - a growing array whose memory belongs to an arena.
 *
 *     VEC(struct claim) claims = { 0 };
 *     vec_push(a, &claims, (struct claim){ ... });
 *     for (size_t i = 0; i < claims.n; i++) use(&claims.v[i]);
 *
 * Growing leaves the old piece behind in the arena: meant for lists with a
 * bound, not for unbounded streams. */
#ifndef BASE_VEC_H
#define BASE_VEC_H
#include "base/arena.h"

#define VEC(T) struct { T *v; size_t n, cap; }
#define vec_push(a, vec, ...)                                                          \
    do {                                                                               \
        (vec)->v = vec_room(a, (vec)->v, (vec)->n, &(vec)->cap, sizeof(*(vec)->v));    \
        (vec)->v[(vec)->n++] = (__VA_ARGS__);                                          \
    } while (0)
void *vec_room(struct arena *a, void *v, size_t n, size_t *cap, size_t size);
#endif
