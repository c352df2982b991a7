/* view.h - an edition's table as one reader may have it.
 *
 * Exact for who works in the procedure (takes in, assigns, approves or supervises) in
 * a body whose area the asked one lies in; for everybody else as it is published,
 * small cells left out (publish.h). A year is the months of it up to the edition's,
 * with their corrections; published, a cell of a year is told only where every month
 * tells it, so that it adds nothing to them. */
#ifndef INSIGHT_VIEW_H
#define INSIGHT_VIEW_H
#include "insight/edition.h"
#include "place/place.h"

struct view_ask {
    unsigned form;                      /* enum form_name */
    struct id area;                     /* none: the reader's own */
    bool published;                     /* as others get it, though exact may be had */
    bool year;
    struct str row, column;             /* of one cell, where one is meant */
};
extern const struct record view_ask_record;

struct view {
    struct edition edition;
    struct view_ask ask;
    struct area_brief area;
    bool exact;
    int64_t from;                       /* first month */
    int64_t v[FORM_ROWS][FORM_COLUMNS_N];
    bool hidden[FORM_ROWS][FORM_COLUMNS_N];
};

/* The edition of r->param[0] for the query in r->query, without its numbers: who may
 * have what. ERR_NOT_FOUND; ERR_NO_SUCH_REF, ERR_OUT_OF_RANGE (field "area"). */
bool view_open(struct req *r, struct view *out, struct err *e) MUST_CHECK;
/* Whether the reader leads the procedure of the area (takes in, assigns, approves or
 * supervises in a body over it): its own numbers are his or hers to know. */
bool view_is_inside(const struct req *r, struct str path);
/* With its numbers, of the area asked or of another. */
bool view_read(struct req *r, struct view *x, const struct area_brief *area,
               struct err *e) MUST_CHECK;

/* "1" … "18", "0", a kind's slug, "sum"; ERR_NOT_A_CHOICE (field "row"). */
struct str view_row_slug(struct arena *a, unsigned row);
bool view_row_of(enum form_name form, struct str slug, unsigned *out, struct err *e) MUST_CHECK;
/* What the row is called in the form; its last is the sum. */
struct str view_row_name(struct req *r, enum form_name form, unsigned row);
struct str view_column_name(struct req *r, enum form_col col);
bool view_column_of(struct str slug, enum form_col *out, struct err *e) MUST_CHECK;
/* The form's rows in their order, the sum last. */
size_t view_rows(enum form_name form, unsigned out[FORM_ROWS]);

extern const struct route_table statistics_table;
#endif
