/* outbox_pipe.c - one program, started without a shell, fed and waited for. */
#include "app/outbox.h"
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/pidfd.h>
#include <sys/wait.h>
#include <unistd.h>

enum { ARGS_MAX = 16 };

/* "/usr/bin/send --from 12345" cut at blanks; false when empty or too many. */
static bool split(struct arena *a, struct str command, char *argv[ARGS_MAX + 1])
{
    struct str one;
    size_t n = 0;
    for (bool more = command.n > 0; more;) {
        more = str_cut(command, ' ', &one, &command);
        if (!one.n)
            continue;
        if (n == ARGS_MAX)
            return false;
        char *arg = arena_alloc(a, one.n + 1);
        memcpy(arg, one.p, one.n);
        argv[n++] = arg;
    }
    argv[n] = NULL;
    return n > 0;
}

/* Only standard input is ours; the rest is /dev/null. The pipe is the program's
 * whole knowledge of us: no environment but a path. */
static bool spawn(char *argv[], int in, pid_t *pid)
{
    static char path[] = "PATH=/usr/local/bin:/usr/bin:/bin";
    char *const env[] = { path, NULL };
    posix_spawn_file_actions_t acts;
    posix_spawnattr_t attr;
    sigset_t none, all;
    sigemptyset(&none);
    sigfillset(&all);
    posix_spawn_file_actions_init(&acts);
    posix_spawnattr_init(&attr);
    bool ok = !posix_spawn_file_actions_adddup2(&acts, in, 0)
        && !posix_spawn_file_actions_addopen(&acts, 1, "/dev/null", O_WRONLY, 0)
        && !posix_spawn_file_actions_addopen(&acts, 2, "/dev/null", O_WRONLY, 0)
        && !posix_spawn_file_actions_addclosefrom_np(&acts, 3)
        && !posix_spawnattr_setsigmask(&attr, &none) && !posix_spawnattr_setsigdefault(&attr, &all)
        && !posix_spawnattr_setflags(&attr, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF)
        && !posix_spawn(pid, argv[0], &acts, &attr, argv, env);
    posix_spawnattr_destroy(&attr);
    posix_spawn_file_actions_destroy(&acts);
    return ok;
}

/* The exit status; a program that takes too long is killed and waited for. */
static bool await(pid_t pid, int64_t timeout_ms)
{
    int fd = pidfd_open(pid, 0), status = 0, got;
    struct pollfd p = { .fd = fd, .events = POLLIN };
    bool in_time = fd >= 0 && poll(&p, 1, (int)timeout_ms) == 1;
    if (fd >= 0)
        close(fd);
    if (!in_time)
        kill(pid, SIGKILL);
    while ((got = waitpid(pid, &status, 0)) < 0 && errno == EINTR)
        ;
    return in_time && got == pid && WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

bool outbox_pipe(struct str command, struct str text, int64_t timeout_ms)
{
    AUTO(arena_done) struct arena a = { 0 };
    char *argv[ARGS_MAX + 1];
    int ends[2];
    pid_t pid;
    if (!split(&a, command, argv) || pipe2(ends, O_CLOEXEC) != 0)
        return false;
    bool started = spawn(argv, ends[0], &pid);
    close(ends[0]);
    /* A message is far smaller than a pipe holds, so this neither blocks nor is
     * cut; a reader that is gone already is found by its exit status. */
    bool fed = started && write(ends[1], text.p, text.n) == (ssize_t)text.n;
    close(ends[1]);
    return started && await(pid, timeout_ms) && fed;
}
