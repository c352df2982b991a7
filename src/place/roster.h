/* roster.h - a roster 花名册 row: who serves where, as what, from when to when:
 * committee members, mediators, the five roles of a village, the night duty. Names
 * and numbers are public, as they hang on the wall of a village. */
#ifndef PLACE_ROSTER_H
#define PLACE_ROSTER_H
#include "place/place.h"

/* Kept in the database: append only. */
#define ROSTER_ROLES(X)                                                                \
    X(HEAD, "head", "主任", "head") X(MEMBER, "member", "委员", "member")               \
    X(FULL_TIME, "full_time", "专职调解员", "full-time mediator")                       \
    X(PART_TIME, "part_time", "兼职调解员", "part-time mediator")                       \
    X(CADRE, "cadre", "村（社区）干部", "village cadre")                                \
    X(GRID_WORKER, "grid_worker", "网格员", "grid worker")                              \
    X(POLICE, "police", "社区民警", "community police")                                 \
    X(COUNSEL, "counsel", "法律顾问", "legal counsel")                                  \
    X(MEDIATION_TEAM, "mediation_team", "调解员", "mediation team")                     \
    X(ON_DUTY, "on_duty", "值班", "on duty")
#define X(id, slug, zh, en) ROSTER_##id,
enum roster_role { ROSTER_ROLES(X) ROSTER_ROLE__COUNT };
#undef X
extern const struct names roster_role_names;

struct roster {
    struct id id, org, area;
    struct str org_name, area_name;
    unsigned role;                      /* enum roster_role */
    struct id account;                  /* none when the person has none */
    struct str person;
    bool woman;                         /* for a committee's composition only */
    struct str phone, fields;           /* public duty number; what he or she knows */
    int64_t hours;                      /* of training this year */
    int64_t from_minute, to_minute;     /* duty: of the day; an end not later is on the next day */
    struct day valid_from, valid_to;
    int64_t version;
};
extern const struct record roster_record, roster_put_record;

/* The five roles of a village and the night duty over it, on a day. */
bool roster_duty(struct req *r, struct id area, struct day day, struct list *out,
                 struct err *e) MUST_CHECK;

extern const struct route_table roster_table;
#endif
