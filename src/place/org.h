/* org.h - a body 机构: centre, committee, court, department … with its past.
 *
 * A body that closed or merged keeps its row and its names, so that what it
 * handled stays readable; it gets nothing new. Its people hold no post in it any
 * more from that day on. */
#ifndef PLACE_ORG_H
#define PLACE_ORG_H
#include "place/place.h"

struct org {
    struct id id;
    struct str kind, name, short_name;
    struct id area;
    struct str area_name, path;
    struct id parent, above;            /* what it belongs to; the centre over it */
    struct str parent_name, above_name;
    struct str phone, address, hours;   /* public */
    struct day valid_from, valid_to;
    struct id successor;
    struct str successor_name;
    int64_t open_load, version;
    struct list past;                   /* of org_past; for one body, not for lists */
};
struct org_past { struct str name, short_name; struct day valid_from, valid_to; };
extern const struct record org_record;

struct org_put {
    struct str kind, name, short_name;
    struct id area, parent, above;
    struct str phone, address, hours;
};
extern const struct record org_put_record;

struct org_query { struct str q, kind; struct id area, under; bool ended; };

/* Any body of the home, ended ones too; ERR_NOT_FOUND. */
bool org_get(struct req *r, struct id id, struct org *out, struct err *e) MUST_CHECK;
/* By id after r->cursor. A kind covers those below it: "committee" finds "committee.town". */
bool org_list(struct req *r, const struct org_query *q, struct list *out, struct err *e) MUST_CHECK;
bool org_add(struct req *r, const struct org_put *in, struct id *out, struct err *e) MUST_CHECK;
/* Keeps the old name with its dates. ERR_BAD_VALUE when a body would belong to itself. */
bool org_change(struct req *r, const struct org *was, const struct org_put *in,
                struct err *e) MUST_CHECK;
/* From day on it gets nothing new; its competences end. ERR_HAS_PARTS while it has
 * assignments in hand, a matter waits for it or a body belongs to it. */
bool org_end(struct req *r, const struct org *was, struct id successor, struct day day,
             struct err *e) MUST_CHECK;

extern const struct route_table org_table;
#endif
