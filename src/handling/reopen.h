/* reopen.h - reopening 重启: a matter that was concluded, replied to or closed goes back
 * to work, at the body that led it last, in a new round. The elapsed days stay, what
 * was red stays red, and what the earlier round came to is kept. */
#ifndef HANDLING_REOPEN_H
#define HANDLING_REOPEN_H
#include "matter/matter.h"

/* Kept in the database: append only. */
#define REOPEN_REASONS(X)                                               \
    X(NONE, "none", "未说明", "not said") X(BREACH, "breach", "违反协议", "breach") \
    X(REBOUND, "rebound", "纠纷反弹", "it flared up again")              \
    X(NEW_FACTS, "new_facts", "出现新情况", "new facts")                 \
    X(NOT_PERFORMED, "not_performed", "未履行", "not performed")         \
    X(DISAGREE, "disagree", "不认可结果", "does not agree")
#define X(id, slug, zh, en) REOPEN_##id,
enum reopen_reason { REOPEN_REASONS(X) REOPEN_REASON__COUNT };
#undef X

extern const struct route_table reopen_table;
#endif
