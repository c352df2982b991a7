#include "base/vec.h"

void *vec_room(struct arena *a, void *v, size_t n, size_t *cap, size_t size)
{
    if (n < *cap)
        return v;
    size_t more = *cap ? *cap * 2 : 8;
    void *bigger = arena_alloc_array(a, size, more);
    if (n)
        memcpy(bigger, v, n * size);
    *cap = more;
    return bigger;
}
