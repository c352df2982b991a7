/* place.h - areas 辖区 and bodies 机构: what other contexts ask of them.
 *
 * An area has its own id and a path of ids (/1/12/345/); a subtree is a range of
 * paths. Codes, names and parents change; what was filed keeps its area. */
#ifndef PLACE_PLACE_H
#define PLACE_PLACE_H
#include "app/app.h"

#define AREA_LEVELS(X)                                                                   \
    X(COUNTRY, "country", "全国", "country") X(PROVINCE, "province", "省", "province")     \
    X(CITY, "city", "市", "city") X(COUNTY, "county", "区县", "county")                    \
    X(TOWN, "town", "镇街", "town") X(VILLAGE, "village", "村（社区）", "village")         \
    X(GRID, "grid", "网格", "grid") X(MICRO_GRID, "micro_grid", "微网格", "micro-grid")    \
    X(PARK, "park", "园区", "park")
#define X(id, slug, zh, en) AREA_##id,
enum area_level { AREA_LEVELS(X) AREA_LEVEL__COUNT };
#undef X
extern const struct names area_level_names;

struct area_brief { struct id id; struct str name, path; unsigned level; };
struct org_brief  { struct id id, area; struct str name, short_name, kind, path; };

/* ERR_NOT_FOUND for an area or body that is not there or has ended by r->now. */
bool area_brief(struct req *r, struct id id, struct area_brief *out, struct err *e) MUST_CHECK;
/* The area whose path it is. */
bool area_of_path(struct req *r, struct str path, struct area_brief *out, struct err *e) MUST_CHECK;
/* By 12-digit code, or by a name that only one area of the home has. */
bool area_by_text(struct req *r, struct str text, struct area_brief *out, struct err *e) MUST_CHECK;
/* The centre over a body; none when there is none. */
bool org_above(struct req *r, struct id org, struct id *out, struct err *e) MUST_CHECK;
bool org_brief(struct req *r, struct id id, struct org_brief *out, struct err *e) MUST_CHECK;
/* The centre nearest above (or at) the path. */
bool org_centre_over(struct req *r, struct str path, struct org_brief *out,
                     struct err *e) MUST_CHECK;
#endif
