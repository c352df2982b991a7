#include "cost.h"
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

/* The most that was seen in a thousand actions on either engine, and a little more for
 * what a connection does not know yet. */
static const struct cost { const char *action; int64_t statements, blocks; } costs[] = {
    { "accept", 29, 1 }, { "add_details", 26, 2 }, { "add_party", 26, 2 }, { "answer", 28, 2 },
    { "answer_supervision", 24, 1 }, { "answer_urge", 22, 1 }, { "archive", 26, 3 },
    { "ask_approval", 31, 2 }, { "ask_details", 29, 2 }, { "ask_review", 27, 2 },
    { "ask_void", 31, 1 }, { "assign", 36, 2 }, { "close", 49, 2 }, { "conclude", 39, 3 },
    { "correct", 28, 2 }, { "decide_approval", 26, 2 }, { "decide_objection", 29, 1 },
    { "decide_void", 26, 1 }, { "decline", 27, 1 }, { "extend", 26, 2 }, { "file", 28, 2 },
    { "go_on", 26, 2 }, { "join_parts", 23, 1 }, { "merge", 44, 2 }, { "note_leader", 19, 1 },
    { "object", 28, 2 }, { "pause", 29, 2 }, { "rate", 24, 2 }, { "recall", 29, 2 },
    { "record_attempt", 29, 2 }, { "reopen", 47, 3 }, { "reply", 28, 2 },
    { "report_danger", 22, 2 }, { "report_up", 21, 1 }, { "resume", 25, 2 },
    { "review", 30, 1 }, { "rule_objection", 43, 2 }, { "split", 119, 3 }, { "spot", 120, 5 },
    { "stop", 36, 2 }, { "supervise", 23, 2 }, { "take", 34, 2 }, { "transfer", 41, 2 },
    { "unmerge", 42, 2 }, { "urge", 25, 1 }, { "visit", 40, 2 }, { "withdraw", 25, 1 },
};

/* The action of an address: the word after "actions/", or file and spot. */
static struct str action_of(struct str method, struct str path)
{
    static const struct str mark = STR_INIT("/actions/");
    size_t at = str_find(path, mark);
    if (!str_is(method, "POST"))
        return STR("");
    if (at < path.n)
        return str_sub(path, at + mark.n, path.n);
    if (str_is(path, "/api/v1/matters/spot"))
        return STR("spot");
    bool files = str_is(path, "/api/v1/matters") || str_is(path, "/api/v1/door/matters");
    return files ? STR("file") : STR("");
}

static const struct cost *row_of(struct str action)
{
    for (size_t i = 0; i < COUNT(costs); i++)
        if (str_is(action, costs[i].action))
            return &costs[i];
    return NULL;
}

bool cost_fits(struct arena *a, struct str method, struct str path, const struct answer *y,
               struct str *why)
{
    struct str action = action_of(method, path);
    int64_t statements = 0, blocks = 0;
    if (!action.n || y->status >= 300 || !str_to_i64(answer_header(y, "X-Statements"), &statements)
        || !str_to_i64(answer_header(y, "X-Allocations"), &blocks))
        return true;
    if (getenv("COSTS"))
        return printf("cost %.*s %" PRId64 " %" PRId64 "\n", STR_ARG(action), statements, blocks);
    const struct cost *x = row_of(action);
    if (x && statements <= x->statements && blocks <= x->blocks)
        return true;
    *why = arena_printf(a, "%.*s cost %" PRId64 " statements and %" PRId64 " blocks, at most %"
                        PRId64 " and %" PRId64 " (tests/api/cost.c)", STR_ARG(action), statements,
                        blocks, x ? x->statements : 0, x ? x->blocks : 0);
    return false;
}
