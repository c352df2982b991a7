#include "base/vec.h"
#include "tap.h"

static int order;
static void note(void *p) { order = order * 10 + *(int *)p; }

int main(void)
{
    struct arena a = { 0 };
    char *p = arena_alloc(&a, 3);
    OK((uintptr_t)p % _Alignof(max_align_t) == 0 && !p[0] && !p[2]);
    char *big = arena_alloc(&a, 100000);
    OK(big[99999] == 0);
    arena_alloc(&a, 16);
    OK_INT(a.blocks, 2);                            /* small pieces still use the first block */
    OK_STR(arena_printf(&a, "%d-%s", 7, "x"), "7-x");
    OK_STR(arena_dup(&a, STR("copy")), "copy");
    OK_STR(arena_join(&a, STR("a/"), STR("b")), "a/b");
    OK_STR(arena_join(&a, STR_NONE, STR_NONE), "");
    int one = 1, two = 2;
    arena_defer(&a, note, &one);
    arena_defer(&a, note, &two);
    VEC(int) v = { 0 };
    for (int i = 0; i < 1000; i++)
        vec_push(&a, &v, i);
    OK(v.n == 1000 && v.v[0] == 0 && v.v[999] == 999);
    arena_clear(&a);
    OK_INT(order, 21);
    arena_done(&a);
    OK(!a.head);
    return tap_end();
}
