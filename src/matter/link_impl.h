/* link_impl.h - what link's and representative's files share: the statements. */
#ifndef MATTER_LINK_IMPL_H
#define MATTER_LINK_IMPL_H
#include "matter/link.h"

bool link_db_page(struct req *r, struct id matter, struct id after, int64_t limit, struct list *out,
                  struct err *e) MUST_CHECK;
bool link_db_insert(struct req *r, struct id link, struct id matter, struct id other,
                    enum link_relation relation, struct str reason, struct err *e) MUST_CHECK;
/* Whether such a link holds; matter and other as they are kept. */
bool link_db_holds(struct req *r, struct id matter, struct id other, enum link_relation relation,
                   bool *holds, struct err *e) MUST_CHECK;
/* ERR_NOT_FOUND when it has ended meanwhile. */
bool link_db_end(struct req *r, struct id link, struct str reason, struct err *e) MUST_CHECK;
/* The head of the group the matter is in; none. */
bool link_db_head(struct req *r, struct id matter, struct id *head, struct err *e) MUST_CHECK;
/* Whether it heads a group. */
bool link_db_heads(struct req *r, struct id matter, bool *heads, struct err *e) MUST_CHECK;
#endif
