/* paper_type.h - the papers there are: one row each, with the entry of the journal
 * it states, whose copies exist and the function that fills it. A paper can be made
 * once its entry is there; the code on it is that entry's hash, which /verify
 * checks. What the words of a paper say is in rules/paper_texts.csv. */
#ifndef PAPER_PAPER_TYPE_H
#define PAPER_PAPER_TYPE_H
#include "paper/paper_fact.h"

struct paper_type {
    const char *slug, *zh, *en;
    const char *action;                 /* of the entry it states */
    unsigned kinds;                     /* bits of enum matter_kind; 0: all */
    unsigned audiences;                 /* bits of enum paper_audience */
    enum perm perm;                     /* on top of seeing the content; residents: own copies */
    enum paper_style style;
    void (*fill)(struct paper *p, const struct paper_fact *f);
    bool (*fits)(const struct paper_fact *f);   /* beyond the entry; NULL: nothing */
};
extern const struct paper_type paper_types[];
extern const size_t paper_types_n;

const struct paper_type *paper_type_of(struct str slug);
/* Whether the matter has what the paper states. */
bool paper_type_fits(const struct paper_type *t, const struct paper_fact *f);
/* The whole paper with its code and foot; *hash gets the digest of its text. */
struct paper *paper_build(const struct paper_type *t, const struct paper_fact *f,
                          struct str *hash);

/* ---- the functions that fill ---- */

void fill_receipt(struct paper *p, const struct paper_fact *f);
void fill_acceptance(struct paper *p, const struct paper_fact *f);
void fill_refusal(struct paper *p, const struct paper_fact *f);
void fill_details(struct paper *p, const struct paper_fact *f);
void fill_assignment(struct paper *p, const struct paper_fact *f);
void fill_reply(struct paper *p, const struct paper_fact *f);
void fill_termination(struct paper *p, const struct paper_fact *f);
/* The mediation ended by the stop, not only for one of several. */
bool fits_termination(const struct paper_fact *f);
void fill_closing(struct paper *p, const struct paper_fact *f);
void fill_visit(struct paper *p, const struct paper_fact *f);
void fill_registration(struct paper *p, const struct paper_fact *f);
void fill_cover(struct paper *p, const struct paper_fact *f);

/* Pieces several papers have. */
void part_seal(struct paper *p, const struct paper_fact *f, const struct org *org,
               const char *action);
void part_contact(struct paper *p, const struct org *org);
/* Claims as numbered paragraphs or, with outcomes, as a table. */
void part_claims(struct paper *p, const struct paper_fact *f, struct paper_table *t);
struct str part_claim_text(const struct paper_fact *f);
/* A row a party: name, then boxes. */
void part_parties(struct paper *p, const struct paper_fact *f, struct paper_table *t);
/* Formats into the paper's arena as a paragraph. */
#define part_text(p, ...) paper_text(p, arena_printf((p)->a, __VA_ARGS__))
#endif
