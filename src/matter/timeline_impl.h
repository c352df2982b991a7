/* timeline_impl.h - what timeline.c (head, clocks, route) and timeline_entry.c (what was
 * done, in words) share. Not for others. */
#ifndef MATTER_TIMELINE_IMPL_H
#define MATTER_TIMELINE_IMPL_H
#include "app/journal.h"
#include "matter/timeline.h"

/* The body an account acted for, by the post. */
struct acting { struct id post; struct str org; };
struct page {
    struct req *r;
    struct matter *m;
    enum lang lang;
    struct buf *b;
    struct list actings;                /* of struct acting */
    bool fresh;                         /* nothing stands on the line yet */
};

static inline const char *say(const struct page *p, const char *zh, const char *en)
{
    return p->lang == LANG_ZH ? zh : en;
}
static inline const char *name_of(const struct page *p, const struct name *n)
{
    return say(p, n->zh, n->en);
}
/* "2026-11-21 09:30", local time; as wide when there is none. */
void timeline_put_time(struct page *p, struct stamp t);
/* One entry: when, what, who, and below it what was said. */
void timeline_put_entry(struct page *p, const struct journal_entry *x);
#endif
