/* metrics.c - counters and the latency histogram by rate class. */
#include "http/metrics.h"

static const char *const class_names[RATE__COUNT] = {
    [RATE_NORMAL] = "normal", [RATE_LOGIN] = "login", [RATE_CODE] = "code",
    [RATE_FILE] = "file", [RATE_SEARCH] = "search", [RATE_HEAVY] = "heavy",
};
/* Upper ends in microseconds; the last bucket has none. */
static const int64_t edges[METRICS_BUCKETS - 1] = {
    500, 1000, 2500, 5000, 10000, 25000, 50000, 100000, 250000, 1000000, 5000000,
};

static void add(_Atomic int64_t *v, int64_t n)
{
    atomic_fetch_add_explicit(v, n, memory_order_relaxed);
}

static int64_t get(_Atomic int64_t *v)
{
    return atomic_load_explicit(v, memory_order_relaxed);
}

void metrics_count(struct metrics *m, enum route_rate class, int status, int64_t us, int64_t bytes)
{
    size_t i = 0, kind = (size_t)MAX(0, MIN(status / 100 - 1, METRICS_STATUS - 1));
    while (i < COUNT(edges) && us > edges[i])
        i++;
    add(&m->requests[class][kind], 1);
    add(&m->latency[class][i], 1);
    add(&m->sum_us[class], us);
    add(&m->bytes, bytes);
    if (status == 429)
        add(&m->limited, 1);
}

static void put_one(struct buf *b, const char *name, const char *type, const char *help, int64_t v)
{
    buf_addf(b, "# HELP fengqiao_http_%s %s\n# TYPE fengqiao_http_%s %s\nfengqiao_http_%s %lld\n",
             name, help, name, type, name, (long long)v);
}

static void put_requests(struct metrics *m, struct buf *b)
{
    buf_add(b, STR("# HELP fengqiao_http_requests_total Answered requests.\n"
                   "# TYPE fengqiao_http_requests_total counter\n"));
    for (size_t c = 0; c < RATE__COUNT; c++)
        for (size_t k = 0; k < METRICS_STATUS; k++)
            buf_addf(b, "fengqiao_http_requests_total{class=\"%s\",status=\"%zuxx\"} %lld\n",
                     class_names[c], k + 1, (long long)get(&m->requests[c][k]));
}

static void put_latency(struct metrics *m, size_t c, struct buf *b)
{
    int64_t n = 0;
    for (size_t i = 0; i < COUNT(edges); i++) {
        n += get(&m->latency[c][i]);
        buf_addf(b, "fengqiao_http_seconds_bucket{class=\"%s\",le=\"%g\"} %lld\n", class_names[c],
                 (double)edges[i] / 1e6, (long long)n);
    }
    n += get(&m->latency[c][COUNT(edges)]);
    buf_addf(b, "fengqiao_http_seconds_bucket{class=\"%s\",le=\"+Inf\"} %lld\n", class_names[c],
             (long long)n);
    buf_addf(b, "fengqiao_http_seconds_sum{class=\"%s\"} %.6f\n", class_names[c],
             (double)get(&m->sum_us[c]) / 1e6);
    buf_addf(b, "fengqiao_http_seconds_count{class=\"%s\"} %lld\n", class_names[c], (long long)n);
}

void metrics_text(struct metrics *m, const struct metrics_now *now, struct buf *b)
{
    put_requests(m, b);
    buf_add(b, STR("# HELP fengqiao_http_seconds Time from the request line to the answer.\n"
                   "# TYPE fengqiao_http_seconds histogram\n"));
    for (size_t c = 0; c < RATE__COUNT; c++)
        put_latency(m, c, b);
    put_one(b, "bytes_total", "counter", "Bytes of answers, without heads.", get(&m->bytes));
    put_one(b, "limited_total", "counter", "Requests refused by a rate limit.", get(&m->limited));
    put_one(b, "connections", "gauge", "Open connections.", now->links);
    put_one(b, "connections_total", "counter", "Connections accepted.", now->accepted);
    put_one(b, "reaped_total", "counter", "Connections ended for slowness.", now->reaped);
    put_one(b, "parked", "gauge", "Requests waiting for a database or slow thread.", now->parked);
    put_one(b, "streams", "gauge", "Open event streams.", now->streams);
    put_one(b, "slow_waiting", "gauge", "Requests waiting for a slow thread.", now->slow);
}
