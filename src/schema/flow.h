/* flow.h - a life cycle as a table.
 *
 * The rows are the whole truth about who may do what in which state: they
 * answer "which buttons may this person see", give the 409 its text, print the
 * diagram, and a test proves them complete. No other code compares states.
 *
 * Beside its state a thing has facts ("assigned", "under review"): a row may need
 * some of them, and be barred by others. */
#ifndef SCHEMA_FLOW_H
#define SCHEMA_FLOW_H
#include "schema/record.h"

struct step {
    unsigned from, action, to;          /* to == from: the state stays */
    unsigned who;                       /* mask of relations that may take it */
    uint64_t needs, bars;               /* masks of facts that must hold, must not hold */
    uint64_t also;                      /* mask of other states: what is said decides */
};
struct flow {
    const char *name;                   /* glossary noun */
    const struct names *states, *actions, *relations;
    const struct names *facts;          /* NULL: none */
    unsigned start;
    uint64_t final;                     /* mask of states that may have no way out */
    const struct step *s;
    size_t n;
};

/* The first step that action takes from state, or NULL. */
const struct step *flow_find(const struct flow *f, unsigned from, unsigned action);
/* The step that the relations in who may take while facts are as it needs them: an
 * action may have a row for some and another, under other conditions, for others.
 * ERR_WRONG_STATE (with the state's name in its argument), ERR_DENIED, ERR_NEEDS_FACT
 * or ERR_HAS_FACT (with the fact's name). */
bool flow_allow(const struct flow *f, unsigned from, unsigned action, unsigned who,
                uint64_t facts, const struct step **out, struct err *e) MUST_CHECK;
/* Whether one row lets who pass while facts hold. */
bool flow_fits(const struct step *s, unsigned who, uint64_t facts);
/* The states that a step may come to, as a mask. */
uint64_t flow_ends(const struct step *s);
/* The actions who may take from state while facts hold, as a mask. */
uint64_t flow_actions(const struct flow *f, unsigned from, unsigned who, uint64_t facts);
/* True when no (state, action) pair is listed twice for the same people, every state is reached
 * from the start, every state but the final ones has a way out to a final one,
 * every action and relation is used, every row names somebody, and no row needs
 * what bars it. */
bool flow_check(const struct flow *f, struct err *e) MUST_CHECK;
/* The diagram: Graphviz, and a table for a terminal. */
void flow_dot(const struct flow *f, enum lang lang, struct buf *b);
void flow_table(const struct flow *f, enum lang lang, struct buf *b);
#endif
