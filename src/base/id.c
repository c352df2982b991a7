#include "base/id.h"
#include <stdatomic.h>

#define EPOCH_MS INT64_C(1577836800000)            /* 2020-01-01T00:00:00Z */
enum { SEQ_BITS = 12, NODE_BITS = 10, LOW_BITS = SEQ_BITS + NODE_BITS };

/* (ms - EPOCH) << SEQ_BITS | seq of the last id; the node is put in between. */
static _Atomic int64_t last;
static _Atomic unsigned node_no;

void id_start(unsigned node, int64_t floor)
{
    atomic_store(&node_no, node & ((1u << NODE_BITS) - 1));
    int64_t ms = (floor >> LOW_BITS) + (floor ? 1 : 0);
    int64_t now = atomic_load(&last);
    if (ms << SEQ_BITS > now)
        atomic_store(&last, ms << SEQ_BITS);
}

struct id id_make(void)
{
    int64_t now = (stamp_now().ms - EPOCH_MS) << SEQ_BITS;
    int64_t old = atomic_load_explicit(&last, memory_order_relaxed), next;
    do
        next = now > old ? now : old + 1;
    while (!atomic_compare_exchange_weak(&last, &old, next));
    int64_t ms = next >> SEQ_BITS, seq = next & ((1 << SEQ_BITS) - 1);
    int64_t node = (int64_t)atomic_load_explicit(&node_no, memory_order_relaxed);
    return (struct id){ ms << LOW_BITS | node << SEQ_BITS | seq };
}

struct stamp id_stamp(struct id id)
{
    return (struct stamp){ (id.v >> LOW_BITS) + EPOCH_MS };
}

struct id id_floor_of(struct stamp t)
{
    return (struct id){ t.ms <= EPOCH_MS ? 0 : (t.ms - EPOCH_MS) << LOW_BITS };
}
