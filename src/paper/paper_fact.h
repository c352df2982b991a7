/* paper_fact.h - what a paper is filled from: one matter as its reader may see it,
 * the entries of its journal, the bodies' public lines. A blank paper has none.
 *
 * Papers are Chinese: they go to files and offices. Sealed fields leave only
 * masked, and the other side's telephone and address not at all (product.md rules 5
 * and 6); names are on papers in full. */
#ifndef PAPER_PAPER_FACT_H
#define PAPER_PAPER_FACT_H
#include "doc/paper.h"
#include "matter/acceptance.h"
#include "matter/assignment.h"
#include "matter/claim.h"
#include "matter/deadline.h"
#include "matter/party.h"
#include "place/org.h"

/* Whose copy it is. */
#define PAPER_AUDIENCES(X)                                                     \
    X(FILE, "file", "存档联", "for the file")                                   \
    X(APPLICANT, "applicant", "申请人联", "for the applicant")                  \
    X(RESPONDENT, "respondent", "被申请人联", "for the respondent")
#define X(id, slug, zh, en) AUDIENCE_##id,
enum paper_audience { PAPER_AUDIENCES(X) AUDIENCE__COUNT };
#undef X
#define AUDIENCE_BIT(a) (1u << AUDIENCE_##a)
extern const struct names paper_audience_names;

/* The last entry of an action; id none when it never happened. */
struct paper_entry {
    int64_t seq;
    struct str action, hash, actor_name;
    struct stamp happened_at, recorded_at;
    struct raw payload;
};

struct paper_fact {
    struct req *r;
    bool blank;
    enum paper_audience audience;
    struct matter m;
    struct list parties, claims, assignments, entries;
    struct refusal refusal;
    struct org owner, lead;
};

/* Within a read, as r->who. ERR_NOT_FOUND for a matter whose content is not theirs. */
bool paper_fact_load(struct req *r, struct id matter, struct paper_fact *out,
                     struct err *e) MUST_CHECK;
/* The last entry of that action, NULL for none. */
const struct paper_entry *paper_entry_of(const struct paper_fact *f, const char *action);
/* A text of an entry's payload; empty for none, and when it was erased. */
struct str paper_payload(const struct paper_fact *f, const char *action, const char *key);

/* ---- spelling ---- */

/* 2026年11月21日; with time 2026年11月21日09时30分; empty for none. */
struct str paper_day(struct arena *a, struct stamp t);
struct str paper_time(struct arena *a, struct stamp t);
/* 1,234.50元 */
struct str paper_money(struct arena *a, struct fen v);
/* value, or a rule to write on when there is none. */
struct str paper_or_rule(struct str value);
/* A code's Chinese name; the code itself when it is unknown. */
struct str paper_code(const struct paper_fact *f, const char *list, struct str code);
/* A fixed passage of a paper: rules/paper_texts.csv. */
struct str paper_words(const struct paper_fact *f, const char *code);
/* 张三、李四; those who left are left out. */
struct str paper_names(const struct paper_fact *f, enum party_role role);
/* The same with those who left: for the notice that it ended for all. */
struct str paper_all_names(const struct paper_fact *f, enum party_role role);
/* Telephone and address as this copy may show them. */
struct str paper_phone(const struct paper_fact *f, const struct party *p);
struct str paper_address(const struct paper_fact *f, const struct party *p);
#endif
