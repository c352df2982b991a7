/* double.h - matters that may be the same as this one, with the reasons: a hint, for a
 * person to decide (product.md rule 11).
 *
 * Three things are compared: the text (how many percent of the terms of both are
 * common, from rule double_percent on), telephone and identity numbers of the parties
 * by the blind index (matters still open, or filed within double_party_days), and the
 * place with its type (filed within double_place_days of each other).
 *
 * Only matters whose content the asker may open are looked for at all, so nothing is
 * told of others, not even that there are some. At most DOUBLE_MOST are told and none
 * are counted: it is about a matter, never about a person (rules 2 and 7). */
#ifndef MATTER_DOUBLE_H
#define MATTER_DOUBLE_H
#include "matter/matter.h"

enum { DOUBLE_MOST = 5, DOUBLE_PERSONS = 20 };

struct double_person { unsigned role; struct str phone, id_number; };
extern const struct record double_person_record;

/* What is compared with; every member may be empty. */
struct double_probe {
    struct id self;                     /* the matter itself; none while it is typed */
    unsigned kind;
    struct str title, story, type, place;
    struct id area;
    struct stamp filed_at;
    struct list persons;                /* the first DOUBLE_PERSONS count */
};
extern const struct record double_probe_record;

struct double_hint {
    struct id matter;
    struct str number, title, type, owner_name;
    unsigned kind, state;
    struct stamp filed_at;
    int64_t percent;                    /* how alike the texts are, 0 not enough to tell */
    struct strs reasons;                /* in r->lang */
    int64_t weight;                     /* for the order only */
};
extern const struct record double_hint_record;

/* The likeliest first. */
bool double_list(struct req *r, const struct double_probe *p, struct list *out,
                 struct err *e) MUST_CHECK;

extern const struct route_table double_table;
#endif
