/* metrics_test.c - the counters as Prometheus reads them. */
#include "http/metrics.h"
#include "tap.h"

static bool has(const struct buf *b, const char *line)
{
    bool found = str_find(buf_str(b), str_of(line)) < b->n;
    if (!found)
        printf("#   no line [%s]\n", line);
    return found;
}

static void test_metrics__counted_and_shown(void)
{
    static struct metrics m;
    struct metrics_now now = { .links = 3, .streams = 2 };
    AUTO(buf_done) struct buf b;
    buf_init(&b, 1 << 16);
    metrics_count(&m, RATE_NORMAL, 200, 400, 100);
    metrics_count(&m, RATE_NORMAL, 204, 2000, 0);
    metrics_count(&m, RATE_LOGIN, 429, 100, 50);
    metrics_count(&m, RATE_HEAVY, 503, 99999999, 50);
    metrics_count(&m, RATE_HEAVY, 0, 1, 0);             /* nonsense is counted somewhere */
    metrics_count(&m, RATE_HEAVY, 999, 1, 0);
    metrics_text(&m, &now, &b);
    OK(buf_ok(&b));
    OK(has(&b, "fengqiao_http_requests_total{class=\"normal\",status=\"2xx\"} 2\n"));
    OK(has(&b, "fengqiao_http_requests_total{class=\"login\",status=\"4xx\"} 1\n"));
    OK(has(&b, "fengqiao_http_requests_total{class=\"heavy\",status=\"5xx\"} 2\n"));
    OK(has(&b, "fengqiao_http_seconds_bucket{class=\"normal\",le=\"0.0005\"} 1\n"));
    OK(has(&b, "fengqiao_http_seconds_bucket{class=\"normal\",le=\"0.0025\"} 2\n"));
    OK(has(&b, "fengqiao_http_seconds_bucket{class=\"heavy\",le=\"5\"} 2\n"));
    OK(has(&b, "fengqiao_http_seconds_bucket{class=\"heavy\",le=\"+Inf\"} 3\n"));
    OK(has(&b, "fengqiao_http_seconds_count{class=\"normal\"} 2\n"));
    OK(has(&b, "fengqiao_http_seconds_sum{class=\"normal\"} 0.002400\n"));
    OK(has(&b, "fengqiao_http_bytes_total 200\n"));
    OK(has(&b, "fengqiao_http_limited_total 1\n"));
    OK(has(&b, "fengqiao_http_connections 3\n"));
    OK(has(&b, "# TYPE fengqiao_http_seconds histogram\n"));
}

int main(void)
{
    test_metrics__counted_and_shown();
    return tap_end();
}
