/* Ours and its ceiling, turn about: on a machine that others share, two lines that are
 * measured one after the other tell more about the machine than about themselves. */
#include "bench.h"
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

enum { TURNS = 8, TURN_MS_MIN = 250 };

bool ceiling_open(struct ceiling *c, const char *tools, const char *url, const char *id)
{
    char program[300], line[64] = "";
    int in[2], out[2];
    snprintf(program, sizeof program, "%s/ceiling", tools);
    if (pipe(in) || pipe(out))
        abort();
    fflush(NULL);
    pid_t pid = fork();
    if (pid == 0) {
        dup2(in[0], 0);
        dup2(out[1], 1);
        close(in[1]);
        execl(program, program, id ? url : NULL, id, NULL);
        _exit(127);
    }
    close(in[0]);
    close(out[1]);
    *c = (struct ceiling){ .in = in[1], .out = out[0] };
    bool ok = read(out[0], line, sizeof line - 1) > 17;
    c->target = (struct target){ ok ? (unsigned)strtoul(line + 17, NULL, 10) : 0, pid, "" };
    return ok;
}

void ceiling_close(struct ceiling *c)
{
    close(c->in);
    close(c->out);
    waitpid(c->target.pid, NULL, 0);
}

/* A turn's ratio, and the least and the greatest of all turns. */
static void note_turn(struct beside *b, double ours, double ceiling)
{
    double ratio = ceiling > 0 ? ours / ceiling : 0;
    b->low = b->low == 0 ? ratio : MIN(b->low, ratio);
    b->high = MAX(b->high, ratio);
}

static double turn(struct meter *m, int64_t ms)
{
    int64_t done = m->done, us = m->us;
    meter_run(m, ms);
    return (double)(m->done - done) / (double)(m->us - us);
}

struct beside measure_beside(struct meter *ours, struct meter *ceiling, int64_t ms)
{
    struct beside b = { .low = 0 };
    int64_t each = MAX(ms / TURNS, (int64_t)TURN_MS_MIN);
    for (int64_t spent = 0; spent < ms; spent += each) {
        double rate = turn(ours, each);
        note_turn(&b, rate, turn(ceiling, each));
    }
    b.ours = meter_end(ours);
    b.ceiling = meter_end(ceiling).rate;
    return b;
}

/* What follows a filing by the same server is done before the rows' turn begins. */
static void await_idle(int pid)
{
    enum { STEP_MS = 100, STEPS_MAX = 100 };
    double before = cpu_seconds(pid);
    for (int i = 0; i < STEPS_MAX; i++) {
        usleep(STEP_MS * 1000);
        double now = cpu_seconds(pid);
        if (now - before < 0.02)
            return;
        before = now;
    }
}

struct beside measure_rows(struct meter *ours, struct rows *rows, int64_t ms)
{
    struct beside b = { .low = 0 };
    int64_t each = ms / (TURNS / 2);
    for (int64_t spent = 0; spent < ms; spent += each) {
        double rate = turn(ours, each);
        await_idle(ours->target->pid);
        note_turn(&b, rate, rows_run(rows, each));
    }
    b.ours = meter_end(ours);
    b.ceiling = rows_end(rows);
    return b;
}
