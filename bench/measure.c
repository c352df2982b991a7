/* Threads that ask as fast as they are answered, and what that took. */
#include "bench.h"
#include "base/stamp.h"
#include <pthread.h>
#include <stdatomic.h>
#include <unistd.h>

enum { SAMPLES_MAX = 400000 };

struct share {
    struct meter *m;
    atomic_llong samples_n, bad;
    int64_t until_us;
};

static void *run(void *arg)
{
    struct share *s = arg;
    struct meter *m = s->m;
    struct load x = { .port = m->target->port };
    snprintf(x.auth, sizeof x.auth, "%s", m->target->auth);
    for (;;) {
        int64_t began = clock_us();
        if (began >= s->until_us)
            break;
        int64_t i = m->next++;
        if (m->kind->most && i >= m->kind->most)
            break;
        if (!m->kind->ask(&x, m->kind->ctx, i))
            s->bad++;
        int64_t at = s->samples_n++;
        if (at < SAMPLES_MAX)
            m->samples[at] = (float)(clock_us() - began) / 1000.0F;
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

void meter_run(struct meter *m, int64_t ms)
{
    pthread_t thread[CLIENTS_MAX];
    struct share s = { .m = m, .samples_n = m->done };
    if (!m->samples)
        m->samples = malloc(SAMPLES_MAX * sizeof *m->samples);
    if (!m->samples)
        abort();
    double cpu = cpu_seconds(m->target->pid);
    int64_t began = clock_us();
    s.until_us = began + ms * 1000;
    for (unsigned i = 0; i < m->clients; i++)
        if (pthread_create(&thread[i], NULL, run, &s))
            abort();
    for (unsigned i = 0; i < m->clients; i++)
        pthread_join(thread[i], NULL);
    m->us += clock_us() - began;
    m->cpu += cpu_seconds(m->target->pid) - cpu;
    m->done = s.samples_n;
    m->bad += s.bad;
}

struct result meter_end(struct meter *m)
{
    int64_t kept = MIN(m->done, (int64_t)SAMPLES_MAX);
    qsort(m->samples, (size_t)kept, sizeof *m->samples, by_time);
    struct result r = { .rate = (double)m->done * 1e6 / (double)m->us, .done = m->done,
                        .bad = m->bad };
    if (kept) {
        r.p50_ms = (double)m->samples[kept / 2];
        r.p99_ms = (double)m->samples[kept * 99 / 100];
        r.cpu_us = m->cpu * 1e6 / (double)m->done;
    }
    free(m->samples);
    *m = (struct meter){ 0 };
    return r;
}

struct result measure(const struct kind *k, const struct target *t, unsigned clients, int64_t ms)
{
    struct meter m = { .kind = k, .target = t, .clients = clients };
    meter_run(&m, ms);
    return meter_end(&m);
}
