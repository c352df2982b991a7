/* Threads that ask as fast as they are answered, and what that took. */
#include "bench.h"
#include "base/stamp.h"
#include <pthread.h>
#include <stdatomic.h>
#include <unistd.h>

enum { SAMPLES_MAX = 400000 };

struct share {
    const struct kind *kind;
    const struct target *target;
    atomic_llong next, samples_n, bad;
    int64_t until_us;
    float *samples;                     /* ms */
};

static void *run(void *arg)
{
    struct share *s = arg;
    struct load x = { .port = s->target->port };
    snprintf(x.auth, sizeof x.auth, "%s", s->target->auth);
    for (;;) {
        int64_t began = clock_us(), i = s->next++;
        if (began >= s->until_us || (s->kind->most && i >= s->kind->most))
            break;
        if (!s->kind->ask(&x, s->kind->ctx, i))
            s->bad++;
        int64_t at = s->samples_n++;
        if (at < SAMPLES_MAX)
            s->samples[at] = (float)(clock_us() - began) / 1000.0F;
    }
    load_close(&x);
    return NULL;
}

static int by_time(const void *a, const void *b)
{
    float x = *(const float *)a, y = *(const float *)b;
    return (x > y) - (x < y);
}

double cpu_seconds(int pid)
{
    char path[64], text[1024];
    snprintf(path, sizeof path, "/proc/%d/stat", pid);
    FILE *f = fopen(path, "re");
    size_t n = f ? fread(text, 1, sizeof text - 1, f) : 0;
    if (f)
        fclose(f);
    text[n] = '\0';
    const char *p = strrchr(text, ')');
    unsigned long user = 0, kernel = 0;
    if (p && sscanf(p, ") %*c %*d %*d %*d %*d %*d %*u %*u %*u %*u %*u %lu %lu", &user,
                    &kernel) != 2)
        return 0;
    return (double)(user + kernel) / (double)sysconf(_SC_CLK_TCK);
}

int64_t memory_kb(int pid, const char *name)
{
    char path[64], line[256];
    int64_t kb = 0;
    snprintf(path, sizeof path, "/proc/%d/status", pid);
    FILE *f = fopen(path, "re");
    while (f && fgets(line, sizeof line, f))
        if (!strncmp(line, name, strlen(name)))
            kb = strtoll(line + strlen(name) + 1, NULL, 10);
    if (f)
        fclose(f);
    return kb;
}

struct result measure(const struct kind *k, const struct target *t, unsigned clients, int64_t ms)
{
    pthread_t thread[CLIENTS_MAX];
    struct share s = { .kind = k, .target = t };
    s.samples = malloc(SAMPLES_MAX * sizeof *s.samples);
    if (!s.samples)
        abort();
    double cpu = cpu_seconds(t->pid);
    int64_t began = clock_us();
    s.until_us = began + ms * 1000;
    for (unsigned i = 0; i < clients; i++)
        if (pthread_create(&thread[i], NULL, run, &s))
            abort();
    for (unsigned i = 0; i < clients; i++)
        pthread_join(thread[i], NULL);
    double seconds = (double)(clock_us() - began) / 1e6;
    int64_t n = s.samples_n, kept = MIN(n, (int64_t)SAMPLES_MAX);
    qsort(s.samples, (size_t)kept, sizeof *s.samples, by_time);
    struct result r = { .rate = (double)n / seconds, .done = n, .bad = s.bad };
    if (kept) {
        r.p50_ms = (double)s.samples[kept / 2];
        r.p99_ms = (double)s.samples[kept * 99 / 100];
        r.cpu_us = (cpu_seconds(t->pid) - cpu) * 1e6 / (double)n;
    }
    free(s.samples);
    return r;
}
