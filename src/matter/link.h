/* link.h - a link 关联 between two matters, made and ended by a person with a reason:
 * the same matter, a related one, or a group 系列 of one cause under a head.
 *
 * A link is journalled in both chains without naming the other side, and told only to
 * who may open both (product.md rule 2): whoever sees one of them learns nothing of the
 * other. It changes neither life: merging is another thing. */
#ifndef MATTER_LINK_H
#define MATTER_LINK_H
#include "matter/matter.h"

/* Kept in the database: append only. */
#define LINK_RELATIONS(X)                                                  \
    X(SAME, "same", "同一事项", "the same matter")                          \
    X(RELATED, "related", "相关事项", "a related matter")                   \
    X(GROUP, "group", "归入系列（对方为牵头事项）", "in a group which the other heads")
#define X(id, slug, zh, en) LINK_##id,
enum link_relation { LINK_RELATIONS(X) LINK_RELATION__COUNT };
#undef X
extern const struct names link_relation_names;

/* A link as one of its matters sees the other. */
struct link {
    struct id id, matter;               /* the link; the other matter */
    unsigned relation;
    bool head;                          /* the other heads the group */
    bool own;                           /* this matter's own link; else by their common head */
    struct str reason, made_by_name;
    struct stamp made_at;
    struct str number, title, type, owner_name;
    unsigned kind, state;
};
extern const struct record link_record;

struct matter_link_add { struct str number; unsigned relation; struct str reason; };
struct matter_link_end { struct str reason; };

/* Of a matter the asker has loaded with content; only those whose other side the asker
 * may open as well, oldest first, after a link. */
bool link_list(struct req *r, const struct matter *m, struct id after, struct list *out,
               struct err *e) MUST_CHECK;
/* Ties m to the matter of that number. ERR_NO_SUCH_REF for one that is not there, not
 * the asker's to open, or m itself; ERR_DUPLICATE; ERR_IN_GROUP, ERR_GROUP_HEAD: groups
 * do not stand in groups. */
bool link_add(struct req *r, struct matter *m, const struct matter_link_add *in, struct link *out,
              struct err *e) MUST_CHECK;
/* ERR_NOT_FOUND for one that is not m's own, or not the asker's to see. */
bool link_end(struct req *r, struct matter *m, struct id link, struct str reason,
              struct err *e) MUST_CHECK;

extern const struct route_table link_table;
#endif
