/* link_test.c - slots are bounded and come back; the late are shut down. */
#include "http/link.h"
#include "base/stamp.h"
#include "tap.h"
#include <sys/socket.h>
#include <unistd.h>

static bool is_shut(int fd)
{
    char c;
    return recv(fd, &c, 1, MSG_DONTWAIT) == 0;
}

static void test_link_open__bounded(void)
{
    struct arena a = { 0 };
    struct links l;
    links_init(&l, &a, 2);
    struct link *x = link_open(&l, 100), *y = link_open(&l, 101);
    OK(x && y && x != y);
    OK(link_open(&l, 102) == NULL);
    OK_INT(links_used(&l), 2);
    link_close(&l, x);
    OK(link_open(&l, 103) == x);
    links_done(&l);
    arena_done(&a);
}

static void test_links_reap__by_deadline(void)
{
    struct arena a = { 0 };
    struct links l;
    int p[2], q[2];
    if (!OK(!socketpair(AF_UNIX, SOCK_STREAM, 0, p) && !socketpair(AF_UNIX, SOCK_STREAM, 0, q)))
        return;
    links_init(&l, &a, 4);
    struct link *x = link_open(&l, p[0]), *y = link_open(&l, q[0]);
    link_phase(x, LINK_READING, 5);
    link_phase(y, LINK_WORKING, 0);
    links_reap(&l, clock_us());
    OK(!is_shut(p[1]));
    links_reap(&l, clock_us() + 6000000);
    OK(is_shut(p[1]));
    OK(!is_shut(q[1]));                 /* who waits for us has no deadline */
    OK_INT(l.reaped, 1);
    links_shut(&l, 1 << LINK_WAITING);
    OK(!is_shut(q[1]));
    links_shut(&l, 1 << LINK_WORKING);
    OK(is_shut(q[1]));
    for (size_t i = 0; i < 2; i++) {
        close(p[i]);
        close(q[i]);
    }
    links_done(&l);
    arena_done(&a);
}

static void test_link_clear__keeps_little(void)
{
    struct arena a = { 0 };
    struct links l;
    links_init(&l, &a, 1);
    struct link *x = link_open(&l, 100);
    for (int i = 0; i < 100000; i++)
        buf_add_char(&x->out, 'x');
    arena_alloc(&x->a, 100000);
    link_clear(x);
    OK_INT(x->out.n, 0);
    OK(x->out.cap <= 32768);
    buf_add(&x->out, STR("again"));
    OK(buf_ok(&x->out));
    links_done(&l);
    arena_done(&a);
}

int main(void)
{
    test_link_open__bounded();
    test_links_reap__by_deadline();
    test_link_clear__keeps_little();
    return tap_end();
}
