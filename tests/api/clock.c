/* The wall clock of the program under test, some seconds ahead (CLOCK_AHEAD), so that days
 * pass within a story. Preloaded before the C library; straight from the kernel, for a
 * sanitizer's own functions are not ready when it asks first. Waits are on the monotonic
 * clock, which stays as it is. */
#include <stdlib.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

static time_t ahead(void)
{
    const char *s = getenv("CLOCK_AHEAD");
    return s ? (time_t)strtoll(s, NULL, 10) : 0;
}

int clock_gettime(clockid_t clock, struct timespec *t)
{
    int bad = (int)syscall(SYS_clock_gettime, clock, t);
    if (!bad && (clock == CLOCK_REALTIME || clock == CLOCK_REALTIME_COARSE))
        t->tv_sec += ahead();
    return bad;
}

time_t time(time_t *out)
{
    struct timespec t = { 0 };
    clock_gettime(CLOCK_REALTIME, &t);
    if (out)
        *out = t.tv_sec;
    return t.tv_sec;
}
