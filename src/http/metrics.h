/* metrics.h - the server's counters, for Prometheus. Counting is one relaxed
 * addition; a reader may see one counter a request ahead of another. */
#ifndef HTTP_METRICS_H
#define HTTP_METRICS_H
#include "http/route.h"
#include <stdatomic.h>

enum { METRICS_BUCKETS = 12, METRICS_STATUS = 5 };

struct metrics {
    _Atomic int64_t requests[RATE__COUNT][METRICS_STATUS];
    _Atomic int64_t latency[RATE__COUNT][METRICS_BUCKETS], sum_us[RATE__COUNT];
    _Atomic int64_t bytes, limited;
};
/* Values that are looked up, not counted. */
struct metrics_now { int64_t links, accepted, reaped, parked, streams, slow; };

void metrics_count(struct metrics *m, enum route_rate class, int status, int64_t us, int64_t bytes);
void metrics_text(struct metrics *m, const struct metrics_now *now, struct buf *b);
#endif
