/* matter_act.h - the records of the matter's own actions; room handling has those
 * of assignments. */
#ifndef MATTER_MATTER_ACT_H
#define MATTER_MATTER_ACT_H
#include "matter/matter.h"

struct matter_reply    { struct str text; unsigned channel; };  /* 0: as each chose, else + 1 */
struct matter_withdraw { struct id party; };

/* The name of the record an action takes ("matter_accept"): the component from
 * which the front end makes its form. */
struct str matter_action_record(enum matter_action a);

/* The rows of an action: at the desk, and at the door for residents. */
#define MATTER_ACTION(slug, perm_id, fn, record, text)                                       \
    { "POST", "/api/v1/matters/{id}/actions/" slug, PERM_##perm_id, ROUTE_WRITE,             \
      .apply = fn, .in = &record, .out = &matter_moved_record, .body = BODY_JSON, .doc = text }
#define DOOR_ACTION(slug, fn, record, text)                                                  \
    { "POST", "/api/v1/door/matters/{id}/actions/" slug, PERM_RESIDENT, ROUTE_WRITE,         \
      .apply = fn, .in = &record, .out = &matter_moved_record, .body = BODY_JSON,            \
      .sites = SITE_BOTH, .doc = text }

extern const struct route_table matter_act_table;
#endif
