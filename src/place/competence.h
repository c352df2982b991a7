/* competence.h - a competence 职责: which body is for what, type × area. A body is
 * competent in the area of its row and below. Rows are made and ended, never
 * changed, so that what was assigned by one can be explained later. */
#ifndef PLACE_COMPETENCE_H
#define PLACE_COMPETENCE_H
#include "place/place.h"

/* Kept in the database: append only. The same numbers as an assignment's parts. */
#define COMPETENCE_PARTS(X) \
    X(LEAD, "lead", "主办", "lead") X(ASSIST, "assist", "协办", "assist")
#define X(id, slug, zh, en) COMPETENCE_##id,
enum competence_part { COMPETENCE_PARTS(X) COMPETENCE_PART__COUNT };
#undef X
extern const struct names competence_part_names;

struct competence {
    struct id id, org;
    struct str org_name, kind, type, path;
    unsigned part;
    int64_t rank;                       /* smaller first */
    struct str source;                  /* why */
    struct day valid_from, valid_to;
};
extern const struct record competence_record;

struct competence_put {
    struct id org, area;                /* area: none is the body's own */
    struct str kind, type, source;      /* matter kind slug; code, or * */
    unsigned part;
    int64_t rank;
};
extern const struct record competence_put_record;

/* The bodies for a kind and type of matter at a place today, lead before assist, by
 * rank; of equal rank the nearest area first. At most 100. */
bool competence_find(struct req *r, struct str kind, struct str type, struct str path,
                     struct list *out, struct err *e) MUST_CHECK;

extern const struct route_table competence_table;
#endif
