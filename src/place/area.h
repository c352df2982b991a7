/* area.h - an area 辖区: province, city, county, town, village, grid, park.
 *
 * Identity is the id; name, code and parent are what it has at a time. An area
 * that was closed or merged keeps its row, its past names and its codes, so
 * that what was filed there stays readable. Days are days of the law (UTC+8);
 * a valid_to is the first day on which it no longer holds. */
#ifndef PLACE_AREA_H
#define PLACE_AREA_H
#include "place/place.h"

struct area {
    struct id id, parent;
    unsigned level;                     /* enum area_level */
    struct str kind;                    /* street, town, village, community, grid … */
    struct str name, short_name, pinyin;
    struct str path, code;              /* code: 12 digits, empty where there is none */
    struct day valid_from, valid_to;
    struct id successor;
    int64_t version;
    struct str parent_name;
    struct list past;                   /* of area_past; for one area, not for lists */
};
/* What an area was called, and which codes it had. */
struct area_past { struct str name, short_name, code; struct day valid_from, valid_to; };
extern const struct record area_record, area_past_record;

/* What an administrator sends. A code that changes ends the one before. */
struct area_put {
    struct id parent;                   /* none: a root */
    unsigned level;
    struct str kind, name, short_name, pinyin, code;
};
extern const struct record area_put_record;

/* Any area, ended ones too; ERR_NOT_FOUND. */
bool area_get(struct req *r, struct id id, struct area *out, struct err *e) MUST_CHECK;
/* The area that holds a code on r->now's day; ERR_NOT_FOUND. */
bool area_of_code(struct req *r, struct str code, struct area_brief *out, struct err *e) MUST_CHECK;
/* Takes n numbers of areas at once; *first gets the first. Whoever took some holds
 * the others off until its transaction ends. */
bool area_take_ids(struct req *r, int64_t n, int64_t *first, struct err *e) MUST_CHECK;
/* Makes an area on r->now's day. */
bool area_add(struct req *r, const struct area_put *in, struct id *out, struct err *e) MUST_CHECK;
/* Changes what differs, keeping the old name and code with their dates; another
 * parent moves the whole subtree. ERR_CONFLICT when a parent would stand below
 * its child. */
bool area_change(struct req *r, const struct area *was, const struct area_put *in,
                 struct err *e) MUST_CHECK;
/* The area and all below it get another parent: one statement a table (area, org,
 * competence). A matter's path stays: it says where it was filed. */
bool area_move(struct req *r, const struct area_brief *area, const struct area_brief *parent,
               struct err *e) MUST_CHECK;
/* ERR_HAS_PARTS while an area below it or a body in it would outlast the day. */
bool area_is_empty(struct req *r, struct id id, struct day day, struct err *e) MUST_CHECK;
/* It no longer holds from day on; its codes end with it. */
bool area_end(struct req *r, struct id id, struct id successor, struct day day,
              struct err *e) MUST_CHECK;

/* ---- statements for the routes ---- */

struct area_query {
    struct id parent, under;
    struct str q;
    bool ended;                         /* with those that no longer hold */
};
/* Children of a parent, or what is found below under (the home for none), by id
 * after r->cursor. */
bool area_list(struct req *r, const struct area_query *q, struct list *out,
               struct err *e) MUST_CHECK;

extern const struct route_table area_table;
#endif
